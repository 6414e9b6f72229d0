"""What stands before a counter, how its day went, and where a visitor can be sent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from app.services import counter, intake, queue, queue_settings
from app.services.accounts import Who
from app.services.keys import new_key
from app.sop.model import Channel, Role
from app.sop.pelita3 import PELITA3
from tests.support import line
from tests.support.office import Clock

Sit = Callable[[str | Role], Who]
NINE = datetime(2026, 5, 12, 2, 0, tzinfo=UTC)


def test_the_counters_norm_is_the_sops_own_sum() -> None:
    assert counter.counter_minutes(PELITA3, Channel.OFFLINE) == 13
    assert counter.counter_minutes(PELITA3, Channel.ONLINE) == 9


def test_a_called_ticket_stands_before_the_counter_until_it_is_done(who: Sit) -> None:
    rina = who("rina")
    first, second = line.number(), line.number()
    queue.call_next(rina.place, new_key())
    now = counter.now(rina)
    assert now.board.mine is not None
    assert (now.board.mine.label, now.board.berkas_id) == (first.label, None)
    assert [t.label for t in now.board.following] == [second.label]
    assert (now.board.waiting, now.done, now.median) == (1, 0, None)
    assert list(now.services) == ["A", "B", "C", "D"]
    assert now.limit == timedelta(minutes=30)

    file = intake.register_ticket(PELITA3, rina, first.id, new_key())
    assert counter.now(rina).board.berkas_id == file.id
    queue.done(first.id, rina.place, new_key())
    after = counter.now(rina)
    assert (after.board.mine, after.done) == (None, 1)


def test_another_counter_sees_the_same_queue_and_not_my_visitor(who: Sit) -> None:
    rina = who("rina")
    line.number()
    queue.call_next(rina.place, new_key())
    dedi = who("dedi")
    assert counter.now(dedi).board.mine is None
    assert counter.now(dedi).board.following == ()


def test_the_median_of_the_day_is_said_from_ten_on(who: Sit, clock: Clock) -> None:
    clock.at = NINE
    rina = who("rina")
    for minutes in range(1, 11):
        ticket = line.number()
        queue.call_next(rina.place, new_key())
        queue.start(ticket.id, rina.place, new_key())
        clock.at += timedelta(minutes=minutes)
        queue.done(ticket.id, rina.place, new_key())
        assert counter.now(rina).done == minutes
    assert counter.now(rina).median == timedelta(minutes=5)
    clock.at += timedelta(days=1)
    assert counter.now(rina).done == 0


def test_whoever_waits_longest_is_known(who: Sit, clock: Clock) -> None:
    clock.at = NINE
    rina = who("rina")
    assert counter.now(rina).board.longest is None
    line.number()
    clock.at += timedelta(minutes=9)
    line.number()
    assert counter.now(rina).board.longest == NINE


def test_counters_are_the_officers_places_and_those_the_administrator_named(who: Sit) -> None:
    who(Role.ADMIN)
    for place in ("Loket 12", "Loket 9", "Meja informasi"):
        queue_settings.save_counter(place, "CD", new_key())
    who("rina")
    assert counter.places() == ["Loket 3", "Loket 4", "Loket 9", "Loket 12", "Meja informasi"]
