"""Where time went: office time, the applicant's time, calendar time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from app.jobs.workshop import Workshop
from app.services import card, clocks
from app.services.journey import journey
from app.services.office import Office
from app.sop.calendar import worked
from app.sop.model import Kind, Role
from app.sop.pelita3 import PELITA3
from tests.support.office import Clock
from tests.support.stories import asked_for_more, at, before_kadis

WIB = ZoneInfo("Asia/Jakarta")


def minutes(of: timedelta) -> int:
    return round(of.total_seconds() / 60)


def test_the_three_clocks_stand_side_by_side(office_db: Path, shop: Workshop, clock: Clock) -> None:
    file = before_kadis(shop, clock)
    assert clock.at is not None
    way = journey(PELITA3, Office(), file.id, clock.at)
    # Office: 12.46–13.15 and 14.40–16.00 on Monday (12.00–12.45 is closed), 07.30–11.56 on Tuesday.
    assert minutes(way.short.office) == 29 + 80 + 266
    assert minutes(way.short.applicant) == 85
    assert minutes(way.short.calendar) == 23 * 60 + 10


def test_the_target_runs_from_complete_and_without_the_applicants_pauses(
    office_db: Path, shop: Workshop, clock: Clock
) -> None:
    file = before_kadis(shop, clock)
    assert clock.at is not None
    way = journey(PELITA3, Office(), file.id, clock.at)
    assert minutes(way.short.counted) == 76 + 266
    assert way.short.late
    assert not way.long.late


def test_most_of_the_time_was_waiting_and_longest_for_the_kadis(office_db: Path, shop: Workshop, clock: Clock) -> None:
    file = before_kadis(shop, clock)
    assert clock.at is not None
    way = journey(PELITA3, Office(), file.id, clock.at)
    assert minutes(way.waited) == 24 + 109 + 3 + 2 + 11 + 188
    assert way.longest is Role.KADIS


def test_the_clock_stands_while_the_applicant_has_his_turn(office_db: Path, shop: Workshop, clock: Clock) -> None:
    file = asked_for_more(shop, clock)
    now = at(clock, 12, "9.00")
    way = journey(PELITA3, Office(), file.id, now)
    assert way.life[-1].kind is Kind.PAUSE
    assert way.life[-1].open
    assert minutes(way.short.counted) == 0
    assert not way.complete


def test_a_pause_ends_when_the_applicant_came_not_when_it_was_clicked(
    office_db: Path, shop: Workshop, clock: Clock
) -> None:
    file = before_kadis(shop, clock)
    lines = card.lines(PELITA3, file.id)
    came = datetime(2026, 5, 11, 14, 10, tzinfo=WIB).astimezone(UTC)
    hours = clocks.hours_around(lines[0].at, lines[-1].at)
    life = clocks.pieces(lines, lines[-1].at, hours, [came])
    pause = next(p for p in life if p.kind is Kind.PAUSE)
    after = life[life.index(pause) + 1]
    assert (pause.end, after.kind, minutes(after.office)) == (came, Kind.WAIT, 30)


def test_a_weekend_a_holiday_and_a_cuti_bersama_are_no_office_time() -> None:
    hours = clocks.office_hours(2026, 2026)

    def on(month: int, day: int) -> timedelta:
        start = datetime(2026, month, day, 0, 0, tzinfo=WIB)
        return worked(hours, start, start + timedelta(days=1))

    assert minutes(on(5, 12)) == 8 * 60 - 15
    assert minutes(on(5, 16)) == 0, "Saturday"
    assert minutes(on(5, 14)) == 0, "Ascension day"
    assert minutes(on(2, 16)) == 0, "cuti bersama before the lunar new year"


def test_nights_are_cut_out_of_the_life_line(office_db: Path, shop: Workshop, clock: Clock) -> None:
    file = before_kadis(shop, clock)
    assert clock.at is not None
    way = journey(PELITA3, Office(), file.id, clock.at)
    local = [(s.start.astimezone(WIB).strftime("%d %H.%M"), s.end.astimezone(WIB).strftime("%H.%M")) for s in way.spans]
    assert local == [("11 12.46", "16.00"), ("12 07.30", "11.56")]


def test_a_file_without_lines_has_no_life() -> None:
    assert clocks.days([], clocks.office_hours(2026, 2026)) == []
    assert clocks.sums([], [], timedelta(hours=1)).calendar == timedelta()


def test_this_pcs_clock_is_utc() -> None:
    before = datetime.now(UTC)
    assert before <= clocks.utc_now() <= datetime.now(UTC)
    assert clocks.utc_now().utcoffset() == timedelta()
