"""Office working time: nights, Fridays, holidays and Ramadan hours are no work."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from app.sop.calendar import WIB, OfficeHours, after, office_spans, worked

HOURS = OfficeHours(closed=frozenset({date(2026, 5, 14)}))


def wib(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 5, day, hour, minute, tzinfo=WIB)


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        (wib(12, 8), wib(12, 9), 60),
        (wib(12, 11, 30), wib(12, 13), 45),  # the noon break
        (wib(12, 15, 30), wib(13, 8), 60),  # over night
        (wib(13, 15), wib(15, 8), 90),  # Thursday the 14th is a holiday
        (wib(15, 11), wib(15, 14), 60),  # Friday's long break
        (wib(16, 8), wib(17, 20), 0),  # Saturday and Sunday
        (wib(12, 9), wib(12, 8), 0),
    ],
)
def test_only_office_time_counts(start: datetime, end: datetime, minutes: int) -> None:
    assert worked(HOURS, start.astimezone(UTC), end.astimezone(UTC)) == timedelta(minutes=minutes)


def test_ramadan_has_its_own_hours() -> None:
    week = {0: ((time(8), time(12)),)}
    ramadan = OfficeHours(periods=((date(2026, 2, 18), date(2026, 3, 19), week),))
    monday = datetime(2026, 2, 23, 7, tzinfo=WIB)
    assert worked(ramadan, monday, monday + timedelta(hours=10)) == timedelta(hours=4)
    assert ramadan.spans(date(2026, 2, 24)) == ()


def test_spans_are_cut_at_the_ends_and_in_utc() -> None:
    spans = list(office_spans(HOURS, wib(12, 11), wib(12, 13)))
    assert spans == [(wib(12, 11), wib(12, 12)), (wib(12, 12, 45), wib(12, 13))]
    assert all(a.tzinfo is UTC for a, _ in spans)


def test_a_promise_is_made_in_office_time() -> None:
    assert after(HOURS, wib(12, 15, 30), timedelta(hours=1)) == wib(13, 8)
    assert after(HOURS, wib(12, 8), timedelta(hours=1)) == wib(12, 9)


def test_a_calendar_without_work_promises_nothing() -> None:
    with pytest.raises(ValueError, match="no office time"):
        after(OfficeHours(week={}), wib(12, 8), timedelta(hours=1))


def test_each_period_counts_in_its_own_days_only() -> None:
    first = (date(2026, 2, 18), date(2026, 3, 19), {0: ((time(8), time(12)),)})
    second = (date(2027, 2, 8), date(2027, 3, 9), {0: ((time(9), time(12)),)})
    hours = OfficeHours(periods=(first, second))
    assert hours.spans(date(2026, 2, 23)) == ((time(8), time(12)),)
    assert hours.spans(date(2027, 2, 15)) == ((time(9), time(12)),)
    assert hours.spans(date(2026, 5, 11)) == OfficeHours().spans(date(2026, 5, 11))
