"""How long a thread waits for a connection that broke: not at all, unless whoever runs its work lends it patience."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Protocol

from app.errors import Unavailable


class Patience(Protocol):
    """What long work is lent: in the middle of it nothing can be begun again, a paper would be printed twice."""

    def wait(self, error: Unavailable) -> bool:
        """Rest before the next try to connect; False where the loss is to be told instead."""

    def over(self) -> None:
        """There is a connection again."""


_mine: ContextVar[Patience | None] = ContextVar("patience", default=None)


@contextmanager
def lent(patience: Patience) -> Iterator[None]:
    """Inside, and in this thread only, each statement that loses its connection waits for another and is sent again."""
    token = _mine.set(patience)
    try:
        yield
    finally:
        _mine.reset(token)


def wait(error: Unavailable) -> bool:
    """Whether this thread has patience left, after having rested."""
    mine = _mine.get()
    return mine is not None and mine.wait(error)


def over() -> None:
    """This thread is connected."""
    mine = _mine.get()
    if mine is not None:
        mine.over()
