"""What the calendar's tab shows of one year, read in the database thread, and what its buttons change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.services import accounts, calendar_days
from app.services.calendar_days import Accepted, Day, Period
from app.sop.calendar import WIB
from app.ui.parts.moments import MONTHS
from app.ui.parts.year_view import Mark

SHORT_DAYS = ("Sen", "Sel", "Rab", "Kam", "Jum", "Sab", "Min")


@dataclass(frozen=True)
class YearOf:
    """One year of the office. `fasting` is Ramadan as far as it is known, None once it has hours or is not known."""

    year: int
    today: date
    days: tuple[Day, ...]
    accepted: Accepted | None
    periods: tuple[Period, ...]
    fasting: tuple[date, date] | None
    names: Mapping[str, str]

    @property
    def marks(self) -> dict[date, Mark]:
        """What stands out in the picture of the year."""
        return {d.day: Mark(kind_of(d), f"{d.label}, {state_of(d)}") for d in self.days}

    def name(self, login: str) -> str:
        """An officer's name."""
        return self.names.get(login, login)


def load(year: int, now: datetime) -> YearOf:
    """A year as it is now."""
    found = calendar_days.calendar()
    today = now.astimezone(WIB).date()
    fasting = calendar_days.fasting(year)
    settled = fasting is None or fasting[1] < today or any(p.first <= fasting[1] <= p.last for p in found.periods)
    return YearOf(
        year, today, tuple(found.listed(year)), found.years.get(year), found.periods,
        None if settled else fasting, accounts.names(),
    )  # fmt: skip


def kind_of(day: Day) -> str:
    """closed, estimated or opened."""
    if not day.closed:
        return "opened"
    return "closed" if day.sure or day.by else "estimated"


def state_of(day: Day) -> str:
    """In words what a day is."""
    if not day.closed:
        return "tetap buka"
    if not day.sure and not day.by:
        return "perkiraan"
    if day.joint:
        return "cuti bersama"
    return "libur nasional" if day.national else "libur kantor"


def origin_of(day: Day, year: YearOf | None) -> str:
    """Who entered it, and when."""
    name = year.name(day.by) if year else day.by
    return f"{name}, {words(day.at.astimezone(WIB).date())}" if day.at else name


def plain(label: str) -> str:
    """A label without the note that its date is an estimate."""
    return label.removesuffix(calendar_days.ESTIMATED).strip()


def words(day: date) -> str:
    """12 Mei 2026."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def short(day: date) -> str:
    """Sel 12 Mei."""
    return f"{SHORT_DAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"


def span(first: date, last: date) -> str:
    """Days from and to; without an end "mulai 1 Jan 2027"."""
    if last == date.max:
        return f"mulai {words(first)}"
    if first == last:
        return words(first)
    head = words(first) if first.year != last.year else f"{first.day} {MONTHS[first.month - 1]}"
    return f"{head} – {words(last)}"


def days_between(first: date, last: date) -> list[date]:
    """Every day of a stretch."""
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]
