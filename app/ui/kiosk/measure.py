"""Sizes on the kiosk's glass: the drawing's pixels, scaled to the screen, and millimetres under a finger."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, hypot

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont

from app.ui import theme

LANDSCAPE, PORTRAIT = (1366, 768), (768, 1366)
"""The screens that were drawn (ui.md 6.11)."""
TARGET_MM, GAP_MM = 20, 5
LEAST = 17
"""Pixels of the smallest letters, in the drawing."""
MARGIN, HEAD = 36, 96
TALLEST = 300
"""A tile grows no higher than this, in the drawing."""


@dataclass(frozen=True)
class Measure:
    """One screen: logical pixels and the inches across, from which a millimetre follows."""

    width: int
    height: int
    inches: float = 22

    @property
    def portrait(self) -> bool:
        """Whether it stands upright."""
        return self.height > self.width

    @property
    def scale(self) -> float:
        """From the drawing to this screen."""
        wide, tall = PORTRAIT if self.portrait else LANDSCAPE
        return min(self.width / wide, self.height / tall)

    @property
    def per_mm(self) -> float:
        """Pixels of one millimetre."""
        return hypot(self.width, self.height) / (max(self.inches, 5) * 25.4)

    def px(self, drawn: float) -> int:
        """A length of the drawing."""
        return round(drawn * self.scale)

    def touch(self, drawn: float) -> int:
        """The height or width of something to touch: as drawn, but never under twenty millimetres."""
        return max(self.px(drawn), ceil(TARGET_MM * self.per_mm))

    def gap(self, drawn: float) -> int:
        """Between two things to touch: as drawn, but never under five millimetres."""
        return max(self.px(drawn), ceil(GAP_MM * self.per_mm))

    def font(self, size: float, weight: int = 400, *, tnum: bool = True) -> QFont:
        """Type of the drawing's size."""
        return theme.font(max(size, LEAST) * self.scale, weight, tnum=tnum)

    def mm(self, pixels: float) -> float:
        """How long that is on the glass."""
        return pixels / self.per_mm


@dataclass(frozen=True)
class HomePlaces:
    """Where everything of the first screen stands, below the head."""

    title: QRectF
    tiles: tuple[QRectF, ...]
    band: QRectF
    words: QRectF
    call: QRectF
    columns: int


def columns(m: Measure, count: int) -> int:
    """How many tiles stand beside each other: upright one, else two; three from five services on."""
    if m.portrait or count < 2:
        return 1
    return 2 if count <= 4 else 3


def home_places(m: Measure, count: int) -> HomePlaces:
    """The first screen for so many services: what is touched keeps its millimetres, the tiles take what is left."""
    left, wide, gap = m.px(MARGIN), m.width - 2 * m.px(MARGIN), m.gap(18)
    foot = m.gap(18)
    call_tall, band_tall = m.touch(80), m.touch(92)
    call_wide = max(m.touch(250), m.px(250))
    call = QRectF(left + wide - call_wide, m.height - foot - call_tall, call_wide, call_tall)
    band = QRectF(left, call.top() - m.gap(16) - band_tall, wide, band_tall)
    title = QRectF(left, m.px(HEAD), wide, m.px(71))
    across = columns(m, count)
    rows = max(1, ceil(count / across))
    room = band.top() - m.gap(16) - title.bottom()
    tall = min((room - (rows - 1) * gap) / rows, m.px(TALLEST))
    each = (wide - (across - 1) * gap) / across
    tiles = tuple(
        QRectF(left + (i % across) * (each + gap), title.bottom() + (i // across) * (tall + gap), each, tall)
        for i in range(count)
    )
    words = QRectF(left, call.top(), wide - call_wide - gap, call_tall)
    return HomePlaces(title, tiles, band, words, call, across)
