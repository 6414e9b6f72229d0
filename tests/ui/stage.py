"""Puts widgets into a window that stays alive until the next one: Qt's children die with their window."""

from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

_open: list[QWidget] = []


def stage(qtbot: QtBot, *widgets: QWidget) -> QWidget:
    """A shown, active window with these widgets under one another; the first has the focus."""
    window = QWidget()
    layout = QVBoxLayout(window)
    for widget in widgets:
        layout.addWidget(widget)
    qtbot.addWidget(window)
    window.resize(700, 400)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    if widgets:
        widgets[0].setFocus()
    _open[:] = [window]
    return window
