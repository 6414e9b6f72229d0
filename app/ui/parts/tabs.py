"""Tabs with counts; the current one is underlined."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from app.ui.parts import paint
from app.ui.parts.choosing import Choosing
from app.ui.theme import color, font, px

GAP = 28


@dataclass(frozen=True)
class Tab:
    """One tab: its word and a number (or short word) in a pill; None shows no pill."""

    label: str
    count: int | str | None = None
    tone: str = "mute"


class Tabs(Choosing):
    """A row of tabs over a list or a form."""

    def __init__(self, items: Sequence[Tab] = (), *, height: int = 44) -> None:
        super().__init__()
        self._items, self._tall = tuple(items), height
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.name_it()

    def set_tabs(self, items: Sequence[Tab]) -> None:
        """Other words or counts; the choice stays where it was."""
        self._items = tuple(items)
        self.set_current(min(self._current, max(0, len(items) - 1)))
        self.remeasure()

    def words_of(self) -> list[str]:
        """Word and count."""
        return [tab.label if tab.count is None else f"{tab.label} {tab.count}" for tab in self._items]

    def _pill(self, tab: Tab) -> int:
        if tab.count is None:
            return 0
        return 8 + max(px(22), paint.text_width(str(tab.count), font(12, 600)) + 12)

    def _widths(self) -> list[int]:
        return [paint.text_width(tab.label, font(14, 600)) + self._pill(tab) for tab in self._items]

    def places(self) -> Iterator[QRectF]:
        """Boxes from the left, 28 px apart."""
        x = 0.0
        for width in self._widths():
            yield QRectF(x, 0, width, self.height())
            x += width + GAP

    def sizeHint(self) -> QSize:
        """All tabs."""
        return QSize(sum(self._widths()) + GAP * max(0, len(self._items) - 1), px(self._tall))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Hairline, words, pills, underline."""
        painter = self.brush()
        painter.fillRect(0, self.height() - 1, self.width(), 1, color("line"))
        for index, (tab, place) in enumerate(zip(self._items, self.places(), strict=True)):
            self._tab(painter, tab, place, on=index == self._current)
        painter.end()

    def _tab(self, painter: QPainter, tab: Tab, place: QRectF, *, on: bool) -> None:
        face = font(14, 600)
        width = paint.text_width(tab.label, face)
        ink = color("primary_t" if on else "ink2")
        paint.words(painter, QRectF(place.left(), 0, width + 2, self.height() - 2), tab.label, face, ink)
        if tab.count is not None:
            text, ground, _ = paint.TONES[tab.tone]
            left = place.left() + width + 8
            pill = QRectF(left, (self.height() - px(20)) / 2 - 1, place.right() - left, px(20))
            paint.rounded(painter, pill, pill.height() / 2, color(ground))
            paint.words(painter, pill, str(tab.count), font(12, 600), color(text), paint.CENTRE)
        if on:
            under = QRectF(place.left(), self.height() - 3, place.width(), 3)
            paint.rounded(painter, under, 1.5, color("primary_t"))
            if self.hasFocus():
                paint.rounded(painter, place.adjusted(-6, 6, 6, -6), 6, None, color("primary_t"), 2)
