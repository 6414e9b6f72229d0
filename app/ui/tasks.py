"""Asks other threads and brings their answers home: the database, long work, pictures, and what waits for news."""

import itertools
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from app.errors import Conflict, Refused, Unavailable
from app.services.waiting import FOREVER, Waiting
from app.ui.lane import ENDED, LOST, DataLane, Hooks, Job, Told, no_patience, nothing, same_keys
from app.ui.line import Line
from app.ui.orders import Dead, Failed, Order, Orders, Progress, Settled, Watcher, alive, owner_of, words_of

__all__ = ["Progress", "Settled", "Tasks", "Watcher"]


T = TypeVar("T")
POOL = 2


class Tasks(QObject):
    """Runs functions off the GUI thread and brings their answers back to it, in the order they were asked.

    When the connection to the database is lost, what was asked is kept and asked again once it is back (`lost`,
    `found`); a *command* is what changes something, and of each that had to wait `settled` tells the end.
    """

    busy = Signal(bool)
    trouble = Signal(object)
    bug = Signal(object)
    lost = Signal(object)
    found = Signal()
    ended = Signal(object)
    settled = Signal(object)
    waiting = Signal()
    """Another command waits for the lost connection, or one does no longer."""
    stuck = Signal(object)
    """The database is reached and refuses for now (busy, disk full)."""
    answered = Signal(bool)
    """The database answered; True where that was a command."""
    _back = Signal(int, bool, object)
    _said = Signal(int, object)
    _holds = Signal(int, bool)
    _gone = Signal(object)
    _here = Signal()
    _over = Signal(object)

    def __init__(
        self,
        on_start: Callable[[], None] = nothing,
        on_stop: Callable[[], None] = nothing,
        *,
        keys: Callable[[str], AbstractContextManager[object]] = same_keys,
        tell: Callable[[], None] = nothing,
        patience: Callable[[Waiting], AbstractContextManager[object]] = no_patience,
    ) -> None:
        super().__init__()
        self._hooks = Hooks(on_start, on_stop, keys, tell, patience)
        self._told = Told(self._back.emit, self._gone.emit, self._here.emit, self._over.emit)
        self._numbers = itertools.count(1)
        self._orders = Orders()
        self._orders.busy.connect(self.busy)
        self._data: DataLane | None = None
        self._lines: dict[str, Line] = {}
        self._closed = False
        self._lost: Exception | None = None
        queued = Qt.ConnectionType.QueuedConnection
        self._back.connect(self._finish, queued)
        self._said.connect(self._follow, queued)
        self._holds.connect(self._on_held, queued)
        self._gone.connect(self._on_lost, queued)
        self._here.connect(self._on_found, queued)
        self._over.connect(self._on_ended, queued)

    # --- asking ------------------------------------------------------------------------------------------------------

    def ask(
        self,
        fn: Callable[[], T],
        done: Callable[[T], None] | None = None,
        failed: Failed | None = None,
        *,
        owner: QObject | None = None,
        dead: Dead | None = None,
        command: str | None = None,
        keep: bool = True,
        quiet: bool = False,
        door: str = "",
    ) -> None:
        """Ask the database. `fn` runs in the one database thread and must not touch a widget; it may run twice.

        `command` says in the officer's words what is changed; by default a `dead` button's own words, and "" where
        nothing is. With `keep=False` a lost connection is an error at once. `quiet` questions show no waiting. `door`:
        "anew" to connect again first, "shut" to end the connection and do without.
        """
        changes = words_of(dead) if command is None else command
        order = Order("data", done, failed, owner_of(done, owner), dead, command=changes, quiet=quiet)
        number = next(self._numbers)
        self._begin(number, order)
        if self._lost is not None and not keep:
            self._back.emit(number, False, self._lost)
            return
        if self._lost is not None and order.command:
            order.waited = True
            self.waiting.emit()
        self._put("data", Job(number, fn, keep, tells=bool(order.command), door=door))

    def work(
        self,
        fn: Callable[[Progress], T],
        done: Callable[[T], None] | None = None,
        failed: Failed | None = None,
        progress: Watcher | None = None,
        *,
        owner: QObject | None = None,
        dead: Dead | None = None,
        command: str | None = None,
        patience: float = FOREVER,
    ) -> Progress:
        """Do something long (scan, print, sign, send). Database connections are opened and closed around it.

        `command` as in `ask`. A command keeps what it has done through a lost connection and goes on when it is back,
        for `patience` seconds at most; a question fails at once.
        """
        number = next(self._numbers)
        told = Progress(lambda said: self._said.emit(number, said))
        changes = words_of(dead) if command is None else command
        self._begin(number, Order("work", done, failed, owner_of(done, owner), dead, progress, told, changes))
        waiting = Waiting(told.rest, lambda on: self._holds.emit(number, on), patience) if changes else None
        self._put("work", Job(number, lambda: fn(told), tells=bool(changes), waiting=waiting))
        return told

    def draw(
        self,
        fn: Callable[[], T],
        done: Callable[[T], None] | None = None,
        failed: Failed | None = None,
        *,
        owner: QObject | None = None,
    ) -> None:
        """Decode a picture in the picture thread, which has no database."""
        self._aside("draw", fn, done, failed, owner)

    def listen(
        self,
        fn: Callable[[], T],
        done: Callable[[T], None] | None = None,
        failed: Failed | None = None,
        *,
        owner: QObject | None = None,
    ) -> None:
        """Do what may wait long for a network and needs no database: connecting for news, looking at a server."""
        self._aside("news", fn, done, failed, owner, quiet=True)

    def tell(self) -> None:
        """Let the other desks look: something was written by work that nobody pressed a button for."""
        number = next(self._numbers)
        self._begin(number, Order("data", None, lambda _error: None, self, quiet=True))
        self._put("data", Job(number, nothing, keep=False, tells=True))

    # --- how it stands -----------------------------------------------------------------------------------------------

    def idle(self) -> bool:
        """Whether every answer has been delivered, but for what nobody is shown to wait for."""
        return not self._orders.are_busy()

    def is_lost(self) -> bool:
        """Whether the connection to the database is lost."""
        return self._lost is not None

    def unsaved(self) -> list[str]:
        """Commands that wait for a lost connection, in the officer's words, in the order they were given."""
        return [order.command for _, order in self._orders.of() if order.waited]

    def unbegun(self) -> list[str]:
        """Commands of long work whose turn has not come, in the officer's words."""
        pending = self._lines["work"].pending() if "work" in self._lines else []
        return [order.command for number, order in self._orders.of("work") if number in pending and order.command]

    def abandon(self) -> None:
        """Forget what was asked of the database and is not answered; nobody hears of it any more."""
        if self._data is not None:
            self._data.drop()
        for number, _ in self._orders.of("data"):
            self._orders.end(number)
        self._lost = None
        self.abandon_work()

    def abandon_work(self) -> None:
        """Give up long work that waits for its connection or for its turn; all other comes to its end."""
        if "work" in self._lines:
            self._orders.give_up("work", self._lines["work"].drop())

    def close(self) -> None:
        """End all threads after what they are doing now; answers not yet delivered are dropped."""
        self._closed = True
        for _, order in self._orders.of("work"):
            if order.progress is not None:
                order.progress.stop()
        self._orders.clear()
        lanes: list[DataLane | Line] = [*([self._data] if self._data else []), *self._lines.values()]
        for lane in lanes:
            lane.close()
        for lane in lanes:
            lane.join()
        self._data = None
        self._lines.clear()

    # --- out and home ------------------------------------------------------------------------------------------------

    def _aside(
        self,
        lane: str,
        fn: Callable[[], T],
        done: Callable[[T], None] | None,
        failed: Failed | None,
        owner: QObject | None,
        *,
        quiet: bool = False,
    ) -> None:
        number = next(self._numbers)
        self._begin(number, Order(lane, done, failed, owner_of(done, owner), quiet=quiet))
        self._put(lane, Job(number, fn))

    def _begin(self, number: int, order: Order) -> None:
        if not self._closed:
            self._orders.begin(number, order)

    def _put(self, name: str, job: Job) -> None:
        if self._closed:
            return
        if name == "data":
            self._data = self._data or DataLane(self._hooks, self._told)
            self._data.put(job)
            return
        if name not in self._lines:
            work = name == "work"
            made = Line(f"pelita-{name}", self._told, self._hooks, threads=POOL if work else 1, around=work)
            self._lines[name] = made
        self._lines[name].put(job)

    def _follow(self, number: int, said: Callable[[Watcher], None]) -> None:
        order = self._orders.get(number)
        if order is not None and order.watcher is not None and alive(order.watcher) and alive(order.owner):
            said(order.watcher)

    def _finish(self, number: int, good: bool, result: object) -> None:
        order = self._orders.end(number)
        if order is None:
            return
        error = result if isinstance(result, Exception) and not good else None
        sent_home = isinstance(error, Refused) and error.code in ENDED and bool(order.command)
        end = Settled(order.command, error) if sent_home else order.settled(error)
        if end is not None:
            self.settled.emit(end)
        if error is not None:
            self._fail(order, error)
            return
        if order.lane == "data" and not order.quiet:
            self.answered.emit(bool(order.command))
        if order.done is not None and alive(order.owner):
            order.done(result)

    def _fail(self, order: Order, error: Exception) -> None:
        if not isinstance(error, Refused | Conflict | Unavailable):
            self.bug.emit(error)
            raise error
        if order.lane == "data" and isinstance(error, Unavailable) and error.code != LOST and not order.quiet:
            self.stuck.emit(error)
        if not alive(order.owner):
            return
        if order.failed is not None:
            order.failed(error)
        else:
            self.trouble.emit(error)

    # --- a lost connection -------------------------------------------------------------------------------------------

    def _on_lost(self, error: Exception) -> None:
        self._lost = error
        for _, order in self._orders.of("data"):
            order.waited = order.waited or bool(order.command)
        self.lost.emit(error)

    def _on_held(self, number: int, on: bool) -> None:
        order = self._orders.get(number)
        if order is not None:
            order.waited, order.resumed = on, not on
            self.waiting.emit()

    def _on_found(self) -> None:
        self._lost = None
        self.found.emit()

    def _on_ended(self, error: Exception) -> None:
        self._lost = None
        self.ended.emit(error)
