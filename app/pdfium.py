"""The one lock around pypdfium2, which is not thread-safe, held from open to close; and two readings of a PDF."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from app.errors import Refused

if TYPE_CHECKING:
    from PIL.Image import Image

LOCK = threading.RLock()
POINTS = 72
T = TypeVar("T")


def pictures(data: bytes, dpi: float) -> list[Image]:
    """Every page as a grey picture; Refused where this is no PDF."""
    return _of_each(data, lambda page: page.render(scale=dpi / POINTS, grayscale=True).to_pil().copy())


def sizes(data: bytes) -> list[tuple[float, float]]:
    """Width and height of every page in points; Refused where this is no PDF."""
    return _of_each(data, lambda page: page.get_size())


def _of_each(data: bytes, read: Callable[[Any], T]) -> list[T]:
    import pypdfium2  # noqa: PLC0415 -- slow to load, needed only when something is drawn

    with LOCK:
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError:
            raise Refused("PDF ini tidak dapat dibuka. Buat ulang dokumennya, lalu cetak lagi.") from None
        try:
            return [read(page) for page in document]
        finally:
            document.close()
