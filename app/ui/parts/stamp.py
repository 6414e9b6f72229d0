"""One paraf of the control card: initials in a box, name and server time; dashed amber while nobody has signed."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from app.ui.parts import paint
from app.ui.parts.badges import initials as initials_of
from app.ui.theme import color, font, px


class Stamp(paint.Painted):
    """Two of them make one hand-over: who gave and who took [SOP, warning 3]."""

    def __init__(
        self, name: str = "", when: str = "", initials: str = "", *, empty: str = "", width: int = 160
    ) -> None:
        super().__init__()
        self._width = width
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set(name, when, initials, empty=empty)

    def set(self, name: str, when: str, initials: str = "", *, empty: str = "") -> None:
        """`name` empty: not signed yet, the dashed box says `empty`."""
        self._name, self._when = name, when
        self._letters = initials or initials_of(name)
        self._empty = empty or self.tr("belum diterima")
        self.setAccessibleName(f"{name}, {when}" if name else self._empty)
        self.setToolTip(f"{name}\n{when}" if name else "")
        self.remeasure()

    def is_empty(self) -> bool:
        """Whether nobody has signed here."""
        return not self._name

    def sizeHint(self) -> QSize:
        """44 high."""
        return QSize(px(self._width), px(44))

    def minimumSizeHint(self) -> QSize:
        """Long names give way."""
        return QSize(px(110), px(44))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The stamp, or the place where it is missing."""
        painter = self.brush()
        whole = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        if not self._name:
            paint.rounded(painter, whole, 6, color("warn_s"), color("warn_l"), 1.4, dashed=True)
            paint.words(painter, whole, self._empty, font(13, 600), color("warn"), paint.CENTRE)
        else:
            paint.rounded(painter, whole, 6, color("subtle"), color("line"))
            letters = QRectF(6, 6, px(34), self.height() - 12)
            paint.rounded(painter, letters, 5, None, color("primary_t"), 1.4)
            slanted = font(12, 700)
            slanted.setItalic(True)
            paint.words(painter, letters, self._letters, slanted, color("primary_t"), paint.CENTRE)
            left, half = letters.right() + 8, self.height() / 2
            room = self.width() - left - 4
            paint.words(painter, QRectF(left, 3, room, half - 2), self._name, font(13, 600), color("ink"))
            paint.words(painter, QRectF(left, half, room, half - 3), self._when, font(12, 500), color("ink2"))
        painter.end()
