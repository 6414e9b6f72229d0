"""The tab of the control card: the life line, the rows of the desks, and the clocks beside them."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from app.services.journey import Journey
from app.ui.pages.berkas_clocks import aside, desk_names
from app.ui.pages.berkas_turns import TurnRow, heads
from app.ui.parts.layout import Card, box, column, row, scrolled
from app.ui.parts.lifeline import Legend, LifeLine
from app.ui.parts.text import Txt
from app.ui.theme import px

SIDE, WIDE_SIDE, WIDE_FROM = 336, 420, 1500


class CardTab(QWidget):
    """Where the file is, and where its time went."""

    def __init__(self) -> None:
        super().__init__()
        self.life = LifeLine()
        self.turns: list[TurnRow] = []
        self._state: object = None
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self._area = scrolled(column(self._rows, "s", gap=0))
        self._side: QScrollArea | None = None
        self._follow = True
        bar = self._area.verticalScrollBar()
        bar.rangeChanged.connect(lambda _low, _high: self._to_last())
        bar.actionTriggered.connect(lambda _action: self._let_go())
        legend = row(Legend(), "s", Txt(self.tr("skala: jam kantor"), "small", "ink3"))
        top = box(column(legend, self.life, gap=8, margins=(16, 12, 16, 10)))
        main = Card(column(top, heads(), (self._area, 1), gap=0, margins=(1, 1, 1, 6)))
        self._place = row((main, 1), gap=14, margins=(16, 12, 16, 12))
        self.setLayout(self._place)

    def show_way(self, way: Journey, labels: Mapping[str, str]) -> None:
        """Show a file's way; rows are rebuilt only where a minute or a line was added."""
        self.life.show_life(way.life, way.spans, desk_names())
        state = (way.file.id, way.file.n, way.now.replace(second=0, microsecond=0), bool(labels))
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
        self._show_side(aside(way))
        self._follow = True

    def _show_side(self, content: QWidget) -> None:
        if self._side is not None:
            self._place.removeWidget(self._side)
            self._side.hide()
            self._side.deleteLater()
        self._side = scrolled(content)
        self._side.setFrameShape(QFrame.Shape.NoFrame)
        self._place.addWidget(self._side)
        self._fit()

    def _to_last(self) -> None:
        """Where the rows do not all fit, the newest is in sight (ui.md 2.3), until somebody scrolls himself."""
        if self._follow:
            bar = self._area.verticalScrollBar()
            bar.setValue(bar.maximum())

    def _let_go(self) -> None:
        self._follow = False

    def _fit(self) -> None:
        if self._side is not None:
            self._side.setFixedWidth(px(WIDE_SIDE if self.width() >= WIDE_FROM else SIDE))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The right column grows on wide screens."""
        super().resizeEvent(event)
        self._fit()
