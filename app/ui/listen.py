"""Live windows: what changes on another desk is seen here, at once where the server tells, else at the next look."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QSocketNotifier, QTimer, Signal

from app.errors import Shown
from app.services.waiting import delays

if TYPE_CHECKING:
    from app.ui.tasks import Tasks

CALM_MS = 300
"""No two looks are nearer to each other than this."""
POLL_MS = 1500
"""How often an embedded database is asked whether another program changed it."""
LOOK_MS = 10_000
"""How often one looks in any case."""


class Ear(Protocol):
    """What listens on the server's line."""

    def fileno(self) -> int:
        """The socket that wakes the window."""

    def heard(self) -> bool:
        """Whether something was said; a Shown error when the line is dead."""

    def close(self) -> None:
        """The end."""


class Live(QObject):
    """Says `changed` when somebody may have changed something, at most three times a second, and never while locked.

    On a server one connection listens and nothing else; its loss is noticed and mended, and the slow look goes on.
    """

    changed = Signal()
    heard = Signal(bool)
    """Whether changes are known at once from here on."""

    def __init__(self, tasks: Tasks, parent: QObject, *, calm_ms: int = 0, poll_ms: int = 0, look_ms: int = 0) -> None:
        """Other paces than the usual ones, where a whole hall watches."""
        super().__init__(parent)
        self._tasks = tasks
        self._ears = _Ears()
        self._ear: Ear | None = None
        self._notifier: QSocketNotifier | None = None
        self._version: int | None = None
        self._asking = self._again = self._paused = False
        self._delays = delays()
        self._calm = self._timer(calm_ms or CALM_MS, self._calmed, once=True)
        self._poll = self._timer(poll_ms or POLL_MS, self._ask)
        self._slow = self._timer(look_ms or LOOK_MS, self._look)
        self._retry = self._timer(0, self._connect, once=True)
        tasks.found.connect(self._on_found)
        self._slow.start()
        self._connect()

    def _timer(self, every_ms: int, act: Callable[[], None], *, once: bool = False) -> QTimer:
        timer = QTimer(self, interval=every_ms, singleShot=once)
        timer.timeout.connect(act)
        return timer

    def stir(self) -> None:
        """Something may have changed: say so now, or as soon as it is calm enough."""
        if self._calm.isActive():
            self._again = True
        elif not self._paused and not self._tasks.is_lost():
            self._calm.start()
            self.changed.emit()

    def pause(self) -> None:
        """The screen is locked: nothing behind it is read."""
        self._paused = True
        self._slow.stop()
        self._poll.stop()

    def go_on(self) -> None:
        """Look now, and from now on."""
        self._paused = False
        self._slow.start()
        if self._version is not None:
            self._poll.start()
        self.stir()

    def close(self) -> None:
        """Listen no more."""
        for timer in (self._calm, self._poll, self._slow, self._retry):
            timer.stop()
        self._deafen()
        self._ears.close()

    def _calmed(self) -> None:
        if self._again:
            self._again = False
            self.stir()

    # --- the server's line -------------------------------------------------------------------------------------------

    def _connect(self) -> None:
        self._tasks.listen(self._ears.open, self._connected, self._not_connected, owner=self)

    def _connected(self, ear: Ear | None) -> None:
        if ear is None:
            self._poll.start()
            self._ask()
            return
        self._delays = delays()
        self._ear = ear
        self._notifier = QSocketNotifier(ear.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._read)
        self.heard.emit(True)
        self.stir()

    def _not_connected(self, _error: Exception) -> None:
        self.heard.emit(False)
        self._retry.start(round(next(self._delays) * 1000))

    def _read(self) -> None:
        if self._ear is None:
            return
        try:
            said = self._ear.heard()
        except Shown as error:
            self._deafen()
            self._not_connected(error)
            self._look()
            return
        if said:
            self.stir()

    def _deafen(self) -> None:
        if self._notifier is not None:
            self._notifier.setEnabled(False)
            self._notifier.deleteLater()
            self._notifier = None
        if self._ear is not None:
            self._ears.drop(self._ear)
            self._ear = None

    def _on_found(self) -> None:
        if self._retry.isActive():
            self._retry.start(0)
        self.stir()

    # --- looking -----------------------------------------------------------------------------------------------------

    def _look(self) -> None:
        """In any case: whether there still is a connection, and whether all is as it is shown."""
        self._ask()
        self.stir()

    def _ask(self) -> None:
        """Which version the embedded database has; on a server it only shows, by being kept, that there is none."""
        if not self._asking:
            self._asking = True
            self._tasks.ask(_version, self._compare, self._not_compared, owner=self, quiet=True)

    def _compare(self, version: int) -> None:
        self._asking = False
        before, self._version = self._version, version
        if before not in {None, version}:
            self.stir()

    def _not_compared(self, _error: Exception) -> None:
        self._asking = False


class _Ears:
    """Ears are opened in another thread; none outlives the window that wanted it."""

    def __init__(self) -> None:
        self._lock, self._closed = threading.Lock(), False
        self._open: list[Ear] = []

    def open(self) -> Ear | None:
        """A new ear, or None where the database is embedded or nobody wants it any more."""
        from app.services import changes  # noqa: PLC0415 - runs in its own thread; the log-in window comes up without

        ear = changes.listen()
        if ear is None:
            return None
        with self._lock:
            if not self._closed:
                self._open.append(ear)
                return ear
        ear.close()
        return None

    def drop(self, ear: Ear) -> None:
        """This one is of no use any more."""
        with self._lock:
            self._open.remove(ear)
        ear.close()

    def close(self) -> None:
        """All of them, and any that is still on its way."""
        with self._lock:
            self._closed, ears, self._open = True, self._open, []
        for ear in ears:
            ear.close()


def _version() -> int:
    from app.services import changes  # noqa: PLC0415 - runs in the database thread

    return changes.version()
