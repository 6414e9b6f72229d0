"""The left panel of the counter: the ticket in front of me with its keys, who is next, held, or did not come."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from app.ui.pages.loket_data import CounterView
from app.ui.pages.loket_front import Front, NewTicket
from app.ui.pages.loket_lists import Lists
from app.ui.pages.loket_paper import PaperLine
from app.ui.parts.buttons import Button
from app.ui.parts.layout import Card, box, column, line, scrolled
from app.ui.parts.text import Txt
from app.ui.theme import px

WIDE = 334
INSET = 6
"""Lines of the lists are lit to the left and right of their words."""


def wider(width: int, share: float) -> int:
    """A side column at the present text size: it takes a share of the growth, the middle needs the rest."""
    return width + round((px(width) - width) * share)


class QueuePanel(Card):
    """All of it. The panel only shows and asks: what happens is the page's."""

    def __init__(self, place: str) -> None:
        super().__init__()
        self.setFixedWidth(wider(WIDE, 0.75))
        self.front, self.ticket, self.lists, self.papers = Front(place), NewTicket(), Lists(), PaperLine()
        self.begin = Button(self.tr("Mulai layani"), "play", "primary", "F4", height=48, wide=True, left=True)
        self.recall = self._key(self.tr("Ulang"), "megaphone-simple", "F3")
        self.hold = self._key(self.tr("Tahan"), "pause", "F6")
        self.move_on = self._key(self.tr("Alihkan"), "arrow-bend-up-right", "F7")
        self.away = self._key(self.tr("Tak hadir"), "user-minus", "F8")
        self.finish = self._key(self.tr("Selesai"), "check", "F9")
        self.call = Button(self.tr("Panggil berikut"), "phone-call", "primary", "F2", height=44, wide=True, left=True)
        self.lost = Txt("", "small", "warn", wrap=True)
        self.lost.hide()
        self.seat = Button(self.tr("Pilih loket untuk hari ini"), "map-pin", "primary", height=40, wide=True)
        self.seat.hide()
        self._keys = box(self._block())
        top = column(self.front, self._keys, self.ticket, 4, line(), gap=12, margins=(INSET, 0, INSET, 0))
        foot = column(self.lost, self.seat, self.call, gap=6, margins=(INSET, 0, INSET, 0))
        edge = 16 - INSET
        lists = scrolled(self._lists())
        self.setLayout(column(top, self.papers, (lists, 1), foot, gap=6, margins=(edge, 14, edge, 14)))

    def _block(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(8)
        grid.addWidget(self.begin, 0, 0, 1, 2)
        for number, key in enumerate((self.recall, self.hold, self.move_on, self.away), 2):
            grid.addWidget(key, number // 2, number % 2)
        grid.addWidget(self.finish, 3, 0, 1, 2)
        return grid

    def _key(self, text: str, icon: str, key: str) -> Button:
        return Button(text, icon, "secondary", key, height=40, wide=True, left=True)

    def _lists(self) -> QWidget:
        return box(column(self.lists, "s", gap=0))

    def changeEvent(self, event: QEvent) -> None:
        """Grow with the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.setFixedWidth(wider(WIDE, 0.75))

    def keys(self) -> tuple[Button, ...]:
        """Every key of the queue, in the order of their numbers."""
        return (self.call, self.recall, self.begin, self.hold, self.move_on, self.away, self.finish)

    def lock(self, why: str, *, homeless: bool = False) -> None:
        """Nothing can be called for now, and why; empty when it can again. `homeless`: until a counter is chosen."""
        self.seat.setVisible(homeless)
        self.call.setVisible(not homeless)
        self.lost.setText(why)
        self.lost.setVisible(bool(why))
        for key in self.keys():
            key.setEnabled(not why)
        for part in (self.lists, self.papers):
            part.setEnabled(not why)

    def show_view(self, view: CounterView, *, work: bool) -> None:
        """Another truth; `work` where the file in front is what is worked on, though nobody sits here."""
        self.front.show_view(view, file=work and view.ticket is None)
        called, serving = view.called is not None, view.serving is not None
        self._keys.setVisible(called or serving)
        self.begin.setVisible(called)
        self.recall.setEnabled(called)
        self.away.setEnabled(called)
        free = view.ticket is None
        self.call.setEnabled(free and view.counter.board.waiting > 0)
        self.call.set_kind("primary" if self.call.isEnabled() and not work else "soft")
        self.lists.show_view(view)
        self.papers.show_view(view)
