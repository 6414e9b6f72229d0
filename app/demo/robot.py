"""A pair of hands and eyes for real windows: presses, types, waits for answers, and takes pictures."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLineEdit, QPlainTextEdit, QWidget

from app.ui.tasks import Tasks

T = TypeVar("T")
W = TypeVar("W", bound=QWidget)
PATIENCE, QUIET_ROUNDS = 30.0, 3


class Stuck(Exception):
    """What should have come did not: the demonstration stops and says where."""


def quiet(_kind: object, _where: object, text: str) -> None:
    """Qt's off-screen platform tells of every window manager it lacks; everything else is still said."""
    if not text.startswith("This plugin does not support"):
        print(f"Qt: {text}", file=sys.stderr)


class Robot:
    """Drives one running program, its threads and its window. It sees what its user would."""

    def __init__(self, application: QApplication, tasks: Tasks, frame: QWidget, pictures: Path) -> None:
        self.app, self.tasks, self.frame, self.pictures = application, tasks, frame, pictures
        self._shots = 0
        pictures.mkdir(parents=True, exist_ok=True)

    # --- waiting -----------------------------------------------------------------------------------------------------

    def settle(self, seconds: float = PATIENCE) -> None:
        """Until every question to the database and every long work is answered and drawn."""
        end, quiet = time.monotonic() + seconds, 0
        while quiet < QUIET_ROUNDS:
            self.app.processEvents()
            self.app.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
            quiet = quiet + 1 if self.tasks.idle() else 0
            if time.monotonic() > end:
                raise Stuck("pekerjaan di belakang jendela tidak selesai")
            time.sleep(0.004)

    def until(self, what: str, ready: Callable[[], T | None], seconds: float = PATIENCE) -> T:
        """The first true answer of `ready`, looked for while the windows live on."""
        end = time.monotonic() + seconds
        while True:
            self.app.processEvents()
            found = ready()
            if found:
                return found
            if time.monotonic() > end:
                self.shot("macet")
                raise Stuck(f"tidak muncul: {what}")
            time.sleep(0.004)

    def rest(self, seconds: float) -> None:
        """Let the windows live for a while, as somebody who reads does."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.app.processEvents()
            time.sleep(0.004)

    # --- seeing ------------------------------------------------------------------------------------------------------

    def windows(self) -> Iterator[QWidget]:
        """Visible top windows, dialogs first: what is in front answers first."""
        tops = [w for w in QApplication.topLevelWidgets() if w.isVisible()]
        yield from sorted(tops, key=lambda w: not isinstance(w, QDialog))

    def all_of(self, kind: type[W]) -> list[W]:
        """Visible widgets of a kind, those of dialogs first."""
        return [
            w
            for top in self.windows()
            for w in [*([top] if isinstance(top, kind) else []), *top.findChildren(kind)]
            if w.isVisible()
        ]

    def the(self, kind: type[W]) -> W:
        """The first visible widget of that kind."""
        return self.until(kind.__name__, lambda: next(iter(self.all_of(kind)), None))

    def find_button(self, text: str) -> QAbstractButton | None:
        """A visible, enabled button whose words begin with `text`."""
        for button in self.all_of(QAbstractButton):
            if (button.text() or button.accessibleName()).startswith(text) and button.isEnabled():
                return button
        return None

    # --- acting ------------------------------------------------------------------------------------------------------

    def press(self, text: str) -> None:
        """Click the button with these words, as soon as it can be clicked, and wait for the answer."""
        self.settle()
        button = self.until(f"tombol {text}", lambda: self.find_button(text))
        self.click(button)

    def press_named(self, name: str) -> None:
        """The same for a button whose words say less than its name."""
        self.settle()

        def there() -> QAbstractButton | None:
            buttons = (b for b in self.all_of(QAbstractButton) if b.accessibleName() == name and b.isEnabled())
            return next(buttons, None)

        found = self.until(f"tombol {name}", there)
        self.click(found)

    def click(self, widget: QWidget) -> None:
        """One click in the middle."""
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=widget.rect().center())
        self.settle()

    def key(
        self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier, where: QWidget | None = None
    ) -> None:
        """One key, to the widget that has the focus."""
        QTest.keyClick(where or self.app.focusWidget() or self.frame, key, modifier)
        self.settle()

    def type(self, widget: QWidget, text: str) -> None:
        """Focus, empty, and type letter by letter."""
        widget.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(widget, QLineEdit | QPlainTextEdit):
            widget.selectAll()
        QTest.keyClicks(widget, text)
        self.app.processEvents()

    # --- pictures ----------------------------------------------------------------------------------------------------

    def shot(self, name: str, *, numbered: bool = True) -> Path:
        """A picture of the window with whatever dialog stands over it, numbered in order."""
        self.app.processEvents()
        frame = self.frame
        picture: QPixmap = frame.grab()
        dialogs = [d for d in QApplication.topLevelWidgets() if isinstance(d, QDialog) and d.isVisible()]
        if dialogs:
            painter = QPainter(picture)
            painter.fillRect(picture.rect(), QColor(11, 31, 58, 90))
            for dialog in dialogs:
                at = frame.mapFromGlobal(dialog.mapToGlobal(QPoint(0, 0)))
                if not frame.rect().contains(at):
                    at = QPoint((frame.width() - dialog.width()) // 2, (frame.height() - dialog.height()) // 2)
                painter.drawPixmap(at, dialog.grab())
            painter.end()
        path = self.place(name) if numbered else self.pictures / f"{name}.png"
        picture.save(str(path))
        return path

    def place(self, name: str) -> Path:
        """Where the next picture of the story goes, whoever takes it."""
        self._shots += 1
        return self.pictures / f"{self._shots:02d}-{name}.png"
