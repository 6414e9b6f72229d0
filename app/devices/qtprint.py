"""Printing through Qt: pages drawn by PDFium at 300 dpi into a QPrinter (Windows, and wherever `lp` is missing)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from app.devices.printer import (
    Description,
    Job,
    JobState,
    JobStatus,
    demand_printable,
    no_printer,
    page_mm,
    safe_title,
)
from app.errors import Refused, Unavailable
from app.pdfium import LOCK

if TYPE_CHECKING:
    from app.devices.printer import Media

DPI = 300
POINTS = 72


def list_queues() -> list[str]:
    """The system's printers, by the names Qt knows them by."""
    return list(QPrinterInfo.availablePrinterNames())


class QtPrinter:
    """One printer of the system. A QGuiApplication must exist; painting may happen in any one thread."""

    def __init__(self, name: str, *, colour: bool = True) -> None:
        self.name = name
        self._colour = colour

    def describe(self) -> Description:
        """The driver's own opinion, as far as Qt passes it on."""
        stopped = self._info().state() == QPrinter.PrinterState.Error
        note = "Printer berhenti. Periksa kertas, kabel, dan panelnya." if stopped else ""
        return Description(self.name, self._info().description() or self.name, "qt", ready=not stopped, note=note)

    def print_pdf(self, data: bytes, title: str, media: Media = "A4", copies: int = 1) -> Job:
        """Draws every page; the job's number is only our own count, Qt gives none."""
        demand_printable(data, copies)
        printer = self._printer(safe_title(title), media, page_mm(media, data), copies)
        import pypdfium2  # noqa: PLC0415 -- slow to load, needed only when something is printed

        with LOCK:
            try:
                document = pypdfium2.PdfDocument(data)
            except pypdfium2.PdfiumError:
                raise Refused("PDF ini tidak dapat dibuka. Buat ulang dokumennya, lalu cetak lagi.") from None
            try:
                self._paint(printer, document)
            finally:
                document.close()
        return Job(self.name, f"qt-{id(printer):x}")

    def state(self, job: Job) -> JobStatus:
        """Qt hands over and forgets: a stopped printer is told, anything else cannot be known (LOST)."""
        del job
        if self._info().state() == QPrinter.PrinterState.Error:
            return JobStatus(JobState.STOPPED, "Printer berhenti. Periksa kertas, kabel, dan panelnya.")
        return JobStatus(JobState.LOST, "Sudah diserahkan ke printer. Periksa kertasnya.")

    def _info(self) -> QPrinterInfo:
        info = QPrinterInfo.printerInfo(self.name)
        if info.isNull() or info.printerName() != self.name:
            raise no_printer(self.name)
        return info

    def _printer(self, title: str, media: Media, size_mm: tuple[float, float], copies: int) -> QPrinter:
        """Sets up and checks once more: Qt takes the default printer for a missing one, without a word."""
        printer = QPrinter(self._info(), QPrinter.PrinterMode.HighResolution)
        if printer.printerName() != self.name or not printer.isValid():
            raise no_printer(self.name)
        # A roll is asked for exactly: Qt would take the nearest size it knows, and the paper would be too long.
        match = QPageSize.SizeMatchPolicy.ExactMatch if media == "roll" else QPageSize.SizeMatchPolicy.FuzzyMatch
        size = QPageSize(QSizeF(*size_mm), QPageSize.Unit.Millimeter, media, match)
        printer.setResolution(DPI)
        printer.setDocName(title)
        printer.setFullPage(True)
        printer.setPageSize(size)
        printer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Millimeter)
        printer.setCopyCount(copies)
        mode = QPrinter.ColorMode.Color if self._colour else QPrinter.ColorMode.GrayScale
        printer.setColorMode(mode)
        return printer

    def _paint(self, printer: QPrinter, document: Any) -> None:
        """Page after page; a page lying down turns the sheet."""
        painter = QPainter()
        self._turn(printer, document[0])
        if not painter.begin(printer):
            raise Unavailable(
                f"Printer “{self.name}” tidak dapat dipakai sekarang. Periksa printernya, lalu coba lagi."
            )
        try:
            for number, page in enumerate(document):
                if number:
                    self._turn(printer, page)
                    printer.newPage()
                painter.drawImage(QRectF(printer.paperRect(QPrinter.Unit.DevicePixel)), self._image(page))
        finally:
            painter.end()

    def _turn(self, printer: QPrinter, page: Any) -> None:
        lying = page.get_width() > page.get_height()
        printer.setPageOrientation(QPageLayout.Orientation.Landscape if lying else QPageLayout.Orientation.Portrait)

    def _image(self, page: Any) -> QImage:
        """The page on white, copied out of PDFium's memory before it is freed."""
        bitmap = page.render(scale=DPI / POINTS, grayscale=not self._colour, rev_byteorder=self._colour)
        kind = QImage.Format.Format_RGB888 if self._colour else QImage.Format.Format_Grayscale8
        return QImage(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, kind).copy()
