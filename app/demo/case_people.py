"""The people of the invented cases: parties and children whose NIK agree with birth date and sex."""

from __future__ import annotations

from datetime import date

from app.services.case import Address, Member, Party, Sex

SCHOOL_FROM = 2019
"""Who was born before goes to school."""


def nik(region: str, born: date, sex: Sex, serial: int) -> str:
    """A NIK that agrees with birth date and sex (facts.md 2.1)."""
    return f"{region}{born.day + (40 if sex is Sex.FEMALE else 0):02d}{born:%m%y}{serial:04d}"


def party(
    name: str,
    sex: Sex,
    born: date,
    place: str,
    serial: int,
    home: Address,
    kk: str,
    *,
    religion: str,
    education: str,
    work: str,
    blood: str,
    parents: tuple[str, str],
    region: str = "147107",
    relation: str = "",
    head: str = "",
) -> Party:
    """Husband or wife before the decision; `serial` ends the NIK."""
    return Party(
        nik=nik(region, born, sex, serial),
        name=name,
        sex=sex,
        birth_place=place,
        birth_date=born,
        religion=religion,
        education=education,
        occupation=work,
        blood_type=blood,
        father=parents[0],
        mother=parents[1],
        kk_number=kk,
        kk_head=head or name,
        address=home,
        relation_before=relation,
    )


def child(
    name: str, sex: Sex, born: date, serial: int, house: int, parents: tuple[str, str], education: str, religion: str
) -> Member:
    """A child of both, placed in household `house` (1 the husband's, 2 the wife's)."""
    return Member(
        nik=nik("147107", born, sex, serial),
        name=name,
        sex=sex,
        birth_place="PEKANBARU",
        birth_date=born,
        religion=religion,
        education=education,
        occupation="PELAJAR/MAHASISWA" if born.year < SCHOOL_FROM else "BELUM/TIDAK BEKERJA",
        blood_type="TIDAK TAHU",
        father=parents[0],
        mother=parents[1],
        household=house,
    )
