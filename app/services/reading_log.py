"""Who read or searched what, when and why, across all files (UU 27/2022 art. 31)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from app.models.base import add, micros, moment, told
from app.models.tables_admin import LogExport, Reading
from app.services.accounts import names
from app.sop.calendar import WIB

SEARCH = "mencari"
"""How `worklist.look_up` names a search in the log; by what follows: NIK, nomor or nama."""
AT_ONCE = 500
BATCH = 5_000
LAST_LETTER = "\U0010ffff"
LONG_NUMBER = re.compile(r"\d(?:[ .]?\d){7,}")
"""A NIK, KK or telephone number that an officer typed into a reason: it does not leave the office in a file."""


@dataclass(frozen=True)
class Wanted:
    """Which lines of the log: by officer, file number, days, and whether reading or searching. Empty means all."""

    login: str = ""
    number: str = ""
    first: date | None = None
    last: date | None = None
    kind: str = ""


@dataclass(frozen=True)
class Entry:
    """One line of the log. A search that found nothing has no `number`."""

    id: int
    at: datetime
    login: str
    name: str
    number: str
    what: str
    why: str

    @property
    def searched(self) -> bool:
        """Whether it was a search."""
        return self.what == SEARCH


@dataclass(frozen=True)
class Taken:
    """An export: by whom, when, by what it was chosen, and how many lines."""

    name: str
    at: datetime
    wanted: str
    lines: int


def entries(wanted: Wanted, before: int = 0, limit: int = AT_ONCE) -> list[Entry]:
    """The newest lines that are wanted; `before` is the id of the oldest line already shown."""
    query = Reading.select().order_by(Reading.id.desc()).limit(limit)
    if before:
        query = query.where(Reading.id < before)
    for condition in _conditions(wanted):
        query = query.where(condition)
    with told():
        return [Entry(r.id, moment(r.made_us), r.login, r.name, r.number or "", r.what, r.why) for r in query]


def _conditions(wanted: Wanted) -> Iterator[object]:
    if wanted.login:
        yield Reading.login == wanted.login
    if wanted.number:
        # As a range and not as a pattern: so both engines go by their index of numbers.
        begins = wanted.number.strip().upper()
        yield (Reading.number != "") & (Reading.number >= begins) & (Reading.number < begins + LAST_LETTER)
    if wanted.first:
        yield Reading.made_us >= _begin(wanted.first)
    if wanted.last:
        yield Reading.made_us < _begin(wanted.last + timedelta(days=1))
    if wanted.kind:
        yield (Reading.what == SEARCH) if wanted.kind == SEARCH else (Reading.what != SEARCH)


def _begin(day: date) -> int:
    return micros(datetime.combine(day, time(), WIB))


def export(wanted: Wanted, key: str) -> list[list[str]]:
    """All wanted lines, oldest first, as rows of a table with its head; that they were taken out is written down."""
    rows: list[Entry] = []
    while True:
        part = entries(wanted, rows[-1].id if rows else 0, BATCH)
        rows += part
        if len(part) < BATCH:
            break
    add(LogExport, key, wanted=_words(wanted), lines=len(rows))
    head = ["waktu (WIB)", "nama pengguna", "nama petugas", "nomor berkas", "kegiatan", "alasan"]
    return [head, *(_row(e) for e in reversed(rows))]


def last_export() -> Taken | None:
    """Who took the log out last, or None."""
    with told():
        row = LogExport.select().order_by(LogExport.id.desc()).first()
        return Taken(names().get(row.made_by, row.made_by), moment(row.made_us), row.wanted, row.lines) if row else None


def _row(e: Entry) -> list[str]:
    local = e.at.astimezone(WIB)
    return [f"{local:%Y-%m-%d %H:%M:%S}", e.login, e.name, e.number, e.what, LONG_NUMBER.sub("•••", e.why)]


def _words(wanted: Wanted) -> str:
    """By what the exported lines were chosen."""
    days = [f"{d:%d-%m-%Y}" if d else "" for d in (wanted.first, wanted.last)]
    said = (wanted.login, wanted.number, " s.d. ".join(days) if any(days) else "", wanted.kind)
    return ", ".join(part for part in said if part) or "semua"
