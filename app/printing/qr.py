"""QR symbols: the matrix, a PNG, and a drawing with whole modules (level M, quiet zone of four modules)."""

from __future__ import annotations

import io
from functools import lru_cache
from typing import Literal

import qrcode
from PIL import Image
from qrcode.constants import ERROR_CORRECT_M
from qrcode.exceptions import DataOverflowError
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from app.errors import Refused

QUIET = 4
DOT = 72 / 203.2  # one dot of a 203 dpi head (8 per millimetre), in points


@lru_cache(maxsize=256)
def matrix(text: str) -> tuple[tuple[bool, ...], ...]:
    """The modules, row by row from the top, True = dark, without quiet zone. Refused when the text is too long."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=0)
    code.add_data(text, optimize=0)
    try:
        code.make(fit=True)
    except (DataOverflowError, ValueError) as e:
        message = "Isi kode QR terlalu panjang. Pendekkan isinya, lalu coba lagi."
        raise Refused(message, code="qr_too_long") from e
    return tuple(tuple(bool(m) for m in row) for row in code.get_matrix())


def png(text: str, scale: int = 8) -> bytes:
    """A grey PNG with quiet zone, `scale` pixels to a module."""
    rows = matrix(text)
    side = len(rows) + 2 * QUIET
    image = Image.new("L", (side, side), 255)
    for y, row in enumerate(rows):
        for x, dark in enumerate(row):
            if dark:
                image.putpixel((x + QUIET, y + QUIET), 0)
    out = io.BytesIO()
    image.resize((side * scale, side * scale), Image.Resampling.NEAREST).save(out, "PNG", optimize=False)
    return out.getvalue()


def side(text: str, module: float) -> float:
    """Length of the symbol's side in points, quiet zone included."""
    return (len(matrix(text)) + 2 * QUIET) * module


def draw(canvas: Canvas, text: str, x: float, y: float, module: float) -> None:
    """Draw with its quiet zone's lower left corner at x, y; `module` in points.

    Dark modules of a row that touch are one rectangle, so that no hairline of white parts them on paper.
    """
    rows = matrix(text)
    top = y + (len(rows) + QUIET) * module
    path = canvas.beginPath()
    for down, row in enumerate(rows):
        start = None
        for across, dark in enumerate((*row, False)):
            if dark and start is None:
                start = across
            elif not dark and start is not None:
                left = x + (QUIET + start) * module
                path.rect(left, top - (down + 1) * module, (across - start) * module, module)
                start = None
    canvas.saveState()
    canvas.setFillGray(0)
    canvas.drawPath(path, stroke=0, fill=1)
    canvas.restoreState()


class Symbol(Flowable):
    """A QR in the flow of a page, with whole modules; `snap` = grid in points that its corner is put on."""

    def __init__(
        self, text: str, module: float, *, align: Literal["LEFT", "CENTER", "RIGHT"] = "LEFT", snap: float = 0.0
    ) -> None:
        super().__init__()
        self.text, self.module, self.snap = text, module, snap
        self.hAlign = align
        self.width = self.height = side(text, module)

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803 -- reportlab's names
        """Its size; it never shrinks."""
        return self.width, self.height

    def draw(self) -> None:
        """Draw at the place the page gives, moved to the printer's dots where asked."""
        dx = dy = 0.0
        if self.snap:
            x, y = self.canv.absolutePosition(0, 0)
            dx, dy = -(x % self.snap), -(y % self.snap)
        draw(self.canv, self.text, dx, dy, self.module)
