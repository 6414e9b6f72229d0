"""Rules about people: NIK, sex, birth, KK number, and who appears twice (facts.md 2.1, 2.2)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from app.services import catalogue, nik
from app.services.case import Case, Member, Party, Person, Sex, Witness
from app.services.issue import Found, error, warning

SEXES = {Sex.MALE: "Laki-laki", Sex.FEMALE: "Perempuan"}
YOUNGEST_PARENT = 14
CHILD = "ANAK"


def check(case: Case, today: date, others: Mapping[str, Sequence[str]]) -> Found:
    """All rules about people, party by party."""
    for path, person in _people(case):
        yield from _nik(path, person, today)
        yield from _birth(path, person, today)
    for path, number in _kk_numbers(case):
        yield from _kk(path, number)
    yield from _sexes(case)
    yield from _twice(case)
    yield from _children(case)
    for path, numbers in others.items():
        if numbers:
            listed = ", ".join(numbers)
            text = f"NIK ini juga pihak di berkas terbuka {listed}. Periksa, mungkin permohonan ganda"
            yield warning(path, text, reason=True)


def _people(case: Case) -> Iterator[tuple[str, Person | Witness]]:
    yield "husband", case.husband
    yield "wife", case.wife
    for i, member in enumerate(case.members):
        yield f"members.{i}", member
    yield "witness_1", case.witness_1
    yield "witness_2", case.witness_2


def _nik(path: str, person: Person | Witness, today: date) -> Found:
    if not person.nik:
        return
    said = nik.parts(person.nik)
    if said is None:
        yield error(f"{path}.nik", nik.fault(person.nik))
        return
    if not catalogue.knows_region(said.region):
        yield warning(f"{path}.nik", f"Wilayah {said.region} tidak dikenal. Cocokkan 6 angka pertama dengan KTP-el")
    if isinstance(person, Person):
        yield from _agrees(path, person, said, today)


def _agrees(path: str, person: Person, said: nik.NikParts, today: date) -> Found:
    """Old mistakes are legal and the NIK stays, so these are never errors."""
    if person.birth_date is not None and not said.says(person.birth_date):
        day = said.born(today)
        # The century cannot be derived: keep that of the typed date where the day exists in it.
        near = _same_century(said, person.birth_date) or day
        words = f"{said.day:02d}-{said.month:02d}-{near.year if near else said.year:02d}"
        yield warning(f"{path}.birth_date", f"NIK berbunyi {words}", near.isoformat() if near else None)
    if person.sex and person.sex is not said.sex:
        yield warning(f"{path}.sex", f"NIK berbunyi {SEXES[said.sex]}", said.sex.value)


def _same_century(said: nik.NikParts, typed: date) -> date | None:
    try:
        return date(typed.year // 100 * 100 + said.year, said.month, said.day)
    except ValueError:
        return None


def _birth(path: str, person: Person | Witness, today: date) -> Found:
    if isinstance(person, Person) and person.birth_date is not None and person.birth_date > today:
        yield error(f"{path}.birth_date", "Tanggal lahir belum terjadi. Periksa tahunnya")


def _kk_numbers(case: Case) -> Iterator[tuple[str, str]]:
    yield "husband.kk_number", case.husband.kk_number
    yield "wife.kk_number", case.wife.kk_number
    yield "household_husband.kk_number", case.household_husband.kk_number
    yield "household_wife.kk_number", case.household_wife.kk_number
    yield "witness_1.kk_number", case.witness_1.kk_number
    yield "witness_2.kk_number", case.witness_2.kk_number
    yield "siak.new_kk_husband", case.siak.new_kk_husband
    yield "siak.new_kk_wife", case.siak.new_kk_wife


def _kk(path: str, number: str) -> Found:
    if not number:
        return
    wrong = nik.count_fault(number)
    if wrong:
        yield error(path, wrong)
        return
    doubt = nik.kk_doubt(number)
    if doubt:
        yield warning(path, doubt, reason=True)


def _sexes(case: Case) -> Found:
    for path, party, right in (("husband", case.husband, Sex.MALE), ("wife", case.wife, Sex.FEMALE)):
        if party.sex and party.sex is not right:
            title = "Suami" if right is Sex.MALE else "Istri"
            yield error(f"{path}.sex", f"{title} tercatat {SEXES[party.sex]}. Periksa, mungkin tertukar", right.value)
    his, hers = nik.parts(case.husband.nik), nik.parts(case.wife.nik)
    if his and hers and case.husband.nik != case.wife.nik and his.sex is hers.sex:
        yield warning("wife.nik", f"Kedua NIK berbunyi {SEXES[hers.sex]}. Cocokkan dengan KTP-el keduanya", reason=True)


def _twice(case: Case) -> Found:
    names = {"husband": "suami", "wife": "istri", "witness_1": "saksi I", "witness_2": "saksi II"}
    seen: dict[str, str] = {}
    for path, person in _people(case):
        if not person.nik:
            continue
        name = names.get(path, f"anggota {path.partition('.')[2] and int(path.partition('.')[2]) + 1}")
        if person.nik in seen:
            yield error(f"{path}.nik", f"NIK ini sama dengan NIK {seen[person.nik]}. Ketik ulang dari KTP-el atau KK")
        else:
            seen[person.nik] = name


def _children(case: Case) -> Found:
    for i, member in enumerate(case.members):
        if member.relation == CHILD and member.birth_date is not None:
            for party, title in ((case.husband, "suami"), (case.wife, "istri")):
                yield from _child(f"members.{i}.birth_date", member, party, title)


def _child(path: str, child: Member, parent: Party, title: str) -> Found:
    if parent.birth_date is None or child.birth_date is None:
        return
    if child.birth_date <= parent.birth_date:
        yield error(path, f"Anak tertulis lahir sebelum {title}. Periksa kedua tanggal lahir")
    elif nik.age(parent.birth_date, child.birth_date) < YOUNGEST_PARENT:
        years = nik.age(parent.birth_date, child.birth_date)
        yield warning(path, f"Saat anak ini lahir, {title} berumur {years} tahun. Periksa tanggalnya", reason=True)
