"""Issues a queue ticket and prints it (SOP row 1): the number counts even when no paper came out."""

from __future__ import annotations

import time
from dataclasses import dataclass

from app.devices.printer import Job, JobState, JobStatus, Printer
from app.errors import Shown
from app.jobs.workshop import Progress, Workshop, office_now
from app.printing.data import TicketData
from app.printing.ticket import ticket
from app.services import accounts, intake
from app.services.case import Reporter, Route
from app.services.counter import counter_minutes
from app.services.intake import TicketRow
from app.sop.calendar import WIB
from app.sop.model import Channel, Role, Sop

WAIT_SECONDS = 8.0
SERVICE = "PELITA 3: Akta Perceraian, KK, KTP-el"
OPEN = (JobState.QUEUED, JobState.PRINTING)


@dataclass(frozen=True)
class IssuedTicket:
    """The number that was given. `printed` is what the printer said last; STOPPED or LOST means there is no paper."""

    ticket: TicketRow
    pdf: bytes
    printed: JobStatus | None


def issue_ticket(shop: Workshop, key: str, progress: Progress | None = None, *, paper: bool = True) -> IssuedTicket:
    """The day's next number, on paper if `paper`. Printer trouble is told in `printed`; the number stays valid."""
    row = intake.take_ticket(key)
    if progress:
        progress.report(0, 1, f"Nomor {row.label}")
    pdf = ticket(_data(shop, row))
    return IssuedTicket(row, pdf, _print(shop, row, pdf) if paper else None)


def wait_range(sop: Sop, ahead: int, counters: int) -> tuple[int, int]:
    """Minutes until the call: all counters working at the SOP's norm, to half of them and one applicant more."""
    norm = counter_minutes(sop, Channel.OFFLINE)
    return ahead * norm // counters, (ahead + 1) * norm // max(1, counters // 2)


def _data(shop: Workshop, row: TicketRow) -> TicketData:
    places = {o.place for o in accounts.officers() if o.active and any(h.role is Role.FO for h in o.hats)}
    low, high = wait_range(shop.sop, row.ahead, max(1, len(places)))
    bring = tuple(r.label for r in intake.requirements(0, Route.PN, Reporter.UNKNOWN) if r.required)
    at_local = row.at.astimezone(WIB)
    return TicketData(office_now(), row.label, row.code, SERVICE, at_local, row.ahead, low, high, bring)


def _print(shop: Workshop, row: TicketRow, pdf: bytes) -> JobStatus:
    try:
        printer = shop.printer_for("ticket")
        return _followed(printer, printer.print_pdf(pdf, f"tiket {row.label}", "A5"))
    except Shown as trouble:
        return JobStatus(JobState.LOST, trouble.message)


def _followed(printer: Printer, job: Job) -> JobStatus:
    end = time.monotonic() + WAIT_SECONDS
    status = printer.state(job)
    while status.state in OPEN and time.monotonic() < end:
        time.sleep(0.2)
        status = printer.state(job)
    return status
