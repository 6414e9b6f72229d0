"""The ticket printer beside the kiosk: how it is, what it could not print, and printing that when it works again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from app.jobs import kiosk
from app.jobs.kiosk import Given, Health, Paper, Printed
from app.ui.kiosk.link import Link
from app.ui.kiosk.setup import Setup

if TYPE_CHECKING:
    from app.ui.tasks import Tasks

LOOK_MS = 60_000
AGAIN_MS = 20_000
"""How often it is asked while something waits to be printed."""
KEEP = timedelta(minutes=30)
"""Paper that comes later than this finds nobody."""


@dataclass(frozen=True)
class Waiting:
    """A number without paper, and since when."""

    given: Given
    at: datetime


class Supply(QObject):
    """Prints in a thread that has no database, one after the other; `changed` when staff should know something else."""

    changed = Signal()
    printed = Signal(object)

    def __init__(self, setup: Setup, tasks: Tasks, link: Link, parent: QObject) -> None:
        super().__init__(parent)
        self._setup, self._tasks, self._link = setup, tasks, link
        self._busy = False
        self.trouble = self.note = ""
        self.waiting: list[Waiting] = []
        self.late: list[str] = []
        """Numbers whose paper came late, until the next look at the printer: staff hand it over."""
        self._looks = QTimer(self, interval=LOOK_MS)
        self._looks.timeout.connect(self.look)

    def start(self) -> None:
        """From now on."""
        self._looks.start()
        self.look()

    def stop(self) -> None:
        """No more."""
        self._looks.stop()

    # --- a visitor's paper -------------------------------------------------------------------------------------------

    def print(self, given: Given) -> None:
        """Paper for the visitor who stands here; answered by `printed`."""
        self._tasks.draw(partial(kiosk.to_paper, self._setup.workshop, given), partial(self._came, given), owner=self)

    def _came(self, given: Given, found: Printed) -> None:
        if found.paper is Paper.NOT:
            self.waiting.append(Waiting(given, self._link.now()))
        self._know(found.reason if found.paper is not Paper.THERE else "", found.paper)
        self.printed.emit(found)

    def _know(self, reason: str, paper: Paper) -> None:
        before = (self.trouble, self.note, len(self.waiting))
        self.trouble = reason if paper is Paper.NOT else ""
        self.note = reason if paper is Paper.PERHAPS else ""
        self._looks.setInterval(AGAIN_MS if self.waiting or self.trouble else LOOK_MS)
        if (self.trouble, self.note, len(self.waiting)) != before or paper is Paper.NOT:
            self.changed.emit()

    # --- how it is ---------------------------------------------------------------------------------------------------

    def look(self) -> None:
        """Ask how the printer is; what waits is printed as soon as it is well."""
        if not self._busy:
            self._busy = True
            self._tasks.draw(partial(kiosk.printer_health, self._setup.workshop), self._healthy, owner=self)

    def _healthy(self, found: Health) -> None:
        self._busy = False
        self.waiting = [w for w in self.waiting if self._link.now() - w.at < KEEP]
        before = (self.trouble, self.note, self.late)
        self.late = []
        self.trouble = "" if found.ready else found.note
        self.note = found.note if found.ready else ""
        self._looks.setInterval(AGAIN_MS if self.waiting or self.trouble else LOOK_MS)
        if (self.trouble, self.note, self.late) != before:
            self.changed.emit()
        if found.ready:
            self.again()

    # --- late paper --------------------------------------------------------------------------------------------------

    def again(self) -> None:
        """Print the oldest number that has no paper, unless it was called meanwhile; then the next one."""
        if not self.waiting or self._busy:
            return
        self._busy = True
        first = self.waiting[0]
        self._tasks.ask(
            partial(kiosk.still_waits, first.given), partial(self._wanted, first), self._not_now, owner=self,
            keep=False, quiet=True, command="",
        )  # fmt: skip

    def _not_now(self, _error: Exception) -> None:
        self._busy = False

    def _wanted(self, first: Waiting, wanted: bool) -> None:
        if not wanted:
            self._done(first)
            return
        self._tasks.draw(
            partial(kiosk.to_paper, self._setup.workshop, first.given), partial(self._late, first), owner=self
        )

    def _late(self, first: Waiting, found: Printed) -> None:
        if found.paper is Paper.NOT:
            self._busy = False
            self._know(found.reason, found.paper)
            return
        self.late.append(first.given.label)
        self._done(first)

    def _done(self, first: Waiting) -> None:
        self._busy = False
        self.waiting = [w for w in self.waiting if w is not first]
        self.changed.emit()
        self.again()

    # --- in words ----------------------------------------------------------------------------------------------------

    def words(self) -> str:
        """What staff should know, in one line; "" where all is well."""
        said = [self.trouble.rstrip(".") or self.note.rstrip(".")]
        if self.waiting:
            said.append(f"Belum tercetak: {', '.join(w.given.label for w in self.waiting)}")
        if self.late:
            said.append(f"Baru tercetak, serahkan bila orangnya masih ada: {', '.join(self.late)}")
        return ". ".join(s for s in said if s)
