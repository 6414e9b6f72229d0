"""The Qt binding keeps count: a method that returns nothing must not use up None (docs/adr/0002)."""

from __future__ import annotations

import sys

from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPainterPath
from PySide6.QtWidgets import QApplication

TIMES = 1000


def test_calling_qt_does_not_use_up_none(qapp: QApplication) -> None:
    assert qapp is not None
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    painter, path, font, ink = QPainter(image), QPainterPath(), QFont(), QColor(1, 2, 3)
    before = sys.getrefcount(None)
    for _ in range(TIMES):
        painter.setPen(ink)
        painter.drawLine(0, 0, 7, 7)
        path.lineTo(1, 2)
        font.setPixelSize(12)
    lost = before - sys.getrefcount(None)
    painter.end()
    # Other threads and caches move the count a little; the fault loses four for each turn of the loop.
    assert lost < TIMES
