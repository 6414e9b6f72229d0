"""A file's whole way in one reading: desks with their times, the three clocks, both targets, the documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.errors import Refused
from app.models.base import told
from app.models.tables_berkas import Requirement
from app.services import card, clocks, entry, intake, papers
from app.services.berkas import Head, head
from app.services.card import HandOver, Line
from app.services.case import Case, documents
from app.services.clocks import Piece, Spent, Sums
from app.services.office import Office
from app.services.papers import DraftRow, PaperRow
from app.sop.model import Kind, Role, Sop


@dataclass(frozen=True)
class Turn:
    """One desk's turn with its times.

    `revision` is the draft it left with (0 for none), `subjects` what it was returned for, `deficiencies` how often the
    applicant was asked for something.
    """

    hand: HandOver
    spent: Spent
    revision: int
    subjects: tuple[str, ...]
    deficiencies: int
    note: str
    paused: bool


@dataclass(frozen=True)
class DocumentState:
    """One kind of document of a file: how many, how far (see `STATES`), and since when."""

    kind: str
    copies: int
    state: str
    at: datetime | None = None


STATES = ("none", "draft", "ready", "signed", "sent", "requested")


@dataclass(frozen=True)
class Span:
    """A stretch of office time on a life line. Between two of them the office was closed."""

    start: datetime
    end: datetime


@dataclass(frozen=True)
class Journey:
    """Everything the control card's page shows. `longest` is the desk that let the file wait longest."""

    file: Head
    lines: tuple[Line, ...]
    turns: tuple[Turn, ...]
    life: tuple[Piece, ...]
    spans: tuple[Span, ...]
    short: Sums
    long: Sums
    complete: bool
    waited: timedelta
    longest: Role | None
    documents: tuple[DocumentState, ...]
    now: datetime


def journey(sop: Sop, office: Office, berkas_id: int, now: datetime) -> Journey:
    """The way of a file up to `now`; Refused where there is none, or where its card was emptied."""
    file = head(sop, berkas_id)
    lines = card.lines(sop, berkas_id)
    if not lines:
        raise Refused("Kartu kendali berkas ini kosong. Jangan diteruskan; hubungi administrator.", code="card")
    hours = clocks.hours_around(lines[0].at, now)
    life = clocks.pieces(lines, now, hours, clocks.answers(berkas_id))
    drafts = papers.drafts(berkas_id)
    hands = card.hand_overs(sop, lines, sop.rows_for(file.channel))
    turns = tuple(_turn(h, lines, life, now, drafts, berkas_id) for h in hands)
    short, long = (
        clocks.sums(life, lines, timedelta(minutes=m)) for m in (office.target_minutes, office.target_long_minutes)
    )
    waited, longest = _waiting(life)
    newest = entry.latest(berkas_id)
    kept = papers.listed(berkas_id, ["signed", "ktp_request"])
    return Journey(
        file, tuple(lines), turns, tuple(life), tuple(Span(a, b) for a, b in clocks.days(life, hours)), short, long,
        any(x.action.startswith("lengkap") for x in lines), waited, longest,
        _documents(file, lines, newest.case if newest else Case(), drafts, kept), now,
    )  # fmt: skip


def _turn(
    hand: HandOver,
    lines: Sequence[Line],
    life: Sequence[Piece],
    now: datetime,
    drafts: Sequence[DraftRow],
    berkas_id: int,
) -> Turn:
    end = hand.done.at if hand.over and hand.done else now
    mine = [x for x in lines if hand.first_n <= x.n <= hand.last_n]
    revisions = {d.sha256: d.rev for d in drafts}
    returned = [f.subject for f in intake.findings(berkas_id, hand.last_n - 1)] if hand.back and hand.over else []
    return Turn(
        hand, clocks.spent(life, hand.handed.at, end), revisions.get(mine[-1].draft_hash, 0) if mine else 0,
        tuple(dict.fromkeys(returned)), sum(x.to_stage.kind is Kind.PAUSE for x in mine),
        mine[-1].note if mine else "", bool(mine) and mine[-1].to_stage.kind is Kind.PAUSE,
    )  # fmt: skip


def _waiting(life: Sequence[Piece]) -> tuple[timedelta, Role | None]:
    """Office time in which the file waited to be taken, and the desk it waited for longest."""
    by_desk: dict[Role, timedelta] = {}
    for p in life:
        if p.kind is Kind.WAIT and p.desk is not None:
            by_desk[p.desk] = by_desk.get(p.desk, timedelta()) + p.office
    longest = max(by_desk, key=lambda d: by_desk[d], default=None)
    return sum(by_desk.values(), timedelta()), longest if longest and by_desk[longest] else None


def _documents(
    file: Head, lines: Sequence[Line], case: Case, drafts: Sequence[DraftRow], kept: Sequence[PaperRow]
) -> tuple[DocumentState, ...]:
    current = drafts[0] if drafts else None
    signed = [p for p in kept if p.kind == "signed" and current and p.draft_rev == current.rev]
    asked = next((p.at for p in kept if p.kind == "ktp_request"), None)
    return tuple(
        DocumentState(kind, copies, "requested" if asked else "none", asked)
        if kind == "ktp"
        else DocumentState(kind, copies, *_state(kind, file, lines, current, signed))
        for kind, copies in documents(case)
    )


def _state(
    kind: str, file: Head, lines: Sequence[Line], current: DraftRow | None, signed: Sequence[PaperRow]
) -> tuple[str, datetime | None]:
    """How far a kind of document is, and since when."""
    twins = [p for p in signed if p.subject.startswith(kind)]
    if twins:
        sent = file.stage.key == "SELESAI"
        return ("sent", file.moved_at) if sent else ("signed", twins[-1].at)
    if current is None:
        return "none", None
    ready = any(x.action == "paraf_kabid" and x.draft_hash == current.sha256 for x in lines)
    return ("ready" if ready else "draft"), current.at


def requirement_labels() -> dict[str, str]:
    """Requirement code -> its label, for findings that name a paper instead of a field."""
    with told():
        return {r.code: r.label for r in Requirement.select()}
