"""The documents that are initialled and signed, the draft of the same content, and who stands on which KK."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date

import pytest

from app.printing import documents, draft, household, ktp
from app.services.case import Case, Household, Member, Plan, Sex
from app.services.case import documents as issued
from tests.support import papers
from tests.support.cases import LONG_STREET, case_long, case_pa, case_pn


def test_a_pn_decision_gives_an_akta_for_each_of_the_two_and_a_kk_for_each_household() -> None:
    made = documents.documents(papers.draft_data(case_pn()))
    assert [(d.kind, d.party) for d in made] == [("akta", "suami"), ("akta", "istri"), ("kk", "suami"), ("kk", "istri")]
    assert [d.pages for d in made] == [1, 1, 1, 1]
    assert all(d.sha256 == hashlib.sha256(d.pdf).hexdigest() for d in made)


def test_a_pa_decision_gives_no_akta_because_the_court_has_issued_it() -> None:
    made = documents.documents(papers.draft_data(case_pa()))
    assert [(d.kind, d.party) for d in made] == [("kk", "suami")]


@pytest.mark.parametrize("case", [case_pn(), case_pa(), case_long()], ids=["pn", "pa", "long"])
def test_as_many_kk_as_the_case_issues(case: Case) -> None:
    assert len(household.families(case)) == dict(issued(case))["kk"]


def test_the_akta_holds_both_names_the_decision_and_the_marriage() -> None:
    husbands, wifes, *_ = documents.documents(papers.draft_data(case_pn()))
    for akta in (husbands, wifes):
        shown = papers.text(akta.pdf)
        for fact in (
            "KUTIPAN AKTA PERCERAIAN", "1471-CR-12052026-0004", "YOHANES PARULIAN SITORUS", "DEBORA MELINDA HUTAPEA",
            "1471071403840003", "1471076208870005", "87/Pdt.G/2026/PN Pbr", "26 Februari 2026", "27 Maret 2026",
            "1471-KW-18092010-0007", "18 September 2010", "14 MARET 1984", "Revisi 2, sidik",
        ):  # fmt: skip
            assert fact in shown
        assert "DRAF" not in shown
    assert "diberikan kepada YOHANES PARULIAN SITORUS (pihak kesatu)" in papers.text(husbands.pdf)
    assert "diberikan kepada DEBORA MELINDA HUTAPEA (pihak kedua)" in papers.text(wifes.pdf)


def test_a_number_that_siak_has_not_given_is_not_invented() -> None:
    akta, _, kk, wifes_kk = documents.documents(papers.draft_data(case_long()))
    assert "(nomor dari SIAK)" in papers.text(akta.pdf)
    assert "1471071109100021" in papers.text(kk.pdf)
    assert "(nomor dari SIAK)" in papers.text(wifes_kk.pdf)


@pytest.mark.parametrize("case", [case_pn(), case_pa(), case_long()], ids=["pn", "pa", "long"])
def test_the_signature_box_is_empty_on_the_page_and_large_enough(case: Case) -> None:
    for made in documents.documents(papers.draft_data(case)):
        x1, y1, x2, y2 = made.box
        width, height = papers.sizes(made.pdf)[made.page]
        assert x2 - x1 >= 230
        assert y2 - y1 >= 78
        assert 0 < x1 < x2 < width
        assert 0 < y1 < y2 < height
        for letter in papers.letters(made.pdf):
            apart = letter.right <= x1 or letter.left >= x2 or letter.top <= y1 or letter.bottom >= y2
            assert letter.page != made.page or apart, letter
        picture = papers.raster(made.pdf, 72, made.page).crop(
            (int(x1) + 1, int(height - y2) + 1, int(x2), int(height - y1))
        )
        assert picture.getextrema() == (255, 255)


def test_twelve_people_with_sixty_letters_stand_whole_on_one_kk() -> None:
    kk = documents.documents(papers.draft_data(case_long()))[2]
    shown = papers.text(kk.pdf)
    assert kk.pages == 1
    for person in (case_long().husband, *case_long().members):
        assert person.name in shown
        assert person.nik in shown
    assert LONG_STREET in shown


def test_a_letter_that_inter_lacks_is_printed_by_the_serif() -> None:
    case = case_pn()
    strange = replace(case, wife=replace(case.wife, name="ΕΛΕΝΗ НАДЕЖДА"))
    shown = papers.text(documents.documents(papers.draft_data(strange))[3].pdf)
    assert "ΕΛΕΝΗ НАДЕЖДА" in shown


def test_signs_that_mean_something_in_markup_are_printed_as_they_are() -> None:
    case = case_pn()
    odd = replace(case, decision=replace(case.decision, number="87/<b>&amp;/PN"))
    assert "87/<b>&amp;/PN" in papers.text(documents.documents(papers.draft_data(odd))[0].pdf)


def test_the_draft_is_the_same_content_marked_with_a_box_to_confirm() -> None:
    data = papers.draft_data(case_pn())
    shown = papers.text(draft.draft(data))
    for fact in ("Sudah saya periksa", "Revisi 2, sidik", "DATA KTP-EL", "CERAI HIDUP", "Pemohon"):
        assert fact in shown
    frozen = documents.documents(data)
    marked = draft.sections(data)
    assert [d.kind for d in marked] == ["akta", "akta", "kk", "kk", "ktp", "ktp"]
    for plain, marks in zip(frozen, marked, strict=False):
        upright = "".join(x.text for x in papers.letters(plain.pdf))
        with_caption = "".join(x.text for x in papers.letters(marks.pdf))
        assert with_caption.replace("tempattandatanganelektronik(TTE)", "") == upright
        assert marks.box == draft.NO_BOX
        assert marks.sha256 != plain.sha256


@pytest.mark.parametrize("large", [False, True])
def test_every_page_of_the_draft_is_marked(large: bool) -> None:
    marks = papers.slanted(draft.draft(papers.draft_data(case_pn()), large=large))
    assert len(marks) >= 6
    assert set(marks) == {"DRAFUNTUKVERIFIKASI"}


def test_the_frozen_revision_has_no_watermark() -> None:
    for made in documents.documents(papers.draft_data(case_pn())):
        assert papers.slanted(made.pdf) == [""]


def test_the_large_type_draft_says_the_same_facts() -> None:
    shown = papers.text(draft.draft(papers.draft_data(case_pn()), large=True))
    for fact in ("DEBORA MELINDA HUTAPEA", "1471076208870005", "KIRANA SITORUS", "JL. MELUR", "menjadi CERAI HIDUP"):
        assert fact in shown


def test_both_parties_are_cerai_hidup_tercatat_and_head_the_kk_they_live_on() -> None:
    case = case_pn()
    his, hers = household.families(case)
    assert [r.relation for r in household.rows(case, his)] == ["KEPALA KELUARGA", "ANAK"]
    assert [r.relation for r in household.rows(case, hers)] == ["KEPALA KELUARGA", "ANAK"]
    first = household.rows(case, hers)[0]
    assert (first.person.name, first.status, first.status_date) == (
        case.wife.name, "CERAI HIDUP TERCATAT", date(2026, 3, 27),
    )  # fmt: skip
    assert household.rows(case, hers)[1].status == "BELUM KAWIN"
    assert hers.number == case.siak.new_kk_wife


def test_a_party_that_joins_another_kk_is_no_longer_wife_there() -> None:
    case = case_pa()
    family = household.family_of(case, "istri")
    assert (family.number, family.head) == ("1471071503020011", "ZAINAL ABIDIN")
    assert household.rows(case, family)[0].relation == "FAMILI LAIN"
    assert household.rows(case, family)[0].status_date == date(2026, 4, 14)


def test_a_member_who_heads_the_kk_stands_first() -> None:
    father = Member(name="PARLINDUNGAN SITORUS", sex=Sex.MALE, relation="KEPALA KELUARGA", household=1)
    base = case_pn()
    case = replace(
        base, members=(*base.members, father), husband=replace(base.husband, relation_before="ANAK"),
        household_husband=replace(base.household_husband, head=father.name),
    )  # fmt: skip
    rows = household.rows(case, household.family_of(case, "suami"))
    assert [(r.number, r.relation) for r in rows] == [(1, "KEPALA KELUARGA"), (2, "ANAK"), (3, "ANAK")]
    assert rows[0].person is father


def test_when_both_join_other_households_one_kk_is_issued() -> None:
    join = Household(Plan.JOIN, "1471071503020011", "ZAINAL ABIDIN")
    case = replace(case_pa(), household_husband=join, household_wife=join)
    [family] = household.families(case)
    assert (family.party, family.address) == ("suami", case.husband.address)


def test_the_ktp_sheet_shows_what_changes_and_what_stays() -> None:
    case = case_pn()
    assert [row[0] for row in ktp.changes(case, case.husband)] == ["Status perkawinan"]
    hers = {label: (old, new) for label, old, new in ktp.changes(case, case.wife)}
    assert hers["Status perkawinan"] == ("KAWIN", "CERAI HIDUP")
    assert hers["Alamat"] == ("JL. KAYU MANIS GG. RAMBAI NO. 14", "JL. MELUR GG. ANGGREK NO. 3")
