"""One `act` (a guarded line of the control card) against the same rows written unguarded, on SQLite, as a ratio.

Guarded is what a button does: `services.act`, one INSERT that the triggers judge, stamp, chain and let move the file,
and the line read back. Unguarded is a second database without triggers, with the same tables, indexes, PRAGMAs and
connection settings, into which one transaction writes the very row that came out (INSERT into `paraf`, UPDATE of
`berkas`) and reads it back. The two take turns on the same files; medians are compared, once as the program works
(synchronous=FULL, every line waits for the disk) and once without waiting for the disk, where only the work counts.

    python bench/act.py [--lines 300]
"""

from __future__ import annotations

import argparse
import shutil
import sqlite3
import statistics
import tempfile
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import peewee as pw

from app.models import base
from app.models.guards import runner
from app.services import accounts, act, intake, queue
from app.services.accounts import NewOfficer, Who
from app.services.berkas import Head
from app.services.keys import new_key
from app.services.office import Office
from app.sop.model import Role
from app.sop.pelita3 import PELITA3

ROLES = (Role.FO, Role.EDITOR, Role.KASI, Role.KABID, Role.KADIS, Role.ADMIN)
NOTE = "pengukuran"


def office(path: Path, files: int) -> tuple[pw.SqliteDatabase, Who, list[Head]]:
    """A fresh office with so many registered files, and the officer who holds them at the keyboard."""
    database = base.open_sqlite(path)
    base.db.connect()
    database.pragma("synchronous", 0, permanent=True)
    runner.prepare_sqlite(database, path, PELITA3, datetime.now(UTC))
    people = [NewOfficer(f"uji.{r.lower()}", f"Petugas {r}", (r,), new_key(), must_change=False) for r in ROLES]
    accounts.first_start(Office(), people, new_key())
    login = people[0].login
    base.session.actor = login
    who = Who(login, people[0].name, Role.FO, accounts.hats(login)[0], place="Loket 1")
    made = [walked_in(who) for _ in range(files)]
    database.execute_sql("pragma wal_checkpoint(truncate)")
    return database, who, made


def walked_in(who: Who) -> Head:
    """A visitor's number, called to the counter, registered, and the counter free again."""
    ticket = queue.call(queue.issue(new_key()).ticket.id, who.place, new_key(), "bench")
    file = intake.register_ticket(PELITA3, who, ticket.id, new_key())
    queue.done(ticket.id, who.place, new_key())
    return file


def bare(source: Path, path: Path) -> pw.SqliteDatabase:
    """The same office without a single trigger, opened with the same settings."""
    shutil.copy(source, path)
    with closing(sqlite3.connect(path)) as raw:
        for (name,) in raw.execute("select name from sqlite_master where type = 'trigger'").fetchall():
            raw.execute(f"drop trigger {name}")
    database = base.open_sqlite(path)
    database.connect()
    return database


def guarded_seconds(who: Who, file: Head, key: str) -> float:
    """One press of a button that needs nothing but a reason."""
    begin = time.perf_counter()
    act.act(who, file.id, "batalkan", file.n, key, NOTE)
    return time.perf_counter() - begin


def bare_seconds(plain: pw.SqliteDatabase, line: tuple[object, ...], names: str, berkas: tuple[object, ...]) -> float:
    """The same two rows by plain statements, read back as `act` does."""
    insert = f"insert into paraf({names}) values({','.join('?' * len(line))})"
    update = "update berkas set n = ?, stage = ?, head = ?, moved_us = ?, holder = ? where id = ?"
    key = line[names.split(",").index("key")]
    begin = time.perf_counter()
    with plain.atomic():
        plain.execute_sql(insert, line)
        plain.execute_sql(update, berkas)
    plain.execute_sql("select * from paraf where key = ? limit 1", (key,)).fetchone()
    return time.perf_counter() - begin


def compare(guarded: pw.SqliteDatabase, plain: pw.SqliteDatabase, who: Who, files: list[Head]) -> tuple[float, float]:
    """Median seconds of both over these files, in turns."""
    ours, theirs = [], []
    for file in files:
        key = new_key()
        ours.append(guarded_seconds(who, file, key))
        cursor = guarded.execute_sql("select * from paraf where key = ?", (key,))
        names = ",".join(column[0] for column in cursor.description)
        line = tuple(cursor.fetchone())
        now = "select n, stage, head, moved_us, holder, id from berkas where id = ?"
        berkas = tuple(guarded.execute_sql(now, (file.id,)).fetchone())
        theirs.append(bare_seconds(plain, line, names, berkas))
    return statistics.median(ours), statistics.median(theirs)


def main() -> None:
    """Prints two lines: as the program works, and without the disk."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--lines", type=int, default=300, help="lines signed for each of the two figures")
    lines = parser.parse_args().lines
    with tempfile.TemporaryDirectory(prefix="pelita3-bench-") as folder:
        path = Path(folder) / "kantor.db"
        guarded, who, files = office(path, 2 * lines + 20)
        plain = bare(path, Path(folder) / "tanpa-penjaga.db")
        base.db.initialize(guarded)
        compare(guarded, plain, who, files[:20])  # warms both, not counted
        print(f"| one line on the control card, median of {lines} | `act` | unguarded | ratio |")
        print("|---|---|---|---|")
        for label, level, part in (
            ("as the program works (synchronous=FULL)", 2, files[20 : 20 + lines]),
            ("without waiting for the disk", 0, files[20 + lines :]),
        ):
            for database in (guarded, plain):
                database.pragma("synchronous", level, permanent=True)
            ours, theirs = compare(guarded, plain, who, part)
            print(f"| {label} | {ours * 1e3:.2f} ms | {theirs * 1e3:.2f} ms | {ours / theirs:.1f} |")
        guarded.close()
        plain.close()


if __name__ == "__main__":
    main()
