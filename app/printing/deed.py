"""Kutipan Akta Perceraian, A4, one for each party.

The official wording could not be verified (facts 2.8): the document of record is SIAK's; ours holds the same data.
"""

from __future__ import annotations

from dataclasses import replace
from xml.sax.saxutils import escape

from reportlab.lib.enums import TA_LEFT
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Paragraph, Spacer

from app.printing import dates, fonts, frame, sheet
from app.printing.data import DraftData, Signer
from app.printing.frame import Stamp
from app.printing.text import Text
from app.services.case import Case, Party

KIND = "Kutipan Akta Perceraian"
FROM_SIAK = "(nomor dari SIAK)"
NOTE = "Disusun dari data yang diverifikasi pada PELITA 3; nomor dan register akta bersumber dari SIAK"
LINE = "." * 20
SCALES = (1.12, 1.06, 1.0, 0.94, 0.88, 0.82)  # the widest setting that keeps the akta on one page is taken


def part(data: DraftData, party: Party, stamp: Stamp, watermark: str = "", note: str = "") -> sheet.Part:
    """The page for one party; both pages differ only in the line that says to whom it is given."""
    fonts.register()
    page = sheet.Part((), sheet.A4_PORTRAIT, KIND, note=note or NOTE, watermark=watermark, border=True, pad=8 * mm)
    for scale in SCALES:
        page = replace(page, story=_story(data, party, stamp, scale))
        if sheet.height(page.story, page.room[0]) <= page.room[1]:
            break
    return page


def _story(data: DraftData, party: Party, stamp: Stamp, scale: float) -> list[Flowable]:
    case, size = data.case, 12 * scale
    prose = ParagraphStyle(
        "prosa",  # ragged: a number that may not be broken would tear justified lines apart
        fontName=fonts.SERIF, fontSize=size, leading=size * 1.46, alignment=TA_LEFT,
        spaceAfter=size * 0.8, splitLongWords=1,
    )  # fmt: skip
    return [
        Text("REPUBLIK INDONESIA", fonts.SERIF_BOLD, size * 1.25, align="c"),
        Text("PENCATATAN SIPIL", fonts.SERIF, size * 1.04, align="c"),
        Text(_citizens(case), fonts.SERIF, size * 1.04, align="c", after=size * 1.2),
        Text("KUTIPAN AKTA PERCERAIAN", fonts.SERIF_BOLD, size * 1.5, align="c", lead=1.2),
        Text(f"Nomor {case.siak.deed_number or FROM_SIAK}", fonts.SERIF, size * 1.04, align="c", after=size * 1.4),
        Paragraph(_decision(case), prose),
        *_person(case.husband, size),
        Text("dan", fonts.SERIF, size, align="c", after=size * 0.4),
        *_person(case.wife, size),
        Spacer(1, size * 0.4),
        Paragraph(_marriage(case), prose),
        Paragraph(_given(case, party), prose),
        Spacer(1, size * 0.8),
        _signed(_dated(data), stamp),
    ]


def _citizens(case: Case) -> str:
    both = {case.husband.citizenship, case.wife.citizenship} - {""}
    return "WARGA NEGARA INDONESIA" if both <= {"WNI"} else "WARGA NEGARA INDONESIA DAN WARGA NEGARA ASING"


def _decision(case: Case) -> str:
    d = case.decision
    return (
        f"Berdasarkan Putusan {_proper(d.court)} Nomor <b>{_or_line(d.number)}</b> tanggal {dates.day(d.date, LINE)} "
        f"yang telah mempunyai kekuatan hukum tetap pada tanggal {dates.day(d.bht_date, LINE)}, "
        "telah tercatat putusnya perkawinan karena perceraian antara"
    )


def _person(party: Party, size: float) -> list[Flowable]:
    birth = f"lahir di {party.birth_place or LINE} pada tanggal {dates.day(party.birth_date, LINE).upper()}"
    return [
        Text(party.name or LINE, fonts.SERIF_BOLD, size * 1.08, align="c", lines=2),
        Text(f"NIK {party.nik or LINE}", fonts.SERIF, size, align="c"),
        Text(birth, fonts.SERIF, size, align="c", lines=1, after=size * 0.4),
    ]


def _marriage(case: Case) -> str:
    m = case.marriage
    place = f" pada {_proper(m.place)}" if m.place else ""
    if m.no_certificate_statement and not m.number:
        return f"yang perkawinannya dicatatkan{place} menurut surat pernyataan tidak memiliki kutipan akta perkawinan."
    return (
        f"yang perkawinannya tercatat dalam Akta Perkawinan Nomor <b>{_or_line(m.number)}</b> "
        f"tanggal {dates.day(m.date, LINE)}{place}."
    )


def _given(case: Case, party: Party) -> str:
    side = "pihak kesatu" if party is case.husband else "pihak kedua"
    return f"Kutipan ini diberikan kepada <b>{escape(party.name) or LINE}</b> ({side})."


def _dated(data: DraftData) -> Signer:
    s = data.signer
    return Signer(s.position, s.name, s.rank, s.nip, s.place, data.case.siak.deed_date or s.day)


def _signed(signer: Signer, stamp: Stamp) -> Flowable:
    place = f"Kutipan ini dikeluarkan di {signer.place}" if signer.place else "Kutipan ini dikeluarkan"
    bare = Signer(signer.position, signer.name, signer.rank, signer.nip)
    lines: list[Flowable] = [
        Text(place, fonts.SERIF, 11.5, align="c"),
        Text(f"pada tanggal {dates.day(signer.day, LINE)}", fonts.SERIF, 11.5, align="c", after=3),
    ]
    return frame.beside([], [*lines, *frame.signature(bare, stamp, 11.5)], stamp.width, "TOP")


def _or_line(value: str) -> str:
    return escape(value) or LINE


_SMALL = {"DAN", "DI", "DARI"}
_KEPT = {"PN", "PA", "KUA", "I", "II", "III", "IV", "A", "B", "IA", "IB"}


def _proper(value: str) -> str:
    """A name typed in capitals as it stands in a sentence: "KOTA PEKANBARU" becomes "Kota Pekanbaru"."""
    if not value or value != value.upper():
        return escape(value) or LINE
    words = [w if w in _KEPT else w.lower() if w in _SMALL else w.title() for w in value.split()]
    return escape(" ".join(words))
