"""Moments and durations as they stand on glass: local time, and minutes with their unit (ui.md 2.4)."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.sop.calendar import WIB

MONTHS = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")
DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
HOUR, LONG = 60, 100 * 60


def clock(at: datetime) -> str:
    """Hours and minutes, local: "10.42"."""
    return f"{at.astimezone(WIB):%H.%M}"


def day(at: datetime) -> str:
    """Day and month, local: "12 Mei"."""
    local = at.astimezone(WIB)
    return f"{local.day} {MONTHS[local.month - 1]}"


def day_clock(at: datetime) -> str:
    """Day, month and time, local: "12 Mei 08.41"."""
    return f"{day(at)} {clock(at)}"


def full(at: datetime) -> str:
    """Day, month, year and time, local: "12 Mei 2026 08.41"."""
    return f"{day(at)} {at.astimezone(WIB).year} {clock(at)}"


def weekday(at: datetime) -> str:
    """Weekday, day and time, local: "Senin 11 Mei, 13.10"."""
    return f"{DAYS[at.astimezone(WIB).weekday()]} {day(at)}, {clock(at)}"


def near(at: datetime, now: datetime) -> str:
    """The time alone on the same local day, with the day before it on another."""
    return clock(at) if at.astimezone(WIB).date() == now.astimezone(WIB).date() else day_clock(at)


def minutes(span: timedelta) -> int:
    """Whole minutes; a started minute does not count."""
    return int(span.total_seconds() // 60)


def target(length: timedelta) -> str:
    """A target as it is named: "1 j", "24 j", "45 m"."""
    whole = minutes(length)
    return f"{whole // HOUR} j" if whole and whole % HOUR == 0 else span(length)


def span(length: timedelta) -> str:
    """A duration: "41 m", "1 j 25 m", from 100 hours on in days of 24 hours: "6 hari 2 j"."""
    whole = max(0, minutes(length))
    if whole < HOUR:
        return f"{whole} m"
    if whole < LONG:
        return f"{whole // HOUR} j {whole % HOUR:02d} m"
    hours = whole // HOUR
    return f"{hours // 24} hari {hours % 24} j"
