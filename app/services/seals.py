"""The daily seals: made by one INSERT, listed, found again from what stands on paper."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from app.errors import Refused
from app.models.base import add, moment, on_server, session, told
from app.models.tables_berkas import Berkas, Paraf
from app.models.tables_officers import Office, ReadLog
from app.models.tables_seal import ParafLag, Seal, SealCount, SealPart
from app.services.accounts import names
from app.services.evidence_rows import tuples
from app.sop.calendar import WIB

CODE = "SEGEL"
"""What the QR on the daily report begins with; not a code that opens a file."""
HEX = 64
HELD_US, HELD_DAYS = 5_000_000, 7
"""Honest work is committed within milliseconds; what waited longer is told for a week."""


@dataclass(frozen=True)
class SealRow:
    """One day's seal. `counts` are the numbers of the day: ("action" | "stage" | "total", name) -> how many."""

    id: int
    day: date
    seal: str
    previous: str
    made_by: str
    made_at: datetime
    files: int
    rows: int
    counts: Mapping[tuple[str, str], int] = field(default_factory=dict)

    def total(self, name: str) -> int:
        """One of the day's totals; 0 where it was not counted."""
        return self.counts.get(("total", name), 0)

    @property
    def code(self) -> str:
        """What the QR says: day and seal, so that a scan finds it again; in capitals, which make a smaller symbol."""
        return f"{CODE}:{self.day.isoformat()}:{self.seal.upper()}"


def short(seal: str) -> str:
    """A seal as people compare it at a glance: its first sixteen digits in fours."""
    return grouped(seal[:16])


def grouped(seal: str) -> str:
    """Digits in groups of four, as they stand on paper."""
    return " ".join(seal[i : i + 4] for i in range(0, len(seal), 4))


def seal_day(day: date, key: str) -> SealRow:
    """Seal everything up to now as the end of this day. The same key again changes nothing.

    Refused for a day that was sealed or passed over, and for a day that has not come.
    """
    add(Seal, key, day=day.isoformat())
    found = [s for s in seals(limit=2) if s.day == day]
    assert found, "the guard let it in"
    return found[0]


def today() -> date:
    """The office's day by the database's clock."""
    return moment(session.now_us()).astimezone(WIB).date()


def ended_day() -> date | None:
    """The last day on which something happened that no seal covers yet, if that day is over; None otherwise."""
    with told():
        newest = _newest_us()
        last = Seal.select(Seal.day, Seal.made_us).order_by(Seal.id.desc()).first()
    if newest is None or (last is not None and newest <= last.made_us):
        return None
    day = moment(newest).astimezone(WIB).date()
    return day if day < today() and (last is None or day.isoformat() > last.day) else None


def _newest_us() -> int | None:
    """When something was last written that a seal would bind."""
    found = [
        Berkas.select(Berkas.moved_us).order_by(Berkas.moved_us.desc()).limit(1).scalar(),
        ReadLog.select(ReadLog.made_us).order_by(ReadLog.id.desc()).limit(1).scalar(),
        Office.select(Office.made_us).order_by(Office.id.desc()).limit(1).scalar(),
    ]
    return max((us for us in found if us), default=None)


def by_night() -> bool:
    """Whether a server's nightly service seals, and nobody else may."""
    return on_server()


def seal_ended_day(key: str) -> SealRow | None:
    """The program's own act at its first start on a new day; on a server the nightly job does it instead."""
    day = None if by_night() else ended_day()
    return seal_day(day, key) if day else None


def seals(limit: int = 400) -> list[SealRow]:
    """The newest seals, newest first."""
    with told():
        people = names()
        rows = list(Seal.select().order_by(Seal.id.desc()).limit(limit))
        ids = [r.id for r in rows]
        counts, parts = _counts(ids), _parts(ids)
        return [_row(r, people, counts.get(r.id, {}), parts.get(r.id, {})) for r in rows]


def newest() -> SealRow | None:
    """The last seal, or None."""
    return next(iter(seals(limit=1)), None)


def _row(r: Seal, people: Mapping[str, str], counts: dict[tuple[str, str], int], parts: dict[str, int]) -> SealRow:
    by = "Program" if not r.made_by else "Server" if r.made_by.startswith("@") else people.get(r.made_by, r.made_by)
    return SealRow(
        r.id, date.fromisoformat(r.day), r.seal, r.previous, by, moment(r.made_us), parts.get("sealed_head", 0),
        sum(parts.values()), counts,
    )  # fmt: skip


def _counts(ids: list[int]) -> dict[int, dict[tuple[str, str], int]]:
    out: dict[int, dict[tuple[str, str], int]] = {}
    for c in SealCount.select().where(SealCount.seal_id.in_(ids)):
        out.setdefault(c.seal_id, {})[c.what, c.name] = c.many
    return out


def _parts(ids: list[int]) -> dict[int, dict[str, int]]:
    out: dict[int, dict[str, int]] = {}
    for p in SealPart.select(SealPart.seal_id, SealPart.tbl, SealPart.many).where(SealPart.seal_id.in_(ids)):
        out.setdefault(p.seal_id, {})[p.tbl] = p.many
    return out


def find(text: str) -> SealRow:
    """The seal of what was typed or scanned from a report: the code, all 64 digits, or the first 16 at least.

    Refused where it is no seal of this database: then the paper and the database do not tell the same story.
    """
    code = re.fullmatch(rf"{CODE}:(\d{{4}}-\d\d-\d\d):([0-9A-F]{{64}})", text.strip().replace(" ", "").upper())
    wanted = (code[2] if code else re.sub(r"[\s.:-]", "", text)).lower()
    if not re.fullmatch(r"[0-9a-f]{16,64}", wanted):
        raise Refused("Ketik paling sedikit 16 angka segel (0-9, a-f), atau pindai QR-nya.", field="seal")
    with told():
        row = Seal.get_or_none(Seal.seal.startswith(wanted) if len(wanted) < HEX else Seal.seal == wanted)
    if row is None or (code and code[1] != row.day):
        raise Refused(
            "Segel di kertas ini TIDAK ADA di basis data. Simpan kertasnya, jangan ubah apa pun, dan beri tahu Kepala "
            "Dinas serta petugas TI: riwayat kartu mungkin pernah diganti.",
            field="seal", code="unknown_seal",
        )  # fmt: skip
    return next(s for s in seals(limit=100_000) if s.id == row.id)


def held() -> tuple[str, ...]:
    """Lines sealed in the last days whose commit came late: somebody held a transaction open, or changed the row."""
    since = session.now_us() - HELD_DAYS * 86_400_000_000
    with told():
        recent = Seal.select(Seal.id).where(Seal.made_us > since)
        late = ParafLag.select().where(ParafLag.seal_id.in_(recent), ParafLag.lag_us > HELD_US)
        many = late.count()
        if not many:
            return ()
        longest = late.select(ParafLag.lag_us).order_by(ParafLag.lag_us.desc()).limit(1).scalar()
        lines = late.select(Berkas.number, Paraf.n).join(Paraf, on=Paraf.id == ParafLag.paraf_id)
        query = lines.join(Berkas, on=Berkas.id == Paraf.berkas_id).order_by(ParafLag.lag_us.desc()).limit(3)
        named = ", ".join(f"{number} baris {n}" for number, n in tuples(query))
    seconds = f"{longest / 1_000_000:.0f} detik"
    where = f": {named}" if named else ""
    return (f"{many} paraf tertahan sebelum tersimpan dalam {HELD_DAYS} hari ini, terlama {seconds}{where}.",)
