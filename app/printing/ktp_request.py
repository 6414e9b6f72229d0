"""The request for printing the KTP-el (SOP row 6), A4: what changes for each person, why, by whom."""

from __future__ import annotations

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Spacer

from app.printing import dates, fonts, frame, ktp, sheet
from app.printing.data import KtpRequestData
from app.printing.text import Text
from app.services.case import Party

KIND = "Pengajuan cetak KTP-el"


def ktp_request(data: KtpRequestData) -> bytes:
    """One sheet for both parties; only what changes is listed, old → new."""
    fonts.register()
    case = data.case
    facts = [
        ("Nomor berkas", data.frame.number),
        ("Nomor register", data.register_line),
        ("Diajukan", dates.moment(data.requested_at_local)),
        ("Alasan", data.reason),
        ("Petugas", data.frame.officer),
    ]
    story: list[Flowable] = [
        *frame.letterhead(data.frame),
        *frame.heading("PENGAJUAN CETAK KTP-EL"),
        frame.pairs(facts, 39 * mm, 9.5),
        *_person(data, case.husband, "1. Pihak kesatu (suami)"),
        *_person(data, case.wife, "2. Pihak kedua (istri)"),
        Spacer(1, 10),
        KeepTogether([_signatures(data)]),
    ]
    return sheet.build([sheet.Part(story, sheet.A4_PORTRAIT, KIND)], data.frame, KIND)


def _person(data: KtpRequestData, party: Party, title: str) -> list[Flowable]:
    who = [
        ("NIK", party.nik),
        ("Nama", party.name),
        ("Tempat, tanggal lahir", f"{party.birth_place or '–'}, {dates.digits(party.birth_date)}"),
    ]
    changes = ktp.table(ktp.changes(data.case, party), 9)
    return [KeepTogether([frame.section(title, 10.5), frame.pairs(who, 39 * mm, 9.5), Spacer(1, 3), changes])]


def _signatures(data: KtpRequestData) -> Flowable:
    def column(head: str, name: str) -> list[Flowable]:
        return [
            Text(head, size=9.5, align="c", after=44),
            Text(name or "(" + " ." * 22 + " )", fonts.SANS_SEMI, 9.5, align="c", lines=2),
        ]

    half = (sheet.A4_PORTRAIT[0] - sheet.PUNCH - sheet.RIGHT) / 2
    place = f"{data.frame.office.city}, {dates.day(data.requested_at_local)}"
    return frame.beside(
        column("Diterima bagian cetak KTP-el\n(tanggal, jam, paraf)", ""),
        column(f"{place}\nPetugas yang mengajukan", data.frame.officer), half,
    )  # fmt: skip
