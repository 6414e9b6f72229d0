"""The ticket printer beside the kiosk: how it is, what it could not print, and printing that when it works again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from app.errors import Unavailable
from app.jobs import kiosk
from app.jobs.kiosk import Given, Health, Printed
from app.services.keys import new_key
from app.services.ticket_paper import Paper
from app.ui.kiosk.link import Link
from app.ui.kiosk.setup import Setup

if TYPE_CHECKING:
    from app.ui.tasks import Tasks

LOOK_MS = 60_000
AGAIN_MS = 20_000
"""How often it is asked while something waits to be printed."""
KEEP = timedelta(minutes=30)
"""Paper that comes later than this finds nobody."""
TELLS = "kertas nomor"


@dataclass(frozen=True)
class Waiting:
    """A number without paper, and since when."""

    given: Given
    at: datetime


@dataclass(frozen=True)
class Word:
    """What became of a paper, still to be told to the office; `key` makes it one word however often it is sent.

    `command` is not empty where counters should look at once: somebody is without paper, or was.
    """

    given: Given
    found: Printed
    key: str
    command: str


class Supply(QObject):
    """Prints in a thread that has no database, one after the other; `changed` when staff should know something else."""

    changed = Signal()
    printed = Signal(object)

    def __init__(self, setup: Setup, tasks: Tasks, link: Link, parent: QObject) -> None:
        super().__init__(parent)
        self.shop, self._tasks, self._link = setup.workshop, tasks, link
        self._busy = self._speaking = False
        self.trouble = self.note = ""
        self.waiting: list[Waiting] = []
        self.late: list[str] = []
        """Numbers whose paper came late, until the next look at the printer: staff hand it over."""
        self.untold: list[Word] = []
        self._looks = QTimer(self, interval=LOOK_MS)
        self._looks.timeout.connect(self.look)
        link.seen.connect(self._speak)

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
        self._tasks.draw(partial(kiosk.to_paper, self.shop, given), partial(self._came, given), owner=self)

    def _came(self, given: Given, found: Printed) -> None:
        if found.paper is Paper.FAILED:
            self.waiting.append(Waiting(given, self._link.now()))
        self._know(found)
        self._say(given, found, "" if found.paper is Paper.OUT else TELLS)
        self.printed.emit(found)

    def _know(self, found: Printed) -> None:
        before = (self.trouble, self.note, len(self.waiting))
        failed = found.paper is Paper.FAILED
        self.trouble = found.reason if failed else ""
        # That a paper is out does not take back what the printer said of itself (little paper left).
        self.note = "" if failed else found.reason or (self.note if found.paper is Paper.OUT else "")
        self._looks.setInterval(AGAIN_MS if self.waiting or self.trouble else LOOK_MS)
        if (self.trouble, self.note, len(self.waiting)) != before or failed:
            self.changed.emit()

    # --- telling the office ------------------------------------------------------------------------------------------

    def _say(self, given: Given, found: Printed, command: str) -> None:
        """What became of a paper; while the server is away the words wait, and are said when it is back."""
        self.untold.append(Word(given, found, new_key(), command))
        self._speak()

    def _speak(self) -> None:
        if self._speaking or not self.untold:
            return
        self._speaking = True
        first = self.untold[0]
        self._tasks.ask(
            partial(kiosk.tell, first.given, first.found, first.key), self._heard, self._not_heard, owner=self,
            keep=False, quiet=True, command=first.command,
        )  # fmt: skip

    def _heard(self, _answer: object = None) -> None:
        self._speaking = False
        del self.untold[0]
        self._speak()

    def _not_heard(self, error: Exception) -> None:
        self._speaking = False
        # What is refused would be refused again: the number stays one of which nobody knows that its paper is out.
        if not isinstance(error, Unavailable):
            self._heard()

    # --- how it is ---------------------------------------------------------------------------------------------------

    def look(self) -> None:
        """Ask how the printer is; what waits is printed as soon as it is well."""
        if not self._busy:
            self._busy = True
            self._tasks.draw(partial(kiosk.printer_health, self.shop), self._healthy, owner=self)

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
        self.again()

    # --- late paper --------------------------------------------------------------------------------------------------

    def again(self) -> None:
        """Print the oldest number that has no paper; not who was called meanwhile or got his paper at a counter."""
        if not self.waiting or self._busy:
            return
        self._busy = True
        late = [w.given for w in self.waiting]
        self._tasks.ask(
            partial(kiosk.still_wanted, self.shop, late), partial(self._wanted, len(late)), self._not_now, owner=self,
            keep=False, quiet=True, command="",
        )  # fmt: skip

    def _not_now(self, _error: Exception) -> None:
        self._busy = False

    def _wanted(self, asked: int, found: tuple[Given, ...]) -> None:
        """Those of the asked ones that are wanted, drawn; who came without paper meanwhile stands behind them."""
        self._busy = False
        since = {w.given.key: w.at for w in self.waiting[:asked]}
        self.waiting = [Waiting(g, since[g.key]) for g in found] + self.waiting[asked:]
        if len(found) != asked:
            self.changed.emit()
        if found and not self.trouble:
            self._busy = True
            self._tasks.draw(
                partial(kiosk.to_paper, self.shop, found[0]), partial(self._late, self.waiting[0]), owner=self
            )

    def _late(self, first: Waiting, found: Printed) -> None:
        self._busy = False
        if found.paper is Paper.FAILED:
            self._know(found)
            return
        self.late.append(first.given.label)
        self.waiting = [w for w in self.waiting if w is not first]
        self._say(first.given, found, TELLS)
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
