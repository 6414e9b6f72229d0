"""Thermal printers without a driver: the PDF becomes a picture of dots, and goes straight to the printer."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol, get_args
from urllib.parse import parse_qsl, quote, unquote

from app import pdfium
from app.devices import escpos
from app.devices.printer import Description, Job, JobState, JobStatus, Media, demand_printable, no_printer
from app.errors import Refused, Shown, Unavailable

if TYPE_CHECKING:
    from PIL.Image import Image

PREFIX = "thermal:"
DPI = 203.2
"""Eight dots to a millimetre, exactly as the papers are drawn: one dot of the drawing is one dot on paper."""
DOTS_PER_MM = 8
THRESHOLD = 160
"""Darker than this is black: thin grey edges of letters stay, white paper stays white."""

Width = Literal[80, 58]
Way = Literal["tcp", "file", "spooler", "driver"]
WAYS: tuple[Way, ...] = get_args(Way)
LABELS: dict[Way, str] = {"tcp": "jaringan", "file": "kabel", "spooler": "antrean Windows", "driver": "driver"}
LOW = "Kertas hampir habis. Siapkan gulungan baru."
_numbers = itertools.count(1)


class Transport(Protocol):
    """The way to one printer."""

    def send(self, data: bytes) -> escpos.Health | None:
        """Hand everything over and ask how it went; None where this way has no answer. Unavailable where it failed."""

    def ask(self) -> escpos.Health | None:
        """How the printer is now; None where this way cannot tell. Unavailable where nobody is there."""


@dataclass(frozen=True)
class Address:
    """Where a thermal printer is, and its paper.

    `tcp` host:port, `file` a device, `spooler` a Windows queue without its driver, `driver` any queue with it.
    """

    way: Way
    place: str
    width: Width = 80
    cut: bool = True

    @property
    def name(self) -> str:
        """As the settings keep it; `parse` reads it back."""
        place = quote(self.place, safe="/:\\ ")
        return f"{PREFIX}{self.way}://{place}?width={self.width}&cut={int(self.cut)}"

    @property
    def label(self) -> str:
        """As officers read it."""
        return f"Printer tiket {self.width} mm ({LABELS[self.way]}: {self.place})"


def parse(name: str) -> Address:
    """The address in a printer's name; Refused (code "no_printer") where it is none."""
    way, _, rest = name.removeprefix(PREFIX).partition("://")
    place, _, query = rest.rpartition("?")
    asked = dict(parse_qsl(query))
    known = next((w for w in WAYS if w == way), None)
    width: Width | None = next((w for w in get_args(Width) if str(w) == asked.get("width", "80")), None)
    if not name.startswith(PREFIX) or known is None or width is None or not place:
        raise no_printer(name)
    return Address(known, unquote(place), width, asked.get("cut", "1") != "0")


def roll(name: str) -> Width:
    """How wide the paper in this printer is; 80 mm for one that is no thermal printer of ours."""
    try:
        return parse(name).width
    except Refused:
        return 80


class ThermalPrinter:
    """One thermal printer. A job is finished when the printer says so itself; where it cannot, nobody claims it."""

    def __init__(self, address: Address, transport: Transport | None = None) -> None:
        self.name, self._address = address.name, address
        self._transport = transport or _way(address)
        self._jobs: dict[str, JobStatus] = {}

    def describe(self) -> Description:
        """How it stands now, asked of the printer itself."""
        label = self._address.label
        try:
            found = self._transport.ask()
        except Shown as trouble:
            return Description(self.name, label, "thermal", ready=False, note=trouble.message)
        note = found.trouble if found else ""
        if found and not note and found.low:
            note = LOW
        return Description(self.name, label, "thermal", ready=not (found and found.trouble), note=note)

    def print_pdf(self, data: bytes, title: str, media: Media = "A4", copies: int = 1) -> Job:
        """Print each page as a strip. A printer that says beforehand that it cannot is not sent anything."""
        del title, media  # dots carry neither
        demand_printable(data, copies)
        strips = [escpos.ticket(r, cut=self._address.cut) for r in rasters(data, self._address.width)]
        job = Job(self.name, str(next(_numbers)))
        before = self._transport.ask()
        if before is not None and before.trouble:
            raise Unavailable(before.trouble, code="printer")
        after = self._transport.send(b"".join(strips * copies))
        self._jobs[job.number] = _status(after)
        return job

    def state(self, job: Job) -> JobStatus:
        """What the printer said after the job; LOST where it has no way to say anything."""
        return self._jobs.get(job.number, JobStatus(JobState.LOST, "Printer tidak lagi mengenal cetakan ini."))


def _status(after: escpos.Health | None) -> JobStatus:
    if after is None:
        return JobStatus(JobState.LOST, "Printer ini tidak dapat melapor. Periksa apakah kertasnya keluar.")
    if after.trouble:
        return JobStatus(JobState.STOPPED, after.trouble)
    return JobStatus(JobState.COMPLETED, LOW if after.low else "")


def rasters(data: bytes, width: Width) -> list[escpos.Raster]:
    """The pages of a PDF strip as dots of a 203 dpi head; Refused where a page is not as wide as the roll.

    What the head cannot reach at both edges of the roll is cut away; the papers leave it empty.
    """
    return [_raster(page, width) for page in pdfium.pictures(data, DPI)]


def _raster(page: Image, width: Width) -> escpos.Raster:
    from PIL import Image as Pictures  # noqa: PLC0415 -- needed only when something is printed

    dots = escpos.DOTS[width]
    if page.width != width * DOTS_PER_MM:
        raise Refused(
            f"Kertas ini bukan untuk gulungan {width} mm. Pilih printer lain untuk kertas ini.", field="printer"
        )
    strip = Pictures.new("L", (dots, page.height), 255)
    strip.paste(page.convert("L"), ((dots - page.width) // 2, 0))
    black = strip.point(lambda level: 0 if level >= THRESHOLD else 255, mode="1")
    return escpos.Raster(dots, strip.height, black.tobytes())


def _way(address: Address) -> Transport:
    # Each way is loaded when it is used: Windows' spooler exists on Windows only.
    if address.way == "tcp":
        from app.devices.thermal_tcp import TcpWay  # noqa: PLC0415

        return TcpWay(address.place)
    if address.way == "file":
        from app.devices.thermal_file import FileWay  # noqa: PLC0415

        return FileWay(address.place)
    from app.devices.thermal_spooler import SpoolerWay  # noqa: PLC0415

    return SpoolerWay(address.place)
