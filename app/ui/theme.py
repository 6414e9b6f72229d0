"""Colours, type and measures: tokens, the palette and the one stylesheet made from them."""

from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from tempfile import gettempdir

from PySide6.QtCore import QObject, QTemporaryDir, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from app.ui.assets import resource
from app.ui.tokens import DARK, LIGHT, TV, Tokens, TvTokens

__all__ = ["DARK", "LIGHT", "SCALES", "TV", "Tokens", "TvTokens", "apply", "changes", "color", "contrast", "font"]
__all__ += ["is_dark", "palette", "px", "scale", "style_font", "tokens"]

SCALES = (100, 110, 125)
FALLBACK = ["Inter", "Segoe UI", "Noto Sans"]
STYLES: dict[str, tuple[int, int]] = {
    "caption": (12, 400),
    "captionm": (12, 500),
    "captionb": (12, 600),
    "small": (13, 400),
    "smallm": (13, 500),
    "smallb": (13, 600),
    "body": (14, 400),
    "bodym": (14, 500),
    "bodyb": (14, 600),
    "data": (15, 500),
    "h3": (15, 600),
    "h2": (17, 600),
    "h1": (20, 600),
    "timer": (20, 600),
    "figure": (24, 700),
    "ticket": (56, 700),
}


class Changes(QObject):
    """Tells painted widgets that tokens or text size changed."""

    changed = Signal()


@dataclass
class _Current:
    """What is on now. Only `apply` writes it; one Qt application, one look."""

    tokens: Tokens = LIGHT
    scale: int = 100
    arrows: QTemporaryDir | None = None
    changes: Changes | None = None


_now = _Current()


def tokens() -> Tokens:
    """The tokens in force."""
    return _now.tokens


def is_dark() -> bool:
    """Whether the dark tokens are in force."""
    return _now.tokens is DARK


def scale() -> int:
    """Text size in per cent: 100, 110 or 125."""
    return _now.scale


def changes() -> Changes:
    """The object whose `changed` signal follows every theme or text-size change."""
    if _now.changes is None:
        _now.changes = Changes()
    return _now.changes


def px(n: float) -> int:
    """A measure in logical pixels that must grow with the text."""
    return round(n * _now.scale / 100)


def color(token: str) -> QColor:
    """The colour of a token by its name."""
    return QColor(getattr(_now.tokens, token))


def tv_color(token: str) -> QColor:
    """The colour of a token of the lobby screen."""
    return QColor(getattr(TV, token))


def _tracking(size: float) -> float:
    """Per cent between letters: large type is set tighter (ui.md 2.1)."""
    steps = ((40, -1.5), (24, -1.0), (18, -0.5))
    return next((value for least, value in steps if size >= least), 0.0)


@lru_cache(maxsize=256)
def _font(size: int, weight: int, data: bool, tnum: bool) -> QFont:
    made = QFont(FALLBACK)
    made.setPixelSize(size)
    made.setWeight(QFont.Weight(weight))
    # Features of the application font leak into a painter but not into QFontMetrics: set each one on every font.
    for tag, on in (("tnum", tnum), ("zero", data), ("cv05", data), ("cv08", data)):
        made.setFeature(QFont.Tag(tag), int(on))
    made.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 100 + _tracking(size))
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made


def font(size: float, weight: int = 400, *, data: bool = False, tnum: bool = True) -> QFont:
    """A font of `size` logical pixels at 100 % text size; `data` tells 0 from O and 1 from l and I."""
    return QFont(_font(px(size), weight, data, tnum))


def style_font(style: str, *, data: bool = False) -> QFont:
    """The font of a named style (ui.md 2.1)."""
    size, weight = STYLES[style]
    return font(size, weight, data=data or style == "data", tnum=style != "ticket")


def _luminance(colour: str) -> float:
    def linear(channel: int) -> float:
        part = channel / 255
        return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)

    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two `#RRGGBB` colours, WCAG 2.2."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


PALETTE = {
    QPalette.ColorRole.Window: "bg",
    QPalette.ColorRole.Base: "field",
    QPalette.ColorRole.AlternateBase: "subtle",
    QPalette.ColorRole.Text: "ink",
    QPalette.ColorRole.WindowText: "ink",
    QPalette.ColorRole.ButtonText: "ink",
    QPalette.ColorRole.Button: "surface",
    QPalette.ColorRole.Highlight: "primary",
    QPalette.ColorRole.HighlightedText: "on_primary",
    QPalette.ColorRole.ToolTipBase: "rail",
    QPalette.ColorRole.ToolTipText: "rail_on",
    QPalette.ColorRole.PlaceholderText: "ink3",
    QPalette.ColorRole.Light: "surface",
    QPalette.ColorRole.Mid: "line",
    QPalette.ColorRole.Dark: "line2",
    QPalette.ColorRole.Link: "primary_t",
}


def palette(of: Tokens) -> QPalette:
    """What the stylesheet does not reach (theme.md 3)."""
    made = QPalette()
    for role, token in PALETTE.items():
        made.setColor(role, QColor(getattr(of, token)))
    disabled = QPalette.ColorGroup.Disabled
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
        made.setColor(disabled, role, QColor(of.ink3))
    return made


def _arrow_folder() -> Path:
    """A private folder for the two icons that a stylesheet can only take as coloured files; gone with the program."""
    if _now.arrows is None or not _now.arrows.isValid():
        _now.arrows = QTemporaryDir(str(Path(gettempdir()) / "pelita3-XXXXXX"))
    return Path(_now.arrows.path())


def _coloured(name: str, colour: str) -> str:
    target = _arrow_folder() / f"{name}-{colour[1:]}.svg"
    if not target.exists():
        drawn = resource("icons", f"{name}.svg").read_text("utf-8").replace("currentColor", colour)
        target.write_text(drawn, "utf-8")
    return target.as_posix()


def stylesheet(of: Tokens) -> str:
    """The whole stylesheet (theme.md 4) for these tokens."""
    sheet = resource("theme.qss").read_text("utf-8")
    for name, value in (*((f.name, getattr(of, f.name)) for f in fields(of)), ("caption_px", str(px(12)))):
        sheet = sheet.replace(f"@{name}@", value)
    sheet = sheet.replace("@caret@", _coloured("caret-down-bold", of.ink2))
    return sheet.replace("@check@", _coloured("check-bold", of.on_primary))


def load_fonts() -> bool:
    """Give Qt the bundled Inter. False where the computer refuses foreign fonts; then the fallback chain holds."""
    names = ("Regular", "Medium", "SemiBold", "Bold")
    loaded = [QFontDatabase.addApplicationFont(str(resource("fonts", f"Inter-{n}.ttf"))) >= 0 for n in names]
    return all(loaded)


def apply(app: QApplication, dark: bool = False, scale: int = 100) -> None:
    """Put a theme and a text size on the whole program; open windows repaint at once."""
    if scale not in SCALES:
        raise ValueError(scale)
    _now.tokens = DARK if dark else LIGHT
    _now.scale = scale
    app.setFont(font(14))
    app.setPalette(palette(_now.tokens))
    app.setStyleSheet(stylesheet(_now.tokens))
    changes().changed.emit()
