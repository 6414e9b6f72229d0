"""The Kadis's certificate on this PC: a trial one made here, or what is known of the one that lies here."""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path

from app.errors import Refused, Unavailable
from app.jobs.workshop import Workshop, office_now
from app.services import accounts
from app.services.keys import new_key
from app.signing import secret
from app.signing.pkcs12 import Identity, open_p12
from app.signing.trial import make_trial_certificate

MISSING = "Sertifikat TTE belum ada di PC ini. Minta administrator memasangnya di halaman Kantor."
UNPINNED = "Akar sertifikat belum disematkan di data kantor. Minta administrator memasang ulang sertifikatnya."
NOWHERE = "Letak sertifikat di PC ini belum diatur. Minta petugas TI mengaturnya."


@dataclass(frozen=True)
class CertificateState:
    """What this PC signs with. `note` says in words what keeps it from signing and what to do, empty if nothing does.

    `trial`, `name` and `until` are what was learned when the certificate was put here, without its passphrase; a
    certificate that was laid here by hand is known only once it is opened.
    """

    present: bool
    path: Path | None
    pinned: int
    note: str
    trial: bool = False
    name: str = ""
    until: date | None = None


@dataclass(frozen=True)
class CertificateFacts:
    """What a certificate says once its passphrase opened it."""

    name: str
    serial: str
    until: date
    trial: bool


def make_trial(shop: Workshop, name: str, nip: str, passphrase: bytearray) -> None:
    """Make a trial certificate, clearly labelled as one, and pin its root in the office's data (administrator only).

    The file is written whole or not at all and readable by its owner only; the passphrase is wiped. Raises Refused
    for a short passphrase.
    """
    again = bytearray(passphrase)
    try:
        if shop.p12_path is None:
            raise Refused(NOWHERE, field="certificate")
        office, now = office_now(), shop.now()
        made = make_trial_certificate(name, nip, office.short_name, passphrase, now)
        with open_p12(made.p12, again, now) as signer:
            identity = signer.identity
    finally:
        secret.wipe(again)
        secret.wipe(passphrase)
    accounts.save_office(replace(office, tte_roots=(*office.tte_roots, made.root_pem.decode())), new_key())
    _put(shop.p12_path, made.p12, identity)


def take_over(shop: Workshop, source: Path, passphrase: bytearray) -> CertificateFacts:
    """Put the Kadis's own P12 to work on this PC after its passphrase opened it; its root is pinned."""
    try:
        data = source.read_bytes()
    except OSError:
        secret.wipe(passphrase)
        text = "Berkas sertifikat tidak dapat dibaca. Periksa letak dan izinnya."
        raise Refused(text, field="certificate") from None
    with open_p12(data, passphrase, shop.now()) as signer:
        identity = signer.identity
    if shop.p12_path is None:
        raise Refused(NOWHERE, field="certificate")
    office, root = office_now(), identity.root_pem.decode()
    if not root:
        text = (
            "Berkas ini tidak memuat sertifikat akar penerbitnya, jadi hasilnya tidak dapat diperiksa di sini. "
            "Minta berkas .p12 dengan rantai lengkap."
        )
        raise Refused(text, field="certificate", code="no_root")
    if root not in office.tte_roots:
        accounts.save_office(replace(office, tte_roots=(*office.tte_roots, root)), new_key())
    _put(shop.p12_path, data, identity)
    return _facts(identity)


def state(shop: Workshop) -> CertificateState:
    """Whether this PC can sign at all; nothing is opened for it."""
    path, pinned = shop.p12_path, len(office_now().tte_roots)
    if path is None or not path.is_file():
        return CertificateState(present=False, path=path, pinned=pinned, note=MISSING)
    known = _known(path)
    note = "" if pinned else UNPINNED
    if known is not None and known.until < shop.now().date():
        note = f"Masa berlaku sertifikat habis {known.until:%d-%m-%Y}. Minta administrator memasang yang baru."
    if known is None:
        return CertificateState(present=True, path=path, pinned=pinned, note=note)
    return CertificateState(True, path, pinned, note, known.trial, known.name, known.until)  # noqa: FBT003  as declared


def _facts(identity: Identity) -> CertificateFacts:
    return CertificateFacts(identity.name, identity.serial, identity.not_after.date(), identity.trial)


def _put(path: Path, p12: bytes, identity: Identity) -> None:
    """The certificate, and beside it what it said when it was opened: nothing secret, bound to it by its hash."""
    _write(path, p12)
    facts = {**asdict(_facts(identity)), "p12": hashlib.sha256(p12).hexdigest()}
    _write(path.with_suffix(".json"), json.dumps(facts, default=str).encode())


def _known(path: Path) -> CertificateFacts | None:
    try:
        said = json.loads(path.with_suffix(".json").read_bytes())
        if said["p12"] != hashlib.sha256(path.read_bytes()).hexdigest():
            return None
        return CertificateFacts(said["name"], said["serial"], date.fromisoformat(said["until"]), bool(said["trial"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.part")
    try:
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as f:
            f.write(data)
            f.flush()
            os.fsync(f.fileno())
        part.replace(path)
    except OSError:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise Unavailable("Sertifikat tidak dapat disimpan. Periksa ruang dan izin folder program di PC ini.") from None
