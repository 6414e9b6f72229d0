"""Lists that officers choose from: KK enumerations, regions, number patterns, problems with their solutions."""

from __future__ import annotations

import json
import sysconfig
from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any

import app

REQUIREMENT = "syarat"
"""In the catalogue: problems that any required paper can have."""


@dataclass(frozen=True)
class Option:
    """One choice: `value` is stored and printed (as on the KK), `label` is shown. Old values stay readable."""

    value: str
    label: str
    active: bool = True


@dataclass(frozen=True)
class Problem:
    """A known problem and what to do about it (SOP, Pencatatan dan Pendataan 4). `code` may hold wildcards."""

    code: str
    text: str
    solution: str


@dataclass(frozen=True)
class Pattern:
    """The usual shape of a number, never more than a warning (facts.md 2.3, 2.5)."""

    regex: str
    example: str


def options(kind: str, keep: str = "") -> tuple[Option, ...]:
    """The active choices of a list (religion, education, occupation, blood_type, relation ...; facts.md 2.9).

    `keep` is a value that must stay choosable though the list does not offer it (data from elsewhere, old values).
    KeyError for a list there is none of.
    """
    rows = [Option(*row) for row in _read("options")[kind]]
    offered = [o for o in rows if o.active or o.value == keep]
    if keep and all(o.value != keep for o in offered):
        offered.append(Option(keep, keep, active=False))
    return tuple(offered)


def label(kind: str, value: str) -> str:
    """How a stored value is shown; an unknown one as it stands."""
    return next((o.label for o in options(kind, value) if o.value == value), value)


def problems(code: str = "") -> tuple[Problem, ...]:
    """The known problems of a requirement ("kk") or a field ("husband.nik"), the closest first; all without a code."""
    known = [Problem(p["about"], p["text"], p["solution"]) for p in _read("problems")["problems"]]
    if not code:
        return tuple(known)
    wanted = [p for p in known if fnmatchcase(code, p.code)]
    if "." not in code and not code.startswith("household"):
        wanted += [p for p in known if p.code == REQUIREMENT]
    return tuple(wanted)


def pattern(kind: str) -> Pattern:
    """The usual shape of decision_pn, decision_pa, pa_certificate or deed."""
    row = _read("patterns")[kind]
    return Pattern(row["pattern"], row["example"])


def kecamatan() -> tuple[str, ...]:
    """The fifteen districts of Pekanbaru; other places are typed freely (facts.md 2.10)."""
    return tuple(_read("regions")["kecamatan"])


def kelurahan(district: str = "") -> tuple[str, ...]:
    """The known kelurahan of a district, or of all; the list is not complete, free text stays allowed."""
    known: Mapping[str, list[str]] = _read("regions")["kecamatan"]
    found = known.get(district.upper(), []) if district else [k for rows in known.values() for k in rows]
    return tuple(sorted(found))


def knows_region(prefix: str) -> bool:
    """Whether the six first digits of a NIK can be a region; only what we are sure of is refused (facts.md 2.1)."""
    regions = _read("regions")
    if prefix[:2] not in regions["provinces"]:
        return False
    cities, districts = regions["cities"].get(prefix[:2]), regions["districts"].get(prefix[:4])
    if cities is not None and prefix[2:4] not in cities:
        return False
    return districts is None or prefix[4:6] in districts


@cache
def _read(name: str) -> Mapping[str, Any]:
    """One file of resources/catalogue; an officer's PC has it in a checkout or in the installed copy."""
    beside = Path(app.__file__).resolve().parent.parent / "resources"
    root = beside if beside.is_dir() else Path(sysconfig.get_path("data")) / "share" / "pelita3" / "resources"
    data: Mapping[str, Any] = json.loads((root / "catalogue" / f"{name}.json").read_text(encoding="utf-8"))
    return data
