"""The sheet of first passwords, A4: one strip for each officer, to be cut apart and handed over in person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Spacer

from app.printing import dates, fonts, frame, sheet
from app.printing.data import Frame
from app.printing.text import Text

KIND = "Sandi pertama petugas"


@dataclass(frozen=True)
class Strip:
    """One officer's account. The password works once: at the first log-in it must be changed."""

    name: str
    roles: str
    login: str
    password: str = field(repr=False)


def first_passwords(data: Frame, strips: Sequence[Strip]) -> bytes:
    """As many pages as the strips need; a strip is never torn by a page's end."""
    fonts.register()
    story: list[Flowable] = [
        *frame.letterhead(data),
        *frame.heading("SANDI PERTAMA PETUGAS", f"dibuat {dates.moment(data.printed_at_local)}"),
        Text(
            "Gunting per petugas dan serahkan langsung kepada orangnya. Sandi hanya berlaku sekali: saat pertama "
            "masuk, PELITA 3 meminta sandi baru. Musnahkan lembar ini sesudah dibagikan.",
            size=9.5,
            after=8,
        ),
    ]
    for strip in strips:
        story += [KeepTogether([frame.boxed(_strip(strip), pad=9, weight=0.6)]), Spacer(1, 7)]
    return sheet.build([sheet.Part(story, sheet.A4_PORTRAIT, KIND)], data, KIND)


def _strip(strip: Strip) -> list[Flowable]:
    facts = [("Petugas", strip.name), ("Peran", strip.roles), ("Nama pengguna", strip.login)]
    # A typewriter's width of blanks would not help; the alphabet of first passwords has no 0/O and no 1/l/I.
    secret = [Text("Sandi pertama", size=8.5, align="c"), Text(strip.password, fonts.SANS_BOLD, 15, align="c", lines=1)]
    return [frame.beside([frame.pairs(facts, 30 * mm, 9.5)], secret, 66 * mm, "MIDDLE")]
