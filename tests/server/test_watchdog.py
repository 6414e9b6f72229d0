"""`pelita3 admin watchdog`: what hangs is ended, who works or backs up is left alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import psycopg
import pytest

from app.server import watchdog
from app.server.access import BACKUP, WATCH
from app.server.place import Connection
from tests.server.conftest import Made, Superuser


@pytest.fixture
def watch(made: Made) -> Iterator[Connection]:
    with made.place.connect("pelita3", WATCH) as connection:
        yield connection


def test_a_held_transaction_is_ended_although_its_owner_lifted_the_limits(made: Made, watch: Connection) -> None:
    with closing(made.knock("rina", made.passwords["rina"])) as officer:
        officer.execute("set idle_in_transaction_session_timeout = 0")
        officer.execute("begin")
        officer.execute("select 1")
        (ended,) = watchdog.end_hanging(watch, 0)
        assert (ended.login, ended.address, ended.state) == ("p_rina", "127.0.0.1", "idle in transaction")
        with pytest.raises(psycopg.OperationalError, match="terminating connection"):
            officer.execute("commit")


def test_who_has_no_open_transaction_is_left_alone(made: Made, watch: Connection) -> None:
    with made.knock("rina", made.passwords["rina"]) as officer:
        officer.execute("select 1")
        assert watchdog.end_hanging(watch, 0) == []
        officer.execute("begin")
        assert watchdog.end_hanging(watch, 60) == []


def test_backups_and_the_superuser_may_take_long(made: Made, watch: Connection, superuser: Superuser) -> None:
    with made.place.connect("pelita3", BACKUP) as backup, backup.transaction(), superuser.transaction():
        backup.execute("select 1")
        superuser.execute("select 1")
        assert watchdog.end_hanging(watch, 0) == []


def test_one_round_by_command(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watchdog, "SHORTEST", 0)
    with closing(made.knock("meri", made.passwords["meri"])) as officer:
        officer.execute("begin")
        officer.execute("select 1")
        code, said = made.admin("watchdog", "--once", "--after", "0")
    assert code == 0
    assert "diakhiri: p_meri dari 127.0.0.1, transaksi 0 detik (idle in transaction)" in said


def test_a_server_that_is_away_is_said(made: Made) -> None:
    made.cluster.stop()
    try:
        code, said = made.admin("watchdog", "--once")
    finally:
        made.cluster.start_again()
    assert code == 1
    assert "server tidak terjangkau" in said


def test_it_waits_for_a_server_that_is_away_and_comes_back(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    """The unit's loop: away, then there, then a restart of the server in the middle of its rounds."""
    naps = iter(["start", "restart", "stop"])

    def nap(_seconds: float) -> None:
        match next(naps):
            case "start":
                made.cluster.start_again()
            case "restart":
                made.restart()
            case _:
                raise KeyboardInterrupt

    monkeypatch.setattr(watchdog, "sleep", nap)
    made.cluster.stop()
    with pytest.raises(KeyboardInterrupt):
        watchdog.watch(str(made.cluster.sockets), made.cluster.port, 75, once=False)


def test_its_limits_cannot_be_set_out_of_reason(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def end(_connection: Connection, after: int) -> list[watchdog.Ended]:
        asked.append(after)
        return []

    monkeypatch.setattr(watchdog, "end_hanging", end)
    for after in (1, 75, 100_000):
        made.admin("watchdog", "--once", "--after", str(after))
    assert asked == [30, 75, 600]
