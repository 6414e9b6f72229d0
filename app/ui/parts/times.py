"""A time of day typed as four digits."""

from __future__ import annotations

from datetime import time

from app.ui.parts.grouped import GroupedLine


class TimeLine(GroupedLine):
    """07.30; anything that is no time stays as typed, with the problem named."""

    loose = ".: "

    def __init__(self, *, height: int = 36) -> None:
        super().__init__((2, 2), ".", "", height=height)
        self.setPlaceholderText(self.tr("jj.mm"))

    def value(self) -> time | None:  # type: ignore[override]  # a time line holds a time, not a text
        """The time, None while it is none."""
        digits = self.digits()
        if not self.is_clean() or len(digits) != self.total():
            return None
        try:
            return time(int(digits[:2]), int(digits[2:]))
        except ValueError:
            return None

    def set_value(self, value: time | str | None) -> None:
        """A time, or a text kept from a draft."""
        self.setText(f"{value:%H.%M}" if isinstance(value, time) else value or "")

    def problem(self) -> str:
        """Not a time of day."""
        if self.is_blank() or self.value() is not None:
            return ""
        return self.tr("Tulis jam sebagai 4 angka, contoh 07.30")
