"""Printing on Linux: the PDF itself to CUPS by `lp`, its fate by IPP; no compiled dependency."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from typing import TYPE_CHECKING

from app.devices import ipp
from app.devices.printer import (
    Description,
    Job,
    JobState,
    JobStatus,
    demand_printable,
    no_printer,
    page_mm,
    safe_title,
)
from app.errors import Refused, Unavailable

if TYPE_CHECKING:
    from app.devices.printer import Media

TIMEOUT = 20.0
NAMED = ("A4", "A5")
"""Sizes that CUPS knows by name."""
# A destination's name in CUPS: no blank, no slash, no hash; a leading dash would be read as an option.
QUEUE = re.compile(r"[^\s/#\-][^\s/#]{0,126}")
REQUEST = re.compile(r"request id is (\S+)-(\d+) ")
# job-state and printer-state of RFC 8011, 5.3.7 and 5.4.11.
PROCESSING, CANCELED, ABORTED, COMPLETED = 5, 7, 8, 9
PRINTER_STOPPED = 5
FINAL = {
    CANCELED: JobStatus(JobState.STOPPED, "Cetakan dibatalkan."),
    ABORTED: JobStatus(JobState.STOPPED, "Printer tidak dapat mengolah dokumen ini. Coba cetak ke printer lain."),
    COMPLETED: JobStatus(JobState.COMPLETED),
}


def usable() -> bool:
    """True where both commands are installed."""
    return shutil.which("lp") is not None and shutil.which("lpstat") is not None


def list_queues() -> list[str]:
    """The queues' names, in CUPS' order; none when nobody has set one up."""
    answer = _run("lpstat", "-e")
    return [line.strip() for line in answer.stdout.splitlines() if line.strip()] if answer.returncode == 0 else []


class LpPrinter:
    """One CUPS queue."""

    def __init__(self, name: str) -> None:
        self.name = name

    def describe(self) -> Description:
        """Asks CUPS; a stopped queue is offered, with what it says."""
        answer = self._answer()
        stopped = _stopped(answer)
        label = str(answer.get("printer-info", [""])[0]) or self.name
        return Description(self.name, label, "lp", ready=not stopped, note=stopped)

    def print_pdf(self, data: bytes, title: str, media: Media = "A4", copies: int = 1) -> Job:
        """Hands the PDF to CUPS by standard input: no file of ours is left anywhere."""
        demand_printable(data, copies)
        self._answer()
        width, height = page_mm(media, data)
        page = media if media in NAMED else f"Custom.{width:g}x{height:g}mm"
        exact = ("-o", "print-scaling=none") if media == "roll" else ()
        order = ("lp", "-d", self.name, "-t", safe_title(title), "-n", str(copies), "-o", f"media={page}", *exact, "-")
        answer = _run(*order, data=data)
        found = REQUEST.search(answer.stdout)
        if answer.returncode or not found or found[1] != self.name:
            raise _trouble(self.name, answer.stderr)
        return Job(self.name, found[2])

    def state(self, job: Job) -> JobStatus:
        """What CUPS says of the job; one it does not know any more is LOST, never COMPLETED."""
        found = ipp.job(self.name, int(job.number))
        if found is None:
            return JobStatus(JobState.LOST, "Printer tidak lagi mengenal cetakan ini. Periksa kertasnya.")
        number = found["job-state"][0]
        if number in FINAL:
            return FINAL[int(number)]
        stopped = _stopped(self._answer())
        if stopped:
            return JobStatus(JobState.STOPPED, stopped)
        return JobStatus(JobState.PRINTING if number == PROCESSING else JobState.QUEUED)

    def _answer(self) -> ipp.Answer:
        """The queue's own attributes; Refused when there is no such queue."""
        found = ipp.printer(self.name) if QUEUE.fullmatch(self.name) else None
        if found is None:
            raise no_printer(self.name)
        return found


def _stopped(answer: ipp.Answer) -> str:
    """What the queue says when it is stopped, "" when it works."""
    if answer.get("printer-state") != [PRINTER_STOPPED]:
        return ""
    words = str(answer.get("printer-state-message", [""])[0]).strip()
    told = f" ({words})" if words and words != "Paused" else ""
    return f"Printer berhenti{told}. Periksa kertas, kabel, dan panelnya; cetakan menunggu."


def _run(*command: str, data: bytes = b"") -> subprocess.CompletedProcess[str]:
    """Runs one of CUPS' commands in the C locale, so that its words are the ones we know."""
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "LANGUAGE": ""}
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=TIMEOUT, env=environment, check=False)
    except FileNotFoundError:
        raise Unavailable("Perintah cetak (CUPS) belum terpasang. Pasang paket cups-client, lalu coba lagi.") from None
    except subprocess.TimeoutExpired:
        raise Unavailable("Layanan cetak tidak menjawab. Periksa server CUPS, lalu coba lagi.") from None
    out, err = done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")
    return subprocess.CompletedProcess(command, done.returncode, out, err)


def _trouble(name: str, words: str) -> Refused | Unavailable:
    """CUPS' complaint in the officer's words."""
    low = words.lower()
    if any(sign in low for sign in ("invalid destination", "does not exist", "unknown destination", "not found")):
        return no_printer(name)
    if "not accepting" in low:
        return Unavailable(f"Printer “{name}” sedang tidak menerima cetakan. Coba lagi nanti atau pilih printer lain.")
    if any(sign in low for sign in ("scheduler", "unable to connect", "connection refused", "bad file descriptor")):
        return Unavailable("Layanan cetak (CUPS) tidak berjalan. Nyalakan layanannya, lalu coba lagi.")
    return Unavailable(f"Printer “{name}” menolak: {' '.join(words.split())[:160]}. Coba lagi atau pilih printer lain.")
