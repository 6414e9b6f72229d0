"""Two counters press whatever they like, in any order and at any time: the database and a small model always agree."""

from __future__ import annotations

import gc
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from app.errors import Conflict, Refused
from app.models.tables_berkas import Ticket
from app.models.tables_queue import QueueEvent
from app.services import queue, queue_board
from app.services.keys import new_key
from app.sop.model import Role
from app.sop.queue import ACTIVE, RULES, Event, State
from tests.support.office import Clock, all_seeing, sit_down

NOON = datetime(2026, 5, 12, 3, tzinfo=UTC)
PLACES = {"rina": "Loket 3", "dedi": "Loket 4"}
FAIR, AFTER = 3, 2
NIGHT = 15 * 3600
OPEN = (State.WAITING, *ACTIVE, State.HELD)
BY_NAME = {(r.at, r.event): r for r in RULES}
PRESSED = [e for e in Event if e not in {Event.TRANSFERRED, Event.EXPIRED, Event.UNDONE}]


@dataclass(frozen=True)
class Stand:
    """Where a ticket stands; an undo puts all of it back."""

    state: State = State.WAITING
    place: str = ""
    aim: str = ""
    turn: int = 0
    service: str = "A"


@dataclass
class Model:
    """One ticket as the model has it."""

    id: int
    day: str
    priority: bool
    came: int
    now: Stand
    past: list[tuple[Event, str, datetime, Stand]] = field(default_factory=list)


@dataclass(frozen=True)
class Call:
    """A CALLED event, for the fair rule and for those who want to rejoin."""

    at: int
    day: str
    priority: bool
    by_rule: bool


def pressed(verb: Callable[[], queue.QueueTicket]) -> tuple[queue.QueueTicket | None, str]:
    """The ticket as it stands then, or the code of the refusal."""
    try:
        return verb(), ""
    except (Conflict, Refused) as refused:
        return None, refused.code


class Hall(RuleBasedStateMachine):
    """The rules of the queue, told a second time and as simply as possible."""

    new_offices: Callable[[], AbstractContextManager[object]]
    clock: Clock
    walked: set[tuple[State, Event]]
    """Every transition that was made by any run."""

    def __init__(self) -> None:
        super().__init__()
        self.office: AbstractContextManager[object] | None = None
        self.tickets: list[Model] = []
        self.born: dict[int, str] = {}
        self.calls: list[Call] = []
        self.missed: dict[int, int] = {}
        self.events = 0

    @initialize()
    def a_morning(self) -> None:
        # A cursor of the last office that still waits to be collected would hold its file.
        gc.collect()
        self.office = self.new_offices()
        self.office.__enter__()
        self.clock.at = NOON
        for priority, service in ((False, "A"), (False, "B"), (True, "A"), (False, "A")):
            self.take_a_number(priority, service)

    def teardown(self) -> None:
        self.clock.at = None
        if self.office is not None:
            self.office.__exit__(None, None, None)

    # --- what is true ---

    def at(self) -> datetime:
        assert self.clock.at is not None
        return self.clock.at

    def day(self) -> str:
        return (self.at() + timedelta(hours=7)).date().isoformat()

    def busy(self, place: str, but: Model | None = None) -> bool:
        here = [t for t in self.tickets if t.now.place == place and t.now.state in ACTIVE and t.day == self.day()]
        return any(t is not but for t in here)

    def next(self, place: str) -> Model | None:
        waiting = [t for t in self.tickets if t.now.state is State.WAITING and t.day == self.day()]
        front = sorted(waiting, key=lambda t: (-t.now.turn, t.came))
        if mine := [t for t in front if t.now.aim == place]:
            return mine[0]
        today = [c for c in self.calls if c.day == self.day()]
        last = max((c.at for c in today if c.priority), default=-1)
        since = sum(c.by_rule for c in today if c.at > last)
        classes = [[t for t in front if not t.now.aim and t.priority is p] for p in (True, False)]
        first, second = classes if since >= FAIR - 1 else reversed(classes)
        return next(iter([*first, *second]), None)

    # --- pressing ---

    @rule(priority=st.booleans(), service=st.sampled_from("AB"))
    def somebody_comes(self, priority: bool, service: str) -> None:
        self.take_a_number(priority, service)

    def take_a_number(self, priority: bool, service: str) -> None:
        sit_down(Role.FO)
        got = queue.issue(new_key(), service=service, priority=priority).ticket
        letter = "P" if priority else service
        same = [
            t for t in self.tickets if t.day == self.day() and ("P" if t.priority else "") == ("P" if priority else "")
        ]
        numbers = len(same) if priority else sum(1 for t in same if self.born[t.id] == service)
        assert got.label == f"{letter}-{numbers + 1:03d}"
        self.born[got.id] = service
        self.tickets.append(Model(got.id, self.day(), priority, len(self.tickets), Stand(service=service)))

    @rule(login=st.sampled_from(list(PLACES)))
    def call_the_next(self, login: str) -> None:
        place = PLACES[login]
        wanted, busy = self.next(place), self.busy(place)
        sit_down(login)
        got, code = pressed(lambda: queue.call_next(place, new_key()))
        if got is None:
            assert code in ({"place"} if busy else set()) | ({"empty"} if wanted is None else set())
            return
        assert not busy
        assert wanted is not None
        assert got.id == wanted.id, "the database and the rule choose the same"
        self.happened(wanted, Event.CALLED, login, by_rule=True)

    @precondition(lambda self: self.tickets)
    @rule(
        login=st.sampled_from(list(PLACES)), event=st.sampled_from(PRESSED), which=st.integers(0, 30), why=st.booleans()
    )
    def press_anything(self, login: str, event: Event, which: int, why: bool) -> None:
        ticket = self.tickets[which % len(self.tickets)]
        reason = "alasan uji" if why else ""
        self.tried(ticket, event, login, reason, self.forbidden(ticket, event, login, reason), {})

    @precondition(lambda self: self.tickets)
    @rule(
        login=st.sampled_from(list(PLACES)),
        presses=st.lists(st.tuples(st.integers(0, 99), st.booleans()), min_size=1, max_size=5),
    )
    def press_what_the_window_offers(self, login: str, presses: list[tuple[int, bool]]) -> None:
        for which, elsewhere in presses:
            self.offered(login, which, elsewhere=elsewhere)

    def offered(self, login: str, which: int, *, elsewhere: bool) -> None:
        mine = [t for t in self.tickets if t.now.place == PLACES[login] and t.now.state in ACTIVE]
        others = [t for t in self.tickets if t.now.state in {State.WAITING, State.HELD, State.NO_SHOW}]
        those = (others if elsewhere else mine) or mine or others
        ticket = those[which % len(those)] if those else None
        offered = [r for r in RULES if ticket is not None and r.at is ticket.now.state and r.event in PRESSED]
        if ticket is None or not offered:
            return
        event, reason = offered[which // 7 % len(offered)].event, "alasan uji"
        self.tried(ticket, event, login, reason, self.forbidden(ticket, event, login, reason), {})

    @precondition(lambda self: self.tickets)
    @rule(
        login=st.sampled_from(list(PLACES)),
        which=st.integers(0, 30),
        to=st.sampled_from(["B", "Z", "Loket 3", "Loket 4"]),
    )
    def send_on(self, login: str, which: int, to: str) -> None:
        mine = next((t for t in self.tickets if t.now.place == PLACES[login] and t.now.state in ACTIVE), None)
        ticket = mine or self.tickets[which % len(self.tickets)]
        where = {"to_place": to} if len(to) > 1 else {"to_service": to}
        wrong = self.forbidden(ticket, Event.TRANSFERRED, login, "pindah")
        self.tried(ticket, Event.TRANSFERRED, login, "pindah", wrong | ({"service"} if to == "Z" else set()), where)

    @precondition(lambda self: self.tickets)
    @rule(login=st.sampled_from(list(PLACES)), which=st.integers(0, 30), newest=st.booleans())
    def take_it_back(self, login: str, which: int, newest: bool) -> None:
        acted = [t for t in self.tickets if t.past]
        ticket = acted[-1] if newest and acted else self.tickets[which % len(self.tickets)]
        last = ticket.past[-1] if ticket.past else None
        wrong = set()
        if last is None or last[0] is Event.UNDONE or last[1] != login or self.at() - last[2] > timedelta(seconds=12):
            wrong.add("undo")
        if last and last[3].state in ACTIVE and self.busy(last[3].place, but=ticket):
            wrong.add("place")
        if ticket.day != self.day():
            wrong.add("queue")
        sit_down(login)
        got, code = pressed(lambda: queue.undo(ticket.id, PLACES[login], new_key()))
        if got is None:
            assert code in wrong
            return
        assert not wrong
        assert last is not None
        self.close_yesterday()
        self.events += 1
        ticket.past.append((Event.UNDONE, login, self.at(), ticket.now))
        ticket.now = last[3]

    @rule(seconds=st.sampled_from([1, 2, 5, 11, 13, 60, 600, NIGHT]))
    def time_passes(self, seconds: int) -> None:
        self.clock.at = self.at() + timedelta(seconds=seconds)

    # --- the model's own acts ---

    def forbidden(self, ticket: Model, event: Event, login: str, reason: str) -> set[str]:
        """Every code with which this press may be refused; empty where it must go through."""
        found, place = BY_NAME.get((ticket.now.state, event)), PLACES[login]
        wrong = set()
        if ticket.day != self.day():
            wrong.add("queue")
        if event is Event.CALLED and self.busy(place, but=None):
            wrong.add("place")
        if found is None:
            return wrong | {"called" if ticket.now.state in ACTIVE else "queue"}
        if found.own and ticket.now.place != place:
            wrong.add("called")
        if not reason and (found.reason or (event is Event.CALLED and ticket.now.state is State.WAITING)):
            wrong.add("reason")
        since = [c for c in self.calls if c.day == ticket.day and c.at > self.missed.get(ticket.id, -1)]
        if event is Event.REJOINED and len(since) < AFTER:
            wrong.add("rejoin")
        return wrong

    def tried(
        self, ticket: Model, event: Event, login: str, reason: str, wrong: set[str], where: dict[str, str]
    ) -> None:
        sit_down(login)
        got, code = pressed(lambda: queue._happen(event, ticket.id, PLACES[login], new_key(), reason, **where))
        if got is None:
            assert code in wrong, (event, ticket, wrong)
            return
        assert not wrong, (event, ticket)
        self.happened(ticket, event, login, where=where)
        assert got.state is ticket.now.state

    def close_yesterday(self) -> None:
        for old in self.tickets:
            if old.day < self.day() and old.now.state in OPEN:
                old.now = replace(old.now, state=State.EXPIRED, place="", aim="")

    def happened(
        self, ticket: Model, event: Event, login: str, *, by_rule: bool = False, where: dict[str, str] | None = None
    ) -> None:
        self.close_yesterday()
        self.walked.add((ticket.now.state, event))
        before, to, self.events = ticket.now, BY_NAME[ticket.now.state, event].to, self.events + 1
        ticket.past.append((event, login, self.at(), before))
        if event is Event.CALLED:
            self.calls.append(Call(self.events, ticket.day, ticket.priority, by_rule))
        if event is Event.NO_SHOW:
            self.missed[ticket.id] = self.events
        where = where or {}
        turned = {Event.RETURNED: 1, Event.TRANSFERRED: 1, Event.CALLED: 0}
        aim = where.get("to_place", "") if event is Event.TRANSFERRED else before.aim if event is Event.RETURNED else ""
        ticket.now = Stand(
            to, PLACES[login] if to in ACTIVE else "", aim, turned.get(event, before.turn),
            where.get("to_service") or before.service,
        )  # fmt: skip

    # --- what holds always ---

    @invariant()
    def the_database_has_it_so(self) -> None:
        with all_seeing():
            rows = {t.id: t for t in Ticket.select()}
            events = QueueEvent.select().where(QueueEvent.event != Event.EXPIRED.value).count()
        assert events == self.events, "no event is lost, none is added by anybody"
        for ticket in self.tickets:
            row = rows[ticket.id]
            has = Stand(State(row.state), row.place, row.aim, row.turn, row.service)
            assert has == ticket.now
            assert row.queued_us == row.made_us, "whatever happens, the arrival stays"
        active = [(row.day, row.place) for row in rows.values() if row.state in ACTIVE]
        assert len(active) == len(set(active)), "one counter, one visitor"

    @invariant()
    def the_board_offers_whom_the_rule_would_call(self) -> None:
        sit_down("rina")
        board, wanted = queue_board.board("Loket 3"), self.next("Loket 3")
        assert (board.following[0].id if board.following else None) == (wanted.id if wanted else None)


@pytest.mark.slow
@pytest.mark.timeout(280)
def test_any_presses_in_any_order(
    engine: str, new_offices: Callable[[], AbstractContextManager[object]], clock: Clock
) -> None:
    class Office(Hall):
        """This test's."""

    Office.new_offices = staticmethod(new_offices)
    Office.clock, Office.walked = clock, set()
    run_state_machine_as_test(
        Office,
        settings=settings(
            # Every question to a server goes there and back: half as many walks take as long.
            max_examples=15 if engine == "postgres" else 30, stateful_step_count=40, deadline=None, derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip
    assert len(Office.walked) > len(BY_NAME) / 2, "the presses reach deep into the table; each one alone: test_queue.py"
