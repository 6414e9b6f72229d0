"""Backups of an office server: encrypted, tried out, restored beside the office; what does not verify stays closed."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import psycopg
import pytest

from app.__main__ import main
from app.errors import Refused, Unavailable
from app.jobs.workshop import Workshop
from app.models import base
from app.models.guards import runner
from app.models.tables_seal import Restored
from app.server import backup, backup_keep, backup_key, backup_proof, restore, vault
from app.server.backup import Taken, Ways
from app.server.backup_counts import Manifest
from app.server.backup_proof import ROLES_MEMBER
from app.server.cluster import Cluster
from app.server.place import Place
from app.services import accounts, evidence, seals
from app.services.chains import Verification
from app.services.keys import new_key
from app.sop.model import Role
from app.sop.pelita3 import PELITA3
from tests.server.conftest import Made
from tests.support import postgres
from tests.support.office import OFFICE, PASSWORD, PEOPLE, sit_down
from tests.support.walk import new_file, walk_to

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240)]
NIK = b"1471071403840003"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    """A server made by server-init, with the invented office and two files in it."""
    try:
        cluster = Cluster.start()
    except Unavailable as error:
        pytest.skip(error.message)
    with cluster:
        found = Made(cluster, cluster.data / "pelita3")
        code, said = found.admin("server-init", "--listen", "127.0.0.1", "--name", "server-dukcapil")
        assert code == 0, said
        found.restart()
        with closing(su(found)) as root:
            root.execute(f'create role "{postgres.NOBODY}" in role pelita3_officer'.encode())
        with at_work(found):
            accounts.first_start(OFFICE, PEOPLE, new_key())
            folder = tmp_path_factory.mktemp("pc")
            walk_to("DI_KASI", Workshop(PELITA3, folder))
            walk_to("VERIFIKASI", Workshop(PELITA3, folder))
        yield found


@contextmanager
def at_work(server: Made) -> Iterator[None]:
    """Officers work on this server."""
    before, actor = base.db.obj, base.session.actor
    base.session.actor = "pemasangan"
    database = postgres.ActingServer(server.cluster, "pelita3")
    base.db.initialize(database)
    try:
        with postgres.acting_session(), base.connected():
            yield
    finally:
        database.close()
        base.db.initialize(before)
        base.session.actor = actor


@pytest.fixture
def ways(tmp_path: Path) -> Ways:
    return Ways(tmp_path / "cadangan", tmp_path / backup_key.FILE, tmp_path / "periksa")


@dataclass(frozen=True)
class Safe:
    """A good backup of the office as it was made, its key beside it."""

    ways: Ways
    taken: Taken
    file: Path
    files: int
    """How many the office had when it was taken; other tests make more."""


@pytest.fixture(scope="module")
def safe(server: Made, tmp_path_factory: pytest.TempPathFactory) -> Safe:
    home = tmp_path_factory.mktemp("brankas")
    ways = Ways(home / "cadangan", home / backup_key.FILE, home / "periksa")
    with closing(su(server)) as root:
        files = root.execute("select count(*) from pelita3.berkas").fetchone()
    assert files is not None
    taken = take(server, ways)
    assert taken.proof is not None, taken.trial.faults
    return Safe(ways, taken, ways.to / taken.proof.file, int(str(files[0])))


def take(server: Made, ways: Ways) -> Taken:
    return backup.of_server(server.place, ways, lambda _text: None)


def su(server: Made, dbname: str = "pelita3") -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(server.cluster.superuser_dsn(dbname), autocommit=True)


@contextmanager
def changed(server: Made, doing: str, undoing: str) -> Iterator[None]:
    with closing(su(server)) as root:
        root.execute("set search_path = pelita3")
        root.execute("set session_replication_role = replica")
        root.execute(doing.encode())
        try:
            yield
        finally:
            root.execute(undoing.encode())


def command(server: Made, home: Path, *words: str) -> tuple[int, str, str]:
    """`pelita3 admin WORDS` on the server's host: exit code, what it said, what it complained of."""
    out, err = StringIO(), StringIO()
    place = ["--socket", str(server.cluster.sockets), "--port", str(server.cluster.port), "--home", str(home)]
    with redirect_stdout(out), redirect_stderr(err):
        code = main(["admin", words[0], *place, *words[1:]])
    return code, out.getvalue(), err.getvalue()


class TestTaking:
    def test_a_backup_is_proved_by_counts_chains_and_rights(self, safe: Safe) -> None:
        assert safe.taken.trial.faults == ()
        proof = safe.taken.proof
        assert proof is not None
        assert safe.files >= 2
        assert (proof.engine, proof.files, proof.counts["berkas"]) == ("postgres", safe.files, safe.files)
        assert proof.counts["officer"] == len(PEOPLE)
        assert proof.lines == proof.counts["paraf"]
        assert proof.documents == proof.counts["blob"] > 5
        assert backup_proof.sha256_of(safe.file) == proof.sha256
        assert backup_keep.latest(safe.ways.to) == proof
        assert list(safe.ways.work.iterdir()) == [], "nothing of the trial is left"

    def test_nobody_else_can_read_it(self, safe: Safe) -> None:
        assert safe.file.stat().st_mode & 0o777 == 0o600
        assert safe.ways.key_file.stat().st_mode & 0o777 == 0o600
        data = safe.file.read_bytes()
        for secret in (NIK, b"HUTAPEA", b"SCRAM-SHA-256", b"PGDMP", b"rina"):
            assert secret not in data

    def test_passwords_come_with_it_so_that_officers_need_no_new_ones(self, safe: Safe) -> None:
        with vault.Reader(safe.file, backup_key.load(safe.ways.key_file)) as reader:
            roles = next(b"".join(parts) for name, parts in reader.members() if name == ROLES_MEMBER).decode()
        assert "CREATE ROLE p_rina;" in roles
        assert "SCRAM-SHA-256$" in next(line for line in roles.splitlines() if line.startswith("ALTER ROLE p_rina"))

    def test_officers_go_on_working_while_it_is_taken(self, server: Made, ways: Ways) -> None:
        stop, done = threading.Event(), []

        def work() -> None:
            while not stop.is_set():
                with closing(su(server)) as officer:
                    officer.execute("set session authorization p_rina")
                    officer.execute("insert into pelita3.ticket(service, key) values ('B', %s)", (new_key(),))
                done.append(1)

        worker = threading.Thread(target=work)
        worker.start()
        try:
            taken = take(server, ways)
        finally:
            stop.set()
            worker.join()
        assert taken.proof is not None, taken.trial.faults
        with closing(su(server)) as root:
            now = root.execute("select count(*) from pelita3.ticket").fetchone()
        assert now is not None
        assert taken.proof.counts["ticket"] < int(str(now[0])), "one picture, and work after it"
        assert len(done) > 2


BROKEN = {
    "a line": (
        "update paraf set note = 'x' where id = 2",
        "update paraf set note = '' where id = 2",
        "RUSAK di baris 2",
    ),
    "a grant": (
        "grant update on berkas to pelita3_officer",
        "revoke update on berkas from pelita3_officer",
        "Relasi pelita3.berkas berubah",
    ),
    "a guard": (
        "alter table paraf disable trigger paraf_frozen",
        "alter table paraf enable trigger paraf_frozen",
        "dimatikan",
    ),
    "a door": (
        "grant connect on database pelita3 to public",
        "revoke connect on database pelita3 from public",
        "PUBLIC",
    ),
}


class TestNotGood:
    def test_what_does_not_verify_is_deleted_and_all_of_it_is_named(
        self, server: Made, safe: Safe, tmp_path: Path
    ) -> None:
        folder = tmp_path / "cadangan"
        folder.mkdir()
        shutil.copy(safe.ways.key_file, tmp_path / backup_key.FILE)
        for beside in (safe.file, backup_keep.proof_of(safe.file)):
            shutil.copy(beside, folder / beside.name)
        with ExitStack() as broken:
            for doing, undoing, _ in BROKEN.values():
                broken.enter_context(changed(server, doing, undoing))
            code, out, err = command(server, tmp_path, "backup")
            assert code == 1
            assert "TIDAK LOLOS" in err
            assert "BAIK" not in out
            for case, (_, _, said) in BROKEN.items():
                assert said in err, case
            with at_work(server):
                sit_down("admin")
                past = evidence.last_check()
                assert past is not None
                assert past.report.bad == 1, "written down where the page shows it"
        assert [p.name for p in folder.iterdir() if p.suffix == ".p3c"] == [safe.file.name], "the old one stays"

    def test_a_server_that_is_down_gives_no_backup(self, ways: Ways) -> None:
        with pytest.raises(Unavailable, match="tidak menjawab"):
            backup.of_server(Place(ways.to, 5), ways, lambda _text: None)
        assert not list(ways.to.glob("*.p3c*"))


class TestNight:
    def test_seal_report_backup_and_verify_by_command(self, server: Made, tmp_path: Path) -> None:
        with writing(server, 1.5):
            code, out, err = command(server, tmp_path, "seal")
        assert code == 0, "the seal waits for whoever is writing: " + err
        with at_work(server):
            sit_down("admin")
            made = seals.newest()
        assert made is not None
        assert f"SEGEL {made.day.isoformat()}  {made.seal}" in out
        assert made.total("measured") > 5, "the server tells how long each line waited for its commit"
        papers = list((tmp_path / "laporan-harian").iterdir())
        assert [p.read_bytes()[:5] for p in papers] == [b"%PDF-"]
        assert command(server, tmp_path, "seal")[:2] == (0, "Tidak ada hari yang perlu disegel.\n")
        code, out, err = command(server, tmp_path, "backup", "--keep", "1,1,1")
        assert code == 0, err
        assert "CADANGAN BAIK" in out
        assert f"segel       {made.day.isoformat()} {made.seal}" in out
        assert "hak akses sama" in out
        code, out, err = command(server, tmp_path, "verify")
        assert code == 0, err
        assert out.endswith(" kartu diperiksa, 0 rusak\n")
        code, out, err = command(server, tmp_path, "report", "--to", str(tmp_path / "lagi.pdf"))
        assert code == 0, err
        assert (tmp_path / "lagi.pdf").stat().st_size > 10_000

    def test_a_line_held_back_in_an_open_transaction_is_told(self, server: Made) -> None:
        with at_work(server):
            file = new_file()
            with closing(su(server)) as officer:
                officer.execute("set session authorization p_rina")
                officer.execute("begin")
                officer.execute("set local lock_timeout = '1s'")
                officer.execute(
                    "insert into pelita3.read_log(berkas_id, what, why) values (%s, 'berkas', 'menahan')", (file.id,)
                )
                with pytest.raises(Unavailable), _backup_role(server):
                    seals.seal_day(seals.today(), new_key())
                officer.execute("rollback")

    def test_the_wait_of_a_held_line_is_measured(self, server: Made) -> None:
        with at_work(server), closing(su(server)) as root:
            file = new_file()
            # As if the line had been signed an hour before its transaction was committed.
            root.execute("set session_replication_role = replica")
            root.execute(
                "update pelita3.paraf set at_us = at_us - 3600000000 where berkas_id = %s and n = 2", (file.id,)
            )
            root.execute("begin")
            root.execute("delete from pelita3.seal where day >= pelita3.today()")
            root.execute("set session_replication_role = origin")
            row = root.execute(
                "insert into pelita3.seal(day, key) values (pelita3.today(), %s) returning id", (new_key(),)
            ).fetchone()
            assert row is not None
            waited = root.execute(
                "select lag_us from pelita3.paraf_lag l join pelita3.paraf p on p.id = l.paraf_id "
                "where p.berkas_id = %s and p.n = 2",
                (file.id,),
            ).fetchone()
            held = root.execute(
                "select many from pelita3.seal_count where seal_id = %s and name = 'held'", (row[0],)
            ).fetchone()
            root.execute("rollback")
            root.execute("set session_replication_role = replica")
            root.execute(
                "update pelita3.paraf set at_us = at_us + 3600000000 where berkas_id = %s and n = 2", (file.id,)
            )
        assert waited is not None
        assert 3_600_000_000 < int(str(waited[0])) < 3_700_000_000
        assert held is not None
        assert int(str(held[0])) >= 1


@contextmanager
def writing(server: Made, seconds: float) -> Iterator[None]:
    """An officer is in the middle of writing for so long."""
    begun = threading.Event()

    def hold() -> None:
        with closing(su(server)) as officer:
            officer.execute("set session authorization p_rina")
            officer.execute("begin")
            officer.execute("insert into pelita3.ticket(service, key) values ('C', %s)", (new_key(),))
            officer.execute("insert into pelita3.read_log(berkas_id, what, why) values (1, 'berkas', 'memeriksa')")
            begun.set()
            time.sleep(seconds)
            officer.execute("commit")

    worker = threading.Thread(target=hold)
    worker.start()
    assert begun.wait(30)
    yield
    worker.join()


@contextmanager
def _backup_role(server: Made) -> Iterator[None]:
    from app.models.peer import use_peer  # noqa: PLC0415 - only this test

    before = base.db.obj
    use_peer(str(server.cluster.sockets), server.cluster.port)
    try:
        with base.connected():
            yield
    finally:
        base.db.initialize(before)


def measured_now(server: Made) -> int:
    """How many lines a seal made at this moment would measure; nothing of it stays."""
    with closing(su(server)) as root:
        root.execute("begin")
        root.execute("set local session_replication_role = replica")
        root.execute("delete from pelita3.seal where day >= pelita3.today()")
        root.execute("delete from pelita3.paraf_lag")
        root.execute("delete from pelita3.sealed_head")
        root.execute("set local session_replication_role = origin")
        row = root.execute(
            "insert into pelita3.seal(day, key) values (pelita3.today(), %s) returning id", (new_key(),)
        ).fetchone()
        assert row is not None
        many = root.execute(
            "select many from pelita3.seal_count where seal_id = %s and name = 'measured'", (row[0],)
        ).fetchone()
        root.execute("rollback")
    assert many is not None
    return int(str(many[0]))


class TestRestoring:
    def test_beside_the_office_and_closed(self, server: Made, safe: Safe) -> None:
        code, out, err = command(server, safe.ways.to.parent, "restore", str(safe.file))
        assert code == 0, err
        assert "masih TERTUTUP: pelita3_pulih" in out
        with closing(server.knock("rina", PASSWORD)):
            pass
        with pytest.raises(psycopg.OperationalError):
            server.knock("rina", PASSWORD, dbname="pelita3_pulih")
        with closing(su(server, "pelita3_pulih")) as root:
            limit = root.execute("select datconnlimit from pg_database where datname = 'pelita3_pulih'").fetchone()
        assert limit == (0,)

    def test_opened_it_takes_the_offices_place_and_the_old_one_stays(self, server: Made, safe: Safe) -> None:
        file, home = safe.file, safe.ways.to.parent
        with at_work(server):
            sit_down(Role.FO)
            lost = new_file()
            sit_down("admin")
            accounts.add_officer(
                accounts.NewOfficer("baru", "Orang Baru", (Role.FO,), PASSWORD, must_change=False), new_key()
            )
        with closing(server.knock("rina", PASSWORD)) as open_session:
            code, out, err = command(server, home, "restore", str(file), "--open")
            assert code == 0, err
            assert "LOLOS dan DIBUKA: pelita3. Yang lama: pelita3_lama_" in out
            with pytest.raises(psycopg.OperationalError):
                open_session.execute("select 1")
        with closing(server.knock("rina", PASSWORD)) as rina:
            assert rina.execute("select count(*) from pelita3.berkas where id = %s", (lost.id,)).fetchone() == (0,)
        with pytest.raises(psycopg.OperationalError, match="not permitted to log in"):
            server.knock("baru", PASSWORD)
        old = out.rpartition("Yang lama: ")[2].strip()
        with closing(su(server, old)) as root:
            assert root.execute("select count(*) from pelita3.berkas where id = %s", (lost.id,)).fetchone() == (1,)
        with at_work(server):
            base.session.actor = "pemasangan"
            written = Restored.get()
            assert written.file_sha256 == backup_proof.sha256_of(file)
        assert measured_now(server) == 0, "what was restored was committed by the restore: its wait is not known"
        code, out, err = command(server, home, "verify")
        assert code == 0, out + err
        code, out = server.admin("server-check")
        assert "Relasi" not in out, out
        with closing(su(server, "postgres")) as root:
            # The other tests find their office as it was.
            root.execute("drop database pelita3 with (force)")
            root.execute(f"alter database {old} rename to pelita3".encode())
            root.execute("alter database pelita3 allow_connections true connection limit -1")
        with closing(server.knock("rina", PASSWORD)):
            pass

    def test_what_does_not_verify_stays_closed(
        self, server: Made, ways: Ways, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        doing, undoing, said = BROKEN["a line"]
        with changed(server, doing, undoing), monkeypatch.context() as blind:
            blind.setattr(evidence, "judge", lambda *_: Verification(whole=True, lines=0))
            taken = take(server, ways)
        assert taken.proof is not None, "a backup that should never have counted"
        code, out, err = command(server, tmp_path, "restore", str(ways.to / taken.proof.file), "--open")
        assert code == 1
        assert "TIDAK LOLOS" in err
        assert said in err
        assert "DIBUKA" not in out
        with pytest.raises(psycopg.OperationalError):
            server.knock("rina", PASSWORD, dbname="pelita3_pulih")
        with closing(server.knock("rina", PASSWORD)) as rina:
            assert rina.execute("select 1").fetchone() == (1,)

    def test_a_backup_of_one_pc_is_not_put_on_a_server(self, server: Made, tmp_path: Path) -> None:
        key = backup_key.make(tmp_path / backup_key.FILE)
        file = tmp_path / "pelita3-20260512-000000.p3c"
        with vault.Writer(file, key) as writer:
            writer.add("keterangan.json", Manifest("sqlite", "0", 0, runner.versions()[-1][0], {}, 0).packed())
        code, _out, err = command(server, tmp_path, "restore", str(file))
        assert code == 1
        assert "satu PC" in err

    def test_an_unprepared_server_is_refused(self, safe: Safe) -> None:
        key = backup_key.load(safe.ways.key_file)
        with Cluster.start(tls=False, fsync=False) as other, pytest.raises(Refused, match="server-init"):
            restore.to_server(safe.file, Place(other.sockets, other.port), key, open_it=False)
