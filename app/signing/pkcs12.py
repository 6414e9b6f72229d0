"""An officer's PKCS#12: opened once per batch, the key parsed once, the passphrase wiped on every way out."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from asn1crypto import pkcs12 as asn1_pkcs12
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, pkcs12
from pyhanko.sign.signers.pdf_cms import Signer as CmsSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

from app.errors import Refused
from app.signing.secret import wipe
from app.signing.trial import is_trial

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

    from cryptography.hazmat.primitives.serialization.pkcs12 import PKCS12KeyAndCertificates

# Room for the signed attributes and the envelope around the certificates, in bytes of DER.
CMS_OVERHEAD = 2048
SmallKey = RSAPrivateKey | EllipticCurvePrivateKey


@dataclass(frozen=True)
class Identity:
    """Who a certificate speaks for; times are UTC, `serial` is upper-case hexadecimal."""

    name: str
    serial: str
    issuer: str
    not_before: datetime
    not_after: datetime
    trial: bool
    certificate_pem: bytes = field(repr=False)
    root_pem: bytes = field(repr=False)


class CachedSigner(CmsSigner):
    """pyHanko's signer with the key parsed once: parsing costs 54 ms for RSA-2048, signing 0.8 ms (tte.md 2.2)."""

    def __init__(self, key: SmallKey, certificate: x509.Certificate, others: list[x509.Certificate]) -> None:
        store = SimpleCertificateStore()
        store.register_multiple([_for_pyhanko(other) for other in others])
        super().__init__(signing_cert=_for_pyhanko(certificate), cert_registry=store, embed_roots=True)
        self._key: SmallKey | None = key
        chain = sum(len(other.public_bytes(Encoding.DER)) for other in [certificate, *others])
        # pyHanko counts the hexadecimal digits; a fixed size spares it a trial signature per document.
        self.bytes_reserved = 2 * (chain + CMS_OVERHEAD)

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        """Signs with SHA-256; a dry run touches no key."""
        key = self._key
        if key is None:
            raise Refused("Sesi tanda tangan sudah ditutup. Ketik frasa sandi sekali lagi.", code="closed")
        if dry_run:
            return bytes(key.key_size // 8 if isinstance(key, RSAPrivateKey) else key.key_size // 4 + 16)
        if digest_algorithm != "sha256":
            raise AssertionError(digest_algorithm)
        if isinstance(key, RSAPrivateKey):
            return key.sign(data, PKCS1v15(), hashes.SHA256())
        return key.sign(data, ECDSA(hashes.SHA256()))

    def close(self) -> None:
        """Drops the key; signing afterwards is refused."""
        self._key = None


class Signer:
    """An opened identity, good for one batch: close it, or leave its `with` block, and it signs no more."""

    def __init__(self, identity: Identity, cms: CachedSigner) -> None:
        self.identity = identity
        self.cms = cms

    def __repr__(self) -> str:
        return "Signer(…)"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Drops the private key."""
        self.cms.close()


def open_p12(data: bytes, passphrase: bytearray, now: datetime | None = None) -> Signer:
    """Opens the bytes of a .p12/.pfx file and wipes the passphrase, whatever happens.

    Refused with field "passphrase" when it does not fit; with field "certificate" when the file is broken or
    incomplete, when its time has not come or is over, or when it was not issued for signing.
    """
    try:
        _demand_structure(data)
        content = _unseal(data, passphrase)
    finally:
        wipe(passphrase)
    key, certificate, others = _parts(content)
    _demand_time(certificate, now or datetime.now(UTC))
    _demand_purpose(certificate)
    return Signer(_identity(certificate, others), CachedSigner(key, certificate, others))


def _broken() -> Refused:
    return Refused(
        "Berkas sertifikat tidak dapat dibaca atau tidak lengkap. Ambil lagi berkas .p12 yang asli, lalu pilih ulang.",
        field="certificate",
        code="broken_certificate",
    )


def _demand_structure(data: bytes) -> None:
    """Tells a broken file from a wrong passphrase: the outer frame can be read without any passphrase."""
    try:
        frame = asn1_pkcs12.Pfx.load(data, strict=True)
        content_type = frame["auth_safe"]["content_type"].native
        frame["auth_safe"]["content"].contents  # noqa: B018 -- reading is the check
        frame["mac_data"].native  # noqa: B018 -- reading is the check
    except (ValueError, TypeError, KeyError):
        raise _broken() from None
    if content_type != "data":
        raise _broken()


def _unseal(data: bytes, passphrase: bytearray) -> PKCS12KeyAndCertificates:
    """Decrypts; the library gives one error for a wrong passphrase and for a changed byte, and so do we."""
    try:
        # Any buffer is taken; a bytes copy could never be wiped.
        return pkcs12.load_pkcs12(data, passphrase)  # type: ignore[arg-type]
    except ValueError:
        pass
    except UnsupportedAlgorithm:
        raise _broken() from None
    # Raised outside the handler, so that no chained traceback carries the library's frames.
    raise Refused(
        "Frasa sandi tidak cocok dengan sertifikat ini. Periksa huruf besar dan kecil, lalu ketik lagi. "
        "Jika tetap tidak cocok, berkas sertifikatnya mungkin rusak: ambil lagi dari aslinya.",
        field="passphrase",
        code="wrong_passphrase",
    )


def _parts(content: PKCS12KeyAndCertificates) -> tuple[SmallKey, x509.Certificate, list[x509.Certificate]]:
    """Key, its certificate and the rest of the chain; anything less cannot sign."""
    key, holder = content.key, content.cert
    if holder is None or not isinstance(key, RSAPrivateKey | EllipticCurvePrivateKey):
        raise _broken()
    spki = (Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    if key.public_key().public_bytes(*spki) != holder.certificate.public_key().public_bytes(*spki):
        raise _broken()
    return key, holder.certificate, [extra.certificate for extra in content.additional_certs]


def _demand_time(certificate: x509.Certificate, now: datetime) -> None:
    """A signature made outside the certificate's time is worth nothing (PP 71/2019 art. 59)."""
    if now > certificate.not_valid_after_utc:
        day = f"{certificate.not_valid_after_utc:%d-%m-%Y}"
        text = f"Masa berlaku sertifikat sudah habis sejak {day}. Pasang sertifikat yang baru, lalu tanda tangani lagi."
    elif now < certificate.not_valid_before_utc:
        day = f"{certificate.not_valid_before_utc:%d-%m-%Y}"
        text = f"Sertifikat baru berlaku mulai {day}. Periksa tanggal komputer ini, atau tunggu sampai tanggal itu."
    else:
        return
    raise Refused(text, field="certificate", code="expired_certificate")


def _demand_purpose(certificate: x509.Certificate) -> None:
    """The local verifier demands non-repudiation, so a certificate without it is refused before it signs."""
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return
    if not usage.content_commitment:
        raise Refused(
            "Sertifikat ini tidak diterbitkan untuk tanda tangan dokumen. Pilih sertifikat tanda tangan Anda.",
            field="certificate",
            code="unfit_certificate",
        )


def _identity(certificate: x509.Certificate, others: list[x509.Certificate]) -> Identity:
    """What may be shown and kept about the signer."""
    roots = [other for other in others if other.subject == other.issuer]
    return Identity(
        name=_common_name(certificate.subject),
        serial=f"{certificate.serial_number:X}",
        issuer=_common_name(certificate.issuer),
        not_before=certificate.not_valid_before_utc,
        not_after=certificate.not_valid_after_utc,
        trial=is_trial(certificate),
        certificate_pem=certificate.public_bytes(Encoding.PEM),
        root_pem=roots[0].public_bytes(Encoding.PEM) if roots else b"",
    )


def _common_name(name: x509.Name) -> str:
    parts = name.get_attributes_for_oid(x509.NameOID.COMMON_NAME)
    return str(parts[0].value) if parts else name.rfc4514_string()


def _for_pyhanko(certificate: x509.Certificate) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER))
