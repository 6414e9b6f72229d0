"""What the kiosk shows, read at one go: services with who waits and how long, whether numbers are given now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time

from app.models.base import told
from app.models.tables_berkas import Ticket
from app.services import devices, hall, queue, queue_estimate, queue_settings
from app.services.devices import Face
from app.services.hall import Doors
from app.services.queue import QueueTicket
from app.sop.calendar import WIB

MOST = 6
"""Tiles on the screen: more cannot be taken in at a glance (queue.md 4.2)."""


@dataclass(frozen=True)
class Offer:
    """One service as its tile shows it. `full`: today's numbers have all been given."""

    service: str
    label: str
    detail: str
    icon: str
    waiting: int
    low: int
    high: int
    full: bool


@dataclass(frozen=True)
class Overview:
    """The whole state at one moment. `again` is the next opening after today, for who finds a service full."""

    now: datetime
    face: Face
    offers: tuple[Offer, ...]
    doors: Doors
    again: datetime | None
    complaints: str


def overview() -> Overview:
    """The kiosk's view; a KIOSK account may read all of it and nothing else."""
    settings, now = queue_settings.load(), devices.now()
    loads = {x.service: x for x in queue_estimate.loads()}
    offers = [
        Offer(
            s.service, s.label, s.detail, s.icon, load.waiting, load.estimate.low, load.estimate.high,
            bool(s.quota) and load.given >= s.quota,
        )
        for s in queue_settings.services()
        if (load := loads.get(s.service)) is not None
    ]  # fmt: skip
    tonight = datetime.combine(now.astimezone(WIB).date(), time.max, WIB)
    doors = hall.doors(settings, now)
    again = hall.doors(settings, tonight).again
    return Overview(now, devices.face(), tuple(offers[:MOST]), doors, again, settings.complaints)


def given(key: str) -> QueueTicket | None:
    """The ticket that this press gave, where its answer was lost; None where the press never arrived."""
    with told():
        row = Ticket.get_or_none(Ticket.key == key)
    return queue.of_row(row) if row is not None else None
