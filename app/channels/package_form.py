"""The form of an online application: `permohonan.json`, read strictly, refused kindly (docs/paket-daring.md)."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal, cast

from app.channels.package_store import fault

if TYPE_CHECKING:
    from collections.abc import Mapping

FORM = "permohonan.json"
MAX_FORM = 256 * 1024
MAX_FILES = 100
MAX_NAME = 100
KNOWN = {"route", "reporter", "phone", "email", "submitted_at", "external_ref", "husband", "wife", "files"}
REQUIRED = {"route", "reporter", "phone", "email", "submitted_at", "external_ref", "files"}
ROUTES, REPORTERS = ("PN", "PA"), ("HUSBAND", "WIFE", "PROXY")
PHONE = re.compile(r"\+?[0-9][0-9 .()-]{5,24}")
EMAIL = re.compile(r"[^\s<>@,;]{1,64}@[^\s<>@,;]{1,190}")
REFERENCE = re.compile(r"[A-Za-z0-9._/-]{1,64}")
REQUIREMENT = re.compile(r"[A-Za-z0-9._-]{1,64}")
NIK = re.compile(r"[0-9]{16}")
SHA256 = re.compile(r"[0-9a-fA-F]{64}")


@dataclass(frozen=True)
class Person:
    """A party as the applicant wrote it; `nik` is "" when not given."""

    name: str = field(repr=False)
    nik: str = field(default="", repr=False)


@dataclass(frozen=True)
class Declared:
    """One file as the form names it."""

    requirement: str
    path: str
    sha256: str


@dataclass(frozen=True)
class Form:
    """The form, checked field by field; `submitted_at` is UTC."""

    route: Literal["PN", "PA"]
    reporter: Literal["HUSBAND", "WIFE", "PROXY"]
    phone: str = field(repr=False)
    email: str = field(repr=False)
    submitted_at: datetime
    external_ref: str
    husband: Person | None
    wife: Person | None
    files: tuple[Declared, ...]


def read_form(raw: bytes) -> Form:
    """Reads the form; Refused (field "package") names the field, never what was written in it."""
    data = _parsed(raw)
    _demand_fields(data, KNOWN, REQUIRED, FORM)
    return Form(
        route=cast("Literal['PN', 'PA']", _choice(data, "route", ROUTES)),
        reporter=cast("Literal['HUSBAND', 'WIFE', 'PROXY']", _choice(data, "reporter", REPORTERS)),
        phone=_text(data, "phone", PHONE, "nomor telepon"),
        email=_text(data, "email", EMAIL, "alamat e-mail"),
        submitted_at=_moment(data),
        external_ref=_text(data, "external_ref", REFERENCE, "huruf, angka, titik, garis"),
        husband=_person(data, "husband"),
        wife=_person(data, "wife"),
        files=_files(data),
    )


def _parsed(raw: bytes) -> dict[str, Any]:
    broken = fault(
        f"Isi {FORM} di dalam paket tidak dapat dibaca. Minta pemohon atau pengelola portal mengirim ulang paketnya.",
        "bad_form",
    )
    if len(raw) > MAX_FORM:
        raise broken
    try:
        data = json.loads(raw.decode("utf-8-sig"), object_pairs_hook=_no_twins)
    except (ValueError, RecursionError):
        raise broken from None
    if not isinstance(data, dict):
        raise broken
    return data


def _no_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A field written twice would let two readers see two different applications."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError
    return found


def _demand_fields(data: Mapping[str, Any], known: set[str], required: set[str], where: str) -> None:
    for name in sorted(required - data.keys()):
        raise _bad(f"Isian “{name}” tidak ada di {where}.")
    for name in sorted(data.keys() - known):
        shown = "".join(c if c.isprintable() else "?" for c in name)[:40]
        raise _bad(f"Isian “{shown}” di {where} tidak dikenal versi ini.")


def _bad(what: str) -> Exception:
    return fault(f"{what} Minta pengelola portal menyesuaikannya dengan panduan paket daring.", "bad_form")


def _choice(data: Mapping[str, Any], name: str, allowed: tuple[str, ...]) -> str:
    if data[name] not in allowed:
        raise _bad(f"Isian “{name}” di {FORM} harus salah satu dari {', '.join(allowed)}.")
    return str(data[name])


def _text(data: Mapping[str, Any], name: str, form: re.Pattern[str], what: str) -> str:
    value = data[name]
    if not isinstance(value, str) or not form.fullmatch(value):
        raise _bad(f"Isian “{name}” di {FORM} salah bentuk ({what}).")
    return value


def _moment(data: Mapping[str, Any]) -> datetime:
    """A time without its zone could be seven hours off, and the SOP's clock starts here."""
    refusal = _bad(f"Isian “submitted_at” di {FORM} harus waktu ISO 8601 dengan zona, misalnya +07:00.")
    try:
        moment = datetime.fromisoformat(str(data["submitted_at"]))
        if moment.tzinfo is None:
            raise refusal
        return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        # The second: the first hours of the year 1 do not exist in UTC.
        raise refusal from None


def _person(data: Mapping[str, Any], role: str) -> Person | None:
    value = data.get(role)
    if value is None:
        return None
    if not isinstance(value, dict):
        raise _bad(f"Isian “{role}” di {FORM} harus berisi name dan nik.")
    _demand_fields(value, {"name", "nik"}, {"name"}, f"{role} pada {FORM}")
    name, nik = value["name"], value.get("nik") or ""
    if not isinstance(name, str) or not 0 < len(name.strip()) <= MAX_NAME or not name.isprintable():
        raise _bad(f"Isian “{role}.name” di {FORM} salah bentuk.")
    if nik and not (isinstance(nik, str) and NIK.fullmatch(nik)):
        raise _bad(f"Isian “{role}.nik” di {FORM} harus 16 angka.")
    return Person(name.strip(), nik)


def _files(data: Mapping[str, Any]) -> tuple[Declared, ...]:
    value = data["files"]
    if not isinstance(value, list) or len(value) > MAX_FILES:
        raise _bad(f"Isian “files” di {FORM} harus daftar berkas, paling banyak {MAX_FILES}.")
    files = tuple(_declared(item, number) for number, item in enumerate(value, start=1))
    if len({one.path for one in files}) != len(files):
        raise _bad(f"Isian “files” di {FORM} menyebut berkas yang sama dua kali.")
    return files


def _declared(item: object, number: int) -> Declared:
    where = f"files nomor {number} pada {FORM}"
    if not isinstance(item, dict):
        raise _bad(f"Isian {where} harus berisi requirement, path, dan sha256.")
    _demand_fields(item, {"requirement", "path", "sha256"}, {"requirement", "path", "sha256"}, where)
    requirement, path, sha256 = item["requirement"], item["path"], item["sha256"]
    good = isinstance(requirement, str) and REQUIREMENT.fullmatch(requirement)
    good = good and isinstance(path, str) and isinstance(sha256, str) and SHA256.fullmatch(sha256)
    if not good:
        raise _bad(f"Isian {where} salah bentuk.")
    return Declared(requirement, path, sha256.lower())
