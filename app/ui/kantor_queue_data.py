"""What the queue's tab of the page Kantor shows; read in the database thread."""

from __future__ import annotations

from dataclasses import dataclass

from app.services import accounts, booking_days, counter, queue_settings
from app.services.booking_days import Outlook
from app.services.queue_settings import QueueSettings, Service
from app.sop.model import Role


@dataclass(frozen=True)
class Place:
    """One counter: the letters it takes ("" for all), and who sits there."""

    name: str
    letters: str
    officers: tuple[str, ...]


@dataclass(frozen=True)
class QueueSet:
    """All of it. `homeless` are officers of the Front Office without a counter: they can call nobody."""

    settings: QueueSettings
    services: tuple[Service, ...]
    places: tuple[Place, ...]
    homeless: tuple[str, ...]
    outlook: Outlook


def load() -> QueueSet:
    """The queue's settings as they are now."""
    takes = queue_settings.counters()
    fronts = [o for o in accounts.officers() if o.active and any(h.role is Role.FO for h in o.hats)]
    places = tuple(
        Place(name, takes.get(name, ""), tuple(o.name for o in fronts if o.place == name)) for name in counter.places()
    )
    homeless = tuple(o.name for o in fronts if not o.place.strip())
    services = tuple(queue_settings.services(also_closed=True))
    return QueueSet(queue_settings.load(), services, places, homeless, booking_days.outlook())
