"""The office: names, letterhead, targets, calendar, mail, and how they are kept."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from typing import Any

from app.models.base import add, new_key, told
from app.models.tables_officers import Office as OfficeRow


@dataclass(frozen=True)
class Office:
    """Editable data of the office; the Pekanbaru values are the ones shipped. Targets are in minutes of office time."""

    government: str = "PEMERINTAH KOTA PEKANBARU"
    name: str = "DINAS KEPENDUDUKAN DAN PENCATATAN SIPIL"
    short_name: str = "Disdukcapil Kota Pekanbaru"
    address: str = "Komplek Perkantoran Pemerintah Kota Pekanbaru, Tenayan Raya, Pekanbaru"
    contact: str = "disdukcapil.pekanbaru.go.id"
    city: str = "Pekanbaru"
    head_name: str = ""
    head_nip: str = ""
    head_rank: str = ""
    head_email: str = ""
    head_position: str = "Kepala Dinas Kependudukan dan Pencatatan Sipil Kota Pekanbaru"
    target_minutes: int = 60
    target_long_minutes: int = 24 * 60
    keep_deficient_days: int = 30
    four_eyes: bool = True
    smtp_host: str = ""
    smtp_port: int = 587
    smtp_security: str = "starttls"
    smtp_user: str = ""
    smtp_from: str = ""
    smtp_ca_file: str = ""
    smtp_password_file: str = ""
    smtp_allow_plain: bool = False
    tte_roots: tuple[str, ...] = ()


def load_office() -> Office:
    """The office's data as last saved, or the shipped values; unknown keys of a newer client are left out."""
    with told():
        row = OfficeRow.select().order_by(OfficeRow.id.desc()).first()
    if row is None:
        return Office()
    known = {f.name for f in fields(Office)}
    stored = ((k, v) for k, v in json.loads(row.data).items() if k in known)
    kept: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in stored}
    return Office(**kept)


def save_office(office: Office, key: str | None = None) -> None:
    """Save the office's data; the old ones stay readable."""
    add(OfficeRow, key or new_key(), data=json.dumps(asdict(office), sort_keys=True, ensure_ascii=False))
