"""The kiosk: puts glass, visitor, line to the office and printer together, and keeps the time for all of them."""

from __future__ import annotations

import hmac
import sys
import time
from datetime import datetime, timedelta
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from app import __version__
from app.errors import Shown
from app.services.devices import State
from app.services.queue import QueueTicket
from app.sop.calendar import WIB
from app.ui import bugs, window_ask
from app.ui.kiosk import words
from app.ui.kiosk.glass import Glass
from app.ui.kiosk.link import Link
from app.ui.kiosk.measure import TARGET_MM, home_places
from app.ui.kiosk.setup import Setup
from app.ui.kiosk.staff import Facts
from app.ui.kiosk.supply import Supply
from app.ui.kiosk.visit import Stage, Visit
from app.ui.wedge import Wedge

if TYPE_CHECKING:
    from app.services.kiosk import Overview

AGAIN, BROKEN = 75, 70
"""How the program ends for its watcher: begin anew as planned, or after an error."""
CALLING = timedelta(minutes=2)
TRIES, LOCKED = 5, 300.0
"""Wrong passwords in the corner, and the seconds it is closed after that."""
BEAT_MS = 5_000
SETTLED = timedelta(hours=1)
"""A kiosk younger than this does not begin anew at night: it just has."""


class Kiosk(QObject):
    """The program of `pelita3 kiosk`."""

    def __init__(self, setup: Setup) -> None:
        super().__init__()
        self.setup = setup
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        self._application = application
        self.tasks = window_ask.tasks(setup.open_office, setup.close_office)
        self.glass = Glass(setup)
        self.link = Link(setup, self.tasks, self)
        self.supply = Supply(setup, self.tasks, self.link, self)
        self.visit = Visit(self.glass, self.tasks, self.link, self.supply, self)
        # Nothing else is typed here, so even a short number is a scan.
        self.wedge = Wedge(application, prefixes=("",))
        self.strayed: list[str] = []
        self._called_at: datetime | None = None
        self._wrong, self._locked_until, self._ended = 0, 0.0, False
        self._began = self.link.now()
        self._second = QTimer(self, interval=1000)
        self._beats = QTimer(self, interval=BEAT_MS)
        self._wire()

    def _wire(self) -> None:
        self.glass.built.connect(self._built)
        self.glass.corner.connect(self._staff)
        self.glass.touched.connect(self.visit.finger)
        self.glass.closed.connect(self.end)
        self.link.seen.connect(self._seen)
        self.link.away.connect(self._away)
        self.link.strayed.connect(self._strayed)
        self.supply.changed.connect(self._report)
        self.wedge.scanned.connect(self.visit.scanned)
        self._second.timeout.connect(self.tick)
        self._beats.timeout.connect(self.setup.beat)
        self.tasks.bug.connect(self._bug)
        self._wire_glass()

    def _wire_glass(self) -> None:
        glass = self.glass
        glass.home.call.connect(self.call)
        glass.notice.call.connect(self.call)
        glass.staff.entered.connect(self._prove)
        glass.staff.leave.connect(lambda: glass.show_staff(False))
        glass.staff.close_asked.connect(self._close)
        glass.staff.again_asked.connect(self._again)
        glass.staff.print_asked.connect(self._print_again)

    def _built(self) -> None:
        self.visit.wire()
        self._wire_glass()
        self._show_head()
        self.visit.home()

    # --- beginning and end -------------------------------------------------------------------------------------------

    def install(self) -> None:
        """From now on every exception that nobody caught comes here."""
        sys.excepthook = self._caught

    def start(self) -> None:
        """The glass first, the office behind it."""
        self.visit.base()
        self.glass.appear()
        self.link.start()
        self.supply.start()
        self._second.start()
        self._beats.start()
        self.setup.beat()

    def end(self) -> None:
        """Threads and timers end; what is running is finished first."""
        if self._ended:
            return
        self._ended = True
        self._second.stop()
        self._beats.stop()
        self.link.stop()
        self.supply.stop()
        self.wedge.deleteLater()
        self.glass.end()
        self.tasks.close()

    def _leave(self, code: int) -> None:
        self.end()
        self._application.exit(code)

    def _again(self) -> None:
        """Staff want it to begin anew; alone it can only go back to its start."""
        if self.setup.watched:
            self._leave(AGAIN)
            return
        self.glass.show_staff(False)
        self.link.look()
        self.visit.home()

    def _close(self) -> None:
        """Staff switch it off: counters hear that it was meant so."""
        if self.link.up:
            self.link.farewell(lambda: self._leave(0))
        else:
            self._leave(0)

    def _caught(self, kind: type[BaseException], error: BaseException, _where: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._leave(130)
            return
        self._bug(error)

    def _bug(self, error: BaseException) -> None:
        """An error of ours: written down; a watched kiosk begins anew, another one goes back to its start."""
        now = self.link.now()
        text = bugs.report(error, now)
        sys.stderr.write(text + "\n")
        bugs.write(self.setup.workshop.folder / "laporan", text, now)
        if self.setup.watched:
            self._application.exit(BROKEN)
        else:
            self.visit.home()

    # --- time --------------------------------------------------------------------------------------------------------

    def tick(self) -> None:
        """One second more, for everybody."""
        self._show_head()
        self.visit.tick()
        if self._called_at is not None and self.link.now() - self._called_at > CALLING:
            self._called_at = None
            self.glass.home.show_called(False)
            self._report()
        if self._is_night():
            self._leave(AGAIN)

    def _is_night(self) -> bool:
        """The hour to begin anew, and nobody there."""
        at, now = self.setup.restart_at, self.link.now()
        if at is None or self.visit.stage is not Stage.BASE or now - self._began < SETTLED:
            return False
        local = now.astimezone(WIB)
        return (local.hour, local.minute) == (at.hour, at.minute)

    def _show_head(self) -> None:
        if self.link.last is not None:
            self.glass.head.show_office(self.link.last.face)
            self.glass.head.show_time(self.link.now())

    # --- the office --------------------------------------------------------------------------------------------------

    def _seen(self, _found: Overview) -> None:
        self._show_head()
        self.visit.office_changed()

    def _away(self, _error: Shown) -> None:
        self.visit.office_changed()

    def _strayed(self, ticket: QueueTicket) -> None:
        self.strayed.append(ticket.label)
        self._report()

    def _report(self) -> None:
        """What counters should know of this kiosk, the most urgent first."""
        said = [self.supply.words()]
        if self.strayed:
            said.append(f"Terbit saat server terputus, pengunjungnya ke meja petugas: {', '.join(self.strayed[-5:])}")
        detail = ". ".join(s for s in said if s)
        if self._called_at is not None:
            called = f"Pengunjung meminta bantuan sejak {words.clock_words(self._called_at)}"
            self.link.say(State.CALL, ". ".join(s for s in (called, detail) if s))
            return
        wants = State.LOOK if detail else State.OK
        self.link.say(State.DOWN if self.supply.trouble else wants, detail)

    def call(self) -> None:
        """A visitor asks for an officer; asked once, and again after two minutes."""
        if self._called_at is not None or not self.link.up:
            return
        self._called_at = self.link.now()
        self.glass.home.show_called(True)
        said = f"Pengunjung meminta bantuan sejak {words.clock_words(self._called_at)}"
        detail = ". ".join(s for s in (said, self.supply.words()) if s)
        self.link.call(detail, lambda: self.visit.tell(words.called()), self._not_called)

    def _not_called(self) -> None:
        self._called_at = None
        self.glass.home.show_called(False)
        self.visit.tell(words.not_called())

    # --- staff -------------------------------------------------------------------------------------------------------

    def _staff(self) -> None:
        self.glass.staff.ask()
        self.glass.show_staff(True)

    def _prove(self, typed: str) -> None:
        left = self._locked_until - time.monotonic()
        if left > 0:
            self.glass.staff.wrong(f"Terlalu banyak percobaan. Coba lagi {int(left // 60) + 1} menit lagi.")
            return
        try:
            right = hmac.compare_digest(typed.encode(), self.setup.password().encode())
        except Shown as error:
            self.glass.staff.wrong(error.message)
            return
        if right:
            self._wrong = 0
            self.glass.staff.show_menu(self._facts())
            return
        self._wrong += 1
        if self._wrong >= TRIES:
            self._wrong, self._locked_until = 0, time.monotonic() + LOCKED
        self.glass.staff.wrong("Sandi tidak cocok.")

    def _facts(self) -> Facts:
        m, link = self.glass.m, self.link
        count = len(link.last.offers) if link.last else 4
        least = min(p.height() for p in (*home_places(m, max(1, count)).tiles, home_places(m, 4).call))
        inches = f"{self.setup.inches:g}".replace(".", ",")
        small = "" if m.mm(least) >= TARGET_MM - 0.5 else ", terlalu kecil: pakai layar lebih besar"
        server = "tersambung" if link.up else (link.trouble.message if link.trouble else "belum tersambung")
        return Facts(
            (
                f"PELITA 3 versi {__version__}, {self.setup.name} di {self.setup.pc}, akun {self.setup.login}",
                f"Server: {server}",
                f"Printer tiket: {self.supply.words() or 'siap'}",
                f"Layar {m.width} × {m.height}, {inches} inci: tombol terkecil {m.mm(least):.0f} mm{small}",
            ),
            len(self.supply.waiting),
        )

    def _print_again(self) -> None:
        self.supply.look()
        self.glass.show_staff(False)
