"""Files from a disk: taken in only when small enough, readable, and really a PDF, JPEG or PNG."""

from __future__ import annotations

import hashlib
import io
import os
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from app.channels.files import NotRegularError, opened
from app.errors import Refused, Unavailable

MAX_ATTACHMENT = 25 * 1024 * 1024
# A scan of A3 at 600 dpi has 70 million dots; more is a trap for the machine that has to unpack it. Pillow itself
# warns above 89 million and refuses above twice that.
MAX_DOTS = 89_000_000
MAX_PAGES = 500
PDF, JPEG, PNG = "application/pdf", "image/jpeg", "image/png"
ACCEPTED = "PDF, JPG, atau PNG"


@dataclass(frozen=True)
class Attachment:
    """A file's bytes with what they really are; `pages` is 1 for a picture."""

    mime: str
    data: bytes = field(repr=False)
    pages: int
    sha256: str


def read_attachment(path: str | Path) -> Attachment:
    """Reads one file whole; its size is looked at before a byte is read.

    Refused (field "file") names the file and what to do; Unavailable when the medium itself fails.
    """
    place = Path(path)
    name = place.name
    try:
        with opened(place, follow=True) as stream:
            if os.fstat(stream.fileno()).st_size > MAX_ATTACHMENT:
                raise _too_big(name)
            # One byte more than allowed: a file that grows while it is read is still noticed.
            data = stream.read(MAX_ATTACHMENT + 1)
    except FileNotFoundError:
        raise _refused(f"Berkas “{name}” tidak ditemukan. Pilih ulang berkasnya.", "not_found") from None
    except NotRegularError:
        raise _refused(f"“{name}” bukan berkas. Pilih berkas {ACCEPTED}.", "not_a_file") from None
    except PermissionError:
        raise _refused(
            f"Berkas “{name}” tidak boleh dibaca dari akun ini. Salin dahulu ke folder Anda, lalu pilih salinannya.",
            "no_permission",
        ) from None
    except OSError as error:
        raise Unavailable(
            f"Berkas “{name}” gagal dibaca ({error.strerror}). Periksa media atau jaringannya, lalu coba lagi."
        ) from None
    return examine(data, name)


def examine(data: bytes, shown_name: str) -> Attachment:
    """Judges bytes that were already read; same rules and texts as `read_attachment`."""
    if not data:
        raise _refused(f"Berkas “{shown_name}” kosong. Pindai atau simpan ulang, lalu pilih lagi.", "empty")
    if len(data) > MAX_ATTACHMENT:
        raise _too_big(shown_name)
    mime = _kind(data)
    if not mime:
        raise _refused(
            f"Jenis berkas “{shown_name}” tidak diterima. Simpan sebagai {ACCEPTED}, lalu pilih lagi.", "wrong_type"
        )
    pages = _pdf_pages(data, shown_name) if mime == PDF else _picture(data, shown_name)
    return Attachment(mime, data, pages, hashlib.sha256(data).hexdigest())


def _refused(text: str, code: str) -> Refused:
    return Refused(text, field="file", code=code)


def _too_big(name: str) -> Refused:
    limit = MAX_ATTACHMENT // (1024 * 1024)
    return _refused(
        f"Berkas “{name}” lebih dari {limit} MB. Pindai ulang dengan 200 dpi atau perkecil, lalu pilih lagi.", "too_big"
    )


def _wall(name: str) -> Refused:
    return _refused(f"Gambar “{name}” terlalu besar. Pindai ulang dengan 200 dpi, lalu pilih lagi.", "too_big")


def _broken(name: str) -> Refused:
    return _refused(f"Berkas “{name}” rusak atau terpotong. Pindai atau simpan ulang, lalu pilih lagi.", "broken")


def _kind(data: bytes) -> str:
    """What the first bytes say; the name's ending says nothing."""
    # Readers allow a little before the header, but then the file may be two things at once: not here.
    if data.startswith(b"%PDF-"):
        return PDF
    if data.startswith(b"\xff\xd8\xff"):
        return JPEG
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    return ""


def _pdf_pages(data: bytes, name: str) -> int:
    """How many pages; opening proves the file, every page is looked up."""
    # Imported here: it takes time a log-in window must not wait for.
    import pypdfium2  # noqa: PLC0415

    from app.pdfium import LOCK  # noqa: PLC0415

    with LOCK:
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            # PDFium's own words are the only sign by which a locked file can be told from a broken one.
            if "password" in str(error).lower():
                raise _refused(
                    f"Berkas “{name}” terkunci sandi. Simpan salinan tanpa sandi, lalu pilih salinannya.", "locked_pdf"
                ) from None
            raise _broken(name) from None
        try:
            pages = len(document)
            for number in range(min(pages, MAX_PAGES)):
                document[number].close()
        except pypdfium2.PdfiumError:
            raise _broken(name) from None
        finally:
            document.close()
    if not 0 < pages <= MAX_PAGES:
        raise (
            _broken(name)
            if not pages
            else _refused(f"Berkas “{name}” lebih dari {MAX_PAGES} halaman. Bagi menjadi beberapa berkas.", "too_big")
        )
    return pages


def _picture(data: bytes, name: str) -> int:
    """Decodes the picture whole: `verify` alone does not notice a JPEG cut short."""
    try:
        with Image.open(io.BytesIO(data)) as image:
            if image.width * image.height > MAX_DOTS:
                raise _wall(name)
            image.load()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _wall(name) from None
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
        raise _broken(name) from None
    return 1
