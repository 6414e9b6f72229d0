"""The draft in large type: the same facts as the documents, read line by line by people who read badly."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.platypus import Flowable, KeepTogether

from app.printing import dates, deed, fonts, household, kk, ktp, sheet
from app.printing.data import DraftData
from app.printing.text import SOFT, Rule, Text
from app.services.case import Case, Party, Route

SIZE = 17.0
Fact = tuple[str, str]


def parts(data: DraftData, watermark: str, note: str) -> list[sheet.Part]:
    """One part for each kind of document; the akta is read once because both copies say the same."""
    case = data.case
    found = []
    if case.route is Route.PN:
        found.append((deed.KIND, _deed(case)))
    found += [(f"{kk.KIND} {family.party}", _kk(case, family)) for family in household.families(case)]
    found += [(f"{ktp.KIND} suami", _ktp(case, case.husband)), (f"{ktp.KIND} istri", _ktp(case, case.wife))]
    return [_part(title, facts, watermark, note) for title, facts in found]


def _part(title: str, facts: Sequence[Fact], watermark: str, note: str) -> sheet.Part:
    story: list[Flowable] = [Text(title, fonts.SANS_BOLD, SIZE * 1.35, lead=1.2), Rule(1.4, before=4, after=8)]
    story += [_fact(label, value) for label, value in facts]
    return sheet.Part(story, sheet.A4_PORTRAIT, "Draf huruf besar", note=note, watermark=watermark)


def _fact(label: str, value: str) -> Flowable:
    return KeepTogether([
        Text(label, fonts.SANS, SIZE * 0.8, grey=SOFT, lead=1.2),
        Text(value or "–", fonts.SANS_BOLD, SIZE, lead=1.25, after=SIZE * 0.55),
    ])  # fmt: skip


def _deed(case: Case) -> list[Fact]:
    d, m = case.decision, case.marriage
    return [
        ("Nomor akta", case.siak.deed_number or deed.FROM_SIAK),
        *_birth("Suami", case.husband),
        *_birth("Istri", case.wife),
        ("Pengadilan", d.court),
        ("Nomor putusan", d.number),
        ("Tanggal putusan", dates.day(d.date)),
        ("Berkekuatan hukum tetap", dates.day(d.bht_date)),
        ("Nomor akta perkawinan", m.number),
        ("Tanggal dan tempat perkawinan dicatat", f"{dates.day(m.date)}, {m.place or '–'}"),
    ]


def _birth(label: str, party: Party) -> list[Fact]:
    return [
        (label, party.name),
        (f"NIK {label.lower()}", party.nik),
        (f"{label} lahir di, tanggal", f"{party.birth_place or '–'}, {dates.day(party.birth_date)}"),
    ]


def _kk(case: Case, family: household.Family) -> list[Fact]:
    a = family.address
    home = f"{a.street}, RT {a.rt or '–'} RW {a.rw or '–'}, {a.kelurahan}, {a.kecamatan}, {a.city} {a.postcode}"
    facts = [("Nomor KK", family.number or kk.FROM_SIAK), ("Kepala keluarga", family.head), ("Alamat", home)]
    for row in household.rows(case, family):
        person = row.person
        born = f"NIK {person.nik or '–'}, lahir {person.birth_place or '–'} {dates.day(person.birth_date)}"
        facts.append((f"{row.number}. {row.relation} · {row.status}", f"{person.name or '–'}\n{born}"))
    return facts


def _ktp(case: Case, party: Party) -> list[Fact]:
    rows = ktp.rows(case, party)
    home = [row for row in rows if row[0] in ktp.HOME]
    before, after = (", ".join(row[i] for row in home if row[i]) for i in (1, 2))
    facts: list[Fact] = []
    for label, old, new in rows:
        if label == ktp.HOME[0]:
            facts.append(_change("Alamat", before, after))
        elif label not in ktp.HOME:
            facts.append(_change(label, old, new))
    return facts


def _change(label: str, before: str, after: str) -> Fact:
    return (label, after) if before == after else (f"{label} (semula {before or '–'})", f"menjadi {after or '–'}")
