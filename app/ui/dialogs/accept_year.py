"""Taking over a year's calendar: by which decree."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QWidget

from app.ui.parts.buttons import Button
from app.ui.parts.fields import Field
from app.ui.parts.form import Form
from app.ui.parts.inputs import Line
from app.ui.parts.layout import column, row
from app.ui.parts.text import Txt
from app.ui.theme import px


class AcceptYear(QDialog):
    """`asked` carries the decree's number."""

    asked = Signal(str)

    def __init__(self, parent: QWidget | None, year: int, closed: int, unsure: int) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Sahkan kalender {0}").format(year))
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        field = Field(self.tr("Dasar"), Line(self.tr("SKB 3 Menteri Nomor …"), data=False))
        self.form = Form({"decree": field}, {"decree": self.tr("Isi nomor keputusan yang dicocokkan")}, column(field))
        self.form.setMinimumWidth(px(460))
        said = self.tr(
            "{0} hari libur dan cuti bersama menjadi milik kantor. Sesudah ini hanya catatan kantor yang dihitung."
        )
        text = said.format(closed)
        if unsure:
            text += " " + self.tr("{0} di antaranya masih tanggal perkiraan; cocokkan dahulu.").format(unsure)
        self.yes = Button(self.tr("Sahkan"), "seal-check", "primary", "Ctrl Enter", height=40)
        no = Button(self.tr("Batal"), "", "secondary", "Esc", height=40)
        self.yes.clicked.connect(self._ask)
        no.clicked.connect(self.reject)
        self.setLayout(
            column(
                Txt(self.tr("Sahkan kalender {0}").format(year), "h1"), Txt(text, "body", "ink2", wrap=True),
                self.form, 8, row("s", no, self.yes, gap=10), gap=10, margins=(24, 20, 24, 20),
            )
        )  # fmt: skip
        field.setFocus()

    def refused(self, error: Exception) -> None:
        """The database did not take it."""
        self.form.refuse("decree", str(error))

    def _ask(self) -> None:
        if self.form.check():
            self.asked.emit(self.form.values()["decree"])
