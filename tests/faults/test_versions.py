"""Programs and databases of different ages, an upgrade under work or cut off, an officer sent home at work."""

from __future__ import annotations

import functools
import subprocess
import sys
import time
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from peewee import SqliteDatabase

from app.errors import Refused
from app.models import base
from app.models.guards import runner, runner_server
from app.models.tables_berkas import Paraf
from app.services import accounts, act
from app.services.accounts import Who
from app.services.keys import new_key
from app.services.opening import Opening
from app.sop.model import Role
from app.sop.pelita3 import PELITA3
from tests.faults.conftest import Hall, until
from tests.support import line, walk
from tests.support.clerk import ROOT
from tests.support.crowd import Crowd, at_desk, pcs, seated
from tests.support.invariants import Ledger
from tests.support.office import sit_down
from tests.support.tamper import unguarded

TOO_OLD = "Versi program di PC ini sudah lama. Minta petugas TI memasang versi baru"
NEWER = "lebih baru"


class TestDeactivated:
    """Row 19."""

    @pytest.mark.postgres_only
    def test_on_a_server_his_connection_ends_and_he_is_told_why(self, hall: Hall, wire: Crowd) -> None:
        (file,), key = hall.registered(), new_key()
        with pcs("rina") as (pc,):
            who = pc.who
            with at_desk("admin"):
                assert accounts.set_active("rina", active=False, why="mutasi", key=new_key()) >= 1
            with pytest.raises(Refused, match="tidak aktif"):
                pc.ask(lambda: act.act(who, file.id, "batalkan", file.n, key, "sesudah mutasi")).result(20)
            assert [str(error) for error in pc.ended] == ["Akun ini sedang tidak aktif. Hubungi administrator kantor."]
            assert pc.troubles == []
        assert hall.count("paraf", key) == 0
        with pytest.raises(Refused, match="tidak aktif"):
            seated("rina")

    def test_his_next_step_is_refused_on_either_engine(self, ledger: Ledger) -> None:
        file, key = walk.new_file(), new_key()
        fo = sit_down(Role.FO)
        sit_down("admin")
        accounts.set_active(fo.login, active=False, why="mutasi", key=new_key())
        base.session.actor = fo.login
        with pytest.raises(Refused):
            act.act(fo, file.id, "batalkan", file.n, key, "sesudah mutasi")


class TestAges:
    """Row 20."""

    @pytest.mark.postgres_only
    def test_an_old_program_is_refused_kindly_at_work_and_at_the_door(self, hall: Hall, wire: Crowd) -> None:
        (file,), key = hall.registered(), new_key()
        with at_desk("rina") as who:
            with hall.superuser() as su:
                su.execute("update schema_version set client_min = %s", (base.CLIENT + 1,))
            with pytest.raises(Refused, match=TOO_OLD) as refused:
                act.act(who, file.id, "batalkan", file.n, key, "program lama")
            assert refused.value.code == "client"
            assert Paraf.select().count() == file.n, "reading goes on"
        with pytest.raises(Refused, match=TOO_OLD), at_desk("rina"):
            pass
        assert hall.count("paraf", key) == 0

    @pytest.mark.postgres_only
    def test_a_newer_office_is_not_touched_by_this_program(self, hall: Hall, wire: Crowd) -> None:
        with hall.superuser() as su:
            su.execute("insert into schema_version values (9999, 1, 0)")
            with pytest.raises(Refused, match=NEWER):
                runner_server.prepare_server(su, PELITA3)
        with pytest.raises(Refused, match=NEWER) as refused, at_desk("rina"):
            pass
        assert refused.value.code == "newer"

    @pytest.mark.sqlite_only
    def test_on_one_pc_both_are_refused_as_kindly(self, office_db: Path, ledger: Ledger) -> None:
        file, key = walk.new_file(), new_key()
        unguarded(office_db, "update schema_version set client_min = ?", base.CLIENT + 1)
        with pytest.raises(Refused, match=TOO_OLD) as refused:
            act.act(sit_down(Role.FO), file.id, "batalkan", file.n, key, "program lama")
        assert refused.value.code == "client"
        unguarded(office_db, "insert into schema_version values (9999, 1, 0)")
        live = base.db.obj
        with pytest.raises(Refused, match=NEWER):
            Opening(office_db, PELITA3).open()
        base.db.initialize(live)


NEXT = 99
LATER = "alter table berkas add column later text not null default '';\n"


@pytest.fixture
def upgrade(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program one version on: its new column in the file table."""
    file = tmp_path / "0099_later.sql"
    file.write_text(LATER)
    before = runner.versions

    def versions(engine: str = "sqlite") -> list[tuple[int, Path]]:
        return [*before(engine), (NEXT, file)]

    monkeypatch.setattr(runner, "versions", versions)
    monkeypatch.setattr(runner_server, "versions", versions)
    return file


def _walk_in(who: Who) -> str:
    ticket, made, left = new_key(), new_key(), new_key()
    file = line.registered(who, ticket, made)
    act.act(who, file.id, "batalkan", file.n, left, "sambil basis data diperbarui")
    return left


@pytest.mark.slow
@pytest.mark.postgres_only
def test_an_upgrade_under_work_waits_for_the_officers_and_they_do_not_notice(
    hall: Hall, wire: Crowd, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    """Row 21: ten PCs at work, and one transaction that holds the table so that the upgrade must stand back."""
    monkeypatch.setattr(runner_server, "WAIT", "200ms")
    with pcs(*["rina", "dedi"] * 5) as made:
        answers: list[Future[str]] = []

        def work() -> None:
            answers.extend(pc.ask(functools.partial(_walk_in, pc.who)) for pc in made)

        work()
        request.getfixturevalue("upgrade")  # the server's program is a new one; theirs were started before
        with hall.superuser() as holder, hall.superuser() as su, ThreadPoolExecutor(1) as it:
            holder.execute("begin; lock table berkas in row exclusive mode")
            upgrading = it.submit(runner_server.prepare_server, su, PELITA3)
            # Longer than the runner is patient at a time: it lets everybody pass and comes again.
            time.sleep(0.7)
            work()
            assert not upgrading.done()
            holder.execute("commit")
            assert upgrading.result(30) == [NEXT]
        work()
        for answer in answers:
            hall.ledger.tell(answer.result(30))
        assert [pc.troubles for pc in made] == [[]] * len(made)


RUNNER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
import psycopg
from app.models import base
from app.models.guards import runner, runner_server
from app.sop.pelita3 import PELITA3
before = runner.versions
runner.versions = runner_server.versions = lambda engine="sqlite": [*before(engine), (99, Path(sys.argv[2]))]
if "dbname=" in sys.argv[1]:
    su = psycopg.connect(sys.argv[1], autocommit=True, options="-cclient_connection_check_interval=200")
    runner_server.prepare_server(su, PELITA3)
else:
    path = Path(sys.argv[1])
    database = base.open_sqlite(path)
    base.db.connect()
    runner.prepare_sqlite(database, path, PELITA3, datetime.now(UTC))
"""
HAS_LATER = "select 1 from pg_attribute where attrelid = 'berkas'::regclass and attname = 'later'"
SLOW = {
    "postgres": "select pg_sleep(30);",
    "sqlite": "create table slow as with recursive c(x) as (select 1 union all select x + 1 from c) "
    "select x from c limit 1000000000;",
}


@pytest.mark.slow
def test_an_upgrade_that_dies_in_the_middle_has_changed_nothing_and_can_be_done_again(
    engine: str, ledger: Ledger, office_db: Path, upgrade: Path, request: pytest.FixtureRequest
) -> None:
    """Row 22: SIGKILL after its first change."""
    walk.new_file()
    upgrade.write_text(LATER + SLOW[engine])
    hall = request.getfixturevalue("hall") if engine == "postgres" else None
    with subprocess.Popen([sys.executable, "-c", RUNNER, hall.dsn if hall else office_db, upgrade], cwd=ROOT) as dying:
        if hall:
            until(lambda: _asleep(hall))
        else:
            until(lambda: Path(f"{office_db}-wal").stat().st_size > 4_000_000)
        dying.kill()
    if hall:
        until(lambda: not _asleep(hall))
    upgrade.write_text(LATER)
    if hall:
        with hall.superuser() as su:
            assert su.execute(HAS_LATER).fetchone() is None
            assert runner_server.prepare_server(su, PELITA3) == [NEXT]
        return
    database = base.db.obj
    assert isinstance(database, SqliteDatabase)
    assert "later" not in {c.name for c in database.get_columns("berkas")}
    assert runner.prepare_sqlite(database, office_db, PELITA3, datetime.now(UTC)) == NEXT
    assert "later" in {c.name for c in database.get_columns("berkas")}


def _asleep(hall: Hall) -> bool:
    with hall.superuser() as su:
        return su.execute("select 1 from pg_stat_activity where wait_event = 'PgSleep'").fetchone() is not None
