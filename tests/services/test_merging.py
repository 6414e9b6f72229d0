"""Two officers typed at once; and what follows from a household's plan."""

from __future__ import annotations

from dataclasses import replace

from app.services.case import Case, Household, Plan, with_value
from app.services.households import settled
from app.services.merging import merged
from tests.support.cases import case_pa, case_pn


def test_changes_to_different_fields_come_together() -> None:
    base = case_pn()
    mine, theirs = with_value(base, "wife.name", "DEBORA"), with_value(base, "husband.name", "YOHANES")
    result, both = merged(base, mine, theirs)
    assert (result.wife.name, result.husband.name, both) == ("DEBORA", "YOHANES", ())


def test_where_both_changed_the_same_field_mine_stands_and_it_is_named() -> None:
    base = case_pn()
    mine, theirs = with_value(base, "wife.name", "DEBORA"), with_value(base, "wife.name", "DEBBY")
    result, both = merged(base, mine, theirs)
    assert (result.wife.name, both) == ("DEBORA", ("wife.name",))


def test_both_typed_the_same_and_nobody_needs_to_look() -> None:
    base = case_pn()
    same = with_value(base, "wife.name", "DEBORA")
    assert merged(base, same, same) == (same, ())


def test_a_child_added_here_stays_and_their_other_changes_too() -> None:
    base = replace(case_pn(), members=case_pn().members[:1])
    mine, theirs = case_pn(), with_value(base, "husband.name", "YOHANES")
    result, _ = merged(base, mine, theirs)
    assert result.members == case_pn().members
    assert result.husband.name == "YOHANES"


def test_a_child_taken_out_there_stays_out_where_i_touched_no_child() -> None:
    base = case_pn()
    mine = with_value(base, "wife.name", "DEBORA")
    theirs = replace(base, members=base.members[1:])
    result, both = merged(base, mine, theirs)
    assert (result.members, result.wife.name, both) == (base.members[1:], "DEBORA", ())


def test_what_i_typed_of_one_child_never_lands_on_another() -> None:
    base = case_pn()
    mine = with_value(base, "members.0.name", "GABRIEL ANDREAS SITORUS")
    theirs = replace(base, members=base.members[1:])
    result, both = merged(base, mine, theirs)
    assert result.members == mine.members
    assert both == ("members",), "and it is named, so that somebody looks"


def test_reasons_given_on_both_sides_are_kept() -> None:
    base = case_pn()
    mine = replace(base, overrides=(("wife.nik", "Sesuai KTP-el"),))
    theirs = replace(base, overrides=(("husband.nik", "Sesuai KK"),))
    result, _ = merged(base, mine, theirs)
    assert dict(result.overrides) == {"wife.nik": "Sesuai KTP-el", "husband.nik": "Sesuai KK"}


def test_a_reason_taken_back_here_stays_away() -> None:
    base = replace(case_pn(), overrides=(("wife.nik", "Sesuai KTP-el"),))
    result, _ = merged(base, replace(base, overrides=()), with_value(base, "husband.name", "YOHANES"))
    assert result.overrides == ()


def test_complete_cases_are_already_settled_up_to_the_address_of_who_stays() -> None:
    for case in (case_pn(), case_pa()):
        assert settled(case) == case


def test_who_stays_keeps_number_and_address_and_heads_the_kk_instead_of_the_former_spouse() -> None:
    case = replace(case_pn(), household_wife=Household(Plan.KEEP))
    home = settled(case).household_wife
    assert (home.kk_number, home.head) == (case.wife.kk_number, case.wife.name)
    assert home.address == case.wife.address


def test_who_stays_in_a_parents_kk_leaves_its_head_alone() -> None:
    case = with_value(replace(case_pn(), household_wife=Household(Plan.KEEP)), "wife.kk_head", "MARULI HUTAPEA")
    assert settled(case).household_wife.head == "MARULI HUTAPEA"


def test_a_new_kk_has_no_number_until_siak_gives_one() -> None:
    case = replace(case_pn(), household_wife=replace(case_pn().household_wife, kk_number="1471071109100021", head=""))
    home = settled(case).household_wife
    assert (home.kk_number, home.head) == ("", case.wife.name)
    assert home.address == case_pn().household_wife.address


def test_a_kk_joined_is_what_was_typed() -> None:
    assert settled(case_pa()).household_wife == case_pa().household_wife
    assert settled(Case()) == Case()
