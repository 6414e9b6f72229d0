"""The dark side of log-in and first start: the lamp, its light, the office."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QRadialGradient
from PySide6.QtWidgets import QWidget

from app import __version__
from app.ui.parts.badges import Logo
from app.ui.parts.layout import column, row
from app.ui.parts.text import Txt
from app.ui.theme import color

WIDE, NARROW = 520, 380
GLOW = ((0.0, 66), (0.18, 40), (0.45, 15), (1.0, 0))
"""Where the light of the lamp fades, and how much of it is left there (of 255)."""


class Brand(QWidget):
    """A quarter to two fifths of the window."""

    def __init__(self, office: str = "") -> None:
        super().__init__()
        name = Txt("PELITA 3", tone="rail_on", size=40, weight=700)
        what = self.tr("Akta perceraian, Kartu Keluarga, dan KTP-el\ndalam satu layanan")
        says = Txt(what, tone="rail_t", size=16, align=Qt.AlignmentFlag.AlignCenter)
        self._office = Txt(
            office or self.tr("Dinas Kependudukan dan Pencatatan Sipil\nKota Pekanbaru"), "small", "rail_t"
        )
        version = Txt(self.tr("Versi {0}").format(__version__), "small", "rail_t")
        below = row(self._office, "s", version)
        middle = column("s", row("s", Logo(112), "s"), 18, row("s", name, "s"), 4, says, "s", gap=0)
        self.setLayout(column((middle, 1), below, gap=0, margins=(32, 90, 32, 28)))
        self.fit(1366)

    def fit(self, whole: int) -> None:
        """Give way where the window is narrow."""
        wide = min(WIDE, whole * 38 // 100)
        self.setMaximumWidth(wide)
        self.setMinimumWidth(min(wide, NARROW))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """As wide as it may be."""
        return QSize(self.maximumWidth(), 400)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Night, and the light of the lamp in it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), color("rail"))
        light = QRadialGradient(QPointF(self.width() / 2, self.height() * 0.42), 420)
        for at, alpha in GLOW:
            shade = QColor(color("flame"))
            shade.setAlpha(alpha)
            light.setColorAt(at, shade)
        painter.fillRect(self.rect(), light)
        painter.end()
