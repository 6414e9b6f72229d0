"""The office server's schema: applies the numbered SQL as its owner, and tells whether a client fits to it."""

from __future__ import annotations

from typing import Any, cast

import peewee as pw
import psycopg
from psycopg import errors

from app.errors import Refused, Unavailable
from app.models.base import CLIENT, told
from app.models.guards.runner import CLIENT_MIN, FOLDER, barred, presses, sop_rows, versions
from app.sop import queue
from app.sop.model import Channel, Need, Sop, Step

GROUND = FOLDER / "postgres" / "0000_server.sql"
TRIES = 20
WAIT = "3s"

Connection = psycopg.Connection[tuple[Any, ...]]

NEWER = "Basis data kantor lebih baru daripada program di PC ini. Minta petugas TI memasang versi baru di PC ini."
OLDER = "Versi program di PC ini sudah lama. Minta petugas TI memasang versi baru, lalu ulangi."
BEHIND = "Basis data kantor belum diperbarui. Minta petugas TI menjalankan `pelita3 admin server-init` di server."
DIFFERS = "Tabel SOP di basis data berbeda dari program. Hubungi petugas TI sebelum bekerja."


def numbered() -> list[int]:
    """The versions that this program knows, oldest first; 0 is the ground, laid apart."""
    return [v for v, _ in versions("postgres") if v > 0]


def prepare_server(connection: Connection, sop: Sop) -> list[int]:
    """Bring the office's schema up to date and return the versions that were applied now.

    `connection` is a superuser's, in the office's database, in autocommit mode. Each numbered file runs whole or not
    at all, as the schema's owner; two runners wait for each other; a running office is not blocked longer than three
    seconds at a time. Refused (`newer`, `sop_differs`) where the database is not ours to change.
    """
    connection.execute(GROUND.read_text(encoding="utf-8").encode())
    _version_table(connection)
    applied = []
    for version, file in versions("postgres"):
        if version and _apply(connection, version, file.read_text(encoding="utf-8")):
            applied.append(version)
    if _have(connection) > numbered()[-1]:
        raise Refused(NEWER, code="newer")
    _write_sop(connection, sop)
    return applied


def _as_owner(connection: Connection) -> None:
    connection.execute("set local role pelita3_owner")
    connection.execute("set local search_path = pelita3, pg_temp")
    connection.execute(f"set local lock_timeout = '{WAIT}'".encode())


def _version_table(connection: Connection) -> None:
    with connection.transaction():
        _as_owner(connection)
        connection.execute(
            "create table if not exists schema_version(version integer primary key, client_min integer not null, "
            "applied_us bigint not null)"
        )


def _have(connection: Connection) -> int:
    row = connection.execute("select coalesce(max(version), 0) from pelita3.schema_version").fetchone()
    assert row is not None
    return int(row[0])


def _apply(connection: Connection, version: int, text: str) -> bool:
    """One numbered file in one transaction, under a lock that other runners wait for; False when it stands already."""
    left = TRIES
    while True:
        try:
            return _apply_once(connection, version, text)
        except (errors.LockNotAvailable, errors.DeadlockDetected) as e:
            # Officers are at work; let their commands through and try again.
            left -= 1
            if not left:
                raise Unavailable("Basis data sedang dipakai. Ulangi saat kantor lebih sepi.", code="busy") from e


def _apply_once(connection: Connection, version: int, text: str) -> bool:
    with connection.transaction():
        _as_owner(connection)
        connection.execute("lock table schema_version in exclusive mode")
        if _have(connection) >= version:
            return False
        connection.execute(text.encode())
        connection.execute("reset role")
        connection.execute(
            "insert into pelita3.schema_version values (%s, %s, pelita3.now_us())",
            (version, CLIENT_MIN),
        )
    return True


def server_rows(sop: Sop) -> dict[str, list[tuple[object, ...]]]:
    """The SOP's table as the server holds it: beside the rows of both engines one for each press, with all it asks."""
    return sop_rows(sop) | {"sop_way": [(sop.number, *_way_row(s, c)) for s, c in presses(sop)]}


def _way_row(s: Step, channel: Channel) -> tuple[object, ...]:
    roles, needs = [r.value for r in s.who], [n.value for n in Need if n in s.needs]
    return s.at.key, s.key, channel.value, s.to.key, barred(s), s.at.held, s.to.held, roles, needs


def _fixed(sop: Sop) -> list[tuple[str, list[tuple[object, ...]]]]:
    """What must stand in the database as the program has it: a question for the rows, and the rows themselves."""
    number = sop.number.replace("'", "''")
    kept = [
        (f"select * from {table} where {'number' if table == 'sop' else 'sop'} = '{number}'", rows)  # noqa: S608  our own names
        for table, rows in server_rows(sop).items()
    ]
    return [*kept, ("select * from queue_rule", queue.rows())]


def _write_sop(connection: Connection, sop: Sop) -> None:
    with connection.transaction():
        _as_owner(connection)
        connection.execute("lock table schema_version in exclusive mode")
        for question, rows in _fixed(sop):
            if not connection.execute(question.encode()).fetchall():
                table, marks = question.split()[3], ",".join(["%s"] * len(rows[0]))
                with connection.cursor() as cursor:
                    cursor.executemany(f"insert into {table} values ({marks})".encode(), rows)  # noqa: S608  our own names
            if _differs(connection.execute(question.encode()).fetchall(), rows):
                raise Refused(DIFFERS, code="sop_differs")


def check_server(database: pw.Database, sop: Sop) -> None:
    """Whether this client may work with the connected office: version, oldest client, and the SOP's table.

    Refused with code `newer`, `client`, `behind` or `sop_differs`.
    """
    with told():
        version, client_min = cast(
            "tuple[int, int]",
            database.execute_sql(
                "select coalesce(max(version), 0), coalesce(max(client_min), 0) from schema_version"
            ).fetchone(),
        )
        if client_min > CLIENT:
            raise Refused(OLDER, code="client")
        if version > numbered()[-1]:
            raise Refused(NEWER, code="newer")
        if version < numbered()[-1]:
            raise Refused(BEHIND, code="behind")
        for question, rows in _fixed(sop):
            if _differs(database.execute_sql(question).fetchall(), rows):
                raise Refused(DIFFERS, code="sop_differs")


def _differs(found: list[tuple[Any, ...]], wanted: list[tuple[object, ...]]) -> bool:
    return sorted(map(repr, found)) != sorted(map(repr, wanted))
