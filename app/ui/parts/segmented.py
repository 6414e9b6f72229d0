"""A segmented control: a choice between few words that are all in sight."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QFont, QPaintEvent

from app.ui.parts import paint
from app.ui.parts.choosing import Choosing
from app.ui.theme import color, font, px


class Segmented(Choosing):
    """One of two to five short words."""

    def __init__(self, items: Sequence[str], current: int = 0, *, height: int = 32, padding: int = 28) -> None:
        super().__init__()
        self._items, self._tall, self._padding = tuple(items), height, padding
        self.set_current(current)

    def set_items(self, items: Sequence[str], current: int | None = None) -> None:
        """Other words, for example with other counts; the choice stays unless one is named."""
        self._items = tuple(items)
        self.set_current(self._current if current is None else current)
        self.remeasure()

    def words_of(self) -> list[str]:
        """The words."""
        return list(self._items)

    def _font(self) -> QFont:
        return font(13, 600)

    def places(self) -> Iterator[QRectF]:
        """Boxes from the left."""
        x = 3.0
        for item in self._items:
            width = paint.text_width(item, self._font()) + self._padding
            yield QRectF(x, 3, width, self.height() - 6)
            x += width

    def sizeHint(self) -> QSize:
        """All words and their air."""
        taken = sum(paint.text_width(item, self._font()) + self._padding for item in self._items)
        return QSize(taken + 6, px(self._tall))

    def paintEvent(self, event: QPaintEvent) -> None:
        """A track with one raised pill."""
        painter = self.brush()
        whole = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        paint.rounded(painter, whole, 7, color("sunken"), color("line"))
        for index, (item, place) in enumerate(zip(self._items, self.places(), strict=True)):
            on = index == self._current
            if on:
                paint.rounded(painter, place.adjusted(0.5, 0.5, -0.5, -0.5), 5, color("surface"), color("key_line"))
            paint.words(painter, place, item, self._font(), color("primary_t" if on else "ink2"), paint.CENTRE)
        if self.hasFocus():
            paint.rounded(painter, whole.adjusted(0.5, 0.5, -0.5, -0.5), 7, None, color("primary_t"), 2)
        painter.end()
