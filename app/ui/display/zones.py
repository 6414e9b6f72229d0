"""The parts of the hall's screen, each drawn into its rectangle of the plan."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from app.ui.display import strokes
from app.ui.display.plan import DIGIT, Plan
from app.ui.display.scene import Item, Mood, Row, Scene
from app.ui.display.strokes import CENTRE, LEFT, RIGHT, number, words
from app.ui.parts import paint
from app.ui.parts.badges import draw_logo
from app.ui.theme import tv_color


@dataclass(frozen=True)
class Big:
    """How a panel with one number is drawn: sizes, distances from its edges, colours."""

    size: float
    word: float
    weight: int
    left: float
    right: float
    base: float
    rise: float
    arrow_long: float
    ink: str
    place: str
    small: str
    arrow: str


MAIN = Big(286, 60, 700, 40, 150, 404 / 474, 92, 0.378, "on_yellow", "on_yellow", "on_yellow", "on_yellow")
QUIET = replace(MAIN, ink="white", place="white", small="text2", arrow="text2")
OTHER = Big(122, 36, 600, 30, 80, 158 / 210, 49, 0.41, "white", "yellow", "text2", "yellow")


def header(painter: QPainter, plan: Plan, scene: Scene) -> None:
    """Whose office, which day, what time."""
    draw_logo(painter, QRectF(48, 24, 80, 80))
    wide = plan.size.width()
    clock = strokes.width(scene.clock, 84)
    words(painter, QRectF(wide - 48 - clock, 14, clock + 4, 100), scene.clock, 84, 700, "white")
    day = strokes.width(scene.date, 34, 400)
    left = wide - 48 - clock - 30 - day
    words(painter, QRectF(left, 40, day + 2, 50), scene.date, 34, 400, "text2", RIGHT)
    words(painter, QRectF(136, 26, left - 176, 44), scene.title, 36, 600, "white")
    words(painter, QRectF(136, 68, left - 176, 36), scene.office, 30, 400, "text2")


def main(painter: QPainter, plan: Plan, scene: Scene, *, lit: bool) -> None:
    """The number called now; quiet, empty and closed halls say so here. `lit` draws the edge of a new call."""
    rect = plan.main
    calling = scene.mood is Mood.CALLING
    paint.rounded(painter, rect, 24, tv_color("yellow" if calling else "panel2"))
    if lit:
        paint.rounded(painter, rect.adjusted(8, 8, -8, -8), 18, None, tv_color("white"), 16)
    if scene.main is None:
        _greeting(painter, rect, scene)
        return
    ink = "on_yellow" if calling else "text2"
    head = QRectF(rect.left() + 48, rect.top() + 26, rect.width() - 96, 60)
    words(painter, head, scene.head, 46, 700 if calling else 600, ink)
    big(painter, rect, scene.main, MAIN if calling else QUIET)


def _greeting(painter: QPainter, rect: QRectF, scene: Scene) -> None:
    middle = rect.center().y() - 20 - 34 * (len(scene.lines) - 1)
    head = QRectF(rect.left() + 60, middle - 110, rect.width() - 120, 140)
    words(painter, head, scene.head, 116, 700, "white", CENTRE)
    for i, line in enumerate(scene.lines):
        below = QRectF(rect.left() + 60, middle + 40 + i * 68, rect.width() - 120, 64)
        words(painter, below, line, 48, 500, "yellow" if i == 0 else "text2", CENTRE)


def others(painter: QPainter, plan: Plan, scene: Scene) -> None:
    """Two others who are still being called; without any, where to look and listen."""
    if not scene.others:
        rect = plan.others[0].united(plan.others[1])
        paint.rounded(painter, rect, 20, tv_color("panel"))
        words(painter, rect.adjusted(40, 0, -40, 0), scene.hint, 44, 500, "text2", CENTRE)
        return
    for i, rect in enumerate(plan.others):
        here = i < len(scene.others)
        paint.rounded(painter, rect, 20, tv_color("panel2" if here else "panel"))
        if here:
            paint.rounded(painter, rect, 20, None, tv_color("edge"), 2)
            big(painter, rect, scene.others[i], OTHER)


def big(painter: QPainter, rect: QRectF, row: Row, how: Big) -> None:
    """A number, an arrow, the counter; all smaller where four digits or two must fit."""
    size = how.size
    while size > how.size * 0.4 and _needed(row, size, how, rect.width()) > rect.width():
        size *= 0.98
    base = rect.top() + rect.height() * how.base - (how.size - size) * DIGIT / 2
    left = rect.left() + how.left
    number(painter, left, base, row.label, size, how.ink)
    block = _block(row, size, how, rect.width())
    centre = rect.right() - max(how.right, block / 2 + how.left + 10)
    start, end = left + strokes.wide(row.label, size), centre - block / 2
    long = min(size, how.size) * how.arrow_long
    strokes.arrow(painter, (start + end - long) / 2, base - 0.36 * size, long, long * 0.225, how.arrow)
    if row.word:
        number(painter, centre - strokes.wide(row.place, size) / 2, base, row.place, size, how.place)
        above = QRectF(centre - 150, base - DIGIT * size - how.rise, 300, how.word * 1.2)
        words(painter, above, row.word, how.word, how.weight, how.small, CENTRE)
        return
    beside = QRectF(centre - block / 2, base - size * 1.1, block, size * 1.5)
    sizes = tuple(int(how.word * f) for f in (1.4, 1.2, 1.0, 0.85, 0.7, 0.6))
    strokes.paragraph(painter, beside, row.place, sizes, 700, how.place, CENTRE)


def _block(row: Row, size: float, how: Big, room: float) -> float:
    """How wide the counter is: as large as the number, but a name is smaller than a number and may take two lines."""
    if not row.word:
        return min(room * 0.36, strokes.width(row.place, how.word * 1.4))
    return strokes.wide(row.place, size)


def _needed(row: Row, size: float, how: Big, room: float) -> float:
    block = _block(row, size, how, room)
    right = max(how.right, block / 2 + how.left + 10)
    return how.left + strokes.wide(row.label, size) + (how.arrow_long + 0.19) * size + block / 2 + right


def listed(painter: QPainter, plan: Plan, scene: Scene) -> None:
    """The last ones that were called."""
    rect = plan.listed
    paint.rounded(painter, rect, 24, tv_color("panel"))
    head = QRectF(rect.left() + 32, rect.top() + 16, rect.width() - 64, 60)
    words(painter, head, "Sudah dipanggil", 38, 600, "text2")
    if not scene.listed:
        painter.fillRect(QRectF(head.left(), plan.row(0).top(), head.width(), 1.5), tv_color("line"))
        words(painter, rect.adjusted(32, 0, -32, 0), "Belum ada", 38, 400, "text2", CENTRE)
        return
    room, size = plan.row(0).width(), float(plan.row_size)
    while size > 40 and any(_row_width(r, size, 0) > room for r in scene.listed):
        size *= 0.98
    # The counter's word stands in every row or in none.
    said = all(_row_width(r, size, strokes.width(r.word, 36, 500)) <= room for r in scene.listed)
    places = max(strokes.wide(r.place, size) for r in scene.listed)
    for n, row in enumerate(scene.listed):
        box = plan.row(n)
        painter.fillRect(QRectF(box.left(), box.top(), box.width(), 1.5), tv_color("line"))
        _list_row(painter, box, row, size, max(places + 30, 84.0) if said else 0.0)


def _row_width(row: Row, size: float, word: float) -> float:
    if not row.word:
        return 0.0
    return strokes.wide(row.label, size) + strokes.wide(row.place, size) + (word + 44 if word else 24)


def _list_row(painter: QPainter, rect: QRectF, row: Row, size: float, place: float) -> None:
    """One row; `place` is how wide the counters' column is, 0 where their word is left out."""
    base = rect.center().y() + DIGIT * size / 2 + 2
    number(painter, rect.left(), base, row.label, size, "white")
    if not row.word:
        left = rect.left() + strokes.wide(row.label, size) + 24
        beside = QRectF(left, rect.top() + 4, rect.right() - left, rect.height() - 8)
        strokes.paragraph(painter, beside, row.place, (40, 36, 32, 28), 600, "yellow", RIGHT)
        return
    number(painter, rect.right() - strokes.wide(row.place, size), base, row.place, size, "yellow")
    if place:
        beside = QRectF(rect.left(), rect.top() + 5, rect.width() - place, rect.height())
        words(painter, beside, row.word, 36, 500, "text2", RIGHT)


def strip(painter: QPainter, plan: Plan, scene: Scene) -> None:
    """Who waits, per letter, with the minutes to come."""
    rect = plan.strip
    painter.fillRect(rect, tv_color("strip"))
    if not scene.strip:
        words(painter, rect.adjusted(48, 0, -48, 0), scene.strip_text, 46, 600, "white")
        return
    words(painter, QRectF(48, rect.top(), 220, rect.height()), "Menunggu", 38, 600, "text2")
    pitch = 408.0 if len(scene.strip) <= 4 else (plan.size.width() - 290 - 24) / len(scene.strip)
    small = min(_item_fit(item, pitch, far=scene.far) for item in scene.strip)
    for i, item in enumerate(scene.strip):
        _item(painter, QPointF(290 + i * pitch, rect.center().y()), item, small, far=scene.far)


def _item_fit(item: Item, pitch: float, *, far: bool) -> float:
    words_wide = strokes.width(item.count, 56) if far else max(
        strokes.width(item.count, 42), strokes.width(item.span, 34, 500)
    )  # fmt: skip
    return min(1.0, (pitch - 22) / (104 + words_wide))


def _item(painter: QPainter, at: QPointF, item: Item, small: float, *, far: bool) -> None:
    """One letter, everything in it smaller by the same factor as in its neighbours."""
    painter.save()
    painter.translate(at)
    painter.scale(small, small)
    box = QRectF(0, -42, 84, 84)
    paint.rounded(painter, box, 16, tv_color("panel2"))
    words(painter, box, item.letter, 56, 700, "yellow", CENTRE)
    if far:
        words(painter, QRectF(104, -50, 900, 100), item.count, 56, 700, "white")
    else:
        words(painter, QRectF(104, -46, 900, 50), item.count, 42, 700, "white")
        words(painter, QRectF(104, 0, 900, 44), item.span, 34, 500, "text2")
    painter.restore()


def foot(painter: QPainter, plan: Plan, scene: Scene) -> None:
    """The notice, and how the screen itself is: live or since when late, heard or not."""
    rect = plan.foot
    right = rect.right() - 204.0
    middle = rect.center().y()
    said = scene.data or "langsung"
    if scene.data:
        strokes.triangle(painter, QPointF(right, middle), "look")
    else:
        strokes.dot(painter, QPointF(right, middle), "live")
    words(painter, QRectF(right + 22, rect.top(), 160, rect.height()), said, 28, 500, "text2")
    if scene.sound:
        wide = strokes.width(scene.sound, 28, 500)
        right -= wide + 90
        strokes.silent(painter, QPointF(right, middle), "look")
        words(painter, QRectF(right + 28, rect.top(), wide + 4, rect.height()), scene.sound, 28, 500, "text2")
    box = QRectF(48, rect.top() + 4, right - 48 - 40, rect.height() - 8)
    strokes.paragraph(painter, box, scene.notice, (36, 32, 30, 28, 26), 500, "white", LEFT)


def away(painter: QPainter, plan: Plan, scene: Scene) -> None:
    """Before the first data: what visitors do meanwhile, and in small letters what is wrong."""
    wide, high = plan.size.width(), plan.size.height()
    clock = strokes.width(scene.clock, 84)
    words(painter, QRectF(wide - 48 - clock, 14, clock + 4, 100), scene.clock, 84, 700, "white")
    draw_logo(painter, QRectF(wide / 2 - 110, high / 2 - 320, 220, 220))
    head = QRectF(120, high / 2 - 60, wide - 240, 110)
    words(painter, head, scene.head, 84, 700, "white", CENTRE)
    below = QRectF(120, high / 2 + 60, wide - 240, 70)
    words(painter, below, scene.lines[0], 46, 500, "yellow", CENTRE)
    last = QRectF(260, high - 190, wide - 520, 130)
    strokes.paragraph(painter, last, scene.lines[1], (30, 28, 26), 400, "text2", CENTRE)
