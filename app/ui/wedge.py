"""Barcode scanners that type: a burst of keys becomes one `scanned` code and reaches no field."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication

GAP_MS = 50
LEAST = 10
LEAST_WITH_PREFIX = 4
ENDS = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab}
SILENT = {Qt.Key.Key_Shift, Qt.Key.Key_CapsLock}


class Wedge(QObject):
    """An application-wide filter that tells a scanner from a hand.

    Keys that come faster than a hand can type are held back; a burst of ten or more (or one that begins with our
    prefix) that ends in Enter or Tab is a scan. All else is played again to where it went. A dialog in front that has
    `take_scan` gets the code for itself.
    """

    scanned = Signal(str)

    def __init__(self, app: QCoreApplication, prefixes: Sequence[str] = ("P3",), gap_ms: int = GAP_MS) -> None:
        super().__init__(app)
        self._prefixes = tuple(prefixes)
        self._held: list[tuple[QObject, QKeyEvent]] = []
        self._replaying = False
        self._timer = QTimer(self, singleShot=True, interval=gap_ms)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._replay)
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Only what arrives at a window counts: that is where a keyboard speaks."""
        if self._replaying or not isinstance(watched, QWindow) or not isinstance(event, QKeyEvent):
            return False
        if event.type() == QEvent.Type.KeyRelease:
            return bool(self._held) and not event.isAutoRepeat() and event.key() not in SILENT
        if event.type() != QEvent.Type.KeyPress or event.key() in SILENT:
            return False
        return self._pressed(watched, event)

    def _pressed(self, window: QObject, event: QKeyEvent) -> bool:
        text = "".join(held.text() for _, held in self._held)
        if event.key() in ENDS and self._is_code(text):
            self._timer.stop()
            self._held.clear()
            # A dialog that waits for a code takes it; else it is everybody's.
            take = getattr(QApplication.activeModalWidget(), "take_scan", self.scanned.emit)
            take(text)
            return True
        if self._is_character(event):
            self._held.append((window, event.clone()))
            self._timer.start()
            return True
        self._replay()
        return False

    def _is_code(self, text: str) -> bool:
        return len(text) >= LEAST or (text.startswith(self._prefixes) and len(text) >= LEAST_WITH_PREFIX)

    @staticmethod
    def _is_character(event: QKeyEvent) -> bool:
        held = event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        printable = bool(event.text()) and event.text().isprintable()
        return printable and held == Qt.KeyboardModifier.NoModifier and not event.isAutoRepeat()

    def _replay(self) -> None:
        """A hand typed it: give the keys back in order."""
        self._timer.stop()
        given, self._held = self._held, []
        self._replaying = True
        try:
            for window, press in given:
                QCoreApplication.sendEvent(window, press)
                release = QKeyEvent(QEvent.Type.KeyRelease, press.key(), press.modifiers(), press.text())
                QCoreApplication.sendEvent(window, release)
        finally:
            self._replaying = False
