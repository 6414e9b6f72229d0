"""What became of a list of web bookings: how many were stored, and every line that stayed out, to be passed on."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from app.services.booking_list import Mistake
from app.services.bookings import Imported, Preview
from app.ui import cells
from app.ui.parts.buttons import Button
from app.ui.parts.layout import Card, box, column, row
from app.ui.parts.text import Ico, Txt
from app.ui.rows import Column, Rows

tr = partial(QCoreApplication.translate, "BookingReport")


class BookingReport(QWidget):
    """The numbers large, the lines that stayed out under them; they hold no names and can be copied for the sender."""

    def __init__(self) -> None:
        super().__init__()
        self._sign = Ico("check-circle", 56, "ok_l", "fill")
        self.title, self.says = Txt("", "h1"), Txt("", "body", "ink2", wrap=True)
        self.rows: Rows[Mistake] = Rows(_columns(), lambda m: (m.line, m.text), height=46, name=tr("Tidak masuk"))
        self.copy = Button(tr("Salin semua"), "copy", "secondary", height=34, small=True)
        self.copy.clicked.connect(self._copy)
        says = tr("Perbaiki di sistem asalnya, lalu impor lagi: yang sudah masuk tidak menjadi dua.")
        words = column(Txt(tr("Yang tidak masuk"), "h3"), Txt(says, "small", "ink2", wrap=True), gap=2)
        head = row((words, 1), self.copy, gap=10)
        self._out = box(column(head, (Card(column((self.rows, 1), margins=(1, 1, 1, 1))), 1), gap=8))
        told = column(self.title, self.says, gap=4)
        top = row(self._sign, (told, 1), gap=18, margins=(4, 8, 4, 8))
        self.setLayout(column(top, (self._out, 100), "s", gap=12))

    def show_report(self, done: Imported, found: Preview) -> None:
        """What storing did; the mistakes of the file and what the office refused stand together."""
        out = tuple(sorted((*found.mistakes, *done.mistakes), key=lambda m: m.line))
        self.title.setText(_title(done))
        parts = [tr("{0} dibatalkan di sumbernya dan ditarik kembali").format(done.cancelled)] if done.cancelled else []
        parts += [tr("{0} sudah tercatat sebelumnya, tidak berubah").format(done.known)] if done.known else []
        parts += [tr("{0} baris tidak masuk").format(len(out))] if out else []
        said = ", ".join(parts)
        all_in = tr("Semua baris masuk. Pemesannya dapat melapor di kios pada jamnya.")
        self.says.setText(f"{said}." if said else all_in)
        self._sign.set_icon("warning" if out else "check-circle", "warn_l" if out else "ok_l", "fill")
        self.rows.set_rows(out)
        self._out.setVisible(bool(out))

    def _copy(self) -> None:
        said = "\n".join(tr("Baris {0}: {1}").format(m.line, m.text) for m in self.rows.rows())
        QGuiApplication.clipboard().setText(said)
        self.copy.set_text(tr("Tersalin"))


def _title(done: Imported) -> str:
    if done.added:
        return tr("{0} pesanan disimpan").format(done.added)
    return tr("{0} pesanan ditarik kembali").format(done.cancelled) if done.cancelled else tr("Tidak ada pesanan baru")


def _columns() -> list[Column[Mistake]]:
    def why(m: Mistake) -> cells.Cell:
        short, _, more = m.text.partition(". ")
        return cells.two(short, more, bold=False)

    line = Column[Mistake](tr("Baris"), lambda m: cells.muted(str(m.line)), 80)
    return [line, Column(tr("Mengapa, dan jalan keluarnya"), why)]
