"""Parts that several papers share: letterhead, titles, pairs of label and value, tables, the signature block."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.platypus import Flowable, Image, Spacer, Table, TableStyle

from app.printing import dates, fonts
from app.printing.data import Box, Frame, Signer
from app.printing.text import SOFT, Rule, Text

STAMP = (240.0, 80.0)  # points the signature's appearance takes (signing: at least 230 x 78)


def letterhead(frame: Frame, scale: float = 1.0) -> list[Flowable]:
    """The kop: government, office, address, and a double rule; with the city's arms where the office has given them."""
    office = frame.office
    words: list[Flowable] = [
        Text(office.government, fonts.SERIF, 13 * scale, align="c", lead=1.2, lines=1),
        Text(office.name, fonts.SERIF_BOLD, 15.5 * scale, align="c", lead=1.2, lines=1),
        Text(office.address, fonts.SERIF, 9.5 * scale, align="c", lead=1.25),
        Text(office.contact, fonts.SERIF, 9.5 * scale, align="c", lead=1.25),
    ]
    if not frame.arms:
        return [*words, Rule(double=True, before=4 * scale, after=8 * scale)]
    head = Table([[_arms(frame.arms, 22 * mm * scale), words]], colWidths=[26 * mm * scale, None])
    head.setStyle(_bare(("VALIGN", (0, 0), (-1, -1), "MIDDLE")))
    return [head, Rule(double=True, before=4 * scale, after=8 * scale)]


def _arms(data: bytes, height: float) -> Image:
    wide, high = ImageReader(io.BytesIO(data)).getSize()
    scale = min(height / high, height / wide)
    return Image(io.BytesIO(data), width=wide * scale, height=high * scale)


def heading(title: str, below: str = "", size: float = 14) -> list[Flowable]:
    """The name of the paper, and its number under it."""
    story: list[Flowable] = [Text(title, fonts.SANS_BOLD, size, align="c", lead=1.25, lines=1)]
    if below:
        story.append(Text(below, fonts.SANS_SEMI, size * 0.78, align="c", lead=1.4))
    return [*story, Spacer(1, size * 0.6)]


def section(title: str, size: float = 9.5) -> Text:
    """A small heading inside a paper."""
    return Text(title, fonts.SANS_BOLD, size, before=size * 0.75, after=size * 0.3)


def pairs(rows: Sequence[tuple[str, str]], label: float = 38 * mm, size: float = 9, *, strong: bool = True) -> Table:
    """Label, colon, value; values wrap, an empty value is a dash."""
    font = fonts.SANS_SEMI if strong else fonts.SANS
    body = [[Text(k, size=size, grey=SOFT), Text(":", size=size), Text(v or "–", font, size)] for k, v in rows]
    table = Table(body, colWidths=[label, 3 * mm, None], splitInRow=1)
    table.setStyle(_bare(("BOTTOMPADDING", (0, 0), (-1, -1), size * 0.22)))
    return table


def grid(
    head: Sequence[Sequence[str]], rows: Sequence[Sequence[Flowable | str]], widths: Sequence[float | None],
    *extra: Any, size: float = 8, pad: float = 3,
) -> Table:  # fmt: skip
    """A ruled table whose head is repeated on every page. Head cells are centred; "" in a head continues a span."""
    top = [[Text(c, fonts.SANS_SEMI, size * 0.94, align="c", lead=1.15) if c else "" for c in line] for line in head]
    table = Table([*top, *map(list, rows)], colWidths=list(widths), repeatRows=len(top))
    style: list[Any] = [
            ("FONTNAME", (0, 0), (-1, -1), fonts.SANS),
            ("FONTSIZE", (0, 0), (-1, -1), 1), ("LEADING", (0, 0), (-1, -1), 1),
            ("GRID", (0, 0), (-1, -1), 0.5, "#000000"),
            ("LINEBELOW", (0, len(top) - 1), (-1, len(top) - 1), 1, "#000000"),
            ("BACKGROUND", (0, 0), (-1, len(top) - 1), "#ececec"),
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
            ("LEFTPADDING", (0, 0), (-1, -1), pad), ("RIGHTPADDING", (0, 0), (-1, -1), pad),
            ("TOPPADDING", (0, 0), (-1, -1), pad * 0.8), ("BOTTOMPADDING", (0, 0), (-1, -1), pad * 0.8),
            *extra,
    ]  # fmt: skip
    table.setStyle(TableStyle(style))
    return table


def beside(left: Sequence[Flowable], right: Sequence[Flowable], right_width: float, valign: str = "TOP") -> Table:
    """Two columns without lines; the right one has its width, the left one the rest."""
    table = Table([[list(left), list(right)]], colWidths=[None, right_width])
    table.setStyle(_bare(("VALIGN", (0, 0), (-1, -1), valign)))
    return table


def boxed(story: Sequence[Flowable], pad: float = 8, weight: float = 1) -> Table:
    """A frame around a few flowables."""
    table = Table([[list(story)]], colWidths=[None], splitInRow=1)
    edges = (("LEFT", 1.0), ("RIGHT", 1.0), ("TOP", 0.7), ("BOTTOM", 0.8))
    padding = [(f"{side}PADDING", (0, 0), (-1, -1), pad * share) for side, share in edges]
    table.setStyle(_bare(("BOX", (0, 0), (-1, -1), weight, "#000000"), *padding))
    return table


def _bare(*extra: Any) -> TableStyle:
    none = [(f"{side}PADDING", (0, 0), (-1, -1), 0) for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")]
    return TableStyle([("FONTNAME", (0, 0), (-1, -1), fonts.SANS), ("VALIGN", (0, 0), (-1, -1), "TOP"), *none, *extra])


class Tick(Flowable):
    """An empty box to tick by hand; centred where its cell is wider."""

    def __init__(self, side: float = 12) -> None:
        super().__init__()
        self.width = self.height = self.side = side

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803 -- reportlab's names
        """Takes the width offered and is as high as its side."""
        self.width = max(aW, self.side)
        return self.width, self.height

    def draw(self) -> None:
        """Draw the box."""
        self.canv.setLineWidth(1)
        self.canv.setStrokeGray(0)
        self.canv.rect((self.width - self.side) / 2, 0, self.side, self.side, stroke=1, fill=0)


class Stamp(Flowable):
    """Room kept free for the signature's appearance; after drawing it knows its page and box.

    `caption` stands in it on drafts only: the frozen revision leaves it empty for the TTE.
    """

    def __init__(self, caption: str = "") -> None:
        super().__init__()
        self.width, self.height = STAMP
        self.caption = caption
        self.page, self.box = 0, (0.0, 0.0, 0.0, 0.0)

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803 -- reportlab's names
        """Always its full size."""
        return self.width, self.height

    def draw(self) -> None:
        """Remember the place; on a draft show what comes here."""
        x, y = self.canv.absolutePosition(0, 0)
        self.page = self.canv.getPageNumber() - 1
        self.box = (x, y, x + self.width, y + self.height)
        if not self.caption:
            return
        self.canv.setStrokeGray(0.6)
        self.canv.setDash(1, 2)
        self.canv.rect(2, 4, self.width - 4, self.height - 8, stroke=1, fill=0)
        self.canv.setDash()
        self.canv.setFont(fonts.SANS, 7)
        self.canv.setFillGray(0.35)
        self.canv.drawCentredString(self.width / 2, self.height / 2 - 2.5, self.caption)

    @property
    def place(self) -> tuple[int, Box]:
        """Page (0-based) and box, rounded to hundredths of a point."""
        x1, y1, x2, y2 = (round(v, 2) for v in self.box)
        return self.page, (x1, y1, x2, y2)


def signature(signer: Signer, stamp: Stamp, size: float = 10, opening: str = "") -> list[Flowable]:
    """Place and date, position, the room for the TTE, name, rank and NIP; for a column as wide as the stamp."""
    serif = fonts.SERIF
    dated = f"{signer.place}, {dates.day(signer.day, ' ' * 24)}" if signer.place else dates.day(signer.day, "")
    story: list[Flowable] = [Text(opening, serif, size, align="c")] if opening else []
    story += [Text(dated, serif, size, align="c")] if dated else []
    story += [Text(signer.position, serif, size, align="c", lead=1.2, after=2), stamp]
    if signer.name:
        story.append(Text(signer.name, fonts.SERIF_BOLD, size, align="c", lines=2))
    story += [Text(line, serif, size * 0.95, align="c", lead=1.2) for line in (signer.rank, _nip(signer)) if line]
    return story


def _nip(signer: Signer) -> str:
    return f"NIP {signer.nip}" if signer.nip else ""
