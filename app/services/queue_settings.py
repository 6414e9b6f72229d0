"""The queue's own settings: the fair rule, opening hours, booking windows, services, and which counter takes what."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from app.errors import Refused
from app.models.base import add, told
from app.models.tables_queue import CurrentService, QueueCounter, QueueService, QueueSetting

LETTER = re.compile("[A-OQ-Z]")


@dataclass(frozen=True)
class QueueSettings:
    """Numbers of the queue. `fair`: one priority ticket in so many calls. Hours are minutes of the office's day.

    `early` and `late` are the minutes around a booked hour in which its owner may check in; `slot_quota` is how many
    bookings one slot of `slot_minutes` takes (0: no limit); `call_seconds` is how long a call stays on the screen;
    whoever waits longer than `wait_limit` minutes is shown in amber, and counted.
    `sources` holds, by name, how the lists of web bookings of each source are read (`booking_list.Columns`).
    """

    fair: int = 3
    rejoin_after: int = 2
    early: int = 15
    late: int = 15
    opens: int = 7 * 60 + 30
    closes: int = 15 * 60
    slot_minutes: int = 15
    slot_quota: int = 0
    call_seconds: int = 60
    wait_limit: int = 30
    notice: str = "Semua layanan GRATIS. Siapkan KTP-el, KK, salinan putusan, dan akta perkawinan."
    complaints: str = ""
    sources: dict[str, dict[str, Any]] = field(default_factory=dict)


@dataclass(frozen=True)
class Service:
    """One service at the kiosk; `service` is its letter and its numbers' prefix. `quota` 0 means no limit."""

    service: str
    label: str
    detail: str = ""
    icon: str = ""
    quota: int = 0
    position: int = 0
    registers: bool = True
    active: bool = True


def load() -> QueueSettings:
    """As last saved, or as shipped; unknown keys of a newer client are left out."""
    with told():
        row = QueueSetting.select().order_by(QueueSetting.id.desc()).first()
    known = {f.name for f in fields(QueueSettings)}
    return QueueSettings(**{k: v for k, v in json.loads(row.data).items() if k in known}) if row else QueueSettings()


def save(settings: QueueSettings, key: str) -> None:
    """Save the numbers; the old ones stay readable. Refused for others than the administrator."""
    add(QueueSetting, key, data=json.dumps(asdict(settings), sort_keys=True, ensure_ascii=False))


def services(*, also_closed: bool = False) -> list[Service]:
    """The services in the kiosk's order."""
    with told():
        rows = list(CurrentService.select().order_by(CurrentService.position, CurrentService.service))
    found = [
        Service(r.service, r.label, r.detail, r.icon, r.quota, r.position, bool(r.registers), bool(r.active))
        for r in rows
    ]
    return [s for s in found if s.active or also_closed]


def save_service(service: Service, key: str) -> None:
    """Add or change a service; tickets given before keep their prefix. Refused for P, which priority numbers have."""
    if not LETTER.fullmatch(service.service):
        raise Refused("Satu huruf besar, bukan P: huruf itu dipakai nomor prioritas.", field="service")
    add(
        QueueService, key, service=service.service, label=service.label.strip(), detail=service.detail.strip(),
        icon=service.icon, quota=service.quota, position=service.position, registers=int(service.registers),
        active=int(service.active),
    )  # fmt: skip


def counters() -> dict[str, str]:
    """Which services (letters) each counter takes; a counter that is not here takes all."""
    with told():
        rows: Sequence[QueueCounter] = list(QueueCounter.select().order_by(QueueCounter.id))
    return {r.place: r.services for r in rows}


def save_counter(place: str, letters: str, key: str) -> None:
    """What a counter takes from now on; an empty text means everything."""
    add(QueueCounter, key, place=place.strip(), services=letters)
