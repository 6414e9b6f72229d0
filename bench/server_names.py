"""Invented people for the measured office: names as one hears them in Riau, NIK of a province that does not exist."""

from __future__ import annotations

import random

MEN = (
    "AHMAD", "ANDRI", "ARIF", "BAMBANG", "BENNY", "BUDI", "CANDRA", "DANIEL", "DARMAWAN", "DODI", "EDWARD", "EFENDI",
    "FAISAL", "FERDINAND", "FIRMAN", "GUNAWAN", "HARIS", "HENDRA", "IMRAN", "IRWAN", "JEFRI", "JOHANNES", "KEVIN",
    "LUKMAN", "MARTIN", "MUHAMMAD", "NOVRIZAL", "OKTAVIANUS", "PARLINDUNGAN", "RAHMAT", "RIDWAN", "RUDI", "SAMUEL",
    "SURYA", "SYAHRIAL", "TEGUH", "TOMI", "WAHYU", "YOHANES", "ZULKIFLI",
)  # fmt: skip
WOMEN = (
    "AGUSTINA", "ANITA", "ASTUTI", "BERNADETTE", "CHRISTINA", "DEBORA", "DEWI", "DIAN", "ELISABETH", "ERNAWATI",
    "FITRI", "FRANSISKA", "HELENA", "IDA", "INDAH", "JULIANA", "KARTIKA", "LESTARI", "LIDIA", "MARIA", "MELINDA",
    "MONIKA", "NATALIA", "NOVITA", "NURHAYATI", "OKTAVIA", "PUTRI", "RATNA", "RINI", "ROSMAULI", "SARI", "SISKA",
    "SRI", "THERESIA", "TIUR", "VERONIKA", "WULAN", "YANTI", "YULIANA", "ZAHARA",
)  # fmt: skip
MIDDLE = (
    "", "", "ADI", "AGUNG", "ALFIAN", "ANGGRAINI", "AULIA", "BONAR", "CAHYA", "DAMAR", "EKA", "FEBRI", "GITA",
    "HASAN", "INTAN", "JAYA", "KURNIA", "LARAS", "MANGASI", "MULIA", "NUR", "PERMATA", "PRIMA", "RAMADHAN", "RIZKI",
    "SAKTI", "SEPTI", "TIMBUL", "TRI", "UTAMI", "VIONA", "WIRA", "YUDHA", "YUNITA",
)  # fmt: skip
LAST = (
    "ADRIANSYAH", "AMELIA", "BATUBARA", "CHANIAGO", "DAMANIK", "FIRDAUS", "GINTING", "GULTOM", "HALIM", "HARAHAP",
    "HASIBUAN", "HIDAYAT", "HUTABARAT", "HUTAPEA", "ISKANDAR", "KOTO", "KUSUMA", "LIMBONG", "LUBIS", "MANALU",
    "MARPAUNG", "NABABAN", "NAINGGOLAN", "NASUTION", "PANGARIBUAN", "PANJAITAN", "PASARIBU", "PILIANG", "POHAN",
    "PRATAMA", "PURBA", "RANGKUTI", "SARAGIH", "SEMBIRING", "SETIAWAN", "SIAGIAN", "SIANIPAR", "SIHOMBING",
    "SIMANJUNTAK", "SIMATUPANG", "SIMBOLON", "SINAGA", "SIREGAR", "SITOMPUL", "SITORUS", "SITUMORANG", "SUSANTO",
    "TAMBUNAN", "TANJUNG", "TARIGAN", "WIBOWO", "WIJAYA", "YULIANTO",
)  # fmt: skip
RARE = ("QUIRINUS", "XAVERIUS", "WULANDARU")
"""Last names that stand in one file of twenty thousand."""


class People:
    """An endless row of couples, the same for the same seed."""

    def __init__(self, seed: int = 3) -> None:
        self._dice = random.Random(seed)  # noqa: S311  invented data needs no secrets

    def couple(self, number: int) -> tuple[str, str, str, str]:
        """The husband's and wife's name, then the NIK of each; a file's number makes the NIK its own."""
        pick = self._dice.random
        last = RARE[number % 3] if number % 20_000 == 7 else LAST[int(pick() * len(LAST))]  # noqa: PLR2004  one of them
        middle = MIDDLE[int(pick() * len(MIDDLE))]
        husband = f"{MEN[int(pick() * len(MEN))]} {middle} {last}".replace("  ", " ")
        middle = MIDDLE[int(pick() * len(MIDDLE))]
        wife = f"{WOMEN[int(pick() * len(WOMEN))]} {middle} {LAST[int(pick() * len(LAST))]}".replace("  ", " ")
        return husband, wife, nik(number, 0), nik(number, 1)


def nik(number: int, woman: int) -> str:
    """A NIK of a province 99; women have 40 added to the day, as everywhere."""
    day, month, year = number % 28 + 1 + 40 * woman, number // 28 % 12 + 1, 60 + number // 336 % 40
    district = number // (336 * 40) % 100
    return f"99{district:02d}07{day:02d}{month:02d}{year:02d}{number // 1_344_000 * 2 + woman + 1:04d}"
