"""A machine of the hall in a process of its own: the real kiosk or the real TV, which does as it is told by a pipe."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QObject, QPoint, Qt, QTimer, qInstallMessageHandler
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget

from app.demo.clock import LentClock
from app.demo.office import PASSWORD
from app.demo.robot import Robot, Stuck, quiet
from app.jobs.workshop import Workshop
from app.services.opening import Opening
from app.sop.model import Role
from app.sop.pelita3 import PELITA3
from app.ui.application import make_application
from app.ui.display import setup as tv_setup
from app.ui.display.program import Display
from app.ui.display.scene import Mood
from app.ui.kiosk import setup as kiosk_setup
from app.ui.kiosk.program import Kiosk
from app.ui.kiosk.visit import Stage

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from PySide6.QtWidgets import QApplication

    from app.ui.tasks import Tasks

HEAR_MS = 10
START_SECONDS = 90.0
Orders = Mapping[str, Callable[..., Any]]


@dataclass(frozen=True)
class Post:
    """Which machine, under which account, in whose office. `ahead`: how far its clock is from this computer's."""

    role: Role
    login: str
    folder: Path
    place: Path | str
    printers: Mapping[str, str]
    ahead: timedelta | None
    pictures: Path


@dataclass(frozen=True)
class Trouble:
    """The answer to an order that could not be done."""

    words: str


def live(pipe: Connection, post: Post) -> None:
    """The process: it lives until it is told to leave, its window is closed, or nobody holds the pipe any more."""
    qInstallMessageHandler(quiet)
    application = make_application(["pelita3"])
    clock = None if post.ahead is None else LentClock(post.ahead)
    opening = Opening(post.place, PELITA3, clock.now if clock else None)
    make = KioskHand if post.role is Role.KIOSK else TvHand
    hand = make(application, post, opening, clock)
    ear = Ear(pipe, hand.orders)
    application.exec()
    ear.stop()
    hand.end()


class Ear(QObject):
    """Takes one order after the other and sends back what came of it."""

    def __init__(self, pipe: Connection, orders: Orders) -> None:
        super().__init__()
        self._pipe, self._orders = pipe, orders
        self._busy = False
        self._timer = QTimer(self, interval=HEAR_MS)
        self._timer.timeout.connect(self._hear)
        self._timer.start()

    def stop(self) -> None:
        """No more."""
        self._timer.stop()

    def _hear(self) -> None:
        # While an order is being done the windows live on, and so does this timer.
        if self._busy:
            return
        try:
            if not self._pipe.poll():
                return
            name, *rest = self._pipe.recv()
        except (EOFError, OSError):
            QCoreApplication.quit()
            return
        self._busy = True
        answer: object = Trouble(f"{name} gagal")
        try:
            answer = self._orders[name](*rest)
        except Stuck as stuck:
            answer = Trouble(str(stuck))
        finally:
            self._busy = False
            with suppress(OSError):  # whoever asked has gone meanwhile
                self._pipe.send(answer)


class Hand:
    """What both machines can be told."""

    def __init__(self, application: QApplication, tasks: Tasks, window: QWidget, post: Post) -> None:
        self.window = window
        self.robot = Robot(application, tasks, window, post.pictures)
        self.orders: dict[str, Callable[..., Any]] = {"picture": self.picture}

    def picture(self, file: Path, size: tuple[int, int]) -> None:
        """The window as it is now, in that size."""
        self.window.resize(*size)
        self.robot.settle()
        self.window.grab().save(str(file))

    def answered(self, ask: Callable[[], None]) -> None:
        """Until what was asked of the database, shown waiting or not, has been answered."""
        found: list[bool] = []
        ask()
        self.robot.tasks.ask(lambda: True, found.append, owner=self.window, quiet=True, command="")
        self.robot.until("jawaban basis data", lambda: found)


class KioskHand(Hand):
    """The kiosk in the lobby, and the finger of whoever stands there."""

    def __init__(self, application: QApplication, post: Post, opening: Opening, clock: LentClock | None) -> None:
        setup = kiosk_setup.Setup(
            Workshop(PELITA3, post.folder, "KIOS-1", post.printers), post.login, lambda: PASSWORD, pc="KIOS-1",
            windowed=True, cursor=True, open_office=opening.open, close_office=opening.close,
        )  # fmt: skip
        self.kiosk, self.clock = Kiosk(setup), clock
        super().__init__(application, self.kiosk.tasks, self.kiosk.glass, post)
        self.orders |= {"ready": self.ready, "clock": self.set_clock, "touch": self.touch, "paper": self.paper,
                        "wait": self.wait, "off": self.off}  # fmt: skip
        self.kiosk.install()
        self.kiosk.start()

    def ready(self) -> None:
        """Until numbers can be taken."""
        self.robot.until("layar awal kios", lambda: self.kiosk.link.up and self._at_home(), START_SECONDS)

    def set_clock(self, ahead: timedelta) -> None:
        """The office's time has jumped; counters hear from this kiosk as often as they would have."""
        assert self.clock is not None
        self.clock.ahead = ahead
        self.kiosk.tick()
        self.answered(self._speak_up)

    def _speak_up(self) -> None:
        self.kiosk.link.look()
        self.kiosk.link.report()

    def touch(self, words: str) -> None:
        """A finger on what says these words, through whatever lies above it."""
        at = self.robot.until(f"tombol kios {words}", lambda: self._key(words))
        QTest.mouseClick(self.window.windowHandle(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
        self.robot.settle()

    def _key(self, words: str) -> QPoint | None:
        for key in self.window.findChildren(QAbstractButton):
            middle = key.mapTo(self.window, key.rect().center())
            said = key.isVisible() and key.isEnabled() and key.accessibleName().startswith(words)
            if said and self.window.childAt(middle) is key:
                return middle
        return None

    def paper(self) -> str:
        """What stands on the glass when the paper has come out."""
        self.robot.until("kertas nomor", lambda: self.kiosk.visit.stage is Stage.PAPER)
        if self.kiosk.supply.words():
            raise Stuck(f"printer tiket: {self.kiosk.supply.words()}")
        return self.kiosk.glass.front().accessibleName()

    def wait(self) -> None:
        """Nobody touches it until its first screen is back."""
        for _ in range(60):
            if self._at_home():
                return
            self.kiosk.tick()
        raise Stuck("kios tidak kembali ke awal")

    def _at_home(self) -> bool:
        return self.kiosk.visit.stage is Stage.BASE and self.kiosk.glass.front() is self.kiosk.glass.home

    def off(self) -> None:
        """Switched off by staff, as counters hear."""
        gone: list[bool] = []
        self.kiosk.link.farewell(lambda: gone.append(True))
        self.robot.until("kios pamit", lambda: gone)

    def end(self) -> None:
        """Its threads end."""
        self.kiosk.end()


class TvHand(Hand):
    """The TV of the hall. It is silent: nobody knows whether this computer has a sound output."""

    def __init__(self, application: QApplication, post: Post, opening: Opening, clock: LentClock | None) -> None:
        setup = tv_setup.Setup(
            folder=post.folder, login=post.login, password=lambda: PASSWORD, pc="TV-1", windowed=True, muted=True,
            database=post.place if isinstance(post.place, Path) else None, open_office=opening.open,
            close_office=opening.close,
        )  # fmt: skip
        self.display, self.clock = Display(setup), clock
        super().__init__(application, self.display.tasks, self.display.wall, post)
        self.orders |= {"ready": self.ready, "clock": self.set_clock, "shows": self.shows, "off": self.off}
        self.display.take_bugs()
        self.display.start()

    def ready(self) -> None:
        """Until the hall stands there."""
        self.robot.until("layar TV tersambung", lambda: self.display.hall, START_SECONDS)

    def set_clock(self, ahead: timedelta) -> None:
        """The office's time has jumped; the picture and what counters know of this screen follow."""
        assert self.clock is not None
        self.clock.ahead = ahead
        self.display.draw()
        self.answered(self.display.report)

    def shows(self, label: str) -> str:
        """The large panel as it is read aloud, as soon as it calls this number."""

        def called() -> bool:
            scene = self.display.wall.scene
            return bool(scene and scene.mood is Mood.CALLING and scene.main and scene.main.label == label)

        self.robot.until(f"{label} di layar TV", called)
        return self.display.wall.accessibleDescription()

    def off(self) -> None:
        """Nothing to do beforehand: whoever closes it, counters hear of it."""

    def end(self) -> None:
        """Its threads end, and counters hear that it is off."""
        self.display.close()
        self.display.wall.hide()
