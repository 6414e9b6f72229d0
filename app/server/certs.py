"""The office's own certificate authority and the server's certificate, made so that strict judges accept both."""

from __future__ import annotations

import ipaddress
import itertools
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from app.errors import Refused

CA_DAYS, SERVER_DAYS = 3652, 730
RENEW_DAYS = 60
"""With fewer days left a new server certificate is made; the CA, and so every PC, stays as it is."""

CA_NAME, SERVER_NAME = "pelita3-ca", "pelita3-server"
BACKDATED = timedelta(days=1)
"""A PC whose clock is some hours slow must not refuse a certificate that is brand new."""


@dataclass(frozen=True)
class Papers:
    """Where the four files lie. `ca` is what every officer's PC gets; `ca_key` never leaves the server."""

    folder: Path

    @property
    def ca(self) -> Path:
        """The CA's certificate: public."""
        return self.folder / f"{CA_NAME}.crt"

    @property
    def ca_key(self) -> Path:
        """The CA's key, for its owner's eyes only."""
        return self.folder / f"{CA_NAME}.key"

    @property
    def certificate(self) -> Path:
        """The server's certificate."""
        return self.folder / f"{SERVER_NAME}.crt"

    @property
    def key(self) -> Path:
        """The server's key, for its owner's eyes only."""
        return self.folder / f"{SERVER_NAME}.key"


def issue(folder: Path, *, names: Sequence[str], addresses: Sequence[str], now: datetime | None = None) -> Papers:
    """Make the CA where there is none, and the server's certificate where there is none that will do.

    Files that are good stay untouched, so a second run changes nothing. Refused where a CA lies there without its key
    and a new server certificate is needed.
    """
    at = now or datetime.now(UTC)
    papers = Papers(folder)
    folder.mkdir(parents=True, exist_ok=True)
    if not papers.ca.exists():
        _make_ca(papers, at)
    if not papers.certificate.exists() or needs_renewal(papers.certificate, names, addresses, at):
        _make_server(papers, names, addresses, at)
    return papers


def load(path: Path) -> x509.Certificate:
    """The first certificate of a PEM file; Refused where there is none."""
    try:
        return x509.load_pem_x509_certificate(path.read_bytes())
    except ValueError as error:
        raise Refused(f"{path} bukan sertifikat PEM.", code="certificate_form") from error


def days_left(path: Path, now: datetime | None = None) -> float:
    """How many days a certificate is still good; negative when it is over."""
    return (load(path).not_valid_after_utc - (now or datetime.now(UTC))) / timedelta(days=1)


def held_names(certificate: x509.Certificate) -> tuple[set[str], set[str]]:
    """The DNS names and the addresses that a certificate stands for."""
    try:
        names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return set(), set()
    addresses = {str(ip) for ip in names.get_values_for_type(x509.IPAddress)}
    return {n.lower() for n in names.get_values_for_type(x509.DNSName)}, addresses


def needs_renewal(path: Path, names: Iterable[str], addresses: Iterable[str], now: datetime) -> bool:
    """Whether the server's certificate ends soon or lacks a name or an address."""
    has_names, has_addresses = held_names(load(path))
    lacking = {n.lower() for n in names} - has_names or set(addresses) - has_addresses
    return bool(lacking) or days_left(path, now) < RENEW_DAYS


def fits(certificate: Path, key: Path, ca: Path) -> list[str]:
    """What is wrong with a server certificate, its key and its CA together; empty where they belong together."""
    wrong = []
    leaf, root = load(certificate), load(ca)
    secret = _load_key(key)
    if secret.public_key() != leaf.public_key():
        wrong.append(f"Kunci {key} bukan pasangan sertifikat {certificate}.")
    wrong += _chain(certificate, root)
    wrong += [f"{ca} bukan sertifikat CA."] if not _is_ca(root) else []
    if not any(held_names(leaf)):
        wrong.append(f"{certificate} tidak memuat nama (SAN), sehingga PC petugas tidak dapat mencocokkannya.")
    return wrong


def _chain(path: Path, root: x509.Certificate) -> list[str]:
    """The leaf must lead to the root through the certificates that follow it in the same file."""
    chain = [*x509.load_pem_x509_certificates(path.read_bytes()), root]
    for below, above in itertools.pairwise(chain):
        if below == above:
            continue
        try:
            below.verify_directly_issued_by(above)
        except (InvalidSignature, ValueError, TypeError):
            return [f"{path} tidak diterbitkan oleh CA yang disebut."]
    return []


def _is_ca(certificate: x509.Certificate) -> bool:
    try:
        return certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except x509.ExtensionNotFound:
        return False


def _load_key(path: Path) -> ec.EllipticCurvePrivateKey:
    try:
        key = serialization.load_pem_private_key(path.read_bytes(), None)
    except (ValueError, TypeError) as error:
        raise Refused(f"{path} bukan kunci PEM tanpa sandi.", code="key_form") from error
    return key  # type: ignore[return-value]  # an office's own may be RSA: only its public half is compared


def _make_ca(papers: Papers, now: datetime) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"PELITA 3 CA kantor {now:%Y-%m-%d}")])
    builder = (
        _builder(subject, subject, key, now, CA_DAYS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    write(papers.ca_key, _pem(key), 0o600)
    write(papers.ca, builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM), 0o644)


def _make_server(papers: Papers, names: Sequence[str], addresses: Sequence[str], now: datetime) -> None:
    if not papers.ca_key.exists():
        raise Refused(
            f"Sertifikat server perlu dibuat, tetapi kunci CA {papers.ca_key} tidak ada. "
            "Pulihkan dari cadangan, atau berikan sertifikat kantor sendiri.",
            code="ca_key",
        )
    root, ca_key = load(papers.ca), _load_key(papers.ca_key)
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, next(iter([*names, *addresses]), "pelita3"))])
    held = [*map(x509.DNSName, names), *(x509.IPAddress(ipaddress.ip_address(a)) for a in addresses)]
    identifier = root.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    days = min(SERVER_DAYS, int(days_left(papers.ca, now)))
    builder = (
        _builder(subject, root.subject, key, now, days)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName(held), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(identifier), critical=False)
    )
    write(papers.key, _pem(key), 0o600)
    write(papers.certificate, builder.sign(ca_key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM), 0o644)


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, now: datetime, days: int
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - BACKDATED)
        .not_valid_after(now + timedelta(days=days))
    )


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates, key_cert_sign=signs_certificates, crl_sign=signs_certificates,
        content_commitment=False, key_encipherment=False, data_encipherment=False, key_agreement=False,
        encipher_only=False, decipher_only=False,
    )  # fmt: skip


def _pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def write(path: Path, data: bytes, mode: int) -> None:
    """Whole or not at all, and never for a moment readable by more than may read it."""
    part = path.with_name(path.name + ".part")
    part.unlink(missing_ok=True)
    with os.fdopen(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode), "wb") as file:
        file.write(data)
        os.fchmod(file.fileno(), mode)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
