"""Puts a backup back on trial and says whether it holds: counts, every chain and seal, and on a server all rights."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.errors import Refused, Unavailable
from app.models import base
from app.models.guards import runner
from app.models.peer import use_peer
from app.server import backup_counts, fingerprint, programs, truth, vault
from app.server.backup_counts import Manifest
from app.server.cluster import Cluster
from app.server.place import DATABASE, SUPERUSER, Place
from app.services import evidence
from app.services.evidence import Progress, Report

Members = Iterator[tuple[str, Iterator[bytes]]]

SQLITE_MEMBER, ROLES_MEMBER, DUMP_MEMBER = "kantor.db", "peran.sql", "basisdata.dump"
SMALL = 2 << 30
"""Up to so many bytes every stored document is read and hashed in each trial."""


@dataclass(frozen=True)
class Trial:
    """What a trial found. `faults` in words; none means that the backup is good."""

    manifest: Manifest
    report: Report
    faults: tuple[str, ...]

    @property
    def good(self) -> bool:
        """Whether everything holds."""
        return not self.faults


def try_out(path: Path, key: bytes, folder: Path, progress: Progress | None = None, *, thorough: bool = False) -> Trial:
    """Decrypt a backup and put it back into a place of its own inside `folder`, which is deleted afterwards.

    Refused where the file cannot be decrypted whole. Nothing outside `folder` is touched.
    """
    with vault.Reader(path, key) as reader:
        members = reader.members()
        wanted = described(members)
        place = _on_sqlite if wanted.engine == "sqlite" else _on_server
        with place(members, folder) as (found, extra):
            report = evidence.verify_all(progress, documents=thorough or wanted.bytes_of_documents <= SMALL)
            return Trial(wanted, report, (*backup_counts.differences(wanted, found), *extra, *said(report)))


def described(members: Members) -> Manifest:
    """What a backup says of itself, its first member. Refused where this program cannot put it back."""
    name, parts = next(members, ("", iter(())))
    if name != backup_counts.MEMBER:
        raise Refused(vault.BROKEN, code="backup_broken")
    found = backup_counts.unpacked(b"".join(parts))
    known = runner.versions(found.engine)[-1][0]
    if found.version != known:
        age = "baru" if found.version > known else "lama"
        raise Refused(
            f"Cadangan ini dibuat PELITA 3 {found.program}, yang lebih {age}. Pulihkan dengan program versi itu.",
            code="version",
        )
    return found


def said(report: Report) -> list[str]:
    """The faults that a verification found."""
    more = report.bad - len(report.first)
    out = [str(bad) for bad in report.first] + ([f"... dan {more} kerusakan lain."] if more > 0 else [])
    return out if report.complete else [*out, "Pemeriksaan dihentikan sebelum selesai."]


# --- one file --------------------------------------------------------------------------------------------------------


@contextmanager
def _on_sqlite(members: Members, folder: Path) -> Iterator[tuple[Manifest, list[str]]]:
    with tempfile.TemporaryDirectory(prefix="periksa-", dir=folder) as scratch:
        file = Path(scratch) / "kantor.db"
        unpack(members, file)
        with looking_at(file) as found:
            yield found


def unpack(members: Members, target: Path) -> None:
    """Write the embedded database of a backup's remaining members; Refused where there is none."""
    written = False
    for name, parts in members:
        if name == SQLITE_MEMBER:
            with os.fdopen(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as out:
                for part in parts:
                    out.write(part)
                out.flush()
                os.fsync(out.fileno())
            written = True
    if not written:
        raise Refused(vault.BROKEN, code="backup_broken")


@contextmanager
def looking_at(file: Path) -> Iterator[tuple[Manifest, list[str]]]:
    """All tables bound to this file, which nobody else uses; what it holds, and what SQLite finds wrong with it."""
    with closing(sqlite3.connect(file)) as plain:
        found = plain.execute("pragma integrity_check").fetchall()
        extra = [] if found == [("ok",)] else [f"SQLite: {row[0]}" for row in found[:5]]
    before = base.db.obj
    database = base.open_sqlite(file)
    try:
        with base.connected():
            yield _counted("sqlite"), extra
    finally:
        database.close()
        base.db.initialize(before)


def _counted(engine: str) -> Manifest:
    def ask(question: str) -> list[tuple[Any, ...]]:
        return list(base.db.execute_sql(question).fetchall())

    return backup_counts.manifest(ask, engine, "", 0)


# --- a server --------------------------------------------------------------------------------------------------------


@contextmanager
def _on_server(members: Members, folder: Path) -> Iterator[tuple[Manifest, list[str]]]:
    """A throw-away cluster that listens on no network, owned by whoever runs this; gone at the end."""
    # Root becomes another user there, who may not enter our folder.
    place = None if os.name == "posix" and os.geteuid() == 0 else Path(tempfile.mkdtemp(prefix="periksa-", dir=folder))
    try:
        with Cluster.start(place, tls=False, fsync=False, settings={"listen_addresses": ""}) as scratch:
            put_back(members, Place(scratch.sockets, scratch.port))
            with looking_through(Place(scratch.sockets, scratch.port), DATABASE) as found:
                yield found
    finally:
        if place is not None:
            shutil.rmtree(place, ignore_errors=True)


def put_back(members: Members, at: Place) -> None:
    """Roles and database of a backup into an empty cluster; Unavailable with the first thing that went wrong."""
    seen = set()
    for name, parts in members:
        seen.add(name)
        if name == ROLES_MEMBER:
            text = b"".join(parts).decode()
            # The superuser is there already: it made the cluster.
            lines = [line for line in text.splitlines() if line != f"CREATE ROLE {SUPERUSER};"]
            feed("psql", ["-X", "-q", "-v", "ON_ERROR_STOP=1", "-f", "-", *where(at, "postgres")],
                 iter(["\n".join(lines).encode()]))  # fmt: skip
        elif name == DUMP_MEMBER:
            feed("pg_restore", ["-C", "-e", *where(at, "postgres")], parts)
    if not {ROLES_MEMBER, DUMP_MEMBER} <= seen:
        raise Refused(vault.BROKEN, code="backup_broken")


def where(at: Place, dbname: str, user: str = SUPERUSER) -> list[str]:
    """The options by which PostgreSQL's programs find a server."""
    return ["-h", str(at.socket), "-p", str(at.port), "-U", user, "-d", dbname, "-w"]


def feed(program: str, options: Sequence[str], parts: Iterator[bytes]) -> None:
    """Let one of PostgreSQL's programs read these bytes; Unavailable with its last words where it fails."""
    with tempfile.TemporaryFile() as errors:
        with subprocess.Popen(
            [programs.folder() / program, *options], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=errors,
            env=programs.environment(),
        ) as running:  # fmt: skip
            assert running.stdin is not None
            try:
                for part in parts:
                    running.stdin.write(part)
                running.stdin.close()
            except BrokenPipeError:
                pass
            except BaseException:
                running.kill()
                raise
            running.wait()
        if running.returncode:
            errors.seek(0)
            said_ = errors.read().decode(errors="replace").strip().splitlines()
            first = next((line for line in said_ if "error" in line.lower()), said_[-1] if said_ else "")
            raise Unavailable(f"{program} gagal: {first or running.returncode}", code="program")


@contextmanager
def looking_through(at: Place, dbname: str) -> Iterator[tuple[Manifest, list[str]]]:
    """All tables bound to this database, seen as its superuser; what it holds, and which rights differ."""
    with at.connect(dbname) as connection:
        must, found = truth.expected(at), fingerprint.take(connection)
        extra = [d.text for d in truth.compare(must, found)] + [d.text for d in truth.sop(connection)]
    before = base.db.obj
    database = use_peer(str(at.socket), at.port, dbname, SUPERUSER)
    try:
        with base.connected():
            yield _counted("postgres"), extra
    finally:
        database.close()
        base.db.initialize(before)


def sha256_of(path: Path) -> str:
    """The hash of a file, read piece by piece."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
