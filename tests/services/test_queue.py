"""The queue's verbs on both engines: numbers, the fair rule, every transition, midnight, undo, keys pressed twice."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest

from app.errors import Conflict, Refused
from app.models import base
from app.models.tables_berkas import Ticket
from app.models.tables_queue import QueueEvent
from app.services import intake, queue, queue_board, queue_settings
from app.services.accounts import Who
from app.services.keys import new_key
from app.services.opening import Opening
from app.services.queue import QueueTicket
from app.sop.model import Role
from app.sop.pelita3 import PELITA3
from app.sop.queue import ACTIVE, RULES, Event, Rule, State
from tests.support import line, postgres
from tests.support.office import Clock

Sit = Callable[[str | Role], Who]
HERE, THERE = "Loket 3", "Loket 4"
NINE = datetime(2026, 5, 12, 2, 0, tzinfo=UTC)
MIDNIGHT = datetime(2026, 5, 12, 17, 0, tzinfo=UTC)
"""In Pekanbaru."""


def served() -> str:
    """The next one at this counter, served and gone."""
    ticket = queue.call_next(HERE, new_key())
    queue.start(ticket.id, HERE, new_key())
    queue.done(ticket.id, HERE, new_key())
    return ticket.label


# --- numbers


def test_each_service_counts_for_itself_and_priority_for_all(who: Sit) -> None:
    who(Role.FO)
    labels = [
        line.number(service=s, priority=p).label for s, p in (("A", False), ("B", False), ("B", True), ("A", True))
    ]
    assert labels == ["A-001", "B-001", "P-001", "P-002"]
    assert queue.ticket(3).code.startswith("T3-")


def test_a_new_number_says_how_many_wait_before_it_and_how_long_that_takes(who: Sit) -> None:
    who(Role.FO)
    first, second = queue.issue(new_key()), queue.issue(new_key())
    assert (first.ahead, first.low, first.high) == (0, 0, 15)
    assert (second.ahead, second.low, second.high) == (1, 20, 30), "one counter, thirteen minutes each"


def test_the_same_press_twice_is_one_of_everything(who: Sit) -> None:
    who(Role.FO)
    key = new_key()
    assert queue.issue(key) == queue.issue(key)
    assert Ticket.select().count() == 1
    verbs: tuple[Callable[[str], QueueTicket], ...] = (
        lambda k: queue.call_next(HERE, k),
        lambda k: queue.recall(1, HERE, k),
        lambda k: queue.start(1, HERE, k),
        lambda k: queue.hold(1, HERE, k, "fotokopi"),
        lambda k: queue.give_back(1, HERE, k),
    )
    for verb in verbs:
        key = new_key()
        assert verb(key) == verb(key)
    assert QueueEvent.select().count() == 5


def test_a_closed_service_or_a_full_one_gives_no_number(who: Sit) -> None:
    who(Role.ADMIN)
    first, second = queue_settings.services()[:2]
    queue_settings.save_service(replace(first, active=False), new_key())
    queue_settings.save_service(replace(second, quota=2), new_key())
    who(Role.FO)
    with pytest.raises(Refused, match="sedang tidak dibuka"):
        queue.issue(new_key(), service="A")
    assert [queue.issue(new_key()).ticket.label for _ in range(2)] == ["B-001", "B-002"], "the first that is open"
    with pytest.raises(Refused, match="Kuota") as refused:
        queue.issue(new_key())
    assert refused.value.code == "quota"


# --- who is next


def test_one_priority_in_three_calls_and_first_come_first_served_in_each_class(who: Sit) -> None:
    who(Role.FO)
    for _ in range(6):
        line.number()
    for _ in range(3):
        line.number(priority=True)
    offered = [t.label for t in queue_board.board(HERE).following]
    called = [served() for _ in range(9)]
    assert called == ["A-001", "A-002", "P-001", "A-003", "A-004", "P-002", "A-005", "A-006", "P-003"]
    assert offered == called[: queue_board.SHOWN], "the panel shows the order in which they are called"
    with pytest.raises(Conflict) as refused:
        queue.call_next(HERE, new_key())
    assert refused.value.code == "empty"


def test_a_priority_ticket_alone_does_not_wait_for_its_turn(who: Sit) -> None:
    who(Role.FO)
    line.number(priority=True)
    assert served() == "P-001"


def test_the_rule_is_the_offices(who: Sit) -> None:
    who(Role.ADMIN)
    queue_settings.save(replace(queue_settings.load(), fair=2), new_key())
    who(Role.FO)
    for priority in (False, False, False, True, True):
        line.number(priority=priority)
    assert [served() for _ in range(5)] == ["A-001", "P-001", "A-002", "P-002", "A-003"]


def test_a_counter_takes_its_services_and_whoever_is_sent_to_it(who: Sit) -> None:
    who(Role.ADMIN)
    queue_settings.save_counter(HERE, "CD", new_key())
    who(Role.FO)
    line.number()
    status = line.number(service="D")
    other = line.number(service="B")
    queue.call(other.id, THERE, new_key(), "salah loket")
    queue.transfer(other.id, THERE, new_key(), "ke Loket 3", to_place=HERE)
    board = queue_board.board(HERE)
    assert [t.label for t in board.following] == ["B-001", "D-001"]
    assert board.waiting == 2
    assert [queue.call_next(HERE, new_key()).label for _ in range(1)] == ["B-001"]
    queue.done(other.id, HERE, new_key())
    assert served() == status.label
    with pytest.raises(Conflict):
        queue.call_next(HERE, new_key())
    assert queue_board.board(THERE).following[0].label == "A-001"


def test_who_is_held_keeps_his_arrival_and_stands_in_front_of_his_class(who: Sit, clock: Clock) -> None:
    clock.at = NINE
    who(Role.FO)
    held = line.number()
    clock.at += timedelta(minutes=1)
    second = line.number()
    queue.call_next(HERE, new_key())
    clock.at += timedelta(minutes=1)
    now = queue.hold(held.id, HERE, new_key(), "fotokopi KK")
    assert (now.state, now.place, now.queued_at) == (State.HELD, "", NINE)
    assert [(h.ticket.label, h.reason) for h in queue_board.board(THERE).held] == [("A-001", "fotokopi KK")]
    back = queue.give_back(held.id, HERE, new_key())
    assert (back.state, back.queued_at) == (State.WAITING, NINE)
    assert [t.label for t in queue_board.board(HERE).following] == [held.label, second.label]


def test_what_was_held_is_no_service(who: Sit, clock: Clock) -> None:
    clock.at = NINE
    who(Role.FO)
    ticket = line.number()
    queue.call_next(HERE, new_key())
    queue.start(ticket.id, HERE, new_key())
    clock.at += timedelta(minutes=4)
    queue.hold(ticket.id, HERE, new_key(), "fotokopi")
    clock.at += timedelta(minutes=20)
    queue.call(ticket.id, HERE, new_key())
    queue.start(ticket.id, HERE, new_key())
    clock.at += timedelta(minutes=2)
    board = queue_board.board(HERE)
    assert board.mine is not None
    assert board.served == timedelta(minutes=4)
    assert clock.at - board.mine.state_at == timedelta(minutes=2)


def test_who_missed_his_call_waits_again_after_two_others(who: Sit) -> None:
    who(Role.FO)
    late, *_ = (line.number() for _ in range(4))
    late = queue.call_next(HERE, new_key())
    queue.absent(late.id, HERE, new_key())
    assert [t.label for t in queue_board.board(HERE).absent] == [late.label]
    for _ in range(2):
        with pytest.raises(Refused, match="dua nomor lain"):
            queue.rejoin(late.id, HERE, new_key())
        served()
    queue.rejoin(late.id, HERE, new_key())
    assert queue_board.board(HERE).following[0].label == late.label


# --- two counters


def test_the_loser_learns_which_counter_was_faster(who: Sit) -> None:
    who("rina")
    ticket = line.number()
    queue.call_next(HERE, new_key())
    who("dedi")
    presses: tuple[Callable[[], QueueTicket], ...] = (
        lambda: queue.call(ticket.id, THERE, new_key(), "dipilih"),
        lambda: queue.recall(ticket.id, THERE, new_key()),
        lambda: queue.done(ticket.id, THERE, new_key()),
    )
    for press in presses:
        with pytest.raises(Conflict, match="A-001 sudah dipanggil Loket 3") as refused:
            press()
        assert refused.value.code == "called"
    who("rina")
    queue.done(ticket.id, HERE, new_key())
    who("dedi")
    with pytest.raises(Conflict, match="A-001 sudah dipanggil Loket 3"):
        queue.call(ticket.id, THERE, new_key(), "dipilih")


def test_a_counter_has_one_visitor_and_says_so_to_whoever_presses_twice(who: Sit) -> None:
    who("rina")
    first, second = line.number(), line.number()
    queue.call_next(HERE, new_key())
    presses: tuple[Callable[[], QueueTicket], ...] = (
        lambda: queue.call_next(HERE, new_key()),
        lambda: queue.call(second.id, HERE, new_key(), "dipilih"),
    )
    for press in presses:
        with pytest.raises(Conflict) as refused:
            press()
        assert refused.value.code == "place"
    queue.start(first.id, HERE, new_key())
    with pytest.raises(Conflict, match="A-001 sudah di loket ini"):
        queue.start(first.id, HERE, new_key())
    assert queue.serve(first.id, HERE, new_key()).state is State.SERVING, "he sits there already"
    assert QueueEvent.select().where(QueueEvent.event == "STARTED").count() == 1


def test_without_a_place_nobody_calls(who: Sit) -> None:
    who("rina")
    line.number()
    with pytest.raises(Refused, match="belum ditetapkan"):
        queue.call_next(" ", new_key())


@pytest.mark.parametrize("role", [Role.KASI, Role.ADMIN])
def test_only_the_front_office_calls_and_gives(who: Sit, role: Role) -> None:
    who(Role.FO)
    line.number()
    who(role)
    for press in (lambda: queue.issue(new_key()), lambda: queue.call_next(HERE, new_key())):
        with pytest.raises(Refused, match="Front Office"):
            press()


# --- every transition


def brought_to(state: State) -> QueueTicket:
    """A ticket that stands there; two others were called after it."""
    ticket, others = line.number(), [line.number() for _ in range(2)]
    if state is not State.WAITING:
        queue.call(ticket.id, HERE, new_key(), "uji")
    if state in {State.SERVING, State.HELD, State.DONE}:
        queue.start(ticket.id, HERE, new_key())
    way = {
        State.HELD: lambda: queue.hold(ticket.id, HERE, new_key(), "uji"),
        State.NO_SHOW: lambda: queue.absent(ticket.id, HERE, new_key()),
        State.DONE: lambda: queue.done(ticket.id, HERE, new_key()),
        State.CANCELLED: lambda: queue.cancel(ticket.id, HERE, new_key(), "uji"),
    }
    if state in way:
        way[state]()
    for other in others:
        queue.call(other.id, THERE, new_key(), "uji")
        queue.done(other.id, THERE, new_key())
    return queue.ticket(ticket.id)


@pytest.mark.parametrize("rule", RULES, ids=lambda r: f"{r.at}-{r.event}")
def test_every_row_of_the_table_leads_where_it_says(who: Sit, rule: Rule) -> None:
    who(Role.FO)
    ticket = brought_to(rule.at)
    if rule.reason:
        with pytest.raises(Refused, match="paling sedikit 3 huruf"):
            queue._happen(rule.event, ticket.id, HERE, new_key(), "x")
    if rule.own:
        with pytest.raises(Conflict):
            queue._happen(rule.event, ticket.id, THERE, new_key(), "alasan")
    now = queue._happen(rule.event, ticket.id, HERE, new_key(), "alasan")
    assert now.state is rule.to
    assert now.place == (HERE if rule.to in ACTIVE else "")
    back = queue.undo(ticket.id, HERE, new_key())
    assert (back.state, back.place, back.calls) == (ticket.state, ticket.place, ticket.calls)


@pytest.mark.parametrize("state", [s for s in State if s is not State.EXPIRED])
def test_what_the_table_does_not_know_is_refused(who: Sit, state: State) -> None:
    who(Role.FO)
    ticket = brought_to(state)
    known = {r.event for r in RULES if r.at is state}
    for event in set(Event) - known - {Event.UNDONE, Event.EXPIRED}:
        with pytest.raises(Conflict):
            queue._happen(event, ticket.id, HERE, new_key(), "alasan")
    with pytest.raises(Refused):
        queue._happen(Event.EXPIRED, ticket.id, HERE, new_key(), "alasan")
    assert queue.ticket(ticket.id) == ticket


# --- taking back


def test_an_officer_takes_back_his_own_last_press_within_ten_seconds(who: Sit, clock: Clock) -> None:
    clock.at = NINE
    who("rina")
    ticket = line.number()
    queue.call_next(HERE, new_key())
    clock.at += timedelta(seconds=11)
    assert queue.undo(ticket.id, HERE, new_key()).state is State.WAITING
    with pytest.raises(Conflict) as refused:
        queue.undo(ticket.id, HERE, new_key())
    assert refused.value.code == "undo", "what was taken back is not taken back"
    queue.call_next(HERE, new_key())
    who("dedi")
    with pytest.raises(Conflict):
        queue.undo(ticket.id, THERE, new_key())
    who("rina")
    clock.at += timedelta(seconds=13)
    with pytest.raises(Conflict, match="lewat 10 detik"):
        queue.undo(ticket.id, HERE, new_key())
    assert [e.event for e in QueueEvent.select().order_by(QueueEvent.id)] == ["CALLED", "UNDONE", "CALLED"]


def test_a_press_is_not_taken_back_to_a_counter_that_has_another_visitor(who: Sit) -> None:
    who("rina")
    first, _second = line.number(), line.number()
    queue.call_next(HERE, new_key())
    queue.done(first.id, HERE, new_key())
    queue.call_next(HERE, new_key())
    with pytest.raises(Conflict) as refused:
        queue.undo(first.id, HERE, new_key())
    assert refused.value.code == "place"


# --- the day


def test_a_day_ends_at_midnight_in_pekanbaru_and_the_next_begins_with_one(who: Sit, clock: Clock) -> None:
    clock.at = MIDNIGHT - timedelta(minutes=5)
    who(Role.FO)
    waits, called = line.number(), line.number()
    missed = line.number()
    queue.call(missed.id, THERE, new_key(), "uji")
    queue.absent(missed.id, THERE, new_key())
    queue.call(called.id, HERE, new_key(), "uji")
    clock.at = MIDNIGHT
    assert queue_board.board(HERE).mine is None
    assert queue_board.board(HERE).following == ()
    today = line.number()
    assert today.label == "A-001"
    assert queue.call_next(HERE, new_key()).id == today.id, "the counter is free for the new day"
    assert {queue.ticket(t.id).state for t in (waits, called)} == {State.EXPIRED}
    assert queue.ticket(missed.id).state is State.NO_SHOW
    for old in (waits, called, missed):
        with pytest.raises(Conflict):
            queue.call(old.id, THERE, new_key(), "kemarin")
    expired = QueueEvent.select().where(QueueEvent.event == "EXPIRED")
    assert {e.ticket_id for e in expired} == {waits.id, called.id}


def test_a_program_that_starts_again_after_midnight_finds_the_new_day(office_db: Path, who: Sit, clock: Clock) -> None:
    clock.at = MIDNIGHT - timedelta(minutes=1)
    who(Role.FO)
    line.number()
    clock.at = MIDNIGHT + timedelta(minutes=1)
    base.db.close()
    if not isinstance(base.db.obj, postgres.ActingServer):
        Opening(office_db, PELITA3).open()
    else:
        base.db.connect()
    who(Role.FO)
    assert queue_board.board(HERE).following == ()
    assert line.number().label == "A-001"


def test_a_clock_set_back_gives_no_number_twice_and_no_time_goes_backwards(who: Sit, clock: Clock) -> None:
    clock.at = NINE
    who(Role.FO)
    first = line.number()
    queue.call_next(HERE, new_key())
    clock.at = NINE - timedelta(hours=1)
    assert line.number().label == "A-002"
    started = queue.start(first.id, HERE, new_key())
    assert started.state_at >= NINE
    events = list(QueueEvent.select().order_by(QueueEvent.id))
    assert events[0].made_us <= events[1].made_us
    # Back over midnight: yesterday goes on where it was.
    clock.at = MIDNIGHT + timedelta(minutes=20)
    assert line.number().label == "A-001"
    clock.at = MIDNIGHT - timedelta(minutes=40)
    assert line.number().label == "A-003"
    clock.at = MIDNIGHT + timedelta(minutes=30)
    assert line.number().label == "A-002"


# --- a database that is busy


def test_whoever_presses_while_the_database_is_locked_for_two_seconds_gets_his_number(
    office_db: Path, who: Sit
) -> None:
    who(Role.FO)
    line.number()
    began = time.monotonic()
    somebody = locking(office_db, 2.0)
    assert line.number().label == "A-002"
    somebody.join()
    assert time.monotonic() - began > 1.9


def locking(office_db: Path, seconds: float) -> threading.Thread:
    """Somebody else who writes so long; he has begun when this returns."""
    database, begun = base.db.obj, threading.Event()

    def on_server(database: postgres.ActingServer) -> None:
        dsn = database.cluster.superuser_dsn(str(database.database))
        with psycopg.connect(dsn) as other:
            other.execute("select 1 from pelita3.ticket_counter for update")
            begun.set()
            time.sleep(seconds)

    def in_file() -> None:
        with closing(sqlite3.connect(office_db, isolation_level=None)) as other:
            other.execute("begin immediate")
            begun.set()
            time.sleep(seconds)
            other.execute("rollback")

    serving = isinstance(database, postgres.ActingServer)
    thread = threading.Thread(target=(lambda: on_server(database)) if serving else in_file)
    thread.start()
    assert begun.wait(10)
    return thread


# --- at the counter


def test_registering_a_called_visitor_begins_his_service(who: Sit) -> None:
    rina = who("rina")
    ticket = line.number()
    with pytest.raises(Conflict):
        intake.register_ticket(PELITA3, rina, ticket.id, new_key())
    queue.call_next(HERE, new_key())
    key = new_key()
    file = intake.register_ticket(PELITA3, rina, ticket.id, key)
    assert intake.register_ticket(PELITA3, rina, ticket.id, key) == file
    board = queue_board.board(HERE)
    assert board.mine is not None
    assert (board.mine.state, board.berkas_id) == (State.SERVING, file.id)
    queue.done(ticket.id, HERE, new_key())
    assert file.holder == "rina", "the file stays mine"
    assert queue_board.board(HERE).berkas_id is None


def test_another_counters_visitor_does_not_become_my_file(who: Sit) -> None:
    who("rina")
    ticket = line.number()
    queue.call_next(HERE, new_key())
    dedi = who("dedi")
    with pytest.raises(Conflict, match="A-001 sudah dipanggil Loket 3"):
        intake.register_ticket(PELITA3, dedi, ticket.id, new_key())


def test_a_number_that_is_not_there_is_refused(who: Sit) -> None:
    who(Role.FO)
    with pytest.raises(Refused):
        queue.call(4711, HERE, new_key(), "tidak ada")
