"""What the kiosk does for one visitor: a number, or a web booking checked in, drawn for the printer and the screen."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from app.devices.printer import JobState
from app.errors import Shown, Unavailable
from app.jobs import tickets
from app.jobs.workshop import Workshop
from app.printing import qr
from app.services import bookings, queue, queue_settings
from app.services.queue import Issued
from app.sop.queue import State


class Paper(Enum):
    """In the visitor's hand; surely not; or nobody can say (a printer that tells nothing, a queue that is slow)."""

    THERE = "there"
    NOT = "not"
    PERHAPS = "perhaps"


@dataclass(frozen=True)
class Printed:
    """What became of the paper, and where it is not surely there, why."""

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


def give(key: str, service: str, *, priority: bool) -> Given:
    """The next number of a service; the same press gives the same number."""
    return _given(key, queue.issue(key, service=service, priority=priority))


def check_in(key: str, reference: str, *, priority: bool) -> Given:
    """The owner of a web booking has come; Refused says why he cannot have his number now."""
    return _given(key, bookings.check_in(reference, key, priority=priority))


def _given(key: str, issued: Issued) -> Given:
    try:
        names = {s.service: s.label for s in queue_settings.services(also_closed=True)}
        pdf = tickets.drawn(issued)
    except Unavailable:
        # The number counts already: it is shown large, and the visitor takes a picture of it.
        names, pdf = {}, b""
    return Given(key, issued, names.get(issued.ticket.service, ""), qr.matrix(issued.ticket.code), pdf)


def to_paper(shop: Workshop, given: Given) -> Printed:
    """Print it; needs no database, so that a lost server costs nobody his paper. The same number as often as asked."""
    if not given.pdf:
        return Printed(Paper.NOT, "Kertas tidak sempat disiapkan karena server terputus.")
    try:
        printer = shop.printer_for("ticket")
        status = tickets.followed(printer, printer.print_pdf(given.pdf, f"tiket {given.label}", "A5"))
    except Shown as trouble:
        return Printed(Paper.NOT, trouble.message)
    if status.state is JobState.COMPLETED:
        return Printed(Paper.THERE)
    reason = status.reason or "Cetakan masih menunggu di antrean printer."
    return Printed(Paper.NOT if status.state is JobState.STOPPED else Paper.PERHAPS, reason)


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


def still_waits(given: Given) -> bool:
    """Whether printing it now still helps somebody: it was not called yet."""
    return queue.ticket(given.issued.ticket.id).state is State.WAITING
