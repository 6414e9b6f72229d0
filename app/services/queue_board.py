"""The queue as a counter sees it: who is in front of me, who comes next and why, who was held or did not come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.models.base import moment, session, told
from app.models.tables_berkas import Berkas, Ticket
from app.models.tables_queue import DeviceState, QueueCounter, QueueEvent
from app.services import queue_settings
from app.services.queue import QueueTicket, of_row
from app.sop.calendar import WIB
from app.sop.queue import ACTIVE, Event, State

SHOWN = 8
OPEN = (State.WAITING, *ACTIVE, State.HELD, State.NO_SHOW)


@dataclass(frozen=True)
class Held:
    """A visitor who fetches something: why, and since when."""

    ticket: QueueTicket
    reason: str


@dataclass(frozen=True)
class Device:
    """A machine of the hall: what it said last and when."""

    name: str
    kind: str
    state: str
    detail: str
    seen: datetime


@dataclass(frozen=True)
class Board:
    """One counter's queue. `mine` is called or served here; `berkas_id` its file once it was registered.

    `served` is how long `mine` was served before its present state: what it was held does not count.
    `following` stands in the order in which the office's rule would call it, at most eight; `waiting` and `longest`
    speak of all whom this counter may call.
    """

    mine: QueueTicket | None
    berkas_id: int | None
    served: timedelta
    following: tuple[QueueTicket, ...]
    waiting: int
    longest: datetime | None
    held: tuple[Held, ...]
    absent: tuple[QueueTicket, ...]
    devices: tuple[Device, ...]


def today() -> str:
    """The office's day by the database's clock, as the tickets carry it."""
    return moment(session.now_us()).astimezone(WIB).date().isoformat()


def board(place: str) -> Board:
    """The queue for the counter at `place`, as it is now."""
    day = today()
    with told():
        is_open = Ticket.state.in_([s.value for s in OPEN])
        rows = list(Ticket.select().where(Ticket.day == day, is_open).order_by(Ticket.queued_us, Ticket.id))
        mine = next((t for t in rows if t.place == place and t.state in ACTIVE), None)
        file = Berkas.get_or_none(Berkas.ticket_id == mine.id) if mine else None
        services = _services(place)
        waiting = [t for t in rows if t.state == State.WAITING.value]
        here = [t for t in waiting if t.aim == place or (not t.aim and (not services or t.service in services))]
        held = tuple(Held(of_row(t), _reason(t.id)) for t in rows if t.state == State.HELD.value)
        order = _in_order(here, place, _since_priority(day))
        served = _served(mine.id) if mine else timedelta()
    return Board(
        of_row(mine) if mine else None,
        file.id if file else None,
        served,
        tuple(of_row(t) for t in order[:SHOWN]),
        len(here),
        moment(here[0].queued_us) if here else None,
        held,
        tuple(of_row(t) for t in reversed(rows) if t.state == State.NO_SHOW.value),
        devices(),
    )


def devices() -> tuple[Device, ...]:
    """What the machines of the hall said last."""
    with told():
        rows = list(DeviceState.select().order_by(DeviceState.name))
    return tuple(Device(d.name, d.kind, d.state, d.detail, moment(d.seen_us)) for d in rows)


def _served(ticket_id: int) -> timedelta:
    """How long a ticket was served at any counter before what happened to it last."""
    events = QueueEvent.select().where(QueueEvent.ticket_id == ticket_id).order_by(QueueEvent.id)
    total, since = 0, 0
    for e in events:
        if e.at_state == State.SERVING.value and e.to_state != State.SERVING.value:
            total += e.made_us - since
        if e.to_state == State.SERVING.value:
            since = e.made_us
    return timedelta(microseconds=total)


def _services(place: str) -> str:
    row = QueueCounter.select().where(QueueCounter.place == place).order_by(QueueCounter.id.desc()).first()
    return str(row.services) if row else ""


def _reason(ticket_id: int) -> str:
    row = (
        QueueEvent.select()
        .where(QueueEvent.ticket_id == ticket_id, QueueEvent.event == Event.HELD.value)
        .order_by(QueueEvent.id.desc())
        .first()
    )
    return str(row.reason) if row else ""


def _since_priority(day: str) -> int:
    """How many were called by the rule since the last priority ticket: the guard counts the same."""
    calls = QueueEvent.select().where(QueueEvent.day == day, QueueEvent.event == Event.CALLED.value)
    last = calls.where(QueueEvent.priority == 1).order_by(QueueEvent.id.desc()).first()
    by_rule = calls.where(QueueEvent.at_state == State.WAITING.value, QueueEvent.reason == "")
    return int(by_rule.where(QueueEvent.id > (last.id if last else 0)).count())


def _in_order(rows: Sequence[Ticket], place: str, since: int) -> list[Ticket]:
    """As the guard would call them one after the other: sent to this counter first, then one priority in so many."""
    front = sorted(rows, key=lambda t: (-t.turn, t.queued_us, t.id))
    aimed = [t for t in front if t.aim == place]
    regular = [t for t in front if not t.aim and not t.priority]
    priority = [t for t in front if not t.aim and t.priority]
    out, every = list(aimed), queue_settings.load().fair
    while regular or priority:
        turn = priority if priority and (since >= every - 1 or not regular) else regular
        since = 0 if turn is priority else since + 1
        out.append(turn.pop(0))
    return out
