"""PAdES B-B signatures on frozen PDFs: incremental, certifying, with a visible appearance (tte.md 2)."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner

from app.errors import Refused
from app.signing.stamp import Appearance, style

if TYPE_CHECKING:
    from pyhanko.pdf_utils.writer import BasePdfFileWriter
    from pyhanko.sign.signers.pdf_signer import PdfSigningSession

    from app.signing.pkcs12 import Signer

__all__ = ["FIELD", "Appearance", "sign"]

FIELD = "TTE_KADIS"


class _TimedSigner(PdfSigner):
    """pyHanko's signer with the caller's time: the office's clock is the database's, not this PC's."""

    moment: datetime

    def init_signing_session(
        self,
        pdf_out: BasePdfFileWriter,
        existing_fields_only: bool = False,
    ) -> PdfSigningSession:
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self.moment
        return session


def sign(
    pdf: bytes, signer: Signer, appearance: Appearance, reason: str, location: str, when: datetime | None = None
) -> bytes:
    """Signs one PDF; the result starts with exactly the bytes given, so both paraf still bind what was signed.

    `when` is UTC (default: now). Refused when the PDF cannot be read, is locked, carries a signature already, or has
    no such page; then nothing was signed.
    """
    writer = _writer(pdf)
    page = _page(writer, appearance.page)
    if writer.prev.embedded_signatures:
        raise Refused("Dokumen ini sudah bertanda tangan. Tidak perlu ditandatangani lagi.", code="already_signed")
    session = _TimedSigner(
        PdfSignatureMetadata(
            field_name=FIELD,
            md_algorithm="sha256",
            subfilter=SigSeedSubFilter.PADES,
            reason=reason,
            location=location,
            name=signer.identity.name,
            # The first signature certifies: later ones may fill forms, nobody may change a page (DocMDP 2).
            certify=True,
            docmdp_permissions=MDPPerm.FILL_FORMS,
        ),
        signer.cms,
        stamp_style=style(replace(appearance, page=page), trial=signer.identity.trial),
        # pyHanko wants whole numbers in its type, PDF takes any.
        new_field_spec=SigFieldSpec(FIELD, on_page=page, box=tuple(round(v) for v in appearance.box)),  # type: ignore[arg-type]
    )
    session.moment = when or datetime.now(UTC)
    try:
        signed = session.sign_pdf(writer, bytes_reserved=signer.cms.bytes_reserved)
    except (PdfError, SigningError):
        raise _unreadable() from None
    return bytes(signed.getbuffer())


def _writer(pdf: bytes) -> IncrementalPdfFileWriter:
    """Opens for an incremental update; pyHanko's parser raises many kinds on garbage, all mean the same here."""
    try:
        writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
        locked = writer.prev.encrypted
        # Read the page tree now, while a fault is still the file's.
        _page_count(writer)
    except (PdfError, ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError):
        raise _unreadable() from None
    if locked:
        raise Refused("Dokumen terkunci sandi, jadi belum dapat ditandatangani. Buat ulang drafnya.", code="locked_pdf")
    return writer


def _page(writer: IncrementalPdfFileWriter, page: int) -> int:
    """The page's number from the front."""
    count = _page_count(writer)
    found = page + count if page < 0 else page
    if not 0 <= found < count:
        raise Refused(
            f"Halaman untuk tanda tangan tidak ada: dokumen ini {count} halaman. Buat ulang drafnya.",
            code="no_such_page",
        )
    return found


def _page_count(writer: IncrementalPdfFileWriter) -> int:
    return int(writer.prev.root["/Pages"]["/Count"])


def _unreadable() -> Refused:
    return Refused(
        "Dokumen tidak dapat dibaca sebagai PDF, jadi belum ditandatangani. Buat ulang drafnya, lalu coba lagi.",
        code="unreadable_pdf",
    )
