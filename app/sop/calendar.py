"""Office working time: pure functions over an editable calendar."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

WIB = ZoneInfo("Asia/Jakarta")
Span = tuple[time, time]

WEEK: Mapping[int, tuple[Span, ...]] = {
    **{day: ((time(7, 30), time(12, 0)), (time(12, 45), time(16, 0))) for day in range(4)},
    4: ((time(7, 30), time(11, 30)), (time(13, 30), time(16, 30))),
}


@dataclass(frozen=True)
class OfficeHours:
    """Weekly spans of work (Monday is 0), closed days, and periods with other hours (Ramadan)."""

    week: Mapping[int, tuple[Span, ...]] = field(default_factory=lambda: dict(WEEK))
    closed: frozenset[date] = frozenset()
    periods: tuple[tuple[date, date, Mapping[int, tuple[Span, ...]]], ...] = ()
    zone: ZoneInfo = WIB

    def spans(self, day: date) -> tuple[Span, ...]:
        """The working spans of one local day; empty when the office is closed."""
        if day in self.closed:
            return ()
        for first, last, week in self.periods:
            if first <= day <= last:
                return tuple(week.get(day.weekday(), ()))
        return tuple(self.week.get(day.weekday(), ()))


def worked(hours: OfficeHours, start: datetime, end: datetime) -> timedelta:
    """Office time between two moments (aware datetimes); zero when end is not after start."""
    total = timedelta()
    for first, last in office_spans(hours, start, end):
        total += last - first
    return total


def office_spans(hours: OfficeHours, start: datetime, end: datetime) -> Iterable[tuple[datetime, datetime]]:
    """The pieces of [start, end] that lie in office time, in UTC, in order."""
    if end <= start:
        return
    start, end = start.astimezone(UTC), end.astimezone(UTC)
    day = start.astimezone(hours.zone).date()
    last = end.astimezone(hours.zone).date()
    while day <= last:
        for opens, closes in hours.spans(day):
            a = max(start, datetime.combine(day, opens, hours.zone).astimezone(UTC))
            b = min(end, datetime.combine(day, closes, hours.zone).astimezone(UTC))
            if a < b:
                yield a, b
        day += timedelta(days=1)


def after(hours: OfficeHours, start: datetime, wanted: timedelta) -> datetime:
    """The moment at which `wanted` office time has passed since `start`; looks at most two years ahead."""
    left = wanted
    day_end = start
    for _ in range(740):
        nxt = day_end + timedelta(days=1)
        for a, b in office_spans(hours, day_end, nxt):
            if b - a >= left:
                return a + left
            left -= b - a
        day_end = nxt
    msg = "the calendar has no office time left within two years"
    raise ValueError(msg)
