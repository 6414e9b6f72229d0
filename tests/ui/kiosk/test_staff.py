"""The way in for staff: a long press in the corner, the machine's password, and what only they may do."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import time as hour
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.errors import Refused
from app.models import base
from app.services import devices
from app.services.accounts import Who
from app.sop.model import Role
from app.ui.kiosk import program
from app.ui.kiosk.visit import Stage
from tests.support.hall import KIOSK, at_kiosk
from tests.support.office import PASSWORD, Clock
from tests.ui.kiosk.hall import MORNING, Visitor, visitor

Sit = Callable[[str | Role], Who]


@pytest.fixture
def ended(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """With which code the program ended."""
    codes: list[int] = []
    monkeypatch.setattr(qapp, "exit", codes.append, raising=False)
    return codes


@pytest.fixture
def v(qtbot: QtBot, office_db: Path, clock: Clock, tmp_path: Path) -> Iterator[Visitor]:
    clock.at = MORNING
    at_kiosk()
    with visitor(qtbot, tmp_path, watched=True, restart_at=hour(3, 0)) as made:
        made.start()
        yield made


CORNER, MIDDLE = QPoint(20, 20), QPoint(700, 20)


def hold_corner(v: Visitor, ms: int = 60, at: QPoint = CORNER) -> None:
    v.kiosk.glass._hold.setInterval(40)
    window = v.glass.windowHandle()
    QTest.mousePress(window, Qt.MouseButton.LeftButton, pos=at)
    QTest.qWait(ms)
    QTest.mouseRelease(window, Qt.MouseButton.LeftButton, pos=at)


def enter(v: Visitor, password: str) -> None:
    for letter in password:
        v.kiosk.glass.staff.type(letter)
    v.touch("Masuk")


def test_a_long_press_in_the_corner_asks_for_the_password(v: Visitor) -> None:
    hold_corner(v, ms=0)
    QTest.qWait(60)
    assert v.front() is v.kiosk.glass.home
    hold_corner(v, at=MIDDLE)
    assert v.front() is v.kiosk.glass.home
    hold_corner(v)
    assert v.front() is v.kiosk.glass.staff
    v.touch("Batal")
    assert v.front() is v.kiosk.glass.home


def test_it_works_while_the_server_is_away_and_over_every_card(v: Visitor) -> None:
    v.touch("Panggil petugas")
    hold_corner(v)
    assert v.front() is v.kiosk.glass.staff
    v.kiosk.link.lost(Refused("Akun ini sedang tidak aktif.", code="inactive"))
    enter(v, PASSWORD)
    assert v.key("Tutup kios").isVisible()


def test_the_glass_keyboard_types_every_password(v: Visitor) -> None:
    hold_corner(v)
    for word in ("r", "ABC", "Q", "#+=", "!", "abc", "7", "Hapus", "x"):
        v.touch(word)
    assert v.kiosk.glass.staff.typed == "rQ!x"


def test_a_keyboard_that_was_plugged_in_types_for_staff_only(v: Visitor) -> None:
    window = v.glass.windowHandle()
    hold_corner(v)
    for letter in PASSWORD + "x":
        QTest.keyClick(window, letter)  # type: ignore[call-overload]  # the stubs know keys of windows by code only
        QTest.qWait(60)
    QTest.keyClick(window, Qt.Key.Key_Backspace)
    assert v.kiosk.glass.staff.typed == PASSWORD
    QTest.keyClick(window, Qt.Key.Key_Return)
    assert v.key("Kembali melayani").isVisible()
    QTest.keyClick(window, Qt.Key.Key_Escape)
    v.touch("Kembali melayani")
    hold_corner(v)
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert v.front() is v.kiosk.glass.home


def test_wrong_passwords_close_the_corner_for_a_while(v: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    hold_corner(v)
    for _ in range(program.TRIES):
        enter(v, "salah")
        assert v.kiosk.glass.staff._said == "Sandi tidak cocok."
    enter(v, PASSWORD)
    assert v.kiosk.glass.staff._said == "Terlalu banyak percobaan. Coba lagi 5 menit lagi."
    later = time.monotonic() + program.LOCKED
    monkeypatch.setattr(time, "monotonic", lambda: later)
    enter(v, PASSWORD)
    assert v.key("Kembali melayani").isVisible()


def test_a_password_file_that_is_gone_is_told(v: Visitor) -> None:
    hold_corner(v)

    def gone() -> str:
        raise Refused("Berkas sandi mesin tidak dapat dibuka.")

    object.__setattr__(v.setup, "password", gone)
    enter(v, PASSWORD)
    assert v.kiosk.glass.staff._said == "Berkas sandi mesin tidak dapat dibuka."


def test_the_menu_tells_how_the_machine_is(v: Visitor) -> None:
    v.roll.trouble = "Kertas habis. Pasang gulungan baru."
    v.touch("Akta perceraian")
    v.touch("Umum")
    hold_corner(v)
    enter(v, PASSWORD)
    lines = v.kiosk.glass.staff._facts.lines
    assert "akun kios-lobi" in lines[0]
    assert lines[1] == "Server: tersambung"
    assert "Belum tercetak: A-001" in lines[2]
    assert lines[3] == "Layar 1366 × 768, 21,5 inci: tombol terkecil 28 mm"
    v.roll.trouble = ""
    v.touch("Cetak ulang yang belum tercetak (1)")
    assert v.roll.titles == ["tiket A-001"]


def test_a_screen_too_small_for_fingers_is_told(v: Visitor) -> None:
    object.__setattr__(v.setup, "inches", 9)
    v.kiosk.glass.m = type(v.kiosk.glass.m)(1366, 768, 9)
    assert "terlalu kecil" in v.kiosk._facts().lines[3]


def test_staff_close_it_and_counters_read_that_it_was_meant(v: Visitor, who: Sit, ended: list[int]) -> None:
    hold_corner(v)
    enter(v, PASSWORD)
    v.touch("Tutup kios", wait=False)
    v.bot.waitUntil(lambda: bool(ended))
    assert ended == [0]
    who(Role.FO)
    (found,) = devices.machines()
    assert (found.state, found.detail) == ("OFF", "Dimatikan petugas")
    base.session.actor = KIOSK


def test_staff_close_it_while_the_server_is_away(v: Visitor, ended: list[int]) -> None:
    v.kiosk.link.lost(Refused("Akun ini sedang tidak aktif.", code="inactive"))
    v.kiosk._close()
    assert ended == [0]


def test_staff_begin_it_anew(v: Visitor, ended: list[int]) -> None:
    hold_corner(v)
    enter(v, PASSWORD)
    v.touch("Mulai ulang", wait=False)
    assert ended == [program.AGAIN]


def test_alone_it_can_only_go_back_to_its_start(v: Visitor, ended: list[int]) -> None:
    object.__setattr__(v.setup, "watched", False)
    hold_corner(v)
    enter(v, PASSWORD)
    v.touch("Mulai ulang")
    assert not ended
    assert v.front() is v.kiosk.glass.home


# --- the night, and errors of our own ------------------------------------------------------------------------------


def test_at_night_it_begins_anew_but_not_under_a_visitors_hand(v: Visitor, clock: Clock, ended: list[int]) -> None:
    night = MORNING.replace(hour=3, minute=0) + timedelta(days=1)
    clock.at = night
    v.kiosk.visit.stage = Stage.PAPER
    v.kiosk.visit._left = 99
    v.pass_seconds(1)
    assert not ended
    v.kiosk.visit.home()
    v.pass_seconds(1)
    assert ended == [program.AGAIN]


def test_a_kiosk_that_has_just_begun_stays(v: Visitor, clock: Clock, ended: list[int]) -> None:
    clock.at = MORNING.replace(hour=3, minute=0) + timedelta(days=1)
    v.kiosk._began = clock.at - timedelta(minutes=2)
    v.pass_seconds(1)
    assert not ended


@pytest.mark.parametrize("watched", [True, False])
def test_an_error_of_ours_is_written_down_and_the_visitor_sees_the_start(
    v: Visitor, ended: list[int], watched: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    object.__setattr__(v.setup, "watched", watched)
    v.touch("Akta perceraian")
    error = ValueError("BUDI SANTOSO")
    v.kiosk._caught(ValueError, error, None)
    assert ended == ([program.BROKEN] if watched else [])
    assert watched or v.front() is v.kiosk.glass.home
    (written,) = (v.setup.workshop.folder / "laporan").glob("*.txt")
    assert "BUDI" not in written.read_text("utf-8") + capsys.readouterr().err


def test_ctrl_c_ends_it(v: Visitor, ended: list[int]) -> None:
    v.kiosk._caught(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert ended == [130]


# --- coming in ------------------------------------------------------------------------------------------------------


def test_a_refused_account_says_so_to_it_and_tries_again_patiently(
    qtbot: QtBot, office_db: Path, clock: Clock, tmp_path: Path
) -> None:
    clock.at = MORNING
    at_kiosk()
    with visitor(qtbot, tmp_path) as v:
        v.password = "bukan-sandinya"
        v.start()
        assert v.said.startswith("Silakan ambil nomor di meja petugas. Kios ini belum siap dipakai.")
        assert "tidak cocok" in v.said
        assert v.kiosk.link._looks.interval() == 60_000
        v.scan("MPP-42")
        v.password = PASSWORD
        v.kiosk.link.look()
        v.wait()
        assert v.front() is v.kiosk.glass.home
        assert v.kiosk.link._looks.interval() == 5_000


def test_the_first_second_says_that_it_is_coming(qtbot: QtBot, office_db: Path, tmp_path: Path) -> None:
    at_kiosk()
    with visitor(qtbot, tmp_path) as v:
        v.kiosk.visit.base()
        assert v.kiosk.glass.notice.accessibleName() == "Kios sedang disiapkan. Mohon tunggu sebentar."


def test_another_size_is_measured_anew_and_the_visitor_is_at_the_start(v: Visitor) -> None:
    v.touch("Akta perceraian")
    v.glass.resize(1080, 1920)
    v.wait()
    assert v.kiosk.glass.m.portrait
    assert v.front() is v.kiosk.glass.home
    v.touch("Akta perceraian")
    v.touch("Umum")
    assert v.said.startswith("Nomor A-001")
    hold_corner(v)
    assert v.front() is v.kiosk.glass.staff
