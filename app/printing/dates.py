"""Dates and times as Indonesians write them on paper; every time given is already local (Asia/Jakarta, WIB)."""

from __future__ import annotations

from datetime import date, datetime

MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip
WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")


def day(value: date | None, absent: str = "–") -> str:
    """As in "12 Mei 2026"."""
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}" if value else absent


def weekday_day(value: date) -> str:
    """As in "Selasa, 12 Mei 2026"."""
    return f"{WEEKDAYS[value.weekday()]}, {day(value)}"


def digits(value: date | None, absent: str = "–") -> str:
    """As in "12-05-2026", the form of a KK and a KTP-el."""
    return f"{value:%d-%m-%Y}" if value else absent


def clock(value: datetime) -> str:
    """As in "10.42"."""
    return f"{value:%H.%M}"


def moment(value: datetime) -> str:
    """As in "12 Mei 2026 10.42 WIB"."""
    return f"{day(value)} {clock(value)} WIB"


def stamp(value: datetime) -> str:
    """With seconds, for the database time in a footer: "12 Mei 2026 10.42.18 WIB"."""
    return f"{day(value)} {value:%H.%M.%S} WIB"
