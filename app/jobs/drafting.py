"""Freezes a draft revision from the newest entry and signs the line that says so (SOP rows 5 and 8)."""

from __future__ import annotations

import json

from app.errors import Refused
from app.jobs.workshop import Workshop, office_now
from app.printing import documents, draft
from app.printing.data import Document, DraftData, Revision, signer_of
from app.services import entry, papers, rules
from app.services.accounts import Who
from app.services.act import act
from app.services.berkas import Head, head
from app.services.entry import Revision as EntryRevision
from app.services.keys import derived
from app.services.papers import DraftRow, NewPaper
from app.sop.calendar import WIB
from app.sop.model import Role

LARGE = "draf-besar"


def make_draft(shop: Workshop, who: Who, berkas_id: int, key: str) -> DraftRow:
    """Freeze what is in the entry now: documents without watermark (what paraf and TTE bind) and the print to read.

    Raises Refused naming the first field that is wrong; nothing is frozen then.
    """
    file = head(shop.sop, berkas_id)
    revision = entry.latest(berkas_id)
    if revision is None:
        raise Refused("Isian belum ada. Isi data kedua pihak dahulu.", field="husband.nik")
    _refuse_faults(shop, berkas_id, revision)
    data = draft_data(shop, who, file, revision)
    row = papers.freeze(who, berkas_id, revision.rev, new_papers(data), key)
    # By the role, not the stage: a press repeated after its answer was lost finds the file moved on.
    act(who, file.id, "perbaiki" if who.role is Role.EDITOR else "cetak_draf", file.n, derived(key, "act"))
    return row


def draft_data(shop: Workshop, who: Who, file: Head, revision: EntryRevision) -> DraftData:
    """Everything the papers of a draft need."""
    office = office_now()
    known = papers.current_draft(file.id)
    number = (known.rev if known else 0) + 1
    today = shop.now().astimezone(WIB).date()
    return DraftData(
        shop.frame(office, file, who), revision.case, Revision(number, revision.sha256), signer_of(office, today)
    )


def new_papers(data: DraftData) -> list[NewPaper]:
    """The papers of one revision: documents to be signed, KTP-el sheets to be checked, prints to be read."""
    out = [_paper(d, sign=True) for d in documents.documents(data)]
    out += [_paper(d, sign=False) for d in draft.sections(data) if d.kind == "ktp"]
    combined = draft.draft(data)
    large = draft.draft(data, large=True)
    out.append(NewPaper("draft_print", "draf", "Draf untuk verifikasi", combined, papers.pdf_pages(combined)))
    out.append(NewPaper("draft_print", LARGE, "Draf huruf besar", large, papers.pdf_pages(large)))
    return out


def _paper(d: Document, *, sign: bool) -> NewPaper:
    meta = json.dumps({"page": d.page, "box": list(d.box)})
    return NewPaper("document", f"{d.kind}-{d.party}", d.title, d.pdf, d.pages, sign=sign, meta=meta)


def _refuse_faults(shop: Workshop, berkas_id: int, revision: EntryRevision) -> None:
    today = shop.now().astimezone(WIB).date()
    for issue in rules.check(revision.case, today, others=entry.others(berkas_id, revision.case)):
        if rules.blocks(issue):
            raise Refused(issue.text, field=issue.path, code="rule")
