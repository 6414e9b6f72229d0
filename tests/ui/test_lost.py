"""A lost connection: what was asked is kept, asked again with its own keys, and every command's end is told."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TypeVar

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from app.errors import Conflict, Refused, Unavailable
from app.services import waiting
from app.services.waiting import Waiting
from app.ui.desk import Page
from app.ui.parts.buttons import Button
from app.ui.shell import PageSpec, Shell
from app.ui.tasks import Progress, Settled, Tasks
from tests.ui.gallery import make_desk

T = TypeVar("T")


@dataclass
class Server:
    """A server at the end of a cable: it can be pulled, before the request or before the answer."""

    up: bool = True
    rows: dict[str, str] = field(default_factory=dict)
    swallow: int = 0
    refuses: Exception | None = None
    calls: list[str] = field(default_factory=list)
    key: str = ""
    lent: threading.local = field(default_factory=threading.local)

    def connect(self) -> None:
        self.calls.append("connect")
        self.patiently(self._knock)

    def _knock(self) -> None:
        if self.refuses is not None:
            raise self.refuses
        if not self.up:
            raise Unavailable("Server tidak terjangkau.", code="lost")

    def close(self) -> None:
        self.calls.append("close")

    @contextmanager
    def keys(self, key: str) -> Iterator[None]:
        self.key = key
        yield
        self.key = ""

    @contextmanager
    def patience(self, waiting: Waiting) -> Iterator[None]:
        self.lent.waiting = waiting
        yield
        self.lent.waiting = None

    def patiently(self, statement: Callable[[], T]) -> T:
        """A statement of long work, as `app/models/server.py` sends it."""
        patience: Waiting | None = getattr(self.lent, "waiting", None)
        while True:
            try:
                done = statement()
            except Unavailable as error:
                if patience is None or not patience.wait(error):
                    raise
            else:
                if patience is not None:
                    patience.over()
                return done

    def read(self) -> int:
        if not self.up:
            raise Unavailable("Server tidak terjangkau.", code="lost")
        return len(self.rows)

    def write(self, text: str) -> str:
        """Insert once by key; the answer may be lost after the row is there."""
        if not self.up:
            raise Unavailable("Server tidak terjangkau.", code="lost")
        self.rows.setdefault(self.key, text)
        if self.swallow:
            self.swallow -= 1
            raise Unavailable("Server tidak terjangkau.", code="lost")
        return self.rows[self.key]


class Heard(QObject):
    """What the window is told, in order."""

    def __init__(self, tasks: Tasks) -> None:
        super().__init__()
        self.words: list[str] = []
        self.settled: list[Settled] = []
        tasks.lost.connect(lambda error: self.words.append(f"lost {error}"))
        tasks.found.connect(lambda: self.words.append("found"))
        tasks.ended.connect(lambda error: self.words.append(f"ended {error}"))
        tasks.settled.connect(self.settled.append)


@pytest.fixture(autouse=True)
def brisk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "DELAYS", (0.0, 0.01, 0.02))


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture
def tasks(server: Server, qtbot: QtBot) -> Iterator[Tasks]:
    made = Tasks(server.connect, server.close, keys=server.keys, patience=server.patience)
    yield made
    made.close()


@pytest.fixture
def heard(tasks: Tasks) -> Heard:
    return Heard(tasks)


def until_lost(tasks: Tasks, qtbot: QtBot) -> None:
    qtbot.waitUntil(tasks.is_lost)


def test_a_lost_answer_is_asked_again_with_the_same_key_and_nobody_is_troubled(
    server: Server, tasks: Tasks, heard: Heard, qtbot: QtBot
) -> None:
    server.swallow = 1
    got: list[str] = []
    tasks.ask(lambda: server.write("paraf"), got.append, command="Paraf berkas 7")
    qtbot.waitUntil(tasks.idle)
    assert got == ["paraf"]
    assert list(server.rows.values()) == ["paraf"], "the key of the job repeats, so nothing is doubled"
    assert server.calls == ["connect", "close", "connect"]
    assert heard.words == [], "a blink of the network is nobody's business"


def test_what_was_asked_waits_in_order_and_runs_when_the_server_is_back(
    server: Server, tasks: Tasks, heard: Heard, qtbot: QtBot
) -> None:
    order: list[str] = []
    button = Button("Paraf, serahkan ke Kabid")
    qtbot.addWidget(button)
    tasks.ask(server.read)
    qtbot.waitUntil(tasks.idle)
    server.up = False
    tasks.ask(server.read, lambda _: order.append("daftar"))
    tasks.ask(lambda: server.write("paraf"), order.append, dead=button)
    until_lost(tasks, qtbot)
    tasks.ask(lambda: server.write("catatan"), order.append, command="Catatan pada 7")
    assert tasks.unsaved() == ["Paraf, serahkan ke Kabid", "Catatan pada 7"]
    assert button.is_held()
    server.up = True
    qtbot.waitUntil(tasks.idle)
    assert order == ["daftar", "paraf", "catatan"]
    assert heard.words == ["lost Server tidak terjangkau.", "found"]
    assert heard.settled == [Settled("Paraf, serahkan ke Kabid", None), Settled("Catatan pada 7", None)]
    assert tasks.unsaved() == []
    assert not button.is_held()


def test_a_command_that_is_refused_after_the_return_says_why(
    server: Server, tasks: Tasks, heard: Heard, qtbot: QtBot
) -> None:
    moved = Conflict("Berkas ini sudah diproses petugas lain.", code="file")

    def sign() -> None:
        server.read()
        raise moved

    server.up = False
    failed: list[Exception] = []
    tasks.ask(sign, failed=failed.append, command="Paraf berkas 7")
    until_lost(tasks, qtbot)
    server.up = True
    qtbot.waitUntil(tasks.idle)
    assert failed == [moved]
    assert heard.settled == [Settled("Paraf berkas 7", moved)]
    assert heard.words[-1] == "found"


def test_another_reason_while_connecting_is_told_and_the_command_still_waits(
    server: Server, tasks: Tasks, heard: Heard, qtbot: QtBot
) -> None:
    server.up = False
    tasks.ask(lambda: server.write("paraf"), command="Paraf berkas 7")
    until_lost(tasks, qtbot)
    server.refuses = Unavailable("Server sedang menyala.", code="starting")
    qtbot.waitUntil(lambda: len(heard.words) == 2)
    assert heard.words[1] == "lost Server sedang menyala."
    server.refuses, server.up = None, True
    qtbot.waitUntil(tasks.idle)
    assert heard.settled == [Settled("Paraf berkas 7", None)]


@pytest.mark.parametrize("code", ["inactive", "password"])
def test_an_officer_whom_the_server_turns_away_has_no_session_any_more(
    code: str, server: Server, tasks: Tasks, heard: Heard, qtbot: QtBot
) -> None:
    away = Refused("Akun Anda dinonaktifkan.", code=code)
    failed: list[Exception] = []
    tasks.ask(server.read)
    qtbot.waitUntil(tasks.idle)
    server.up = False
    tasks.ask(server.read, failed=failed.append)
    tasks.ask(lambda: server.write("paraf"), failed=failed.append, command="Paraf berkas 7")
    until_lost(tasks, qtbot)
    server.refuses = away
    qtbot.waitUntil(tasks.idle)
    assert failed == [away, away]
    assert heard.settled == [Settled("Paraf berkas 7", away)]
    assert heard.words[-1] == "ended Akun Anda dinonaktifkan."
    assert not tasks.is_lost()


def test_who_wants_to_know_at_once_is_not_kept_waiting(
    server: Server, tasks: Tasks, heard: Heard, qtbot: QtBot
) -> None:
    server.up = False
    failed: list[Exception] = []
    tasks.ask(server.read, failed=failed.append, keep=False)
    qtbot.waitUntil(tasks.idle)
    assert [type(e) for e in failed] == [Unavailable]
    assert heard.words == []
    gate = threading.Event()
    tasks.ask(gate.wait)
    tasks.ask(server.read)
    tasks.ask(server.read, failed=failed.append, keep=False)
    server.up, server.swallow = True, 0
    server.up = False
    gate.set()
    until_lost(tasks, qtbot)
    tasks.ask(server.read, failed=failed.append, keep=False)
    qtbot.waitUntil(lambda: len(failed) == 3)
    assert tasks.is_lost(), "what can wait still waits"


def test_what_is_given_up_is_forgotten_and_the_next_officer_begins_afresh(
    server: Server, tasks: Tasks, heard: Heard, qtbot: QtBot
) -> None:
    button = Button("Terima")
    qtbot.addWidget(button)
    got: list[object] = []
    server.up = False
    tasks.ask(lambda: server.write("terima"), got.append, got.append, dead=button)
    tasks.ask(server.read, got.append, got.append)
    until_lost(tasks, qtbot)
    tasks.abandon()
    assert tasks.idle()
    assert not tasks.is_lost()
    assert not button.is_held()
    tasks.ask(server.read, got.append, keep=False, failed=lambda _error: got.append("unreachable"))
    qtbot.waitUntil(lambda: got == ["unreachable"])
    server.up = True
    tasks.ask(server.read, got.append)
    qtbot.waitUntil(tasks.idle)
    assert got == ["unreachable", 0], "what the one before had asked was never written"
    assert heard.settled == []


def test_closing_waits_for_no_server(server: Server, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "DELAYS", (0.0, 30.0))
    tasks = Tasks(server.connect, server.close)
    server.up = False
    tasks.ask(lambda: server.write("paraf"), command="Paraf")
    tasks.ask(lambda: server.write("catatan"), command="Catatan")
    until_lost(tasks, qtbot)
    began = time.monotonic()
    tasks.close()
    assert time.monotonic() - began < 5
    assert server.rows == {}


# --- long work ---


@dataclass
class Printing:
    """A press that prints a paper and then writes it down: what is on paper must not be printed again."""

    server: Server
    papers: list[str] = field(default_factory=list)
    went: threading.Event = field(default_factory=threading.Event)

    def __call__(self, _progress: Progress) -> int:
        self.papers.append("kartu kendali")
        self.server.up = False
        self.went.set()
        return self.server.patiently(self.server.read)


def test_long_work_that_only_asks_does_not_wait_for_a_lost_server(server: Server, tasks: Tasks, qtbot: QtBot) -> None:
    server.up = False
    failed: list[Exception] = []
    tasks.work(lambda _progress: server.read(), failed=failed.append)
    qtbot.waitUntil(tasks.idle)
    assert [type(e) for e in failed] == [Unavailable]


def test_a_command_of_long_work_goes_on_where_it_was_and_is_not_begun_again(
    server: Server, tasks: Tasks, heard: Heard, qtbot: QtBot
) -> None:
    button, printing = Button("Cetak kartu kendali"), Printing(server)
    qtbot.addWidget(button)
    told, got = list[list[str]](), list[int]()
    tasks.waiting.connect(lambda: told.append(tasks.unsaved()))
    tasks.work(printing, got.append, dead=button)
    qtbot.waitUntil(lambda: told == [["Cetak kartu kendali"]])
    assert button.is_held()
    server.up = True
    qtbot.waitUntil(tasks.idle)
    assert told == [["Cetak kartu kendali"], []]
    assert (printing.papers, got) == (["kartu kendali"], [0])
    assert heard.settled == [Settled("Cetak kartu kendali", None, work=True)]
    assert not button.is_held()


def test_a_blink_during_long_work_is_nobodys_business(server: Server, tasks: Tasks, qtbot: QtBot) -> None:
    told: list[str] = []
    tasks.waiting.connect(lambda: told.append("waits"))
    server.swallow = 1
    tasks.work(lambda _progress: server.patiently(lambda: server.write("paraf")), command="Kirim")
    qtbot.waitUntil(tasks.idle)
    assert (list(server.rows.values()), told) == (["paraf"], [])


def test_long_work_ends_its_waiting_when_it_is_asked_to_stop(
    server: Server, tasks: Tasks, heard: Heard, qtbot: QtBot
) -> None:
    failed: list[Exception] = []
    begun = tasks.work(Printing(server), failed=failed.append, command="Tanda tangani 2 berkas")
    qtbot.waitUntil(lambda: tasks.unsaved() == ["Tanda tangani 2 berkas"])
    begun.stop()
    qtbot.waitUntil(tasks.idle)
    assert [str(e) for e in failed] == ["Server tidak terjangkau."]
    assert [one.command for one in heard.settled if one.error] == ["Tanda tangani 2 berkas"]


def test_long_work_waits_no_longer_than_it_may_and_not_again_for_the_same_loss(
    server: Server, tasks: Tasks, qtbot: QtBot
) -> None:
    tries: list[str] = []

    def sign(_progress: Progress) -> None:
        server.up = False
        for name in ("satu", "dua"):
            try:
                server.patiently(server.read)
            except Unavailable:
                tries.append(name)
                waited.append(time.monotonic() - began)

    waited: list[float] = []
    began = time.monotonic()
    tasks.work(sign, command="Tanda tangani", patience=0.3)
    qtbot.waitUntil(tasks.idle)
    assert tries == ["satu", "dua"]
    assert waited[0] >= 0.3
    assert waited[1] - waited[0] < 0.2, "the second file does not wait as long again"


def test_work_that_waits_or_has_not_begun_is_given_up_with_the_officer(
    server: Server, tasks: Tasks, qtbot: QtBot
) -> None:
    got: list[object] = []
    button = Button("Cetak resi")
    qtbot.addWidget(button)
    first, second = Printing(server), Printing(server)
    tasks.work(first, got.append, got.append, command="Cetak draf")
    tasks.work(second, got.append, got.append, command="Cetak kartu")
    tasks.work(lambda _progress: server.write("resi"), got.append, got.append, dead=button)
    qtbot.waitUntil(lambda: len(tasks.unsaved()) == 2)
    assert tasks.unbegun() == ["Cetak resi"]
    tasks.abandon()
    assert tasks.idle()
    assert not button.is_held()
    server.up = True
    tasks.work(lambda _progress: server.read(), got.append)
    qtbot.waitUntil(tasks.idle)
    assert got == [0], "nothing that the one before asked is written in the name of the next"


def test_closing_waits_for_no_long_work_that_waits_itself(server: Server, qtbot: QtBot) -> None:
    tasks = Tasks(server.connect, server.close, patience=server.patience)
    waiting_ones = Printing(server)
    tasks.work(waiting_ones, command="Cetak")
    qtbot.waitUntil(lambda: tasks.unsaved() == ["Cetak"])
    began = time.monotonic()
    tasks.close()
    assert time.monotonic() - began < 5


def test_other_desks_are_told_after_a_command_and_not_after_a_question(server: Server, qtbot: QtBot) -> None:
    told: list[str] = []

    def tell() -> None:
        told.append(threading.current_thread().name)
        raise OSError("what goes wrong here is no harm")

    tasks = Tasks(server.connect, server.close, tell=tell)
    got: list[object] = []
    tasks.ask(server.read, got.append)
    qtbot.waitUntil(tasks.idle)
    assert told == []
    tasks.ask(lambda: server.write("paraf"), got.append, command="Paraf")
    tasks.ask(fail_with(Refused("tidak boleh")), failed=got.append, command="Paraf")
    qtbot.waitUntil(tasks.idle)
    assert told == ["pelita-data"]
    button = Button("Cetak draf")
    qtbot.addWidget(button)
    tasks.work(lambda _progress: 1, dead=button)
    qtbot.waitUntil(tasks.idle)
    tasks.work(lambda _progress: 1)
    qtbot.waitUntil(tasks.idle)
    tasks.tell()
    tasks.ask(lambda: 1)
    qtbot.waitUntil(tasks.idle)
    tasks.close()
    assert told == ["pelita-data", "pelita-work", "pelita-data"]
    assert len(got) == 3


def test_a_quiet_question_shows_no_waiting(tasks: Tasks, qtbot: QtBot) -> None:
    busy: list[bool] = []
    got: list[int] = []
    tasks.busy.connect(busy.append)
    tasks.ask(lambda: 1, got.append, quiet=True)
    assert tasks.idle()
    qtbot.waitUntil(lambda: got == [1])
    assert busy == []


def test_waiting_for_news_disturbs_neither_database_nor_pictures(tasks: Tasks, qtbot: QtBot) -> None:
    gate, got = threading.Event(), list[object]()
    tasks.listen(lambda: (gate.wait(5), threading.current_thread().name)[1], got.append)
    tasks.ask(lambda: 1, got.append)
    tasks.draw(lambda: 2, got.append)
    qtbot.waitUntil(lambda: sorted(map(str, got)) == ["1", "2"])
    gate.set()
    qtbot.waitUntil(lambda: got[-1] == "pelita-news")


def fail_with(error: Exception) -> Callable[[], None]:
    def fail() -> None:
        raise error

    return fail


# --- what the shell says ---------------------------------------------------------------------------------------------


@pytest.fixture
def shell(tasks: Tasks, qtbot: QtBot) -> Shell:
    made = Shell(make_desk(tasks), {"bantuan": PageSpec("bantuan", "Bantuan", "question", Page)})
    qtbot.addWidget(made)
    made.resize(1366, 690)
    made.show()
    return made


def test_the_banner_says_since_when_and_what_waits(server: Server, tasks: Tasks, shell: Shell, qtbot: QtBot) -> None:
    server.up = False
    tasks.ask(server.read)
    until_lost(tasks, qtbot)
    since = "Sambungan ke server terputus sejak 11.31. "
    assert shell.banners.texts() == [since + "Yang Anda ketik tetap ada, dan yang tampil masih dapat dibaca."]
    assert shell.status.lamp("server") == ("Server putus", "bad")
    tasks.ask(lambda: server.write("paraf"), command="Paraf 7")
    said = since + "Yang Anda ketik tetap ada; 1 perintah menunggu dan akan dikirim sendiri."
    assert shell.banners.texts() == [said]
    assert shell.banners.standing()[0].detail() == "· Paraf 7"
    server.up = True
    qtbot.waitUntil(tasks.idle)
    assert shell.banners.texts() == ["Tersambung lagi. Paraf 7 tersimpan 11.31."]
    assert shell.status.lamp("server") == ("Server terhubung", "ok")
    seen = shell.banners.standing()[0].action
    assert seen is not None
    seen.press()
    assert shell.banners.texts() == []


def test_after_the_return_it_is_told_exactly_what_is_saved_and_what_is_not(
    server: Server, tasks: Tasks, shell: Shell, qtbot: QtBot
) -> None:
    server.up = False

    def refused() -> None:
        server.read()
        raise Conflict("Berkas ini sudah diproses petugas lain.")

    tasks.ask(lambda: server.write("a"), command="Paraf 7")
    tasks.ask(refused, failed=lambda _error: None, command="Paraf 8")
    tasks.ask(lambda: server.write("c"), command="Catatan pada 7")
    until_lost(tasks, qtbot)
    assert "3 perintah menunggu" in shell.banners.texts()[0]
    server.up = True
    qtbot.waitUntil(tasks.idle)
    assert shell.banners.texts() == ["Tersambung lagi. 2 perintah tersimpan 11.31. 1 perintah belum tersimpan."]
    assert shell.banners.standing()[0].detail().splitlines() == [
        "· Belum tersimpan: Paraf 8. Berkas ini sudah diproses petugas lain.",
        "· Tersimpan: Paraf 7",
        "· Tersimpan: Catatan pada 7",
    ]
    assert shell.banners.standing()[0].property("tone") == "warn"


def test_without_commands_the_return_is_a_word_by_the_way(
    server: Server, tasks: Tasks, shell: Shell, qtbot: QtBot
) -> None:
    server.up = False
    tasks.ask(server.read)
    until_lost(tasks, qtbot)
    server.up = True
    qtbot.waitUntil(tasks.idle)
    assert shell.banners.texts() == []
    assert shell.toast.text() == "Tersambung lagi."


def test_a_reason_other_than_a_cable_is_told_under_it(server: Server, tasks: Tasks, shell: Shell, qtbot: QtBot) -> None:
    tasks.ask(server.read)
    qtbot.waitUntil(tasks.idle)
    server.up, server.refuses = False, Unavailable("Server kantor sedang menyala.", code="starting")
    tasks.ask(server.read)
    until_lost(tasks, qtbot)
    assert shell.banners.standing()[0].detail() == "Server kantor sedang menyala."
    assert not shell.wait.runs(), "nobody waits for an answer; the program does"


def test_good_news_goes_away_by_itself(server: Server, tasks: Tasks, shell: Shell, qtbot: QtBot) -> None:
    shell.news._read.setInterval(20)
    server.up = False
    tasks.ask(lambda: server.write("a"), command="Paraf 7")
    until_lost(tasks, qtbot)
    server.up = True
    qtbot.waitUntil(lambda: tasks.idle() and shell.banners.texts() == [])
