"""A field: label, input, and one sentence under it; and the summary of all that is wrong in a form."""

from collections.abc import Sequence
from typing import Any, Protocol

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from app.ui.parts.buttons import Button
from app.ui.parts.grouped import DateLine, GroupedLine, NumberLine
from app.ui.parts.inputs import Choice, Line, NameLine, Note, Password
from app.ui.parts.layout import column, row
from app.ui.parts.text import Ico, Txt
from app.ui.theme import px

__all__ = ["Choice", "DateLine", "ErrorSummary", "Field", "GroupedLine", "Input", "Line", "NameLine", "Note"]
__all__ += ["NumberLine", "Password"]

SIGNS = {"bad": ("x-circle", "bad"), "warn": ("warning", "warn"), "ok": ("check-circle", "ok")}


class Input(Protocol):
    """What every input can do (see `inputs`)."""

    @property
    def changed(self) -> SignalInstance:
        """The officer changed it."""

    @property
    def left(self) -> SignalInstance:
        """The focus went elsewhere."""

    def value(self) -> Any:
        """What it holds."""

    def set_value(self, value: Any) -> None:
        """Put a value in without telling anyone."""

    def problem(self) -> str:
        """What is wrong by itself."""

    def is_blank(self) -> bool:
        """Whether nothing is in it."""

    def set_read_only(self, on: bool) -> None:
        """Not to be changed."""

    def show_state(self, state: str) -> None:
        """The edge."""


class Field(QWidget):
    """Label above (or `left` of) an input, hint or message under it. It judges itself when it is left."""

    changed = Signal()
    left = Signal()

    def __init__(self, label: str, editor: Any, *, hint: str = "", left: bool = False, label_width: int = 132) -> None:
        super().__init__()
        self.label = Txt(label, "body" if left else "smallm", "ink" if left else "ink2")
        self.input: Any = editor
        self._hint, self._state, self._judged = hint, "", False
        self._sign, self._message = Ico("warning", 16, "warn", "fill"), Txt(hint, "small", "ink3", wrap=True)
        self._actions = row(gap=6)
        editor.setAccessibleName(label)
        self.label.setBuddy(editor)
        self._arrange(editor, left, label_width)
        self.input.changed.connect(self._on_changed)
        self.input.left.connect(self._on_left)
        self.setFocusProxy(editor)
        self._show("", hint)

    def _arrange(self, editor: Any, left: bool, label_width: int) -> None:
        under = row(self._sign, (self._message, 1), self._actions, gap=6, margins=(0, 0, 0, 0))
        if left:
            self.label.setFixedWidth(px(label_width))
            self.setLayout(
                column(row(self.label, (editor, 1), gap=8), row(label_width + 8, (under, 1), gap=0), "s", gap=4)
            )
        else:
            self.setLayout(column(self.label, editor, under, "s", gap=4))

    def value(self) -> Any:
        """What the input holds."""
        return self.input.value()

    def set_value(self, value: Any) -> None:
        """Put a value in; its old message goes."""
        self.input.set_value(value)
        self.set_state("")

    def set_read_only(self, on: bool) -> None:
        """Not to be changed."""
        self.input.set_read_only(on)

    def state(self) -> str:
        """bad, warn, ok or empty."""
        return self._state

    def message(self) -> str:
        """The sentence under the input."""
        return self._message.text()

    def set_state(self, state: str, message: str = "", actions: Sequence[Button] = ()) -> None:
        """Say what is wrong and what to do; "ok" puts a small green mark. `actions` are at most two short buttons."""
        self._judged = False
        self._show(state, message)
        self._set_actions(actions)

    def judge(self) -> bool:
        """Show the input's own problem, or clear one shown before. True if it has none."""
        problem = self.input.problem()
        if problem:
            self._show("bad", problem)
            self._judged = True
        elif self._judged:
            self.set_state("")
        return not problem

    def _show(self, state: str, message: str) -> None:
        self._state = state
        said = message or self._hint
        glyph, tone = SIGNS.get(state, ("info", "ink3"))
        self._sign.set_icon(glyph, tone)
        self._sign.setVisible(bool(state and message))
        self._message.setText(said)
        self._message.set_tone(tone)
        self._message.setVisible(bool(said))
        self.input.show_state(state)
        self.input.setAccessibleDescription(said)

    def _set_actions(self, actions: Sequence[Button]) -> None:
        while (item := self._actions.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for button in actions:
            self._actions.addWidget(button)
            button.show()

    def _on_changed(self) -> None:
        if self._judged:
            self.judge()
        self.changed.emit()

    def _on_left(self) -> None:
        self.judge()
        self.left.emit()


class Link(QWidget):
    """One numbered line of the summary."""

    pressed = Signal()

    def __init__(self, number: int, text: str, section: str) -> None:
        super().__init__()
        said = Txt(text, "body", "bad")
        face = said.font()
        face.setUnderline(True)
        said.setFont(face)
        self.setLayout(row(Txt(str(number), "bodyb", "bad"), (said, 1), Txt(section, "small", "ink2"), gap=10))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(f"{number}. {text}")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click goes there."""
        self.pressed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space go there too."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.pressed.emit()
        else:
            super().keyPressEvent(event)


class ErrorSummary(QFrame):
    """On top of a form: what keeps the act from being done, each with a link to its field."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("summary")
        self._title = Txt("", "bodyb", "bad", wrap=True)
        self._links = QVBoxLayout()
        self._links.setSpacing(2)
        layout = QGridLayout(self)
        layout.setContentsMargins(18, 12, 16, 12)
        layout.setHorizontalSpacing(12)
        layout.addWidget(Ico("x-circle", 20, "bad", "fill"), 0, 0, 2, 1, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self._title, 0, 1)
        layout.addLayout(self._links, 1, 1)
        layout.setColumnStretch(1, 1)
        self.hide()

    def set_errors(self, title: str, errors: Sequence[tuple[str, str, QWidget]]) -> None:
        """(sentence, section, field) in the order of the form; none hides it. The first link gets the focus."""
        while (item := self._links.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self._title.setText(title)
        self.setAccessibleName(title)
        for number, (text, section, field) in enumerate(errors, 1):
            link = Link(number, text, section)
            link.pressed.connect(lambda field=field: self._go(field))
            self._links.addWidget(link)
        self.setVisible(bool(errors))
        first = self._links.itemAt(0)
        if first is not None and (link_widget := first.widget()) is not None:
            link_widget.setFocus()

    def count(self) -> int:
        """How many are shown."""
        return self._links.count()

    def _go(self, field: QWidget) -> None:
        field.setFocus()
        self.chosen.emit(field)
