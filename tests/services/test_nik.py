"""NIK and KK numbers as facts.md 2.1 and 2.2 read them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services import nik
from app.services.case import Sex
from tests.support.cases import nik as made


@pytest.mark.parametrize(
    ("number", "says"),
    [
        ("147107140384000", "Kurang 1 angka: 15 dari 16"),
        ("14710714038400031", "Lebih 1 angka: 17 dari 16"),
        ("1471071403840O03", "Hanya angka"),
        ("1471070003840003", "Angka ke-7 dan 8 berbunyi 00"),
        ("1471073203840003", "Angka ke-7 dan 8 berbunyi 32"),
        ("1471074003840003", "Angka ke-7 dan 8 berbunyi 40"),
        ("1471077203840003", "Angka ke-7 dan 8 berbunyi 72"),
        ("1471071400840003", "Angka ke-9 dan 10 berbunyi 00"),
        ("1471071413840003", "Angka ke-9 dan 10 berbunyi 13"),
        ("1471073002840003", "30-02 di NIK tidak ada di kalender"),
        ("1471072902830003", "29-02 di NIK tidak ada di kalender"),
        ("1471071403840000", "tidak pernah berakhir 0000"),
    ],
)
def test_what_cannot_be_a_nik_is_named(number: str, says: str) -> None:
    assert says in nik.fault(number)
    assert nik.parts(number) is None


def test_29_february_is_fine_where_either_century_has_it() -> None:
    assert not nik.fault("1471072902000001"), "2000 was a leap year, 1900 was not"


def test_a_womans_day_has_forty_added() -> None:
    said = nik.parts("1471076208870005")
    assert said is not None
    assert (said.day, said.month, said.year, said.sex) == (22, 8, 87, Sex.FEMALE)
    assert said.born(date(2026, 5, 12), 15) == date(1987, 8, 22)


def test_the_century_is_only_suggested() -> None:
    said = nik.parts("1471071005120001")
    assert said is not None
    assert said.born(date(2026, 5, 12)) == date(2012, 5, 10), "a child"
    assert said.born(date(2026, 5, 12), 15) == date(1912, 5, 10), "a spouse cannot be fourteen"


@given(st.dates(date(1920, 1, 1), date(2026, 5, 12)), st.sampled_from([Sex.MALE, Sex.FEMALE]), st.integers(1, 9999))
def test_every_birth_date_survives_its_nik(born: date, sex: Sex, serial: int) -> None:
    number = made("147107", born, sex, serial)
    said = nik.parts(number)
    assert said is not None, nik.fault(number)
    assert said.says(born)
    assert (said.sex, said.serial, said.region) == (sex, serial, "147107")


def test_kk_has_no_forty_rule() -> None:
    assert not nik.kk_doubt("1471071109100021")
    assert "mungkin ini NIK" in nik.kk_doubt("1471076208870005")


def test_a_day_that_no_century_has_is_not_suggested() -> None:
    # 29-02-00 was in 1600 and 2000 only, and nobody born in 2000 is 200 years old.
    said = nik.parts("1471072902000003")
    assert said is not None
    assert said.born(date(2026, 5, 12)) == date(2000, 2, 29)
    assert said.born(date(2026, 5, 12), least_age=200) is None
