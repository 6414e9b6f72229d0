"""Prints a stored paper and writes down what the spooler says: never "printed" before it is."""

from __future__ import annotations

import time

from app.devices.printer import JobState, JobStatus, Media
from app.errors import Shown
from app.jobs.workshop import Progress, Workshop
from app.services import papers
from app.services.accounts import Who
from app.services.berkas import head
from app.services.keys import derived
from app.services.papers import PaperRow

WAIT_SECONDS = 20.0
MEDIA: dict[str, Media] = {"resi": "A5", "deficiency": "A5"}
TITLES = {
    "draft_print": "draf", "resi": "resi", "deficiency": "catatan kekurangan", "ktp_request": "pengajuan KTP-el",
    "card": "kartu kendali", "document": "dokumen", "signed": "dokumen bertanda tangan", "scan": "pindaian",
}  # fmt: skip
OPEN = (JobState.QUEUED, JobState.PRINTING)


def print_paper(
    shop: Workshop, who: Who, paper: PaperRow, key: str, progress: Progress | None = None, printer: str = ""
) -> JobStatus:
    """Hand a paper to its printer and follow the job for at most 20 s; every change of state is recorded.

    Returns the last known state. QUEUED or PRINTING then means that it still waits: nothing is called printed.
    Refused where the printer is unknown, Unavailable where the spooler cannot be reached; both are recorded as LOST.
    """
    data = papers.data(paper.sha256)
    number = head(shop.sop, paper.berkas_id).number
    name = printer or shop.printers.get(paper.kind, "")
    try:
        device = shop.printer_for(paper.kind, printer)
        name = device.name
        job = device.print_pdf(data, f"{number} {TITLES[paper.kind]}", MEDIA.get(paper.kind, "A4"))
    except Shown as e:
        papers.record_print(who, paper, name, "", JobState.LOST.name, e.message, derived(key, "lost"))
        raise
    status, end, last = JobStatus(JobState.QUEUED), time.monotonic() + WAIT_SECONDS, None
    while True:
        status = device.state(job)
        if status.state is not last:
            last = status.state
            papers.record_print(who, paper, device.name, job.number, last.name, status.reason, derived(key, last.name))
            if progress:
                progress.report(0, 1, said(status))
        if status.state not in OPEN or time.monotonic() > end or (progress and progress.stop_asked):
            return status
        time.sleep(0.2)


def said(status: JobStatus) -> str:
    """The state in words an officer can act on."""
    words = {
        JobState.QUEUED: "Menunggu printer", JobState.PRINTING: "Sedang dicetak", JobState.COMPLETED: "Sudah tercetak",
        JobState.STOPPED: "Printer berhenti", JobState.LOST: "Keadaan cetakan tidak diketahui",
    }  # fmt: skip
    return words[status.state] + (f": {status.reason}" if status.reason else "")
