"""All keys of the page in front, laid over it: F1, or Ctrl held for a second."""

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from app.ui.parts.badges import KeyCap
from app.ui.parts.buttons import Button
from app.ui.parts.layout import column, row
from app.ui.parts.text import Txt

COLUMNS = 3


class KeySheet(QFrame):
    """Keys in columns; the page's own first, then those that work everywhere."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("overlay")
        self._own, self._all = QGridLayout(), QGridLayout()
        for grid in (self._own, self._all):
            grid.setHorizontalSpacing(28)
            grid.setVerticalSpacing(10)
        self.setLayout(
            column(
                Txt(self.tr("Tombol di halaman ini"), "h2"),
                self._own,
                10,
                Txt(self.tr("Di semua halaman"), "h2"),
                self._all,
                gap=10,
                margins=(28, 22, 28, 24),
            )
        )
        self.hide()

    def lay_over(self, host: QWidget, everywhere: Sequence[tuple[str, str]]) -> None:
        """Gather the keys of all visible buttons of `host` and show them over it."""
        own = [(b.key(), b.accessibleName()) for b in host.findChildren(Button) if b.key() and b.isVisible()]
        self._fill(self._own, list(dict.fromkeys(own)))
        self._fill(self._all, everywhere)
        self.adjustSize()
        self.move((host.width() - self.width()) // 2, max(0, (host.height() - self.height()) // 2))
        self.show()
        self.raise_()

    def keys(self) -> list[str]:
        """The keys that are shown now."""
        return [cap.accessibleName() for cap in self.findChildren(KeyCap) if not cap.isHidden()]

    @staticmethod
    def _fill(grid: QGridLayout, keys: Sequence[tuple[str, str]]) -> None:
        while (item := grid.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.setParent(None)
                old.deleteLater()
        for number, (key, says) in enumerate(keys):
            cell = QWidget()
            cell.setLayout(row(KeyCap(key), Txt(says, "small", "ink2"), "s", gap=10))
            grid.addWidget(cell, number // COLUMNS, number % COLUMNS)
