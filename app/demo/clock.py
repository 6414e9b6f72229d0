"""The demonstration's clock: it starts on a working morning and moves on as such work would take."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from app.services import clocks
from app.sop.calendar import WIB

OPENS_AT = 8


class DemoClock:
    """The time of day in the invented office: real seconds plus the minutes that the story has let pass."""

    def __init__(self, now: datetime) -> None:
        self._start, self._began, self._added = working_morning(now), time.monotonic(), timedelta()
        self._follower: Callable[[datetime], None] = _nobody

    def now(self) -> datetime:
        """The office's time, UTC; it never goes back."""
        return self._start + timedelta(seconds=time.monotonic() - self._began) + self._added

    def follow(self, follower: Callable[[datetime], None]) -> None:
        """Somebody else's clock is put right now and whenever this one jumps."""
        self._follower = follower
        follower(self.now())

    def pass_minutes(self, minutes: float) -> None:
        """Let time go by, as a clerk or a waiting paper would."""
        self._added += timedelta(minutes=minutes)
        self._follower(self.now())


def _nobody(_now: datetime) -> None:
    """Who follows the clock until somebody does."""


def working_morning(now: datetime) -> datetime:
    """08.00 WIB of this day, or of the next on which the office is open."""
    day = now.astimezone(WIB).date()
    hours = clocks.hours_around(now, now + timedelta(days=30))
    while not hours.spans(day):
        day += timedelta(days=1)
    return datetime(day.year, day.month, day.day, OPENS_AT, tzinfo=WIB).astimezone(UTC)
