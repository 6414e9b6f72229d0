"""The table by keyboard: open, peek, filter, sort, tick; and the place is kept when new rows come."""

from dataclasses import dataclass, replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.ui import cells, theme
from app.ui.rows import Column, Rows


@dataclass(frozen=True)
class Line:
    number: int
    names: str
    minutes: int


LIST = [Line(1, "Andi & Grace", 5), Line(2, "Eko & Rosmala", 49), Line(3, "Willy & Merry", 52)]
COLUMNS = [
    Column[Line]("Berkas", lambda r: cells.two(r.names, f"P3-{r.number}"), sort=lambda r: r.names),
    Column[Line]("Menit", lambda r: cells.number(str(r.minutes)), 80, align="right", sort=lambda r: r.minutes),
    Column[Line]("Kanal", lambda _: "Di loket", 90),
]


def shown(qtbot: QtBot, *, ticks: bool = False) -> Rows[Line]:
    rows: Rows[Line] = Rows(COLUMNS, lambda r: r.number, ticks=ticks)
    qtbot.addWidget(rows)
    rows.resize(600, 300)
    rows.show()
    rows.set_rows(LIST)
    return rows


def numbers(rows: Rows[Line]) -> list[int]:
    return [row.number for row in rows.rows()]


def test_the_first_row_is_where_one_begins(qtbot: QtBot) -> None:
    assert shown(qtbot).current() == LIST[0]


def test_enter_opens_and_space_peeks_at_the_row_one_stands_on(qtbot: QtBot) -> None:
    rows = shown(qtbot)
    qtbot.keyClick(rows, Qt.Key.Key_Down)
    with qtbot.waitSignal(rows.opened) as opened:
        qtbot.keyClick(rows, Qt.Key.Key_Return)
    with qtbot.waitSignal(rows.peeked) as peeked:
        qtbot.keyClick(rows, Qt.Key.Key_Space)
    assert opened.args == peeked.args == [LIST[1]]


def test_new_rows_do_not_move_the_place(qtbot: QtBot) -> None:
    rows = shown(qtbot)
    rows.select(2)
    fresh = replace(LIST[1], minutes=50)
    rows.set_rows([Line(9, "Baru & Datang", 0), LIST[0], fresh, LIST[2]])
    assert rows.current() == fresh


def test_where_the_row_is_gone_the_first_one_is_taken(qtbot: QtBot) -> None:
    rows = shown(qtbot)
    rows.select(2)
    rows.set_rows([LIST[0], LIST[2]])
    assert rows.current() == LIST[0]


def test_typing_filters_and_esc_shows_all_again(qtbot: QtBot) -> None:
    rows = shown(qtbot)
    qtbot.keyClicks(rows, "rosm")
    assert numbers(rows) == [2]
    qtbot.keyClick(rows, Qt.Key.Key_Backspace)
    assert rows.filter_text() == "ros"
    qtbot.keyClick(rows, Qt.Key.Key_Escape)
    assert numbers(rows) == [1, 2, 3]
    assert rows.current() == LIST[1]


def test_the_number_of_a_file_is_found_too(qtbot: QtBot) -> None:
    rows = shown(qtbot)
    qtbot.keyClicks(rows, "p3-3")
    assert numbers(rows) == [3]


def test_a_head_sorts_up_then_down_then_as_it_came(qtbot: QtBot) -> None:
    rows = shown(qtbot)
    rows.set_rows([LIST[1], LIST[2], LIST[0]])
    orders = []
    for _ in range(3):
        rows.sort_by(1)
        orders.append(numbers(rows))
    assert orders == [[1, 2, 3], [3, 2, 1], [2, 3, 1]]


def test_a_head_without_an_order_does_nothing(qtbot: QtBot) -> None:
    rows = shown(qtbot)
    rows.sort_by(2)
    assert numbers(rows) == [1, 2, 3]


def test_ticks_stay_with_their_files(qtbot: QtBot) -> None:
    rows = shown(qtbot, ticks=True)
    qtbot.keyClick(rows, Qt.Key.Key_Return)
    assert rows.ticked() == [LIST[0]]
    qtbot.keyClick(rows, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(rows.ticked()) == 3
    rows.set_rows([LIST[2], LIST[0]])
    assert rows.ticked() == [LIST[2], LIST[0]]
    qtbot.keyClick(rows, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert rows.ticked() == []


def test_emptiness_says_why_and_steps_aside_for_rows(qtbot: QtBot) -> None:
    rows, why = shown(qtbot), QLabel("Semua selesai")
    rows.set_empty(why)
    assert not why.isVisible()
    rows.set_rows([])
    assert why.isVisible()
    assert rows.current() is None


def grabbed(qtbot: QtBot, kind: cells.Cell) -> bytes:
    rows: Rows[Line] = Rows([Column[Line]("x", lambda _: kind)], lambda r: r.number)
    qtbot.addWidget(rows)
    rows.resize(200, 120)
    rows.set_rows([LIST[0]])
    return bytes(rows.grab().toImage().constBits())


@pytest.mark.parametrize("dark", [False, True])
def test_every_kind_of_cell_is_painted(qapp: QApplication, qtbot: QtBot, dark: bool) -> None:
    theme.apply(qapp, dark=dark)
    kinds = [
        cells.text("a", bold=True),
        cells.two("a", "b"),
        cells.badge("a", "bad", "b"),
        cells.bar(0.5, "warn", "a"),
        cells.number("1"),
        cells.check(on=True),
        cells.check(on=False),
        cells.icon("gavel", "ok_l", "sah"),
        cells.muted("a"),
    ]
    pictures = {grabbed(qtbot, kind) for kind in kinds}
    assert len(pictures) == len(kinds)


def test_a_screen_reader_hears_the_words_of_a_cell(qtbot: QtBot) -> None:
    rows = shown(qtbot)
    index = rows.model().index(0, 0)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Andi & Grace P3-1"
