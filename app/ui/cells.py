"""What a table cell may be, and the one delegate that paints all of them."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.ui.parts import paint
from app.ui.parts.bars import draw_bar
from app.ui.theme import color, px, style_font

CELL = Qt.ItemDataRole.UserRole
TINT = Qt.ItemDataRole.UserRole + 1
PAD = 12


@dataclass(frozen=True)
class Cell:
    """One cell: its kind, its words, and what colours them. Made by the functions below."""

    kind: str
    top: str = ""
    bottom: str = ""
    tone: str = "ink"
    fraction: float = 0.0
    on: bool = False
    bold: bool = False
    data: bool = False

    @property
    def says(self) -> str:
        """The words of the cell, for searching and for a screen reader."""
        return f"{self.top} {self.bottom}".strip()


def text(words: str, tone: str = "ink", *, bold: bool = False, data: bool = False) -> Cell:
    """One line."""
    return Cell("text", words, tone=tone, bold=bold, data=data)


def muted(words: str) -> Cell:
    """One quiet line."""
    return Cell("text", words, tone="ink2")


def two(top: str, bottom: str, tone: str = "ink3", *, bold: bool = True) -> Cell:
    """Two lines: a name and its number. `tone` colours the lower one."""
    return Cell("two", top, bottom, tone, bold=bold)


def badge(words: str, tone: str, under: str = "") -> Cell:
    """A badge, and a quiet line under it if one is given."""
    return Cell("badge", words, under, tone)


def bar(fraction: float, tone: str, words: str) -> Cell:
    """Time used of a target: words over a bar."""
    return Cell("bar", words, tone=tone, fraction=fraction)


def number(words: str, tone: str = "ink") -> Cell:
    """A number at the right edge."""
    return Cell("number", words, tone=tone)


def check(on: bool) -> Cell:
    """A tick box."""
    return Cell("check", on=on)


def icon(name: str, token: str, says: str) -> Cell:
    """A filled icon; `says` is what it means in words."""
    return Cell("icon", says, name, token)


def _line(
    painter: QPainter, rect: QRectF, words: str, style: str, tone: str, right: bool = False, data: bool = False
) -> None:
    paint.words(painter, rect, words, style_font(style, data=data), color(tone), paint.RIGHT if right else paint.LEFT)


def _text(painter: QPainter, room: QRectF, cell: Cell) -> None:
    _line(painter, room, cell.top, "bodyb" if cell.bold else "body", cell.tone, data=cell.data)


def _two(painter: QPainter, room: QRectF, cell: Cell) -> None:
    middle = room.center().y()
    upper = QRectF(room.left(), middle - px(20), room.width(), px(20))
    lower = QRectF(room.left(), middle, room.width(), px(19))
    _line(painter, upper, cell.top, "bodyb" if cell.bold else "bodym", "ink")
    _line(painter, lower, cell.bottom, "small", cell.tone)


def _badge(painter: QPainter, room: QRectF, cell: Cell) -> None:
    tall = px(24)
    top = room.center().y() - (tall if cell.bottom else tall / 2)
    width = min(paint.badge_width(cell.top), room.width())
    paint.badge(painter, QRectF(room.left(), top, width, tall), cell.top, cell.tone)
    if cell.bottom:
        _line(painter, QRectF(room.left() + 2, top + tall + 2, room.width(), px(18)), cell.bottom, "small", "ink3")


def _bar(painter: QPainter, room: QRectF, cell: Cell) -> None:
    middle = room.center().y()
    tone = "ink2" if cell.tone == "ok" else paint.TONES[cell.tone][0]
    _line(painter, QRectF(room.left(), middle - px(19), room.width(), px(19)), cell.top, "smallm", tone)
    draw_bar(painter, QRectF(room.left(), middle + 5, room.width(), 6), cell.fraction, cell.tone)


def _number(painter: QPainter, room: QRectF, cell: Cell) -> None:
    _line(painter, room, cell.top, "bodym", cell.tone, right=True)


def _check(painter: QPainter, room: QRectF, cell: Cell) -> None:
    box = QRectF(room.left(), room.center().y() - 9, 18, 18)
    if cell.on:
        paint.rounded(painter, box, 4, color("primary"))
        paint.picture(painter, box.topLeft() + QPointF(3, 3), "check", 12, "on_primary")
    else:
        paint.rounded(painter, box.adjusted(0.5, 0.5, -0.5, -0.5), 4, color("field"), color("line2"))


def _icon(painter: QPainter, room: QRectF, cell: Cell) -> None:
    paint.picture(painter, QPointF(room.left(), room.center().y() - 10), cell.bottom, 20, cell.tone, "fill")


PAINTERS: dict[str, Callable[[QPainter, QRectF, Cell], None]] = {
    "text": _text,
    "two": _two,
    "badge": _badge,
    "bar": _bar,
    "number": _number,
    "check": _check,
    "icon": _icon,
}
Index = QModelIndex | QPersistentModelIndex


class Brush(QStyledItemDelegate):
    """Paints every table of the program from its cells."""

    def __init__(self, parent: QWidget, height: int) -> None:
        super().__init__(parent)
        self._height = height

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Rows are all of one height."""
        return QSize(80, px(self._height))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, hairline, mark of the selected row, content."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(option.rect)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(rect, color("primary_s" if selected else index.data(TINT) or "surface"))
        painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), color("line"))
        if selected and index.column() == 0:
            painter.fillRect(QRectF(rect.left(), rect.top(), 3, rect.height()), color("primary_t"))
        cell = index.data(CELL)
        if isinstance(cell, Cell):
            PAINTERS[cell.kind](painter, rect.adjusted(PAD, 0, -PAD, -1), cell)
        painter.restore()
