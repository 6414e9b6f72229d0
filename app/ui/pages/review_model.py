"""The model of the list of values: headings of sections between the values, and what a screen reader says of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from app.services.fields import ValueRow
from app.ui.pages.review_marks import RIGHT, Marks

ENTRY = Qt.ItemDataRole.UserRole
NOWHERE = QModelIndex()
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Heading:
    """The head of a section, and how many of its values are right."""

    title: str
    count: str


Entry = ValueRow | Heading


class ValuesModel(QAbstractListModel):
    """Headings and values as they are shown; headings cannot be chosen."""

    def __init__(self, marks: Marks) -> None:
        super().__init__()
        self.marks = marks
        self.entries: list[Entry] = []

    def set_rows(self, rows: Sequence[ValueRow]) -> None:
        """Show these values under the heads of their sections."""
        self.beginResetModel()
        self.entries = []
        for row in rows:
            if not self.entries or row.section != self._section():
                self.entries.append(Heading(row.section, self._count(row.section, rows)))
            self.entries.append(row)
        self.endResetModel()

    def _section(self) -> str:
        last = self.entries[-1]
        return last.section if isinstance(last, ValueRow) else last.title

    def _count(self, section: str, rows: Sequence[ValueRow]) -> str:
        mine = [r.path for r in rows if r.section == section]
        right = sum((m := self.marks.of(p)) is not None and m.verdict == RIGHT for p in mine)
        return self.tr("{0} dari {1}").format(right, len(mine))

    def touched(self) -> None:
        """Marks moved: heads count anew, everything is drawn again."""
        rows = [e for e in self.entries if isinstance(e, ValueRow)]
        for place, entry in enumerate(self.entries):
            if isinstance(entry, Heading):
                self.entries[place] = Heading(entry.title, self._count(entry.title, rows))
        if self.entries:
            self.dataChanged.emit(self.index(0), self.index(len(self.entries) - 1))

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Heads and values."""
        return 0 if parent.isValid() else len(self.entries)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Only values can be stood on."""
        if index.isValid() and isinstance(self.entries[index.row()], Heading):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The entry for the delegate; its words for screen readers."""
        if not index.isValid():
            return None
        entry = self.entries[index.row()]
        if role == ENTRY:
            return entry
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return self._says(entry)
        return None

    def _says(self, entry: Entry) -> str:
        if isinstance(entry, Heading):
            return f"{entry.title}, {entry.count}"
        mark = self.marks.of(entry.path)
        was = self.tr(", dahulu {0}").format(entry.old or self.tr("kosong")) if entry.old is not None else ""
        judged = self.tr("belum diperiksa") if mark is None else f"{mark.verdict} {mark.reason}".strip()
        return f"{entry.label}: {entry.value}{was}. {judged}"
