"""What officers type into: text, names, choices, notes, passwords. Numbers and dates are in `grouped`."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from app.ui.icons import icon
from app.ui.parts.look import InputLook


class Line(InputLook, QLineEdit):
    """One line of text. Enter goes to the next field, Shift+Enter back; `entered` tells a form's last field."""

    changed = Signal()
    left = Signal()
    entered = Signal()

    def __init__(self, placeholder: str = "", *, data: bool = True, height: int = 36) -> None:
        super().__init__()
        self.enter_moves = True
        self._mark: QAction | None = None
        self.setPlaceholderText(placeholder)
        self.dress(height=height, data=data)
        self.textEdited.connect(self._edited)

    def value(self) -> str:
        """What is typed, without blanks at the ends."""
        return self.text().strip()

    def set_value(self, value: str | None) -> None:
        """Put a value in without telling anyone; its beginning is in sight."""
        self.setText(value or "")
        self.setCursorPosition(0)

    def problem(self) -> str:
        """What is wrong with the typed text; empty when nothing is, or when nothing is typed."""
        return ""

    def is_blank(self) -> bool:
        """Whether nothing is typed."""
        return not self.text().strip()

    def show_mark(self, on: bool) -> None:
        """A small green mark at the right end."""
        if on and self._mark is None:
            self._mark = QAction(icon("check-circle", 18, "ok_l"), "", self)
            self.addAction(self._mark, QLineEdit.ActionPosition.TrailingPosition)
        elif not on and self._mark is not None:
            self.removeAction(self._mark)
            self._mark = None

    def set_read_only(self, on: bool) -> None:
        """Same place, no edge, not to be changed."""
        self.setReadOnly(on)
        self.show_read_only(on)

    def _edited(self, _text: str) -> None:
        self.changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter walks through the form."""
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter} or held == Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
            return
        self.entered.emit()
        if self.enter_moves:
            self.focusNextPrevChild(held != Qt.KeyboardModifier.ShiftModifier)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The field is judged when it is left."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()


class NameLine(Line):
    """A name in upper case, as in the register; the caret stays where it was."""

    def _edited(self, text: str) -> None:
        upper = text.upper()
        if upper != text and len(upper) == len(text):
            caret = self.cursorPosition()
            self.setText(upper)
            self.setCursorPosition(caret)
        self.changed.emit()

    def value(self) -> str:
        """Upper case, single blanks."""
        return " ".join(self.text().upper().split())


class Password(Line):
    """A hidden line; Ctrl+Shift+M shows and hides it."""

    def __init__(self, placeholder: str = "", *, height: int = 36) -> None:
        super().__init__(placeholder, data=False, height=height)
        self.enter_moves = False
        self.setEchoMode(QLineEdit.EchoMode.Password)

    def value(self) -> str:
        """Exactly what is typed, blanks too."""
        return self.text()

    def toggle(self) -> None:
        """Show or hide."""
        hidden = self.echoMode() == QLineEdit.EchoMode.Password
        self.setEchoMode(QLineEdit.EchoMode.Normal if hidden else QLineEdit.EchoMode.Password)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Shift+M."""
        both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        if event.key() == Qt.Key.Key_M and event.modifiers() == both:
            self.toggle()
        else:
            super().keyPressEvent(event)


class Choice(InputLook, QComboBox):
    """One of a list of (value, label). A long label never makes the page wider; the wheel changes nothing unasked."""

    changed = Signal()
    left = Signal()

    def __init__(self, items: Sequence[tuple[Any, str]] = (), placeholder: str = "", *, height: int = 36) -> None:
        super().__init__()
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(4)
        self.setMaxVisibleItems(14)
        self.setPlaceholderText(placeholder)
        self.dress(height=height, data=False)
        self.set_items(items)
        self.activated.connect(lambda _index: self.changed.emit())

    def set_items(self, items: Sequence[tuple[Any, str]]) -> None:
        """Another list; the chosen value stays if it is still there, otherwise nothing is chosen."""
        kept = self.value()
        self.clear()
        for value, label in items:
            self.addItem(label, value)
        self.set_value(kept)

    def value(self) -> Any:
        """The chosen value, None if nothing is chosen."""
        return self.currentData() if self.currentIndex() >= 0 else None

    def set_value(self, value: Any) -> None:
        """Choose without telling anyone; an unknown value chooses nothing."""
        self.setCurrentIndex(next((i for i in range(self.count()) if self.itemData(i) == value), -1))

    def problem(self) -> str:
        """A list has none."""
        return ""

    def is_blank(self) -> bool:
        """Whether nothing is chosen."""
        return self.currentIndex() < 0

    def set_read_only(self, on: bool) -> None:
        """Not to be changed."""
        self.setEnabled(not on)
        self.show_read_only(on)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolling a form must not change an answer."""
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter walks on; arrow keys and letters choose."""
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and held != Qt.KeyboardModifier.ControlModifier:
            self.focusNextPrevChild(held != Qt.KeyboardModifier.ShiftModifier)
            return
        before = self.currentIndex()
        super().keyPressEvent(event)
        if self.currentIndex() != before:
            self.changed.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Judged when it is left, not when its list opens."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()


class Note(InputLook, QPlainTextEdit):
    """A few lines with a limit; Tab leaves it."""

    changed = Signal()
    left = Signal()

    def __init__(
        self, placeholder: str = "", *, limit: int = 280, height: int = 84, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._limit = limit
        self.setTabChangesFocus(True)
        self.setPlaceholderText(placeholder)
        self.dress(height=height, data=False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(self.changed)

    def value(self) -> str:
        """What is typed, without blanks at the ends."""
        return self.toPlainText().strip()

    def set_value(self, value: str | None) -> None:
        """Put a text in."""
        self.setPlainText(value or "")

    def problem(self) -> str:
        """Too long: nothing is cut, the writer shortens."""
        over = len(self.value()) - self._limit
        return self.tr("Terlalu panjang {0} huruf, paling banyak {1}").format(over, self._limit) if over > 0 else ""

    def is_blank(self) -> bool:
        """Whether nothing is typed."""
        return not self.value()

    def set_read_only(self, on: bool) -> None:
        """Not to be changed."""
        self.setReadOnly(on)
        self.show_read_only(on)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Judged when it is left."""
        super().focusOutEvent(event)
        self.left.emit()
