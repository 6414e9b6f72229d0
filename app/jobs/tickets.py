"""Issues a queue ticket and prints it (SOP row 1): the number counts even when no paper came out."""

from __future__ import annotations

import time
from dataclasses import dataclass

from app.devices import thermal
from app.devices.printer import Job, JobState, JobStatus, Printer
from app.errors import Shown
from app.jobs.workshop import Progress, Workshop
from app.printing.data import TicketData
from app.printing.ticket import ticket
from app.services import bookings, devices, intake, queue, queue_settings, ticket_paper
from app.services.case import Route
from app.services.keys import derived, new_key
from app.services.office import Office
from app.services.queue import Issued
from app.services.queue_settings import Service
from app.services.ticket_paper import Paper
from app.sop.calendar import WIB

WAIT_SECONDS = 8.0
SERVICE = "PELITA 3: Akta Perceraian, KK, KTP-el"
OPEN = (JobState.QUEUED, JobState.PRINTING)


@dataclass(frozen=True)
class IssuedTicket:
    """The number that was given. `printed` is what the printer said last, `paper` what that means for its owner."""

    ticket: Issued
    pdf: bytes
    printed: JobStatus | None
    paper: Paper = Paper.NONE


def issue_ticket(
    shop: Workshop,
    key: str,
    progress: Progress | None = None,
    *,
    paper: bool = True,
    service: str = "",
    priority: bool = False,
    booking_id: int | None = None,
) -> IssuedTicket:
    """The day's next number, on paper if `paper`. Printer trouble is told in `printed`; the number stays valid."""
    row = queue.issue(key, service=service, priority=priority, booking_id=booking_id)
    return _given(shop, row, key, progress, paper=paper)


def check_in_ticket(
    shop: Workshop, key: str, reference: str, progress: Progress | None = None, *, priority: bool = False
) -> IssuedTicket:
    """The owner of a web booking has come to a counter: his number, on paper. Refused as by `bookings.check_in`."""
    return _given(shop, bookings.check_in(reference, key, priority=priority), key, progress, paper=True)


def _given(shop: Workshop, row: Issued, key: str, progress: Progress | None, *, paper: bool) -> IssuedTicket:
    if progress:
        progress.report(0, 1, f"Nomor {row.ticket.label}")
    ticket_paper.begin(row, derived(key, "paper"), wanted=paper)
    pdf = drawn(row, paper_width(shop))
    return _handed_out(shop, row, pdf, again=False) if paper else IssuedTicket(row, pdf, None)


def reprint_ticket(shop: Workshop, ticket_id: int) -> IssuedTicket:
    """The same number on the same paper once more: nothing on it says that it is a second one, and nothing is counted.

    Everything on it is read from the database, so any PC with a ticket printer can do it.
    """
    row = ticket_paper.as_issued(ticket_id)
    pdf = drawn(row, paper_width(shop))
    return _handed_out(shop, row, pdf, again=True)


def paper_width(shop: Workshop) -> thermal.Width:
    """How wide the roll in this PC's ticket printer is."""
    return thermal.roll(shop.printers.get("ticket") or shop.printers.get("") or "")


def drawn(row: Issued, width: thermal.Width = 80) -> bytes:
    """The ticket as a PDF; asks the database, so that printing it (once or again) needs none."""
    found = next((s for s in queue_settings.services(also_closed=True) if s.service == row.ticket.service), None)
    face = devices.face()
    office = Office(name=face.name, city=face.city, short_name=face.short_name, contact=face.contact)
    at_local = row.ticket.queued_at.astimezone(WIB)
    service = found.label if found else SERVICE
    return ticket(
        TicketData(
            office, row.ticket.label, row.ticket.code, service, at_local, row.ahead, row.low, row.high, _bring(found)
        ),
        width,
    )


def _bring(service: Service | None) -> tuple[str, ...]:
    """The papers to have ready: those of the court that the service names; none for who only asks or completes."""
    words = f"{service.label} {service.detail}" if service else ""
    route = next((r for word, r in (("Negeri", Route.PN), ("Agama", Route.PA)) if word in words), None)
    return intake.to_bring(route) if route else ()


def _handed_out(shop: Workshop, row: Issued, pdf: bytes, *, again: bool) -> IssuedTicket:
    """Print, and keep for everybody what became of the paper; a second try that fails says nothing new of it."""
    status, state = to_paper(shop, row.ticket.label, pdf)
    if not again or state is not Paper.FAILED:
        ticket_paper.tell(row.ticket.id, state, new_key(), status.reason)
    return IssuedTicket(row, pdf, status, state)


def to_paper(shop: Workshop, label: str, pdf: bytes) -> tuple[JobStatus, Paper]:
    """Print a ticket and say what became of it; needs no database, and gives the same number as often as it is asked.

    LOST where nothing was taken is no paper; LOST after the hand-over is a printer that cannot tell.
    """
    try:
        printer = shop.printer_for("ticket")
        status = followed(printer, printer.print_pdf(pdf, f"tiket {label}", "roll"))
    except Shown as trouble:
        return JobStatus(JobState.LOST, trouble.message), Paper.FAILED
    known = {JobState.COMPLETED: Paper.OUT, JobState.STOPPED: Paper.FAILED}
    return status, known.get(status.state, Paper.UNSURE)


def followed(printer: Printer, job: Job) -> JobStatus:
    """What became of a ticket's job, as long as its owner waits for it."""
    end = time.monotonic() + WAIT_SECONDS
    status = printer.state(job)
    while status.state in OPEN and time.monotonic() < end:
        time.sleep(0.2)
        status = printer.state(job)
    return status
