"""A page in its shell, worked by keyboard the way an officer does; every answer of the database is waited for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.ui.desk import Desk, Page

P = TypeVar("P", bound=Page)
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


class Seat:
    """One officer before one page; remembers what the page asked of the shell and what it said."""

    def __init__(self, qtbot: QtBot, desk: Desk, page: Page) -> None:
        self.bot, self.desk, self.page = qtbot, desk, page
        self.went: list[tuple[str, object]] = []
        self.said: list[tuple[str, str]] = []
        self.undo: Callable[[], None] | None = None
        page.go.connect(lambda key, argument: self.went.append((key, argument)))
        page.open_berkas.connect(lambda berkas_id: self.went.append(("berkas", berkas_id)))
        page.back.connect(lambda: self.went.append(("back", None)))
        page.said.connect(self._heard)
        page.moved.connect(page.refresh)
        self.foot, self.tools = page.footer(), page.toolbar()
        self.window = QWidget()
        from app.ui.parts.layout import column, row  # noqa: PLC0415 - Qt parts need the application first

        self.window.setLayout(column(row(*self.tools), (page, 1), self.foot, gap=0))
        qtbot.addWidget(self.window)
        self.window.resize(1366, 768)

    def _heard(self, text: str, undo: Callable[[], None] | None, tone: str) -> None:
        self.said.append((text, tone))
        self.undo = undo

    def sit(self, argument: object = None) -> None:
        """The page comes to the front."""
        self.window.show()
        self.window.activateWindow()
        self.bot.waitUntil(self.window.isActiveWindow)
        self.page.arrive(argument)
        self.page.setFocus()
        self.wait()

    def wait(self) -> None:
        """Until every answer is there."""
        self.bot.waitUntil(self.desk.tasks.idle, timeout=20_000)
        QTest.qWait(1)
        self.bot.waitUntil(self.desk.tasks.idle, timeout=20_000)

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """A key where the focus is."""
        if not self.window.isActiveWindow():
            self.window.activateWindow()
            self.bot.waitUntil(self.window.isActiveWindow)
        focus: QWidget | None = self.window.focusWidget()
        QTest.keyClick(self.window if focus is None else focus, key, held)
        self.wait()

    def until(self, true: Callable[[], bool]) -> None:
        """Wait for something that takes its time."""
        self.bot.waitUntil(true, timeout=20_000)


def seated(qtbot: QtBot, desk: Desk, kind: type[P], argument: object = None) -> tuple[Seat, P]:
    """An officer opens a page."""
    page = kind(desk)
    seat = Seat(qtbot, desk, page)
    seat.sit(argument)
    return seat, page
