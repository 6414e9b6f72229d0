"""Shows a one-time password, this once, to be handed over in person."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QWidget

from app.ui.parts.buttons import Button
from app.ui.parts.layout import Card, column, row
from app.ui.parts.text import Txt
from app.ui.theme import px


class OneTimePassword(QDialog):
    """Name, login, password; copy and close. Closed, it cannot be seen again: a new one must be made."""

    def __init__(
        self,
        parent: QWidget | None,
        name: str,
        login: str,
        password: str,
        *,
        lasting: bool = False,
        waits: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Sandi sekali pakai"))
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.password = password
        words = Txt(self._advice(name, lasting=lasting, waits=waits), "body", "ink2", wrap=True)
        words.setMinimumWidth(px(420))
        shown = Txt(password, data=True, selectable=True, size=24, weight=600, align=Qt.AlignmentFlag.AlignCenter)
        self.copy = Button(self.tr("Salin"), "copy", "secondary", "Ctrl Shift C", height=40)
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(password))
        self.done_ = Button(self.tr("Sudah saya catat"), "check", "primary", "Ctrl Enter", height=40)
        self.done_.clicked.connect(self.accept)
        title = self.tr("Sandi akun layanan") if lasting else self.tr("Sandi sekali pakai")
        who = Txt(f"{name} · {login}", "bodyb", align=Qt.AlignmentFlag.AlignCenter)
        card = Card(column(who, shown, gap=6, margins=(18, 16, 18, 16)), sub=True)
        warns = Txt(self.tr("Sesudah ditutup, sandi ini tidak dapat dilihat lagi."), "small", "warn", wrap=True)
        foot = row(self.copy, "s", self.done_, gap=10)
        self.setLayout(column(Txt(title, "h1"), words, card, warns, 8, foot, gap=10, margins=(24, 20, 24, 20)))
        self.done_.setFocus()

    def _advice(self, name: str, *, lasting: bool, waits: bool) -> str:
        """What to do with it."""
        if lasting:
            return self.tr("Simpan di PC yang memakainya, misalnya di berkas yang hanya dapat dibaca pemiliknya.")
        said = self.tr("Serahkan langsung kepada {0}. Saat pertama masuk, program meminta sandi baru.").format(name)
        return said + (" " + self.tr("Perannya menunggu pengesahan Kabid atau Kadis.") if waits else "")
