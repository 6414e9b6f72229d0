"""How the web bookings of a day lie over its hours: how many are expected, came, or never did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import peewee as pw

from app.models.base import moment, session, told
from app.models.tables_queue import Booking
from app.services import bookings, queue_settings
from app.services.bookings import BookingRow, State
from app.sop.calendar import WIB


@dataclass(frozen=True)
class Slot:
    """One span of the day by its local begin; cancelled bookings do not count."""

    at_local: datetime
    booked: int
    came: int
    missed: int


@dataclass(frozen=True)
class DayBookings:
    """One day; `cancelled` were taken back."""

    day: date
    slots: tuple[Slot, ...]
    cancelled: int

    @property
    def booked(self) -> int:
        """All that count."""
        return sum(s.booked for s in self.slots)

    @property
    def came(self) -> int:
        """Whose owner has a number."""
        return sum(s.came for s in self.slots)

    @property
    def missed(self) -> int:
        """Whose hour is over, and nobody came."""
        return sum(s.missed for s in self.slots)


@dataclass(frozen=True)
class Outlook:
    """Today, and the next day that has bookings (tomorrow where none has)."""

    today: DayBookings
    coming: DayBookings


def outlook() -> Outlook:
    """For FO and the administrator."""
    today = moment(session.now_us()).astimezone(WIB).date()
    with told():
        found = Booking.select(pw.fn.MIN(Booking.day)).where(Booking.day > today.isoformat()).scalar()
    coming = date.fromisoformat(found) if found else today + timedelta(days=1)
    minutes = max(1, queue_settings.load().slot_minutes)
    return Outlook(*(_day(day, bookings.of_day(day.isoformat()), minutes) for day in (today, coming)))


def _day(day: date, rows: Sequence[BookingRow], minutes: int) -> DayBookings:
    counts: Counter[tuple[datetime, State]] = Counter((_begin(r.slot, minutes), r.state) for r in rows)
    kept = sorted({at for at, state in counts if state is not State.CANCELLED})
    slots = tuple(
        Slot(
            at, sum(counts[at, s] for s in (State.BOOKED, State.CAME, State.EXPIRED)), counts[at, State.CAME],
            counts[at, State.EXPIRED],
        )
        for at in kept
    )  # fmt: skip
    return DayBookings(day, slots, sum(r.state is State.CANCELLED for r in rows))


def _begin(at: datetime, minutes: int) -> datetime:
    local = at.astimezone(WIB)
    past = (local.hour * 60 + local.minute) % minutes
    return local.replace(second=0, microsecond=0) - timedelta(minutes=past)
