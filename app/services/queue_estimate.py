"""How long a visitor will wait, as a span of minutes, and how far such spans were off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import ceil, floor
from statistics import median

from app.models.base import told
from app.models.tables_berkas import Ticket
from app.models.tables_queue import QueueLoad, TicketEstimate
from app.services import queue_settings
from app.services.queue_visits import visits
from app.sop.model import Channel
from app.sop.pelita3 import PELITA3

OPTIMISTIC = 0.8
"""Of the computed wait: some visitors leave, some counters are faster (ZMS shows 0.8 to 1.0)."""

MINUTE = 60_000_000


@dataclass(frozen=True)
class Estimate:
    """Minutes until the call, from `low` to `high`, and how many stand before."""

    ahead: int
    low: int
    high: int


@dataclass(frozen=True)
class Load:
    """One service as hall and counter see it: who waits, since when (microseconds, None for nobody), how long it takes.

    `given` counts today's numbers, those that are done too.
    """

    service: str
    label: str
    waiting: int
    oldest_us: int | None
    estimate: Estimate
    given: int = 0


def norm_us() -> int:
    """The SOP's minutes at a counter for one walk-in, while today has no figures of its own."""
    counter = (2, 4, 5, 6, 7)
    return MINUTE * sum(PELITA3.norm_minutes(row, Channel.OFFLINE) or 0 for row in counter)


def span(ahead: int, mean_us: int, places: int, last_wait_us: int | None) -> Estimate:
    """The span for somebody behind `ahead` others: he is called when one more than those has left the counters.

    Blended with the last person's wait, which needs to know nothing of staffing (Ibrahim & Whitt 2009); with nobody
    ahead that says nothing, and a counter may be free already.
    """
    computed = (ahead + 1) * mean_us / max(1, places)
    middle = (computed + last_wait_us) / 2 if last_wait_us is not None and ahead else computed
    low, high = OPTIMISTIC * min(computed, middle) if ahead else 0.0, max(computed, middle)
    return Estimate(ahead, _five(low / MINUTE, up=False), max(5, _five(high / MINUTE, up=True)))


def _five(minutes: float, *, up: bool) -> int:
    """Rounded outwards to five minutes: a closer figure would pretend."""
    return min(995, 5 * (ceil(minutes / 5) if up else floor(minutes / 5)))


def loads() -> list[Load]:
    """Every active service with its span for whoever would come now."""
    rows = _rows()
    return [
        Load(r.service, r.label, r.waiting + r.waiting_priority, r.oldest_us, _newcomer(r, rows), r.given) for r in rows
    ]


def for_ticket(service: str, priority: int) -> Estimate:
    """The span for a ticket that was given just now; it is one of those who wait."""
    rows = _rows()
    row = next((r for r in rows if r.service == service), None)
    if row is None:
        return span(0, norm_us(), 1, None)
    if priority:
        row.waiting_priority = max(0, row.waiting_priority - 1)
    else:
        row.waiting = max(0, row.waiting - 1)
    return _newcomer(row, rows, priority=bool(priority))


def _rows() -> list[QueueLoad]:
    with told():
        return list(QueueLoad.select().order_by(QueueLoad.position, QueueLoad.service))


def _newcomer(row: QueueLoad, rows: Sequence[QueueLoad], *, priority: bool = False) -> Estimate:
    """Behind everybody whom the same counters serve too: one that takes all services serves all of them in turn."""
    shares = [(r, _shared(row, r)) for r in rows]
    regular = sum(r.waiting * share for r, share in shares)
    first = sum(r.waiting_priority * share for r, share in shares)
    work = sum((r.waiting + r.waiting_priority) * share * (r.mean_us or norm_us()) for r, share in shares)
    everybody = regular + first
    mean = work / everybody if everybody else row.mean_us or norm_us()
    # One priority ticket in so many calls: between two of them come the others.
    ahead = first + min(regular, (first + 1) * (queue_settings.load().fair - 1)) if priority else everybody
    return span(round(ahead), round(mean), row.open_places, None if priority else row.last_wait_us)


def _shared(row: QueueLoad, other: QueueLoad) -> float:
    """Which part of another service's work falls to the counters that also take this one."""
    mine, theirs = set(row.places.split("|")), set(other.places.split("|"))
    return len(mine & theirs) / len(theirs)


def errors(day: str) -> list[int]:
    """For each ticket of a day that was called: by how many minutes its span was missed (0: the call lay inside)."""
    return errors_between(day, day)


def errors_between(first: str, last: str) -> list[int]:
    """The same for several days; a call that was taken back was none."""
    called = {v.ticket_id: v for v in visits(first, last) if v.first_called is not None}
    with told():
        days = Ticket.select(Ticket.id).where(Ticket.day.between(first, last))
        said = list(TicketEstimate.select().where(TicketEstimate.ticket_id.in_(days)))
    return [
        _outside((v.first_called - v.queued) // timedelta(minutes=1), e.low, e.high)
        for e in said
        if (v := called.get(e.ticket_id)) is not None and v.first_called is not None
    ]


def _outside(waited: int, low: int, high: int) -> int:
    return low - waited if waited < low else max(0, waited - high)


def typical_error(found: Sequence[int]) -> int | None:
    """The median of the errors in minutes; None where there are too few to say."""
    return int(median(found)) if len(found) >= 10 else None  # noqa: PLR2004  queue.md 2.3: below ten nothing is said
