"""`pelita3 kiosk` as somebody types it: kind refusals, a real kiosk at work, and a watcher that keeps it alive."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app import hall_watch
from app.hall_watch import AGAIN, BEAT, Patience
from app.services import devices
from app.services.devices import Machine
from app.settings import FILE
from app.sop.model import Role
from tests.support.hall import KIOSK, machine
from tests.support.office import PASSWORD, sit_down

ROOT = Path(__file__).resolve().parents[1]
QUICK = Patience(silent=1.0, start=5.0, pauses=(0.01, 0.02), look=0.05)


def environment(home: Path) -> dict[str, str]:
    return {**os.environ, "PELITA3_HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}


def settle(home: Path, office_db: Path, mode: int = 0o600, **more: object) -> None:
    """This computer's settings: the office, the machine's account, its password."""
    secret = home / "sandi-kios.txt"
    secret.write_text(PASSWORD + "\n", encoding="utf-8")
    secret.chmod(mode)
    told = {"database": str(office_db), "device_login": KIOSK, "device_password_file": str(secret), **more}
    (home / FILE).write_text(json.dumps(told), encoding="utf-8")


def refused(home: Path, *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "app", "kiosk", *words],
        cwd=ROOT, env=environment(home), capture_output=True, text=True, timeout=50, check=False,
    )  # fmt: skip
    assert done.returncode == 1, done.stdout + done.stderr
    (said,) = done.stderr.strip().splitlines()
    return said


def test_a_kiosk_without_an_account_is_told_where_to_name_it(tmp_path: Path) -> None:
    assert "Isi device_login di pengaturan" in refused(tmp_path)
    assert "device_password_file" in refused(tmp_path, "--login", KIOSK)


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps rights in lists")
def test_a_password_that_others_can_read_is_refused_in_its_own_words(tmp_path: Path, office_db: Path) -> None:
    settle(tmp_path, office_db, mode=0o644)
    said = refused(tmp_path)
    assert "Berkas sandi mesin dapat dibaca orang lain. Jalankan chmod 600" in said


def test_an_hour_nobody_can_read_is_refused(tmp_path: Path, office_db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settle(tmp_path, office_db, machine_restart="jam tiga")
    monkeypatch.setenv(hall_watch.WATCHED, "1")
    assert "Tulis seperti 03.00" in refused(tmp_path)


def seen() -> list[Machine]:
    sit_down(Role.FO)
    return devices.machines()


def until(there: Callable[[], bool], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not there():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.1)


@pytest.fixture
def running(tmp_path: Path, office_db: Path) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    machine(KIOSK, Role.KIOSK)
    settle(tmp_path, office_db, kiosk_name="Kios pintu utara")
    begun: list[subprocess.Popen[str]] = []

    def run(*words: str) -> subprocess.Popen[str]:
        asked = [sys.executable, "-m", "app", "kiosk", *words]
        begun.append(subprocess.Popen(asked, cwd=ROOT, env=environment(tmp_path), stderr=subprocess.PIPE, text=True))
        return begun[-1]

    yield run
    for process in begun:
        process.terminate()
        process.communicate(timeout=20)


def children(of: int) -> list[int]:
    found = subprocess.run(["ps", "-o", "pid=", "--ppid", str(of)], capture_output=True, text=True, check=False)
    return [int(pid) for pid in found.stdout.split()]


def alive(pid: int) -> bool:
    found = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return bool(found.stdout.strip()) and not found.stdout.startswith("Z")


@pytest.mark.slow
def test_a_kiosk_at_work_says_how_it_is(running: Callable[..., subprocess.Popen[str]]) -> None:
    running("--windowed")
    until(lambda: [m.name for m in seen()] == ["Kios pintu utara"])
    assert seen()[0].state == "OK"


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="asks ps")
def test_a_watched_kiosk_that_dies_comes_back_and_ends_with_its_watcher(
    running: Callable[..., subprocess.Popen[str]],
) -> None:
    watcher = running("--watch", "--windowed")
    until(lambda: bool(seen()))
    (first,) = children(watcher.pid)
    killed_at = datetime.now(UTC)
    os.kill(first, signal.SIGKILL)
    until(lambda: seen()[0].seen > killed_at + timedelta(seconds=0.2))
    (second,) = children(watcher.pid)
    assert second != first
    watcher.terminate()
    watcher.wait(20)
    until(lambda: not alive(second))


# --- the watcher alone -----------------------------------------------------------------------------------------------


def watched(folder: Path, script: str) -> tuple[int, int]:
    """How watching this program ended, and how many lives it had."""
    lives = folder / "lives"
    whole = (
        f"import sys, time\nn = len(open({str(lives)!r}, 'a+').read() or '')\nopen({str(lives)!r}, 'a').write('x')\n"
    )
    whole += f"lives = len(open({str(lives)!r}).read())\n{script}"
    before = signal.getsignal(signal.SIGTERM)
    try:
        code = hall_watch.watch([], QUICK, [sys.executable, "-c", whole])
    finally:
        signal.signal(signal.SIGTERM, before)
    return code, len(lives.read_text(encoding="utf-8"))


def test_a_program_that_staff_end_is_not_begun_again(tmp_path: Path) -> None:
    assert watched(tmp_path, "sys.exit(0)") == (0, 1)


def test_a_command_that_is_not_understood_is_not_repeated(tmp_path: Path) -> None:
    assert watched(tmp_path, "sys.exit(2)") == (2, 1)


def test_after_errors_it_is_begun_again_and_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert watched(tmp_path, "sys.exit(0 if lives == 4 else 70)") == (0, 4)
    assert capsys.readouterr().err.count("berakhir dengan kode 70") == 3


def test_at_night_it_begins_anew_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert watched(tmp_path, f"sys.exit(0 if lives == 2 else {AGAIN})") == (0, 2)
    assert "dijadwalkan" in capsys.readouterr().err


def test_a_program_that_stands_still_is_killed_and_begun_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    script = f"if lives == 2: sys.exit(0)\nprint({BEAT!r}, flush=True)\ntime.sleep(60)"
    assert watched(tmp_path, script) == (0, 2)
    assert "tidak memberi tanda hidup" in capsys.readouterr().err


def test_a_sign_of_life_keeps_it_and_what_it_says_is_handed_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    script = f"for _ in range(15):\n  print({BEAT!r}, flush=True); time.sleep(0.1)\nprint('sudah'); sys.exit(0)"
    assert watched(tmp_path, script) == (0, 1)
    assert capsys.readouterr().out == "sudah\n"


def test_without_a_watcher_there_is_no_beat(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(hall_watch.WATCHED, raising=False)
    hall_watch.beat()
    monkeypatch.setenv(hall_watch.WATCHED, "1")
    hall_watch.beat()
    assert capsys.readouterr().out == f"{BEAT}\n"
