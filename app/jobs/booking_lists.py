"""A list of web bookings as a file on this PC: read whole, its source recognised, its columns proposed, brought in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from app.errors import Unavailable
from app.services import booking_guess, booking_list, bookings, queue_settings
from app.services.booking_list import Columns
from app.services.bookings import Imported, Preview

if TYPE_CHECKING:
    from app.jobs.workshop import Progress

CITY = "mpp.pekanbaru.go.id"
"""The source every office knows before it has described one."""
LARGEST = 20_000_000
"""Bytes; twenty thousand rows take two millions."""


@dataclass(frozen=True)
class Opened:
    """A file that holds a table. `headings` are those that may be chosen; `how` is how it is probably read."""

    name: str
    data: bytes = field(repr=False)
    headings: tuple[str, ...]
    how: Columns


@dataclass(frozen=True)
class Looked:
    """What bringing it in would do. `words` are those of its service column; `how` has letters for plain ones."""

    preview: Preview
    words: tuple[str, ...]
    how: Columns


def open_list(path: Path, known: Sequence[Columns]) -> Opened:
    """Read a file; of the `known` sources the first whose columns are all there is taken for its own."""
    data = _bytes(path)
    headings = booking_list.headings(data)
    how = next((c for c in known if booking_guess.fits(c, headings)), None)
    if how is None:
        how = booking_guess.propose(CITY, headings, queue_settings.services())
    return Opened(path.name, data, booking_guess.offered(headings), how)


def look(opened: Opened, how: Columns) -> Looked:
    """What would come in; nothing is changed. Refused where a needed column is not chosen or not there."""
    words = booking_list.words(opened.data, how.service) if how.service else ()
    said = {booking_list.plain(word) for word in how.services}
    new = [word for word in words if booking_list.plain(word) not in said]
    full = replace(how, services={**how.services, **booking_guess.letters(new, queue_settings.services())})
    return Looked(bookings.preview(opened.data, full), words, full)


def bring_in(found: Preview, keep: Columns | None, key: str, progress: Progress) -> Imported:
    """Keep how the source is read, where that is wanted; then store what is new and take back what was cancelled."""
    if keep is not None:
        bookings.save_source(keep, key)
    return bookings.store(found, lambda done, total: progress.report(done, total, ""))


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            raise Unavailable(f"{path.name} lebih besar dari 20 MB. Ekspor per hari atau per minggu.", code="large")
        return path.read_bytes()
    except OSError as error:
        raise Unavailable(
            f"{path.name} tidak dapat dibuka. Tutup dahulu di Excel bila masih terbuka, lalu pilih lagi.", code="file"
        ) from error
