"""Phosphor icons from SVG files, coloured by token and kept until the theme changes."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap

from app.ui.assets import resource
from app.ui.theme import changes, tokens


@lru_cache(maxsize=512)
def _drawn(name: str, size: int, colour: str, weight: str, ratio: float) -> QPixmap:
    from PySide6.QtSvg import QSvgRenderer  # noqa: PLC0415 - loaded by the first icon, not by the import of a part

    svg = resource("icons", f"{name}-{weight}.svg").read_text("utf-8").replace("currentColor", colour)
    drawn = QPixmap(round(size * ratio), round(size * ratio))
    drawn.fill(Qt.GlobalColor.transparent)
    drawn.setDevicePixelRatio(ratio)
    painter = QPainter(drawn)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return drawn


@lru_cache(maxsize=1)
def _watching() -> bool:
    changes().changed.connect(_drawn.cache_clear)
    return True


def pixmap(name: str, size: int = 20, token: str = "ink2", weight: str = "bold", ratio: float = 1.0) -> QPixmap:
    """One icon as a picture; `ratio` is the screen's device pixel ratio. A missing icon raises FileNotFoundError."""
    _watching()
    return _drawn(name, size, getattr(tokens(), token), weight, ratio)


def icon(name: str, size: int = 20, token: str = "ink2", weight: str = "bold") -> QIcon:
    """One icon for menus and window titles, sharp on a doubled screen too."""
    made = QIcon()
    for ratio in (1.0, 2.0):
        made.addPixmap(pixmap(name, size, token, weight, ratio))
    return made
