"""An officer's PC as a process of its own, which a test can kill: `python -m tests.support.clerk PLACE LOGIN`.

It logs in, then reads one command a line and answers each with one line, both JSON. Everything goes through the
program's own services; what it answered is what an officer would have been told.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from app.errors import Shown
from app.models import base
from app.services import accounts, act, changes, queue, queue_board
from app.services.accounts import Who
from app.services.opening import Opening
from app.sop.pelita3 import PELITA3
from tests.support import line

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "rahasia-uji-1"


class Clerk:
    """Such a process, seen from the test."""

    def __init__(self, place: str, login: str, **surroundings: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.support.clerk", place, login],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=os.environ | surroundings,
        )  # fmt: skip
        self.killed = False

    def hear(self) -> dict[str, Any]:
        """The next answer."""
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        return dict(json.loads(line)) if line else {}

    def say(self, **command: object) -> None:
        """A command, without waiting for its answer."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(command) + "\n")
        self._process.stdin.flush()

    def ask(self, **command: object) -> dict[str, Any]:
        """A command and its answer."""
        self.say(**command)
        return self.hear()

    def kill(self) -> list[dict[str, Any]]:
        """SIGKILL: what it had still answered in whole lines."""
        self._process.kill()
        self.killed = True
        out, _ = self._process.communicate()
        return [json.loads(line) for line in out.split("\n")[:-1]]

    def close(self) -> None:
        """The end of the input is the end of its work."""
        if not self.killed:
            self._process.communicate(timeout=30)


@contextmanager
def clerk(place: str, login: str, **surroundings: str) -> Iterator[Clerk]:
    """A clerk who has logged in, or whose first answer says why he could not."""
    made = Clerk(place, login, **surroundings)
    try:
        yield made
    finally:
        made.close()


# --- in the process of its own ---


def _act(who: Who, file: int, action: str, n: int, key: str, note: str = "") -> Mapping[str, Any]:
    moved = act.act(who, file, action, n, key, note)
    return {"key": key, "n": moved.n, "stage": moved.stage, "at": moved.at.isoformat()}


def _busy(who: Who) -> Mapping[str, Any]:
    """As fast as he can, until he is killed: a ticket, registered, cancelled; each step is told at once."""
    while True:
        keys = {name: base.new_key() for name in ("ticket", "berkas", "paraf")}
        line.called(who, keys["ticket"])
        _say({"table": "ticket", "key": keys["ticket"]})
        file = line.registered(who, keys["ticket"], keys["berkas"])
        _say({"table": "berkas", "key": keys["berkas"]})
        act.act(who, file.id, "batalkan", file.n, keys["paraf"], "uji listrik padam")
        _say({"table": "paraf", "key": keys["paraf"]})


def _tickets(who: Who) -> Mapping[str, Any]:
    return {"waiting": [ticket.label for ticket in queue_board.board(who.place).following]}


def _call(who: Who, key: str) -> Mapping[str, Any]:
    return {"label": queue.call_next(who.place, key).label}


def _board(who: Who) -> Mapping[str, Any]:
    found = queue_board.board(who.place)
    return {"mine": found.mine.label if found.mine else "", "following": [t.label for t in found.following]}


def _begin(who: Who, label: str, key: str) -> Mapping[str, Any]:
    mine = queue_board.board(who.place).mine
    assert mine is not None
    assert mine.label == label
    return {"state": queue.start(mine.id, who.place, key).state.value}


def _tell(who: Who) -> Mapping[str, Any]:
    changes.tell()
    return {}


def _mail(who: Who) -> Mapping[str, Any]:
    from app.jobs import mailer  # noqa: PLC0415  - paper is loaded only where it is needed
    from app.jobs.workshop import Workshop  # noqa: PLC0415  - as above

    sent = mailer.run_once(Workshop(PELITA3, Path.cwd()), who)
    return {"states": [m.state for m in sent]}


COMMANDS: dict[str, Callable[..., Mapping[str, Any]]] = {
    "act": _act,
    "begin": _begin,
    "board": _board,
    "busy": _busy,
    "call": _call,
    "mail": _mail,
    "tickets": _tickets,
    "tell": _tell,
}


def _say(answer: Mapping[str, Any]) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


def _answered(do: Callable[[], Mapping[str, Any]]) -> None:
    try:
        answer = do()
    except Shown as e:
        answer = {"error": type(e).__name__, "code": e.code, "message": e.message}
    _say(answer)


def main(place: str, login: str) -> None:
    """Log in, then do what is read until there is nothing more."""
    opening = Opening(place if "://" in place else Path(place), PELITA3)
    seat: list[Who] = []

    def enter() -> Mapping[str, Any]:
        opening.open()
        account = accounts.log_in(login, PASSWORD, "PC-JURU-TULIS")
        seat.append(accounts.work_as(account, account.hats[0].role))
        return {"seated": login}

    _answered(enter)
    for said in sys.stdin:
        command = dict(json.loads(said))
        do = COMMANDS[command.pop("do")]
        _answered(lambda do=do, command=command: do(seat[0], **command))  # type: ignore[misc]
    opening.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
