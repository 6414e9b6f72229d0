"""The dark column of the first start: where one is, what is done, what comes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QRadialGradient
from PySide6.QtWidgets import QWidget

from app.ui.parts import paint
from app.ui.parts.badges import draw_logo
from app.ui.theme import color, font, px, style_font

WIDE = 280
TOP = 190
STEP = 64


class StepRail(QWidget):
    """Numbered steps with a second line each; done ones carry a tick."""

    def __init__(self, steps: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._steps, self._current = tuple(steps), 0
        self.setFixedWidth(WIDE)
        self.set_current(0)

    def set_current(self, number: int) -> None:
        """From 0; beyond the last all are done."""
        self._current = number
        title = self._steps[number][0] if number < len(self._steps) else self.tr("Selesai")
        self.setAccessibleName(self.tr("Langkah {0} dari {1}: {2}").format(number + 1, len(self._steps), title))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Night, lamp, steps."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), color("rail"))
        light = QRadialGradient(QPointF(64, 74), 300)
        for at, alpha in ((0.0, 58), (0.25, 26), (1.0, 0)):
            shade = QColor(color("flame"))
            shade.setAlpha(alpha)
            light.setColorAt(at, shade)
        painter.fillRect(self.rect(), light)
        draw_logo(painter, QRectF(28, 34, 60, 60))
        title = QRectF(30, 100, WIDE - 50, px(34))
        paint.words(painter, title, "PELITA 3", font(24, 700), color("rail_on"))
        under = QRectF(30, 100 + px(34), WIDE - 50, px(20))
        paint.words(painter, under, self.tr("Menyiapkan kantor"), style_font("small"), color("rail_t"))
        for number, (words, more) in enumerate(self._steps):
            self._step(painter, number, words, more)
        painter.end()

    def _step(self, painter: QPainter, number: int, words: str, more: str) -> None:
        top = TOP + number * px(STEP)
        disc = QRectF(30, top, 28, 28)
        done, now = number < self._current, number == self._current
        if number:
            painter.fillRect(QRectF(43.5, top - px(STEP) + 34, 1, px(STEP) - 40), color("rail_a"))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("flame" if now else "rail_a"))
        painter.drawEllipse(disc)
        if done:
            paint.picture(painter, disc.topLeft() + QPointF(6, 6), "check", 16, "flame")
        else:
            ink = color("on_flame" if now else "rail_t")
            paint.words(painter, disc, str(number + 1), font(13, 600), ink, paint.CENTRE)
        room = WIDE - 90
        ink = color("rail_on" if now else "rail_t")
        paint.words(painter, QRectF(72, top - 3, room, px(20)), words, style_font("bodyb" if now else "bodym"), ink)
        paint.words(painter, QRectF(72, top + px(17), room, px(18)), more, style_font("small"), color("rail_t"))
