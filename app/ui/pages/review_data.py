"""What the review page reads before it shows a file: runs in the database thread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication

from app.errors import Refused
from app.services import berkas, card, catalogue, clocks, entry, fields, four_eyes, journey, papers
from app.services.berkas import Head
from app.services.card import Line
from app.services.case import Case, Route
from app.services.fields import ValueRow
from app.services.papers import DraftRow, PaperRow
from app.sop.calendar import OfficeHours
from app.sop.model import Step
from app.ui.desk import Desk
from app.ui.drafts import Drafts
from app.ui.parts import moments
from app.ui.parts.paper_pane import Leaflet, document_label


def _tr(text: str) -> str:
    return QCoreApplication.translate("review_data", text)


@dataclass(frozen=True)
class Review:
    """One file as a reviewer compares it. Acts are None where this officer has none here now."""

    file: Head
    draft: DraftRow | None
    rows: tuple[ValueRow, ...]
    scans: tuple[Leaflet, ...]
    documents: tuple[Leaflet, ...]
    seen: frozenset[tuple[str, int]]
    forward: Step | None
    backward: Step | None
    mine: bool
    barred: str
    fault: str
    received: Line | None
    last: Line
    hours: OfficeHours
    norm: timedelta
    row: int
    kept: Mapping[str, object]
    problems: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def changed(self) -> int:
        """How many values differ from the previous draft."""
        return sum(r.old is not None for r in self.rows)

    @property
    def again(self) -> bool:
        """Whether there was a draft before this one."""
        return self.draft is not None and self.draft.rev > 1

    def key(self) -> str:
        """Under which the marks are kept on this PC: no name, no NIK."""
        return key_of(self.file)


@dataclass(frozen=True)
class State:
    """What tells whether the shown file is still the true one."""

    n: int
    draft_rev: int
    stage: str
    last: str


def key_of(file: Head) -> str:
    """The local draft's key of a file's marks."""
    return f"{file.number}-periksa"


def load(desk: Desk, drafts: Drafts, berkas_id: int, *, log: bool) -> Review:
    """Everything of one file but the bytes of its papers; the reading is written down first (UU 27/2022 art. 31)."""
    file = berkas.head(desk.sop, berkas_id)
    if log:
        berkas.log_reading(file.id, "membuka untuk diperiksa")
    draft, case, before = _cases(file)
    rows = fields.listing(case, before)
    lines = card.lines(desk.sop, file.id)
    mine = file.stage.held and file.stage.desk is desk.who.role and file.holder == desk.who.login
    steps = desk.sop.offered(desk.who.role, file.stage, file.channel) if mine else ()
    forward = next((s for s in steps if s.hands_over and not s.back), None)
    row = desk.sop.row_at(file.stage, file.channel) or 0
    must, now = papers.must_see(file.id), desk.clock()
    return Review(
        file, draft, rows, tuple(_leaflets(papers.scans(file.id), must, _paper_names(case.route))),
        tuple(_leaflets(draft.documents if draft else (), must, {})), papers.seen(desk.who, file.id), forward,
        next((s for s in steps if s.hands_over and s.back), None), mine,
        four_eyes.barred(desk.sop, desk.who, desk.office, file, forward.key) if forward else "", _fault(draft),
        next((x for x in reversed(lines) if x.action.startswith("terima_") and x.to_stage == file.stage), None),
        lines[-1], clocks.hours_around(lines[0].at, now),
        timedelta(minutes=desk.sop.norm_minutes(row, file.channel) or 0), row, drafts.offer(key_of(file)) or {},
        {r.path: tuple(p.text for p in catalogue.problems(r.path))[:3] for r in rows},
    )  # fmt: skip


def state(desk: Desk, berkas_id: int) -> State:
    """A short look whether anything has moved."""
    file, draft = berkas.head(desk.sop, berkas_id), papers.current_draft(berkas_id)
    last = card.lines(desk.sop, berkas_id)[-1]
    return State(file.n, draft.rev if draft else 0, file.stage.label, who_did(last, desk.clock()))


def who_did(line: Line, now: datetime) -> str:
    """The newest line in words: "Paraf, serahkan ke Kabid: Zulfikar Hasan, S.Sos 11.26"."""
    return f"{line.label}: {line.actor_name} {moments.near(line.at, now)}"


def _cases(file: Head) -> tuple[DraftRow | None, Case, Case | None]:
    """The current draft, the case it froze, and the case of the draft before it."""
    found = papers.drafts(file.id)
    if not found:
        newest = entry.latest(file.id)
        return None, newest.case if newest else Case(), None
    frozen = [entry.revision(file.id, d.entry_rev) for d in found[:2]]
    case = frozen[0].case if frozen[0] else Case()
    return found[0], case, frozen[1].case if len(frozen) > 1 and frozen[1] else None


def _fault(draft: DraftRow | None) -> str:
    """Why the frozen revision cannot be trusted, or an empty text: every document must still have its hash."""
    if draft is None:
        return _tr("Belum ada draf yang dibekukan. Kembalikan supaya draf dicetak.")
    try:
        for document in draft.documents:
            papers.data(document.sha256)
    except Refused as e:
        return e.message
    return ""


def _leaflets(found: Sequence[PaperRow], must: Mapping[str, int], names: Mapping[str, str]) -> list[Leaflet]:
    counts: dict[str, int] = {}
    out = []
    for p in found:
        counts[p.subject] = counts.get(p.subject, 0) + 1
        label = names.get(p.subject) or document_label(p.subject)
        label = f"{label} ({counts[p.subject]})" if counts[p.subject] > 1 else label
        out.append(Leaflet(p, label, must.get(p.sha256, p.pages)))
    return out


def _paper_names(route: Route) -> dict[str, str]:
    """Requirement code -> a name short enough for a choice."""
    short = {"putusan": _tr("Salinan putusan"), "lain": _tr("Pendukung lain"), "akta_cerai": _tr("Akta cerai")}
    return {**journey.requirement_labels(), **short} if route else short
