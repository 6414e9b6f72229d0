"""The network fails while a command is on its way: told is what is saved, nothing is done twice, nobody else waits."""

from __future__ import annotations

import functools
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar

import psycopg
import pytest

from app.errors import Conflict, Refused, Unavailable
from app.models import base
from app.models.tables_berkas import Berkas, Paraf, Ticket
from app.services import accounts, act, intake, queue, worklist
from app.services.accounts import Who
from app.services.berkas import Head
from app.services.keys import derived, new_key
from app.sop.pelita3 import PELITA3
from tests.faults.conftest import Hall, aloud, until
from tests.support import line
from tests.support.crowd import Crowd, Pc, at_desk, crowd, pcs, seated
from tests.support.office import PASSWORD
from tests.support.proxy import Proxy

T = TypeVar("T")
pytestmark = pytest.mark.postgres_only


@dataclass(frozen=True)
class Command:
    """Something an officer does with one press, and the table in which its row appears."""

    table: type[base.Table]
    do: Callable[[Who, Head, int, str], object]

    @property
    def name(self) -> str:
        return str(self.table._meta.table_name)

    def rows(self, hall: Hall, key: str) -> int:
        return hall.count(self.name, key)


SEED = "00000000-0000-4000-8000-000000000003"
COMMANDS = {
    "line": Command(Paraf, lambda who, file, _, key: act.act(who, file.id, "batalkan", file.n, key, "uji jaringan")),
    "ticket": Command(Ticket, lambda _who, _file, _, key: queue.issue(key)),
    "file": Command(
        Berkas, lambda who, _, ticket, key: intake.register_ticket(PELITA3, line.seat(who, ticket), ticket, key)
    ),
}


@pytest.mark.parametrize("lost", ["answer", "request"])
@pytest.mark.parametrize("name", COMMANDS)
def test_a_lost_answer_or_request_is_asked_again_and_done_once(
    hall: Hall, proxy: Proxy, wire: Crowd, name: str, lost: str
) -> None:
    """Rows 1 and 2."""
    (file,), ticket = hall.registered(), hall.called()
    command, key = COMMANDS[name], new_key()
    with pcs("rina") as (pc,):
        who, before = pc.who, proxy.requests

        def press() -> Future[object]:
            return pc.ask(lambda: command.do(who, file, ticket, key))

        if lost == "answer":
            # Questions that come before the row are answered; the row's own answer is not.
            with hall.held(command.name):
                told = press()
                until(lambda: hall.waiting() == 1)
                proxy.swallow_replies = True
            until(lambda: command.rows(hall, key) == 1)
        else:
            proxy.swallow_requests = True
            told = press()
            until(lambda: proxy.requests > before)
        assert not told.done()
        assert command.rows(hall, key) == (lost == "answer")
        proxy.black_hole(on=False)
        assert proxy.reset() == 1
        told.result(20)
        assert pc.troubles == [], "a blink of the network is nobody's business"
    hall.ledger.tell(key, command.table)
    assert command.rows(hall, key) == 1


@pytest.mark.parametrize("long", [False, True], ids=["blink", "long"])
def test_a_password_whose_change_lost_its_answer_is_the_new_one_and_the_officer_is_told_so(
    hall: Hall, proxy: Proxy, wire: Crowd, monkeypatch: pytest.MonkeyPatch, long: bool
) -> None:
    """Row 1, where the repeated command comes through another door: the old password opens nothing any more."""
    if long:
        monkeypatch.setattr(base, "PAUSES", ())
    key = new_key()
    with pcs("rina") as (pc,):
        assert pc.who.login == "rina"
        with hall.held("password"):
            told = pc.ask(lambda: accounts.change_password("rina", PASSWORD, "sandi-yang-baru", key))
            until(lambda: hall.waiting() == 1)
            proxy.swallow_replies = True
        until(lambda: hall.count("password", key) == 1)
        assert not told.done()
        proxy.black_hole(on=False)
        proxy.reset()
        told.result(20)
        assert pc.ask(lambda: accounts.hats("rina")).result(20)
    with at_desk("rina", "sandi-yang-baru") as who:
        assert who.login == "rina"
    with pytest.raises(Refused, match="tidak cocok"):
        seated("rina")
    base.db.close()


@pytest.mark.slow
def test_sixty_steps_through_a_storm_of_resets_are_sixty_lines(hall: Hall, proxy: Proxy, wire: Crowd) -> None:
    """Row 3: whole presses, several statements each, from three PCs whose connections are reset all the time."""

    def walk_in(who: Who, seed: str) -> list[tuple[type[base.Table], str]]:
        ticket, made, left = (derived(SEED, seed + part) for part in ("ticket", "berkas", "paraf"))
        file = line.registered(who, ticket, made)
        act.act(who, file.id, "batalkan", file.n, left, "uji badai")
        return [(Ticket, ticket), (Berkas, made), (Paraf, derived(made, "panggil")), (Paraf, left)]

    with pcs("rina", "dedi", "rina") as made, proxy.storm(5, 80, seed=3):
        pressed = [
            pc.ask(functools.partial(walk_in, pc.who, f"{n}-{i}")) for n in range(10) for i, pc in enumerate(made)
        ]
        for answer in pressed:
            for table, key in answer.result(50):
                hall.ledger.tell(key, table)
    aloud(f"{proxy.resets} connections were reset")
    with hall.superuser() as su:
        found = su.execute("select count(*), count(distinct berkas_id) from paraf where as_role = 'FO'").fetchone()
    assert found == (60, 30)
    assert proxy.resets > 3


def test_a_pc_in_a_black_hole_keeps_nobody_waiting_and_learns_later_that_it_was_too_late(
    hall: Hall, proxy: Proxy, wire: Crowd
) -> None:
    """Row 9: its cable is pulled in the middle of a press; the colleague at the next desk takes the same step."""
    (file,) = hall.registered()
    with pcs("rina") as (pc,):
        who, key, other_key = pc.who, new_key(), new_key()
        proxy.black_hole()
        before = proxy.requests
        pressed = pc.ask(lambda: act.act(who, file.id, "batalkan", file.n, key, "dari PC yang putus"))
        until(lambda: proxy.requests > before)
        with crowd(hall.address()), at_desk("dedi") as dedi:
            started = time.monotonic()
            act.act(dedi, file.id, "batalkan", file.n, other_key, "dari PC di sebelahnya")
            assert time.monotonic() - started < 3
        hall.ledger.tell(other_key)
        assert not pressed.done()
        proxy.black_hole(on=False)
        proxy.reset()
        with pytest.raises(Conflict, match="sudah diproses"):
            pressed.result(20)
    assert hall.count("paraf", key) == 0


def test_a_transaction_that_somebody_left_open_ends_by_itself_and_nothing_of_it_stays(
    hall: Hall, proxy: Proxy, wire: Crowd
) -> None:
    """Row 9, with an SQL client of his own instead of the program: others are told it is busy, then it is over."""
    (file,) = hall.registered()
    with hall.superuser() as su:
        # As in an office, only quicker (there: 60 and 5 seconds).
        su.execute(f"alter database {hall.name} set idle_in_transaction_session_timeout = '2s'".encode())
        su.execute(f"alter database {hall.name} set lock_timeout = '300ms'".encode())
    key, own = new_key(), new_key()
    with at_desk("dedi"):
        held: psycopg.Connection[tuple[Any, ...]] = wire.connection()  # type: ignore[no-untyped-call]
        with crowd(hall.address()), at_desk("rina") as rina:
            held.execute("begin")
            held.execute(
                "insert into paraf(berkas_id, action, as_role, note, expects, key, client) "
                "values (%s, 'batalkan', 'FO', 'diam-diam', %s, %s, 1)",
                (file.id, file.n, own),
            )
            proxy.black_hole()
            with pytest.raises(Unavailable, match="Tunggu sebentar") as busy:
                act.act(rina, file.id, "batalkan", file.n, key, "menunggu yang lain")
            assert busy.value.code == "busy"
            until(lambda: hall.open_transactions() == 0)
            act.act(rina, file.id, "batalkan", file.n, key, "menunggu yang lain")
        hall.ledger.tell(key)
        proxy.reset()
    assert hall.count("paraf", own) == 0
    proxy.black_hole(on=False)


@pytest.mark.slow
def test_a_line_with_300_ms_there_and_back_is_slow_and_works(hall: Hall, proxy: Proxy, wire: Crowd) -> None:
    """Row 10: measured and told; that it all completes is what is asked."""
    (file,) = hall.registered()
    proxy.delay = 0.15
    took: dict[str, float] = {}

    def measured(what: str, done: Callable[[], T]) -> T:
        started = time.monotonic()
        answer = done()
        took[what] = time.monotonic() - started
        return answer

    key = new_key()
    pc = Pc("rina")
    try:
        who = measured("log in", lambda: pc.who)
        office = pc.ask(accounts.load_office).result(20)
        list_ = measured(
            "work list", lambda: pc.ask(lambda: worklist.waiting(PELITA3, who, office, datetime.now(UTC))).result(20)
        )
        assert [item.id for item in list_] == [file.id]
        measured(
            "one step", lambda: pc.ask(lambda: act.act(who, file.id, "batalkan", file.n, key, "dari jauh")).result(20)
        )
    finally:
        pc.close()
    hall.ledger.tell(key)
    aloud("300 ms there and back: " + ", ".join(f"{what} {seconds:.2f} s" for what, seconds in took.items()))


def test_a_server_that_is_only_just_starting_is_lost_and_not_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """Row 5, seen from a press that was on its way: it waits, as for a server that is away."""

    def starting() -> None:
        raise Unavailable("Server kantor sedang menyala.", code="starting")

    def broken() -> None:
        raise Unavailable("Sambungan ke server terputus.", code="lost")

    monkeypatch.setattr(base.session, "reconnect", starting)
    with pytest.raises(Unavailable, match="sedang menyala") as told:
        base.patiently(broken)
    assert told.value.code == "lost"
