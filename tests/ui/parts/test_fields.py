"""What officers type: numbers in groups, dates in eight digits, names in capitals, and the sentence under a field."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from app.ui.parts.buttons import Button
from app.ui.parts.fields import Choice, DateLine, ErrorSummary, Field, Line, NameLine, Note, NumberLine, Password
from tests.ui.stage import stage

NIK = "1471071403840003"


class TestNik:
    def test_is_grouped_so_that_the_birth_date_can_be_read(self, qtbot: QtBot) -> None:
        line = NumberLine()
        stage(qtbot, line)
        qtbot.keyClicks(line, NIK)
        assert line.text() == "147107 140384 0003"
        assert line.value() == NIK
        assert line.problem() == ""

    @pytest.mark.parametrize(
        "pasted", [NIK, "147107 140384 0003", "1471 0714 0384 0003", "147107.140384.0003", f" {NIK}\t"]
    )
    def test_may_be_pasted_with_or_without_blanks(self, pasted: str, qtbot: QtBot) -> None:
        line = NumberLine()
        stage(qtbot, line)
        QGuiApplication.clipboard().setText(pasted)
        qtbot.keyClick(line, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        assert line.value() == NIK

    @pytest.mark.parametrize(
        ("typed", "said"),
        [(NIK[:15], "Kurang 1 angka: 15 dari 16"), (NIK + "7", "Lebih 1 angka: 17 dari 16"), ("", "")],
    )
    def test_says_how_many_are_missing(self, typed: str, said: str, qtbot: QtBot) -> None:
        line = NumberLine()
        stage(qtbot, line)
        qtbot.keyClicks(line, typed)
        assert line.problem() == said

    def test_keeps_a_letter_and_names_it(self, qtbot: QtBot) -> None:
        line = NumberLine()
        stage(qtbot, line)
        qtbot.keyClicks(line, "14710l")
        assert line.text() == "14710l"
        assert "angka" in line.problem()

    def test_the_caret_stays_where_one_corrects(self, qtbot: QtBot) -> None:
        line = NumberLine()
        stage(qtbot, line)
        line.set_value(NIK[:3] + NIK[4:])
        line.setCursorPosition(3)
        qtbot.keyClicks(line, "1")
        assert line.value() == NIK
        assert line.cursorPosition() == 4

    def test_backspace_over_a_blank_takes_the_digit(self, qtbot: QtBot) -> None:
        line = NumberLine()
        stage(qtbot, line)
        line.set_value("1471071")
        line.setCursorPosition(7)
        qtbot.keyClick(line, Qt.Key.Key_Backspace)
        assert line.value() == "147101"

    def test_ctrl_z_takes_back_what_was_typed(self, qtbot: QtBot) -> None:
        line = NumberLine()
        stage(qtbot, line)
        qtbot.keyClicks(line, "1471")
        qtbot.keyClick(line, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        assert line.value() == "147"


class TestDate:
    def test_is_typed_as_eight_digits(self, qtbot: QtBot) -> None:
        line = DateLine()
        stage(qtbot, line)
        qtbot.keyClicks(line, "12052026")
        assert line.text() == "12-05-2026"
        assert line.value() == date(2026, 5, 12)

    @pytest.mark.parametrize("typed", ["12/05/2026", "12.05.2026", "12 05 2026"])
    def test_other_separators_become_ours(self, typed: str, qtbot: QtBot) -> None:
        line = DateLine()
        stage(qtbot, line)
        qtbot.keyClicks(line, typed)
        assert line.value() == date(2026, 5, 12)

    @pytest.mark.parametrize("typed", ["31022026", "29022025", "00052026", "12132026"])
    def test_a_day_no_calendar_has_stays_as_typed(self, typed: str, qtbot: QtBot) -> None:
        line = DateLine()
        stage(qtbot, line)
        qtbot.keyClicks(line, typed)
        assert line.value() is None
        assert line.text().replace("-", "") == typed
        assert "kalender" in line.problem()

    def test_words_are_kept_and_the_form_is_told(self, qtbot: QtBot) -> None:
        line = DateLine()
        stage(qtbot, line)
        line.insert("12 Mei 2026")
        assert line.text() == "12 Mei 2026"
        assert line.value() is None
        assert "8 angka" in line.problem()

    def test_a_date_from_the_record_is_shown_as_it_is_typed(self, qtbot: QtBot) -> None:
        line = DateLine()
        line.set_value(date(2010, 9, 18))
        assert line.text() == "18-09-2010"


def test_names_are_capitals_and_the_caret_stays(qtbot: QtBot) -> None:
    line = NameLine()
    stage(qtbot, line)
    qtbot.keyClicks(line, "debora  hutapea")
    line.setCursorPosition(6)
    qtbot.keyClicks(line, "h")
    assert line.value() == "DEBORAH HUTAPEA"
    assert line.cursorPosition() == 7


def test_enter_walks_down_the_form_and_shift_enter_back(qtbot: QtBot) -> None:
    first, second, third = Line(), Choice([(1, "Islam")]), Line()
    stage(qtbot, first, second, third)
    qtbot.waitUntil(first.hasFocus)
    qtbot.keyClick(first, Qt.Key.Key_Return)
    qtbot.keyClick(second, Qt.Key.Key_Return)
    assert third.hasFocus()
    qtbot.keyClick(third, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert second.hasFocus()


def test_ctrl_enter_is_left_to_the_page(qtbot: QtBot) -> None:
    line, act = Line(), Button("Cetak draf", key="Ctrl Enter")
    done: list[int] = []
    stage(qtbot, line, act)
    act.clicked.connect(lambda: done.append(1))
    qtbot.waitUntil(line.hasFocus)
    qtbot.keyClick(line, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert done == [1]


def test_the_wheel_does_not_change_an_answer(qtbot: QtBot) -> None:
    choice = Choice([(1, "Islam"), (2, "Kristen")])
    choice.set_value(2)
    assert choice.value() == 2
    choice.set_value("tak dikenal")
    assert choice.value() is None


def test_a_long_word_does_not_push_the_page_wider(qtbot: QtBot) -> None:
    short, long = Choice([(1, "A")]), Choice([(1, "PENGADILAN " * 12)])
    assert long.sizeHint().width() == short.sizeHint().width()


def test_a_note_that_is_too_long_is_kept_and_named(qtbot: QtBot) -> None:
    note = Note(limit=10)
    note.set_value("dua belas hrf")
    assert note.value() == "dua belas hrf"
    assert "paling banyak 10" in note.problem()


def test_a_password_is_shown_on_demand_only(qtbot: QtBot) -> None:
    line = Password()
    stage(qtbot, line)
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClicks(line, " sandi ")
    assert line.displayText() != line.text()
    qtbot.keyClick(line, Qt.Key.Key_M, both)
    assert line.displayText() == line.value() == " sandi "


def test_a_field_is_judged_when_it_is_left_and_forgives_at_once(qtbot: QtBot) -> None:
    nik, other = Field("NIK suami", NumberLine()), Field("Nama", NameLine())
    stage(qtbot, nik, other)
    qtbot.waitUntil(nik.input.hasFocus)
    qtbot.keyClicks(nik.input, NIK[:15])
    assert nik.message() == ""
    qtbot.keyClick(nik.input, Qt.Key.Key_Return)
    assert (nik.state(), nik.message()) == ("bad", "Kurang 1 angka: 15 dari 16")
    nik.setFocus()
    nik.input.end(False)
    qtbot.keyClicks(nik.input, "3")
    assert (nik.state(), nik.message()) == ("", "")


def test_a_field_is_named_for_a_screen_reader(qtbot: QtBot) -> None:
    field = Field("NIK suami", NumberLine(), hint="16 angka")
    qtbot.addWidget(field)
    assert field.input.accessibleName() == "NIK suami"
    field.set_state("bad", "NIK ini ada di berkas lain")
    assert field.input.accessibleDescription() == "NIK ini ada di berkas lain"


def test_a_warning_may_offer_what_to_do(qtbot: QtBot) -> None:
    field = Field("Tanggal lahir", DateLine())
    taken: list[int] = []
    use = Button("Pakai 14-03-1984", kind="link")
    use.clicked.connect(lambda: taken.append(1))
    stage(qtbot, field)
    field.set_state("warn", "Beda dengan NIK", [use])
    assert use.isVisible()
    use.click()
    field.set_state("")
    assert taken == [1]
    assert not use.isVisible()


def test_the_summary_leads_to_each_fault(qtbot: QtBot) -> None:
    bht, letter = Field("Tanggal BHT", DateLine()), Field("Nomor surat", Line())
    summary = ErrorSummary()
    stage(qtbot, summary, bht, letter)
    summary.set_errors(
        "2 isian perlu diperbaiki", [("Tanggal BHT belum diisi", "Putusan", bht), ("Nomor surat", "Putusan", letter)]
    )
    assert summary.isVisible()
    link = summary.focusWidget()
    assert link is not None
    with qtbot.waitSignal(summary.chosen) as chosen:
        qtbot.keyClick(link, Qt.Key.Key_Return)
    assert chosen.args == [bht]
    assert bht.input.hasFocus()
    summary.set_errors("", [])
    assert not summary.isVisible()
