"""Buttons, the toast that can be taken back, the dialog that cannot, and long work."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from app.ui.parts.badges import initials
from app.ui.parts.buttons import Button, LockReason
from app.ui.parts.confirm import Confirm
from app.ui.parts.empty import Act, EmptyState
from app.ui.parts.keysheet import KeySheet
from app.ui.parts.masked import MaskedValue
from app.ui.parts.progress import LongWork
from app.ui.parts.segmented import Segmented
from app.ui.parts.stamp import Stamp
from app.ui.parts.tabs import Tab, Tabs
from app.ui.parts.toast import Toast
from app.ui.tasks import Progress
from tests.ui.stage import stage

CTRL = Qt.KeyboardModifier.ControlModifier


def presses_of(button: Button) -> list[int]:
    presses: list[int] = []
    button.clicked.connect(lambda: presses.append(1))
    return presses


@pytest.mark.parametrize(
    ("printed", "key", "held"),
    [
        ("F2", Qt.Key.Key_F2, Qt.KeyboardModifier.NoModifier),
        ("Ctrl Enter", Qt.Key.Key_Return, CTRL),
        ("Ctrl Enter", Qt.Key.Key_Enter, CTRL | Qt.KeyboardModifier.KeypadModifier),
        ("Ctrl T", Qt.Key.Key_T, CTRL),
    ],
)
def test_the_printed_key_presses_the_button(qtbot: QtBot, printed: str, key: Qt.Key, held: Qt.KeyboardModifier) -> None:
    button, elsewhere = Button("Terima", key=printed), QLineEdit()
    window = stage(qtbot, elsewhere, button)
    presses = presses_of(button)
    elsewhere.setFocus()
    qtbot.keyClick(window.focusWidget(), key, held)
    assert presses == [1]
    button.setEnabled(False)
    qtbot.keyClick(elsewhere, key, held)
    assert presses == [1]


def test_a_hidden_button_hears_no_key(qtbot: QtBot) -> None:
    button = Button("Terima", key="F2")
    window = stage(qtbot, QLineEdit(), button)
    presses = presses_of(button)
    button.hide()
    qtbot.keyClick(window, Qt.Key.Key_F2)
    assert presses == []


def test_single_letters_are_printed_but_belong_to_the_list(qtbot: QtBot) -> None:
    button, elsewhere = Button("Halaman berikut", key="N"), QLineEdit()
    stage(qtbot, elsewhere, button)
    presses = presses_of(button)
    qtbot.keyClicks(elsewhere, "n")
    assert presses == []
    assert elsewhere.text() == "n"


def test_a_held_button_takes_no_second_press(qtbot: QtBot) -> None:
    button = Button("Panggil", key="F2")
    window = stage(qtbot, button)
    presses = presses_of(button)
    button.hold()
    qtbot.keyClick(window, Qt.Key.Key_F2)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.keyClick(button, Qt.Key.Key_Space)
    qtbot.keyClick(button, Qt.Key.Key_Return)
    assert presses == []
    button.release()
    qtbot.keyClick(button, Qt.Key.Key_Return)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert presses == [1, 1]


def test_a_button_is_wide_enough_for_all_it_says(qtbot: QtBot) -> None:
    bare, full = Button("Paraf"), Button("Paraf", "seal-check", key="Ctrl Enter")
    assert full.minimumSizeHint().width() > bare.minimumSizeHint().width() + 60
    assert full.accessibleName() == "Paraf"


def test_a_lock_says_why_and_goes_when_nothing_is_locked(qtbot: QtBot) -> None:
    lock = LockReason("Paraf terkunci", "2 halaman belum dilihat")
    stage(qtbot, lock)
    assert lock.isVisible()
    assert lock.accessibleName() == "Paraf terkunci: 2 halaman belum dilihat"
    lock.set_reason("", "")
    assert not lock.isVisible()


class TestToast:
    def test_ctrl_z_takes_it_back_once(self, qtbot: QtBot) -> None:
        window = stage(qtbot)
        calls: list[str] = []
        toast = Toast(window)
        toast.offer("A-011 ditahan", lambda: calls.append("undo"), lambda: calls.append("commit"))
        assert toast.text() == "A-011 ditahan"
        qtbot.keyClick(window, Qt.Key.Key_Z, CTRL)
        qtbot.keyClick(window, Qt.Key.Key_Z, CTRL)
        assert calls == ["undo"]
        assert not toast.isVisible()

    def test_a_new_one_commits_the_old(self, qtbot: QtBot) -> None:
        toast = Toast(stage(qtbot))
        calls: list[str] = []
        toast.offer("A-011 ditahan", lambda: calls.append("undo 11"), lambda: calls.append("commit 11"))
        toast.offer("A-012 ditahan", lambda: calls.append("undo 12"), lambda: calls.append("commit 12"))
        toast.undo()
        assert calls == ["commit 11", "undo 12"]

    def test_time_commits_it(self, qtbot: QtBot) -> None:
        toast = Toast(stage(qtbot))
        calls: list[str] = []
        toast.offer("A-011 ditahan", lambda: calls.append("undo"), lambda: calls.append("commit"), seconds=1)
        qtbot.waitUntil(lambda: bool(calls), timeout=3000)
        assert calls == ["commit"]

    def test_a_field_keeps_its_own_ctrl_z(self, qtbot: QtBot) -> None:
        field = QLineEdit()
        calls: list[str] = []
        toast = Toast(stage(qtbot, field))
        toast.offer("A-011 ditahan", lambda: calls.append("undo"))
        field.setFocus()
        qtbot.keyClicks(field, "abc")
        qtbot.keyClick(field, Qt.Key.Key_Z, CTRL)
        assert field.text() == ""
        assert calls == []

    def test_it_stays_inside_the_window(self, qtbot: QtBot) -> None:
        window = stage(qtbot)
        toast = Toast(window)
        toast.offer("A-011 ditahan", lambda: None)
        window.resize(900, 500)
        qtbot.waitUntil(lambda: toast.geometry().bottom() == 498)
        assert window.rect().contains(toast.geometry())


class TestConfirm:
    def ask(self, qtbot: QtBot, **more: object) -> tuple[Confirm, list[str]]:
        dialog = Confirm(None, "Batalkan berkas", "Berkas berhenti di sini.", "Batalkan berkas", **more)  # type: ignore[arg-type]  # keywords by test
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
        qtbot.addWidget(dialog)
        dialog.show()
        dialog.activateWindow()
        given: list[str] = []
        dialog.confirmed.connect(given.append)
        return dialog, given

    def test_enter_never_confirms(self, qtbot: QtBot) -> None:
        dialog, given = self.ask(qtbot)
        qtbot.waitUntil(dialog.no.hasFocus)
        qtbot.keyClick(dialog.no, Qt.Key.Key_Return)
        assert given == []
        assert not dialog.isVisible()

    def test_ctrl_enter_does(self, qtbot: QtBot) -> None:
        dialog, given = self.ask(qtbot)
        qtbot.waitUntil(dialog.isActiveWindow)
        qtbot.keyClick(dialog, Qt.Key.Key_Return, CTRL)
        assert given == [""]
        assert not dialog.isVisible()

    def test_a_reason_is_asked_for_and_handed_on(self, qtbot: QtBot) -> None:
        dialog, given = self.ask(qtbot, reason_label="Alasan")
        assert dialog.reason is not None
        dialog.yes.click()
        assert dialog.reason.state() == "bad"
        assert given == []
        dialog.reason.set_value("nama istri kurang huruf L")
        dialog.yes.click()
        assert given == ["nama istri kurang huruf L"]

    def test_esc_goes_away(self, qtbot: QtBot) -> None:
        dialog, given = self.ask(qtbot, choices=["Nama", "Tanggal"])
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
        assert given == []
        assert not dialog.isVisible()


def test_long_work_ends_with_failures_first(qtbot: QtBot) -> None:
    panel = LongWork("Menandatangani 3 dokumen")
    stage(qtbot, panel)
    told = Progress(lambda said: said(panel))
    panel.start(told)
    told.report(2, 3, "Kutipan akta")
    told.result("Akta I", ok=True)
    told.result("KK I", ok=False, reason="Sidik PDF berbeda")
    panel.stop.click()
    assert told.stop_asked
    panel.finish()
    assert panel.summary() == "1 berhasil, 1 gagal"
    with qtbot.waitSignal(panel.retry_asked) as again:
        panel.retry.click()
    assert again.args == [["KK I"]]


def test_a_number_is_shown_for_a_while_and_the_look_is_told(qtbot: QtBot) -> None:
    value = MaskedValue("1471071403840003", seconds=1)
    window = stage(qtbot, value)
    assert value.text() == "147107 •••••• 0003"
    with qtbot.waitSignal(value.looked):
        qtbot.keyClick(window, Qt.Key.Key_M, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert value.text() == "147107 140384 0003"
    qtbot.waitUntil(lambda: "•" in value.text(), timeout=3000)


def test_a_stamp_nobody_gave_says_so(qtbot: QtBot) -> None:
    stamp = Stamp()
    assert stamp.is_empty()
    assert stamp.accessibleName() == "belum diterima"
    stamp.set("Zulfikar Hasan, S.Sos", "12 Mei 08.12")
    assert stamp.accessibleName() == "Zulfikar Hasan, S.Sos, 12 Mei 08.12"


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Zulfikar Hasan, S.Sos", "ZH"),
        ("Dr. Nurlaila Hasibuan, M.Si", "NH"),
        ("Susana", "S"),
        ("Rina O.", "RO"),
        ("", ""),
    ],
)
def test_initials_leave_titles_out(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_tabs_and_segments_are_walked_with_arrows(qtbot: QtBot) -> None:
    tabs, segments = Tabs([Tab("Semua", 7), Tab("Dikerjakan", 4)]), Segmented(["Semua", "Berubah", "Belum"])
    stage(qtbot, tabs, segments)
    with qtbot.waitSignal(tabs.changed) as tab:
        qtbot.keyClick(tabs, Qt.Key.Key_Right)
    with qtbot.waitSignal(segments.changed) as segment:
        qtbot.keyClick(segments, Qt.Key.Key_End)
    assert (tab.args, segment.args) == ([1], [2])
    assert tabs.accessibleName() == "Dikerjakan 4"
    with qtbot.assertNotEmitted(tabs.changed):
        qtbot.keyClick(tabs, Qt.Key.Key_Right)


def test_emptiness_offers_what_can_be_done(qtbot: QtBot) -> None:
    done: list[str] = []
    empty = EmptyState(
        "tray", "Antrean kosong", "", [Act("globe-simple", "Daring", "4 menunggu", "Ctrl D", lambda: done.append("d"))]
    )
    window = stage(qtbot, empty)
    qtbot.keyClick(window, Qt.Key.Key_D, CTRL)
    assert done == ["d"]


def test_the_key_sheet_lists_the_keys_in_sight(qtbot: QtBot) -> None:
    hidden = Button("Batalkan", key="F8")
    window = stage(qtbot, Button("Terima", key="Ctrl T"), Button("Halaman berikut", key="N"), hidden)
    hidden.hide()
    sheet = KeySheet(window)
    sheet.lay_over(window, [("F1", "Bantuan")])
    assert sheet.keys() == ["Ctrl T", "N", "F1"]
