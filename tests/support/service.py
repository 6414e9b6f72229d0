"""The server's nightly service in tests: the role pelita3_backup on the office that a test works on."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg
from playhouse.postgres_ext import Psycopg3Database

from app.models import base
from tests.support.postgres import ActingServer


class Service(Psycopg3Database):
    """Connected through the superuser's socket, working as pelita3_backup."""

    def __init__(self, dsn: str, name: str, at_us: str = "") -> None:
        super().__init__(name, autoconnect=False)  # type: ignore[no-untyped-call]  # no types
        self.dsn, self.at_us = dsn, at_us

    def _connect(self) -> Any:
        connection = psycopg.connect(self.dsn, autocommit=True, options="-csearch_path=pelita3")
        connection.execute("set session authorization pelita3_backup")
        connection.execute("select set_config('pelita3.now', %s, false)", (self.at_us,))
        return connection


@contextmanager
def serving() -> Iterator[None]:
    """Work as the server's service on the same office; on an embedded database as the program itself."""
    before, actor = base.db.obj, base.session.actor
    if not isinstance(before, ActingServer):
        base.session.actor = ""
        yield
        base.session.actor = actor
        return
    found = Service(before.cluster.superuser_dsn(before.database), before.database, before.at_us)
    base.db.initialize(found)
    base.session.actor = ""
    try:
        with base.connected():
            yield
    finally:
        base.db.initialize(before)
        base.session.actor = actor


@contextmanager
def undone(path: Path, *tables: str) -> Iterator[None]:
    """What is done inside to these tables is undone afterwards, past all guards."""
    found = base.db.obj
    if not isinstance(found, ActingServer):
        with closing(sqlite3.connect(":memory:")) as kept, closing(sqlite3.connect(path)) as office:
            office.backup(kept)
            yield
            kept.backup(office)
        return
    with psycopg.connect(found.cluster.superuser_dsn(found.database), autocommit=True) as su:
        su.execute("set session_replication_role = replica")
        for name in tables:
            su.execute(f"create temp table {name} as table pelita3.{name}".encode())
        yield
        for name in tables:
            su.execute(f"delete from pelita3.{name}".encode())  # noqa: S608  our own names
            su.execute(f"insert into pelita3.{name} overriding system value table pg_temp.{name}".encode())


def unguarded_anywhere(path: Path, sql: str, *values: object) -> None:
    """One statement past all guards, as the PC's owner or the server's superuser could do it."""
    from tests.support.tamper import unguarded  # noqa: PLC0415 - only one of the two is needed

    found = base.db.obj
    if not isinstance(found, ActingServer):
        unguarded(path, sql, *values)
        return
    with psycopg.connect(found.cluster.superuser_dsn(found.database), autocommit=True) as su:
        su.execute("set search_path = pelita3")
        su.execute("set session_replication_role = replica")
        su.execute(sql.replace("?", "%s").encode(), values)
