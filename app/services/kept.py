"""What seldom changes in the database, kept in memory: read again only where its version has grown."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Generic, TypeVar

from app.models import base
from app.models.tables_admin import ListsVersion

T = TypeVar("T")
LOOK_AFTER = 5.0
"""Seconds for which what was read is taken for true without asking: another computer's change is seen after them."""


class Kept(Generic[T]):
    """One value of the office's database. A thread without a connection (the window's) gets what was read last."""

    def __init__(self, empty: T, read: Callable[[], T]) -> None:
        self._empty, self._read = empty, read
        self._have: tuple[object, int, float, T] = (None, -1, 0.0, empty)

    def now(self) -> T:
        """The value as it is, at most five seconds old."""
        database, known, looked, value = self._have
        here = base.db.obj
        if database is not here:
            known, looked, value = -1, 0.0, self._empty
        if here is None or here.is_closed() or (known >= 0 and time.monotonic() - looked < LOOK_AFTER):
            return value
        with base.told():
            found = version()
            if found != known:
                value = self._read()
        self._have = (here, found, time.monotonic(), value)
        return value

    def forget(self) -> None:
        """It was changed from here: the next question reads it again."""
        self._have = (self._have[0], -1, 0.0, self._have[3])


def version() -> int:
    """One number that grows with every change of the office's calendar and lists."""
    return int(ListsVersion.select().get().version)
