"""The one database thread, the pool, and what becomes of answers and errors."""

import threading
import time
from collections.abc import Callable
from functools import partial

import pytest
import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from app.errors import Conflict, Refused, Unavailable
from app.ui.parts.buttons import Button
from app.ui.tasks import Progress, Tasks


def fail_with(error: Exception) -> Callable[[], None]:
    def fail() -> None:
        raise error

    return fail


def test_questions_are_answered_in_the_order_they_were_asked(tasks: Tasks, qtbot: QtBot) -> None:
    answers: list[int] = []
    for number in range(20):
        tasks.ask(partial(int, number), answers.append)
    qtbot.waitUntil(tasks.idle)
    assert answers == list(range(20))


def test_the_work_is_elsewhere_and_the_answer_comes_home(tasks: Tasks, qtbot: QtBot) -> None:
    seen: list[str] = []
    tasks.ask(
        lambda: threading.current_thread().name, lambda name: seen.extend((name, threading.current_thread().name))
    )
    qtbot.waitUntil(tasks.idle)
    assert seen == ["pelita-data", "MainThread"]


def test_a_connection_is_opened_once_for_the_database_and_around_each_long_job(qtbot: QtBot) -> None:
    calls: list[tuple[str, str]] = []
    tasks = Tasks(
        lambda: calls.append(("open", threading.current_thread().name)),
        lambda: calls.append(("close", threading.current_thread().name)),
    )
    tasks.ask(lambda: 1)
    tasks.ask(lambda: 2)
    qtbot.waitUntil(tasks.idle)
    assert calls == [("open", "pelita-data")]
    tasks.work(lambda progress: 3)
    qtbot.waitUntil(tasks.idle)
    tasks.close()
    assert calls.count(("open", "pelita-work")) == calls.count(("close", "pelita-work")) == 1
    assert calls[-1] == ("close", "pelita-data")


def test_a_connection_that_could_not_be_opened_is_tried_again(qtbot: QtBot) -> None:
    tries: list[int] = []

    def open_it() -> None:
        tries.append(1)
        if len(tries) == 1:
            raise Unavailable("Berkas basis data tidak dapat dibuka", code="unable to open database")

    tasks = Tasks(open_it)
    stuck: list[Exception] = []
    got: list[int] = []
    tasks.stuck.connect(stuck.append)
    tasks.ask(lambda: 1, got.append)
    tasks.ask(lambda: 2, got.append)
    qtbot.waitUntil(tasks.idle)
    tasks.close()
    assert got == [2]
    assert len(stuck) == 1


@pytest.mark.parametrize("error", [Refused("tidak boleh"), Conflict("sudah diparaf"), Unavailable("tidak terjangkau")])
def test_what_may_be_shown_goes_to_the_one_who_asked_or_else_to_the_shell(
    error: Exception, tasks: Tasks, qtbot: QtBot
) -> None:
    asked: list[Exception] = []
    shell: list[Exception] = []
    tasks.trouble.connect(shell.append)
    tasks.ask(fail_with(error), failed=asked.append)
    qtbot.waitUntil(tasks.idle)
    assert (asked, shell) == ([error], [])
    tasks.ask(fail_with(error))
    qtbot.waitUntil(tasks.idle)
    assert shell == [error]


def test_a_bug_is_not_swallowed(tasks: Tasks, qtbot: QtBot) -> None:
    told: list[Exception] = []
    asked: list[Exception] = []
    tasks.bug.connect(told.append)
    button = Button("Paraf")
    qtbot.addWidget(button)
    with capture_exceptions() as raised:
        tasks.ask(fail_with(KeyError("x")), failed=asked.append, dead=button)
        qtbot.waitUntil(tasks.idle)
    assert isinstance(told[0], KeyError)
    assert [type(value) for _, value, _ in raised] == [KeyError]
    assert asked == []
    assert not button.is_held()


def test_an_answer_for_a_closed_page_is_dropped(tasks: Tasks, qtbot: QtBot) -> None:
    class Page(QWidget):
        answered = False

        def take(self, _answer: object) -> None:
            Page.answered = True

    page = Page()
    gate = threading.Event()
    tasks.ask(gate.wait, page.take)
    shiboken6.delete(page)
    gate.set()
    qtbot.waitUntil(tasks.idle)
    assert not Page.answered


def test_a_button_is_dead_until_the_answer(tasks: Tasks, qtbot: QtBot) -> None:
    button, gate = Button("Panggil", key="F2"), threading.Event()
    presses: list[int] = []
    qtbot.addWidget(button)
    button.clicked.connect(lambda: presses.append(1))
    tasks.ask(gate.wait, dead=button)
    button.press()
    assert presses == []
    gate.set()
    qtbot.waitUntil(tasks.idle)
    button.press()
    assert presses == [1]


def test_long_work_reports_and_stops_after_the_item_in_hand(tasks: Tasks, qtbot: QtBot) -> None:
    class Panel(QObject):
        def __init__(self) -> None:
            super().__init__()
            self.reports: list[tuple[int, int, str]] = []
            self.results: list[tuple[str, bool, str]] = []

        def report(self, done: int, total: int, text: str) -> None:
            self.reports.append((done, total, text))

        def result(self, label: str, ok: bool, reason: str) -> None:
            self.results.append((label, ok, reason))

    def sign(progress: Progress) -> int:
        for number in range(39):
            if progress.stop_asked:
                return number
            progress.report(number, 39, f"dokumen {number}")
            progress.result(str(number), ok=number != 1, reason="" if number != 1 else "rusak")
            time.sleep(0.01)
        return 39

    panel = Panel()
    ended: list[int] = []
    told = tasks.work(sign, ended.append, progress=panel)
    qtbot.waitUntil(lambda: len(panel.results) >= 3)
    told.stop()
    qtbot.waitUntil(tasks.idle)
    assert 3 <= ended[0] < 39
    assert panel.results[1] == ("1", False, "rusak")
    assert panel.reports[0] == (0, 39, "dokumen 0")


def test_long_work_does_not_keep_the_database_waiting(tasks: Tasks, qtbot: QtBot) -> None:
    gate = threading.Event()
    order: list[str] = []
    tasks.work(lambda progress: gate.wait(), lambda _: order.append("cetak"))
    tasks.ask(lambda: 1, lambda _: order.append("daftar"))
    qtbot.waitUntil(lambda: bool(order))
    gate.set()
    qtbot.waitUntil(tasks.idle)
    assert order == ["daftar", "cetak"]


def test_closing_joins_the_threads_and_asks_long_work_to_stop(qtbot: QtBot) -> None:
    tasks = Tasks()
    stopped = threading.Event()

    def print_all(progress: Progress) -> None:
        while not progress.stop_asked:
            time.sleep(0.005)
        stopped.set()

    tasks.work(print_all)
    tasks.ask(lambda: 1)
    before = threading.active_count()
    tasks.close()
    assert stopped.is_set()
    assert threading.active_count() < before
    tasks.ask(lambda: 2)
    assert tasks.idle()


def test_busy_is_told_once_for_many_questions(tasks: Tasks, qtbot: QtBot) -> None:
    told: list[bool] = []
    tasks.busy.connect(told.append)
    gate = threading.Event()
    tasks.ask(gate.wait)
    tasks.ask(lambda: 1)
    gate.set()
    qtbot.waitUntil(tasks.idle)
    assert told == [True, False]
