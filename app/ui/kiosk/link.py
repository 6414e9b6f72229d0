"""The kiosk's line to the office: it logs in, looks every few seconds, says how it is, and knows when it is alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from app.errors import Shown, Unavailable
from app.services import devices, kiosk
from app.services.devices import Kind, State
from app.services.kiosk import Overview
from app.services.queue import QueueTicket
from app.sop.model import Role
from app.ui.kiosk.setup import Setup

if TYPE_CHECKING:
    from app.ui.tasks import Tasks

LOOK_MS = 5_000
PATIENT_MS = 60_000
"""Between two tries with a password that was refused."""
REPORT_MS = 30_000
Done = Callable[[], None]


def _nothing() -> None:
    """Whatever comes of it, the next report says it again."""


class Link(QObject):
    """Asks the database; every answer says `seen`, every trouble `away` with the reason."""

    seen = Signal(object)
    away = Signal(object)
    strayed = Signal(object)
    """A number was given whose answer was lost: its owner was sent to the desk."""

    def __init__(self, setup: Setup, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._setup, self._tasks = setup, tasks
        self._seated = self._asking = False
        self._unsure: list[str] = []
        self._said: tuple[State, str] = (State.OK, "")
        self.last: Overview | None = None
        self.trouble: Shown | None = None
        self._looks = QTimer(self, interval=LOOK_MS)
        self._looks.timeout.connect(self.look)
        self._reports = QTimer(self, interval=REPORT_MS)
        self._reports.timeout.connect(self.report)

    def start(self) -> None:
        """From now on."""
        self._looks.start()
        self._reports.start()
        self.look()

    def stop(self) -> None:
        """No more."""
        self._looks.stop()
        self._reports.stop()

    @property
    def up(self) -> bool:
        """Whether the last look was answered."""
        return self.trouble is None and self.last is not None

    def now(self) -> datetime:
        """The database's clock, also while it is away."""
        return devices.now()

    # --- looking -----------------------------------------------------------------------------------------------------

    def look(self) -> None:
        """Ask how it stands."""
        if not self._asking:
            self._asking = True
            self._tasks.ask(self._read, self._saw, self._failed, owner=self, keep=False, quiet=True, command="")

    def _read(self) -> Overview:
        """In the database's thread."""
        if not self._seated:
            devices.sit_down(self._setup.login, self._setup.password(), self._setup.pc, Role.KIOSK)
            self._seated = True
        return kiosk.overview()

    def _saw(self, found: Overview) -> None:
        self._asking = False
        was_away = not self.up
        self.last, self.trouble = found, None
        self._looks.setInterval(LOOK_MS)
        self.seen.emit(found)
        if was_away:
            self.report()
            self._settle_unsure()

    def _failed(self, error: Exception) -> None:
        assert isinstance(error, Shown)
        self._asking = False
        if not isinstance(error, Unavailable):
            # The account was closed, its password changed, its role taken: it has to come in again.
            self._seated = False
            self._looks.setInterval(PATIENT_MS)
        self.lost(error)

    def lost(self, error: Shown) -> None:
        """Somebody found out that the office is out of reach."""
        self.trouble = error
        self.away.emit(error)

    # --- numbers whose answer was lost -------------------------------------------------------------------------------

    def unsure(self, key: str) -> None:
        """It is not known whether this press gave a number; looked up when the office is back."""
        self._unsure.append(key)

    def _settle_unsure(self) -> None:
        keys, self._unsure = self._unsure, []
        for key in keys:
            again = partial(self._still_unsure, key)
            self._tasks.ask(
                partial(kiosk.given, key), self._found, again, owner=self, keep=False, quiet=True, command=""
            )

    def _still_unsure(self, key: str, _error: Exception) -> None:
        self.unsure(key)

    def _found(self, ticket: QueueTicket | None) -> None:
        if ticket is not None:
            self.strayed.emit(ticket)

    # --- saying how it is --------------------------------------------------------------------------------------------

    def say(self, state: State, detail: str) -> None:
        """What counters read of this kiosk; told at once where it changed."""
        if (state, detail) != self._said:
            self._said = (state, detail)
            self.report()

    def report(self) -> None:
        """Say once more how it is."""
        if self._seated and self.trouble is None:
            self._send(*self._said, "")

    def call(self, detail: str, done: Done, failed: Done) -> None:
        """Somebody here asks for an officer: counters hear of it at once."""
        self._said = (State.CALL, detail)
        self._send(*self._said, "panggil petugas", done, failed)

    def farewell(self, done: Done) -> None:
        """Switched off by staff: nobody needs to come and look."""
        self._send(State.OFF, "Dimatikan petugas", "", done, done)

    def _send(self, state: State, detail: str, command: str, done: Done = _nothing, failed: Done = _nothing) -> None:
        self._tasks.ask(
            partial(devices.report, self._setup.name, Kind.KIOSK, state, detail), lambda _answer: done(),
            lambda _error: failed(), owner=self, keep=False, quiet=True, command=command,
        )  # fmt: skip
