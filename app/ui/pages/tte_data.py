"""What the TTE page reads: files on the Kadis's desk with both paraf, what he returned, what he signed today."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from secrets import SystemRandom
from typing import TYPE_CHECKING

from app.services import berkas, entry, fields, signing_desk, worklist
from app.services.case import Case
from app.services.signing_desk import ForSigning, Past
from app.services.worklist import WorkItem
from app.ui.desk import Desk
from app.ui.parts.paper_pane import document_label
from app.ui.tasks import Progress

if TYPE_CHECKING:
    from app.jobs.certificates import CertificateState

SPOT = 2
"""How many files of a batch must be opened before it is signed (beyond the SOP, ui.md 6.9)."""


@dataclass(frozen=True)
class SignRow:
    """One file of the list. `fault` is None while it is being checked, empty when nothing speaks against signing."""

    item: WorkItem
    beside: ForSigning
    fault: str | None = None

    @property
    def id(self) -> int:
        """The file."""
        return self.item.id

    @property
    def stand(self) -> tuple[int, int]:
        """A check holds as long as the file has this many lines."""
        return self.item.id, self.item.n

    @property
    def taken(self) -> bool:
        """Received by this officer: it may be worked on."""
        return self.item.mine and self.item.stage.held

    @property
    def fit(self) -> bool:
        """Whether it may be ticked."""
        return self.taken and self.fault == ""


@dataclass(frozen=True)
class OnDesk:
    """One reading of the desk; not received ones first, then the oldest."""

    rows: tuple[SignRow, ...]
    back: tuple[Past, ...]
    today: tuple[Past, ...]


def read(desk: Desk) -> OnDesk:
    """Everything the lists show; runs in the database thread."""
    now = desk.clock()
    items = worklist.waiting(desk.sop, desk.who, desk.office, now)
    items = sorted((i for i in items if i.stage.desk is desk.who.role), key=lambda i: (i.received, -i.share, i.since))
    beside = signing_desk.beside(desk.sop, desk.who, [i.id for i in items])
    return OnDesk(
        tuple(SignRow(i, beside[i.id]) for i in items), tuple(signing_desk.sent_back(desk.sop, desk.who)),
        tuple(signing_desk.signed_today(desk.sop, desk.who, now)),
    )  # fmt: skip


@dataclass(frozen=True)
class Checked:
    """What keeps files from being signed, and what this PC signs with."""

    faults: Mapping[tuple[int, int], str]
    certificate: CertificateState


def check(desk: Desk, stands: Sequence[tuple[int, int]], progress: Progress) -> Checked:
    """Compare every document with its hash and both paraf with the revision; long work."""
    # Signing loads half a second of libraries: in this thread, never in the window's.
    from app.jobs import certificates  # noqa: PLC0415
    from app.jobs.signing_batch import check_frozen  # noqa: PLC0415

    faults = {}
    for stand in stands:
        if progress.stop_asked:
            break
        faults[stand] = check_frozen(desk.workshop, stand[0])
    return Checked(faults, certificates.state(desk.workshop))


def subjects(row: SignRow) -> dict[str, str]:
    """What can be named in a return: the documents first, then the values; the reading is written down."""
    berkas.log_reading(row.id, "membuka isian")
    newest = entry.latest(row.id)
    papers = {d.subject: document_label(d.subject) for d in row.beside.documents}
    return {**papers, **fields.labels(newest.case if newest else Case())}


class SpotCheck:
    """Some files of a batch, drawn by lot, that must be opened before it is signed.

    A file stays drawn as long as it is ticked, so that ticking to and fro does not shop for an easier one.
    """

    def __init__(self) -> None:
        self._drawn: list[int] = []
        self._dice = SystemRandom()

    def draw(self, ticked: Sequence[int]) -> list[int]:
        """The files to open among these."""
        self._drawn = [i for i in self._drawn if i in ticked][:SPOT]
        others = [i for i in ticked if i not in self._drawn]
        self._drawn += self._dice.sample(others, min(SPOT - len(self._drawn), len(others)))
        return list(self._drawn)
