"""What the colours of a picture mean, in words beside small samples."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPaintEvent

from app.ui.parts import paint
from app.ui.theme import color, font, px

BOX, AIR = 16, 18


class Samples(paint.Painted):
    """(words, ground, edge): an edge alone is a ring, a leading "-" draws it dashed."""

    def __init__(self, samples: Sequence[tuple[str, str, str]]) -> None:
        super().__init__()
        self._samples = tuple(samples)
        self.setAccessibleName(", ".join(words for words, _, _ in self._samples))

    def sizeHint(self) -> QSize:
        """All in one line."""
        wide = sum(px(BOX) + 6 + paint.text_width(words, font(12, 500)) + AIR for words, _, _ in self._samples)
        return QSize(wide, px(20))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Box and words, one after the other."""
        painter = self.brush()
        x = 0.0
        for words, ground, edge in self._samples:
            box = QRectF(x + 0.5, (self.height() - px(BOX)) / 2 + 0.5, px(BOX) - 1, px(BOX) - 1)
            dashed = edge.startswith("-")
            line = color(edge.lstrip("-")) if edge else None
            paint.rounded(painter, box, 4, color(ground) if ground else None, line, 1.5 if not dashed else 1, dashed)
            wide = paint.text_width(words, font(12, 500))
            paint.words(
                painter, QRectF(x + px(BOX) + 6, 0, wide + 2, self.height()), words, font(12, 500), color("ink2")
            )
            x += px(BOX) + 6 + wide + AIR
        painter.end()
