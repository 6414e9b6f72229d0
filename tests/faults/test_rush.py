"""Many at the same moment: one wins and the others are told; a double click is one; each counter has its number."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import pytest

from app.errors import Conflict, Refused
from app.jobs.workshop import Workshop
from app.models import base
from app.models.tables_queue import QueueEvent
from app.services import accounts, act, berkas, entry, intake, queue
from app.services.accounts import NewOfficer, Who
from app.services.case import Case, Route
from app.services.keys import new_key
from app.sop.model import Role
from app.sop.pelita3 import PELITA3
from tests.faults.conftest import Hall, until
from tests.support import line, walk
from tests.support.crowd import Crowd, at_desk, pcs
from tests.support.office import PASSWORD
from tests.support.proxy import Proxy

pytestmark = pytest.mark.postgres_only
T = TypeVar("T")
ONCE = "sandi-sekali-pakai"


def appointed(role: Role, count: int) -> list[str]:
    """So many more officers, made by the administrator and, where they are heads, confirmed by the Kabid."""
    logins = [f"{role.value.lower()}{i:02d}" for i in range(count)]
    with at_desk("admin"):
        for login in logins:
            accounts.add_officer(
                NewOfficer(login, f"Petugas {login}", (role,), ONCE, place=f"Loket {login}"), new_key()
            )
    with at_desk("meri"):
        for pending in accounts.to_confirm():
            accounts.confirm(pending, new_key())
    for login in logins:
        chosen(login)
    return logins


def chosen(login: str) -> None:
    """A new officer comes in for the first time and chooses a password."""
    assert accounts.log_in(login, ONCE, "PC").must_change
    accounts.change_password(login, ONCE, PASSWORD, new_key())
    base.db.close()


def at_once(logins: Sequence[str], do: Callable[[Who], T]) -> list[T | Exception]:
    """All of them log in, then do it at the same moment; what each was told."""
    line_up = threading.Barrier(len(logins))

    def officer(login: str) -> T | Exception:
        with at_desk(login) as who:
            line_up.wait(60)
            try:
                return do(who)
            except Exception as error:  # noqa: BLE001  - what he was told is what is looked at
                return error

    with ThreadPoolExecutor(len(logins)) as desks:
        return list(desks.map(officer, logins))


@pytest.mark.slow
def test_of_twenty_heads_who_take_the_same_step_one_wins_and_nineteen_are_told(
    hall: Hall, wire: Crowd, shop: Workshop
) -> None:
    """Row 6."""
    file = hall.acting(lambda: walk.walk_to("KE_KASI", shop))
    keys = {login: new_key() for login in appointed(Role.KASI, 20)}
    told = at_once(list(keys), lambda who: act.act(who, file.id, "terima_kasi", file.n, keys[who.login]))
    late = [answer for answer in told if isinstance(answer, Conflict)]
    assert len(late) == 19
    assert {(e.code, e.message) for e in late} == {
        ("moved", "Berkas ini sudah diproses petugas lain. Yang tampil akan dimuat ulang.")
    }
    (won,) = (login for login, answer in zip(keys, told, strict=True) if isinstance(answer, act.Moved))
    hall.ledger.tell(keys[won])
    assert sum(hall.count("paraf", key) for key in keys.values()) == 1


def test_a_head_whom_nobody_confirmed_is_not_among_them(hall: Hall, wire: Crowd, shop: Workshop) -> None:
    file = hall.acting(lambda: walk.walk_to("KE_KASI", shop))
    with at_desk("admin"):
        accounts.add_officer(NewOfficer("baru", "Kasi Baru", (Role.KASI, Role.FO), ONCE), new_key())
    chosen("baru")
    with at_desk("baru") as who:
        assert who.role is Role.FO, "the other role waits for its second person"
        with pytest.raises(Refused):
            act.act(Who(who.login, who.name, Role.KASI, who.hat, "", ""), file.id, "terima_kasi", file.n, new_key())


PRESSES: dict[str, Callable[[Who, int, str], object]] = {
    "line": lambda who, file, key: act.act(who, file, "batalkan", 2, key, "klik ganda"),
    "note": lambda who, file, key: berkas.add_note(who, berkas.head(PELITA3, file), "klik ganda", key),
    "entry": lambda who, file, key: entry.save(who, berkas.head(PELITA3, file), Case(route=Route.PN), 0, key),
    "ticket": lambda _who, _file, key: queue.issue(key),
    "call": lambda who, file, key: queue.call(2, who.place, key, "uji klik ganda"),
    "register": lambda who, file, key: intake.register_ticket(PELITA3, line.seat(who, 2), 2, key),
    "password": lambda who, file, key: accounts.change_password(who.login, PASSWORD, "sandi-yang-baru", key),
}
TABLES = {"line": "paraf", "note": "note", "entry": "entry", "ticket": "ticket", "call": "queue_event",
          "register": "berkas", "password": "password"}  # fmt: skip


def _visitor(hall: Hall, name: str) -> int:
    """A number that waits, or for the registration one that was called."""
    return hall.called() if name == "register" else hall.ticket()


@pytest.mark.parametrize("name", PRESSES)
def test_a_double_click_is_one_click(hall: Hall, wire: Crowd, name: str) -> None:
    """Row 7: twenty times the same press, over two connections of the same officer at once; no error is shown."""
    (file,), key = hall.registered(), new_key()
    assert _visitor(hall, name) == 2
    with pcs("rina", "rina") as made:
        who = made[0].who
        answers = [pc.ask(lambda: PRESSES[name](who, file.id, key)) for _ in range(10) for pc in made]
        for answer in answers:
            answer.result(30)
    assert hall.count(TABLES[name], key) == 1


HELD = dict.fromkeys(("line", "note", "entry"), "berkas where id = 1") | {
    "ticket": "ticket_counter",
    "call": "ticket where id = 2",
    "register": "ticket where id = 2",
    "password": "officer where login = 'rina'",
}


@pytest.mark.parametrize("name", PRESSES)
def test_a_press_that_comes_again_while_the_server_is_still_at_it_is_one_press(
    hall: Hall, proxy: Proxy, wire: Crowd, name: str
) -> None:
    """Between rows 2 and 7: the connection broke, the first command lives on at the server, the second has come."""
    (file,), key = hall.registered(), new_key()
    _visitor(hall, name)
    with hall.superuser() as su:
        su.execute(f"alter database {hall.name} set lock_timeout = '30s'".encode())
    with pcs("rina") as (pc,):
        who = pc.who
        with hall.superuser() as su, su.transaction():
            su.execute(f"select 1 from {HELD[name]} for update".encode())  # noqa: S608  our own names
            told = pc.ask(lambda: PRESSES[name](who, file.id, key))
            until(lambda: hall.waiting() == 1)
            proxy.reset()
            until(lambda: hall.waiting() == 2)
        told.result(20)
        assert pc.troubles == []
    assert hall.count(TABLES[name], key) == 1


@pytest.mark.slow
def test_ten_counters_that_call_the_next_number_call_ten_different_ones(hall: Hall, wire: Crowd) -> None:
    """Row 8: the database picks, so that nobody is told that another counter was faster."""
    logins = appointed(Role.FO, 10)
    tickets = {hall.ticket() for _ in range(12)}

    def call_next(who: Who) -> tuple[int, str]:
        key = new_key()
        return queue.call_next(who.place, key).id, key

    called = at_once(logins, call_next)
    numbers = set()
    for answer in called:
        assert isinstance(answer, tuple), answer
        numbers.add(answer[0])
        hall.ledger.tell(answer[1], QueueEvent)
    assert len(numbers) == 10
    assert numbers < tickets
