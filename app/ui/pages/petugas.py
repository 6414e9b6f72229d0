"""Who may do what, until when: officers, standing roles, Plh and Plt, passwords. No applicant's data is seen here."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from app.services import accounts, keys
from app.services.accounts import HAT_LABELS
from app.services.duties import Duty
from app.sop.calendar import WIB
from app.ui import cells, petugas_data
from app.ui.desk import Desk, Page
from app.ui.dialogs.add_officer import AddOfficer
from app.ui.dialogs.one_time_password import OneTimePassword
from app.ui.parts.buttons import Button
from app.ui.parts.confirm import Confirm
from app.ui.parts.empty import EmptyState
from app.ui.parts.layout import Card, column, line, row
from app.ui.parts.segmented import Segmented
from app.ui.petugas_data import Person
from app.ui.petugas_panel import NewDuty, Panel
from app.ui.rows import Column, Rows

NARROW, WIDE, FROM = 352, 500, 1500
"""Widths of the side panel, and the page's width from which it is the wide one."""


class PetugasPage(Page):
    """List at the left, one officer at the right. Nothing is ever deleted: roles end, accounts are taken out of use."""

    title = "Petugas & peran"
    subtitle = "isi berkas pemohon tidak terlihat dari sini"
    wide_search = False

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._people: list[Person] = []
        self._add: AddOfficer | None = None
        self.choice = Segmented([self.tr("Aktif"), self.tr("Berakhir")])
        self.choice.changed.connect(lambda _index: self._show())
        self.new = Button(self.tr("Tambah petugas"), "user-plus", "secondary", "Ctrl N")
        self.new.clicked.connect(self._ask_new)
        self.rows: Rows[Person] = Rows(self._columns(), lambda p: p.row.login, height=54, name=self.tr("Petugas"))
        self.rows.set_empty(EmptyState("users", self.tr("Tidak ada petugas di sini")))
        self.rows.set_loading(True)
        self.panel = Panel()
        self.rows.picked.connect(self._pick)
        self.panel.assign_asked.connect(self._assign)
        self.panel.end_asked.connect(self._ask_end)
        self.panel.reset_asked.connect(self._ask_reset)
        self.panel.active_asked.connect(self._ask_active)
        head = row(self.choice, "s", self.new, margins=(16, 12, 14, 12))
        table = Card(column(head, line(), (self.rows, 1), gap=0, margins=(1, 1, 1, 1)))
        self.setLayout(row((table, 1), self.panel, gap=14, margins=(16, 14, 16, 14)))
        self.setFocusProxy(self.rows)

    def _columns(self) -> list[Column[Person]]:
        def name(p: Person) -> cells.Cell:
            return cells.two(p.row.name, nip_words(p.row.nip) or p.row.login)

        return [
            Column(self.tr("Petugas"), name, sort=lambda p: p.row.name),
            Column(self.tr("Peran tetap"), lambda p: cells.muted(petugas_data.roles_cell(p)), 170),
            Column(self.tr("Tempat"), lambda p: cells.muted(p.row.place), 100, sort=lambda p: p.row.place),
            Column(self.tr("Berlaku sementara"), lambda p: petugas_data.acting_cell(p, self._people), 212),
            Column(self.tr("Masuk"), lambda p: cells.muted(petugas_data.last_seen(p.row.last_at, p.today)), 84),
        ]

    def refresh(self) -> None:
        """Read all officers again; the one in front stays in front."""
        today = self.desk.clock().astimezone(WIB).date()
        self.desk.tasks.ask(partial(petugas_data.people, today), self._got)

    def _got(self, people: list[Person]) -> None:
        self._people = people
        self._show()

    def _show(self) -> None:
        over = [p for p in self._people if p.over]
        shown = over if self.choice.current() == 1 else [p for p in self._people if not p.over]
        active = self.tr("Aktif {0}").format(len(self._people) - len(over))
        self.choice.set_items([active, self.tr("Berakhir {0}").format(len(over))])
        self.rows.set_rows(shown)
        self._pick(self.rows.current())

    def _pick(self, person: object) -> None:
        self.panel.show_person(person if isinstance(person, Person) else None, self._people)

    # --- a new officer -----------------------------------------------------------------------------------------------

    def _ask_new(self) -> None:
        roles = [(role, HAT_LABELS[role]) for role in petugas_data.ROLES]
        self._add = AddOfficer(self, roles, [p.row.login for p in self._people])
        self._add.asked.connect(partial(self._make, self._add, keys.new_key()))
        self._add.open()

    def _make(self, dialog: AddOfficer, key: str, values: dict[str, Any]) -> None:
        made = partial(self._made, dialog)
        work = partial(petugas_data.add, values, key)
        self.desk.tasks.ask(work, made, dialog.refused, owner=dialog, dead=dialog.yes)

    def _made(self, dialog: AddOfficer, made: tuple[str, str, str, bool]) -> None:
        dialog.accept()
        self._tell_password(made)
        self.refresh()

    def _tell_password(self, made: tuple[str, str, str, bool]) -> None:
        name, login, password, lasting = made
        OneTimePassword(self, name, login, password, lasting=lasting).open()

    # --- roles -------------------------------------------------------------------------------------------------------

    def _assign(self, duty: NewDuty) -> None:
        work = partial(
            accounts.assign,
            duty.login,
            duty.role,
            keys.new_key(),
            kind=duty.kind,
            basis=duty.basis,
            first=duty.first,
            last=duty.last,
        )
        said = self.tr("{0} diberi peran {1}").format(self._name(), HAT_LABELS[duty.role])
        self.desk.tasks.ask(work, lambda _: self._done(said), owner=self, dead=self.panel.save)

    def _done(self, said: str) -> None:
        self.panel.clear_form()
        self.say(said)
        self.refresh()

    def _ask_end(self, duty: Duty) -> None:
        person = self.panel.person
        if person is None:
            return
        text = self.tr("{0} tidak lagi bekerja sebagai {1} sejak sekarang. Riwayat dan parafnya tetap tersimpan.")
        asked = Confirm(
            self,
            self.tr("Akhiri peran"),
            text.format(person.row.name, duty.label),
            self.tr("Akhiri peran"),
            icon="user-minus",
            reason_label=self.tr("Alasan, misalnya mutasi"),
        )
        said = self.tr("Peran {0} diakhiri").format(duty.label)
        asked.confirmed.connect(lambda why: self._ask(partial(petugas_data.end, person, duty.role, why), said))
        asked.open()

    def _ask(self, work: Any, said: str) -> None:
        self.desk.tasks.ask(work, lambda _: self._done(said), owner=self)

    # --- account -----------------------------------------------------------------------------------------------------

    def _ask_reset(self) -> None:
        person = self.panel.person
        if person is None:
            return
        text = self.tr("Sandi {0} yang sekarang tidak berlaku lagi. Program menampilkan sandi sekali pakai yang baru.")
        asked = Confirm(
            self, self.tr("Atur ulang sandi"), text.format(person.row.name), self.tr("Atur ulang"), icon="key"
        )
        asked.confirmed.connect(lambda _why: self._reset(person))
        asked.open()

    def _reset(self, person: Person) -> None:
        work = partial(petugas_data.reset, person, keys.new_key())
        self.desk.tasks.ask(work, self._was_reset, owner=self, dead=self.panel.reset)

    def _was_reset(self, made: tuple[str, str, str, bool]) -> None:
        self._tell_password(made)
        self.refresh()

    def _ask_active(self, active: bool) -> None:
        person = self.panel.person
        if person is None:
            return
        verb = self.tr("Aktifkan") if active else self.tr("Nonaktifkan")
        text = (
            self.tr("{0} dapat masuk lagi dengan sandi dan peran yang dulu.")
            if active
            else self.tr("{0} tidak dapat masuk lagi. Berkas di mejanya dapat diambil alih rekan seperannya.")
        )
        asked = Confirm(
            self,
            self.tr("{0} akun").format(verb),
            text.format(person.row.name),
            verb,
            icon="user-plus" if active else "user-minus",
            dangerous=not active,
            reason_label=self.tr("Alasan"),
        )
        said = self.tr("Akun {0} diaktifkan") if active else self.tr("Akun {0} dinonaktifkan")
        done = said.format(person.row.login)
        asked.confirmed.connect(
            lambda why: self._ask(partial(petugas_data.set_active, person, why, active=active), done)
        )
        asked.open()

    def _name(self) -> str:
        return self.panel.person.row.name if self.panel.person is not None else ""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A wide window's gain goes to the panel: the table keeps names near what belongs to them."""
        super().resizeEvent(event)
        self.panel.setFixedWidth(NARROW if self.width() < FROM else WIDE)

    def toolbar(self) -> list[QWidget]:
        """None: all tools are in the page."""
        return []


def nip_words(nip: str) -> str:
    """A NIP in its groups of 8, 6, 1 and 3."""
    return f"{nip[:8]} {nip[8:14]} {nip[14:15]} {nip[15:]}" if len(nip) == 18 else nip
