"""What officers type into: text, names, NIK and KK, dates, choices, notes, passwords."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from app.ui.parts.look import InputLook


class Line(InputLook, QLineEdit):
    """One line of text. Enter goes to the next field, Shift+Enter back; `entered` tells a form's last field."""

    changed = Signal()
    left = Signal()
    entered = Signal()

    def __init__(self, placeholder: str = "", *, data: bool = True, height: int = 36) -> None:
        super().__init__()
        self.enter_moves = True
        self.setPlaceholderText(placeholder)
        self.dress(height=height, data=data)
        self.textEdited.connect(self._edited)

    def value(self) -> str:
        """What is typed, without blanks at the ends."""
        return self.text().strip()

    def set_value(self, value: str | None) -> None:
        """Put a value in without telling anyone."""
        self.setText(value or "")

    def problem(self) -> str:
        """What is wrong with the typed text; empty when nothing is, or when nothing is typed."""
        return ""

    def is_blank(self) -> bool:
        """Whether nothing is typed."""
        return not self.text().strip()

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


class GroupedLine(Line):
    """Digits shown in groups. What is not a digit or a separator is kept as typed and named as a problem."""

    loose = " "

    def __init__(self, groups: Sequence[int], separator: str, placeholder: str = "", *, height: int = 36) -> None:
        super().__init__(placeholder, height=height)
        self._groups, self._separator = tuple(groups), separator
        self._before: list[str] = []

    def digits(self) -> str:
        """The typed digits alone."""
        return "".join(c for c in self.text() if c in "0123456789")

    def total(self) -> int:
        """How many digits are wanted."""
        return sum(self._groups)

    def is_clean(self) -> bool:
        """Whether only digits and separators are typed."""
        return all(c in "0123456789" or c in self.loose or c == self._separator for c in self.text())

    def grouped(self, digits: str) -> str:
        """Digits with separators; what is too much trails behind."""
        parts, rest = [], digits
        for size in self._groups:
            parts.append(rest[:size])
            rest = rest[size:]
        return self._separator.join(part for part in parts if part) + rest

    def set_digits(self, digits: str) -> None:
        """Put digits in without telling anyone."""
        self.setText(self.grouped(digits))
        self._before = [self.text()]

    def _edited(self, text: str) -> None:
        if self.is_clean():
            passed = sum(c.isdigit() for c in text[: self.cursorPosition()])
            self.setText(self.grouped(self.digits()))
            self.setCursorPosition(self._caret_after(passed))
        if not self._before or self._before[-1] != self.text():
            self._before.append(self.text())
        self.changed.emit()

    def _caret_after(self, digits: int) -> int:
        """Where the caret stands behind so many digits."""
        seen = 0
        for place, character in enumerate(self.text()):
            if seen == digits:
                return place
            seen += character.isdigit()
        return len(self.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Grouping empties Qt's own undo, so Ctrl+Z is ours here. A separator is never deleted alone."""
        if event.keyCombination().toCombined() == int(Qt.Modifier.CTRL.value) | int(Qt.Key.Key_Z.value):
            self._undo()
            return
        caret = self.cursorPosition()
        behind = self.text()[caret - 1 : caret] == self._separator
        if event.key() == Qt.Key.Key_Backspace and behind and not self.hasSelectedText():
            self.setCursorPosition(caret - 1)
        super().keyPressEvent(event)

    def _undo(self) -> None:
        if self._before:
            self._before.pop()
        self.setText(self._before[-1] if self._before else "")
        self.changed.emit()

    def count_problem(self) -> str:
        """Too few or too many digits, or something that is no digit."""
        if not self.is_clean():
            return self.tr("Hanya angka yang dipakai di sini. Hapus huruf atau tanda lainnya.")
        typed, total = len(self.digits()), self.total()
        if not typed or typed == total:
            return ""
        word = self.tr("Kurang") if typed < total else self.tr("Lebih")
        return self.tr("{0} {1} angka: {2} dari {3}").format(word, abs(total - typed), typed, total)


class NumberLine(GroupedLine):
    """NIK or KK, grouped 6 6 4; may be pasted with or without blanks, dots or dashes."""

    loose = " .-\t"

    def __init__(self, groups: Sequence[int] = (6, 6, 4), placeholder: str = "", *, height: int = 36) -> None:
        super().__init__(groups, " ", placeholder, height=height)

    def value(self) -> str:
        """Digits alone; if something else was typed, the text as it stands, so that it is not lost in a draft."""
        return self.digits() if self.is_clean() else self.text().strip()

    def set_value(self, value: str | None) -> None:
        """Digits, or a text kept from a draft."""
        if all(c in "0123456789" for c in value or ""):
            self.set_digits(value or "")
        else:
            self.setText(value or "")

    def problem(self) -> str:
        """A wrong count of digits."""
        return self.count_problem()


class DateLine(GroupedLine):
    """A date typed as eight digits. A date that does not exist stays as typed, with the problem named."""

    loose = "-/. "

    def __init__(self, *, height: int = 36) -> None:
        super().__init__((2, 2, 4), "-", "", height=height)
        self.setPlaceholderText(self.tr("hh-bb-tttt"))

    def value(self) -> date | None:  # type: ignore[override]  # a date line holds a date, not a text
        """The date, None while it is none."""
        digits = self.digits()
        if not self.is_clean() or len(digits) != self.total():
            return None
        try:
            return date(int(digits[4:]), int(digits[2:4]), int(digits[:2]))
        except ValueError:
            return None

    def set_value(self, value: date | str | None) -> None:
        """A date, or a text kept from a draft."""
        self.setText(value.strftime("%d-%m-%Y") if isinstance(value, date) else value or "")

    def problem(self) -> str:
        """A wrong count of digits, or a day that no calendar has."""
        if not self.is_clean():
            return self.tr("Tulis tanggal sebagai 8 angka, contoh 12-05-2026")
        wrong = self.count_problem()
        if wrong or not self.digits() or self.value() is not None:
            return wrong
        return self.tr("Tanggal {0} tidak ada di kalender. Urutannya hari-bulan-tahun").format(self.text())


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

    def value(self) -> Any:  # noqa: ANN401 - the caller put the values in
        """The chosen value, None if nothing is chosen."""
        return self.currentData() if self.currentIndex() >= 0 else None

    def set_value(self, value: Any) -> None:  # noqa: ANN401 - as above
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

    def __init__(self, placeholder: str = "", *, limit: int = 280, height: int = 84, parent: QWidget | None = None) -> None:
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
