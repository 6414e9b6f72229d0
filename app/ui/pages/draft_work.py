"""The draft page's long work, loaded when it is first needed: printing, mail, and papers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.jobs.resi import GivenResi
    from app.jobs.workshop import Workshop
    from app.services.accounts import Who
    from app.services.act import Moved
    from app.services.papers import PaperRow
    from app.ui.tasks import Progress


def print_paper(shop: Workshop, who: Who, paper: PaperRow, key: str, progress: Progress) -> str:
    """Print a stored paper; what the spooler said, in words."""
    from app.jobs import printing_out  # noqa: PLC0415 - printers are asked when something is printed

    return printing_out.said(printing_out.print_paper(shop, who, paper, key, progress))


def request_ktp(shop: Workshop, who: Who, berkas_id: int, key: str, progress: Progress) -> Moved:
    """Store the KTP-el request and sign the line (SOP row 6)."""
    from app.jobs import ktp  # noqa: PLC0415 - as above

    return ktp.request_ktp(shop, who, berkas_id, key, progress)


def give_resi(shop: Workshop, who: Who, berkas_id: int, key: str, progress: Progress) -> GivenResi:
    """Print or mail the resi, and hand the file to the Kasi once it is proven (SOP row 7)."""
    from app.jobs import resi  # noqa: PLC0415 - as above

    return resi.give_resi(shop, who, berkas_id, key, progress)
