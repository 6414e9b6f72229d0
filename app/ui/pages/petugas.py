"""Who may do what, until when: officers, standing roles, Plh and Plt, passwords. No applicant's data is seen here."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtGui import QResizeEvent

from app.jobs.set_up import first_password
from app.services import accounts, keys
from app.services.absences import Absence
from app.services.accounts import HAT_LABELS
from app.services.confirmations import HEADS
from app.services.duties import Duty
from app.sop.calendar import WIB
from app.ui import cells, petugas_data
from app.ui.desk import Desk, Page
from app.ui.dialogs.add_officer import AddOfficer
from app.ui.dialogs.leave import LeaveDialog
from app.ui.dialogs.one_time_password import OneTimePassword
from app.ui.drafts import Drafts
from app.ui.parts.buttons import Button
from app.ui.parts.confirm import Confirm
from app.ui.parts.empty import EmptyState
from app.ui.parts.layout import Card, column, line, row
from app.ui.parts.segmented import Segmented
from app.ui.petugas_data import Leave, Person
from app.ui.petugas_form import NewDuty
from app.ui.petugas_panel import Panel
from app.ui.rows import Column, Rows
from app.ui.theme import px

DRAFT = "petugas-baru"
PLACE, SEEN = 2, 4
"""Columns that give way."""
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
        self._drafts = Drafts(desk.settings_dir / "draf")
        self._kept: dict[str, Any] | None = None
        desk.tasks.draw(lambda: self._drafts.offer(DRAFT), self._keep, owner=self)
        self.choice = Segmented([self.tr("Aktif"), self.tr("Berakhir")])
        self.choice.changed.connect(lambda _index: self._show())
        self.new = Button(self.tr("Tambah petugas"), "user-plus", "secondary", "Ctrl N")
        self.new.clicked.connect(self._ask_new)
        self.rows: Rows[Person] = Rows(self._columns(), lambda p: p.row.login, height=54, name=self.tr("Petugas"))
        self.rows.set_empty(EmptyState("users", self.tr("Tidak ada petugas di sini")))
        self.rows.set_loading(True)
        self.panel = Panel()
        self.panel.form.me = desk.who.login
        self.rows.picked.connect(self._pick)
        self.panel.assign_asked.connect(self._assign)
        self.panel.end_asked.connect(self._ask_end)
        self.panel.reset_asked.connect(self._ask_reset)
        self.panel.active_asked.connect(self._ask_active)
        self.panel.leave_asked.connect(self._ask_leave)
        self.panel.return_asked.connect(self._ask_return)
        head = row(self.choice, "s", self.new, margins=(16, 12, 14, 12))
        table = Card(column(head, line(), (self.rows, 1), gap=0, margins=(1, 1, 1, 1)))
        self.setLayout(row((table, 1), self.panel, gap=14, margins=(16, 14, 16, 14)))
        self.setFocusProxy(self.rows)

    def _columns(self) -> list[Column[Person]]:
        def name(p: Person) -> cells.Cell:
            return cells.two(p.row.name, petugas_data.nip_words(p.row.nip) or p.row.login)

        return [
            Column(self.tr("Petugas"), name, sort=lambda p: p.row.name),
            Column(self.tr("Peran tetap"), lambda p: cells.muted(petugas_data.roles_cell(p)), 170),
            Column(self.tr("Tempat"), lambda p: cells.muted(p.row.place), 100, sort=lambda p: p.row.place),
            Column(self.tr("Berlaku sementara"), lambda p: petugas_data.acting_cell(p, self._people), 212),
            Column(self.tr("Masuk"), lambda p: cells.muted(petugas_data.last_seen(p.row.last_at, p.today)), 84),
        ]

    def _people_now(self) -> Callable[[], list[Person]]:
        return partial(petugas_data.people, self.desk.clock().astimezone(WIB).date())

    def refresh(self) -> None:
        """Read all officers again; the one in front stays in front."""
        self.desk.tasks.ask(self._people_now(), self._got)

    def live(self) -> None:
        """Somebody confirmed, logged in, or changed a password at another desk."""
        self.desk.tasks.ask(self._people_now(), self._got, lambda _: None, owner=self, keep=False, quiet=True)

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
        """With what was typed last and not saved: Esc throws nothing away."""
        roles = [(role, HAT_LABELS[role]) for role in (*petugas_data.ROLES, *petugas_data.MACHINES)]
        self._add = AddOfficer(self, roles, [p.row.login for p in self._people], self._kept)
        self._add.changed.connect(self._keep)
        self._add.asked.connect(partial(self._make, self._add, keys.new_key(), first_password()))
        self._add.open()

    def _keep(self, values: dict[str, Any] | None) -> None:
        self._kept = values
        if values:
            self._drafts.keep(DRAFT, values)

    def _make(self, dialog: AddOfficer, key: str, password: str, values: dict[str, Any]) -> None:
        made = partial(self._made, dialog)
        work = partial(petugas_data.add, values, password, key)
        said = self.tr("Buat akun {0}").format(values["login"])
        self.desk.tasks.ask(work, made, dialog.refused, owner=dialog, dead=dialog.yes, command=said)

    def _made(self, dialog: AddOfficer, made: tuple[str, str, str, bool]) -> None:
        self._kept = None
        self._drafts.drop(DRAFT)
        dialog.accept()
        self._tell_password(made)
        self.refresh()

    def _tell_password(self, made: tuple[str, str, str, bool], *, waits: bool = False) -> None:
        name, login, password, lasting = made
        OneTimePassword(self, name, login, password, lasting=lasting, waits=waits).open()

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
        second = duty.role in HEADS or duty.login == self.desk.who.login
        waits = self.tr("; menunggu pengesahan") if second else ""
        said = self.tr("{0} diberi peran {1}").format(self._name(), HAT_LABELS[duty.role]) + waits
        self.desk.tasks.ask(work, lambda _: self._done(said), owner=self, dead=self.panel.save, command=said)

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
        key = keys.new_key()
        asked.confirmed.connect(lambda why: self._ask(partial(petugas_data.end, person, duty.role, why, key), said))
        asked.open()

    def _ask(self, work: Any, said: str) -> None:
        self.desk.tasks.ask(work, lambda _: self._done(said), owner=self, command=said)

    # --- leave -------------------------------------------------------------------------------------------------------

    def _ask_leave(self) -> None:
        person = self.panel.person
        if person is None:
            return
        dialog = LeaveDialog(self, person, self._people)
        dialog.asked.connect(partial(self._be_absent, dialog, person, keys.new_key()))
        dialog.open()

    def _be_absent(self, dialog: LeaveDialog, person: Person, key: str, leave: Leave) -> None:
        words = petugas_data.days(leave.first, leave.last)
        said = self.tr("Cuti {0} {1} tercatat").format(person.row.name, words)
        if leave.deputies:
            said += self.tr("; pelaksana harian menunggu pengesahan")

        def done(_: object) -> None:
            dialog.accept()
            self._done(said)

        work = partial(petugas_data.be_absent, leave, key)
        self.desk.tasks.ask(work, done, dialog.refused, owner=dialog, dead=dialog.yes, command=said)

    def _ask_return(self, absence: Absence) -> None:
        person = self.panel.person
        if person is None:
            return
        text = self.tr("{0} bekerja lagi sejak sekarang. Penugasan pelaksana harian tetap berlaku sampai diakhiri.")
        asked = Confirm(
            self, self.tr("Akhiri cuti"), text.format(person.row.name), self.tr("Akhiri cuti"), icon="calendar",
            dangerous=False, reason_label=self.tr("Alasan, misalnya kembali lebih awal"),
        )  # fmt: skip
        key, said = keys.new_key(), self.tr("Cuti {0} diakhiri").format(person.row.name)
        asked.confirmed.connect(lambda why: self._ask(partial(petugas_data.come_back, absence, why, key), said))
        asked.open()

    # --- account -----------------------------------------------------------------------------------------------------

    def _ask_reset(self) -> None:
        person = self.panel.person
        if person is None:
            return
        text = self.tr("Sandi {0} yang sekarang tidak berlaku lagi. Program menampilkan sandi sekali pakai yang baru.")
        if self._is_head(person):
            text += " " + self.tr("Perannya beristirahat sampai Kabid atau Kadis mengesahkan sandi baru itu.")
        asked = Confirm(
            self, self.tr("Atur ulang sandi"), text.format(person.row.name), self.tr("Atur ulang"), icon="key"
        )
        password, key = first_password(), keys.new_key()
        asked.confirmed.connect(lambda _why: self._reset(person, password, key))
        asked.open()

    def _is_head(self, person: Person) -> bool:
        return any(d.role in HEADS for d in person.open)

    def _reset(self, person: Person, password: str, key: str) -> None:
        work = partial(petugas_data.reset, person, password, key)
        said = self.tr("Atur ulang sandi {0}").format(person.row.login)
        done = partial(self._was_reset, waits=self._is_head(person))
        self.desk.tasks.ask(work, done, owner=self, dead=self.panel.reset, command=said)

    def _was_reset(self, made: tuple[str, str, str, bool], *, waits: bool) -> None:
        self._tell_password(made, waits=waits)
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
        key = keys.new_key()
        asked.confirmed.connect(lambda why: self._set_active(person, why, key, active=active))
        asked.open()

    def _set_active(self, person: Person, why: str, key: str, *, active: bool) -> None:
        said = self.tr("Akun {0} diaktifkan") if active else self.tr("Akun {0} dinonaktifkan")
        said = said.format(person.row.login)

        def done(ended: int) -> None:
            more = self.tr("; {0} jendela yang terbuka diakhiri").format(ended) if ended else ""
            self._done(said + more)

        work = partial(petugas_data.set_active, person, why, key, active=active)
        self.desk.tasks.ask(work, done, owner=self, dead=self.panel.off, command=said)

    def _name(self) -> str:
        return self.panel.person.row.name if self.panel.person is not None else ""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A wide window's gain goes to the panel; where room is short the table gives up what matters least."""
        super().resizeEvent(event)
        panel = px(NARROW if self.width() < FROM else WIDE)
        self.panel.setFixedWidth(panel)
        room = self.width() - panel
        self.rows.setColumnHidden(PLACE, room < px(800))
        self.rows.setColumnHidden(SEEN, room < px(700))
