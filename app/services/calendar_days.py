"""The office's calendar: which days are closed, which hours hold when, and what the program proposes for a year."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache

import holidays

from app.errors import Refused
from app.models.base import add, derived, micros, moment, told
from app.models.tables_admin import CalendarDay, CalendarYear, OfficePeriod, OpenFile
from app.services.kept import Kept
from app.sop.calendar import WEEK, WIB, OfficeHours, Span

JOINT = "cuti bersama"
ESTIMATED = "(perkiraan)"
FEAST = "Hari Raya Idul Fitri"
FAST = 30
"""Days of Ramadan: 29 or 30, which the moon decides; the administrator corrects the proposal."""
MOST_DAYS = 60
Week = Mapping[int, tuple[Span, ...]]


@dataclass(frozen=True)
class Day:
    """One special day. `national` when the program's own list knows it, `sure` unless the date is an estimate.

    `by` and `at` say who entered it; empty and None for what is only proposed.
    """

    day: date
    label: str
    closed: bool = True
    national: bool = False
    by: str = ""
    at: datetime | None = None

    @property
    def joint(self) -> bool:
        """Whether it is a cuti bersama."""
        return self.label.lower().startswith(JOINT)

    @property
    def sure(self) -> bool:
        """Whether its date is certain; what depends on the moon is an estimate until the decree."""
        return ESTIMATED not in self.label


@dataclass(frozen=True)
class Period:
    """Hours from one day to another. `id` is 0 for the hours that the program is shipped with."""

    id: int
    name: str
    first: date
    last: date
    week: Week
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class Accepted:
    """A year's calendar that the administrator took over, and by which decree."""

    decree: str
    by: str
    at: datetime


@dataclass(frozen=True)
class Calendar:
    """All that the office has decided about its days; what it has not is proposed by the program."""

    days: Mapping[date, Day] = field(default_factory=dict)
    years: Mapping[int, Accepted] = field(default_factory=dict)
    periods: tuple[Period, ...] = ()
    _hours: dict[tuple[int, int], OfficeHours] = field(default_factory=dict, compare=False, repr=False)

    def hours(self, first: int, last: int) -> OfficeHours:
        """The office's time in these years."""
        if (first, last) not in self._hours:
            closed = frozenset(d.day for year in range(first, last + 1) for d in self.listed(year) if d.closed)
            spans = tuple((p.first, p.last, p.week) for p in self.periods)
            self._hours[first, last] = OfficeHours(closed=closed, periods=spans)
        return self._hours[first, last]

    def listed(self, year: int) -> list[Day]:
        """A year's special days in order: the office's own, and while it is not accepted what is proposed."""
        own = {d: x for d, x in self.days.items() if d.year == year}
        proposed = {} if year in self.years else {d.day: d for d in proposal(year)}
        return [day for _, day in sorted((proposed | own).items())]


@lru_cache(maxsize=16)
def proposal(year: int) -> tuple[Day, ...]:
    """National holidays and cuti bersama as the program's list knows them (SOP README, "Two clocks")."""
    found = holidays.country_holidays("ID", years=year, categories=("public", "government"), language="id")
    return tuple(Day(day, label, national=True) for day, label in sorted(found.items()) if day.year == year)


@lru_cache(maxsize=16)
def fasting(year: int) -> tuple[date, date] | None:
    """The days of Ramadan that end in a year, as far as the feast after them is known; None where it is not."""
    feasts = [d.day for d in proposal(year) if d.label.startswith(FEAST)]
    return (feasts[0] - timedelta(days=FAST), feasts[0] - timedelta(days=1)) if feasts else None


SHORT_WEEK: Week = {
    **{day: ((time(8), time(12)), (time(12, 30), time(15))) for day in range(4)},
    4: ((time(8), time(11, 30)), (time(12, 30), time(15, 30))),
}
"""Usual hours of Ramadan: 32.5 hours a week (Perpres 21/2023). A proposal, like every date here."""


def usual() -> Period:
    """The hours that the program is shipped with."""
    return Period(0, "Jam kerja biasa", date.min, date.max, WEEK)


# --- reading ---------------------------------------------------------------------------------------------------------


def calendar() -> Calendar:
    """The office's calendar as it is now; what was changed at another desk is seen after some seconds."""
    return _kept.now()


def _read() -> Calendar:
    days = {date.fromisoformat(r.day): _day(r) for r in CalendarDay.select().order_by(CalendarDay.id)}
    rows = CalendarYear.select().order_by(CalendarYear.id)
    years = {int(r.year): Accepted(r.decree, r.made_by, moment(r.made_us)) for r in rows}
    return Calendar(days, years, _periods())


def _day(row: CalendarDay) -> Day:
    day = date.fromisoformat(row.day)
    known = any(d.day == day for d in proposal(day.year))
    return Day(day, row.label, bool(row.closed), known, row.made_by, moment(row.made_us))


def _periods() -> tuple[Period, ...]:
    """Periods that hold, the narrowest first, so that Ramadan counts before new hours for good; then the newest."""
    rows = list(OfficePeriod.select().order_by(OfficePeriod.id.desc()))
    gone = {r.replaces for r in rows}
    held = [p for r in rows if r.id not in gone and r.state == "SET" and (p := _period(r)) is not None]
    return tuple(sorted(held, key=lambda p: p.last - p.first))


def _period(row: OfficePeriod) -> Period | None:
    """None where the row's hours cannot be read: one bad row must not stop every clock of the office."""
    try:
        week = week_of(row.week)
    except (ValueError, TypeError, AttributeError):
        return None
    first, last = date.fromisoformat(row.first_day), date.fromisoformat(row.last_day)
    return Period(row.id, row.name, first, last, week, row.made_by, moment(row.made_us))


def week_of(text: str) -> Week:
    """Hours as they are stored: {"0": [["07:30", "12:00"], …]}, Monday is 0."""
    spans = {
        int(day): tuple((time.fromisoformat(a), time.fromisoformat(b)) for a, b in spans)
        for day, spans in json.loads(text).items()
    }
    if any(a >= b for day in spans.values() for a, b in day):
        raise ValueError(text)
    return spans


def week_text(week: Week) -> str:
    """The same as text."""
    return json.dumps({str(d): [[f"{a:%H:%M}", f"{b:%H:%M}"] for a, b in spans] for d, spans in sorted(week.items())})


_kept: Kept[Calendar] = Kept(Calendar(), _read)


def running_since(day: date) -> int:
    """How many files under way were begun on or before that day: their clocks change with it."""
    end = datetime.combine(day + timedelta(days=1), time(), WIB)
    with told():
        return int(OpenFile.select().where(OpenFile.made_us < micros(end)).count())


# --- changing --------------------------------------------------------------------------------------------------------


def set_days(days: Sequence[Day], key: str) -> None:
    """Say of these days whether the office is closed and why; all of them or none."""
    if not days:
        return
    if len(days) > MOST_DAYS * 2:
        raise Refused(f"Paling banyak {MOST_DAYS} hari sekali simpan.", field="last")
    rows = [
        {
            "day": d.day.isoformat(),
            "closed": int(d.closed),
            "label": d.label.strip(),
            "key": derived(key, d.day.isoformat()),
        }
        for d in days
    ]
    with told():
        CalendarDay.insert_many(rows).execute()
    _kept.forget()


def accept_year(year: int, decree: str, key: str) -> None:
    """Take over a year's days as they are listed now. From then on the program's own list counts no more for it."""
    listed = calendar().listed(year)
    set_days([d for d in listed if not d.by], derived(key, "days"))
    add(CalendarYear, key, year=year, decree=decree.strip())
    _kept.forget()


def set_period(name: str, first: date, last: date, week: Week, key: str, *, replaces: int = 0) -> None:
    """Other hours from `first` to `last`, in place of an earlier period where one is named."""
    if last < first:
        raise Refused("Hari terakhir tidak boleh sebelum hari pertama.", field="last")
    _refuse_crooked(week.values())
    _put_period(name, first, last, week_text(week), "SET", key, replaces)


def withdraw_period(period: Period, key: str) -> None:
    """Take a period away: the hours beneath it hold again."""
    _put_period(period.name, period.first, period.last, week_text(period.week), "WITHDRAWN", key, period.id)


def _put_period(name: str, first: date, last: date, week: str, state: str, key: str, replaces: int) -> None:
    add(
        OfficePeriod,
        key,
        name=name.strip(),
        first_day=first.isoformat(),
        last_day=last.isoformat(),
        week=week,
        state=state,
        replaces=replaces or None,
    )
    _kept.forget()


def _refuse_crooked(days: Iterable[Sequence[Span]]) -> None:
    for spans in days:
        moments = [moment for span in spans for moment in span]
        if moments != sorted(set(moments)):
            raise Refused("Jam masuk, istirahat, lanjut, dan pulang harus berurutan.", field="week")
