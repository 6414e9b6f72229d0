"""The side panel of the Petugas page: one officer, the roles held, a new role, password, account."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.services.accounts import HAT_LABELS
from app.services.duties import Duty
from app.sop.model import Role
from app.ui import petugas_data as data
from app.ui.parts.badges import Avatar, initials
from app.ui.parts.banner import Banner
from app.ui.parts.buttons import Button
from app.ui.parts.fields import Field
from app.ui.parts.form import reveal
from app.ui.parts.grouped import DateLine
from app.ui.parts.inputs import Choice, Line
from app.ui.parts.layout import Card, box, column, line, row, scrolled
from app.ui.parts.segmented import Segmented
from app.ui.parts.text import Elide, Ico, Txt
from app.ui.petugas_data import Person

KINDS = ("TETAP", "PLH", "PLT")


@dataclass(frozen=True)
class NewDuty:
    """A role to be given, as typed and judged."""

    login: str
    role: Role
    kind: str
    basis: str
    first: date
    last: date


class Panel(Card):
    """Asks by signals; the page does. Typed text stays while the same officer is shown."""

    assign_asked = Signal(object)
    end_asked = Signal(object)
    reset_asked = Signal()
    active_asked = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(352)
        self.person: Person | None = None
        self._everyone: Sequence[Person] = ()
        self._avatar, self._name, self._post = Avatar("", 44), Elide("", "h2", "ink"), Elide("")
        self._told = Banner("", "pause", "info")
        self._held = QVBoxLayout()
        self._held.setSpacing(2)
        self._form()
        self._buttons()
        head = row(self._avatar, (column(self._name, self._post, gap=2), 1), gap=12)
        held = Txt(self.tr("Peran yang dipegang"), "h3")
        new = Txt(self.tr("Beri peran"), "h3")
        inner = column(
            self._told, held, self._held, 8, new, self.role, self.kind, self._dates, self.basis, self._warn, "s", gap=8
        )
        area = scrolled(box(inner))
        foot = column(self.save, row((self.reset, 1), (self.off, 1), gap=8), gap=8)
        self.setLayout(column(head, (area, 1), foot, gap=14, margins=(18, 16, 18, 16)))

    def _form(self) -> None:
        self.role = Field(self.tr("Peran"), Choice([(r, HAT_LABELS[r]) for r in data.ROLES], self.tr("Pilih peran")))
        self.kind = Segmented([self.tr("Tetap"), "Plh", "Plt"])
        self.kind.setAccessibleName(self.tr("Jenis penugasan"))
        self.first, self.last = Field(self.tr("Mulai"), DateLine()), Field(self.tr("Sampai"), DateLine())
        self._dates = box(row((self.first, 1), (self.last, 1), gap=10))
        self.basis = Field(self.tr("Dasar (SK)"), Line())
        sign, self._says = Ico("warning", 18, "warn", "fill"), Txt("", "small", "warn", wrap=True)
        self._warn = box(row(sign, (self._says, 1), gap=8))
        self.kind.changed.connect(self._follow)
        for field in (self.role, self.first, self.last):
            field.changed.connect(self._follow)
        self._follow()

    def _buttons(self) -> None:
        self.save = Button(self.tr("Simpan penugasan"), "check", "primary", "Ctrl Enter", height=44, wide=True)
        self.reset = Button(self.tr("Atur ulang sandi"), "key", "secondary", wide=True)
        self.off = Button(self.tr("Nonaktifkan"), "user-minus", "danger", wide=True)
        self.save.clicked.connect(self._save)
        self.reset.clicked.connect(self.reset_asked)
        self.off.clicked.connect(lambda: self.active_asked.emit(self.person is not None and not self.person.row.active))

    # --- who is shown ------------------------------------------------------------------------------------------------

    def show_person(self, person: Person | None, everyone: Sequence[Person]) -> None:
        """Another officer, or the same one as he is now."""
        same = person is not None and self.person is not None and person.row.login == self.person.row.login
        self.person, self._everyone = person, everyone
        self.setEnabled(person is not None)
        if person is None:
            return
        row_ = person.row
        self._avatar.set_letters(initials(row_.name))
        self._name.set_text(row_.name)
        self._post.set_text(" · ".join(p for p in (row_.position, row_.place, row_.login) if p))
        self._tell(person)
        self._list(person.open)
        # A program cannot change a one-time password: its account is made anew instead.
        self.reset.setVisible(not any(duty.role in data.SERVICE for duty in person.standing))
        self.off.set_text(self.tr("Nonaktifkan") if row_.active else self.tr("Aktifkan"))
        self.off.set_icon("user-minus" if row_.active else "user-plus")
        self.off.set_kind("danger" if row_.active else "secondary")
        if not same:
            self.clear_form()
        self._follow()

    def _tell(self, person: Person) -> None:
        said = ""
        if not person.row.active:
            said = self.tr("Akun nonaktif: tidak dapat masuk. Riwayatnya tetap tersimpan.")
        elif person.row.must_change:
            said = self.tr("Memakai sandi sekali pakai; diminta menggantinya saat masuk.")
        elif not person.open:
            said = self.tr("Tidak memegang peran, jadi belum dapat bekerja.")
        self._told.set(said, "pause" if not person.row.active else "info", "info")
        self._told.setVisible(bool(said))

    def _list(self, open_: Sequence[Duty]) -> None:
        while (item := self._held.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for number, duty in enumerate(open_):
            if number:
                self._held.addWidget(line())
            self._held.addWidget(self._duty(duty))
        if not open_:
            self._held.addWidget(Txt(self.tr("Belum ada peran"), "body", "ink3"))

    def _duty(self, duty: Duty) -> QWidget:
        more = " · ".join(part for part in (data.span(duty), duty.basis) if part) or self.tr("tetap")
        away = Button(self.tr("Akhiri"), "", "link", small=True, height=30, tip=self.tr("Akhiri peran ini"))
        away.setAccessibleName(self.tr("Akhiri {0}").format(duty.label))
        away.clicked.connect(lambda: self.end_asked.emit(duty))
        return box(row((column(Elide(duty.label, "bodym", "ink"), Elide(more), gap=0), 1), away, gap=4))

    # --- a new role --------------------------------------------------------------------------------------------------

    def clear_form(self) -> None:
        """Nothing chosen, nothing typed."""
        self.role.set_value(None)
        self.kind.set_current(0)
        for field in (self.first, self.last, self.basis):
            field.set_value("")
        self._follow()

    def _follow(self, *_: object) -> None:
        acting = self.kind.current() > 0
        self._dates.setVisible(acting)
        self.basis.setVisible(acting)
        self.role.set_state("")
        said = self._clash() if acting else ""
        self._says.setText(said)
        self._warn.setVisible(bool(said))

    def _role(self) -> Role | None:
        """The chosen role; Qt gives a text enumeration back as plain text."""
        chosen = self.role.value()
        return Role(chosen) if chosen else None

    def _clash(self) -> str:
        role, first, last = self._role(), self.first.value(), self.last.value()
        if self.person is None or role is None:
            return ""
        dated = first is not None and last is not None
        others = data.clashing(role, first, last, self._everyone, but=self.person.row.login) if dated else []
        if others:
            names = ", ".join(p.row.name for p in others)
            return self.tr("{0} juga bertugas sementara di meja ini pada tanggal itu.").format(names)
        if role in {Role.KASI, Role.KABID, Role.KADIS} and any(
            d.role in {Role.FO, Role.EDITOR} for d in self.person.standing
        ):
            return self.tr("Berkas yang ia isi sendiri tidak dapat ia paraf; serahkan kepada pejabat lain.")
        return ""

    def _save(self) -> None:
        person, role = self.person, self._role()
        if person is None:
            return
        if role is None:
            self.role.set_state("bad", self.tr("Pilih peran yang diberikan"))
            reveal(self.role)
            return
        kind = KINDS[self.kind.current()]
        if kind == "TETAP":
            if any(duty.role is role for duty in person.standing):
                self.role.set_state("bad", self.tr("Peran ini sudah dipegang"))
                return
            self.assign_asked.emit(NewDuty(person.row.login, role, kind, "", date.min, date.max))
        elif self._dated(person.today):
            first, last = self.first.value(), self.last.value()
            self.assign_asked.emit(NewDuty(person.row.login, role, kind, self.basis.value(), first, last))

    def _dated(self, today: date) -> bool:
        wrong = {self.first: self._first_problem(), self.last: self._last_problem(today)}
        wrong[self.basis] = "" if self.basis.value() else self.tr("Isi nomor surat keputusan atau surat perintah")
        for field, said in wrong.items():
            field.set_state("bad" if said else "", said)
        bad = [field for field, said in wrong.items() if said]
        if bad:
            reveal(bad[0])
        return not bad

    def _first_problem(self) -> str:
        if self.first.value() is not None:
            return ""
        return self.first.input.problem() or self.tr("Isi hari pertama")

    def _last_problem(self, today: date) -> str:
        first, last = self.first.value(), self.last.value()
        if last is None:
            return self.last.input.problem() or self.tr("Isi hari terakhir")
        if last < today:
            return self.tr("Sudah lewat")
        return self.tr("Sebelum hari pertama") if first is not None and last < first else ""
