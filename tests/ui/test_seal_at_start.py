"""An office on one PC is sealed by the program itself, at its first start on a new day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from app.services import accounts, seals
from app.ui import window_ask
from tests.support.office import Clock, sit_down
from tests.support.walk import new_file

MONDAY = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)


def test_the_day_that_is_over_is_sealed_once(office_db: Path, clock: Clock) -> None:
    clock.at = MONDAY
    new_file()
    accounts.log_out()
    assert window_ask.first_start_needed() is False
    assert seals.seals() == [], "Monday is not over"
    clock.at = MONDAY + timedelta(days=3)
    assert window_ask.first_start_needed() is False
    assert [s.day.isoformat() for s in seals.seals()] == ["2026-11-23"]
    assert window_ask.first_start_needed() is False
    assert len(seals.seals()) == 1


def test_somebody_at_the_keyboard_changes_nothing(office_db: Path, clock: Clock) -> None:
    clock.at = MONDAY
    new_file()
    clock.at = MONDAY + timedelta(days=1)
    sit_down("rina")
    assert window_ask.first_start_needed() is False
    assert seals.seals() == []
