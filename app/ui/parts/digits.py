"""A question that one digit answers: a small list over its button, each line with the key that chooses it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import shiboken6
from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QFrame, QWidget

from app.ui.parts.badges import KeyCap
from app.ui.parts.inputs import Line
from app.ui.parts.layout import column, row
from app.ui.parts.text import Elide, Txt
from app.ui.theme import px

WIDE = 350
OWN = "0"
LEAST = 3


@dataclass(frozen=True)
class Answer:
    """One answer: its value, what it says, and a second, quieter word."""

    value: Any
    label: str
    more: str = ""


class _Line(QFrame):
    """One answer with its key; under the mouse or the arrow keys it is lit."""

    def __init__(self, question: Digits, key: str, answer: Answer, place: int) -> None:
        super().__init__()
        self._question, self._place, self.answer, self.key = question, place, answer, key
        label = Elide(answer.label, "bodym", "ink")
        more = Txt(answer.more, "small", "ink3") if answer.more else None
        self.setLayout(row(KeyCap(key), (label, 1), more, gap=10, margins=(8, 6, 10, 6)))
        self.setAccessibleName(f"{key}. {answer.label}")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setMouseTracking(True)
        self.light(on=False)

    def light(self, *, on: bool) -> None:
        """The one that Enter would choose."""
        self.setObjectName("soft" if on else "plain")
        self.style().unpolish(self)
        self.style().polish(self)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The mouse chooses as the arrow keys do."""
        self._question.walk_to(self._place)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click answers."""
        self._question.answer_with(self._place)


class Digits(QFrame):
    """1 to 9 answer, arrow keys and Enter too; Esc, a click elsewhere or another focus goes away.

    With `own` the digit 0 leads to a line of one's own. It lies in the window itself, so that nothing else loses its
    place, and gives the focus back.
    """

    answered = Signal(object)
    """The value of the answer."""
    wrote = Signal(str)
    """What was written under 0."""

    def __init__(
        self, over: QWidget, title: str, answers: Sequence[Answer], *, own: str = "", ask: str = "", least: int = LEAST
    ) -> None:
        super().__init__(over.window())
        self.setObjectName("overlay")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(title)
        given = [*((str(i), a) for i, a in enumerate(answers, 1)), *([(OWN, Answer(None, own))] if own else [])]
        self.lines = [_Line(self, key, answer, place) for place, (key, answer) in enumerate(given)]
        self._least, self._over = least, over
        self.line = Line(ask)
        self.line.enter_moves = False
        self.line.entered.connect(self._write)
        self._said = Txt("", "small", "warn", wrap=True)
        self._said.hide()
        self.line.hide()
        head = row(Txt(title, "smallb", "ink2"), margins=(8, 2, 8, 2))
        self.setLayout(column(head, *self.lines, self.line, self._said, gap=1, margins=(8, 8, 8, 8)))
        self.setFixedWidth(px(WIDE))
        self._at = 0
        self.walk_to(0)
        self.hide()

    def open(self) -> None:
        """Lie under the widget that asks, or above it where the window ends; never outside the window."""
        self._back = QApplication.focusWidget()
        self._fit()
        self.show()
        self.raise_()
        self.setFocus()
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._focus_went)
        application.installEventFilter(self)

    def _fit(self) -> None:
        self.adjustSize()
        window = self.window()
        at = self._over.mapTo(window, QPoint(0, self._over.height() + 4))
        at.setX(max(8, min(at.x(), window.width() - self.width() - 8)))
        at.setY(max(8, min(at.y(), window.height() - self.height() - 8)))
        self.move(at)

    def close_it(self) -> None:
        """Away, and the focus back to where it was."""
        if self.isHidden():
            return
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.disconnect(self._focus_went)
        application.removeEventFilter(self)
        mine = self.hasFocus() or self.line.hasFocus()
        self.hide()
        if mine and self._back is not None and shiboken6.isValid(self._back):
            self._back.setFocus()
        self.deleteLater()

    def _focus_went(self, _old: object, now: QWidget | None) -> None:
        if now is not None and now is not self and not self.isAncestorOf(now):
            self.close_it()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A click elsewhere is no answer."""
        pressed = watched if event.type() == QEvent.Type.MouseButtonPress and isinstance(watched, QWidget) else None
        if pressed is not None and pressed is not self and not self.isAncestorOf(pressed):
            self.close_it()
        return False

    def walk_to(self, place: int) -> None:
        """Light another answer."""
        self._at = place % len(self.lines)
        for line in self.lines:
            line.light(on=line is self.lines[self._at])

    def answer_with(self, place: int) -> None:
        """Choose one; 0 opens the line to write in."""
        chosen = self.lines[place]
        if chosen.key == OWN:
            self.walk_to(place)
            self.line.show()
            self._fit()
            self.line.setFocus()
            return
        self.close_it()
        self.answered.emit(chosen.answer.value)

    def _write(self) -> None:
        text = self.line.value()
        if len(text) < self._least:
            self._said.setText(self.tr("Tuliskan paling sedikit {0} huruf").format(self._least))
            self._said.show()
            self._fit()
            return
        self.close_it()
        self.wrote.emit(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits, arrow keys, Enter, Esc."""
        key = Qt.Key(event.key())
        place = next((i for i, line in enumerate(self.lines) if line.key == event.text()), None)
        if key == Qt.Key.Key_Escape:
            self.close_it()
        elif place is not None:
            self.answer_with(place)
        elif key in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self.walk_to(self._at + (1 if key == Qt.Key.Key_Down else -1))
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.answer_with(self._at)
        else:
            event.accept()
