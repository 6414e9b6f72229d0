"""Kartu Keluarga, A4 landscape, with the two tables of a real KK; one for each household that is issued one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer, Table, TableStyle

from app.printing import dates, fonts, frame, household, qr, sheet
from app.printing.data import DraftData
from app.printing.frame import Stamp
from app.printing.household import Family, Row
from app.printing.text import Text

KIND = "Kartu Keluarga"
FROM_SIAK = "(nomor dari SIAK)"
NOTE = "Nomor KK bersumber dari SIAK"

_HEAD_1 = (
    "No", "Nama Lengkap", "NIK", "Jenis Kelamin", "Tempat Lahir", "Tanggal Lahir", "Agama", "Pendidikan",
    "Jenis Pekerjaan", "Gol. Darah",
)  # fmt: skip
_WIDTHS_1 = (6, 63, 28, 17, 28, 17, 24, 33, 34, 15)
_HEAD_2 = (
    "No", "Status Perkawinan", "Tanggal Perkawinan/ Perceraian", "Status Hubungan Dalam Keluarga", "Kewarga-\nnegaraan",
    "No. Paspor", "No. KITAS/ KITAP", "Nama Ayah", "Nama Ibu",
)  # fmt: skip
_WIDTHS_2 = (6, 35.5, 24, 28, 16, 17, 16.5, 61, 61)


@dataclass(frozen=True)
class Density:
    """How closely a KK is set: text size in points, greatest height of a row's text, space between blocks.

    `lines` = rows a table has at least, as on the printed form; what nobody uses is struck with a dash.
    """

    size: float
    row: float
    gap: float
    lines: int


_DENSITIES = (
    Density(7.4, 18, 8, 10), Density(7.2, 17, 6, 8), Density(7, 16, 5, 0), Density(6.8, 14, 4, 0),
    Density(6.6, 12.6, 3, 0), Density(6.4, 11.6, 2, 0), Density(6.2, 10.4, 2, 0), Density(6, 9, 1, 0),
)  # fmt: skip


def part(data: DraftData, family: Family, stamp: Stamp, watermark: str = "", note: str = "") -> sheet.Part:
    """One page, set as loosely as its people allow; twelve with the longest names still fit."""
    fonts.register()
    page = sheet.Part((), sheet.A4_LANDSCAPE, KIND, note=note or NOTE, watermark=watermark, low=True)
    for density in _DENSITIES:
        page = replace(page, story=_story(data, family, stamp, density))
        if sheet.height(page.story, page.room[0]) <= page.room[1]:
            break
    return page


def _story(data: DraftData, family: Family, stamp: Stamp, density: Density) -> list[Flowable]:
    rows = household.rows(data.case, family)
    return [
        Text("KARTU KELUARGA", fonts.SERIF_BOLD, 19 if density.gap > 3 else 15, align="c", lead=1.15),
        Text(f"No. {family.number or FROM_SIAK}", fonts.SERIF_BOLD, 12.5, align="c", lead=1.15, after=density.gap),
        _place(family),
        Spacer(1, density.gap),
        _table(_HEAD_1, _WIDTHS_1, [_first(r) for r in rows], density),
        Spacer(1, density.gap + 1),
        _table(_HEAD_2, _WIDTHS_2, [_second(r) for r in rows], density),
        Spacer(1, density.gap),
        _end(data, family, stamp),
    ]


def _place(family: Family) -> Table:
    a = family.address
    left = [
        ("Nama Kepala Keluarga", family.head), ("Alamat", a.street),
        ("RT/RW", f"{a.rt or '–'}/{a.rw or '–'}"), ("Kode Pos", a.postcode),
    ]  # fmt: skip
    right = [
        ("Desa/Kelurahan", a.kelurahan), ("Kecamatan", a.kecamatan),
        ("Kabupaten/Kota", a.city), ("Provinsi", a.province),
    ]  # fmt: skip
    body = [
        [*_fact(label_1, value_1), "", *_fact(label_2, value_2)]
        for (label_1, value_1), (label_2, value_2) in zip(left, right, strict=True)
    ]
    table = Table(body, colWidths=[w * mm for w in (33, 3, 116, 8, 26, 3, 76)])
    none = [(f"{side}PADDING", (0, 0), (-1, -1), 0) for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")]
    table.setStyle(TableStyle([("FONTNAME", (0, 0), (-1, -1), fonts.SANS), ("VALIGN", (0, 0), (-1, -1), "TOP"), *none]))
    return table


def _fact(label: str, value: str) -> list[Flowable]:
    shown = Text(value or "–", fonts.SANS_SEMI, 7.8, lead=1.2, tight=19)
    return [Text(label, size=7.8, lead=1.2), Text(":", size=7.8, lead=1.2), shown]


def _table(head: Sequence[str], widths: Sequence[float], rows: Sequence[Sequence[str]], density: Density) -> Table:
    spare = [[str(len(rows) + i + 1), *["–"] * (len(head) - 1)] for i in range(density.lines - len(rows))]
    body: list[list[Flowable | str]] = [
        [Text(v or "–", size=density.size, lead=1.12, tight=density.row, align=_side(v or "–")) for v in row]
        for row in [*rows, *spare]
    ]
    numbers = ["", *(f"({i})" for i in range(1, len(head)))]
    return frame.grid(
        [head, numbers], body, [w * mm for w in widths],
        ("TOPPADDING", (0, 0), (-1, -1), 0.7), ("BOTTOMPADDING", (0, 0), (-1, -1), 0.9),
        size=6.9 if density.size > 6.5 else 6.3, pad=2,
    )  # fmt: skip


def _side(value: str) -> str:
    return "c" if value == "–" or (value.isdigit() and len(value) <= 2) else "l"


def _first(row: Row) -> list[str]:
    p = row.person
    sex = {"L": "LAKI-LAKI", "P": "PEREMPUAN"}.get(p.sex.value, "")
    return [
        str(row.number), p.name, p.nik, sex, p.birth_place, dates.digits(p.birth_date, ""), p.religion, p.education,
        p.occupation, p.blood_type,
    ]  # fmt: skip


def _second(row: Row) -> list[str]:
    p = row.person
    return [
        str(row.number), row.status, dates.digits(row.status_date, ""), row.relation, p.citizenship, p.passport,
        p.permit, p.father, p.mother,
    ]  # fmt: skip


def _end(data: DraftData, family: Family, stamp: Stamp) -> Table:
    issued: date | None = data.signer.day
    serif = fonts.SERIF
    code: list[Flowable] = [
        Text(f"Dikeluarkan tanggal: {dates.digits(issued, '.' * 16)}", serif, 9, after=3),
        qr.Symbol(data.frame.code, sheet.FOOT_MODULE),
    ]
    head: list[Flowable] = [
        Text("KEPALA KELUARGA", serif, 9, align="c"),
        Spacer(1, 56),
        Text(family.head or "." * 30, fonts.SERIF_BOLD, 9, align="c", lines=2, lead=1.15),
        Text("Tanda tangan/cap jempol", serif, 7.5, align="c"),
    ]
    signer: list[Flowable] = [Text(data.signer.position.upper(), serif, 8.2, align="c", lead=1.12, lines=2), stamp]
    if data.signer.name:
        signer.append(Text(data.signer.name, fonts.SERIF_BOLD, 8.5, align="c", lines=1, lead=1.1))
    if data.signer.nip:
        signer.append(Text(f"NIP {data.signer.nip}", serif, 8, align="c", lines=1, lead=1.1))
    table = Table([[code, head, signer]], colWidths=[62 * mm, None, stamp.width])
    none = [(f"{side}PADDING", (0, 0), (-1, -1), 0) for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")]
    table.setStyle(TableStyle([("FONTNAME", (0, 0), (-1, -1), fonts.SANS), ("VALIGN", (0, 0), (-1, -1), "TOP"), *none]))
    return table
