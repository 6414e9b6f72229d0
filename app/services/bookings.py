"""Web bookings: a list comes in once, its owners check in, the rest never came; no names anywhere."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from app.errors import Conflict, Refused
from app.models.base import add, micros, moment, session, told
from app.models.tables_berkas import Ticket
from app.models.tables_queue import Booking, BookingCancel
from app.services import booking_list, queue, queue_settings
from app.services.booking_list import BookingList, Columns, Mistake, Row
from app.services.booking_visit import Announced, check_in, look, spoken
from app.sop.calendar import WIB

__all__ = [
    "Announced",
    "BookingRow",
    "Imported",
    "Preview",
    "Share",
    "State",
    "cancel",
    "check_in",
    "look",
    "never_came",
    "of_day",
    "preview",
    "save_source",
    "sources",
    "store",
]

SPACE = uuid.UUID("0c6f4f0e-2f4c-5b64-9a3a-0d1f3f5f7a11")
"""Keys of bookings follow from source and number, so that the same list twice is the same commands twice."""
TAKEN_BACK = "dibatalkan di sumbernya"


class State(StrEnum):
    """How a booking stands: expected, its owner has come, taken back, its hour is over and nobody came."""

    BOOKED = "dipesan"
    CAME = "hadir"
    CANCELLED = "batal"
    EXPIRED = "kedaluwarsa"


@dataclass(frozen=True)
class BookingRow:
    """A booking as officers see it; `label` is the number its owner got, "" before."""

    id: int
    source: str
    reference: str
    service: str
    slot: datetime
    state: State
    label: str = ""
    why: str = ""


@dataclass(frozen=True)
class Preview:
    """What importing a list would do: rows that are new, known, or taken back at their source; and lines left out."""

    list: BookingList
    new: tuple[Row, ...]
    known: tuple[Row, ...]
    cancelled: tuple[Row, ...]
    mistakes: tuple[Mistake, ...]


@dataclass(frozen=True)
class Imported:
    """What importing did."""

    added: int
    known: int
    cancelled: int
    mistakes: tuple[Mistake, ...]


class Share(NamedTuple):
    """Of the bookings whose hour is over: how many came, how many never did."""

    came: int
    missed: int

    @property
    def percent(self) -> int | None:
        """Never came, of a hundred; None where no hour is over yet."""
        return round(100 * self.missed / (self.came + self.missed)) if self.came + self.missed else None


# --- lists of other systems ------------------------------------------------------------------------------------------


def sources() -> list[Columns]:
    """How the list of each known source is read, by name."""
    return [booking_list.columns(data) for _, data in sorted(queue_settings.load().sources.items())]


def save_source(columns: Columns, key: str) -> None:
    """Keep how a source's list is read. Refused for others than the administrator."""
    settings = queue_settings.load()
    queue_settings.save(replace(settings, sources={**settings.sources, columns.source: columns.data()}), key)


def preview(data: bytes, columns: Columns) -> Preview:
    """What this file would bring in; nothing is changed."""
    found = booking_list.read(data, columns)
    there = _there(columns.source)
    gone = _gone([b.id for b in there.values()])
    today = _now().astimezone(WIB).date()
    new: list[Row] = []
    known: list[Row] = []
    cancelled: list[Row] = []
    mistakes = list(found.mistakes)
    for row in found.rows:
        before = there.get(row.reference)
        if row.cancelled:
            cancelled += [row] if before is not None and before.id not in gone else []
        elif before is None and row.slot_local.date() < today:
            mistakes.append(Mistake(row.line, f"Nomor {row.reference} untuk hari yang sudah lewat. Tidak diimpor."))
        elif before is None:
            new.append(row)
        else:
            known.append(row)
            mistakes += _moved(row, before)
    return Preview(found, tuple(new), tuple(known), tuple(cancelled), tuple(sorted(mistakes, key=lambda m: m.line)))


def _there(source: str) -> dict[str, Booking]:
    with told():
        return {b.external_ref: b for b in Booking.select().where(Booking.source == source)}


def _gone(ids: Sequence[int]) -> dict[int, str]:
    with told():
        return {c.booking_id: c.why for c in BookingCancel.select().where(BookingCancel.booking_id.in_(ids))}


def _moved(row: Row, before: Booking) -> list[Mistake]:
    was = moment(before.slot_us).astimezone(WIB)
    if was == row.slot_local:
        return []
    return [
        Mistake(
            row.line,
            f"Nomor {row.reference} sudah tercatat untuk {spoken(was)}; jam baru {spoken(row.slot_local)} tidak "
            "dipakai. Minta pemesannya membuat nomor baru, atau layani dengan nomor biasa.",
        )
    ]


def store(found: Preview, each: Callable[[int, int], None] | None = None) -> Imported:
    """Bring a list in; done again it adds nothing. What the office refuses is told by its line.

    `each` is told how many of how many are done. A lost connection ends it; the same list again does the rest.
    """
    there = _there(found.list.source)
    mistakes: list[Mistake] = []
    added = 0
    for done, row in enumerate(found.new):
        if each is not None:
            each(done, len(found.new))
        if row.reference in there:
            continue
        try:
            added += _add(found.list.source, row)
        except Refused as error:
            mistakes.append(Mistake(row.line, f"Nomor {row.reference}: {error.message}"))
    there = _there(found.list.source)
    cancelled = sum(_take_back(there[row.reference].id) for row in found.cancelled)
    known = len(found.known) + len(found.new) - added - len(mistakes)
    return Imported(added, known, cancelled, tuple(mistakes))


def _add(source: str, row: Row) -> bool:
    """Whether it is new. A colleague may have imported the same list a moment ago."""
    try:
        add(
            Booking, str(uuid.uuid5(SPACE, f"{source}\n{row.reference}")), source=source, external_ref=row.reference,
            day=row.slot_local.date().isoformat(), slot_us=micros(row.slot_local), service=row.service,
        )  # fmt: skip
    except Conflict:
        return False
    return True


def _take_back(booking_id: int) -> bool:
    """Whether the source's cancellation changed something; who has come in spite of it stays."""
    try:
        cancel(booking_id, TAKEN_BACK, str(uuid.uuid5(SPACE, f"batal {booking_id}")))
    except Conflict:
        return False
    return True


def cancel(booking_id: int, why: str, key: str) -> None:
    """Take a booking back, with the reason. Conflict where its owner has come or it was taken back before."""
    add(BookingCancel, key, booking_id=booking_id, why=why.strip())


# --- how a day stands ------------------------------------------------------------------------------------------------


def of_day(day: str = "") -> list[BookingRow]:
    """The bookings of one day (the office's today, if none is named), by their hour. For FO and ADMIN."""
    wanted = day or _now().astimezone(WIB).date().isoformat()
    late = timedelta(minutes=queue_settings.load().late)
    with told():
        rows = list(Booking.select().where(Booking.day == wanted).order_by(Booking.slot_us, Booking.id))
        ids = [b.id for b in rows]
        tickets = {t.booking_id: t for t in Ticket.select().where(Ticket.booking_id.in_(ids))}
    gone = _gone(ids)
    return [_seen(b, tickets.get(b.id), gone.get(b.id), late) for b in rows]


def _now() -> datetime:
    return moment(session.now_us())


def _seen(row: Booking, ticket: Ticket | None, why: str | None, late: timedelta) -> BookingRow:
    slot = moment(row.slot_us)
    state = State.EXPIRED if _now() > slot + late else State.BOOKED
    if why is not None:
        state = State.CANCELLED
    elif ticket is not None:
        state = State.CAME
    label = queue.of_row(ticket).label if ticket is not None else ""
    return BookingRow(row.id, row.source, row.external_ref, row.service, slot, state, label, why or "")


def never_came(rows: Sequence[BookingRow]) -> Share:
    """Of those whose hour is over or who came: how many came, how many never did. Cancelled ones do not count."""
    states = [r.state for r in rows]
    return Share(states.count(State.CAME), states.count(State.EXPIRED))
