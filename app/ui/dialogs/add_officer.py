"""A new officer: who, under which login, in which role."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QWidget

from app.sop.model import Role
from app.ui.parts.buttons import Button
from app.ui.parts.fields import Field
from app.ui.parts.form import Form, two_columns
from app.ui.parts.grouped import NumberLine
from app.ui.parts.inputs import Choice, Line
from app.ui.parts.layout import column, row
from app.ui.parts.login_line import LoginLine, suggested_login
from app.ui.parts.text import Txt
from app.ui.theme import px


class AddOfficer(QDialog):
    """`asked` carries what was typed; the dialog stays until the database has taken it."""

    asked = Signal(dict)

    def __init__(self, parent: QWidget | None, roles: Collection[tuple[Role, str]], taken: Collection[str]) -> None:
        super().__init__(parent)
        self._taken, self._own_login = set(taken), False
        self.setWindowTitle(self.tr("Tambah petugas"))
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.form = self._fields(roles)
        self.form.setMinimumWidth(px(620))
        self.form.fields["name"].changed.connect(self._suggest)
        self.form.fields["login"].changed.connect(self._typed_login)
        self.said = Txt("", "small", "bad", wrap=True)
        self.said.hide()
        self.yes = Button(self.tr("Buat akun"), "user-plus", "primary", "Ctrl Enter", height=40)
        no = Button(self.tr("Batal"), "", "secondary", "Esc", height=40)
        self.yes.clicked.connect(self._ask)
        no.clicked.connect(self.reject)
        says = Txt(self.tr("Sandi pertama dibuat otomatis dan ditampilkan satu kali."), "body", "ink2")
        self.setLayout(
            column(
                Txt(self.tr("Tambah petugas"), "h1"),
                says,
                6,
                self.form,
                self.said,
                8,
                row("s", no, self.yes, gap=10),
                gap=8,
                margins=(24, 20, 24, 20),
            )
        )
        self.form.fields["name"].setFocus()

    def _fields(self, roles: Collection[tuple[Role, str]]) -> Form:
        f = {
            "name": Field(self.tr("Nama dan gelar"), Line(data=False)),
            "login": Field(self.tr("Nama pengguna"), LoginLine()),
            "role": Field(self.tr("Peran tetap"), Choice(list(roles), self.tr("Pilih peran"))),
            "nip": Field(self.tr("NIP (boleh kosong)"), NumberLine((8, 6, 1, 3))),
            "position": Field(self.tr("Jabatan"), Line(data=False)),
            "place": Field(self.tr("Tempat, misalnya Loket 3"), Line(data=False)),
            "rank": Field(self.tr("Pangkat dan golongan"), Line(data=False)),
        }
        needed = {
            "name": self.tr("Isi nama petugas"),
            "login": self.tr("Isi nama pengguna untuk masuk"),
            "role": self.tr("Pilih peran petugas ini"),
        }
        rows = (f["name"], f["login"]), (f["role"], f["place"]), (f["position"], f["nip"]), (f["rank"], None)
        return Form(f, needed, two_columns(*rows))

    def refused(self, error: Exception) -> None:
        """The database did not take it; what was typed stays."""
        self.said.setText(str(error))
        self.said.show()

    def _suggest(self) -> None:
        if not self._own_login:
            self.form.fields["login"].set_value(suggested_login(self.form.fields["name"].value()))

    def _typed_login(self) -> None:
        self._own_login = bool(self.form.fields["login"].value())

    def _ask(self) -> None:
        self.said.hide()
        if not self.form.check():
            return
        values: dict[str, Any] = self.form.values()
        if values["login"] in self._taken:
            self.form.refuse("login", self.tr("Nama pengguna itu sudah dipakai. Tambahkan angka atau nama tengah"))
            return
        self.asked.emit(values)
