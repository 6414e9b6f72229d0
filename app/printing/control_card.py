"""The control card (kartu kendali pelayanan) that travels with the paper file, A4 or A5 landscape.

SOP, warnings 1 to 3: every officer initials and dates the hand-over and the receipt; empty rows continue by hand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from textwrap import shorten
from typing import Literal

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from app.printing import dates, fonts, frame, qr, sheet
from app.printing.data import CardData, CardRow
from app.printing.text import Text

KIND = "Kartu kendali pelayanan"
DUTY = "Setiap petugas/pelaksana wajib melakukan paraf dan tanggal penyerahan dan penerimaan."
REMARK = 160  # letters of a remark on paper; the whole of it stands in the program
_WIDTHS = (13, 29, 37, 27, 15, 37, 27, 15, 14, 14, 37)  # millimetres on A4
_HEAD = (
    ("Langkah SOP", "Meja", "Diserahkan", "", "", "Diterima", "", "", "Waktu kerja (menit)", "", "Keterangan"),
    ("", "", "oleh", "tanggal, jam", "paraf", "oleh", "tanggal, jam", "paraf", "norma", "dipakai", ""),
)
_SPANS = tuple(
    ("SPAN", start, end)
    for start, end in (
        ((0, 0), (0, 1)), ((1, 0), (1, 1)), ((2, 0), (4, 0)), ((5, 0), (7, 0)), ((8, 0), (9, 0)), ((10, 0), (10, 1)),
    )
)  # fmt: skip


def control_card(data: CardData, paper: Literal["A4", "A5"] = "A4") -> bytes:
    """The card as it stands at `printed_at_local`, printable again at any time; the head repeats on each page."""
    fonts.register()
    scale = 1.0 if paper == "A4" else 0.68
    size = sheet.A4_LANDSCAPE if paper == "A4" else sheet.A5_LANDSCAPE
    note = f"Sidik kartu {data.seal}" if data.seal else ""
    page = sheet.Part((), size, KIND, note=note, own_qr=True)
    written = _story(data, scale, page.room[0], 0)
    page = replace(page, story=_story(data, scale, page.room[0], _empty_rows(data, written, page, scale)))
    return sheet.build([page], data.frame, KIND)


def _story(data: CardData, scale: float, room: float, empty: int) -> list[Flowable]:
    body = 8.4 * scale
    rows = [_row(row, body) for row in data.rows] + [_empty(scale) for _ in range(empty)]
    widths = [w * room / sum(_WIDTHS) for w in _WIDTHS]
    back = [("BACKGROUND", (0, i + 2), (0, i + 2), "#dddddd") for i, row in enumerate(data.rows) if row.back]
    return [
        *frame.letterhead(data.frame, 0.95 * scale),
        _top(data, scale),
        Spacer(1, 5 * scale),
        frame.grid(_HEAD, rows, widths, *_SPANS, *back, size=body, pad=2.6 * scale),
        *_bottom(data, scale),
    ]


def _empty_rows(data: CardData, written: list[Flowable], page: sheet.Part, scale: float) -> int:
    """As many as the rest of a single page holds (two at least); else as many as were asked for."""
    free = page.room[1] - sheet.height(written, page.room[0])
    fitting = int(free // (_blank(scale) + 2 * 2.6 * 0.8 * scale))
    return fitting if data.empty_rows and fitting >= 2 else data.empty_rows


def _top(data: CardData, scale: float) -> Flowable:
    module = 0.75 * mm * max(scale, 0.72)
    facts: list[Flowable] = [
        Text("KARTU KENDALI PELAYANAN", fonts.SANS_BOLD, 14 * scale, lead=1.2),
        Text(data.frame.number, fonts.SANS_BOLD, 17 * scale, lead=1.2, after=3 * scale),
    ]
    if data.facts:
        facts.append(frame.pairs(data.facts, 40 * mm * scale, 8.6 * scale))
    return frame.beside(facts, [qr.Symbol(data.frame.code, module, align="RIGHT")], qr.side(data.frame.code, module))


def _row(row: CardRow, size: float) -> list[Flowable | str]:
    desk = Text(f"{row.desk}\n(dikembalikan)" if row.back else row.desk, fonts.SANS_SEMI, size, lead=1.2)
    return [
        Text(row.step or "–", fonts.SANS_SEMI, size, align="c"),
        desk,
        Text(row.given_by, size=size, lead=1.2),
        _when(row.given_at_local, size),
        _paraf(row.given_paraf, size),
        Text(row.received_by or ("belum diterima" if row.given_by else ""), size=size, lead=1.2),
        _when(row.received_at_local, size),
        _paraf(row.received_paraf, size),
        Text(_minutes(row.norm), size=size, align="c", lines=1),
        Text(_minutes(row.used) + (" *" if _over(row) else ""), fonts.SANS_SEMI, size, align="c", lines=1),
        Text(shorten(row.remark, REMARK, placeholder=" …"), size=size * 0.94, lead=1.2),
    ]


def _paraf(initials: str, size: float) -> Text:
    return Text(initials, fonts.SANS_SEMI, size * 1.1, align="c", lines=1)


def _when(at_local: datetime | None, size: float) -> Text:
    shown = f"{dates.digits(at_local)}\n{dates.clock(at_local)}" if at_local else ""
    return Text(shown, size=size, align="c", lead=1.15)


def _minutes(value: float | None) -> str:
    return "" if value is None else f"{value:.1f}".removesuffix(".0").replace(".", ",")


def _over(row: CardRow) -> bool:
    return row.norm is not None and row.used is not None and row.used > row.norm


def _blank(scale: float) -> float:
    return 24 * max(scale, 0.85)  # what a hand needs to write in


def _empty(scale: float) -> list[Flowable | str]:
    return [Spacer(1, _blank(scale)), *[""] * (len(_WIDTHS) - 1)]


def _bottom(data: CardData, scale: float) -> list[Flowable]:
    size = 8 * scale
    story: list[Flowable] = [Spacer(1, 5 * scale)]
    if data.sums:
        story.append(Text(_line(data.sums), fonts.SANS_SEMI, size, after=2))
    if any(_over(row) for row in data.rows):
        story.append(Text("* melewati norma SOP", size=size))
    hand = "Baris kosong diisi tangan bila listrik atau jaringan padam, lalu dimasukkan ke program sesudahnya."
    return [*story, Text(f"{DUTY} {hand}", size=size)]


def _line(sums: Sequence[tuple[str, str]]) -> str:
    return "   ·   ".join(f"{label}: {value}" for label, value in sums)
