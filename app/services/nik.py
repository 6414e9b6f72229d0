"""NIK and KK numbers: what they say, and what cannot be one (facts.md 2.1, 2.2). There is no check digit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.services.case import Sex

LENGTH = 16
WOMAN = 40
"""Added to a woman's day of birth."""
LAST_DAY, LAST_MONTH = 31, 12


@dataclass(frozen=True)
class NikParts:
    """What the digits of a well-formed NIK say. `year` has two digits: the century cannot be derived."""

    region: str
    day: int
    month: int
    year: int
    sex: Sex
    serial: int

    def says(self, born: date) -> bool:
        """Whether a birth date agrees with the digits."""
        return (born.day, born.month, born.year % 100) == (self.day, self.month, self.year)

    def born(self, today: date, least_age: int = 0) -> date | None:
        """The latest such day that makes the person at least so old: a suggestion, never a fact.

        None where no century fits (29 February).
        """
        for century in range(today.year // 100 * 100, 1799, -100):
            day = _day(century + self.year, self.month, self.day)
            if day is not None and _years(day, today) >= least_age and day <= today:
                return day
        return None


def parts(nik: str) -> NikParts | None:
    """The parts of a NIK, or None where `fault` finds one."""
    if fault(nik):
        return None
    day = int(nik[6:8])
    woman = day > WOMAN
    return NikParts(
        nik[:6], day - WOMAN * woman, int(nik[8:10]), int(nik[10:12]), Sex.FEMALE if woman else Sex.MALE, int(nik[12:])
    )


def fault(nik: str) -> str:
    """What makes this text no NIK, with what to do; empty where nothing does."""
    short = count_fault(nik)
    if short:
        return short
    day, month = int(nik[6:8]), int(nik[8:10])
    real = day - WOMAN if day > WOMAN else day
    if not 1 <= real <= LAST_DAY:
        return f"Angka ke-7 dan 8 berbunyi {day:02d}, tidak bisa menjadi tanggal lahir. Cocokkan dengan KTP-el"
    if not 1 <= month <= LAST_MONTH:
        return f"Angka ke-9 dan 10 berbunyi {month:02d}, tidak bisa menjadi bulan. Cocokkan dengan KTP-el"
    # 29 February exists if it does in either century.
    if all(_day(century + int(nik[10:12]), month, real) is None for century in (1900, 2000)):
        return f"Tanggal {real:02d}-{month:02d} di NIK tidak ada di kalender. Cocokkan dengan KTP-el"
    if nik.endswith("0000"):
        return "NIK tidak pernah berakhir 0000. Cocokkan dengan KTP-el"
    return ""


def count_fault(number: str) -> str:
    """What is wrong with the count of digits of a NIK or a KK number; empty where nothing is."""
    if not (number.isascii() and number.isdigit()):
        return "Hanya angka yang dipakai di sini. Hapus huruf atau tanda lainnya"
    if len(number) == LENGTH:
        return ""
    word = "Kurang" if len(number) < LENGTH else "Lebih"
    return f"{word} {abs(LENGTH - len(number))} angka: {len(number)} dari {LENGTH}"


def kk_doubt(number: str) -> str:
    """What looks odd in a well-formed KK number (no +40 rule: day 01 to 31); empty where nothing does."""
    day, month = int(number[6:8]), int(number[8:10])
    if not (1 <= day <= LAST_DAY and 1 <= month <= LAST_MONTH):
        return f"Angka ke-7 sampai 10 berbunyi {number[6:10]}, bukan tanggal. Periksa, mungkin ini NIK"
    return ""


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _years(born: date, today: date) -> int:
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def age(born: date, today: date) -> int:
    """Completed years."""
    return _years(born, today)
