"""Many officers' PCs in one process: each thread logs in for itself, by password and TLS, as the program does."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from typing import Any, TypeVar

from app.models import base, server
from app.models.guards.runner_server import check_server
from app.services import accounts
from app.services.accounts import Who
from app.sop.pelita3 import PELITA3
from app.ui.lane import DataLane, Hooks, Job, Told
from tests.support.office import PASSWORD

T = TypeVar("T")


class Crowd(server.OfficeServer):
    """The office's server where every thread has credentials of its own, as every PC has."""

    def __init__(self, address: server.Server) -> None:
        self._here, self._common = threading.local(), dict[str, Any]()
        super().__init__(address, lambda database: check_server(database, PELITA3))
        self._common = dict(self.connect_params)

    @property
    def connect_params(self) -> dict[str, Any]:
        """This thread's."""
        if not hasattr(self._here, "params"):
            self._here.params = dict(self._common)
        found: dict[str, Any] = self._here.params
        return found

    @connect_params.setter
    def connect_params(self, params: dict[str, Any]) -> None:
        self._here.params = params


@contextmanager
def crowd(address: server.Server) -> Iterator[Crowd]:
    """All tables are bound to this server; afterwards to what they were bound to before."""
    before, clock, reconnect = base.db.obj, base.session.clock, base.session.reconnect
    made = Crowd(address)
    base.db.initialize(made)
    base.session.reconnect = server.reconnect
    try:
        yield made
    finally:
        made.close()
        base.db.initialize(before)
        base.session.clock, base.session.reconnect = clock, reconnect


def seated(login: str, password: str = PASSWORD) -> Who:
    """The officer logs in, in this thread, and puts on his first hat."""
    account = accounts.log_in(login, password, f"PC-{login}")
    return accounts.work_as(account, account.hats[0].role)


@contextmanager
def at_desk(login: str, password: str = PASSWORD) -> Iterator[Who]:
    """This thread is the PC of an officer who has logged in; his connection ends with it."""
    try:
        yield seated(login, password)
    finally:
        base.db.close()


class Pc:
    """An officer at his PC: the program's own database thread, which keeps what is asked through a lost connection.

    `troubles` are the banners it would show, `ended` why the server sent the officer home.
    """

    def __init__(self, login: str) -> None:
        self._answers: dict[int, Future[Any]] = {}
        self._numbers = itertools.count(1)
        self.troubles: list[str] = []
        self.ended: list[Exception] = []
        told = Told(self._back, lambda error: self.troubles.append(str(error)), lambda: None, self.ended.append)
        self._lane = DataLane(Hooks(server.connect, base.db.close, base.job_keys), told)
        self._seat = self.ask(lambda: seated(login))

    @property
    def who(self) -> Who:
        """Who sits there; waits for the log-in."""
        return self._seat.result(60)

    def seated(self) -> None:
        """Wait for the log-in."""
        self._seat.result(60)

    def ask(self, fn: Callable[[], T]) -> Future[T]:
        """Something for the database thread; the answer comes when it comes."""
        number, answer = next(self._numbers), Future[T]()
        self._answers[number] = answer
        self._lane.put(Job(number, fn))
        return answer

    def close(self) -> None:
        """The PC is switched off."""
        self._lane.close()
        self._lane.join()

    def _back(self, number: int, good: bool, result: object) -> None:
        answer = self._answers.pop(number)
        if good:
            answer.set_result(result)
        else:
            assert isinstance(result, Exception)
            answer.set_exception(result)


@contextmanager
def pcs(*logins: str) -> Iterator[list[Pc]]:
    """These officers' PCs, all logged in; switched off at the end."""
    made = [Pc(login) for login in logins]
    try:
        for pc in made:
            pc.seated()
        yield made
    finally:
        for pc in made:
            pc.close()
