"""Recomputes every seal from the rows it binds; independent of the SQL that made it, the same for every engine."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from app.models.base import Table, chain, sha256hex, told
from app.models.tables_admin import (
    Absence,
    AbsenceEnd,
    CalendarDay,
    CalendarYear,
    CatalogueOption,
    CatalogueProblem,
    LogExport,
    OfficePeriod,
)
from app.models.tables_officers import (
    Assignment,
    AssignmentEnd,
    DutyConfirm,
    Office,
    Officer,
    OfficerState,
    Password,
    ReadLog,
)
from app.models.tables_seal import (
    EvidenceCheck,
    ParafLag,
    Restored,
    Seal,
    SealCount,
    SealedHead,
    SealedOfficer,
    SealPart,
)
from app.services.evidence_rows import snapshot, tuples

ROWS = 4000
"""Rows read at once."""
CHUNK = 65536

TABLES: dict[str, tuple[type[Table], str]] = {
    "officer_state": (OfficerState, "id login active why made_by made_us key"),
    "assignment": (Assignment, "id login role kind basis from_day until_day confirmed_by made_by made_us key"),
    "assignment_end": (AssignmentEnd, "id assignment_id why made_by made_us key"),
    "duty_confirm": (DutyConfirm, "id login assignment_id password_id made_by made_us key"),
    "password": (Password, "id login must_change made_by made_us key"),
    "office": (Office, "id data made_by made_us key"),
    "read_log": (ReadLog, "id login berkas_id what why made_us"),
    "evidence_check": (
        EvidenceCheck,
        "id mode files lines seals documents bad first_bad complete started_us made_by made_us key",
    ),
    "restored": (Restored, "id file_sha256 taken_us why made_by made_us key"),
    "calendar_day": (CalendarDay, "id day closed label made_by made_us key"),
    "calendar_year": (CalendarYear, "id year decree made_by made_us key"),
    "office_period": (OfficePeriod, "id name first_day last_day week state replaces made_by made_us key"),
    "absence": (Absence, "id login first_day last_day why made_by made_us key"),
    "absence_end": (AbsenceEnd, "id absence_id why made_by made_us key"),
    "catalogue_option": (CatalogueOption, "id kind value label active made_by made_us key"),
    "catalogue_problem": (CatalogueProblem, "id about problem solution active made_by made_us key"),
    "log_export": (LogExport, "id wanted lines made_by made_us key"),
}
"""What is sealed by its number: every row after the last one sealed before. A password's hash is left out."""

LABELS = {
    "sealed_head": "kepala kartu",
    "officer": "data petugas",
    "officer_state": "keaktifan petugas",
    "assignment": "penugasan",
    "assignment_end": "akhir penugasan",
    "duty_confirm": "pengesahan penugasan",
    "password": "riwayat sandi",
    "office": "data kantor",
    "read_log": "jejak baca",
    "seal_count": "angka harian",
    "paraf_lag": "waktu simpan paraf",
    "evidence_check": "riwayat pemeriksaan",
    "restored": "riwayat pemulihan",
    "calendar_day": "kalender",
    "calendar_year": "kalender tahunan",
    "office_period": "jam kerja",
    "absence": "cuti",
    "absence_end": "akhir cuti",
    "catalogue_option": "daftar pilihan",
    "catalogue_problem": "daftar masalah",
    "log_export": "ekspor jejak baca",
}


class Digest:
    """The digest of many rows in order: hashes of rows in chunks, hashes of chunks in one."""

    def __init__(self) -> None:
        self.many = 0
        self._chunk, self._rows, self._all = -1, hashlib.sha256(), hashlib.sha256()

    def add(self, number: int, line: str) -> None:
        """One row by its number (which only says in which chunk it lies) and its own hash."""
        if number // CHUNK != self._chunk:
            self._close()
            self._chunk, self._rows = number // CHUNK, hashlib.sha256()
        self._rows.update(line.encode())
        self.many += 1

    def value(self) -> str:
        """The digest so far; call it once, at the end."""
        self._close()
        return self._all.hexdigest()

    def _close(self) -> None:
        if self._chunk >= 0:
            self._all.update(self._rows.hexdigest().encode())


def wrong(at: Seal, before: Seal | None) -> Iterator[str]:
    """What does not hold in one seal, in words; nothing where it holds."""
    with told(), snapshot():
        parts = list(SealPart.select().where(SealPart.seal_id == at.id))
        parts.sort(key=lambda p: str(p.tbl).encode())
        lines = [chain("", p.tbl, p.first_id, p.last_id, p.many, p.digest) for p in parts]
        bound = sha256hex("".join(lines)) if lines else ""
        previous = before.seal if before else ""
        made = ("s1", at.id, at.day, at.made_by, at.made_us, at.key, bound)
        if (at.previous, at.parts, at.seal) != (previous, bound, chain(previous, *made)):
            yield "Segel tidak cocok dengan rantai segel sebelumnya."
        for part in parts:
            name = LABELS.get(part.tbl, part.tbl)
            if part.tbl not in HOW and part.tbl not in TABLES:
                yield f"Bagian {name} tidak dikenal program ini; pakai versi program yang lebih baru."
                continue
            found = _digest(part)
            if (found.many, found.value()) != (part.many, part.digest):
                yield f"Isi {name} berbeda dari yang disegel."


def _digest(part: SealPart) -> Digest:
    found = Digest()
    rows = HOW[part.tbl](part) if part.tbl in HOW else _numbered(part)
    for number, columns in rows:
        found.add(number, chain("", part.tbl, *("" if c is None else c for c in columns)))
    return found


Rows = Iterator[tuple[int, Sequence[Any]]]


def _numbered(part: SealPart) -> Rows:
    """Every row after the last that an earlier seal binds; a row slipped in between is one too many."""
    model, names = TABLES[part.tbl]
    columns = [getattr(model, name) for name in names.split()]
    before = SealPart.select(SealPart.last_id).where(SealPart.tbl == part.tbl, SealPart.seal_id < part.seal_id)
    after = before.order_by(SealPart.seal_id.desc()).limit(1).scalar() or 0
    query = model.select(*columns).order_by(columns[0]).limit(ROWS)
    while rows := tuples(query.where(columns[0] > after, columns[0] <= part.last_id)):
        yield from ((row[0], row) for row in rows)
        after = rows[-1][0]


def _heads(part: SealPart) -> Rows:
    mine = SealedHead.select(SealedHead.berkas_id, SealedHead.n, SealedHead.head).order_by(SealedHead.berkas_id)
    return _paged(mine, SealedHead.berkas_id, SealedHead.seal_id == part.seal_id)


def _lags(part: SealPart) -> Rows:
    mine = ParafLag.select(ParafLag.paraf_id, ParafLag.lag_us).order_by(ParafLag.paraf_id)
    return _paged(mine, ParafLag.paraf_id, ParafLag.seal_id == part.seal_id)


def _paged(query: Any, number: Any, mine: Any) -> Rows:
    after = 0
    while rows := tuples(query.where(mine, number > after).limit(ROWS)):
        yield from ((row[0], row) for row in rows)
        after = rows[-1][0]


def _officers(part: SealPart) -> Rows:
    o = Officer
    query = o.select(o.login, o.name, o.nip, o.rank, o.position, o.place, o.made_by, o.made_us, o.key)
    rows = tuples(query.join(SealedOfficer, on=SealedOfficer.login == o.login).where(
        SealedOfficer.seal_id == part.seal_id))  # fmt: skip
    return ((0, row) for row in sorted(rows, key=lambda r: str(r[0]).encode()))


def _counts(part: SealPart) -> Rows:
    query = SealCount.select(SealCount.what, SealCount.name, SealCount.many)
    rows = tuples(query.where(SealCount.seal_id == part.seal_id))
    return ((0, row) for row in sorted(rows, key=lambda r: (r[0].encode(), r[1].encode())))


HOW: dict[str, Callable[[SealPart], Rows]] = {
    "sealed_head": _heads,
    "paraf_lag": _lags,
    "officer": _officers,
    "seal_count": _counts,
}
"""What is sealed by membership: who belongs to a seal is written down."""
