"""Making the Kadis's trial certificate: the passphrase twice, and what a trial is worth."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.ui.parts.banner import Banner
from app.ui.parts.fields import Field
from app.ui.parts.form import two_columns
from app.ui.parts.inputs import Password
from app.ui.parts.layout import column

LEAST = 8


class TrialForm(QWidget):
    """Two password lines. The passphrase is handed out once and never kept."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        warns = Banner(
            self.tr("Sertifikat uji coba tidak sah secara hukum"),
            "warn",
            "warning",
            detail=self.tr(
                "Dokumen yang ditandatangani dengannya memuat tulisan SERTIFIKAT UJI COBA. Pakai untuk belajar; "
                "untuk bekerja, minta sertifikat dari BSrE dan letakkan berkas .p12-nya di PC Kadis."
            ),
        )
        hint = self.tr("Paling sedikit {0} huruf; hanya Kadis yang mengetahuinya").format(LEAST)
        self.first = Field(self.tr("Frasa sandi sertifikat"), Password(), hint=hint)
        self.again = Field(self.tr("Ulangi frasa sandi"), Password())
        for field in (self.first, self.again):
            field.input.enter_moves = True
            field.changed.connect(self.changed)
        self.setLayout(column(warns, two_columns((self.first, self.again)), gap=14))

    def check(self) -> bool:
        """Long enough, and twice the same."""
        if len(self.first.value().encode()) < LEAST:
            self.first.set_state("bad", self.tr("Frasa sandi paling sedikit {0} huruf atau angka").format(LEAST))
            self.first.setFocus()
            return False
        self.first.set_state("")
        if self.first.value() != self.again.value():
            self.again.set_state("bad", self.tr("Belum sama dengan frasa sandi di sebelahnya"))
            self.again.setFocus()
            return False
        self.again.set_state("")
        return True

    def take(self) -> bytearray:
        """The passphrase as bytes that the receiver wipes; the lines are emptied."""
        given = bytearray(self.first.value().encode())
        for field in (self.first, self.again):
            field.set_value("")
        return given
