"""Many at once: whatever is tried in the same instant, one wins, nothing is doubled, and no file moves without its line."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager

import psycopg
import pytest

from tests.attacks.fort import Connection, Fort
from tests.attacks.honest import Walker, fact, step
from tests.attacks.siege import CROWD, verified

DONE = "done"


@contextmanager
def crowd(fort: Fort, logins: Sequence[str]) -> Iterator[list[Connection]]:
    """A new connection for each, made before anybody starts."""
    with ExitStack() as stack:
        yield [stack.enter_context(fort.officer(login)) for login in logins]


def at_once(connections: Sequence[Connection], command: Callable[[Connection], int]) -> Counter[str]:
    """All do it in the same instant; how often it was done (with how many rows), and what the others were told."""
    gate = threading.Barrier(len(connections))

    def one(connection: Connection) -> str:
        gate.wait(10)
        try:
            return f"{DONE} {command(connection)}"
        except psycopg.Error as e:
            return e.diag.message_primary or str(e)

    with ThreadPoolExecutor(len(connections)) as pool:
        return Counter(pool.map(one, connections))


def sending(text: bytes) -> Callable[[Connection], int]:
    return lambda connection: connection.execute(text).rowcount


def behind(fort: Fort, first: Connection, holds: str, second: Connection, sends: str) -> int:
    """`second` sends while `first` holds an uncommitted row; then `first` commits. The rows that `second` added."""
    text = fort.filled(sends)
    first.execute("begin")
    first.execute(fort.filled(holds))
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(lambda: second.execute(text).rowcount)
        waits = "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = 'pelita3'"
        while not waiting.done() and not fort.one(waits):
            pass
        first.execute("commit")
        return waiting.result(10)


def test_twenty_officers_one_step(fort: Fort) -> None:
    Walker(fort, "lomba").to("diajukan")
    with crowd(fort, CROWD) as people:
        told = at_once(people, lambda c: c.execute(fort.filled(step("lomba", "panggil", "FO", expects="1"))).rowcount)
    assert told == {f"{DONE} 1": 1, "P3409 moved": 19}
    assert verified(fort, "lomba").lines == 2


def test_one_press_twenty_times(fort: Fort) -> None:
    Walker(fort, "gagap").to("diajukan")
    press = fort.filled(step("gagap", "panggil", "FO"))
    with crowd(fort, ["fo03"] * 5) as people:
        told = sum((at_once(people, sending(press)) for _ in range(4)), Counter[str]())
    assert told == {f"{DONE} 1": 1, f"{DONE} 0": 19}
    assert verified(fort, "gagap").lines == 2


def test_ten_counters_draw_ten_numbers_without_a_gap(fort: Fort) -> None:
    with crowd(fort, CROWD[:10]) as people:
        draw = "insert into ticket(service, key) values ('R', :key)"
        assert at_once(people, lambda c: c.execute(fort.filled(draw)).rowcount) == {f"{DONE} 1": 10}
    numbers = fort.su.execute("select number from ticket where prefix = 'R' order by number").fetchall()
    assert numbers == [(i,) for i in range(1, 11)]


def test_one_number_called_by_ten_counters(fort: Fort) -> None:
    fort.do("rina", "insert into ticket(service, key) values ('S', 'panggilan')")
    ticket = fort.one("select id from ticket where key = 'panggilan'")
    call = (
        "insert into queue_event(ticket_id, event, place, reason, key) "
        f"values ({ticket}, 'CALLED', 'Loket ' || pg_backend_pid(), 'balapan', :key)"
    )
    with crowd(fort, CROWD[:10]) as people:
        told = at_once(people, lambda c: c.execute(fort.filled(call)).rowcount)
    assert told == {f"{DONE} 1": 1, "P3409 called": 9}


NEXT = "insert into queue_event(ticket_id, event, place, key) values (null, 'CALLED', {}, :key)"
"""Whoever is next at this counter, as F2 asks."""


def test_ten_counters_call_the_next_and_nobody_is_called_twice(fort: Fort) -> None:
    with crowd(fort, CROWD[:10]) as people:
        for person in people:
            person.execute(fort.filled("insert into ticket(service, key) values ('X', :key)"))
        place = "'Balapan ' || pg_backend_pid()"
        told = at_once(people, lambda c: c.execute(fort.filled(NEXT.format(place))).rowcount)
    assert told == {f"{DONE} 1": 10}
    called = (
        "select count(*), count(distinct ticket_id) from queue_event where event = 'CALLED' and place like 'Balapan %'"
    )
    assert fort.su.execute(called.encode()).fetchone() == (10, 10)


def test_one_counter_has_one_visitor_however_many_press_there(fort: Fort) -> None:
    with crowd(fort, CROWD[:10]) as people:
        for person in people:
            person.execute(fort.filled("insert into ticket(service, key) values ('Y', :key)"))
        told = at_once(people, lambda c: c.execute(fort.filled(NEXT.format("'Satu untuk semua'"))).rowcount)
    assert told == {f"{DONE} 1": 1, "P3409 place": 9}
    assert fort.one("select count(*) from ticket where place = 'Satu untuk semua'") == 1


def test_the_last_number_of_a_quota_goes_to_one(fort: Fort) -> None:
    fort.do("admin", "insert into queue_service(service, label, quota, key) values ('L', 'Langka', 3, 'kuota-balapan')")
    with crowd(fort, CROWD[:10]) as people:
        draw = "insert into ticket(service, key) values ('L', :key)"
        told = at_once(people, lambda c: c.execute(fort.filled(draw)).rowcount)
    assert told == {f"{DONE} 1": 3, "P3422 quota": 7}
    assert fort.one("select max(number) from ticket where prefix = 'L'") == 3, "who was refused leaves no gap"


def test_one_ticket_becomes_one_file(fort: Fort) -> None:
    fort.do("rina", "insert into ticket(service, key) values ('S', 'satu-berkas')")
    ticket = fort.one("select id from ticket where key = 'satu-berkas'")
    register = f"insert into berkas(sop, channel, ticket_id, key, client) values (:sop, 'OFFLINE', {ticket}, :key, 1)"
    with crowd(fort, CROWD[:10]) as people:
        told = at_once(people, lambda c: c.execute(fort.filled(register)).rowcount)
    assert told == {f"{DONE} 1": 1, "P3409 ticket": 9}


def test_one_mail_is_sent_from_one_pc(fort: Fort) -> None:
    fort.do("rina", fact("outbox", "verifikasi", "FO", kind="mail_deficiency", to_address="a@contoh.id", subject="x", body="x",
                         attachments="[]", message_id="<balapan@contoh.id>"))  # fmt: skip
    mail = "(select id from outbox where message_id = '<balapan@contoh.id>')"
    lease = fact("outbox_event", "verifikasi", "FO", outbox_id=mail, event="LEASED", until_us=9000000000000000)
    with crowd(fort, CROWD[:10]) as people:
        told = at_once(people, lambda c: c.execute(fort.filled(lease)).rowcount)
    assert told == {f"{DONE} 1": 1, "P3409 leased": 9}


def test_one_revision_of_an_entry(fort: Fort) -> None:
    Walker(fort, "ketik").to("verifikasi")
    text = '{"route": "PN"}'
    save = fact("entry", "ketik", "FO", rev=1, data=text, sha256=f"(encode(sha256('{text}'), 'hex'))")
    with crowd(fort, ["rina"] * 4) as people:
        told = at_once(people, lambda c: c.execute(fort.filled(save)).rowcount)
    assert told == {f"{DONE} 1": 1, "P3409 entry": 3}


def test_the_kiosks_limit_holds_for_both_its_connections(fort: Fort) -> None:
    draw = "insert into ticket(service, key) values ('{}', :key)"
    with fort.officer("kios2") as one, fort.officer("kios2") as two:
        for _ in range(10):
            one.execute(fort.filled(draw.format("X")))
            two.execute(fort.filled(draw.format("Y")))
        with pytest.raises(psycopg.Error, match="P3403 too_many"):
            two.execute(fort.filled(draw.format("Y")))


class TestOnConflictDoNothing:
    """A key that a colleague's open transaction holds is not seen by the guard; ON CONFLICT then drops the row in silence."""

    def test_no_file_moves_without_its_line(self, fort: Fort) -> None:
        for name in ("umpan", "sasaran"):
            Walker(fort, name).to("verifikasi")
        with fort.officer("rina") as one, fort.officer("rina") as two:
            cancel = [
                step(n, "batalkan", "FO", "salah orang").replace(":key", "'kunci-rebutan'")
                for n in ("umpan", "sasaran")
            ]
            assert behind(fort, one, cancel[0], two, cancel[1] + " on conflict do nothing") == 0
        assert fort.one("select stage from berkas where id = :umpan") == "BATAL"
        assert fort.one("select stage from berkas where id = :sasaran") == "VERIFIKASI"
        assert verified(fort, "sasaran").whole

    def test_no_mail_leaves_the_queue_unsent(self, fort: Fort) -> None:
        Walker(fort, "surel").to("verifikasi")
        said = {
            "kind": "mail_deficiency",
            "to_address": "a@contoh.id",
            "subject": "x",
            "body": "x",
            "attachments": "[]",
        }
        for i in (1, 2):
            fort.do("rina", fact("outbox", "surel", "FO", **said, message_id=f"<hilang{i}@contoh.id>"))
        mails = [f"(select id from outbox where message_id = '<hilang{i}@contoh.id>')" for i in (1, 2)]
        for mail in mails:
            fort.do(
                "rina", fact("outbox_event", "surel", "FO", outbox_id=mail, event="LEASED", until_us=9000000000000000)
            )
        sent = [
            fact("outbox_event", "surel", "FO", outbox_id=m, event="SENT").replace(":key", "'kunci-surel'")
            for m in mails
        ]
        with fort.officer("rina") as one, fort.officer("rina") as two:
            assert behind(fort, one, sent[0], two, sent[1] + " on conflict do nothing") == 0
        waiting = fort.one(
            "select count(*) from outbox_waiting w join outbox o on o.id = w.outbox_id where o.message_id like '<hilang%'"
        )
        assert waiting == 1, "one was sent, the other still waits"
