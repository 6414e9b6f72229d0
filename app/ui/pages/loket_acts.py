"""What an officer does with the queue: every key's act, said in a toast that can take it back for ten seconds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from app.errors import Conflict
from app.services import intake, queue
from app.services.berkas import Head
from app.services.keys import new_key
from app.services.queue import QueueTicket
from app.sop.queue import State
from app.ui.desk import Page
from app.ui.orders import Dead
from app.ui.pages.loket_data import CounterView
from app.ui.parts.spans import running

HASTY = timedelta(seconds=10)
SURE_MS = 2000
Verb = Callable[[str], QueueTicket]
"""Does it by the key of this press."""


class QueueActs(QObject):
    """Belongs to the counter's page, through which it speaks; the panel and the strip press the same acts."""

    changed = Signal()
    """The queue is not what it was."""
    begun = Signal(object)
    """A visitor sat down and became this file."""
    resumed = Signal(int)
    """A visitor sat down whose file, of this number, was there already."""

    def __init__(self, page: Page, place: str) -> None:
        super().__init__(page)
        self._page, self.place = page, place
        self.view: CounterView | None = None
        self._sure = ""

    def ticket(self) -> QueueTicket | None:
        """Whom this counter has now."""
        return self.view.ticket if self.view is not None else None

    # --- calling -----------------------------------------------------------------------------------------------------

    def call_next(self, dead: Dead | None = None) -> None:
        """F2: whoever is next by the office's rule; the database picks him."""
        if self.is_free():
            self._do(partial(queue.call_next, self.place), self._called, self.tr("Panggil berikut"), dead)

    def call(self, ticket: QueueTicket, reason: str = "") -> None:
        """A held or absent one, or with a reason one who is not next."""
        if self.is_free():
            self._do(
                lambda key: queue.call(ticket.id, self.place, key, reason), self._called,
                self.tr("Panggil {0}").format(ticket.label),
            )  # fmt: skip

    def recall(self, dead: Dead | None = None) -> None:
        """F3: say the number again."""
        mine = self.ticket()
        if mine is not None:
            self._mine(mine, queue.recall, self.tr("{0} dipanggil ulang").format(mine.label), dead)

    def is_free(self) -> bool:
        """Whether somebody can be called to this counter; if not, it is said why."""
        mine = self.ticket()
        if mine is not None:
            self._page.say(
                self.tr("{0} masih di loket ini. Selesaikan atau tahan dahulu.").format(mine.label), tone="info"
            )
        return mine is None and self.view is not None

    def _called(self, ticket: QueueTicket) -> None:
        self._say(self.tr("{0} dipanggil ke {1}").format(ticket.label, self.place), ticket)

    # --- at the counter ----------------------------------------------------------------------------------------------

    def begin(self, dead: Dead | None = None) -> None:
        """F4: the called visitor sits down and becomes a file, goes on with his own, or only asks something."""
        view = self.view
        if view is None or view.called is None:
            return
        ticket, known = view.called, view.counter.board.berkas_id
        if known is None and view.service(ticket).registers:
            d, key = self._page.desk, new_key()
            d.tasks.ask(
                lambda: intake.register_ticket(d.sop, d.who, ticket.id, key), partial(self._registered, ticket),
                self._failed, owner=self._page, dead=dead,
            )  # fmt: skip
        else:
            done = partial(self._started, known)
            self._do(partial(queue.start, ticket.id, self.place), done, self.tr("Mulai layani"), dead)

    def _registered(self, ticket: QueueTicket, head: Head) -> None:
        self._say(self.tr("{0} dilayani, berkas {1} dibuat").format(ticket.label, head.number), ticket)
        self.begun.emit(head)

    def _started(self, known: int | None, ticket: QueueTicket) -> None:
        self._say(self.tr("{0} dilayani").format(ticket.label), ticket)
        if known is not None:
            self.resumed.emit(known)

    def hold(self, reason: str) -> None:
        """F6: he fetches something; the counter is free."""
        mine = self.ticket()
        if mine is not None:
            said = self.tr("{0} ditahan: {1}").format(mine.label, reason)
            self._mine(mine, lambda number, place, key: queue.hold(number, place, key, reason), said)

    def send_to_service(self, letter: str, label: str) -> None:
        """F7: to another service, in front of those who wait there."""
        self._transfer(label, to_service=letter)

    def send_to_place(self, place: str) -> None:
        """F7: to another counter, which calls him next."""
        self._transfer(place, to_place=place)

    def _transfer(self, where: str, **to: str) -> None:
        mine, reason = self.ticket(), self.tr("ke {0}").format(where)
        if mine is not None:
            said = self.tr("{0} dialihkan ke {1}").format(mine.label, where)
            self._mine(mine, lambda number, place, key: queue.transfer(number, place, key, reason, **to), said)

    def absent(self, dead: Dead | None = None) -> None:
        """F8: nobody came."""
        mine = self.ticket()
        if mine is not None and mine.state is State.CALLED and self._is_sure("F8", mine):
            self._mine(mine, queue.absent, self.tr("{0} tidak hadir").format(mine.label), dead)

    def done(self, dead: Dead | None = None) -> None:
        """F9: the counter is free; the file goes on by itself."""
        mine, view = self.ticket(), self.view
        if mine is None or view is None or not self._is_sure("F9", mine):
            return
        said = self.tr("{0} selesai").format(mine.label)
        if mine.state is State.SERVING:
            said += ", " + running(view.span(mine, self._page.desk.clock()))
            if view.counter.board.berkas_id is not None:
                said += self.tr("; berkasnya tetap di meja Anda")
        self._mine(mine, queue.done, said, dead)

    def _is_sure(self, key: str, mine: QueueTicket) -> bool:
        """Within ten seconds of the call it wants a second press, because F8 lies near F9."""
        called = mine.called_at or mine.state_at
        if self._sure == key or self._page.desk.clock() - called >= HASTY:
            self._sure = ""
            return True
        self._sure = key
        QTimer.singleShot(SURE_MS, self, self._unsure)
        self._page.say(
            self.tr("Baru saja dipanggil. Tekan {0} sekali lagi bila memang benar.").format(key), tone="info"
        )
        return False

    def _unsure(self) -> None:
        self._sure = ""

    # --- who waits elsewhere -----------------------------------------------------------------------------------------

    def queue_again(self, ticket: QueueTicket) -> None:
        """A held visitor is ready while this counter is busy, or an absent one has come after all."""
        verb = queue.give_back if ticket.state is State.HELD else queue.rejoin
        self._do(
            lambda key: verb(ticket.id, self.place, key),
            lambda now: self._say(self.tr("{0} antre lagi").format(now.label), now),
            self.tr("{0} antre lagi").format(ticket.label),
        )  # fmt: skip

    def cancel(self, ticket: QueueTicket, reason: str) -> None:
        """A visitor has gone home."""
        self._do(
            lambda key: queue.cancel(ticket.id, self.place, key, reason),
            lambda now: self._say(self.tr("{0} dibatalkan: {1}").format(now.label, reason), now),
            self.tr("Batalkan {0}").format(ticket.label),
        )  # fmt: skip

    # --- doing, saying, taking back ----------------------------------------------------------------------------------

    def _mine(
        self, mine: QueueTicket, verb: Callable[[int, str, str], QueueTicket], said: str, dead: Dead | None = None
    ) -> None:
        self._do(partial(verb, mine.id, self.place), lambda now: self._say(said, now), said, dead)

    def _do(self, verb: Verb, done: Callable[[QueueTicket], None], words: str, dead: Dead | None = None) -> None:
        """Ask the database; while it is out of reach nothing is called, and nothing is called later by itself."""
        key = new_key()
        self._page.desk.tasks.ask(
            lambda: verb(key), done, self._failed, owner=self._page, dead=dead, command=words, keep=False
        )

    def _say(self, words: str, ticket: QueueTicket) -> None:
        self._page.say(words, undo=partial(self.undo, ticket))
        self.changed.emit()

    def undo(self, ticket: QueueTicket) -> None:
        """Ctrl+Z: a second event takes the last one back, erases nothing."""
        self._do(partial(queue.undo, ticket.id, self.place), self._undone, self.tr("Batalkan"))

    def _undone(self, ticket: QueueTicket) -> None:
        self._page.say(self.tr("Dibatalkan: {0} kembali seperti semula").format(ticket.label), tone="info")
        self.changed.emit()

    def _failed(self, error: Exception) -> None:
        said = str(error)
        if (
            isinstance(error, Conflict)
            and error.code in {"called", "queue"}
            and self.view is not None
            and self.view.ticket is None
        ):
            others = [t for t in self.view.counter.board.following if t.label not in said]
            said += " " + self.tr("F2 memanggil {0}.").format(others[0].label) if others else ""
        self._page.say(said, tone="warn")
        if isinstance(error, Conflict):
            self.changed.emit()
