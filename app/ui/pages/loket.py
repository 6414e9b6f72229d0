"""The counter: run the queue and the applicant in front of me from one place (SOP rows 1 to 8)."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.errors import Conflict
from app.services import berkas, intake
from app.services.berkas import Head
from app.services.keys import derived, new_key
from app.ui.desk import Desk, Page
from app.ui.pages import loket_data
from app.ui.pages.loket_data import OPENS, CounterView
from app.ui.pages.loket_file import FilePanel
from app.ui.pages.loket_package import PackageImport
from app.ui.pages.loket_queue import QueuePanel
from app.ui.pages.loket_side import SidePanel
from app.ui.parts.buttons import Button
from app.ui.parts.empty import Act, EmptyState
from app.ui.parts.layout import Card, column, row
from app.ui.tasks import Progress

if TYPE_CHECKING:
    from app.jobs.tickets import IssuedTicket

TICK_MS = 1000
HASTY = timedelta(seconds=10)
SURE_MS = 2000
WIDE_FROM = 1600


class LoketPage(Page):
    """Calls, serves, registers; the work on a file itself is done on the page of its stage."""

    counts = True

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        place = desk.who.place or self.tr("Loket")
        self.title = place
        self._view: CounterView | None = None
        self._place, self._chosen, self._sure, self._reading = place, 0, False, 0
        self.queue, self.file, self.side = QueuePanel(place), FilePanel(), SidePanel()
        self.packages = PackageImport(self)
        self.empty = EmptyState("tray", self.tr("Belum ada berkas di loket ini"), "", self._acts())
        self._stack = QStackedWidget()
        front = QWidget()
        front.setLayout(column(self.file.head, (row((self.file, 1), self.side, gap=12), 1), gap=12))
        self._stack.addWidget(Card(column((self.empty, 1), margins=(0, 0, 0, 0))))
        self._stack.addWidget(front)
        self.setLayout(row(self.queue, (self._stack, 1), gap=14, margins=(16, 14, 16, 12)))
        self._wire()

    def _acts(self) -> list[Act]:
        return [
            Act("user-plus", self.tr("Registrasi tanpa tiket"), self.tr("Nomor antrean dibuat sekarang"), "Ctrl N",
                self.register_now),
            Act("globe-simple", self.tr("Permohonan daring berikutnya"),
                self.tr("Yang terlama menunggu didahulukan (Ctrl D)"), "", self.register_online),
            Act("download-simple", self.tr("Impor paket daring"),
                self.tr("Folder atau .zip dari portal permohonan (Ctrl I)"), "", self.packages.choose),
        ]  # fmt: skip

    def _wire(self) -> None:
        panel = self.queue
        panel.call.clicked.connect(self.call_next)
        panel.begin.clicked.connect(self.begin)
        panel.away.clicked.connect(self.absent)
        panel.recall.connect(self._recall)
        panel.take.clicked.connect(self.take_ticket)
        panel.package.clicked.connect(self.packages.choose)
        panel.online.clicked.connect(self.register_online)
        self.file.go.clicked.connect(self._open_current)
        self.file.opened.connect(self._read_current)
        self.side.chosen.connect(self._choose)
        self.packages.taken.connect(self.refresh)
        self._second = QTimer(self, interval=TICK_MS)
        self._second.timeout.connect(self._tick)

    # --- what is shown -----------------------------------------------------------------------------------------------

    def arrive(self, argument: object) -> None:
        """Read; with the number of a file, that file comes to the front."""
        if isinstance(argument, int):
            self._chosen = argument
        self.refresh()

    def refresh(self) -> None:
        """Read everything again."""
        d, chosen = self.desk, self._chosen
        self._reading += 1
        d.tasks.ask(
            lambda: loket_data.load(d.sop, d.who, d.office, d.clock(), chosen), self._show, self._not_read, owner=self
        )

    def live(self) -> None:
        """Numbers are taken and called elsewhere; what is being read already will show it."""
        if not self._reading:
            self.refresh()

    def _not_read(self, error: Exception) -> None:
        self._reading -= 1
        self.say(str(error), tone="warn")

    def _show(self, view: CounterView) -> None:
        self._reading = 0
        self._view = view
        self.queue.show_view(view)
        self.count.emit(len(view.waiting) + len(view.online))
        self.set_fact(self.tr("{0} dilayani hari ini").format(view.served))
        self._stack.setCurrentIndex(1 if view.current else 0)
        if view.current is None:
            self._say_empty(view)
            return
        head = view.current.head
        label = self.desk.sop.row_labels.get(view.current.row or 0, head.stage.label)
        skipped = self.desk.sop.skipped_row[head.channel]
        self.file.show_file(view.current, label, skipped, primary=view.called is None)
        self.side.show_view(view.mine, view.current)

    def _say_empty(self, view: CounterView) -> None:
        if view.called is not None:
            text = self.tr("Tekan F4 setelah pemohon duduk. Tidak datang? Tekan F8.")
        elif view.waiting:
            text = self.tr("{0} menunggu. Tekan F2 untuk memanggil nomor berikutnya.").format(len(view.waiting))
        elif view.online:
            text = self.tr("Antrean kosong. {0} permohonan daring menunggu, tekan Ctrl D.").format(len(view.online))
        else:
            text = self.tr("Antrean kosong. Tiket baru dan permohonan daring muncul di panel kiri.")
        self.empty.set_words(self.tr("Belum ada berkas di loket ini"), text)
        self.empty.buttons[1].setEnabled(bool(view.online))

    def _tick(self) -> None:
        self.queue.front.tick(self.desk.clock())

    def _choose(self, berkas_id: int) -> None:
        self._chosen = berkas_id
        self.refresh()

    def _open_current(self) -> None:
        if self._view is not None and self._view.current is not None:
            head = self._view.current.head
            self.go.emit(OPENS[head.stage.key], head.id)

    def _read_current(self) -> None:
        if self._view is not None and self._view.current is not None:
            self.open_berkas.emit(self._view.current.head.id)

    # --- the queue ---------------------------------------------------------------------------------------------------

    def call_next(self) -> None:
        """F2: the first who waits; if another counter was faster, the next one is offered."""
        if self._view is not None and self._view.waiting:
            self._call(self._view.waiting[0].id, self.queue.call)

    def _recall(self, ticket_id: int) -> None:
        self._call(ticket_id)

    def _call(self, ticket_id: int, dead: Button | None = None) -> None:
        place, key = self._place, new_key()
        self._sure = False
        self.desk.tasks.ask(
            lambda: intake.call_ticket(ticket_id, place, key), self._called, self._not_called, owner=self, dead=dead,
            command=self.tr("Panggil nomor antrean"),
        )  # fmt: skip

    def _called(self, _done: None) -> None:
        self._chosen = 0
        self.refresh()

    def _not_called(self, error: Exception) -> None:
        self.say(str(error), tone="warn")
        if isinstance(error, Conflict):
            self.refresh()

    def begin(self) -> None:
        """F4: the called visitor sits down; the ticket becomes a file."""
        if self._view is None or self._view.called is None:
            return
        d, ticket, key = self.desk, self._view.called.ticket.id, new_key()
        d.tasks.ask(
            lambda: intake.register_ticket(d.sop, d.who, ticket, key), self._begun, self._not_called,
            owner=self, dead=self.queue.begin,
        )  # fmt: skip

    def _begun(self, head: Head) -> None:
        self._chosen = head.id
        self.moved.emit()
        self.go.emit("intake", head.id)

    def absent(self) -> None:
        """F8: nobody came. Within ten seconds of the call it wants a second press, because F8 lies near F9."""
        if self._view is None or self._view.called is None:
            return
        called = self._view.called
        if self.desk.clock() - called.at < HASTY and not self._sure:
            self._sure = True
            QTimer.singleShot(SURE_MS, self, self._unsure)
            self.say(self.tr("Baru saja dipanggil. Tekan F8 sekali lagi bila memang tidak hadir."), tone="info")
            return
        ticket, place, key = called.ticket.id, self._place, new_key()
        self.desk.tasks.ask(
            lambda: intake.ticket_absent(ticket, place, key), partial(self._was_absent, ticket, called.ticket.label),
            self._not_called, owner=self, dead=self.queue.away,
        )  # fmt: skip

    def _unsure(self) -> None:
        self._sure = False

    def _was_absent(self, ticket: int, label: str, _done: None) -> None:
        self.say(self.tr("{0} tidak hadir").format(label), undo=lambda: self._recall(ticket))
        self.refresh()

    def take_ticket(self) -> None:
        """Ctrl+Shift+N: a number for somebody who waits; shown large, printed if there is a printer."""
        shop, key = self.desk.workshop, new_key()

        def issue(progress: Progress) -> IssuedTicket:
            from app.jobs import tickets  # noqa: PLC0415  loads the print path, which a window must not wait for

            return tickets.issue_ticket(shop, key, progress)

        self.desk.tasks.work(issue, self._issued, self._not_called, owner=self, dead=self.queue.take)

    def _issued(self, issued: IssuedTicket) -> None:
        status = issued.printed
        printed = status is not None and status.state.name == "COMPLETED"
        self.queue.ticket.tell(issued.ticket.label, printed=printed, reason=status.reason if status else "")
        self.refresh()

    def register_now(self) -> None:
        """Ctrl+N: somebody stands here without a ticket; a number is made, called, and becomes a file at once."""
        d, place, key = self.desk, self._place, new_key()

        def register() -> Head:
            ticket = intake.take_ticket(derived(key, "ticket"))
            intake.call_ticket(ticket.id, place, derived(key, "call"))
            return intake.register_ticket(d.sop, d.who, ticket.id, derived(key, "register"))

        d.tasks.ask(register, self._begun, self._not_called, owner=self, dead=self.empty.buttons[0])

    # --- online ------------------------------------------------------------------------------------------------------

    def register_online(self) -> None:
        """Ctrl+D: the online application that waits longest (SOP row 2)."""
        if self._view is None or not self._view.online:
            return
        d, first, key = self.desk, self._view.online[0].id, new_key()
        d.tasks.ask(
            lambda: intake.register_online(d.sop, d.who, berkas.head(d.sop, first), key), self._begun, self._not_called,
            owner=self, dead=self.queue.online,
        )  # fmt: skip

    # --- the window --------------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Only a page in sight ticks."""
        super().showEvent(event)
        self._second.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """The clocks rest."""
        super().hideEvent(event)
        self._second.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The right column takes a part of the gain on wide screens."""
        super().resizeEvent(event)
        self.side.set_wide(on=self.window().width() >= WIDE_FROM)
