"""An officer's leave: from when to when, why, and who stands in for a head."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QWidget

from app.services.accounts import HAT_LABELS
from app.services.confirmations import HEADS
from app.sop.model import Role
from app.ui.parts.buttons import Button
from app.ui.parts.fields import Field
from app.ui.parts.form import Form, two_columns
from app.ui.parts.grouped import DateLine
from app.ui.parts.inputs import Choice, Line
from app.ui.parts.layout import box, column, row
from app.ui.parts.text import Ico, Txt
from app.ui.petugas_data import Leave, Person
from app.ui.theme import px

NOBODY = ""


class LeaveDialog(QDialog):
    """`asked` carries the leave. Who can stand in is proposed: colleagues at work, those who are absent left out."""

    asked = Signal(object)

    def __init__(self, parent: QWidget | None, person: Person, everyone: Sequence[Person]) -> None:
        super().__init__(parent)
        self._person, self._everyone = person, everyone
        self._heads = tuple(dict.fromkeys(d.role for d in person.standing if d.role in HEADS))
        self.setWindowTitle(self.tr("Catat cuti"))
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.form = self._fields()
        self.form.setMinimumWidth(px(480))
        for name in ("first", "last"):
            self.form.fields[name].changed.connect(self._follow)
        for role in self._heads:
            self.form.fields[role.value].changed.connect(self._follow)
        sign, self._says = Ico("warning", 18, "warn", "fill"), Txt("", "small", "warn", wrap=True)
        self._note = box(row(sign, (self._says, 1), gap=8))
        self.said = Txt("", "small", "bad", wrap=True)
        self.said.hide()
        self.yes = Button(self.tr("Simpan cuti"), "calendar-x", "primary", "Ctrl Enter", height=40)
        no = Button(self.tr("Batal"), "", "secondary", "Esc", height=40)
        self.yes.clicked.connect(self._ask)
        no.clicked.connect(self.reject)
        says = self.tr("Selama cuti semua peran {0} beristirahat dan kembali sendiri sesudahnya.").format(
            person.row.name
        )
        foot = row("s", no, self.yes, gap=10)
        self.setLayout(
            column(
                Txt(self.tr("Catat cuti"), "h1"), Txt(says, "body", "ink2", wrap=True), 4, self.form, self._note,
                self.said, 8, foot, gap=10, margins=(24, 20, 24, 20),
            )
        )  # fmt: skip
        self._follow()
        self.form.fields["first"].setFocus()

    def _fields(self) -> Form:
        f = {
            "first": Field(self.tr("Hari pertama"), DateLine()),
            "last": Field(self.tr("Hari terakhir"), DateLine()),
            "why": Field(self.tr("Alasan"), Line(self.tr("Cuti tahunan"), data=False)),
        }
        rows: list[tuple[QWidget, QWidget | None]] = [(f["first"], f["last"]), (f["why"], None)]
        for role in self._heads:
            label = self.tr("Plh. {0}").format(HAT_LABELS[role])
            f[role.value] = Field(label, Choice([(NOBODY, self.tr("Tanpa pelaksana harian"))]))
            f[role.value].set_value(NOBODY)
            rows.append((f[role.value], None))
        if self._heads:
            f["basis"] = Field(self.tr("Dasar penunjukan (surat perintah)"), Line())
            rows.append((f["basis"], None))
        needed = {
            "first": self.tr("Isi hari pertama"),
            "last": self.tr("Isi hari terakhir"),
            "why": self.tr("Tulis alasannya, misalnya Cuti tahunan"),
        }
        return Form(f, needed, two_columns(*rows))

    # --- who can stand in --------------------------------------------------------------------------------------------

    def _days(self) -> tuple[date, date] | None:
        first, last = self.form.fields["first"].value(), self.form.fields["last"].value()
        return (first, last) if first is not None and last is not None and first <= last else None

    def _can(self, other: Person) -> bool:
        days = self._days()
        works = other.row.active and any(d.role in {*HEADS, Role.FO, Role.EDITOR} for d in other.standing)
        return works and other.row.login != self._person.row.login and not (days and other.is_absent(*days))

    def _follow(self) -> None:
        """Offer who is there on those days, heads first; say what to think of."""
        for role in self._heads:
            found = [p for p in self._everyone if self._can(p)]
            found.sort(key=lambda p: (not any(d.role in HEADS for d in p.standing), p.row.name))
            names = [(p.row.login, f"{p.row.name} · {_held(p)}") for p in found]
            self.form.fields[role.value].input.set_items([(NOBODY, self.tr("Tanpa pelaksana harian")), *names])
            if self.form.fields[role.value].value() is None:
                self.form.fields[role.value].set_value(NOBODY)
        said = self._think()
        self._says.setText(said)
        self._note.setVisible(bool(said))

    def _think(self) -> str:
        chosen = self._deputies()
        if any(self._types(login) for _, login in chosen):
            return self.tr("Berkas yang diisi pelaksana harian sendiri tidak dapat ia paraf.")
        if chosen:
            return self.tr("Pelaksana harian bekerja sesudah penunjukannya disahkan Kabid atau Kadis.")
        if self._heads:
            return self.tr("Tanpa pelaksana harian, berkas di mejanya menunggu sampai ia kembali.")
        return ""

    def _types(self, login: str) -> bool:
        person = next((p for p in self._everyone if p.row.login == login), None)
        return person is not None and any(d.role in {Role.FO, Role.EDITOR} for d in person.standing)

    def _deputies(self) -> tuple[tuple[Role, str], ...]:
        chosen = ((role, self.form.fields[role.value].value()) for role in self._heads)
        return tuple((role, login) for role, login in chosen if login)

    # --- saving ------------------------------------------------------------------------------------------------------

    def refused(self, error: Exception) -> None:
        """The database did not take it; what was typed stays."""
        self.said.setText(str(error))
        self.said.show()

    def _ask(self) -> None:
        self.said.hide()
        if not self.form.check():
            return
        values, deputies = self.form.values(), self._deputies()
        if values["last"] < self._person.today:
            self.form.refuse("last", self.tr("Sudah lewat"))
        elif values["last"] < values["first"]:
            self.form.refuse("last", self.tr("Sebelum hari pertama"))
        elif deputies and not values["basis"]:
            self.form.refuse("basis", self.tr("Isi nomor surat perintah pelaksana harian"))
        else:
            first, last, why = values["first"], values["last"], values["why"]
            self.asked.emit(Leave(self._person.row.login, first, last, why, deputies, values.get("basis", "")))


def _held(person: Person) -> str:
    """The roles of somebody who could stand in."""
    return ", ".join(HAT_LABELS[d.role] for d in person.standing)
