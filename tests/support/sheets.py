"""Papers for tests of the print path, and what a reader finds on what came out."""

from __future__ import annotations

import io

import pypdfium2
import zxingcpp
from reportlab.graphics import renderPDF
from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.pdfgen.canvas import Canvas

from app.devices.printer import Media
from app.pdfium import LOCK

TEXT = "P3-2605-0412-6"
POINTS: dict[Media, tuple[float, float]] = {"A4": (595.28, 841.89), "A5": (419.53, 595.28), "F4": (609.45, 935.43)}


def paper(media: Media = "A4", pages: int = 1) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=POINTS[media])
    for _ in range(pages):
        drawing = Drawing(90, 90)
        drawing.add(QrCodeWidget(TEXT, barWidth=90, barHeight=90))
        renderPDF.draw(drawing, canvas, 60, POINTS[media][1] - 160)
        canvas.drawString(60, 60, "Kartu kendali pelayanan")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def read(pdf: bytes) -> list[tuple[int, int, str, tuple[int, ...]]]:
    """Size in points, the QR's text and the box of the ink (at 150 dpi) of every page."""
    with LOCK:
        document = pypdfium2.PdfDocument(pdf)
        found = []
        for page in document:
            image = page.render(scale=150 / 72).to_pil().convert("L")
            codes = zxingcpp.read_barcodes(image)
            ink = image.point(lambda dot: 255 if dot < 128 else 0).getbbox()
            width, height = page.get_size()
            found.append((round(width), round(height), codes[0].text if codes else "", tuple(ink or ())))
        document.close()
    return found
