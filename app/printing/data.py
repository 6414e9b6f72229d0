"""What goes into the papers: frozen dataclasses filled by jobs; every time in them is local (WIB)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from app.services.case import Case
from app.services.office import Office

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Frame:
    """What every paper of a file carries: office, file number, database time, code for the QR, officer.

    `code` is our short code (app.sop.numbers); `arms` is the city's arms as PNG or JPEG bytes, or empty.
    """

    office: Office
    number: str
    printed_at_local: datetime
    code: str
    officer: str = ""
    arms: bytes = field(default=b"", repr=False)


@dataclass(frozen=True)
class Signer:
    """Who signs a document, where and on which day. Empty names leave a line to write on."""

    position: str
    name: str = ""
    rank: str = ""
    nip: str = ""
    place: str = ""
    day: date | None = None


@dataclass(frozen=True)
class Revision:
    """A frozen revision: its number and the SHA-256 (hex) of the entry it was made from."""

    number: int
    digest: str


@dataclass(frozen=True)
class Document:
    """One finished document with the place of its signature.

    `box` = x1, y1, x2, y2 in points from the lower left of page `page` (0-based); four zeros when there is none.
    """

    kind: Literal["akta", "kk", "ktp"]
    party: Literal["suami", "istri"]
    title: str
    pdf: bytes = field(repr=False)
    sha256: str
    pages: int
    page: int
    box: Box


@dataclass(frozen=True)
class TicketData:
    """A queue ticket (SOP row 1). No name, no NIK. Waits in minutes; `bring` = what to have ready."""

    office: Office
    label: str
    code: str
    service: str
    issued_at_local: datetime
    ahead: int
    wait_low: int
    wait_high: int
    bring: tuple[str, ...] = ()
    counter: str = ""
    notice: str = ""


@dataclass(frozen=True)
class Received:
    """One requirement as it was received: "asli dilihat, pindaian 3 halaman"."""

    label: str
    how: str = ""


@dataclass(frozen=True)
class ResiData:
    """Receipt of an application (SOP rows 3 and 7). `documents` = (name, copies); `promised_local` = file target."""

    frame: Frame
    received_at_local: datetime
    received_by: str
    channel: str
    documents: tuple[tuple[str, int], ...]
    requirements: tuple[Received, ...]
    promised_local: datetime
    delivery: str = ""
    applicant: str = ""


@dataclass(frozen=True)
class Problem:
    """One deficiency: where, what is wrong in plain words, and what to do about it."""

    about: str
    problem: str
    solution: str
    bring: str = ""


@dataclass(frozen=True)
class DeficiencyData:
    """The note of SOP rows 3 and 4: problems with solutions; the file is kept until `keep_until_local`."""

    frame: Frame
    problems: tuple[Problem, ...]
    keep_until_local: date
    note: str = ""
    how: str = ""
    applicant: str = ""


@dataclass(frozen=True)
class KtpRequestData:
    """Request for printing the KTP-el (SOP row 6): the case says what changes, the register line where it is kept."""

    frame: Frame
    case: Case
    requested_at_local: datetime
    reason: str = "Perubahan status perkawinan karena perceraian"
    register_line: str = ""


@dataclass(frozen=True)
class CardRow:
    """One hand-over on the control card: given by A, received by B, worked on. Times local; None = not yet.

    `step` = row of the SOP ("8"), `desk` = who holds the file, `norm` and `used` in minutes of work,
    `given_paraf`/`received_paraf` = initials (the officer's paraf).
    """

    step: str
    desk: str
    given_by: str = ""
    given_at_local: datetime | None = None
    given_paraf: str = ""
    received_by: str = ""
    received_at_local: datetime | None = None
    received_paraf: str = ""
    norm: float | None = None
    used: float | None = None
    remark: str = ""
    back: bool = False


@dataclass(frozen=True)
class CardData:
    """The control card (SOP: kartu kendali pelayanan). `facts` = (label, value) lines of its head.

    `seal` = the chain's head as shown to people, so that the printed twin can be compared with the program's card.
    """

    frame: Frame
    rows: tuple[CardRow, ...]
    facts: tuple[tuple[str, str], ...] = ()
    sums: tuple[tuple[str, str], ...] = ()
    seal: str = ""
    empty_rows: int = 4


@dataclass(frozen=True)
class DraftData:
    """One draft (SOP row 5) of a case, for the applicant to read and for officers to compare."""

    frame: Frame
    case: Case
    revision: Revision
    signer: Signer


def signer_of(office: Office, day: date | None) -> Signer:
    """The head of the office as signer on that day."""
    return Signer(office.head_position, office.head_name, office.head_rank, office.head_nip, office.city, day)
