"""Thermal strips: pages as long as their content, and the small lines that stand on them."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Table, TableStyle

from app.printing import dates, fonts
from app.printing.text import Text
from app.services.office import Office

# What the head can reach: 72 mm of 80, 48 mm of 58 (devices: 576 and 384 dots).
PRINTABLE = {80: 72 * mm, 58: 48 * mm}
LEAD_IN = 3 * mm  # above the first line; the cutter sits there
GRID = mm / 8  # one dot of a 203 dpi head
HAIR = 0.001  # so that a rasteriser which rounds up does not add a dot


def line(label: str, value: str, size: float, width: Literal[80, 58] = 80) -> Table:
    """Label left, value right and strong, on one strip line; the value gets what it needs up to 62 %, both wrap."""
    fonts.register()
    room = PRINTABLE[width]
    right = min(fonts.width(value, fonts.SANS_SEMI, size) + 2 * mm, room * 0.62)
    cells = [Text(label, size=size, lead=1.2), Text(value, fonts.SANS_SEMI, size, align="r", lead=1.2)]
    table = Table([cells], colWidths=[room - right, right])
    table.setStyle(_tight())
    return table


def bullet(text: str, size: float) -> Table:
    """One entry of a list."""
    table = Table([[Text("•", size=size, lead=1.2), Text(text, size=size, lead=1.2)]], colWidths=[3 * mm, None])
    table.setStyle(_tight())
    return table


def _tight() -> TableStyle:
    none = [(f"{side}PADDING", (0, 0), (-1, -1), 0) for side in ("LEFT", "RIGHT", "TOP")]
    return TableStyle([("FONTNAME", (0, 0), (-1, -1), fonts.SANS), ("VALIGN", (0, 0), (-1, -1), "TOP"), *none,
                       ("BOTTOMPADDING", (0, 0), (-1, -1), 1.5)])  # fmt: skip


def roll(
    story: Sequence[Flowable], width: Literal[80, 58], kind: str, number: str, at_local: datetime, office: Office
) -> bytes:
    """One page as wide as the paper and as long as the story, whole dots long."""
    fonts.register()
    room = PRINTABLE[width]
    foot = Text(f"{kind} · {number}\nHalaman 1 dari 1 · {dates.stamp(at_local)}", size=6.2, align="c", before=4)
    flow = [*story, foot]
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1, initialFontName=fonts.SANS)  # type: ignore[arg-type] # the stubs say float
    heights = [_gap(f, i) + f.wrapOn(canvas, room, 10_000)[1] + f.getSpaceAfter() for i, f in enumerate(flow)]
    tall = math.ceil((sum(heights) + 2 * LEAD_IN) / GRID) * GRID
    canvas.setPageSize((width * mm - HAIR, tall - HAIR))
    for setter, value in (
        (canvas.setTitle, f"{kind} {number}"), (canvas.setSubject, kind), (canvas.setAuthor, office.short_name),
        (canvas.setCreator, "PELITA 3"), (canvas.setProducer, "PELITA 3"),
    ):  # fmt: skip
        setter(value)
    left, y = (width * mm - room) / 2, tall - LEAD_IN
    for i, flowable in enumerate(flow):
        y -= _gap(flowable, i)
        wide, high = flowable.wrapOn(canvas, room, 10_000)
        y -= high
        shift = (room - wide) / 2 if getattr(flowable, "hAlign", "") == "CENTER" else 0
        flowable.drawOn(canvas, left + shift, y)
        y -= flowable.getSpaceAfter()
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def _gap(flowable: Flowable, index: int) -> float:
    return float(flowable.getSpaceBefore()) if index else 0.0
