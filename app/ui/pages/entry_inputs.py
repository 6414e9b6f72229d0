"""The inputs of the entry form: one maker for each kind of value, all with the same few methods."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QCheckBox, QCompleter, QWidget

from app.services import catalogue
from app.services.case import Plan
from app.ui.parts.fields import Choice, DateLine, Line, NameLine, NumberLine
from app.ui.parts.layout import row
from app.ui.parts.segmented import Segmented
from app.ui.theme import px

Editor: TypeAlias = Any
"""A QWidget that fulfils `parts.fields.Input`."""


class CodeChoice(Choice):
    """One of a catalogue's list. A value that the list does not have stays choosable: data from elsewhere is kept."""

    def __init__(self, kind: str) -> None:
        self._kind, self._offered = kind, catalogue.options(kind)
        super().__init__([(o.value, o.label) for o in self._offered])
        # Where the window is small a list gives way before a number does.
        self.setMinimumContentsLength(1)

    def set_value(self, value: Any) -> None:
        """Choose without telling anyone; what the administrator added or retired since is seen with the next file."""
        offered = catalogue.options(self._kind)
        if offered != self._offered:
            self._offered = offered
            super().set_value(None)
            self.set_items([(o.value, o.label) for o in offered])
        if value and self.findData(value) < 0:
            self.addItem(catalogue.label(self._kind, str(value)), value)
        super().set_value(value or None)

    def value(self) -> str:
        """The chosen value, empty if none is."""
        return str(super().value() or "")


class Padded(Line):
    """RT and RW: three digits, filled up with zeros when left."""

    def __init__(self, size: int, placeholder: str) -> None:
        super().__init__(placeholder)
        self._size = size
        self.setMaxLength(size)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """7 becomes 007."""
        typed = self.text().strip()
        if typed.isdigit() and not self.isReadOnly() and len(typed) < self._size:
            self.setText(typed.zfill(self._size))
            self.changed.emit()
        super().focusOutEvent(event)


class Place(NameLine):
    """A name of a place, with suggestions that never bind."""

    def __init__(self, known: Sequence[str], placeholder: str = "") -> None:
        super().__init__(placeholder)
        completer = QCompleter(list(known), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.activated.connect(lambda _text: self.changed.emit())
        self.setCompleter(completer)


class Tick(QCheckBox):
    """Yes or no."""

    changed = Signal()
    left = Signal()

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setMinimumHeight(px(36))
        self.clicked.connect(lambda _on: self.changed.emit())

    def value(self) -> bool:
        """Whether it is ticked."""
        return self.isChecked()

    def set_value(self, value: object) -> None:
        """Tick without telling anyone."""
        self.setChecked(bool(value))

    def problem(self) -> str:
        """None."""
        return ""

    def is_blank(self) -> bool:
        """A tick is never missing."""
        return False

    def set_read_only(self, on: bool) -> None:
        """Not to be changed."""
        self.setEnabled(not on)

    def show_state(self, state: str) -> None:
        """The sentence under it says enough."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter walks on."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            self.focusNextPrevChild(True)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Judged when it is left."""
        super().focusOutEvent(event)
        self.left.emit()


class Picked(QWidget):
    """Few words in sight, of which one or none is chosen; digits choose too."""

    changed = Signal()
    left = Signal()

    def __init__(self, items: Sequence[tuple[Any, str]], none: Any) -> None:
        super().__init__()
        self._values, self._none = [v for v, _ in items], none
        self.words = Segmented([label for _, label in items], -1, height=36, padding=24)
        self.words.changed.connect(lambda _i: self.changed.emit())
        self.setLayout(row(self.words, "s", gap=0))
        self.setFocusProxy(self.words)

    def value(self) -> Any:
        """The chosen value, or that for none."""
        at = self.words.current()
        return self._values[at] if at >= 0 else self._none

    def set_value(self, value: Any) -> None:
        """Choose without telling anyone."""
        self.words.set_current(self._values.index(value) if value in self._values else -1)

    def problem(self) -> str:
        """None."""
        return ""

    def is_blank(self) -> bool:
        """Whether none is chosen."""
        return self.words.current() < 0

    def set_read_only(self, on: bool) -> None:
        """Not to be changed."""
        self.words.setEnabled(not on)

    def show_state(self, state: str) -> None:
        """The sentence under it says enough."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """1, 2, 3 choose; Enter walks on."""
        at = event.key() - Qt.Key.Key_1
        if 0 <= at < len(self._values) and self.words.isEnabled():
            self.words.set_current(at)
            self.changed.emit()
            self.left.emit()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.focusNextPrevChild(not event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        else:
            super().keyPressEvent(event)


def _tr(text: str) -> str:
    return QCoreApplication.translate("entry", text)


def _number() -> Editor:
    return NumberLine((6, 6, 4))


COURTS = {"PN": "PENGADILAN NEGERI PEKANBARU", "PA": "PENGADILAN AGAMA PEKANBARU"}
MAKERS: dict[str, Callable[[], Editor]] = {
    "nik": _number,
    "kk": _number,
    "kk_later": lambda: NumberLine((6, 6, 4), _tr("dari SIAK, diisi nanti")),
    "name": NameLine,
    "text": Line,
    "date": DateLine,
    "rt": lambda: Padded(3, "RT"),
    "rw": lambda: Padded(3, "RW"),
    "postcode": lambda: Line(_tr("Kode pos")),
    "kelurahan": lambda: Place(catalogue.kelurahan(), _tr("Kelurahan")),
    "kecamatan": lambda: Place(catalogue.kecamatan(), _tr("Kecamatan")),
    "court": lambda: Place(tuple(COURTS.values())),
    "plan": lambda: Picked(
        [(Plan.KEEP, _tr("Tetap")), (Plan.NEW, _tr("Baru")), (Plan.JOIN, _tr("Numpang"))], Plan.UNKNOWN
    ),
    "household": lambda: Picked([(1, _tr("KK I suami")), (2, _tr("KK II istri"))], 0),
}


def make(kind: str, text: str = "") -> Editor:
    """The input of a kind; "choice:religion" is a catalogue's list, "tick" a yes or no with its own words."""
    if kind.startswith("choice:"):
        return CodeChoice(kind.removeprefix("choice:"))
    return Tick(text) if kind == "tick" else MAKERS[kind]()
