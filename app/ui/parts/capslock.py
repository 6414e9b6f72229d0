"""Whether Caps Lock is on, learned from what is typed: Qt does not tell."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget


class CapsWatch(QObject):
    """Watches one input. A capital without Shift, or a small letter with it, gives Caps Lock away."""

    changed = Signal(bool)

    def __init__(self, watched: QWidget) -> None:
        super().__init__(watched)
        self._on = False
        self._sure = False
        watched.installEventFilter(self)

    def is_on(self) -> bool:
        """What is known so far."""
        return self._on

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Listens only."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_CapsLock:
                # The first press of the key says nothing before a letter was seen.
                self._tell(on=self._sure and not self._on)
            else:
                self._learn(event)
        return False

    def _learn(self, event: QKeyEvent) -> None:
        typed = event.text()
        if len(typed) != 1 or not typed.isalpha() or typed.upper() == typed.lower():
            return
        self._sure = True
        shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        self._tell(on=typed.isupper() != shifted)

    def _tell(self, *, on: bool) -> None:
        if on != self._on:
            self._on = on
            self.changed.emit(on)
