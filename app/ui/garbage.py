"""Garbage is collected by the window's own thread: a widget that ends in another one can stop the whole program.

Python collects in whichever thread asks for memory. Were that the database thread, Qt would end a widget there under a
lock that the window waits for, while it waits for the window to let go of Python: both stand still for ever.
"""

from __future__ import annotations

import gc
import time

from PySide6.QtCore import QObject, QTimer

OLDEST = 2
"""Python's generation of what has lived longest."""
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
        now, have, most = time.monotonic(), gc.get_count(), gc.get_threshold()
        oldest = OLDEST if now - self._whole >= WHOLE_AFTER else OLDEST - 1
        due = max((n for n in range(oldest + 1) if have[n] > most[n]), default=None)
        if due is None:
            return
        if due == OLDEST:
            self._whole = now
        gc.collect(due)
