"""A real PostgreSQL of the tests' own: one cluster, one office made once, and a copy of it for every test."""

from __future__ import annotations

import itertools
import os
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql

from app.errors import Unavailable
from app.models import base, server
from app.models.guards import runner_server
from app.server.cluster import Cluster
from app.sop.pelita3 import PELITA3

TEMPLATE = "kantor_contoh"
NOBODY = "p_bukan-siapa-siapa"

# The server's clock, for tests that put it somewhere: read from a setting of the test's own connection.
CLOCK = """
create or replace function pelita3.now_us() returns bigint language sql volatile parallel safe as
  $$ select coalesce(nullif(current_setting('pelita3.now', true), '')::bigint,
       (extract(epoch from clock_timestamp()) * 1000000)::bigint) $$
"""


class ActingServer(server.OfficeServer):
    """The office's server over the superuser's socket, acting as whoever `session.actor` names.

    The server itself sees that officer (SET SESSION AUTHORIZATION): his rights, his rows. After a real log-in
    (`server.sit`) it is a real connection: password, TLS and all.
    """

    def __init__(self, cluster: Cluster, name: str) -> None:
        super().__init__(
            server.Server(cluster.host, cluster.port, name, cluster.ca, cluster.hostaddr),
            lambda database: runner_server.check_server(database, PELITA3),
        )
        self.cluster, self.at_us = cluster, ""
        self._at_home = threading.get_ident()

    @property
    def seated(self) -> bool:
        """Somebody always sits here: whom the test says, or who really logged in."""
        return True

    @property
    def real(self) -> bool:
        """Whether somebody came in by his password."""
        return "password" in self.connect_params

    def _connect(self) -> Any:
        if self.real:
            connection = super()._connect()  # type: ignore[no-untyped-call]
            connection.execute("select set_config('pelita3.now', %s, false)", (self.at_us,))
            return connection
        connection = psycopg.connect(
            self.cluster.superuser_dsn(self.database), autocommit=True, options="-csearch_path=pelita3"
        )
        act_as(connection, base.session.actor, self.at_us)
        return connection

    def become(self, login: str) -> None:
        """Work in this officer's name from now on, though another one came in by his password.

        The test's own thread is connected again where a log-in or log-out has left it without a connection.
        """
        if self.real:
            if login in {"", self.connect_params["user"].removeprefix(server.ROLE)}:
                return
            server.stand()
        if not self.is_closed():
            act_as(self.connection(), login, self.at_us)  # type: ignore[no-untyped-call]
        elif login and threading.get_ident() == self._at_home:
            self.connect()

    def put_clock(self, at_us: str) -> None:
        """What this test's connections take for now; "" is the real time."""
        self.at_us = at_us
        if not self.is_closed():
            self.execute_sql("select set_config('pelita3.now', %s, false)", (at_us,))


def act_as(connection: psycopg.Connection[Any], login: str, at_us: str = "") -> None:
    """Become an officer; `pemasangan` is the superuser, nobody and a stranger an account that holds no role."""
    connection.execute("reset session authorization")
    connection.execute("select set_config('pelita3.now', %s, false)", (at_us,))
    if login == "pemasangan":
        return
    try:
        connection.execute(_named("set session authorization {}", server.ROLE + login if login else NOBODY))
    except psycopg.errors.InvalidParameterValue:
        # Whom the server does not know could not even knock.
        connection.execute(_named("set session authorization {}", NOBODY))


class ActingSession(base.Session):
    """The program's session, which tells a test's server who sits there."""

    @property
    def actor(self) -> str:
        """Who sits at the keyboard."""
        return self._actor

    @actor.setter
    def actor(self, login: str) -> None:
        self._actor = login
        if isinstance(base.db.obj, ActingServer):
            base.db.obj.become(login)


@contextmanager
def acting_session() -> Iterator[None]:
    """While a test works on a server, whoever sits down becomes that officer there."""
    actor = base.session.actor
    object.__setattr__(base.session, "__class__", ActingSession)
    base.session._actor = actor  # type: ignore[attr-defined]
    base.session.reconnect = server.reconnect
    try:
        yield
    finally:
        actor = base.session._actor  # type: ignore[attr-defined]
        del base.session._actor  # type: ignore[attr-defined]
        object.__setattr__(base.session, "__class__", base.Session)
        base.session.actor = actor
        base.session.reconnect = None


MEMORY = Path("/dev/shm")  # noqa: S108  a folder of our own is made in it
ROOM = 1 << 30
QUICK = {"max_wal_size": "64MB", "min_wal_size": "32MB", "autovacuum": "off"}
"""For hundreds of small databases that live for a second each."""


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """One throw-away cluster for all tests of this process; in memory where there is room, because each test copies
    an office of four hundred files."""
    roomy = MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM
    folder = Path(tempfile.mkdtemp(prefix="pelita3-pg-", dir=MEMORY if roomy else None))
    try:
        found = Cluster.start(folder, fsync=False, settings=QUICK)
    except Unavailable as e:
        folder.rmdir()
        pytest.skip(e.message)
    with found:
        yield found
    shutil.rmtree(folder, ignore_errors=True)


def superuser(cluster: Cluster, name: str = "postgres") -> Any:
    """The superuser over the socket, autocommit, closed at the end of a `with`."""
    return closing(psycopg.connect(cluster.superuser_dsn(name), autocommit=True))


def make_office(cluster: Cluster, name: str) -> None:
    """An empty office: database, roles, schema, guards, the SOP's table."""
    with superuser(cluster) as su:
        su.execute(
            sql.SQL("create database {} template template0 encoding 'UTF8' locale 'C.UTF-8'").format(
                sql.Identifier(name)
            )
        )
    with superuser(cluster, name) as su:
        runner_server.prepare_server(su, PELITA3)


_numbers = itertools.count(1)


class Offices:
    """Copies of one office, and the cluster's roles as they were when it was made."""

    def __init__(self, cluster: Cluster) -> None:
        self.cluster = cluster
        self._su = psycopg.connect(cluster.superuser_dsn(), autocommit=True)
        self._roles = self._accounts()
        self._walked: set[str] = set()

    def close(self) -> None:
        """End the superuser's connection."""
        self._su.close()

    def _do(self, statement: sql.Composed | str, values: tuple[object, ...] | None = None) -> psycopg.Cursor[Any]:
        """As the superuser; a test may have killed the server meanwhile and started it again."""
        try:
            return self._su.execute(statement, values)
        except psycopg.OperationalError:
            if not self._su.broken:
                raise
            self._su = psycopg.connect(self.cluster.superuser_dsn(), autocommit=True)
            return self._su.execute(statement, values)

    @contextmanager
    def copy(self) -> Iterator[ActingServer]:
        """A copy of the office, bound to all tables, connected in this thread; gone afterwards with its new roles."""
        name = f"kantor_{os.getpid()}_{next(_numbers)}"
        self._make(name, TEMPLATE)
        database = ActingServer(self.cluster, name)
        base.db.initialize(database)
        with acting_session():
            base.session.actor = ""
            base.db.connect()
            try:
                yield database
            finally:
                base.db.close()
                database.close()
                base.session.actor = ""
                self._drop(name)
                self._restore()

    def become_walked(self, stage: str, walk: Callable[[], object]) -> None:
        """The copy at hand becomes one that `walk` has been through; walked once, then only copied."""
        database = base.db.obj
        assert isinstance(database, ActingServer)
        name, template = str(database.database), f"kantor_{os.getpid()}_{stage.lower()}"
        base.db.close()
        self._drop(name)
        if template not in self._walked:
            self._make(name, TEMPLATE)
            base.db.connect()
            walk()
            base.session.actor = ""
            base.db.close()
            self._do(_named("alter database {} rename to {}", name, template))
            self._walked.add(template)
        self._make(name, template)
        base.session.actor = ""
        base.db.connect()

    def _make(self, name: str, template: str) -> None:
        self._do(_named("create database {} template {} strategy file_copy", name, template))
        # A database's own settings and rights are not copied with it.
        self._do(
            "update pg_database d set datacl = t.datacl, datdba = t.datdba from pg_database t "
            "where d.datname = %s and t.datname = %s",
            (name, TEMPLATE),
        )
        self._do(
            "insert into pg_db_role_setting(setdatabase, setrole, setconfig) select d.oid, 0, s.setconfig "
            "from pg_db_role_setting s join pg_database t on t.oid = s.setdatabase and t.datname = %s, pg_database d "
            "where d.datname = %s and s.setrole = 0",
            (TEMPLATE, name),
        )

    def _drop(self, name: str) -> None:
        self._do(_named("drop database {} with (force)", name))

    def _accounts(self) -> dict[str, tuple[Any, ...]]:
        rows = self._do(
            r"select rolname, rolcanlogin, rolpassword from pg_authid where rolname like 'p\_%' order by oid"
        )
        return {str(r[0]): tuple(r[1:]) for r in rows}

    def _restore(self) -> None:
        """Roles belong to the cluster: what a test did to them would be the next test's surprise."""
        now = self._accounts()
        for name, (login, password) in self._roles.items():
            if now[name] != (login, password):
                self._do(
                    sql.SQL("alter role {} {} password {}").format(
                        sql.Identifier(name), sql.SQL("login" if login else "nologin"), sql.Literal(password)
                    )
                )
        for name in set(now) - set(self._roles):
            self._do(sql.SQL("drop role {}").format(sql.Identifier(name)))


def _named(statement: str, *names: str) -> sql.Composed:
    return sql.SQL(statement).format(*map(sql.Identifier, names))
