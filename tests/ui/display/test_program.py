"""The hall's screen as a program: it comes up without anybody, shows calls at once, and outlives whatever happens."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from datetime import time as clock_time
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.errors import Unavailable
from app.models import base
from app.services import devices, hall, queue
from app.services.keys import new_key
from app.settings import FILE
from app.sop.model import Role
from app.sop.queue import State as TicketState
from app.ui.display import program
from app.ui.display.program import Display
from app.ui.display.scene import Mood, Row, Scene
from app.ui.display.setup import Setup
from tests.support.hall import TV, machine
from tests.support.office import PASSWORD, Clock, sit_down
from tests.support.sound import OUTPUT, SoundServer

ROOT = Path(__file__).resolve().parents[3]


class Screen:
    """A screen in a test, and the officer at counter 3 who calls from elsewhere."""

    def __init__(self, qtbot: QtBot, setup: Setup, **pace: int) -> None:
        self.bot = qtbot
        self.display = Display(setup, **{"retry_ms": 100, "report_ms": 100} | pace)

    @property
    def scene(self) -> Scene:
        found = self.display.wall.scene
        assert found is not None
        return found

    def shows(self, what: Callable[[Scene], bool], timeout: int = 8000) -> None:
        self.bot.waitUntil(lambda: what(self.scene), timeout=timeout)

    def start(self) -> None:
        self.display.start()
        self.shows(lambda s: s.mood is not Mood.AWAY)


@contextmanager
def officer(login: str = "rina") -> Iterator[None]:
    before = base.session.actor
    sit_down(login)
    try:
        yield
    finally:
        base.session.actor = before


@pytest.fixture
def setup(office_db: Path, tmp_path: Path) -> Setup:
    machine(TV, Role.DISPLAY)
    return Setup(
        folder=tmp_path, login=TV, password=lambda: PASSWORD, windowed=True, muted=True, database=office_db,
        open_office=lambda: base.db.connect(reuse_if_open=True) and None,
        close_office=lambda: base.db.close() and None,
    )  # fmt: skip


@pytest.fixture
def screen(qtbot: QtBot, setup: Setup) -> Iterator[Callable[..., Screen]]:
    made: list[Screen] = []

    def start(**other: object) -> Screen:
        made.append(Screen(qtbot, replace(setup, **other)))  # type: ignore[arg-type]  # fields of Setup
        return made[-1]

    yield start
    for one in made:
        one.display.close()
        one.display.wall.hide()
        one.display.wall.deleteLater()
        one.display.deleteLater()


Make = Callable[..., Screen]


def test_it_logs_in_by_itself_and_shows_a_call_within_a_second(screen: Make) -> None:
    tv = screen()
    tv.start()
    assert tv.scene.head in {"Antrean kosong", "Loket tutup", "Loket belum buka"}
    with officer():
        queue.issue(new_key())
        began = time.monotonic()
        queue.call_next("Loket 3", new_key())
    tv.shows(lambda s: s.main == Row("A-001", "Loket", "3"))
    assert time.monotonic() - began < 1.5
    assert tv.display.wall.lit


def test_a_name_is_nowhere_on_it(screen: Make) -> None:
    tv = screen()
    tv.start()
    with officer():
        queue.issue(new_key())
        queue.call_next("Loket 3", new_key())
    tv.shows(lambda s: s.main is not None)
    words = repr(tv.scene)
    assert "Rina" not in words
    assert "rina" not in words


def test_it_waits_for_a_database_that_is_not_there_and_makes_none(screen: Make, tmp_path: Path) -> None:
    missing = tmp_path / "nanti.db"
    tv = screen(database=missing)
    tv.display.start()
    tv.shows(lambda s: "nanti.db" in s.lines[-1])
    assert tv.scene.mood is Mood.AWAY
    QTest.qWait(300)
    assert not missing.exists()
    missing.write_bytes(b"")  # the file system is mounted now
    tv.shows(lambda s: s.mood is not Mood.AWAY)


def test_a_wrong_password_is_said_and_tried_again(screen: Make) -> None:
    known = ["keliru-sekali"]
    tv = screen(password=lambda: known[0])
    tv.display.start()
    tv.shows(lambda s: "tidak cocok" in s.lines[-1])
    known[0] = PASSWORD
    tv.shows(lambda s: s.mood is not Mood.AWAY)


def test_an_officers_account_is_no_screens(screen: Make) -> None:
    tv = screen(login="rina")
    tv.display.start()
    tv.shows(lambda s: "bukan akun Layar TV" in s.lines[-1])


def test_data_that_stays_away_is_dated_and_what_stood_there_stays(
    screen: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(program, "LATE", 0.4)
    monkeypatch.setattr(program, "LOOK_MS", 100)
    tv = screen()
    tv.start()
    with officer():
        queue.issue(new_key())
        queue.issue(new_key())
        first = queue.call_next("Loket 3", new_key())
    tv.shows(lambda s: s.main is not None and not s.data)
    real, broken = hall._calls, [True]

    def calls() -> tuple[tuple[hall.Call, ...], tuple[hall.Call, ...]]:
        if broken[0]:
            raise Unavailable("Server terlalu lama menjawab.", code="timeout")
        return real()

    monkeypatch.setattr(hall, "_calls", calls)
    tv.shows(lambda s: s.data.startswith("data "))
    assert tv.scene.main == Row("A-001", "Loket", "3")
    with officer():
        queue.done(first.id, "Loket 3", new_key())
        queue.call_next("Loket 3", new_key())
    broken[0] = False
    tv.shows(lambda s: not s.data and s.main == Row("A-002", "Loket", "3"))
    assert tv.scene.others == (Row("A-001", "Loket", "3"),), "all that happened meanwhile is there"


def test_a_bug_in_reading_does_not_blind_it(
    screen: Make, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, qtbot: QtBot
) -> None:
    monkeypatch.setattr(program, "LOOK_MS", 100)
    tv = screen()
    tv.start()
    real, bad = hall._calls, [True]

    def calls() -> tuple[tuple[hall.Call, ...], tuple[hall.Call, ...]]:
        if bad:
            bad.clear()
            raise KeyError("rina")
        return real()

    with qtbot.capture_exceptions() as caught:
        tv.display.take_bugs()
        monkeypatch.setattr(hall, "_calls", calls)
        qtbot.waitUntil(lambda: not bad)
        before = tv.display._seen_at
        qtbot.waitUntil(lambda: tv.display._seen_at > before)
    assert caught is not None
    reports = list((tmp_path / "laporan").glob("kesalahan-*.txt"))
    assert len(reports) == 1
    assert "rina" not in reports[0].read_text("utf-8"), "a report quotes nobody"


def test_under_a_watcher_a_bug_begins_anew(screen: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    ended: list[int] = []
    monkeypatch.setattr(QCoreApplication, "exit", ended.append)
    tv = screen(watched=True, broken=70)
    tv.display._bug(KeyError, KeyError("x"), None)
    assert ended == [70]


def test_it_gives_signs_of_life_and_begins_anew_at_night(
    screen: Make, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    ended: list[int] = []
    beats: list[int] = []
    monkeypatch.setattr(QCoreApplication, "exit", ended.append)
    tv = screen(beat=lambda: beats.append(1), restart_at=clock_time(3), again=75)
    ends = tv.display._ends_at
    assert ends is not None
    assert timedelta(hours=1) <= ends - datetime.now(UTC) <= timedelta(hours=25)
    assert (ends.hour, ends.minute) == (3, 0)
    tv.display.start()
    qtbot.waitUntil(lambda: len(beats) >= 3)
    assert ended == []
    tv.display._ends_at = datetime.now(UTC)
    qtbot.waitUntil(lambda: ended == [75])


# --- what counters hear of it ----------------------------------------------------------------------------------------


def machines() -> dict[str, tuple[str, str]]:
    with officer():
        return {m.name: (m.state, m.detail) for m in devices.machines()}


def test_counters_see_it_with_its_troubles_and_when_it_is_switched_off(screen: Make, qtbot: QtBot) -> None:
    tv = screen(inches=32, metres=12)
    tv.start()
    qtbot.waitUntil(lambda: "TV lobi" in machines())
    state, detail = machines()["TV lobi"]
    assert state == "LOOK"
    assert "Suara dimatikan" in detail
    assert "Kursi terjauh 12 m, terbaca sampai" in detail
    tv.display.close()
    assert machines()["TV lobi"] == ("OFF", "Layar dimatikan di komputernya")


def test_a_screen_that_speaks_is_fine(screen: Make, sound_server: SoundServer, qtbot: QtBot) -> None:
    tv = screen(muted=False, sound=OUTPUT)
    tv.start()
    qtbot.waitUntil(lambda: machines().get("TV lobi", ("", ""))[0] == "OK", timeout=10_000)
    assert tv.scene.sound == ""
    with sound_server.recorded(OUTPUT) as heard:
        with officer():
            queue.issue(new_key())
            called = queue.call_next("Loket 3", new_key())
        tv.shows(lambda s: s.main is not None)
        caller = tv.display.caller
        assert caller is not None
        qtbot.waitUntil(lambda: caller._until is not None)
        with officer():
            queue.start(called.id, "Loket 3", new_key())
        qtbot.waitUntil(lambda: caller._until is None, timeout=15_000)
        QTest.qWait(1500)
    assert 5 < heard().seconds < 9, "said once: its owner sat down while it was said"


def test_without_sound_it_says_so_and_goes_on(screen: Make, no_sound: None, qtbot: QtBot) -> None:
    tv = screen(muted=False)
    tv.start()
    tv.shows(lambda s: s.sound == "tanpa suara")
    qtbot.waitUntil(lambda: machines().get("TV lobi", ("", ""))[0] == "LOOK")
    assert "Tanpa suara: Komputer ini tidak punya keluaran suara." in machines()["TV lobi"][1]
    with officer():
        queue.issue(new_key())
        queue.call_next("Loket 3", new_key())
    tv.shows(lambda s: s.main == Row("A-001", "Loket", "3"))


def test_broken_recordings_of_the_office_are_told_and_the_shipped_voice_speaks(
    screen: Make, no_sound: None, tmp_path: Path, qtbot: QtBot
) -> None:
    tv = screen(muted=False, own_voice=tmp_path / "rekaman")
    tv.start()
    caller = tv.display.caller
    assert caller is not None
    qtbot.waitUntil(lambda: bool(caller.note))
    caller._trouble = ""
    assert "rekaman" in tv.display.health()[1]


# --- time ------------------------------------------------------------------------------------------------------------


def test_a_quiet_hall_is_dimmed_by_the_clock_alone(screen: Make, clock: Clock) -> None:
    clock.at = datetime(2026, 5, 12, 3, 36, tzinfo=UTC)
    with officer():
        queue.issue(new_key())
        called = queue.call_next("Loket 3", new_key())
        queue.start(called.id, "Loket 3", new_key())
    tv = screen()
    tv.start()
    assert tv.scene.mood is Mood.CALLING
    clock.at += timedelta(seconds=61)
    tv.shows(lambda s: s.mood is Mood.LAST)
    assert tv.scene.clock == "10.37"
    assert tv.display.hall is not None
    assert tv.display.hall.calls[0].state is TicketState.SERVING


# --- the whole program, in processes of its own ----------------------------------------------------------------------


@pytest.mark.slow
def test_killed_it_is_back_by_itself(office_db: Path, tmp_path: Path) -> None:
    machine(TV, Role.DISPLAY)
    home = tmp_path / "tv"
    home.mkdir()
    secret = home / "sandi.txt"
    secret.write_text(PASSWORD, encoding="utf-8")
    secret.chmod(0o600)
    chosen = {"database": str(office_db), "device_login": TV, "device_password_file": str(secret)}
    (home / FILE).write_text(json.dumps(chosen), encoding="utf-8")
    env = {**os.environ, "PELITA3_HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}
    watcher = subprocess.Popen(
        [sys.executable, "-m", "app", "display", "--watch", "--mute"], cwd=ROOT, env=env,
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        first = seen_after(datetime.min.replace(tzinfo=UTC))
        child = int(
            subprocess.run(
                ["pgrep", "-P", str(watcher.pid)], capture_output=True, text=True, check=True
            ).stdout.split()[0]
        )
        os.kill(child, signal.SIGKILL)
        seen_after(first + timedelta(seconds=1))
    finally:
        watcher.terminate()
        watcher.communicate(timeout=10)


def seen_after(when: datetime) -> datetime:
    """When the screen was heard of after that moment; it has a while to come up."""
    end = time.monotonic() + 40
    while time.monotonic() < end:
        with officer():
            found = [m.seen for m in devices.machines() if m.seen > when]
        if found:
            return found[0]
        time.sleep(0.2)
    raise AssertionError("it did not come back")


def test_who_waits_is_read_again_though_nobody_calls(screen: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(program, "WHOLE", 0.3)
    tv = screen()
    tv.start()
    with officer():
        queue.issue(new_key())
    tv.shows(lambda s: [i.count for i in s.strip] == ["1 orang"])
    with officer():
        queue.issue(new_key(), priority=True)
    tv.shows(lambda s: [(i.letter, i.count) for i in s.strip] == [("A", "1 orang"), ("P", "1 orang")])
