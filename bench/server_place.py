"""The throw-away office that the server's figures are taken in: cluster, schema, officers, and how one of them sits."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from typing import Any

import psycopg
from psycopg import sql

from app.models import base, server
from app.models.guards import runner_server
from app.server.cluster import Cluster
from app.server.configuration import FIXED
from app.services.accounts import Hat, Who
from app.services.office import Office
from app.sop.model import Role
from app.sop.pelita3 import PELITA3

DATABASE = "pelita3"
PASSWORD = "sandi-ukur-1"  # noqa: S105  an invented officer's
DESKS = {Role.FO: ("fo", 100), Role.EDITOR: ("ed", 10), Role.KASI: ("ks", 30), Role.KABID: ("kb", 30),
         Role.KADIS: ("kd", 30)}  # fmt: skip
"""Two hundred officers, so that two hundred clients each have an account."""
LOGINS = {role: [f"{short}{i:03d}" for i in range(1, many + 1)] for role, (short, many) in DESKS.items()}
CLIENTS = 120
"""How many connections one measured account may have; an officer's limit is 5."""


@dataclass(frozen=True)
class Place:
    """A running office."""

    cluster: Cluster

    @contextmanager
    def superuser(self, dbname: str = DATABASE) -> Iterator[psycopg.Connection[tuple[Any, ...]]]:
        """The superuser over the socket, autocommit, in the office's schema."""
        options = "-csearch_path=pelita3 -cstatement_timeout=0 -clock_timeout=0"
        connection = psycopg.connect(self.cluster.superuser_dsn(dbname), autocommit=True, options=options)
        with closing(connection):
            yield connection

    def seat(self, role: Role, number: int = 0) -> Who:
        """An officer logs in for real: TLS, SCRAM, his own role, row-level security."""
        return seat(self.cluster.address(DATABASE), LOGINS[role][number], role)


def bind(address: str) -> None:
    """All tables are this server's; nobody sits there yet."""
    server.use_server(server.parse(address), lambda database: runner_server.check_server(database, PELITA3))


def seat(address: str, login: str, role: Role) -> Who:
    """An officer logs in for real, in this process."""
    if base.db.obj is not None:
        base.db.close()
    bind(address)
    server.sit(login, PASSWORD)
    base.session.actor = login
    return officer(login, role)


def officer(login: str, role: Role) -> Who:
    """The officer as the services know him."""
    return Who(login, f"Petugas {login}", role, Hat(role))


@contextmanager
def open_office(shared_buffers: str) -> Iterator[Place]:
    """A fresh office on a cluster of its own, with the settings of `server-init`; everything is gone afterwards."""
    ours = {s.name: s.value for s in FIXED if not s.name.startswith(("ssl", "log_"))}
    settings = ours | {
        "max_connections": "450",  # two for each of 200 PCs, and spare ones
        "shared_buffers": shared_buffers,
        "max_wal_size": "4GB",
        "maintenance_work_mem": "512MB",
        "autovacuum_naptime": "1min",
    }
    with Cluster.start(settings=settings) as cluster:
        place = Place(cluster)
        with place.superuser("postgres") as su:
            su.execute(f"create database {DATABASE} template template0 encoding 'UTF8' locale 'C.UTF-8'".encode())
        with place.superuser() as su:
            runner_server.prepare_server(su, PELITA3)
            _people(su)
        yield place


def _people(su: psycopg.Connection[tuple[Any, ...]]) -> None:
    verifier = su.pgconn.encrypt_password(PASSWORD.encode(), b"p_ukur", b"scram-sha-256").decode()
    su.execute("insert into office(data, key) values (%s, 'ukur-kantor')", (json.dumps(asdict(Office())),))
    for role, logins in LOGINS.items():
        for login in logins:
            su.execute(
                "select adm.add_officer(%s, %s, '', '', '', '', %s, 0, 'officer', %s)",
                (login, f"Petugas {login}", verifier, f"ukur-{login}"),
            )
            su.execute(
                "insert into assignment(login, role, confirmed_by, key) values (%s, %s, 'pengukuran', %s)",
                (login, role.value, f"ukur-peran-{login}"),
            )


def many_connections(place: Place, login: str) -> None:
    """Let one account have as many connections as a measurement needs."""
    with place.superuser() as su:
        limit = sql.SQL("alter role {} connection limit {}")
        su.execute(limit.format(sql.Identifier(server.ROLE + login), sql.Literal(CLIENTS)))
