"""Getting in: the right password, the right hat, and every way it can be refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.errors import Unavailable
from app.models import base
from app.services import accounts
from app.services.accounts import Who
from app.sop.calendar import WIB
from app.sop.model import Role
from app.sop.pelita3 import PELITA3
from app.ui.login_more import ChangeStep, RoleStep
from app.ui.login_steps import PasswordStep
from app.ui.pages.login import LoginWindow
from app.ui.tasks import Tasks
from tests.support.office import PASSWORD, Clock, sit_down


class Door:
    """Somebody before the log-in, with a keyboard."""

    def __init__(self, qtbot: QtBot, tasks: Tasks, window: LoginWindow) -> None:
        self.bot, self.tasks, self.window = qtbot, tasks, window
        self.entered: list[Who] = []
        window.entered.connect(self.entered.append)
        qtbot.addWidget(window)
        window.resize(1366, 768)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        window.setFocus()

    def wait(self) -> None:
        QTest.qWait(1)
        self.bot.waitUntil(self.tasks.idle, timeout=20_000)
        QTest.qWait(1)
        self.bot.waitUntil(self.tasks.idle, timeout=20_000)

    def type(self, text: str) -> None:
        QTest.keyClicks(self.window.focusWidget(), text)

    def press(self, key: Qt.Key) -> None:
        focus: QWidget | None = self.window.focusWidget()
        QTest.keyClick(self.window if focus is None else focus, key)
        self.wait()

    @property
    def password_step(self) -> PasswordStep:
        assert isinstance(self.window.step, PasswordStep)
        return self.window.step


@pytest.fixture
def door(qtbot: QtBot, tasks: Tasks) -> Callable[..., Door]:
    def make(last_login: str = "", **mode: object) -> Door:
        window = LoginWindow(tasks, sop=PELITA3, pc="PC-LOKET-03", last_login=last_login, **mode)  # type: ignore[arg-type]  # passed on as given
        window.set_server(None)
        return Door(qtbot, tasks, window)

    return make


def give(login: str, role: Role, **more: object) -> None:
    sit_down(Role.ADMIN)
    accounts.assign(login, role, base.new_key(), **more)  # type: ignore[arg-type]  # passed on as given
    sit_down(Role.KABID)
    for waiting in accounts.to_confirm():
        accounts.confirm(waiting, base.new_key())
    accounts.log_out()


def test_name_enter_password_enter_and_one_is_in(door: Callable[..., Door]) -> None:
    there = door()
    there.type("rina")
    there.press(Qt.Key.Key_Return)
    there.type(PASSWORD)
    there.press(Qt.Key.Key_Return)
    assert [(w.login, w.role) for w in there.entered] == [("rina", Role.FO)]
    assert base.session.actor == "rina"


def test_the_computer_remembers_the_name_so_typing_begins_with_the_password(door: Callable[..., Door]) -> None:
    there = door("rina")
    there.type(PASSWORD)
    there.press(Qt.Key.Key_Return)
    assert len(there.entered) == 1


def test_a_wrong_password_is_said_under_it_and_stands_ready_to_be_typed_over(door: Callable[..., Door]) -> None:
    there = door("rina")
    there.type("keliru")
    there.press(Qt.Key.Key_Return)
    field = there.password_step.password
    assert "tidak cocok" in field.message()
    assert field.input.hasFocus()
    assert field.input.selectedText()
    assert there.entered == []
    assert base.session.actor == ""
    there.type(PASSWORD)
    there.press(Qt.Key.Key_Return)
    assert len(there.entered) == 1


def test_nothing_typed_is_said_at_its_field_and_nothing_is_asked(door: Callable[..., Door]) -> None:
    there = door()
    there.password_step.go.press()
    assert "Isi nama pengguna" in there.password_step.login.message()
    there.type("rina")
    there.press(Qt.Key.Key_Return)
    there.password_step.go.press()
    assert there.password_step.password.message() == "Isi kata sandi Anda"
    assert there.tasks.idle()


def test_five_wrong_tries_lock_for_minutes_that_are_named(door: Callable[..., Door], clock: Clock) -> None:
    there = door("rina")
    for _ in range(5):
        there.password_step.password.input.selectAll()
        there.type("keliru")
        there.press(Qt.Key.Key_Return)
    there.password_step.password.input.selectAll()
    there.type(PASSWORD)
    there.press(Qt.Key.Key_Return)
    assert "menit lagi" in there.password_step.password.message()
    clock.at = base.moment(base.session.now_us()) + timedelta(minutes=6)
    there.password_step.password.input.selectAll()
    there.type(PASSWORD)
    there.press(Qt.Key.Key_Return)
    assert len(there.entered) == 1


def test_a_one_time_password_is_changed_on_the_spot(door: Callable[..., Door]) -> None:
    sit_down(Role.ADMIN)
    accounts.reset_password("rina", "sekali-pakai-1", base.new_key())
    accounts.log_out()
    there = door("rina")
    there.type("sekali-pakai-1")
    there.press(Qt.Key.Key_Return)
    step = there.window.step
    assert isinstance(step, ChangeStep)
    there.type("pendek")
    there.press(Qt.Key.Key_Return)
    there.press(Qt.Key.Key_Return)
    assert "paling sedikit 10" in step.new.message()
    step.new.input.selectAll()
    there.type("sandi-saya-sendiri")
    there.press(Qt.Key.Key_Return)
    there.type("sandi-saya-lain")
    there.press(Qt.Key.Key_Return)
    assert "Belum sama" in step.again.message()
    step.again.input.selectAll()
    there.type("sandi-saya-sendiri")
    there.press(Qt.Key.Key_Return)
    assert [w.role for w in there.entered] == [Role.FO]
    assert not accounts.log_in("rina", "sandi-saya-sendiri", "PC").must_change


def test_several_roles_are_offered_with_what_waits_and_chosen_by_number(door: Callable[..., Door]) -> None:
    today = base.moment(base.session.now_us()).astimezone(WIB).date()
    give("rina", Role.EDITOR)
    give("rina", Role.KASI, kind="PLH", basis="SK 821/114/2026", first=today, last=today + timedelta(days=2))
    there = door("rina")
    there.type(PASSWORD)
    there.press(Qt.Key.Key_Return)
    step = there.window.step
    assert isinstance(step, RoleStep)
    assert [card.choice.title for card in step.cards] == ["Front Office · Loket 3", "Editor", "Plh. Kepala Seksi"]
    assert "SK 821/114/2026" in step.cards[2].choice.text
    there.press(Qt.Key.Key_3)
    assert step.cards[2].isChecked()
    there.press(Qt.Key.Key_Return)
    assert [(w.role, w.hat.kind) for w in there.entered] == [(Role.KASI, "PLH")]


def test_esc_at_the_roles_lets_somebody_else_sit_down(door: Callable[..., Door]) -> None:
    give("rina", Role.EDITOR)
    there = door("rina")
    there.type(PASSWORD)
    there.press(Qt.Key.Key_Return)
    there.press(Qt.Key.Key_Escape)
    assert there.password_step.login.value() == ""
    assert base.session.actor == ""


def test_an_account_without_a_role_with_windows_is_told_whom_to_ask(door: Callable[..., Door]) -> None:
    there = door("pos")
    there.type(PASSWORD)
    there.press(Qt.Key.Key_Return)
    assert "administrator" in there.password_step.password.message()
    assert there.entered == []
    assert base.session.actor == ""


def test_a_lost_database_leaves_the_fields_and_offers_another_try(door: Callable[..., Door], tasks: Tasks) -> None:
    there = door("rina")
    there.window.set_server(Unavailable("Basis data sedang sibuk. Tunggu sebentar lalu ulangi."))
    step = there.password_step
    assert step.go.text() == "Coba lagi"
    assert step.login.value() == "rina"
    there.type(PASSWORD)
    there.press(Qt.Key.Key_Return)
    assert len(there.entered) == 1, "the same button goes on when the database is back"


def test_while_the_answer_is_awaited_a_second_press_asks_nothing(door: Callable[..., Door]) -> None:
    there = door("rina")
    there.type(PASSWORD)
    step = there.password_step
    step.go.press()
    assert step.go.text() == "Menghubungi server…"
    step.go.press()
    step.go.press()
    there.wait()
    assert len(there.entered) == 1


def test_a_locked_screen_opens_for_the_same_officer_in_the_same_role(door: Callable[..., Door]) -> None:
    give("rina", Role.EDITOR)
    who = sit_down(Role.EDITOR)
    officer = next(h for h in accounts.hats("rina") if h.role is Role.EDITOR)
    mine = Who("rina", "Rina Oktaviani", Role.EDITOR, officer, who.position, who.place)
    there = door(locked=mine)
    assert there.password_step.login.input.isReadOnly()
    there.type(PASSWORD)
    there.press(Qt.Key.Key_Return)
    assert [(w.login, w.role) for w in there.entered] == [("rina", Role.EDITOR)]


def test_caps_lock_is_noticed_from_what_is_typed(door: Callable[..., Door]) -> None:
    there = door("rina")
    line = there.password_step.password.input
    shifted = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.ShiftModifier, "A")
    QApplication.sendEvent(line, shifted)
    assert not there.password_step._caps_line.isVisible()
    QTest.keyClicks(line, "A")
    assert there.password_step._caps_line.isVisible()
    QTest.keyClick(line, Qt.Key.Key_CapsLock)
    assert not there.password_step._caps_line.isVisible()
