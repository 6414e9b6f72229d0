"""A list of web bookings is brought in: choose the file, see line by line what would happen, store, read what came."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMargins, QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QDialog, QFileDialog, QFrame, QStackedWidget, QWidget

from app.services.booking_days import Outlook
from app.services.bookings import Imported, Preview
from app.services.queue_settings import Service
from app.ui.booking_slots import TwoDays
from app.ui.dialogs.booking_columns import BookingColumns
from app.ui.dialogs.booking_lines import BookingLines
from app.ui.dialogs.booking_report import BookingReport
from app.ui.parts.banner import Banner
from app.ui.parts.buttons import Button
from app.ui.parts.layout import box, column, line, row, scrolled
from app.ui.parts.text import Elide, Ico, Txt
from app.ui.theme import px

START, LIST, REPORT = range(3)
SIZE = (1240, 740)
AIR = 48
"""Of the window it lies over, so much stays in sight."""


class BookingDialog(QDialog):
    """It shows and asks; reading and storing is its owner's. Closing it loses nothing: the columns are kept as a draft.

    `keep` is what an administrator may do: have the way of reading remembered, and name a new source.
    """

    picked = Signal(Path)
    stored = Signal()

    def __init__(self, parent: QWidget | None, services: Sequence[Service], *, keep: bool) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Impor pesanan daring"))
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAcceptDrops(True)
        self.columns = BookingColumns(services, may_keep=keep)
        self.lines, self.report, self.days = BookingLines(), BookingReport(), TwoDays()
        self.choose = Button(self.tr("Pilih berkas CSV"), "folder-open", "primary", "Ctrl O", height=44)
        self.other = Button(self.tr("Berkas lain"), "folder-open", "secondary", height=34, small=True)
        self.again = Button(self.tr("Impor daftar lain"), "download-simple", "secondary", height=40)
        self.yes = Button("", "check", "primary", "Ctrl Enter", height=40)
        self.no = Button(self.tr("Batal"), "", "secondary", "Esc", height=40)
        self.trouble = Banner("", "bad", "x-circle")
        self._file, self._hint = Elide("", "bodyb", "ink"), Elide("", "small", "ink3")
        self._stack = QStackedWidget()
        for part in (self._start(), self._list(), self.report):
            self._stack.addWidget(part)
        self._lay_out()
        self._wire()
        self.show_start()

    # --- how it lies -------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        says = self.tr("Nomor dan jamnya saja. Nama, NIK, dan kolom lain tidak dibaca dan tidak disimpan.")
        title = column(Txt(self.tr("Impor pesanan daring"), "h1"), Txt(says, "body", "ink2", wrap=True), gap=2)
        foot = row((self._hint, 1), self.again, self.no, self.yes, gap=10)
        self.setLayout(column(title, 4, (self._stack, 1), self.trouble, foot, gap=12, margins=(24, 18, 24, 18)))
        self.trouble.hide()
        over = self.parentWidget()
        room = over.window().size().shrunkBy(QMargins(0, 0, AIR, AIR)) if over is not None else QSize(*SIZE)
        self.resize(QSize(px(SIZE[0]), px(SIZE[1])).boundedTo(room))

    def _start(self) -> QWidget:
        zone = QFrame()
        zone.setObjectName("cardsub")
        words = column(
            Txt(self.tr("Seret daftar dari sistem antrean ke sini"), "h2"),
            Txt(self.tr("Berkas CSV, seperti diekspor dari {0}").format("mpp.pekanbaru.go.id"), "body", "ink2"), gap=2,
        )  # fmt: skip
        zone.setLayout(
            row(Ico("download-simple", 40, "key_line"), words, "s", self.choose, gap=18, margins=(24, 22, 24, 22))
        )
        return box(column(zone, (scrolled(column(self.days, "s", gap=0)), 1), gap=14))

    def _list(self) -> QWidget:
        left = scrolled(self.columns)
        left.setFixedWidth(px(346))
        file = row(Ico("file-text", 22, "ink2"), (self._file, 1), self.other, gap=10)
        right = column(file, (self.lines, 1), gap=10)
        return box(row(left, line(vertical=True), (right, 1), gap=16))

    def _wire(self) -> None:
        for button in (self.choose, self.other):
            button.clicked.connect(self.ask_file)
        self.again.clicked.connect(self.show_start)
        self.no.clicked.connect(self.reject)
        self.yes.clicked.connect(self._confirm)

    # --- what is shown -----------------------------------------------------------------------------------------------

    def show_start(self) -> None:
        """No file yet."""
        self._turn(START)
        self.yes.hide()
        self.no.set_text(self.tr("Tutup"))
        self._hint.set_text("")
        self.choose.setFocus()

    def show_days(self, found: Outlook) -> None:
        """How many are expected."""
        self.days.show_outlook(found)

    def show_file(self, name: str) -> None:
        """A file was read; what it holds follows."""
        self._file.set_text(name)
        self._turn(LIST)
        self.no.set_text(self.tr("Batal"))
        self.yes.show()
        self.wait()
        self.lines.rows.setFocus()

    def wait(self) -> None:
        """What is shown is being read again."""
        self.yes.setEnabled(False)
        self.yes.set_text(self.tr("Simpan"))
        self._hint.set_text(self.tr("Membaca…"))

    def ask_columns(self) -> None:
        """The list cannot be read before something is chosen."""
        self._hint.set_text(self.tr("Lengkapi dahulu pilihan di sebelah kiri."))

    def show_preview(self, found: Preview) -> None:
        """What bringing it in would do."""
        self.trouble.hide()
        self.lines.show_preview(found)
        new, gone = len(found.new), len(found.cancelled)
        words = self.tr("Simpan {0} pesanan").format(new) if new else self.tr("Tarik {0} pesanan").format(gone)
        if new and gone:
            words = self.tr("Simpan {0}, tarik {1} pesanan").format(new, gone)
        if not new and not gone:
            words = self.tr("Simpan cara membaca") if self.columns.wants_keeping() else self.tr("Tidak ada yang baru")
        self.yes.set_text(words)
        self.yes.setEnabled(bool(new or gone) or self.columns.wants_keeping())
        unread = ", ".join(found.list.unread)
        self._hint.set_text(self.tr("Tidak dibaca: {0}").format(unread) if unread else "")

    def show_report(self, done: Imported, found: Preview) -> None:
        """It was stored."""
        self.report.show_report(done, found)
        self._turn(REPORT)
        self._hint.set_text("")
        self.no.set_text(self.tr("Selesai"))
        self.yes.hide()
        self.no.setFocus()

    def refused(self, error: Exception) -> None:
        """It could not be read, or not be stored; everything chosen stays."""
        self.trouble.set(str(error), "bad", "x-circle")
        self.trouble.show()
        self._hint.set_text("")

    def report_progress(self, done: int, total: int) -> None:
        """While it is stored."""
        self._hint.set_text(self.tr("{0} dari {1} pesanan").format(done, total))

    def _turn(self, number: int) -> None:
        self.trouble.hide()
        self._stack.setCurrentIndex(number)
        self.again.setVisible(number == REPORT)

    # --- asking ------------------------------------------------------------------------------------------------------

    def ask_file(self) -> None:
        """Choose one with the keyboard."""
        dialog = QFileDialog(self, self.tr("Pilih daftar pesanan"))
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        dialog.setNameFilters([self.tr("Daftar CSV (*.csv *.txt)"), self.tr("Semua berkas (*)")])
        dialog.fileSelected.connect(lambda name: self.picked.emit(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _confirm(self) -> None:
        if self.columns.check():
            self.stored.emit()

    def reject(self) -> None:
        """Not while it is being stored: the report would reach nobody."""
        if not self.yes.is_held():
            super().reject()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """One local file."""
        if self._stack.currentIndex() != REPORT and _local(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """It is read at once."""
        event.acceptProposedAction()
        self.picked.emit(_local(event)[0])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Plain Enter stores nothing."""
        if event.key() == Qt.Key.Key_Escape:
            self.reject()
        elif event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            super().keyPressEvent(event)


def _local(event: QDropEvent) -> list[Path]:
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
