"""The entry: every save is a new revision of the whole case; none is ever changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.models import lookups
from app.models.base import add, moment, sha256hex, told
from app.models.tables_berkas import CurrentEntry, Entry
from app.services.accounts import Who
from app.services.berkas import Head
from app.services.case import Case, from_json, to_json

NIK_DIGITS = 16


@dataclass(frozen=True)
class Revision:
    """One saved revision; `rev` counts from 1, `sha256` is over its canonical text."""

    rev: int
    case: Case
    sha256: str
    by: str
    at: datetime


def latest(berkas_id: int) -> Revision | None:
    """The newest revision, or None before the first save."""
    with told():
        row = CurrentEntry.get_or_none(CurrentEntry.berkas_id == berkas_id)
    return _revision(row) if row else None


def revisions(berkas_id: int) -> list[Revision]:
    """All revisions, newest first."""
    with told():
        return [_revision(e) for e in Entry.select().where(Entry.berkas_id == berkas_id).order_by(Entry.rev.desc())]


def revision(berkas_id: int, rev: int) -> Revision | None:
    """One revision, or None."""
    with told():
        row = Entry.get_or_none(Entry.berkas_id == berkas_id, Entry.rev == rev)
    return _revision(row) if row else None


def save(who: Who, file: Head, case: Case, expects_rev: int, key: str) -> Revision:
    """Save the case as revision `expects_rev` + 1. Conflict where somebody else saved meanwhile.

    A case equal to the newest revision is not saved again: that revision is returned.
    """
    text = to_json(case)
    digest = sha256hex(text)
    newest = latest(file.id)
    if newest and newest.sha256 == digest:
        return newest
    add(
        Entry,
        key,
        berkas_id=file.id,
        rev=expects_rev + 1,
        data=text,
        sha256=digest,
        at_n=file.n,
        as_role=who.role.value,
    )
    with told():
        row = Entry.get(Entry.key == key)
    return _revision(row)


def others_with_nik(berkas_id: int, nik: str) -> list[str]:
    """Numbers of other open files in which this NIK is a party."""
    if len(nik) != NIK_DIGITS:
        return []
    return lookups.numbers_with_nik(berkas_id, nik)


def others(berkas_id: int, case: Case) -> dict[str, list[str]]:
    """Numbers of other open files by the path of the party's NIK that stands there too; what `rules.check` asks for."""
    niks = {"husband.nik": case.husband.nik, "wife.nik": case.wife.nik}
    found = {path: others_with_nik(berkas_id, nik) for path, nik in niks.items()}
    return {path: numbers for path, numbers in found.items() if numbers}


def _revision(row: Entry) -> Revision:
    return Revision(row.rev, from_json(row.data), row.sha256, row.made_by, moment(row.made_us))
