"""The office's PostgreSQL as a client sees it: its address, who sits at this PC, and the connections in his name."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, unquote, urlsplit

import peewee as pw
import psycopg
from playhouse.postgres_ext import Psycopg3Database

from app.errors import Refused, Unavailable
from app.models import base, patience, troubles
from app.models.base import CLIENT

_here = threading.local()
"""`user`: in whose name this thread connected last."""

PORT = 5432
ROLE = "p_"
CHANNEL = "pelita3"
NOT_AN_ADDRESS = (
    "Alamat server belum benar. Tulis seperti postgresql://server-dukcapil:5432/pelita3?ca=/letak/pelita3-ca.crt"
)


@dataclass(frozen=True)
class Server:
    """The address of an office's server. `ca` is the certificate authority's file that IT copied to this PC."""

    host: str
    port: int = PORT
    dbname: str = "pelita3"
    ca: Path | None = None
    hostaddr: str = ""

    @property
    def url(self) -> str:
        """The address as the settings keep it; `parse` reads it back."""
        ca = f"?ca={quote(str(self.ca))}" if self.ca else ""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"postgresql://{host}:{self.port}/{self.dbname}{ca}"


def parse(url: str) -> Server:
    """The server of an address; Refused where it is none."""
    parts = urlsplit(url)
    try:
        port = parts.port or PORT
    except ValueError as e:
        raise Refused(NOT_AN_ADDRESS, field="database", code="address") from e
    if parts.scheme not in {"postgres", "postgresql"} or not parts.hostname:
        raise Refused(NOT_AN_ADDRESS, field="database", code="address")
    asked = parse_qs(parts.query)
    ca = Path(unquote(asked["ca"][0])) if asked.get("ca") else None
    return Server(parts.hostname, port, parts.path.lstrip("/") or "pelita3", ca, asked.get("hostaddr", [""])[0])


def parameters(server: Server) -> dict[str, Any]:
    """How a client connects: encrypted, to this very server and no other, the password never leaving this PC.

    SCRAM with channel binding; a server that asks for anything less is not ours.
    """
    return {
        "host": server.host,
        "port": server.port,
        **({"hostaddr": server.hostaddr} if server.hostaddr else {}),
        "sslmode": "verify-full",
        "sslrootcert": str(server.ca) if server.ca else "system",
        "ssl_min_protocol_version": "TLSv1.3",
        "channel_binding": "require",
        "require_auth": "scram-sha-256",
        "connect_timeout": 5,
        "keepalives_idle": 15,
        "keepalives_interval": 5,
        "keepalives_count": 3,
        "tcp_user_timeout": 20_000,
        "application_name": f"pelita3/{CLIENT}",
        "client_encoding": "utf8",
        "options": "-csearch_path=pelita3",
    }


class OfficeServer(Psycopg3Database):
    """peewee's database with the officer's credentials, kept in memory only."""

    def __init__(
        self, server: Server, check: Callable[[pw.Database], None], clock: Callable[[], int] | None = None
    ) -> None:
        super().__init__(server.dbname, autoconnect=False, **parameters(server))  # type: ignore[no-untyped-call]
        self.server, self.check, self.clock = server, check, clock
        self.hoped = ""

    @property
    def seated(self) -> bool:
        """Whether an officer's credentials are known."""
        return "password" in self.connect_params

    def execute_sql(self, sql: str, *args: Any, **kwargs: Any) -> Any:
        """One statement. A thread with patience sends it again by a new connection; commands carry their keys."""
        while True:
            try:
                return super().execute_sql(sql, *args, **kwargs)  # type: ignore[no-untyped-call]
            except pw.PeeweeException as e:
                lost = base.translate(e)
                if not isinstance(lost, Unavailable) or lost.code != "lost" or self.in_transaction():
                    raise
                if not patience.wait(lost):
                    raise
            reconnect()


def use_server(
    server: Server, check: Callable[[pw.Database], None], clock: Callable[[], int] | None = None
) -> OfficeServer:
    """Bind all tables to this server. Nothing is connected before an officer sits down.

    `check` is called with the connected database after each log-in; it refuses an office that does not fit. `clock`
    stands for the server's where that is not real time.
    """
    found = OfficeServer(server, check, clock)
    base.db.initialize(found)
    base.session.clock = clock or (lambda: time.time_ns() // 1000)
    base.session.reconnect = reconnect
    return found


def current() -> OfficeServer:
    """The server that all tables are bound to; an office on this PC has none, and whoever asks then is wrong."""
    found = base.db.obj
    assert isinstance(found, OfficeServer)
    return found


def sit(login: str, password: str) -> None:
    """Prove the password by a new connection and work in this officer's name from now on.

    Who sat here before goes on sitting where it is refused: Refused (`password`, `inactive`, and what the check of the
    office says) or Unavailable.
    """
    database = current()
    before = {k: database.connect_params.get(k) for k in ("user", "password")}
    base.db.close()
    database.connect_params.update(user=ROLE + login, password=password)
    database.hoped = ""
    try:
        connect()
        database.check(database)
    except BaseException:
        base.db.close()
        _seat(database, before)
        raise


def proves(login: str, password: str) -> bool:
    """Whether this password opens this account, tried by a connection of its own; or Unavailable."""
    database = current()
    asked = {**database.connect_params, "dbname": database.database, "user": ROLE + login, "password": password}
    try:
        psycopg.connect(**asked).close()
    except psycopg.Error as e:
        trouble = troubles.of_connecting(e, database.server)
        if isinstance(trouble, Refused):
            return False
        raise trouble from e
    return True


def _seat(database: OfficeServer, credentials: dict[str, Any]) -> None:
    for name, value in credentials.items():
        if value is None:
            database.connect_params.pop(name, None)
        else:
            database.connect_params[name] = value


def hope_for(password: str) -> None:
    """The officer's password is about to become this one.

    If the answer is lost nobody knows which of the two opens his account; connecting finds out.
    """
    current().hoped = password


def new_password(password: str) -> None:
    """The officer at work has another password now; connections made from here on use it."""
    current().connect_params["password"] = password
    current().hoped = ""


def stand() -> None:
    """Nobody sits here any more: the credentials are forgotten and this thread's connection ends."""
    database = current()
    base.db.close()
    database.hoped = ""
    _seat(database, {"user": None, "password": None})


def connect() -> None:
    """Connect this thread in the officer's name, if anybody sits here; Refused or Unavailable says why not.

    A thread with patience waits for a server out of reach, but never so long that it would work for the next officer.
    """
    user = current().connect_params.get("user")
    while True:
        try:
            _connect()
        except Unavailable as e:
            if not patience.wait(e) or current().connect_params.get("user") != user:
                raise
        else:
            patience.over()
            return


def _connect() -> None:
    database = current()
    if not database.seated:
        return
    if not database.is_closed():
        if database.is_connection_usable():
            return
        base.db.close()
    _here.user = database.connect_params["user"]
    try:
        base.db.connect()
    except pw.PeeweeException as e:
        trouble = troubles.of_connecting(e, database.server)
        if trouble.code != "password" or not database.hoped:
            raise trouble from e
        new_password(database.hoped)
        _connect()
        return
    with base.told():
        _set_clock()


def reconnect() -> None:
    """A new connection for this thread in place of a broken one, in the same officer's name or not at all."""
    base.db.close()
    user = current().connect_params.get("user")
    if getattr(_here, "user", user) != user:
        raise Unavailable(troubles.BROKEN, code="lost")
    connect()


def _set_clock() -> None:
    """The server's clock, carried on by this PC's steady one: a wrong date on the PC changes nothing."""
    if current().clock is not None:
        return
    started = time.monotonic_ns()
    row = base.db.execute_sql("select now_us()").fetchone()
    ended = time.monotonic_ns()
    offset = int(row[0]) - (started + ended) // 2000
    base.session.clock = lambda: time.monotonic_ns() // 1000 + offset


def verifier(login: str, password: str) -> str:
    """What the server keeps instead of a password (SCRAM, RFC 5803); computed here, so that it never travels."""
    pgconn = base.db.connection().pgconn
    made = pgconn.encrypt_password(password.encode(), (ROLE + login).encode(), b"scram-sha-256")
    return bytes(made).decode()


def notify() -> None:
    """Tell the other windows that something changed; alone, after the command, and never a reason to fail."""
    with suppress(pw.PeeweeException):
        base.db.execute_sql(f"notify {CHANNEL}")


def listening() -> psycopg.Connection[tuple[Any, ...]]:
    """A connection of its own that hears what others changed; Unavailable where there is none now."""
    database = current()
    if not database.seated:
        raise Unavailable(troubles.LOST, code="lost")
    asked = {**database.connect_params, "dbname": database.database}
    try:
        connection = psycopg.connect(**asked, autocommit=True)
    except psycopg.Error as e:
        raise troubles.of_connecting(e, database.server) from e
    try:
        connection.execute(f"listen {CHANNEL}")
    except psycopg.Error as e:
        connection.close()
        raise troubles.of_connecting(e, database.server) from e
    return connection
