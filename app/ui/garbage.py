"""Garbage is collected by the window's own thread: a widget that ends in another one can stop the whole program.

Python collects in whichever thread asks for memory. Were that the database thread, Qt would end a widget there under a
lock that the window waits for, while it waits for the window to let go of Python: both stand still for ever.
"""

from __future__ import annotations

import gc
import time

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 250
WHOLE_AFTER = 30.0
"""Seconds between two looks at everything there is, which take tens of milliseconds each."""


class Collector(QObject):
    """Belongs to the application and collects in its place; Python's own way is switched off from here on."""

    def __init__(self, application: QObject) -> None:
        super().__init__(application)
        self.setObjectName("garbage")
        self._whole = time.monotonic()
        gc.disable()
        timer = QTimer(self, interval=EVERY_MS)
        timer.timeout.connect(self.sweep)
        timer.start()

    def sweep(self) -> None:
        """Collect as far as is due: what is young often, everything seldom."""
        due = [n for n, (have, most) in enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True)) if have > most]
        if not due:
            return
        now = time.monotonic()
        if max(due) == 2 and now - self._whole < WHOLE_AFTER:
            due.remove(2)
        if due:
            if max(due) == 2:
                self._whole = now
            gc.collect(max(due))
