"""The office: letterhead, mail, this computer's printers, rules, the Kadis's certificate, calendar and lists."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from PySide6.QtWidgets import QStackedWidget, QWidget

from app.errors import Shown
from app.jobs import mail_settings
from app.services import accounts, keys
from app.services.office import Office
from app.ui.desk import Desk, Page
from app.ui.drafts import Drafts
from app.ui.kantor_calendar import CalendarTab
from app.ui.kantor_lists import ListsTab
from app.ui.kantor_printers import PrintersForm
from app.ui.kantor_queue import QueueTab
from app.ui.kantor_rules import RulesForm
from app.ui.kantor_tte import SignForm
from app.ui.parts.badges import Lamp
from app.ui.parts.buttons import Button
from app.ui.parts.layout import Card, Footer, box, column, scrolled
from app.ui.parts.mail_form import MailForm
from app.ui.parts.office_form import office_form, office_values, with_office
from app.ui.parts.tabs import Tab, Tabs
from app.ui.tasks import Progress

DRAFT = "kantor"
OFFICE, MAIL, PRINTERS, RULES, SIGN, CALENDAR, LISTS, QUEUE = range(8)
AT_ONCE = (CALENDAR, LISTS, QUEUE)
Remember = Callable[[Mapping[str, Any]], None]


class KantorPage(Page):
    """One save for the office's data and this computer's printers. What is typed is kept until it is saved."""

    title = "Kantor"
    subtitle = "tercetak pada setiap surat dan dokumen"
    wide_search = False

    def __init__(self, desk: Desk, remember: Remember) -> None:
        super().__init__(desk)
        self._remember, self._office = remember, Office()
        self._drafts = Drafts(desk.settings_dir / "draf")
        self._dirty = self._loaded = False
        self._key = keys.new_key()
        self.office, self.mail, self.rules = office_form(), MailForm(desk.tasks), RulesForm()
        self.printers, self.sign = PrintersForm(desk.tasks, desk.workshop), SignForm(desk.tasks, desk.workshop)
        for part in (self.office, self.mail, self.rules, self.printers):
            part.changed.connect(self._touched)
        self.mail.password.changed.connect(self._touched)
        self.calendar, self.lists, self.queue = CalendarTab(desk), ListsTab(desk), QueueTab(desk)
        self.calendar.said.connect(lambda text, tone: self.say(text, tone=tone))
        self.lists.said.connect(self.said)
        self.queue.said.connect(self.said)
        names = (self.tr("Data kantor"), self.tr("Surel"), self.tr("Printer PC ini"), self.tr("Aturan"))
        more = (self.tr("Tanda tangan"), self.tr("Kalender"), self.tr("Katalog"), self.tr("Antrean"))
        self.tabs = Tabs([Tab(name) for name in (*names, *more)])
        self._stack = QStackedWidget()
        for form in (self.office, self.mail, self.printers, self.rules, self.sign):
            inner = box(column(form, "s", gap=0, margins=(20, 16, 20, 16)))
            inner.setMaximumWidth(1100)
            self._stack.addWidget(scrolled(inner))
        self._stack.addWidget(self.calendar)
        self._stack.addWidget(self.lists)
        self._stack.addWidget(self.queue)
        self.tabs.changed.connect(self.open_tab)
        card = Card(
            column(box(column(self.tabs, margins=(20, 4, 20, 0))), (self._stack, 1), gap=0, margins=(1, 1, 1, 1))
        )
        self.setLayout(column(card, gap=0, margins=(16, 14, 16, 14)))
        self.lamp = Lamp(self.tr("Memuat…"), "mute")
        self.save = Button(self.tr("Simpan"), "floppy-disk", "primary", "Ctrl Enter", height=40)
        self.save.clicked.connect(self._save)
        self.undo = Button(self.tr("Kembalikan yang tersimpan"), "arrow-counter-clockwise", "secondary", height=40)
        self.undo.clicked.connect(self._forget)
        self.undo.hide()
        self._foot = Footer([self.lamp], [self.undo, self.save])

    def footer(self) -> QWidget:
        """State at the left, save at the right."""
        return self._foot

    def open_tab(self, number: int) -> None:
        """Bring one tab to the front; printers and certificate are looked at when they are."""
        self.tabs.set_current(number)
        self._stack.setCurrentIndex(number)
        if number == PRINTERS:
            self.printers.look()
        elif number == SIGN:
            self.sign.look()
        elif number in AT_ONCE:
            self._at_once()
        facts = {
            CALENDAR: self.tr("dipakai semua jam berkas"),
            LISTS: self.tr("ditawarkan saat mengisi dan memeriksa"),
            QUEUE: self.tr("berlaku di kios, TV, dan semua loket"),
        }
        self.set_fact(facts.get(number, KantorPage.subtitle))
        self._show_save()

    def _at_once(self) -> None:
        """Read the tab in front, where what is changed counts at once and is not kept for saving."""
        if self.tabs.current() == CALENDAR:
            self.calendar.refresh()
        elif self.tabs.current() == LISTS:
            self.lists.refresh()
        elif self.tabs.current() == QUEUE:
            self.queue.refresh()

    def _show_save(self) -> None:
        """Nothing to save on a tab whose changes count at once, unless another tab has something."""
        self._foot.setVisible(self._dirty or self.tabs.current() not in AT_ONCE)
        if self._dirty:
            self.lamp.set(self.tr("Belum tersimpan, disimpan di PC ini"), "warn")
        elif self._loaded:
            self.lamp.set(self.tr("Tersimpan"), "ok")

    def refresh(self) -> None:
        """Read what is saved; typed text that is not saved yet stays."""
        self.desk.tasks.ask(accounts.load_office, self._got)
        self._at_once()
        self._show_save()

    def _got(self, office: Office) -> None:
        self._office = office
        self.sign.fill(office)
        if self._dirty:
            return
        self._show(office)
        if self._loaded:
            self._show_save()
        else:
            self.desk.tasks.draw(lambda: self._drafts.offer(DRAFT), self._restore, owner=self)

    def _show(self, office: Office) -> None:
        self.office.fill(office_values(office))
        self.mail.fill(office)
        self.rules.fill(vars(office))
        self.printers.fill(self.desk.workshop.printers)

    # --- what is not saved yet ---------------------------------------------------------------------------------------

    def draft(self) -> dict[str, Any]:
        """What is kept on this computer while it is not saved; no password."""
        return {"office": self.office.values(), "mail": self.mail.values(), "rules": self.rules.values()}

    def _touched(self) -> None:
        self._dirty = True
        self._show_save()
        self.undo.show()
        self._drafts.keep(DRAFT, self.draft())

    def _restore(self, found: Mapping[str, Any] | None) -> None:
        self._loaded = True
        if self._dirty:
            return
        self._show_save()
        if found:
            self.office.fill(found.get("office", {}))
            self.mail.fill_values(found.get("mail", {}))
            self.rules.fill(found.get("rules", {}))
            self._touched()

    def _forget(self) -> None:
        self._settled()
        self._show(self._office)

    def _settled(self) -> None:
        self._dirty = False
        self._key = keys.new_key()
        self._drafts.drop(DRAFT)
        self.undo.hide()
        self._show_save()

    # --- saving ------------------------------------------------------------------------------------------------------

    def _save(self) -> None:
        checks = ((OFFICE, self.office.check), (MAIL, self.mail.check), (RULES, self.rules.form.check))
        for number, check in checks:
            if not check():
                self.open_tab(number)
                check()
                return
        office = self.rules.with_rules(self.mail.with_mail(with_office(self._office, self.office.values())))
        work = partial(_save, office, self._key, self.mail.password.value(), self._remember, self.printers.values())
        self.desk.tasks.work(work, self._saved, self._refused, owner=self, dead=self.save)

    def _saved(self, notes: tuple[str, ...]) -> None:
        self.mail.password.set_value("")
        self._settled()
        self.refresh()
        if notes:
            self.say(" ".join(notes), tone="warn")
        else:
            self.say(self.tr("Data kantor tersimpan"))

    def _refused(self, error: Exception) -> None:
        self.lamp.set(self.tr("Belum tersimpan, disimpan di PC ini"), "bad")
        self.say(str(error), tone="bad")


def _save(
    office: Office, key: str, password: str, remember: Remember, printers: dict[str, str], _progress: Progress
) -> tuple[str, ...]:
    """Write the office's data, then what belongs to this computer; the notes say what of the latter failed."""
    accounts.save_office(office, key)
    notes = []
    try:
        mail_settings.keep(office, password)
    except Shown as error:
        notes.append(f"Data kantor tersimpan, tetapi sandi surel belum. {error.message}")
    try:
        remember({"printers": printers})
    except OSError as error:
        notes.append(f"Pengaturan printer tidak dapat disimpan ({error.strerror}). Beri tahu petugas TI.")
    return tuple(notes)
