"""The demonstration's machines: in a process of their own, under their own accounts, gone when nobody holds them."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from app.demo.accounts_card import AccountsCard, lines
from app.demo.clock import DemoClock, LentClock
from app.demo.hall import Machine, Try, open_hall
from app.demo.office import PASSWORD, DemoOffice, make_office
from app.demo.robot import Stuck
from app.demo.sink import Sink
from app.services import accounts, devices, queue_board
from app.services.queue import QueueTicket
from app.sop.model import Role

NOON = datetime(2026, 5, 12, 5, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoOffice]:
    folder = tmp_path_factory.mktemp("lobi")
    with Sink(folder / "surel") as sink:
        yield make_office(folder / "kantor", sink, DemoClock(datetime.now(UTC)))


def test_a_lent_clock_is_as_far_ahead_as_it_is_told_and_no_longer_after_leaving() -> None:
    clock, heard = DemoClock(NOON), list[datetime]()
    lent = LentClock(timedelta())

    def follow(now: datetime) -> None:
        heard.append(now)
        lent.ahead = now - datetime.now(UTC)

    clock.follow(follow)
    clock.pass_minutes(40)
    assert abs(lent.now() - clock.now()) < timedelta(seconds=1)
    clock.leave(follow)
    clock.pass_minutes(40)
    assert len(heard) == 2
    assert clock.now() - lent.now() > timedelta(minutes=39)


def test_nobody_is_offered_a_machines_account_but_everybody_its_window(office: DemoOffice, qtbot: QtBot) -> None:
    assert not [said for said in lines() if said.split()[0] in {"kios", "tv", "surel"}]
    card, asked = AccountsCard(office), list[Role]()
    qtbot.addWidget(card)
    card.machine_asked.connect(asked.append)
    for button in card.findChildren(QAbstractButton):
        button.click()
    assert asked == [Role.KIOSK, Role.DISPLAY]


def _as_rina(office: DemoOffice) -> tuple[list[QueueTicket], dict[str, str]]:
    """What the counter sees: who waits, and what the machines said last."""
    office.opening.open()
    try:
        accounts.log_in("rina", PASSWORD, "PC-LOKET-03")
        waiting = list(queue_board.board("Loket 3").following)
        return waiting, {m.name: m.state for m in devices.machines() if not m.silent(devices.now())}
    finally:
        accounts.log_out()
        office.opening.close()


def _kill(machine: Machine) -> None:
    os.kill(machine.pid, signal.SIGKILL)
    _patient("akhir proses", lambda: not machine.alive)


def _patient(_what: str, ready: Callable[[], bool], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not ready():
        assert time.monotonic() < end
        time.sleep(0.01)


@pytest.mark.slow
@pytest.mark.timeout(180)
def test_a_finger_takes_a_number_and_counters_see_the_machines(office: DemoOffice, tmp_path: Path) -> None:
    assert office.clock is not None
    with open_hall(office, tmp_path, _patient) as hall:
        hall.kiosk.tell("touch", "Akta perceraian")
        hall.kiosk.tell("touch", "Prioritas")
        assert "P-001" in hall.kiosk.tell("paper")
        hall.kiosk.tell("wait")
        # Ten minutes at once: both have spoken up since.
        office.clock.pass_minutes(10)
        waiting, machines = _as_rina(office)
        assert [t.label for t in waiting] == ["P-001"]
        assert machines == {"Kios lobi": "OK", "TV lobi": "LOOK"}
    assert not hall.kiosk.alive
    assert not hall.tv.alive
    assert _as_rina(office)[1] == {"Kios lobi": "OFF", "TV lobi": "OFF"}


@pytest.mark.slow
@pytest.mark.timeout(120)
def test_a_machine_that_dies_is_told_of_and_can_be_opened_again(office: DemoOffice, tmp_path: Path) -> None:
    tv = Machine(office, Role.DISPLAY, tmp_path)
    tv.ready()
    _kill(tv)
    with pytest.raises(Stuck, match="layar TV berhenti sendiri"):
        tv.tell("ready")
    tv.end()
    tried = Try(office)
    tried.switch_on(Role.DISPLAY)
    first = tried.machines[Role.DISPLAY]
    tried.switch_on(Role.DISPLAY)
    assert tried.machines == {Role.DISPLAY: first}
    _kill(first)
    tried.switch_on(Role.DISPLAY)
    second = tried.machines[Role.DISPLAY]
    assert second is not first
    second.ready()
    tried.end()
    assert not second.alive
