"""The office under attack: a server made by server-init, officers who come in over TLS with their passwords, psql-like SQL."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from app.server.cluster import Cluster
from app.server.making import Wish, make_server
from app.server.place import DATABASE, Place
from app.server.plan import Plan
from app.services.keys import new_key
from tests.support.office import OFFICE, PASSWORD, PEOPLE

NAME = "server-dukcapil"
PLACEHOLDER = re.compile(r"(?<![:\w]):([a-z_0-9]+)\b")

Connection = psycopg.Connection[tuple[Any, ...]]


class Fort:
    """The server, its officers' connections, and what `:names` in the SQL of an attempt stand for."""

    def __init__(self, cluster: Cluster, folder: Plan) -> None:
        self.cluster, self.plan = cluster, folder
        self.place = Place(cluster.sockets, cluster.port)
        self.su = self.place.connect(DATABASE)
        self.names: dict[str, object] = {}
        self._open: dict[str, Connection] = {}
        self._used: set[str] = set()

    # --- coming in ---

    def parameters(self, login: str, **more: str) -> str:
        """How an officer's PC comes in, unless `more` says otherwise."""
        strict = {
            "host": NAME, "hostaddr": self.cluster.hostaddr, "port": str(self.cluster.port), "dbname": DATABASE,
            "user": f"p_{login}", "password": PASSWORD, "sslmode": "verify-full",
            "sslrootcert": str(self.plan.papers.ca), "channel_binding": "require",
            "require_auth": "scram-sha-256", "connect_timeout": "10", "options": "-csearch_path=pelita3",
        }  # fmt: skip
        return make_conninfo("", **strict | more)

    def knock(self, login: str, **more: str) -> Connection:
        """A new connection of this officer's, autocommit, that puts values into the text as psql does."""
        return psycopg.connect(
            self.parameters(login, **more), autocommit=True, cursor_factory=psycopg.ClientCursor[Any]
        )

    @contextmanager
    def officer(self, login: str, **more: str) -> Iterator[Connection]:
        """A connection of this officer's for one block."""
        connection = self.knock(login, **more)
        try:
            yield connection
        finally:
            connection.close()

    def seat(self, login: str) -> Connection:
        """This officer's standing connection, as if it had just been made."""
        self._used.add(login)
        return self._clean(login)

    def _clean(self, login: str) -> Connection:
        found = self._open.get(login)
        if found is None or found.closed or found.broken:
            found = self._open[login] = self.knock(login)
        elif login in self._used:
            found.rollback()
            found.execute("discard all")
        return found

    def leave(self, login: str) -> None:
        """End this officer's standing connection."""
        found = self._open.pop(login, None)
        if found is not None:
            found.close()

    def close(self) -> None:
        """End every connection."""
        for login in list(self._open):
            self.leave(login)
        self.su.close()

    # --- speaking ---

    def filled(self, text: str) -> bytes:
        """The SQL with its `:names` filled in: facts of the fort, `:key` (new each time), `:n_file` (lines it has)."""
        return PLACEHOLDER.sub(lambda m: self._literal(m[1]), text).encode()

    def _literal(self, name: str) -> str:
        if name == "key":
            return f"'{new_key()}'"
        if name.startswith("n_"):
            return str(self.one("select n from berkas where id = :" + name.removeprefix("n_")))
        if name.startswith("secret_"):
            return f"'{verifier(self.su, name.removeprefix('secret_'))}'"
        value = self.names.get(name)
        if value is None:
            return f":{name}"
        return str(value) if isinstance(value, int) else sql.Literal(value).as_string(self.su)

    def do(self, login: str, text: str) -> list[tuple[Any, ...]]:
        """One statement in this officer's name; its rows."""
        connection = self._clean(login)
        self._used.discard(login)
        return rows(connection.execute(self.filled(text)))

    def one(self, text: str) -> Any:
        """One value, asked by the superuser."""
        row = self.su.execute(self.filled(text)).fetchone()
        assert row is not None, text
        return row[0]


def rows(cursor: psycopg.Cursor[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """What a statement answered; nothing where it answers nothing."""
    return cursor.fetchall() if cursor.description else []


def verifier(connection: psycopg.Connection[Any], login: str, password: str = PASSWORD) -> str:
    """What the server keeps instead of this password."""
    made = connection.pgconn.encrypt_password(password.encode(), f"p_{login}".encode(), b"scram-sha-256")
    return made.decode()


def founded() -> Fort:
    """A server that `pelita3 admin server-init` made and restarted, with the invented office's first officers."""
    cluster = Cluster.start(fsync=False)

    def again() -> bool:
        cluster.stop()
        cluster.start_again()
        return True

    plan = Plan(
        cluster.data / "pelita3", names=(NAME, "localhost"), addresses=("127.0.0.1",), subnets=("127.0.0.1/32",),
        listen="127.0.0.1",
    )  # fmt: skip
    make_server(Place(cluster.sockets, cluster.port), Wish(plan, restart=again))
    fort = Fort(cluster, plan)
    fort.su.execute("insert into office(data, key) values (%s, %s)", (json.dumps(asdict(OFFICE)), new_key()))
    for person in PEOPLE:
        facts = (person.login, person.name, person.nip, person.rank, person.position, person.place)
        fort.su.execute(
            "select adm.add_officer(%s, %s, %s, %s, %s, %s, %s, 0, 'officer', %s)",
            (*facts, verifier(fort.su, person.login), new_key()),
        )
        fort.su.execute(
            "insert into assignment(login, role, confirmed_by, key) values (%s, %s, 'berita acara pemasangan', %s)",
            (person.login, person.roles[0].value, new_key()),
        )
    return fort
