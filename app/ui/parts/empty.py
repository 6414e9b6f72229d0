"""What stands where nothing is: an icon, one sentence, and the next useful acts with their keys."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QSizePolicy

from app.ui.parts import paint
from app.ui.parts.buttons import Button
from app.ui.parts.layout import column, row
from app.ui.parts.text import Ico, Txt
from app.ui.theme import color, px, style_font


@dataclass(frozen=True)
class Act:
    """One thing that can be done next. `key` as on buttons, empty for none; not `wired` where it works anyway."""

    icon: str
    title: str
    text: str
    key: str
    do: Callable[[], None]
    wired: bool = True


class ActButton(Button):
    """A wide button of two lines."""

    def __init__(self, act: Act) -> None:
        super().__init__(act.title, act.icon, key=act.key, wide=True, wired=act.wired)
        self._line = act.text
        self.setAccessibleName(f"{act.title}. {act.text}")
        self.clicked.connect(act.do)

    def set_line(self, text: str) -> None:
        """Another second line."""
        self._line = text
        self.setAccessibleName(f"{self.text()}. {text}")
        self.update()

    def sizeHint(self) -> QSize:
        """520 wide at most, 68 high."""
        return QSize(520, px(68))

    def minimumSizeHint(self) -> QSize:
        """It may become narrower; the second line gives way."""
        return QSize(280, px(68))

    def _content(self, painter: QPainter, label: str) -> None:
        middle = self.height() / 2
        paint.picture(painter, QPointF(20, middle - 12), self._glyph, 24, "primary_t" if self.isEnabled() else "ink3")
        room = self.width() - 60 - (paint.key_width(self.key()) + 24 if self.key() else 12)
        title = QRectF(60, middle - px(20), room, px(20))
        paint.words(painter, title, self.text(), style_font("bodyb"), color(label))
        paint.words(painter, QRectF(60, middle + 1, room, px(18)), self._line, style_font("small"), color("ink2"))
        if self.key():
            wide = paint.key_width(self.key())
            paint.keycap(painter, QRectF(self.width() - wide - 18, middle - px(20) / 2, wide, px(20)), self.key())


class EmptyState(QFrame):
    """Never just "nothing here": it says why, and what can be done instead."""

    def __init__(self, icon: str, title: str, text: str = "", acts: Sequence[Act] = ()) -> None:
        super().__init__()
        self.setObjectName("plain")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        middle = Qt.AlignmentFlag.AlignCenter
        self._title = Txt(title, "h1", wrap=True, align=middle)
        self._text = Txt(text, "body", "ink2", wrap=True, align=middle)
        self.buttons = [ActButton(act) for act in acts]
        rows = [row("s", (button, 8), "s", gap=0) for button in self.buttons]
        self.setLayout(
            column(
                "s",
                row("s", Ico(icon, 56, "key_line"), "s"),
                14,
                self._title,
                self._text,
                18 if rows else 0,
                *rows,
                "s",
                gap=8,
                margins=(24, 16, 24, 16),
            )
        )
        self.set_words(title, text)

    def set_words(self, title: str, text: str = "") -> None:
        """Other words for another reason."""
        self._title.setText(title)
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self.setAccessibleName(f"{title}. {text}")
