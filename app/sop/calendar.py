"""Office working time: pure functions over an editable calendar."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

WIB = ZoneInfo("Asia/Jakarta")
Span = tuple[time, time]

WEEK: Mapping[int, tuple[Span, ...]] = {
    **{day: ((time(7, 30), time(12, 0)), (time(12, 45), time(16, 0))) for day in range(4)},
    4: ((time(7, 30), time(11, 30)), (time(13, 30), time(16, 30))),
}


EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


class Ruler(NamedTuple):
    """Office time of some years laid end to end: when it opens and closes, and how much of it lies before."""

    first: int
    last: int
    opens: list[int]
    closes: list[int]
    before: list[int]

    def until(self, us: int) -> int:
        """Office time from the ruler's beginning to a moment; all in microseconds since 1970."""
        i = bisect_right(self.opens, us) - 1
        return self.before[i] + min(us, self.closes[i]) - self.opens[i] if i >= 0 else 0


@dataclass(frozen=True)
class OfficeHours:
    """Weekly spans of work (Monday is 0), closed days, and periods with other hours (Ramadan)."""

    week: Mapping[int, tuple[Span, ...]] = field(default_factory=lambda: dict(WEEK))
    closed: frozenset[date] = frozenset()
    periods: tuple[tuple[date, date, Mapping[int, tuple[Span, ...]]], ...] = ()
    zone: ZoneInfo = WIB
    _rulers: list[Ruler] = field(default_factory=list, compare=False, repr=False)

    def ruler(self, start_us: int, end_us: int) -> Ruler:
        """A ruler over at least this stretch; the same one as long as it is long enough."""
        for known in self._rulers:
            if known.first <= start_us and end_us <= known.last:
                return known
        ends = [start_us, end_us, *(us for known in self._rulers for us in (known.first, known.last - 1))]
        years = [(EPOCH + MICROSECOND * us).astimezone(self.zone).year for us in ends]
        made = _ruler(self, min(years), max(years))
        self._rulers[:] = [made]
        return made

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
    return MICROSECOND * worked_us(hours, (start - EPOCH) // MICROSECOND, (end - EPOCH) // MICROSECOND)


def worked_us(hours: OfficeHours, start_us: int, end_us: int) -> int:
    """The same in microseconds since 1970: a list of hundreds of files asks for nothing else."""
    if end_us <= start_us:
        return 0
    ruler = hours.ruler(start_us, end_us)
    return ruler.until(end_us) - ruler.until(start_us)


def _ruler(hours: OfficeHours, first: int, last: int) -> Ruler:
    edges = [datetime(year, 1, 1, tzinfo=hours.zone) for year in (first, last + 1)]
    spans = [((a - EPOCH) // MICROSECOND, (b - EPOCH) // MICROSECOND) for a, b in office_spans(hours, *edges)]
    before, total = [], 0
    for a, b in spans:
        before.append(total)
        total += b - a
    first_us, last_us = ((e - EPOCH) // MICROSECOND for e in edges)
    return Ruler(first_us, last_us, [a for a, _ in spans], [b for _, b in spans], before)


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
