"""Shared brush strokes: rounded boxes, keycaps, lamp shapes, and the base of all painted widgets."""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetrics, QPainter, QPainterPath, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui import icons
from app.ui.theme import color, font, px

TONES = {
    "ok": ("ok", "ok_s", "ok_l"),
    "warn": ("warn", "warn_s", "warn_l"),
    "bad": ("bad", "bad_s", "bad_l"),
    "pause": ("pause", "pause_s", "pause_l"),
    "info": ("primary_t", "primary_s", "primary"),
    "mute": ("ink2", "sunken", "ink3"),
}
"""Tone → tokens of its text, its ground, its lamp."""

CENTRE = Qt.AlignmentFlag.AlignCenter
LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


def text_width(text: str, of: QFont) -> int:
    """Width in logical pixels of one line."""
    return QFontMetrics(of).horizontalAdvance(text)


def rounded(
    painter: QPainter,
    rect: QRectF,
    radius: float,
    fill: QColor | None = None,
    edge: QColor | None = None,
    width: float = 1.0,
    dashed: bool = False,
) -> None:
    """A box with round corners, filled, edged or both."""
    path = QPainterPath()
    path.addRoundedRect(rect, radius, radius)
    if fill is not None:
        painter.fillPath(path, fill)
    if edge is not None:
        painter.setPen(QPen(edge, width, Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(path)


def words(painter: QPainter, rect: QRectF, text: str, of: QFont, ink: QColor, align: Qt.AlignmentFlag = LEFT) -> None:
    """One line of text, cut with an ellipsis where it does not fit."""
    painter.setFont(of)
    painter.setPen(ink)
    fitting = QFontMetrics(of).elidedText(text, Qt.TextElideMode.ElideRight, int(rect.width()) + 1)
    painter.drawText(rect, align, fitting)


def picture(painter: QPainter, at: QPointF, name: str, size: int, token: str, weight: str = "bold") -> None:
    """One icon with its top left corner at `at`."""
    ratio = painter.device().devicePixelRatioF()
    painter.drawPixmap(QPointF(round(at.x()), round(at.y())), icons.pixmap(name, size, token, weight, ratio))


def key_width(text: str) -> int:
    """Width of a keycap with this text."""
    return max(px(22), text_width(text, font(11, 600)) + 12)


def keycap(painter: QPainter, rect: QRectF, text: str, *, filled: bool = False) -> None:
    """One key of the keyboard; `filled` for the one that lies on the filled button or on the toast."""
    inner = rect.adjusted(0.5, 0.5, -0.5, -0.5)
    if filled:
        white = QColor(color("on_primary"))
        edge = QColor(white)
        edge.setAlpha(96)
        rounded(painter, inner, 4, QColor(0, 0, 0, 46), edge)
        words(painter, inner, text, font(11, 600), white, CENTRE)
    else:
        rounded(painter, inner, 4, color("key_bg"), color("key_line"))
        words(painter, inner, text, font(11, 600), color("ink2"), CENTRE)


def _triangle(painter: QPainter, centre: QPointF, half: float) -> None:
    x, y = centre.x(), centre.y()
    corners = [QPointF(x, y - half - 0.5), QPointF(x + half + 1, y + half), QPointF(x - half - 1, y + half)]
    painter.drawPolygon(QPolygonF(corners))


def _pause(painter: QPainter, centre: QPointF, half: float) -> None:
    x, y, size = centre.x(), centre.y(), half * 2
    painter.drawRoundedRect(QRectF(x - half, y - half, size * 0.36, size), 1, 1)
    painter.drawRoundedRect(QRectF(x + half - size * 0.36, y - half, size * 0.36, size), 1, 1)


def lamp_shape(painter: QPainter, tone: str, centre: QPointF, size: float = 9) -> None:
    """A lamp is a shape first and a colour second: disc, triangle, square, two bars, ring."""
    lit, half = color(TONES[tone][2]), size / 2
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(lit))
    if tone in {"ok", "info"}:
        painter.drawEllipse(centre, half, half)
    elif tone == "warn":
        _triangle(painter, centre, half)
    elif tone == "bad":
        painter.drawRoundedRect(QRectF(centre.x() - half, centre.y() - half, size, size), 1, 1)
    elif tone == "pause":
        _pause(painter, centre, half)
    else:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(lit, 1.6))
        painter.drawEllipse(centre, half - 0.6, half - 0.6)


def badge_width(text: str, *, shape: bool = True) -> int:
    """Width of a badge with this text."""
    return text_width(text, font(12, 600)) + (30 if shape else 18)


def badge(painter: QPainter, rect: QRectF, text: str, tone: str, *, shape: bool = True) -> None:
    """A word in a soft pill, with the shape that says the same without colour."""
    ink, ground, _ = TONES[tone]
    rounded(painter, rect.adjusted(0.5, 0.5, -0.5, -0.5), rect.height() / 2 - 0.5, color(ground))
    left = rect.left() + 9
    if shape:
        lamp_shape(painter, tone, QPointF(rect.left() + 14, rect.center().y()), 8)
        left = rect.left() + 23
    words(painter, QRectF(left, rect.top(), rect.right() - left, rect.height()), text, font(12, 600), color(ink))


class Painted(QWidget):
    """A widget drawn by hand: as large as its content, redrawn when the theme or the text size changes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def changeEvent(self, event: QEvent) -> None:
        """Measure again: a theme may come with another text size."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.StyleChange, QEvent.Type.PaletteChange, QEvent.Type.FontChange}:
            self.remeasure()

    def remeasure(self) -> None:
        """The content changed: ask the layout for another size and draw again."""
        self.updateGeometry()
        self.update()

    def minimumSizeHint(self) -> QSize:
        """Never smaller than the content."""
        return self.sizeHint()

    def brush(self) -> QPainter:
        """A painter on this widget, ready to draw smooth edges. The caller ends it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        return painter
