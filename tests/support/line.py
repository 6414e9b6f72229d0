"""Visitors in a test's hall: they take a number, are called to a counter of their own, sit down, and leave it free."""

from __future__ import annotations

from dataclasses import replace

from app.services import intake, queue
from app.services.accounts import Who
from app.services.berkas import Head
from app.services.keys import derived, new_key
from app.services.queue import QueueTicket
from app.sop.pelita3 import PELITA3

OUT_OF_TURN = "dipanggil untuk uji"


def number(key: str = "", service: str = "", *, priority: bool = False) -> QueueTicket:
    """A new number; whoever sits at the keyboard gives it."""
    return queue.issue(key or new_key(), service=service, priority=priority).ticket


def seat(who: Who, ticket_id: int) -> Who:
    """The officer at a counter that only this number knows: many walk in at once without waiting for one."""
    return replace(who, place=f"Meja {ticket_id}")


def called(who: Who, key: str = "") -> QueueTicket:
    """A new number that stands at its own counter; all of it follows from the key."""
    key = key or new_key()
    ticket = number(key)
    return queue.call(ticket.id, seat(who, ticket.id).place, derived(key, "call"), OUT_OF_TURN)


def registered(who: Who, ticket_key: str = "", file_key: str = "") -> Head:
    """A walk-in from his number to a registered file, and his counter is free again."""
    ticket_key = ticket_key or new_key()
    ticket = called(who, ticket_key)
    at_counter = seat(who, ticket.id)
    file = intake.register_ticket(PELITA3, at_counter, ticket.id, file_key or new_key())
    queue.done(ticket.id, at_counter.place, derived(ticket_key, "done"))
    return file
