"""The line on which a window hears of other desks is lost: it notices, goes on looking by itself, and listens again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from app.models import base
from app.services import accounts, changes, worklist
from app.services.accounts import Who
from app.services.berkas import Head
from app.services.keys import job_keys, new_key
from app.services.opening import Opening
from app.sop.pelita3 import PELITA3
from app.ui import listen
from app.ui.listen import Live
from app.ui.tasks import Tasks
from tests.faults.conftest import Hall
from tests.support.clerk import Clerk, clerk
from tests.support.crowd import seated
from tests.support.proxy import Proxy

pytestmark = pytest.mark.postgres_only
PATIENCE = 20_000


class Window(QObject):
    """Rina's work list on the glass, read again whenever something may have changed; and what its lamp shows."""

    def __init__(self, tasks: Tasks, who: Who) -> None:
        super().__init__()
        self.tasks, self.who = tasks, who
        self.lamp: list[bool] = []
        self.files: set[int] = set()
        self.live = Live(tasks, self)
        self.live.heard.connect(self.lamp.append)
        self.live.changed.connect(self.refresh)

    def refresh(self) -> None:
        self.tasks.ask(self._look, self._show, owner=self, quiet=True)

    def _look(self) -> set[int]:
        found = worklist.waiting(PELITA3, self.who, accounts.load_office(), datetime.now(UTC))
        return {item.id for item in found}

    def _show(self, files: set[int]) -> None:
        self.files = files


@pytest.fixture
def files(hall: Hall) -> list[Head]:
    return hall.registered(3)


@pytest.fixture
def window(hall: Hall, proxy: Proxy, files: list[Head], qtbot: QtBot) -> Iterator[Window]:
    """The program's own threads at the far end of the network, Rina logged in."""
    before = base.db.obj, base.session.clock, base.session.reconnect
    opening = Opening(hall.address(proxy.port).url, PELITA3)
    tasks = Tasks(opening.open, opening.close, keys=job_keys, tell=changes.tell)
    seats: list[Who] = []
    tasks.ask(lambda: seated("rina"), seats.append, keep=False)
    qtbot.waitUntil(lambda: bool(seats), timeout=PATIENCE)
    made = Window(tasks, seats[0])
    qtbot.waitUntil(lambda: made.lamp == [True] and len(made.files) == len(files), timeout=PATIENCE)
    yield made
    made.live.close()
    tasks.close()
    base.db.initialize(before[0])
    base.session.clock, base.session.reconnect = before[1:]


def cancel(hall: Hall, desk: Clerk, file: Head) -> None:
    """The colleague at the next desk takes a file off the list, and his window tells the others."""
    key = new_key()
    desk.ask(do="act", file=file.id, action="batalkan", n=file.n, key=key, note="dari meja sebelah")
    desk.ask(do="tell")
    hall.ledger.tell(key)


def cut(hall: Hall) -> None:
    """The server ends the one connection that only listens."""
    with hall.superuser() as su:
        ended = su.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity where datname = %s and query like 'listen%%'",
            (hall.name,),
        ).fetchall()
    assert ended == [(True,)]


def test_a_lost_line_is_noticed_and_had_again(
    hall: Hall, window: Window, files: list[Head], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Row 24."""
    with clerk(hall.address().url, "dedi") as desk:
        assert "seated" in desk.hear()
        cancel(hall, desk, files[0])
        qtbot.waitUntil(lambda: len(window.files) == 2, timeout=PATIENCE)
        cut(hall)
        qtbot.waitUntil(lambda: window.lamp == [True, False, True], timeout=PATIENCE)
        cancel(hall, desk, files[1])
        qtbot.waitUntil(lambda: len(window.files) == 1, timeout=PATIENCE)


@pytest.mark.slow
def test_while_the_line_cannot_be_had_the_list_is_looked_at_every_few_seconds(
    hall: Hall, proxy: Proxy, files: list[Head], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> None:  # fmt: skip
    """Row 24: nothing tells, and yet what the colleague does is seen; the lamp says that it may take a moment."""
    assert listen.LOOK_MS == 10_000
    monkeypatch.setattr(listen, "LOOK_MS", 500)
    window: Window = request.getfixturevalue("window")
    with clerk(hall.address().url, "dedi") as desk:
        assert "seated" in desk.hear()
        proxy.refuse = True
        cut(hall)
        qtbot.waitUntil(lambda: window.lamp[:2] == [True, False], timeout=PATIENCE)
        cancel(hall, desk, files[0])
        qtbot.waitUntil(lambda: len(window.files) == 2, timeout=PATIENCE)
        assert not any(window.lamp[1:])
        assert not window.tasks.is_lost(), "its other connection works on"
        proxy.refuse = False
        qtbot.waitUntil(lambda: window.lamp[-1], timeout=PATIENCE)
