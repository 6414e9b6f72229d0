"""What all inputs share: height, font, and the edge that tells their state."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent
from PySide6.QtGui import QFont

from app.ui.theme import font, px, style_font

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget as Mixed
else:
    Mixed = object  # a second Qt class among the bases would make two C++ objects of one widget


class InputLook(Mixed):
    """Mixed into Qt's own inputs; the properties `state` and `ro` choose the edge in the stylesheet."""

    _tall = 36
    _data_font = False

    def dress(self, *, height: int, data: bool) -> None:
        """Height at 100 % text size, and whether values are shown in the data face."""
        self._tall, self._data_font = height, data
        self._fit()

    def _fit(self) -> None:
        wanted = self._wanted_font()
        if self.font().pixelSize() != wanted.pixelSize():
            self.setFont(wanted)
        if self.minimumHeight() != px(self._tall):
            self.setFixedHeight(px(self._tall))

    def _wanted_font(self) -> QFont:
        if self._tall >= 44 and not self._data_font:
            return font(16, 500)
        return style_font("data" if self._data_font else "body", data=self._data_font)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def show_state(self, state: str) -> None:
        """bad, warn, ok or empty."""
        self._choose("state", state)
        self.show_mark(state == "ok")

    def show_mark(self, on: bool) -> None:
        """A small green mark for a checked value; only a line has room for it."""

    def show_read_only(self, on: bool) -> None:
        """A quiet ground instead of an edge."""
        self._choose("ro", "true" if on else "false")

    def _choose(self, name: str, value: str) -> None:
        if self.property(name) != value:
            self.setProperty(name, value)
            self.style().unpolish(self)
            self.style().polish(self)
            self.update()
