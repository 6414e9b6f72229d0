"""The draft for verification (SOP row 5): all documents marked, and the sheet on which the applicant confirms them."""

from __future__ import annotations

import hashlib

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Spacer

from app.printing import dates, documents, draft_large, fonts, frame, ktp, sheet
from app.printing.data import Document, DraftData
from app.printing.frame import Tick
from app.printing.text import Text

MARK = "DRAF UNTUK VERIFIKASI"
KIND = "Draf untuk verifikasi"
NO_BOX = (0.0, 0.0, 0.0, 0.0)
READ = (
    "Mohon baca setiap dokumen dengan teliti: ejaan nama, NIK, tempat dan tanggal lahir, alamat, nomor putusan, "
    "dan susunan keluarga. Beri tanda pada kotak, lalu tuliskan yang masih keliru."
)
_COLUMNS = (12 * mm, 64 * mm, 18 * mm, 18 * mm, None)


def draft(data: DraftData, *, large: bool = False) -> bytes:
    """One print for the applicant: the documents, the KTP-el data of both, and the sheet "Sudah saya periksa".

    `large` = the same facts in large type, for people who read badly.
    """
    fonts.register()
    planned = documents.plan(data, MARK)
    titles = [*(p.title for p in planned), f"{ktp.KIND} – suami", f"{ktp.KIND} – istri"]
    confirm = _confirmation(data, titles, large=large)
    if large:
        pages = [*draft_large.parts(data, MARK, documents.fingerprint(data.revision)), confirm]
    else:
        pages = [*(p.part for p in planned), *_ktp_parts(data), confirm]
    return sheet.build(pages, data.frame, KIND)


def sections(data: DraftData) -> tuple[Document, ...]:
    """The marked documents one by one, for the screen: akta, KK, KTP-el data. None of them has a signature box."""
    found = []
    for planned in documents.plan(data, MARK):
        made = documents.built(planned, data)
        found.append(Document(made.kind, made.party, made.title, made.pdf, made.sha256, made.pages, 0, NO_BOX))
    husband, wife = _ktp_parts(data)
    found += [_ktp_document(data, husband, wife=False), _ktp_document(data, wife, wife=True)]
    return tuple(found)


def _ktp_parts(data: DraftData) -> tuple[sheet.Part, sheet.Part]:
    note = documents.fingerprint(data.revision)
    return ktp.part(data, data.case.husband, MARK, note), ktp.part(data, data.case.wife, MARK, note)


def _ktp_document(data: DraftData, part: sheet.Part, *, wife: bool) -> Document:
    pdf, pages = sheet.build_counted([part], data.frame, part.kind)
    title = f"{ktp.KIND} – {'istri' if wife else 'suami'}"
    return Document("ktp", "istri" if wife else "suami", title, pdf, hashlib.sha256(pdf).hexdigest(), pages, 0, NO_BOX)


def _confirmation(data: DraftData, titles: list[str], *, large: bool) -> sheet.Part:
    size = 13.0 if large else 10.0
    rows: list[list[Flowable | str]] = [
        [Text(str(i), size=size, align="c"), Text(title, size=size), Tick(size * 1.2), Tick(size * 1.2), ""]
        for i, title in enumerate(titles, 1)
    ]
    table = frame.grid(
        [("No", "Dokumen", "Benar", "Salah", "Yang harus diperbaiki")], rows, _COLUMNS,
        size=size * 0.95, pad=size * 0.8,
    )  # fmt: skip
    story: list[Flowable] = [
        *frame.letterhead(data.frame),
        *frame.heading("LEMBAR PEMERIKSAAN DRAF", f"{data.frame.number} · {documents.fingerprint(data.revision)}"),
        Text(READ, size=size, after=size * 0.8),
        table,
        Spacer(1, size * 1.4),
        KeepTogether([_box(data, size)]),
    ]  # fmt: skip
    note = documents.fingerprint(data.revision)
    return sheet.Part(story, sheet.A4_PORTRAIT, KIND, note=note, watermark=MARK)


def _box(data: DraftData, size: float) -> Flowable:
    place = data.frame.office.city
    sign: list[Flowable] = [
        Text(f"{place}, {dates.day(data.frame.printed_at_local)}", size=size, align="c"),
        Text("Pemohon", size=size, align="c"),
        Spacer(1, 58),
        Text("(" + " ." * 24 + " )", size=size, align="c", lines=1),
        Text("nama terang dan tanda tangan", size=size * 0.8, align="c"),
    ]
    title = Text("Sudah saya periksa", fonts.SANS_BOLD, size * 1.5, lead=1.2)
    room = sheet.A4_PORTRAIT[0] - sheet.PUNCH - sheet.RIGHT - 2 * size
    tick = frame.beside([Tick(size * 1.6)], [title], room - size * 2.9)
    words = "Semua isi draf ini sudah saya baca dan sudah benar, kecuali yang saya tuliskan di atas."
    below = frame.beside([Text(words, size=size)], sign, 84 * mm)
    return frame.boxed([tick, Spacer(1, size * 0.6), below], size, 1.4)
