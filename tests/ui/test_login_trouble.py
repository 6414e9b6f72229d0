"""Each trouble of the office's server has its own name over the log-in, and the button that helps."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.errors import Refused, Shown, Unavailable
from app.ui import theme
from app.ui.application import make_application
from app.ui.login_steps import PasswordStep
from app.ui.login_trouble import KINDS, TroubleCard
from app.ui.pages.login import LoginWindow
from app.ui.tasks import Tasks

NOON = datetime(2019, 3, 3, 5, 0, 0, tzinfo=UTC)


@pytest.fixture
def card(qtbot: QtBot) -> TroubleCard:
    made = TroubleCard(lambda: NOON)
    qtbot.addWidget(made)
    return made


def acts(card: TroubleCard) -> list[str]:
    return [name for name, button in card.acts.items() if not button.isHidden()]


@pytest.mark.parametrize(
    ("code", "title", "helps"),
    [
        ("lost", "Server kantor tidak terjangkau", ["retry", "server"]),
        ("starting", "Server kantor sedang menyala", ["retry"]),
        ("too_many", "Terlalu banyak sambungan", ["retry"]),
        ("server_full", "Penyimpanan server penuh", ["retry"]),
        ("clock", "Tanggal PC ini dan sertifikat server tidak cocok", ["retry"]),
        ("certificate", "Server ini belum dapat dipercaya", ["retry", "server"]),
        ("address", "Alamat server belum benar", ["retry", "server"]),
        ("client", "Versi program di PC ini sudah lama", ["retry", "copy"]),
        ("newer", "Versi program di PC ini sudah lama", ["retry", "copy"]),
        ("behind", "Basis data server belum diperbarui", ["retry", "copy"]),
        ("sop_differs", "Tabel SOP di server berbeda", ["retry", "copy"]),
        ("inactive", "Akun ini sedang tidak aktif", []),
    ],
)
def test_each_trouble_has_its_name_and_what_helps(card: TroubleCard, code: str, title: str, helps: list[str]) -> None:
    assert card.show_error(Unavailable("Kalimat dari basis data.", code=code))
    assert (card.code(), card.title(), acts(card)) == (code, title, helps)
    assert card.accessibleName() == f"{title}. Kalimat dari basis data."


def test_the_pc_s_own_clock_stands_where_it_is_the_trouble(card: TroubleCard) -> None:
    card.show_error(Unavailable("Jam PC ini menunjukkan 03-03-2019.", code="clock"))
    assert card.clock_line() == "Jam PC ini: Minggu, 3 Maret 2019, 12.00.00 WIB"
    card.show_error(Unavailable("Tidak terjangkau.", code="lost"))
    assert card.clock_line() == ""


def test_what_it_does_not_know_it_leaves_to_the_field(card: TroubleCard) -> None:
    assert not card.show_error(Refused("Nama atau sandi tidak cocok.", field="password", code="password"))
    assert not card.show_error(KeyError("x"))
    assert card.isHidden()
    assert card.report() == ""


def test_it_can_be_handed_to_it_without_anybodys_data(card: TroubleCard) -> None:
    card.show_error(Refused("Tabel SOP berbeda.", code="sop_differs"))
    card.acts["copy"].click()
    assert QGuiApplication.clipboard().text().splitlines()[1:] == ["Tabel SOP berbeda.", "sop_differs"]


@pytest.fixture
def login(tasks: Tasks, qtbot: QtBot) -> LoginWindow:
    made = LoginWindow(tasks, pc="PC-LOKET-03", last_login="rina", server="server:5432", may_choose=True)
    qtbot.addWidget(made)
    made.show()
    return made


def test_a_locked_screen_offers_no_other_server(qtbot: QtBot) -> None:
    made = TroubleCard(lambda: NOON, may_choose=False)
    qtbot.addWidget(made)
    made.show_error(Unavailable("Tidak terjangkau.", code="lost"))
    assert acts(made) == ["retry"]


def test_what_is_typed_stays_and_f5_looks_again(login: LoginWindow, qtbot: QtBot) -> None:
    step = login.step
    assert isinstance(step, PasswordStep)
    login.set_server(Unavailable("Server kantor tidak dapat dihubungi.", code="lost"))
    assert login.trouble.isVisible()
    assert step.password.message() == ""
    assert step.go.text() == "Coba lagi"
    with qtbot.waitSignal(login.retry_asked):
        QTest.keyClick(login, Qt.Key.Key_F5)
    with qtbot.waitSignal(login.server_asked):
        login.trouble.acts["server"].click()
    login.set_server(None)
    assert not login.trouble.isVisible()
    assert step.go.text() == "Masuk"
    assert step.login.value() == "rina"


def test_with_a_password_typed_trying_again_sends_it(login: LoginWindow, qtbot: QtBot) -> None:
    step = login.step
    assert isinstance(step, PasswordStep)
    asked: list[str] = []
    step.asked.disconnect()
    step.asked.connect(lambda who, _password: asked.append(who))
    login.set_server(Unavailable("Server sedang menyala.", code="starting"))
    step.password.input.set_value("rahasia")
    login.trouble.acts["retry"].click()
    assert asked == ["rina"]


@pytest.mark.parametrize("code", sorted(KINDS))
@pytest.mark.parametrize(("scale", "size"), [(100, (1080, 600)), (125, (1080, 600)), (100, (1366, 768))])
def test_nothing_is_cut(login: LoginWindow, code: str, scale: int, size: tuple[int, int]) -> None:
    theme.apply(make_application([]), dark=False, scale=scale)
    error: Shown = Unavailable("Kalimat yang cukup panjang untuk dua baris atau lebih. " * 3, code=code)
    login.set_server(error)
    login.resize(*size)
    QTest.qWait(1)
    step = login.step
    assert isinstance(step, PasswordStep)
    assert login.minimumSizeHint().width() <= 1080
    assert step.password.input.height() >= step.password.input.minimumSizeHint().height()
    for button in login.trouble.acts.values():
        assert button.isHidden() or button.width() >= button.minimumSizeHint().width()
