"""Which fields must be filled for which route (Permendagri 109/2019: F-2.01; the KK's two tables; facts 2.4, 2.8)."""

from __future__ import annotations

from typing import Any

from app.services.case import Case, Plan, Route, value_at
from app.services.issue import Found, missing

PERSON = (
    ("nik", "NIK"), ("name", "nama lengkap"), ("sex", "jenis kelamin"), ("birth_place", "tempat lahir"),
    ("birth_date", "tanggal lahir"), ("religion", "agama"), ("education", "pendidikan"), ("occupation", "pekerjaan"),
    ("citizenship", "kewarganegaraan"), ("father", "nama ayah"), ("mother", "nama ibu"),
)  # fmt: skip
PARTY = (
    *PERSON, ("kk_number", "nomor KK"), ("kk_head", "nama kepala keluarga"), ("relation_before", "hubungan dalam KK"),
)  # fmt: skip
ADDRESS = (
    ("street", "alamat"), ("rt", "RT, tulis 000 bila tidak ada"), ("rw", "RW, tulis 000 bila tidak ada"),
    ("kelurahan", "kelurahan"), ("kecamatan", "kecamatan"), ("city", "kabupaten atau kota"), ("province", "provinsi"),
)  # fmt: skip
DECISION = (
    ("decision.court", "nama pengadilan"), ("decision.number", "nomor putusan"), ("decision.date", "tanggal putusan"),
)  # fmt: skip
PN_ONLY = (
    ("decision.bht_date", "tanggal BHT, lihat surat keterangan panitera"),
    ("decision.clerk_letter", "nomor surat keterangan panitera"),
    ("decision.clerk_letter_date", "tanggal surat keterangan panitera"),
    ("decision.filed_by", "siapa yang mengajukan gugatan"),
)  # fmt: skip
PA_ONLY = (
    ("decision.pa_certificate", "nomor akta cerai dari Pengadilan Agama"),
    ("decision.pa_certificate_date", "tanggal akta cerai"),
)  # fmt: skip
MARRIAGE = (("marriage.number", "nomor akta perkawinan"), ("marriage.place", "tempat pencatatan perkawinan"))
WITNESSES = (
    ("witness_1.nik", "NIK saksi I"), ("witness_1.name", "nama saksi I"),
    ("witness_2.nik", "NIK saksi II"), ("witness_2.name", "nama saksi II"),
)  # fmt: skip
APPEAL = (
    ("decision.appeal_number", "nomor putusan tingkat lanjut"),
    ("decision.appeal_date", "tanggal putusan tingkat lanjut"),
)  # fmt: skip
APPEALED = ("TINGKAT BANDING", "KASASI", "PENINJAUAN KEMBALI")


def required(case: Case) -> tuple[tuple[str, str], ...]:
    """(path, what to fill in) of every field this case must have, in the order of the form."""
    rows = [(f"{side}.{name}", noun) for side in ("husband", "wife") for name, noun in PARTY]
    rows += [(f"{side}.address.{name}", noun) for side in ("husband", "wife") for name, noun in ADDRESS]
    rows += _marriage(case) + _decision(case) + _members(case) + _households(case)
    if case.route is Route.PN:
        rows += WITNESSES
    foreign = {f"{side}.nik" for side in _people(case) if value_at(case, f"{side}.citizenship") == "WNA"}
    return tuple((path, noun) for path, noun in rows if path not in foreign)


def check(case: Case) -> Found:
    """Everything that is still empty; and what a foreigner must have instead of a NIK."""
    if not case.route:
        yield missing("route", "Pilih dahulu: putusan Pengadilan Negeri atau Pengadilan Agama")
    for path, noun in required(case):
        if _blank(value_at(case, path)):
            yield missing(path, f"Isi {noun}")
    for side in _people(case):
        person = value_at(case, side)
        if person.citizenship == "WNA" and not (person.passport or person.permit):
            yield missing(f"{side}.passport", "Isi nomor paspor, atau nomor KITAS/KITAP")


def _marriage(case: Case) -> list[tuple[str, str]]:
    if case.route is not Route.PN:
        return []
    date = ("marriage.date", "tanggal perkawinan")
    return [date, MARRIAGE[1]] if case.marriage.no_certificate_statement else [MARRIAGE[0], date, MARRIAGE[1]]


def _decision(case: Case) -> list[tuple[str, str]]:
    rows = list(DECISION)
    rows += PN_ONLY if case.route is not Route.PA else PA_ONLY
    if case.decision.level in APPEALED:
        rows += APPEAL
    return rows


def _members(case: Case) -> list[tuple[str, str]]:
    fields = [*PERSON, ("relation", "hubungan dalam KK"), ("marital_status", "status perkawinan")]
    return [(f"members.{i}.{name}", noun) for i in range(len(case.members)) for name, noun in fields]


def _households(case: Case) -> list[tuple[str, str]]:
    rows: list[tuple[str, str]] = []
    for path, home in (("household_husband", case.household_husband), ("household_wife", case.household_wife)):
        rows.append((f"{path}.plan", "rencana KK: Tetap, Baru, atau Numpang"))
        if home.plan is Plan.JOIN:
            rows.append((f"{path}.kk_number", "nomor KK yang ditumpangi"))
            rows.append((f"{path}.head", "nama kepala keluarga yang ditumpangi"))
        if home.plan in (Plan.NEW, Plan.JOIN):
            rows += [(f"{path}.address.{name}", noun) for name, noun in ADDRESS]
    return rows


def _people(case: Case) -> list[str]:
    return ["husband", "wife", *(f"members.{i}" for i in range(len(case.members)))]


def _blank(value: Any) -> bool:
    return value is None or value == ""
