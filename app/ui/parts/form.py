"""A small form: named fields, what must not be empty, and the first that is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLayout, QScrollArea, QWidget

from app.ui.parts.fields import Field


class Form(QWidget):
    """Fields by name. `needed` says for each field that must be filled what to write there."""

    changed = Signal()

    def __init__(self, fields: Mapping[str, Field], needed: Mapping[str, str], layout: QLayout) -> None:
        super().__init__()
        self.fields, self._needed = dict(fields), dict(needed)
        self.setLayout(layout)
        for field in self.fields.values():
            field.changed.connect(self.changed)

    def values(self) -> dict[str, Any]:
        """What is filled in, by name."""
        return {name: field.value() for name, field in self.fields.items()}

    def fill(self, values: Mapping[str, Any]) -> None:
        """Put values in; names the form does not know are passed over."""
        for name, value in values.items():
            if name in self.fields:
                self.fields[name].set_value(value)

    def check(self) -> bool:
        """Judge every field at its place; the focus goes to the first that is wrong."""
        wrong = [field for name, field in self.fields.items() if not self._right(name, field)]
        if wrong:
            reveal(wrong[0])
        return not wrong

    def refuse(self, name: str, message: str) -> bool:
        """Show a refusal at its field; False where the form has no such field."""
        field = self.fields.get(name)
        if field is None:
            return False
        field.set_state("bad", message)
        reveal(field)
        return True

    def _right(self, name: str, field: Field) -> bool:
        if not field.judge():
            return False
        if name in self._needed and not field.value():
            field.set_state("bad", self._needed[name])
            return False
        if field.state() == "bad":
            field.set_state("")
        return True


def reveal(widget: QWidget) -> None:
    """Give it the focus, and scroll to it where it lies out of sight."""
    widget.setFocus()
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea):
            parent.ensureWidgetVisible(widget, 0, 24)
            return
        parent = parent.parentWidget()


def two_columns(*rows: tuple[QWidget | None, QWidget | None]) -> QGridLayout:
    """Fields side by side in two equal columns; None beside a field lets it take both."""
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(12)
    for number, (left, right) in enumerate(rows):
        if left is not None:
            grid.addWidget(left, number, 0, 1, 1 if right is not None else 2)
        if right is not None:
            grid.addWidget(right, number, 1)
    grid.setColumnStretch(0, 1)
    grid.setColumnStretch(1, 1)
    return grid
