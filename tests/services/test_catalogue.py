"""The lists officers choose from."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app.errors import Refused
from app.models import base
from app.services import catalogue
from app.services.keys import new_key
from app.sop.model import Role
from tests.support.cases import case_pa, case_pn
from tests.support.office import sit_down

KINDS = ("sex", "citizenship", "religion", "blood_type", "relation", "marital_status", "education", "filed_by", "level")


@pytest.mark.parametrize("kind", [*KINDS, "occupation"])
def test_every_list_has_distinct_values_and_labels(kind: str) -> None:
    options = catalogue.options(kind)
    assert len({o.value for o in options}) == len({o.label for o in options}) == len(options) > 1


def test_occupations_are_the_89_of_the_kk() -> None:
    assert len(catalogue.options("occupation")) == 89


@pytest.mark.parametrize("case", [case_pn(), case_pa()], ids=["PN", "PA"])
def test_the_values_of_a_case_are_on_the_lists(case: object) -> None:
    for side in ("husband", "wife"):
        person = getattr(case, side)
        for kind in ("religion", "education", "occupation", "blood_type", "citizenship"):
            value = getattr(person, kind)
            assert value in {o.value for o in catalogue.options(kind)}, (kind, value)
        assert person.relation_before in {o.value for o in catalogue.options("relation")}


def test_a_value_from_elsewhere_stays_choosable() -> None:
    assert catalogue.options("occupation", "ATLIT")[-1] == catalogue.Option("ATLIT", "ATLIT", active=False)
    assert catalogue.label("occupation", "ATLIT") == "ATLIT"
    assert catalogue.label("religion", "KRISTEN") == "Kristen"


@pytest.mark.parametrize(
    "code", ["putusan", "akta_kawin", "akta_cerai", "kk", "ktp_suami", "ktp_istri", "kuasa", "lain"]
)
def test_every_requirement_has_problems_with_solutions(code: str) -> None:
    problems = catalogue.problems(code)
    assert len(problems) >= 4
    assert all(p.solution.endswith(".") and len(p.solution) > 20 for p in problems)


@pytest.mark.parametrize(
    "path", ["husband.nik", "wife.name", "members.0.birth_date", "decision.bht_date", "wife.address.rt"]
)
def test_fields_have_problems_too(path: str) -> None:
    assert catalogue.problems(path)
    assert all(p.code != catalogue.REQUIREMENT for p in catalogue.problems(path))


def test_pekanbaru_has_its_fifteen_districts() -> None:
    assert len(catalogue.kecamatan()) == 15
    assert "TAMPAN" in catalogue.kelurahan("PAYUNG SEKAKI")
    assert len(catalogue.kelurahan()) > 40


@pytest.mark.parametrize(
    ("prefix", "known"), [("147107", True), ("147116", False), ("149907", False), ("317101", True), ("200101", False)]
)
def test_only_regions_we_are_sure_of_are_doubted(prefix: str, *, known: bool) -> None:
    assert catalogue.knows_region(prefix) is known


def test_without_a_code_every_problem_is_told() -> None:
    every = catalogue.problems()
    assert len(every) > len(catalogue.problems("kk")) > 0
    assert set(catalogue.problems("kk")) <= set(every)


def values(kind: str, keep: str = "") -> list[str]:
    return [o.value for o in catalogue.options(kind, keep)]


def test_an_added_choice_stands_before_the_last_and_can_be_retired(office_db: Path) -> None:
    sit_down(Role.ADMIN)
    catalogue.set_option("occupation", " atlit  profesional ", "Atlit profesional", new_key())
    assert values("occupation")[-2:] == ["ATLIT PROFESIONAL", "LAINNYA"]
    assert catalogue.label("occupation", "ATLIT PROFESIONAL") == "Atlit profesional"
    assert "ATLIT PROFESIONAL" not in catalogue.shipped("occupation")
    catalogue.set_option("occupation", "ATLIT PROFESIONAL", "Atlit profesional", new_key(), active=False)
    assert "ATLIT PROFESIONAL" not in values("occupation")
    assert values("occupation", "ATLIT PROFESIONAL")[-2] == "ATLIT PROFESIONAL", "old values stay readable"
    assert catalogue.label("occupation", "ATLIT PROFESIONAL") == "Atlit profesional"
    catalogue.set_option("occupation", "ATLIT PROFESIONAL", "", new_key())
    assert catalogue.label("occupation", "ATLIT PROFESIONAL") == "ATLIT PROFESIONAL"


def test_a_choice_the_program_came_with_can_be_retired_and_offered_again(office_db: Path) -> None:
    sit_down(Role.ADMIN)
    before = values("occupation")
    catalogue.set_option("occupation", "PARAJI", "Paraji", new_key(), active=False)
    assert values("occupation") == [v for v in before if v != "PARAJI"]
    assert [o.value for o in catalogue.everything("occupation")] == before
    catalogue.set_option("occupation", "PARAJI", "Paraji", new_key())
    assert values("occupation") == before
    catalogue.set_option("blood_type", "A1", "A1", new_key())
    assert values("blood_type")[-1] == "A1", "a list without a last word grows at its end"


def test_what_the_program_itself_writes_stays_as_it_is(office_db: Path) -> None:
    sit_down(Role.ADMIN)
    with pytest.raises(Refused, match="dipakai program"):
        catalogue.set_option("relation", "anak", "Anak", new_key(), active=False)
    with pytest.raises(Refused, match="tidak dapat diubah"):
        catalogue.set_option("marital_status", "PISAH", "Pisah", new_key())
    with pytest.raises(Refused, match="Isi sebutannya"):
        catalogue.set_option("religion", "  ", "", new_key())
    sit_down(Role.KASI)
    with pytest.raises(Refused, match="administrator"):
        catalogue.set_option("religion", "BARU", "Baru", new_key())


def test_a_problem_is_added_mended_and_retired(office_db: Path) -> None:
    sit_down(Role.ADMIN)
    fresh = catalogue.Problem("kk", "KK masih berformat lama", "Cetak ulang KK di loket sebelum permohonan ini.")
    catalogue.set_problem(fresh, new_key())
    assert fresh in catalogue.problems("kk")
    assert not catalogue.is_shipped(fresh)
    known = next(p for p in catalogue.problems("kk") if p != fresh)
    assert catalogue.is_shipped(known)
    catalogue.set_problem(replace(known, solution="Bawa KK terbaru dari Disdukcapil."), new_key())
    assert next(p for p in catalogue.problems("kk") if p.text == known.text).solution.startswith("Bawa KK terbaru")
    catalogue.set_problem(replace(known, active=False), new_key())
    assert known.text not in {p.text for p in catalogue.problems("kk")}
    assert known.text in {p.text for p in catalogue.every_problem()}
    assert len(catalogue.every_problem()) == len(set(catalogue.every_problem()))
    assert "ktp_*" in catalogue.abouts()


def test_a_window_without_a_connection_offers_what_was_read_last(office_db: Path) -> None:
    sit_down(Role.ADMIN)
    catalogue.set_option("religion", "BARU", "Baru", new_key())
    catalogue.refresh()
    base.db.close()
    assert "BARU" in values("religion")
    base.db.connect()
