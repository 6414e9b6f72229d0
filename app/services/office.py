"""The office: names, letterhead, targets, calendar, mail, and how they are kept."""

from __future__ import annotations

from dataclasses import dataclass


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
