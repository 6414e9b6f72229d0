"""Many counters as real processes: `python -m tests.support.rush PLACE WHAT EACH < seats` forks one for each seat.

All of them come in, wait for each other, and begin at the same moment. What each was told is one line of JSON.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from app.errors import Conflict, Refused, Shown, Unavailable
from app.models import base
from app.services import accounts, queue
from app.services.keys import new_key
from app.services.opening import Opening
from app.sop.pelita3 import PELITA3

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "rahasia-uji-1"
PATIENCE = 30
Told = dict[str, Any]


class Seat(NamedTuple):
    """Who sits in one process, and at which counter."""

    login: str
    place: str


def rush(place: str | Path, what: str, seats: Sequence[Seat], each: int = 0) -> list[list[Told]]:
    """All processes do `what`, `each` so many times; what each of them was told."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.support.rush", str(place), what, str(each)],
        input=json.dumps(seats), capture_output=True, text=True, cwd=ROOT, check=False, timeout=280,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return [json.loads(line) for line in done.stdout.splitlines()]


# --- in the processes ---


def _pressed(verb: Callable[..., Any], *of: Any, **more: Any) -> Any:
    """As an officer does: where the database says it is busy, the same press again. The verb's last word is its key."""
    end, key = time.monotonic() + PATIENCE, new_key()
    while True:
        try:
            return verb(*of, key, **more)
        except Unavailable:
            if time.monotonic() > end:
                raise


def _issue(seat: Seat, each: int) -> Iterable[Told]:
    for i in range(each):
        ticket = _pressed(queue.issue, priority=i % 8 == 0).ticket
        yield {"id": ticket.id, "label": ticket.label, "code": ticket.code}


def _until_full(seat: Seat, each: int) -> Iterable[Told]:
    """Numbers of one service, until its quota is used up."""
    while True:
        try:
            yield {"label": _pressed(queue.issue, service="B").ticket.label}
        except Refused as refused:
            yield {"code": refused.code}
            return


def _drain(seat: Seat, each: int) -> Iterable[Told]:
    """Call, serve, done with; until nobody waits any more."""
    while True:
        try:
            ticket = _pressed(queue.call_next, seat.place)
        except Conflict as conflict:
            yield {"code": conflict.code}
            return
        _pressed(queue.start, ticket.id, seat.place)
        _pressed(queue.done, ticket.id, seat.place)
        yield {"id": ticket.id, "label": ticket.label}


def _pick(seat: Seat, each: int) -> Iterable[Told]:
    """All of them want the tickets with these ids, one after the other: 1, 2, ... `each`."""
    for ticket in range(1, each + 1):
        try:
            _pressed(queue.call, ticket, seat.place, reason="uji dua loket")
        except Conflict as conflict:
            yield {"code": conflict.code, "said": conflict.message}
            continue
        _pressed(queue.done, ticket, seat.place)
        yield {"won": ticket}


WORK: dict[str, Callable[[Seat, int], Iterable[Told]]] = {
    "issue": _issue,
    "full": _until_full,
    "drain": _drain,
    "pick": _pick,
}


def _come_in(place: str, seat: Seat) -> None:
    if "://" in place:
        Opening(place, PELITA3).open()
        account = accounts.log_in(seat.login, PASSWORD, f"PC {seat.place}")
        accounts.work_as(account, account.hats[0].role)
        return
    database = base.open_sqlite(Path(place))
    base.db.connect()
    # That power may fail at any time is proved elsewhere; here it is about who comes first.
    database.pragma("synchronous", 0, permanent=True)
    base.session.actor = seat.login


def _child(place: str, what: str, seat: Seat, each: int, ready: int, go: int, out: int) -> None:
    try:
        _come_in(place, seat)
        os.write(ready, b".")
        os.read(go, 1)
        told: object = list(WORK[what](seat, each))
    except Shown as error:
        told = [{"error": f"{type(error).__name__} {error.code}: {error.message}"}]
        os.write(ready, b".")
    with os.fdopen(out, "w", encoding="utf-8") as file:
        json.dump(told, file)


def main(place: str, what: str, each: int, seats: Sequence[Seat]) -> None:
    """Fork, let all begin together, and tell what they were told."""
    ready, go = os.pipe(), os.pipe()
    answers = []
    for seat in seats:
        mine = os.pipe()
        if not os.fork():
            os.close(go[1])
            _child(place, what, seat, each, ready[1], go[0], mine[1])
            os._exit(0)
        os.close(mine[1])
        answers.append(mine[0])
    waiting = len(seats)
    while waiting:
        waiting -= len(os.read(ready[0], waiting))
    os.close(go[1])
    for answer in answers:
        with os.fdopen(answer, encoding="utf-8") as file:
            sys.stdout.write(file.read() + "\n")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), [Seat(*s) for s in json.loads(sys.stdin.read())])
