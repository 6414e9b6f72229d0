"""The dialog for what cannot be undone: title = the act, text = what follows, buttons = verbs."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QWidget

from app.ui.parts.buttons import Button
from app.ui.parts.fields import Choice, Field, Note
from app.ui.parts.layout import column, row
from app.ui.parts.text import Txt
from app.ui.theme import px


class Confirm(QDialog):
    """Sign, send, cancel a file, return. The focus is on the harmless button; only Ctrl+Enter confirms."""

    confirmed = Signal(str)
    """The reason, empty if none was asked."""

    def __init__(
        self,
        parent: QWidget | None,
        title: str,
        text: str,
        verb: str,
        *,
        icon: str = "",
        harmless: str = "",
        dangerous: bool = True,
        reason_label: str = "",
        choices: Sequence[str] = (),
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.choice = Field(self.tr("Pilih alasan"), Choice([(c, c) for c in choices])) if choices else None
        self.reason = Field(reason_label, Note(height=72)) if reason_label else None
        self.yes = Button(verb, icon, "danger" if dangerous else "primary", "Ctrl Enter", height=40)
        self.no = Button(harmless or self.tr("Batal"), "", "secondary", "Esc", height=40)
        self.yes.clicked.connect(self._confirm)
        self.no.clicked.connect(self.reject)
        says = Txt(text, "body", "ink2", wrap=True)
        says.setMinimumWidth(px(420))
        verbs = row("s", self.no, 2, self.yes, gap=10)
        self.setLayout(
            column(
                Txt(title, "h1", wrap=True), says, self.choice, self.reason, 8, verbs, gap=10, margins=(24, 20, 24, 20)
            )
        )
        self.setAccessibleDescription(text)
        (self.choice or self.reason or self.no).setFocus()

    def _given(self) -> str:
        chosen = str(self.choice.value() or "") if self.choice is not None else ""
        written = self.reason.value() if self.reason is not None else ""
        return ". ".join(part for part in (chosen, written) if part)

    def _confirm(self) -> None:
        asked = self.reason or self.choice
        if asked is not None and not self._given():
            asked.set_state("bad", self.tr("Tulis alasannya, supaya penerima tahu apa yang harus diperbaiki"))
            asked.setFocus()
            return
        if self.reason is not None and not self.reason.judge():
            return
        given = self._given()
        self.accept()
        self.confirmed.emit(given)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Plain Enter never confirms; Esc goes away."""
        if event.key() == Qt.Key.Key_Escape:
            self.reject()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            event.accept()
        else:
            super().keyPressEvent(event)
