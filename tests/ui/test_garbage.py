"""Widgets end in the window's own thread, whoever needs memory."""

from __future__ import annotations

import gc
import threading
import time
import weakref

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.ui.application import make_application
from app.ui.garbage import Collector


class Ring(QWidget):
    """Holds itself, as a widget does whose signals are connected to its own methods by closures."""

    def __init__(self) -> None:
        super().__init__()
        self.me = self


def forgotten() -> list[threading.Thread]:
    """A widget that nobody holds any more; the thread in which it ends is written down."""
    ended: list[threading.Thread] = []
    weakref.finalize(Ring(), lambda: ended.append(threading.current_thread()))
    return ended


def litter(much: int) -> None:
    """Things that hold themselves: each counts until somebody collects."""
    for _ in range(much):
        ring: list[object] = []
        ring.append(ring)


def test_a_widget_ends_in_the_windows_thread_though_another_one_asks_for_memory(qtbot: QtBot) -> None:
    ended = forgotten()
    worker = threading.Thread(target=litter, args=(400_000,))
    worker.start()
    worker.join()
    assert ended == [], "no widget ends where it does not live"
    qtbot.waitUntil(lambda: bool(ended), timeout=10_000)
    assert ended == [threading.main_thread()]


def test_what_is_old_is_looked_at_seldom_and_not_forgotten(qtbot: QtBot) -> None:
    collector = make_application([]).findChild(Collector)
    assert collector is not None
    collector._whole = time.monotonic()
    ended = forgotten()
    gc.freeze()
    gc.unfreeze()  # what there is counts as old now
    for _ in range(150):  # a look at everything follows a hundred smaller ones
        litter(1000)
        collector.sweep()
    assert not ended, "not again so soon"
    collector._whole -= 60
    collector.sweep()
    litter(1000)
    collector.sweep()
    assert ended == [threading.main_thread()]
