"""What the machines of the hall ask of the database: whether they may, how they are, one booking, one paper."""

from __future__ import annotations

from typing import Any, NamedTuple

import peewee as pw

from app.models import base
from app.models.base import patiently, told
from app.models.tables_berkas import Ticket
from app.models.tables_paper import TicketPaper
from app.models.tables_queue import Booking, BookingCancel, DeviceState

LENGTHS = {"name": 60, "kind": 20, "state": 20, "detail": 200}
"""What the table takes; longer words are cut, because a machine's trouble must never be lost over its wording."""


class Found(NamedTuple):
    """A booking as its owner may know it."""

    id: int
    service: str
    slot_us: int
    day: str
    used: bool
    cancelled: bool


def holds(role: str) -> bool:
    """Whether whoever sits here holds this role now."""
    question = "select 1 where has_role(%s)" if base.on_server() else "select 1 from my_role where role = ?"
    with told():
        return base.db.execute_sql(question, (role,)).fetchone() is not None


def report(name: str, kind: str, state: str, detail: str) -> None:
    """Keep what a machine says of itself in place of what it said before."""
    said = {"name": name, "kind": kind, "state": state, "detail": detail}
    cut = {column: said[column][:length] for column, length in LENGTHS.items()}
    if base.on_server():
        patiently(lambda: base.db.execute_sql("select report_device(%s, %s, %s, %s)", tuple(cut.values())).fetchone())
        return
    now: dict[str, Any] = {"kind": cut["kind"], "state": cut["state"], "detail": cut["detail"]}
    upsert = DeviceState.insert(**cut, seen_us=pw.fn.now_us(), made_by=pw.fn.actor()).on_conflict(
        conflict_target=[DeviceState.name], update={**now, "seen_us": pw.fn.now_us(), "made_by": pw.fn.actor()}
    )
    with told():
        upsert.as_rowcount().execute()


def find_booking(reference: str) -> Found | None:
    """The booking of this number, today's before another day's; None where there is none."""
    if base.on_server():
        with told():
            row = base.db.execute_sql(
                "select id, service, slot_us, day, used, cancelled from find_booking(%s)", (reference,)
            ).fetchone()
        return Found(row[0], row[1], row[2], row[3], bool(row[4]), bool(row[5])) if row else None
    with told():
        today = base.db.execute_sql("select day from today").fetchone()[0]
        found = (
            Booking.select()
            .where(Booking.external_ref == reference)
            .order_by((Booking.day == today).desc(), Booking.id.desc())
            .first()
        )
        if found is None:
            return None
        used = Ticket.select().where(Ticket.booking_id == found.id).exists()
        cancelled = BookingCancel.select().where(BookingCancel.booking_id == found.id).exists()
    return Found(found.id, found.service, found.slot_us, found.day, used, cancelled)


def paper_word(ticket_id: int) -> str:
    """The last word about a number's paper, whoever said it; "" where nobody did."""
    with told():
        if base.on_server():
            row = base.db.execute_sql("select paper_word(%s)", (ticket_id,)).fetchone()
            return (row[0] if row else None) or ""
        papers = TicketPaper.select().where(TicketPaper.ticket_id == ticket_id)
        last = papers.order_by(TicketPaper.id.desc()).first()
    return str(last.state) if last else ""
