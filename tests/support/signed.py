"""Papers and certificates for the tests of TTE, made once per run: keys are slow to make."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache

import qrcode
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from reportlab.pdfgen.canvas import Canvas

from app.signing import secret
from app.signing.pades import Appearance, sign
from app.signing.pkcs12 import Signer, open_p12
from app.signing.trial import TrialCertificate, make_trial_certificate

PASSPHRASE = "kenari kuning 7"
NAME, NIP = "Dr. Nurlaila Hasibuan, M.Si", "19700101 199003 2 001"
OFFICE = "Disdukcapil Kota Pekanbaru"
QR_TEXT = "https://pelita.example/v#P3-2605-0412-6-9F3C21AB"


@dataclass(frozen=True)
class Own:
    """A PKCS#12 made by the test itself, for certificates the trial maker would never make."""

    p12: bytes


@lru_cache(maxsize=2)
def trial(name: str = NAME) -> TrialCertificate:
    return make_trial_certificate(name, NIP, OFFICE, secret.from_text(PASSPHRASE))


def opened(certificate: TrialCertificate | Own | None = None) -> Signer:
    return open_p12((certificate or trial()).p12, secret.from_text(PASSPHRASE))


@lru_cache(maxsize=4)
def paper(pages: int = 1) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842), invariant=1)
    for number in range(pages):
        canvas.drawString(70, 700, f"KUTIPAN AKTA PERCERAIAN, lembar {number + 1}")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


@lru_cache(maxsize=1)
def matrix() -> Sequence[Sequence[bool]]:
    code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_M, border=0)
    code.add_data(QR_TEXT)
    code.make(fit=True)
    return [[bool(dark) for dark in row] for row in code.get_matrix()]


def appearance(page: int = -1, name: str = "Dr. NURLAILA HASIBUAN, M.Si") -> Appearance:
    return Appearance(
        page=page,
        box=(70, 80, 330, 164),
        qr=matrix(),
        name=name,
        nip=NIP,
        rank="Pembina Utama Muda (IV/c)",
        position="Kepala Dinas Kependudukan dan Pencatatan Sipil",
        when_local="12 Mei 2026 11.58 WIB",
    )


def signed(pdf: bytes | None = None, signer: Signer | None = None) -> bytes:
    with signer or opened() as holder:
        return sign(pdf or paper(), holder, appearance(), "Dokumen telah disetujui", "Pekanbaru")


def own(key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey, *, days: int = 30, signing: bool = True) -> Own:
    """A self-signed certificate that ends in `days` (negative: is over) and is, or is not, made for signing."""
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Pejabat Uji")])
    end = datetime.now(UTC) + timedelta(days=days)
    usage = {
        "digital_signature": True,
        "content_commitment": signing,
        **dict.fromkeys(
            ["key_cert_sign", "crl_sign", "key_encipherment", "data_encipherment", "key_agreement"],
            False,
        ),
        "encipher_only": False,
        "decipher_only": False,
    }
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(end - timedelta(days=60))
        .not_valid_after(end)
        .add_extension(x509.KeyUsage(**usage), critical=True)
        .sign(key, hashes.SHA256())
    )
    sealed = BestAvailableEncryption(PASSPHRASE.encode())
    return Own(pkcs12.serialize_key_and_certificates(b"uji", key, certificate, None, sealed))
