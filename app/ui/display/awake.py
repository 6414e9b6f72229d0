"""Keeps the screen on: asks the desktop, the X server or Windows; nobody's refusal stops the hall's screen."""

from __future__ import annotations

import ctypes
import os
import shutil

from PySide6.QtCore import QProcess
from PySide6.QtDBus import QDBusConnection, QDBusMessage

WHY = "Layar antrean"
IDLE = 8
"""GNOME's flag for "the session must not become idle"."""
CONTINUOUS, SYSTEM, DISPLAY = 0x80000000, 1, 2
"""Windows: from now on, the PC and its screen stay on."""


def keep_awake(bus: QDBusConnection | None = None) -> None:
    """From now on, as long as this program runs. Waits for nobody's answer."""
    windows = getattr(ctypes, "windll", None)
    if windows is not None:
        windows.kernel32.SetThreadExecutionState(CONTINUOUS | SYSTEM | DISPLAY)
        return
    _ask_desktop(QDBusConnection.sessionBus() if bus is None else bus)
    if os.environ.get("DISPLAY") and shutil.which("xset"):
        QProcess.startDetached("xset", ["s", "off", "-dpms"])


def _ask_desktop(bus: QDBusConnection) -> None:
    """KDE, GNOME and most others know the first; older GNOME the second. The wish ends with the connection."""
    if not bus.isConnected():
        return
    saver = QDBusMessage.createMethodCall(
        "org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver", "org.freedesktop.ScreenSaver", "Inhibit"
    )
    saver.setArguments(["PELITA 3", WHY])
    session = QDBusMessage.createMethodCall(
        "org.gnome.SessionManager", "/org/gnome/SessionManager", "org.gnome.SessionManager", "Inhibit"
    )
    session.setArguments(["PELITA 3", 0, WHY, IDLE])
    for message in (saver, session):
        bus.send(message)
