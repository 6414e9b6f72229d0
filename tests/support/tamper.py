"""Somebody with the database in his hands and no guards before him: who owns the PC, or the server's superuser."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import psycopg

from app.models import base
from app.services import papers
from tests.support.office import all_seeing
from tests.support.postgres import ActingServer


def unguarded(path: Path, sql: str, *values: object) -> None:
    """One statement, written for SQLite, past all guards of the office at hand; they stand again afterwards."""
    found = base.db.obj
    if isinstance(found, ActingServer):
        with psycopg.connect(found.cluster.superuser_dsn(found.database), autocommit=True) as su:
            su.execute("set search_path = pelita3")
            su.execute("set session_replication_role = replica")
            su.execute(spoken(sql).encode(), values or None)
        return
    with closing(sqlite3.connect(path)) as con:
        guards = con.execute("select name, sql from sqlite_master where type = 'trigger'").fetchall()
        for name, _ in guards:
            con.execute(f"drop trigger {name}")
        con.execute(sql, values)
        for _, statement in guards:
            con.execute(statement)
        con.commit()


def spoken(sql: str) -> str:
    """A statement as this engine says it: PostgreSQL has other marks for values and for bytes."""
    if not base.on_server():
        return sql
    return re.sub(r"\bx'([0-9a-f]*)'", r"'\\x\1'::bytea", sql).replace("?", "%s")


def spoil(path: Path, sha256: str) -> None:
    """One bit of a stored paper turned over."""
    with all_seeing():
        data = bytearray(papers.data(sha256))
    data[len(data) // 2] ^= 1
    unguarded(path, "update blob set data = ? where sha256 = ?", bytes(data), sha256)
