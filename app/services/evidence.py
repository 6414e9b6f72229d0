"""Verifies everything: every card's chain, what it binds, and every daily seal; names the first line that is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from app.models.base import add, micros, moment, new_key, session, sha256hex, told
from app.models.tables_berkas import Berkas
from app.models.tables_papers import Blob, Paper
from app.models.tables_seal import EvidenceCheck, Seal
from app.services import evidence_rows, seal_check, seals
from app.services.accounts import names
from app.services.chains import HeadRow, LineRow, judge
from app.services.evidence_rows import Sheaf, blind, sheaves

SHOWN = 50
"""Faults that are named; the others are counted."""
DOCUMENTS = 4
"""Stored documents read at once; each may have 32 MB."""


class Progress(Protocol):
    """Who is told how far it is, and may ask for the end."""

    @property
    def stop_asked(self) -> bool:
        """Whether it should end after the files in hand."""

    def report(self, done: int, total: int, text: str) -> None:
        """So much of so much, and what is being looked at."""


@dataclass(frozen=True)
class Bad:
    """One thing that does not hold: a card's line, a seal, a document."""

    where: str
    reason: str
    line: int | None = None

    def __str__(self) -> str:
        at = f" RUSAK di baris {self.line}" if self.line is not None else " RUSAK"
        return f"{self.where}{at}: {self.reason}"


@dataclass(frozen=True)
class Report:
    """What a verification found. `bad` counts all faults, `first` names the first; `notes` want a look, not alarm.

    `mode` is "full" where everything was recomputed from contents, "blind" where contents stayed on the server and
    the server's own judgement of them was taken: `trusted` counts the lines whose remark could not be seen.
    `documents` counts stored documents whose bytes were read and hashed.
    """

    mode: str
    files: int
    lines: int
    seals: int
    documents: int
    bad: int
    first: tuple[Bad, ...]
    notes: tuple[str, ...]
    complete: bool
    started: datetime
    ended: datetime
    trusted: int = 0
    last_seal: str = ""

    @property
    def whole(self) -> bool:
        """Whether all was looked at and all holds."""
        return self.complete and not self.bad


@dataclass
class _Tally:
    """Counts as they grow."""

    files: int = 0
    lines: int = 0
    seals: int = 0
    documents: int = 0
    trusted: int = 0
    bad: int = 0
    late: int = 0
    first_late: str = ""
    stopped: bool = False
    first: list[Bad] = field(default_factory=list)
    days: dict[int, Seal] = field(default_factory=dict)

    def fault(self, where: str, reason: str, line: int | None = None) -> None:
        self.bad += 1
        if len(self.first) < SHOWN:
            self.first.append(Bad(where, reason, line))

    def notes(self) -> tuple[str, ...]:
        if not self.late:
            return ()
        said = (
            f"{self.late} baris bertanggal sebelum sebuah segel tetapi baru ada sesudahnya, yang pertama "
            f"{self.first_late}: paraf tertahan, ditanggali mundur, atau jam server pernah dimundurkan."
        )
        return (said,)


class _Nobody:
    """Nobody follows."""

    stop_asked = False

    def report(self, done: int, total: int, text: str) -> None:
        """Say nothing."""


def verify_all(progress: Progress | None = None, *, documents: bool = False) -> Report:
    """Look at all files, then all seals, and on request the bytes of all stored documents.

    Rows may be added meanwhile. Nothing is written; `remember` keeps the result.
    """
    started, told_to, tally = session.now_us(), progress or _Nobody(), _Tally()
    with told():
        rows = list(Seal.select().order_by(Seal.id))
    tally.days = {row.id: row for row in rows}
    _cards(tally, told_to)
    _seals(tally, rows, told_to)
    if documents and not blind():
        _documents(tally, told_to)
    notes = (*tally.notes(), *seals.held())
    return Report(
        "blind" if blind() else "full", tally.files, tally.lines, tally.seals, tally.documents, tally.bad,
        tuple(tally.first), notes, not tally.stopped, moment(started), moment(session.now_us()),
        tally.trusted, rows[-1].seal if rows else "",
    )  # fmt: skip


# --- cards -----------------------------------------------------------------------------------------------------------


def _cards(tally: _Tally, progress: Progress) -> None:
    total, last = evidence_rows.size()
    for found in sheaves(last):
        if progress.stop_asked:
            tally.stopped = True
            return
        _one_sheaf(tally, found)
        if found.heads:
            progress.report(tally.files, max(total, tally.files), f"Kartu {found.heads[-1].number}")


def _one_sheaf(tally: _Tally, found: Sheaf) -> None:
    for head in found.heads:
        card = found.lines.pop(head.id, [])
        tally.files += 1
        tally.lines += len(card)
        tally.trusted += sum(line.hidden for line in card)
        verdict = judge(head, card, found.bound[head.id] if found.bound is not None else None)
        if not verdict.whole:
            tally.fault(head.number, verdict.reason, verdict.bad_line)
        if head.id in found.lost:
            tally.fault(head.number, "Isi sebuah dokumen hilang.")
        _against_seals(tally, head, card, found.sealed.pop(head.id, []))
    for berkas_id in found.lines:
        tally.fault(f"Berkas ke-{berkas_id}", "Kartu ini tidak lagi punya kepala berkas.")
    for berkas_id, sealed in found.sealed.items():
        tally.fault(f"Berkas ke-{berkas_id}", f"Berkas yang disegel {_day(tally, sealed[0][2])} sudah tidak ada.")


def _against_seals(
    tally: _Tally, head: HeadRow, card: Sequence[LineRow], sealed: Sequence[tuple[int, str, int]]
) -> None:
    """Each sealed head must still be that line's hash; a line must not be older than a seal that lacks it."""
    at = 0
    for n, hash_, seal_id in sealed:
        if n > len(card):
            tally.fault(head.number, f"Baris yang disegel {_day(tally, seal_id)} sudah tidak ada.", n)
        elif card[n - 1].hash != hash_:
            tally.fault(head.number, f"Baris ini berbeda dari yang disegel {_day(tally, seal_id)}.", n)
        _late(tally, head, card[at:n], _before(tally, seal_id))
        at = n
    _late(tally, head, card[at:], max(tally.days, default=0))


def _late(tally: _Tally, head: HeadRow, lines: Sequence[LineRow], seal_id: int) -> None:
    """Lines that a seal should have covered by their date, and did not."""
    if seal_id not in tally.days:
        return
    for line in lines:
        # The first line is dated by the ticket or the package, which come before the file.
        made = head.made_us if line.n == 1 else line.at_us
        if made < tally.days[seal_id].made_us:
            tally.late += 1
            tally.first_late = tally.first_late or f"{head.number} baris {line.n}"


def _before(tally: _Tally, seal_id: int) -> int:
    return max((i for i in tally.days if i < seal_id), default=0)


def _day(tally: _Tally, seal_id: int) -> str:
    return tally.days[seal_id].day if seal_id in tally.days else f"ke-{seal_id}"


# --- seals and documents ---------------------------------------------------------------------------------------------


def _seals(tally: _Tally, rows: Sequence[Seal], progress: Progress) -> None:
    before: Seal | None = None
    for i, row in enumerate(rows):
        if tally.stopped or progress.stop_asked:
            tally.stopped = True
            return
        for reason in seal_check.wrong(row, before):
            tally.fault(f"Segel {row.day}", reason)
        before = row
        tally.seals += 1
        progress.report(i + 1, len(rows), f"Segel {row.day}")


def _documents(tally: _Tally, progress: Progress) -> None:
    with told():
        total = Blob.select().count()
    after = ""
    while not tally.stopped:
        with told():
            query = Blob.select(Blob.sha256, Blob.data).where(Blob.sha256 > after).order_by(Blob.sha256)
            rows = evidence_rows.tuples(query.limit(DOCUMENTS))
        for sha256, data in rows:
            tally.documents += 1
            if sha256hex(bytes(data)) != sha256:
                tally.fault(_owner(sha256), "Isi sebuah dokumen berbeda dari sidiknya.")
        if not rows:
            return
        after = rows[-1][0]
        progress.report(tally.documents, total, "Dokumen")
        tally.stopped = progress.stop_asked


def _owner(sha256: str) -> str:
    with told():
        query = Paper.select(Berkas.number).join(Berkas, on=Berkas.id == Paper.berkas_id)
        numbers = evidence_rows.tuples(query.where(Paper.sha256 == sha256).order_by(Paper.id).limit(1))
    return next((str(row[0]) for row in numbers), f"Dokumen {sha256[:12]}")


# --- what was found, kept --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Past:
    """A verification as it was written down; `by` is who asked for it."""

    report: Report
    by: str
    first_bad: str = ""


def remember(report: Report, key: str = "") -> None:
    """Write down what was found; the daily seal binds that too."""
    first = str(report.first[0])[:500] if report.first else ""
    add(
        EvidenceCheck, key or new_key(), mode=report.mode, files=report.files, lines=report.lines, seals=report.seals,
        documents=report.documents, bad=report.bad, first_bad=first, complete=int(report.complete),
        started_us=micros(report.started),
    )  # fmt: skip


def last_check() -> Past | None:
    """The newest verification that ran to its end or found something."""
    with told():
        row = EvidenceCheck.select().where((EvidenceCheck.complete == 1) | (EvidenceCheck.bad > 0)).order_by(
            EvidenceCheck.id.desc()).first()  # fmt: skip
        if row is None:
            return None
        people = names()
    by = "Program" if not row.made_by else "Server" if row.made_by.startswith("@") else row.made_by
    report = Report(
        row.mode, row.files, row.lines, row.seals, row.documents, row.bad,
        (), (), bool(row.complete), moment(row.started_us), moment(row.made_us),
    )  # fmt: skip
    return Past(report, people.get(by, by), row.first_bad)
