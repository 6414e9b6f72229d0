"""Live windows: looks are told, calm, stop behind a locked screen, and a lost line is mended."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from app.errors import Unavailable
from app.models import base
from app.services import changes, queue, waiting
from app.services.act import act
from app.services.keys import new_key
from app.sop.model import Role
from app.ui import listen
from app.ui.desk import Page
from app.ui.listen import Live
from app.ui.pages.entry import EntryPage
from app.ui.pages.worklist import WorkListPage
from app.ui.shell import PageSpec, Shell
from app.ui.tasks import Tasks
from tests.support.office import sit_down
from tests.support.ready import At
from tests.ui.gallery import make_desk
from tests.ui.pc import Pc


class Line:
    """An ear at the end of a pipe: what is written into it is heard, and closing the other end is a lost line."""

    def __init__(self) -> None:
        self.end, self.other = os.pipe()
        self.closed = False

    def fileno(self) -> int:
        return self.end

    def heard(self) -> bool:
        data = os.read(self.end, 64)
        if not data:
            raise Unavailable("Kabar langsung terputus.", code="lost")
        return data != b"\0"

    def say(self, what: bytes = b"!") -> None:
        os.write(self.other, what)

    def break_off(self) -> None:
        os.close(self.other)

    def close(self) -> None:
        if not self.closed:
            self.closed = True
            os.close(self.end)
            with suppress(OSError):
                os.close(self.other)


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> list[Line]:
    """Every line that was opened, the newest last."""
    opened: list[Line] = []

    def listening() -> Line:
        opened.append(Line())
        return opened[-1]

    monkeypatch.setattr(changes, "listen", listening)
    return opened


@pytest.fixture
def tasks(office_db: Path, qapp: object) -> Iterator[Tasks]:
    """The program's threads, each with its own connection to the test's office."""
    running = Tasks(lambda: base.db.connect(reuse_if_open=True) and None, lambda: base.db.close() and None)
    yield running
    running.close()


@pytest.fixture
def live(tasks: Tasks, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], Live]]:
    monkeypatch.setattr(waiting, "DELAYS", (0.02,))
    monkeypatch.setattr(listen, "POLL_MS", 30)
    owner, made = QObject(), list[Live]()

    def make() -> Live:
        made.append(Live(tasks, owner))
        return made[-1]

    yield make
    for one in made:
        one.close()


class Looks(QObject):
    """How often one was told to look, and whether the line was heard."""

    def __init__(self, live: Live) -> None:
        super().__init__()
        self.count = 0
        self.heard: list[bool] = []
        live.changed.connect(self._look)
        live.heard.connect(self.heard.append)

    def _look(self) -> None:
        self.count += 1


def test_what_is_said_is_heard_at_once_and_a_flood_is_calmed(
    live: Callable[[], Live], lines: list[Line], qtbot: QtBot
) -> None:
    there = live()
    looks = Looks(there)
    qtbot.waitUntil(lambda: looks.heard == [True])
    assert looks.count == 1, "what happened before the line stood is looked for"
    QTest.qWait(listen.CALM_MS + 50)
    for _ in range(50):
        lines[0].say()
    qtbot.waitUntil(lambda: looks.count == 2, timeout=200)
    QTest.qWait(2 * listen.CALM_MS)
    assert looks.count <= 4
    lines[0].say(b"\0")
    QTest.qWait(50)
    before = looks.count
    QTest.qWait(50)
    assert looks.count == before, "a breath on the line is no news"


def test_a_lost_line_is_told_and_mended_and_its_silence_is_looked_into(
    live: Callable[[], Live], lines: list[Line], qtbot: QtBot
) -> None:
    there = live()
    looks = Looks(there)
    qtbot.waitUntil(lambda: looks.heard == [True])
    lines[0].break_off()
    qtbot.waitUntil(lambda: looks.heard == [True, False, True])
    assert lines[0].closed
    QTest.qWait(listen.CALM_MS + 50)
    before = looks.count
    lines[1].say()
    qtbot.waitUntil(lambda: looks.count > before)


def test_behind_a_locked_screen_nobody_looks(live: Callable[[], Live], lines: list[Line], qtbot: QtBot) -> None:
    there = live()
    looks = Looks(there)
    qtbot.waitUntil(lambda: looks.count == 1)
    there.pause()
    QTest.qWait(listen.CALM_MS + 50)
    lines[0].say()
    QTest.qWait(listen.CALM_MS + 50)
    assert looks.count == 1
    there.go_on()
    assert looks.count == 2


def test_a_line_that_opens_after_the_end_is_closed_again(
    live: Callable[[], Live], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tasks: Tasks
) -> None:
    gate, made = threading.Event(), Line()

    def slow() -> Line:
        gate.wait(5)
        return made

    monkeypatch.setattr(changes, "listen", slow)
    there = live()
    there.close()
    gate.set()
    qtbot.waitUntil(lambda: made.closed)


def test_a_server_out_of_reach_is_tried_again_and_again(
    live: Callable[[], Live], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries: list[int] = []

    def nobody() -> Line:
        tries.append(1)
        raise Unavailable("Server tidak terjangkau.", code="lost")

    monkeypatch.setattr(changes, "listen", nobody)
    looks = Looks(live())
    qtbot.waitUntil(lambda: len(tries) >= 3)
    assert looks.heard[0] is False


def test_an_embedded_database_is_looked_at_when_another_program_changed_it(
    live: Callable[[], Live], office_db: Path, qtbot: QtBot
) -> None:
    there = live()
    looks = Looks(there)
    qtbot.waitUntil(lambda: there._version is not None)
    QTest.qWait(100)
    assert looks.count == 0
    sit_down(Role.FO)
    queue.issue(new_key())
    qtbot.waitUntil(lambda: looks.count == 1)


class Leaf(Page):
    """Counts its looks."""

    def __init__(self, desk: object) -> None:
        super().__init__(desk)  # type: ignore[arg-type]  # a stand-in
        self.looked = 0

    def live(self) -> None:
        self.looked += 1


class Counting(Leaf):
    counts = True


def test_the_page_in_front_looks_and_those_that_count_look_now_and_then(tasks: Tasks, qtbot: QtBot) -> None:
    specs = {
        "loket": PageSpec("loket", "Loket", "headset", Counting),
        "worklist": PageSpec("worklist", "Berkas", "tray", Counting),
        "terkirim": PageSpec("terkirim", "Selesai", "tray", Leaf),
    }
    shell = Shell(make_desk(tasks), specs)
    qtbot.addWidget(shell)
    pages = {key: shell.page(key) for key in specs}
    for _ in range(5):
        shell.look()
    assert [pages[key].looked for key in specs] == [5, 1, 0]  # type: ignore[union-attr]  # they are there


@pytest.fixture
def pc(qtbot: QtBot, office_db: Path, tmp_path: Path) -> Iterator[Pc]:
    made = Pc(qtbot, tmp_path, office_db)
    yield made
    made.end()


def test_new_work_arrives_without_moving_what_one_stands_on_or_types(pc: Pc, file_at: At) -> None:
    first = file_at("KE_KASI")
    base.db.close()
    pc.start()
    pc.enter("zulfikar")
    page = pc.shell.current_page()
    assert isinstance(page, WorkListPage)
    pc.bot.waitUntil(lambda: len(page.rows.rows()) == 1)
    page.rows.select(first.id)
    page.rows.set_filter(first.number[:2])
    base.db.connect()
    who = sit_down(Role.KASI)
    act(who, first.id, "terima_kasi", first.n, new_key())
    base.db.close()
    pc.bot.waitUntil(lambda: page.rows.rows()[0].item.stage.key == "DI_KASI", timeout=10_000)
    current = page.rows.current()
    assert current is not None
    assert current.item.id == first.id
    assert page.rows.filter_text() == first.number[:2]


def test_a_file_taken_over_elsewhere_is_said_and_what_is_typed_is_held_back(pc: Pc, file_at: At) -> None:
    file = file_at("ENTRI")
    base.db.close()
    pc.start()
    pc.enter("rina")
    pc.shell.navigate("entry", file.id)
    pc.wait()
    page = pc.shell.current_page()
    assert isinstance(page, EntryPage)
    page.form.go("husband.name")
    typed = page.form.slots["husband.name"].findChild(QLineEdit)
    assert typed is not None
    QTest.keyClicks(typed, "YOH")
    assert page.keeper.dirty()
    base.db.connect()
    other = sit_down("dedi")
    act(other, file.id, "ambil_alih", file.n, new_key(), "rekan cuti hari ini")
    base.db.close()
    pc.bot.waitUntil(lambda: page.stands is not None and page.stands.holder == "dedi", timeout=10_000)
    pc.wait()
    assert page.notices.texts() == [
        "Berkas ini sekarang dipegang Dedi Kurniawan. Yang Anda ketik tetap ada di PC ini dan tidak dikirim."
    ]
    assert not page.primary.isVisible()
    page.keeper.save_now()
    pc.wait()
    assert page.keeper.dirty(), "nothing was sent in a colleague's file"
    assert page.drafts.offer(f"{file.number} entri") is not None
