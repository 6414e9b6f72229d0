"""Papers by their SHA-256: scans, frozen revisions, signed twins, prints; and what was seen of them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import peewee as pw

from app.errors import Refused
from app.models import lookups
from app.models.base import add, derived, moment, new_key, patiently, session, sha256hex, told
from app.models.tables_papers import Blob, CurrentDraft, CurrentScan, Draft, MustSee, Paper, PrintEvent, Removal, Seen
from app.services.accounts import Who


@dataclass(frozen=True)
class PaperRow:
    """One stored paper. `subject` is a requirement's code or a document's key ("akta-1", "kk-2", "ktp-1")."""

    id: int
    berkas_id: int
    kind: str
    subject: str
    title: str
    draft_rev: int
    sha256: str
    mime: str
    pages: int
    source: str
    meta: str
    at: datetime
    by: str


@dataclass(frozen=True)
class NewPaper:
    """A paper about to be stored; `sign` marks a document that the Kadis signs."""

    kind: str
    subject: str
    title: str
    data: bytes
    pages: int
    mime: str = "application/pdf"
    sign: bool = False
    source: str = ""
    meta: str = "{}"


@dataclass(frozen=True)
class DraftRow:
    """A frozen draft revision and its documents; `sha256` is what both paraf bind."""

    rev: int
    entry_rev: int
    sha256: str
    documents: tuple[PaperRow, ...]
    to_sign: frozenset[str]
    at: datetime
    by: str


def _row(p: Paper) -> PaperRow:
    same = ("id", "berkas_id", "kind", "subject", "title", "draft_rev", "sha256", "mime", "pages", "source", "meta")
    return PaperRow(**{name: getattr(p, name) for name in same}, at=moment(p.made_us), by=p.made_by)


def store(who: Who, berkas_id: int, paper: NewPaper, key: str, draft_rev: int = 0) -> PaperRow:
    """Store a paper's bytes and its row; the same key gives the same row."""
    digest = sha256hex(paper.data)
    patiently(lambda: _keep_bytes(digest, paper.data))
    add(
        Paper,
        key,
        berkas_id=berkas_id,
        kind=paper.kind,
        subject=paper.subject,
        title=paper.title,
        draft_rev=draft_rev,
        sha256=digest,
        mime=paper.mime,
        pages=paper.pages,
        source=paper.source,
        meta=paper.meta,
        at_n=lookups.lines_of(berkas_id),
        as_role=who.role.value,
    )
    with told():
        return _row(Paper.get(Paper.key == key))


def _keep_bytes(digest: str, data: bytes) -> None:
    if not Blob.select().where(Blob.sha256 == digest).exists():
        Blob.insert(sha256=digest, data=data).as_rowcount().execute()


def freeze(who: Who, berkas_id: int, entry_rev: int, papers: Sequence[NewPaper], key: str) -> DraftRow:
    """Freeze a draft revision: its documents' bytes, and a manifest whose hash every later line carries (SOP row 5)."""
    with told():
        known = Draft.get_or_none(Draft.key == key)
        rev = (
            known.rev
            if known
            else 1 + (Draft.select(pw.fn.MAX(Draft.rev)).where(Draft.berkas_id == berkas_id).scalar() or 0)
        )
    rows = [store(who, berkas_id, p, derived(key, f"{p.kind}:{p.subject}"), draft_rev=rev) for p in papers]
    listed = [
        {"kind": r.kind, "subject": r.subject, "sha256": r.sha256, "pages": r.pages, "sign": p.sign}
        for r, p in zip(rows, papers, strict=True)
        if p.kind == "document"
    ]
    manifest = json.dumps(listed, sort_keys=True, separators=(",", ":"))
    add(
        Draft,
        key,
        berkas_id=berkas_id,
        rev=rev,
        entry_rev=entry_rev,
        manifest=manifest,
        sha256=sha256hex(manifest),
        at_n=lookups.lines_of(berkas_id),
        as_role=who.role.value,
    )
    frozen = current_draft(berkas_id)
    assert frozen is not None
    return frozen


def current_draft(berkas_id: int) -> DraftRow | None:
    """The newest frozen revision, or None before the first."""
    with told():
        d = CurrentDraft.get_or_none(CurrentDraft.berkas_id == berkas_id)
        return _draft(d) if d else None


def drafts(berkas_id: int) -> list[DraftRow]:
    """All frozen revisions, newest first."""
    with told():
        return [_draft(d) for d in Draft.select().where(Draft.berkas_id == berkas_id).order_by(Draft.rev.desc())]


def _draft(d: Draft) -> DraftRow:
    listed = json.loads(d.manifest)
    rows = {
        (p.subject, p.sha256): _row(p)
        for p in Paper.select().where(
            Paper.berkas_id == d.berkas_id, Paper.kind == "document", Paper.draft_rev == d.rev
        )
    }
    found = tuple(rows[j["subject"], j["sha256"]] for j in listed)
    return DraftRow(
        d.rev,
        d.entry_rev,
        d.sha256,
        found,
        frozenset(j["subject"] for j in listed if j["sign"]),
        moment(d.made_us),
        d.made_by,
    )


def listed(berkas_id: int, kinds: Iterable[str] = ()) -> list[PaperRow]:
    """The file's papers (of these kinds, or all), oldest first; removed scans are left out."""
    wanted = list(kinds)
    with told():
        gone = Removal.select(Removal.paper_id).where(Removal.berkas_id == berkas_id)
        query = Paper.select().where(Paper.berkas_id == berkas_id, Paper.id.not_in(gone)).order_by(Paper.id)
        if wanted:
            query = query.where(Paper.kind.in_(wanted))
        return [_row(p) for p in query]


def scans(berkas_id: int) -> list[PaperRow]:
    """The scans that count now."""
    with told():
        return [
            _row(p) for p in CurrentScan.select().where(CurrentScan.berkas_id == berkas_id).order_by(CurrentScan.id)
        ]


def data(sha256: str) -> bytes:
    """The bytes of a paper. Refused where they are missing or no longer have their own hash."""
    with told():
        blob = Blob.get_or_none(Blob.sha256 == sha256)
    found = bytes(blob.data) if blob else b""
    if not found or sha256hex(found) != sha256:
        raise Refused(
            "Isi dokumen di basis data berbeda dari sidiknya. Jangan diteruskan; hubungi petugas TI.", code="bytes"
        )
    return found


def remove_scan(who: Who, paper: PaperRow, why: str, key: str) -> None:
    """Take a wrong scan out of the file; the bytes stay on record, the reason too."""
    add(
        Removal,
        key,
        berkas_id=paper.berkas_id,
        paper_id=paper.id,
        why=why,
        at_n=lookups.lines_of(paper.berkas_id),
        as_role=who.role.value,
    )


def record_seen(who: Who, berkas_id: int, pages: Iterable[tuple[str, int]]) -> None:
    """Write down that this officer had these pages (sha256, page from 1) before his eyes; each counts once."""
    n = lookups.lines_of(berkas_id)
    for sha256, page in pages:
        add(Seen, new_key(), berkas_id=berkas_id, sha256=sha256, page=page, at_n=n, as_role=who.role.value)


def seen(who: Who, berkas_id: int) -> frozenset[tuple[str, int]]:
    """The pages this officer has seen."""
    with told():
        rows = Seen.select().where(Seen.berkas_id == berkas_id, Seen.made_by == who.login)
        return frozenset((r.sha256, r.page) for r in rows)


def must_see(berkas_id: int) -> dict[str, int]:
    """sha256 -> pages of everything a reviewer must have seen before a paraf."""
    with told():
        return {m.sha256: m.pages for m in MustSee.select().where(MustSee.berkas_id == berkas_id)}


def record_print(who: Who, paper: PaperRow, printer: str, job: str, state: str, detail: str, key: str) -> None:
    """What the spooler said of a print job: QUEUED, PRINTING, COMPLETED, STOPPED or LOST."""
    add(
        PrintEvent,
        key,
        berkas_id=paper.berkas_id,
        paper_id=paper.id,
        printer=printer,
        job=job,
        state=state,
        detail=detail[:300],
        at_n=lookups.lines_of(paper.berkas_id),
        as_role=who.role.value,
    )


def print_state(paper_id: int) -> tuple[str, str]:
    """(state, detail) of the newest print of a paper, or two empty texts."""
    with told():
        row = PrintEvent.select().where(PrintEvent.paper_id == paper_id).order_by(PrintEvent.id.desc()).first()
    return (row.state, row.detail) if row else ("", "")


def prints(paper_id: int) -> int:
    """How often a paper was printed to the end: the next copy is marked by it."""
    with told():
        return int(PrintEvent.select().where(PrintEvent.paper_id == paper_id, PrintEvent.state == "COMPLETED").count())


def server_now() -> datetime:
    """The database's clock."""
    return moment(session.now_us())


def pdf_pages(data: bytes) -> int:
    """The number of pages of a PDF of our own making (its page tree says it in plain text)."""
    counts = [
        int(m)
        for m in re.findall(rb"/Type\s*/Pages\b[^>]*?/Count\s+(\d+)|/Count\s+(\d+)[^>]*?/Type\s*/Pages\b", data)
        for m in m
        if m
    ]
    return max(counts, default=1)
