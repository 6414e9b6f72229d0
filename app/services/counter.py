"""What an officer at a counter has before him: his queue, his day so far, and where he can send a visitor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from app.models.base import told
from app.models.tables_officers import Officer, RoleInForce
from app.services import queue_board, queue_figures, queue_settings, ticket_paper
from app.services.accounts import Who
from app.services.queue_board import Board
from app.services.queue_settings import Service
from app.services.ticket_paper import Missing
from app.sop.model import Channel, Role, Sop
from app.sop.queue import State

COUNTER_ROWS = range(2, 8)
"""The SOP's rows that one applicant's file passes at the counter, registration to resi."""


@dataclass(frozen=True)
class Counter:
    """One counter now. `done` visitors were served here today, `median` is how long (None for too few to say).

    `services` are all by their letter; whoever waits longer than `limit` waits too long. `missing` are the numbers that
    still wait and whose owner has no paper, or perhaps none.
    """

    board: Board
    done: int
    median: timedelta | None
    services: Mapping[str, Service]
    limit: timedelta
    missing: tuple[Missing, ...]


def counter_minutes(sop: Sop, channel: Channel) -> int:
    """The SOP's minutes of work at the counter for one file: 13 for a walk-in, 9 for an online one."""
    return sum(sop.norm_minutes(row, channel) or 0 for row in sop.rows_for(channel) if row in COUNTER_ROWS)


def now(who: Who) -> Counter:
    """The counter this officer sits at."""
    times = queue_figures.served_at(who.place, queue_board.today())
    return Counter(
        queue_board.board(who.place),
        len(times),
        queue_figures.percentile(times, 50),
        {s.service: s for s in queue_settings.services(also_closed=True)},
        timedelta(minutes=queue_settings.load().wait_limit),
        tuple(m for m in ticket_paper.missing() if m.ticket.state in {State.WAITING, State.HELD}),
    )


def places() -> list[str]:
    """All counters: where an officer of the Front Office sits, and what the administrator named; by their numbers."""
    with told():
        fronts = RoleInForce.select(RoleInForce.login).where(RoleInForce.role == Role.FO.value)
        seats = {o.place for o in Officer.select().where(Officer.login.in_(fronts))}
    return sorted((seats | set(queue_settings.counters())) - {""}, key=_by_number)


def _by_number(place: str) -> tuple[str, int]:
    words, _, number = place.rpartition(" ")
    return (words, int(number)) if number.isdigit() else (place, 0)
