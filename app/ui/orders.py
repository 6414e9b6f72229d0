"""One asked thing as the GUI thread keeps it, and what long work is given to report by."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Protocol

import shiboken6
from PySide6.QtCore import QObject, Signal

Failed = Callable[[Exception], None]


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

    def rest(self, seconds: float) -> bool:
        """Do nothing for so long; True as soon as the officer wants the end."""
        return self._stop.wait(seconds)

    def report(self, done: int, total: int, text: str = "") -> None:
        """So much of so much; may be called from the working thread only."""
        self._say(lambda watcher: watcher.report(done, total, text))

    def result(self, label: str, ok: bool, reason: str = "") -> None:
        """One item ended, well or not."""
        self._say(lambda watcher: watcher.result(label, ok, reason))


@dataclass(frozen=True)
class Settled:
    """What became of a command that had to wait for a lost connection; `error` where it was not saved.

    `work`: it was long work that went on to its end; what came of its parts, its own report says.
    """

    command: str
    error: Exception | None
    work: bool = False


@dataclass
class Order:
    """One asked thing, kept on the GUI thread: a worker sees only its number and its function."""

    lane: str
    done: Callable[[Any], None] | None
    failed: Failed | None
    owner: QObject | None
    dead: Dead | None = None
    watcher: Watcher | None = None
    progress: Progress | None = None
    command: str = ""
    quiet: bool = False
    waited: bool = False
    resumed: bool = False

    def settled(self, error: Exception | None) -> Settled | None:
        """What is told of it at its end, if it had to wait. Work that gave up waiting tells itself how far it came."""
        if self.lane == "work" and error is None:
            return Settled(self.command, None, work=True) if self.resumed else None
        return Settled(self.command, error) if self.waited or self.resumed else None


class Orders(QObject):
    """What was asked and is not answered, by number; buttons are held meanwhile."""

    busy = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self._orders: dict[int, Order] = {}

    def begin(self, number: int, order: Order) -> None:
        """It was asked."""
        if order.dead is not None:
            order.dead.hold()
        if not order.quiet and not self.are_busy():
            self.busy.emit(True)
        self._orders[number] = order

    def end(self, number: int) -> Order | None:
        """It was answered, or nobody wants it any more; None where that was so before."""
        order = self._orders.pop(number, None)
        if order is None:
            return None
        if order.dead is not None and alive(order.dead):
            order.dead.release()
        if not order.quiet and not self.are_busy():
            self.busy.emit(False)
        return order

    def give_up(self, lane: str, pending: Iterable[int] = ()) -> None:
        """End all of a lane that waits for its connection, and the given ones that wait for their turn."""
        for number, order in self.of(lane):
            if order.waited or number in pending:
                if order.progress is not None:
                    order.progress.stop()
                self.end(number)

    def get(self, number: int) -> Order | None:
        """The order of this number, if it is not answered."""
        return self._orders.get(number)

    def of(self, lane: str = "") -> list[tuple[int, Order]]:
        """Those of one lane, or all."""
        return [(n, order) for n, order in self._orders.items() if lane in {"", order.lane}]

    def are_busy(self) -> bool:
        """Whether somebody is shown to wait."""
        return any(not order.quiet for order in self._orders.values())

    def __len__(self) -> int:
        """How many are not answered."""
        return len(self._orders)

    def clear(self) -> None:
        """Forget all, without a word to anybody."""
        self._orders.clear()


def owner_of(done: Callable[..., Any] | None, owner: QObject | None) -> QObject | None:
    """Whose end makes an answer useless: the given one, or the widget that `done` belongs to."""
    bound = getattr(done, "__self__", None)
    return owner or (bound if isinstance(bound, QObject) else None)


def words_of(dead: Dead | None) -> str:
    """What a held button does, in its own words."""
    name = getattr(dead, "accessibleName", None)
    return str(name()) if name is not None else ""


def alive(thing: object) -> bool:
    """Whether it is still there: Qt deletes its own, whatever Python holds."""
    return not isinstance(thing, QObject) or shiboken6.isValid(thing)
