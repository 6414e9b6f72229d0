"""The visible appearance of a TTE: QR, who signed, in which office, when; vector lines and embedded text only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyhanko.pdf_utils.content import PdfContent, ResourceType
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.layout import AxisAlignment, BoxConstraints, Margins, SimpleBoxLayoutRule
from pyhanko.stamp import StaticStampStyle

from app.signing.trial import TRIAL
from app.signing.typeface import Face, face

if TYPE_CHECKING:
    from collections.abc import Sequence

LABEL = "Ditandatangani secara elektronik oleh:"
PADDING = 7.0
# The quiet zone the QR standard asks for, in modules.
QUIET = 4
SMALL, NORMAL, LARGE = 6.6, 7.6, 8.8
LEADING = 1.36
INK, MUTED, WARNING = (0.09, 0.11, 0.15), (0.36, 0.39, 0.44), (0.70, 0.16, 0.10)
Colour = tuple[float, float, float]


@dataclass(frozen=True)
class Appearance:
    """Where the signature is seen and what it says.

    `page` counts from 0, -1 is the last; `box` is (x1, y1, x2, y2) in points from the page's lower left corner;
    `qr` holds rows of modules, True = dark, without the quiet zone; `when_local` is ready text.
    """

    page: int
    box: tuple[float, float, float, float]
    qr: Sequence[Sequence[bool]]
    name: str
    nip: str
    rank: str
    position: str
    when_local: str
    label: str = LABEL


@dataclass(frozen=True)
class _Line:
    """One line of text, its face, size in points and colour."""

    text: str
    style: str
    size: float
    colour: Colour = INK


class StampContent(PdfContent):
    """Draws an Appearance into its box; resources are registered with the file being signed."""

    def __init__(self, appearance: Appearance, *, trial: bool) -> None:
        x1, y1, x2, y2 = appearance.box
        super().__init__(box=BoxConstraints(width=x2 - x1, height=y2 - y1))
        self._appearance = appearance
        self._trial = trial
        self._width, self._height = float(x2 - x1), float(y2 - y1)

    def render(self) -> bytes:
        """The content stream, in points, origin at the box's lower left."""
        lines = self._lines()
        self._embed(lines)
        side = self._height - 2 * PADDING
        left = PADDING + side + PADDING
        return b"\n".join(
            [
                b"q",
                _panel(self._width, self._height, accent=WARNING if self._trial else INK),
                _qr(self._appearance.qr, PADDING, PADDING, side),
                self._text(lines, left, self._width - left - PADDING),
                b"Q",
            ]
        )

    def _lines(self) -> list[_Line]:
        a = self._appearance
        lines = [
            _Line(a.label, "Regular", SMALL, MUTED),
            _Line(a.position, "SemiBold", NORMAL),
            _Line(a.name, "SemiBold", LARGE),
            _Line(a.rank, "Regular", SMALL),
            _Line(f"NIP {a.nip}" if a.nip else "", "Regular", SMALL),
            _Line(a.when_local, "Regular", SMALL, MUTED),
        ]
        if self._trial:
            lines.append(_Line(f"{TRIAL} – tidak berkekuatan hukum", "SemiBold", SMALL, WARNING))
        return [line for line in lines if line.text]

    def _embed(self, lines: list[_Line]) -> None:
        for style in sorted({line.style for line in lines}):
            used = "".join(line.text for line in lines if line.style == style)
            reference = face(style).embed(self._ensure_writer, used)
            self.set_resource(ResourceType.FONT, pdf_name(f"/{style}"), reference)

    def _text(self, lines: list[_Line], left: float, room: float) -> bytes:
        """The lines as one block, centred in height; a line too wide shrinks alone, a block too high shrinks whole."""
        height = sum(line.size for line in lines) * LEADING
        shrink = min(1.0, (self._height - 2 * PADDING) / height)
        y = (self._height + height * shrink) / 2
        out = []
        for line in lines:
            y -= line.size * LEADING * shrink
            one = face(line.style)
            size = _fitting(one, line, shrink, room)
            # The baseline stands a little above the line's foot.
            foot = y + line.size * shrink * 0.32
            colour = b"%.2f %.2f %.2f rg" % line.colour
            out.append(
                b"BT %s /%s %.2f Tf %.2f %.2f Td %s Tj ET"
                % (colour, line.style.encode(), size, left, foot, one.encoded(line.text))
            )
        return b"\n".join(out)


def style(appearance: Appearance, *, trial: bool) -> StaticStampStyle:
    """What pyHanko wants to be told: our content, its own frame left out."""
    return StaticStampStyle(
        border_width=0,
        background=StampContent(appearance, trial=trial),
        # No margin around the content: it was drawn for exactly this box.
        background_layout=SimpleBoxLayoutRule(
            AxisAlignment.ALIGN_MIN, AxisAlignment.ALIGN_MIN, margins=Margins.uniform(0)
        ),
        background_opacity=1.0,
    )


def _fitting(one: Face, line: _Line, shrink: float, room: float) -> float:
    size = line.size * shrink
    width = one.width(line.text, size)
    return size if width <= room else size * room / width


def _panel(width: float, height: float, accent: Colour) -> bytes:
    """White ground, a hair line around, a bar at the left in the colour of the signature's kind."""
    return b"1 1 1 rg 0.78 0.80 0.83 RG 0.6 w 0.3 0.3 %.2f %.2f re B %.2f %.2f %.2f rg 0 0 2.4 %.2f re f" % (
        width - 0.6,
        height - 0.6,
        *accent,
        height,
    )


def _qr(modules: Sequence[Sequence[bool]], x: float, y: float, side: float) -> bytes:
    """Dark runs as rectangles; rows from the top; the quiet zone lies inside `side` on the panel's white."""
    count = len(modules)
    # The panel is white around the square, so part of the quiet zone is the padding itself.
    module = (side + PADDING) / (count + 2 * QUIET) if count else 0.0
    inset = (side - module * count) / 2
    out = [b"0 0 0 rg"]
    for row, line in enumerate(modules):
        start: int | None = None
        for column, dark in enumerate([*line, False]):
            if dark and start is None:
                start = column
            elif not dark and start is not None:
                left = x + inset + start * module
                bottom = y + inset + (count - 1 - row) * module
                out.append(b"%.3f %.3f %.3f %.3f re" % (left, bottom, (column - start) * module, module))
                start = None
    out.append(b"f")
    return b" ".join(out)
