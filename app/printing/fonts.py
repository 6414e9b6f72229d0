"""The embedded fonts: Inter for our own papers, Liberation Serif for official letters (both SIL OFL 1.1)."""

from __future__ import annotations

import sysconfig
import threading
from functools import cache
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont, TTFontFace

import app

SANS, SANS_SEMI, SANS_BOLD = "Inter", "Inter-SemiBold", "Inter-Bold"
SERIF, SERIF_BOLD, SERIF_ITALIC = "LiberationSerif", "LiberationSerif-Bold", "LiberationSerif-Italic"

_FILES = {
    SANS: "Inter-Regular.ttf",
    SANS_SEMI: "Inter-SemiBold.ttf",
    SANS_BOLD: "Inter-Bold.ttf",
    SERIF: "LiberationSerif-Regular.ttf",
    SERIF_BOLD: "LiberationSerif-Bold.ttf",
    SERIF_ITALIC: "LiberationSerif-Italic.ttf",
}
_BOLD = (SANS_SEMI, SANS_BOLD, SERIF_BOLD)
_once = threading.Lock()
_registered: set[str] = set()


def register() -> None:
    """Make the fonts known to reportlab; after the first call it costs nothing. Papers call it themselves."""
    with _once:
        if _registered:
            return
        for name, file in _FILES.items():
            pdfmetrics.registerFont(TTFont(name, str(_folder() / file)))
        pdfmetrics.registerFontFamily(SERIF, SERIF, SERIF_BOLD, SERIF_ITALIC, SERIF_BOLD)
        pdfmetrics.registerFontFamily(SANS, SANS, SANS_SEMI, SANS, SANS_BOLD)
        _registered.update(_FILES)


def fitting(font: str, text: str) -> str:
    """The font itself, or the serif of the same weight where the font lacks a letter of the text (names from afar)."""
    if set(map(ord, text)) <= _letters(font):
        return font
    return SERIF_BOLD if font in _BOLD else SERIF


def width(text: str, font: str, size: float) -> float:
    """Width of one line in points."""
    return float(pdfmetrics.stringWidth(text, font, size))


@cache
def _letters(font: str) -> frozenset[int]:
    face: TTFontFace = pdfmetrics.getFont(font).face  # type: ignore[attr-defined] # only TrueType fonts are registered
    return frozenset(face.charToGlyph)


def _folder() -> Path:
    beside = Path(app.__file__).resolve().parent.parent / "resources"
    root = beside if beside.is_dir() else Path(sysconfig.get_path("data")) / "share" / "pelita3" / "resources"
    return root / "fonts"
