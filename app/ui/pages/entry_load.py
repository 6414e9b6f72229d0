"""What the entry page reads before it shows a file: runs in the database thread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from app.services import berkas, card, catalogue, entry, intake, papers
from app.services.berkas import Head
from app.services.case import Case, Sex
from app.services.entry import Revision
from app.services.intake import FindingRow
from app.services.papers import PaperRow
from app.sop.model import Sop
from app.ui.drafts import Drafts
from app.ui.pages.entry_keep import case_of, key_of

NIKS = ("husband.nik", "wife.nik")


@dataclass(frozen=True)
class Loaded:
    """A file as the entry page shows it.

    `draft` is what was typed on this PC and not saved, `base` what that began from.
    """

    file: Head
    revision: Revision | None
    findings: tuple[FindingRow, ...]
    returned: card.Line | None
    scans: tuple[PaperRow, ...]
    others: Mapping[str, Sequence[str]]
    draft: Case | None
    texts: Mapping[str, str]
    base: Case

    @property
    def case(self) -> Case:
        """The newest saved case."""
        return self.revision.case if self.revision else Case()


def load(sop: Sop, drafts: Drafts, berkas_id: int, *, log: bool) -> Loaded:
    """Everything about one file's entry; the reading is written down first (UU 27/2022 art. 31)."""
    file = berkas.head(sop, berkas_id)
    if log:
        berkas.log_reading(file.id, "membuka isian")
    catalogue.refresh()
    revision = entry.latest(file.id)
    kept = drafts.offer(key_of(file)) or {}
    typed = case_of(kept) if kept else None
    began = entry.revision(file.id, int(kept.get("rev", 0))) if typed else None
    case = typed or (revision.case if revision else Case())
    found = tuple(intake.open_findings(file.id, file.n))
    return Loaded(
        file, revision, found, _returned(sop, file, found), tuple(papers.scans(file.id)), entry.others(file.id, case),
        typed, _texts(kept), began.case if began else Case(),
    )  # fmt: skip


def _returned(sop: Sop, file: Head, found: tuple[FindingRow, ...]) -> card.Line | None:
    """The line that brought the file back, for the banner."""
    if not found:
        return None
    return next((x for x in card.lines(sop, file.id) if x.n == found[0].at_n + 1), None)


def _texts(kept: Mapping[str, Any]) -> dict[str, str]:
    texts = kept.get("texts", {})
    return {str(k): str(v) for k, v in texts.items()} if isinstance(texts, dict) else {}


def prepared(case: Case, file: Head, today: date) -> Case:
    """A case as it is first shown: what cannot be otherwise is filled in."""
    husband = case.husband if case.husband.sex else replace(case.husband, sex=Sex.MALE)
    wife = case.wife if case.wife.sex else replace(case.wife, sex=Sex.FEMALE)
    route = case.route or file.route
    return replace(case, husband=husband, wife=wife, route=route, reported=case.reported or today)
