"""How long it will take: the queue before a visitor, the counters that work on it, and one look at a simulated day."""

from __future__ import annotations

import heapq
import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from app.services import queue, queue_estimate, queue_settings
from app.services.accounts import Who
from app.services.keys import new_key
from app.services.queue_estimate import MINUTE, Estimate, span
from app.sop.model import Role
from tests.support import line
from tests.support.office import Clock

Sit = Callable[[str | Role], Who]
NINE = datetime(2026, 5, 12, 2, 0, tzinfo=UTC)


def test_nobody_ahead_is_soon_and_ten_ahead_take_their_turns() -> None:
    assert span(0, 13 * MINUTE, 4, None) == Estimate(0, 0, 5)
    assert span(0, 13 * MINUTE, 1, 90 * MINUTE) == Estimate(0, 0, 15), "what the last one waited says nothing then"
    assert span(10, 12 * MINUTE, 4, None) == Estimate(10, 25, 35)
    assert span(10, 12 * MINUTE, 4, 60 * MINUTE) == Estimate(10, 25, 50), "blended with the last wait"
    assert span(10, 12 * MINUTE, 0, None) == span(10, 12 * MINUTE, 1, None)
    assert span(9000, 12 * MINUTE, 1, None).high == 995


def test_everybody_counts_whom_the_same_counters_serve(who: Sit, clock: Clock) -> None:
    clock.at = NINE
    who(Role.FO)
    for service in "AABBB":
        line.number(service=service)
    assert [(x.service, x.waiting, x.estimate.ahead) for x in queue_estimate.loads()] == [
        ("A", 2, 5), ("B", 3, 5), ("C", 0, 5), ("D", 0, 5),
    ]  # fmt: skip


def test_a_counter_of_its_own_keeps_a_service_from_waiting_for_the_others(who: Sit, clock: Clock) -> None:
    clock.at = NINE
    who(Role.ADMIN)
    queue_settings.save_counter("Loket 3", "AB", new_key())
    queue_settings.save_counter("Loket 4", "D", new_key())
    who(Role.FO)
    for service in "AD":
        line.number(service=service)
    for place in ("Loket 3", "Loket 4"):
        served = queue.call_next(place, new_key())
        queue.start(served.id, place, new_key())
        queue.done(served.id, place, new_key())
    for service in "AABD":
        line.number(service=service)
    ahead = {x.service: x.estimate.ahead for x in queue_estimate.loads()}
    assert ahead == {"A": 3, "B": 3, "C": 0, "D": 1}


def test_a_priority_ticket_waits_for_its_own_and_every_third_call(who: Sit, clock: Clock) -> None:
    clock.at = NINE
    who(Role.FO)
    for _ in range(20):
        line.number()
    first = queue.issue(new_key(), priority=True)
    second = queue.issue(new_key(), priority=True)
    regular = queue.issue(new_key())
    assert (first.ahead, second.ahead, regular.ahead) == (2, 5, 22)


def test_the_day_begins_with_the_counters_of_the_last_one(who: Sit, clock: Clock) -> None:
    clock.at = NINE - timedelta(days=3)
    who(Role.FO)
    for place in ("Loket 1", "Loket 2", "Loket 3", "Loket 4"):
        ticket = line.number()
        queue.call_next(place, new_key())
        queue.done(ticket.id, place, new_key())
    clock.at = NINE
    for _ in range(7):
        line.number()
    assert queue.issue(new_key()).high == 30, "eight times thirteen minutes over four counters"
    queue.call_next("Loket 1", new_key())
    assert queue.issue(new_key()).high == 30, "the others have not called yet, but will"
    clock.at += timedelta(minutes=46)
    queue.recall(5, "Loket 1", new_key())
    assert queue.issue(new_key()).high > 90, "by now they should have"


def test_a_service_that_is_gone_is_told_the_usual(who: Sit) -> None:
    who(Role.FO)
    assert queue_estimate.for_ticket("Z", 0) == span(0, queue_estimate.norm_us(), 1, None)


def test_on_a_simulated_morning_most_calls_lie_within_what_was_told() -> None:
    """Four counters, thirteen minutes each, a rush at the opening: what `span` tells, against what happens."""
    dice = random.Random(7)  # noqa: S311  an invented morning needs no secret randomness
    arrivals = sorted(dice.triangular(0, 240, 20) for _ in range(70))
    free, missed, calls = [0.0] * 4, list[float](), list[float]()
    for n, at in enumerate(arrivals):
        ahead = sum(call > at for call in calls)
        told = span(
            ahead, 13 * MINUTE, 4, round((calls[-1 - ahead] - arrivals[n - 1 - ahead]) * MINUTE) if n > ahead else None
        )
        called = max(at, heapq.heappop(free))
        heapq.heappush(free, called + dice.lognormvariate(2.41, 0.55))
        calls.append(called)
        missed.append(max(0.0, told.low - (called - at), (called - at) - told.high))
    assert sorted(missed)[len(missed) // 2] <= 5, "half of all are called within five minutes of what they were told"
