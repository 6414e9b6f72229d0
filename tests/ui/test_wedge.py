"""A scanner that types: its code reaches no field; a hand is not disturbed."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from app.ui.dialogs.check_in import CheckIn
from app.ui.wedge import Wedge


@pytest.fixture
def wedge(qapp: QApplication) -> Iterator[Wedge]:
    made = Wedge(qapp, gap_ms=50)
    yield made
    qapp.removeEventFilter(made)


@pytest.fixture
def field(qtbot: QtBot) -> QLineEdit:
    line = QLineEdit()
    qtbot.addWidget(line)
    line.show()
    line.activateWindow()
    line.setFocus()
    qtbot.waitUntil(line.hasFocus)
    return line


def type_fast(field: QLineEdit, text: str, end: Qt.Key | None = None) -> None:
    window = field.window().windowHandle()
    for character in text:
        QTest.keyClick(window, character)  # type: ignore[call-overload]  # the stubs know keys of windows by code only
    if end is not None:
        QTest.keyClick(window, end)


@pytest.mark.parametrize("end", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab])
def test_a_burst_is_a_scan_and_changes_no_field(wedge: Wedge, field: QLineEdit, qtbot: QtBot, end: Qt.Key) -> None:
    with qtbot.waitSignal(wedge.scanned) as scanned:
        type_fast(field, "P3-2605-0414-8", end)
    assert scanned.args == ["P3-2605-0414-8"]
    qtbot.wait(80)
    assert field.text() == ""


def test_a_short_code_with_our_prefix_is_a_scan_too(wedge: Wedge, field: QLineEdit, qtbot: QtBot) -> None:
    with qtbot.waitSignal(wedge.scanned) as scanned:
        type_fast(field, "P3-A17", Qt.Key.Key_Return)
    assert scanned.args == ["P3-A17"]


def test_a_fast_hand_that_types_little_is_not_a_scanner(wedge: Wedge, field: QLineEdit, qtbot: QtBot) -> None:
    entered: list[str] = []
    field.returnPressed.connect(lambda: entered.append(field.text()))
    with qtbot.assertNotEmitted(wedge.scanned):
        type_fast(field, "budi", Qt.Key.Key_Return)
    assert entered == ["budi"]


def test_what_a_hand_types_arrives_after_the_gap(wedge: Wedge, field: QLineEdit, qtbot: QtBot) -> None:
    for character in "Andi Siahaan":
        type_fast(field, character)
        qtbot.wait(60)
    assert field.text() == "Andi Siahaan"


def test_keys_with_ctrl_pass_at_once(wedge: Wedge, field: QLineEdit) -> None:
    field.setText("abc")
    QTest.keyClick(field.window().windowHandle(), Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert field.selectedText() == "abc"


def test_a_dialog_that_waits_for_a_code_takes_it(wedge: Wedge, field: QLineEdit, qtbot: QtBot) -> None:
    dialog = CheckIn(field)
    asked: list[str] = []
    dialog.asked.connect(lambda reference, _priority, _key: asked.append(reference))
    dialog.open()
    qtbot.waitUntil(dialog.isActiveWindow)
    with qtbot.assertNotEmitted(wedge.scanned):
        type_fast(dialog.reference.input, "mpp-2026-0042", Qt.Key.Key_Return)
    assert asked == ["MPP-2026-0042"]
    dialog.reject()
    with qtbot.waitSignal(wedge.scanned):
        type_fast(field, "P3-2605-0414-8", Qt.Key.Key_Return)
