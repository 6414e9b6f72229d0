"""A kiosk in a test: a real office behind it, a printer that does what the test wants, a finger and a scanner."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from app.devices.printer import Description, Job, JobState, JobStatus, Media
from app.errors import Unavailable
from app.jobs.workshop import Workshop
from app.models import base
from app.sop.calendar import WIB
from app.sop.pelita3 import PELITA3
from app.ui.kiosk.program import Kiosk
from app.ui.kiosk.setup import Setup
from app.ui.kiosk.visit import Stage
from tests.support.hall import KIOSK
from tests.support.office import PASSWORD

MORNING = datetime(2026, 5, 12, 8, 14, tzinfo=WIB)


@dataclass
class Roll:
    """A ticket printer in a test: `trouble` keeps it from printing, `mute` from saying what became of it."""

    trouble: str = ""
    mute: bool = False
    note: str = ""
    name: str = "gulungan"
    titles: list[str] = field(default_factory=list)
    hold: Callable[[], None] = lambda: None

    def describe(self) -> Description:
        return Description(self.name, "Gulungan", "folder", ready=not self.trouble, note=self.trouble or self.note)

    def print_pdf(self, data: bytes, title: str, media: Media = "A4", copies: int = 1) -> Job:
        assert data.startswith(b"%PDF")
        assert media == "roll"
        self.hold()
        if self.trouble:
            raise Unavailable(self.trouble, code="printer")
        self.titles.append(title)
        return Job(self.name, str(len(self.titles)))

    def state(self, job: Job) -> JobStatus:
        if self.mute:
            return JobStatus(JobState.LOST, "Printer ini tidak dapat melapor. Periksa apakah kertasnya keluar.")
        return JobStatus(JobState.COMPLETED)


def until(out: threading.Event) -> Callable[[], None]:
    """A printer that is at work until then."""

    def hold() -> None:
        assert out.wait(20)

    return hold


@dataclass(frozen=True)
class Shop(Workshop):
    """This PC's means, with that printer for everything."""

    roll: Roll = field(default_factory=Roll)

    def printer_for(self, kind: str, wanted: str = "") -> Roll:
        assert kind == "ticket"
        return self.roll


def _open() -> None:
    base.db.connect(reuse_if_open=True)


def _close() -> None:
    base.db.close()


class Visitor:
    """Whoever stands at the kiosk, and the kiosk."""

    def __init__(self, qtbot: QtBot, folder: Path, **more: object) -> None:
        self.bot, self.roll = qtbot, Roll()
        self.password = PASSWORD
        shop = Shop(PELITA3, folder, "KIOS-1", roll=self.roll)
        made: dict[str, Any] = {"inches": 21.5, "windowed": True, "open_office": _open, "close_office": _close, **more}
        self.setup = Setup(shop, KIOSK, lambda: self.password, **made)
        self.kiosk = Kiosk(self.setup)

    # --- what is there ---

    @property
    def glass(self) -> QWidget:
        return self.kiosk.glass

    def front(self) -> QWidget:
        return self.kiosk.glass.front()

    @property
    def said(self) -> str:
        """What is in front, as a screen reader would say it."""
        return self.front().accessibleName()

    def stage(self) -> Stage:
        return self.kiosk.visit.stage

    def start(self, size: tuple[int, int] = (1366, 768)) -> None:
        self.kiosk.start()
        self.kiosk.glass.resize(*size)
        self.wait()

    def wait(self) -> None:
        """Until every question of every thread has been answered."""
        for _ in range(4):
            QTest.qWait(5)
            self.bot.waitUntil(self._quiet, timeout=20_000)

    def _quiet(self) -> bool:
        return not self.kiosk.tasks._orders

    def pass_seconds(self, seconds: int) -> None:
        for _ in range(seconds):
            self.kiosk.tick()

    # --- fingers ---

    def key(self, words: str) -> QAbstractButton:
        """The visible target whose words begin so."""
        for one in self.front().findChildren(QAbstractButton):
            if one.isVisible() and one.accessibleName().startswith(words):
                return one
        there = [b.accessibleName() for b in self.front().findChildren(QAbstractButton) if b.isVisible()]
        raise AssertionError(f"nothing says {words}: {there}")

    def touch(self, words: str, *, wait: bool = True) -> None:
        """Through the window, as a finger: what lies above takes it."""
        self.touch_at(self.key(words).geometry().center())
        if wait:
            self.wait()

    def touch_at(self, at: QPoint) -> None:
        window = self.glass.windowHandle()
        QTest.mouseClick(window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)

    def scan(self, text: str, *, wait: bool = True) -> None:
        window = self.glass.windowHandle()
        for letter in text:
            QTest.keyClick(window, letter)  # type: ignore[call-overload]  # the stubs know keys of windows by code only
        QTest.keyClick(window, Qt.Key.Key_Return)
        if wait:
            self.wait()

    def end(self) -> None:
        self.kiosk.end()


@contextmanager
def visitor(qtbot: QtBot, folder: Path, **more: object) -> Iterator[Visitor]:
    made = Visitor(qtbot, folder, **more)
    try:
        yield made
    finally:
        made.end()
