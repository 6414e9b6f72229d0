"""The owner of a web booking has come: what his number is for, whether it is his hour, and his ticket."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.errors import Refused, Shown
from app.models import hall
from app.models.base import moment, session
from app.models.hall import Found
from app.services import booking_list, queue, queue_settings
from app.services.queue import Issued
from app.services.queue_settings import QueueSettings
from app.sop.calendar import WIB
from app.sop.model import Role

WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip
LONGEST = 100
"""Letters of a number, as the table takes them."""
TRIES = 4
SHOWN = 30
HOUR = 60


@dataclass(frozen=True)
class Announced:
    """A booking whose owner may check in now."""

    id: int
    reference: str
    service: str
    slot: datetime


def look(text: str) -> Announced:
    """The booking of a number or QR, if it can be checked in now; else Refused as by `check_in`. Changes nothing."""
    wanted, found = _find(text)
    code = _trouble(found, _now(), queue_settings.load())
    if code:
        raise _refusal(code, found)
    return Announced(found.id, wanted, found.service, moment(found.slot_us))


def check_in(text: str, key: str, *, priority: bool = False) -> Issued:
    """The owner of a booking has come: by its number or its QR he gets a ticket of his service.

    Refused with code `unknown`, `cancelled`, `used`, `day`, `early` or `late`, and a sentence that says what to do;
    an officer may check in who is late.
    """
    _, found = _find(text)
    try:
        return queue.issue(key, service=found.service, priority=priority, booking_id=found.id)
    except Shown as error:
        code = "cancelled" if found.cancelled else error.code.removeprefix("booking_").replace("booking", "used")
        if code not in {"used", "cancelled", "day", "early", "late"}:
            raise
        raise _refusal(code, found) from error


def _find(text: str) -> tuple[str, Found]:
    for wanted in _candidates(text):
        found = hall.find_booking(wanted)
        if found is not None:
            return wanted, found
    shown = booking_list.clean(text)[:SHOWN]
    then = (
        "Periksa ketikannya, impor daftarnya bila belum, atau beri nomor biasa."
        if hall.holds(Role.FO.value)
        else "Periksa angkanya, atau ambil nomor biasa di layar ini."
    )
    raise Refused(f"Nomor daring {shown} tidak dikenal. {then}", code="unknown")


def _candidates(text: str) -> Sequence[str]:
    """What the number may be in what a scanner read: the whole of it, or the last part of a link."""
    whole = booking_list.clean(text)
    parts = [p for p in re.split(r"[/?&=#:\s]+", whole) if p]
    return list(dict.fromkeys(w for w in (whole, *reversed(parts)) if 0 < len(w) <= LONGEST))[:TRIES]


def _trouble(found: Found, now: datetime, settings: QueueSettings) -> str:
    """Why this booking cannot be checked in now; "" where it can. The database judges again when it is done."""
    slot = moment(found.slot_us)
    late = now > slot + timedelta(minutes=settings.late) and not hall.holds(Role.FO.value)
    reasons = (
        ("cancelled", found.cancelled),
        ("used", found.used),
        ("day", found.day != now.astimezone(WIB).date().isoformat()),
        ("early", now < slot - timedelta(minutes=settings.early)),
        ("late", late),
    )
    return next((code for code, holds in reasons if holds), "")


def _refusal(code: str, found: Found) -> Refused:
    slot, now = moment(found.slot_us).astimezone(WIB), _now().astimezone(WIB)
    settings = queue_settings.load()
    first = slot - timedelta(minutes=settings.early)
    said = {
        "used": "Nomor daring ini sudah dipakai melapor hadir. Bila kertasnya hilang, temui petugas.",
        "cancelled": "Nomor daring ini sudah dibatalkan. Silakan ambil nomor biasa, atau temui petugas.",
        "day": f"Nomor daring ini untuk {spoken(slot)}. {_other_day(slot, now)}",
        "early": f"Jam Anda {slot:%H.%M}. Laporkan kehadiran mulai {first:%H.%M} ({_minutes(first - now)} lagi), atau "
        "ambil nomor biasa sekarang.",
        "late": f"Jam Anda {slot:%H.%M} dan sudah lewat lebih dari {settings.late} menit. Silakan ambil nomor biasa, "
        "atau temui petugas.",
    }
    if hall.holds(Role.FO.value):
        said |= _to_officer(slot, now, first)
    return Refused(said[code], code=code)


def _to_officer(slot: datetime, now: datetime, first: datetime) -> dict[str, str]:
    """The same for who gives the number; he is never told that somebody is late."""
    over = slot.date() < now.date()
    later = "Harinya sudah lewat; beri nomor biasa." if over else "Minta datang pada hari itu, atau beri nomor biasa."
    return {
        "used": "Nomor daring ini sudah dipakai melapor hadir. Bila kertasnya hilang, cetak ulang nomornya.",
        "cancelled": "Nomor daring ini sudah dibatalkan. Beri nomor biasa.",
        "day": f"Nomor daring ini untuk {spoken(slot)}. {later}",
        "early": f"Jamnya {slot:%H.%M}; melapor mulai {first:%H.%M} ({_minutes(first - now)} lagi). Minta menunggu, "
        "atau beri nomor biasa.",
    }


def _other_day(slot: datetime, now: datetime) -> str:
    if slot.date() < now.date():
        return "Harinya sudah lewat. Silakan ambil nomor biasa."
    return "Datanglah pada hari itu, atau ambil nomor biasa sekarang."


def _minutes(span: timedelta) -> str:
    whole = max(1, -(-int(span.total_seconds()) // 60))
    return f"{whole} menit" if whole < HOUR else f"{whole // HOUR} jam {whole % HOUR} menit"


def spoken(at: datetime) -> str:
    """Day and hour as one says them; `at` is local."""
    return f"{WEEKDAYS[at.weekday()]}, {at.day} {MONTHS[at.month - 1]} {at.year} pukul {at:%H.%M}"


def _now() -> datetime:
    return moment(session.now_us())
