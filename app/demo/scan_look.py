"""How a sheet looks when it comes out of a scanner: tinted, a little askew, stamped, specked."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPageSize, QPainter, QPainterPath, QPdfWriter, QPen, QTextDocument

INK, SEAL = QColor("#2A2A2E"), QColor("#4B3FA8")
A4 = (1240, 1754)
SERIF, SANS = "Liberation Serif", "Inter"
Draw = Callable[[QPainter, int, int], None]


@dataclass(frozen=True)
class Sheet:
    """One page before it is drawn: its text as rich text, and what is drawn besides."""

    html: str = ""
    tint: str = "#FBF9F2"
    angle: float = 0.4
    stamp: tuple[int, int] | None = None
    draw: Draw | None = None
    size: tuple[int, int] = A4


def pdf(sheets: list[Sheet], *, blur: bool = False) -> bytes:
    """The sheets as one PDF of pictures, the way a scanner makes it."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle("Pindaian")
    painter = QPainter()
    for i, sheet in enumerate(sheets):
        image = _image(sheet, seed=i + len(sheet.html))
        if blur:
            image = _blurred(image)
        millimetres = QSizeF(210, 210 * image.height() / image.width())
        writer.setPageSize(QPageSize(millimetres, QPageSize.Unit.Millimeter))
        writer.setPageMargins(QMarginsF(0, 0, 0, 0))
        if i == 0:
            painter.begin(writer)
        else:
            writer.newPage()
        painter.drawImage(QRectF(0, 0, writer.width(), writer.height()), image)
    painter.end()
    return bytes(buffer.data().data())


def _blurred(image: QImage) -> QImage:
    smooth = Qt.TransformationMode.SmoothTransformation
    small = image.scaled(image.width() // 14, image.height() // 14, mode=smooth)
    return small.scaled(image.width(), image.height(), mode=smooth)


def _image(sheet: Sheet, seed: int) -> QImage:
    w, h = sheet.size
    image = QImage(w, h, QImage.Format.Format_RGB32)
    image.fill(QColor(sheet.tint))
    p = QPainter(image)
    p.setRenderHints(
        QPainter.RenderHint.Antialiasing
        | QPainter.RenderHint.SmoothPixmapTransform
        | QPainter.RenderHint.TextAntialiasing
    )
    p.translate(w / 2, h / 2)
    p.rotate(sheet.angle)
    p.translate(-w / 2, -h / 2)
    if sheet.draw:
        sheet.draw(p, w, h)
    if sheet.html:
        _text(p, sheet.html, w)
    if sheet.stamp:
        _stamp(p, *sheet.stamp)
    _specks(p, w, h, seed)
    p.end()
    return image


def _text(p: QPainter, html: str, w: int) -> None:
    document = QTextDocument()
    letters = QFont(SERIF)
    letters.setPixelSize(30)
    document.setDefaultFont(letters)
    document.setTextWidth(w - 270)
    document.setHtml(f"<div style='color:#2a2a2e; line-height:118%'>{html}</div>")
    p.save()
    p.translate(135, 110)
    document.drawContents(p)
    p.restore()


def _specks(p: QPainter, w: int, h: int, seed: int) -> None:
    dice = random.Random(seed)
    for _ in range(700):
        p.setPen(QColor(60, 60, 60, dice.randint(8, 40)))
        p.drawPoint(QPointF(dice.uniform(0, w), dice.uniform(0, h)))


def font(px: int, *, bold: bool = False) -> QFont:
    """The sheets' own typeface at a height in dots."""
    found = QFont(SANS)
    found.setPixelSize(px)
    found.setBold(bold)
    return found


def _stamp(p: QPainter, x: int, y: int) -> None:
    p.save()
    p.translate(x, y)
    p.rotate(-12)
    p.setOpacity(0.62)
    p.setPen(QPen(SEAL, 4))
    p.setBrush(Qt.BrushStyle.NoBrush)
    p.drawEllipse(QPointF(0, 0), 108, 108)
    p.drawEllipse(QPointF(0, 0), 76, 76)
    p.setFont(font(20, bold=True))
    p.drawText(QRectF(-90, -15, 180, 30), Qt.AlignmentFlag.AlignCenter, "CONTOH")
    line = QPainterPath(QPointF(-30, 60))
    line.cubicTo(15, -60, 45, 90, 75, -15)
    line.cubicTo(90, 30, 120, 15, 180, -30)
    p.drawPath(line)
    p.restore()


def emblem(p: QPainter, w: int, y: int) -> None:
    """An invented emblem in the middle of the line at `y`; nobody's arms."""
    p.setPen(QPen(INK, 3))
    p.setBrush(Qt.BrushStyle.NoBrush)
    p.drawEllipse(QPointF(w / 2, y + 40), 40, 40)
    roof = QPainterPath(QPointF(w / 2, y + 14))
    roof.lineTo(w / 2 + 24, y + 54)
    roof.lineTo(w / 2 - 24, y + 54)
    roof.closeSubpath()
    p.drawPath(roof)
