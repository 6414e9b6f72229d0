"""The queue in figures: waits, ways, services, no-shows and guesses, each from a day that was lived through."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from app.models.base import add, micros
from app.models.tables_queue import Booking, BookingCancel
from app.services import queue, queue_board, queue_estimate, queue_figures, queue_settings, queue_visits
from app.services.accounts import Who
from app.services.keys import new_key
from app.services.queue_figures import Way, percentile, spread
from app.sop.model import Role
from tests.support import line
from tests.support.hall import at_kiosk
from tests.support.office import Clock

Sit = Callable[[str | Role], Who]
HERE = "Loket 3"
NINE = datetime(2026, 5, 12, 2, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def lived(clock: Clock, wait: int, way: int, service: int, *, priority: bool = False) -> int:
    """A visitor from his number to the end, in minutes of each; nobody else waits."""
    assert clock.at is not None
    ticket = line.number(priority=priority)
    clock.at += wait * MINUTE
    queue.call_next(HERE, new_key())
    clock.at += way * MINUTE
    queue.start(ticket.id, HERE, new_key())
    clock.at += service * MINUTE
    queue.done(ticket.id, HERE, new_key())
    return ticket.id


def test_a_percentile_is_a_time_that_was_measured_and_nothing_below_ten() -> None:
    times = [n * MINUTE for n in range(1, 11)]
    assert (percentile(times, 50), percentile(times, 90)) == (5 * MINUTE, 9 * MINUTE)
    assert percentile(times[:9], 50) is None
    assert spread(times, 3 * MINUTE).within == 0.3
    assert spread(times[:9], 3 * MINUTE).within is None
    assert spread(times).within is None


def test_an_empty_day_has_figures_too(who: Sit) -> None:
    who(Role.KADIS)
    found = queue_figures.figures()
    assert (found.waiting, found.oldest, found.arrived, found.served, found.guesses, found.error) == (
        0,
        None,
        0,
        0,
        0,
        None,
    )
    assert found.wait.n == found.way.n == 0
    assert [s.service for s in found.services] == ["A", "B", "C", "D"]
    assert [(m.way, m.called, m.booked) for m in found.missed] == [(w, 0, 0) for w in Way]


def test_a_day_of_twelve_visitors(who: Sit, clock: Clock) -> None:
    clock.at = NINE
    who(Role.FO)
    for n in range(1, 13):
        lived(clock, wait=3 * n, way=1, service=n + 2)
    waits = line.number()
    clock.at += 7 * MINUTE
    who(Role.KADIS)
    found = queue_figures.figures()
    assert (found.first, found.last) == (date(2026, 5, 12), date(2026, 5, 12))
    assert (found.arrived, found.served, found.unfinished, found.cancelled) == (13, 12, 1, 0)
    assert (found.waiting, found.oldest) == (1, 7 * MINUTE)
    assert (found.wait.n, found.wait.p50, found.wait.p90) == (12, 18 * MINUTE, 33 * MINUTE)
    assert found.wait.limit == 30 * MINUTE
    assert found.wait.within == pytest.approx(10 / 12)
    assert (found.way.p50, found.way.p90) == (MINUTE, MINUTE)
    service = found.services[0].spread
    assert (service.n, service.p50, service.p90, service.limit) == (12, 8 * MINUTE, 13 * MINUTE, 13 * MINUTE)
    assert service.within == pytest.approx(11 / 12)
    assert found.services[2].spread.limit is None, "the SOP has no norm for what makes no file"
    assert queue.ticket(waits.id).label == "A-013"


def test_the_last_call_before_he_sat_down_counts_and_what_was_taken_back_does_not(who: Sit, clock: Clock) -> None:
    clock.at = NINE
    who(Role.FO)
    ticket, others = line.number(), [line.number() for _ in range(2)]
    clock.at += 5 * MINUTE
    queue.call_next(HERE, new_key())
    clock.at += 2 * MINUTE
    queue.absent(ticket.id, HERE, new_key())
    for other in others:
        queue.call_next(HERE, new_key())
        queue.done(other.id, HERE, new_key())
    queue.call(ticket.id, HERE, new_key())
    queue.undo(ticket.id, HERE, new_key())
    clock.at += 20 * MINUTE
    queue.call(ticket.id, HERE, new_key())
    queue.recall(ticket.id, HERE, new_key())
    clock.at += MINUTE
    queue.start(ticket.id, HERE, new_key())
    clock.at += 4 * MINUTE
    queue.hold(ticket.id, HERE, new_key(), "fotokopi")
    clock.at += 9 * MINUTE
    queue.call(ticket.id, HERE, new_key())
    clock.at += 2 * MINUTE
    queue.start(ticket.id, HERE, new_key())
    clock.at += MINUTE
    queue.done(ticket.id, HERE, new_key())
    visit = queue_visits.visits("2026-05-12", "2026-05-12", only=[ticket.id])[0]
    assert visit.called is not None
    assert visit.started is not None
    assert visit.first_called == NINE + 5 * MINUTE
    assert visit.called - visit.queued == 27 * MINUTE
    assert visit.started - visit.called == MINUTE
    assert visit.served == 5 * MINUTE
    assert (visit.place, visit.label) == (HERE, "A-001")


def test_who_is_called_and_done_with_at_once_waited_and_was_served_nothing(who: Sit, clock: Clock) -> None:
    clock.at = NINE
    who(Role.FO)
    ticket = line.number()
    clock.at += 3 * MINUTE
    queue.call_next(HERE, new_key())
    queue.done(ticket.id, HERE, new_key())
    gone = line.number()
    queue.cancel(gone.id, HERE, new_key(), "pulang")
    found = queue_figures.figures()
    assert (found.served, found.cancelled, found.wait.n, found.way.n, found.services[0].spread.n) == (1, 1, 1, 0, 0)


def test_no_shows_are_told_apart_by_how_they_came(who: Sit, clock: Clock) -> None:
    clock.at = NINE
    who(Role.FO)
    bookings = [booked(n, NINE + timedelta(minutes=15 * (n // 2))) for n in range(5)]
    add(BookingCancel, new_key(), booking_id=bookings[4], why="dibatalkan pemohon")
    for booking in bookings[:2]:
        queue.issue(new_key(), booking_id=booking)
    at_kiosk()
    kiosk = [queue.issue(new_key()).ticket for _ in range(3)]
    who(Role.FO)
    line.number()
    for _ in range(6):
        ticket = queue.call_next(HERE, new_key())
        if ticket.booked or ticket.id == kiosk[0].id:
            queue.absent(ticket.id, HERE, new_key())
        else:
            queue.done(ticket.id, HERE, new_key())
    clock.at = NINE + timedelta(minutes=31)
    who(Role.KASI)
    found = {m.way: m for m in queue_figures.figures().missed}
    assert (found[Way.WEB].called, found[Way.WEB].absent) == (2, 2)
    assert (found[Way.WEB].booked, found[Way.WEB].never) == (4, 2), "their hour and its quarter have passed"
    assert (found[Way.KIOSK].called, found[Way.KIOSK].absent) == (3, 1)
    assert (found[Way.COUNTER].called, found[Way.COUNTER].absent) == (1, 0)


def booked(number: int, slot: datetime) -> int:
    key = new_key()
    add(Booking, key, source="mpp", external_ref=f"MPP-{number}", day="2026-05-12", slot_us=micros(slot), service="A")
    return int(Booking.get(Booking.key == key).id)


def test_a_week_looks_back_and_yesterdays_open_ones_are_told(who: Sit, clock: Clock) -> None:
    clock.at = NINE - timedelta(days=1)
    who(Role.FO)
    lived(clock, 1, 1, 1)
    line.number()
    clock.at = NINE
    lived(clock, 1, 1, 1)
    assert (queue_figures.figures().arrived, queue_figures.figures().served) == (1, 1)
    week = queue_figures.figures(7)
    assert (week.arrived, week.served, week.unfinished) == (3, 2, 1)
    assert week.first == date(2026, 5, 6)


def test_a_guess_is_measured_against_the_call(who: Sit, clock: Clock) -> None:
    clock.at = NINE
    who(Role.FO)
    for wait in (3, 15, 26, 40):
        lived(clock, wait, 0, 1)
    # The first was told 0 to 15 minutes, the others 0 to 5: by then a service had taken one.
    assert queue_estimate.errors("2026-05-12") == [0, 10, 21, 35]
    assert queue_estimate.errors("2026-05-11") == []
    assert queue_estimate.typical_error([0, 0, 21, 35]) is None
    assert queue_estimate.typical_error([0] * 5 + [3] * 5 + [9]) == 3


def test_the_limit_of_a_long_wait_is_the_offices(who: Sit, clock: Clock) -> None:
    clock.at = NINE
    who(Role.ADMIN)
    queue_settings.save(replace(queue_settings.load(), wait_limit=10), new_key())
    who(Role.FO)
    for _ in range(10):
        lived(clock, 11, 0, 1)
    assert queue_figures.figures().wait.within == 0.0
    assert queue_board.board(HERE).waiting == 0
