"""An office whose network, processes and clocks a test may spoil; after every test it is seen whether all held."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import psycopg
import pytest

from app.models import base, server
from app.server.cluster import Cluster
from app.services.berkas import Head
from tests.support import invariants, line, postgres
from tests.support.crowd import Crowd, crowd
from tests.support.invariants import Ledger
from tests.support.office import sit_down
from tests.support.proxy import Proxy

T = TypeVar("T")


@dataclass
class Hall:
    """An office on a server: its superuser, its address, and what officers were told is done."""

    office: postgres.ActingServer
    ledger: Ledger = field(default_factory=Ledger)

    @property
    def cluster(self) -> Cluster:
        """Where it runs."""
        return self.office.cluster

    @property
    def name(self) -> str:
        """Its database."""
        return str(self.office.database)

    @property
    def dsn(self) -> str:
        """How its superuser comes in."""
        return self.cluster.superuser_dsn(self.name)

    @contextmanager
    def superuser(self) -> Iterator[psycopg.Connection[tuple[Any, ...]]]:
        """Its superuser."""
        with closing(psycopg.connect(self.dsn, autocommit=True, options="-csearch_path=pelita3")) as su:
            yield su

    def count(self, table: str, key: str) -> int:
        """How many rows there are with this key, as everybody sees it who looks now."""
        return self._number(f"select count(*) from {table} where key = %s", key)  # noqa: S608  our own names

    def count_all(self, table: str) -> int:
        """How many rows a table has."""
        return self._number(f"select count(*) from {table}")  # noqa: S608  our own names

    def acting(self, do: Callable[[], T]) -> T:
        """Something done beforehand, past all networks, in the name of whoever sits down."""
        before = base.db.obj
        base.db.initialize(self.office)
        try:
            return do()
        finally:
            base.session.actor = ""
            base.db.initialize(before)

    def registered(self, count: int = 1) -> list[Head]:
        """New files of walk-ins in VERIFIKASI."""

        def register() -> list[Head]:
            who = sit_down("rina")
            return [line.registered(who) for _ in range(count)]

        return self.acting(register)

    def ticket(self) -> int:
        """A visitor's number that waits."""

        def take() -> int:
            sit_down("rina")
            return line.number().id

        return self.acting(take)

    def called(self) -> int:
        """A visitor's number that stands at a counter of its own (`line.seat`)."""
        return self.acting(lambda: line.called(sit_down("rina")).id)

    @contextmanager
    def held(self, table: str) -> Iterator[None]:
        """Meanwhile whoever adds a row to this table waits at the server; reading goes on."""
        with self.superuser() as su, su.transaction():
            su.execute(f"lock table {table} in share row exclusive mode".encode())
            yield

    def waiting(self) -> int:
        """How many commands wait at the server for such a lock."""
        asked = "select count(*) from pg_stat_activity where datname = %s and wait_event_type = 'Lock'"
        return self._number(asked, self.name)

    def open_transactions(self) -> int:
        """How many transactions somebody has begun and left open."""
        asked = "select count(*) from pg_stat_activity where datname = %s and state like 'idle in transaction%%'"
        return self._number(asked, self.name)

    def _number(self, asked: str, *values: str) -> int:
        with self.superuser() as su:
            row = su.execute(asked.encode(), values).fetchone()
        assert row is not None
        return int(row[0])

    def address(self, port: int = 0) -> server.Server:
        """How a PC reaches it, over another port where something stands in between."""
        at = self.cluster
        return server.Server(at.host, port or at.port, self.name, at.ca, at.hostaddr)


@pytest.fixture
def ledger(office_db: Path, engine: str, request: pytest.FixtureRequest) -> Iterator[Ledger]:
    """What the test's officers were told; at the end the global invariants hold, on either engine."""
    if engine == "postgres":
        yield request.getfixturevalue("hall").ledger
        return
    found = Ledger()
    yield found
    base.session.actor = ""
    invariants.embedded(found)


@pytest.fixture
def hall(office_db: Path) -> Iterator[Hall]:
    """The test's office on the server; at the end the global invariants hold."""
    assert isinstance(base.db.obj, postgres.ActingServer)
    found = Hall(base.db.obj)
    yield found
    invariants.on_server(found.dsn, found.name, found.ledger)


@pytest.fixture
def proxy(hall: Hall) -> Iterator[Proxy]:
    """The network between the PCs and the server."""
    with Proxy((hall.cluster.hostaddr, hall.cluster.port)) as made:
        yield made


@pytest.fixture
def wire(hall: Hall, proxy: Proxy) -> Iterator[Crowd]:
    """From here on all threads work as PCs at the far end of that network."""
    with crowd(hall.address(proxy.port)) as made:
        yield made


def aloud(figures: str) -> None:
    """What was measured, for whoever runs the tests with -s."""
    sys.stdout.write(f"\n{figures}\n")


def until(true: Callable[[], bool], seconds: float = 20) -> float:
    """Wait for it; how long that took."""
    started = time.monotonic()
    while not true():
        assert time.monotonic() - started < seconds, "it did not come about"
        time.sleep(0.01)
    return time.monotonic() - started
