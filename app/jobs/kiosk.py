"""What the kiosk does for one visitor: a number, or a web booking checked in, drawn for the printer and the screen."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field, replace

from app.errors import Shown, Unavailable
from app.jobs import tickets
from app.jobs.workshop import Workshop
from app.printing import qr
from app.services import bookings, queue, queue_settings, ticket_paper
from app.services.keys import derived
from app.services.queue import Issued
from app.services.ticket_paper import Paper
from app.sop.queue import State


@dataclass(frozen=True)
class Printed:
    """What became of the paper: OUT, FAILED, or UNSURE; and where it is not surely there, why."""

    paper: Paper
    reason: str = ""


@dataclass(frozen=True)
class Given:
    """A number that was given: what the screen draws of it, and the paper. `pdf` is empty where it could not be drawn.

    `code` is the ticket's QR, row by row.
    """

    key: str
    issued: Issued
    service: str
    code: tuple[tuple[bool, ...], ...] = field(repr=False)
    pdf: bytes = field(repr=False)

    @property
    def label(self) -> str:
        """The number as people say it."""
        return self.issued.ticket.label


def give(shop: Workshop, key: str, service: str, *, priority: bool) -> Given:
    """The next number of a service; the same press gives the same number."""
    return _given(shop, key, queue.issue(key, service=service, priority=priority))


def check_in(shop: Workshop, key: str, reference: str, *, priority: bool) -> Given:
    """The owner of a web booking has come; Refused says why he cannot have his number now."""
    return _given(shop, key, bookings.check_in(reference, key, priority=priority))


def _given(shop: Workshop, key: str, issued: Issued) -> Given:
    """The number counts already: what fails from here on costs its owner at most the paper, and the screen shows it."""
    names: dict[str, str] = {}
    pdf = b""
    with suppress(Unavailable):
        _asked(key, issued)
    with suppress(Unavailable):
        names = {s.service: s.label for s in queue_settings.services(also_closed=True)}
        pdf = tickets.drawn(issued, tickets.paper_width(shop))
    return Given(key, issued, names.get(issued.ticket.service, ""), qr.matrix(issued.ticket.code), pdf)


def _asked(key: str, issued: Issued) -> None:
    """A paper is wanted for it: from now on it is one without, until somebody says that it is out."""
    ticket_paper.begin(issued, derived(key, "paper"), wanted=True)


def to_paper(shop: Workshop, given: Given) -> Printed:
    """Print it; needs no database, so that a lost server costs nobody his paper. The same number as often as asked."""
    if not given.pdf:
        return Printed(Paper.FAILED, "Kertas tidak sempat disiapkan karena server terputus.")
    status, paper = tickets.to_paper(shop, given.label, given.pdf)
    waits = "Cetakan masih menunggu di antrean printer." if paper is Paper.UNSURE else ""
    return Printed(paper, status.reason or waits)


def tell(given: Given, found: Printed, key: str) -> None:
    """Let counters know what became of a paper. What a counter printed meanwhile is out, whatever is said so late."""
    ticket = given.issued.ticket
    if ticket_paper.last(ticket.id) is Paper.OUT:
        return
    _asked(given.key, given.issued)
    ticket_paper.tell(ticket.id, found.paper, key, found.reason)


@dataclass(frozen=True)
class Health:
    """Whether the ticket printer can print now, and a sentence where it cannot or will soon not."""

    ready: bool
    note: str = ""


def printer_health(shop: Workshop) -> Health:
    """How the ticket printer is."""
    try:
        found = shop.printer_for("ticket").describe()
    except Shown as trouble:
        return Health(ready=False, note=trouble.message)
    return Health(found.ready, found.note or ("" if found.ready else "Printer tiket tidak siap."))


def still_wanted(shop: Workshop, late: Iterable[Given]) -> tuple[Given, ...]:
    """Of these, whose paper still helps somebody: not called yet, and not printed at a counter. Ready to be printed."""
    return tuple(_drawn_late(shop, given) for given in late if _waits(given))


def _waits(given: Given) -> bool:
    number = given.issued.ticket.id
    return queue.ticket(number).state is State.WAITING and ticket_paper.last(number) is not Paper.OUT


def _drawn_late(shop: Workshop, given: Given) -> Given:
    return given if given.pdf else replace(given, pdf=tickets.drawn(given.issued, tickets.paper_width(shop)))
