"""The one top-level window: it holds what is in front, so that nothing flickers between log-in and shell."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.ui.parts import paint
from app.ui.parts.badges import draw_logo
from app.ui.theme import color


class Owner(Protocol):
    """Who is asked before the window closes."""

    def may_close(self) -> bool:
        """Whether it may close now."""


class Frame(QStackedWidget):
    """Log-in, first start and shell take turns in it; the shell lives on behind a locked screen."""

    closing = Signal()

    def __init__(self, owner: Owner) -> None:
        super().__init__()
        self._owner = owner
        self.setWindowTitle("PELITA 3")
        self.setWindowIcon(_icon())

    def put(self, widget: QWidget) -> None:
        """Bring to the front. What was there goes away, unless it is a shell that waits behind a lock."""
        before = self.currentWidget()
        if self.indexOf(widget) < 0:
            self.addWidget(widget)
        self.setCurrentWidget(widget)
        if before is not None and before is not widget and before.objectName() != "shell":
            self.drop(before)
        widget.setFocus()

    def drop(self, widget: QWidget) -> None:
        """Take a widget out for good."""
        self.removeWidget(widget)
        widget.hide()
        widget.deleteLater()

    def front(self) -> QWidget:
        """What is in front; the frame itself while it is empty."""
        return self.currentWidget() or self

    def show_ready(self) -> None:
        """Show it: the whole of a small screen, a good part of a large one."""
        screen = QGuiApplication.primaryScreen()
        room = screen.availableGeometry()
        self.setMinimumSize(min(1080, room.width()), min(600, room.height()))
        if room.width() <= 1440:
            self.showMaximized()
        else:
            self.resize(min(1600, room.width() * 9 // 10), min(1000, room.height() * 9 // 10))
            self.show()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask first; then hide at once, because ending the threads may take a moment."""
        if not self._owner.may_close():
            event.ignore()
            return
        self.hide()
        event.accept()
        self.closing.emit()


def _icon() -> QIcon:
    """The flame on its dark ground, for the task bar."""
    drawn = QPixmap(128, 128)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint.rounded(painter, QRectF(0, 0, 128, 128), 28, color("rail"))
    draw_logo(painter, QRectF(10, 6, 108, 108))
    painter.end()
    return QIcon(drawn)
