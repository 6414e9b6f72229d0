"""Pages: what turns parts with their stories into one PDF, with footer, page n of m and watermark."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.lib.pagesizes import A4, A5, landscape
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, NextPageTemplate, PageBreak, PageTemplate
from reportlab.platypus import Frame as Area

from app.printing import dates, fonts, qr
from app.printing.data import Frame
from app.printing.text import measured, wrapped

Size = tuple[float, float]
A4_PORTRAIT: Size = A4
A4_LANDSCAPE: Size = landscape(A4)
A5_PORTRAIT: Size = A5
A5_LANDSCAPE: Size = landscape(A5)
PUNCH = 20 * mm  # the left margin a punch and a spring binder need
RIGHT, TOP, BOTTOM = 12 * mm, 12 * mm, 8 * mm
FOOT = 17 * mm
FOOT_MODULE = 0.5 * mm


@dataclass(frozen=True)
class Part:
    """One section of a paper: its story, the size of its pages, and what its footer says.

    `note` = a second line of the footer; `own_qr` = the first page shows the QR itself, so the footer leaves it out;
    `low` = a low footer (text only) where every millimetre counts; `pad` = points kept free inside a border.
    """

    story: Sequence[Flowable]
    size: Size
    kind: str
    note: str = ""
    watermark: str = ""
    own_qr: bool = False
    low: bool = False
    border: bool = False
    pad: float = 0

    @property
    def foot(self) -> float:
        """Height in points that the footer takes."""
        return (8 * mm) if self.low else FOOT

    @property
    def room(self) -> Size:
        """Width and height in points left for the story."""
        edge = 2 * self.pad
        return self.size[0] - PUNCH - RIGHT - edge, self.size[1] - TOP - BOTTOM - self.foot - edge


class _Pages(Canvas):
    """Keeps every page until the number of pages is known, then writes the footers."""

    def __init__(self, target: Any, **options: Any) -> None:
        options["initialFontName"] = fonts.SANS  # the built-in Helvetica is never embedded
        options["invariant"] = 1
        super().__init__(target, **options)
        self.kept: list[dict[str, Any]] = []
        self.finish: Any = None

    def showPage(self) -> None:  # noqa: N802 -- reportlab's name
        self.kept.append(dict(self.__dict__))
        self._startPage()  # type: ignore[attr-defined] # the stubs leave it out

    def save(self) -> None:
        for number, state in enumerate(self.kept, 1):
            kept, finish = self.kept, self.finish
            self.__dict__.update(state)
            self.kept = kept
            if finish is not None:
                finish(self, number, len(kept))
            super().showPage()
        super().save()


def build(parts: Sequence[Part], frame: Frame, title: str) -> bytes:
    """The PDF alone; see `build_counted`."""
    return build_counted(parts, frame, title)[0]


def build_counted(parts: Sequence[Part], frame: Frame, title: str) -> tuple[bytes, int]:
    """The PDF and its number of pages. `title` = kind of paper: with the file's number all that the metadata says."""
    fonts.register()
    out = io.BytesIO()
    heading = f"{title} {frame.number}".strip()
    author = frame.office.short_name
    doc = BaseDocTemplate(
        out, pagesize=parts[0].size, title=heading, author=author, subject=title,
        creator="PELITA 3", producer="PELITA 3",
    )  # fmt: skip
    shown: list[tuple[Part, bool]] = []
    doc.addPageTemplates([_template(str(i), part, shown) for i, part in enumerate(parts)])
    doc.build(_story(parts), canvasmaker=_maker(frame, shown))
    return out.getvalue(), len(shown)


def height(story: Sequence[Flowable], room: float) -> float:
    """Height in points that a story takes in a column of that width, with all spaces counted (so never too little)."""
    tall = 0.0
    for flowable in story:
        tall += flowable.wrap(room, 10_000)[1] + flowable.getSpaceAfter() + flowable.getSpaceBefore()
    return tall


def _template(name: str, part: Part, shown: list[tuple[Part, bool]]) -> PageTemplate:
    width, height = part.room
    area = Area(PUNCH + part.pad, BOTTOM + part.foot + part.pad, width, height, 0, 0, 0, 0, id=name)

    def on_page(canvas: Canvas, _: BaseDocTemplate) -> None:
        first = not any(p is part for p, _ in shown)
        shown.append((part, first))
        if part.watermark:
            watermark(canvas, part.watermark, part.size)
        if part.border:
            border(canvas, part)

    return PageTemplate(id=name, frames=[area], onPage=on_page, pagesize=part.size)


def _story(parts: Sequence[Part]) -> list[Flowable]:
    story: list[Flowable] = []
    for i, part in enumerate(parts):
        if i:
            story += [NextPageTemplate(str(i)), PageBreak()]
        story += part.story
    return story


def _maker(frame: Frame, shown: list[tuple[Part, bool]]) -> Any:
    def finish(canvas: Canvas, number: int, total: int) -> None:
        part, first = shown[number - 1]
        footer(canvas, frame, part, number, total, with_qr=not (part.low or (part.own_qr and first)))

    def make(target: Any, **options: Any) -> _Pages:
        pages = _Pages(target, **options)
        pages.finish = finish
        return pages

    return make


def footer(canvas: Canvas, frame: Frame, part: Part, number: int, total: int, *, with_qr: bool) -> None:
    """Kind, file number, page n of m, database time, code; above the bottom margin."""
    right = part.size[0] - RIGHT
    top = BOTTOM + part.foot - 2 * mm
    canvas.saveState()
    canvas.setLineWidth(0.4)
    canvas.setStrokeGray(0.4)
    canvas.line(PUNCH, top, right, top)
    if with_qr:
        side = qr.side(frame.code, FOOT_MODULE)
        right -= side
        qr.draw(canvas, frame.code, right, top - side, FOOT_MODULE)
    page = f"Halaman {number} dari {total}"
    lines = [f"{part.kind} · {frame.number} · {page}", f"Waktu basis data: {dates.stamp(frame.printed_at_local)}"]
    lines += [part.note] if part.note else []
    lines = [" · ".join(lines)] if part.low else lines
    canvas.setFillGray(0.2)
    y = top - 3.2 * mm
    for i, line in enumerate(lines):
        font, size = (fonts.SANS_SEMI if i == 0 and not part.low else fonts.SANS), 6.6
        while fonts.width(line, font, size) > right - PUNCH and size > 5:
            size -= 0.1
        for row in wrapped(measured(line, font), font, size, right - PUNCH):
            canvas.setFont(font, size)
            canvas.drawString(PUNCH, y, row)
            y -= 3.2 * mm
    canvas.restoreState()


def watermark(canvas: Canvas, text: str, size: Size) -> None:
    """The text across the page in light grey, under the content."""
    across = (size[0] ** 2 + size[1] ** 2) ** 0.5 * 0.66
    points = across / fonts.width(text, fonts.SANS_BOLD, 1)
    canvas.saveState()
    canvas.translate(size[0] / 2, size[1] / 2)
    canvas.rotate(52 if size[1] > size[0] else 33)
    canvas.setFillGray(0.89)
    canvas.setFont(fonts.SANS_BOLD, points)
    canvas.drawCentredString(0, -points * 0.36, text)
    canvas.restoreState()


def border(canvas: Canvas, part: Part) -> None:
    """The double frame of a certificate, around the room for the story."""
    width, height = (side + 2 * part.pad for side in part.room)
    canvas.saveState()
    canvas.setStrokeGray(0)
    for inset, weight in ((0, 1.6), (1.2 * mm, 0.5)):
        canvas.setLineWidth(weight)
        canvas.rect(PUNCH + inset, BOTTOM + part.foot + inset, width - 2 * inset, height - 2 * inset, stroke=1, fill=0)
    canvas.restoreState()
