"""The Kadis's desk beside the work list: both paraf of each file, what was returned, what was signed today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.models.base import micros, told
from app.models.tables_berkas import Berkas, Paraf
from app.models.tables_papers import Seen
from app.services import berkas, card, intake, papers
from app.services.accounts import Who
from app.services.berkas import Head
from app.services.card import Line, Stamp
from app.sop.calendar import WIB
from app.sop.model import Kind, Sop


@dataclass(frozen=True)
class ForSigning:
    """What the Kadis must know of a file beside its head. `opened`: he has had a page of its draft before his eyes."""

    kasi: Stamp | None
    kabid: Stamp | None
    draft_rev: int
    documents: tuple[papers.PaperRow, ...]
    to_sign: int
    opened: bool


@dataclass(frozen=True)
class Past:
    """A file this officer returned or signed: when, and where it is now."""

    file: Head
    at: datetime
    why: str
    documents: int


def beside(sop: Sop, who: Who, berkas_ids: Sequence[int]) -> dict[int, ForSigning]:
    """Both paraf and the current draft of these files; the paraf are those that count now, the newest of each desk."""
    cards = card.lines_of(sop, berkas_ids)
    return {i: _for_signing(who, i, cards[i]) for i in berkas_ids}


def _for_signing(who: Who, berkas_id: int, lines: Sequence[Line]) -> ForSigning:
    draft = papers.current_draft(berkas_id)
    if draft is None:
        return ForSigning(_paraf(lines, "paraf_kasi"), _paraf(lines, "paraf_kabid"), 0, (), 0, opened=False)
    hashes = [d.sha256 for d in draft.documents]
    with told():
        looked = Seen.select().where(Seen.berkas_id == berkas_id, Seen.made_by == who.login, Seen.sha256.in_(hashes))
        opened = looked.exists()
    return ForSigning(
        _paraf(lines, "paraf_kasi"), _paraf(lines, "paraf_kabid"), draft.rev, draft.documents, len(draft.to_sign),
        opened=opened,
    )  # fmt: skip


def _paraf(lines: Sequence[Line], action: str) -> Stamp | None:
    line = next((x for x in reversed(lines) if x.action == action), None)
    return Stamp(line.actor_name, card.initials(line.actor_name), line.at, line.acting) if line else None


def signed_today(sop: Sop, who: Who, now: datetime) -> list[Past]:
    """Files this officer signed since midnight (WIB), newest first."""
    midnight = now.astimezone(WIB).replace(hour=0, minute=0, second=0, microsecond=0)
    with told():
        rows = Paraf.select().where(Paraf.actor == who.login, Paraf.action == "tte", Paraf.at_us >= micros(midnight))
        ids = list(dict.fromkeys(p.berkas_id for p in rows.order_by(Paraf.at_us.desc())))
    return [_past(sop, i, "tte") for i in ids]


def sent_back(sop: Sop, who: Who) -> list[Past]:
    """Files this officer returned that have not come to his desk again, newest first."""
    elsewhere = [s.key for s in sop.stages if s.desk is not who.role and s.kind is not Kind.END]
    with told():
        rows = Paraf.select().join(Berkas, on=(Berkas.id == Paraf.berkas_id))
        mine = (Paraf.actor == who.login, Paraf.action.startswith("kembali_"), Berkas.stage.in_(elsewhere))
        ids = list(dict.fromkeys(p.berkas_id for p in rows.where(*mine).order_by(Paraf.at_us.desc())))
    return [_past(sop, i, "kembali_") for i in ids]


def _past(sop: Sop, berkas_id: int, action: str) -> Past:
    file, lines = berkas.head(sop, berkas_id), card.lines(sop, berkas_id)
    line = next(x for x in reversed(lines) if x.action.startswith(action))
    draft = papers.current_draft(berkas_id)
    why = "; ".join(f.problem for f in intake.findings(berkas_id, line.n - 1))
    return Past(file, line.at, why or line.label, len(draft.to_sign) if draft else 0)
