"""A day, or some days in a row, on which the office is closed; or open although the list says otherwise."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QWidget

from app.services.calendar_days import MOST_DAYS, Day
from app.ui.kantor_calendar_data import days_between, plain
from app.ui.parts.buttons import Button
from app.ui.parts.fields import Field
from app.ui.parts.form import Form, reveal, two_columns
from app.ui.parts.grouped import DateLine
from app.ui.parts.inputs import Line
from app.ui.parts.layout import box, column, row
from app.ui.parts.segmented import Segmented
from app.ui.parts.text import Ico, Txt
from app.ui.theme import px


class ClosedDays(QDialog):
    """`asked` carries the days; `looked` the first of them, so that the page can say how many clocks change."""

    asked = Signal(list)
    looked = Signal(object)

    def __init__(self, parent: QWidget | None, day: date | None, known: Day | None, today: date) -> None:
        super().__init__(parent)
        self._today, self._known = today, known
        title = self.tr("Ubah hari") if known else self.tr("Tambah hari")
        self.setWindowTitle(title)
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.choice = Segmented([self.tr("Kantor tutup"), self.tr("Kantor buka")])
        self.choice.changed.connect(lambda _index: self.look())
        self.form = self._fields()
        self.form.setMinimumWidth(px(480))
        self.form.fill({"first": day, "label": plain(known.label) if known and known.closed else ""})
        if known is not None:
            self.form.fields["first"].set_read_only(True)
            self.form.fields["last"].hide()
            self.choice.set_current(1 if known.closed else 0)
        self.form.fields["first"].changed.connect(self.look)
        sign, self._says = Ico("info", 18, "ink2", "fill"), Txt("", "small", "ink2", wrap=True)
        self._note = box(row(sign, (self._says, 1), gap=8))
        self.yes = Button(self.tr("Simpan hari"), "check", "primary", "Ctrl Enter", height=40)
        no = Button(self.tr("Batal"), "", "secondary", "Esc", height=40)
        self.yes.clicked.connect(self._ask)
        no.clicked.connect(self.reject)
        foot = row("s", no, self.yes, gap=10)
        self.setLayout(
            column(
                Txt(title, "h1"), 4, row(self.choice, "s"), self.form, self._note, 8, foot,
                gap=10, margins=(24, 20, 24, 20),
            )
        )  # fmt: skip
        self._running = 0
        self._show()
        self.form.fields["label" if known else "first"].setFocus()

    def _fields(self) -> Form:
        f = {
            "first": Field(self.tr("Tanggal"), DateLine()),
            "last": Field(self.tr("Sampai (bila beberapa hari)"), DateLine()),
            "label": Field(self.tr("Keterangan, dibaca petugas"), Line(data=False)),
        }
        needed = {"first": self.tr("Isi tanggalnya"), "label": self.tr("Isi keterangannya, misalnya Hari jadi kota")}
        return Form(f, needed, two_columns((f["first"], f["last"]), (f["label"], None)))

    def look(self) -> None:
        """Ask how many clocks would change, for a day that is not to come."""
        first = self.form.fields["first"].value()
        self._running = 0
        if first is not None and first <= self._today:
            self.looked.emit(first)
        self._show()

    def set_running(self, count: int) -> None:
        """How many files under way were begun by then."""
        self._running = count
        self._show()

    def _show(self) -> None:
        first, closing = self.form.fields["first"].value(), self.choice.current() == 0
        said = ""
        if first is not None and first.weekday() > 4:
            said = self.tr("Sabtu dan Minggu mengikuti jam kerja; tanpa jam kerja, hari itu tetap tidak dihitung.")
        elif first is not None and first <= self._today and self._running:
            said = self.tr("{0} berkas yang sedang berjalan dihitung ulang: hari ini {1} dihitung.").format(
                self._running, self.tr("tidak lagi") if closing else self.tr("ikut")
            )
        self._says.setText(said)
        self._note.setVisible(bool(said))

    def refused(self, error: Exception) -> None:
        """The database did not take it; what was typed stays."""
        self.form.refuse("label", str(error))

    def _ask(self) -> None:
        if not self.form.check():
            return
        values = self.form.values()
        first, last = values["first"], values["last"] or values["first"]
        if last < first:
            self._refuse_last(self.tr("Sebelum hari pertama"))
        elif (last - first).days >= MOST_DAYS:
            self._refuse_last(self.tr("Paling banyak {0} hari sekali simpan").format(MOST_DAYS))
        else:
            closed = self.choice.current() == 0
            self.asked.emit([Day(d, values["label"], closed) for d in days_between(first, last)])

    def _refuse_last(self, said: str) -> None:
        field = self.form.fields["last"]
        field.set_state("bad", said)
        reveal(field)
