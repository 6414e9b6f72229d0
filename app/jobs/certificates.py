"""The Kadis's certificate on this PC: a trial one made here, or what is known of the one that lies here."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from app.errors import Refused, Unavailable
from app.jobs.workshop import Workshop, office_now
from app.services import accounts
from app.services.keys import new_key
from app.signing.pkcs12 import open_p12
from app.signing.trial import make_trial_certificate


@dataclass(frozen=True)
class CertificateState:
    """What this PC signs with. `note` says in words what to do where something is missing."""

    present: bool
    path: Path | None
    pinned: int
    note: str


@dataclass(frozen=True)
class CertificateFacts:
    """What a certificate says once its passphrase opened it."""

    name: str
    serial: str
    until: date
    trial: bool


def make_trial(shop: Workshop, name: str, nip: str, passphrase: bytearray) -> None:
    """Make a trial certificate, clearly labelled as one, and pin its root in the office's data (administrator only).

    The file is written whole or not at all and readable by its owner only. Raises Refused for a short passphrase.
    """
    if shop.p12_path is None:
        raise Refused("Letak sertifikat di PC ini belum diatur.", field="certificate")
    made = make_trial_certificate(name, nip, office_now().short_name, passphrase)
    office = office_now()
    accounts.save_office(replace(office, tte_roots=(*office.tte_roots, made.root_pem.decode())), new_key())
    _write(shop.p12_path, made.p12)


def take_over(shop: Workshop, source: Path, passphrase: bytearray) -> CertificateFacts:
    """Put the Kadis's own P12 to work on this PC after its passphrase opened it; its root is pinned."""
    try:
        data = source.read_bytes()
    except OSError:
        raise Refused("Berkas sertifikat tidak dapat dibaca. Periksa letak dan izinnya.", field="certificate") from None
    with open_p12(data, passphrase) as signer:
        identity = signer.identity
    if shop.p12_path is None:
        raise Refused("Letak sertifikat di PC ini belum diatur.", field="certificate")
    office, root = office_now(), identity.root_pem.decode()
    if root and root not in office.tte_roots:
        accounts.save_office(replace(office, tte_roots=(*office.tte_roots, root)), new_key())
    _write(shop.p12_path, data)
    return CertificateFacts(identity.name, identity.serial, identity.not_after.date(), identity.trial)


def state(shop: Workshop) -> CertificateState:
    """Whether this PC can sign at all; nothing is opened for it."""
    path, pinned = shop.p12_path, len(office_now().tte_roots)
    if path is None or not path.is_file():
        return CertificateState(
            False,
            path,
            pinned,
            "Sertifikat TTE belum ada di PC ini. Minta administrator memasangnya di halaman Kantor.",
        )
    if not pinned:
        return CertificateState(
            True, path, pinned, "Akar sertifikat belum disematkan di data kantor; minta administrator memasang ulang."
        )
    return CertificateState(True, path, pinned, "")


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    try:
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as f:
            f.write(data)
            f.flush()
            os.fsync(f.fileno())
        part.replace(path)
    except OSError:
        part.unlink(missing_ok=True)
        raise Unavailable("Sertifikat tidak dapat disimpan. Periksa ruang dan izin folder program di PC ini.") from None
