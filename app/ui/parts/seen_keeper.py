"""Writes down which pages were before the officer's eyes: in batches, and again until it is written."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from app.errors import Unavailable
from app.services import papers
from app.ui.desk import Desk

SEND_MS, RETRY_MS = 600, 3_000
Page = tuple[str, int]


class SeenKeeper(QObject):
    """Pages of one file on their way to the database. `refused`: the file is no longer on this desk."""

    refused = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._id = desk, 0
        self._unsent: set[Page] = set()
        self._sending: frozenset[Page] = frozenset()
        self._timer = QTimer(self, singleShot=True, interval=SEND_MS)
        self._timer.timeout.connect(self.send)

    def start(self, berkas_id: int) -> None:
        """Another file; what is left of the one before is dropped with the reason to write it."""
        if berkas_id != self._id:
            self._id, self._unsent = berkas_id, set()

    def add(self, sha256: str, page: int) -> None:
        """A page was seen."""
        self._unsent.add((sha256, page))
        self._timer.start(SEND_MS)

    def pending(self) -> list[Page]:
        """What the database has not confirmed yet."""
        return sorted(self._unsent | self._sending)

    def send(self) -> None:
        """Send now what was not sent."""
        if not self._unsent or self._sending:
            return
        who, berkas_id, batch = self._desk.who, self._id, frozenset(self._unsent)
        self._sending, self._unsent = batch, set()

        def done(_: None) -> None:
            self._sending = frozenset()
            self.send()

        def failed(error: Exception) -> None:
            self._sending = frozenset()
            if berkas_id != self._id:
                return
            if isinstance(error, Unavailable):
                self._unsent |= batch
                self._timer.start(RETRY_MS)
            else:
                self.refused.emit()

        self._desk.tasks.ask(lambda: papers.record_seen(who, berkas_id, sorted(batch)), done, failed, owner=self)
