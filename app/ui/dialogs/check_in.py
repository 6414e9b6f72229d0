"""The owner of a web booking stands at the counter: his number is typed or scanned, and he gets a ticket."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QDialog, QWidget

from app.services.keys import new_key
from app.ui.parts.buttons import Button
from app.ui.parts.fields import Field
from app.ui.parts.inputs import NameLine
from app.ui.parts.layout import column, row
from app.ui.parts.text import Txt
from app.ui.theme import px

LONGEST = 300
"""A QR may hold a whole address."""


class CheckIn(QDialog):
    """`asked` carries the number, whether it is a priority one, and the key of this try. Refusals stand there."""

    asked = Signal(str, bool, str)

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._key, self._tried = new_key(), ("", False)
        title = self.tr("Pemesan daring lapor hadir")
        self.setWindowTitle(title)
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.reference = Field(self.tr("Nomor pesanan"), NameLine("", height=44),
                               hint=self.tr("Ketik nomornya, atau pindai QR di HP pemesan lalu Enter"))  # fmt: skip
        self.reference.input.setMaxLength(LONGEST)
        self.reference.input.enter_moves = False
        self.reference.input.entered.connect(self.ask)
        self.reference.changed.connect(lambda: self._tell("", ""))
        self.priority = QCheckBox(self.tr("Nomor prioritas (lansia, difabel, hamil, membawa bayi)"))
        self.yes = Button(self.tr("Beri nomor"), "check", "primary", "Ctrl Enter", height=40)
        self.no = Button(self.tr("Batal"), "", "secondary", "Esc", height=40)
        self.yes.clicked.connect(self.ask)
        self.no.clicked.connect(self.reject)
        says = Txt(self.tr("Yang terlambat tetap dapat dilayani dengan pesanannya."), "body", "ink2", wrap=True)
        self.reference.setMinimumWidth(px(460))
        foot = row("s", self.no, self.yes, gap=10)
        items = (Txt(title, "h1"), says, 4, self.reference, self.priority, 8, foot)
        self.setLayout(column(*items, gap=10, margins=(24, 20, 24, 20)))
        self.reference.setFocus()

    def ask(self) -> None:
        """Hand it over; the same try again is the same press."""
        tried = (str(self.reference.value()), self.priority.isChecked())
        if not tried[0]:
            self._tell("bad", self.tr("Ketik atau pindai nomor pesanannya"))
            self.reference.setFocus()
            return
        if self.yes.is_held():
            return
        if tried != self._tried:
            self._key, self._tried = new_key(), tried
        self.asked.emit(*tried, self._key)

    def take_scan(self, code: str) -> None:
        """A scanner read the owner's QR: no key is needed."""
        self.reference.set_value(code)
        self.ask()

    def refused(self, error: Exception) -> None:
        """Why he has no number now; what is typed stays, ready to be typed over."""
        self._tell("bad", str(error))
        self.reference.setFocus()
        self.reference.input.selectAll()

    def _tell(self, state: str, said: str) -> None:
        """A sentence of two lines makes the dialog taller."""
        self.reference.set_state(state, said)
        inner, layout = self.reference.layout(), self.layout()
        if inner is not None and layout is not None:
            inner.activate()
            self.reference.updateGeometry()
            layout.activate()
            self.resize(self.width(), max(self.minimumHeight(), layout.totalHeightForWidth(self.width())))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes away; Enter in the field has asked already."""
        if event.key() == Qt.Key.Key_Escape:
            self.reject()
        elif event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            super().keyPressEvent(event)
