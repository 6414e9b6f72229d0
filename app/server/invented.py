"""A throw-away server with an invented office: the officers of the demonstration, each with a log-in of his own."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

import psycopg

from app.models.guards import runner_server
from app.server.cluster import Cluster
from app.services.accounts import NewOfficer
from app.services.keys import new_key
from app.services.office import Office
from app.sop.model import Sop

NAME = "pelita3"
MINUTES = "berita acara peragaan"

# The invented office has an invented time of day. A real server's clock is nobody's to set; this throw-away's is.
CLOCK = """
create table pelita3.demo_clock(offset_us bigint not null);
insert into pelita3.demo_clock values (0);
grant select on pelita3.demo_clock to public;
create or replace function pelita3.now_us() returns bigint language sql volatile parallel safe as
  $$ select (extract(epoch from clock_timestamp()) * 1000000)::bigint + (select offset_us from pelita3.demo_clock) $$;
"""


@dataclass(frozen=True)
class ServerOffice:
    """An office on a running server; `address` is what an officer's PC is given."""

    cluster: Cluster
    superuser: psycopg.Connection[Any]

    @property
    def address(self) -> str:
        """The server's address with its CA, as it stands in a PC's settings."""
        return self.cluster.address(NAME)

    def set_clock(self, now: datetime) -> None:
        """The server's time of day is `now` from here on, and moves on from there."""
        offset = int(now.timestamp() * 1_000_000) - time.time_ns() // 1000
        self.superuser.execute("update pelita3.demo_clock set offset_us = %s", (offset,))

    def furnish(self, office: Office, people: Sequence[NewOfficer]) -> None:
        """The office's data, and its officers as log-in roles with passwords of their own."""
        data = json.dumps(asdict(office), sort_keys=True, ensure_ascii=False)
        self.superuser.execute("insert into office(data, key) values (%s, %s)", (data, new_key()))
        for person in people:
            self._officer(person)

    def _officer(self, person: NewOfficer) -> None:
        secret = self.superuser.pgconn.encrypt_password(
            person.password.encode(), f"p_{person.login}".encode(), b"scram-sha-256"
        )
        facts = (person.login, person.name, person.nip, person.rank, person.position, person.place)
        self.superuser.execute(
            "select adm.add_officer(%s, %s, %s, %s, %s, %s, %s, 0, %s, %s)",
            (*facts, secret.decode(), person.kind, new_key()),
        )
        for role in person.roles:
            self.superuser.execute(
                "insert into assignment(login, role, confirmed_by, key) values (%s, %s, %s, %s)",
                (person.login, role.value, MINUTES, new_key()),
            )


@contextmanager
def running(sop: Sop) -> Iterator[ServerOffice]:
    """A server with an empty office of this SOP; it and everything in it vanish at the end.

    Unavailable, with what to install, where this computer has no PostgreSQL.
    """
    with Cluster.start() as cluster:
        with psycopg.connect(cluster.superuser_dsn(), autocommit=True) as postgres:
            postgres.execute(f"create database {NAME} template template0 encoding 'UTF8' locale 'C.UTF-8'")
        with psycopg.connect(
            cluster.superuser_dsn(NAME), autocommit=True, options="-csearch_path=pelita3"
        ) as superuser:
            runner_server.prepare_server(superuser, sop)
            superuser.execute(CLOCK)
            yield ServerOffice(cluster, superuser)
