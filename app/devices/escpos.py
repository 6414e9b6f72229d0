"""The few ESC/POS commands that every thermal printer understands: a picture, a cut, and how it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

ESC, GS, DLE_EOT = b"\x1b", b"\x1d", b"\x10\x04"
RESET = ESC + b"@"
FEED = ESC + b"d"
PARTIAL_CUT = GS + b"V\x42\x00"
BAND = 256
"""Dots per raster command: cheap printers have buffers of some kilobytes and lose what is longer."""

DOTS = {80: 576, 58: 384}
"""Dots across that a 203 dpi head prints on paper of so many millimetres: 72 and 48 mm of it."""

STATUS_MASK, STATUS_BITS = 0b10010011, 0b00010010
ASK_PRINTER, ASK_OFFLINE, ASK_PAPER = DLE_EOT + b"\x01", DLE_EOT + b"\x02", DLE_EOT + b"\x04"
ASK_DONE = GS + b"r\x01"
"""Answered in its turn, when everything before it is on paper; DLE EOT is answered at once, whatever waits."""


@dataclass(frozen=True)
class Raster:
    """A black-and-white picture: rows of `width` dots, eight to a byte, the left one highest, set bits are black."""

    width: int
    height: int
    data: bytes

    def __post_init__(self) -> None:
        if self.width % 8 or len(self.data) != self.width // 8 * self.height:
            raise ValueError("a raster is whole bytes wide and as long as it says")


def ticket(picture: Raster, *, cut: bool = True, feed: int = 3) -> bytes:
    """The bytes that print a picture once: reset, the picture in bands, empty lines, a cut where there is a knife."""
    return RESET + b"".join(_bands(picture)) + FEED + bytes([feed]) + (PARTIAL_CUT if cut else b"")


def _bands(picture: Raster) -> Iterator[bytes]:
    """`GS v 0`: bytes across and dots down, both little-endian, then the picture itself."""
    across = picture.width // 8
    for top in range(0, picture.height, BAND):
        rows = min(BAND, picture.height - top)
        head = GS + b"v0\x00" + across.to_bytes(2, "little") + rows.to_bytes(2, "little")
        yield head + picture.data[top * across : (top + rows) * across]


@dataclass(frozen=True)
class Health:
    """What a printer said of itself. `trouble` is a whole sentence, empty where it is ready."""

    online: bool
    paper: bool
    low: bool
    trouble: str = ""


def is_status(byte: int) -> bool:
    """Whether this byte can answer DLE EOT: bits 1 and 4 set, 0 and 7 clear."""
    return byte & STATUS_MASK == STATUS_BITS


def is_done(byte: int) -> bool:
    """Whether this byte can answer GS r: bits 4 and 7 clear."""
    return byte & 0b10010000 == 0


def health(printer: int, offline: int, paper: int) -> Health:
    """The three status bytes (`DLE EOT` 1, 2 and 4) in words.

    A byte that cannot be one is refused: ValueError.
    """
    if not all(map(is_status, (printer, offline, paper))):
        raise ValueError("not a status byte")
    out = bool(paper & 0b01100000) or bool(offline & 0b00100000)
    opened, broken = bool(offline & 0b00000100), bool(offline & 0b01000000)
    off = bool(printer & 0b00001000)
    said = ""
    if out:
        said = "Kertas printer habis. Pasang gulungan baru."
    elif opened:
        said = "Tutup printer terbuka. Tutup dengan rapat."
    elif broken:
        said = "Printer bermasalah. Matikan, nyalakan lagi, dan periksa pisaunya."
    elif off:
        said = "Printer tidak siap. Periksa tombol dan kabelnya."
    return Health(online=not off, paper=not out, low=bool(paper & 0b00001100), trouble=said)
