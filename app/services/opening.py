"""Opening the office's database: each thread connects for itself, the first one prepares the file."""

from __future__ import annotations

import errno
import os
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from app.errors import Unavailable
from app.models import base
from app.models.guards import runner
from app.models.patience import lent
from app.sop.model import Sop

__all__ = ["Opening", "lent", "unreachable"]


class Opening:
    """The office's database: a file of this computer, or a server by its address (`postgresql://...`)."""

    def __init__(self, place: Path | str, sop: Sop, clock: Callable[[], datetime] | None = None) -> None:
        self._place, self._sop = place, sop
        self._clock = clock
        self._lock, self._ready = threading.Lock(), False

    @property
    def on_server(self) -> bool:
        """Whether it is a server's address."""
        return not isinstance(self._place, Path)

    def open(self) -> None:
        """Connect this thread. Refused or Unavailable says in officers' words why not; the next call tries again.

        A server is only looked at as long as nobody sits here: does it answer, and is it ours?
        """
        with self._lock:
            if not self._ready:
                self._prepare()
                self._ready = True
        if self.on_server:
            _connect_server()
            return
        with base.told():
            base.db.connect(reuse_if_open=True)

    def close(self) -> None:
        """End this thread's connection."""
        base.db.close()

    def move(self, place: Path | str) -> None:
        """Another file or server from the next opening on."""
        with self._lock:
            self._place, self._ready = place, False

    def _prepare(self) -> None:
        place, clock = self._place, self._clock
        if isinstance(place, Path):
            if clock is not None:
                # The embedded database has no clock of its own; the demonstration lends it one.
                base.session.clock = lambda: base.micros(clock())
            _prepare(place, self._sop)
            return
        from app.models import server  # noqa: PLC0415  - an office on one PC never pays for the server's driver
        from app.models.guards.runner_server import check_server  # noqa: PLC0415  - as above

        lent = (lambda: base.micros(clock())) if clock is not None else None
        server.use_server(server.parse(place), lambda database: check_server(database, self._sop), lent)


def _connect_server() -> None:
    from app.models import server, troubles  # noqa: PLC0415  - as above

    if server.current().seated:
        server.connect()
        return
    wrong = troubles.look(server.current().server)
    if wrong is not None:
        raise wrong


def _prepare(path: Path, sop: Sop) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not path.exists():
            # A new database file is its owner's alone, from the first byte.
            os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
        database = base.open_sqlite(path)
        with base.connected():
            runner.prepare_sqlite(database, path, sop, datetime.now(UTC))
    except OSError as error:
        raise unreachable(error) from error


def unreachable(error: OSError) -> Unavailable:
    """A file system's refusal in officers' words."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        said = "Penyimpanan penuh, jadi basis data tidak dapat dibuat. Kosongkan ruang di komputer ini, lalu coba lagi."
        return Unavailable(said, code="disk is full")
    said = (
        f"Berkas basis data tidak dapat dibuka ({error.strerror}). Periksa letak dan izinnya, atau hubungi petugas TI."
    )
    return Unavailable(said, code="unable to open database")
