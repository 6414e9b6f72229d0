"""Digits in groups: NIK and KK as 6 6 4, dates as two, two and four."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from app.ui.parts.inputs import Line


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
