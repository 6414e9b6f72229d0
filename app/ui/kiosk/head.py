"""The kiosk's head: whose office this is, and what time it is."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.services.devices import Face
from app.ui.kiosk import brush, words
from app.ui.kiosk.measure import HEAD, MARGIN, Measure
from app.ui.parts import paint
from app.ui.parts.badges import draw_logo
from app.ui.theme import color


class Head(QWidget):
    """Dark, over the whole width, on every screen."""

    def __init__(self, m: Measure, parent: QWidget) -> None:
        super().__init__(parent)
        self.m = m
        self._face: Face | None = None
        self._now: datetime | None = None
        self.setGeometry(0, 0, m.width, m.px(HEAD))
        self.setAccessibleName("PELITA 3")

    def show_office(self, face: Face) -> None:
        """The office's name, once it is known."""
        if face != self._face:
            self._face = face
            self.setAccessibleName(face.title)
            self.update()

    def show_time(self, now: datetime) -> None:
        """The database's clock."""
        if (
            self._now is None
            or words.clock_words(now) != words.clock_words(self._now)
            or now.date() != self._now.date()
        ):
            self._now = now
            self.update()

    def clock_width(self) -> float:
        """What the clock's corner takes: the longest dates are wider than the time."""
        date = words.date_words(self._now) if self._now is not None else ""
        return max(self.m.px(210), paint.text_width(date, self.m.font(17)) + self.m.px(4))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Flame, names, clock."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        m, rect = self.m, QRectF(self.rect())
        painter.fillRect(rect, color("rail"))
        side = m.px(52)
        draw_logo(painter, QRectF(m.px(MARGIN), rect.center().y() - side / 2, side, side))
        left, right = m.px(108), m.width - m.px(MARGIN)
        half = self.clock_width()
        if self._face is not None:
            room = right - half - left - m.px(16)
            brush.line(painter, m, QRectF(left, m.px(21), room, m.px(32)), self._face.title, 20, "rail_on", weight=600)
            brush.line(painter, m, QRectF(left, m.px(49), room, m.px(26)), self._face.place, 17, "rail_t")
        if self._now is not None:
            clock = QRectF(right - half, m.px(14), half, m.px(46))
            paint.words(
                painter, clock, words.clock_words(self._now), m.font(36, 700, tnum=False), color("rail_on"), brush.RIGHT
            )
            brush.line(painter, m, QRectF(right - half, m.px(57), half, m.px(26)), words.date_words(self._now), 17,
                       "rail_t", align=brush.RIGHT)  # fmt: skip
        painter.end()
