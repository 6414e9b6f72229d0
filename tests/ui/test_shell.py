"""The one window: its pages, its keys, and what it says when the server is gone."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout
from pytestqt.qtbot import QtBot

from app.errors import Conflict, Refused, Unavailable
from app.ui import theme
from app.ui.desk import Desk, Page
from app.ui.parts.layout import Footer
from app.ui.shell import PageSpec, Shell
from app.ui.tasks import Tasks
from tests.ui.gallery import make_desk

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


class Leaf(Page):
    """A page that remembers what was asked of it."""

    title = "Daftar"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.arrived: list[object] = []
        self.refreshed = 0
        self.may_leave = True
        self.field = QLineEdit()
        QVBoxLayout(self).addWidget(self.field)

    def arrive(self, argument: object) -> None:
        self.arrived.append(argument)

    def refresh(self) -> None:
        self.refreshed += 1

    def leave(self) -> bool:
        return self.may_leave


class Sheet(Leaf):
    """A page with a bar of acts."""

    title = "P3-2605-0414-8"

    def footer(self) -> Footer:
        return Footer()


@pytest.fixture
def shell(tasks: Tasks, qtbot: QtBot) -> Iterator[Shell]:
    specs = [
        PageSpec("loket", "Loket", "headset", Leaf),
        PageSpec("worklist", "Berkas", "tray", Leaf),
        PageSpec("bantuan", "Bantuan", "question", Leaf),
        PageSpec("berkas", "Berkas", "tray", Sheet, in_rail=False),
        PageSpec("petugas", "Petugas", "users", Leaf),
    ]
    made = Shell(make_desk(tasks), {spec.key: spec for spec in specs})
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    made.activity.deleteLater()


def page(shell: Shell, key: str) -> Leaf:
    found = shell.page(key)
    assert isinstance(found, Leaf)
    return found


def fail_with(error: Exception) -> Callable[[], None]:
    def fail() -> None:
        raise error

    return fail


def test_a_role_has_its_own_pages_and_no_others(shell: Shell) -> None:
    assert [place.key for place in shell.rail.places] == ["loket", "worklist", "bantuan"]
    assert not shell.navigate("petugas")
    assert shell.page("petugas") is None


def test_ctrl_and_a_number_lead_to_the_pages_of_the_rail(shell: Shell, qtbot: QtBot) -> None:
    qtbot.keyClick(shell, Qt.Key.Key_2, CTRL)
    assert shell.current_page() is page(shell, "worklist")
    qtbot.keyClick(shell, Qt.Key.Key_9, CTRL)
    assert shell.current_page() is page(shell, "worklist")


def test_a_file_is_opened_from_a_list_and_esc_leads_back(shell: Shell, qtbot: QtBot) -> None:
    shell.navigate("worklist")
    page(shell, "worklist").open_berkas.emit(414)
    assert shell.current_page() is page(shell, "berkas")
    assert page(shell, "berkas").arrived == [414]
    assert (shell.top.crumb(), shell.top.title()) == ("Daftar", "P3-2605-0414-8")
    qtbot.keyClick(shell.current_page(), Qt.Key.Key_Escape)
    assert shell.current_page() is page(shell, "worklist")
    assert shell.top.crumb() == ""


def test_esc_on_the_first_page_discards_nothing(shell: Shell, qtbot: QtBot) -> None:
    field = page(shell, "loket").field
    qtbot.keyClicks(field, "catatan")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert shell.current_page() is page(shell, "loket")
    assert field.text() == "catatan"


def test_a_page_may_ask_to_stay(shell: Shell) -> None:
    page(shell, "loket").may_leave = False
    assert not shell.navigate("worklist")
    assert shell.current_page() is page(shell, "loket")


def test_the_bar_of_acts_is_there_only_with_its_page(shell: Shell) -> None:
    shell.navigate("berkas", 1)
    footer = shell.findChild(Footer)
    assert footer is not None
    assert footer.isVisible()
    shell.navigate("loket")
    assert not footer.isVisible()


def test_f5_reads_the_page_in_front_again(shell: Shell, qtbot: QtBot) -> None:
    qtbot.keyClick(shell, Qt.Key.Key_F5)
    assert page(shell, "loket").refreshed == 1


def test_ctrl_k_goes_to_the_search_and_enter_sends_it(shell: Shell, qtbot: QtBot) -> None:
    qtbot.keyClick(shell, Qt.Key.Key_K, CTRL)
    line = shell.top.search.line
    assert line.hasFocus()
    qtbot.keyClicks(line, "P3-2605-0414-8")
    with qtbot.waitSignal(shell.code_entered) as entered:
        qtbot.keyClick(line, Qt.Key.Key_Return)
    assert entered.args == ["P3-2605-0414-8"]
    shell.code_answer("Kode ini tidak dikenal. Tidak ada yang berubah.")
    assert shell.answer.text().startswith("Kode ini")
    assert shell.rect().contains(shell.answer.geometry())


def test_f1_lays_the_keys_over_the_page(shell: Shell, qtbot: QtBot) -> None:
    qtbot.keyClick(shell, Qt.Key.Key_F1)
    assert shell.sheet.isVisible()
    assert set(shell.sheet.keys()) >= {"Ctrl K", "F1", "F5"}
    qtbot.keyClick(shell, Qt.Key.Key_Escape)
    assert not shell.sheet.isVisible()


def test_the_theme_is_changed_by_key_and_told(shell: Shell, qtbot: QtBot) -> None:
    with qtbot.waitSignal(shell.theme_changed) as told:
        qtbot.keyClick(shell, Qt.Key.Key_D, CTRL | SHIFT)
    assert told.args == [True, 100]
    assert theme.is_dark()


def test_the_screen_is_locked_by_key_and_by_quiet(tasks: Tasks, shell: Shell, qtbot: QtBot) -> None:
    with qtbot.waitSignal(shell.lock_asked):
        qtbot.keyClick(shell, Qt.Key.Key_L, CTRL | SHIFT)
    quiet = Shell(make_desk(tasks), {}, idle_ms=50)
    qtbot.addWidget(quiet)
    with qtbot.waitSignal(quiet.lock_asked):
        quiet.show()


def test_a_page_says_what_was_done_and_it_can_be_taken_back(shell: Shell, qtbot: QtBot) -> None:
    taken: list[int] = []
    page(shell, "loket").say("A-011 ditahan", lambda: taken.append(1))
    assert shell.toast.text() == "A-011 ditahan"
    shell.setFocus()
    qtbot.keyClick(shell, Qt.Key.Key_Z, CTRL)
    assert taken == [1]


def test_numbers_of_what_waits_stand_on_the_rail(shell: Shell) -> None:
    page(shell, "worklist").count.emit(7)
    assert shell.rail.count("worklist") == 7


def test_at_most_two_notices_stand_and_the_rest_is_counted(shell: Shell) -> None:
    for key in ("tv", "printer", "siak"):
        shell.set_banner(key, f"{key} terputus sejak 10.38")
    notices = shell.banners
    assert notices.texts()[0].startswith("siak")
    assert [b.isVisible() for b in notices.standing()] == [True, True, False]
    assert notices.standing()[1].more.text() == "+1"
    shell.drop_banner("siak")
    assert [b.isVisible() for b in notices.standing()] == [True, True]


def test_a_database_that_refuses_is_a_lamp_and_a_notice_and_both_go_when_it_answers(
    shell: Shell, tasks: Tasks, qtbot: QtBot
) -> None:
    trouble = Unavailable("Penyimpanan tidak dapat ditulis.", code="disk i/o error")
    tasks.ask(fail_with(trouble))
    tasks.ask(fail_with(trouble))
    qtbot.waitUntil(tasks.idle)
    assert shell.status.lamp("server") == ("Basis data bermasalah", "bad")
    assert shell.banners.texts() == [
        "Penyimpanan tidak dapat ditulis. Sejak 11.31; yang Anda ketik tetap ada di PC ini."
    ]
    assert shell.toast.text() == ""
    tasks.ask(lambda: 1)
    qtbot.waitUntil(tasks.idle)
    assert shell.status.lamp("server") == ("Server terhubung", "ok")
    assert shell.banners.texts() == []


def test_a_full_disk_is_told_until_something_was_written(shell: Shell, tasks: Tasks, qtbot: QtBot) -> None:
    full = Unavailable("Penyimpanan server penuh. Hubungi petugas TI.", code="server_full")
    tasks.ask(fail_with(full), failed=lambda _error: None, command="Paraf berkas 7")
    qtbot.waitUntil(tasks.idle)
    assert shell.banners.texts()[0].startswith("Penyimpanan server penuh.")
    tasks.ask(lambda: 1)
    qtbot.waitUntil(tasks.idle)
    assert shell.banners.texts(), "reading still works, and proves nothing"
    tasks.ask(lambda: 1, command="Paraf berkas 7")
    qtbot.waitUntil(tasks.idle)
    assert shell.banners.texts() == []


def test_a_refusal_is_said_and_a_conflict_reads_the_page_again(shell: Shell, tasks: Tasks, qtbot: QtBot) -> None:
    tasks.ask(fail_with(Refused("Surat BHT belum ada")))
    qtbot.waitUntil(tasks.idle)
    assert shell.toast.text() == "Surat BHT belum ada"
    assert page(shell, "loket").refreshed == 0
    tasks.ask(fail_with(Conflict("Sudah diparaf Z. Hasan 11.26")))
    qtbot.waitUntil(tasks.idle)
    assert shell.toast.text() == "Sudah diparaf Z. Hasan 11.26"
    assert page(shell, "loket").refreshed == 1


def test_the_clock_is_the_servers_in_local_time(shell: Shell) -> None:
    words = [label.text() for label in shell.status.findChildren(type(shell.status._clock))]
    assert "11.31.44 WIB" in words
    assert "Selasa, 12 Mei 2026" in words


@pytest.mark.parametrize("size", [(1280, 640), (1366, 690), (1920, 1030)])
def test_nothing_leaves_the_window(shell: Shell, qtbot: QtBot, size: tuple[int, int]) -> None:
    shell.set_banner("tv", "TV lobi terputus sejak 10.38. Suara tetap memanggil; sebutkan nomor dengan lantang.")
    shell.resize(*size)
    qtbot.waitUntil(lambda: shell.status.geometry().bottom() == shell.height() - 1)
    for part in (shell.rail, shell.top, shell.stack, shell.status, shell.banners):
        assert shell.rect().contains(part.geometry())
    assert shell.rail.width() == 80
    assert (shell.top.height(), shell.status.height()) == (56, 30)


def test_a_narrow_window_keeps_the_icons_and_drops_the_words(shell: Shell, qtbot: QtBot) -> None:
    shell.resize(1093, 614)
    qtbot.waitUntil(lambda: shell.rail.width() == 56)


def test_the_strip_lies_over_every_page_but_its_owners(shell: Shell) -> None:
    loket = shell.page("loket")
    assert loket is not None
    strip = QLineEdit()
    loket.strip.emit(strip)
    assert not strip.isVisible(), "its own page shows more of the same"
    shell.navigate("worklist")
    assert strip.isVisible()
    shell.navigate("loket")
    assert not strip.isVisible()
    loket.strip.emit(None)
    shell.navigate("worklist")
    assert not strip.isVisible()
