"""Every value of a case has a name, a section and the paper that proves it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.services import fields
from app.services.case import Address, Case, Member, Plan, Route, flat
from app.services.fields import field_of, label, listing, shown
from tests.support.cases import case_long, case_pa, case_pn


@pytest.mark.parametrize("case", [case_pn(), case_pa(), case_long()], ids=["PN", "PA", "panjang"])
def test_no_value_is_without_a_name(case: Case) -> None:
    for path in flat(case):
        if not path.startswith("overrides"):
            found = field_of(path, case.route)
            assert found.label not in {path, path.rpartition(".")[2]}, path
            assert found.section, path


def test_every_filled_value_is_listed_once() -> None:
    case = case_pn()
    rows = listing(case)
    paths = [r.path for r in rows]
    assert len(set(paths)) == len(paths)
    filled = {p for p, v in flat(case).items() if v and ".address." not in p}
    assert filled - {"overrides"} <= set(paths)
    assert rows[0].section == "Putusan"
    assert all(r.old is None for r in rows)


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("wife.name", "Nama lengkap, istri"),
        ("husband.address.street", "Alamat, suami"),
        ("husband.address.rt", "RT, suami"),
        ("members.1.nik", "NIK, anak 2"),
        ("household_wife.plan", "Rencana KK, KK istri setelah cerai"),
        ("reported", "Tanggal melapor, permohonan"),
    ],
)
def test_a_field_in_words(path: str, words: str) -> None:
    assert label(path) == words


@pytest.mark.parametrize(
    ("path", "stored", "read"),
    [
        ("husband.nik", "1471071403840003", "147107 140384 0003"),
        ("decision.date", "2026-02-26", "26-02-2026"),
        ("wife.sex", "P", "Perempuan"),
        ("household_wife.plan", "JOIN", "Numpang KK lain"),
        ("decision.number", "87/Pdt.G/2026/PN Pbr", "87/Pdt.G/2026/PN Pbr"),
        ("wife.name", "", ""),
    ],
)
def test_how_a_stored_value_is_read(path: str, stored: str, read: str) -> None:
    assert shown(path, stored) == read


def test_what_changed_carries_what_was_there_before() -> None:
    new = case_pn()
    old = replace(new, wife=replace(new.wife, name="DEBORA MELIDA HUTAPEA"), reported=date(2026, 5, 11))
    changed = {r.path: (r.old, r.value) for r in listing(new, old) if r.old is not None}
    assert changed == {
        "wife.name": ("DEBORA MELIDA HUTAPEA", "DEBORA MELINDA HUTAPEA"),
        "reported": ("11-05-2026", "12-05-2026"),
    }


def test_an_address_is_one_row_and_any_part_of_it_changes_the_row() -> None:
    new = case_pn()
    old = replace(new, wife=replace(new.wife, address=replace(new.wife.address, rt="009")))
    (row,) = [r for r in listing(new, old) if r.old is not None]
    assert row.path == "wife.address.street"
    assert "RT 003" in row.value
    assert row.old is not None
    assert "RT 009" in row.old
    assert row.evidence == "kk"


def test_a_child_that_was_taken_out_is_still_shown() -> None:
    old = case_pn()
    new = replace(old, members=old.members[:1])
    gone = [r for r in listing(new, old) if r.section == "Anak 2"]
    assert ("members.1.name", "KIRANA SITORUS", "") in [(r.path, r.old, r.value) for r in gone]


def test_what_stands_there_by_itself_is_not_asked_about() -> None:
    case = replace(case_pn(), members=(*case_pn().members, Member()), witness_2=Case().witness_2)
    sections = {r.section for r in listing(case)}
    assert "Saksi II" not in sections
    assert "Anak 3" not in sections
    assert "Saksi I" in sections
    bare = replace(case, household_wife=replace(case.household_wife, plan=Plan.KEEP, address=Address()))
    assert "household_wife.address.street" not in {r.path for r in listing(bare)}


@pytest.mark.parametrize(
    ("path", "route", "paper"),
    [
        ("wife.name", Route.PN, "ktp_istri"),
        ("husband.kk_number", Route.PN, "kk"),
        ("decision.bht_date", Route.PN, "putusan"),
        ("decision.pa_certificate", Route.PA, "akta_cerai"),
        ("marriage.number", Route.PN, "akta_kawin"),
        ("members.0.name", Route.PN, "kk"),
        ("witness_1.nik", Route.PN, "lain"),
        ("siak.deed_number", Route.PN, ""),
        ("husband.phone", Route.PN, ""),
    ],
)
def test_the_paper_that_proves_a_value(path: str, route: Route, paper: str) -> None:
    assert field_of(path, route).evidence == paper


def test_a_value_kept_against_a_warning_carries_the_reason() -> None:
    case = replace(case_pn(), overrides=(("husband.nik", "Cocok dengan KTP-el asli"),))
    assert {r.path: r.note for r in listing(case) if r.note} == {"husband.nik": "Cocok dengan KTP-el asli"}
    assert fields.labels(case)["husband.nik"] == "NIK, suami"
