"""The queue in figures: who waits now, how long people waited, walked, were served, who never came, how we guessed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from math import ceil
from typing import Any

from app.models.base import moment, session, told
from app.models.tables_berkas import Ticket
from app.models.tables_officers import Assignment
from app.models.tables_queue import Booking, BookingCancel, QueueEvent, QueueLoad
from app.services import queue_estimate, queue_settings
from app.services.queue_visits import Visit, visits
from app.sop.calendar import WIB
from app.sop.model import Role
from app.sop.queue import Event, State

FEW = 10
"""Below so many nothing is said of a percentile."""


class Way(StrEnum):
    """How somebody came by his number."""

    WEB = "WEB"
    KIOSK = "KIOSK"
    COUNTER = "COUNTER"


@dataclass(frozen=True)
class Spread:
    """Many stretches of time as two percentiles (nearest rank) and the share within a limit; None where n < 10."""

    n: int
    p50: timedelta | None
    p90: timedelta | None
    within: float | None
    limit: timedelta | None


@dataclass(frozen=True)
class Now:
    """One service's queue at this moment."""

    service: str
    label: str
    waiting: int
    oldest: timedelta | None


@dataclass(frozen=True)
class Served:
    """How long one service takes at the counter, without what was held."""

    service: str
    label: str
    spread: Spread


@dataclass(frozen=True)
class Missed:
    """One way in: how many of its numbers were called, how many did not come; how many bookings never checked in."""

    way: Way
    called: int
    absent: int
    booked: int = 0
    never: int = 0


@dataclass(frozen=True)
class Figures:
    """Everything of a stretch of days; durations of those who were served in it, `open_` is who was not.

    `errors` says by how many minutes our guesses missed, as a median; None where there are too few.
    """

    first: date
    last: date
    queues: tuple[Now, ...]
    arrived: int
    served: int
    cancelled: int
    unfinished: int
    wait: Spread
    way: Spread
    services: tuple[Served, ...]
    missed: tuple[Missed, ...]
    guesses: int
    error: int | None
    read_at: datetime

    @property
    def waiting(self) -> int:
        """How many wait now, all services together."""
        return sum(q.waiting for q in self.queues)

    @property
    def oldest(self) -> timedelta | None:
        """How long the one has waited who came first."""
        return max((q.oldest for q in self.queues if q.oldest is not None), default=None)


def percentile(times: Sequence[timedelta], percent: int) -> timedelta | None:
    """The nearest rank; None where there are too few to say."""
    if len(times) < FEW:
        return None
    return sorted(times)[ceil(percent / 100 * len(times)) - 1]


def spread(times: Sequence[timedelta], limit: timedelta | None = None) -> Spread:
    """What is said of these times."""
    within = None
    if limit is not None and len(times) >= FEW:
        within = sum(t <= limit for t in times) / len(times)
    return Spread(len(times), percentile(times, 50), percentile(times, 90), within, limit)


def figures(days: int = 1) -> Figures:
    """Of the last so many days, today included."""
    now_us = session.now_us()
    last = moment(now_us).astimezone(WIB).date()
    first = last - timedelta(days=days - 1)
    found = visits(first.isoformat(), last.isoformat())
    done = [v for v in found if v.state is State.DONE and v.called is not None]
    limit = timedelta(minutes=queue_settings.load().wait_limit)
    errors = queue_estimate.errors_between(first.isoformat(), last.isoformat())
    return Figures(
        first, last, _queues(now_us), len(found), sum(v.state is State.DONE for v in found),
        sum(v.state is State.CANCELLED for v in found), sum(v.state in UNFINISHED for v in found),
        spread([v.called - v.queued for v in done if v.called], limit),
        spread([v.started - v.called for v in found if v.started and v.called]),
        tuple(_services(done)), tuple(_missed(found, first, last, now_us)),
        len(errors), queue_estimate.typical_error(errors), moment(now_us),
    )  # fmt: skip


UNFINISHED = frozenset({State.WAITING, State.CALLED, State.SERVING, State.HELD, State.EXPIRED})


def served_at(place: str, day: str) -> list[timedelta]:
    """How long each visitor was served whom this counter was done with on a day."""
    with told():
        ended = QueueEvent.select(QueueEvent.ticket_id).where(
            QueueEvent.day == day, QueueEvent.event == Event.DONE.value, QueueEvent.place == place
        )
        ids = [row[0] for row in _tuples(ended)]
    found = visits(day, day, only=ids) if ids else []
    return [v.served for v in found if v.state is State.DONE and v.place == place]


def _queues(now_us: int) -> tuple[Now, ...]:
    with told():
        rows = list(QueueLoad.select().order_by(QueueLoad.position, QueueLoad.service))
    return tuple(
        Now(
            r.service, r.label, r.waiting + r.waiting_priority,
            timedelta(microseconds=now_us - r.oldest_us) if r.oldest_us is not None else None,
        )
        for r in rows
    )  # fmt: skip


def _services(done: Sequence[Visit]) -> Iterable[Served]:
    norm = timedelta(microseconds=queue_estimate.norm_us())
    for s in queue_settings.services(also_closed=True):
        times = [v.served for v in done if v.service == s.service and v.started is not None]
        if s.active or times:
            yield Served(s.service, s.label, spread(times, norm if s.registers else None))


def _missed(found: Sequence[Visit], first: date, last: date, now_us: int) -> Iterable[Missed]:
    machines = _machines()
    ways: dict[Way, list[Visit]] = {way: [] for way in Way}
    for visit in found:
        ways[_way(visit, machines)].append(visit)
    booked, never = _bookings(first.isoformat(), last.isoformat(), now_us)
    for way, those in ways.items():
        called = [v for v in those if v.called is not None]
        absent = sum(v.state is State.NO_SHOW for v in called)
        of_web = (booked, never) if way is Way.WEB else (0, 0)
        yield Missed(way, len(called), absent, *of_web)


def _way(visit: Visit, machines: Collection[str]) -> Way:
    if visit.booked:
        return Way.WEB
    return Way.KIOSK if visit.made_by in machines else Way.COUNTER


def _machines() -> frozenset[str]:
    with told():
        kiosks = Assignment.select(Assignment.login).where(Assignment.role == Role.KIOSK.value).distinct()
        return frozenset(row[0] for row in _tuples(kiosks))


def _bookings(first: str, last: str, now_us: int) -> tuple[int, int]:
    """How many were booked for these days and not cancelled; how many of them let their hour pass without coming."""
    late = queue_settings.load().late * queue_estimate.MINUTE
    with told():
        cancelled = BookingCancel.select(BookingCancel.booking_id)
        kept = Booking.select(Booking.id, Booking.slot_us).where(
            Booking.day.between(first, last), Booking.id.not_in(cancelled)
        )
        rows = _tuples(kept)
        came = Ticket.select(Ticket.booking_id).where(Ticket.booking_id.in_([row[0] for row in rows]))
        there = {row[0] for row in _tuples(came)}
    return len(rows), sum(slot_us + late < now_us and booking not in there for booking, slot_us in rows)


def _tuples(query: Any) -> list[tuple[Any, ...]]:
    """The rows of a question as they are, where many of them would make slow models."""
    return list(query.tuples())
