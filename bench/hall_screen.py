"""The hall's real screen in a process of its own, off screen: says when which number was painted.

From the press of a button (asked of the database, told to the others) to the end of the paint event in which the number
stands on the screen, both by the machine's one steady clock.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from hall_place import COUNTERS, TV, Hall
from PySide6.QtCore import QEvent, QObject, QSocketNotifier, QTimer
from server_place import PASSWORD
from server_place import seat as sit

from app.models import base, news
from app.services import queue
from app.services.keys import new_key
from app.services.opening import Opening
from app.sop.model import Role
from app.sop.pelita3 import PELITA3
from app.ui.application import make_application
from app.ui.display.program import Display
from app.ui.display.scene import Scene
from app.ui.display.setup import Setup

WAIT = 10.0
"""Seconds after which a call that the screen does not show counts as missed."""
CONNECTIONS = 2
"""A screen on a server has one that asks and one that listens."""


class Eye(QObject):
    """Watches the wall being painted."""

    def __init__(self, display: Display) -> None:
        super().__init__(display)
        self._display, self._shown = display, frozenset[tuple[str, str]]()
        display.wall.installEventFilter(self)
        self._alive = QTimer(self, interval=1000)
        self._alive.timeout.connect(lambda: say({"at": time.monotonic(), "new": []}))
        self._alive.start()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's own name
        """What is queued while painting is done after it."""
        if event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, self, self._painted)
        return False

    def _painted(self) -> None:
        now, scene = time.monotonic(), self._display.wall.scene
        shown = _rows(scene) if scene is not None and self._display.hall is not None else frozenset()
        if self._display.hall is not None and (new := shown - self._shown):
            say({"at": now, "new": sorted(label for label, _ in new)})
        self._shown = shown


def _rows(scene: Scene) -> frozenset[tuple[str, str]]:
    rows = [scene.main, *scene.others, *scene.listed]
    return frozenset((r.label, r.place) for r in rows if r is not None)


def say(what: Any) -> None:
    """A line for whoever presses."""
    print(json.dumps(what), flush=True)


def screen(address: str, folder: Path) -> None:
    """The program of `pelita3 display`, silent, until standard input ends."""
    app, opening = make_application(["ukur"]), Opening(address if "://" in address else Path(address), PELITA3)
    setup = Setup(
        folder=folder, login=TV, password=lambda: PASSWORD, muted=True, windowed=True,
        database=None if "://" in address else Path(address), open_office=opening.open, close_office=opening.close,
    )  # fmt: skip
    display = Display(setup)
    eye = Eye(display)
    end = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read, eye)
    end.activated.connect(app.quit)
    app.aboutToQuit.connect(display.close)
    display.start()
    display.wall.resize(1920, 1080)
    app.exec()


# --- whoever presses -------------------------------------------------------------------------------------------------


class Screen:
    """The other process, as the presser knows it."""

    def __init__(self, hall: Hall) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="pelita3-layar-")
        self._child = subprocess.Popen(
            [sys.executable, str(Path(__file__)), hall.address, self._folder.name], text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        )  # fmt: skip
        self._hall = hall

    def wait(self, first: str) -> None:
        """Until it shows this number and listens."""
        self.shows(first, 30)
        end = time.monotonic() + 30
        while self._hall.server is not None and self._connections() < CONNECTIONS:
            if time.monotonic() > end:
                raise SystemExit("the screen does not listen")
            time.sleep(0.05)

    def _connections(self) -> int:
        asked = f"select count(*) from pg_stat_activity where usename = 'p_{TV}'"  # noqa: S608  our own word
        return int(self._hall.ask(asked)[0][0])

    def shows(self, label: str, seconds: float = WAIT) -> float:
        """When it painted this number; waits for it."""
        assert self._child.stdout
        end = time.monotonic() + seconds
        for line in self._child.stdout:
            told = json.loads(line)
            if label in told["new"]:
                return float(told["at"])
            if told["at"] > end:
                raise SystemExit(f"{label} was called and never stood on the screen")
        raise SystemExit("the screen has ended")

    def close(self) -> None:
        """Enough seen."""
        self._child.communicate()
        self._folder.cleanup()


class Presser:
    """The officer at the first counter, who calls and listens to no clock."""

    def __init__(self, hall: Hall, place: str) -> None:
        self.place = place
        self._dice = random.Random(place)  # noqa: S311  how long he waits in between
        if hall.server is not None:
            sit(hall.address, COUNTERS[0], Role.FO)
        else:
            base.open_sqlite(Path(hall.address))
            base.db.connect()
            base.session.actor = COUNTERS[0]

    def call(self) -> tuple[float, str, int]:
        """Press "Panggil berikut": when, and whom it called. The window's thread asks, then tells the others."""
        begin = time.monotonic()
        ticket = queue.call_next(self.place, new_key())
        news.tell()
        return begin, ticket.label, ticket.id

    def finish(self, ticket: int) -> None:
        """Done with him, and a moment of rest that keeps no step with the screen's own timers."""
        queue.done(ticket, self.place, new_key())
        news.tell()
        time.sleep(0.2 + 0.5 * self._dice.random())


def measure(hall: Hall, times: int) -> list[float]:
    """Milliseconds from the press to the number on the screen, so many times."""
    presser = Presser(hall, "Loket 1")
    taken = []
    _, first, ticket = presser.call()
    screen_ = Screen(hall)
    try:
        screen_.wait(first)
        presser.finish(ticket)
        for _ in range(times):
            begin, label, ticket = presser.call()
            taken.append((screen_.shows(label) - begin) * 1e3)
            presser.finish(ticket)
    finally:
        screen_.close()
        base.db.close()
    return taken


if __name__ == "__main__":
    screen(sys.argv[1], Path(sys.argv[2]))
