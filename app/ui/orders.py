"""One asked thing as the GUI thread keeps it, and what long work is given to report by."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

import shiboken6
from PySide6.QtCore import QObject

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

    def report(self, done: int, total: int, text: str = "") -> None:
        """So much of so much; may be called from the working thread only."""
        self._say(lambda watcher: watcher.report(done, total, text))

    def result(self, label: str, ok: bool, reason: str = "") -> None:
        """One item ended, well or not."""
        self._say(lambda watcher: watcher.result(label, ok, reason))


@dataclass(frozen=True)
class Settled:
    """What became of a command that had to wait for a lost connection; `error` where it was not saved."""

    command: str
    error: Exception | None


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
