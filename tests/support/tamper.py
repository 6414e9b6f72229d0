"""Somebody with the database file in his hands and no guards before him."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from app.services import papers


def unguarded(path: Path, sql: str, *values: object) -> None:
    """One statement past all guards, which stand again afterwards."""
    with closing(sqlite3.connect(path)) as con:
        found = con.execute("select name, sql from sqlite_master where type = 'trigger'").fetchall()
        for name, _ in found:
            con.execute(f"drop trigger {name}")
        con.execute(sql, values)
        for _, statement in found:
            con.execute(statement)
        con.commit()


def spoil(path: Path, sha256: str) -> None:
    """One bit of a stored paper turned over."""
    data = bytearray(papers.data(sha256))
    data[len(data) // 2] ^= 1
    unguarded(path, "update blob set data = ? where sha256 = ?", bytes(data), sha256)
