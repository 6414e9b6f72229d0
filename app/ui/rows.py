"""The one table of the program: lists of frozen dataclasses, worked by keyboard."""

from collections.abc import Callable, Hashable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from app.ui import cells
from app.ui.cells import Brush
from app.ui.parts.badges import Badge
from app.ui.rowmodel import Column, RowsModel
from app.ui.theme import color, px

__all__ = ["Column", "Rows"]

T = TypeVar("T")


class Rows(QTableView, Generic[T]):
    """The table. Enter opens, Space peeks, letters filter, a head sorts; a refresh keeps the row one stands on.

    With `ticks` a first column of boxes is added: Enter ticks, Ctrl+A ticks all in sight, a double click opens.
    """

    opened = Signal(object)
    peeked = Signal(object)
    picked = Signal(object)
    ticks_changed = Signal()

    def __init__(
        self,
        columns: Sequence[Column[T]],
        key: Callable[[T], Hashable],
        *,
        height: int = 58,
        ticks: bool = False,
        tint: Callable[[T], str | None] | None = None,
        name: str = "",
    ) -> None:
        super().__init__()
        self._key, self._height, self._ticks = key, height, ticks
        self._ticked: set[Hashable] = set()
        boxes: list[Column[T]] = [Column("", lambda row: cells.check(key(row) in self._ticked), 44)] if ticks else []
        self._model: RowsModel[T] = RowsModel([*boxes, *columns], tint)
        self._empty: QWidget | None = None
        self._loading = False
        self._filter_badge = Badge("", "info", shape=False)
        self._filter_badge.setParent(self)
        self._last: Hashable = None
        self.setAccessibleName(name)
        self.setModel(self._model)
        self._look()
        self.doubleClicked.connect(self._open_current)
        self.selectionModel().currentRowChanged.connect(self._moved)

    def _look(self) -> None:
        self.setItemDelegate(Brush(self, self._height))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionsClickable(True)
        head.sectionClicked.connect(self.sort_by)
        self._measure()

    def _measure(self) -> None:
        self.verticalHeader().setDefaultSectionSize(px(self._height))
        head = self.horizontalHeader()
        head.setFixedHeight(px(36))
        for number, column in enumerate(self._model.columns):
            stretches = column.width == 0
            head.setSectionResizeMode(
                number, QHeaderView.ResizeMode.Stretch if stretches else QHeaderView.ResizeMode.Fixed
            )
            if not stretches:
                self.setColumnWidth(number, px(column.width))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_filter_badge"):
            self._measure()

    def set_rows(self, rows: Sequence[T]) -> None:
        """Show other rows; the place, the scroll and the ticks are kept by key."""
        here, scroll = self._current_key(), self.verticalScrollBar().value()
        self._ticked &= {self._key(row) for row in rows}
        self._loading = False
        self._model.set_rows(rows)
        self._restore(here, scroll)

    def rows(self) -> list[T]:
        """The rows in sight, in the order they are shown."""
        return list(self._model.shown)

    def current(self) -> T | None:
        """The row one stands on."""
        index = self.currentIndex()
        return self._model.shown[index.row()] if index.isValid() and index.row() < len(self._model.shown) else None

    def select(self, key: Hashable) -> bool:
        """Stand on the row with this key; False if it is not in sight."""
        for number, row in enumerate(self._model.shown):
            if self._key(row) == key:
                self._stand_on(number)
                return True
        return False

    def ticked(self) -> list[T]:
        """The ticked rows, also those a filter hides."""
        return [row for row in self._model.given if self._key(row) in self._ticked]

    def tick_all(self, on: bool) -> None:
        """Tick or clear every row in sight."""
        keys = {self._key(row) for row in self._model.shown}
        self._ticked = self._ticked | keys if on else self._ticked - keys
        self._ticks_moved()

    def set_empty(self, widget: QWidget) -> None:
        """What stands in the table while it has no rows."""
        self._empty = widget
        widget.setParent(self)
        self._place()

    def set_loading(self, on: bool) -> None:
        """Grey rows in the form of the content, only while there is nothing older to show."""
        self._loading = on
        self._place()

    def sort_by(self, column: int) -> None:
        """Up, then down, then the order the rows came in."""
        if self._model.columns[column].sort is None:
            return
        now = self._model.order
        nxt = (column, False) if now is None or now[0] != column else (column, True) if not now[1] else None
        self._rearrange(self._model.filter, nxt)

    def set_filter(self, letters: str) -> None:
        """Show only rows that hold these letters; empty shows all."""
        self._rearrange(letters, self._model.order)

    def filter_text(self) -> str:
        """The letters typed so far."""
        return self._model.filter

    def _rearrange(self, letters: str, order: tuple[int, bool] | None) -> None:
        here = self._current_key()
        self._model.rearrange(filter_by=letters, order=order)
        self._restore(here, 0)
        self._filter_badge.set(self.tr("Saring: {0}   Esc hapus").format(letters) if letters else "", "info")
        self._place()

    def _current_key(self) -> Hashable:
        row = self.current()
        return self._last if row is None else self._key(row)

    def _restore(self, key: Hashable, scroll: int) -> None:
        if key is not None and self.select(key):
            self.verticalScrollBar().setValue(scroll)
        elif self._model.shown:
            self._stand_on(0)
        else:
            self._last = None
            self.picked.emit(None)
        self._place()

    def _stand_on(self, number: int) -> None:
        index = self._model.index(number, 0)
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)

    def _moved(self, index: QModelIndex, _before: QModelIndex) -> None:
        row = self.current() if index.isValid() else None
        if row is not None:
            self._last = self._key(row)
            self.picked.emit(row)

    def _open_current(self) -> None:
        row = self.current()
        if row is not None:
            self.opened.emit(row)

    def _tick_current(self) -> None:
        row = self.current()
        if row is not None:
            self._ticked ^= {self._key(row)}
            self._ticks_moved()

    def _ticks_moved(self) -> None:
        self.viewport().update()
        self.ticks_changed.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on a box ticks it."""
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        if self._ticks and index.isValid() and index.column() == 0:
            self._tick_current()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter, Space, Esc, Ctrl+A and letters; the rest moves."""
        if not self._command(event) and not self._letter(event):
            super().keyPressEvent(event)

    def _command(self, event: QKeyEvent) -> bool:
        key, held = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        plain = held == Qt.KeyboardModifier.NoModifier
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and plain:
            self._tick_current() if self._ticks else self._open_current()
        elif key == Qt.Key.Key_Space and plain and not self._model.filter:
            self.peeked.emit(self.current())
        elif key == Qt.Key.Key_Escape and self._model.filter:
            self.set_filter("")
        elif key == Qt.Key.Key_A and held == Qt.KeyboardModifier.ControlModifier and self._ticks:
            self.tick_all(len(self.ticked()) < len(self._model.shown))
        else:
            return False
        return True

    def _letter(self, event: QKeyEvent) -> bool:
        typed = event.text()
        held = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        if event.key() == Qt.Key.Key_Backspace and self._model.filter:
            self.set_filter(self._model.filter[:-1])
            return True
        if held or not typed or not typed.isprintable():
            return False
        self.set_filter(self._model.filter + typed)
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep what lies over the rows in its place."""
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        bare = not self._model.shown
        badge = self._filter_badge
        badge.resize(badge.sizeHint())
        badge.move(self.width() - badge.width() - 16, self.height() - badge.height() - 8)
        badge.setVisible(bool(self._model.filter))
        if self._empty is not None:
            self._empty.setGeometry(self.viewport().geometry())
            self._empty.setVisible(bare and not self._loading and not self._model.filter)
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Rows, or grey ones while the first answer is awaited."""
        super().paintEvent(event)
        if self._loading and not self._model.shown:
            painter = QPainter(self.viewport())
            for top in range(0, self.viewport().height(), px(self._height)):
                painter.fillRect(12, top + px(18), self.viewport().width() // 3, px(10), color("sunken"))
                painter.fillRect(12, top + px(36), self.viewport().width() // 5, px(8), color("sunken"))
            painter.end()
