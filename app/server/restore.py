"""Puts a backup back for good. What does not verify stays closed; what was there before stays, under another name."""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from psycopg import sql

from app.errors import Refused
from app.models import base
from app.models.guards.runner_server import GROUND
from app.models.tables_seal import Restored
from app.server import backup_counts, backup_proof, vault
from app.server.backup_counts import Manifest
from app.server.backup_proof import DUMP_MEMBER, ROLES_MEMBER, Members, Trial
from app.server.place import DATABASE, Connection, Place
from app.services import evidence
from app.services.evidence import Progress

BESIDE = "pelita3_pulih"
OURS = re.compile(r'"?\bp_[a-z][a-z0-9._-]*"?')
"""An officer's login role, as pg_dumpall writes it."""

CLOSED = "PEMULIHAN TIDAK LOLOS PEMERIKSAAN dan tetap tertutup bagi petugas."
IN_USE = "Basis data ini masih dibuka. Tutup semua jendela PELITA 3 di komputer ini, lalu ulangi."
NOT_READY = "Server ini belum disiapkan. Jalankan `pelita3 admin server-init` dahulu, lalu ulangi."


@dataclass(frozen=True)
class Outcome:
    """What became of a restore: the trial, where the restored office lies, and where the old one lies now."""

    trial: Trial
    place: str
    before: str
    opened: bool


def to_sqlite(backup: Path, database: Path, key: bytes, *, open_it: bool, progress: Progress | None = None) -> Outcome:
    """Restore an embedded database beside the one in use; put it in its place only if it verifies and that is wanted.

    Refused where a window still has the old one open.
    """
    database.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    at = datetime.now(UTC)
    beside = database.with_name(f"{database.stem}-pulih-{at:%Y%m%d-%H%M%S}.db")
    with vault.Reader(backup, key) as reader:
        members = reader.members()
        wanted = _manifest(members, "sqlite")
        backup_proof.unpack(members, beside)
    with backup_proof.looking_at(beside) as (found, extra):
        trial = _tried(wanted, found, extra, progress)
        if trial.good:
            _write_down(backup, wanted)
    if not trial.good:
        kept = beside.with_name(beside.name.replace("-pulih-", "-TIDAK-LOLOS-"))
        beside.replace(kept)
        return Outcome(trial, str(kept), str(database), opened=False)
    if not open_it:
        return Outcome(trial, str(beside), str(database), opened=False)
    old = database.with_name(f"{database.stem}-sebelum-pulih-{at:%Y%m%d-%H%M%S}.db")
    if database.exists():
        _alone(database)
        os.replace(database, old)  # noqa: PTH105  in one breath with the next
    beside.replace(database)
    return Outcome(trial, str(database), str(old) if old.exists() else "", opened=True)


def _alone(database: Path) -> None:
    """Refused while anybody else has the file open; afterwards all of it is in the one file."""
    try:
        with closing(sqlite3.connect(database, timeout=2, isolation_level=None)) as only:
            only.execute("pragma journal_mode = delete")
            only.execute("begin exclusive")
            only.execute("commit")
    except sqlite3.OperationalError as error:
        if "locked" in str(error) or "busy" in str(error):
            raise Refused(IN_USE, code="in_use") from error
        # A file that cannot even be opened is moved away as it is.
    except sqlite3.DatabaseError:
        return


def to_server(
    backup: Path, at: Place, key: bytes, *, open_it: bool, progress: Progress | None = None, dbname: str = DATABASE
) -> Outcome:
    """Restore a server's office beside the one in use, where no officer can connect; open it only if it verifies.

    Opening ends all sessions, gives the old office another name, and sets the officers' log-ins as they were.
    """
    with vault.Reader(backup, key) as reader:
        members = reader.members()
        wanted = _manifest(members, "postgres")
        _make_room(at)
        roles = _fill(members, at)
    with at.connect(BESIDE) as connection:
        connection.execute(GROUND.read_text(encoding="utf-8").encode())
    with backup_proof.looking_through(at, BESIDE) as (found, extra):
        trial = _tried(wanted, found, extra, progress)
        if trial.good:
            _write_down(backup, wanted)
    if not (trial.good and open_it):
        return Outcome(trial, BESIDE, dbname, opened=False)
    return Outcome(trial, dbname, _swap(at, dbname, roles), opened=True)


def _manifest(members: Members, engine: str) -> Manifest:
    found = backup_proof.described(members)
    if found.engine != engine:
        where = "server PostgreSQL" if found.engine == "postgres" else "satu PC (SQLite)"
        raise Refused(f"Cadangan ini berasal dari {where}; pulihkan ke tempat yang sejenis.", code="engine")
    return found


def _tried(wanted: Manifest, found: Manifest, extra: list[str], progress: Progress | None) -> Trial:
    report = evidence.verify_all(progress, documents=wanted.bytes_of_documents <= backup_proof.SMALL)
    faults = (*backup_counts.differences(wanted, found), *extra, *backup_proof.said(report))
    return Trial(wanted, report, faults)


def _write_down(backup: Path, wanted: Manifest) -> None:
    """The restore is part of the office's story; the next seal binds it."""
    sha256 = backup_proof.sha256_of(backup)
    base.add(Restored, base.new_key(), file_sha256=sha256, taken_us=wanted.taken_us, why=backup.name)


# --- a server --------------------------------------------------------------------------------------------------------


def _make_room(at: Place) -> None:
    with at.connect() as su:
        if su.execute("select 1 from pg_catalog.pg_roles where rolname = 'pelita3_owner'").fetchone() is None:
            raise Refused(NOT_READY, code="not_ready")
        beside = sql.Identifier(BESIDE)
        su.execute(sql.SQL("drop database if exists {} with (force)").format(beside))
        # From its birth on nobody but the superuser can connect.
        made = "create database {} owner pelita3_owner template template0 encoding 'UTF8' locale 'C.UTF-8' "
        su.execute(sql.SQL(made + "connection limit 0").format(beside))


def _fill(members: Members, at: Place) -> list[str]:
    """Restore the database; the officers' roles are only read: they are the whole server's, also the old office's."""
    roles: list[str] = []
    dumped = False
    for name, parts in members:
        if name == ROLES_MEMBER:
            roles = b"".join(parts).decode().splitlines()
        elif name == DUMP_MEMBER:
            backup_proof.feed("pg_restore", ["-e", *backup_proof.where(at, BESIDE)], parts)
            dumped = True
    if not (roles and dumped):
        raise Refused(vault.BROKEN, code="backup_broken")
    return roles


def _swap(at: Place, dbname: str, roles: list[str]) -> str:
    """The restored office takes the name; returns the old one's new name, empty where there was none."""
    old = f"{dbname}_lama_{datetime.now(UTC):%Y%m%d_%H%M%S}"
    now, beside, before = (sql.Identifier(n) for n in (dbname, BESIDE, old))
    with at.connect() as su:
        there = su.execute("select 1 from pg_catalog.pg_database where datname = %s", (dbname,)).fetchone()
        if there:
            su.execute(sql.SQL("alter database {} connection limit 0").format(now))
            su.execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = %s", (dbname,))
        with su.transaction():
            for line in _officers(su, roles):
                su.execute(line.encode())
            if there:
                su.execute(sql.SQL("alter database {} rename to {}").format(now, before))
            su.execute(sql.SQL("alter database {} rename to {}").format(beside, now))
            su.execute(sql.SQL("alter database {} connection limit -1").format(now))
    return old if there else ""


def _officers(su: Connection, roles: list[str]) -> Iterator[str]:
    """What makes the officers' log-ins those of the backup; who is not in it may not log in."""
    rows = su.execute(r"select rolname from pg_catalog.pg_roles where rolname like 'p\_%'")
    have = {str(r[0]) for r in rows}
    named: Callable[[str], list[str]] = lambda line: [n.strip('"') for n in OURS.findall(line)]  # noqa: E731
    lines = [line for line in roles if line.startswith(("CREATE ROLE ", "ALTER ROLE ", "GRANT ")) and named(line)]
    known = {n for line in lines for n in named(line)}
    for name in sorted(have - known):
        yield f'ALTER ROLE "{name}" NOLOGIN;'
    for line in lines:
        if not (line.startswith("CREATE ROLE ") and named(line)[0] in have):
            yield line
