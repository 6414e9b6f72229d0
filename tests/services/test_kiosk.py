"""The kiosk reads at one go what its screen shows, and finds again what a lost answer had given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from app.services import kiosk, queue, queue_settings
from app.services.accounts import Who
from app.services.keys import new_key
from app.sop.calendar import WIB
from app.sop.model import Role
from tests.support import line
from tests.support.hall import at_kiosk
from tests.support.office import Clock

TUESDAY = datetime(2026, 5, 12, 10, 36, tzinfo=WIB)


@pytest.fixture(autouse=True)
def tuesday(office_db: Path, clock: Clock) -> None:
    clock.at = TUESDAY


def test_tiles_say_who_waits_and_for_how_long(office_db: Path, who: Callable[[Role], Who]) -> None:
    who(Role.FO)
    line.number(service="A")
    line.number(service="A")
    line.number(service="C")
    at_kiosk()
    found = kiosk.overview()
    assert [(o.service, o.waiting, o.full) for o in found.offers] == [
        ("A", 2, False), ("B", 0, False), ("C", 1, False), ("D", 0, False)
    ]  # fmt: skip
    first = found.offers[0]
    assert first.label == "Akta perceraian, KK, KTP-el"
    assert 0 < first.low < first.high
    assert (found.now, found.doors.open, found.face.short_name) == (TUESDAY, True, "Disdukcapil Kota Pekanbaru")


def test_a_service_whose_numbers_are_all_given_is_full_until_tomorrow(
    office_db: Path, who: Callable[[Role], Who]
) -> None:
    who(Role.ADMIN)
    first, second = queue_settings.services()[:2]
    queue_settings.save_service(replace(first, quota=1), new_key())
    queue_settings.save_service(replace(second, active=False), new_key())
    who(Role.FO)
    line.number(service="A")
    at_kiosk()
    found = kiosk.overview()
    assert [(o.service, o.full) for o in found.offers] == [("A", True), ("C", False), ("D", False)]
    assert found.again is not None
    assert found.again.astimezone(WIB).date() == TUESDAY.date() + timedelta(days=1)


def test_after_the_last_hour_the_doors_are_closed(office_db: Path, clock: Clock) -> None:
    at_kiosk()
    clock.at = TUESDAY.replace(hour=19)
    found = kiosk.overview()
    assert not found.doors.open
    assert found.doors.again == found.again


def test_a_press_whose_answer_was_lost_is_found_by_its_key(office_db: Path) -> None:
    at_kiosk()
    key = new_key()
    assert kiosk.given(key) is None
    issued = queue.issue(key, service="C")
    assert kiosk.given(key) == issued.ticket
