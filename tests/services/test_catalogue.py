"""The lists officers choose from."""

from __future__ import annotations

import pytest

from app.services import catalogue
from tests.support.cases import case_pa, case_pn

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
