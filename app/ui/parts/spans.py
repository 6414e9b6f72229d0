"""Stretches of time in words: "41 m", "1 j 25 m", and running timers "05:31"."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.sop.calendar import WIB


def minutes(span: timedelta) -> str:
    """Whole minutes, with hours from the first hour on; never a bare "1:25"."""
    whole = max(0, int(span.total_seconds())) // 60
    hours, rest = divmod(whole, 60)
    return f"{hours} j {rest} m" if hours else f"{rest} m"


def running(span: timedelta) -> str:
    """A timer with two digits each; beyond 99 minutes the minutes simply grow."""
    whole = max(0, int(span.total_seconds()))
    return f"{whole // 60:02d}:{whole % 60:02d}"


def clock(at: datetime) -> str:
    """A moment as "10.42" in WIB."""
    return f"{at.astimezone(WIB):%H.%M}"


def clock_full(at: datetime) -> str:
    """A moment as "10.42.15" in WIB."""
    return f"{at.astimezone(WIB):%H.%M.%S}"
