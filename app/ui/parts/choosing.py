"""What the segmented control and the tabs share: one of a few words is chosen, by mouse or by arrow keys."""

from collections.abc import Iterator

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent

from app.ui.parts import paint


class Choosing(paint.Painted):
    """One of several places is chosen. Left and Right move, Home and End jump."""

    changed = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._current = 0
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def words_of(self) -> list[str]:
        """The words to choose from, as a screen reader says them."""
        raise NotImplementedError

    def places(self) -> Iterator[QRectF]:
        """Where each of the words lies."""
        raise NotImplementedError

    def current(self) -> int:
        """Index of the chosen one, from 0."""
        return self._current

    def set_current(self, index: int) -> None:
        """Choose without telling anyone."""
        self._current = index
        self.name_it()
        self.update()

    def name_it(self) -> None:
        """Keep the accessible name true."""
        said = self.words_of()
        self.setAccessibleName(said[self._current] if 0 <= self._current < len(said) else "")

    def _choose(self, index: int) -> None:
        if index != self._current and 0 <= index < len(self.words_of()):
            self.set_current(index)
            self.changed.emit(index)

    def place_at(self, point: QPointF) -> int:
        """Index of the word under a point, -1 for none."""
        return next((i for i, place in enumerate(self.places()) if place.contains(point)), -1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose what is under the mouse."""
        self._choose(self.place_at(event.position()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys."""
        last = len(self.words_of()) - 1
        target = {
            Qt.Key.Key_Left: max(0, self._current - 1),
            Qt.Key.Key_Right: min(last, self._current + 1),
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }.get(Qt.Key(event.key()))
        if target is None:
            super().keyPressEvent(event)
        else:
            self._choose(target)
