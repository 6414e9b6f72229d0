"""Where time went: work against the norm, waiting, the applicant's time; three sums side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

from app.models.base import moment, told
from app.models.tables_berkas import Answer
from app.services.calendar_days import Calendar, calendar
from app.services.card import Line
from app.sop.calendar import WIB, OfficeHours, office_spans, worked, worked_us
from app.sop.model import Kind, Role, Stage


@dataclass(frozen=True)
class Piece:
    """A stretch of a file's life. `kind` is WORK, WAIT (handed over, not received), or PAUSE (the applicant's turn)."""

    kind: Kind
    desk: Role | None
    start: datetime
    end: datetime
    office: timedelta
    open: bool


@dataclass(frozen=True)
class Sums:
    """Office working time, the applicant's time, calendar time (SOP README, "Two clocks")."""

    office: timedelta
    applicant: timedelta
    calendar: timedelta
    counted: timedelta
    late: bool
    near: bool
    target: timedelta


@dataclass(frozen=True)
class Spent:
    """Office time of one stretch by what it went to, and the applicant's time in it (calendar)."""

    waited: timedelta
    worked: timedelta
    paused: timedelta


def office_hours(first: int, last: int) -> OfficeHours:
    """The calendar the program is shipped with: weekly hours, national holidays and cuti bersama, weekends closed."""
    return Calendar().hours(first, last)


def hours_around(start: datetime, end: datetime) -> OfficeHours:
    """The office's own calendar for this stretch: its holidays, its hours, and Ramadan's."""
    return calendar().hours(start.astimezone(WIB).year, end.astimezone(WIB).year + 1)


def pieces(card: Sequence[Line], now: datetime, hours: OfficeHours, answered: Sequence[datetime] = ()) -> list[Piece]:
    """The file's life in order. A pause ends when the applicant acted (`answered`), not when it was clicked."""
    out: list[Piece] = []
    resumed = list(answered)
    for i, line in enumerate(card):
        last = i + 1 == len(card)
        if line.to_stage.kind is Kind.END:
            break
        start, end = line.at, (max(now, line.at) if last else card[i + 1].at)
        stage = line.to_stage
        if stage.kind is Kind.PAUSE and not last and resumed:
            came = min(max(resumed.pop(0), start), end)
            out.append(_piece(Kind.PAUSE, stage.desk, start, came, hours, last))
            out.append(_piece(Kind.WAIT, stage.desk, came, end, hours, last))
        else:
            out.append(_piece(stage.kind, stage.desk, start, end, hours, last))
    return out


def _piece(kind: Kind, desk: Role | None, start: datetime, end: datetime, hours: OfficeHours, is_open: bool) -> Piece:
    return Piece(kind, desk, start, end, worked(hours, start, end), is_open)


class Moved(Protocol):
    """As much of a card's line as the quick sums of a list need; times in microseconds since 1970."""

    @property
    def action(self) -> str:
        """What was done."""

    @property
    def to(self) -> Stage:
        """Where the file went."""

    @property
    def at_us(self) -> int:
        """When."""


def counted_us(card: Sequence[Moved], now_us: int, hours: OfficeHours, answered: Sequence[int]) -> int:
    """What `sums` calls `counted`, without laying out the whole life: office time since complete, without pauses."""
    total, complete, since, resumed = 0, False, -1, list(answered)
    for i, line in enumerate(card):
        kind, last = line.to.kind, i + 1 == len(card)
        complete = complete or line.action.startswith("lengkap")
        if since >= 0 and kind in {Kind.PAUSE, Kind.END}:
            total += worked_us(hours, since, line.at_us)
            since = -1
        if kind is Kind.END:
            return total
        if kind is Kind.PAUSE and not last and resumed:
            came = min(max(resumed.pop(0), line.at_us), card[i + 1].at_us)
            since = came if complete else -1
        elif kind is not Kind.PAUSE and complete and since < 0:
            since = line.at_us
    return total + (worked_us(hours, since, max(now_us, card[-1].at_us)) if since >= 0 else 0)


def on_desk_us(card: Sequence[Moved], now_us: int, hours: OfficeHours, role: Role) -> int:
    """Office time since the file came to this role's desk, where it still is."""
    first = len(card) - 1
    while first > 0 and card[first - 1].to.desk is role:
        first -= 1
    return worked_us(hours, card[first].at_us, max(now_us, card[-1].at_us))


def answers(berkas_id: int) -> list[datetime]:
    """When the applicant completed the file, each time, in order."""
    return answers_of([berkas_id])[berkas_id]


def answers_of(berkas_ids: Sequence[int]) -> dict[int, list[datetime]]:
    """The same for several files at once: berkas id -> moments in order."""
    out: dict[int, list[datetime]] = {i: [] for i in berkas_ids}
    with told():
        for a in Answer.select().where(Answer.berkas_id.in_(list(out))).order_by(Answer.id):
            out[a.berkas_id].append(moment(a.came_us))
    return out


def spent(life: Sequence[Piece], first: datetime, last: datetime) -> Spent:
    """What the stretch from `first` to `last` went to; pieces begin and end at the card's lines."""
    inside = [p for p in life if first <= p.start < last]
    waited = sum((p.office for p in inside if p.kind is Kind.WAIT), timedelta())
    done = sum((p.office for p in inside if p.kind is Kind.WORK), timedelta())
    paused = sum((p.end - p.start for p in inside if p.kind is Kind.PAUSE), timedelta())
    return Spent(waited, done, paused)


def sums(life: Sequence[Piece], card: Sequence[Line], target: timedelta) -> Sums:
    """The three sums; `counted` is office time since the file was complete, without pauses, against the target."""
    office = sum((p.office for p in life if p.kind is not Kind.PAUSE), timedelta())
    applicant = sum((p.end - p.start for p in life if p.kind is Kind.PAUSE), timedelta())
    calendar = life[-1].end - life[0].start if life else timedelta()
    complete = next((line.at for line in card if line.action.startswith("lengkap")), None)
    counted = timedelta()
    if complete is not None:
        counted = sum((p.office for p in life if p.kind is not Kind.PAUSE and p.start >= complete), timedelta())
    return Sums(office, applicant, calendar, counted, counted > target, counted >= target * 0.8, target)


def days(life: Sequence[Piece], hours: OfficeHours) -> list[tuple[datetime, datetime]]:
    """The office spans that a life line draws: nights and closed days are cut out."""
    if not life:
        return []
    return list(office_spans(hours, life[0].start, life[-1].end))


def utc_now() -> datetime:
    """This PC's clock, UTC."""
    return datetime.now(UTC)
