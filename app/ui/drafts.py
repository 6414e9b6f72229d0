"""What is being typed, kept on this PC so that nothing typed is ever lost: small files that outlive a crash."""

from __future__ import annotations

import json
import os
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

PAUSE = 0.25
"""Seconds from the first unwritten key to the file: with writing it stays below the promised 400 ms."""


class Drafts:
    """Local drafts in one folder, one file for each key (berkas number and page; never a name or a NIK).

    Any thread may call. `keep` returns at once: the file is written by a short-lived timer thread, which the
    interpreter waits for at a normal end. Files are private to the PC's user (0600) and replaced whole.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._disk = threading.Lock()
        self._pending: dict[str, dict[str, Any] | None] = {}
        self._timer: threading.Timer | None = None
        self._trouble: OSError | None = None

    def keep(self, key: str, data: dict[str, Any]) -> None:
        """Keep this as the newest draft of `key`; it is on the disk within 400 ms. `data` must be JSON."""
        self._put(key, data)

    def drop(self, key: str) -> None:
        """Forget the draft: what it held is saved elsewhere. None there is no fault."""
        self._put(key, None)

    def offer(self, key: str) -> dict[str, Any] | None:
        """The newest draft of `key`, or None. A file that cannot be read is set aside, not deleted."""
        with self._lock:
            if key in self._pending:
                kept = self._pending[key]
                return None if kept is None else dict(kept)
        path = self._path(key)
        with self._disk:
            try:
                found = json.loads(path.read_text(encoding="utf-8"))
            except FileNotFoundError:
                return None
            except (OSError, ValueError):
                with suppress(OSError):
                    path.replace(path.with_suffix(".rusak"))
                return None
        return found if isinstance(found, dict) else None

    def flush(self) -> None:
        """Write now what is not written yet. What cannot be written stays pending and is named by `trouble`."""
        with self._lock:
            if self._timer is not None:
                self._timer.cancel()
                self._timer = None
        with self._disk:
            with self._lock:
                todo = list(self._pending.items())
            for key, data in todo:
                self._settle(key, data)

    def on_disk(self, key: str) -> bool:
        """Whether the newest draft of `key` has reached the disk (or there is none to write)."""
        with self._lock:
            return key not in self._pending

    def trouble(self) -> OSError | None:
        """Why the last write failed, or None: the page says so instead of promising safety."""
        return self._trouble

    def _put(self, key: str, data: dict[str, Any] | None) -> None:
        """Never waits for the disk: only the order of keys is taken here."""
        with self._lock:
            self._pending[key] = data
            if self._timer is None:
                self._timer = threading.Timer(PAUSE, self.flush)
                self._timer.daemon = False
                self._timer.start()

    def _settle(self, key: str, data: dict[str, Any] | None) -> None:
        try:
            if data is None:
                self._path(key).unlink(missing_ok=True)
            else:
                self._write(self._path(key), data)
        except OSError as error:
            self._trouble = error
            return
        self._trouble = None
        with self._lock:
            if key in self._pending and self._pending[key] is data:
                del self._pending[key]

    def _path(self, key: str) -> Path:
        return self._folder / f"{quote(key, safe='')}.json"

    def _write(self, path: Path, data: dict[str, Any]) -> None:
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = path.with_suffix(f".{os.getpid()}.baru")
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(data, file, ensure_ascii=False)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
