"""The rules of a case, told as what an officer typed and what the program answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services import rules
from app.services.case import (
    Address,
    Case,
    Decision,
    Marriage,
    Member,
    Party,
    Plan,
    Route,
    Sex,
    from_json,
    to_json,
    with_value,
)
from app.services.issue import Issue
from tests.support.cases import case_long, case_pa, case_pn

TODAY = date(2026, 5, 12)


def found(case: Case, path: str) -> list[Issue]:
    return [i for i in rules.check(case, TODAY) if i.path == path]


@pytest.mark.parametrize("make", [case_pn, case_pa])
def test_a_complete_case_passes_without_a_word(make: Callable[[], Case]) -> None:
    assert rules.check(make(), TODAY) == []
    assert rules.passes(make(), TODAY)
    filled, wanted = rules.filled(make())
    assert filled == wanted > 50


def test_an_empty_case_names_everything_that_is_missing_and_nothing_else() -> None:
    issues = rules.check(Case(), TODAY)
    assert all(i.missing and i.level == "error" for i in issues)
    assert {"route", "husband.nik", "wife.name", "decision.bht_date", "household_wife.plan"} <= {i.path for i in issues}
    assert all(i.text.startswith(("Isi ", "Pilih ")) for i in issues)


Row = tuple[str, Any, str, str, str]
WRONG: list[Row] = [
    # what was typed where                          answer where            level      words
    ("husband.nik", "147107140384000", "husband.nik", "error", "Kurang 1 angka: 15 dari 16"),
    ("husband.nik", "9971071403840003", "husband.nik", "warning", "Wilayah 997107 tidak dikenal"),
    ("husband.nik", "1471991403840003", "husband.nik", "warning", "tidak dikenal"),
    ("wife.nik", "1471071403840003", "wife.nik", "error", "sama dengan NIK suami"),
    ("wife.nik", "1471072208870005", "wife.nik", "warning", "Kedua NIK berbunyi Laki-laki"),
    ("wife.nik", "1471072208870005", "wife.sex", "warning", "NIK berbunyi Laki-laki"),
    ("wife.birth_date", date(1986, 8, 22), "wife.birth_date", "warning", "NIK berbunyi 22-08-1987"),
    ("husband.sex", Sex.FEMALE, "husband.sex", "error", "Suami tercatat Perempuan"),
    ("husband.birth_date", date(2030, 3, 14), "husband.birth_date", "error", "belum terjadi"),
    ("husband.birth_date", date(2011, 3, 14), "husband.birth_date", "error", "lahir sesudah perkawinan"),
    ("husband.kk_number", "147107110910002", "husband.kk_number", "error", "Kurang 1 angka"),
    ("husband.kk_number", "1471076208870005", "husband.kk_number", "warning", "mungkin ini NIK"),
    ("husband.address.rt", "3", "husband.address.rt", "error", "RT ditulis 3 angka"),
    ("husband.address.postcode", "2829", "husband.address.postcode", "error", "5 angka"),
    ("marriage.date", date(2026, 3, 1), "decision.date", "error", "Putusan tertulis sebelum perkawinan"),
    ("marriage.certificate_withdrawn", False, "marriage.certificate_withdrawn", "warning", "belum ditandai ditarik"),
    ("decision.number", "87/2026", "decision.number", "warning", "contoh 87/Pdt.G/2026/PN Pbr"),
    ("decision.date", date(2026, 8, 1), "decision.date", "error", "belum terjadi"),
    ("decision.bht_date", date(2026, 2, 25), "decision.bht_date", "error", "BHT tertulis sebelum putusan"),
    ("decision.bht_date", date(2026, 3, 4), "decision.bht_date", "warning", "hanya 6 hari setelah putusan"),
    ("decision.bht_date", None, "decision.bht_date", "error", "Isi tanggal BHT"),
    ("decision.clerk_letter_date", date(2026, 3, 26), "decision.clerk_letter_date", "warning", "sebelum tanggal BHT"),
    ("decision.level", "TINGKAT BANDING", "decision.appeal_number", "error", "Isi nomor putusan tingkat lanjut"),
    ("siak.deed_number", "12/CERAI/2026", "siak.deed_number", "warning", "contoh 1471-CR-"),
    ("members.0.birth_date", date(1980, 5, 2), "members.0.birth_date", "error", "lahir sebelum suami"),
    ("members.0.birth_date", date(1999, 5, 2), "members.0.birth_date", "warning", "berumur 11 tahun"),
    ("members.0.household", 0, "members.0.household", "error", "Pilih KK I"),
    ("members.1.nik", "1471070205120011", "members.1.nik", "error", "sama dengan NIK anggota 1"),
    ("witness_1.nik", "1471071403840003", "witness_1.nik", "error", "sama dengan NIK suami"),
    ("witness_2.name", "", "witness_2.name", "error", "Isi nama saksi II"),
    ("household_wife.plan", Plan.UNKNOWN, "household_wife.plan", "error", "Isi rencana KK"),
    ("household_wife.plan", Plan.KEEP, "household_wife.plan", "error", "tidak bisa sama-sama tetap"),
    ("household_wife.plan", Plan.JOIN, "household_wife.kk_number", "error", "Isi nomor KK yang ditumpangi"),
    ("household_wife.kk_number", "1471071109100021", "household_wife.kk_number", "error", "nomor KK lama"),
    ("husband.citizenship", "WNA", "husband.passport", "error", "nomor paspor"),
]


@pytest.mark.parametrize(("typed_at", "typed", "path", "level", "words"), WRONG, ids=lambda v: str(v)[:28])
def test_what_is_wrong_is_said_at_its_field(typed_at: str, typed: object, path: str, level: str, words: str) -> None:
    case = with_value(case_pn(), typed_at, typed)
    answers = found(case, path)
    assert [i for i in answers if i.level == level and words in i.text], answers
    assert rules.passes(case, TODAY) is not any(map(rules.blocks, rules.check(case, TODAY)))


def test_the_suggestion_can_be_put_in_and_silences_the_warning() -> None:
    case = with_value(case_pn(), "wife.birth_date", date(1986, 8, 22))
    [issue] = found(case, "wife.birth_date")
    assert issue.suggestion == "1987-08-22"
    assert not found(with_value(case, issue.path, date.fromisoformat(issue.suggestion)), issue.path)


def test_a_warning_that_wants_no_reason_does_not_block_and_can_be_left() -> None:
    case = with_value(case_pn(), "wife.birth_date", date(1986, 8, 22))
    assert rules.passes(case, TODAY)
    assert found(replace(case, overrides=(("wife.birth_date", ""),)), "wife.birth_date") == []


def test_a_warning_that_wants_a_reason_blocks_until_one_is_given() -> None:
    case = with_value(case_pn(), "marriage.certificate_withdrawn", value=False)
    assert not rules.passes(case, TODAY)
    assert not rules.passes(replace(case, overrides=(("marriage.certificate_withdrawn", " "),)), TODAY)
    answered = replace(case, overrides=(("marriage.certificate_withdrawn", "Disita pengadilan, ada berita acara"),))
    assert rules.passes(answered, TODAY)


def test_an_error_cannot_be_overridden() -> None:
    case = replace(with_value(case_pn(), "decision.bht_date", None), overrides=(("decision.bht_date", "menyusul"),))
    assert not rules.passes(case, TODAY)


def test_late_reporting_is_told_and_never_blocks() -> None:
    case = with_value(case_pn(), "reported", date(2026, 6, 5))
    [issue] = [i for i in rules.check(case, date(2026, 6, 5)) if i.path == "decision.bht_date"]
    assert issue.level == "info"
    assert "10 hari lewat" in issue.text
    assert rules.passes(case, date(2026, 6, 5))


def test_another_open_file_with_this_nik_wants_a_reason() -> None:
    issues = rules.check(case_pn(), TODAY, others={"husband.nik": ["P3-2605-0001-2"], "wife.nik": []})
    assert [(i.path, i.needs_reason) for i in issues] == [("husband.nik", True)]
    assert "P3-2605-0001-2" in issues[0].text


def test_adult_child_may_choose_and_that_is_only_told() -> None:
    case = with_value(case_pn(), "members.0.birth_date", date(2007, 5, 2))
    assert [i.level for i in found(case, "members.0.household")] == ["info"]


def test_same_address_for_both_is_asked_about() -> None:
    case = with_value(case_pn(), "household_wife.address", case_pn().husband.address)
    assert [i.needs_reason for i in found(case, "household_wife.address.street")] == [True]


def test_pa_route_asks_for_the_pa_certificate_and_no_witnesses() -> None:
    case = replace(case_pa(), decision=replace(case_pa().decision, pa_certificate="", clerk_letter=""))
    assert [i.path for i in rules.check(case, TODAY)] == ["decision.pa_certificate"]
    assert rules.passes(replace(case_pa(), witness_1=Case().witness_1, witness_2=Case().witness_2), TODAY)


def test_without_a_certificate_its_number_is_not_asked() -> None:
    case = with_value(with_value(case_pn(), "marriage.number", ""), "marriage.no_certificate_statement", value=True)
    assert rules.passes(case, TODAY)


def test_the_longest_case_is_no_problem() -> None:
    levels = {i.level for i in rules.check(case_long(), date(2026, 9, 30))}
    assert "error" not in levels


texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=12)
days = st.none() | st.dates(date(1900, 1, 1), date(2100, 1, 1))
addresses = st.builds(Address, *[texts] * 8)
parties = st.builds(
    Party, nik=texts, name=texts, sex=st.sampled_from(Sex), birth_date=days, address=addresses, kk_number=texts
)
members = st.builds(Member, nik=texts, name=texts, birth_date=days, household=st.integers(0, 2))
cases = st.builds(
    Case,
    route=st.sampled_from(Route),
    husband=parties,
    wife=parties,
    marriage=st.builds(Marriage, texts, days, texts, st.booleans(), st.booleans()),
    decision=st.builds(Decision, court=texts, date=days, bht_date=days, level=texts),
    members=st.lists(members, max_size=3).map(tuple),
    reported=days,
    overrides=st.lists(st.tuples(texts, texts), max_size=2).map(tuple),
)


@given(cases)
def test_any_case_survives_storage_and_any_case_can_be_judged(case: Case) -> None:
    stored = to_json(case)
    assert from_json(stored) == case
    assert to_json(from_json(stored)) == stored
    for issue in rules.check(case, TODAY):
        assert issue.text
        assert issue.path


def test_an_akta_cerai_is_not_older_than_its_decision() -> None:
    case = case_pa()
    assert case.decision.date is not None
    early = with_value(case, "decision.pa_certificate_date", case.decision.date.replace(day=1))
    assert early.decision.pa_certificate_date != case.decision.date
    assert [i.level for i in found(early, "decision.pa_certificate_date")] == ["error"]


def test_a_29_february_of_the_nik_is_told_though_the_typed_century_has_none() -> None:
    # 1471.. 29-02-00: in 1900 there was no such day, and the typed date says 1900.
    typed = replace(case_pn().husband, nik="1471072902000003", birth_date=date(1900, 2, 28))
    (issue,) = found(replace(case_pn(), husband=typed), "husband.birth_date")
    assert (issue.level, issue.suggestion) == ("warning", "2000-02-29")
