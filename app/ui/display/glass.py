"""The window on the hall's screen: full, above everything, without a pointer, back when the TV is plugged in again."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QScreen

from app.ui.display.wall import Wall

SETTLE_MS = 400
"""Screens come and go in bursts; the last word counts."""


class Glass(QObject):
    """Puts the wall on the chosen screen; on the last one there is, while the chosen one is switched off."""

    def __init__(self, wall: Wall, number: int = 0, *, windowed: bool = False) -> None:
        super().__init__(wall)
        self._wall, self._number, self._windowed = wall, number, windowed
        self._settle = QTimer(self, interval=SETTLE_MS, singleShot=True)
        self._settle.timeout.connect(self._place)
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        application.screenAdded.connect(self._changed)
        application.screenRemoved.connect(self._changed)
        application.primaryScreenChanged.connect(self._changed)

    def show(self) -> None:
        """Show it, in an ordinary window if that was asked for."""
        self._wall.setWindowTitle("Layar antrean")
        if self._windowed:
            self._wall.resize(1280, 720)
            self._wall.show()
            return
        self._wall.setWindowFlags(
            Qt.WindowType.Window | Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint
        )
        self._wall.setCursor(Qt.CursorShape.BlankCursor)
        self._place()

    def screen(self) -> QScreen:
        """Where it belongs now."""
        screens = QGuiApplication.screens()
        return screens[self._number - 1] if 0 < self._number <= len(screens) else screens[-1]

    def number(self) -> int:
        """Which one that is, from 1 on."""
        return QGuiApplication.screens().index(self.screen()) + 1

    def _changed(self, _screen: QScreen) -> None:
        if not self._windowed:
            self._settle.start()

    def _place(self) -> None:
        if not QGuiApplication.screens():
            return
        wall, screen = self._wall, self.screen()
        screen.geometryChanged.connect(self._resized, Qt.ConnectionType.UniqueConnection)
        if wall.isVisible() and wall.geometry() == screen.geometry():
            return
        wall.hide()
        wall.setScreen(screen)
        wall.setGeometry(screen.geometry())
        wall.showFullScreen()

    def _resized(self) -> None:
        self._settle.start()
