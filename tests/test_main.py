"""The command line, as somebody types it: real processes, plain sentences, no traceback."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from app import __version__
from app.jobs.workshop import Workshop
from app.services import accounts
from app.settings import FILE
from app.sop.model import Role
from tests.support.office import PASSWORD, sit_down
from tests.support.walk import walk_to

ROOT = Path(__file__).resolve().parents[1]
SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


def pelita3(home: Path, *words: str, screen: bool = False) -> subprocess.CompletedProcess[str]:
    """One run of the program with a home of its own."""
    left = {k: v for k, v in os.environ.items() if screen or k not in SCREENS}
    return subprocess.run(
        [sys.executable, "-m", "app", *words],
        cwd=ROOT,
        env={**left, "PELITA3_HOME": str(home), "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"},
        capture_output=True,
        text=True,
        timeout=50,
        check=False,
    )


def refused(done: subprocess.CompletedProcess[str]) -> str:
    """The one line it said; it went wrong kindly."""
    assert done.returncode == 1, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1, done.stderr
    return lines[0]


def test_it_tells_its_version(tmp_path: Path) -> None:
    assert pelita3(tmp_path, "--version").stdout == f"pelita3 {__version__}\n"


def test_an_unknown_command_is_refused_with_the_known_ones(tmp_path: Path) -> None:
    done = pelita3(tmp_path, "demmo")
    assert done.returncode == 2
    assert "mailer" in done.stderr


def test_a_corrupt_database_is_named_and_left_as_it_is(tmp_path: Path) -> None:
    broken = tmp_path / "kantor.db"
    broken.write_bytes(os.urandom(20_000))
    before = broken.read_bytes()
    assert "bukan basis data PELITA 3" in refused(pelita3(tmp_path, "admin", "verify"))
    assert broken.read_bytes() == before


def test_another_programs_database_is_named_and_left_as_it_is(tmp_path: Path) -> None:
    foreign = tmp_path / "kas.db"
    with closing(sqlite3.connect(foreign)) as other, other:
        other.execute("create table kas(jumlah integer)")
    other.close()
    said = refused(pelita3(tmp_path, "--database", str(foreign), "admin", "verify"))
    assert "Pilih berkas lain atau pulihkan dari cadangan" in said
    with closing(sqlite3.connect(foreign)) as other, other:
        assert [row[0] for row in other.execute("select name from sqlite_master")] == ["kas"]
    other.close()


def test_a_database_that_is_not_there_is_not_made_by_looking_at_it(tmp_path: Path) -> None:
    missing = tmp_path / "tidak-ada.db"
    assert "--database" in refused(pelita3(tmp_path, "--database", str(missing), "admin", "verify"))
    assert not missing.exists()


def test_a_servers_evidence_is_looked_after_on_the_server(tmp_path: Path) -> None:
    said = refused(pelita3(tmp_path, "--database", "postgresql://kantor/pelita3", "admin", "verify"))
    assert "Jalankan perintah ini di server" in said


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a screen")
def test_without_a_screen_it_says_what_works(tmp_path: Path) -> None:
    assert "pelita3 demo --headless" in refused(pelita3(tmp_path))


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    blocked = tmp_path / "berkas"
    blocked.write_text("bukan folder", encoding="utf-8")
    assert "tidak dapat dipakai" in refused(pelita3(blocked / "rumah", "admin", "verify"))


def test_verify_reads_every_card_and_finds_a_forged_one(office_db: Path, shop: Workshop, tmp_path: Path) -> None:
    walk_to("VERIFIKASI", shop)
    number = walk_to("VERIFIKASI", shop).number
    good = pelita3(tmp_path, "--database", str(office_db), "admin", "verify")
    assert good.returncode == 0, good.stderr
    assert good.stdout.splitlines()[-1] == "2 kartu diperiksa, 0 rusak"
    with closing(sqlite3.connect(office_db)) as thief, thief:
        thief.execute("drop trigger paraf_frozen")
        thief.execute("update paraf set note = 'diubah' where berkas_id = 2 and n = 2")
    thief.close()
    bad = pelita3(tmp_path, "--database", str(office_db), "admin", "verify")
    assert bad.returncode == 1
    assert f"{number} RUSAK di baris 2" in bad.stdout


class TestMailer:
    def settings(self, home: Path, office_db: Path, password: str, mode: int = 0o600) -> None:
        file = home / "sandi.txt"
        file.write_text(password + "\n", encoding="utf-8")
        file.chmod(mode)
        chosen = {"database": str(office_db), "mailer_login": "pos", "mailer_password_file": str(file)}
        (home / FILE).write_text(json.dumps(chosen), encoding="utf-8")

    def test_it_wants_an_account(self, tmp_path: Path) -> None:
        assert "mailer_login" in refused(pelita3(tmp_path, "mailer", "--once"))

    def test_without_a_keyring_it_names_the_other_way(self, tmp_path: Path) -> None:
        said = refused(pelita3(tmp_path, "mailer", "--once", "--login", "pos"))
        assert "mailer_password_file" in said
        assert "0600" in said

    def test_a_password_file_that_others_can_read_is_refused(self, office_db: Path, tmp_path: Path) -> None:
        self.settings(tmp_path, office_db, PASSWORD, 0o644)
        assert "chmod 600" in refused(pelita3(tmp_path, "mailer", "--once"))

    def test_a_wrong_password_is_refused(self, office_db: Path, tmp_path: Path) -> None:
        self.settings(tmp_path, office_db, "keliru-sekali")
        assert "tidak cocok" in refused(pelita3(tmp_path, "mailer", "--once"))

    def test_an_officer_who_is_no_mailer_is_refused(self, office_db: Path, tmp_path: Path) -> None:
        self.settings(tmp_path, office_db, PASSWORD)
        assert "tidak Anda pegang" in refused(pelita3(tmp_path, "mailer", "--once", "--login", "rina"))

    def test_a_mail_that_cannot_go_is_told_without_a_name_or_an_address(
        self, office_db: Path, shop: Workshop, tmp_path: Path
    ) -> None:
        from app.jobs import delivery  # noqa: PLC0415 - signing loads only for this test
        from app.services.keys import new_key  # noqa: PLC0415 - as above

        file = walk_to("TERTANDA", shop)
        delivery.queue_delivery(shop, sit_down(Role.FO), file.id, new_key())
        accounts.log_out()
        self.settings(tmp_path, office_db, PASSWORD)
        done = pelita3(tmp_path, "mailer", "--once")
        assert done.returncode == 0, done.stderr
        assert "belum diatur" in done.stdout
        assert "@" not in done.stdout
