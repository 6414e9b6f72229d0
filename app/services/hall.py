"""What the hall's screen shows, read at one go: calls, who waits how long, notice, opening hours. Never a name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from app.models.base import moment, told
from app.models.tables_queue import QueueLoad, TvCall
from app.services import calendar_days, devices, queue_estimate, queue_settings
from app.services.queue_settings import QueueSettings
from app.sop.calendar import WIB, OfficeHours
from app.sop.queue import Event, State

ROWS = 150
"""How many of the day's last calls and recalls are read: those of more tickets than any screen shows."""
AHEAD_DAYS = 31
"""How far ahead the next opening is looked for."""


@dataclass(frozen=True)
class Call:
    """A ticket's last call. `id` grows whenever it is said again, `at` is when that was."""

    id: int
    ticket_id: int
    prefix: str
    number: int
    place: str
    at: datetime
    state: State

    @property
    def label(self) -> str:
        """The number as it stands on the ticket."""
        return f"{self.prefix}-{self.number:03d}"


@dataclass(frozen=True)
class Waiting:
    """How many wait under one letter, and the minutes that somebody who comes now would."""

    letter: str
    label: str
    count: int
    low: int
    high: int


@dataclass(frozen=True)
class Doors:
    """Whether numbers are given now; else when that begins again, None where that is not in sight."""

    open: bool
    opens: time
    closes: time
    again: datetime | None = None


@dataclass(frozen=True)
class Hall:
    """The whole state at one moment. `calls` newest first; `taken_back` are calls whose officer undid them."""

    now: datetime
    calls: tuple[Call, ...]
    taken_back: tuple[Call, ...]
    waiting: tuple[Waiting, ...]
    office: devices.Face
    notice: str
    doors: Doors
    call_seconds: int


def state() -> Hall:
    """The hall as it is now; a DISPLAY account may read all of it and nothing else."""
    settings = queue_settings.load()
    now = devices.now()
    calls, taken_back = _calls()
    return Hall(
        now,
        calls,
        taken_back,
        _waiting(settings),
        devices.face(),
        settings.notice,
        doors(settings, now),
        settings.call_seconds,
    )


def calls_now(before: Hall) -> Hall:
    """The same hall with its calls as they are now: what must be seen at once costs no more than one short question."""
    now = devices.now()
    calls, taken_back = _calls()
    return replace(before, now=now, calls=calls, taken_back=taken_back)


# --- calls -----------------------------------------------------------------------------------------------------------


def _calls() -> tuple[tuple[Call, ...], tuple[Call, ...]]:
    with told():
        rows = list(TvCall.select().order_by(TvCall.id.desc()).limit(ROWS))
    standing: dict[int, list[Call]] = {}
    undone: dict[int, Call] = {}
    for row in reversed(rows):
        made = standing.setdefault(row.ticket_id, [])
        if row.event == Event.UNDONE.value:
            _take_back(row, made, undone)
            continue
        undone.pop(row.ticket_id, None)
        call = _call(row)
        if row.event == Event.RECALLED.value and made:
            made[-1] = call
        else:
            made.append(call)
    last = [c[-1] for c in standing.values() if c and c[-1].state is not State.CANCELLED]
    return _newest_first(last), _newest_first(list(undone.values()))


def _take_back(row: TvCall, made: list[Call], undone: dict[int, Call]) -> None:
    """The ticket's last call never was; the one before it, if any, is what the hall may still see."""
    taken = made.pop() if made else _call(row)
    undone[row.ticket_id] = replace(taken, id=row.id, at=moment(row.at_us))


def _call(row: TvCall) -> Call:
    return Call(row.id, row.ticket_id, row.prefix, row.number, row.place, moment(row.at_us), State(row.state))


def _newest_first(calls: Sequence[Call]) -> tuple[Call, ...]:
    return tuple(sorted(calls, key=lambda c: (c.at, c.id), reverse=True))


# --- waiting ---------------------------------------------------------------------------------------------------------


def _waiting(settings: QueueSettings) -> tuple[Waiting, ...]:
    """Per letter, in the kiosk's order; priority numbers are a class of their own, as on the tickets."""
    with told():
        rows = list(QueueLoad.select())
    regular = {r.service: r.waiting for r in rows}
    out = [
        Waiting(x.service, x.label, regular[x.service], x.estimate.low, x.estimate.high)
        for x in queue_estimate.loads()
        if regular.get(x.service)
    ]
    first = sum(r.waiting_priority for r in rows)
    return (*out, _priority(rows, first, settings.fair)) if first else tuple(out)


def _priority(rows: Sequence[QueueLoad], first: int, fair: int) -> Waiting:
    """Between two priority numbers come the others, one less than `fair`, as long as there are any."""
    norm = queue_estimate.norm_us()
    ahead = first + min(sum(r.waiting for r in rows), (first + 1) * (fair - 1))
    work = sum((r.mean_us or norm) * r.waiting_priority for r in rows)
    found = queue_estimate.span(ahead, work // first, max(r.open_places for r in rows), None)
    return Waiting("P", "Prioritas", first, found.low, found.high)


# --- opening hours ---------------------------------------------------------------------------------------------------


def doors(settings: QueueSettings, now: datetime) -> Doors:
    """By the minutes of the queue's settings, on days on which the office's calendar has hours."""
    local = now.astimezone(WIB)
    opens, closes = _clock(settings.opens), _clock(settings.closes)
    hours = calendar_days.calendar().hours(local.year, (local + timedelta(days=AHEAD_DAYS)).year)
    today = local.date()
    minute = local.hour * 60 + local.minute
    if hours.spans(today) and settings.opens <= minute <= settings.closes:
        return Doors(open=True, opens=opens, closes=closes)
    first = 0 if minute < settings.opens else 1
    return Doors(open=False, opens=opens, closes=closes, again=_next(hours, today + timedelta(days=first), opens))


def _next(hours: OfficeHours, day: date, opens: time) -> datetime | None:
    days = (day + timedelta(days=n) for n in range(AHEAD_DAYS))
    return next((datetime.combine(d, opens, WIB) for d in days if hours.spans(d)), None)


def _clock(minute: int) -> time:
    return time(minute // 60 % 24, minute % 60)
