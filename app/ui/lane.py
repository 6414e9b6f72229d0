"""The threads: one for the database that outlives a lost connection, and lines of threads for everything else."""

from __future__ import annotations

import threading
import uuid
from collections import deque
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass, field
from typing import Any

from app.errors import Refused, Unavailable
from app.services.waiting import Waiting, delays

LOST = "lost"
"""Code of an Unavailable that says: the connection broke, or the server is out of reach."""
ENDED = frozenset({"inactive", "password"})
"""Codes with which a server turns an officer away who was already at work."""


def nothing() -> None:
    """For threads that need no connection, and offices with one desk."""


def no_patience(_waiting: Waiting) -> AbstractContextManager[object]:
    """For an office without connections that could break."""
    return nullcontext()


def same_keys(_key: str) -> AbstractContextManager[object]:
    """For jobs whose keys need not be drawn again: each draw is another key."""
    return nullcontext()


@dataclass(frozen=True)
class Hooks:
    """What surrounds a job: connecting, disconnecting, its idempotency keys, and telling the other desks.

    `keys(job key)` makes every key drawn inside a job follow from the job's own, so that a job run again repeats them.
    `patience(waiting)` makes each statement inside long work wait for a lost connection, since what the work did in
    between (a paper printed, a mail sent) must not be done again.
    """

    start: Callable[[], None] = nothing
    stop: Callable[[], None] = nothing
    keys: Callable[[str], AbstractContextManager[object]] = same_keys
    tell: Callable[[], None] = nothing
    patience: Callable[[Waiting], AbstractContextManager[object]] = no_patience


@dataclass(frozen=True)
class Job:
    """One asked thing. `keep`: hold it through a lost connection; `tells`: other desks should look when it is done.

    `door`: "anew" connects again before it, "shut" ends the connection and does it without one. `waiting`: how long
    work waits for a lost connection.
    """

    number: int
    fn: Callable[[], Any]
    keep: bool = True
    tells: bool = False
    door: str = ""
    waiting: Waiting | None = None
    key: str = field(default_factory=lambda: str(uuid.uuid4()))


@dataclass(frozen=True)
class Told:
    """Where a thread brings what happened; each may be called from any thread.

    `back` takes a job's number, whether it went well, and its answer or error. `lost` is told again when the reason
    becomes another; `found` when the connection is back; `ended` when the server has ended the officer's session.
    """

    back: Callable[[int, bool, object], None]
    lost: Callable[[Exception], None]
    found: Callable[[], None]
    ended: Callable[[Exception], None]


def tell_desks(hooks: Hooks, job: Job) -> None:
    """After something was written: the others learn it at once; if not, their next look finds it."""
    if job.tells:
        with suppress(Exception):
            hooks.tell()


class DataLane:
    """The database thread: one connection for its whole life, jobs in the order they were asked.

    A job whose connection broke is kept, the thread connects again (at once, then ever more patiently) and runs the
    same job again; what was asked later waits behind it. Only when the first try does not help is the loss told.
    A job with `keep=False` fails instead: somebody at a log-in wants to know at once.
    """

    def __init__(self, hooks: Hooks, told: Told) -> None:
        self._hooks, self._told = hooks, told
        self._line: deque[Job] = deque()
        self._changed = threading.Condition()
        self._closed, self._era = False, 0
        self._open = self._began = False
        self._trouble: Exception | None = None
        self._thread = threading.Thread(target=self._run, name="pelita-data", daemon=True)
        self._thread.start()

    def put(self, job: Job) -> None:
        """Ask it after all others."""
        with self._changed:
            self._line.append(job)
            self._changed.notify_all()

    def drop(self) -> None:
        """Forget what waits, also the job that is kept through a lost connection."""
        with self._changed:
            self._line.clear()
            self._era += 1
            self._changed.notify_all()

    def close(self) -> None:
        """End after what was asked; while the connection is lost nothing is waited for."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def join(self) -> None:
        """Wait for the end."""
        self._thread.join()

    # --- in the thread -----------------------------------------------------------------------------------------------

    def _run(self) -> None:
        while (taken := self._next()) is not None:
            self._serve(*taken)
            del taken
        self._disconnect()

    def _next(self) -> tuple[Job, int] | None:
        with self._changed:
            self._changed.wait_for(lambda: bool(self._line) or self._closed)
            return (self._line.popleft(), self._era) if self._line else None

    def _serve(self, job: Job, era: int) -> None:
        again = False
        for delay in delays():
            good, result = self._attempt(job)
            if not (job.keep and isinstance(result, Unavailable) and self._away(result)):
                self._settle(job, good, result)
                return
            if again:
                self._tell_lost(result)
            if not self._rest(delay, era):
                self._trouble = None
                return
            again = True

    def _attempt(self, job: Job) -> tuple[bool, object]:
        try:
            if job.door:
                self._disconnect()
                self._began = False
            if not self._open and job.door != "shut":
                self._hooks.start()
                self._open = self._began = True
            with self._hooks.keys(job.key):
                result = job.fn()
        except Exception as error:  # noqa: BLE001 - every error goes to the GUI thread, which knows bugs from refusals
            if isinstance(error, Unavailable) and error.code == LOST:
                self._disconnect()
            return False, error
        tell_desks(self._hooks, job)
        return True, result

    def _away(self, error: Unavailable) -> bool:
        """Whether there is no connection: it broke, or one that was there cannot be had back for whatever reason."""
        return error.code == LOST or (not self._open and (self._began or self._trouble is not None))

    def _tell_lost(self, error: Unavailable) -> None:
        before, self._trouble = self._trouble, error
        if before is None or str(before) != str(error):
            self._told.lost(error)
        for job in self._take(keep=False):
            self._told.back(job.number, False, error)

    def _take(self, *, keep: bool) -> list[Job]:
        """Out of the line: those that can be kept, or those that cannot."""
        with self._changed:
            taken = [job for job in self._line if job.keep == keep]
            self._line = deque(job for job in self._line if job.keep != keep)
        return taken

    def _rest(self, seconds: float, era: int) -> bool:
        """Wait before the next try; False when it is no longer wanted."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._era != era, timeout=seconds)
            if self._closed:
                self._line.clear()
            return not self._closed and self._era == era

    def _settle(self, job: Job, good: bool, result: object) -> None:
        was_lost, self._trouble = self._trouble is not None, None
        turned_away = job.keep and isinstance(result, Refused) and result.code in ENDED and self._shut_out()
        if was_lost and not turned_away:
            self._told.found()
        self._told.back(job.number, good, result)
        if turned_away and isinstance(result, Refused):
            # The officer's session is over: nothing that he asked can be done any more.
            for other in self._take(keep=True):
                self._told.back(other.number, False, result)
            self._told.ended(result)

    def _shut_out(self) -> bool:
        """Whether the server lets this officer in no more; a password typed wrong is no reason to send him home."""
        self._disconnect()
        try:
            self._hooks.start()
        except Refused as error:
            return error.code in ENDED
        except Exception:  # noqa: BLE001 - whatever else it is, the next job will meet it
            return False
        self._open = True
        return False

    def _disconnect(self) -> None:
        if self._open:
            self._open = False
            with suppress(Exception):  # a dead connection may complain of its end
                self._hooks.stop()
