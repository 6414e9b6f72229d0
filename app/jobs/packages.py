"""Takes an online application in: its package of files becomes a file that waits for registration (SOP row 1)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from app.channels.package import Package, PackageFile, read_package
from app.channels.package import Person as Sender
from app.jobs.workshop import Workshop
from app.services import intake
from app.services.accounts import Who
from app.services.berkas import Contact, Head
from app.services.case import Case, Party, Reporter, Route
from app.services.keys import derived
from app.services.papers import NewPaper

OTHER = "lain"
"""Where a file goes whose requirement the applicant's route does not ask for: shown, never dropped."""
ONLINE = "daring:"
"""How `source` of a scan begins that came with an online application; its reference follows."""
_SPACE = "5d3ad3a6-2ad0-4f0b-9c06-0e5b86fd7b2b"


@dataclass(frozen=True)
class LeftOut:
    """A file of the package that was not taken in, and why."""

    requirement: str
    name: str
    reason: str


def preview(path: Path) -> Package:
    """What a package holds and what is left out of it; nothing is stored. Refused (field "package") as a whole."""
    return read_package(path)


def key_of(package: Package) -> str:
    """The idempotency key of a package: an import that was cut off goes on where it was when it is done again."""
    return derived(_SPACE, package.sha256)


def receive(shop: Workshop, who: Who, path: Path, key: str) -> Head:
    """Read the package again and store it with all its accepted files; what is quarantined is kept as a list.

    Every byte is read and checked before the first row is written, so a bad package leaves nothing behind.
    Refused (field "package") for the package, Conflict where somebody took it in already; the same key repeats safely.
    """
    package = read_package(path)
    known = _codes(Route(package.route))
    papers = [_paper(package, file, known) for file in package.files]
    return intake.receive_package(
        shop.sop, who, package.external_ref, _data(package), package.submitted_at, papers, key
    )


def quarantined(data: Mapping[str, Any]) -> tuple[LeftOut, ...]:
    """The left-out files that a file's package data list; none for a walk-in."""
    return tuple(LeftOut(q["requirement"], q["name"], q["reason"]) for q in data.get("quarantined", ()))


def first_case(data: Mapping[str, Any]) -> Case:
    """What the applicant already said about the case: route, reporter, names and NIK; the rest is empty."""
    return Case(
        route=Route(data.get("route", "")),
        reporter=Reporter(data.get("reporter", "")),
        husband=_party(data.get("husband")),
        wife=_party(data.get("wife")),
    )


def first_contact(data: Mapping[str, Any]) -> Contact:
    """Where the applicant wants to be reached, as he typed it himself: there is nothing to read back."""
    return Contact(data.get("email", ""), data.get("phone", ""), read_back=False)


def _party(said: Mapping[str, str] | None) -> Party:
    return Party(name=said["name"].upper(), nik=said.get("nik", "")) if said else Party()


def _codes(route: Route) -> frozenset[str]:
    """The requirement codes a route knows, the proxy's too."""
    return frozenset(r.code for r in intake.requirements(0, route, Reporter.PROXY))


def _paper(package: Package, file: PackageFile, known: frozenset[str]) -> NewPaper:
    code = file.requirement if file.requirement in known else OTHER
    meta = json.dumps({"requirement": file.requirement, "sha256": file.sha256})
    return NewPaper(
        "scan", code, PurePosixPath(file.name).name, file.read(), file.pages, file.mime,
        source=f"{ONLINE}{package.external_ref}", meta=meta,
    )  # fmt: skip


def _data(package: Package) -> dict[str, Any]:
    return {
        "route": package.route,
        "reporter": package.reporter,
        "phone": package.phone,
        "email": package.email,
        "submitted_at": package.submitted_at.isoformat(),
        "external_ref": package.external_ref,
        "husband": _person(package.husband),
        "wife": _person(package.wife),
        "form_sha256": package.sha256,
        "files": [{"requirement": f.requirement, "name": f.name, "sha256": f.sha256} for f in package.files],
        "quarantined": [vars(LeftOut(q.requirement, q.name, q.reason)) for q in package.quarantined],
    }


def _person(person: Sender | None) -> dict[str, str] | None:
    return {"name": person.name, "nik": person.nik} if person else None
