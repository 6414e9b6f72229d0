"""The strip that shows whether a ticket printer is set up right: its edges, its letters, its dots."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from reportlab.platypus import Flowable, Spacer

from app.printing import dates, fonts, qr, strip
from app.printing.text import Rule, Text
from app.services.office import Office

CODE = "PELITA3-UJI-CETAK"


def trial(printer: str, at_local: datetime, width: Literal[80, 58]) -> bytes:
    """One strip; whoever sees both ends of its lines has chosen the right width."""
    story: list[Flowable] = [
        Rule(1.5),
        Text("CETAK UJI", fonts.SANS_BOLD, 20 if width == 80 else 16, align="c", lead=1.2),
        Text(printer, fonts.SANS, 8, align="c", after=2),
        strip.line("|< tepi kiri", "tepi kanan >|", 8, width),
        Text("Kedua tepi terlihat? Angka dan huruf kecil terbaca? 0123456789", fonts.SANS, 7, align="c", before=2),
        Spacer(1, 3),
        qr.Symbol(CODE, (8 if width == 80 else 6) * qr.DOT, align="CENTER", snap=qr.DOT),
        Text(f"{dates.clock(at_local)} WIB", fonts.SANS_SEMI, 8, align="c", lines=1),
        Rule(1.5),
    ]
    return strip.roll(story, width, "Cetak uji", f"{width} mm", at_local, Office())
