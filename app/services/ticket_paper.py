"""Tickets' papers: which number has one, which has none yet, and what stood on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

import peewee as pw

from app.models import hall
from app.models.base import add, micros, moment, session, told
from app.models.tables_berkas import Ticket
from app.models.tables_paper import TicketPaper
from app.models.tables_queue import TicketEstimate
from app.services.queue import Issued, QueueTicket, of_row, ticket
from app.sop.calendar import WIB
from app.sop.queue import ACTIVE, State

PRINTING = timedelta(seconds=30)
"""So long a paper may be under way before its number counts as one without."""
OPEN = (State.WAITING, *ACTIVE, State.HELD, State.NO_SHOW)
REASON_LENGTH = 200


class Paper(StrEnum):
    """What became of it: nobody wanted one, asked for, out, handed to a printer that cannot tell, not out."""

    NONE = "NONE"
    ASKED = "ASKED"
    OUT = "OUT"
    UNSURE = "UNSURE"
    FAILED = "FAILED"


@dataclass(frozen=True)
class Missing:
    """A number whose owner has no paper, or perhaps none (`unsure`): why, and since when."""

    ticket: QueueTicket
    unsure: bool
    reason: str
    since: datetime


def begin(issued: Issued, key: str, *, wanted: bool) -> None:
    """Before anything is printed: a paper is asked for (or not), and what will stand on it is kept."""
    state = Paper.ASKED if wanted else Paper.NONE
    add(TicketPaper, key, ticket_id=issued.ticket.id, state=state.value, ahead=issued.ahead)


def tell(ticket_id: int, state: Paper, key: str, reason: str = "") -> None:
    """What became of a paper; the last word counts."""
    add(TicketPaper, key, ticket_id=ticket_id, state=state.value, reason=reason.strip()[:REASON_LENGTH])


def last(ticket_id: int) -> Paper | None:
    """The last word about a number's paper, whoever said it; None where nobody said anything."""
    said = hall.paper_word(ticket_id)
    return Paper(said) if said else None


def as_issued(ticket_id: int) -> Issued:
    """A number with what its owner was told when he took it."""
    found = ticket(ticket_id)
    with told():
        estimate = TicketEstimate.get_or_none(TicketEstimate.ticket_id == ticket_id)
        papers = TicketPaper.select().where(TicketPaper.ticket_id == ticket_id)
        first = papers.order_by(TicketPaper.id).first()
    low, high = (estimate.low, estimate.high) if estimate else (0, 0)
    return Issued(found, first.ahead if first else 0, low, high)


def missing() -> list[Missing]:
    """Today's numbers that are still to be served and have no paper, oldest first.

    A machine of the hall sees its own. One whose paper was asked for a moment ago is being printed.
    """
    now = moment(session.now_us())
    newest = pw.fn.max(TicketPaper.id).alias("newest")
    with told():
        rows = list(
            Ticket.select()
            .where(Ticket.day == f"{now.astimezone(WIB):%Y-%m-%d}", Ticket.state.in_([s.value for s in OPEN]))
            .order_by(Ticket.queued_us, Ticket.id)
        )
        ids = TicketPaper.select(newest).where(TicketPaper.ticket_id.in_([r.id for r in rows]))
        papers = TicketPaper.select().where(TicketPaper.id.in_(ids.group_by(TicketPaper.ticket_id)))
        words = {p.ticket_id: p for p in papers}
    fresh = micros(now - PRINTING)
    found = ((r, words.get(r.id)) for r in rows)
    return [_missing(r, p) for r, p in found if _is_missing(r, p, fresh)]


def _is_missing(row: Ticket, paper: TicketPaper | None, fresh: int) -> bool:
    if paper is None:
        return bool(row.made_us < fresh)
    if paper.state == Paper.ASKED.value:
        return bool(paper.made_us < fresh)
    return paper.state in {Paper.UNSURE.value, Paper.FAILED.value}


def _missing(row: Ticket, paper: TicketPaper | None) -> Missing:
    unsure = paper is not None and paper.state == Paper.UNSURE.value
    since = paper.made_us if paper else row.made_us
    return Missing(of_row(row), unsure, paper.reason if paper else "", moment(since))
