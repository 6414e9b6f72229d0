"""An online application as a folder or .zip: `permohonan.json` and its files (docs/paket-daring.md)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from app.channels.attachments import examine
from app.channels.package_form import FORM, Declared, Form, Person, read_form
from app.channels.package_store import FolderStore, Store, ZipStore, fault
from app.errors import Refused

if TYPE_CHECKING:
    from datetime import datetime

__all__ = ["Package", "PackageFile", "Person", "Quarantined", "read_package"]


@dataclass(frozen=True)
class PackageFile:
    """One accepted file; its bytes stay in the package until they are asked for."""

    requirement: str
    name: str
    mime: str
    pages: int
    sha256: str
    size: int
    store: Store = field(repr=False, compare=False)

    def read(self) -> bytes:
        """The bytes, checked once more: a package changed since it was read is refused."""
        data = self.store.read(self.name)
        if hashlib.sha256(data).hexdigest() != self.sha256:
            raise fault(f"Berkas “{self.name}” di paket berubah sejak dibaca. Impor ulang paketnya.", "changed")
        return data


@dataclass(frozen=True)
class Quarantined:
    """A file left out, and why (Indonesian, says what to do)."""

    requirement: str
    name: str
    reason: str


@dataclass(frozen=True)
class Package:
    """What the applicant sent; `submitted_at` is UTC, `sha256` that of permohonan.json."""

    route: Literal["PN", "PA"]
    reporter: Literal["HUSBAND", "WIFE", "PROXY"]
    phone: str = field(repr=False)
    email: str = field(repr=False)
    submitted_at: datetime
    external_ref: str
    husband: Person | None
    wife: Person | None
    files: tuple[PackageFile, ...]
    quarantined: tuple[Quarantined, ...]
    sha256: str


def read_package(path: str | Path) -> Package:
    """Reads a folder or a .zip.

    Refused (field "package") for a fault of the whole: no or unreadable form, unknown field, a path that leaves the
    package, a link, too much content. A fault of one file puts that file in quarantine and lets the rest pass.
    """
    place = Path(path)
    store: Store = FolderStore(place) if place.is_dir() else ZipStore(place)
    raw = store.read(FORM)
    form = read_form(raw)
    # Every path is judged before any file is opened: a package with one bad path is not half taken.
    for declared in form.files:
        store.demand_inside(declared.path)
    accepted: list[PackageFile] = []
    quarantined: list[Quarantined] = []
    for declared in form.files:
        try:
            accepted.append(_take(store, declared))
        except Refused as refusal:
            quarantined.append(Quarantined(declared.requirement, declared.path, refusal.message))
    return _package(form, accepted, quarantined, hashlib.sha256(raw).hexdigest())


def _take(store: Store, declared: Declared) -> PackageFile:
    """One file: same limits as from a disk, and the very bytes the applicant's form named."""
    data = store.read(declared.path)
    if hashlib.sha256(data).hexdigest() != declared.sha256:
        raise fault(
            f"Isi berkas “{declared.path}” tidak sama dengan yang dikirim pemohon. Minta pemohon mengirim ulang.",
            "wrong_sha",
        )
    found = examine(data, declared.path)
    return PackageFile(declared.requirement, declared.path, found.mime, found.pages, found.sha256, len(data), store)


def _package(form: Form, accepted: list[PackageFile], quarantined: list[Quarantined], sha256: str) -> Package:
    return Package(
        route=form.route,
        reporter=form.reporter,
        phone=form.phone,
        email=form.email,
        submitted_at=form.submitted_at,
        external_ref=form.external_ref,
        husband=form.husband,
        wife=form.wife,
        files=tuple(accepted),
        quarantined=tuple(quarantined),
        sha256=sha256,
    )
