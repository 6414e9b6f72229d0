"""The throw-away hall that the queue's figures are taken in, on either engine: its machines, counters and rules."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from server_place import DATABASE, LOGINS, PASSWORD, Place, open_office

from app.models import base
from app.models.guards import runner
from app.services import accounts, queue_settings
from app.services.accounts import NewOfficer
from app.services.keys import new_key
from app.services.office import Office
from app.sop.model import Role
from app.sop.pelita3 import PELITA3

TV = "tv-lobi"
KIOSKS = [f"kios{i:03d}" for i in range(1, 201)]
"""Enough that no account comes near its own limit of twenty numbers in ten seconds, whatever is measured."""
SPARE = "kios-lain"
COUNTERS = LOGINS[Role.FO]
PLAIN = {True: "ukur.polos", False: "ukur_polos"}
"""The table of the plain insert that everything is compared with, on a server and not."""
ONCE = "sekali-pakai-1"
LAST_MINUTE = 24 * 60 - 1


OLD = "ukur-lama-"
"""How the keys of the past begin, which is not counted: nobody pressed for it."""
PAST = (
    "set session_replication_role = replica",
    """insert into ticket(day, prefix, number, code, service, state, queued_us, state_us, called_us, calls, made_by,
      made_us, key)
  select to_char(current_date - d, 'YYYY-MM-DD'), 'A', n, 'LAMA-' || d || '-' || n, 'A', 'DONE', at, at + 2800000000,
    at + 2000000000, 1, 'fo001', at, 'ukur-lama-' || d || '-' || n
  from generate_series(2, {days} + 1) d, generate_series(1, 300) n,
    lateral (select (extract(epoch from current_date - d) * 1000000)::bigint + n::bigint * 60000000 as at) x""",
    """insert into queue_event(ticket_id, event, place, day, at_state, to_state, made_by, made_us, key)
  select t.id, e.event, 'Loket ' || t.number % 12 + 1, t.day, e.before, e.after, 'fo001', t.made_us + e.later,
    'ukur-lama-' || t.id || e.event
  from ticket t, (values ('CALLED', 'WAITING', 'CALLED', 2000000000), ('STARTED', 'CALLED', 'SERVING', 2060000000),
    ('DONE', 'SERVING', 'DONE', 2800000000)) e(event, before, after, later) where t.key like 'ukur-lama-%'""",
    "set session_replication_role = origin",
    "analyze ticket",
    "analyze queue_event",
)
"""So many office days of three hundred visitors each, as they would lie there: a hall is not asked on its first day."""


@dataclass(frozen=True)
class Hall:
    """A running hall. `address` is what its processes open: the server's address, or the embedded database's file."""

    address: str
    server: Place | None = None

    def ask(self, question: str) -> Sequence[tuple[Any, ...]]:
        """What really stands in the database, beside everybody's rights."""
        if self.server is not None:
            with self.server.superuser() as su:
                return su.execute(question.encode()).fetchall()
        with closing(sqlite3.connect(self.address)) as raw:
            return raw.execute(question).fetchall()


@contextmanager
def on_server(days: int) -> Iterator[Hall]:
    """A hall on a PostgreSQL of its own: each machine and each officer has a login, and so many days lie behind it."""
    with open_office("512MB") as place:
        with place.superuser() as su:
            verifier = su.pgconn.encrypt_password(PASSWORD.encode(), b"p_ukur", b"scram-sha-256").decode()
            for login, role in [(TV, Role.DISPLAY), *((k, Role.KIOSK) for k in (SPARE, *KIOSKS))]:
                su.execute(
                    "select adm.add_officer(%s, 'Mesin lobi', '', '', '', '', %s, 0, %s, %s)",
                    (login, verifier, role.value.lower(), f"ukur-{login}"),
                )
                su.execute(
                    "insert into assignment(login, role, confirmed_by, key) values (%s, %s, 'pengukuran', %s)",
                    (login, role.value, f"ukur-peran-{login}"),
                )
            su.execute(
                "insert into queue_setting(data, key) values (%s, 'ukur-antrean')",
                (json.dumps({"opens": 0, "closes": LAST_MINUTE}),),
            )
            for statement in PAST:
                su.execute(statement.format(days=days).encode())
            su.execute("create schema ukur")
            su.execute("grant usage on schema ukur to public")
            su.execute(
                f"create table {PLAIN[True]}(id bigint generated always as identity primary key, "
                "service text not null, priority integer not null, key text not null unique)".encode()
            )
            su.execute(f"grant insert on {PLAIN[True]} to public".encode())
        yield Hall(place.cluster.address(DATABASE), place)


@contextmanager
def embedded(folder: Path) -> Iterator[Hall]:
    """A hall on one PC's database file, every commit waiting for the disk as the program does it."""
    path = folder / "kantor.db"
    database = base.open_sqlite(path)
    base.db.connect()
    runner.prepare_sqlite(database, path, PELITA3, datetime.now(UTC))
    roles = (Role.FO, Role.EDITOR, Role.KASI, Role.KABID, Role.KADIS, Role.ADMIN)
    people = [NewOfficer(f"uji.{r.lower()}", f"Petugas {r}", (r,), new_key(), must_change=False) for r in roles]
    accounts.first_start(Office(), people, new_key())
    base.session.actor = people[-1].login
    hall = [
        (TV, Role.DISPLAY),
        *((k, Role.KIOSK) for k in (SPARE, *KIOSKS[:20])),
        *((c, Role.FO) for c in COUNTERS[:12]),
    ]
    for login, role in hall:
        person = NewOfficer(login, "Lobi", (role,), ONCE if role is Role.FO else PASSWORD, must_change=role is Role.FO)
        accounts.add_officer(person, new_key())
    queue_settings.save(replace(queue_settings.load(), opens=0, closes=LAST_MINUTE), new_key())
    database.execute_sql(
        f"create table {PLAIN[False]}(id integer primary key, service text not null, priority integer not null, "
        "key text not null unique)"
    )
    for login in COUNTERS[:12]:
        base.session.actor = login
        # Only a password of his own choice gives an officer his role.
        accounts.change_password(login, ONCE, PASSWORD, new_key())
    base.session.actor = ""
    base.db.close()
    yield Hall(str(path))
