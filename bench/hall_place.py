"""The throw-away hall that the queue's figures are taken in, on either engine: its machines, its counters, its rules."""

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
COUNTERS = LOGINS[Role.FO]
PLAIN = {True: "ukur.polos", False: "ukur_polos"}
"""The table of the plain insert that everything is compared with, on a server and not."""
ALL_DAY = {"opens": 0, "closes": 24 * 60 - 1}


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
def on_server() -> Iterator[Hall]:
    """A hall on a PostgreSQL of its own: each machine and each officer has a login."""
    with open_office("512MB") as place:
        with place.superuser() as su:
            verifier = su.pgconn.encrypt_password(PASSWORD.encode(), b"p_ukur", b"scram-sha-256").decode()
            for login, role in [(TV, Role.DISPLAY), *((k, Role.KIOSK) for k in KIOSKS)]:
                su.execute(
                    "select adm.add_officer(%s, 'Mesin lobi', '', '', '', '', %s, 0, %s, %s)",
                    (login, verifier, role.value.lower(), f"ukur-{login}"),
                )
                su.execute(
                    "insert into assignment(login, role, confirmed_by, key) values (%s, %s, 'pengukuran', %s)",
                    (login, role.value, f"ukur-peran-{login}"),
                )
            su.execute("insert into queue_setting(data, key) values (%s, 'ukur-antrean')", (json.dumps(ALL_DAY),))
            su.execute("create schema ukur")
            su.execute("grant usage on schema ukur to public")
            su.execute(
                f"create table {PLAIN[True]}(id bigint generated always as identity primary key, service text not null, "
                "priority integer not null, key text not null unique)".encode()
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
    hall = [(TV, Role.DISPLAY), *((k, Role.KIOSK) for k in KIOSKS[:16]), *((c, Role.FO) for c in COUNTERS[:12])]
    for login, role in hall:
        accounts.add_officer(NewOfficer(login, "Lobi", (role,), PASSWORD, must_change=False), new_key())
    queue_settings.save(replace(queue_settings.load(), **ALL_DAY), new_key())
    database.execute_sql(
        f"create table {PLAIN[False]}(id integer primary key, service text not null, priority integer not null, "
        "key text not null unique)"
    )
    base.session.actor = ""
    base.db.close()
    yield Hall(str(path))
