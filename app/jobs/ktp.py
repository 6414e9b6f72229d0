"""Requests the printing of both KTP-el (SOP row 6)."""

from __future__ import annotations

from app.errors import Refused
from app.jobs.workshop import Progress, Workshop, office_now
from app.printing.data import KtpRequestData
from app.printing.ktp_request import ktp_request
from app.services import entry, papers
from app.services.accounts import Who
from app.services.act import Moved, act
from app.services.berkas import head
from app.services.keys import derived
from app.services.papers import NewPaper
from app.sop.calendar import WIB


def request_ktp(shop: Workshop, who: Who, berkas_id: int, key: str, progress: Progress | None = None) -> Moved:
    """Store the request paper made from the frozen entry and sign the line; offline only after the confirmation."""
    if progress:
        progress.report(0, 1, "Membuat lembar pengajuan KTP-el")
    file = head(shop.sop, berkas_id)
    frozen = papers.current_draft(berkas_id)
    revision = entry.revision(berkas_id, frozen.entry_rev) if frozen else None
    if revision is None:
        raise Refused("Cetak draf dahulu.")
    data = KtpRequestData(
        shop.frame(office_now(), file, who), revision.case, shop.now().astimezone(WIB), register_line=file.number
    )
    pdf = ktp_request(data)
    paper = NewPaper("ktp_request", "ktp", "Pengajuan cetak KTP-el", pdf, papers.pdf_pages(pdf))
    papers.store(who, berkas_id, paper, derived(key, "paper"))
    return act(who, berkas_id, "ajukan_ktp", file.n, derived(key, "act"))
