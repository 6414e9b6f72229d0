"""The calendar's tab: closed days of a year as picture and list, and the office's hours."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QStackedWidget, QWidget

from app.services import calendar_days, keys
from app.services.calendar_days import Day
from app.sop.calendar import WIB
from app.ui import cells
from app.ui import kantor_calendar_data as data
from app.ui.dialogs.accept_year import AcceptYear
from app.ui.dialogs.closed_days import ClosedDays
from app.ui.kantor_calendar_data import YearOf
from app.ui.kantor_hours import HoursPart
from app.ui.parts.banner import Banner
from app.ui.parts.buttons import Button
from app.ui.parts.empty import EmptyState
from app.ui.parts.layout import box, column, line, row, scrolled
from app.ui.parts.legend import Samples
from app.ui.parts.segmented import Segmented
from app.ui.parts.year_view import YearView
from app.ui.rows import Column, Rows
from app.ui.theme import px

if TYPE_CHECKING:
    from app.ui.desk import Desk

tr = partial(QCoreApplication.translate, "CalendarTab")
TONES = {"closed": "pause", "estimated": "warn", "opened": "ok"}
DAYS_PART, HOURS_PART = range(2)
SHORT, PLENTY = 1220, 1500
"""Widths of the tab below and from which the picture has another measure."""


class CalendarTab(QWidget):
    """What is changed here counts at once, on every desk. `said` carries a sentence and its tone."""

    said = Signal(str, str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self._year = desk, 0
        self._shown: YearOf | None = None
        self._dialog: ClosedDays | AcceptYear | None = None
        self.part = Segmented([tr("Hari libur"), tr("Jam kerja")])
        self.years = Segmented([""])
        self.new = Button(tr("Tambah hari"), "plus", "secondary", "Ctrl N")
        self.accept = Button(tr("Sahkan kalender"), "seal-check", "secondary", small=True, height=34)
        self.notice = Banner("", "warn", "calendar", action=self.accept)
        self.view = YearView()
        self.rows: Rows[Day] = Rows(self._columns(), lambda d: d.day, height=48, name=tr("Hari khusus"))
        self.rows.set_empty(EmptyState("calendar", tr("Tahun ini belum punya hari libur"), tr("Tambah dengan Ctrl N.")))
        self.hours = HoursPart(desk)
        self._arrange()
        self._wire()

    def _arrange(self) -> None:
        legend = Samples(
            [(tr("tutup"), "pause_s", ""), (tr("perkiraan"), "warn_s", "-warn_l"), (tr("tetap buka"), "ok_s", ""),
             (tr("jam khusus"), "primary_s", ""), (tr("hari ini"), "", "primary_t")]
        )  # fmt: skip
        self._area = scrolled(column(self.view, "s", margins=(2, 2, 2, 2)))
        picture = box(column((self._area, 1), row(legend, "s"), gap=8))
        days = box(row((picture, 0), line(vertical=True), (self.rows, 1), gap=14))
        self._parts = QStackedWidget()
        self._parts.addWidget(days)
        self._parts.addWidget(self.hours)
        head = row(self.part, self.years, "s", self.new, self.hours.new, gap=12)
        self.setLayout(column(head, self.notice, (self._parts, 1), gap=12, margins=(20, 14, 20, 14)))
        self.open_part(DAYS_PART)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The picture takes what the window has; the list keeps its words."""
        super().resizeEvent(event)
        self.view.set_measure(0 if self.width() < px(SHORT) else 1 if self.width() < px(PLENTY) else 2)
        self._area.setMinimumWidth(self.view.sizeHint().width() + 22)

    def _wire(self) -> None:
        self.part.changed.connect(self.open_part)
        self.years.changed.connect(self._choose_year)
        self.new.clicked.connect(self._ask_new)
        self.accept.clicked.connect(self._ask_accept)
        self.view.picked.connect(self.rows.select)
        self.view.opened.connect(self._open_day)
        self.rows.picked.connect(lambda day: self.view.stand_on(day.day) if isinstance(day, Day) else None)
        self.rows.opened.connect(lambda day: self._ask_day(day.day, day))
        self.hours.changed.connect(self.refresh)
        self.hours.said.connect(self.said)

    def _columns(self) -> list[Column[Day]]:
        def what(day: Day) -> cells.Cell:
            own = not (day.national and day.closed)
            state = data.state_of(day) + (f" · {data.origin_of(day, self._shown)}" if own else "")
            return cells.two(data.plain(day.label), state, TONES[data.kind_of(day)], bold=False)

        return [Column(tr("Tanggal"), lambda d: cells.muted(data.short(d.day)), 108), Column(tr("Keterangan"), what)]

    # --- reading -----------------------------------------------------------------------------------------------------

    def open_part(self, number: int) -> None:
        """Days, or hours."""
        self.part.set_current(number)
        self._parts.setCurrentIndex(number)
        self.years.setVisible(number == DAYS_PART)
        self.new.setVisible(number == DAYS_PART)
        self.hours.new.setVisible(number == HOURS_PART)
        self._tell()

    def refresh(self) -> None:
        """Read the year again."""
        now = self._desk.clock()
        year = self._year or now.astimezone(WIB).year
        self._desk.tasks.ask(partial(data.load, year, now), self._got)

    def _got(self, shown: YearOf) -> None:
        first = shown.today.year - 1
        self.years.set_items([str(first + n) for n in range(3)], min(max(shown.year - first, 0), 2))
        fresh = self._shown is None or self._shown.year != shown.year
        self._shown, self._year = shown, shown.year
        self.rows.set_rows(shown.days)
        periods = tuple((p.first, p.last) for p in shown.periods if p.last != date.max)
        self.view.show_year(shown.year, shown.marks, periods, shown.today)
        coming = next((d.day for d in shown.days if d.day >= shown.today), None)
        if fresh and coming is not None:
            self.rows.select(coming)
            self.rows.scrollTo(self.rows.currentIndex(), QAbstractItemView.ScrollHint.PositionAtCenter)
        self.hours.show_periods(shown)
        self._tell()

    def _choose_year(self, index: int) -> None:
        self._year = int(self.years.words_of()[index])
        self.refresh()

    def _tell(self) -> None:
        """Whether the year is the office's own yet."""
        shown = self._shown
        self.notice.setVisible(shown is not None and self.part.current() == DAYS_PART)
        if shown is None:
            return
        self.accept.setVisible(shown.accepted is None and shown.year >= shown.today.year)
        if shown.accepted is not None:
            at = data.words(shown.accepted.at.astimezone(WIB).date())
            side = f"{shown.name(shown.accepted.by)}, {at}"
            said = tr("Kalender {0} sudah disahkan: {1}").format(shown.year, shown.accepted.decree)
            self.notice.set(said, "ok", "seal-check", side=side)
            return
        said = tr("Kalender {0} masih usulan program: cocokkan dengan SKB 3 Menteri, lalu sahkan")
        self.notice.set(said.format(shown.year), "warn", "calendar")

    # --- changing ----------------------------------------------------------------------------------------------------

    def _known(self, day: date) -> Day | None:
        return next((d for d in self._shown.days if d.day == day), None) if self._shown else None

    def _open_day(self, day: date) -> None:
        self._ask_day(day, self._known(day))

    def _ask_new(self) -> None:
        here = self.view.day()
        self._ask_day(here if self._known(here) is None else None, None)

    def _ask_day(self, day: date | None, known: Day | None) -> None:
        if self._shown is None:
            return
        dialog = ClosedDays(self, day, known, self._shown.today)
        dialog.looked.connect(lambda first: self._count(dialog, first))
        dialog.asked.connect(partial(self._save, dialog, keys.new_key()))
        self._dialog = dialog
        dialog.look()
        dialog.open()

    def _count(self, dialog: ClosedDays, first: date) -> None:
        self._desk.tasks.ask(partial(calendar_days.running_since, first), dialog.set_running, owner=dialog)

    def _save(self, dialog: ClosedDays, key: str, days: list[Day]) -> None:
        words = data.span(days[0].day, days[-1].day)
        said = tr("{0}: kantor tutup") if days[0].closed else tr("{0}: kantor buka")
        self._desk.tasks.ask(
            partial(calendar_days.set_days, days, key), lambda _: self._saved(dialog, said.format(words)),
            dialog.refused, owner=dialog, dead=dialog.yes, command=tr("Ubah kalender {0}").format(words),
        )  # fmt: skip

    def _saved(self, dialog: ClosedDays | AcceptYear, said: str) -> None:
        dialog.accept()
        self.said.emit(said, "ok")
        self.refresh()

    def _ask_accept(self) -> None:
        if self._shown is None:
            return
        closed = [d for d in self._shown.days if d.closed]
        unsure = sum(not d.sure and not d.by for d in closed)
        dialog = AcceptYear(self, self._shown.year, len(closed), unsure)
        dialog.asked.connect(partial(self._accept, dialog, self._shown.year, keys.new_key()))
        self._dialog = dialog
        dialog.open()

    def _accept(self, dialog: AcceptYear, year: int, key: str, decree: str) -> None:
        said = tr("Kalender {0} disahkan").format(year)
        self._desk.tasks.ask(
            partial(calendar_days.accept_year, year, decree, key), lambda _: self._saved(dialog, said), dialog.refused,
            owner=dialog, dead=dialog.yes, command=tr("Sahkan kalender {0}").format(year),
        )  # fmt: skip
