"""How long work waits for a lost connection: ever more patiently, and no longer than it is wanted."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterator

from app.errors import Unavailable

DELAYS = (0.0, 0.5, 1.0, 2.0, 5.0)
"""Seconds before each new try; the last one again and again."""
CALM = 10.0
"""A connection that holds for so many seconds is a good one; the next loss after it is another one."""
FOREVER = float("inf")


def delays() -> Iterator[float]:
    """Seconds to rest before each new try to connect: ever more patiently, without end."""
    return itertools.chain(DELAYS, itertools.repeat(DELAYS[-1]))


def nobody_hears(_lost: bool) -> None:
    """For work that nobody has asked for."""


class Waiting:
    """The patience of one job, used by its own thread only; it is lent by `opening.lent`.

    `rest(seconds)` waits and answers True as soon as the end is wanted. `say` hears True once a first try did not
    help, and False when the connection is back. After `most` seconds the loss is an error like any other.
    """

    def __init__(
        self, rest: Callable[[float], bool], say: Callable[[bool], None] = nobody_hears, most: float = FOREVER
    ) -> None:
        self._rest, self._say, self._most = rest, say, most
        self._delays = delays()
        self._since: float | None = None
        self._back = FOREVER
        """Since when it waits for the loss at hand, and since when there is a connection again."""
        self._said = self._given_up = False

    def wait(self, _error: Unavailable) -> bool:
        """Rest before the next try; False where nobody wants to wait any longer."""
        now = time.monotonic()
        if self._since is None or now - self._back > CALM:
            self._delays, self._since, self._given_up = delays(), now, False
        self._back = FOREVER
        left = self._since + self._most - now
        self._given_up = self._given_up or left <= 0 or self._rest(0)
        if self._given_up:
            return False
        delay = next(self._delays)
        if delay and not self._said:
            self._said = True
            self._say(self._said)
        self._given_up = self._rest(min(delay, left))
        return not self._given_up

    def over(self) -> None:
        """There is a connection again. Whether it holds is seen before the next loss counts as a new one."""
        self._back = time.monotonic()
        if self._said:
            self._said = False
            self._say(self._said)
