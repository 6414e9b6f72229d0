"""Lists that officers choose from: KK enumerations, regions, number patterns, problems with their solutions."""

from __future__ import annotations

import json
import sysconfig
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import app
from app.errors import Refused
from app.models.base import add
from app.models.tables_admin import CatalogueOption, CatalogueProblem
from app.services.kept import Kept

REQUIREMENT = "syarat"
"""In the catalogue: problems that any required paper can have."""
EDITABLE = {
    "occupation": "Pekerjaan",
    "education": "Pendidikan",
    "religion": "Agama",
    "relation": "Hubungan dalam keluarga",
    "blood_type": "Golongan darah",
}
"""Lists that an administrator may add to and retire from; the others are read by the program itself."""
FIXED = {"relation": frozenset({"KEPALA KELUARGA", "SUAMI", "ISTRI", "ANAK"})}
"""Values that the program writes: they stay on offer."""
LAST = "LAINNYA"


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
    active: bool = True


@dataclass(frozen=True)
class Changes:
    """What the administrator added, renamed or retired, newest last, beside the lists the program is shipped with."""

    options: Mapping[str, Mapping[str, Option]] = field(default_factory=dict)
    problems: Mapping[tuple[str, str], Problem] = field(default_factory=dict)


@dataclass(frozen=True)
class Pattern:
    """The usual shape of a number, never more than a warning (facts.md 2.3, 2.5)."""

    regex: str
    example: str


def refresh() -> None:
    """Read again what the administrator changed; for threads with a connection, before windows show lists."""
    _kept.now()


def options(kind: str, keep: str = "") -> tuple[Option, ...]:
    """The active choices of a list (religion, education, occupation, blood_type, relation ...; facts.md 2.9).

    `keep` is a value that must stay choosable though the list does not offer it (data from elsewhere, old values).
    KeyError for a list there is none of.
    """
    rows = everything(kind)
    offered = [o for o in rows if o.active or o.value == keep]
    if keep and all(o.value != keep for o in offered):
        offered.append(Option(keep, keep, active=False))
    return tuple(offered)


def everything(kind: str) -> tuple[Option, ...]:
    """A list with what is no longer offered; added ones stand at its end, before a last "Lainnya"."""
    own = _kept.now().options.get(kind, {})
    return _merged(_shipped(kind), tuple(own.values())) if own else _shipped(kind)


def shipped(kind: str) -> frozenset[str]:
    """The values of a list that came with the program."""
    return frozenset(o.value for o in _shipped(kind))


@cache
def _shipped(kind: str) -> tuple[Option, ...]:
    return tuple(Option(*row) for row in _read("options")[kind])


@lru_cache(maxsize=32)
def _merged(given: tuple[Option, ...], own: tuple[Option, ...]) -> tuple[Option, ...]:
    changed = {o.value: o for o in own}
    known = {o.value for o in given}
    rows = [changed.get(o.value, o) for o in given]
    added = [o for o in own if o.value not in known]
    ends = bool(rows) and rows[-1].value == LAST
    return (*rows[:-1], *added, rows[-1]) if ends else (*rows, *added)


def label(kind: str, value: str) -> str:
    """How a stored value is shown; an unknown one as it stands."""
    return next((o.label for o in options(kind, value) if o.value == value), value)


def problems(code: str = "") -> tuple[Problem, ...]:
    """The known problems of a requirement ("kk") or a field ("husband.nik"), the closest first; all without a code."""
    known = [p for p in every_problem() if p.active]
    if not code:
        return tuple(known)
    wanted = [p for p in known if fnmatchcase(code, p.code)]
    if "." not in code and not code.startswith("household"):
        wanted += [p for p in known if p.code == REQUIREMENT]
    return tuple(wanted)


def every_problem() -> tuple[Problem, ...]:
    """All problems, those no longer offered too; added ones last."""
    own = _kept.now().problems
    given = _shipped_problems()
    known = {(p.code, p.text) for p in given}
    rows = [own.get((p.code, p.text), p) for p in given] if own else list(given)
    return (*rows, *(p for at, p in own.items() if at not in known))


def is_shipped(problem: Problem) -> bool:
    """Whether it came with the program."""
    return any((p.code, p.text) == (problem.code, problem.text) for p in _shipped_problems())


@cache
def _shipped_problems() -> tuple[Problem, ...]:
    return tuple(Problem(p["about"], p["text"], p["solution"]) for p in _read("problems")["problems"])


def abouts() -> tuple[str, ...]:
    """What a problem can be about, in the order of the program's own list."""
    return tuple(dict.fromkeys(p.code for p in _shipped_problems()))


# --- the administrator's changes -------------------------------------------------------------------------------------


def set_option(kind: str, value: str, label_: str, key: str, *, active: bool = True) -> None:
    """Add a choice, give it another word, retire it or offer it again. `value` is what the KK prints: upper case."""
    stored = " ".join(value.upper().split())
    if kind not in EDITABLE:
        raise Refused("Daftar ini dipakai program sendiri dan tidak dapat diubah.", field="kind")
    if not active and stored in FIXED.get(kind, ()):
        raise Refused(f"{stored} dipakai program saat menyusun KK, jadi tetap ditawarkan.", field="value")
    if not stored:
        raise Refused("Isi sebutannya seperti tercetak pada KK.", field="value")
    add(CatalogueOption, key, kind=kind, value=stored, label=label_.strip() or stored, active=int(active))
    _kept.forget()


def set_problem(problem: Problem, key: str) -> None:
    """Add a problem with its solution, change the solution, retire it or offer it again."""
    add(
        CatalogueProblem,
        key,
        about=problem.code.strip(),
        problem=problem.text.strip(),
        solution=problem.solution.strip(),
        active=int(problem.active),
    )
    _kept.forget()


def _changes() -> Changes:
    found: dict[str, dict[str, Option]] = {}
    for r in CatalogueOption.select().order_by(CatalogueOption.id):
        found.setdefault(r.kind, {})[r.value] = Option(r.value, r.label, bool(r.active))
    told_: Sequence[CatalogueProblem] = list(CatalogueProblem.select().order_by(CatalogueProblem.id))
    return Changes(
        found, {(r.about, r.problem): Problem(r.about, r.problem, r.solution, bool(r.active)) for r in told_}
    )


_kept: Kept[Changes] = Kept(Changes(), _changes)


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
