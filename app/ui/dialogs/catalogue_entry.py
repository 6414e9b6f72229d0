"""A choice for a list, or a known problem with its solution: added or mended."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QWidget

from app.services.catalogue import Problem
from app.ui.parts.buttons import Button
from app.ui.parts.fields import Field
from app.ui.parts.form import Form
from app.ui.parts.inputs import Choice, Line, NameLine, Note
from app.ui.parts.layout import column, row
from app.ui.parts.text import Txt
from app.ui.theme import px

LONGEST = 80


class Entry(QDialog):
    """The frame of both: a form, and what the database answered."""

    def __init__(self, parent: QWidget | None, title: str, says: str, form: Form, verb: str) -> None:
        super().__init__(parent)
        self.form = form
        self.setWindowTitle(title)
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.form.setMinimumWidth(px(460))
        self.said = Txt("", "small", "bad", wrap=True)
        self.said.hide()
        self.yes = Button(verb, "check", "primary", "Ctrl Enter", height=40)
        no = Button(self.tr("Batal"), "", "secondary", "Esc", height=40)
        self.yes.clicked.connect(self._check)
        no.clicked.connect(self.reject)
        words = Txt(says, "body", "ink2", wrap=True)
        foot = row("s", no, self.yes, gap=10)
        self.setLayout(
            column(Txt(title, "h1"), words, 4, self.form, self.said, 8, foot, gap=10, margins=(24, 20, 24, 20))
        )

    def refused(self, error: Exception) -> None:
        """The database did not take it; what was typed stays."""
        self.said.setText(str(error))
        self.said.show()

    def _check(self) -> None:
        self.said.hide()
        if self.form.check():
            self.ask()

    def ask(self) -> None:
        """Everything is filled in."""


class AddOption(Entry):
    """`asked` carries the value as it is printed, and the word that officers see."""

    asked = Signal(str, str)

    def __init__(self, parent: QWidget | None, name: str, taken: Collection[str]) -> None:
        self._taken = set(taken)
        value = Field(self.tr("Tercetak pada KK (huruf besar)"), NameLine())
        label = Field(self.tr("Dibaca petugas"), Line(data=False), hint=self.tr("Kosong: sama dengan yang tercetak"))
        value.input.setMaxLength(LONGEST)
        label.input.setMaxLength(LONGEST)
        form = Form(
            {"value": value, "label": label},
            {"value": self.tr("Isi sebutannya seperti tercetak pada KK")},
            column(value, label, gap=12),
        )
        says = self.tr("Daftar {0}. Isian yang sudah ada tidak berubah.").format(name)
        super().__init__(parent, self.tr("Tambah pilihan"), says, form, self.tr("Tambah"))
        value.setFocus()

    def ask(self) -> None:
        """Not twice."""
        values = self.form.values()
        if values["value"] in self._taken:
            self.form.refuse("value", self.tr("Sudah ada di daftar ini. Bila dihentikan, tawarkan lagi."))
            return
        label = values["label"] or values["value"].capitalize()
        self.asked.emit(values["value"], label)


class EditProblem(Entry):
    """`asked` carries the problem; of one that is known only the solution is mended."""

    asked = Signal(object)

    def __init__(
        self, parent: QWidget | None, abouts: Sequence[tuple[str, str]], known: Problem | None, taken: Collection[str]
    ) -> None:
        self._known, self._taken = known, set(taken)
        fields = {
            "about": Field(self.tr("Tentang"), Choice(list(abouts), self.tr("Pilih syarat atau isian"))),
            "text": Field(self.tr("Masalah"), Line(data=False)),
            "solution": Field(self.tr("Jalan keluar, dibaca pemohon"), Note(limit=280, height=84)),
        }
        fields["text"].input.setMaxLength(160)
        needed = {
            "about": self.tr("Pilih tentang apa masalah ini"),
            "text": self.tr("Tulis masalahnya dalam satu kalimat"),
            "solution": self.tr("Tulis apa yang harus dibawa atau dilakukan pemohon"),
        }
        form = Form(fields, needed, column(*fields.values(), gap=12))
        title = self.tr("Ubah jalan keluar") if known else self.tr("Tambah masalah")
        says = self.tr("Ditawarkan saat mencatat kekurangan dan saat memeriksa; jalan keluarnya dikirim ke pemohon.")
        super().__init__(parent, title, says, form, self.tr("Simpan"))
        if known is not None:
            self.form.fill({"about": known.code, "text": known.text, "solution": known.solution})
            fields["about"].set_read_only(True)
            fields["text"].set_read_only(True)
        fields["solution" if known else "about"].setFocus()

    def ask(self) -> None:
        """Not twice; retired ones stay retired."""
        values = self.form.values()
        if self._known is None and values["text"].casefold() in {t.casefold() for t in self._taken}:
            self.form.refuse("text", self.tr("Masalah itu sudah ada di katalog"))
            return
        active = self._known.active if self._known else True
        self.asked.emit(Problem(values["about"], values["text"], values["solution"], active))
