"""How bookings lie over the hours of today and of the next day that has some."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from app.errors import Unavailable
from app.services import booking_days, bookings
from app.services.accounts import Who
from app.services.booking_list import Columns
from app.services.keys import new_key
from app.sop.model import Role
from tests.support.office import Clock

Sit = Callable[[str | Role], Who]
NINE = datetime(2026, 5, 12, 2, 0, tzinfo=UTC)
HOW = Columns("kota", "ref", "hari", "jam")


def listed(*rows: str) -> bookings.Preview:
    return bookings.preview("\n".join(["ref;hari;jam", *rows, ""]).encode(), HOW)


def test_a_day_is_told_by_its_slots(office_db: Path, who: Sit, clock: Clock) -> None:
    clock.at = NINE
    who(Role.FO)
    bookings.store(listed("a;2026-05-12;08:00", "b;2026-05-12;09:00", "c;2026-05-12;09:05", "d;2026-05-12;09:15"))
    bookings.store(listed("e;2026-05-15;10:00", "f;2026-05-12;11:00", "g;2026-05-19;10:00"))
    bookings.check_in("b", new_key())
    bookings.cancel(next(r.id for r in bookings.of_day() if r.reference == "F"), "menelepon", new_key())
    found = booking_days.outlook()
    assert [(f"{s.at_local:%H:%M}", s.booked, s.came, s.missed) for s in found.today.slots] == [
        ("08:00", 1, 0, 1), ("09:00", 2, 1, 0), ("09:15", 1, 0, 0),
    ]  # fmt: skip
    assert (found.today.booked, found.today.came, found.today.missed, found.today.cancelled) == (4, 1, 1, 1)
    assert (found.coming.day, found.coming.booked) == (date(2026, 5, 15), 1)


def test_without_bookings_tomorrow_is_shown(office_db: Path, who: Sit, clock: Clock) -> None:
    clock.at = NINE
    who(Role.ADMIN)
    found = booking_days.outlook()
    assert (found.today.day, found.today.slots, found.coming.day) == (date(2026, 5, 12), (), date(2026, 5, 13))


def test_storing_says_how_far_it_is_and_stops_where_the_office_is_lost(
    office_db: Path, who: Sit, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock.at = NINE
    who(Role.FO)
    found = listed("a;2026-05-12;08:00", "b;2026-05-12;09:00")
    far: list[tuple[int, int]] = []
    with monkeypatch.context() as lost:

        def away(*_args: object, **_columns: object) -> None:
            raise Unavailable("Server terputus.")

        lost.setattr(bookings, "add", away)
        with pytest.raises(Unavailable):
            bookings.store(found, lambda done, many: far.append((done, many)))
    assert far == [(0, 2)], "it does not wait for the server once for each line"
    assert bookings.store(found, lambda done, many: far.append((done, many))).added == 2
    assert far[1:] == [(0, 2), (1, 2)]
