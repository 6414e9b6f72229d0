"""Many machines and counters as real processes: `python hall_rush.py ADDRESS WHAT EACH < seats` forks one for each.

All of them come in (on a server by password and TLS, each under a login of its own), wait for each other, and begin at
the same moment. What each did is one line of JSON.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from hall_place import PLAIN
from server_place import seat as sit

from app.errors import Conflict, Refused, Unavailable
from app.models import base, news
from app.services import queue
from app.services.keys import new_key
from app.sop.model import Role

PATIENCE = 60.0
EVERY_PRIORITY = 8
"""One visitor in so many asks for a priority number."""


class Seat(NamedTuple):
    """Who works in one process, at which counter, and how many seconds lie between two of his acts (0: none)."""

    login: str
    role: Role
    place: str = ""
    pace: float = 0.0


@dataclass
class Did:
    """What one process did: monotonic seconds of its first and last moment, milliseconds of each press, its tickets."""

    begin: float = 0.0
    end: float = 0.0
    ms: list[float] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    called: list[int] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


Work = Callable[[Seat, int, Did], None]


class Rush:
    """Processes that have come in; `go` lets them begin, `done` waits for what they did."""

    def __init__(self, address: str, what: str, seats: Sequence[Seat], each: int) -> None:
        command = [sys.executable, str(Path(__file__)), address, what, str(each)]
        self._child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self._say(json.dumps(seats))
        assert self._child.stdout
        if self._child.stdout.readline() != "ready\n":
            raise SystemExit(f"the processes of “{what}” did not come in")

    def _say(self, line: str) -> None:
        assert self._child.stdin
        self._child.stdin.write(f"{line}\n")
        self._child.stdin.flush()

    def go(self) -> None:
        """Now."""
        self._say("go")

    def done(self) -> list[Did]:
        """All of them, when the last has ended."""
        out, _ = self._child.communicate()
        if self._child.returncode:
            raise SystemExit("one of the processes failed")
        return [Did(**json.loads(line)) for line in out.splitlines()]


def rush(address: str, what: str, seats: Sequence[Seat], each: int = 0) -> list[Did]:
    """All processes do `what`, `each` so many times."""
    crowd = Rush(address, what, seats, each)
    crowd.go()
    return crowd.done()


# --- in the processes ------------------------------------------------------------------------------------------------


def _pressed(did: Did, verb: Callable[[str], Any], *, timed: bool = True) -> Any:
    """One press: while the database is busy the same one again, as the program does it."""
    key, begin = new_key(), time.perf_counter()
    while True:
        try:
            found = verb(key)
        except Unavailable:
            if time.perf_counter() - begin > PATIENCE:
                raise
            continue
        if timed:
            did.ms.append((time.perf_counter() - begin) * 1e3)
        return found


def _issue(_seat: Seat, each: int, did: Did) -> None:
    """Numbers of one service, which is the hardest case: all of them wait for the same row."""
    for i in range(each):
        priority = i % EVERY_PRIORITY == EVERY_PRIORITY - 1
        try:
            given = _pressed(did, partial(queue.issue, service="A", priority=priority))
        except Refused as refused:
            did.refused.append(refused.code)
            continue
        did.labels.append(given.ticket.label)


def _drain(seat: Seat, _each: int, did: Did) -> None:
    """Call, serve, done with, until nobody waits any more; only the call is timed."""
    while True:
        try:
            ticket = _pressed(did, partial(queue.call_next, seat.place))
        except Conflict as conflict:
            did.refused.append(conflict.code)
            return
        did.called.append(ticket.id)
        _pressed(did, partial(queue.start, ticket.id, seat.place), timed=False)
        _pressed(did, partial(queue.done, ticket.id, seat.place), timed=False)


def _work(seat: Seat, each: int, did: Did) -> None:
    """A hall's usual day for `each` seconds: a kiosk gives a number, a counter serves one, at the seat's pace."""
    end = time.monotonic() + each
    while time.monotonic() < end:
        if seat.role is Role.KIOSK:
            did.labels.append(_pressed(did, partial(queue.issue, service="B")).ticket.label)
        else:
            ticket = _pressed(did, partial(queue.call_next, seat.place))
            did.called.append(ticket.id)
            news.tell()
            _pressed(did, partial(queue.start, ticket.id, seat.place), timed=False)
            _pressed(did, partial(queue.done, ticket.id, seat.place), timed=False)
        news.tell()
        time.sleep(seat.pace)


def _plain(_seat: Seat, each: int, did: Did) -> None:
    """What everything is compared with: one row into a table that nobody guards, over the same connection."""
    on_server = base.on_server()
    mark = "%s" if on_server else "?"
    insert = f"insert into {PLAIN[on_server]}(service, priority, key) values ({mark}, {mark}, {mark})"  # noqa: S608  ours
    for _ in range(each):
        _pressed(did, lambda key: base.db.execute_sql(insert, ("A", 0, key)))


WORK: dict[str, Work] = {"issue": _issue, "drain": _drain, "work": _work, "plain": _plain}


def _come_in(address: str, seat: Seat) -> None:
    if "://" in address:
        sit(address, seat.login, seat.role)
        return
    base.open_sqlite(Path(address))
    base.db.connect()
    base.session.actor = seat.login


def _child(address: str, what: str, seat: Seat, each: int, ready: int, go: int, out: int) -> None:
    _come_in(address, seat)
    os.write(ready, b".")
    os.read(go, 1)
    did = Did(begin=time.monotonic())
    WORK[what](seat, each, did)
    did.end = time.monotonic()
    with os.fdopen(out, "w", encoding="ascii") as file:
        json.dump(asdict(did), file)


def _fork(address: str, what: str, seat: Seat, each: int, ready: tuple[int, int], go: tuple[int, int]) -> int:
    """A process for one seat; where its answer can be read."""
    mine, code = os.pipe(), 1
    if not os.fork():
        os.close(go[1])
        try:
            _child(address, what, seat, each, ready[1], go[0], mine[1])
            code = 0
        except Exception:  # noqa: BLE001  said, and told to whoever waits for it
            traceback.print_exc()
            os.write(ready[1], b"x")
        finally:
            os._exit(code)
    os.close(mine[1])
    return mine[0]


def main(address: str, what: str, each: int) -> None:
    """Fork, let all begin together, and tell what they did."""
    seats = [Seat(s[0], Role(s[1]), *s[2:]) for s in json.loads(sys.stdin.readline())]
    ready, go = os.pipe(), os.pipe()
    answers = [_fork(address, what, seat, each, ready, go) for seat in seats]
    os.close(ready[1])
    waiting = len(seats)
    while waiting:
        came = os.read(ready[0], waiting)
        if b"x" in came or not came:
            sys.exit(1)
        waiting -= len(came)
    print("ready", flush=True)
    sys.stdin.readline()
    os.close(go[1])
    for answer in answers:
        with os.fdopen(answer, encoding="ascii") as file:
            print(file.read())
    sys.exit(any(os.waitstatus_to_exitcode(os.wait()[1]) for _ in seats))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
