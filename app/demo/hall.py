"""The machines of the hall as the demonstration holds them: each a process under its own account, told by a pipe."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from app.demo import machine
from app.demo.machine import Post, Trouble
from app.demo.office import PEOPLE, DemoOffice
from app.demo.robot import Stuck
from app.sop.model import Role

NAMES = {Role.KIOSK: "kios", Role.DISPLAY: "layar TV"}
START_SECONDS, ANSWER_SECONDS, LEAVE_SECONDS = 120.0, 45.0, 20.0
"""A machine says itself what it waited for in vain: whoever asked is more patient than it is."""
Patience = Callable[[str, Callable[[], bool], float], object]
"""Waits so many seconds until that is true, and says what did not come."""


def _wait(what: str, ready: Callable[[], bool], seconds: float) -> None:
    """For whoever has no window that must live on meanwhile."""
    end = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > end:
            raise Stuck(f"tidak muncul: {what}")
        time.sleep(0.02)


class Machine:
    """One machine that runs beside the officers' window. `until` waits while that window lives on."""

    def __init__(self, office: DemoOffice, role: Role, pictures: Path, until: Patience = _wait) -> None:
        self.name, self._until, self._clock = NAMES[role], until, office.clock
        login = next(p.login for p in PEOPLE if p.roles == (role,))
        ahead = office.clock.now() - datetime.now(UTC) if office.clock else None
        post = Post(role, login, office.folder, office.place, office.printers, ahead, pictures)
        # A fresh interpreter: neither threads nor connections nor windows of this process are in it.
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._child = context.Process(target=machine.live, args=(theirs, post), name=self.name, daemon=True)
        self._child.start()
        theirs.close()
        self._follows = False

    @property
    def alive(self) -> bool:
        """Whether it still runs."""
        return self._child.is_alive()

    @property
    def pid(self) -> int:
        """Its process."""
        return self._child.pid or 0

    def ready(self) -> None:
        """Wait until people can use it; from now on it lives by the office's clock."""
        self.tell("ready", seconds=START_SECONDS)
        if self._clock:
            self._clock.follow(self._follow)
            self._follows = True

    def tell(self, order: str, *rest: object, seconds: float = ANSWER_SECONDS) -> Any:
        """Have it do this; what it answers. Stuck where it cannot."""
        try:
            self._pipe.send((order, *rest))
            self._until(f"jawaban {self.name}", self._pipe.poll, seconds)
            answer = self._pipe.recv()
        except (EOFError, OSError) as error:
            raise Stuck(f"{self.name} berhenti sendiri") from error
        if isinstance(answer, Trouble):
            raise Stuck(f"{self.name}: {answer.words}")
        return answer

    def _follow(self, now: datetime) -> None:
        self.tell("clock", now - datetime.now(UTC))

    def switch_off(self) -> None:
        """Switched off by staff."""
        self.tell("off")
        self.end()

    def end(self) -> None:
        """It ends, whatever it is doing."""
        if self._clock and self._follows:
            self._clock.leave(self._follow)
            self._follows = False
        # Whoever no longer hears anything leaves by himself.
        self._pipe.close()
        self._child.join(LEAVE_SECONDS)
        if self._child.is_alive():
            self._child.terminate()
            self._child.join()


@dataclass(frozen=True)
class Hall:
    """Both machines, ready."""

    kiosk: Machine
    tv: Machine


class Try:
    """Kiosk and TV in windows of this computer, for whoever tries the program by hand."""

    def __init__(self, office: DemoOffice) -> None:
        self._office = office
        self.machines: dict[Role, Machine] = {}

    def switch_on(self, role: Role) -> None:
        """It comes up, unless it is up already."""
        before = self.machines.get(role)
        if before is not None and before.alive:
            return
        if before is not None:
            before.end()
        self.machines[role] = Machine(self._office, role, self._office.folder)

    def end(self) -> None:
        """All of them go."""
        for one in self.machines.values():
            one.end()


@contextmanager
def open_hall(office: DemoOffice, pictures: Path, until: Patience) -> Iterator[Hall]:
    """Both machines are switched on; at the end, whatever happened, they are off."""
    with ExitStack() as stack:
        made = []
        for role in (Role.KIOSK, Role.DISPLAY):
            made.append(Machine(office, role, pictures, until))
            stack.callback(made[-1].end)
        for one in made:
            one.ready()
        yield Hall(*made)
        for one in made:
            one.switch_off()
