"""Takes a backup: one encrypted file, which counts only after it was put back on trial and everything held."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import tempfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from app import __version__
from app.errors import Refused, Unavailable
from app.models.peer import BACKUP
from app.server import backup_counts, backup_keep, backup_key, backup_proof, programs, vault
from app.server.backup_keep import Proof
from app.server.backup_proof import DUMP_MEMBER, ROLES_MEMBER, SQLITE_MEMBER, Trial
from app.server.place import DATABASE, Place
from app.services.evidence import Progress

Say = Callable[[str], None]
PIECE = 1 << 20


@dataclass(frozen=True)
class Taken:
    """A backup that was tried out: its proof where it is good; where it is not, it is deleted already."""

    proof: Proof | None
    trial: Trial


@dataclass(frozen=True)
class Ways:
    """Where backups go, which key encrypts them, and where a trial may work. `keep` = days, weeks, months."""

    to: Path
    key_file: Path
    work: Path
    keep: tuple[int, int, int] = (backup_keep.DAILY, backup_keep.WEEKLY, backup_keep.MONTHLY)
    thorough: bool = False


def key_for(ways: Ways, say: Say) -> bytes:
    """The office's key; a new one where there has never been any. Refused where backups exist and the key is lost."""
    if not ways.key_file.exists():
        if any(ways.to.glob(f"*{backup_keep.SUFFIX}")):
            raise Refused(backup_key.LOST.format(ways.key_file), code="backup_key")
        key = backup_key.make(ways.key_file)
        backup_keep.like_parent(ways.key_file)
        say(
            f"kunci       BARU, di {ways.key_file}. Cetak lembarnya sekarang: "
            "`pelita3 admin backup-key --paper kunci.pdf`"
        )
        return key
    return backup_key.load(ways.key_file)


def of_sqlite(database: Path, ways: Ways, say: Say, progress: Progress | None = None) -> Taken:
    """Back up an embedded database, also while it is in use."""

    def fill(writer: vault.Writer) -> None:
        with tempfile.TemporaryDirectory(prefix="salin-", dir=ways.work) as scratch:
            copy = Path(scratch) / "kantor.db"
            os.close(os.open(copy, os.O_CREAT | os.O_WRONLY, 0o600))
            _copy(database, copy)
            with closing(sqlite3.connect(f"file:{copy}?mode=ro", uri=True)) as plain:
                found = backup_counts.manifest(lambda q: plain.execute(q).fetchall(), "sqlite", __version__, _now_us())
            writer.add(backup_counts.MEMBER, found.packed())
            writer.begin(SQLITE_MEMBER)
            with copy.open("rb") as file:
                while part := file.read(PIECE):
                    writer.write(part)
            writer.end()

    return _take(fill, ways, say, progress)


def _copy(database: Path, copy: Path) -> None:
    try:
        with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as source, closing(
            sqlite3.connect(copy)) as target:  # fmt: skip
            source.backup(target)
    except sqlite3.Error as error:
        raise Unavailable(f"Basis data {database} tidak dapat disalin: {error}", code="copy") from error


def of_server(at: Place, ways: Ways, say: Say, progress: Progress | None = None, dbname: str = DATABASE) -> Taken:
    """Back up the office's database and its roles, as pelita3_backup; officers go on working."""

    def fill(writer: vault.Writer) -> None:
        with at.connect(dbname, BACKUP) as connection, connection.transaction():
            connection.execute("set transaction isolation level repeatable read, read only")
            snapshot = connection.execute("select pg_catalog.pg_export_snapshot()").fetchone()
            assert snapshot is not None

            def ask(question: str) -> list[tuple[Any, ...]]:
                return connection.execute(question.encode()).fetchall()

            found = backup_counts.manifest(ask, "postgres", __version__, _now_us())
            writer.add(backup_counts.MEMBER, found.packed())
            writer.begin(ROLES_MEMBER)
            _run(writer, "pg_dumpall", ["-g", "--no-tablespaces", *_where(at, dbname)])
            writer.end()
            writer.begin(DUMP_MEMBER)
            options = ["-Fc", "-C", f"--snapshot={snapshot[0]}", *backup_proof.where(at, dbname, BACKUP)]
            _run(writer, "pg_dump", options)
            writer.end()

    return _take(fill, ways, say, progress)


def _where(at: Place, dbname: str) -> list[str]:
    """As for pg_dump, in the words of pg_dumpall."""
    return ["-h", str(at.socket), "-p", str(at.port), "-U", BACKUP, "-l", dbname, "-w"]


def _run(writer: vault.Writer, program: str, options: list[str]) -> None:
    """What a program of PostgreSQL writes goes into the backup and nowhere else; Unavailable where it fails."""
    with tempfile.TemporaryFile() as errors:
        with subprocess.Popen(
            [programs.folder() / program, *options], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=errors,
            env=programs.environment(),
        ) as running:  # fmt: skip
            assert running.stdout is not None
            while part := running.stdout.read(PIECE):
                writer.write(part)
        if running.returncode:
            errors.seek(0)
            said = errors.read().decode(errors="replace").strip().splitlines()
            raise Unavailable(f"{program} gagal: {said[-1] if said else running.returncode}", code="program")


def _take(fill: Callable[[vault.Writer], None], ways: Ways, say: Say, progress: Progress | None) -> Taken:
    for place in (ways.to, ways.work):
        backup_keep.folder(place)
    key = key_for(ways, say)
    target = ways.to / backup_keep.name_at(datetime.now(UTC))
    part = target.with_name(target.name + backup_keep.PART)
    backup_keep.clear_parts(ways.to)
    try:
        with vault.Writer(part, key) as writer:
            fill(writer)
        trial = backup_proof.try_out(part, key, ways.work, progress, thorough=ways.thorough)
        if not trial.good:
            return Taken(None, trial)
        proof = _proof(target.name, part, key, trial)
        part.replace(target)
        backup_keep.like_parent(target)
        backup_keep.write_proof(target, proof)
        return Taken(proof, trial)
    finally:
        part.unlink(missing_ok=True)


def _proof(name: str, path: Path, key: bytes, trial: Trial) -> Proof:
    found = trial.report
    return Proof(
        name, backup_proof.sha256_of(path), path.stat().st_size, backup_key.name(key), trial.manifest.engine,
        trial.manifest.taken_us, _now_us(), found.files, found.lines, found.seals, found.documents,
        trial.manifest.last_seal, trial.manifest.counts, trial.manifest.program,
    )  # fmt: skip


def _now_us() -> int:
    return int(datetime.now(UTC).timestamp() * 1_000_000)
