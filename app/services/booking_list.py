"""A list of web bookings as another system hands it over (CSV): its columns by name, its rows, its mistakes by line."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from datetime import date, datetime, time
from typing import Any

from app.errors import Refused
from app.sop.calendar import WIB

DAYS = ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y", "%Y/%m/%d")
TIMES = ("%H:%M:%S", "%H:%M", "%H.%M")
REFERENCE = re.compile(r"[A-Z0-9][A-Z0-9./_-]{0,99}")
NIK = re.compile(r"\d{16}")
LIMIT = 20_000
"""Rows of one file; a day has three hundred."""
MOST_WORDS = 12
"""Different words of a column of services; one that holds more holds something else, which nobody is shown."""
MONTHS = (
    "januari", "februari", "maret", "april", "mei", "juni",
    "juli", "agustus", "september", "oktober", "november", "desember",
)  # fmt: skip
WRITTEN = re.compile(r"^(?:[^\W\d]+['’]?[^\W\d]*\s*,?\s+)?(\d{1,2})\s+([^\W\d]{3,9})\.?\s+(\d{4})")
"""A day in words, with or without its weekday: "Selasa, 12 Mei 2026"."""


@dataclass(frozen=True)
class Columns:
    """How a source's list is read: under which heading each thing stands. Headings are compared without capitals.

    `reference` and `day` are needed. `time` may be empty where the day's column holds the hour too. `services` maps the
    words of the service's column to a letter; `otherwise` is the letter for other words, or "" to call them mistakes.
    A row whose `status` is one of `cancelled` is a booking taken back. `day_format` (as "%d/%m/%Y") is only needed
    where days are written in another way than usual. No other column is read, so no name can get in.
    """

    source: str
    reference: str
    day: str
    time: str = ""
    service: str = ""
    services: Mapping[str, str] = field(default_factory=dict)
    otherwise: str = "A"
    status: str = ""
    cancelled: Sequence[str] = ("batal", "dibatalkan", "cancelled", "canceled")
    day_format: str = ""

    def data(self) -> dict[str, Any]:
        """As the queue's settings keep it."""
        return asdict(self) | {"services": dict(self.services), "cancelled": list(self.cancelled)}


def columns(data: Mapping[str, Any]) -> Columns:
    """As the queue's settings kept it; unknown keys of a newer client are left out."""
    known = {f.name for f in fields(Columns)}
    return Columns(**{k: v for k, v in data.items() if k in known})


@dataclass(frozen=True)
class Row:
    """One booking of the list."""

    line: int
    reference: str
    slot_local: datetime
    service: str
    cancelled: bool = False


@dataclass(frozen=True)
class Mistake:
    """One line that cannot be taken: what is wrong, and what to do."""

    line: int
    text: str


@dataclass(frozen=True)
class BookingList:
    """What a file says: its bookings, its mistakes, the headings nobody reads."""

    source: str
    rows: tuple[Row, ...]
    mistakes: tuple[Mistake, ...]
    unread: tuple[str, ...]


class _Wrong(Exception):
    """Why a line cannot be taken."""


def headings(data: bytes) -> tuple[str, ...]:
    """The headings of a file, to choose the columns from."""
    table = _table(data)
    return tuple(table[0][1])


def words(data: bytes, heading: str) -> tuple[str, ...]:
    """The different words of a column, as they come; none where there are too many to be a service's names."""
    table = _table(data)
    head = [plain(h) for h in table[0][1]]
    if plain(heading) not in head:
        return ()
    place = head.index(plain(heading))
    cells = (" ".join(row[place].split()) for _, row in table[1:] if place < len(row))
    found = {plain(cell): cell for cell in cells if cell}
    return tuple(found.values()) if len(found) <= MOST_WORDS else ()


def read(data: bytes, how: Columns) -> BookingList:
    """Every row of the file. Refused where it is no table or a wanted column is missing."""
    table = _table(data)
    head = [plain(h) for h in table[0][1]]
    wanted = {n: getattr(how, n) for n in ("reference", "day", "time", "service", "status") if getattr(how, n)}
    missing = [h for h in wanted.values() if plain(h) not in head]
    if missing:
        raise Refused(
            f"Kolom {', '.join(f'“{h}”' for h in missing)} tidak ada di berkas ini. Yang ada: "
            f"{', '.join(h for h in table[0][1] if h)}. Sesuaikan kolom sumber ini, lalu baca lagi.",
            field="columns",
            code="columns",
        )
    places = {n: head.index(plain(h)) for n, h in wanted.items()}
    rows, mistakes = _rows(table[1:], places, how)
    unread = tuple(h for i, h in enumerate(table[0][1]) if h and i not in places.values())
    return BookingList(how.source, tuple(rows), tuple(mistakes), unread)


def _rows(
    lines: Sequence[tuple[int, list[str]]], places: Mapping[str, int], how: Columns
) -> tuple[list[Row], list[Mistake]]:
    found: dict[str, Row] = {}
    mistakes: list[Mistake] = []
    for number, cells in lines:
        if not any(c.strip() for c in cells):
            continue
        values = {n: cells[i].strip() if i < len(cells) else "" for n, i in places.items()}
        try:
            row = _row(number, values, how)
        except _Wrong as wrong:
            mistakes.append(Mistake(number, f"{wrong}."))
            continue
        twin = found.setdefault(row.reference, row)
        if twin is not row:
            said = f"Nomor {row.reference} sudah ada di baris {twin.line}. Hapus salah satunya."
            mistakes.append(Mistake(number, said))
    return list(found.values()), mistakes


def _row(line: int, values: Mapping[str, str], how: Columns) -> Row:
    reference = clean(values["reference"])
    if not reference:
        raise _Wrong("Nomor kosong. Isi nomornya, atau hapus baris ini")
    if NIK.fullmatch(reference):
        raise _Wrong("Nomornya tampak seperti NIK, yang tidak boleh disimpan. Pilih kolom nomor antrean")
    if not REFERENCE.fullmatch(reference):
        raise _Wrong("Nomornya berisi spasi atau tanda lain. Periksa apakah kolom nomor sudah benar")
    slot = datetime.combine(*_when(values, how), tzinfo=WIB)
    gone = plain(values.get("status", "")) in {plain(w) for w in how.cancelled}
    return Row(line, reference, slot, _service(values.get("service", ""), how), gone)


def _when(values: Mapping[str, str], how: Columns) -> tuple[date, time]:
    day = values["day"] if how.day_format else _in_digits(values["day"])
    hour = values.get("time", "")
    if not how.time:
        day, _, hour = day.replace("T", " ").partition(" ")
    found = _first(day, (how.day_format,) if how.day_format else DAYS)
    if found is None:
        raise _Wrong(f"Tanggal “{day}” tidak terbaca. Tulis seperti 2026-05-12 atau 12-05-2026")
    # Slots are often written as a span: it begins with its first hour.
    start = re.split(r"\s*(?:-|–|s/d|sd|sampai)\s*", hour.removesuffix("WIB").strip())[0]
    at = _first(start.removesuffix("WIB").strip(), TIMES)
    if at is None:
        raise _Wrong(f"Jam “{hour}” tidak terbaca. Tulis seperti 09:15" if hour else "Jam kosong. Tulis seperti 09:15")
    return found.date(), at.time().replace(second=0)


def _in_digits(day: str) -> str:
    """A month's name as its number; what has none stays as it is."""
    found = WRITTEN.match(day)
    wanted = found[2].casefold() if found else ""
    month = next((n for n, name in enumerate(MONTHS, 1) if wanted and name.startswith(wanted)), 0)
    return f"{found[1]}-{month}-{found[3]}{day[found.end() :]}" if found and month else day


def _first(text: str, formats: Sequence[str]) -> datetime | None:
    for form in formats:
        try:
            return datetime.strptime(text.strip(), form).replace(tzinfo=WIB)
        except ValueError:
            continue
    return None


def _service(words: str, how: Columns) -> str:
    letters = {plain(k): v for k, v in how.services.items()}
    letter = letters.get(plain(words), how.otherwise)
    if not letter:
        raise _Wrong(f"Layanan “{words}” belum dipasangkan. Pasangkan dengan salah satu layanan kantor")
    return letter


def clean(reference: str) -> str:
    """A number as it is kept and looked for: capitals, without blanks around it."""
    return reference.strip().upper()


def plain(text: str) -> str:
    """Words as they are compared: without capitals, single blanks."""
    return " ".join(text.split()).casefold()


def _table(data: bytes) -> list[tuple[int, list[str]]]:
    """Lines with their numbers, headings first. Refused where there is no table."""
    text = _text(data)
    lines = text.splitlines()
    first = next((line for line in lines if line.strip()), "")
    mark = max(",;\t|", key=first.count)
    if not first.count(mark):
        raise Refused(
            "Berkas ini bukan daftar CSV: baris pertamanya tidak berisi judul kolom. Ekspor ulang sebagai CSV dari "
            "sistem asalnya.",
            code="csv",
        )
    reader = csv.reader(io.StringIO(text), delimiter=mark)
    table: list[tuple[int, list[str]]] = []
    try:
        for cells in reader:
            if table or any(c.strip() for c in cells):
                table.append((reader.line_num, cells))
    except csv.Error as e:
        raise Refused(f"Baris {reader.line_num} tidak terbaca sebagai CSV. Ekspor ulang daftarnya.", code="csv") from e
    if len(table) > LIMIT:
        raise Refused(f"Daftar ini lebih dari {LIMIT} baris. Impor per hari atau per minggu.", code="long")
    return table


def _text(data: bytes) -> str:
    if b"\0" in data[:4000]:
        raise Refused(
            "Berkas ini bukan teks CSV (mungkin XLSX). Simpan sebagai CSV dari Excel, lalu impor lagi.", code="csv"
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")
