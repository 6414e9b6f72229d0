"""The hall's screen as a program: logs in by itself, shows the hall at once, speaks, and never waits on glass."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from datetime import time as clock
from functools import partial
from types import TracebackType

from PySide6.QtCore import QCoreApplication, QObject, QTimer

from app.devices.announcer import Announcer
from app.devices.caller import Caller
from app.devices.speaker import Speaker
from app.devices.voice import load_own
from app.errors import Refused, Shown, Unavailable
from app.services import accounts, devices, hall
from app.services.devices import Kind, State
from app.services.hall import Hall
from app.sop.calendar import WIB
from app.sop.model import Role
from app.ui import bugs
from app.ui.assets import resource
from app.ui.display.awake import keep_awake
from app.ui.display.glass import Glass
from app.ui.display.plan import legible, wants_far
from app.ui.display.scene import Facts, compose
from app.ui.display.setup import Setup
from app.ui.display.wall import Wall
from app.ui.listen import Live
from app.ui.tasks import Tasks

LATE = 3.0
"""Seconds without news after which the screen says how old its data is."""
WHOLE = 2.0
"""Seconds after which also who waits, the notice and the hours are read again."""
DRAW_MS = 250
REPORT_MS = 20_000
RETRY_MS = 10_000
CALM_MS, POLL_MS, LOOK_MS = 50, 500, 1000
"""A call is shown as soon as it is heard; an embedded database is looked at twice a second, any every second."""
MUTED, SILENT = "suara dimatikan", "tanpa suara"
STARTING = "Sedang menyambung ke basis data kantor."


class Display(QObject):
    """One screen of the hall: its window, its threads, its voice."""

    def __init__(self, setup: Setup, *, retry_ms: int = RETRY_MS, report_ms: int = REPORT_MS) -> None:
        super().__init__()
        self.setup = setup
        self.tasks = Tasks(setup.open_office, setup.close_office)
        self.wall = Wall()
        self.glass = Glass(self.wall, setup.screen, windowed=setup.windowed)
        self.hall: Hall | None = None
        self.live: Live | None = None
        self.caller: Caller | None = None
        self.away = STARTING
        self._seen_at = self._whole_at = 0.0
        self._asking = self._again = self._closed = self._inside = False
        self._ends_at = _next(setup.restart_at) if setup.restart_at else None
        self._draw = self._timer(DRAW_MS, self.draw)
        self._report = self._timer(report_ms, self.report)
        self._retry = self._timer(retry_ms, self._enter, once=True)
        self._leaving = False
        self.tasks.lost.connect(self._lost)
        self.tasks.ended.connect(self._refused)
        self.tasks.bug.connect(self._free)

    def _timer(self, every_ms: int, act: Callable[[], None], *, once: bool = False) -> QTimer:
        timer = QTimer(self, interval=every_ms, singleShot=once)
        timer.timeout.connect(act)
        return timer

    # --- beginning and end -------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Show the window at once, whatever the office does, and log in behind it."""
        self.glass.show()
        self.draw()
        keep_awake()
        if not self.setup.muted:
            setup, shipped = self.setup, resource("voice")
            player = Speaker(setup.sound, setup.volume)
            self.caller = Caller(
                lambda: load_own(setup.own_voice, shipped, setup.style), player, Announcer(devices.now)
            )
        self._draw.start()
        self._enter()

    def close(self) -> None:
        """The window is closed: say so to the counters unless it comes back at once, end the threads."""
        if self._closed:
            return
        self._closed = True
        for timer in (self._draw, self._report, self._retry):
            timer.stop()
        if self.live is not None:
            self.live.close()
            if not self._leaving:
                self._say(State.OFF, "Layar dimatikan di komputernya")
        if self.caller is not None:
            self.caller.close()
        self.tasks.close()

    def _leave(self, code: int) -> None:
        """End, to be begun anew by the watcher."""
        self._leaving = True
        QCoreApplication.exit(code)

    def take_bugs(self) -> None:
        """From now on, what nobody caught is written down; under a watcher the program begins anew, else it goes on."""
        sys.excepthook = self._bug

    def _bug(self, kind: type[BaseException], error: BaseException, where: TracebackType | None) -> None:
        now = datetime.now(UTC)
        text = bugs.report(error, now)
        sys.stderr.write(text + "\n")
        bugs.write(self.setup.folder / "laporan", text, now)
        if self.setup.watched or issubclass(kind, KeyboardInterrupt):
            self._leave(self.setup.broken)

    # --- the database ------------------------------------------------------------------------------------------------

    def _enter(self) -> None:
        self.tasks.ask(self._sit_down, self._entered, self._refused, owner=self, quiet=True, door="shut")

    def _sit_down(self) -> None:
        """In the database thread. A file that is not there is somebody's mistake: none is made in its place."""
        setup = self.setup
        self._inside = False
        if setup.database is not None and not setup.database.exists():
            raise Unavailable(f"Basis data kantor tidak ada di {setup.database}.", code="missing")
        password = setup.password()
        accounts.log_out()
        setup.open_office()
        devices.sit_down(setup.login, password, setup.pc, Role.DISPLAY)
        self._inside = True

    def _read(self, before: Hall | None) -> Hall:
        """In the database thread. What was asked before the account was turned away must not be asked after it."""
        if not self._inside:
            raise Unavailable(STARTING, code="away")
        return hall.state() if before is None else hall.calls_now(before)

    def _entered(self, _nothing: None) -> None:
        self.live = Live(self.tasks, self, calm_ms=CALM_MS, poll_ms=POLL_MS, look_ms=LOOK_MS)
        self.live.changed.connect(self._look)
        self._look(whole=True)
        self._report.start()
        QTimer.singleShot(2000, self, self.report)

    def _refused(self, error: Exception) -> None:
        """No way in now, or no longer: what is on the screen stays, and it is tried again."""
        self.away = error.message if isinstance(error, Shown) else str(error)
        self._asking = self._again = False
        self._report.stop()
        if self.live is not None:
            self.live.close()
            self.live.deleteLater()
            self.live = None
        if not self._closed:
            self._retry.start()

    def _lost(self, error: Exception) -> None:
        self.away = error.message if isinstance(error, Shown) else str(error)

    def _look(self, *, whole: bool = False) -> None:
        """The calls first; how many wait may be some seconds old, and is asked when there is nothing more urgent."""
        if self._asking:
            self._again = True
            return
        self._asking = True
        before = None if whole else self.hall
        self.tasks.ask(partial(self._read, before), partial(self._seen, before), self._not_seen, owner=self, quiet=True)

    def _seen(self, before: Hall | None, found: Hall) -> None:
        self._asking, now = False, time.monotonic()
        self.hall, self._seen_at = found, now
        if before is None:
            self._whole_at = now
        if self.caller is not None:
            self.caller.see(found)
        self.draw()
        old = now - self._whole_at
        if self._again and old < 3 * WHOLE:
            self._again = False
            self._look()
        elif old > WHOLE:
            self._look(whole=True)

    def _free(self, _error: object) -> None:
        self._asking = False

    def _not_seen(self, error: Exception) -> None:
        self._asking = False
        if isinstance(error, Refused):
            self._refused(error)

    # --- the picture -------------------------------------------------------------------------------------------------

    def draw(self) -> None:
        """The scene as it is now; nothing is drawn where nothing has changed."""
        self.setup.beat()
        late = self.hall is not None and time.monotonic() - self._seen_at > LATE
        facts = Facts(late, self._sound(), self.far(), self.away)
        self.wall.show_scene(compose(self.hall, devices.now(), facts))
        if self._ends_at is not None and datetime.now(WIB) >= self._ends_at:
            self._ends_at = None
            self._leave(self.setup.again)

    def far(self) -> bool:
        """Whether the farthest seat needs the larger list."""
        return wants_far(self.wall.width(), self.wall.height(), self.setup.inches, self.setup.metres)

    def _sound(self) -> str:
        if self.caller is None:
            return MUTED
        return SILENT if self.caller.trouble else ""

    # --- what counters hear of it ------------------------------------------------------------------------------------

    def report(self) -> None:
        """How this screen is, for the lamps of the counters."""
        state, detail = self.health()
        self._say(state, detail)

    def _say(self, state: State, detail: str) -> None:
        self.tasks.ask(
            lambda: self._tell(state, detail), failed=lambda _error: None, owner=self, keep=False, quiet=True
        )

    def _tell(self, state: State, detail: str) -> None:
        if self._inside:
            devices.report(self.setup.name, Kind.TV, state, detail)

    def health(self) -> tuple[State, str]:
        """Its state, and in words what is wrong with it."""
        said = []
        if self.caller is None:
            said.append("Suara dimatikan")
        elif self.caller.trouble:
            said.append(f"Tanpa suara: {self.caller.trouble}")
        elif self.caller.note:
            said.append(self.caller.note)
        wide, high = self.wall.width(), self.wall.height()
        reach = legible(wide, high, self.setup.inches, far=self.far())
        if min(reach.called, reach.listed) < self.setup.metres:
            said.append(
                f"Kursi terjauh {self.setup.metres:g} m, terbaca sampai {min(reach.called, reach.listed):.0f} m"
            )
        return (State.LOOK, ". ".join(said)) if said else (State.OK, f"Layar {self.glass.number()}, {wide} × {high}")


def _next(at: clock) -> datetime:
    """When the clock shows this next: at least an hour from now, so that beginning anew does not end at once."""
    soon = datetime.now(WIB) + timedelta(hours=1)
    wanted = datetime.combine(soon.date(), at, WIB)
    return wanted if wanted >= soon else wanted + timedelta(days=1)
