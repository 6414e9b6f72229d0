"""The office's server before anybody logs in: its address, its certificate, and whether this PC may trust it."""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app.errors import Refused, Shown
from app.models import troubles
from app.models.server import Server, parse

NO_PLACE = "Tulis nama atau alamat server, misalnya server-dukcapil atau 10.10.1.5."

CA_FILE = "pelita3-ca.crt"

__all__ = ["Seen", "address", "keep_ca", "look"]


@dataclass(frozen=True)
class Seen:
    """What a server showed: the names its certificate is made for, its days, its fingerprint (SHA-256, grouped).

    `wrong` says why this PC may not trust it; None where it may.
    """

    names: tuple[str, ...]
    since: datetime
    until: datetime
    fingerprint: str
    wrong: Shown | None


def _server(text: str, ca: Path | None) -> Server:
    """As somebody typed it: `server`, `server:5433`, `10.0.0.5`, or a whole postgresql:// address."""
    text = text.strip()
    try:
        found = parse(text if "://" in text else f"postgresql://{text}/")
    except (Refused, ValueError) as e:
        raise Refused(NO_PLACE, field="address", code="address") from e
    if not text or any(c.isspace() for c in found.host):
        raise Refused(NO_PLACE, field="address", code="address")
    return Server(found.host, found.port, found.dbname, ca)


def address(text: str, ca: Path) -> str:
    """The address as the settings keep it. Refused where it is none."""
    return _server(text, ca).url


def keep_ca(ca: Path, folder: Path) -> Path:
    """Copy the CA's file into this PC's folder, whole or not at all; OSError where that is not possible."""
    _check_ca(ca)
    kept = folder / CA_FILE
    if ca.resolve() != kept.resolve():
        fresh = kept.with_suffix(".baru")
        fresh.write_bytes(ca.read_bytes())
        fresh.replace(kept)
    return kept


def look(text: str, ca: Path | None) -> Seen:
    """Ask the server for its certificate and nothing else; nobody logs in. Unavailable where none answers.

    Without `ca` it is only looked at, so that its fingerprint can be compared; it is not trusted then.
    """
    server = _server(text, ca)
    if ca is not None:
        _check_ca(ca)
    found = troubles.presented(server)
    wrong = troubles.look(server) if ca is not None else Refused("Pilih berkas CA kantor.", field="ca", code="ca")
    grouped = ":".join(found.fingerprint[i : i + 2] for i in range(0, len(found.fingerprint), 2)).upper()
    return Seen(found.names, found.since, found.until, grouped, wrong)


def _check_ca(ca: Path) -> None:
    try:
        ssl.create_default_context(cafile=str(ca))
    except OSError as e:  # an SSLError is one, too
        raise Refused(
            f"Berkas {ca.name} tidak dapat dipakai sebagai CA. Pilih berkas pelita3-ca.crt dari petugas TI.",
            field="ca",
            code="ca",
        ) from e
