"""Opening the office's database: each thread connects for itself, the first one prepares the file."""

from __future__ import annotations

import errno
import os
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from app.errors import Refused, Unavailable
from app.models import base
from app.models.guards import runner
from app.sop.model import Sop


class Opening:
    """The embedded database of this computer. A text instead of a path is a server's address, which is refused."""

    def __init__(self, place: Path | str, sop: Sop, clock: Callable[[], datetime] | None = None) -> None:
        self._place, self._sop = place, sop
        if clock is not None:
            # The embedded database has no clock of its own; the demonstration lends it one.
            base.session.clock = lambda: base.micros(clock())
        self._lock, self._ready = threading.Lock(), False

    def open(self) -> None:
        """Connect this thread. Refused or Unavailable says in officers' words why not; the next call tries again."""
        if not isinstance(self._place, Path):
            raise Refused(
                "Versi ini hanya membuka basis data di komputer ini (SQLite), belum server PostgreSQL. "
                "Hapus alamat server dari pengaturan database.",
                code="server",
            )
        with self._lock:
            if not self._ready:
                _prepare(self._place, self._sop)
                self._ready = True
        with base.told():
            base.db.connect(reuse_if_open=True)

    def close(self) -> None:
        """End this thread's connection."""
        base.db.close()

    def move(self, path: Path) -> None:
        """Another file from the next opening on."""
        with self._lock:
            self._place, self._ready = path, False


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
