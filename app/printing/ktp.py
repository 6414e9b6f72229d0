"""The KTP-el data sheet of one party: what the card says now and what it will say. The card itself comes from SIAK."""

from __future__ import annotations

from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from app.printing import dates, fonts, frame, household, sheet
from app.printing.data import DraftData
from app.printing.text import Text
from app.services.case import Address, Case, Party

KIND = "Data KTP-el"
HOME = ("Alamat", "RT/RW", "Kel/Desa", "Kecamatan", "Kota", "Provinsi")


def rows(case: Case, party: Party) -> list[tuple[str, str, str]]:
    """(label, before, after) of every printed field of a KTP-el (facts 2.8), in the card's order."""
    family = household.family_of(case, "suami" if party is case.husband else "istri")
    old, new = party.address, family.address
    same = [
        ("NIK", party.nik), ("Nama", party.name),
        ("Tempat/tgl lahir", f"{party.birth_place or '–'}, {dates.digits(party.birth_date)}"),
        ("Jenis kelamin", {"L": "LAKI-LAKI", "P": "PEREMPUAN"}.get(party.sex.value, "")),
        ("Gol. darah", party.blood_type),
    ]  # fmt: skip
    rest = [("Pekerjaan", party.occupation), ("Kewarganegaraan", party.citizenship), ("Berlaku hingga", "SEUMUR HIDUP")]
    moved = [(label, before, after) for (label, before), (_, after) in zip(_home(old), _home(new), strict=True)]
    return [
        *((label, value, value) for label, value in same),
        *moved,
        ("Agama", party.religion, party.religion),
        ("Status perkawinan", "KAWIN", "CERAI HIDUP"),
        *((label, value, value) for label, value in rest),
    ]


def changes(case: Case, party: Party) -> list[tuple[str, str, str]]:
    """Only what differs."""
    return [row for row in rows(case, party) if row[1] != row[2]]


def _home(a: Address) -> list[tuple[str, str]]:
    values = (a.street, f"{a.rt or '–'}/{a.rw or '–'}", a.kelurahan, a.kecamatan, a.city, a.province)
    return list(zip(HOME, values, strict=True))


def table(found: list[tuple[str, str, str]], size: float = 9) -> Flowable:
    """Label, before, after; a changed line is strong and marked "berubah", so that grey printers lose nothing."""
    body: list[list[Flowable | str]] = []
    for label, before, after in found:
        moved = before != after
        font = fonts.SANS_BOLD if moved else fonts.SANS
        cells = [Text(label, size=size), Text(before or "–", size=size), Text(after or "–", font, size)]
        body.append([*cells, Text("berubah" if moved else "tetap", font, size - 1, align="c", lines=1)])
    return frame.grid(
        [("Data", "Semula", "Menjadi", "Ket.")], body, [34 * mm, 63 * mm, 63 * mm, 18 * mm], size=size, pad=4
    )


def part(data: DraftData, party: Party, watermark: str = "", note: str = "") -> sheet.Part:
    """One page for one party."""
    fonts.register()
    first = party is data.case.husband
    story: list[Flowable] = [
        *frame.letterhead(data.frame),
        *frame.heading("DATA KTP-EL", f"{'Pihak kesatu (suami)' if first else 'Pihak kedua (istri)'}"),
        table(rows(data.case, party), 9.5),
        Text(
            "KTP-el dicetak dari SIAK pada blangko negara setelah data pada lembar ini diperiksa. Foto, tanda tangan, "
            "dan sidik jari memakai rekaman yang sudah ada.", size=8.5, before=8,
        ),
    ]  # fmt: skip
    return sheet.Part(story, sheet.A4_PORTRAIT, KIND, note=note, watermark=watermark)
