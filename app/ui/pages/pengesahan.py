"""What waits for a second person: heads' appointments, and passwords that somebody else set for them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.services import accounts, keys
from app.services.accounts import HAT_LABELS, Pending
from app.services.confirmations import Appointment
from app.ui import cells, petugas_data
from app.ui.desk import Desk, Page
from app.ui.parts.badges import Avatar, initials
from app.ui.parts.banner import Banner
from app.ui.parts.buttons import Button, LockReason
from app.ui.parts.empty import EmptyState
from app.ui.parts.layout import Card, box, column, line, row, scrolled
from app.ui.parts.text import Elide, Ico, Txt
from app.ui.rows import Column, Rows
from app.ui.theme import px

NARROW, WIDE, FROM = 400, 520, 1500


@dataclass(frozen=True)
class Waiting:
    """One officer's matter, with names for logins."""

    pending: Pending
    names: Mapping[str, str]
    me: str

    @property
    def locked(self) -> str:
        """Why this officer cannot be the second person; empty where he can."""
        if self.pending.login == self.me:
            return "Ini penugasan atau sandi Anda sendiri; pejabat lain yang mengesahkan."
        if self.pending.made_by(self.me):
            return "Anda sendiri yang membuatnya; pejabat lain yang mengesahkan."
        return ""

    def name(self, login: str) -> str:
        """An officer's name."""
        return self.names.get(login, login)

    def makers(self) -> str:
        """Who made what waits."""
        made = [a.made_by for a in self.pending.appointments] + [self.pending.reset_by]
        return ", ".join(dict.fromkeys(self.name(login) for login in made if login))


def load(me: str) -> list[Waiting]:
    """What waits now; runs in the database thread."""
    names = accounts.names()
    return [Waiting(p, names, me) for p in accounts.to_confirm()]


def role_words(a: Appointment) -> str:
    """Kepala Seksi, or Plh. Kepala Seksi."""
    return HAT_LABELS[a.role] if a.kind == "TETAP" else f"{a.kind.title()}. {HAT_LABELS[a.role]}"


def day_words(a: Appointment) -> str:
    """From when to when."""
    if a.first is None and a.last is None:
        return "tetap, sejak disahkan"
    if a.first is not None and a.last is not None:
        return petugas_data.days(a.first, a.last)
    return f"mulai {petugas_data.day(a.first)}" if a.first else f"s.d. {petugas_data.day(a.last)}" if a.last else ""


class PengesahanPage(Page):
    """A list at the left, what exactly is confirmed at the right. Nothing of it works before."""

    title = "Pengesahan"
    subtitle = "orang kedua untuk penugasan pimpinan dan sandi yang diatur ulang"
    wide_search = False
    counts = True

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.rows: Rows[Waiting] = Rows(self._columns(), lambda w: w.pending.login, height=58, name=self.tr("Menunggu"))
        nothing = self.tr("Penugasan Kasi, Kabid, dan Kadis serta sandi mereka yang diatur ulang muncul di sini.")
        self.rows.set_empty(EmptyState("seal-check", self.tr("Tidak ada yang menunggu pengesahan"), nothing))
        self.rows.set_loading(True)
        self.panel = ConfirmPanel()
        self.rows.picked.connect(self._pick)
        self.panel.confirmed.connect(self._confirm)
        table = Card(column((self.rows, 1), gap=0, margins=(1, 1, 1, 1)))
        self.setLayout(row((table, 1), self.panel, gap=14, margins=(16, 14, 16, 14)))
        self.setFocusProxy(self.rows)

    def _columns(self) -> list[Column[Waiting]]:
        def what(w: Waiting) -> cells.Cell:
            roles = " + ".join(role_words(a) for a in w.pending.appointments)
            days = ", ".join(dict.fromkeys(day_words(a) for a in w.pending.appointments))
            if not roles:
                return cells.two(self.tr("Sandi diatur ulang"), self.tr("perannya beristirahat"), bold=False)
            return cells.two(roles, days + (self.tr(" · sandi baru") if w.pending.reset_by else ""), bold=False)

        def state(w: Waiting) -> cells.Cell:
            own = bool(w.locked)
            return cells.badge(self.tr("pejabat lain") if own else self.tr("menunggu Anda"), "mute" if own else "warn")

        return [
            Column(self.tr("Petugas"), lambda w: cells.two(w.pending.name, w.pending.login), 230),
            Column(self.tr("Yang disahkan"), what),
            Column(self.tr("Dibuat oleh"), lambda w: cells.muted(w.makers()), 136),
            Column("", state, 148),
        ]

    def refresh(self) -> None:
        """Read again what waits."""
        self.desk.tasks.ask(partial(load, self.desk.who.login), self._got)

    def live(self) -> None:
        """Appointments are made at another desk."""
        work = partial(load, self.desk.who.login)
        self.desk.tasks.ask(work, self._got, lambda _: None, owner=self, keep=False, quiet=True)

    def _got(self, waiting: list[Waiting]) -> None:
        self.rows.set_rows(waiting)
        self.count.emit(sum(not w.locked for w in waiting))
        if self.rows.current() is None and waiting:
            self.rows.select(waiting[0].pending.login)
        self._pick(self.rows.current())

    def _pick(self, waiting: object) -> None:
        self.panel.show_waiting(waiting if isinstance(waiting, Waiting) else None)

    def _confirm(self, waiting: Waiting, key: str) -> None:
        name = waiting.pending.name
        self.desk.tasks.ask(
            partial(accounts.confirm, waiting.pending, key), lambda _: self._done(name), self._refused, owner=self,
            dead=self.panel.yes, command=self.tr("Sahkan {0}").format(name),
        )  # fmt: skip

    def _done(self, name: str) -> None:
        self.say(self.tr("{0} disahkan dan dapat bekerja").format(name))
        self.refresh()

    def _refused(self, error: Exception) -> None:
        self.say(str(error), tone="warn")
        self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A wide window's gain goes to the panel."""
        super().resizeEvent(event)
        self.panel.setFixedWidth(px(NARROW if self.width() < FROM else WIDE))


class ConfirmPanel(Card):
    """What is confirmed, word by word; `confirmed` carries it with the key of the press."""

    confirmed = Signal(object, str)

    def __init__(self) -> None:
        super().__init__()
        self._waiting: Waiting | None = None
        self._key = keys.new_key()
        self._avatar, self._name, self._login = Avatar("", 44), Elide("", "h2", "ink"), Elide("")
        self._list = QVBoxLayout()
        self._list.setSpacing(10)
        self.warns = Banner("", "warn", "key")
        self.yes = Button(self.tr("Sahkan"), "seal-check", "primary", "Ctrl Enter", height=44, wide=True)
        self.yes.clicked.connect(self._press)
        self.lock = LockReason()
        head = row(self._avatar, (column(self._name, self._login, gap=2), 1), gap=12)
        otherwise = self.tr("Tidak benar? Jangan disahkan; minta administrator mengakhirinya.")
        inner = column(Txt(self.tr("Yang Anda sahkan"), "h3"), self._list, 4, self.warns, "s", gap=8)
        foot = column(Txt(otherwise, "small", "ink3", wrap=True), self.lock, self.yes, gap=10)
        self.setLayout(column(head, (scrolled(box(inner)), 1), foot, gap=14, margins=(18, 16, 18, 16)))

    def show_waiting(self, waiting: Waiting | None) -> None:
        """Another matter, or the same one as it is now; a press belongs to what was shown."""
        if waiting != self._waiting:
            self._key = keys.new_key()
        self._waiting = waiting
        self.setVisible(waiting is not None)
        if waiting is None:
            return
        pending = waiting.pending
        self._avatar.set_letters(initials(pending.name))
        self._name.set_text(pending.name)
        self._login.set_text(pending.login)
        self._fill(waiting)
        said = self.tr("Sandinya dibuat {0}. Tanyakan langsung kepada {1}: apakah ia sendiri yang memegangnya?")
        self.warns.set(said.format(waiting.name(pending.reset_by), pending.name), "warn", "key")
        self.warns.setVisible(bool(pending.reset_by))
        self.lock.set_reason(self.tr("Terkunci") if waiting.locked else "", waiting.locked)
        self.lock.setToolTip(waiting.locked)
        self.yes.setEnabled(not waiting.locked)

    def _fill(self, waiting: Waiting) -> None:
        while (item := self._list.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        shown = [self._appointment(waiting, a) for a in waiting.pending.appointments]
        if waiting.pending.reset_by:
            maker = (self.tr("Dibuat oleh"), waiting.name(waiting.pending.reset_by))
            shown.append(_block("key", self.tr("Sandi baru"), [maker]))
        for number, widget in enumerate(shown):
            if number:
                self._list.addWidget(line())
            self._list.addWidget(widget)

    def _appointment(self, waiting: Waiting, a: Appointment) -> QWidget:
        facts = [
            (self.tr("Berlaku"), day_words(a)),
            (self.tr("Dasar"), a.basis or self.tr("tidak disebutkan")),
            (self.tr("Dibuat oleh"), waiting.name(a.made_by)),
        ]
        return _block("identification-card", role_words(a), facts)

    def _press(self) -> None:
        if self._waiting is not None and not self._waiting.locked:
            self.confirmed.emit(self._waiting, self._key)


def _block(icon: str, title: str, facts: list[tuple[str, str]]) -> QWidget:
    lines = []
    for name, value in facts:
        label = Txt(name, "small", "ink3")
        label.setFixedWidth(px(92))
        lines.append(row(label, (Txt(value, "body", wrap=True), 1), gap=8))
    return box(row(column(Ico(icon, 20, "primary_t"), "s"), (column(Txt(title, "bodyb"), *lines, gap=4), 1), gap=10))
