"""The demonstration's clock: it starts on a working morning and moves on as such work would take."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from app.services import clocks
from app.sop.calendar import WIB, Span

OPENS_AT = 8
LONGEST_CLOSURE = timedelta(days=30)


class DemoClock:
    """The time of day in the invented office: real seconds plus the minutes that the story has let pass."""

    def __init__(self, now: datetime) -> None:
        self._start, self._began, self._added = working_morning(now), time.monotonic(), timedelta()
        self._followers: list[Callable[[datetime], None]] = []

    def now(self) -> datetime:
        """The office's time, UTC; it never goes back."""
        return self._start + timedelta(seconds=time.monotonic() - self._began) + self._added

    def follow(self, follower: Callable[[datetime], None]) -> None:
        """Somebody else's clock is put right now and whenever this one jumps."""
        self._followers.append(follower)
        follower(self.now())

    def leave(self, follower: Callable[[datetime], None]) -> None:
        """That clock goes its own way from now on."""
        self._followers.remove(follower)

    def pass_minutes(self, minutes: float) -> None:
        """Let time go by, as a clerk or a waiting paper would."""
        self._added += timedelta(minutes=minutes)
        for follower in self._followers:
            follower(self.now())


class LentClock:
    """The same time of day in another process of this computer, which is told how far it is from the real one."""

    def __init__(self, ahead: timedelta) -> None:
        self.ahead = ahead

    def now(self) -> datetime:
        """The office's time, UTC."""
        return datetime.now(UTC) + self.ahead


def working_morning(now: datetime) -> datetime:
    """08.00 WIB of the last working day that is over: nothing the story signs or sends lies in the future.

    A certificate of tomorrow is "not yet valid" to everybody who looks at it today.
    """
    hours = clocks.hours_around(now - LONGEST_CLOSURE, now)
    day = now.astimezone(WIB).date()
    while not _over(hours.spans(day), day, now):
        day -= timedelta(days=1)
    return datetime(day.year, day.month, day.day, OPENS_AT, tzinfo=WIB).astimezone(UTC)


def _over(spans: tuple[Span, ...], day: date, now: datetime) -> bool:
    """True for a day on which the office worked and has closed."""
    return bool(spans) and datetime.combine(day, spans[-1][1], WIB) <= now
