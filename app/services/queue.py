"""The queue's verbs: give a number, call, serve, hold, transfer. The database picks the next one and judges it all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.errors import Conflict
from app.models.base import add, derived, moment, told
from app.models.tables_berkas import Ticket
from app.models.tables_queue import CurrentService, QueueEvent, TicketEstimate
from app.services import queue_estimate
from app.sop.queue import Event, State


@dataclass(frozen=True)
class QueueTicket:
    """A ticket as it stands now. `queued_at` is when its owner came; it stays when he is held or sent elsewhere."""

    id: int
    label: str
    code: str
    service: str
    priority: bool
    booked: bool
    state: State
    place: str
    queued_at: datetime
    state_at: datetime
    called_at: datetime | None
    calls: int


@dataclass(frozen=True)
class Issued:
    """A number just given: how many wait before it, and in which span of minutes it will be called."""

    ticket: QueueTicket
    ahead: int
    low: int
    high: int


def issue(key: str, *, service: str = "", priority: bool = False, booking_id: int | None = None) -> Issued:
    """Give the next number of a service (default: the first), or of a booking whose owner has come (SOP row 1).

    Refused with code `quota`, `closed`, `service`, `booking...`; Conflict where the booking was used already.
    """
    chosen = service or _first_service()
    add(Ticket, key, service=chosen, priority=int(priority), booking_id=booking_id)
    with told():
        row = Ticket.get(Ticket.key == key)
    found = queue_estimate.for_ticket(row.service, row.priority)
    add(TicketEstimate, derived(key, "estimate"), ticket_id=row.id, low=found.low, high=found.high)
    return Issued(of_row(row), found.ahead, found.low, found.high)


def _first_service() -> str:
    with told():
        rows = CurrentService.select().where(CurrentService.active == 1).order_by(CurrentService.position)
        found = rows.first()
    return str(found.service) if found else "A"


def call_next(place: str, key: str) -> QueueTicket:
    """Call whoever is next for this counter by the office's rule.

    Conflict `empty` where nobody waits, `place` where this counter has not finished with its last one.
    """
    return _happen(Event.CALLED, None, place, key)


def call(ticket_id: int, place: str, key: str, reason: str = "") -> QueueTicket:
    """Call one ticket: held, absent, or out of turn with a reason. Conflict `called` where another counter has it."""
    return _happen(Event.CALLED, ticket_id, place, key, reason)


def recall(ticket_id: int, place: str, key: str) -> QueueTicket:
    """Say the number again."""
    return _happen(Event.RECALLED, ticket_id, place, key)


def start(ticket_id: int, place: str, key: str) -> QueueTicket:
    """The visitor sits down: the service clock runs."""
    return _happen(Event.STARTED, ticket_id, place, key)


def serve(ticket_id: int, place: str, key: str) -> QueueTicket:
    """As `start`, and no second start where the visitor already sits at this counter."""
    now = ticket(ticket_id)
    return now if now.state is State.SERVING and now.place == place else start(ticket_id, place, key)


def hold(ticket_id: int, place: str, key: str, reason: str) -> QueueTicket:
    """The visitor fetches something; he keeps his arrival and the counter is free."""
    return _happen(Event.HELD, ticket_id, place, key, reason)


def give_back(ticket_id: int, place: str, key: str) -> QueueTicket:
    """A held visitor is ready again: he stands in front of his class, for any counter."""
    return _happen(Event.RETURNED, ticket_id, place, key)


def transfer(
    ticket_id: int, place: str, key: str, reason: str, *, to_service: str = "", to_place: str = ""
) -> QueueTicket:
    """Send a visitor to another service or counter, in front of those who wait there."""
    return _happen(Event.TRANSFERRED, ticket_id, place, key, reason, to_service=to_service, to_place=to_place)


def absent(ticket_id: int, place: str, key: str) -> QueueTicket:
    """Nobody came."""
    return _happen(Event.NO_SHOW, ticket_id, place, key)


def rejoin(ticket_id: int, place: str, key: str) -> QueueTicket:
    """Somebody who missed his call waits again; Refused `rejoin` before two others were called."""
    return _happen(Event.REJOINED, ticket_id, place, key)


def done(ticket_id: int, place: str, key: str) -> QueueTicket:
    """The counter is free; the file goes on by itself."""
    return _happen(Event.DONE, ticket_id, place, key)


def cancel(ticket_id: int, place: str, key: str, reason: str) -> QueueTicket:
    """The visitor does not want to wait any longer, or the number was taken by mistake."""
    return _happen(Event.CANCELLED, ticket_id, place, key, reason)


def undo(ticket_id: int, place: str, key: str) -> QueueTicket:
    """Take back one's own last press on a ticket within ten seconds. Conflict `undo` afterwards."""
    return _happen(Event.UNDONE, ticket_id, place, key)


def _happen(event: Event, ticket_id: int | None, place: str, key: str, reason: str = "", **more: str) -> QueueTicket:
    try:
        add(QueueEvent, key, ticket_id=ticket_id, event=event.value, place=place, reason=reason.strip(), **more)
    except Conflict as e:
        if ticket_id is not None and (e.code == "called" or (e.code == "queue" and event is Event.CALLED)):
            raise _elsewhere(ticket_id, place, e) from e
        raise
    with told():
        row = QueueEvent.get(QueueEvent.key == key)
    assert row.ticket_id is not None, "the database chose one or refused"
    return ticket(row.ticket_id)


def _elsewhere(ticket_id: int, place: str, error: Conflict) -> Conflict:
    """Which counter was faster, also where it is done by now: officers want a place, not a code."""
    now = ticket(ticket_id)
    calls = QueueEvent.select().where(QueueEvent.ticket_id == ticket_id, QueueEvent.event == Event.CALLED.value)
    with told():
        last = calls.order_by(QueueEvent.id.desc()).first()
    there = now.place or (last.place if last else "")
    if there in {"", place}:
        return Conflict(f"{now.label} sudah di loket ini.", code=error.code) if now.place else error
    return Conflict(f"{now.label} sudah dipanggil {there}.", code=error.code)


def ticket(ticket_id: int) -> QueueTicket:
    """A ticket as it stands now."""
    with told():
        return of_row(Ticket.get_by_id(ticket_id))


def of_row(row: Ticket) -> QueueTicket:
    """A ticket's row as others read it."""
    return QueueTicket(
        row.id,
        f"{row.prefix}-{row.number:03d}",
        row.code,
        row.service,
        bool(row.priority),
        row.booking_id is not None,
        State(row.state),
        row.place,
        moment(row.queued_us),
        moment(row.state_us),
        moment(row.called_us) if row.called_us else None,
        row.calls,
    )
