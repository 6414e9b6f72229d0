"""The frozen revision: the documents as they get the two parafs and the TTE, without watermark (SOP rows 8 to 10)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Literal

from app.printing import deed, household, kk, sheet
from app.printing.data import Document, DraftData, Revision
from app.printing.frame import Stamp
from app.services.case import Route


@dataclass(frozen=True)
class Planned:
    """One document before it is built: its page, and the stamp that will know its place afterwards."""

    kind: Literal["akta", "kk"]
    party: Literal["suami", "istri"]
    title: str
    part: sheet.Part
    stamp: Stamp


def documents(data: DraftData) -> tuple[Document, ...]:
    """Akta for each of the two (PN only), then the KKs. These very bytes are initialled and signed.

    Each has one signature box, kept empty; the same data gives the same bytes.
    """
    return tuple(built(planned, data) for planned in plan(data))


def plan(data: DraftData, watermark: str = "") -> list[Planned]:
    """All documents to be signed, as pages. With a watermark they are the draft: the same content, marked."""
    caption = "tempat tanda tangan elektronik (TTE)" if watermark else ""
    mark = fingerprint(data.revision)
    case = data.case
    planned: list[Planned] = []
    for side in ("suami", "istri") if case.route is Route.PN else ():
        stamp = Stamp(caption)
        party = case.husband if side == "suami" else case.wife
        page = deed.part(data, party, stamp, watermark, f"{mark} · {deed.NOTE}")
        title = f"{deed.KIND} – {'pihak kesatu (suami)' if side == 'suami' else 'pihak kedua (istri)'}"
        planned.append(Planned("akta", "suami" if side == "suami" else "istri", title, page, stamp))
    for family in household.families(case):
        stamp = Stamp(caption)
        page = kk.part(data, family, stamp, watermark, f"{mark} · {kk.NOTE}")
        planned.append(Planned("kk", family.party, f"{kk.KIND} – {family.party}", page, stamp))
    return planned


def built(planned: Planned, data: DraftData) -> Document:
    """The document's bytes, their SHA-256, and where its signature goes."""
    pdf, pages = sheet.build_counted([planned.part], data.frame, planned.part.kind)
    page, box = planned.stamp.place
    digest = hashlib.sha256(pdf).hexdigest()
    return Document(planned.kind, planned.party, planned.title, pdf, digest, pages, page, box)


def fingerprint(revision: Revision) -> str:
    """Revision number and short hash as shown on paper: "Revisi 2, sidik 8f3a 91c2"."""
    return f"Revisi {revision.number}, sidik {revision.digest[:4]} {revision.digest[4:8]}"
