"""Words on glass: a label in a named style, a line that gives way, and an icon as a widget."""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from app.ui.parts import paint
from app.ui.theme import color, font, px, style_font


class Txt(QLabel):
    """A label in one of the named styles; always plain text, so a name with a `<` in it stays a name."""

    def __init__(
        self,
        text: str = "",
        style: str = "body",
        tone: str = "ink",
        *,
        data: bool = False,
        wrap: bool = False,
        align: Qt.AlignmentFlag | None = None,
        selectable: bool = False,
        size: int = 0,
        weight: int = 400,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._style, self._data, self._size, self._weight = style, data, size, weight
        self.setWordWrap(wrap)
        if align is not None:
            self.setAlignment(align)
        if selectable:
            self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setProperty("tone", tone)
        self._strike = False
        self.setFont(self._wanted())

    def _wanted(self) -> QFont:
        wanted = (
            font(self._size, self._weight, data=self._data) if self._size else style_font(self._style, data=self._data)
        )
        wanted.setStrikeOut(self._strike)
        return wanted

    def set_strike(self, on: bool) -> None:
        """Struck through: a value that was replaced."""
        self._strike = on
        self.setFont(self._wanted())

    def set_tone(self, tone: str) -> None:
        """Another colour by its token."""
        if self.property("tone") != tone:
            self.setProperty("tone", tone)
            self.style().unpolish(self)
            self.style().polish(self)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self.font().pixelSize() != self._wanted().pixelSize():
            self.setFont(self._wanted())


class Elide(paint.Painted):
    """One line that gives way: cut with an ellipsis, never pushing the page wider. The whole text is its tool tip."""

    def __init__(
        self,
        text: str = "",
        style: str = "small",
        tone: str = "ink3",
        *,
        right: bool = False,
        data: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._text, self._style, self._tone, self._right, self._data = "", style, tone, right, data
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_text(text)

    def text(self) -> str:
        """The whole text."""
        return self._text

    def set_text(self, text: str, tone: str = "") -> None:
        """Other words, and another tone if one is named."""
        self._text, self._tone = text, tone or self._tone
        self.setToolTip(text)
        self.setAccessibleName(text)
        self.remeasure()

    def sizeHint(self) -> QSize:
        """As wide as the text wants."""
        of = style_font(self._style, data=self._data)
        return QSize(paint.text_width(self._text, of) + 4, max(px(20), round(of.pixelSize() * 1.4)))

    def minimumSizeHint(self) -> QSize:
        """It may shrink to almost nothing."""
        return QSize(20, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """The line, cut where it must be."""
        painter = self.brush()
        align = paint.RIGHT if self._right else paint.LEFT
        of = style_font(self._style, data=self._data)
        paint.words(painter, QRectF(self.rect()), self._text, of, color(self._tone), align)
        painter.end()


class Ico(paint.Painted):
    """One icon as a widget; decoration only, so it has no accessible name unless one is given."""

    def __init__(self, name: str, size: int = 20, token: str = "ink2", weight: str = "bold", says: str = "") -> None:
        super().__init__()
        self._name, self._size, self._token, self._weight = name, size, token, weight
        self.setAccessibleName(says)

    def set_icon(self, name: str, token: str | None = None, weight: str | None = None) -> None:
        """Another picture, colour or weight."""
        self._name, self._token, self._weight = name, token or self._token, weight or self._weight
        self.update()

    def sizeHint(self) -> QSize:
        """A square."""
        return QSize(self._size, self._size)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The picture."""
        painter = self.brush()
        paint.picture(painter, QPointF(0, 0), self._name, self._size, self._token, self._weight)
        painter.end()
