"""Trial certificates: a self-made root and one leaf, said to be a trial wherever they are shown (ADR 0007)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from app.errors import Refused
from app.signing.secret import wipe

TRIAL = "SERTIFIKAT UJI COBA"
MIN_PASSPHRASE = 8
LIFETIME = timedelta(days=365)
# A PC whose clock is a little behind the one that made the certificate must not find it "not yet valid".
CLOCK_SLACK = timedelta(hours=1)
# X.520 allows 64 characters in a name part.
NAME_PART = 64


@dataclass(frozen=True)
class TrialCertificate:
    """A PKCS#12 of the officer's own and the root (PEM) to pin for verifying what it signs."""

    p12: bytes = field(repr=False)
    root_pem: bytes
    serial: str


def make_trial_certificate(
    name: str, nip: str, office: str, passphrase: bytearray, now: datetime | None = None
) -> TrialCertificate:
    """Makes an RSA-2048 certificate for one year, issued by a trial root whose key is thrown away at once.

    The passphrase is wiped before this returns or raises. Refused (field "passphrase") when it is shorter than
    MIN_PASSPHRASE bytes, (field "name") when there is no name to certify.
    """
    try:
        if len(passphrase) < MIN_PASSPHRASE:
            raise Refused(
                f"Frasa sandi terlalu pendek. Pakai sedikitnya {MIN_PASSPHRASE} huruf atau angka.",
                field="passphrase",
                code="short_passphrase",
            )
        if not name.strip():
            raise Refused("Nama pejabat belum diisi. Isi nama untuk sertifikat ini.", field="name")
        return _issue(name.strip(), nip.strip(), office.strip(), passphrase, now or datetime.now(UTC))
    finally:
        wipe(passphrase)


def is_trial(certificate: x509.Certificate) -> bool:
    """True for certificates made here: their subject's organisation says so."""
    return any(part.value == TRIAL for part in certificate.subject.get_attributes_for_oid(NameOID.ORGANIZATION_NAME))


def _issue(name: str, nip: str, office: str, passphrase: bytearray, now: datetime) -> TrialCertificate:
    """Makes root and leaf; both end on the same day, so that nothing outlives the trial."""
    root_key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    leaf_key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    root_name = _subject(f"AKAR {TRIAL}", office)
    root = _authority(_blank(root_name, root_name, root_key.public_key(), now), root_key)
    suffix = " (UJI COBA)"
    subject = _subject(name[: NAME_PART - len(suffix)] + suffix, office, nip)
    leaf = _personal(_blank(subject, root_name, leaf_key.public_key(), now), root_key)
    # The encryption class insists on bytes: one copy that Python cannot wipe, gone with this frame.
    sealed = pkcs12.serialize_key_and_certificates(
        b"TTE", leaf_key, leaf, [root], BestAvailableEncryption(bytes(passphrase))
    )
    return TrialCertificate(sealed, root.public_bytes(Encoding.PEM), f"{leaf.serial_number:X}")


def _subject(common_name: str, office: str, nip: str = "") -> x509.Name:
    """A name of Indonesian form with the trial mark as its organisation."""
    parts = [x509.NameAttribute(NameOID.COUNTRY_NAME, "ID"), x509.NameAttribute(NameOID.ORGANIZATION_NAME, TRIAL)]
    if office:
        parts.append(x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, office[:NAME_PART]))
    parts.append(x509.NameAttribute(NameOID.COMMON_NAME, common_name[:NAME_PART]))
    if nip:
        parts.append(x509.NameAttribute(NameOID.SERIAL_NUMBER, nip[:NAME_PART]))
    return x509.Name(parts)


def _blank(subject: x509.Name, issuer: x509.Name, key: rsa.RSAPublicKey, now: datetime) -> x509.CertificateBuilder:
    """What root and leaf have in common."""
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - CLOCK_SLACK)
        .not_valid_after(now + LIFETIME)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )


def _authority(builder: x509.CertificateBuilder, root_key: rsa.RSAPrivateKey) -> x509.Certificate:
    """The root: may issue leaves only."""
    return (
        builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(issuing=True), critical=True)
        .sign(root_key, hashes.SHA256())
    )


def _personal(builder: x509.CertificateBuilder, root_key: rsa.RSAPrivateKey) -> x509.Certificate:
    """The leaf: signs documents and nothing else (no TLS client or server use)."""
    identifier = x509.AuthorityKeyIdentifier.from_issuer_public_key(root_key.public_key())
    return (
        builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(identifier, critical=False)
        .add_extension(_usage(issuing=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION]), critical=False)
        .sign(root_key, hashes.SHA256())
    )


def _usage(*, issuing: bool) -> x509.KeyUsage:
    """Key usage of an issuer, or of a person who signs with legal intent (non-repudiation, ETSI EN 319 412-2)."""
    return x509.KeyUsage(
        digital_signature=not issuing,
        content_commitment=not issuing,
        key_cert_sign=issuing,
        crl_sign=issuing,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )
