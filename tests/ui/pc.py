"""One computer with the program running on it, for tests that look at the whole window."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.services.opening import Opening
from app.sop.pelita3 import PELITA3
from app.ui.computer import Computer
from app.ui.login_steps import PasswordStep
from app.ui.pages.login import LoginWindow
from app.ui.shell import Shell
from app.ui.window import Program
from tests.support.office import PASSWORD


class Pc:
    """One computer with the program running on it."""

    def __init__(self, qtbot: QtBot, folder: Path, database: Path | str) -> None:
        self.bot = qtbot
        self.kept: dict[str, Any] = {}
        self.opening = Opening(database, PELITA3)
        self.computer = Computer(
            folder=folder,
            pc="PC-LOKET-03",
            database=database if isinstance(database, Path) else None,
            server="" if isinstance(database, Path) else database,
            p12_path=folder / "kadis.p12",
            open_office=self.opening.open,
            close_office=self.opening.close,
            move_office=self.opening.move,
            remember=self._remember,
        )
        self.program = Program(self.computer, PELITA3, mail_every_ms=3_600_000)

    def _remember(self, changes: Mapping[str, Any]) -> None:
        self.kept |= changes

    def start(self) -> None:
        self.program.start()
        self.program.frame.showNormal()
        self.program.frame.resize(1366, 768)
        self.wait()

    def wait(self) -> None:
        for _ in range(3):
            QTest.qWait(1)
            self.bot.waitUntil(self.program.tasks.idle, timeout=30_000)

    @property
    def front(self) -> QWidget:
        return self.program.widget()

    @property
    def login(self) -> LoginWindow:
        assert isinstance(self.front, LoginWindow)
        return self.front

    @property
    def shell(self) -> Shell:
        assert isinstance(self.front, Shell)
        return self.front

    def enter(self, login: str, password: str = PASSWORD) -> None:
        step = self.login.step
        assert isinstance(step, PasswordStep)
        if not step.login.input.isReadOnly():
            step.login.input.set_value(login)
        step.password.input.set_value(password)
        step.go.press()
        self.wait()

    def end(self) -> None:
        """The window closes, the threads end."""
        self.program.frame.hide()
        self.program.close()
        self.program.frame.deleteLater()
