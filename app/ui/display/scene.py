"""What stands on the screen at a moment, in words: made from the hall's state and the time, drawn by `wall`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from app.printing import dates
from app.services.hall import Call, Doors, Hall, Waiting
from app.sop.calendar import WIB
from app.sop.queue import State

LIVE = 3
"""Calls that stand large at the same time."""
ROWS, ROWS_FAR = 6, 4
AWAY = "Layar antrean belum tersambung"
CALLED_ALOUD = "Nomor Anda tetap dipanggil petugas di loket"
LINGER = 5
"""So many times the shortest life of a call it stays large while nobody has come for it."""


class Mood(StrEnum):
    """What the large panel says."""

    CALLING = "CALLING"
    LAST = "LAST"
    EMPTY = "EMPTY"
    CLOSED = "CLOSED"
    AWAY = "AWAY"


@dataclass(frozen=True)
class Row:
    """A number and where it goes: ("A-017", "Loket", "3"); `word` is empty where the place has no number."""

    label: str
    word: str
    place: str


@dataclass(frozen=True)
class Item:
    """One letter of the strip."""

    letter: str
    count: str
    span: str


@dataclass(frozen=True)
class Facts:
    """What the screen knows of itself: no news for seconds, no sound and why, a far last row, why there is no data."""

    late: bool = False
    sound: str = ""
    far: bool = False
    away: str = ""


@dataclass(frozen=True)
class Scene:
    """All words on the screen. `call` is the id of the large call: another one blinks."""

    mood: Mood
    clock: str
    date: str
    title: str = ""
    office: str = ""
    head: str = ""
    lines: tuple[str, ...] = ()
    main: Row | None = None
    others: tuple[Row, ...] = ()
    hint: str = ""
    listed: tuple[Row, ...] = ()
    strip: tuple[Item, ...] = ()
    strip_text: str = ""
    notice: str = ""
    data: str = ""
    sound: str = ""
    far: bool = False
    call: int = 0


def compose(hall: Hall | None, now: datetime, facts: Facts) -> Scene:
    """The scene at `now`, from the last state that was read; None before the first."""
    local = now.astimezone(WIB)
    clock, date = f"{local:%H.%M}", dates.weekday_day(local.date())
    if hall is None:
        return Scene(Mood.AWAY, clock, date, head=AWAY, lines=(CALLED_ALOUD, facts.away), far=facts.far)
    live = tuple(c for c in hall.calls if _is_live(c, hall, now))[:LIVE]
    rest = [c for c in hall.calls if c not in live]
    mood = _mood(hall, live)
    main = live[0] if live else (rest.pop(0) if mood is Mood.LAST else None)
    rows = ROWS_FAR if facts.far else ROWS
    head, lines = _words(hall, mood, main, now)
    return Scene(
        mood, clock, date, hall.office.title, hall.office.place, head, lines,
        _row(main) if main else None,
        tuple(_row(c) for c in live[1:]),
        _hint(mood, hall.doors, now, facts),
        tuple(_row(c) for c in rest[:rows]),
        tuple(_item(w) for w in hall.waiting),
        _strip_text(hall, now),
        hall.notice,
        f"data {hall.now.astimezone(WIB):%H.%M}" if facts.late else "",
        facts.sound,
        facts.far,
        live[0].id if live else 0,
    )  # fmt: skip


def _is_live(call: Call, hall: Hall, now: datetime) -> bool:
    """Large at least so long as the office said; longer while nobody has come, but not for ever."""
    age = now - call.at
    shortest = timedelta(seconds=hall.call_seconds)
    return age < shortest or (call.state is State.CALLED and age < LINGER * shortest)


def _mood(hall: Hall, live: tuple[Call, ...]) -> Mood:
    if live:
        return Mood.CALLING
    if not hall.doors.open and not hall.waiting:
        return Mood.CLOSED
    return Mood.LAST if hall.calls else Mood.EMPTY


def _words(hall: Hall, mood: Mood, main: Call | None, now: datetime) -> tuple[str, tuple[str, ...]]:
    """The large panel's heading, and what it says in place of a number."""
    if mood is Mood.CALLING and main is not None:
        return f"Silakan menuju {split_place(main.place)[0].lower()}".strip(), ()
    if mood is Mood.LAST:
        return "Terakhir dipanggil", ()
    if mood is Mood.CLOSED:
        doors = hall.doors
        head = "Loket belum buka" if _later_today(doors, now) else "Loket tutup"
        return head, (again(doors, now), f"Jam pelayanan {doors.opens:%H.%M}–{doors.closes:%H.%M}")
    if hall.waiting:
        return "Selamat datang", ("Sebentar lagi nomor dipanggil di sini",)
    return "Antrean kosong", ("Silakan ambil nomor",)


def again(doors: Doors, now: datetime) -> str:
    """When numbers are given again: "Buka pukul 07.30", "Buka kembali Rabu, 13 Mei 2026 pukul 07.30"."""
    if doors.again is None:
        return "Belum ada jam buka"
    at = doors.again.astimezone(WIB)
    if _later_today(doors, now):
        return f"Buka pukul {at:%H.%M}"
    return f"Buka kembali {dates.weekday_day(at.date())} pukul {at:%H.%M}"


def _later_today(doors: Doors, now: datetime) -> bool:
    return doors.again is not None and doors.again.astimezone(WIB).date() == now.astimezone(WIB).date()


def _hint(mood: Mood, doors: Doors, now: datetime, facts: Facts) -> str:
    """In the place of the other calls, while there are none."""
    if mood is Mood.CLOSED and not _later_today(doors, now):
        return "Terima kasih atas kunjungan Anda"
    return "Nomor dipanggil di layar ini" + ("" if facts.sound else " dan dengan suara")


def _strip_text(hall: Hall, now: datetime) -> str:
    if hall.waiting:
        return ""
    if hall.doors.open:
        return "Antrean kosong, silakan ambil nomor"
    if _later_today(hall.doors, now):
        return f"Nomor dapat diambil mulai pukul {hall.doors.opens:%H.%M}"
    return "Pengambilan nomor sudah ditutup"


def _row(call: Call) -> Row:
    return Row(call.label, *split_place(call.place))


def split_place(place: str) -> tuple[str, str]:
    """("Loket", "3") of "Loket 3"; ("", "Kasir") of a place without a number."""
    found = re.fullmatch(r"(.*?)\s*(\d+\s?[A-Za-z]?|\b[A-Za-z])", place.strip())
    return (found[1] or "Loket", found[2]) if found else ("", place.strip())


def _item(waiting: Waiting) -> Item:
    return Item(waiting.letter, f"{waiting.count} orang", f"{waiting.low}–{waiting.high} menit")
