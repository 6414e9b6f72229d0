"""What holds for every paper: same bytes, embedded fonts, margins, nothing on top of anything, page numbers, QR."""

from __future__ import annotations

import functools
import io
from collections.abc import Callable
from typing import Any

import pypdf
import pypdfium2
import pytest
import zxingcpp
from reportlab.lib.units import mm

from app.pdfium import LOCK
from app.printing import control_card, deficiency, documents, draft, ktp_request, resi, ticket
from tests.support import papers
from tests.support.cases import LONG_NAME, case_long, case_pa, case_pn

Make = Callable[[], bytes]

OFFICE: dict[str, Make] = {
    "resi A5": lambda: resi.resi(papers.resi_data()),
    "resi A5, nama panjang": lambda: resi.resi(papers.resi_data(LONG_NAME)),
    "kekurangan": lambda: deficiency.deficiency(papers.deficiency_data()),
    "kekurangan, sembilan": lambda: deficiency.deficiency(papers.deficiency_data(9)),
    "pengajuan KTP-el": lambda: ktp_request.ktp_request(papers.ktp_data(case_pn())),
    "pengajuan KTP-el, panjang": lambda: ktp_request.ktp_request(papers.ktp_data(case_long())),
    "kartu A4": lambda: control_card.control_card(papers.card_data()),
    "kartu A5": lambda: control_card.control_card(papers.card_data(), "A5"),
    "kartu A4, 40 baris": lambda: control_card.control_card(papers.card_data(40, LONG_NAME)),
    "kartu A5, 40 baris": lambda: control_card.control_card(papers.card_data(40, LONG_NAME), "A5"),
    "draf PN": lambda: draft.draft(papers.draft_data(case_pn())),
    "draf PA": lambda: draft.draft(papers.draft_data(case_pa())),
    "draf panjang": lambda: draft.draft(papers.draft_data(case_long())),
    "draf huruf besar": lambda: draft.draft(papers.draft_data(case_long()), large=True),
    "akta": lambda: documents.documents(papers.draft_data(case_pn()))[0].pdf,
    "akta panjang": lambda: documents.documents(papers.draft_data(case_long()))[1].pdf,
    "KK": lambda: documents.documents(papers.draft_data(case_pn()))[2].pdf,
    "KK dua belas orang": lambda: documents.documents(papers.draft_data(case_long()))[2].pdf,
}
THERMAL: dict[str, Make] = {
    "tiket 80": lambda: ticket.ticket(papers.ticket_data()),
    "tiket 58": lambda: ticket.ticket(papers.ticket_data(), 58),
    "resi 80": lambda: resi.resi(papers.resi_data(LONG_NAME), "80mm"),
}
ALL: dict[str, Make] = OFFICE | THERMAL

every_paper = pytest.mark.parametrize("name", ALL)
office_paper = pytest.mark.parametrize("name", OFFICE)
strip_paper = pytest.mark.parametrize("name", THERMAL)


@functools.cache
def made(name: str) -> bytes:
    return ALL[name]()


def across_mm(name: str) -> int:
    return 58 if "58" in name else 80


@every_paper
def test_the_same_data_gives_the_same_bytes(name: str) -> None:
    assert ALL[name]() == made(name)


@every_paper
def test_every_font_is_embedded(name: str) -> None:
    fonts: list[Any] = []
    for page in pypdf.PdfReader(io.BytesIO(made(name))).pages:
        resources: Any = page["/Resources"]
        fonts += [font.get_object() for font in resources["/Font"].values()]
    assert fonts
    for font in fonts:
        described = font["/FontDescriptor"].get_object()
        assert "/FontFile2" in described, font["/BaseFont"]


@every_paper
def test_no_letter_lies_on_another(name: str) -> None:
    assert papers.overlaps(papers.letters(made(name))) == []


@office_paper
def test_the_punch_and_the_printer_eat_no_letter(name: str) -> None:
    pdf = made(name)
    sizes = papers.sizes(pdf)
    for letter in papers.letters(pdf):
        width, height = sizes[letter.page]
        inside = letter.left >= 20 * mm - 0.5 and letter.right <= width - 10 * mm
        assert inside, letter
        assert letter.bottom >= 8 * mm - 0.5, letter
        assert letter.top <= height - 10 * mm, letter


@office_paper
def test_lines_and_boxes_stay_on_the_printable_page(name: str) -> None:
    with LOCK:
        document = pypdfium2.PdfDocument(made(name))
        for page in document:
            width, height = page.get_size()
            for thing in page.get_objects():
                left, bottom, right, top = thing.get_bounds()
                assert left >= 17 * mm or thing.type == 1, (left, thing.type)
                assert bottom >= 5 * mm
                assert right <= width - 9 * mm
                assert top <= height - 5 * mm
        document.close()


@strip_paper
def test_a_strip_prints_only_where_the_head_reaches(name: str) -> None:
    pdf, width = made(name), across_mm(name)
    [(across, _)] = papers.sizes(pdf)
    edge = (80 - 72) / 2 if width == 80 else (58 - 48) / 2
    assert across == pytest.approx(width * mm, abs=0.1)
    for letter in papers.letters(pdf):
        assert edge * mm - 0.3 <= letter.left
        assert letter.right <= across - edge * mm + 0.3


@every_paper
def test_each_page_says_which_of_how_many_it_is_and_when(name: str) -> None:
    pages = papers.page_texts(made(name))
    for number, shown in enumerate(pages, 1):
        assert f"Halaman {number} dari {len(pages)}" in shown
        assert "12 Mei 2026 10.42.18 WIB" in shown
        assert papers.BERKAS in shown or papers.TICKET in shown


@office_paper
def test_the_code_is_read_from_every_page_at_150_dpi(name: str) -> None:
    pdf = made(name)
    for page in range(len(papers.sizes(pdf))):
        assert papers.codes(papers.raster(pdf, 150, page)) == {papers.BERKAS}, page


@strip_paper
def test_the_code_is_read_from_a_strip_at_203_dpi_in_black_and_white(name: str) -> None:
    bitmap = papers.raster(made(name), 203.2).point(lambda grey: 255 if grey > 127 else 0).convert("1").convert("L")
    assert bitmap.width == across_mm(name) * 8
    assert papers.codes(bitmap) & {papers.BERKAS, papers.TICKET}


@strip_paper
def test_every_module_of_a_strip_is_whole_dots(name: str) -> None:
    picture = papers.raster(made(name), 203.2)
    [found] = zxingcpp.read_barcodes(picture)
    corner, other = found.position.top_left, found.position.bottom_right
    symbol = picture.crop((corner.x - 4, corner.y - 4, other.x + 4, other.y + 4))
    greys = symbol.histogram()
    assert sum(greys[:10]) + sum(greys[246:]) == symbol.width * symbol.height


@every_paper
def test_the_metadata_names_kind_and_number_only(name: str) -> None:
    about = pypdf.PdfReader(io.BytesIO(made(name))).metadata
    assert about is not None
    shown = " ".join(str(value) for value in about.values())
    assert papers.BERKAS in shown or papers.TICKET in shown
    for secret in ("SITORUS", "HUTAPEA", "FAUZI", "SIMANJUNTAK", "1471071403840003", "Melinda"):
        assert secret not in shown
