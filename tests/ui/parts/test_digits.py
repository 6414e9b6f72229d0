"""A question that one digit answers, over the window that asks."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.ui.parts.buttons import Button
from app.ui.parts.digits import Answer, Digits
from app.ui.parts.inputs import Line
from tests.ui.stage import stage

ANSWERS = [Answer("a", "Pertama"), Answer("b", "Kedua", "B")]


def asked(qtbot: QtBot, *, own: str = "") -> tuple[Digits, list[object], QWidget, Line]:
    button, line = Button("Tanya", key="F6"), Line()
    window = stage(qtbot, button, line)
    line.setFocus()
    digits, said = Digits(button, "Mengapa", ANSWERS, own=own), list[object]()
    digits.answered.connect(said.append)
    digits.wrote.connect(said.append)
    digits.open()
    return digits, said, window, line


def test_a_digit_answers_and_the_focus_goes_back(qtbot: QtBot) -> None:
    digits, said, _window, line = asked(qtbot)
    assert digits.hasFocus()
    QTest.keyClick(digits, Qt.Key.Key_2)
    assert said == ["b"]
    assert line.hasFocus()
    qtbot.waitUntil(lambda: not shiboken6.isValid(digits))


def test_arrows_and_enter_answer_too_and_walk_in_a_ring(qtbot: QtBot) -> None:
    digits, said, _window, _line = asked(qtbot)
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Return):
        QTest.keyClick(digits, key)
    assert said == ["b"]


def test_a_click_on_a_line_answers_and_one_elsewhere_goes_away(qtbot: QtBot) -> None:
    digits, said, window, _line = asked(qtbot)
    QTest.mouseMove(digits.lines[1])
    QTest.mouseClick(digits.lines[1], Qt.MouseButton.LeftButton)
    assert said == ["b"]
    digits, said, window, _line = asked(qtbot)
    QTest.mouseClick(window, Qt.MouseButton.LeftButton)
    assert digits.isHidden()
    assert said == []


def test_esc_other_keys_and_another_focus(qtbot: QtBot) -> None:
    digits, said, _window, line = asked(qtbot)
    QTest.keyClick(digits, Qt.Key.Key_9)
    assert not digits.isHidden()
    QTest.keyClick(digits, Qt.Key.Key_Escape)
    assert digits.isHidden()
    digits, said, _window, line = asked(qtbot)
    line.setFocus()
    assert digits.isHidden()
    assert said == []


def test_zero_opens_a_line_of_ones_own(qtbot: QtBot) -> None:
    digits, said, window, _line = asked(qtbot, own="Alasan lain")
    QTest.keyClick(digits, Qt.Key.Key_0)
    assert digits.line.hasFocus()
    assert digits.geometry().bottom() < window.height(), "it never leaves the window"
    QTest.keyClicks(digits.line, "12")
    QTest.keyClick(digits.line, Qt.Key.Key_Return)
    assert said == [], "two letters are no reason"
    QTest.keyClicks(digits.line, "3")
    QTest.keyClick(digits.line, Qt.Key.Key_Return)
    assert said == ["123"]
