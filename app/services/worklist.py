"""What waits on a desk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import peewee as pw

from app.models.base import moment, told
from app.models.tables_berkas import Berkas, Paraf
from app.models.tables_papers import Outbox, OutboxEvent
from app.services import card, clocks
from app.services.accounts import Who, names
from app.services.office import Office
from app.sop.model import Channel, Kind, Role, Sop, Stage

DESK_LIMIT = timedelta(hours=1)


@dataclass(frozen=True)
class WorkItem:
    """One file on a list. `counted` runs against `target`: the file's time for the FO and Editor, the desk's for heads."""

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
    paused: bool
    returned: bool
    last: tuple[tuple[str, str, datetime], ...]

    @property
    def share(self) -> float:
        """Time used of the target: amber from 0.8, red from 1."""
        return self.counted / self.target if self.target else 0.0


def waiting(sop: Sop, who: Who, office: Office, now: datetime) -> list[WorkItem]:
    """The files on this role's desk: late ones first, paused ones last, the rest by age."""
    stages = [s.key for s in sop.desk_stages(who.role)]
    if who.role is Role.EDITOR:
        stages.append("TERTANDA")
    with told():
        rows = list(Berkas.select().where(Berkas.stage.in_(stages)).order_by(Berkas.moved_us).limit(500))
        people = names()
        items = [_item(sop, who, office, now, b, people) for b in rows]
    return sorted(items, key=lambda i: (i.paused, i.share < 1, -i.share, i.since))


def delivered(sop: Sop, who: Who, office: Office, now: datetime, limit: int = 200) -> list[WorkItem]:
    """Files that are finished or cancelled, newest first."""
    with told():
        rows = list(Berkas.select().where(Berkas.stage.in_(["SELESAI", "BATAL"])).order_by(Berkas.moved_us.desc()).limit(limit))
        people = names()
        return [_item(sop, who, office, now, b, people) for b in rows]


def elsewhere(sop: Sop, who: Who) -> dict[str, int]:
    """label of a stage -> how many files are there, for the stages of other desks (for empty lists)."""
    mine = [s.key for s in sop.desk_stages(who.role)] + ["SELESAI", "BATAL"]
    with told():
        query = Berkas.select(Berkas.stage, pw.fn.COUNT(Berkas.id).alias("many")).where(Berkas.stage.not_in(mine)).group_by(Berkas.stage)
        return {sop.stage(s).label: int(many) for s, many in query.tuples()}


def count(sop: Sop, role: Role) -> int:
    """How many files wait on a role's desk."""
    with told():
        return int(Berkas.select().where(Berkas.stage.in_([s.key for s in sop.desk_stages(role)])).count())


def search(sop: Sop, who: Who, office: Office, now: datetime, text: str) -> list[WorkItem]:
    """Files by number, NIK, or part of a name; every search is the caller's to log."""
    wanted = text.strip().upper()
    digits = wanted.replace(" ", "")
    with told():
        query = Berkas.select().order_by(Berkas.id.desc()).limit(50)
        if digits.isdigit() and len(digits) == 16:
            query = query.where((Berkas.husband_nik == digits) | (Berkas.wife_nik == digits))
        elif wanted.startswith("P3-"):
            query = query.where(Berkas.number.startswith(wanted))
        elif len(wanted) >= 3:
            query = query.where(Berkas.husband_name.contains(wanted) | Berkas.wife_name.contains(wanted))
        else:
            return []
        people = names()
        return [_item(sop, who, office, now, b, people) for b in query]


def _item(sop: Sop, who: Who, office: Office, now: datetime, b: Berkas, people: dict[str, str]) -> WorkItem:
    stage, channel = sop.stage(b.stage), Channel(b.channel)
    lines = card.lines(sop, b.id)
    counted, target = _clock(who, office, now, lines, b)
    last = lines[-1] if lines else None
    titles = [n.title() for n in (b.husband_name, b.wife_name) if n]
    return WorkItem(
        b.id, b.number, " & ".join(titles) or "Belum ada nama", channel, stage, sop.row_at(stage, channel), b.n, b.holder,
        people.get(b.holder, b.holder), b.holder == who.login, stage.kind is not Kind.WAIT or stage.key == "TERTANDA",
        moment(b.moved_us), _why(b, last), counted, target, stage.kind is Kind.PAUSE, bool(last and _returned(lines)),
        tuple((x.label, x.actor_name, x.at) for x in lines[-3:]),
    )  # fmt: skip


def _returned(lines: Sequence[card.Line]) -> bool:
    for line in reversed(lines):
        if line.action.startswith("terima_"):
            continue
        return line.action.startswith("kembali_")
    return False


def _clock(who: Who, office: Office, now: datetime, lines: Sequence[card.Line], b: Berkas) -> tuple[timedelta, timedelta]:
    if not lines:
        return timedelta(), timedelta(minutes=office.target_minutes)
    hours = clocks.hours_around(lines[0].at, now)
    life = clocks.pieces(lines, now, hours, clocks.answers(b.id))
    if who.role in (Role.KASI, Role.KABID, Role.KADIS):
        on_desk = timedelta()
        for piece in reversed(life):
            if piece.desk is not who.role:
                break
            on_desk += piece.office
        return on_desk, DESK_LIMIT
    target = timedelta(minutes=office.target_minutes)
    return clocks.sums(life, lines, target).counted, target


def _why(b: Berkas, last: card.Line | None) -> str:
    if b.stage == "TERTANDA":
        mail = Outbox.select().where(Outbox.berkas_id == b.id, Outbox.kind == "mail_documents").order_by(Outbox.id.desc()).first()
        event = OutboxEvent.select().where(OutboxEvent.outbox_id == mail.id).order_by(OutboxEvent.id.desc()).first() if mail else None
        if event and event.event in ("FAILED", "REFUSED"):
            return f"surel ditolak: {event.reply}"[:120]
        return "surel menunggu giliran" if mail else "belum dikirim"
    return last.note or last.label if last else ""
