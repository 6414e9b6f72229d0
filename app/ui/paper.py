"""Pages of a PDF or of a picture as images. Runs in the picture thread; holds no widget."""

import atexit
import io
import weakref
from dataclasses import dataclass
from functools import cache
from threading import Lock
from typing import Any

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader

from app.errors import Refused
from app.pdfium import LOCK

PICTURES = frozenset({"image/png", "image/jpeg"})
MAX_PIXELS = 12_000_000
MAX_PAGES = 500
UNREADABLE = "Berkas ini tidak bisa dibaca: mungkin rusak atau bersandi. Minta salinan baru, atau pindai kertasnya."
TOO_LONG = "Berkas ini terlalu panjang, lebih dari 500 halaman. Pisahkan dulu menjadi beberapa berkas."


_open: "weakref.WeakSet[Paper]" = weakref.WeakSet()


@cache
def _close_at_the_end() -> None:
    """At the end of the program pdfium complains of every document that a forgotten widget still holds.

    Registered after pypdfium2 has registered its own end, so that ours comes first.
    """

    @atexit.register
    def close_all() -> None:
        for paper in list(_open):
            paper.close()


@dataclass(frozen=True)
class Sheet:
    """Size of one page in points (pixels for pictures), upright."""

    width: float
    height: float


class Paper:
    """One opened document. Any thread may call it; calls wait for one another."""

    def __init__(self, data: bytes, mime: str) -> None:
        self._data, self._mime, self._mutex = data, mime, Lock()
        self._pdf: Any = None
        self.sheets: tuple[Sheet, ...] = ()
        _open.add(self)

    def open(self) -> tuple[Sheet, ...]:
        """Sizes of all pages. Refused, in words for the officer, if it cannot be read."""
        self.sheets = self._open_picture() if self._mime in PICTURES else self._open_pdf()
        return self.sheets

    def close(self) -> None:
        """Give the memory back."""
        with LOCK:
            if self._pdf is not None:
                self._pdf.close()
                self._pdf = None

    def __del__(self) -> None:
        """Forgotten without a close: pdfium must still be called by one thread at a time."""
        self.close()

    def _open_picture(self) -> tuple[Sheet, ...]:
        reader, _buffer = self._reader()
        size = reader.size()
        if not size.isValid() or size.isEmpty():
            raise Refused(UNREADABLE)
        return (Sheet(size.width(), size.height()),)

    def _open_pdf(self) -> tuple[Sheet, ...]:
        import pypdfium2  # noqa: PLC0415 - 200 ms that the log-in window must not pay

        _close_at_the_end()
        if self._mime != "application/pdf":
            raise Refused(UNREADABLE)
        with LOCK:
            try:
                self._pdf = pypdfium2.PdfDocument(io.BytesIO(self._data))
                count = len(self._pdf)
                if count > MAX_PAGES:
                    raise Refused(TOO_LONG)
                return tuple(Sheet(*self._pdf.get_page_size(number)) for number in range(count))
            except pypdfium2.PdfiumError as error:
                raise Refused(UNREADABLE) from error

    def _reader(self) -> tuple[QImageReader, QBuffer]:
        """A reader and the buffer it reads from: whoever uses the one keeps the other."""
        buffer = QBuffer()
        buffer.setData(QByteArray(self._data))
        buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        reader = QImageReader(buffer)
        reader.setAutoTransform(True)
        return reader, buffer

    def render(self, page: int, width: int) -> QImage:
        """Page `page` (from 1) so many pixels wide, never more than twelve million pixels in all."""
        sheet = self.sheets[page - 1]
        height = round(width * sheet.height / max(1.0, sheet.width))
        if width * height > MAX_PIXELS:
            width = round(width * (MAX_PIXELS / (width * height)) ** 0.5)
        return self._picture(width) if self._mime in PICTURES else self._page(page, width)

    def _picture(self, width: int) -> QImage:
        with self._mutex:
            reader, _buffer = self._reader()
            size = reader.size()
            if size.width() > width:
                reader.setScaledSize(QSize(width, max(1, round(size.height() * width / size.width()))))
            image = reader.read()
        if image.isNull():
            raise Refused(UNREADABLE)
        return (
            image.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation) if image.width() > width else image
        )

    def _page(self, page: int, width: int) -> QImage:
        import pypdfium2  # noqa: PLC0415 - as above

        with LOCK:
            if self._pdf is None:
                raise Refused(UNREADABLE)
            try:
                leaf = self._pdf[page - 1]
                bitmap = leaf.render(scale=width / max(1.0, leaf.get_width()), may_draw_forms=True, rev_byteorder=False)
                size = (bitmap.width, bitmap.height, bitmap.stride)
                image = QImage(bytes(bitmap.buffer), *size, FORMATS[bitmap.format]).copy()
                bitmap.close()
                leaf.close()
            except pypdfium2.PdfiumError as error:
                raise Refused(UNREADABLE) from error
        return image


FORMATS = {
    1: QImage.Format.Format_Grayscale8,
    2: QImage.Format.Format_BGR888,
    3: QImage.Format.Format_RGB32,
    4: QImage.Format.Format_ARGB32,
}
"""pdfium's bitmap format → Qt's."""
