"""The hours in which the office works: the usual ones, Ramadan's, and new ones for good."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from app.services import calendar_days, keys
from app.services.calendar_days import Period, Week
from app.ui import cells
from app.ui import kantor_calendar_data as data
from app.ui.dialogs.office_period import Hours, OfficePeriod
from app.ui.kantor_calendar_data import YearOf
from app.ui.parts.banner import Banner
from app.ui.parts.buttons import Button
from app.ui.parts.layout import column
from app.ui.rows import Column, Rows

if TYPE_CHECKING:
    from app.ui.desk import Desk

tr = partial(QCoreApplication.translate, "HoursPart")


class HoursPart(QWidget):
    """A list of what holds when; what holds for fewer days counts before what holds for more."""

    changed = Signal()
    said = Signal(str, str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._shown: YearOf | None = None
        self._dialog: OfficePeriod | None = None
        self.new = Button(tr("Atur jam kerja"), "clock", "secondary", "Ctrl N")
        self.new.clicked.connect(lambda: self._ask(None, {}, calendar_days.usual().week))
        self.fast = Button(tr("Atur jam Ramadan"), "moon", "secondary", small=True, height=34)
        self.fast.clicked.connect(self._ask_fast)
        self.notice = Banner("", "info", "moon", action=self.fast)
        self.rows: Rows[Period] = Rows(self._columns(), lambda p: p.id, height=58, name=tr("Jam kerja"))
        self.rows.opened.connect(self._open)
        self.setLayout(column(self.notice, (self.rows, 1), gap=12))

    def _columns(self) -> list[Column[Period]]:
        def name(period: Period) -> cells.Cell:
            if not period.id:
                return cells.two(period.name, tr("bawaan program"))
            by = self._shown.name(period.by) if self._shown else period.by
            return cells.two(period.name, by)

        return [
            Column(tr("Nama"), name),
            Column(tr("Berlaku"), self._held, 250),
            Column(tr("Senin–Kamis"), lambda p: _hours(p.week, 0), 190),
            Column(tr("Jumat"), lambda p: _hours(p.week, 4), 190),
            Column(tr("Sabtu, Minggu"), lambda p: _weekend(p.week), 150),
        ]

    def _held(self, period: Period) -> cells.Cell:
        days = data.span(period.first, period.last) if period.id else tr("di luar jam khusus")
        return cells.badge(*self._when(period), days)

    def _when(self, period: Period) -> tuple[str, str]:
        today = self._shown.today if self._shown else date.min
        if period.first > today:
            return tr("akan datang"), "info"
        return (tr("lewat"), "mute") if period.last < today else (tr("berlaku"), "ok")

    def show_periods(self, shown: YearOf) -> None:
        """What holds and what comes, the usual hours, then what is past."""
        self._shown = shown
        held = sorted((p for p in shown.periods if p.last >= shown.today), key=lambda p: p.first)
        past = sorted((p for p in shown.periods if p.last < shown.today), key=lambda p: p.first, reverse=True)
        self.rows.set_rows([*held, calendar_days.usual(), *past])
        self.notice.setVisible(shown.fasting is not None)
        if shown.fasting is not None:
            said = tr("Ramadan diperkirakan {0}; jam kerjanya belum diatur").format(data.span(*shown.fasting))
            self.notice.set(said, "info", "moon")

    # --- changing ----------------------------------------------------------------------------------------------------

    def _ask_fast(self) -> None:
        if self._shown is None or self._shown.fasting is None:
            return
        first, last = self._shown.fasting
        start = {"name": tr("Ramadan {0}").format(last.year), "first": first, "last": last}
        self._ask(None, start, calendar_days.SHORT_WEEK)

    def _open(self, period: Period) -> None:
        if not period.id:
            self._ask(None, {"name": tr("Jam kerja baru")}, period.week)
            return
        last = None if period.last == date.max else period.last
        self._ask(period, {"name": period.name, "first": period.first, "last": last}, period.week)

    def _ask(self, known: Period | None, start: dict[str, object], week: Week) -> None:
        dialog, key = OfficePeriod(self, start, week, known), keys.new_key()
        dialog.asked.connect(partial(self._save, dialog, key, known.id if known else 0))
        if known is not None:
            dialog.withdraw_asked.connect(partial(self._withdraw, dialog, known, keys.new_key()))
        self._dialog = dialog
        dialog.open()

    def _save(self, dialog: OfficePeriod, key: str, replaces: int, hours: Hours) -> None:
        put = partial(calendar_days.set_period, hours.name, hours.first, hours.last, hours.week, key, replaces=replaces)
        said = tr("{0}: jam kerja disimpan").format(hours.name)
        self._desk.tasks.ask(
            put, lambda _: self._saved(dialog, said), dialog.refused, owner=dialog, dead=dialog.yes,
            command=tr("Atur jam kerja {0}").format(hours.name),
        )  # fmt: skip

    def _withdraw(self, dialog: OfficePeriod, period: Period, key: str) -> None:
        said = tr("{0}: dicabut, jam sebelumnya berlaku lagi").format(period.name)
        self._desk.tasks.ask(
            partial(calendar_days.withdraw_period, period, key), lambda _: self._saved(dialog, said), dialog.refused,
            owner=dialog, dead=dialog.away, command=tr("Cabut jam kerja {0}").format(period.name),
        )  # fmt: skip

    def _saved(self, dialog: OfficePeriod, said: str) -> None:
        dialog.accept()
        self.said.emit(said, "ok")
        self.changed.emit()


def _hours(week: Week, day: int) -> cells.Cell:
    spans = week.get(day, ())
    if not spans:
        return cells.muted(tr("tutup"))
    outer = f"{spans[0][0]:%H.%M}–{spans[-1][1]:%H.%M}"
    rest = tr("istirahat {0}–{1}").format(f"{spans[0][1]:%H.%M}", f"{spans[1][0]:%H.%M}") if len(spans) > 1 else ""
    return cells.two(outer, rest or tr("tanpa istirahat"), bold=False)


def _weekend(week: Week) -> cells.Cell:
    open_ = [name for day, name in ((5, tr("Sabtu")), (6, tr("Minggu"))) if week.get(day)]
    if not open_:
        return cells.muted(tr("tutup"))
    return _hours(week, 5) if len(open_) == 1 and week.get(5) else cells.muted(", ".join(open_))
