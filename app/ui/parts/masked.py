"""NIK and KK on pages that need not show them: the middle hidden, and a look of thirty seconds that is logged."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QWidget

from app.ui.parts.buttons import Button
from app.ui.parts.keys import sequences
from app.ui.parts.layout import row
from app.ui.parts.text import Txt

GROUPS = (6, 6, 4)
SECONDS = 30


def group_number(digits: str, groups: tuple[int, ...] = GROUPS, separator: str = " ") -> str:
    """Digits in groups, so that the birth date can be read: "147107 140384 0003". What is too much trails behind."""
    parts, rest = [], digits
    for size in groups:
        parts.append(rest[:size])
        rest = rest[size:]
    return separator.join(part for part in parts if part) + rest


def mask_number(digits: str) -> str:
    """The middle group hidden: "147107 •••••• 0003"."""
    first, middle, last = digits[:6], digits[6:12], digits[12:]
    return " ".join(part for part in (first, "•" * len(middle), last) if part)


class MaskedValue(QWidget):
    """A hidden number with an eye. `looked` is sent each time it is uncovered: whoever listens writes it to the log."""

    looked = Signal()

    def __init__(self, number: str = "", *, seconds: int = SECONDS) -> None:
        super().__init__()
        self._number = ""
        self._text = Txt("", "data", "ink", data=True)
        self.eye = Button("", "eye", "quiet", tip=self.tr("Lihat 30 detik (Ctrl Shift M)"), height=32)
        self.eye.clicked.connect(self.look)
        self._shortcut = QShortcut(self)
        self._shortcut.setKeys(sequences("Ctrl Shift M"))
        self._shortcut.activated.connect(self.look)
        self._timer = QTimer(self, singleShot=True, interval=seconds * 1000)
        self._timer.timeout.connect(self.hide_number)
        self.setLayout(row(self._text, self.eye, "s", gap=4))
        self.set_number(number)

    def set_number(self, number: str) -> None:
        """Another number, hidden."""
        self._number = number
        self.hide_number()

    def text(self) -> str:
        """What stands on the glass now."""
        return self._text.text()

    def look(self) -> None:
        """Show it for thirty seconds; a second press hides it."""
        if self._timer.isActive():
            self.hide_number()
            return
        self._text.setText(group_number(self._number))
        self._timer.start()
        self.looked.emit()

    def hide_number(self) -> None:
        """Cover it."""
        self._timer.stop()
        self._text.setText(mask_number(self._number))
        self.eye.setEnabled(bool(self._number))
