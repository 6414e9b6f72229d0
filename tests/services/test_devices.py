"""Machines of the hall: they log in by their own door, say how they are, and know no more than a hall may."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.errors import Refused
from app.models import base
from app.services import accounts, devices, queue, queue_board, queue_estimate, queue_settings
from app.services.accounts import Who
from app.services.devices import Kind, State
from app.services.keys import new_key
from app.sop.model import Role
from tests.support.hall import KIOSK, TV, at_kiosk, machine
from tests.support.office import PASSWORD, Clock

Sit = Callable[[str | Role], Who]
NOON = datetime(2026, 5, 12, 5, 0, tzinfo=UTC)


@pytest.mark.parametrize(("login", "role"), [(KIOSK, Role.KIOSK), (TV, Role.DISPLAY)])
def test_a_machine_logs_in_by_its_password_alone(office_db: Path, login: str, role: Role) -> None:
    machine(login, role)
    devices.sit_down(f" {login.upper()} ", PASSWORD, "KIOS-1", role)
    assert base.session.actor == login
    devices.report("Kios lobi", Kind.KIOSK, State.OK)


def test_a_wrong_password_is_refused(office_db: Path) -> None:
    machine(KIOSK, Role.KIOSK)
    with pytest.raises(Refused, match="tidak cocok"):
        devices.sit_down(KIOSK, "bukan-sandinya", "KIOS-1", Role.KIOSK)
    assert base.session.actor == ""


@pytest.mark.parametrize("login", ["rina", TV, "sekali"])
def test_an_account_of_another_kind_is_refused_and_nobody_sits_there(office_db: Path, login: str) -> None:
    machine(TV, Role.DISPLAY)
    machine("sekali", Role.KIOSK, must_change=True)
    with pytest.raises(Refused, match="bukan akun Kios") as refused:
        devices.sit_down(login, PASSWORD, "KIOS-1", Role.KIOSK)
    assert refused.value.code == "role"
    assert base.session.actor == ""


def test_a_machines_last_word_counts_and_counters_read_it(who: Sit, clock: Clock, office_db: Path) -> None:
    clock.at = NOON
    at_kiosk()
    devices.report("Kios lobi", Kind.KIOSK, State.OK)
    clock.at = NOON + timedelta(seconds=30)
    devices.report("Kios lobi", Kind.KIOSK, State.CALL, "Pengunjung meminta bantuan sejak 12.00")
    who(Role.FO)
    (found,) = devices.machines()
    assert (found.name, found.kind, found.state) == ("Kios lobi", "KIOSK", "CALL")
    assert found.detail == "Pengunjung meminta bantuan sejak 12.00"
    assert found.seen == clock.at
    assert [d.name for d in queue_board.board("Loket 3").devices] == ["Kios lobi"]


def test_a_machine_that_says_nothing_is_silent_unless_it_was_switched_off(
    office_db: Path, who: Sit, clock: Clock
) -> None:
    clock.at = NOON
    at_kiosk()
    devices.report("Kios lobi", Kind.KIOSK, State.OK)
    devices.report("Kios lantai 2", Kind.KIOSK, State.OFF, "Dimatikan petugas")
    who(Role.FO)
    off, on = devices.machines()
    assert not on.silent(NOON + timedelta(seconds=60))
    assert on.silent(NOON + timedelta(seconds=61))
    assert not off.silent(NOON + timedelta(hours=9))


def test_words_longer_than_the_table_takes_are_cut(office_db: Path, who: Sit) -> None:
    at_kiosk()
    devices.report("n" * 90, Kind.KIOSK, State.DOWN, "d" * 900)
    who(Role.FO)
    (found,) = devices.machines()
    assert (len(found.name), len(found.detail)) == (60, 200)


@pytest.mark.parametrize(("login", "role"), [(KIOSK, Role.KIOSK), (TV, Role.DISPLAY)])
def test_a_machine_knows_the_offices_face(office_db: Path, login: str, role: Role) -> None:
    machine(login, role)
    base.session.actor = login
    face = devices.face()
    assert face.title == "Dinas Kependudukan dan Pencatatan Sipil"
    assert face.place == "Kota Pekanbaru"


def test_a_name_in_plain_letters_and_a_place_without_its_word_stay_as_they_are() -> None:
    face = devices.Face("Disdukcapil Siak", "Siak Sri Indrapura", "Disdukcapil Siak", "")
    assert (face.title, face.place) == ("Disdukcapil Siak", "Siak Sri Indrapura")


def test_what_was_given_today_is_counted_per_service(office_db: Path, who: Sit) -> None:
    who(Role.ADMIN)
    queue_settings.save_service(replace(queue_settings.services()[1], quota=1), new_key())
    who(Role.FO)
    queue.issue(new_key(), service="B", priority=True)
    queue.issue(new_key(), service="A")
    assert [(x.service, x.given) for x in queue_estimate.loads()] == [("A", 1), ("B", 1), ("C", 0), ("D", 0)]


def test_the_machines_clock_is_the_databases(office_db: Path, clock: Clock) -> None:
    clock.at = NOON
    assert devices.now() == NOON


@pytest.mark.postgres_only
def test_a_report_needs_a_role(office_db: Path) -> None:
    base.session.actor = ""
    with pytest.raises(Refused):
        devices.report("Kios lobi", Kind.KIOSK, State.OK)
    assert accounts.officers is not None
