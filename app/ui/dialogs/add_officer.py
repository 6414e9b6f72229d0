"""A new officer: who, under which login, in which role."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QWidget

from app.services.confirmations import HEADS
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
    """`asked` carries what was typed; the dialog stays until the database has taken it.

    `changed` carries it with every key, so that nothing typed is lost to Esc; `start` is what was kept that way.
    """

    asked = Signal(dict)
    changed = Signal(dict)

    def __init__(
        self,
        parent: QWidget | None,
        roles: Collection[tuple[Role, str]],
        taken: Collection[str],
        start: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(parent)
        self._taken, self._own_login = set(taken), False
        self.setWindowTitle(self.tr("Tambah petugas"))
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.form = self._fields(roles)
        self.form.setMinimumWidth(px(620))
        self.form.fill(start or {})
        self._own_login = bool(self.form.fields["login"].value())
        self.waits = Txt(self.tr("Perannya berlaku sesudah disahkan Kabid atau Kadis."), "small", "ink2")
        self.said = Txt("", "small", "bad", wrap=True)
        self.said.hide()
        self.yes = Button(self.tr("Buat akun"), "user-plus", "primary", "Ctrl Enter", height=40)
        no = Button(self.tr("Batal"), "", "secondary", "Esc", height=40)
        no.clicked.connect(self.reject)
        says = Txt(self.tr("Sandi pertama dibuat otomatis dan ditampilkan satu kali."), "body", "ink2")
        title, foot = Txt(self.tr("Tambah petugas"), "h1"), row("s", no, self.yes, gap=10)
        self.setLayout(
            column(title, says, 6, self.form, self.waits, self.said, 8, foot, gap=8, margins=(24, 20, 24, 20))
        )
        self._wire()
        self._follow()
        self.form.fields["name"].setFocus()

    def _wire(self) -> None:
        self.form.fields["name"].changed.connect(self._suggest)
        self.form.fields["login"].changed.connect(self._typed_login)
        self.form.fields["role"].changed.connect(self._follow)
        self.form.changed.connect(lambda: self.changed.emit(self.form.values()))
        self.yes.clicked.connect(self._ask)

    def _fields(self, roles: Collection[tuple[Role, str]]) -> Form:
        f = {
            "name": Field(self.tr("Nama dan gelar"), Line(data=False)),
            "login": Field(self.tr("Nama pengguna"), LoginLine()),
            "role": Field(self.tr("Peran tetap"), Choice(list(roles), self.tr("Pilih peran"))),
            "nip": Field(self.tr("NIP (boleh kosong)"), NumberLine((8, 6, 1, 3))),
            "position": Field(self.tr("Jabatan"), Line(data=False)),
            "place": Field(self.tr("Tempat, misalnya Loket 3"), Line(data=False)),
            "rank": Field(self.tr("Pangkat dan golongan"), Line(data=False)),
            "basis": Field(self.tr("Dasar pengangkatan (SK)"), Line(data=False)),
        }
        needed = {
            "name": self.tr("Isi nama petugas"),
            "login": self.tr("Isi nama pengguna untuk masuk"),
            "role": self.tr("Pilih peran petugas ini"),
        }
        rows = (f["name"], f["login"]), (f["role"], f["place"]), (f["position"], f["nip"]), (f["rank"], f["basis"])
        return Form(f, needed, two_columns(*rows))

    def refused(self, error: Exception) -> None:
        """The database did not take it; what was typed stays."""
        self.said.setText(str(error))
        self.said.show()

    def _is_head(self) -> bool:
        role = self.form.fields["role"].value()
        return bool(role) and Role(role) in HEADS

    def _follow(self) -> None:
        """Only a head's appointment needs a decree and a second person."""
        self.form.fields["basis"].setVisible(self._is_head())
        self.waits.setVisible(self._is_head())

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
        if Role(values["role"]) is Role.FO and not values["place"]:
            self.form.refuse(
                "place", self.tr("Isi loketnya, misalnya Loket 3: tanpa itu ia tidak dapat memanggil antrean")
            )
            return
        if self._is_head() and not values["basis"]:
            self.form.refuse("basis", self.tr("Isi nomor surat keputusan pengangkatannya"))
            return
        self.asked.emit(values)
