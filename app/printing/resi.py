"""The resi (lembar penerimaan permohonan, SOP rows 3 and 7): A5, and a thermal strip of 80 mm."""

from __future__ import annotations

from typing import Literal

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Spacer

from app.printing import dates, fonts, frame, qr, sheet, strip
from app.printing.data import ResiData
from app.printing.text import Rule, Text

KIND = "Resi penerimaan permohonan"
FREE = "GRATIS – tidak dipungut biaya"


def resi(data: ResiData, paper: Literal["A5", "80mm"] = "A5") -> bytes:
    """What was received, when, by whom, what is issued, until when, how to follow up, and that it costs nothing."""
    return _a5(data) if paper == "A5" else _strip(data)


def follow_up(data: ResiData) -> str:
    """How the applicant asks after the file, in one sentence."""
    office = data.frame.office
    return (
        f"Tunjukkan nomor atau kode QR resi ini di loket {office.short_name}, "
        f"atau hubungi {office.contact} dengan menyebut nomor berkas."
    )


def _a5(data: ResiData) -> bytes:
    number = [
        Text("Nomor berkas", size=8.5),
        Text(data.frame.number, fonts.SANS_BOLD, 19, lead=1.2, lines=1, after=3),
        frame.pairs(_facts(data), 27 * mm, 8.5),
    ]
    side = qr.side(data.frame.code, 0.9 * mm)
    story: list[Flowable] = [
        *frame.letterhead(data.frame, 0.72),
        *frame.heading("LEMBAR PENERIMAAN PERMOHONAN (RESI)", size=12),
        frame.beside(number, [qr.Symbol(data.frame.code, 0.9 * mm, align="RIGHT")], side),
        frame.section("Dokumen yang dimohon"),
        Text(", ".join(f"{n} × {name}" if n > 1 else name for name, n in data.documents), size=8.5),
        frame.section("Persyaratan yang diterima"),
        _requirements(data),
        frame.section("Menindaklanjuti"),
        Text(follow_up(data), size=8.5, after=5),
        KeepTogether([_free(), Spacer(1, 6), _signatures(data)]),
    ]
    part = sheet.Part(story, sheet.A5_PORTRAIT, KIND, own_qr=True)
    return sheet.build([part], data.frame, KIND)


def _facts(data: ResiData) -> list[tuple[str, str]]:
    facts = [("Pemohon", data.applicant)] if data.applicant else []
    facts += [
        ("Diterima", dates.moment(data.received_at_local)),
        ("Oleh", data.received_by),
        ("Melalui", data.channel),
        ("Dijanjikan selesai", dates.moment(data.promised_local)),
    ]
    return [*facts, ("Dikirim ke", data.delivery)] if data.delivery else facts


def _requirements(data: ResiData) -> Flowable:
    rows = [
        [Text(str(i), size=8, align="c"), Text(r.label, size=8), Text(r.how or "diterima", size=8)]
        for i, r in enumerate(data.requirements, 1)
    ]
    return frame.grid([("No", "Persyaratan", "Diterima sebagai")], rows, [8 * mm, 58 * mm, 50 * mm], size=7.8, pad=2.6)


def _free() -> Flowable:
    return frame.boxed([Text(FREE, fonts.SANS_BOLD, 12.5, align="c", lead=1.25, lines=1)], 5, 1.2)


def _signatures(data: ResiData) -> Flowable:
    def column(head: str, name: str) -> list[Flowable]:
        return [
            Text(head, size=8.5, align="c", after=24),
            Text(name, fonts.SANS_SEMI, 8.5, align="c", lines=2),
        ]

    half = (sheet.A5_PORTRAIT[0] - sheet.PUNCH - sheet.RIGHT) / 2
    blank = "(" + " ." * 18 + " )"
    return frame.beside(column("Pemohon", data.applicant or blank), column("Petugas", data.received_by or blank), half)


def _strip(data: ResiData) -> bytes:
    size = 9.0
    story: list[Flowable] = [
        Text(data.frame.office.short_name, fonts.SANS_BOLD, size + 1.5, align="c", lead=1.2),
        Text("Lembar penerimaan permohonan (resi)", size=size, align="c"),
        Rule(0.7),
        Text("Nomor berkas", size=size, align="c"),
        Text(data.frame.number, fonts.SANS_BOLD, 21, align="c", lead=1.2, lines=1),
        Rule(0.7),
        *(strip.line(label, value, size) for label, value in _facts(data)),
        Rule(0.7),
        Text("Dokumen yang dimohon", fonts.SANS_SEMI, size, after=1),
        *(strip.bullet(f"{name} ({n} rangkap)" if n > 1 else name, size) for name, n in data.documents),
        Text("Persyaratan yang diterima", fonts.SANS_SEMI, size, before=4, after=1),
        *(strip.bullet(r.label, size) for r in data.requirements),
        Rule(0.7),
        qr.Symbol(data.frame.code, 6 * qr.DOT, align="CENTER", snap=qr.DOT),
        Text(follow_up(data), size=size - 1, align="c", after=4),
        Text(FREE, fonts.SANS_BOLD, 13, align="c", lines=1),
    ]
    return strip.roll(story, 80, KIND, data.frame.number, data.frame.printed_at_local, data.frame.office)
