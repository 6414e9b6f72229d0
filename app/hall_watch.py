"""Keeps a machine of the hall alive: its program in a child process, begun again when it ends or stands still."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import app

AGAIN = 75
"""How a watched program ends that wants to begin anew (at night)."""
BROKEN = 70
"""How it ends after an error of its own."""
USAGE = 2
BEAT = "\x06"
WATCHED = "PELITA3_WATCHED"


@dataclass(frozen=True)
class Patience:
    """Seconds: without a sign of life, between two starts, and how long a good life makes earlier ends forgotten."""

    silent: float = 60.0
    start: float = 120.0
    pauses: tuple[float, ...] = (1.0, 2.0, 5.0, 10.0, 30.0)
    calm: float = 600.0
    look: float = 0.5


def is_watched() -> bool:
    """Whether a watcher looks after this process."""
    return bool(os.environ.get(WATCHED))


def beat() -> None:
    """A sign of life; nothing where nobody watches."""
    if is_watched():
        with suppress(OSError, ValueError):  # the watcher is gone: the visitors are still there
            sys.stdout.write(f"{BEAT}\n")
            sys.stdout.flush()


def watch(arguments: Sequence[str], patience: Patience | None = None, command: Sequence[str] = ()) -> int:
    """Run the program with these arguments for as long as it takes. Ends only when the program ends with 0 or 2."""
    # Told to end (by systemd, by the system's end), the child ends too.
    signal.signal(signal.SIGTERM, lambda _number, _frame: sys.exit(0))
    asked = patience or Patience()
    ran = [*(command or (sys.executable, "-m", "app")), *arguments]
    failures = 0
    while True:
        began = time.monotonic()
        code = _live(ran, asked)
        if code in {0, USAGE}:
            return code
        if code == AGAIN:
            failures = 0
            _say("memulai ulang seperti yang dijadwalkan")
            continue
        failures = 1 if time.monotonic() - began > asked.calm else failures + 1
        pause = asked.pauses[min(failures, len(asked.pauses)) - 1]
        _say(f"program berakhir dengan kode {code}, dimulai lagi {pause:g} detik lagi")
        time.sleep(pause)


class _Ear:
    """Listens to a child: signs of life are noted, all else it says is handed on."""

    def __init__(self, child: subprocess.Popen[str], start: float) -> None:
        self.heard = time.monotonic() + start
        self._child = child
        self._thread = threading.Thread(target=self._listen, name="pelita3-watch", daemon=True)
        self._thread.start()

    def _listen(self) -> None:
        assert self._child.stdout is not None
        for line in self._child.stdout:
            if line.startswith(BEAT):
                self.heard = time.monotonic()
            else:
                sys.stdout.write(line)
                sys.stdout.flush()

    def close(self) -> None:
        """After the child's end."""
        self._thread.join(5)
        if self._child.stdout is not None:
            self._child.stdout.close()


def _live(ran: Sequence[str], patience: Patience) -> int:
    """One life of the program; how it ended. One that stands still is killed."""
    known = os.environ.get("PYTHONPATH", "")
    home = str(Path(app.__file__).resolve().parent.parent)
    env = {**os.environ, WATCHED: "1", "PYTHONPATH": os.pathsep.join(p for p in (home, known) if p)}
    child = subprocess.Popen(ran, stdout=subprocess.PIPE, text=True, errors="replace", env=env)  # noqa: S603  ourselves
    ear = _Ear(child, patience.start - patience.silent)
    try:
        while True:
            with suppress(subprocess.TimeoutExpired):
                return child.wait(patience.look)
            if time.monotonic() - ear.heard > patience.silent:
                _say("program tidak memberi tanda hidup, dihentikan")
                child.kill()
                return child.wait() or BROKEN
    finally:
        if child.poll() is None:
            child.kill()
            child.wait()
        ear.close()


def _say(text: str) -> None:
    sys.stderr.write(f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ} pelita3: {text}\n")
