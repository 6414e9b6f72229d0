"""Words for a state: badge, lamp, keycap, the officer's initials and the flame of the pelita."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent

from app.ui.parts import paint
from app.ui.theme import color, font, px


class Badge(paint.Painted):
    """A state in at most three words, in a soft pill with the shape that says the same without colour."""

    def __init__(self, text: str = "", tone: str = "mute", *, shape: bool = True, small: bool = False) -> None:
        super().__init__()
        self._shape, self._tall = shape, 20 if small else 24
        self.set(text, tone)

    def set(self, text: str, tone: str) -> None:
        """Another state; an empty text takes no room."""
        self._text, self._tone = text, tone
        self.setAccessibleName(text)
        self.remeasure()

    def text(self) -> str:
        """The words."""
        return self._text

    def sizeHint(self) -> QSize:
        """Text, shape and air."""
        if not self._text:
            return QSize(0, px(self._tall))
        return QSize(paint.badge_width(self._text, shape=self._shape), px(self._tall))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The pill."""
        painter = self.brush()
        if self._text:
            paint.badge(painter, QRectF(self.rect()), self._text, self._tone, shape=self._shape)
        painter.end()


class Lamp(paint.Painted):
    """A shape and a word: ● fine, ▲ look, ■ broken or late, ❚❚ paused, ○ neutral."""

    def __init__(self, text: str = "", tone: str = "ok") -> None:
        super().__init__()
        self.set(text, tone)

    def set(self, text: str, tone: str) -> None:
        """Another state."""
        self._text, self._tone = text, tone
        self.setAccessibleName(text)
        self.remeasure()

    def text(self) -> str:
        """The word."""
        return self._text

    def tone(self) -> str:
        """The tone that is lit."""
        return self._tone

    def sizeHint(self) -> QSize:
        """Shape and word."""
        return QSize(paint.text_width(self._text, font(12, 500)) + 20, px(22))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Shape first, word beside it."""
        painter = self.brush()
        paint.lamp_shape(painter, self._tone, QPointF(7, self.height() / 2), 9)
        room = QRectF(18, 0, self.width() - 18, self.height())
        paint.words(painter, room, self._text, font(12, 500), color("ink2"))
        painter.end()


class KeyCap(paint.Painted):
    """One key of the keyboard."""

    def __init__(self, text: str, *, filled: bool = False) -> None:
        super().__init__()
        self._text, self._filled = text, filled
        self.setAccessibleName(text)

    def sizeHint(self) -> QSize:
        """20 px high."""
        return QSize(paint.key_width(self._text), px(20))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The cap."""
        painter = self.brush()
        paint.keycap(painter, QRectF(self.rect()), self._text, filled=self._filled)
        painter.end()


def initials(name: str) -> str:
    """First letters of the first and the last word of a name, without titles: "Zulfikar Hasan, S.Sos" → "ZH"."""
    kept = [word for word in name.split(",", maxsplit=1)[0].split() if not (word.endswith(".") and len(word) > 2)]
    return "".join(word[0].upper() for word in dict.fromkeys((kept[0], kept[-1]))) if kept else ""


class Avatar(paint.Painted):
    """The officer's initials in a disc."""

    def __init__(self, letters: str, size: int = 34) -> None:
        super().__init__()
        self._letters, self._size = letters, size

    def set_letters(self, letters: str) -> None:
        """Another officer."""
        self._letters = letters
        self.update()

    def sizeHint(self) -> QSize:
        """A square."""
        return QSize(self._size, self._size)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Disc and letters."""
        painter = self.brush()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("primary_s2"))
        painter.drawEllipse(self.rect())
        painter.setFont(font(self._size * 0.38, 600))
        painter.setPen(color("primary_t"))
        painter.drawText(self.rect(), paint.CENTRE, self._letters)
        painter.end()


def _flame() -> QPainterPath:
    path = QPainterPath(QPointF(50, 10))
    path.cubicTo(58, 28, 74, 36, 74, 54)
    path.cubicTo(74, 68, 64, 78, 50, 78)
    path.cubicTo(36, 78, 26, 68, 26, 54)
    path.cubicTo(26, 44, 32, 38, 36, 32)
    path.cubicTo(38, 40, 42, 42, 44, 42)
    path.cubicTo(50, 34, 46, 22, 50, 10)
    return path


def _core() -> QPainterPath:
    path = QPainterPath(QPointF(51, 46))
    path.cubicTo(55, 54, 61, 57, 61, 64)
    path.cubicTo(61, 70, 56, 74, 50, 74)
    path.cubicTo(44, 74, 39, 70, 39, 64)
    path.cubicTo(39, 56, 47, 54, 51, 46)
    return path


def draw_logo(painter: QPainter, rect: QRectF) -> None:
    """The flame of the pelita over its dish, in a square."""
    painter.save()
    painter.translate(rect.topLeft())
    painter.scale(rect.width() / 100, rect.height() / 100)
    painter.fillPath(_flame(), color("flame"))
    painter.fillPath(_core(), color("rail"))
    dish = QRectF(26, 84, 48, 7)
    paint.rounded(painter, dish, 3.5, color("flame"))
    painter.restore()


class Logo(paint.Painted):
    """The flame of the pelita, on a dark ground."""

    def __init__(self, size: int = 36) -> None:
        super().__init__()
        self._size = size
        self.setAccessibleName("PELITA 3")

    def sizeHint(self) -> QSize:
        """A square."""
        return QSize(self._size, self._size)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The flame."""
        painter = self.brush()
        draw_logo(painter, QRectF(self.rect()))
        painter.end()
