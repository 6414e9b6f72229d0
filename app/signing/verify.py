"""The local proof of a signature, made before anything is called signed: integrity, trust and coverage."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from asn1crypto import pem
from asn1crypto import x509 as asn1_x509
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.general import SigningError, UnacceptableSignerError
from pyhanko.sign.validation import SignatureCoverageLevel, validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko_certvalidator import ValidationContext

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
    from pyhanko.sign.validation.status import PdfSignatureStatus

NOT_PDF = "Dokumen tidak dapat dibaca sebagai PDF."
# What pyHanko's parsers raise on files somebody tampered with; each of them is an answer: not good.
PARSE_ERRORS = (
    PdfError,
    SigningError,
    UnacceptableSignerError,
    SignatureValidationError,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    OverflowError,
    RecursionError,
    NotImplementedError,
)


@dataclass(frozen=True)
class Verdict:
    """What was found; `reasons` (Indonesian) is empty exactly when everything holds."""

    intact: bool
    trusted: bool
    whole_file: bool
    signer_name: str = ""
    serial: str = ""
    signed_at: datetime | None = None
    reasons: tuple[str, ...] = ()

    @property
    def good(self) -> bool:
        """All three, and nothing else to complain about."""
        return self.intact and self.trusted and self.whole_file and not self.reasons


def verify(pdf: bytes, roots: Sequence[bytes], at: datetime | None = None) -> Verdict:
    """Judges the last signature of `pdf` against pinned roots (PEM); never raises for what the file holds.

    Every earlier signature must hold too. `at` (UTC) is the moment at which certificates are judged; give the stored
    time of signing to look at an old document, because B-B carries no time stamp. The last signature must cover the
    entire file: pyHanko calls appended junk harmless, we do not (tte.md 2.2).
    """
    try:
        reader = PdfFileReader(io.BytesIO(pdf))
        signatures = list(reader.embedded_signatures)
    except PARSE_ERRORS:
        return Verdict(intact=False, trusted=False, whole_file=False, reasons=(NOT_PDF,))
    if not signatures:
        return Verdict(intact=False, trusted=False, whole_file=False, reasons=("Dokumen belum bertanda tangan.",))
    verdicts = [_judge(one, roots, at or datetime.now(UTC), last=one is signatures[-1]) for one in signatures]
    earlier = tuple(reason for verdict in verdicts[:-1] for reason in verdict.reasons)
    last = verdicts[-1]
    return last if not earlier else _with(last, earlier)


def same_content(unsigned: bytes, signed: bytes) -> bool:
    """True when `signed` is `unsigned` with something added behind: nothing of what was initialled was rewritten."""
    return len(signed) > len(unsigned) and signed.startswith(unsigned)


def _with(verdict: Verdict, earlier: tuple[str, ...]) -> Verdict:
    return Verdict(
        verdict.intact,
        verdict.trusted,
        verdict.whole_file,
        verdict.signer_name,
        verdict.serial,
        verdict.signed_at,
        verdict.reasons + earlier,
    )


def _judge(signature: EmbeddedPdfSignature, roots: Sequence[bytes], at: datetime, *, last: bool) -> Verdict:
    """One signature; an error while judging is an answer, not an accident."""
    try:
        context = ValidationContext(
            trust_roots=[_certificate(root) for root in roots],
            allow_fetching=False,
            moment=at,
            # Trial roots publish no revocation list; a CA's own list is the business of B-LT, not of B-B.
            revocation_mode="soft-fail",
        )
        status = validate_pdf_signature(signature, context)
    except PARSE_ERRORS:
        return Verdict(
            intact=False, trusted=False, whole_file=False, reasons=("Tanda tangan rusak atau isinya diubah.",)
        )
    whole = status.coverage == SignatureCoverageLevel.ENTIRE_FILE if last else True
    intact = bool(status.intact and status.valid and status.docmdp_ok is not False)
    trusted = bool(status.trusted)
    return Verdict(
        intact=intact,
        trusted=trusted,
        whole_file=whole,
        signer_name=str(status.signing_cert.subject.native.get("common_name", "")),
        serial=f"{status.signing_cert.serial_number:X}",
        signed_at=status.signer_reported_dt,
        reasons=_reasons(status, intact=intact, trusted=trusted, whole=whole),
    )


def _reasons(status: PdfSignatureStatus, *, intact: bool, trusted: bool, whole: bool) -> tuple[str, ...]:
    """Every fault in one sentence each."""
    found = []
    if not intact:
        found.append("Isi dokumen berubah setelah ditandatangani.")
    if not trusted:
        found.append("Penanda tangan tidak dikenal: sertifikatnya bukan dari penerbit yang dipercaya kantor ini.")
    if not whole:
        found.append("Ada tambahan di belakang tanda tangan yang tidak ikut ditandatangani.")
    if not found and not status.bottom_line:
        found.append("Tanda tangan tidak memenuhi aturan pemeriksaan.")
    return tuple(found)


def _certificate(data: bytes) -> asn1_x509.Certificate:
    """A pinned root; PEM as documented."""
    _, _, der = pem.unarmor(data)
    return asn1_x509.Certificate.load(der)
