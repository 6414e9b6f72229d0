"""The daily report with the day's seal, A4: numbers of each step and stage, and no applicant's name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Spacer, Table

from app.printing import dates, fonts, frame, qr, sheet
from app.printing.data import Frame, Signer
from app.printing.text import Text

KIND = "Laporan harian"
MODULE = 0.62 * mm
KEEP = (
    "Simpan kertas ini di luar server (map segel harian). Segel mengikat setiap baris kartu kendali, penugasan, dan "
    "jejak baca sampai saat itu, serta semua segel sebelumnya. Kelak segel di kertas ini harus ditemukan di halaman "
    "Pemeriksaan kartu; bila tidak, riwayatnya pernah diganti."
)


@dataclass(frozen=True)
class StepCount:
    """A row of the SOP: lines signed forward, and lines that sent a file back."""

    row: str
    label: str
    signed: int
    back: int


@dataclass(frozen=True)
class StageCount:
    """How many files stand in a stage at the moment of the seal."""

    desk: str
    label: str
    many: int


@dataclass(frozen=True)
class DailyReport:
    """One sealed day. Numbers count what happened since the seal before (`since_local`, None for the first)."""

    frame: Frame
    day: date
    since_local: datetime | None
    until_local: datetime
    facts: tuple[tuple[str, str], ...]
    steps: tuple[StepCount, ...]
    stages: tuple[StageCount, ...]
    seal: str
    previous: str
    code: str
    checked: str
    signer: Signer


def daily_report(data: DailyReport) -> bytes:
    """One page; the same data always give the same bytes."""
    fonts.register()
    since = dates.moment(data.since_local) if data.since_local else "awal pemakaian"
    page = sheet.Part((), sheet.A4_PORTRAIT, KIND, own_qr=True)
    story: list[Flowable] = [
        *frame.letterhead(data.frame, 0.85),
        *frame.heading("LAPORAN HARIAN PELAYANAN", dates.weekday_day(data.day), 13),
        Text(f"Dihitung dari {since} sampai {dates.moment(data.until_local)}.", size=8.5, align="c", after=6),
        _facts(data.facts, page.room[0]),
        Spacer(1, 6),
        _tables(data, page.room[0]),
        Spacer(1, 8),
        KeepTogether([_seal(data), Spacer(1, 8), _end(data)]),
    ]
    return sheet.build([sheet.Part(story, page.size, KIND, own_qr=True)], data.frame, KIND)


def _facts(facts: Sequence[tuple[str, str]], room: float) -> Table:
    half = (len(facts) + 1) // 2
    gap = 6 * mm
    columns = [frame.pairs(part, 40 * mm, 9) for part in (facts[:half], facts[half:])]
    return frame.beside([columns[0]], [columns[1]], (room - gap) / 2)


def _tables(data: DailyReport, room: float) -> Table:
    right = 80 * mm
    left = room - right - 5 * mm
    steps = frame.grid(
        [("Baris", "Langkah SOP", "Paraf", "Kembali")],
        [[_cell(s.row, "c"), _cell(s.label), _number(s.signed), _number(s.back)] for s in data.steps],
        [11 * mm, left - 43 * mm, 15 * mm, 17 * mm], size=8, pad=2.2,
    )  # fmt: skip
    stages = frame.grid(
        [("Meja", "Letak berkas", "Berkas")],
        [[_cell(s.desk), _cell(s.label), _number(s.many)] for s in data.stages],
        [22 * mm, right - 37 * mm, 15 * mm], size=8, pad=2.2,
    )  # fmt: skip
    return frame.beside([steps], [stages], right)


def _cell(text: str, align: str = "l") -> Text:
    return Text(text, size=8, align="c" if align == "c" else "l", lead=1.15)


def _number(value: int) -> Text:
    shown = f"{value:,}".replace(",", ".") if value else "–"
    return Text(shown, fonts.SANS_SEMI if value else fonts.SANS, 8, align="r", lines=1)


def _seal(data: DailyReport) -> Table:
    groups = [data.seal[i : i + 4] for i in range(0, len(data.seal), 4)]
    # In columns, so that paper and screen are compared group by group.
    cells = [[Text(g, fonts.SANS_BOLD, 13, lead=1.3, lines=1) for g in groups[i : i + 4]] for i in range(0, 16, 4)]
    none = [(f"{side}PADDING", (0, 0), (-1, -1), 0) for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")]
    style: list[Any] = [("FONTNAME", (0, 0), (-1, -1), fonts.SANS), *none]
    digits = Table(cells, colWidths=[19 * mm] * 4, hAlign="LEFT", style=style)
    before = data.previous[:16] or "belum ada"
    words: list[Flowable] = [
        Text("SEGEL HARIAN", fonts.SANS_BOLD, 10.5, after=3),
        digits,
        Text(f"Segel sebelumnya {before}{' …' if data.previous else ''}", size=8, before=3, after=3),
        Text(f"Pemeriksaan terakhir: {data.checked}", size=8, after=3),
        Text(KEEP, size=8, lead=1.25),
    ]
    symbol = qr.Symbol(data.code, MODULE, align="RIGHT")
    return frame.boxed([frame.beside(words, [symbol], qr.side(data.code, MODULE) + 2 * mm)], 8)


def _end(data: DailyReport) -> Table:
    signer = data.signer
    left: list[Flowable] = [
        Text("Angka di halaman ini ikut disegel. Tidak ada nama atau NIK pemohon di sini.", size=8, lead=1.25)
    ]
    right: list[Flowable] = [
        Text("Diketahui,", fonts.SERIF, 9.5, align="c"),
        Text(signer.position, fonts.SERIF, 9.5, align="c", lead=1.2),
        Spacer(1, 15 * mm),
        Text(signer.name or "(                                        )", fonts.SERIF_BOLD, 9.5, align="c", lines=1),
    ]
    right += [Text(f"NIP {signer.nip}", fonts.SERIF, 9, align="c")] if signer.nip else []
    return frame.beside(left, right, 78 * mm)
