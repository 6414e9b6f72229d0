"""Opening the office's database: private, whole or not at all, and again after the disk had no room."""

from __future__ import annotations

import errno
import socket
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.errors import Refused, Unavailable
from app.models import base
from app.services import accounts
from app.services.opening import Opening, unreachable
from app.sop.pelita3 import PELITA3

ROOT = Path(__file__).resolve().parents[2]
TIGHT = """
import resource, signal, sys
from datetime import UTC, datetime
from pathlib import Path
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
from app.errors import Shown
from app.services.opening import Opening, unreachable
from app.sop.pelita3 import PELITA3
try:
    Opening(Path(sys.argv[1]), PELITA3).open()
except Shown as error:
    print(error.message)
    sys.exit(3)
"""


@pytest.fixture(autouse=True)
def nobody() -> None:
    base.session.actor = ""


def test_a_new_database_is_its_owners_alone_and_waits_for_its_first_start(tmp_path: Path) -> None:
    path = tmp_path / "data" / "kantor.db"
    there = Opening(path, PELITA3)
    there.open()
    try:
        assert path.stat().st_mode & 0o077 == 0
        assert accounts.first_start_needed()
        there.open()  # a second time in the same thread does no harm
    finally:
        there.close()


@pytest.mark.parametrize("address", ["kantor", "https://kantor/pelita3", "postgresql:///pelita3", "postgresql://k:x/p"])
def test_what_is_no_servers_address_is_told_with_an_example(address: str) -> None:
    with pytest.raises(Refused, match="postgresql://server-dukcapil") as caught:
        Opening(address, PELITA3).open()
    assert (caught.value.code, caught.value.field) == ("address", "database")


def test_a_server_that_does_not_answer_is_told() -> None:
    with socket.socket() as nobody_listens:
        nobody_listens.bind(("127.0.0.1", 0))
        port = nobody_listens.getsockname()[1]
        with pytest.raises(Unavailable, match="tidak dapat dihubungi") as caught:
            Opening(f"postgresql://127.0.0.1:{port}/pelita3", PELITA3).open()
    assert caught.value.code == "lost"


def test_a_folder_that_is_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("", encoding="utf-8")
    with pytest.raises(Unavailable, match="tidak dapat dibuka"):
        Opening(tmp_path / "data" / "kantor.db", PELITA3).open()


@pytest.mark.skipif(sys.platform == "win32", reason="the limit that plays the full disk is a Unix one")
@pytest.mark.parametrize("room", [8_192, 40_000, 120_000, 200_000])
def test_a_disk_that_fills_up_while_the_office_is_made_leaves_nothing_half_done(tmp_path: Path, room: int) -> None:
    path = tmp_path / "kantor.db"
    tight = subprocess.run(
        [sys.executable, "-c", TIGHT, path, str(room)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert tight.returncode == 3, tight.stderr
    assert "Penyimpanan" in tight.stdout
    there = Opening(path, PELITA3)
    there.open()
    try:
        assert accounts.first_start_needed(), "with room again it opens as if nothing had happened"
    finally:
        there.close()


def test_a_disk_without_room_for_the_folder_is_told_as_such() -> None:
    assert "Kosongkan ruang" in unreachable(OSError(errno.ENOSPC, "No space left on device")).message


def test_a_lent_clock_is_the_databases_clock_and_another_file_may_follow(tmp_path: Path) -> None:
    then = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
    path = tmp_path / "rusak.db"
    path.write_bytes(b"bukan basis data" * 300)
    there = Opening(path, PELITA3, lambda: then)
    try:
        with pytest.raises(Unavailable, match="bukan basis data"):
            there.open()
        base.db.close()
        there.move(tmp_path / "baru.db")
        there.open()
        assert base.moment(base.session.now_us()) == then
        applied = base.db.execute_sql("select min(applied_us) from schema_version").fetchone()[0]
        assert base.moment(applied) == then
    finally:
        there.close()
