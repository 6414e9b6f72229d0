"""The control card as it is read: its lines, its hand-overs with two stamps each, and its verification."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.models.base import chain, moment, sha256hex, told
from app.models.tables_berkas import Berkas, BerkasFact, Entry, Paraf
from app.models.tables_papers import Blob, Draft, Paper
from app.services.accounts import HAT_LABELS, names
from app.sop.model import Role, Sop, Stage, Step


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
    """One desk's turn: handed over by, received by, what came of it. `received` is None while nobody took it."""

    desk: str
    rows: tuple[int, ...]
    handed: Stamp
    received: Stamp | None
    done: Stamp | None
    result: str
    back: bool
    norm_minutes: int
    first_n: int
    last_n: int


@dataclass(frozen=True)
class Verification:
    """Whether a card is whole; `bad_line` is the first line that does not hold, with the reason."""

    whole: bool
    lines: int
    bad_line: int | None = None
    reason: str = ""


def lines(sop: Sop, berkas_id: int) -> list[Line]:
    """The card's lines in order."""
    with told():
        people = names()
        return [_line(sop, p, people) for p in Paraf.select().where(Paraf.berkas_id == berkas_id).order_by(Paraf.n)]


def _line(sop: Sop, p: Paraf, people: dict[str, str]) -> Line:
    step = _step(sop, p.action)
    return Line(
        p.n, p.action, step.label, step.row, Role(p.as_role), sop.stage(p.at_stage), sop.stage(p.to_stage), p.actor,
        people.get(p.actor, p.actor), p.acting, moment(p.at_us), p.note, step.back, bool(p.waived), p.entry_hash, p.draft_hash,
        p.hash,
    )  # fmt: skip


def _step(sop: Sop, action: str) -> Step:
    return sop.step_labelled(action)


def initials(name: str) -> str:
    """Two letters for a stamp, titles left out: "Zulfikar Hasan, S.Sos" is ZH."""
    words = [w for w in name.split(",")[0].replace(".", " ").split() if w[:1].isupper() and w.lower() not in ("dr", "hj", "ir", "drs")]
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
    last = card[-1]
    waiting = last.to_stage.desk is not None and (not turns or last.to_stage.desk is not last.at_stage.desk)
    if waiting and last.to_stage.desk is not None:
        out.append(
            HandOver(
                HAT_LABELS[last.to_stage.desk], _rows(sop, last.to_stage.desk, channel_rows), _stamp(last), None, None, "", False,
                _norm(sop, last.to_stage.desk, channel_rows), last.n + 1, last.n + 1,
            )  # fmt: skip
        )
    return out


def _turn(sop: Sop, turn: list[Line], card: list[Line], rows: tuple[int, ...]) -> HandOver:
    giver = card[turn[0].n - 2]
    desk = turn[0].at_stage.desk
    last = turn[-1]
    done = last if last.to_stage.desk is not desk or len(turn) > 1 else None
    assert desk is not None
    return HandOver(
        HAT_LABELS[desk], _rows(sop, desk, rows), _stamp(giver), _stamp(turn[0]), _stamp(done) if done else None,
        last.label if done else "", last.back, _norm(sop, desk, rows), turn[0].n, last.n,
    )  # fmt: skip


def _stamp(line: Line) -> Stamp:
    return Stamp(line.actor_name, initials(line.actor_name), line.at, line.acting)


def _rows(sop: Sop, desk: Role, rows: tuple[int, ...]) -> tuple[int, ...]:
    stages = {s.key for s in sop.desk_stages(desk)}
    return tuple(sorted({s.row for s in sop.steps if s.row in rows and s.row and s.minutes and s.at.key in stages}))


def _norm(sop: Sop, desk: Role, rows: tuple[int, ...]) -> int:
    found = {s.row: s.minutes for s in sop.steps if s.minutes and s.row in _rows(sop, desk, rows)}
    return sum(found.values())


def verify(berkas_id: int) -> Verification:
    """Recompute the whole chain from the rows, and the hash of everything it binds; independent of the guards' SQL."""
    with told():
        b = Berkas.get_by_id(berkas_id)
        facts = _facts(berkas_id)
        known = {e.sha256 for e in Entry.select(Entry.sha256, Entry.data).where(Entry.berkas_id == berkas_id) if sha256hex(e.data) == e.sha256}
        known |= {d.sha256 for d in Draft.select().where(Draft.berkas_id == berkas_id) if sha256hex(d.manifest) == d.sha256}
        card = list(Paraf.select().where(Paraf.berkas_id == berkas_id).order_by(Paraf.n))
        head = chain("", "b1", b.id, b.number, b.sop, b.channel, b.ticket_id or 0, b.package_id or 0, b.made_by, b.made_us, b.key)
        for i, p in enumerate(card, 1):
            evidence = sha256hex("\n".join(facts[i - 1])) if facts.get(i - 1) else ""
            head = chain(
                head, "p1", p.berkas_id, p.n, p.action, p.as_role, p.at_stage, p.to_stage, p.actor, p.acting, p.at_us, p.note,
                p.entry_hash, p.draft_hash, evidence, p.waived, p.key,
            )  # fmt: skip
            reason = _fault(p, i, head, evidence, known)
            if reason:
                return Verification(False, len(card), i, reason)
        if (b.n, b.head, b.stage) != (len(card), head, card[-1].to_stage):
            return Verification(False, len(card), len(card), "Kepala berkas tidak sesuai dengan baris terakhir kartu.")
        return _bytes_hold(berkas_id, len(card))


def _facts(berkas_id: int) -> dict[int, list[str]]:
    out: dict[int, list[str]] = {}
    for f in BerkasFact.select().where(BerkasFact.berkas_id == berkas_id):
        out.setdefault(f.at_n, []).append(f.line)
    for found in out.values():
        found.sort(key=lambda s: s.encode())
    return out


def _fault(p: Paraf, i: int, head: str, evidence: str, known: set[str]) -> str:
    if p.n != i:
        return "Nomor baris meloncat."
    if p.evidence != evidence:
        return "Catatan yang diikat baris ini sudah berubah."
    if any(h and h not in known for h in (p.entry_hash, p.draft_hash)):
        return "Isian atau draf yang diikat baris ini sudah berubah."
    return "" if p.hash == head else "Sidik baris ini tidak cocok dengan isinya."


def _bytes_hold(berkas_id: int, count: int) -> Verification:
    wanted = Paper.select(Paper.sha256).where(Paper.berkas_id == berkas_id).distinct()
    for blob in Blob.select().where(Blob.sha256.in_(wanted)).iterator():
        if sha256hex(bytes(blob.data)) != blob.sha256:
            return Verification(False, count, count, "Isi sebuah dokumen berbeda dari sidiknya.")
    return Verification(True, count)
