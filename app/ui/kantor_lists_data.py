"""What the catalogue's tab shows: choices and problems with where they come from; read in the database thread."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.services import catalogue
from app.services.catalogue import Option, Problem
from app.ui.parts.subjects import subject_labels

PROBLEMS = "problem"
ABOUT = {
    catalogue.REQUIREMENT: "Semua syarat",
    "putusan": "Salinan putusan",
    "ktp_*": "KTP-el suami atau istri",
    "lain": "Berkas pendukung lain",
    "*.name": "Nama",
    "*.nik": "NIK",
    "*.birth_*": "Tempat dan tanggal lahir",
    "*kk_number": "Nomor KK",
    "*address*": "Alamat",
    "marriage.*": "Data perkawinan",
    "decision.bht_date": "Tanggal BHT",
    "decision.*": "Data putusan",
    "members.*": "Anak",
    "household_*": "Susunan KK",
    "witness_*": "Saksi",
}
"""What a problem can be about, where no single requirement has the name."""


@dataclass(frozen=True)
class Choice:
    """One line of a list."""

    option: Option
    shipped: bool
    fixed: bool


@dataclass(frozen=True)
class Known:
    """A problem with what it is about in words."""

    problem: Problem
    about: str
    shipped: bool


@dataclass(frozen=True)
class Lists:
    """All lists that the office may change."""

    choices: Mapping[str, tuple[Choice, ...]]
    problems: tuple[Known, ...]
    abouts: tuple[tuple[str, str], ...]


def load() -> Lists:
    """The lists as they are now."""
    labels = {**subject_labels(), **ABOUT}
    catalogue.refresh()
    choices = {kind: _choices(kind) for kind in catalogue.EDITABLE}
    known = (Known(p, labels.get(p.code, p.code), catalogue.is_shipped(p)) for p in catalogue.every_problem())
    return Lists(
        choices,
        tuple(sorted(known, key=lambda k: not k.problem.active)),
        tuple((code, labels.get(code, code)) for code in catalogue.abouts()),
    )


def _choices(kind: str) -> tuple[Choice, ...]:
    came, fixed = catalogue.shipped(kind), catalogue.FIXED.get(kind, frozenset())
    return tuple(Choice(o, o.value in came, o.value in fixed) for o in catalogue.everything(kind))
