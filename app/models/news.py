"""Something changed: heard from the office's server as it happens, or looked for in the embedded database."""

from __future__ import annotations

from typing import Any, Protocol

from app.errors import Unavailable
from app.models import base

BROKEN = "Kabar langsung dari server terputus. Daftar tetap dibaca ulang tiap beberapa detik."


class Connection(Protocol):
    """What is used of a driver's connection."""

    @property
    def pgconn(self) -> Any:
        """The library's own connection."""

    def fileno(self) -> int:
        """The socket."""

    def close(self) -> None:
        """The end."""


class Ear:
    """A connection that only listens. Its socket wakes the window; what was said carries no data: one looks again."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def fileno(self) -> int:
        """The socket that becomes readable when something was said, or when the connection broke."""
        return self._connection.fileno()

    def heard(self) -> bool:
        """Whether anything was said since the last look; never waits. Unavailable (`lost`) when the server is gone."""
        from psycopg import Error  # noqa: PLC0415 - an office on one PC never pays for the server's driver

        pgconn, said = self._connection.pgconn, False
        try:
            pgconn.consume_input()
            while pgconn.notifies() is not None:
                said = True
        except Error as e:
            raise Unavailable(BROKEN, code="lost") from e
        return said

    def close(self) -> None:
        """Listen no more."""
        self._connection.close()


def listen() -> Ear | None:
    """A new ear on the office's server; None where the database is embedded. May wait for the network."""
    if not base.on_server():
        return None
    from app.models import server  # noqa: PLC0415 - as above

    return Ear(server.listening())


def tell() -> None:
    """Tell the other desks that something changed; an embedded database shows it by itself."""
    if base.on_server():
        from app.models import server  # noqa: PLC0415 - as above

        server.notify()


def version() -> int:
    """A number that is another one as soon as another connection has changed the embedded database.

    A server is only asked whether it is still there (Unavailable where it is not), and always answers the same.
    """
    with base.told():
        asked = "select 0" if base.on_server() else "pragma data_version"
        return int(base.db.execute_sql(asked).fetchone()[0])
