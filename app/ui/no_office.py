"""Stands in the window when the office's data cannot be opened: what is wrong, what is safe, what to do next."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from app.ui.parts.badges import Lamp
from app.ui.parts.brand import Brand
from app.ui.parts.buttons import Button
from app.ui.parts.layout import Card, box, column, row
from app.ui.parts.text import Ico, Txt
from app.ui.theme import px

STEPS = {
    "foreign": (
        "Berkas di bawah ini milik program lain; PELITA 3 tidak mengubahnya.",
        "Pilih berkas basis data kantor yang benar, biasanya bernama kantor.db.",
    ),
    "malformed": (
        "Jangan hapus berkasnya: sebagian besar isinya sering masih dapat diselamatkan.",
        "Pilih salinan cadangan terakhir, atau hubungi petugas TI dengan rincian di bawah.",
    ),
    "newer": (
        "Data kantor aman; hanya program di komputer ini yang sudah lama.",
        "Pasang versi baru di komputer ini, lalu tekan Coba lagi.",
    ),
    "sop_differs": (
        "Data kantor aman dan tidak diubah.",
        "Pasang versi program yang membuat basis data ini, atau pilih berkas basis data yang lain.",
    ),
    "disk is full": (
        "Tidak ada data yang hilang; yang belum tersimpan tidak dianggap selesai.",
        "Kosongkan ruang di penyimpanan komputer ini, lalu tekan Coba lagi.",
    ),
    "server": (
        "Data di server tidak disentuh.",
        "Pilih berkas basis data di komputer ini, atau minta petugas TI mengubah pengaturan database.",
    ),
    "access": (
        "Berkas atau foldernya tidak boleh dibaca atau ditulis oleh akun komputer ini.",
        "Minta petugas TI memeriksa letak dan izinnya, lalu tekan Coba lagi.",
    ),
}
"""Kind of trouble → what is safe, what to do."""

KINDS = {
    "file is not a database": "foreign",
    "unable to open database": "access",
    "readonly database": "access",
    "attempt to write a readonly": "access",
    "disk i/o error": "disk is full",
}


def kind_of(code: str) -> str:
    """The row of STEPS for an error's code; "access" for one that is not known."""
    found = KINDS.get(code, code)
    return found if found in STEPS else "access"


class NoOffice(QWidget):
    """Never a bare error: the officer can try again, choose another file, or hand IT what IT needs."""

    retry = Signal()
    other = Signal(Path)
    leave = Signal()

    def __init__(self, message: str, code: str, database: Path | None) -> None:
        super().__init__()
        self._message, self._code, self._database = message, code, database
        self._brand = Brand()
        self.said = Txt(message, "body", "ink2", wrap=True)
        self.again = Button(self.tr("Coba lagi"), "arrow-clockwise", "primary", "F5", height=44)
        self.choose = Button(self.tr("Pilih berkas lain…"), "folder-open", "secondary", "Ctrl O", height=44)
        self.copy = Button(self.tr("Salin rincian"), "copy", "quiet", height=44)
        quit_ = Button(self.tr("Keluar"), "", "link", height=30, small=True)
        self.again.clicked.connect(self.retry)
        self.choose.clicked.connect(self._choose)
        self.choose.setVisible(database is not None)
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.report()))
        quit_.clicked.connect(self.leave)
        self._arrange(quit_)
        self.setFocusProxy(self.again)

    def _arrange(self, quit_: Button) -> None:
        safe, next_ = (QCoreApplication.translate("NoOffice", words) for words in STEPS[kind_of(self._code)])
        lines = [
            row(Ico("shield-check", 20, "ok", "fill"), (Txt(safe, "body", wrap=True), 1), gap=10),
            row(Ico("arrow-right", 20, "primary_t"), (Txt(next_, "body", wrap=True), 1), gap=10),
        ]
        where = str(self._database) if self._database else self.tr("Basis data kantor")
        place = Txt(where, "small", "ink2", data=True, wrap=True, selectable=True)
        card = Card(column(*lines, place, gap=12, margins=(18, 16, 18, 16)), sub=True)
        form = box(
            column(
                Txt(self.tr("Data kantor tidak dapat dibuka"), size=28, weight=700),
                8,
                self.said,
                18,
                card,
                22,
                row(self.again, self.choose, "s", gap=10),
                10,
                row(self.copy, quit_, "s", gap=6),
                gap=0,
            )
        )
        form.setFixedWidth(px(520))
        lamp = row("s", Lamp(self.tr("Data kantor tidak terbuka"), "bad"), "s")
        right = box(column("s", row("s", form, "s"), "s", lamp, gap=0, margins=(40, 30, 40, 22)), "surface")
        right.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setLayout(row(self._brand, (right, 1), gap=0))

    def report(self) -> str:
        """What IT needs to know; it holds nobody's data."""
        return f"PELITA 3\n{self._message}\n{self._code}\n{self._database or ''}"

    def _choose(self) -> None:
        dialog = QFileDialog(
            self, self.tr("Pilih basis data kantor"), str(self._database.parent if self._database else "")
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        dialog.setNameFilters([self.tr("Basis data PELITA 3 (*.db)"), self.tr("Semua berkas (*)")])
        dialog.fileSelected.connect(lambda name: self.other.emit(Path(name)))
        dialog.open()
