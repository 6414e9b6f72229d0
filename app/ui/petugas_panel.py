"""The side panel of the Petugas page: one officer, the roles held, leave, a new role, password, account."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.services.absences import Absence
from app.services.duties import Duty
from app.ui import petugas_data as data
from app.ui.parts.badges import Avatar, initials
from app.ui.parts.banner import Banner
from app.ui.parts.buttons import Button
from app.ui.parts.layout import Card, box, column, line, row, scrolled
from app.ui.parts.text import Elide, Txt
from app.ui.petugas_data import Person
from app.ui.petugas_form import DutyForm


class Panel(Card):
    """Asks by signals; the page does. Typed text stays while the same officer is shown."""

    assign_asked = Signal(object)
    end_asked = Signal(object)
    reset_asked = Signal()
    active_asked = Signal(bool)
    leave_asked = Signal()
    return_asked = Signal(object)
    """The absence that shall end."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(352)
        self.person: Person | None = None
        self._avatar, self._name, self._post = Avatar("", 44), Elide("", "h2", "ink"), Elide("")
        self._told = Banner("", "pause", "info")
        self._held = QVBoxLayout()
        self._held.setSpacing(2)
        self.form = DutyForm()
        self.leave = Button(self.tr("Catat cuti"), "calendar-x", "link", small=True, height=30)
        self.leave.clicked.connect(self.leave_asked)
        self._buttons()
        head = row(self._avatar, (column(self._name, self._post, gap=2), 1), gap=12)
        held = row(Txt(self.tr("Peran yang dipegang"), "h3"), "s", self.leave)
        new = Txt(self.tr("Beri peran"), "h3")
        inner = column(self._told, held, self._held, 8, new, self.form, "s", gap=8)
        area = scrolled(box(inner))
        foot = column(self.save, row((self.reset, 1), (self.off, 1), gap=8), gap=8)
        self.setLayout(column(head, (area, 1), foot, gap=14, margins=(18, 16, 18, 16)))

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
        self.person = person
        self.setEnabled(person is not None)
        if person is None:
            return
        row_ = person.row
        self._avatar.set_letters(initials(row_.name))
        self._name.set_text(row_.name)
        self._post.set_text(" · ".join(p for p in (row_.position, row_.place, row_.login) if p))
        self._tell(person)
        self._list(person, everyone)
        service = any(duty.role in data.SERVICE for duty in person.standing)
        # A program cannot change a one-time password: its account is made anew instead.
        self.reset.setVisible(not service)
        self.leave.setVisible(row_.active and not service and bool(person.open))
        self.off.set_text(self.tr("Nonaktifkan") if row_.active else self.tr("Aktifkan"))
        self.off.set_icon("user-minus" if row_.active else "user-plus")
        self.off.set_kind("danger" if row_.active else "secondary")
        if not same:
            self.form.clear()
        self.form.show_person(person, everyone)

    def _tell(self, person: Person) -> None:
        """The one thing that keeps this officer from working as usual."""
        away = person.away
        if not person.row.active:
            said, tone, icon = self.tr("Akun nonaktif: tidak dapat masuk. Riwayatnya tetap tersimpan."), "mute", "info"
        elif away is not None:
            days = data.days(away.first, away.last)
            on = away.now(person.today)
            words = (
                self.tr("Cuti {0}: perannya sedang beristirahat.")
                if on
                else self.tr("Cuti {0}; perannya beristirahat.")
            )
            said, tone, icon = words.format(days), "pause", "calendar-x"
        elif person.pending is not None:
            said, tone, icon = self._waiting(person), "warn", "seal-check"
        elif person.row.must_change:
            said = self.tr("Memakai sandi sekali pakai; diminta menggantinya saat masuk.")
            tone, icon = "info", "key"
        else:
            said = "" if person.open else self.tr("Tidak memegang peran, jadi belum dapat bekerja.")
            tone, icon = "info", "info"
        self._told.set(said, tone, icon)
        self._told.setVisible(bool(said))

    def _waiting(self, person: Person) -> str:
        if person.pending is not None and not person.pending.appointments:
            return self.tr("Sandinya diatur ulang: perannya beristirahat sampai disahkan Kabid atau Kadis.")
        return self.tr("Penugasannya menunggu Kabid atau Kadis, yang mengesahkannya di halaman Sahkan.")

    def _list(self, person: Person, everyone: Sequence[Person]) -> None:
        while (item := self._held.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        lines = [self._duty(person, duty) for duty in person.open]
        lines += [self._absence(a, data.deputies(person, a, everyone)) for a in person.absences]
        for number, shown in enumerate(lines):
            if number:
                self._held.addWidget(line())
            self._held.addWidget(shown)
        if not lines:
            self._held.addWidget(Txt(self.tr("Belum ada peran"), "body", "ink3"))

    def _duty(self, person: Person, duty: Duty) -> QWidget:
        waits = person.waits(duty)
        days = data.span(duty) or ("" if duty.basis or waits else self.tr("tetap"))
        more = " · ".join(part for part in (self.tr("menunggu pengesahan") if waits else "", days, duty.basis) if part)
        away = Button(self.tr("Akhiri"), "", "link", small=True, height=30, tip=self.tr("Akhiri peran ini"))
        away.setAccessibleName(self.tr("Akhiri {0}").format(duty.label))
        away.clicked.connect(lambda: self.end_asked.emit(duty))
        under = Elide(more, "small", "warn" if waits else "ink3")
        return box(row((column(Elide(duty.label, "bodym", "ink"), under, gap=0), 1), away, gap=4))

    def _absence(self, absence: Absence, deputies: Sequence[Person]) -> QWidget:
        words = self.tr("Cuti {0}").format(data.days(absence.first, absence.last))
        back = Button(
            self.tr("Akhiri"), "", "link", small=True, height=30, tip=self.tr("Akhiri atau batalkan cuti ini")
        )
        back.setAccessibleName(self.tr("Akhiri {0}").format(words))
        back.clicked.connect(lambda: self.return_asked.emit(absence))
        under = absence.why + "".join(f" · Plh. {p.row.name}" for p in deputies)
        return box(row((column(Elide(words, "bodym", "pause"), Elide(under), gap=0), 1), back, gap=4))

    def clear_form(self) -> None:
        """Nothing chosen, nothing typed."""
        self.form.clear()

    def _save(self) -> None:
        duty = self.form.take()
        if duty is not None:
            self.assign_asked.emit(duty)
