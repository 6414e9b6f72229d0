"""Holding, flooding and hogging: one officer cannot stop the office, and what cannot be forbidden is cut off and seen."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack

import psycopg
import pytest

from app.server.place import DATABASE
from app.server.watchdog import end_hanging
from tests.attacks.fort import Connection, Fort
from tests.attacks.honest import Walker, step
from tests.attacks.siege import verified

UNLIMITED = ("set statement_timeout = 0", "set lock_timeout = 0", "set idle_in_transaction_session_timeout = 0")


@pytest.fixture
def watchdog(fort: Fort) -> Iterator[Connection]:
    """The watchdog's own role, as its service comes in."""
    with fort.place.connect(DATABASE, "pelita3_watch") as connection:
        yield connection


def hold(fort: Fort, login: str, *statements: str) -> Connection:
    """An officer who has lifted every limit for himself and holds an open transaction."""
    connection = fort.knock(login)
    for statement in (*UNLIMITED, "begin", *statements):
        connection.execute(fort.filled(statement))
    return connection


def wait_until_gone(fort: Fort, login: str) -> None:
    """A session that is being ended needs a moment to let go."""
    until = time.monotonic() + 10
    while fort.one(f"select count(*) from pg_stat_activity where usename = 'p_{login}' and xact_start is not null"):
        assert time.monotonic() < until
        time.sleep(0.02)


def test_a_flood_of_notifications_stops_no_step(fort: Fort) -> None:
    """A listener who never reads, and another who shouts: steps send no notification, so nothing can fill up before them."""
    with fort.officer("fo04") as deaf, fort.officer("fo05") as loud:
        deaf.execute("listen pelita3")
        deaf.execute("begin")
        deaf.execute("select 1")
        for i in range(10):
            loud.execute("begin")
            for j in range(50):
                loud.execute(f"notify pelita3, '{i}-{j}-{'x' * 7900}'".encode())
            loud.execute("commit")
        assert fort.one("select pg_notification_queue_usage()") > 0
        started = time.monotonic()
        Walker(fort, "ramai").to("verifikasi")
        assert time.monotonic() - started < 5
    assert verified(fort, "ramai").whole


def test_a_step_tells_a_listener_nothing(fort: Fort) -> None:
    with fort.officer("tamu") as spy:
        spy.execute("listen pelita3")
        Walker(fort, "sunyi").to("verifikasi")
        assert list(spy.notifies(timeout=0.2)) == []


def test_who_holds_one_file_holds_no_other_and_is_cut_off(fort: Fort, watchdog: Connection) -> None:
    for name in ("tertahan", "bebas"):
        Walker(fort, name).to("diajukan")
    holder = hold(fort, "rina", step("tertahan", "panggil", "FO"))
    with fort.officer("dedi") as other:
        other.execute("set lock_timeout = '200ms'")
        with pytest.raises(psycopg.errors.LockNotAvailable):
            other.execute(fort.filled(step("tertahan", "panggil", "FO", expects="1")))
        other.execute(fort.filled(step("bebas", "panggil", "FO")))
        time.sleep(0.3)
        assert [s.login for s in end_hanging(watchdog, 0)] == ["p_rina"]
        other.execute("set lock_timeout = '5s'")
        other.execute(fort.filled(step("tertahan", "panggil", "FO", expects="1")))
    with pytest.raises(psycopg.OperationalError):
        holder.execute("commit")
    found = verified(fort, "tertahan")
    assert (found.whole, found.lines) == (True, 2)
    assert fort.one("select actor from paraf where berkas_id = :tertahan and n = 2") == "dedi"


def test_a_statement_that_sleeps_on_its_line_is_cut_off_too(fort: Fort, watchdog: Connection) -> None:
    """Not idle, not even in a transaction block: the row is written, and the statement takes an hour to say so."""
    Walker(fort, "tidur").to("diajukan")
    sleeper = fort.knock("fo06")
    for statement in UNLIMITED:
        sleeper.execute(statement.encode())
    sleeper.pgconn.send_query(fort.filled(step("tidur", "panggil", "FO") + " returning pg_sleep(3600)"))
    until = time.monotonic() + 10
    while "p_fo06" not in {s.login for s in end_hanging(watchdog, 0)}:
        assert time.monotonic() < until
        time.sleep(0.1)
    sleeper.close()
    wait_until_gone(fort, "fo06")
    assert verified(fort, "tidur").lines == 1


def test_a_line_that_was_held_back_shows_how_long(fort: Fort) -> None:
    """Back-dating by waiting with the commit: within the watchdog's cap it cannot be prevented, but the server knows it."""
    Walker(fort, "mundur").to("diajukan")
    holder = hold(fort, "rina", step("mundur", "panggil", "FO"))
    time.sleep(1.2)
    holder.execute("commit")
    holder.close()
    lag = fort.one(
        "select extract(epoch from pg_xact_commit_timestamp(xmin)) * 1000000 - at_us from paraf where berkas_id = :mundur and n = 2"
    )
    assert lag > 1_000_000
    with fort.su.transaction(force_rollback=True):
        fort.su.execute("insert into seal(day, key) values (today(), gen_random_uuid()::text)")
        sealed = fort.one(
            "select l.lag_us from paraf_lag l join paraf p on p.id = l.paraf_id where p.berkas_id = :mundur and p.n = 2"
        )
    assert sealed > 1_000_000


def test_an_open_transaction_delays_the_seal_until_it_is_cut_off(fort: Fort, watchdog: Connection) -> None:
    holder = hold(fort, "rina", step("diajukan", "panggil", "FO"))
    seal = "insert into seal(day, key) values (today(), gen_random_uuid()::text)"
    with pytest.raises(psycopg.errors.LockNotAvailable), fort.su.transaction(force_rollback=True):
        fort.su.execute(seal.encode())
    time.sleep(0.2)
    assert "p_rina" in {s.login for s in end_hanging(watchdog, 0)}
    holder.close()
    wait_until_gone(fort, "rina")
    with fort.su.transaction(force_rollback=True):
        fort.su.execute(seal.encode())


def test_the_kiosk_that_holds_the_counter_is_cut_off(fort: Fort, watchdog: Connection) -> None:
    holder = hold(fort, "kios3", "insert into ticket(service, key) values ('Q', :key)")
    with fort.officer("dedi") as other:
        other.execute("set lock_timeout = '200ms'")
        draw = "insert into ticket(service, key) values ('Q', :key)"
        with pytest.raises(psycopg.errors.LockNotAvailable):
            other.execute(fort.filled(draw))
        other.execute(fort.filled(draw.replace("'Q'", "'D'")))
        time.sleep(0.2)
        assert "p_kios3" in {s.login for s in end_hanging(watchdog, 0)}
        other.execute("set lock_timeout = '5s'")
        other.execute(fort.filled(draw))
    holder.close()
    assert fort.su.execute("select number from ticket where prefix = 'Q'").fetchall() == [(1,)], "no number is lost"


def test_the_watchdog_does_no_more_than_that(watchdog: Connection) -> None:
    for question in (
        "select * from pelita3.berkas",
        "select * from pelita3.officer",
        "select pelita3.search_files('nama', 'x')",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            watchdog.execute(question.encode())


def test_honest_sessions_are_not_cut_off(fort: Fort, watchdog: Connection) -> None:
    with fort.officer("rina") as honest:
        honest.execute("select 1")
        time.sleep(0.1)
        assert end_hanging(watchdog, 0) == []
        honest.execute("select 1")


def test_an_officer_has_five_connections(fort: Fort) -> None:
    with ExitStack() as stack:
        for _ in range(5):
            stack.enter_context(fort.officer("fo07"))
        with pytest.raises(psycopg.OperationalError, match="too many connections for role"):
            fort.knock("fo07")
        with fort.officer("fo08") as other:
            assert other.execute("select 1").fetchone() == (1,)
