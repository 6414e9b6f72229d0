"""The queue's table: what a ticket may go through, by whom. The database holds the same rows and judges by them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """Where a ticket stands. A booking has no ticket before its check-in; EXPIRED is what the end of the day leaves."""

    WAITING = "WAITING"
    CALLED = "CALLED"
    SERVING = "SERVING"
    HELD = "HELD"
    NO_SHOW = "NO_SHOW"
    DONE = "DONE"
    CANCELLED = "CANCELLED"
    EXPIRED = "EXPIRED"


ACTIVE = (State.CALLED, State.SERVING)
"""A counter has at most one of these, and a ticket is so at most at one counter."""


class Event(StrEnum):
    """What happens to a ticket; each is one row, with the server's time, never changed."""

    CALLED = "CALLED"
    RECALLED = "RECALLED"
    STARTED = "STARTED"
    HELD = "HELD"
    RETURNED = "RETURNED"
    TRANSFERRED = "TRANSFERRED"
    NO_SHOW = "NO_SHOW"
    REJOINED = "REJOINED"
    DONE = "DONE"
    CANCELLED = "CANCELLED"
    EXPIRED = "EXPIRED"
    UNDONE = "UNDONE"


@dataclass(frozen=True)
class Rule:
    """In this state this may happen and leads there; `reason` where one is asked, `own` where only at one's place."""

    at: State
    event: Event
    to: State
    reason: bool = False
    own: bool = True


# fmt: off
RULES = (
    Rule(State.WAITING, Event.CALLED,      State.CALLED,    own=False),
    Rule(State.HELD,    Event.CALLED,      State.CALLED,    own=False),
    Rule(State.NO_SHOW, Event.CALLED,      State.CALLED,    own=False),
    Rule(State.CALLED,  Event.RECALLED,    State.CALLED),
    Rule(State.CALLED,  Event.STARTED,     State.SERVING),
    Rule(State.CALLED,  Event.HELD,        State.HELD,      reason=True),
    Rule(State.SERVING, Event.HELD,        State.HELD,      reason=True),
    Rule(State.HELD,    Event.RETURNED,    State.WAITING,   own=False),
    Rule(State.CALLED,  Event.TRANSFERRED, State.WAITING,   reason=True),
    Rule(State.SERVING, Event.TRANSFERRED, State.WAITING,   reason=True),
    Rule(State.CALLED,  Event.NO_SHOW,     State.NO_SHOW),
    Rule(State.NO_SHOW, Event.REJOINED,    State.WAITING,   own=False),
    Rule(State.CALLED,  Event.DONE,        State.DONE),
    Rule(State.SERVING, Event.DONE,        State.DONE),
    Rule(State.WAITING, Event.CANCELLED,   State.CANCELLED, reason=True, own=False),
    Rule(State.HELD,    Event.CANCELLED,   State.CANCELLED, reason=True, own=False),
    Rule(State.CALLED,  Event.CANCELLED,   State.CANCELLED, reason=True),
    Rule(State.SERVING, Event.CANCELLED,   State.CANCELLED, reason=True),
)
# fmt: on


def rows() -> list[tuple[object, ...]]:
    """As the guards hold it: state, event, next state, whether a reason is asked, whether only at one's own."""
    return [(r.at.value, r.event.value, r.to.value, int(r.reason), int(r.own)) for r in RULES]
