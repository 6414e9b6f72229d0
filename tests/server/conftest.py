"""An office server that `pelita3 admin server-init` made on a cluster of the tests' own, once per module."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from app.__main__ import main
from app.errors import Unavailable
from app.server.cluster import Cluster
from app.server.place import Place

PEOPLE = (
    "--admin", "rina=Rina Marlina", "--kabid", "meri=Meri Anggraini", "--berita-acara", "BA 12/2026, 3 Maret 2026",
)  # fmt: skip


@dataclass
class Made:
    """The server, what the first run said, and the one-time passwords in it."""

    cluster: Cluster
    folder: Path
    said: str = ""
    passwords: dict[str, str] = field(default_factory=dict)

    @property
    def place(self) -> Place:
        return Place(self.cluster.sockets, self.cluster.port)

    @property
    def ca(self) -> Path:
        return self.folder / "pelita3-ca.crt"

    def admin(self, what: str, *words: str) -> tuple[int, str]:
        """`pelita3 admin WHAT` on this server: its exit code and what it printed."""
        where = ["--socket", str(self.cluster.sockets), "--port", str(self.cluster.port)]
        folder = ["--folder", str(self.folder)] if what != "watchdog" else []
        said = StringIO()
        with redirect_stdout(said):
            code = main(["admin", what, *where, *folder, *words])
        return code, said.getvalue()

    def knock(self, login: str, password: str, **more: str) -> psycopg.Connection[tuple[Any, ...]]:
        """Log in as an officer's PC does, unless `more` says otherwise."""
        strict = {
            "host": "localhost", "hostaddr": "127.0.0.1", "port": str(self.cluster.port), "dbname": "pelita3",
            "user": f"p_{login}", "password": password, "sslmode": "verify-full", "sslrootcert": str(self.ca),
            "channel_binding": "require", "require_auth": "scram-sha-256", "connect_timeout": "10",
        }  # fmt: skip
        return psycopg.connect(make_conninfo("", **strict | more), autocommit=True)

    def restart(self) -> None:
        self.cluster.stop()
        self.cluster.start_again()


@pytest.fixture(scope="module")
def made() -> Iterator[Made]:
    try:
        cluster = Cluster.start()
    except Unavailable as error:
        pytest.skip(error.message)
    with cluster:
        server = Made(cluster, cluster.data / "pelita3")
        code, server.said = server.admin("server-init", "--listen", "127.0.0.1", "--name", "server-dukcapil", *PEOPLE)
        assert code == 0
        server.passwords = dict(re.findall(r"SANDI +(\w+) \(.*\): (\S+)", server.said))
        server.restart()
        yield server


Superuser = psycopg.Connection[tuple[Any, ...]]


@pytest.fixture
def superuser(made: Made) -> Iterator[Superuser]:
    """The superuser in the office's database."""
    with made.place.connect("pelita3") as connection:
        yield connection
