"""The tickets in front of a counter: those called and not yet registered, and those whose visitor did not come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.models.base import moment, session, told
from app.models.tables_berkas import Berkas, Ticket, TicketEvent, TicketUsed
from app.services.accounts import Who
from app.services.intake import TicketRow
from app.sop.calendar import WIB
from app.sop.model import Channel, Sop

COUNTER_ROWS = range(2, 8)
"""The SOP's rows that one applicant's file passes at the counter, registration to resi."""


@dataclass(frozen=True)
class CalledTicket:
    """A ticket after its newest event; `absent` when its visitor did not come to the counter."""

    ticket: TicketRow
    at: datetime
    place: str
    absent: bool


def counter_minutes(sop: Sop, channel: Channel) -> int:
    """The SOP's minutes of work at the counter for one file: 13 for a walk-in, 9 for an online one."""
    return sum(sop.norm_minutes(row, channel) or 0 for row in sop.rows_for(channel) if row in COUNTER_ROWS)


def called(who: Who) -> list[CalledTicket]:
    """Today's tickets that this officer called and nobody has registered yet, newest call first."""
    return [t for t in _open(who.login) if not t.absent]


def absent() -> list[CalledTicket]:
    """Today's visitors who did not come when they were called, newest first; any counter may call them again."""
    return [t for t in _open() if t.absent]


def served_today(who: Who) -> int:
    """How many walk-ins this officer registered today."""
    with told():
        registered = Berkas.select().join(Ticket, on=(Berkas.ticket_id == Ticket.id))
        return int(registered.where(Ticket.day == _today(), Berkas.made_by == who.login).count())


def _today() -> str:
    return moment(session.now_us()).astimezone(WIB).date().isoformat()


def _open(login: str = "") -> list[CalledTicket]:
    with told():
        today = {t.id: t for t in Ticket.select().where(Ticket.day == _today())}
        events = TicketEvent.select().where(TicketEvent.ticket_id.in_(list(today))).order_by(TicketEvent.id)
        newest = {e.ticket_id: e for e in events}
        used = {u.ticket_id for u in TicketUsed.select().where(TicketUsed.ticket_id.in_(list(newest)))}
    found = [e for i, e in newest.items() if i not in used and e.event != "DONE" and (not login or e.made_by == login)]
    return [_row(today[e.ticket_id], e) for e in sorted(found, key=lambda e: e.id, reverse=True)]


def _row(t: Ticket, e: TicketEvent) -> CalledTicket:
    row = TicketRow(t.id, f"{t.prefix}-{t.number:03d}", t.code, moment(t.made_us), 0)
    return CalledTicket(row, moment(e.made_us), e.place, e.event == "NO_SHOW")
