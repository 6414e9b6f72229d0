"""Giving an officer a role: which, for ever or from day to day, and by which decree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QWidget

from app.services.accounts import HAT_LABELS
from app.services.confirmations import HEADS
from app.sop.model import Role
from app.ui import petugas_data as data
from app.ui.parts.fields import Field
from app.ui.parts.form import reveal
from app.ui.parts.grouped import DateLine
from app.ui.parts.inputs import Choice, Line
from app.ui.parts.layout import box, column, row
from app.ui.parts.segmented import Segmented
from app.ui.parts.text import Ico, Txt
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


class DutyForm(QWidget):
    """What is wrong or unwise is told before anything is given."""

    def __init__(self) -> None:
        super().__init__()
        self.me = ""
        """Who gives: what somebody gives himself waits for a second person too."""
        self._person: Person | None = None
        self._everyone: Sequence[Person] = ()
        self.role = Field(self.tr("Peran"), Choice([(r, HAT_LABELS[r]) for r in data.ROLES], self.tr("Pilih peran")))
        self.kind = Segmented([self.tr("Tetap"), "Plh", "Plt"])
        self.kind.setAccessibleName(self.tr("Jenis penugasan"))
        self.first, self.last = Field(self.tr("Mulai"), DateLine()), Field(self.tr("Sampai"), DateLine())
        self._dates = box(row((self.first, 1), (self.last, 1), gap=10))
        self.basis = Field(self.tr("Dasar (SK)"), Line())
        self._sign, self._says = Ico("warning", 18, "warn", "fill"), Txt("", "small", "warn", wrap=True)
        self._note = box(row(self._sign, (self._says, 1), gap=8))
        self.setLayout(column(self.role, self.kind, self._dates, self.basis, self._note, gap=8))
        self.kind.changed.connect(self._follow)
        for field in (self.role, self.first, self.last):
            field.changed.connect(self._follow)
        self._follow()

    def show_person(self, person: Person, everyone: Sequence[Person]) -> None:
        """For whom; what is typed stays."""
        self._person, self._everyone = person, everyone
        self._follow()

    def clear(self) -> None:
        """Nothing chosen, nothing typed."""
        self.role.set_value(None)
        self.kind.set_current(0)
        for field in (self.first, self.last, self.basis):
            field.set_value("")
        self._follow()

    def says(self) -> str:
        """What stands under the form."""
        return self._says.text()

    def _role(self) -> Role | None:
        """The chosen role; Qt gives a text enumeration back as plain text."""
        chosen = self.role.value()
        return Role(chosen) if chosen else None

    def _follow(self, *_: object) -> None:
        acting, role = self.kind.current() > 0, self._role()
        self._dates.setVisible(acting)
        self.basis.setVisible(acting or role in HEADS)
        own = self._person is not None and self._person.row.login == self.me
        self.role.set_state("")
        warns = self._unwise(role) if acting else ""
        said = warns or (self.tr("Berlaku sesudah disahkan Kabid atau Kadis.") if role in HEADS or own else "")
        self._says.setText(said)
        self._says.set_tone("warn" if warns else "ink2")
        self._sign.set_icon("warning" if warns else "seal-check", "warn" if warns else "ink2")
        self._note.setVisible(bool(said))

    def _unwise(self, role: Role | None) -> str:
        """What the administrator should know before saving; the database would not refuse it."""
        if self._person is None or role is None:
            return ""
        first, last = self.first.value(), self.last.value()
        if first is not None and last is not None:
            others = data.clashing(role, first, last, self._everyone, but=self._person.row.login)
            if others:
                names = ", ".join(p.row.name for p in others)
                return self.tr("{0} juga bertugas sementara di meja ini pada tanggal itu.").format(names)
            if self._person.is_absent(first, last):
                return self.tr("Ia sendiri cuti pada tanggal itu.")
        if role in HEADS and any(d.role in {Role.FO, Role.EDITOR} for d in self._person.standing):
            return self.tr("Berkas yang ia isi sendiri tidak dapat ia paraf; serahkan kepada pejabat lain.")
        return ""

    # --- judging -----------------------------------------------------------------------------------------------------

    def take(self) -> NewDuty | None:
        """The duty as typed; None where something is wrong, which is then shown at its field."""
        person, role = self._person, self._role()
        if person is None:
            return None
        if role is None:
            self.role.set_state("bad", self.tr("Pilih peran yang diberikan"))
            reveal(self.role)
            return None
        kind = KINDS[self.kind.current()]
        if kind == "TETAP":
            if any(duty.role is role for duty in person.standing):
                self.role.set_state("bad", self.tr("Peran ini sudah dipegang"))
                return None
            good = self._judge({self.basis: self._basis_problem()} if role in HEADS else {})
            return NewDuty(person.row.login, role, kind, self.basis.value(), date.min, date.max) if good else None
        wrong = {self.first: self._first_problem(), self.last: self._last_problem(person.today)}
        if not self._judge({**wrong, self.basis: self._basis_problem()}):
            return None
        return NewDuty(person.row.login, role, kind, self.basis.value(), self.first.value(), self.last.value())

    def _judge(self, wrong: dict[Field, str]) -> bool:
        for field, said in wrong.items():
            field.set_state("bad" if said else "", said)
        bad = [field for field, said in wrong.items() if said]
        if bad:
            reveal(bad[0])
        return not bad

    def _basis_problem(self) -> str:
        return "" if self.basis.value() else self.tr("Isi nomor surat keputusan atau surat perintah")

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
