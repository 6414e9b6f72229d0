"""Applies the numbered SQL, writes the SOP's table beside it, and refuses a database that is not ours."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import peewee as pw

from app.errors import Refused, Unavailable
from app.models import words
from app.models.base import APPLICATION_ID, FOREIGN, told
from app.sop import queue
from app.sop.model import Channel, Sop, Step

FOLDER = Path(__file__).parent
CLIENT_MIN = 1


def versions(engine: str = "sqlite") -> list[tuple[int, Path]]:
    """The numbered files of an engine, in order."""
    return sorted((int(p.name[:4]), p) for p in (FOLDER / engine).glob("[0-9][0-9][0-9][0-9]_*.sql"))


def prepare_sqlite(database: pw.SqliteDatabase, path: Path, sop: Sop, now: datetime) -> int:
    """Bring the open database up to date and return its version.

    A copy is made beside the file before anything changes in one that holds data. Each numbered file runs whole
    or not at all. Raises Refused for a foreign or newer database, Unavailable for one that cannot be read.
    """
    with told():
        connection: sqlite3.Connection = database.connection()
        _check_ours(connection)
        have = _version(connection)
        wanted = versions()
        if have > wanted[-1][0]:
            raise Refused(
                "Basis data ini dibuat oleh PELITA 3 yang lebih baru. Minta petugas TI memasang versi baru di PC ini.",
                code="newer",
            )
        todo = [(v, p) for v, p in wanted if v > have]
        if todo and have:
            _back_up(connection, path, have, now)
        for version, file in todo:
            _apply(connection, version, file.read_text(encoding="utf-8"))
        _write_sop(connection, sop)
        _write_rules(connection)
    return wanted[-1][0]


def _check_ours(connection: sqlite3.Connection) -> None:
    application = connection.execute("pragma application_id").fetchone()[0]
    tables = connection.execute("select count(*) from sqlite_master").fetchone()[0]
    if application not in (0, APPLICATION_ID) or (application == 0 and tables):
        raise Refused(FOREIGN, code="foreign")
    if tables and connection.execute("pragma quick_check(1)").fetchone()[0] != "ok":
        raise Unavailable(words.TROUBLE["malformed"], code="malformed")


def _version(connection: sqlite3.Connection) -> int:
    known = connection.execute("select 1 from sqlite_master where name = 'schema_version'").fetchone()
    if not known:
        connection.execute(f"pragma application_id = {APPLICATION_ID}")
        connection.execute(
            "create table schema_version(version integer primary key, client_min integer not null, "
            "applied_us integer not null)"
        )
        return 0
    return int(connection.execute("select coalesce(max(version), 0) from schema_version").fetchone()[0])


def _back_up(connection: sqlite3.Connection, path: Path, have: int, now: datetime) -> None:
    """A whole copy, for its owner's eyes only; one that could not be finished leaves nothing behind."""
    target = path.with_name(f"{path.stem}-sebelum-{have + 1:04d}-{now:%Y%m%d-%H%M%S}.db")
    part = target.with_suffix(".part")
    part.unlink(missing_ok=True)
    os.close(os.open(part, os.O_CREAT | os.O_WRONLY, 0o600))
    copy = sqlite3.connect(part)
    try:
        connection.backup(copy)
        copy.close()
        part.replace(target)
    finally:
        copy.close()
        part.unlink(missing_ok=True)


def _apply(connection: sqlite3.Connection, version: int, text: str) -> None:
    done = f"insert into schema_version values({version}, {CLIENT_MIN}, now_us());"
    try:
        connection.executescript(f"begin immediate;\n{text}\n{done}\ncommit;")
    except sqlite3.Error:
        if connection.in_transaction:
            connection.execute("rollback")
        raise


def presses(sop: Sop) -> list[tuple[Step, Channel]]:
    """Every step once for each channel that it is open to."""
    return [(s, c) for s in sop.steps for c in ([s.channel] if s.channel else list(Channel))]


def sop_rows(sop: Sop) -> dict[str, list[tuple[object, ...]]]:
    """The SOP's table as the guards' rows, by table name; what both engines hold and compare."""
    pairs = presses(sop)
    return {
        "sop": [(sop.number, sop.title)],
        "sop_stage": [(sop.number, s.key, s.kind.value, s.desk.value if s.desk else "") for s in sop.stages],
        "sop_step": [(sop.number, *_step_row(s, c)) for s, c in pairs],
        "sop_who": [(sop.number, s.at.key, s.key, c.value, r.value) for s, c in pairs for r in s.who],
        "sop_need": [(sop.number, s.at.key, s.key, c.value, n.value) for s, c in pairs for n in s.needs],
        "sop_writable": [(sop.number, w, role.value, stage.key) for w, role, stage in dict.fromkeys(sop.writable)],
    }


def _step_row(s: Step, channel: Channel) -> tuple[object, ...]:
    held, pauses = int(s.to.held), int(s.pauses)
    return s.at.key, s.key, channel.value, s.to.key, s.row, s.minutes, barred(s), held, pauses


def barred(s: Step) -> str:
    """Lines whose signers may not take this step, each between commas."""
    return f",{','.join(s.not_by)}," if s.not_by else ""


def _write_sop(connection: sqlite3.Connection, sop: Sop) -> None:
    rows = sop_rows(sop)
    if connection.execute("select 1 from sop where number = ?", (sop.number,)).fetchone():
        for table, wanted in rows.items():
            where = "number" if table == "sop" else "sop"
            found = connection.execute(f"select * from {table} where {where} = ?", (sop.number,)).fetchall()  # noqa: S608  our own names
            if _differs(found, wanted):
                raise Refused(
                    "Tabel SOP di basis data berbeda dari program. Hubungi petugas TI sebelum bekerja.",
                    code="sop_differs",
                )
        return
    # Whole or not at all: half a table would differ from the program's for ever.
    connection.execute("begin immediate")
    try:
        for table, wanted in rows.items():
            marks = ",".join("?" * len(wanted[0]))
            connection.executemany(f"insert into {table} values({marks})", wanted)
        connection.execute("commit")
    except sqlite3.Error:
        if connection.in_transaction:
            connection.execute("rollback")
        raise


def _write_rules(connection: sqlite3.Connection) -> None:
    """The queue's rules, once; a difference afterwards is nobody's to work with."""
    found = connection.execute("select * from queue_rule").fetchall()
    if not found:
        connection.execute("begin immediate")
        connection.executemany("insert into queue_rule values(?,?,?,?,?)", queue.rows())
        connection.execute("commit")
    elif _differs(found, queue.rows()):
        raise Refused(
            "Aturan antrean di basis data berbeda dari program. Hubungi petugas TI sebelum bekerja.", code="sop_differs"
        )


def _differs(found: Iterable[tuple[object, ...]], wanted: Iterable[tuple[object, ...]]) -> bool:
    return sorted(map(repr, found)) != sorted(map(repr, wanted))
