"""A year at a glance: twelve small months with closed days, other hours, and today."""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from app.ui.parts import paint
from app.ui.theme import color, font, px

MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip
HEADS = ("S", "S", "R", "K", "J", "S", "M")
"""Senin to Minggu."""
ACROSS, DOWN, DAYS = 4, 3, 7
TITLE, HEAD, AIR = 20, 16, 6
MEASURES = ((22, 17, 14), (25, 17, 18), (33, 24, 26))
"""Width and height of a day and the gap between months: where room is short, usual, and where there is plenty."""
ARROWS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}
LOOKS = {"closed": ("pause_s", "pause"), "estimated": ("warn_s", "warn"), "opened": ("ok_s", "ok")}
"""Kind of mark → ground and ink."""


@dataclass(frozen=True)
class Mark:
    """What is special about a day: closed, estimated or opened, and in words."""

    kind: str
    says: str


class YearView(paint.Painted):
    """Arrow keys walk from day to day, Enter opens; `picked` and `opened` tell the day."""

    picked = Signal(object)
    opened = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._year, self._today, self._here = 2026, date(2026, 1, 1), date(2026, 1, 1)
        self._marks: Mapping[date, Mark] = {}
        self._periods: tuple[tuple[date, date], ...] = ()
        self._cell, self._line, self._gap = MEASURES[1]

    def set_measure(self, number: int) -> None:
        """0 where room is short, 1 as usual, 2 where there is plenty."""
        if (self._cell, self._line, self._gap) != MEASURES[number]:
            self._cell, self._line, self._gap = MEASURES[number]
            self.remeasure()

    def show_year(
        self, year: int, marks: Mapping[date, Mark], periods: tuple[tuple[date, date], ...], today: date
    ) -> None:
        """Another year, or the same one changed; one stays on the day where one stood."""
        self._year, self._marks, self._periods, self._today = year, marks, periods, today
        if self._here.year != year:
            self._here = today if today.year == year else date(year, 1, 1)
        self._name()
        self.remeasure()

    def day(self) -> date:
        """The day one stands on."""
        return self._here

    def stand_on(self, day: date) -> None:
        """Stand on a day of this year without telling anyone."""
        if day.year == self._year:
            self._here = day
            self._name()
            self.update()

    def _name(self) -> None:
        mark = self._marks.get(self._here)
        words = f"{self._here.day} {MONTHS[self._here.month - 1]} {self._here.year}"
        self.setAccessibleName(f"{words}. {mark.says}" if mark else words)

    # --- measures ----------------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        """Four months across, three down."""
        wide = ACROSS * DAYS * px(self._cell) + (ACROSS - 1) * px(self._gap) + 2
        return QSize(wide, sum(self._tall(line) for line in range(DOWN)) + (DOWN - 1) * px(AIR))

    def minimumSizeHint(self) -> QSize:
        """No smaller: it scrolls instead."""
        return self.sizeHint()

    def _weeks(self, month: int) -> int:
        first, many = calendar.monthrange(self._year, month)
        return -(-(first + many) // DAYS)

    def _tall(self, line: int) -> int:
        """A line of months is as tall as the one with most weeks."""
        weeks = max(self._weeks(line * ACROSS + n + 1) for n in range(ACROSS))
        return px(TITLE) + px(HEAD) + weeks * px(self._line)

    def _corner(self, month: int) -> QPointF:
        column, line = (month - 1) % ACROSS, (month - 1) // ACROSS
        y = sum(self._tall(above) + px(AIR) for above in range(line))
        return QPointF(1 + column * (DAYS * px(self._cell) + px(self._gap)), y)

    def _cells(self, month: int) -> Iterator[tuple[date, QRectF]]:
        corner, first = self._corner(month), date(self._year, month, 1)
        for n in range(calendar.monthrange(self._year, month)[1]):
            place = first.weekday() + n
            x = corner.x() + place % DAYS * px(self._cell)
            y = corner.y() + px(TITLE) + px(HEAD) + place // DAYS * px(self._line)
            yield first + timedelta(days=n), QRectF(x, y, px(self._cell), px(self._line))

    def day_at(self, point: QPointF) -> date | None:
        """The day under a point."""
        return next(
            (day for month in range(1, 13) for day, cell in self._cells(month) if cell.contains(point)),
            None,
        )

    # --- drawing -----------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """All twelve."""
        painter = self.brush()
        for month in range(1, 13):
            self._month(painter, month)
        painter.end()

    def _month(self, painter: QPainter, month: int) -> None:
        corner = self._corner(month)
        title = QRectF(corner.x() + 6, corner.y(), DAYS * px(self._cell), px(TITLE))
        paint.words(painter, title, MONTHS[month - 1], font(13, 600), color("ink"))
        for n, letter in enumerate(HEADS):
            head = QRectF(corner.x() + n * px(self._cell), corner.y() + px(TITLE), px(self._cell), px(HEAD))
            paint.words(painter, head, letter, font(12, 500), color("ink3"), paint.CENTRE)
        for day, cell in self._cells(month):
            self._day(painter, day, cell)

    def _day(self, painter: QPainter, day: date, cell: QRectF) -> None:
        mark = self._marks.get(day)
        weekend = day.weekday() > 4
        ground, ink = LOOKS[mark.kind] if mark else ("", "ink3" if weekend else "ink")
        inner = cell.adjusted(1.5, 0.5, -1.5, -0.5)
        if mark and ground:
            unsure = mark.kind == "estimated"
            paint.rounded(painter, inner, 4, color(ground), color("warn_l") if unsure else None, dashed=unsure)
        elif not weekend and any(first <= day <= last for first, last in self._periods):
            paint.rounded(painter, inner, 4, color("primary_s"))
        if day == self._today:
            paint.rounded(painter, inner, 4, None, color("primary_t"), 1.5)
        if day == self._here:
            edge = color("primary_t" if self.hasFocus() else "line2")
            paint.rounded(painter, cell.adjusted(0.5, -0.5, -0.5, 0.5), 5, None, edge, 2)
        face = font(12, 600 if mark or day == self._today else 400)
        paint.words(painter, cell, str(day.day), face, color(ink), paint.CENTRE)

    # --- hands -------------------------------------------------------------------------------------------------------

    def _pick(self, day: date) -> None:
        self.stand_on(day)
        self.picked.emit(self._here)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Stand on the day under the mouse."""
        day = self.day_at(event.position())
        self.setFocus()
        if day is not None:
            self._pick(day)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the day under the mouse."""
        if self.day_at(event.position()) is not None:
            self.opened.emit(self._here)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows, Enter."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        step = ARROWS.get(Qt.Key(event.key())) if plain else None
        if step is not None:
            self._pick(min(max(self._here + timedelta(days=step), date(self._year, 1, 1)), date(self._year, 12, 31)))
        elif plain and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.opened.emit(self._here)
        else:
            super().keyPressEvent(event)
