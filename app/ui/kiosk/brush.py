"""Brush strokes of the kiosk: type that fits its place, dimmed ground, cards, dots of a QR."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from app.ui.kiosk.measure import LEAST, Measure
from app.ui.parts import paint
from app.ui.theme import color

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
TOP = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignCenter
HIGH_CENTRE = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
WRAP = Qt.TextFlag.TextWordWrap
STEPS = (1.0, 0.94, 0.88, 0.82, 0.76)
"""How much smaller type may become before it is cut."""


def fitting(m: Measure, text: str, wide: float, size: float, weight: int, lines: int = 1) -> QFont:
    """The largest font, from `size` of the drawing down, in which the text takes no more than `lines` lines."""
    face = m.font(size, weight)
    for step in STEPS:
        face = m.font(max(LEAST, size * step), weight)
        if _lines(text, face, wide) <= lines:
            break
    return face


def _lines(text: str, face: QFont, wide: float) -> int:
    metrics = QFontMetricsF(face)
    box = metrics.boundingRect(QRectF(0, 0, wide, 10_000), int(WRAP), text)
    if box.width() > wide + 1:  # one word alone is wider
        return 99
    return max(1, round(box.height() / metrics.lineSpacing()))


def height_of(text: str, face: QFont, wide: float) -> float:
    """How high a wrapped text becomes."""
    return QFontMetricsF(face).boundingRect(QRectF(0, 0, wide, 10_000), int(WRAP), text).height()


def write(painter: QPainter, rect: QRectF, text: str, face: QFont, ink: str, align: Qt.AlignmentFlag = LEFT) -> None:
    """Words in their place, wrapped; `ink` is a token."""
    painter.setFont(face)
    painter.setPen(color(ink))
    painter.drawText(rect, int(align) | int(WRAP), text)


def line(
    painter: QPainter,
    m: Measure,
    rect: QRectF,
    text: str,
    size: float,
    ink: str,
    *,
    weight: int = 400,
    align: Qt.AlignmentFlag = LEFT,
    lines: int = 1,
) -> QFont:
    """Words in their place, made smaller until they fit; the font they were written in."""
    face = fitting(m, text, rect.width(), size, weight, lines)
    if lines == 1:
        paint.words(painter, rect, text, face, color(ink), align)
    else:
        write(painter, rect, text, face, ink, align)
    return face


def card(painter: QPainter, m: Measure, rect: QRectF, *, radius: float = 28, token: str = "bg") -> None:
    """A card that lies over the dimmed screen."""
    paint.rounded(painter, rect, m.px(radius), color(token))


def dim(painter: QPainter, rect: QRectF) -> None:
    """What lies under a card cannot be touched, and looks so."""
    shade = QColor(color("rail"))
    shade.setAlpha(204)
    painter.fillRect(rect, shade)


def shadow(painter: QPainter, rect: QRectF, radius: float, deep: float) -> None:
    """A soft edge under paper: a few fading boxes instead of an effect."""
    for step in range(5):
        shade = QColor(color("rail"))
        shade.setAlpha(14)
        grown = rect.adjusted(-step * deep / 6, -step * deep / 12, step * deep / 6, step * deep / 4)
        paint.rounded(painter, grown, radius + step, shade)


def dots(painter: QPainter, rect: QRectF, rows: Sequence[Sequence[bool]]) -> None:
    """A QR symbol with whole pixels to a module, centred in its place."""
    if not rows:
        return
    unit = max(1, int(rect.width()) // len(rows))
    start = rect.center() - QPointF(unit * len(rows) / 2, unit * len(rows) / 2)
    left, top = round(start.x()), round(start.y())
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    for down, row in enumerate(rows):
        for across, dark in enumerate(row):
            if dark:
                painter.fillRect(left + across * unit, top + down * unit, unit, unit, color("ink"))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)


def icon_box(painter: QPainter, m: Measure, rect: QRectF, name: str, *, tone: str = "info", size: float = 50) -> None:
    """A picture on its soft ground."""
    ink, ground, _ = paint.TONES[tone]
    paint.rounded(painter, rect, m.px(14), color(ground))
    side = m.px(size)
    paint.picture(painter, rect.center() - QPointF(side / 2, side / 2), name, side, ink)
