"""The program as a whole on glass: in, lock, another role, out, and what stands there when nothing can be opened."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from app.models import base
from app.services import accounts
from app.sop.model import Role
from app.ui import theme
from app.ui.login_more import RoleStep
from app.ui.login_steps import PasswordStep
from app.ui.no_office import STEPS, NoOffice, kind_of
from app.ui.pages.first_start import FirstStart
from app.ui.pages.login import LoginWindow
from app.ui.registry import specs
from app.ui.shell import PAGES
from tests.support.office import sit_down
from tests.ui.pc import Pc


@pytest.fixture
def pc(qtbot: QtBot, office_db: Path, tmp_path: Path) -> Iterator[Pc]:
    made = Pc(qtbot, tmp_path, office_db)
    yield made
    made.end()


@pytest.mark.parametrize(
    ("login", "role"),
    [
        ("rina", "FO"),
        ("yuni", "EDITOR"),
        ("zulfikar", "KASI"),
        ("meri", "KABID"),
        ("nurlaila", "KADIS"),
        ("admin", "ADMIN"),
    ],
)
def test_every_role_gets_its_own_pages_in_the_one_shell(pc: Pc, login: str, role: str) -> None:
    pc.start()
    pc.enter(login)
    rail = [place.key for place in pc.shell.rail.places]
    known = specs()
    assert rail == [key for key in (*PAGES[role], "bantuan") if known[key].in_rail]
    assert pc.kept == {"last_login": login}


def test_a_locked_screen_hides_everything_and_gives_it_back(pc: Pc) -> None:
    pc.start()
    pc.enter("rina")
    shell = pc.shell
    shell.navigate("bantuan")
    open_dialog = QDialog(shell)
    open_dialog.open()
    pc.program.lock()
    pc.program.lock()
    assert pc.login.step is not None
    assert not open_dialog.isVisible(), "what a dialog shows is nobody's business now"
    assert not shell.isVisible()
    pc.enter("rina")
    assert pc.front is shell
    assert shell.current_page() is shell.page("bantuan"), "everything is as it was left"
    assert open_dialog.isVisible()
    open_dialog.close()


def test_a_wrong_password_leaves_the_screen_locked(pc: Pc) -> None:
    pc.start()
    pc.enter("rina")
    pc.program.lock()
    step = pc.login.step
    assert isinstance(step, PasswordStep)
    step.password.input.set_value("keliru")
    step.go.press()
    pc.wait()
    assert isinstance(pc.front, LoginWindow)


def test_another_role_is_another_shell_and_esc_keeps_the_old_one(pc: Pc) -> None:
    sit_down(Role.ADMIN)
    accounts.assign("rina", Role.EDITOR, base.new_key())
    accounts.log_out()
    pc.start()
    pc.enter("rina")
    step = pc.login.step
    assert isinstance(step, RoleStep)
    step.go.press()
    pc.wait()
    first = pc.shell
    assert first.desk.who.role is Role.FO
    pc.program.change_role()
    pc.wait()
    QTest.keyClick(pc.login.step, Qt.Key.Key_Escape)  # type: ignore[arg-type]  # a role step is on
    pc.wait()
    assert pc.front is first
    pc.program.change_role()
    pc.wait()
    QTest.keyClick(pc.login.step, Qt.Key.Key_Down)  # type: ignore[arg-type]  # as above
    QTest.keyClick(pc.login.step, Qt.Key.Key_Return)  # type: ignore[arg-type]  # as above
    pc.wait()
    assert pc.shell is not first
    assert pc.shell.desk.who.role is Role.EDITOR


def test_leaving_frees_the_keyboard_for_the_next_officer(pc: Pc) -> None:
    pc.start()
    pc.enter("rina")
    pc.program.log_out()
    pc.wait()
    assert base.session.actor == ""
    pc.enter("zulfikar")
    assert pc.shell.desk.who.role is Role.KASI


def test_theme_and_size_are_remembered_for_this_computer(pc: Pc) -> None:
    pc.start()
    pc.enter("rina")
    QTest.keyClick(pc.shell, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    pc.wait()
    assert theme.is_dark()
    assert pc.kept["dark"] is True


def test_a_folder_that_cannot_be_written_is_told_and_stops_nobody(pc: Pc) -> None:
    def full(_changes: Mapping[str, Any]) -> None:
        raise OSError(28, "No space left on device")

    pc.program.computer = replace(pc.program.computer, remember=full)
    pc.start()
    pc.enter("rina")
    pc.program._remember(dark=True)
    pc.wait()
    assert "tidak dapat disimpan" in pc.shell.toast.text()


def test_the_mail_lamp_says_what_is_known_and_no_more(pc: Pc) -> None:
    pc.start()
    pc.enter("rina")
    assert pc.shell.status.lamp("mail") == ("Surel belum diatur", "warn")


def test_an_office_that_does_not_exist_yet_is_set_up_first(qtbot: QtBot, tmp_path: Path) -> None:
    base.session.actor = ""
    there = Pc(qtbot, tmp_path, tmp_path / "data" / "kantor.db")
    there.start()
    assert isinstance(there.front, FirstStart)
    assert (tmp_path / "data" / "kantor.db").stat().st_mode & 0o077 == 0
    there.program.frame.close()


class TestUnopened:
    """The window never breaks on a database it cannot use: it says what is safe and what to do."""

    @pytest.fixture
    def before(self, qtbot: QtBot, tmp_path: Path) -> Iterator[Callable[[Path], Pc]]:
        made: list[Pc] = []

        def start(database: Path) -> Pc:
            made.append(Pc(qtbot, tmp_path, database))
            made[0].start()
            return made[0]

        yield start
        for one in made:
            one.program.frame.close()

    def said(self, pc: Pc) -> str:
        assert isinstance(pc.front, NoOffice), pc.front
        return pc.front.said.text()

    def test_a_corrupt_file(self, before: Callable[[Path], Pc], tmp_path: Path) -> None:
        file = tmp_path / "kantor.db"
        file.write_bytes(os.urandom(9000))
        pc = before(file)
        assert "Pilih berkas lain atau pulihkan dari cadangan" in self.said(pc)
        assert isinstance(pc.front, NoOffice)
        assert str(file) in pc.front.report()

    def test_a_file_with_a_broken_middle(
        self, before: Callable[[Path], Pc], office_template: Path, tmp_path: Path
    ) -> None:
        file = tmp_path / "kantor.db"
        data = bytearray(office_template.read_bytes())
        data[8192:60_000] = os.urandom(60_000 - 8192)
        file.write_bytes(data)
        assert "rusak" in self.said(before(file))

    def test_another_programs_file_and_then_the_right_one(
        self, before: Callable[[Path], Pc], office_template: Path, tmp_path: Path
    ) -> None:
        foreign = tmp_path / "kas.db"
        with closing(sqlite3.connect(foreign)) as other, other:
            other.execute("create table kas(jumlah integer)")
        other.close()
        right = tmp_path / "kantor-cadangan.db"
        right.write_bytes(office_template.read_bytes())
        pc = before(foreign)
        assert "bukan basis data PELITA 3" in self.said(pc)
        assert isinstance(pc.front, NoOffice)
        pc.front.other.emit(right)
        pc.wait()
        pc.enter("rina")
        assert pc.shell.desk.who.login == "rina"

    def test_a_newer_programs_file(self, before: Callable[[Path], Pc], office_template: Path, tmp_path: Path) -> None:
        file = tmp_path / "kantor.db"
        file.write_bytes(office_template.read_bytes())
        with closing(sqlite3.connect(file)) as newer, newer:
            newer.execute("insert into schema_version values(9999, 1, 0)")
        newer.close()
        assert "versi baru" in self.said(before(file))

    def test_a_folder_instead_of_a_file(self, before: Callable[[Path], Pc], tmp_path: Path) -> None:
        folder = tmp_path / "kantor.db"
        folder.mkdir()
        assert "tidak dapat dibuka" in self.said(before(folder))

    def test_a_disk_without_room(self, before: Callable[[Path], Pc]) -> None:
        """/dev/full takes no byte, like a full disk."""
        if not Path("/dev/full").exists():
            pytest.skip("no /dev/full on this system")
        pc = before(Path("/dev/full"))
        assert isinstance(pc.front, NoOffice)

    def test_every_kind_of_trouble_has_its_next_step(self) -> None:
        assert kind_of("file is not a database") == "foreign"
        assert kind_of("disk i/o error") == "disk is full"
        assert kind_of("something new") == "access"
        assert all(safe and then for safe, then in STEPS.values())
