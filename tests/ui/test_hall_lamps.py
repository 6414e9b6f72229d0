"""The hall's machines as the counters see them: lamps, banners, and somebody at the kiosk who asks for help."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from pytestqt.qtbot import QtBot

from app.services import devices
from app.services.devices import Kind, State
from app.sop.model import Role
from app.ui.desk import Desk
from app.ui.hall_lamps import HallLamps
from app.ui.shell import Shell
from tests.support.desks import tasks
from tests.support.hall import KIOSK, TV, machine
from tests.support.office import Clock, sit_down

__all__ = ["tasks"]
Make = Callable[[str | Role], Desk]
TEN = datetime(2026, 5, 12, 3, 0, tzinfo=UTC)


class Watch:
    """An officer's shell with its lamps."""

    def __init__(self, qtbot: QtBot, desk: Desk) -> None:
        self.bot, self.desk = qtbot, desk
        self.shell = Shell(desk, {})
        qtbot.addWidget(self.shell)
        self.lamps = HallLamps(desk, self.shell)

    def look(self) -> None:
        sit_down(Role.FO)
        self.lamps.look()
        self.bot.waitUntil(lambda: not self.desk.tasks._orders, timeout=10_000)

    def lamp(self, key: str) -> tuple[str, str]:
        return self.shell.status.lamp(key)

    def banners(self) -> list[str]:
        return self.shell.banners.texts()


@pytest.fixture
def watch(qtbot: QtBot, desk: Make, clock: Clock) -> Watch:
    clock.at = TEN
    machine(KIOSK, Role.KIOSK)
    machine(TV, Role.DISPLAY)
    return Watch(qtbot, desk(Role.FO))


def says(name: str, kind: Kind, state: State = State.OK, detail: str = "") -> None:
    from app.models import base  # noqa: PLC0415  the machine sits at another keyboard

    base.session.actor = KIOSK if kind is Kind.KIOSK else TV
    devices.report(name, kind, state, detail)


def test_a_hall_without_machines_has_no_lamps(watch: Watch) -> None:
    watch.look()
    assert (watch.lamp("tv"), watch.lamp("kiosk")) == (("", "mute"), ("", "mute"))
    assert watch.banners() == []


def test_machines_that_speak_are_green(watch: Watch) -> None:
    says("TV lobi", Kind.TV)
    says("Kios lobi", Kind.KIOSK)
    watch.look()
    assert (watch.lamp("tv"), watch.lamp("kiosk")) == (("TV lobi", "ok"), ("Kios dan tiket", "ok"))


def test_a_tv_that_is_silent_for_a_minute_is_told_and_comes_back(watch: Watch, clock: Clock) -> None:
    says("TV lobi", Kind.TV)
    clock.at = TEN + timedelta(seconds=61)
    watch.look()
    watch.look()
    assert watch.lamp("tv") == ("TV lobi terputus", "bad")
    assert watch.banners() == ["TV lobi terputus sejak 10.00. Sebutkan nomor dengan lantang; antrean tetap berjalan."]
    says("TV lobi", Kind.TV)
    watch.look()
    assert watch.lamp("tv") == ("TV lobi", "ok")
    assert watch.banners() == []


def test_what_was_switched_off_or_spoke_yesterday_alarms_nobody(watch: Watch, clock: Clock) -> None:
    says("TV lobi", Kind.TV)
    says("Kios lobi", Kind.KIOSK, State.OFF, "Dimatikan petugas")
    clock.at = TEN + timedelta(days=1)
    watch.look()
    assert (watch.lamp("tv"), watch.lamp("kiosk")) == (("TV lobi mati", "mute"), ("Kios mati", "mute"))
    assert watch.banners() == []


def test_a_kiosk_without_paper_is_told_and_one_that_runs_low_only_shown(watch: Watch) -> None:
    says("Kios lobi", Kind.KIOSK, State.LOOK, "kertas tipis")
    watch.look()
    assert watch.lamp("kiosk") == ("Kios lobi: kertas tipis", "warn")
    assert watch.banners() == []
    says("Kios lobi", Kind.KIOSK, State.DOWN, "kertas habis")
    watch.look()
    assert watch.lamp("kiosk") == ("Kios lobi: kertas habis", "bad")
    assert watch.banners() == ["Kios lobi: kertas habis"]
    says("TV lobi", Kind.TV, State.DOWN, "suara tidak keluar")
    watch.look()
    assert "TV lobi: suara tidak keluar. Sebutkan nomor dengan lantang." in watch.banners()


def test_a_silent_kiosk_is_told_with_what_to_do(watch: Watch, clock: Clock) -> None:
    says("Kios lobi", Kind.KIOSK, State.CALL, "sejak 10.00")
    clock.at = TEN + timedelta(minutes=3)
    watch.look()
    assert watch.lamp("kiosk") == ("Kios lobi terputus", "bad")
    assert watch.banners() == ["Kios lobi terputus sejak 10.00. Beri nomor di loket (Ctrl Shift N)."]


def test_somebody_who_calls_is_answered_once_for_all_counters(watch: Watch, clock: Clock) -> None:
    says("Kios lobi", Kind.KIOSK, State.CALL, "sejak 10.00")
    watch.look()
    assert watch.lamp("kiosk") == ("Kios lobi memanggil", "warn")
    assert watch.banners() == ["Pengunjung di kios memanggil petugas (Kios lobi)."]
    (banner,) = watch.shell.banners.standing()
    assert banner.action is not None
    sit_down(Role.FO)
    banner.action.click()
    assert watch.banners() == []
    watch.look()
    assert devices.machines()[0].state == "OK"
    says("Kios lobi", Kind.KIOSK, State.CALL, "sejak 10.00")
    watch.look()
    assert watch.banners() == [], "the same call was answered"
    says("Kios lobi", Kind.KIOSK, State.CALL, "sejak 10.07")
    watch.look()
    assert len(watch.banners()) == 1, "the next one was not"


def test_a_database_that_is_out_of_reach_is_told_by_others(watch: Watch) -> None:
    watch.lamps._not_seen(ConnectionError("terputus"))
    watch.lamps.go_on()
    watch.lamps.pause()
    watch.look()
    assert watch.banners() == []
