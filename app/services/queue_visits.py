"""One ticket's way through the hall, told from its events without what was undone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any, NamedTuple

from app.models.base import moment, told
from app.models.tables_berkas import Ticket
from app.models.tables_queue import QueueEvent
from app.sop.queue import Event, State

LEAVES = frozenset({Event.HELD, Event.TRANSFERRED, Event.DONE, Event.CANCELLED, Event.EXPIRED})
"""What ends a stretch of being served."""


@dataclass(frozen=True)
class Visit:
    """A visitor from his number to where he stands now. `called` is the last call before he sat down, or of all.

    `served` counts every stretch before an officer; what he was held or sent elsewhere does not count. `place` is the
    counter of the last thing that happened to him.
    """

    ticket_id: int
    label: str
    service: str
    priority: bool
    booked: bool
    made_by: str
    state: State
    queued: datetime
    first_called: datetime | None
    called: datetime | None
    started: datetime | None
    served: timedelta
    place: str


class _Happened(NamedTuple):
    ticket_id: int
    event: Event
    place: str
    at_us: int


def visits(first: str, last: str, only: Sequence[int] = ()) -> list[Visit]:
    """All tickets of these days in the order of their numbers; `only` some of them by their ids."""
    wanted = Ticket.id.in_(list(only)) if only else Ticket.day.between(first, last)
    columns = (QueueEvent.ticket_id, QueueEvent.event, QueueEvent.place, QueueEvent.made_us)
    events = QueueEvent.select(*columns).where(QueueEvent.day.between(first, last))
    if only:
        events = events.where(QueueEvent.ticket_id.in_(list(only)))
    with told():
        tickets = list(Ticket.select().where(wanted).order_by(Ticket.id))
        told_rows: Any = events.order_by(QueueEvent.ticket_id, QueueEvent.id).tuples()
        rows = [_Happened(ticket, Event(event), place, at_us) for ticket, event, place, at_us in told_rows]
    happened = {ticket: standing(list(those)) for ticket, those in groupby(rows, key=lambda r: r.ticket_id)}
    return [_visit(t, happened.get(t.id, [])) for t in tickets]


def standing(events: Sequence[_Happened]) -> list[_Happened]:
    """What happened and was not taken back."""
    kept: list[_Happened] = []
    for happened in events:
        if happened.event is Event.UNDONE and kept:
            kept.pop()
        else:
            kept.append(happened)
    return kept


def _visit(t: Ticket, events: Sequence[_Happened]) -> Visit:
    calls = [e.at_us for e in events if e.event is Event.CALLED]
    started = next((e.at_us for e in events if e.event is Event.STARTED), None)
    before = [at for at in calls if started is None or at <= started]
    return Visit(
        t.id,
        f"{t.prefix}-{t.number:03d}",
        t.service,
        bool(t.priority),
        t.booking_id is not None,
        t.made_by,
        State(t.state),
        moment(t.queued_us),
        moment(calls[0]) if calls else None,
        moment(before[-1]) if before else None,
        moment(started) if started is not None else None,
        _served(events),
        next((e.place for e in reversed(events) if e.place), ""),
    )


def _served(events: Sequence[_Happened]) -> timedelta:
    total, since = 0, None
    for e in events:
        if e.event is Event.STARTED:
            since = e.at_us
        elif since is not None and e.event in LEAVES:
            total, since = total + e.at_us - since, None
    return timedelta(microseconds=total)
