"""The database file: ours or refused, brought up to date with a copy first, whole or not at all."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.errors import Refused, Unavailable
from app.models import base
from app.models.guards import runner
from app.services import accounts, card, papers, queue
from app.services.berkas import head
from app.services.keys import new_key
from app.sop.model import Role
from app.sop.pelita3 import PELITA3
from tests.support import walk
from tests.support.office import OFFICE, PEOPLE, sit_down
from tests.support.ready import At

# How the server's schema is brought up to date: tests/models/test_runner_server.py.
pytestmark = pytest.mark.sqlite_only

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Iterator[Path]:
    """Where the office's file will be."""
    yield tmp_path / "kantor.db"
    base.session.actor = ""
    if base.db.obj is not None:
        base.db.close()


def prepare(path: Path) -> int:
    database = base.open_sqlite(path)
    with base.connected():
        return runner.prepare_sqlite(database, path, PELITA3, NOW)


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def plain(path: Path) -> sqlite3.Connection:
    """The file as a program of somebody else opens it, without our guards in the way."""
    raw = sqlite3.connect(path, isolation_level=None)
    for (name,) in raw.execute("select name from sqlite_master where type = 'trigger'").fetchall():
        raw.execute(f"drop trigger {name}")
    return raw


def test_the_files_are_numbered_without_a_gap() -> None:
    assert [v for v, _ in runner.versions()] == list(range(1, len(runner.versions()) + 1))


def test_every_table_with_rows_of_ours_is_frozen_and_kept(office_db: Path) -> None:
    raw = sqlite3.connect(office_db)
    tables = {n for (n,) in raw.execute("select name from sqlite_master where type = 'table'")}
    triggers = {n for (n,) in raw.execute("select name from sqlite_master where type = 'trigger'")}
    raw.close()
    own = {t for t in tables if not t.startswith("sqlite_")} - {"schema_version", "requirement", "berkas"}
    # What a machine of the hall said last is no record of anything: the next word takes its place.
    own -= {"device_state"}
    missing = {t for t in own if f"{t}_frozen" not in triggers or f"{t}_kept" not in triggers}
    assert not missing
    assert {"berkas_moves", "berkas_kept"} <= triggers


def test_a_new_file_is_brought_up_to_date_and_stays_so(path: Path) -> None:
    assert prepare(path) == runner.versions()[-1][0]
    before = sorted(p.name for p in path.parent.iterdir())
    assert prepare(path) == runner.versions()[-1][0]
    assert sorted(p.name for p in path.parent.iterdir()) == before, "nothing changed, so no copy was made"


def test_the_sop_in_the_file_is_the_programs(path: Path) -> None:
    prepare(path)
    raw = sqlite3.connect(path)
    for table, rows in runner.sop_rows(PELITA3).items():
        assert len(raw.execute(f"select * from {table}").fetchall()) == len(rows) > 0  # noqa: S608  our own names
    raw.close()


def test_a_second_sop_stands_beside_the_first(path: Path) -> None:
    prepare(path)
    revised = replace(PELITA3, number="060/Dukcapil-PDIP/9/2030")
    database = base.open_sqlite(path)
    with base.connected():
        runner.prepare_sqlite(database, path, revised, NOW)
        assert [r[0] for r in database.execute_sql("select number from sop order by number")] == [
            PELITA3.number,
            revised.number,
        ]


@pytest.mark.parametrize(
    "change",
    [
        "update sop_step set to_stage = 'SELESAI' where action = 'terima_kasi'",
        "delete from sop_need where need = 'seen'",
        "insert into sop_who values((select number from sop), 'DI_KADIS', 'tte', 'OFFLINE', 'FO')",
        "update sop set title = 'lain'",
    ],
)
def test_a_table_that_differs_from_the_programs_stops_the_work(path: Path, change: str) -> None:
    prepare(path)
    with closing(plain(path)) as raw:
        raw.execute(change)
    with pytest.raises(Refused, match="Tabel SOP di basis data berbeda") as refusal:
        prepare(path)
    assert refusal.value.code == "sop_differs"


def test_a_newer_database_is_left_alone(path: Path) -> None:
    prepare(path)
    raw = sqlite3.connect(path)
    raw.create_function("now_us", 0, lambda: 0)
    raw.execute("insert into schema_version values(9999, 1, 0)")
    raw.commit()
    raw.close()
    with pytest.raises(Refused, match="lebih baru") as refusal:
        prepare(path)
    assert refusal.value.code == "newer"
    assert not list(path.parent.glob("*-sebelum-*"))


FOREIGN = [
    "create table resep(nama text)",
    "pragma application_id = 252006; create table resep(nama text)",
    "pragma journal_mode = wal; create table resep(nama text)",
    "pragma application_id = 1",
]


@pytest.mark.parametrize("made_by", FOREIGN)
def test_another_programs_database_is_refused_and_not_touched(path: Path, made_by: str) -> None:
    raw = sqlite3.connect(path)
    raw.executescript(made_by)
    raw.close()
    before = digest(path)
    with pytest.raises(Refused, match="bukan basis data PELITA 3") as refusal:
        prepare(path)
    assert refusal.value.code == "foreign"
    assert digest(path) == before


@pytest.mark.parametrize("content", [b"Nama;NIK\n" * 500, b"%PDF-1.7\n" + b"x" * 8192, os.urandom(8192)])
def test_a_file_that_is_no_database_is_said_to_be_none(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(Unavailable, match="bukan basis data PELITA 3"):
        prepare(path)
    assert path.read_bytes() == content


@pytest.mark.parametrize("table", ["entry", "sqlite_schema", "blob"])
def test_a_damaged_database_is_not_worked_on(path: Path, file_at: At, office_db: Path, table: str) -> None:
    assert file_at("DI_KASI").n
    base.db.execute_sql("pragma wal_checkpoint(truncate)")
    root = 1
    if table != "sqlite_schema":
        root = base.db.execute_sql("select rootpage from sqlite_master where name = ?", (table,)).fetchone()[0]
    base.db.close()
    whole, page = bytearray(office_db.read_bytes()), 4096
    # One page suffers, as on a dying disk; on the first one the file's own header stays readable.
    start = (root - 1) * page + (100 if root == 1 else 0)
    whole[start : root * page] = b"\xa5" * (root * page - start)
    path.write_bytes(whole)
    with pytest.raises(Unavailable, match="rusak") as trouble:
        prepare(path)
    assert trouble.value.code == "malformed"


def test_a_file_cut_short_is_not_worked_on(path: Path, office_template: Path) -> None:
    path.write_bytes(office_template.read_bytes()[: 5 * 4096 + 100])
    with pytest.raises(Unavailable, match=r"rusak|bukan basis data"):
        prepare(path)


def test_a_file_of_an_hour_without_anything_in_it_is_new(path: Path) -> None:
    path.touch()
    assert prepare(path) == runner.versions()[-1][0]
    raw = sqlite3.connect(path)
    assert raw.execute("pragma application_id").fetchone()[0] == base.APPLICATION_ID
    raw.close()


def _as_before(path: Path, last: int) -> None:
    """The office as an older program left it: only the first numbered files, no SOP rows yet."""
    database = base.open_sqlite(path)
    with base.connected():
        connection = database.connection()
        runner._version(connection)
        for version, file in runner.versions()[:last]:
            runner._apply(connection, version, file.read_text(encoding="utf-8"))


def test_before_a_change_there_is_a_copy_for_its_owner_only(path: Path) -> None:
    _as_before(path, 3)
    base.session.actor = "pemasangan"
    with base.connected():
        accounts.save_office(replace(OFFICE, city="Dumai"))
    assert prepare(path) == runner.versions()[-1][0]

    copies = list(path.parent.glob("*.db"))
    assert sorted(p.name for p in copies) == ["kantor-sebelum-0004-20261123-010000.db", "kantor.db"]
    copy = next(p for p in copies if "sebelum" in p.name)
    if os.name == "posix":
        assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert not list(path.parent.glob("*.part"))
    raw = sqlite3.connect(copy)
    assert raw.execute("pragma quick_check").fetchone()[0] == "ok"
    assert raw.execute("select max(version) from schema_version").fetchone()[0] == 3
    assert "Dumai" in raw.execute("select data from office").fetchone()[0]
    raw.close()
    with base.connected():
        assert accounts.load_office().city == "Dumai"
        accounts.first_start(OFFICE, PEOPLE, new_key())
        assert walk.new_file().stage.key == "VERIFIKASI", "the office works on after the change"
        base.session.actor = ""


def test_the_copy_itself_can_be_opened_and_brought_up_to_date(path: Path) -> None:
    _as_before(path, 3)
    prepare(path)
    base.db.close()
    copy = next(path.parent.glob("*-sebelum-*"))
    restored = path.with_name("pulih.db")
    shutil.copy(copy, restored)
    assert prepare(restored) == runner.versions()[-1][0]


def test_without_room_for_the_copy_nothing_is_changed(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _as_before(path, 3)
    base.db.close()
    before = digest(path)
    real = sqlite3.connect

    def small(where: Path | str, **options: object) -> sqlite3.Connection:
        made: sqlite3.Connection = real(where, **options)  # type: ignore[call-overload]
        made.execute("pragma max_page_count = 3")
        return made

    database = base.open_sqlite(path)
    with base.connected():
        monkeypatch.setattr(runner.sqlite3, "connect", small)  # type: ignore[attr-defined]
        with pytest.raises(Unavailable, match="Penyimpanan penuh"):
            runner.prepare_sqlite(database, path, PELITA3, NOW)
        monkeypatch.undo()
        assert database.execute_sql("select max(version) from schema_version").fetchone()[0] == 3
    assert digest(path) == before
    assert sorted(p.name for p in path.parent.glob("kantor*") if not re.search("wal|shm", p.name)) == ["kantor.db"]
    assert prepare(path) == runner.versions()[-1][0]


@pytest.mark.parametrize("spare", [0, 2, 6])
def test_a_step_that_does_not_fit_on_the_disk_leaves_no_half_of_it(path: Path, spare: int) -> None:
    _as_before(path, 3)
    database = base.open_sqlite(path)
    with base.connected():
        pages = database.execute_sql("pragma page_count").fetchone()[0]
        database.execute_sql(f"pragma max_page_count = {pages + spare}")
        with pytest.raises(Unavailable, match="Penyimpanan penuh"):
            runner.prepare_sqlite(database, path, PELITA3, NOW)
        database.execute_sql("pragma max_page_count = 1000000")
        reached = database.execute_sql("select max(version) from schema_version").fetchone()[0]
        tables = {
            r[0] for r in database.execute_sql("select name from sqlite_master where type in ('view', 'trigger')")
        }
        assert ("current_entry" in tables) == (reached >= 4)
        assert ("entry_judge" in tables) == (reached >= 5)
        assert database.execute_sql("select count(*) from sop").fetchone()[0] == 0
        assert runner.prepare_sqlite(database, path, PELITA3, NOW) == runner.versions()[-1][0]
        assert database.execute_sql("select count(*) from sop_who").fetchone()[0] > 50


def test_the_sops_rows_are_written_whole_or_not_at_all(path: Path) -> None:
    _as_before(path, len(runner.versions()))
    database = base.open_sqlite(path)
    with base.connected():
        pages = database.execute_sql("pragma page_count").fetchone()[0]
        database.execute_sql(f"pragma max_page_count = {pages + 1}")
        with pytest.raises(Unavailable, match="Penyimpanan penuh"):
            runner.prepare_sqlite(database, path, PELITA3, NOW)
        database.execute_sql("pragma max_page_count = 1000000")
        for table in runner.sop_rows(PELITA3):
            assert database.execute_sql(f"select count(*) from {table}").fetchone()[0] == 0  # noqa: S608  our own names
        runner.prepare_sqlite(database, path, PELITA3, NOW)


def test_the_sops_rows_are_taken_back_where_one_of_them_fails(path: Path) -> None:
    _as_before(path, len(runner.versions()))
    database = base.open_sqlite(path)
    with base.connected():
        database.execute_sql(
            "create trigger power before insert on sop_need begin select raise(abort, 'disk I/O error'); end"
        )
        with pytest.raises(Unavailable, match="tidak dapat ditulis"):
            runner.prepare_sqlite(database, path, PELITA3, NOW)
        assert database.execute_sql("select count(*) from sop_step").fetchone()[0] == 0
        database.execute_sql("drop trigger power")
        runner.prepare_sqlite(database, path, PELITA3, NOW)
        assert database.execute_sql("select count(*) from sop_step").fetchone()[0] > 50


def test_a_read_only_file_says_so_and_loses_nothing(office_db: Path) -> None:
    sit_down(Role.FO)
    base.db.execute_sql("pragma query_only = 1")
    with pytest.raises(Unavailable, match="hanya dapat dibaca"):
        queue.issue(new_key())
    base.db.execute_sql("pragma query_only = 0")
    assert queue.issue(new_key()).ticket.label == "A-001"


@pytest.mark.skipif(os.name != "posix", reason="Windows closes files by other means")
def test_a_file_that_may_not_be_read_is_told(path: Path) -> None:
    path.write_bytes(b"x")
    path.chmod(0)
    root = os.geteuid() == 0
    if root:
        # To root nothing is closed: look with nobody's eyes.
        os.seteuid(65534)
    try:
        with pytest.raises(Unavailable, match="tidak dapat dibuka"):
            base.open_sqlite(path)
    finally:
        if root:
            os.seteuid(0)


def test_a_full_disk_in_the_middle_of_the_work_loses_nothing(file_at: At) -> None:
    file = file_at("DI_KASI")
    kasi = sit_down(Role.KASI)
    pages = base.db.execute_sql("pragma page_count").fetchone()[0]
    base.db.execute_sql(f"pragma max_page_count = {pages}")
    with pytest.raises(Unavailable, match="Penyimpanan penuh"):
        papers.record_seen(kasi, file.id, [(f"{i:064x}", 1) for i in range(400)])
    base.db.execute_sql("pragma max_page_count = 1000000")
    walk.see_all(kasi, file)
    assert walk.act(kasi, file, "paraf_kasi").stage.key == "KE_KABID"
    assert card.verify(file.id).whole


def test_a_copy_made_while_the_office_works_is_whole(file_at: At, office_db: Path, tmp_path: Path) -> None:
    file = file_at("DI_KASI")
    kasi = sit_down(Role.KASI)
    source, copy = sqlite3.connect(office_db), sqlite3.connect(tmp_path / "salinan.db")
    written: list[int] = []

    def meanwhile(_status: int, _left: int, _total: int) -> None:
        if len(written) < 12:
            papers.record_seen(kasi, file.id, [(f"{len(written):064x}", 1)])
            written.append(1)

    source.backup(copy, pages=20, progress=meanwhile)
    assert len(written) > 3
    assert copy.execute("pragma integrity_check").fetchone()[0] == "ok"
    source.close()
    copy.close()
    base.db.close()
    base.open_sqlite(tmp_path / "salinan.db")
    base.db.connect()
    assert card.verify(file.id).whole
    assert head(PELITA3, file.id).n == file.n
