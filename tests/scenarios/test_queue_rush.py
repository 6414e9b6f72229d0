"""The hall at half past seven: dozens of processes give numbers and call them; nothing is double or missing."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from app.models import base
from app.models.tables_berkas import Ticket
from app.models.tables_queue import QueueEvent
from app.services import accounts, queue, queue_board, queue_settings
from app.services.accounts import NewOfficer
from app.services.keys import new_key
from app.sop.model import Role
from app.sop.queue import State
from tests.faults.conftest import Hall
from tests.support import postgres
from tests.support.clerk import clerk
from tests.support.crowd import at_desk, crowd
from tests.support.office import PASSWORD, sit_down
from tests.support.rush import Seat, rush

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(300),
    pytest.mark.skipif(os.name != "posix", reason="the processes are forked, so that all begin at the same moment"),
]
ONCE = "sandi-sekali-pakai"
LOGINS = tuple(f"loket{i:02d}" for i in range(1, 13))


@pytest.fixture
def place(office_db: Path) -> str:
    """Where the processes find this office, with twelve officers of the Front Office in it."""
    database = base.db.obj
    if isinstance(database, postgres.ActingServer):
        address = Hall(database).address()
        with crowd(address), at_desk("admin"):
            _appoint()
        with crowd(address):
            for login in LOGINS:
                accounts.log_in(login, ONCE, "PC")
                accounts.change_password(login, ONCE, PASSWORD, new_key())
                base.db.close()
        base.session.actor = ""
        return address.url
    sit_down(Role.ADMIN)
    _appoint()
    for login in LOGINS:
        base.session.actor = login
        accounts.change_password(login, ONCE, PASSWORD, new_key())
    base.session.actor = ""
    return str(office_db)


def _appoint() -> None:
    for i, login in enumerate(LOGINS, 1):
        accounts.add_officer(NewOfficer(login, f"Petugas {i}", (Role.FO,), ONCE, place=f"Loket {i}"), new_key())


def seats(many: int) -> list[Seat]:
    """So many processes; the officers have several windows each, a server lets each of them in five times."""
    return [Seat(LOGINS[i % len(LOGINS)], f"Loket {i + 1}") for i in range(many)]


def numbers(prefix: str) -> list[int]:
    return [t.number for t in Ticket.select().where(Ticket.prefix == prefix).order_by(Ticket.number)]


def given(many: int) -> None:
    sit_down(Role.FO)
    for i in range(many):
        queue.issue(new_key(), priority=i % 8 == 7)


def test_forty_six_at_once_give_two_thousand_four_hundred_numbers_without_gap_or_double(place: str) -> None:
    each = 52
    told = [ticket for answers in rush(place, "issue", seats(46), each) for ticket in answers]
    assert not [t for t in told if "error" in t]
    assert len({t["label"] for t in told}) == len({t["code"] for t in told}) == 46 * each
    sit_down(Role.FO)
    regular, priority = numbers("A"), numbers("P")
    assert regular == list(range(1, len(regular) + 1))
    assert priority == list(range(1, len(priority) + 1))
    assert len(regular) + len(priority) == 46 * each
    assert {t["label"] for t in told} == {f"A-{n:03d}" for n in regular} | {f"P-{n:03d}" for n in priority}


def test_twelve_counters_drain_five_hundred_and_call_each_once(place: str) -> None:
    given(500)
    told = rush(place, "drain", seats(12))
    ids = [t["id"] for answers in told for t in answers if "id" in t]
    assert sorted(ids) == list(range(1, 501))
    assert [answers[-1] for answers in told] == [{"code": "empty"}] * 12
    sit_down(Role.FO)
    assert Ticket.select().where(Ticket.state == State.DONE.value).count() == 500
    calls = QueueEvent.select().where(QueueEvent.event == "CALLED")
    assert calls.count() == 500
    # Whoever came first in his class was called first; who called at the same moment may stand in either order.
    for priority in (0, 1):
        called = [e.ticket_id or 0 for e in calls.where(QueueEvent.priority == priority).order_by(QueueEvent.id)]
        assert all(abs(at - sorted(called).index(ticket)) < 12 for at, ticket in enumerate(called))


def test_two_who_pick_the_same_ticket_are_told_which_counter_was_faster(place: str) -> None:
    given(25)
    told = rush(place, "pick", [Seat("loket01", "Loket 1"), Seat("loket02", "Loket 2")], 25)
    for ticket, (one, other) in enumerate(zip(*told, strict=True), 1):
        won, lost = (one, other) if "won" in one else (other, one)
        assert won == {"won": ticket}
        label = queue.ticket(ticket).label
        assert lost["code"] in {"called", "queue"}, "already called there, or done with in the meantime"
        assert lost["said"] == f"{label} sudah dipanggil {'Loket 1' if won is one else 'Loket 2'}."


def test_the_last_number_of_a_quota_is_given_once(place: str) -> None:
    sit_down(Role.ADMIN)
    service = next(s for s in queue_settings.services() if s.service == "B")
    queue_settings.save_service(replace(service, quota=40), new_key())
    told = rush(place, "full", seats(20))
    assert [answers[-1] for answers in told] == [{"code": "quota"}] * 20
    labels = sorted(t["label"] for answers in told for t in answers if "label" in t)
    assert labels == [f"B-{n:03d}" for n in range(1, 41)]


@pytest.mark.parametrize("told", [True, False], ids=["after the answer", "before the answer"])
def test_who_is_killed_after_a_call_finds_it_before_him(place: str, *, told: bool) -> None:
    """Between the call and whatever the window would have done with it: the ticket stands before its counter."""
    given(3)
    with clerk(place, "loket03") as victim:
        assert victim.hear() == {"seated": "loket03"}
        victim.say(do="call", key=new_key())
        if told:
            assert victim.hear()["label"] == "A-001"
            victim.kill()
        else:
            found = victim.kill()
            assert found in ([], [{"label": "A-001"}])
    with clerk(place, "loket03") as again:
        assert again.hear() == {"seated": "loket03"}
        before_me = again.ask(do="board")["mine"]
        assert before_me in (("A-001",) if told else ("A-001", ""))
        waiting = again.ask(do="board")["following"]
        assert waiting == (["A-002", "A-003"] if before_me else ["A-001", "A-002", "A-003"])
        if not before_me:
            assert again.ask(do="call", key=new_key())["label"] == "A-001"
        assert again.ask(do="begin", label="A-001", key=new_key())["state"] == "SERVING"
    base.session.actor = "loket03"
    assert queue_board.board("Loket 3").mine is not None
