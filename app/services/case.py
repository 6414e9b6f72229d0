"""The whole case as data: two parties, marriage, decision, children, households, witnesses, SIAK's numbers."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any, cast, get_args, get_origin, get_type_hints

Day = date
"""The type, where a field is itself called `date`."""


class Route(StrEnum):
    """Which court decided: it decides which documents are issued (facts.md 2.5)."""

    UNKNOWN = ""
    PN = "PN"
    PA = "PA"


class Reporter(StrEnum):
    """Who stands at the counter."""

    UNKNOWN = ""
    HUSBAND = "HUSBAND"
    WIFE = "WIFE"
    PROXY = "PROXY"


class Sex(StrEnum):
    """As on the KK: 1 Laki-laki, 2 Perempuan."""

    UNKNOWN = ""
    MALE = "L"
    FEMALE = "P"


class Plan(StrEnum):
    """What happens to a party's household: stays on its KK, gets a new one, or joins another (SOP README)."""

    UNKNOWN = ""
    KEEP = "KEEP"
    NEW = "NEW"
    JOIN = "JOIN"


@dataclass(frozen=True)
class Address:
    """An address as printed on a KK. RT and RW are text of three digits."""

    street: str = ""
    rt: str = ""
    rw: str = ""
    kelurahan: str = ""
    kecamatan: str = ""
    city: str = "KOTA PEKANBARU"
    province: str = "RIAU"
    postcode: str = ""


@dataclass(frozen=True)
class Person:
    """One person with what the KK's two tables hold (facts.md 2.8). Codes are the catalogue's labels."""

    nik: str = ""
    name: str = ""
    sex: Sex = Sex.UNKNOWN
    birth_place: str = ""
    birth_date: date | None = None
    religion: str = ""
    education: str = ""
    occupation: str = ""
    blood_type: str = ""
    citizenship: str = "WNI"
    passport: str = ""
    permit: str = ""
    father: str = ""
    mother: str = ""


@dataclass(frozen=True)
class Party(Person):
    """Husband or wife: a person with the KK and address before the decision."""

    kk_number: str = ""
    kk_head: str = ""
    address: Address = field(default_factory=Address)
    relation_before: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Member(Person):
    """A child, or another member of the old KK. `household` 1 = husband's, 2 = wife's, 0 = not placed."""

    relation: str = "ANAK"
    marital_status: str = "BELUM KAWIN"
    household: int = 0


@dataclass(frozen=True)
class Proxy:
    """Who acts by power of attorney."""

    name: str = ""
    nik: str = ""
    letter: str = ""


@dataclass(frozen=True)
class Marriage:
    """The marriage that ends."""

    number: str = ""
    date: Day | None = None
    place: str = ""
    certificate_withdrawn: bool = False
    no_certificate_statement: bool = False


@dataclass(frozen=True)
class Decision:
    """The court decision; `bht_date` is when it became final (facts.md 2.5)."""

    court: str = ""
    seat: str = ""
    number: str = ""
    date: Day | None = None
    bht_date: Day | None = None
    clerk_letter: str = ""
    clerk_letter_date: Day | None = None
    level: str = ""
    appeal_number: str = ""
    appeal_date: Day | None = None
    filed_by: str = ""
    cause: str = ""
    pa_certificate: str = ""
    pa_certificate_date: Day | None = None


@dataclass(frozen=True)
class Household:
    """Where one party lives afterwards. `kk_number` of a new KK comes from SIAK and is never invented."""

    plan: Plan = Plan.UNKNOWN
    kk_number: str = ""
    head: str = ""
    address: Address = field(default_factory=Address)


@dataclass(frozen=True)
class Witness:
    """A witness of the report (F-2.01)."""

    name: str = ""
    nik: str = ""
    kk_number: str = ""
    citizenship: str = "WNI"


@dataclass(frozen=True)
class Siak:
    """Numbers that SIAK gave back."""

    deed_number: str = ""
    deed_date: date | None = None
    new_kk_husband: str = ""
    new_kk_wife: str = ""


@dataclass(frozen=True)
class Case:
    """One divorce, complete enough for Akta Perceraian, KK and KTP-el; every revision holds all of it."""

    route: Route = Route.UNKNOWN
    reporter: Reporter = Reporter.UNKNOWN
    proxy: Proxy = field(default_factory=Proxy)
    husband: Party = field(default_factory=Party)
    wife: Party = field(default_factory=Party)
    marriage: Marriage = field(default_factory=Marriage)
    decision: Decision = field(default_factory=Decision)
    members: tuple[Member, ...] = ()
    household_husband: Household = field(default_factory=Household)
    household_wife: Household = field(default_factory=Household)
    witness_1: Witness = field(default_factory=Witness)
    witness_2: Witness = field(default_factory=Witness)
    reported: date | None = None
    siak: Siak = field(default_factory=Siak)
    overrides: tuple[tuple[str, str], ...] = ()

    @property
    def title(self) -> str:
        """Both names as shown to officers: never on tickets, TV, logs or file names."""
        names = [n.title() for n in (self.husband.name, self.wife.name) if n]
        return " & ".join(names)

    def override(self, path: str) -> str | None:
        """The reason given for keeping a warned value, or None."""
        return dict(self.overrides).get(path)


DEED_COPIES = 2


def documents(case: Case) -> tuple[tuple[str, int], ...]:
    """What is issued: (kind, copies). PN: akta for each of the two; KK by household; KTP-el request for both."""
    deed = (("akta", DEED_COPIES),) if case.route is Route.PN else ()
    kk = sum(h.plan in (Plan.KEEP, Plan.NEW) for h in (case.household_husband, case.household_wife))
    return (*deed, ("kk", max(1, kk)), ("ktp", 2))


def to_json(case: Case) -> str:
    """Canonical text of a case: sorted keys, no blanks, dates as ISO; the same case gives the same bytes."""
    return json.dumps(_plain(case), sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def from_json(text: str) -> Case:
    """The case of a stored revision. Fields that this version does not know are left out; missing ones are empty."""
    return cast("Case", _build(Case, json.loads(text)))


def flat(case: Case) -> dict[str, str]:
    """Every value under its path ("husband.name", "members.0.nik"), as text; empty ones too."""
    out: dict[str, str] = {}
    _flatten("", _plain(case), out)
    return out


def changed(old: Case, new: Case) -> dict[str, tuple[str, str]]:
    """Path -> (old, new) for every value that differs between two revisions."""
    a, b = flat(old), flat(new)
    return {p: (a.get(p, ""), b.get(p, "")) for p in {**a, **b} if a.get(p, "") != b.get(p, "")}


def with_value(case: Case, path: str, value: Any) -> Case:
    """The case with one value replaced; KeyError for a path no case has."""
    return cast("Case", _replaced(case, path.split("."), value))


def value_at(case: Case, path: str) -> Any:
    """The typed value at a path; KeyError for a path this case does not have."""
    here: Any = case
    for part in path.split("."):
        try:
            here = here[int(part)] if isinstance(here, tuple) else getattr(here, part)
        except (AttributeError, IndexError, ValueError) as e:
            raise KeyError(path) from e
    return here


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, tuple):
        return [_plain(v) for v in value]
    return value.isoformat() if isinstance(value, date) else value


def _build(kind: Any, data: Any) -> Any:
    if is_dataclass(kind) and isinstance(kind, type):
        hints = get_type_hints(kind)
        known = data if isinstance(data, Mapping) else {}
        return kind(**{f.name: _build(hints[f.name], known[f.name]) for f in fields(kind) if f.name in known})
    if get_origin(kind) is tuple:
        args = get_args(kind)
        if args[-1] is Ellipsis:
            return tuple(_build(args[0], v) for v in data)
        return tuple(_build(k, v) for k, v in zip(args, data, strict=True))
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return kind(data)
    if date in get_args(kind):
        return date.fromisoformat(data) if data else None
    return data


def _flatten(prefix: str, value: Any, out: dict[str, str]) -> None:
    if isinstance(value, dict):
        for key, inner in value.items():
            _flatten(f"{prefix}.{key}" if prefix else key, inner, out)
    elif isinstance(value, list):
        for i, inner in enumerate(value):
            _flatten(f"{prefix}.{i}", inner, out)
    else:
        out[prefix] = "" if value is None else ("ya" if value is True else "" if value is False else str(value))


def _replaced(here: Any, parts: list[str], value: Any) -> Any:
    name = parts[0]
    if isinstance(here, tuple):
        i = int(name)
        if not 0 <= i < len(here):
            raise KeyError(name)
        return (*here[:i], value if len(parts) == 1 else _replaced(here[i], parts[1:], value), *here[i + 1 :])
    if name not in {f.name for f in fields(here)}:
        raise KeyError(name)
    return replace(here, **{name: value if len(parts) == 1 else _replaced(getattr(here, name), parts[1:], value)})
