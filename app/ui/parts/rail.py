"""The rail: the role's pages as icon and word, with the number of what waits."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from app.ui.parts import paint
from app.ui.parts.badges import draw_logo
from app.ui.theme import color, font, px

WIDE, NARROW, TALL = 80, 56, 64


@dataclass(frozen=True)
class Place:
    """One page on the rail; `below` puts it at the bottom."""

    key: str
    label: str
    icon: str
    below: bool = False


class Rail(paint.Painted):
    """Dark strip at the left. A click goes there; the keys Ctrl+1 … Ctrl+9 are the shell's."""

    chosen = Signal(str)

    def __init__(self, places: Sequence[Place]) -> None:
        super().__init__()
        self.places = tuple(places)
        self._current = ""
        self._counts: dict[str, int] = {}
        self._words = True
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setMouseTracking(True)

    def set_current(self, key: str) -> None:
        """The page in front; a key that is not on the rail leaves the last one lit."""
        if any(place.key == key for place in self.places):
            self._current = key
            self.setAccessibleName(self.tr("Halaman {0}").format(key))
            self.update()

    def set_count(self, key: str, count: int) -> None:
        """How many wait on a page; 0 shows nothing."""
        self._counts[key] = count
        self.update()

    def count(self, key: str) -> int:
        """The number that stands at a page."""
        return self._counts.get(key, 0)

    def set_words(self, on: bool) -> None:
        """Icons alone where the window is narrow."""
        if on != self._words:
            self._words = on
            self.remeasure()

    def sizeHint(self) -> QSize:
        """80 wide, or 56 without words."""
        return QSize(px(WIDE) if self._words else NARROW, 480)

    def minimumSizeHint(self) -> QSize:
        """As low as it must be."""
        return QSize(self.sizeHint().width(), 200)

    def _boxes(self) -> Iterator[tuple[Place, QRectF]]:
        above = [place for place in self.places if not place.below]
        below = [place for place in self.places if place.below]
        tall = px(TALL)
        for number, place in enumerate(above):
            yield place, QRectF(6, 72 + number * tall, self.width() - 12, tall - 6)
        for number, place in enumerate(reversed(below), 1):
            yield place, QRectF(6, self.height() - number * tall - 6, self.width() - 12, tall - 6)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the page under the mouse."""
        for place, where in self._boxes():
            if where.contains(event.position()):
                self.chosen.emit(place.key)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Name the page under the mouse."""
        self.setToolTip(next((place.label for place, where in self._boxes() if where.contains(event.position())), ""))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, flame, pages."""
        painter = self.brush()
        painter.fillRect(self.rect(), color("rail"))
        draw_logo(painter, QRectF(self.width() / 2 - 18, 16, 36, 36))
        for place, where in self._boxes():
            self._page(painter, place, where, on=place.key == self._current)
        painter.end()

    def _page(self, painter: QPainter, place: Place, where: QRectF, *, on: bool) -> None:
        if on:
            paint.rounded(painter, where, 8, color("rail_a"))
            paint.rounded(painter, QRectF(0, where.top() + 12, 3, where.height() - 24), 1.5, color("flame"))
        ink = "rail_on" if on else "rail_t"
        top = where.top() + (9 if self._words else (where.height() - 22) / 2)
        paint.picture(painter, QPointF(self.width() / 2 - 11, top), place.icon, 22, ink, "fill" if on else "bold")
        if self._words:
            room = QRectF(2, where.top() + 32, self.width() - 4, px(20))
            paint.words(painter, room, place.label, font(12, 600 if on else 500), color(ink), paint.CENTRE)
        if count := self._counts.get(place.key, 0):
            self._number(painter, str(count), QPointF(self.width() / 2 + 5, where.top() + 4))

    def _number(self, painter: QPainter, text: str, at: QPointF) -> None:
        face = font(11, 700)
        pill = QRectF(at.x(), at.y(), max(px(18), paint.text_width(text, face) + 10), px(18))
        paint.rounded(painter, pill, pill.height() / 2, color("flame"))
        paint.words(painter, pill, text, face, color("on_flame"), paint.CENTRE)
