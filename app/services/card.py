"""The control card as it is read: its lines, its hand-overs with two stamps each, and its verification."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.models.base import moment, sha256hex, told
from app.models.tables_berkas import Paraf
from app.models.tables_papers import Blob, Paper
from app.services import chains, evidence_rows
from app.services.accounts import HAT_LABELS, names
from app.services.chains import Verification
from app.sop.model import Kind, Role, Sop, Stage, Step


@dataclass(frozen=True)
class Line:
    """One signed line of the card, with the names as they are today."""

    n: int
    action: str
    label: str
    row: int | None
    role: Role
    at_stage: Stage
    to_stage: Stage
    actor: str
    actor_name: str
    acting: str
    at: datetime
    note: str
    back: bool
    waived: bool
    entry_hash: str
    draft_hash: str
    hash: str


@dataclass(frozen=True)
class Stamp:
    """A paraf on the card: who, in what capacity, when."""

    name: str
    initials: str
    at: datetime
    acting: str = ""


@dataclass(frozen=True)
class HandOver:
    """One desk's turn: handed over by, received by, what came of it. `received` is None while nobody took it.

    `done` is the newest line of the turn; `over` says whether the file has left the desk by it. `action` is that
    line's key in the SOP's table, empty while the desk has done nothing yet.
    """

    desk: str
    role: Role
    rows: tuple[int, ...]
    handed: Stamp
    received: Stamp | None
    done: Stamp | None
    result: str
    back: bool
    norm_minutes: int
    first_n: int
    last_n: int
    action: str = ""
    over: bool = False


def lines(sop: Sop, berkas_id: int) -> list[Line]:
    """The card's lines in order."""
    return lines_of(sop, [berkas_id])[berkas_id]


def lines_of(sop: Sop, berkas_ids: Sequence[int]) -> dict[int, list[Line]]:
    """The cards of several files at once: berkas id -> its lines in order."""
    out: dict[int, list[Line]] = {i: [] for i in berkas_ids}
    with told():
        people = names()
        for p in Paraf.select().where(Paraf.berkas_id.in_(list(out))).order_by(Paraf.berkas_id, Paraf.n):
            out[p.berkas_id].append(_line(sop, p, people))
    return out


def _line(sop: Sop, p: Paraf, people: dict[str, str]) -> Line:
    step = _step(sop, p.action)
    return Line(
        p.n, p.action, step.label, step.row, Role(p.as_role), sop.stage(p.at_stage), sop.stage(p.to_stage), p.actor,
        people.get(p.actor, p.actor), p.acting, moment(p.at_us), p.note, step.back, bool(p.waived), p.entry_hash,
        p.draft_hash, p.hash,
    )  # fmt: skip


def _step(sop: Sop, action: str) -> Step:
    return sop.step_labelled(action)


TITLES = ("dr", "hj", "h", "ir", "drs", "dra", "prof")


def _bare(name: str) -> list[str]:
    """The words of a name without titles before and degrees behind it."""
    words = [w for w in name.partition(",")[0].split() if w.rstrip(".").lower() not in TITLES]
    return words or name.split()


def short_name(name: str) -> str:
    """A name as it fits a stamp: "Zulfikar Hasan, S.Sos" is "Zulfikar H.", "I Made Sudarsana" is "I Made S."."""
    words = _bare(name)
    kept = 2 if words and len(words[0].rstrip(".")) == 1 else 1
    return " ".join((*words[:kept], *((words[-1][0] + ".",) if len(words) > kept else ())))


def initials(name: str) -> str:
    """Two letters for a stamp, titles left out: "Zulfikar Hasan, S.Sos" is ZH."""
    words = [w for w in _bare(name) if w[:1].isupper()]
    return "".join(w[0] for w in (words[:1] + words[-1:] if len(words) > 1 else words))[:2].upper() or "?"


def hand_overs(sop: Sop, card: list[Line], channel_rows: tuple[int, ...]) -> list[HandOver]:
    """The card's lines grouped by desk: a new turn begins where the file is handed to another desk."""
    turns: list[list[Line]] = []
    for line in card[1:]:
        # The line that hands over belongs to the giver; the receiver's turn starts with the next line.
        if not turns or turns[-1][-1].to_stage.desk is not turns[-1][-1].at_stage.desk:
            turns.append([])
        turns[-1].append(line)
    out = [_turn(sop, turn, card, channel_rows) for turn in turns]
    if card and card[-1].to_stage.desk is not None and (not out or out[-1].over):
        out.append(_untaken(sop, card[-1], channel_rows))
    return out


def _untaken(sop: Sop, giver: Line, rows: tuple[int, ...]) -> HandOver:
    stage, desk = giver.to_stage, giver.to_stage.desk or giver.role
    found = _rows(sop, desk, rows, stage)
    return HandOver(
        HAT_LABELS[desk], desk, found, _stamp(giver), None, None, result="", back=False,
        norm_minutes=_norm(sop, desk, found), first_n=giver.n + 1, last_n=giver.n + 1,
    )  # fmt: skip


def _turn(sop: Sop, turn: list[Line], card: list[Line], rows: tuple[int, ...]) -> HandOver:
    giver, first, last = card[turn[0].n - 2], turn[0], turn[-1]
    desk = first.at_stage.desk or first.role
    over = last.to_stage.desk is not desk
    acted = over or len(turn) > 1
    # A file that is cancelled before anybody took it was received by nobody.
    untaken = first.at_stage.kind is Kind.WAIT and first.to_stage.kind is Kind.END and first.back
    found = _rows(sop, desk, rows, first.at_stage)
    return HandOver(
        HAT_LABELS[desk], desk, found, _stamp(giver), None if untaken else _stamp(first),
        _stamp(last) if acted else None, last.label if acted else "", back=last.back,
        norm_minutes=_norm(sop, desk, found), first_n=first.n, last_n=last.n,
        action=last.action if acted else "", over=over,
    )  # fmt: skip


def _stamp(line: Line) -> Stamp:
    return Stamp(line.actor_name, initials(line.actor_name), line.at, line.acting)


def _rows(sop: Sop, desk: Role, rows: tuple[int, ...], first: Stage) -> tuple[int, ...]:
    """The SOP rows of a desk's turn: those reachable on this desk from the stage in which it began."""
    seen, todo = {first.key}, [first]
    while todo:
        here = todo.pop()
        for s in sop.steps:
            if s.at.key == here.key and s.to.desk is desk and s.to.key not in seen:
                seen.add(s.to.key)
                todo.append(s.to)
    return tuple(sorted({s.row for s in sop.steps if s.row in rows and s.row and s.minutes and s.at.key in seen}))


def _norm(sop: Sop, desk: Role, rows: tuple[int, ...]) -> int:
    found = {s.row: s.minutes for s in sop.steps if s.minutes and s.row in rows and s.at.desk is desk}
    return sum(found.values())


def verify(berkas_id: int) -> Verification:
    """Recompute the whole chain from the rows, and the hash of everything it binds; independent of the guards' SQL."""
    with told(), evidence_rows.snapshot():
        found = evidence_rows.whole(berkas_id, berkas_id)
        lines_, bound = found.lines.get(berkas_id, []), found.bound or {}
        verdict = chains.judge(found.heads[0], lines_, bound[berkas_id])
        reason = _bytes_fault(berkas_id) if verdict.whole else ""
    if not reason:
        return verdict
    return Verification(whole=False, lines=len(lines_), bad_line=len(lines_), reason=reason)


def _bytes_fault(berkas_id: int) -> str:
    wanted = {p.sha256 for p in Paper.select(Paper.sha256).where(Paper.berkas_id == berkas_id).distinct()}
    for blob in Blob.select().where(Blob.sha256.in_(list(wanted))).iterator():
        if sha256hex(bytes(blob.data)) != blob.sha256:
            return "Isi sebuah dokumen berbeda dari sidiknya."
        wanted.discard(blob.sha256)
    return "Isi sebuah dokumen hilang." if wanted else ""
