"""The model behind every table: rows as they came, filtered by typed letters, sorted by a head."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from app.ui import cells
from app.ui.cells import CELL, TINT, Cell

T = TypeVar("T")
Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


@dataclass(frozen=True)
class Column(Generic[T]):
    """One column: its head, its cell, its width (0 stretches) and what it sorts by (None: it does not)."""

    title: str
    cell: Callable[[T], Cell | str]
    width: int = 0
    align: str = "left"
    sort: Callable[[T], Any] | None = None


class RowsModel(QAbstractTableModel, Generic[T]):
    """Rows as they came, as they are filtered by typed letters, and as they are sorted by a head."""

    def __init__(self, columns: Sequence[Column[T]], tint: Callable[[T], str | None] | None) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self.given: list[T] = []
        self.shown: list[T] = []
        self.filter = ""
        self.order: tuple[int, bool] | None = None
        self._tint = tint

    def set_rows(self, rows: Sequence[T]) -> None:
        """Replace all rows."""
        self.beginResetModel()
        self.given = list(rows)
        self._arrange()
        self.endResetModel()

    def rearrange(self, *, filter_by: str, order: tuple[int, bool] | None) -> None:
        """Filter by letters, sort by a column (number, descending); None is the order the rows came in."""
        self.beginResetModel()
        self.filter, self.order = filter_by, order
        self._arrange()
        self.endResetModel()

    def _arrange(self) -> None:
        wanted = self.filter.casefold()
        self.shown = [row for row in self.given if wanted in self._words(row)]
        if self.order is not None and (by := self.columns[self.order[0]].sort) is not None:
            self.shown.sort(key=by, reverse=self.order[1])

    def _words(self, row: T) -> str:
        return " ".join(self.cell(row, column).says for column in range(len(self.columns))).casefold()

    def cell(self, row: T, column: int) -> Cell:
        """The cell of a row."""
        made = self.columns[column].cell(row)
        return cells.text(made) if isinstance(made, str) else made

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Rows in sight."""
        return 0 if parent.isValid() else len(self.shown)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """All columns."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The cell for the delegate; its words for screen readers and tool tips."""
        if not index.isValid() or index.row() >= len(self.shown):
            return None
        row = self.shown[index.row()]
        if role == CELL:
            return self.cell(row, index.column())
        if role == TINT:
            return self._tint(row) if self._tint is not None else None
        words = {Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.DisplayRole}
        return self.cell(row, index.column()).says if role in words else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Heads, with an arrow on the one that sorts."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            arrow = ("  ↓" if self.order[1] else "  ↑") if self.order and self.order[0] == section else ""
            return column.title + arrow
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.align == "right" else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None
