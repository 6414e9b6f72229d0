"""Backups of an office on one PC: taken while it works, tried out, restored beside it; never a false success."""

from __future__ import annotations

import shutil
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

import pytest

from app.__main__ import main
from app.jobs.workshop import Workshop
from app.models import base
from app.models.guards import runner
from app.models.tables_seal import Restored
from app.server import backup_keep, backup_key, vault
from app.server.backup_counts import Manifest
from app.services import evidence
from app.services.chains import Verification
from app.sop.model import Role
from tests.support.office import open_copy
from tests.support.ready import At
from tests.support.tamper import unguarded


@pytest.fixture
def home(office_db: Path, file_at: At, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A PC's data folder with an office in which a file is with the Kasi; its window is closed."""
    file_at("DI_KASI")
    base.db.close()
    monkeypatch.setenv("PELITA3_HOME", str(office_db.parent))
    before = base.db.obj
    yield office_db.parent
    base.db.initialize(before)


def admin(*words: str) -> tuple[int, str, str]:
    """`pelita3 admin WORDS`: exit code, what it said, what it complained of."""
    out, err = StringIO(), StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = main(["admin", *words])
    return code, out.getvalue(), err.getvalue()


def taken(home: Path) -> Path:
    code, out, err = admin("backup")
    assert code == 0, err
    assert out.endswith("CADANGAN BAIK\n")
    return backup_keep.good(home / "cadangan")[0]


def test_a_backup_is_proved_and_says_with_what(home: Path) -> None:
    code, out, err = admin("backup")
    assert code == 0, err
    proof = backup_keep.latest(home / "cadangan")
    assert proof is not None
    assert (proof.engine, proof.files, proof.lines) == ("sqlite", 1, proof.counts["paraf"])
    assert proof.sha256 in out
    assert f"{proof.size} byte" in out
    assert "1 berkas, 7 baris" in out
    assert "BARU" in out, "the first time a key is made and said"
    file = home / "cadangan" / proof.file
    assert b"HUTAPEA" not in file.read_bytes()
    assert list((home / "periksa").iterdir()) == []
    assert "BARU" not in admin("backup")[1]


def test_the_office_may_go_on_working_meanwhile(home: Path) -> None:
    stop, many = threading.Event(), []

    def work() -> None:
        with closing(sqlite3.connect(home / "kantor.db", isolation_level=None)) as office:
            office.execute("drop trigger login_attempt_kept")
            while not stop.is_set():
                office.execute("insert into login_attempt(login, ok, made_us) values ('rina', 1, 1)")
                many.append(1)

    worker = threading.Thread(target=work)
    worker.start()
    try:
        taken(home)
    finally:
        stop.set()
        worker.join()
    assert len(many) > 2


def test_a_broken_office_gives_no_backup_and_the_old_one_stays(home: Path) -> None:
    old = taken(home)
    unguarded(home / "kantor.db", "update paraf set note = 'x' where n = 3")
    code, out, err = admin("backup")
    assert code == 1
    assert "CADANGAN TIDAK LOLOS" in err
    assert "RUSAK di baris 3: Sidik baris" in err
    assert "BAIK" not in out
    assert [p.name for p in (home / "cadangan").glob("*.p3c*")] == [old.name, old.name + ".json"] or (
        {p.name for p in (home / "cadangan").glob("*.p3c*")} == {old.name, old.name + ".json"}
    )


def test_without_its_key_nothing_is_backed_up_under_another_one(home: Path) -> None:
    taken(home)
    (home / backup_key.FILE).unlink()
    code, _out, err = admin("backup")
    assert code == 1
    assert "lembar kunci" in err
    assert not (home / backup_key.FILE).exists()


def test_restored_beside_the_office_and_not_opened(home: Path) -> None:
    file = taken(home)
    before = (home / "kantor.db").read_bytes()
    code, out, err = admin("restore", str(file))
    assert code == 0, err
    assert "masih TERTUTUP" in out
    assert (home / "kantor.db").read_bytes() == before
    assert len(list(home.glob("kantor-pulih-*.db"))) == 1
    assert not list(home.glob("kantor-pulih-*-wal"))


def test_opened_it_takes_the_offices_place_and_the_old_one_stays(home: Path) -> None:
    file = taken(home)
    with closing(sqlite3.connect(home / "kantor.db")) as office, office:
        office.execute("drop trigger login_attempt_kept")
        office.execute("insert into login_attempt(login, ok, made_us) values ('rina', 1, 1)")
    code, out, err = admin("restore", str(file), "--open")
    assert code == 0, err
    assert "LOLOS dan DIBUKA" in out
    [old] = home.glob("kantor-sebelum-pulih-*.db")
    with closing(sqlite3.connect(old)) as office:
        assert office.execute("select count(*) from login_attempt").fetchone() == (1,)
    assert (home / "kantor.db").stat().st_mode & 0o777 == 0o600
    database = base.open_sqlite(home / "kantor.db")
    with base.connected():
        assert Restored.select().count() == 1
        assert evidence.verify_all().whole
    database.close()
    assert admin("verify")[0] == 0


def test_where_there_is_no_office_yet_it_becomes_the_office(home: Path) -> None:
    file = taken(home)
    for lost in home.glob("kantor*.db*"):
        lost.unlink()
    code, out, err = admin("restore", str(file), "--open")
    assert code == 0, err
    assert "Yang lama" not in out
    assert admin("verify")[0] == 0


def test_while_a_window_is_open_nothing_is_put_in_its_place(home: Path, shop: Workshop) -> None:
    file = taken(home)
    database = open_copy(home / "kantor.db", home / "lain.db")
    database.close()
    with closing(sqlite3.connect(home / "kantor.db")) as window:
        window.execute("pragma journal_mode = wal")
        window.execute("select count(*) from berkas").fetchone()
        window.execute("begin")
        window.execute("select count(*) from berkas").fetchone()
        code, _out, err = admin("restore", str(file), "--open")
    assert code == 1
    assert "Tutup semua jendela" in err
    assert admin("verify")[0] == 0


def test_what_does_not_verify_stays_aside(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    unguarded(home / "kantor.db", "update paraf set note = 'x' where n = 3")
    with monkeypatch.context() as blind:
        blind.setattr(evidence, "judge", lambda *_: Verification(whole=True, lines=0))
        file = taken(home)
    before = (home / "kantor.db").read_bytes()
    code, out, err = admin("restore", str(file), "--open")
    assert code == 1
    assert "PEMULIHAN TIDAK LOLOS" in err
    assert "RUSAK di baris 3" in err
    assert "DIBUKA" not in out
    assert (home / "kantor.db").read_bytes() == before
    assert len(list(home.glob("kantor-TIDAK-LOLOS-*.db"))) == 1


@pytest.mark.parametrize("spoil", ["cut", "flip", "key", "gone"])
def test_a_backup_that_cannot_be_read_is_refused_and_touches_nothing(home: Path, spoil: str) -> None:
    file = taken(home)
    before = (home / "kantor.db").read_bytes()
    data = bytearray(file.read_bytes())
    if spoil == "cut":
        file.write_bytes(data[:-100])
    elif spoil == "flip":
        data[len(data) // 2] ^= 1
        file.write_bytes(data)
    elif spoil == "key":
        (home / backup_key.FILE).unlink()
        backup_key.make(home / backup_key.FILE)
    else:
        file.unlink()
    code, out, err = admin("restore", str(file), "--open")
    assert code == 1
    assert "DIBUKA" not in out
    assert "Traceback" not in err
    assert (home / "kantor.db").read_bytes() == before


@pytest.mark.parametrize(("more", "said"), [(1, "lebih baru"), (-1, "lebih lama")])
def test_a_backup_of_another_version_names_the_program(home: Path, more: int, said: str) -> None:
    key = backup_key.make(home / backup_key.FILE)
    file = home / "pelita3-20260512-000000.p3c"
    with vault.Writer(file, key) as writer:
        writer.add("keterangan.json", Manifest("sqlite", "9.9", 0, runner.versions()[-1][0] + more, {}, 0).packed())
    code, _out, err = admin("restore", str(file))
    assert code == 1
    assert said in err
    assert "9.9" in err


def test_an_office_of_an_older_program_is_opened_by_the_program_first(home: Path) -> None:
    with closing(sqlite3.connect(home / "kantor.db")) as office, office:
        for (name,) in office.execute("select name from sqlite_master where type = 'trigger'").fetchall():
            office.execute(f"drop trigger {name}")
        for view in ("sealed_upto", "newly_sealed"):
            office.execute(f"drop view {view}")
        office.execute("drop table seal")
    code, _out, err = admin("backup")
    assert code == 1
    assert "belum diperbarui" in err
    assert not list((home / "cadangan").glob("*.p3c"))


def test_no_office_no_backup(home: Path) -> None:
    code, _out, err = admin("backup")
    assert code == 0, err
    for lost in home.glob("kantor.db*"):
        lost.unlink()
    code, _out, err = admin("backup")
    assert code == 1
    assert "tidak ada" in err


def test_the_key_on_paper_typed_again_opens_the_backup(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = taken(home)
    paper = home / "kunci.pdf"
    code, out, err = admin("backup-key", "--paper", str(paper))
    assert code == 0, err
    assert paper.stat().st_mode & 0o777 == 0o600
    shown = (home / backup_key.FILE).read_text(encoding="utf-8").strip()
    assert shown not in out, "never on the screen"
    (home / backup_key.FILE).unlink()
    monkeypatch.setattr("getpass.getpass", lambda _prompt: shown.lower())
    assert admin("backup-key", "--type")[0] == 0
    assert admin("restore", str(file))[0] == 0
    assert admin("backup-key", "--type")[0] == 1, "a key is never replaced by typing"
    assert admin("backup-key", "--new")[0] == 0


def test_the_program_seals_and_keeps_the_paper(home: Path) -> None:
    code, out, _err = admin("seal")
    assert (code, out) == (0, "Tidak ada hari yang perlu disegel.\n")


def test_retention_is_a_triple(home: Path) -> None:
    code, _out, err = admin("backup", "--keep", "banyak")
    assert code == 1
    assert "7,5,12" in err


def test_role_names_stay_free_of_the_office(home: Path) -> None:
    """The manifest travels inside the encryption: nothing of the counts is beside the file but numbers."""
    file = taken(home)
    beside = backup_keep.proof_of(file).read_text(encoding="utf-8")
    for secret in ("rina", "HUTAPEA", Role.KASI.value):
        assert secret not in beside
    shutil.rmtree(home / "cadangan")
