"""What waits on a desk, what is finished, and how a file is found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import takewhile
from typing import NamedTuple

from app.models import lookups
from app.models.base import moment, told
from app.models.tables_berkas import Berkas, Finding
from app.models.tables_papers import Outbox, OutboxEvent
from app.services import card, clocks
from app.services.accounts import Who, names
from app.services.office import Office
from app.sop.model import Channel, Kind, Role, Sop, Stage

DESK_LIMIT = timedelta(hours=1)
ENDED = ("SELESAI", "BATAL")
LIST_LIMIT = 500
NIK_DIGITS = 16
LEAST_LETTERS = 3


class Stamped(NamedTuple):
    """One of the last lines of a card: what was done, by whom, when, and whether it went back."""

    label: str
    name: str
    at: datetime
    action: str
    back: bool


@dataclass(frozen=True)
class WorkItem:
    """One file on a list. `counted` runs against `target`: the file's time for the FO and Editor, the desk's for heads.

    Before the file was found `complete` its target does not run. `why` says in the office's own words why it is here;
    `came_from` is the role that returned it, None if none did.
    """

    id: int
    number: str
    title: str
    channel: Channel
    stage: Stage
    row: int | None
    n: int
    holder: str
    holder_name: str
    mine: bool
    received: bool
    since: datetime
    why: str
    counted: timedelta
    target: timedelta
    complete: bool
    paused: bool
    returned: bool
    came_from: Role | None
    last: tuple[Stamped, ...]

    @property
    def share(self) -> float:
        """Time used of the target: amber from 0.8, red from 1."""
        return self.counted / self.target if self.target else 0.0


class Gone(NamedTuple):
    """Where a file went that stood on this list a moment ago: who holds it, or who moved it, and its stage."""

    name: str
    stage: Stage


@dataclass(frozen=True)
class _Beside:
    """What is read once for all files of a list."""

    people: dict[str, str]
    cards: dict[int, list[card.Line]]
    came: dict[int, list[datetime]]
    mails: dict[int, str]
    problems: dict[int, str]


def waiting(sop: Sop, who: Who, office: Office, now: datetime) -> list[WorkItem]:
    """The files on this role's desk: late ones first, paused ones last, the rest by age."""
    with told():
        query = Berkas.select().where(Berkas.stage.in_(_desk(sop, who))).order_by(Berkas.moved_us).limit(LIST_LIMIT)
        items = _items(sop, who, office, now, list(query))
    return sorted(items, key=lambda i: (i.paused, i.share < 1, -i.share, i.since))


def _desk(sop: Sop, who: Who) -> list[str]:
    """The stages on a role's desk; the Editor sends documents too (SOP row 11)."""
    stages = [s.key for s in sop.desk_stages(who.role)]
    extra = [s.at.key for s in sop.steps if who.role in s.who and not s.back and s.at.desk is not who.role]
    return list(dict.fromkeys([*stages, *extra]))


def delivered(sop: Sop, who: Who, office: Office, now: datetime, limit: int = 200) -> list[WorkItem]:
    """Files that are finished or cancelled, newest first."""
    with told():
        query = (
            Berkas.select()
            .where(Berkas.stage.in_(ENDED))
            .order_by(Berkas.moved_us.desc(), Berkas.id.desc())
            .limit(limit)
        )
        return _items(sop, who, office, now, list(query))


def elsewhere(sop: Sop, who: Who) -> dict[str, int]:
    """The label of a stage -> how many files are there, for the stages of other desks (for empty lists)."""
    mine = {*_desk(sop, who), *ENDED}
    return {sop.stage(s).label: many for s, many in lookups.stage_counts().items() if s not in mine}


def count(sop: Sop, role: Role) -> int:
    """How many files wait on a role's desk."""
    with told():
        return int(Berkas.select().where(Berkas.stage.in_([s.key for s in sop.desk_stages(role)])).count())


def gone(sop: Sop, berkas_ids: Iterable[int]) -> dict[int, Gone]:
    """Where these files are now, for rows that have just left a list."""
    people = names()
    found = lookups.where_now(list(berkas_ids))
    return {i: Gone(people.get(now.login, now.login), sop.stage(now.stage)) for i, now in found.items()}


def look_up(sop: Sop, who: Who, office: Office, now: datetime, text: str) -> list[WorkItem]:
    """Files by number, NIK, or part of a name, newest first; written down before it is shown (UU 27/2022 art. 31).

    The log holds by what was searched, never the name or the NIK itself. A search that found nothing is logged
    under berkas 0.
    """
    wanted, kind = text.strip().upper(), search_kind(text)
    if kind == "NIK":
        wanted = wanted.replace(" ", "")
    elif kind == "nama" and len(wanted) < LEAST_LETTERS:
        return []
    found = lookups.search(kind, wanted)
    with told():
        rows = Berkas.select().where(Berkas.id.in_(found)).order_by(Berkas.id.desc())
        return _items(sop, who, office, now, list(rows))


def search_kind(text: str) -> str:
    """By what a text searches: NIK, nomor or nama."""
    wanted = text.strip().upper()
    digits = wanted.replace(" ", "")
    if digits.isdigit() and len(digits) == NIK_DIGITS:
        return "NIK"
    return "nomor" if wanted.startswith("P3-") else "nama"


def by_ticket(code: str) -> int | None:
    """The file that a queue ticket's code became, or None."""
    found = lookups.search("tiket", code.strip().upper())
    return found[0] if found else None


def _items(sop: Sop, who: Who, office: Office, now: datetime, rows: Sequence[Berkas]) -> list[WorkItem]:
    ids = [b.id for b in rows]
    ready = [b.id for b in rows if b.stage == "TERTANDA"]
    paused = [b.id for b in rows if sop.stage(b.stage).kind is Kind.PAUSE]
    beside = _Beside(names(), card.lines_of(sop, ids), clocks.answers_of(ids), _mail_states(ready), _problems(paused))
    return [_item(sop, who, office, now, b, beside) for b in rows]


def _item(sop: Sop, who: Who, office: Office, now: datetime, b: Berkas, beside: _Beside) -> WorkItem:
    stage, channel, lines = sop.stage(b.stage), Channel(b.channel), beside.cards[b.id]
    counted, target = _clock(who, office, now, lines, beside.came[b.id])
    titles = [n.title() for n in (b.husband_name, b.wife_name) if n]
    back = _returned(lines)
    # Nobody "receives" signed documents: the FO or the Editor simply sends them.
    taken = [s for s in sop.steps if s.at.key == stage.key and not s.back and s.to.held]
    received = stage.kind is not Kind.WAIT or not taken
    return WorkItem(
        b.id, b.number, " & ".join(titles) or "Belum ada nama", channel, stage, sop.row_at(stage, channel), b.n,
        b.holder, beside.people.get(b.holder, b.holder), b.holder == who.login, received, moment(b.moved_us),
        _why(b, lines, beside), counted, target, any(x.action.startswith("lengkap") for x in lines),
        stage.kind is Kind.PAUSE, back is not None,
        back.role if back else None,
        tuple(Stamped(x.label, x.actor_name, x.at, x.action, x.back) for x in lines[-3:]),
    )  # fmt: skip


def _returned(lines: Sequence[card.Line]) -> card.Line | None:
    """The line that returned the file to where it is, unless it has gone forward since."""
    moves = [x for x in lines if not x.action.startswith(("terima_", "ambil_alih"))]
    return moves[-1] if moves and moves[-1].action.startswith(("kembali_", "koreksi_")) else None


def _clock(
    who: Who, office: Office, now: datetime, lines: Sequence[card.Line], came: Sequence[datetime]
) -> tuple[timedelta, timedelta]:
    target = timedelta(minutes=office.target_minutes)
    if not lines:
        # Only a card that was tampered with is empty; the list must still come up, and say so where it is opened.
        return timedelta(), target
    life = clocks.pieces(lines, now, clocks.hours_around(lines[0].at, now), came)
    if who.role in (Role.KASI, Role.KABID, Role.KADIS) and lines[-1].to_stage.desk is who.role:
        mine = takewhile(lambda piece: piece.desk is who.role, reversed(life))
        return sum((piece.office for piece in mine), timedelta()), DESK_LIMIT
    return clocks.sums(life, lines, target).counted, target


def _why(b: Berkas, lines: Sequence[card.Line], beside: _Beside) -> str:
    if b.stage == "TERTANDA":
        return beside.mails.get(b.id, "belum dikirim")
    if b.id in beside.problems:
        return beside.problems[b.id]
    last = lines[-1] if lines else None
    return (last.note or last.label) if last else ""


def _mail_states(berkas_ids: Sequence[int]) -> dict[int, str]:
    """How the documents' mail stands, for files that have one."""
    out: dict[int, str] = {}
    documents = (Outbox.berkas_id.in_(list(berkas_ids)), Outbox.kind == "mail_documents")
    for mail in Outbox.select().where(*documents).order_by(Outbox.id):
        event = OutboxEvent.select().where(OutboxEvent.outbox_id == mail.id).order_by(OutboxEvent.id.desc()).first()
        said = {"FAILED": "surel belum diterima", "REFUSED": "surel ditolak"}.get(event.event if event else "")
        out[mail.berkas_id] = f"{said}: {event.reply}"[:120] if said else "surel menunggu giliran"
    return out


def _problems(berkas_ids: Sequence[int]) -> dict[int, str]:
    """The first of the newest findings of each file."""
    out: dict[int, tuple[int, str]] = {}
    for f in Finding.select().where(Finding.berkas_id.in_(list(berkas_ids))).order_by(Finding.id):
        if f.berkas_id not in out or f.at_n > out[f.berkas_id][0]:
            out[f.berkas_id] = (f.at_n, f.problem)
    return {i: problem for i, (_, problem) in out.items()}
