"""The only thread code: one database thread, a pool for long work, and one thread for pictures."""

import itertools
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal

from app.errors import Conflict, Refused, Unavailable

T = TypeVar("T")
Failed = Callable[[Exception], None]
POOL = 2


class Dead(Protocol):
    """A button that takes no press until the answer comes."""

    def hold(self) -> None:
        """Take no press."""

    def release(self) -> None:
        """Take presses again."""


class Watcher(Protocol):
    """Who follows long work, on the GUI thread."""

    def report(self, done: int, total: int, text: str) -> None:
        """So much of so much, and what is being done now."""

    def result(self, label: str, ok: bool, reason: str) -> None:
        """One item ended."""


class Progress:
    """What long work is given: it reports here and looks here whether it should stop after this item."""

    def __init__(self, say: Callable[[Callable[[Watcher], None]], None]) -> None:
        self._say = say
        self._stop = threading.Event()

    @property
    def stop_asked(self) -> bool:
        """Whether the officer wants it to end after the item in hand."""
        return self._stop.is_set()

    def stop(self) -> None:
        """Ask for the end."""
        self._stop.set()

    def report(self, done: int, total: int, text: str = "") -> None:
        """So much of so much; may be called from the working thread only."""
        self._say(lambda watcher: watcher.report(done, total, text))

    def result(self, label: str, ok: bool, reason: str = "") -> None:
        """One item ended, well or not."""
        self._say(lambda watcher: watcher.result(label, ok, reason))


@dataclass
class _Order:
    """One asked thing, kept on the GUI thread: the worker sees only its number and its function."""

    done: Callable[[Any], None] | None
    failed: Failed | None
    owner: QObject | None
    dead: Dead | None
    lane: str
    watcher: Watcher | None = None
    progress: Progress | None = None


@dataclass
class _Lane:
    """Threads that take jobs from one line."""

    name: str
    threads: list[threading.Thread] = field(default_factory=list)
    jobs: "queue.SimpleQueue[tuple[int, Callable[[], Any]] | None]" = field(default_factory=queue.SimpleQueue)


def _owner_of(done: Callable[..., Any] | None, owner: QObject | None) -> QObject | None:
    bound = getattr(done, "__self__", None)
    return owner or (bound if isinstance(bound, QObject) else None)


class Tasks(QObject):
    """Runs functions off the GUI thread and brings their answers back to it, in the order they were asked."""

    busy = Signal(bool)
    trouble = Signal(object)
    bug = Signal(object)
    lost = Signal(object)
    answered = Signal()
    _back = Signal(int, bool, object)
    _said = Signal(int, object)

    def __init__(self, on_start: Callable[[], None] | None = None, on_stop: Callable[[], None] | None = None) -> None:
        super().__init__()
        self._on_start, self._on_stop = on_start or _nothing, on_stop or _nothing
        self._numbers = itertools.count(1)
        self._orders: dict[int, _Order] = {}
        self._lanes: dict[str, _Lane] = {}
        self._closed = False
        self._back.connect(self._finish, Qt.ConnectionType.QueuedConnection)
        self._said.connect(self._follow, Qt.ConnectionType.QueuedConnection)

    def ask(
        self,
        fn: Callable[[], T],
        done: Callable[[T], None] | None = None,
        failed: Failed | None = None,
        *,
        owner: QObject | None = None,
        dead: Dead | None = None,
    ) -> None:
        """Ask the database. `fn` runs in the one database thread and must not touch a widget."""
        self._put("data", fn, _Order(done, failed, _owner_of(done, owner), dead, "data"))

    def work(
        self,
        fn: Callable[[Progress], T],
        done: Callable[[T], None] | None = None,
        failed: Failed | None = None,
        progress: Watcher | None = None,
        *,
        owner: QObject | None = None,
        dead: Dead | None = None,
    ) -> Progress:
        """Do something long (scan, print, sign, send). Database connections are opened and closed around it."""
        number = next(self._numbers)
        told = Progress(lambda said: self._said.emit(number, said))
        order = _Order(done, failed, _owner_of(done, owner), dead, "work", progress, told)
        self._put("work", lambda: fn(told), order, number)
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
        self._put("draw", fn, _Order(done, failed, _owner_of(done, owner), None, "draw"))

    def idle(self) -> bool:
        """Whether every answer has been delivered."""
        return not self._orders

    def close(self) -> None:
        """End all threads after what they are doing now; answers not yet delivered are dropped."""
        self._closed = True
        for order in self._orders.values():
            if order.progress is not None:
                order.progress.stop()
        self._orders.clear()
        lanes = [lane for lane in self._lanes.values() for _ in lane.threads]
        for lane in lanes:
            lane.jobs.put(None)
        for lane in self._lanes.values():
            for thread in lane.threads:
                thread.join()
        self._lanes.clear()

    def _put(self, lane: str, fn: Callable[[], Any], order: _Order, number: int | None = None) -> None:
        if self._closed:
            return
        number = number or next(self._numbers)
        if order.dead is not None:
            order.dead.hold()
        if not self._orders:
            self.busy.emit(True)
        self._orders[number] = order
        self._lane(lane).jobs.put((number, fn))

    def _lane(self, name: str) -> _Lane:
        if name not in self._lanes:
            lane = self._lanes[name] = _Lane(name)
            run = {"data": self._run_data, "work": self._run_work, "draw": self._run_plain}[name]
            for _ in range(POOL if name == "work" else 1):
                thread = threading.Thread(target=run, args=(lane,), name=f"pelita-{name}", daemon=True)
                lane.threads.append(thread)
                thread.start()
        return self._lanes[name]

    def _run_data(self, lane: _Lane) -> None:
        """The database thread: one connection for its whole life, opened again if opening failed."""
        opened = False
        while (job := lane.jobs.get()) is not None:
            opened = self._answer(job, self._on_start if not opened else _nothing) or opened
            del job
        if opened:
            self._on_stop()

    def _run_work(self, lane: _Lane) -> None:
        while (job := lane.jobs.get()) is not None:
            if self._answer(job, self._on_start):
                self._on_stop()
            del job

    def _run_plain(self, lane: _Lane) -> None:
        while (job := lane.jobs.get()) is not None:
            self._answer(job, _nothing)
            del job

    def _answer(self, job: tuple[int, Callable[[], Any]], before: Callable[[], None]) -> bool:
        """Run one job and send its answer; True if `before` succeeded."""
        number, fn = job
        started = False
        try:
            before()
            started = True
            result = fn()
        except Exception as error:  # noqa: BLE001 - every error goes to the GUI thread, which knows bugs from refusals
            self._back.emit(number, False, error)
        else:
            self._back.emit(number, True, result)
        return started

    def _follow(self, number: int, said: Callable[[Watcher], None]) -> None:
        order = self._orders.get(number)
        if order is not None and order.watcher is not None and _alive(order.watcher) and _alive(order.owner):
            said(order.watcher)

    def _finish(self, number: int, good: bool, result: object) -> None:
        order = self._orders.pop(number, None)
        if order is None:
            return
        if order.dead is not None and _alive(order.dead):
            order.dead.release()
        if not self._orders:
            self.busy.emit(False)
        if good:
            if order.lane == "data":
                self.answered.emit()
            if order.done is not None and _alive(order.owner):
                order.done(result)
        elif isinstance(result, Exception):
            self._fail(order, result)

    def _fail(self, order: _Order, error: Exception) -> None:
        if not isinstance(error, Refused | Conflict | Unavailable):
            self.bug.emit(error)
            raise error
        if order.lane == "data" and isinstance(error, Unavailable):
            self.lost.emit(error)
        if not _alive(order.owner):
            return
        if order.failed is not None:
            order.failed(error)
        else:
            self.trouble.emit(error)


def _nothing() -> None:
    """For threads that need no connection."""


def _alive(thing: object) -> bool:
    return not isinstance(thing, QObject) or shiboken6.isValid(thing)
