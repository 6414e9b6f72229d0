"""The tables' one connection per thread, who is at the keyboard, and error codes turned into errors."""

from __future__ import annotations

import hashlib
import itertools
import sqlite3
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar, cast

import peewee as pw

from app.errors import Conflict, Refused, Shown, Unavailable
from app.models import words
from app.sop.numbers import check_digit

T = TypeVar("T")
PAUSES = (0.05, 0.5, 1.5)
"""Seconds between the tries of a command whose connection broke; longer waits are the window's to show."""

APPLICATION_ID = 0x50334C54
"""Written into every SQLite file of ours, so that a foreign one is known at once."""

CLIENT = 1
"""Sent with every command row; a database that needs a newer client refuses an older one (P3426)."""

db = pw.DatabaseProxy()


class Table(pw.Model):
    """Base of all tables. Rows are added, never changed: the guards refuse anything else."""

    class Meta:
        database = db
        legacy_table_names = False


class Session:
    """Who works through this process's connection, and by which clock.

    The embedded database takes both from here; a server knows them itself, and `clock` follows the server's.
    `reconnect` is set where connections can break: it makes this thread a new one or says why not.
    """

    def __init__(self) -> None:
        self.actor = ""
        self.clock: Callable[[], int] = lambda: time.time_ns() // 1000
        self.reconnect: Callable[[], None] | None = None

    def now_us(self) -> int:
        """Microseconds since 1970, UTC."""
        return self.clock()


session = Session()


def on_server() -> bool:
    """Whether the tables are the office's PostgreSQL and not an embedded database."""
    return isinstance(db.obj, pw.PostgresqlDatabase)


def netstrings(*values: object) -> bytes:
    """Unambiguous bytes of a row: `len:value,` each; the same on every engine and in every language."""
    return b"".join(b"%d:%s," % (len(v), v) for v in (str(x).encode() for x in values))


def chain(previous: str, *values: object) -> str:
    """The next link of a card's chain as hex: SHA-256 over the previous link and the row's netstrings."""
    return hashlib.sha256(bytes.fromhex(previous) + netstrings(*values)).hexdigest()


def sha256hex(data: bytes | str) -> str:
    """SHA-256 as 64 hex digits; text counts as UTF-8."""
    return hashlib.sha256(data.encode() if isinstance(data, str) else data).hexdigest()


def _sha256_or_null(data: bytes | str | None) -> str | None:
    return None if data is None else sha256hex(data)


def open_sqlite(path: Path) -> pw.SqliteDatabase:
    """The embedded database at `path`, bound to all tables, not yet connected.

    Refused where another program's database lies there: nothing of it is touched, not even its journal mode.
    WAL with synchronous=FULL: what was acknowledged survives a crash. Functions that the guards call are
    registered on every connection; a bare sqlite3 shell lacks them and so can add no line.
    """
    _refuse_foreign(path)
    database = pw.SqliteDatabase(
        str(path),
        pragmas={
            "journal_mode": "wal",
            "synchronous": "full",
            "foreign_keys": 1,
            "busy_timeout": 5000,
            "trusted_schema": 1,
        },
        lock_type="IMMEDIATE",
        autoconnect=False,
    )
    database.register_function(lambda: session.actor, "actor", 0)
    database.register_function(session.now_us, "now_us", 0)
    database.register_function(_sha256_or_null, "sha256hex", 1)
    database.register_function(check_digit, "check_digit", 1)
    database.register_function(chain, "chain", -1)
    db.initialize(database)
    session.reconnect = None
    return database


FOREIGN = "Berkas ini bukan basis data PELITA 3. Pilih berkas lain atau pulihkan dari cadangan."


def _refuse_foreign(path: Path) -> None:
    """Judge the file by its first hundred bytes. What they leave open is judged by the tables, in guards/runner."""
    try:
        with path.open("rb") as file:
            start = file.read(100)
    except FileNotFoundError:
        return
    except OSError as e:
        raise Unavailable(words.TROUBLE["unable to open database"], code="unable to open database") from e
    if len(start) < 100 or not start.startswith(b"SQLite format 3\0"):  # noqa: PLR2004  the header's length
        # An empty file is a new database; anything else is found out by SQLite itself.
        return
    application = int.from_bytes(start[68:72])
    # Ours are in WAL mode (2) from their first byte on, even before their id has left the log.
    if application not in {0, APPLICATION_ID} or (application == 0 and start[18] == 1):
        raise Refused(FOREIGN, code="foreign")


@contextmanager
def connected() -> Iterator[None]:
    """A connection for this thread, closed at the end; nests harmlessly."""
    with told():
        opened = db.connect(reuse_if_open=True)
    try:
        yield
    finally:
        if opened:
            db.close()


@contextmanager
def told() -> Iterator[None]:
    """Database errors inside come out as Refused, Conflict or Unavailable; anything unknown stays the bug it is."""
    try:
        yield
    except (pw.PeeweeException, sqlite3.Error) as e:
        shown = translate(e)
        if shown is None:
            raise
        raise shown from e


def translate(error: BaseException) -> Shown | None:
    """What a database error means to an officer, or None where it is a bug."""
    text = str(error)
    start = text.find("P3")
    if start >= 0 and text[start + 2 : start + 5].isdigit():
        code, _, detail = text[start:].partition(" ")
        return _refusal(code[:5], detail.split()[0] if detail else "")
    lowered = text.lower()
    if words.LENGTH in lowered or words.LENGTH_NAMED in lowered:
        return Refused(words.TOO_SHORT_OR_LONG, code="length")
    for sign, message in words.TROUBLE.items():
        if sign in lowered:
            return Unavailable(message, code=sign)
    if on_server():
        from app.models import troubles  # noqa: PLC0415  - an office on one PC never pays for the server's driver

        return troubles.of_statement(error)
    return None


def _refusal(code: str, detail: str) -> Shown | None:
    message = words.REFUSALS.get((code, detail)) or words.REFUSALS.get((code, ""))
    if message is None:
        return None
    if code == "P3409":
        return Conflict(message, code=detail)
    return Refused(message, code=detail)


def add(model: type[Table], key: str, **columns: Any) -> None:
    """One INSERT as one autocommit statement. Repeating it with the same key changes nothing and is no error.

    So a connection that breaks, with or without the answer, is mended and the same command sent again.
    """
    _add(model, key, columns, ())


def add_and_see(model: type[Table], key: str, see: Sequence[str], **columns: Any) -> tuple[Any, ...]:
    """The same; and what these columns of the row hold, as the database stamped them."""
    wanted = [getattr(model, name) for name in see]
    # An embedded database stamps the row after its RETURNING; and a repeated key adds no row that could be returned.
    for row in _add(model, key, columns, wanted if on_server() else ()):
        return row
    with told():
        return cast("tuple[Any, ...]", model.select(*wanted).where(model.key == key).tuples().get())  # type: ignore[attr-defined]


def _add(model: type[Table], key: str, columns: dict[str, Any], see: Sequence[Any]) -> list[tuple[Any, ...]]:
    def insert() -> list[tuple[Any, ...]]:
        command = model.insert(key=key, **columns)
        if see:
            return list(command.returning(*see).tuples().execute())
        command.as_rowcount().execute()
        return []

    try:
        return patiently(insert)
    except Conflict as e:
        if e.code == "key" or not is_there(model, key):
            raise
        return []


def is_there(model: type[Table], key: str) -> bool:
    """Whether this press was faster than itself: the server was still at it when it came again by a new connection."""
    who = getattr(model, "made_by", None) or model.actor  # type: ignore[attr-defined]
    with told():
        found = model.select().where(model.key == key, who == pw.fn.actor())  # type: ignore[attr-defined]
        return bool(found.exists())


def patiently(command: Callable[[], T]) -> T:
    """Do a command that may be repeated, over new connections where the old one broke; at last Unavailable."""
    for pause in PAUSES:
        try:
            with told():
                return command()
        except Unavailable as e:
            if e.code == "twin":
                continue
            if e.code != "lost" or session.reconnect is None:
                raise
            time.sleep(pause)
            _reconnect(session.reconnect)
    with told():
        return command()


def _reconnect(reconnect: Callable[[], None]) -> None:
    """Whatever keeps a broken connection from coming back (a server that is just starting): it is still lost."""
    try:
        reconnect()
    except Unavailable as e:
        raise Unavailable(e.message, code="lost") from e


EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def moment(us: int) -> datetime:
    """Microseconds of the database as an aware UTC datetime."""
    return EPOCH + timedelta(microseconds=us)


def micros(at: datetime) -> int:
    """An aware datetime as the database's microseconds."""
    return (at - EPOCH) // timedelta(microseconds=1)


def derived(key: str, purpose: str) -> str:
    """A second idempotency key that follows from the first, so that a retried press repeats every part of itself."""
    return str(uuid.uuid5(uuid.UUID(key), purpose))


_job: ContextVar[tuple[str, Iterator[int]] | None] = ContextVar("job", default=None)


@contextmanager
def job_keys(key: str) -> Iterator[None]:
    """Inside, the first, second, ... new key follows from `key`: a job done again repeats its own commands."""
    token = _job.set((key, itertools.count()))
    try:
        yield
    finally:
        _job.reset(token)


def new_key() -> str:
    """A fresh idempotency key: one per press of a button."""
    job = _job.get()
    return derived(job[0], str(next(job[1]))) if job else str(uuid.uuid4())
