"""The server's schema: applied once, whole or not at all, by one runner at a time; what does not fit is refused."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from app.errors import Refused, Unavailable
from app.models import base
from app.models.guards import runner, runner_server
from app.server.cluster import Cluster
from app.sop.pelita3 import PELITA3
from tests.support import postgres
from tests.support.office import all_seeing

Connection = runner_server.Connection
NAME = "kantor_baru"
pytestmark = pytest.mark.postgres_only


@pytest.fixture
def knock(cluster: Cluster) -> Iterator[Callable[[], Connection]]:
    """Superuser connections to a database in which nothing is yet."""
    made: list[Connection] = []

    def open_one() -> Connection:
        made.append(psycopg.connect(cluster.superuser_dsn(NAME), autocommit=True))
        return made[-1]

    with postgres.superuser(cluster) as su:
        su.execute(sql.SQL("create database {} template template0 encoding 'UTF8' locale 'C.UTF-8'").format(
            sql.Identifier(NAME)
        ))  # fmt: skip
        yield open_one
        for connection in made:
            connection.close()
        su.execute(f"drop database {NAME} with (force)")


def version(su: Connection) -> int:
    return runner_server._have(su)


def test_the_files_are_numbered_without_a_gap() -> None:
    assert runner_server.numbered() == list(range(1, len(runner_server.numbered()) + 1))


def test_an_empty_database_is_brought_up_to_date_and_stays_so(knock: Callable[[], Connection]) -> None:
    su = knock()
    assert runner_server.prepare_server(su, PELITA3) == runner_server.numbered()
    assert version(su) == runner_server.numbered()[-1]
    before = su.execute("select count(*), max(oid::bigint) from pg_class").fetchone()
    assert runner_server.prepare_server(su, PELITA3) == []
    assert su.execute("select count(*), max(oid::bigint) from pg_class").fetchone() == before, "nothing was made anew"


SERVERS_OWN = {"schema_version", "ticket_counter", "outbox_waiting", "berkas_party", "booking_slot", "device_state",
               "standing"}  # fmt: skip


def test_every_table_is_closed_to_whoever_no_policy_names(knock: Callable[[], Connection]) -> None:
    su = knock()
    runner_server.prepare_server(su, PELITA3)
    open_ = su.execute(
        "select relname from pg_class where relnamespace = 'pelita3'::regnamespace and relkind = 'r' "
        "and not relrowsecurity and relname <> 'schema_version'"
    ).fetchall()
    assert [n for (n,) in open_] == []
    guards = {
        (t, n.removeprefix(f"{t}_"))
        for t, n in su.execute(
            "select relname, tgname from pg_trigger join pg_class c on c.oid = tgrelid where not tgisinternal"
        )
    }
    tables = {
        n for (n,) in su.execute(
            "select relname from pg_class where relnamespace = 'pelita3'::regnamespace and relkind = 'r'"
        )
    }  # fmt: skip
    # What the server keeps for itself, rewritten as it goes on: no evidence, and nobody may write there.
    own = tables - SERVERS_OWN
    assert {t for t in own if not {(t, "frozen"), (t, "kept")} <= guards} == set()
    assert ("berkas", "moves") in guards
    for table in SERVERS_OWN:
        may = su.execute(
            "select has_table_privilege('pelita3_officer', %s, 'insert, update, delete, truncate')",
            (f"pelita3.{table}",),
        ).fetchone()
        assert may == (False,)


def test_a_newer_database_is_left_alone(knock: Callable[[], Connection]) -> None:
    su = knock()
    runner_server.prepare_server(su, PELITA3)
    su.execute("insert into pelita3.schema_version values (9999, 1, 0)")
    with pytest.raises(Refused, match="lebih baru") as refusal:
        runner_server.prepare_server(su, PELITA3)
    assert refusal.value.code == "newer"


def test_a_second_sop_stands_beside_the_first(knock: Callable[[], Connection]) -> None:
    su = knock()
    for sop in (PELITA3, replace(PELITA3, number="060/Dukcapil-PDIP/9/2030")):
        runner_server.prepare_server(su, sop)
    assert su.execute("select count(*) from pelita3.sop").fetchone() == (2,)


CHANGES = [
    "update pelita3.sop_step set to_stage = 'SELESAI' where action = 'terima_kasi'",
    "delete from pelita3.sop_need where need = 'seen'",
    "insert into pelita3.sop_who values((select number from pelita3.sop), 'DI_KADIS', 'tte', 'OFFLINE', 'FO')",
    "update pelita3.sop_way set roles = '{FO}' where action = 'tte'",
    "update pelita3.sop set title = 'lain'",
]


@pytest.mark.parametrize("change", CHANGES)
def test_a_table_that_differs_from_the_programs_stops_installation_and_clients(
    office_db: Path, cluster: Cluster, change: str
) -> None:
    with postgres.superuser(cluster, str(base.db.obj.database)) as su:
        su.execute("set session_replication_role = replica")
        su.execute(change)
        su.execute("reset session_replication_role")
        for check in (
            lambda: runner_server.prepare_server(su, PELITA3),
            lambda: runner_server.check_server(base.db.obj, PELITA3),
        ):
            with pytest.raises(Refused, match="Tabel SOP di basis data berbeda") as refusal:
                check()
            assert refusal.value.code == "sop_differs"


@pytest.mark.parametrize(
    ("change", "code", "said"),
    [
        ("insert into schema_version values (9999, 1, 0)", "newer", "lebih baru"),
        ("insert into schema_version values (9999, 99, 0)", "client", "sudah lama"),
        ("delete from schema_version where version > 3", "behind", "server-init"),
    ],
)
def test_a_client_that_does_not_fit_is_told_who_must_act(office_db: Path, change: str, code: str, said: str) -> None:
    runner_server.check_server(base.db.obj, PELITA3)
    with all_seeing():
        base.db.execute_sql(change)
    with pytest.raises(Refused, match=said) as refusal:
        runner_server.check_server(base.db.obj, PELITA3)
    assert refusal.value.code == code


def broken_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """The program comes with one more numbered file."""
    file = tmp_path / "next.sql"
    file.write_text(text, encoding="utf-8")
    files = [*runner.versions("postgres"), (runner.versions("postgres")[-1][0] + 1, file)]
    monkeypatch.setattr(runner_server, "versions", lambda _: files)


def test_a_step_that_fails_leaves_no_half_of_it(
    knock: Callable[[], Connection], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    su, last = knock(), runner_server.numbered()[-1]
    broken_step(tmp_path, monkeypatch, "create table half(id integer); select tidak_ada();")
    with pytest.raises(psycopg.errors.UndefinedFunction):
        runner_server.prepare_server(su, PELITA3)
    assert version(su) == last
    assert su.execute("select to_regclass('pelita3.half')").fetchone() == (None,)
    broken_step(tmp_path, monkeypatch, "create table whole(id integer);")
    assert runner_server.prepare_server(su, PELITA3) == [last + 1]
    owner = su.execute("select tableowner from pg_tables where tablename = 'whole'").fetchone()
    assert owner == ("pelita3_owner",)


def test_two_that_install_at_once_do_it_once(knock: Callable[[], Connection]) -> None:
    first = knock()
    first.execute(runner_server.GROUND.read_text(encoding="utf-8").encode())
    runner_server._version_table(first)
    applied: list[list[int]] = []
    runners = [knock(), knock()]
    threads = [threading.Thread(target=_note, args=(c, applied)) for c in runners]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert sorted(applied[0] + applied[1]) == runner_server.numbered(), "each step by one of them"


def _note(connection: Connection, applied: list[list[int]]) -> None:
    steps = [(v, file.read_text(encoding="utf-8")) for v, file in runner.versions("postgres") if v]
    applied.append([v for v, text in steps if runner_server._apply(connection, v, text)])


def test_a_busy_office_is_not_held_up_for_long(
    knock: Callable[[], Connection], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    su, last = knock(), runner_server.numbered()[-1]
    runner_server.prepare_server(su, PELITA3)
    broken_step(tmp_path, monkeypatch, "alter table ticket add column later text;")
    monkeypatch.setattr(runner_server, "WAIT", "20ms")
    with closing(knock()) as officer, officer.transaction():
        officer.execute("lock table pelita3.ticket in row exclusive mode")
        with pytest.raises(Unavailable, match="lebih sepi") as trouble:
            runner_server.prepare_server(su, PELITA3)
    assert trouble.value.code == "busy"
    assert version(su) == last
    assert runner_server.prepare_server(su, PELITA3) == [last + 1], "and once they have gone home"
