"""The queue's own settings: saved by the administrator, read by everybody, old ones kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from app.errors import Refused
from app.models.base import add
from app.models.tables_queue import QueueService, QueueSetting
from app.services import queue_settings
from app.services.accounts import Who
from app.services.keys import new_key
from app.services.queue_settings import QueueSettings, Service
from app.sop.model import Role

Sit = Callable[[str | Role], Who]


def test_an_office_that_saved_nothing_has_the_shipped_numbers(who: Sit) -> None:
    who(Role.FO)
    assert queue_settings.load() == QueueSettings()
    assert [(s.service, s.registers) for s in queue_settings.services()] == [
        ("A", True), ("B", True), ("C", False), ("D", False),
    ]  # fmt: skip
    assert queue_settings.counters() == {}


def test_what_the_administrator_saves_counts_and_the_old_stays(who: Sit) -> None:
    who(Role.ADMIN)
    wanted = replace(QueueSettings(), fair=4, opens=480, closes=840, notice="Kamis tutup pukul 12.")
    queue_settings.save(wanted, key := new_key())
    queue_settings.save(wanted, key)
    assert queue_settings.load() == wanted
    assert QueueSetting.select().count() == 1
    first = queue_settings.services()[0]
    queue_settings.save_service(replace(first, label="  Akta perceraian  ", quota=120), new_key())
    assert queue_settings.services()[0] == replace(first, label="Akta perceraian", quota=120)
    assert QueueService.select().where(QueueService.service == "A").count() == 2
    queue_settings.save_counter(" Loket 3 ", "AB", new_key())
    queue_settings.save_counter("Loket 3", "", new_key())
    assert queue_settings.counters() == {"Loket 3": ""}


def test_a_closed_service_is_only_shown_to_whoever_asks_for_it(who: Sit) -> None:
    who(Role.ADMIN)
    queue_settings.save_service(Service("E", "Legalisir", position=9, active=False), new_key())
    assert [s.service for s in queue_settings.services()] == ["A", "B", "C", "D"]
    assert [s.service for s in queue_settings.services(also_closed=True)] == ["A", "B", "C", "D", "E"]


def test_numbers_of_a_newer_program_do_no_harm(who: Sit) -> None:
    who(Role.ADMIN)
    add(QueueSetting, new_key(), data='{"fair": 5, "belum_dikenal": true}')
    assert queue_settings.load() == replace(QueueSettings(), fair=5)


@pytest.mark.parametrize("role", [Role.FO, Role.KADIS])
def test_nobody_else_changes_them(who: Sit, role: Role) -> None:
    who(role)
    saves: tuple[Callable[[], None], ...] = (
        lambda: queue_settings.save(QueueSettings(), new_key()),
        lambda: queue_settings.save_service(Service("A", "Lain"), new_key()),
        lambda: queue_settings.save_counter("Loket 3", "A", new_key()),
    )
    for save in saves:
        with pytest.raises(Refused):
            save()


@pytest.mark.parametrize("letter", ["P", "AB", "a", ""])
def test_a_letter_that_is_taken_by_priority_is_no_service(who: Sit, letter: str) -> None:
    who(Role.ADMIN)
    with pytest.raises(Refused, match="bukan P") as refused:
        queue_settings.save_service(Service(letter, "Prioritas"), new_key())
    assert refused.value.field == "service"
