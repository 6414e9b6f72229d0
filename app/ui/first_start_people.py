"""First start: the officers of the SOP's desks and the first administrator, in one table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from app.sop.model import Role
from app.ui.parts.buttons import Button
from app.ui.parts.fields import Field
from app.ui.parts.form import reveal, two_columns
from app.ui.parts.grouped import NumberLine
from app.ui.parts.inputs import Line, Password
from app.ui.parts.layout import column, row
from app.ui.parts.login_line import LOGIN, suggested_login
from app.ui.parts.text import Txt
from app.ui.theme import px

tr = partial(QCoreApplication.translate, "PeoplePage")
MIN_PASSWORD = 10
LABELS = {
    Role.ADMIN: "Administrator",
    Role.FO: "Front Office",
    Role.EDITOR: "Editor",
    Role.KASI: "Kasi",
    Role.KABID: "Kabid",
    Role.KADIS: "Kadis",
}
POSTS = {
    Role.ADMIN: "Administrator TI",
    Role.FO: "Loket 1",
    Role.EDITOR: "Editor",
    Role.KASI: "Kasi Perkawinan dan Perceraian",
    Role.KABID: "Kabid Pelayanan Pencatatan Sipil",
    Role.KADIS: "Kepala Dinas",
}
"""What is suggested as position; for the Front Office it is the counter."""


class PersonRow:
    """One line of the table: the inputs of one officer and the sentence under them."""

    def __init__(self, role: Role, *, extra: bool) -> None:
        self.role, self.extra = role, extra
        self.label = Txt(tr(LABELS[role]), "bodyb")
        self.name = Line(tr("Nama dan gelar"), data=False)
        self.nip = NumberLine((8, 6, 1, 3), tr("boleh kosong"))
        self.login = Line(tr("nama.pengguna"))
        self.post = Line(data=False)
        self.post.set_value(tr(POSTS[role]))
        self.post.setCursorPosition(0)
        self.said = Txt("", "small", "bad", wrap=True)
        self.away = Button("", "x", "quiet", tip=tr("Hapus baris ini"))
        self.away.setVisible(extra)
        self._own_login = False
        for line, words in ((self.name, tr("Nama")), (self.nip, "NIP"), (self.login, tr("Nama pengguna"))):
            line.setAccessibleName(f"{words} {LABELS[role]}")
        self.post.setAccessibleName(f"{tr('Jabatan atau loket')} {LABELS[role]}")
        self.name.changed.connect(self._suggest)
        self.login.changed.connect(self._typed_login)

    @property
    def inputs(self) -> tuple[Line, Line, Line, Line]:
        """In the order of the columns."""
        return self.name, self.nip, self.login, self.post

    def _suggest(self) -> None:
        if not self._own_login:
            self.login.set_value(suggested_login(self.name.value()))

    def _typed_login(self) -> None:
        self._own_login = bool(self.login.value())

    def set_name(self, name: str, nip: str) -> None:
        """The Kadis is known from the page before."""
        if not self.name.value():
            self.name.set_value(name)
            self._suggest()
        if not self.nip.value():
            self.nip.set_value(nip)
            self.nip.setCursorPosition(0)

    def values(self) -> dict[str, Any]:
        """For the plan and for the local draft."""
        name, nip, login, post = (line.value() for line in self.inputs)
        return {"role": self.role.value, "name": name, "nip": nip, "login": login.lower(), "post": post}

    def fill(self, values: Mapping[str, Any]) -> None:
        """From a local draft."""
        for line, key in zip(self.inputs, ("name", "nip", "login", "post"), strict=True):
            line.set_value(str(values.get(key, "")))
            line.setCursorPosition(0)
        self._own_login = self.login.value() not in {"", suggested_login(self.name.value())}

    def problem(self, taken: Sequence[str]) -> tuple[str, Line | None]:
        """What is wrong first, and where."""
        login = self.login.value().lower()
        if len(self.name.value()) < 2:
            return tr("Isi nama {0}").format(tr(LABELS[self.role])), self.name
        if self.nip.problem():
            return f"NIP: {self.nip.problem()}", self.nip
        if not LOGIN.fullmatch(login):
            return tr("Nama pengguna: huruf kecil, angka, titik; diawali huruf. Contoh rina.oktaviani"), self.login
        if list(taken).count(login) > 1:
            return tr("Nama pengguna {0} dipakai dua kali; setiap orang punya akun sendiri").format(login), self.login
        if self.role is Role.FO and not self.post.value():
            return tr("Isi loketnya, misalnya Loket 1: tanpa itu antrean tidak dapat dipanggil"), self.post
        return "", None

    def show_problem(self, said: str, where: Line | None) -> None:
        """Mark the input and say it under the line."""
        for line in self.inputs:
            line.show_state("bad" if line is where else "")
        self.said.setText(said)
        self.said.setVisible(bool(said))


class PeoplePage(QWidget):
    """At least one officer for every desk; more Front Office and Editors at will, the rest later on Petugas."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[PersonRow] = []
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(6)
        for number, words in enumerate((tr("Peran"), tr("Nama"), "NIP", tr("Nama pengguna"), tr("Jabatan atau loket"))):
            self._grid.addWidget(Txt(words, "captionb", "ink2"), 0, number)
        for number, share in enumerate((0, 5, 0, 4, 6)):
            self._grid.setColumnStretch(number, share)
        self._grid.setColumnMinimumWidth(2, px(214))
        for role in LABELS:
            self._add(role, extra=False)
        fo = Button(tr("Tambah Front Office"), "user-plus", "secondary", small=True)
        editor = Button(tr("Tambah Editor"), "user-plus", "secondary", small=True)
        fo.clicked.connect(lambda: self._add(Role.FO, extra=True))
        editor.clicked.connect(lambda: self._add(Role.EDITOR, extra=True))
        hint = tr("Dipakai untuk masuk sesudah kantor dibuat; paling sedikit {0} huruf").format(MIN_PASSWORD)
        self.password = Field(tr("Sandi administrator"), Password(), hint=hint)
        self.again = Field(tr("Ulangi sandi administrator"), Password())
        self.setLayout(column(self._grid, 2, row(fo, editor, "s"), 16, two_columns((self.password, self.again)), gap=6))

    def set_head(self, name: str, nip: str) -> None:
        """What the office page says of the Kadis."""
        next(r for r in self.rows if r.role is Role.KADIS).set_name(name, nip)

    def values(self) -> list[dict[str, Any]]:
        """All lines, without any password."""
        return [person.values() for person in self.rows]

    def fill(self, people: Sequence[Mapping[str, Any]]) -> None:
        """From a local draft: the standing lines first, then the added ones."""
        left = list(self.rows)
        for values in people:
            role = Role(values["role"])
            person = next((r for r in left if r.role is role), None)
            if person is None:
                person = self._add(role, extra=True)
            else:
                left.remove(person)
            person.fill(values)

    def check(self) -> bool:
        """Judge every line and the administrator's password; the focus goes to the first that is wrong."""
        taken = [person.login.value().lower() for person in self.rows]
        first: QWidget | None = None
        for person in self.rows:
            said, where = person.problem(taken)
            person.show_problem(said, where)
            first = first or where
        if first is None:
            first = self._password_problem()
        if first is not None:
            reveal(first)
        return first is None

    def _password_problem(self) -> QWidget | None:
        self.password.set_state("")
        self.again.set_state("")
        if len(self.password.value()) < MIN_PASSWORD:
            self.password.set_state("bad", tr("Sandi paling sedikit {0} huruf atau angka").format(MIN_PASSWORD))
            return self.password
        if self.password.value() != self.again.value():
            self.again.set_state("bad", tr("Belum sama dengan sandi di sebelahnya"))
            return self.again
        return None

    def _add(self, role: Role, *, extra: bool) -> PersonRow:
        person = PersonRow(role, extra=extra)
        if extra and role is Role.FO:
            person.post.set_value(tr("Loket {0}").format(sum(r.role is Role.FO for r in self.rows) + 1))
        at = self._grid.rowCount()
        self._grid.addWidget(person.label, at, 0)
        for number, line in enumerate(person.inputs, 1):
            self._grid.addWidget(line, at, number)
            line.changed.connect(self.changed)
        self._grid.addWidget(person.away, at, 5)
        self._grid.addWidget(person.said, at + 1, 1, 1, 4)
        person.said.hide()
        person.away.clicked.connect(lambda: self._remove(person))
        self.rows.append(person)
        if extra:
            person.name.setFocus()
            self.changed.emit()
        return person

    def _remove(self, person: PersonRow) -> None:
        self.rows.remove(person)
        for widget in (person.label, *person.inputs, person.away, person.said):
            self._grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self.changed.emit()
