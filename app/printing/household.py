"""Who stands on which KK after the divorce: relation re-set, status and date of the two parties (facts 2.7)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from app.services.case import Address, Case, Household, Member, Party, Person, Plan, Route, documents

DIVORCED = "CERAI HIDUP TERCATAT"
HEAD = "KEPALA KELUARGA"
_BY_MARRIAGE = ("", HEAD, "SUAMI", "ISTRI")


@dataclass(frozen=True)
class Family:
    """One KK that is issued: of which party, its number (empty until SIAK gives one), head and address."""

    party: Literal["suami", "istri"]
    number: str
    head: str
    address: Address


@dataclass(frozen=True)
class Row:
    """One line of both tables of a KK."""

    number: int
    person: Person
    relation: str
    status: str
    status_date: date | None


def families(case: Case) -> tuple[Family, ...]:
    """The KKs that this case issues, as many as `services.case.documents` says: kept and new ones.

    When both parties join other households it is the husband's entry into the other KK.
    """
    own = [f for f, h in _both(case) if h.plan in (Plan.KEEP, Plan.NEW)]
    return tuple(own or [_both(case)[0][0]])[: dict(documents(case))["kk"]]


def family_of(case: Case, party: Literal["suami", "istri"]) -> Family:
    """Where one party lives afterwards, whether a KK is issued here or not."""
    return next(f for f, _ in _both(case) if f.party == party)


def rows(case: Case, family: Family) -> tuple[Row, ...]:
    """The people of a KK: its head first, then the party, then the members placed there in their order."""
    party = case.husband if family.party == "suami" else case.wife
    placed = [m for m in case.members if m.household == (1 if family.party == "suami" else 2)]
    when = divorced_on(case)
    people: list[tuple[Person, str, str, date | None]] = [(party, _relation(party, family, placed), DIVORCED, when)]
    people += [(m, m.relation, m.marital_status, None) for m in placed]
    people.sort(key=lambda p: p[1] != HEAD)
    return tuple(Row(i, *p) for i, p in enumerate(people, 1))


def divorced_on(case: Case) -> date | None:
    """The date that KK and KTP-el data show: of the PA's akta cerai, else the day the decision became final."""
    if case.route is Route.PA and case.decision.pa_certificate_date:
        return case.decision.pa_certificate_date
    return case.decision.bht_date


def _both(case: Case) -> tuple[tuple[Family, Household], tuple[Family, Household]]:
    husband, wife = case.household_husband, case.household_wife
    return (
        (_family("suami", case.husband, husband, case.siak.new_kk_husband), husband),
        (_family("istri", case.wife, wife, case.siak.new_kk_wife), wife),
    )


def _family(side: Literal["suami", "istri"], party: Party, home: Household, new_number: str) -> Family:
    if home.plan is Plan.NEW:
        number = new_number or home.kk_number
    elif home.plan is Plan.JOIN:
        number = home.kk_number
    else:
        number = home.kk_number or party.kk_number
    return Family(side, number, home.head or party.name, home.address if home.address.street else party.address)


def _relation(party: Party, family: Family, placed: list[Member]) -> str:
    """A party that heads its KK is KEPALA KELUARGA; under another head a relation by this marriage is over."""
    if family.head == party.name and all(m.relation != HEAD for m in placed):
        return HEAD
    return "FAMILI LAIN" if party.relation_before in _BY_MARRIAGE else party.relation_before
