"""The hall's screen reads its whole state under an account that may read nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest

from app.errors import Refused
from app.models import base
from app.models.tables_berkas import Berkas, Ticket
from app.models.tables_queue import QueueEvent
from app.services import calendar_days, devices, hall, queue, queue_settings
from app.services.accounts import Who
from app.services.calendar_days import Day
from app.services.keys import new_key
from app.services.queue import QueueTicket
from app.sop.calendar import WIB
from app.sop.model import Role
from app.sop.queue import State
from tests.support.hall import TV, machine
from tests.support.office import PASSWORD, Clock

Sit = Callable[[str | Role], Who]
TUESDAY = datetime(2026, 5, 12, 10, 36, tzinfo=WIB)


@pytest.fixture
def tv(office_db: Path, who: Sit, clock: Clock) -> Callable[[], hall.Hall]:
    """tv(): what the screen reads now; then whoever sat at the keyboard sits there again."""
    clock.at = TUESDAY
    machine(TV, Role.DISPLAY)
    who(Role.FO)

    def look() -> hall.Hall:
        before = base.session.actor
        base.session.actor = TV
        try:
            return hall.state()
        finally:
            base.session.actor = before

    return look


Tv = Callable[[], hall.Hall]


def pass_by(clock: Clock, seconds: float) -> None:
    assert clock.at is not None
    clock.at += timedelta(seconds=seconds)


def number(service: str = "A", *, priority: bool = False) -> QueueTicket:
    return queue.issue(new_key(), service=service, priority=priority).ticket


def labels(calls: tuple[hall.Call, ...]) -> list[tuple[str, str]]:
    return [(c.label, c.place) for c in calls]


def test_an_empty_hall_is_empty(tv: Tv) -> None:
    found = tv()
    assert (found.calls, found.taken_back, found.waiting) == ((), (), ())
    assert found.office.title == "Dinas Kependudukan dan Pencatatan Sipil"
    assert found.notice.startswith("Semua layanan GRATIS")
    assert found.call_seconds == 60
    assert found.now == TUESDAY


def test_calls_stand_newest_first_with_their_counter_and_state(tv: Tv, who: Sit, clock: Clock) -> None:
    for service in ("A", "B", "C"):
        number(service)
    first = queue.call_next("Loket 3", new_key())
    pass_by(clock, 5)
    queue.start(first.id, "Loket 3", new_key())
    pass_by(clock, 5)
    who("dedi")
    queue.call_next("Loket 4", new_key())
    found = tv()
    assert labels(found.calls) == [("B-001", "Loket 4"), ("A-001", "Loket 3")]
    assert [c.state for c in found.calls] == [State.CALLED, State.SERVING]
    assert [(found.now - c.at).total_seconds() for c in found.calls] == [0, 10]


def test_a_number_said_again_is_the_newest_and_stands_once(tv: Tv, who: Sit, clock: Clock) -> None:
    number()
    number()
    first = queue.call_next("Loket 3", new_key())
    pass_by(clock, 10)
    who("dedi")
    queue.call_next("Loket 4", new_key())
    before = tv().calls
    pass_by(clock, 10)
    who(Role.FO)
    queue.recall(first.id, "Loket 3", new_key())
    after = tv().calls
    assert labels(after) == [("A-001", "Loket 3"), ("A-002", "Loket 4")]
    assert after[0].id > max(c.id for c in before)


def test_a_call_that_was_taken_back_is_no_call_and_is_told_as_such(tv: Tv, clock: Clock) -> None:
    number()
    called = queue.call_next("Loket 3", new_key())
    pass_by(clock, 4)
    queue.undo(called.id, "Loket 3", new_key())
    found = tv()
    assert found.calls == ()
    assert labels(found.taken_back) == [("A-001", "Loket 3")]
    pass_by(clock, 4)
    queue.call_next("Loket 3", new_key())
    found = tv()
    assert labels(found.calls) == [("A-001", "Loket 3")]
    assert found.taken_back == (), "it stands again"


def test_taking_back_another_press_leaves_the_call(tv: Tv, clock: Clock) -> None:
    number()
    called = queue.call_next("Loket 3", new_key())
    pass_by(clock, 2)
    queue.recall(called.id, "Loket 3", new_key())
    queue.undo(called.id, "Loket 3", new_key())
    pass_by(clock, 2)
    queue.absent(called.id, "Loket 3", new_key())
    queue.undo(called.id, "Loket 3", new_key())
    found = tv()
    assert labels(found.calls) == [("A-001", "Loket 3")]
    assert found.calls[0].state is State.CALLED
    assert found.taken_back == ()


def test_the_call_before_one_that_was_taken_back_stands(tv: Tv, who: Sit, clock: Clock) -> None:
    number()
    called = queue.call_next("Loket 3", new_key())
    pass_by(clock, 30)
    queue.absent(called.id, "Loket 3", new_key())
    pass_by(clock, 60)
    who("dedi")
    queue.call(called.id, "Loket 4", new_key(), "sudah datang")
    assert labels(tv().calls) == [("A-001", "Loket 4")]
    queue.undo(called.id, "Loket 4", new_key())
    found = tv()
    assert labels(found.calls) == [("A-001", "Loket 3")]
    assert labels(found.taken_back) == [("A-001", "Loket 4")]


def test_a_number_that_was_cancelled_is_not_shown(tv: Tv) -> None:
    number()
    called = queue.call_next("Loket 3", new_key())
    queue.cancel(called.id, "Loket 3", new_key(), "pulang, tidak jadi")
    assert tv().calls == ()


def test_who_waits_is_counted_as_the_tickets_read(tv: Tv) -> None:
    for service, priority in (("A", False), ("A", False), ("C", False), ("A", True), ("C", True)):
        number(service, priority=priority)
    found = tv().waiting
    assert [(w.letter, w.count) for w in found] == [("A", 2), ("C", 1), ("P", 2)]
    assert all(0 <= w.low < w.high for w in found)
    assert found[0].label == "Akta perceraian, KK, KTP-el"


def test_yesterdays_calls_are_gone(tv: Tv, clock: Clock) -> None:
    number()
    queue.call_next("Loket 3", new_key())
    pass_by(clock, 24 * 3600)
    assert tv().calls == ()


def test_doors_open_by_the_queues_hours_and_the_offices_calendar(tv: Tv, who: Sit, clock: Clock) -> None:
    doors = tv().doors
    assert (doors.open, doors.opens, doors.closes, doors.again) == (True, time(7, 30), time(15), None)
    clock.at = datetime(2026, 5, 12, 7, 29, tzinfo=WIB)
    assert tv().doors.again == datetime(2026, 5, 12, 7, 30, tzinfo=WIB)
    clock.at = datetime(2026, 5, 12, 15, 1, tzinfo=WIB)
    assert tv().doors.again == datetime(2026, 5, 13, 7, 30, tzinfo=WIB)


def test_a_closed_day_leads_to_the_next_open_one(
    tv: Tv, who: Sit, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock.at = datetime(2026, 5, 16, 10, 0, tzinfo=WIB)
    who(Role.ADMIN)
    calendar_days.set_days([Day(datetime(2026, 5, 18, tzinfo=WIB).date(), "Listrik padam")], new_key())
    monkeypatch.setattr("app.services.kept.LOOK_AFTER", 0.0)
    doors = tv().doors
    assert not doors.open
    assert doors.again == datetime(2026, 5, 19, 7, 30, tzinfo=WIB)


def test_the_offices_own_notice_and_hours_are_shown(tv: Tv, who: Sit) -> None:
    who(Role.ADMIN)
    chosen = replace(queue_settings.load(), notice="Layanan KTP-el pindah ke Loket 9.", call_seconds=90, closes=23 * 60)
    queue_settings.save(chosen, new_key())
    found = tv()
    assert found.notice == "Layanan KTP-el pindah ke Loket 9."
    assert found.call_seconds == 90
    assert found.doors.closes == time(23)


@pytest.mark.postgres_only
def test_by_its_password_the_screen_reads_this_and_nothing_else(tv: Tv, who: Sit) -> None:
    number()
    queue.call_next("Loket 3", new_key())
    base.session.actor = ""
    devices.sit_down(TV, PASSWORD, "TV-LOBI", Role.DISPLAY)
    assert labels(hall.state().calls) == [("A-001", "Loket 3")]
    for table in (Ticket, QueueEvent, Berkas):
        with pytest.raises(Refused), base.told():
            list(table.select().limit(1))


def test_two_hundred_calls_later_the_last_ones_are_there(tv: Tv, who: Sit, clock: Clock) -> None:
    for _ in range(4):
        number()
    for _ in range(40):
        called = queue.call_next("Loket 3", new_key())
        for _ in range(3):
            queue.recall(called.id, "Loket 3", new_key())
        pass_by(clock, 20)
        queue.absent(called.id, "Loket 3", new_key())
        number()
    assert len(tv().calls) >= 9


def test_calls_alone_are_read_anew_at_every_call(tv: Tv) -> None:
    before = tv()
    number()
    number()
    queue.call_next("Loket 3", new_key())
    base.session.actor = TV
    after = hall.calls_now(before)
    assert labels(after.calls) == [("A-001", "Loket 3")]
    assert after.waiting == before.waiting, "who waits is counted in its own time"
