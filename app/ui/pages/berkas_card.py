"""The tab of the control card: the life line, the rows of the desks, and the clocks beside them."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from app.services.journey import Journey
from app.ui.pages.berkas_clocks import aside, desk_names
from app.ui.pages.berkas_turns import TurnRow, heads
from app.ui.parts.layout import Card, box, column, row, scrolled
from app.ui.parts.lifeline import Legend, LifeLine
from app.ui.parts.text import Txt
from app.ui.theme import px, scale

SIDE, WIDE_SIDE, WIDE_FROM, NARROW = 336, 420, 1500, 1130


class CardTab(QWidget):
    """Where the file is, and where its time went.

    Where large type or a small window leaves no room for a right column, the clocks follow under the rows.
    """

    def __init__(self) -> None:
        super().__init__()
        self.life = LifeLine()
        self.turns: list[TurnRow] = []
        self._state: object = None
        self._follow = True
        self._rows = column(gap=0)
        self._below = column(gap=0, margins=(12, 12, 12, 8))
        self._area = scrolled(column(self._rows, self._below, "s", gap=0))
        bar = self._area.verticalScrollBar()
        bar.rangeChanged.connect(lambda _low, _high: self._to_last())
        bar.actionTriggered.connect(lambda _action: self._let_go())
        self._side = QWidget()
        self._placed: tuple[QWidget, bool] | None = None
        self._beside = scrolled(self._side)
        legend = row(Legend(), "s", Txt(self.tr("skala: jam kantor"), "small", "ink3"))
        top = box(column(legend, self.life, gap=8, margins=(16, 12, 16, 10)))
        main = Card(column(top, heads(), (self._area, 1), gap=0, margins=(1, 1, 1, 6)))
        self.setLayout(row((main, 1), self._beside, gap=14, margins=(16, 12, 16, 12)))

    def show_way(self, way: Journey, labels: Mapping[str, str]) -> None:
        """Show a file's way; rows are rebuilt only where a minute, a line, or the text size changed."""
        self.life.show_life(way.life, way.spans, desk_names())
        state = (way.file.id, way.file.n, way.now.replace(second=0, microsecond=0), bool(labels), scale())
        if state == self._state:
            return
        self._state = state
        for old in self.turns:
            self._rows.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.turns = [TurnRow(t, way.file, way.now, labels, first=i == 0) for i, t in enumerate(way.turns)]
        for made in self.turns:
            self._rows.addWidget(made)
        self._take_side()
        self._side.hide()
        self._side.deleteLater()
        self._side = aside(way)
        self._follow = True
        self._fit()

    def _to_last(self) -> None:
        """Where the rows do not all fit, the newest is in sight (ui.md 2.3), until somebody scrolls himself."""
        if self._follow and self.turns:
            self._area.ensureWidgetVisible(self.turns[-1], 0, 8)

    def _let_go(self) -> None:
        self._follow = False

    def _fit(self) -> None:
        """Put the clocks beside the rows or under them."""
        narrow = self.width() < px(NARROW)
        self._beside.setFixedWidth(px(WIDE_SIDE if self.width() >= WIDE_FROM else SIDE))
        self._beside.setVisible(not narrow)
        if (self._side, narrow) == self._placed:
            return
        self._take_side()
        if narrow:
            self._below.addWidget(self._side)
        else:
            self._beside.setWidget(self._side)
        self._placed = (self._side, narrow)
        self._side.show()

    def _take_side(self) -> None:
        """Take the clocks from where they are, so that they can be put elsewhere or thrown away."""
        if self._beside.widget() is not None:
            self._beside.takeWidget()
        self._below.removeWidget(self._side)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The right column grows on wide screens and gives way on narrow ones."""
        super().resizeEvent(event)
        self._fit()
