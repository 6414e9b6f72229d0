"""A real PostgreSQL of the tests' own: one cluster, one office made once, and a copy of it for every test."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
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
            return super()._connect()
        connection = psycopg.connect(
            self.cluster.superuser_dsn(self.database), autocommit=True, options="-csearch_path=pelita3"
        )
        act_as(connection, base.session.actor, self.at_us)
        return connection

    def become(self, login: str) -> None:
        """Work in this officer's name on the connection that is open."""
        if not self.real and not self.is_closed():
            act_as(self.connection(), login, self.at_us)

    def put_clock(self, at_us: str) -> None:
        """What this test's connections take for now; "" is the real time."""
        self.at_us = at_us
        if not self.is_closed():
            self.connection().execute("select set_config('pelita3.now', %s, false)", (at_us,))


def act_as(connection: psycopg.Connection[Any], login: str, at_us: str = "") -> None:
    """Become an officer; `pemasangan` is the superuser, nobody an account that holds no role."""
    connection.execute("reset session authorization")
    connection.execute("select set_config('pelita3.now', %s, false)", (at_us,))
    if login != "pemasangan":
        role = server.ROLE + login if login else NOBODY
        connection.execute(sql.SQL("set session authorization {}").format(sql.Identifier(role)))


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


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """One throw-away cluster for all tests of this process."""
    try:
        found = Cluster.start(fsync=False)
    except Unavailable as e:
        pytest.skip(e.message)
    with found:
        yield found


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

    def close(self) -> None:
        """End the superuser's connection."""
        self._su.close()

    @contextmanager
    def copy(self) -> Iterator[ActingServer]:
        """A copy of the office, bound to all tables and connected in this thread; gone afterwards with its new roles."""
        name = f"kantor_{os.getpid()}_{next(_numbers)}"
        self._su.execute(sql.SQL("create database {} template {}").format(*map(sql.Identifier, (name, TEMPLATE))))
        database = ActingServer(self.cluster, name)
        base.db.initialize(database)
        with acting_session():
            base.session.actor = ""
            base.db.connect()
            try:
                yield database
            finally:
                base.session.actor = ""
                base.db.close()
                database.close()
                self._su.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(name)))
                self._restore()

    def _accounts(self) -> dict[str, tuple[Any, ...]]:
        rows = self._su.execute(
            r"select rolname, rolcanlogin, rolpassword, rolconfig from pg_authid a left join lateral "
            r"(select setconfig as rolconfig from pg_db_role_setting s where s.setrole = a.oid and setdatabase = 0) c on true "
            r"where rolname like 'p\_%'"
        )
        return {str(r[0]): tuple(r[1:]) for r in rows}

    def _restore(self) -> None:
        """Roles belong to the cluster: what a test did to them would be the next test's surprise."""
        now = self._accounts()
        for name, (login, password, _) in self._roles.items():
            if now[name][:2] != (login, password):
                self._su.execute(
                    sql.SQL("alter role {} {} password {}").format(
                        sql.Identifier(name), sql.SQL("login" if login else "nologin"), sql.Literal(password)
                    )
                )
        for name in set(now) - set(self._roles):
            self._su.execute(sql.SQL("drop role {}").format(sql.Identifier(name)))
