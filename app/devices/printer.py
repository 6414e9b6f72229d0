"""What a printer is to this program: takes a PDF, gives a job, and says truly what became of it."""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass
from enum import Enum
from typing import Literal, Protocol

from app import pdfium
from app.errors import Refused

Media = Literal["A4", "A5", "F4", "roll"]
# Sizes in millimetres; F4 is the Indonesian folio, which CUPS and Qt do not know by name.
# A roll has no size of its own: it is cut as long as the page is.
SIZES: dict[Media, tuple[int, int]] = {"A4": (210, 297), "A5": (148, 210), "F4": (215, 330)}
MM = 72 / 25.4
MAX_COPIES = 20
TITLE_LENGTH = 60


class JobState(Enum):
    """COMPLETED means the printer or its spooler said so; LOST means nobody can say any more."""

    QUEUED = "queued"
    PRINTING = "printing"
    COMPLETED = "completed"
    STOPPED = "stopped"
    LOST = "lost"


@dataclass(frozen=True)
class JobStatus:
    """A state and, where something is in the way, one Indonesian sentence about it."""

    state: JobState
    reason: str = ""


@dataclass(frozen=True)
class Job:
    """One hand-over to one printer; `number` is the driver's own."""

    printer: str
    number: str


@dataclass(frozen=True)
class Description:
    """A printer as it is offered for choosing; `note` says why one that is not ready is not."""

    name: str
    label: str
    kind: Literal["lp", "qt", "folder", "thermal"]
    ready: bool
    note: str = ""


class Printer(Protocol):
    """One queue. Every call blocks for as long as the system needs and belongs into the long-work pool."""

    name: str

    def describe(self) -> Description:
        """How it stands now; Refused (code "no_printer") when it is gone."""

    def print_pdf(self, data: bytes, title: str, media: Media = "A4", copies: int = 1) -> Job:
        """Hands the PDF over; the title shows on the printer's panel and must hold no person's name."""

    def state(self, job: Job) -> JobStatus:
        """What became of a job."""


def page_mm(media: Media, data: bytes) -> tuple[float, float]:
    """Width and height of the paper to ask for, in millimetres; on a roll that of the PDF's first page."""
    if media != "roll":
        return SIZES[media]
    width, height = pdfium.sizes(data)[0]
    return round(width / MM, 1), math.ceil(height / MM * 10) / 10


def safe_title(title: str) -> str:
    """Plain characters only: titles travel through command lines, spool files and panels."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    kept = " ".join(re.sub(r"[^A-Za-z0-9._ -]+", "-", plain).split())
    return kept.strip(" .-")[:TITLE_LENGTH] or "dokumen"


def demand_printable(data: bytes, copies: int) -> None:
    """What no driver takes: something that is no PDF, or a number of copies that is a slip of the finger."""
    if not data.startswith(b"%PDF-"):
        raise Refused("Yang akan dicetak bukan PDF. Buat ulang dokumennya, lalu cetak lagi.", code="not_pdf")
    if not 1 <= copies <= MAX_COPIES:
        raise Refused(f"Jumlah salinan harus 1 sampai {MAX_COPIES}. Perbaiki jumlahnya.", field="copies")


def no_printer(name: str) -> Refused:
    """A queue that is not there; never is another one taken instead (devices.md 3, trap 1)."""
    return Refused(
        f"Printer “{name}” tidak ada di komputer ini, jadi tidak ada yang dicetak. Pilih printer lain.",
        field="printer",
        code="no_printer",
    )
