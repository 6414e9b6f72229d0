"""What is said next in the hall: one after the other, each ticket once in line, nothing that is no longer true."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.services.hall import Call, Hall
from app.sop.queue import State

OLDEST = timedelta(seconds=60)
"""A call older than that is not said any more: its owner has seen it, or the officer calls again."""


@dataclass(frozen=True)
class Announcement:
    """One thing to say: a call, the same once more, or that it was none."""

    call: Call
    withdrawn: bool = False
    again: bool = False


class Announcer:
    """The line of what must be said. Any thread may show it the hall or ask it."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now, self._lock = now, threading.Lock()
        self._line: dict[int, Announcement] = {}
        self._known: dict[int, int] = {}
        self._calls: dict[int, Call] = {}
        self._spoken: set[int] = set()
        self._once: Call | None = None

    def see(self, hall: Hall) -> None:
        """Take over the hall as it is now."""
        with self._lock:
            self._calls = {c.ticket_id: c for c in hall.calls}
            for call in reversed(hall.calls):
                if self._is_new(call):
                    self._line[call.ticket_id] = Announcement(call)
            for call in reversed(hall.taken_back):
                if self._is_new(call):
                    self._withdraw(call)
            present = {c.ticket_id for c in (*hall.calls, *hall.taken_back)}
            self._known = {t: n for t, n in self._known.items() if t in present}
            self._spoken &= present
            self._purge()

    def waiting(self) -> bool:
        """Whether something stands in line."""
        with self._lock:
            self._purge()
            return bool(self._line)

    def next(self) -> Announcement | None:
        """What is to be said now. From here on it counts as said."""
        with self._lock:
            self._purge()
            if self._line:
                found = self._line.pop(next(iter(self._line)))
                self._once = None if found.withdrawn else found.call
            elif self._once is not None and self._stands(self._once):
                found, self._once = Announcement(self._once, again=True), None
            else:
                return None
            (self._spoken.discard if found.withdrawn else self._spoken.add)(found.call.ticket_id)
            return found

    def _is_new(self, call: Call) -> bool:
        new = call.id > self._known.get(call.ticket_id, 0)
        self._known[call.ticket_id] = max(call.id, self._known.get(call.ticket_id, 0))
        return new

    def _withdraw(self, call: Call) -> None:
        """Said aloud only where the call itself was: nobody need be told of what nobody heard."""
        self._line.pop(call.ticket_id, None)
        if self._once is not None and self._once.ticket_id == call.ticket_id:
            self._once = None
        if call.ticket_id in self._spoken:
            self._line[call.ticket_id] = Announcement(call, withdrawn=True)

    def _purge(self) -> None:
        for ticket, item in list(self._line.items()):
            if not (self._young(item.call) if item.withdrawn else self._stands(item.call)):
                del self._line[ticket]

    def _stands(self, call: Call) -> bool:
        """Whether this call is still the ticket's, nobody has come for it, and it is not too old to be said."""
        now = self._calls.get(call.ticket_id)
        return now is not None and now.id == call.id and now.state is State.CALLED and self._young(call)

    def _young(self, call: Call) -> bool:
        return self._now() - call.at <= OLDEST
