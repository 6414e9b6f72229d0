"""Brush strokes of the hall's screen: words that fit, an arrow, the marks of late data and of silence."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from app.ui.theme import font, tv_color

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignCenter
SMALLEST = 0.62
"""Words become smaller to fit, down to this; then they are cut."""


def width(text: str, size: float, weight: int = 700) -> float:
    """How wide words are at this size."""
    return QFontMetricsF(font(size, weight)).horizontalAdvance(text)


def wide(text: str, size: float) -> float:
    """How wide a ticket's number is: people read it aloud, so its digits stand as in words."""
    return QFontMetricsF(font(size, 700, tnum=False)).horizontalAdvance(text)


def words(
    painter: QPainter, rect: QRectF, text: str, size: float, weight: int, ink: str, align: Qt.AlignmentFlag = LEFT
) -> None:
    """One line, as large as it fits; what does not fit at the smallest size is cut with an ellipsis."""
    used = font(int(size * max(SMALLEST, fit(text, size, weight, rect.width()))), weight)
    painter.setFont(used)
    painter.setPen(tv_color(ink))
    shown = QFontMetricsF(used).elidedText(text, Qt.TextElideMode.ElideRight, rect.width() + 1)
    painter.drawText(rect, align, shown)


def fit(text: str, size: float, weight: int, room: float) -> float:
    """By which factor a line must become smaller to fit."""
    return min(1.0, room / max(1.0, width(text, size, weight)))


def paragraph(
    painter: QPainter, rect: QRectF, text: str, sizes: tuple[int, ...], weight: int, ink: str,
    align: Qt.AlignmentFlag = LEFT,
) -> None:  # fmt: skip
    """Words that may take several lines, at the first size that fits the box."""
    wrap = int(align) | int(Qt.TextFlag.TextWordWrap)
    used = font(sizes[-1], weight)
    for size in sizes:
        used = font(size, weight)
        needed = QFontMetricsF(used).boundingRect(rect, wrap, text)
        if needed.height() <= rect.height() and needed.width() <= rect.width():
            break
    painter.setFont(used)
    painter.setPen(tv_color(ink))
    painter.save()
    painter.setClipRect(rect)
    painter.drawText(rect, wrap, text)
    painter.restore()


def number(painter: QPainter, x: float, base: float, text: str, size: float, ink: str) -> None:
    """A number on its base line, from its left edge."""
    painter.setFont(font(size, 700, tnum=False))
    painter.setPen(tv_color(ink))
    painter.drawText(QPointF(x, base), text)


def arrow(painter: QPainter, x: float, middle: float, long: float, thick: float, ink: str) -> None:
    """An arrow to the right."""
    cap, join = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
    painter.setPen(QPen(tv_color(ink), thick, Qt.PenStyle.SolidLine, cap, join))
    tip, back = QPointF(x + long, middle), long * 0.36
    painter.drawLine(QPointF(x, middle), tip)
    painter.drawPolyline(QPolygonF([tip + QPointF(-back, -back), tip, tip + QPointF(-back, back)]))


def dot(painter: QPainter, centre: QPointF, ink: str) -> None:
    """All is well."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tv_color(ink))
    painter.drawEllipse(centre, 9, 9)


def triangle(painter: QPainter, centre: QPointF, ink: str) -> None:
    """Look out: a shape of its own, because colour alone says nothing to many."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tv_color(ink))
    painter.drawPolygon(QPolygonF([centre + QPointF(0, -12), centre + QPointF(13, 10), centre + QPointF(-13, 10)]))


def silent(painter: QPainter, centre: QPointF, ink: str) -> None:
    """A loudspeaker, crossed out."""
    colour = QColor(tv_color(ink))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    shape = [(-14, -5), (-7, -5), (2, -13), (2, 13), (-7, 5), (-14, 5)]
    painter.drawPolygon(QPolygonF([centre + QPointF(x, y) for x, y in shape]))
    painter.setPen(QPen(colour, 3.4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawLine(centre + QPointF(7, -6), centre + QPointF(18, 6))
    painter.drawLine(centre + QPointF(18, -6), centre + QPointF(7, 6))
