"""The queue ticket (SOP row 1) for thermal paper of 80 and 58 mm: no name, no NIK."""

from __future__ import annotations

from typing import Literal

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from app.printing import dates, fonts, qr, strip
from app.printing.data import TicketData
from app.printing.text import Rule, Text


def ticket(data: TicketData, width: Literal[80, 58] = 80) -> bytes:
    """One strip as long as its content; `width` = paper in millimetres. QR modules are whole dots of a 203 dpi head."""
    wide = width == 80
    size = 9.0 if wide else 8.0
    story: list[Flowable] = [
        Text(data.office.short_name, fonts.SANS_BOLD, size + 1.5, align="c", lead=1.2),
        Text(data.service, fonts.SANS, size, align="c", lead=1.25, after=2),
        Rule(0.7),
        Text("Nomor antrian Anda", fonts.SANS, size, align="c"),
        Text(data.label, fonts.SANS_BOLD, 54 if wide else 42, align="c", lead=1.08, lines=1),
        Text(f"{dates.weekday_day(data.issued_at_local)}, {dates.clock(data.issued_at_local)} WIB", fonts.SANS_SEMI,
             size, align="c", lines=1, after=3),
        Rule(0.7),
        *_wait(data, size, width),
        *_bring(data, size),
        Spacer(1, 3),
        qr.Symbol(data.code, (8 if wide else 6) * qr.DOT, align="CENTER", snap=qr.DOT),
        Text(data.code, fonts.SANS_SEMI, size, align="c", lines=1),
        Text("Simpan tiket ini. Pelayanan GRATIS, tidak dipungut biaya.", fonts.SANS, size - 1, align="c", before=3),
    ]  # fmt: skip
    if data.notice:
        story.append(Text(data.notice, fonts.SANS, size - 1, align="c", before=2))
    return strip.roll(story, width, "Tiket antrian", data.code, data.issued_at_local, data.office)


def _wait(data: TicketData, size: float, width: Literal[80, 58]) -> list[Flowable]:
    ahead = f"{data.ahead} orang" if data.ahead else "Anda yang berikutnya"
    low, high = sorted((data.wait_low, data.wait_high))
    wait = f"{low}–{high} menit" if low != high else f"± {low} menit"
    rows = [("Di depan Anda", ahead), ("Perkiraan menunggu", wait)]
    if data.counter:
        rows.append(("Loket", data.counter))
    return [strip.line(label, value, size, width) for label, value in rows]


def _bring(data: TicketData, size: float) -> list[Flowable]:
    if not data.bring:
        return []
    head: list[Flowable] = [Rule(0.7), Text("Siapkan", fonts.SANS_SEMI, size, after=1)]
    return [*head, *(strip.bullet(item, size) for item in data.bring), Spacer(1, 1 * mm)]
