"""What must hold after every fault: nothing acknowledged is lost, nothing is double, every card is whole."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import peewee as pw
import psycopg

from app.models import base
from app.models.tables_berkas import Berkas, Paraf
from app.server import truth
from app.services import evidence
from app.sop.model import Channel
from app.sop.pelita3 import PELITA3
from tests.support.service import Service

OLD = 90
"""Seconds after which nobody may hold a lock."""


@dataclass
class Ledger:
    """Every command that somebody was told is done, by its key, with the table in which its row must be."""

    told: list[tuple[type[base.Table], str]] = field(default_factory=list)

    def tell(self, key: str, table: type[base.Table] = Paraf) -> None:
        """The officer was told that this is done."""
        self.told.append((table, key))


@contextmanager
def overseeing(dsn: str, name: str) -> Iterator[None]:
    """All tables are bound to what the server's own service sees of an office: everything."""
    before, actor = base.db.obj, base.session.actor
    base.db.initialize(Service(dsn, name))
    base.session.actor = ""
    try:
        with base.connected():
            yield
    finally:
        base.session.actor = actor
        base.db.initialize(before)


def on_server(dsn: str, name: str, ledger: Ledger) -> None:
    """All of them, on an office's server; `dsn` is the superuser's."""
    with overseeing(dsn, name):
        _rows(ledger)
    with closing(psycopg.connect(dsn, autocommit=True)) as su:
        # I5: nobody is left behind holding a lock.
        held = su.execute(
            "select a.pid, a.state, a.query from pg_stat_activity a where a.datname = %s and a.pid <> pg_backend_pid() "
            "and a.xact_start < clock_timestamp() - %s * interval '1 second' "
            "and exists (select 1 from pg_locks l where l.pid = a.pid and l.granted and l.locktype <> 'virtualxid')",
            (name, OLD),
        ).fetchall()
        # What officers may do is what their appointments say.
        differ = list(truth.standing(su))
    assert held == []
    assert differ == []


def embedded(ledger: Ledger) -> None:
    """All of them, in the embedded database that is connected in this thread."""
    _rows(ledger)
    database = base.db.obj
    assert isinstance(database, pw.SqliteDatabase)
    assert database.execute_sql("pragma integrity_check").fetchone()[0] == "ok"
    # I5: the write lock is free.
    started = time.monotonic()
    with database.atomic("IMMEDIATE"):
        pass
    assert time.monotonic() - started < OLD


def _rows(ledger: Ledger) -> None:
    _acknowledged(ledger)
    report = evidence.verify_all()  # I2
    assert report.mode == "full"
    assert report.whole, report.first
    cards: dict[int, list[Any]] = {}
    for line in Paraf.select().order_by(Paraf.berkas_id, Paraf.n):
        cards.setdefault(line.berkas_id, []).append(line)
    heads = {b.id: b for b in Berkas.select()}
    assert cards.keys() == heads.keys()
    for file, card in cards.items():
        _card(heads[file], card)


def _acknowledged(ledger: Ledger) -> None:
    """I1."""
    assert len(set(ledger.told)) == len(ledger.told)
    for table in {t for t, _ in ledger.told}:
        keys = [k for t, k in ledger.told if t is table]
        column = table.key  # type: ignore[attr-defined]
        found: dict[str, int] = {}
        for start in range(0, len(keys), 500):
            rows: Any = table.select(column).where(column.in_(keys[start : start + 500])).tuples()
            for (key,) in rows:
                found[key] = found.get(key, 0) + 1
        assert found == dict.fromkeys(keys, 1)


def _card(head: Any, card: list[Any]) -> None:
    # I3, and no gap either.
    assert [line.n for line in card] == list(range(1, len(card) + 1))
    # I4.
    last = card[-1]
    assert (head.n, head.stage, head.head, head.moved_us) == (last.n, last.to_stage, last.hash, last.at_us)
    # I6: every line is a step of the SOP's table, where the line before ended, by a role that may.
    stage = "MULAI"
    for line in card:
        step = PELITA3.step(line.action, PELITA3.stage(stage), Channel(head.channel))
        assert step is not None, (head.number, line.n, stage, line.action)
        assert (line.at_stage, line.to_stage) == (stage, step.to.key)
        assert line.as_role in {role.value for role in step.who}
        stage = line.to_stage
    # The applicant's own line is as old as his ticket; the rest follows the server's clock, which never goes back here.
    assert all(a.at_us <= b.at_us for a, b in pairwise(card))
