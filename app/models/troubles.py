"""What a server's trouble means to an officer: from the driver's errors to plain words, each kind its own."""

from __future__ import annotations

import socket
import ssl
import struct
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256

from app.errors import Refused, Shown, Unavailable

if TYPE_CHECKING:
    from app.models.server import Server

LOST = (
    "Server kantor tidak dapat dihubungi. Periksa kabel jaringan atau Wi-Fi, lalu coba lagi; hubungi petugas TI bila "
    "tetap begitu."
)
BROKEN = "Sambungan ke server terputus. Yang Anda ketik tetap ada."
WRONG = "Nama atau sandi tidak cocok. Periksa huruf besar dan kecil, lalu coba lagi."
INACTIVE = "Akun ini sedang tidak aktif. Hubungi administrator kantor."
TOO_MANY_HERE = "Akun ini sudah terbuka di terlalu banyak jendela. Tutup jendela PELITA 3 yang lain, lalu coba lagi."
TOO_MANY = (
    "Server sedang melayani terlalu banyak sambungan. Tunggu sebentar, lalu coba lagi; beri tahu petugas TI bila "
    "sering."
)
STARTING = "Server kantor sedang menyala. Tunggu sebentar; program mencoba lagi sendiri."
FULL = "Penyimpanan server penuh. Hubungi petugas TI; isian Anda tetap ada di layar."
SLOW = "Server terlalu lama menjawab. Tunggu sebentar, lalu ulangi."
RIGHTS = "Anda tidak berwenang untuk langkah ini."
BUSY = "Berkas ini sedang dikerjakan di PC lain. Tunggu sebentar, lalu ulangi."
UNKNOWN_CA = (
    "Sertifikat server tidak dikenal PC ini, jadi tidak ada yang dikirim ke sana. Minta petugas TI menyalin berkas CA "
    "kantor (pelita3-ca.crt) ke PC ini."
)
OTHER_HOST = (
    "Sertifikat server dibuat untuk alamat lain, jadi tidak ada yang dikirim ke sana. Periksa alamat server dengan "
    "petugas TI."
)
NO_TLS = "Server itu tidak memakai sambungan aman, jadi tidak ada yang dikirim ke sana. Hubungi petugas TI."
NOT_OURS = (
    "Di server itu tidak ada basis data PELITA 3, atau PC ini tidak diizinkan masuk. Periksa alamat server dengan "
    "petugas TI."
)

STATES: dict[str, tuple[type[Shown], str, str]] = {
    "57P01": (Unavailable, BROKEN, "lost"),
    "57P02": (Unavailable, BROKEN, "lost"),
    "57P03": (Unavailable, STARTING, "starting"),
    "57014": (Unavailable, SLOW, "timeout"),
    "25P03": (Unavailable, BROKEN, "lost"),
    "55P03": (Unavailable, BUSY, "busy"),
    "40P01": (Unavailable, BUSY, "busy"),
    # Two at the same moment; asked again, the guard sees the one that was first.
    "23505": (Unavailable, BUSY, "twin"),
    "42501": (Refused, RIGHTS, "rights"),
    "53100": (Unavailable, FULL, "server_full"),
    "53200": (Unavailable, TOO_MANY, "too_many"),
    "53300": (Unavailable, TOO_MANY, "too_many"),
    "08000": (Unavailable, BROKEN, "lost"),
    "08003": (Unavailable, BROKEN, "lost"),
    "08006": (Unavailable, BROKEN, "lost"),
}

# What the server or libpq says while connecting; the server speaks English to us (lc_messages = C).
SAID: tuple[tuple[str, type[Shown], str, str], ...] = (
    ("password authentication failed", Refused, WRONG, "password"),
    ("no password supplied", Refused, WRONG, "password"),
    ("is not permitted to log in", Refused, INACTIVE, "inactive"),
    ("too many connections for role", Unavailable, TOO_MANY_HERE, "too_many"),
    ("too many clients", Unavailable, TOO_MANY, "too_many"),
    ("remaining connection slots", Unavailable, TOO_MANY, "too_many"),
    ("too many connections", Unavailable, TOO_MANY, "too_many"),
    ("starting up", Unavailable, STARTING, "starting"),
    ("shutting down", Unavailable, STARTING, "starting"),
    ("recovery mode", Unavailable, STARTING, "starting"),
    ("no space left", Unavailable, FULL, "server_full"),
    ("does not match host name", Unavailable, OTHER_HOST, "certificate"),
    ("does not support ssl", Unavailable, NO_TLS, "certificate"),
    ("no pg_hba.conf entry", Unavailable, NOT_OURS, "address"),
    ("pg_hba.conf rejects", Unavailable, NOT_OURS, "address"),
    ("channel binding required", Unavailable, NO_TLS, "certificate"),
    ("authentication method requirement", Unavailable, NO_TLS, "certificate"),
    ("could not read root certificate", Unavailable, UNKNOWN_CA, "certificate"),
    ("root certificate file", Unavailable, UNKNOWN_CA, "certificate"),
    ("does not exist", Unavailable, NOT_OURS, "address"),
    ("permission denied for database", Unavailable, NOT_OURS, "address"),
)


def of_statement(error: BaseException) -> Shown | None:
    """What a failed statement means, or None where it is no trouble of the server but a refusal or a bug."""
    cause = _driver(error)
    if cause is None:
        return None
    if cause.sqlstate in STATES:
        kind, message, code = STATES[cause.sqlstate]
        return kind(message, code=code)
    broken = isinstance(cause, psycopg.InterfaceError) or (
        isinstance(cause, psycopg.OperationalError) and cause.sqlstate is None
    )
    return Unavailable(BROKEN, code="lost") if broken else None


def of_connecting(error: BaseException, server: Server) -> Shown:
    """Why no connection came about."""
    said = str(error).lower()
    for sign, kind, message, code in SAID:
        if sign in said:
            return kind(message, code=code, field="password" if kind is Refused else "")
    if "certificate" in said or "ssl error" in said:
        return look(server) or Unavailable(UNKNOWN_CA, code="certificate")
    return Unavailable(LOST, code="lost")


def _driver(error: BaseException) -> psycopg.Error | None:
    for found in (error, getattr(error, "orig", None), error.__cause__, error.__context__):
        if isinstance(found, psycopg.Error):
            return found
    return None


@dataclass(frozen=True)
class Presented:
    """The certificate that a server shows: its names, its life, its SHA-256 as hex, and whether our CA knows it."""

    names: tuple[str, ...]
    since: datetime
    until: datetime
    fingerprint: str
    trusted: bool


SSL_REQUEST = struct.pack("!II", 8, 80877103)


def presented(server: Server, *, seconds: float = 5) -> Presented:
    """What certificate a server shows, without logging in. Unavailable where nothing answers or without TLS."""
    certificate = _handshake(server, _looking(), seconds)
    try:
        _handshake(server, _trusting(server.ca), seconds)
        trusted = True
    except (ssl.SSLError, OSError):
        trusted = False
    names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return Presented(
        tuple(str(n.value) for n in names),
        certificate.not_valid_before_utc,
        certificate.not_valid_after_utc,
        certificate.fingerprint(SHA256()).hex(),
        trusted,
    )


def look(server: Server) -> Shown | None:
    """What is wrong with a server's certificate, judged against this PC's clock; None where it is good."""
    try:
        found = presented(server)
    except Unavailable as e:
        return e
    now = datetime.now(UTC)
    if not found.since <= now <= found.until:
        span = f"{found.since:%d-%m-%Y} sampai {found.until:%d-%m-%Y}"
        return Unavailable(
            f"Jam PC ini menunjukkan {now:%d-%m-%Y}, sedangkan sertifikat server berlaku {span}. Betulkan tanggal PC; "
            "bila tanggalnya sudah benar, minta petugas TI memperbarui sertifikat server.",
            code="clock",
        )
    if not found.trusted:
        named = server.host in found.names or server.hostaddr in found.names
        return Unavailable(UNKNOWN_CA if named else OTHER_HOST, code="certificate")
    return None


def _looking() -> ssl.SSLContext:
    """A context that only looks and trusts nobody with anything."""
    looking = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    looking.check_hostname = False
    looking.verify_mode = ssl.CERT_NONE
    return looking


def _trusting(ca: Path | None) -> ssl.SSLContext:
    """A context that trusts the office's CA, or those of the system where none was given."""
    return ssl.create_default_context(cafile=str(ca) if ca else None)


def _handshake(server: Server, context: ssl.SSLContext, seconds: float) -> x509.Certificate:
    """PostgreSQL's request for TLS, then TLS itself; nothing else is sent."""
    try:
        plain = socket.create_connection((server.hostaddr or server.host, server.port), seconds)
    except OSError as e:
        raise Unavailable(LOST, code="lost") from e
    try:
        with plain:
            plain.sendall(SSL_REQUEST)
            answer = plain.recv(1)
            if not answer:
                raise Unavailable(LOST, code="lost")
            if answer != b"S":
                raise Unavailable(NO_TLS, code="certificate")
            with context.wrap_socket(plain, server_hostname=server.host) as secured:
                shown = secured.getpeercert(binary_form=True)
    except ssl.SSLCertVerificationError:
        raise
    except (ConnectionError, TimeoutError, ssl.SSLEOFError, ssl.SSLZeroReturnError) as e:
        # Which of these a hang-up is, depends on the OpenSSL beneath.
        raise Unavailable(LOST, code="lost") from e
    except ssl.SSLError as e:
        raise Unavailable(NO_TLS, code="certificate") from e
    assert shown is not None
    return x509.load_der_x509_certificate(shown)
