"""Filled papers for tests, and readers of finished PDFs: their words, boxes and QR codes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime

import pypdfium2
import zxingcpp
from PIL import Image
from pypdfium2 import raw

from app.pdfium import LOCK
from app.printing.data import (
    CardData,
    CardRow,
    DeficiencyData,
    DraftData,
    Frame,
    KtpRequestData,
    Problem,
    Received,
    ResiData,
    Revision,
    TicketData,
    signer_of,
)
from app.services.case import Case, to_json
from app.services.office import Office
from app.sop.numbers import with_check
from tests.support.cases import LONG_NAME

BERKAS = with_check("P3-2605-0412")
TICKET = with_check("T3-260512-A017")
AT = datetime(2026, 5, 12, 10, 42, 18)  # noqa: DTZ001 -- a local time as it stands on paper
OFFICE = Office(
    head_name="Dra. Hj. Ratna Dewi Kusuma, M.Si", head_nip="197101011995032001", head_rank="Pembina Utama Muda"
)
FRAME = Frame(OFFICE, BERKAS, AT, BERKAS, "Rina Oktaviani")


@dataclass(frozen=True)
class Letter:
    """One upright letter on a page with the box of its ink in points from the lower left."""

    page: int
    text: str
    left: float
    bottom: float
    right: float
    top: float


def draft_data(case: Case, number: int = 2) -> DraftData:
    digest = hashlib.sha256(to_json(case).encode()).hexdigest()
    return DraftData(FRAME, case, Revision(number, digest), signer_of(OFFICE, date(2026, 5, 12)))


def ticket_data() -> TicketData:
    bring = ("Salinan putusan pengadilan (BHT)", "Kutipan akta perkawinan", "Kartu Keluarga (KK)", "KTP-el kedua pihak")
    service = "PELITA 3: Akta Perceraian, KK, KTP-el"
    return TicketData(OFFICE, "A-017", TICKET, service, AT, 14, 35, 60, bring)


def resi_data(applicant: str = "Debora Melinda Hutapea") -> ResiData:
    received = (
        Received("Salinan putusan pengadilan yang telah berkekuatan hukum tetap", "asli dilihat, pindaian 15 halaman"),
        Received("Kutipan akta perkawinan", "asli ditarik, pindaian 2 halaman"),
        Received("Kartu Keluarga (KK)", "asli, pindaian 1 halaman"),
        Received("KTP-el suami dan istri", "asli dilihat, pindaian 2 halaman"),
    )
    documents = (("Kutipan Akta Perceraian", 2), ("Kartu Keluarga", 2), ("KTP-el", 2))
    promised = AT.replace(hour=11)
    return ResiData(FRAME, AT, "Rina Oktaviani", "Loket 3", documents, received, promised, "e-mail pemohon", applicant)


def deficiency_data(problems: int = 2) -> DeficiencyData:
    found = tuple(
        Problem(
            f"Salinan putusan {i}",
            "Halaman 7 sampai 9 tidak terbaca karena pindaian gelap.",
            "Pindai ulang atau foto di tempat terang, pastikan semua tulisan terbaca.",
            "Salinan putusan halaman 7–9",
        )
        for i in range(1, problems + 1)
    )
    return DeficiencyData(FRAME, found, date(2026, 6, 11), "Loket 3 buka sampai pukul 15.00.", applicant=LONG_NAME)


def ktp_data(case: Case) -> KtpRequestData:
    return KtpRequestData(FRAME, case, AT, register_line="KTP/2026/05/0188")


def card_data(rows: int = 6, name: str = "Zulfikar Hasan, S.Sos") -> CardData:
    lines = tuple(
        CardRow(
            "8", "Kasi", name, AT.replace(minute=i % 60), "ZH", "Yuni Safitri", AT.replace(hour=12), "YS", 5, 4.5 + i,
            "Paraf, revisi 2", back=i == 1,
        )
        for i in range(rows)
    )  # fmt: skip
    open_row = CardRow("10", "Kepala Dinas", name, AT, "AF", norm=2)
    facts = (("Layanan", "PELITA 3, jalur loket"), ("Diterima lengkap", "12 Mei 2026 08.31 WIB"))
    return CardData(FRAME, (*lines, open_row), facts, (("Waktu kantor", "1 j 42 m"),), "8f3a 91c2 04de")


def text(pdf: bytes) -> str:
    """All words of all pages, blanks joined."""
    return " ".join(" ".join(page_texts(pdf)).split())


def page_texts(pdf: bytes) -> list[str]:
    with LOCK:
        document = pypdfium2.PdfDocument(pdf)
        pages = [page.get_textpage().get_text_range() for page in document]
        document.close()
    return pages


def letters(pdf: bytes) -> list[Letter]:
    """Every upright letter; blanks and the slanted watermark are left out."""
    found = []
    with LOCK:
        document = pypdfium2.PdfDocument(pdf)
        for number, page in enumerate(document):
            reader = page.get_textpage()
            shown = reader.get_text_range()
            for i, letter in enumerate(shown):
                if letter.isspace() or abs(raw.FPDFText_GetCharAngle(reader, i)) > 0.01:
                    continue
                found.append(Letter(number, letter, *reader.get_charbox(i)))
        document.close()
    return found


def slanted(pdf: bytes) -> list[str]:
    """For each page what stands aslant on it, without blanks: the watermark."""
    found = []
    with LOCK:
        document = pypdfium2.PdfDocument(pdf)
        for page in document:
            reader = page.get_textpage()
            shown = enumerate(reader.get_text_range())
            found.append("".join(x for i, x in shown if x.strip() and abs(raw.FPDFText_GetCharAngle(reader, i)) > 0.01))
        document.close()
    return found


def overlaps(found: list[Letter], by: float = 0.6) -> list[tuple[str, str, float, float]]:
    """Pairs of letters whose ink covers the same place by more than `by` points in both directions."""
    clashes = []
    ordered = sorted(found, key=lambda w: (w.page, w.left))
    for i, a in enumerate(ordered):
        for b in ordered[i + 1 :]:
            if b.page != a.page or b.left > a.right - by:
                break
            if min(a.top, b.top) - max(a.bottom, b.bottom) > by and min(a.right, b.right) - b.left > by:
                clashes.append((a.text, b.text, a.left, a.bottom))
    return clashes


def sizes(pdf: bytes) -> list[tuple[float, float]]:
    with LOCK:
        document = pypdfium2.PdfDocument(pdf)
        found = [page.get_size() for page in document]
        document.close()
    return found


def raster(pdf: bytes, dpi: float, page: int = 0) -> Image.Image:
    """A page as a grey printer makes it."""
    with LOCK:
        document = pypdfium2.PdfDocument(pdf)
        image: Image.Image = document[page].render(scale=dpi / 72, grayscale=True).to_pil()
        document.close()
    return image


def codes(image: Image.Image) -> set[str]:
    """What a reader finds in the picture."""
    return {found.text for found in zxingcpp.read_barcodes(image) if found.valid}
