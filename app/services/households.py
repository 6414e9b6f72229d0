"""What follows from the plan of each party's household, so that nobody types it twice (facts.md 2.2, 2.7)."""

from __future__ import annotations

from dataclasses import replace

from app.services.case import Address, Case, Household, Party, Plan

NOWHERE = Address()


def settled(case: Case) -> Case:
    """The case with number and head of each household as its plan says.

    KEEP keeps the old KK's number; NEW has none until SIAK gives one; the head of a kept KK is the old one, unless
    that was the former spouse; a new KK is headed by its party. What JOIN needs is typed.
    """
    return replace(
        case,
        household_husband=_settled(case.household_husband, case.husband, case.wife),
        household_wife=_settled(case.household_wife, case.wife, case.husband),
    )


def _settled(home: Household, party: Party, spouse: Party) -> Household:
    if home.plan is Plan.NEW:
        return replace(home, kk_number="", head=party.name)
    if home.plan is Plan.KEEP:
        head = party.name if party.kk_head in ("", spouse.name) else party.kk_head
        return replace(home, kk_number=party.kk_number, head=head, address=party.address)
    return home
