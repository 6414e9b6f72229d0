"""A ticket printer with a driver of its own: a queue like any other, but its paper is a roll."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from app.devices.printer import Description, Job, JobStatus, Media, Printer

if TYPE_CHECKING:
    from app.devices.thermal import Address


class DriverPrinter:
    """Asks the queue for a page exactly as large as the ticket; what became of it the queue says."""

    def __init__(self, address: Address, queue: Printer) -> None:
        self.name, self._address, self._queue = address.name, address, queue

    def describe(self) -> Description:
        """The queue's own word."""
        found = self._queue.describe()
        return replace(found, name=self.name, label=self._address.label, kind="thermal")

    def print_pdf(self, data: bytes, title: str, media: Media = "A4", copies: int = 1) -> Job:
        """Whatever was asked for, the paper here is a roll."""
        del media
        return self._queue.print_pdf(data, title, "roll", copies)

    def state(self, job: Job) -> JobStatus:
        """What became of a job."""
        return self._queue.state(job)
