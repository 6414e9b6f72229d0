"""Where everything stands: fractions of the screen, so that 1920 × 1080 is the drawing and other screens fit it."""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot

from PySide6.QtCore import QRectF, QSizeF

from app.ui.display.scene import ROWS, ROWS_FAR

WIDE, HIGH = 1920.0, 1080.0
MARGIN, GAP = 48.0, 24.0
HEADER, STRIP, FOOT = 132.0, 132.0, 84.0
LIST_HEAD, LIST_FOOT = 82.0, 14.0
DIGIT = 0.727
"""A digit's height of its font's size (Inter)."""
CALLED, LISTED, LISTED_FAR = 286, 80, 116
MM = 25.4


@dataclass(frozen=True)
class Plan:
    """Rectangles in units of the drawing; `unit` is how many pixels one is."""

    unit: float
    size: QSizeF
    far: bool
    main: QRectF
    others: tuple[QRectF, QRectF]
    listed: QRectF
    strip: QRectF
    foot: QRectF

    @property
    def rows(self) -> int:
        """How many rows the list has."""
        return ROWS_FAR if self.far else ROWS

    @property
    def row_size(self) -> int:
        """The list's font size."""
        return LISTED_FAR if self.far else LISTED

    def row(self, n: int) -> QRectF:
        """Row `n` of the list."""
        high = (self.listed.height() - LIST_HEAD - LIST_FOOT) / self.rows
        return QRectF(self.listed.left() + 32, self.listed.top() + LIST_HEAD + n * high, self.listed.width() - 64, high)


def plan(width: float, height: float, *, far: bool) -> Plan:
    """The plan for a window of so many pixels: what the drawing's shape leaves over widens or heightens the panels."""
    unit = max(0.05, min(width / WIDE, height / HIGH))
    wide, high = width / unit, height / unit
    inner = wide - 2 * MARGIN - GAP
    # From far away the list is what is hard to read: it gets wider at the cost of the large panel.
    left = inner * (0.66 if far else 1290 / 1800)
    bottom = high - FOOT - STRIP - GAP
    tall = (bottom - HEADER - GAP) * 474 / 684
    below = HEADER + tall + GAP
    half = (left - 20) / 2
    return Plan(
        unit,
        QSizeF(wide, high),
        far,
        QRectF(MARGIN, HEADER, left, tall),
        (QRectF(MARGIN, below, half, bottom - below), QRectF(MARGIN + half + 20, below, half, bottom - below)),
        QRectF(MARGIN + left + GAP, HEADER, inner - left, bottom - HEADER),
        QRectF(0, high - FOOT - STRIP, wide, STRIP),
        QRectF(0, high - FOOT, wide, FOOT),
    )


@dataclass(frozen=True)
class Legible:
    """From how far the called number and the list can be read (ui.md 6.12), in metres."""

    called: float
    listed: float


def legible(width: float, height: float, inches: float, *, far: bool) -> Legible:
    """A called number is legible from 100 times its digits' height, a listed one from 200 times."""
    unit = max(0.05, min(width / WIDE, height / HIGH))
    mm = unit * DIGIT * inches * MM / hypot(width, height)
    return Legible(CALLED * mm / 10, (LISTED_FAR if far else LISTED) * mm / 5)


def wants_far(width: float, height: float, inches: float, metres: float) -> bool:
    """Whether the farthest seat is beyond the usual list's reach, so that it needs four large rows."""
    return legible(width, height, inches, far=False).listed < metres
