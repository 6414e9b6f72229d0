"""A list's quick sums say the same as the whole life laid out piece by piece, whatever the card looks like."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import cast

from hypothesis import given
from hypothesis import strategies as st

from app.models.base import micros
from app.services import clocks
from app.services.calendar_days import Calendar
from app.services.card import Line
from app.sop.calendar import office_spans, worked
from app.sop.model import Role, Stage
from app.sop.pelita3 import PELITA3

HOURS = Calendar().hours(2025, 2027)
START = datetime(2026, 5, 4, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Step:
    """A line, as the quick sums and as the long ones read it."""

    action: str
    to_stage: Stage
    at: datetime

    @property
    def to(self) -> Stage:
        return self.to_stage

    @property
    def at_us(self) -> int:
        return micros(self.at)


@st.composite
def cards(draw: st.DrawFn) -> tuple[list[Step], list[datetime], datetime]:
    """A card with any steps in any order, when applicants answered, and now."""
    gaps = draw(st.lists(st.timedeltas(timedelta(), timedelta(days=3)), min_size=1, max_size=9))
    at, card = START, []
    for gap in gaps:
        at += gap
        step = draw(st.sampled_from(PELITA3.steps))
        card.append(Step(step.key, step.to, at))
    moments = st.datetimes(datetime(2026, 5, 1), datetime(2026, 6, 5), timezones=st.just(UTC))  # noqa: DTZ001  bounds
    answered = draw(st.lists(moments, max_size=3))
    return card, answered, at + draw(st.timedeltas(timedelta(days=-1), timedelta(days=40)))


@given(cards())
def test_counted_is_what_the_whole_life_says(found: tuple[list[Step], list[datetime], datetime]) -> None:
    card, answered, now = found
    lines = cast("list[Line]", card)
    life = clocks.pieces(lines, now, HOURS, answered)
    long = clocks.sums(life, lines, timedelta(minutes=60)).counted
    quick = clocks.counted_us(card, micros(now), HOURS, [micros(a) for a in answered])
    assert timedelta(microseconds=quick) == long


@given(cards())
def test_a_head_is_measured_from_the_hand_over(found: tuple[list[Step], list[datetime], datetime]) -> None:
    card, _, now = found
    heads = [s for s in PELITA3.steps if s.to.desk is Role.KASI]
    card = [*card, Step(heads[0].key, heads[0].to, card[-1].at)]
    run = len(card)
    while run and card[run - 1].to.desk is Role.KASI:
        run -= 1
    quick = clocks.on_desk_us(card, micros(now), HOURS, Role.KASI)
    assert timedelta(microseconds=quick) == worked(HOURS, card[run].at, max(now, card[-1].at))


@given(
    st.datetimes(datetime(2023, 1, 1), datetime(2028, 12, 31), timezones=st.just(UTC)),  # noqa: DTZ001  bounds
    st.datetimes(datetime(2023, 1, 1), datetime(2028, 12, 31), timezones=st.just(UTC)),  # noqa: DTZ001  bounds
)
def test_the_ruler_measures_what_the_days_add_up_to(start: datetime, end: datetime) -> None:
    day_by_day = sum((b - a for a, b in office_spans(HOURS, start, end)), timedelta())
    assert worked(HOURS, start, end) == day_by_day
