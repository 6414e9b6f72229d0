"""Whether someone is there: the screen locks after minutes of quiet, and Ctrl held for a second shows the keys."""

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent

ALIVE = {
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
}


class Activity(QObject):
    """Watches all input of the program while the shell is open."""

    quiet = Signal()
    ctrl_held = Signal()
    ctrl_freed = Signal()

    def __init__(self, app: QCoreApplication, owner: QObject, idle_ms: int, hold_ms: int = 1000) -> None:
        super().__init__(owner)
        self._idle = QTimer(self, singleShot=True, interval=idle_ms)
        self._idle.timeout.connect(self.quiet)
        self._hold = QTimer(self, singleShot=True, interval=hold_ms)
        self._hold.timeout.connect(self.ctrl_held)
        self._idle.start()
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Listens only; nothing is taken away."""
        kind = event.type()
        if kind in ALIVE:
            self._idle.start()
        if isinstance(event, QKeyEvent):
            self._ctrl(event, pressed=kind == QEvent.Type.KeyPress)
        return False

    def _ctrl(self, event: QKeyEvent, *, pressed: bool) -> None:
        if event.key() == Qt.Key.Key_Control:
            if pressed and not event.isAutoRepeat():
                self._hold.start()
            elif not pressed:
                self._hold.stop()
                self.ctrl_freed.emit()
        elif pressed:
            self._hold.stop()
