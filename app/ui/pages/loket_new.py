"""Numbers given at the counter: for somebody who waits, and for somebody who stands here without one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.services import intake, queue
from app.services.accounts import Who
from app.services.berkas import Head
from app.services.keys import derived, new_key
from app.sop.model import Sop
from app.ui.desk import Page
from app.ui.dialogs.check_in import CheckIn
from app.ui.orders import Dead
from app.ui.pages.loket_acts import QueueActs
from app.ui.parts.digits import Answer, Digits
from app.ui.tasks import Progress

if TYPE_CHECKING:
    from app.jobs.tickets import IssuedTicket

KEYS = 9
WITHOUT = "datang tanpa nomor antrean"


class NewNumbers(QObject):
    """Belongs to the counter's page."""

    issued = Signal(object)
    registered = Signal(object)

    def __init__(self, page: Page, acts: QueueActs) -> None:
        super().__init__(page)
        self._page, self._acts = page, acts
        self.open: Digits | None = None
        self.dialog: CheckIn | None = None

    def take(self, over: QWidget) -> None:
        """Ctrl+Shift+N: which service, priority or not; then paper, if there is a printer."""
        view = self._acts.view
        if view is None:
            return
        services = [s for s in view.counter.services.values() if s.active]
        answers = [Answer((s.service, False), s.label, s.service) for s in services]
        answers += [Answer((s.service, True), self.tr("Prioritas: {0}").format(s.label), "P") for s in services]
        booked = Answer(None, self.tr("Punya pesanan daring"), "Ctrl Shift H")
        self.open = Digits(over, self.tr("Nomor baru untuk"), [*answers[: KEYS - 1], booked])
        self.open.answered.connect(lambda chosen: self._issue(*chosen) if chosen else self.check_in())
        self.open.open()

    def check_in(self) -> None:
        """Ctrl+Shift+H: the owner of a web booking came here instead of to the kiosk."""
        self.dialog = dialog = CheckIn(self._page.window())
        dialog.asked.connect(partial(self._check_in, dialog))
        dialog.open()

    def _check_in(self, dialog: CheckIn, reference: str, priority: bool, key: str) -> None:
        shop = self._page.desk.workshop

        def check_in(progress: Progress) -> IssuedTicket:
            from app.jobs import tickets  # noqa: PLC0415  as below

            return tickets.check_in_ticket(shop, key, reference, progress, priority=priority)

        def done(issued: IssuedTicket) -> None:
            dialog.accept()
            self.issued.emit(issued)

        self._page.desk.tasks.work(check_in, done, dialog.refused, owner=dialog, dead=dialog.yes)

    def _issue(self, service: str, priority: bool) -> None:
        shop, key = self._page.desk.workshop, new_key()

        def issue(progress: Progress) -> IssuedTicket:
            from app.jobs import tickets  # noqa: PLC0415  loads the print path, which a window must not wait for

            return tickets.issue_ticket(shop, key, progress, service=service, priority=priority)

        what = self.tr("Nomor antrean baru")
        self._page.desk.tasks.work(issue, self.issued.emit, self._refused, owner=self, command=what)

    def register(self, dead: Dead | None = None) -> None:
        """Ctrl+N: a number is made, called, and becomes a file at once."""
        view, d, mine = self._acts.view, self._page.desk, self._acts.ticket()
        if view is None:
            return
        if mine is not None:
            said = self.tr("{0} masih di loket ini. Selesaikan atau tahan dahulu.").format(mine.label)
            self._page.say(said, tone="info")
            return
        first = next((s.service for s in view.counter.services.values() if s.active and s.registers), "")
        work = partial(_register, d.sop, d.who, first, new_key())
        words = self.tr("Registrasi tanpa tiket")
        d.tasks.ask(work, self.registered.emit, self._refused, owner=self, dead=dead, command=words)

    def _refused(self, error: Exception) -> None:
        self._page.say(str(error), tone="warn")


def _register(sop: Sop, who: Who, service: str, key: str) -> Head:
    ticket = queue.issue(derived(key, "ticket"), service=service).ticket
    queue.call(ticket.id, who.place, derived(key, "call"), WITHOUT)
    return intake.register_ticket(sop, who, ticket.id, derived(key, "register"))
