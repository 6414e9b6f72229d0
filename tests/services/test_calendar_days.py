"""The office's calendar: what is proposed, what the administrator decides, and the clocks that follow at once."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from app.errors import Conflict, Refused
from app.jobs.workshop import Workshop
from app.models import base
from app.models.tables_admin import CalendarDay, OfficePeriod
from app.services import calendar_days, clocks, kept
from app.services.calendar_days import Day
from app.services.keys import new_key
from app.sop.calendar import WEEK, worked
from app.sop.model import Role
from tests.support.office import Clock, sit_down
from tests.support.stories import handed_to_kasi

WIB = ZoneInfo("Asia/Jakarta")
RAMADAN = (date(2027, 2, 8), date(2027, 3, 9))


def office_time(day: date) -> int:
    """Minutes of office time on one day, as every clock of the program sees it."""
    start = datetime.combine(day, time(), WIB).astimezone(UTC)
    end = start + timedelta(days=1)
    return round(worked(clocks.hours_around(start, end), start, end).total_seconds() / 60)


FULL = 8 * 60 - 15


def test_until_a_year_is_accepted_the_programs_list_counts(office_db: Path) -> None:
    assert office_time(date(2027, 3, 8)) == 0, "Nyepi"
    assert office_time(date(2027, 3, 9)) == 0, "cuti bersama"
    assert office_time(date(2027, 3, 16)) == FULL
    listed = calendar_days.calendar().listed(2027)
    feast = next(d for d in listed if d.day == date(2027, 3, 10))
    assert (feast.sure, feast.joint, feast.national, feast.by) == (False, False, True, "")
    assert next(d for d in listed if d.day == date(2027, 3, 9)).joint


def test_a_day_the_office_closes_counts_at_once_and_can_be_opened_again(office_db: Path) -> None:
    sit_down(Role.ADMIN)
    day = date(2027, 6, 23)
    calendar_days.set_days([Day(day, "Hari jadi kota")], new_key())
    assert office_time(day) == 0
    entered = calendar_days.calendar().days[day]
    assert (entered.by, entered.national, entered.closed) == ("admin", False, True)
    calendar_days.set_days([Day(day, "Tetap melayani", closed=False)], new_key())
    assert office_time(day) == FULL
    calendar_days.set_days([Day(date(2027, 3, 8), "Piket Nyepi", closed=False)], new_key())
    assert office_time(date(2027, 3, 8)) == FULL, "also a national holiday can be worked"


def test_an_accepted_year_is_the_offices_own_and_the_list_counts_no_more(office_db: Path) -> None:
    sit_down(Role.ADMIN)
    moved = date(2027, 3, 11)
    calendar_days.set_days([Day(date(2027, 3, 10), "Bukan Idul Fitri", closed=False)], new_key())
    key = new_key()
    calendar_days.accept_year(2027, "SKB 3 Menteri Nomor 933 Tahun 2026", key)
    calendar_days.accept_year(2027, "SKB 3 Menteri Nomor 933 Tahun 2026", key)
    calendar = calendar_days.calendar()
    assert calendar.years[2027].decree == "SKB 3 Menteri Nomor 933 Tahun 2026"
    listed = calendar.listed(2027)
    assert all(d.by == "admin" for d in listed)
    assert len(listed) == len(calendar_days.proposal(2027))
    assert office_time(date(2027, 3, 10)) == FULL
    assert office_time(moved) == 0
    assert 2028 not in calendar.years


def test_of_a_list_of_days_all_are_taken_or_none(office_db: Path) -> None:
    sit_down(Role.ADMIN)
    days = [Day(date(2027, 7, 5), "Renovasi gedung"), Day(date(2027, 7, 6), "x")]
    with pytest.raises(Refused):
        calendar_days.set_days(days, new_key())
    assert date(2027, 7, 5) not in calendar_days.calendar().days
    calendar_days.set_days([], new_key())
    with pytest.raises(Refused, match="Paling banyak"):
        calendar_days.set_days([Day(date(2027, 1, 1) + timedelta(days=n), "Tutup lama") for n in range(121)], new_key())


@pytest.mark.parametrize("role", [Role.FO, Role.KABID, Role.KADIS])
def test_only_the_administrator_changes_the_calendar(office_db: Path, role: Role) -> None:
    sit_down(role)
    with pytest.raises(Refused, match="administrator"):
        calendar_days.set_days([Day(date(2027, 7, 5), "Libur sendiri")], new_key())
    with pytest.raises(Refused, match="administrator"):
        calendar_days.accept_year(2027, "SK sendiri", new_key())
    with pytest.raises(Refused, match="administrator"):
        calendar_days.set_period("Jam pendek", *RAMADAN, calendar_days.SHORT_WEEK, new_key())


def test_ramadan_has_its_hours_and_ends(office_db: Path) -> None:
    sit_down(Role.ADMIN)
    assert calendar_days.fasting(2027) == RAMADAN
    calendar_days.set_period("Ramadan 1448 H", *RAMADAN, calendar_days.SHORT_WEEK, new_key())
    assert office_time(date(2027, 2, 10)) == 6 * 60 + 30
    assert office_time(date(2027, 2, 12)) == 6 * 60 + 30
    assert office_time(date(2027, 3, 16)) == FULL
    period = calendar_days.calendar().periods[0]
    calendar_days.set_period("Ramadan 1448 H", RAMADAN[0], date(2027, 3, 5), period.week, new_key(), replaces=period.id)
    with pytest.raises(Conflict, match="administrator lain"):
        calendar_days.withdraw_period(period, new_key())
    changed = calendar_days.calendar().periods
    assert [p.last for p in changed] == [date(2027, 3, 5)]
    calendar_days.withdraw_period(changed[0], new_key())
    assert office_time(date(2027, 2, 10)) == FULL
    assert calendar_days.calendar().periods == ()


def test_new_hours_for_good_do_not_swallow_ramadan(office_db: Path) -> None:
    sit_down(Role.ADMIN)
    calendar_days.set_period("Ramadan 1448 H", *RAMADAN, calendar_days.SHORT_WEEK, new_key())
    long = {**WEEK, 5: ((time(8), time(12)),)}
    calendar_days.set_period("Jam baru", date(2027, 1, 1), date.max, long, new_key())
    assert office_time(date(2027, 1, 9)) == 240, "the new Saturday"
    assert office_time(date(2027, 2, 10)) == 6 * 60 + 30
    assert office_time(date(2026, 12, 12)) == 0, "what was before stays what it was"
    assert [p.name for p in calendar_days.calendar().periods] == ["Ramadan 1448 H", "Jam baru"]


def test_crooked_hours_and_backward_days_are_refused(office_db: Path) -> None:
    sit_down(Role.ADMIN)
    with pytest.raises(Refused, match="berurutan"):
        calendar_days.set_period("Salah", *RAMADAN, {0: ((time(12), time(8)),)}, new_key())
    with pytest.raises(Refused, match="berurutan"):
        calendar_days.set_period("Salah", *RAMADAN, {0: ((time(8), time(12)), (time(11), time(15)))}, new_key())
    with pytest.raises(Refused, match="sebelum hari pertama"):
        calendar_days.set_period("Salah", RAMADAN[1], RAMADAN[0], calendar_days.SHORT_WEEK, new_key())


@pytest.mark.parametrize("week", ["[]", '{"0": [["12:00", "08:00"]]}', '{"0": [["x", "y"]]}', '{"0": 5}'])
def test_a_row_that_cannot_be_read_stops_no_clock(office_db: Path, week: str) -> None:
    sit_down(Role.ADMIN)
    base.add(OfficePeriod, new_key(), name="Rusak", first_day="2027-01-01", last_day="2027-12-31", week=week)
    assert office_time(date(2027, 3, 16)) == FULL


def test_what_another_computer_changed_is_seen_after_some_seconds(
    office_db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sit_down(Role.ADMIN)
    day = date(2027, 6, 23)
    assert office_time(day) == FULL
    base.add(CalendarDay, new_key(), day=day.isoformat(), closed=1, label="Dari PC lain")
    assert office_time(day) == FULL, "not asked again at once: lists of 500 files ask it 500 times"
    monkeypatch.setattr(kept, "LOOK_AFTER", 0)
    assert office_time(day) == 0
    assert office_time(day) == 0, "asked again and found unchanged"


def test_a_thread_without_a_connection_uses_what_was_read(office_db: Path) -> None:
    sit_down(Role.ADMIN)
    day = date(2027, 6, 23)
    calendar_days.set_days([Day(day, "Hari jadi kota")], new_key())
    assert office_time(day) == 0
    base.db.close()
    assert office_time(day) == 0
    base.db.connect()


def test_how_many_running_files_a_day_touches(office_db: Path, shop: Workshop, clock: Clock) -> None:
    handed_to_kasi(shop, clock)
    sit_down(Role.ADMIN)
    assert calendar_days.running_since(date(2026, 5, 10)) == 0
    assert calendar_days.running_since(date(2026, 5, 11)) == 1
    sit_down(Role.FO)
    assert calendar_days.running_since(date(2026, 5, 11)) == 0, "nothing for whom it does not concern"
    assert calendar_days.usual().week == WEEK
