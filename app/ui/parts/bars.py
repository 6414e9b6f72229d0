"""Progress against a norm, and the line of the SOP's eleven steps."""

from collections.abc import Collection

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy

from app.ui.parts import paint
from app.ui.theme import color, font


def draw_bar(painter: QPainter, rect: QRectF, fraction: float, tone: str) -> None:
    """A thin track, filled up to `fraction` (more than 1 is drawn as full)."""
    radius = rect.height() / 2
    paint.rounded(painter, rect, radius, color("sunken"))
    if fraction > 0:
        filled = QRectF(rect)
        filled.setWidth(max(rect.height(), rect.width() * min(1.0, fraction)))
        paint.rounded(painter, filled, radius, color(paint.TONES[tone][2]))


class Bar(paint.Painted):
    """Thin progress; the tick, a fraction, marks the norm."""

    def __init__(self, fraction: float = 0.0, tone: str = "info", *, thick: int = 6, tick: float | None = None) -> None:
        super().__init__()
        self._thick, self._tick = thick, tick
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set(fraction, tone)

    def set(self, fraction: float, tone: str = "") -> None:
        """Another fraction, 0 to 1 and beyond, and another tone if one is named."""
        self._fraction = fraction
        self._tone = tone or getattr(self, "_tone", "info")
        self.setAccessibleName(f"{round(fraction * 100)} %")
        self.update()

    def sizeHint(self) -> QSize:
        """The tick stands out by 2 px on both sides."""
        return QSize(60, self._thick + (4 if self._tick is not None else 0))

    def minimumSizeHint(self) -> QSize:
        """It may become short."""
        return QSize(24, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Track, progress, tick."""
        painter = self.brush()
        top = (self.height() - self._thick) / 2
        draw_bar(painter, QRectF(0, top, self.width(), self._thick), self._fraction, self._tone)
        if self._tick is not None:
            painter.fillRect(QRectF(self.width() * self._tick - 1, 0, 2, self.height()), color("ink2"))
        painter.end()


class StepLine(paint.Painted):
    """The SOP's steps: done, the current one by name, to come. A step the channel does not have is a bare line."""

    def __init__(self, current: int = 1, label: str = "", *, count: int = 11, skipped: Collection[int] = ()) -> None:
        super().__init__()
        self._count = count
        self.set(current, label, skipped)

    def set(self, current: int, label: str, skipped: Collection[int] = ()) -> None:
        """`current` counts from 1; `count + 1` means that all are done."""
        self._current, self._label, self._skipped = current, label, frozenset(skipped)
        self.setAccessibleName(self.tr("Langkah {0} dari {1}: {2}").format(current, self._count, label))
        self.remeasure()

    def _pill(self) -> int:
        return paint.text_width(self._label, font(13, 600)) + 42

    def sizeHint(self) -> QSize:
        """Circles of 22, links of 8, one pill."""
        pill = self._pill() if 1 <= self._current <= self._count else 22
        return QSize((self._count - 1) * 30 + pill + 4, 30)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Step by step from the left."""
        painter = self.brush()
        x = 1.0
        for step in range(1, self._count + 1):
            width = self._pill() if step == self._current else 22
            if step > 1:
                reached = "primary" if step <= self._current else "line"
                painter.fillRect(QRectF(x - 8, self.height() / 2 - 1, 8, 2), color(reached))
            self._step(painter, step, QRectF(x, self.height() / 2 - 14, width, 28))
            x += width + 8
        painter.end()

    def _step(self, painter: QPainter, step: int, rect: QRectF) -> None:
        centre = QPointF(rect.left() + 11, rect.center().y())
        if step == self._current:
            self._now(painter, rect)
        elif step in self._skipped:
            painter.setPen(QPen(color("primary" if step < self._current else "key_line"), 2))
            painter.drawLine(QPointF(rect.left(), centre.y()), QPointF(rect.right(), centre.y()))
        elif step < self._current:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color("primary"))
            painter.drawEllipse(centre, 10, 10)
            paint.picture(painter, centre - QPointF(6, 6), "check", 12, "on_primary")
        else:
            painter.setBrush(color("surface"))
            painter.setPen(QPen(color("key_line"), 1.2))
            painter.drawEllipse(centre, 10, 10)
            room = QRectF(centre.x() - 11, centre.y() - 11, 22, 22)
            paint.words(painter, room, str(step), font(12, 600), color("ink3"), paint.CENTRE)

    def _now(self, painter: QPainter, rect: QRectF) -> None:
        paint.rounded(painter, rect, 14, color("primary_s"), color("primary_t"), 1.5)
        centre = QPointF(rect.left() + 15, rect.center().y())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color("primary"))
        painter.drawEllipse(centre, 10, 10)
        number = QRectF(centre.x() - 11, centre.y() - 11, 22, 22)
        paint.words(painter, number, str(self._current), font(12, 600), color("on_primary"), paint.CENTRE)
        room = QRectF(rect.left() + 31, rect.top(), rect.width() - 31, rect.height())
        paint.words(painter, room, self._label, font(13, 600), color("primary_t"))
