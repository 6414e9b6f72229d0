"""The sheet of first passwords: read back from the PDF, one strip for each officer."""

from __future__ import annotations

from datetime import datetime

import pypdfium2

from app.printing.data import Frame
from app.printing.first_passwords import Strip, first_passwords
from app.services.office import Office
from app.sop.calendar import WIB

FRAME = Frame(Office(), "", datetime(2026, 5, 12, 8, 0, tzinfo=WIB), "PELITA 3")


def text(pdf: bytes) -> tuple[str, int]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()
    return "\n".join(pages), len(pages)


def test_every_officer_has_login_and_password_on_one_strip() -> None:
    strips = [Strip("Zulfikar Hasan, S.Sos", "Kepala Seksi", "zulfikar.hasan", "hwy7-w3cg-bveb")]
    words, pages = text(first_passwords(FRAME, strips))
    assert pages == 1
    for expected in ("Zulfikar Hasan, S.Sos", "zulfikar.hasan", "hwy7-w3cg-bveb", "hanya berlaku sekali"):
        assert expected in words


def test_a_large_office_takes_more_pages_and_loses_nobody() -> None:
    strips = [Strip(f"Petugas {n}", "Front Office", f"petugas.{n}", f"abcd-efgh-jk{n:02d}") for n in range(40)]
    pdf = first_passwords(FRAME, strips)
    words, pages = text(pdf)
    assert pages > 2
    assert all(strip.password in words for strip in strips)
    assert pdf == first_passwords(FRAME, strips), "same data, same bytes"
