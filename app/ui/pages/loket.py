"""The counter: run the queue and the applicant in front of me from one place (SOP rows 1 to 8)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from app.services import berkas, intake
from app.services.berkas import Head
from app.services.keys import new_key
from app.ui.booking_import import BookingImport
from app.ui.desk import Desk, Page
from app.ui.orders import Dead
from app.ui.pages import loket_data
from app.ui.pages.loket_acts import QueueActs
from app.ui.pages.loket_ask import QueueQuestions
from app.ui.pages.loket_data import OPENS, CounterView
from app.ui.pages.loket_file import FilePanel
from app.ui.pages.loket_new import NewNumbers
from app.ui.pages.loket_package import PackageImport
from app.ui.pages.loket_paper import Reprints
from app.ui.pages.loket_queue import QueuePanel
from app.ui.pages.loket_right import NothingHere, Tools
from app.ui.pages.loket_side import SidePanel
from app.ui.pages.loket_strip import QueueStrip
from app.ui.parts.layout import Card, column, row
from app.ui.parts.spans import running

if TYPE_CHECKING:
    from app.jobs.tickets import IssuedTicket

TICK_MS = 1000
WIDE_FROM = 1600


class LoketPage(Page):
    """Calls, serves, registers; the work on a file itself is done on the page of its stage."""

    counts = True

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.title = desk.who.place or self.tr("Loket")
        self._view: CounterView | None = None
        self._chosen, self._reading = 0, 0
        self.queue, self.line, self.file, self.side = QueuePanel(self.title), QueueStrip(), FilePanel(), SidePanel()
        self.acts = QueueActs(self, desk.who.place)
        self.asks, self.new = QueueQuestions(self, self.acts), NewNumbers(self, self.acts)
        self.packages, self.papers = PackageImport(self), Reprints(self, self.acts)
        self.bookings = BookingImport(self, desk)
        self.empty, self.tools = NothingHere(), Tools()
        self._stack = QStackedWidget()
        front = QWidget()
        front.setLayout(column(self.file.head, (row((self.file, 1), self.side, gap=12), 1), gap=12))
        self._stack.addWidget(Card(column((self.empty, 1), margins=(0, 0, 0, 0))))
        self._stack.addWidget(front)
        self.setLayout(row(self.queue, (self._stack, 1), gap=14, margins=(16, 14, 16, 12)))
        self._wire()

    def _wire(self) -> None:
        for part in (self.queue, self.line):
            self._wire_keys(part)
        self.queue.seat.clicked.connect(lambda: self.asks.seat(self.queue.seat))
        self.asks.seated.connect(self.sit_at)
        lists = self.queue.lists
        lists.picked.connect(self._pick)
        lists.called.connect(self.acts.call)
        lists.queued.connect(self.acts.queue_again)
        self.queue.papers.again.clicked.connect(lambda: self.papers.ask(self.queue.papers.again))
        for source in (self.empty, self.tools):
            source.online.connect(self.register_online)
            source.package.connect(self.packages.choose)
            source.number.connect(self.new.take)
            source.walk_in.connect(lambda: self.new.register(self.empty.walk))
        self.tools.booked.connect(self.new.check_in)
        self.tools.bookings.connect(self.bookings.open)
        self.bookings.said.connect(self.said)
        self.empty.berkas.connect(self.open_berkas)
        self.acts.changed.connect(self._changed)
        self.acts.begun.connect(self._begun)
        self.acts.resumed.connect(self._resumed)
        self.new.registered.connect(self._begun)
        self.new.issued.connect(self._issued)
        self.file.go.clicked.connect(self._open_current)
        self.file.opened.connect(self._read_current)
        self.side.chosen.connect(self._choose)
        self.packages.taken.connect(self.refresh)
        self.desk.tasks.lost.connect(self._lock)
        self.desk.tasks.found.connect(self.refresh)
        self._second = QTimer(self, interval=TICK_MS)
        self._second.timeout.connect(self._tick)
        self._second.start()

    def _wire_keys(self, part: QueuePanel | QueueStrip) -> None:
        acts = self.acts
        part.call.clicked.connect(lambda: acts.call_next(part.call))
        part.recall.clicked.connect(lambda: acts.recall(part.recall))
        part.begin.clicked.connect(lambda: acts.begin(part.begin))
        part.hold.clicked.connect(lambda: self.asks.hold(part.hold))
        part.move_on.clicked.connect(lambda: self.asks.transfer(part.move_on))
        part.away.clicked.connect(lambda: acts.absent(part.away))
        part.finish.clicked.connect(lambda: acts.done(part.finish))

    def toolbar(self) -> list[QWidget]:
        """What the empty page offers large stands small in the top bar while a file is in front."""
        return [self.tools]

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
        if self._view is None:
            self.strip.emit(self.line)
        self._view = self.acts.view = view
        work = view.ticket is None and view.current is not None and self._is_at_work(view)
        focus = QApplication.focusWidget()
        self.queue.show_view(view, work=work)
        self.line.show_view(view)
        self._lock()
        if focus is not None and self.queue.isAncestorOf(focus) and QApplication.focusWidget() is not focus:
            # A key that is out of use now lets the focus fall; it must not land on an act that Enter would press.
            self.setFocus()
        self.count.emit(view.counter.board.waiting + len(view.online))
        self.set_fact(self._fact(view))
        self._stack.setCurrentIndex(1 if view.current else 0)
        self.tools.show_view(view)
        self.empty.show_view(view)
        if view.current is not None:
            head = view.current.head
            label = self.desk.sop.row_labels.get(view.current.row or 0, head.stage.label)
            primary = view.serving is not None or not self.queue.call.isEnabled() or work
            skipped = self.desk.sop.skipped_row[head.channel]
            self.file.show_file(view.current, label, skipped, primary=primary and view.called is None)
            self.side.show_view(view.mine, view.current)

    def _is_at_work(self, view: CounterView) -> bool:
        """Whether the file in front is what the officer is at, though nobody sits here: an online one, or chosen."""
        current = view.current
        return current is not None and (current.head.id == self._chosen or current.head.channel.value == "ONLINE")

    def _fact(self, view: CounterView) -> str:
        said = self.tr("{0} selesai hari ini").format(view.counter.done)
        median = view.counter.median
        return said + (self.tr(", median {0}").format(running(median)) if median is not None else "")

    def _lock(self, _error: object = None) -> None:
        """Without a place or a connection nobody is called; both are said."""
        why = ""
        if not self.desk.who.place:
            why = self.tr("Loket Anda belum ditetapkan. Pilih di sini, atau minta administrator mengisinya.")
        elif self.desk.tasks.is_lost():
            why = self.tr("Server terputus: antrean menunggu. Panggil dengan suara, catat nomornya.")
        if why or self.queue.lost.text():
            self.queue.lock(why, homeless=not self.desk.who.place)
            self.line.lock(why)
            if not why and self._view is not None:
                self._show(self._view)

    def sit_at(self, place: str) -> None:
        """Work at this counter from now on, until the officer logs out."""
        self.desk = replace(self.desk, who=replace(self.desk.who, place=place))
        self.acts.place = place
        self.queue.front.place.setText(place)
        self.set_title(place)
        self._lock()
        self.refresh()

    def _tick(self) -> None:
        now = self.desk.clock()
        if self.isVisible():
            self.queue.front.tick(now)
        elif self.line.isVisible():
            self.line.tick(now)

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

    def _pick(self, ticket: object, over: QWidget) -> None:
        if self.acts.is_free():
            self.asks.pick(ticket, over)  # type: ignore[arg-type]  # a signal's object

    def _changed(self) -> None:
        self._chosen = 0
        self.refresh()

    def _begun(self, head: Head) -> None:
        self._chosen = head.id
        self.moved.emit()
        self.go.emit("intake", head.id)

    def _resumed(self, berkas_id: int) -> None:
        """Mine goes on where it was left; a colleague's is opened to be read, and taken over if need be."""
        mine = next((i for i in self._view.mine if i.id == berkas_id), None) if self._view else None
        if mine is not None:
            self._chosen = berkas_id
            self.go.emit(OPENS[mine.stage.key], berkas_id)
        else:
            self.open_berkas.emit(berkas_id)

    def _issued(self, issued: IssuedTicket) -> None:
        status = issued.printed
        printed = status is not None and status.state.name == "COMPLETED"
        self.queue.ticket.tell(issued.ticket.ticket.label, printed=printed, reason=status.reason if status else "")
        self.refresh()

    # --- online ------------------------------------------------------------------------------------------------------

    def register_online(self, dead: Dead | None = None) -> None:
        """Ctrl+D: the online application that waits longest (SOP row 2)."""
        if self._view is None or not self._view.online:
            return
        d, first, key = self.desk, self._view.online[0].id, new_key()
        d.tasks.ask(
            lambda: intake.register_online(d.sop, d.who, berkas.head(d.sop, first), key), self._begun,
            self._not_registered, owner=self, dead=dead, command=self.tr("Registrasi permohonan daring"),
        )  # fmt: skip

    def _not_registered(self, error: Exception) -> None:
        self.say(str(error), tone="warn")
        self.refresh()

    # --- the window --------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The right column takes a part of the gain on wide screens."""
        super().resizeEvent(event)
        self.side.set_wide(on=self.window().width() >= WIDE_FROM)
