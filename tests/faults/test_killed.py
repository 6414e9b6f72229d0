"""Processes die without a word: a PC in the middle of a press, and the whole server again and again under load."""

from __future__ import annotations

import functools
import time
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import ExitStack, contextmanager

import pytest

from app.models import base, server
from app.models.tables_berkas import Berkas, Paraf, Ticket
from app.server.cluster import Cluster
from app.services import accounts, act
from app.services.accounts import Who
from app.services.keys import new_key
from tests.faults.conftest import Hall, aloud, until
from tests.support import invariants, line, postgres
from tests.support.clerk import Clerk, clerk
from tests.support.crowd import Pc, crowd, pcs
from tests.support.invariants import Ledger
from tests.support.office import OFFICE, PEOPLE
from tests.support.proxy import Proxy

pytestmark = [pytest.mark.postgres_only, pytest.mark.slow]


def test_a_pc_that_dies_in_the_middle_of_a_press_leaves_nothing_half_and_nobody_waiting(
    hall: Hall, proxy: Proxy
) -> None:
    """Row 4: killed before, while the server works, before the answer, after it; then pressed again on another PC."""
    files = hall.registered(4)
    pressed = [
        {"do": "act", "file": f.id, "action": "batalkan", "n": f.n, "key": new_key(), "note": "PC mati"} for f in files
    ]
    with ExitStack() as desks:
        victims = [desks.enter_context(clerk(hall.address(proxy.port).url, "rina")) for _ in files]
        survivor = desks.enter_context(clerk(hall.address().url, "rina"))
        for pc in (*victims, survivor):
            assert pc.hear() == {"seated": "rina"}
        _die_before(hall, victims[0], pressed[0])
        _die_at_work(hall, victims[1], pressed[1], files[1].id)
        _die_before_the_answer(hall, proxy, victims[2], pressed[2])
        assert victims[3].ask(**pressed[3])["n"] == files[3].n + 1
        victims[3].kill()
        for command in pressed:
            started = time.monotonic()
            answer = survivor.ask(**command)
            assert (answer["key"], answer["stage"]) == (command["key"], "BATAL")
            assert time.monotonic() - started < 2
            hall.ledger.tell(str(command["key"]))


def _die_before(hall: Hall, victim: Clerk, press: dict[str, object]) -> None:
    victim.kill()
    assert hall.count("paraf", str(press["key"])) == 0


def _die_at_work(hall: Hall, victim: Clerk, press: dict[str, object], file: int) -> None:
    with hall.superuser() as su, su.transaction():
        su.execute("select 1 from berkas where id = %s for update", (file,))
        victim.say(**press)
        until(lambda: hall.waiting() == 1)
        assert victim.kill() == []


def _die_before_the_answer(hall: Hall, proxy: Proxy, victim: Clerk, press: dict[str, object]) -> None:
    proxy.swallow_replies = True
    victim.say(**press)
    until(lambda: hall.count("paraf", str(press["key"])) == 1)
    assert victim.kill() == []
    proxy.swallow_replies = False


@contextmanager
def own_office() -> Iterator[Cluster]:
    """A cluster that waits for the disk, with the invented office in its database `kantor`."""
    with Cluster.start(settings={"recovery_init_sync_method": "syncfs"}) as cluster:
        postgres.make_office(cluster, "kantor")
        with postgres.superuser(cluster) as su:
            su.execute(f'create role "{postgres.NOBODY}" in role pelita3_officer')
        before = base.db.obj
        base.db.initialize(postgres.ActingServer(cluster, "kantor"))
        with postgres.acting_session():
            base.session.actor = "pemasangan"
            with base.connected():
                accounts.first_start(OFFICE, PEOPLE, new_key())
            base.session.actor = ""
            base.db.close()
            base.db.initialize(before)
            yield cluster


@pytest.mark.timeout(120)
def test_a_server_that_is_killed_three_times_under_load_loses_nothing_acknowledged(cluster: Cluster) -> None:
    """Row 5: postmaster and all its processes at once, with fsync; every PC goes on by itself when it is back."""
    ledger, restarts = Ledger(), list[float]()
    with own_office() as killed:
        address = server.Server(killed.host, killed.port, "kantor", killed.ca, killed.hostaddr)
        with crowd(address), pcs("rina", "dedi", "rina", "dedi") as made:
            answers = [answer for pc in made for answer in _work(pc, 12)]
            for done in (4, 16, 28):
                until(lambda done=done: sum(answer.done() for answer in answers) >= done, 60)  # type: ignore[misc]
                killed.kill9()
                started = time.monotonic()
                killed.start_again()
                restarts.append(time.monotonic() - started)
            for answer in answers:
                for table, key in answer.result(60):
                    ledger.tell(key, table)
            troubles = [text for pc in made for text in pc.troubles]
        invariants.on_server(killed.superuser_dsn("kantor"), "kantor", ledger)
    back = ", ".join(f"{seconds:.1f} s" for seconds in restarts)
    aloud(f"{len(ledger.told)} rows acknowledged; back after {back}; {len(troubles)} banners")
    assert len(ledger.told) == 4 * 12 * 4


def _work(pc: Pc, count: int) -> list[Future[list[tuple[type[base.Table], str]]]]:
    return [pc.ask(functools.partial(_walk_in, pc.who)) for _ in range(count)]


def _walk_in(who: Who) -> list[tuple[type[base.Table], str]]:
    """A visitor's ticket, registered and cancelled; the keys follow from the job, so that it may be done again."""
    ticket, made, left = new_key(), new_key(), new_key()
    file = line.registered(who, ticket, made)
    act.act(who, file.id, "batalkan", file.n, left, "uji listrik padam")
    return [(Ticket, ticket), (Berkas, made), (Paraf, base.derived(made, "panggil")), (Paraf, left)]
