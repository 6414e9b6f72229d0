"""The lists of the counter's panel: who comes next by the office's rule, who is held and why, who did not come."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.services.queue import QueueTicket
from app.ui.pages.loket_data import CounterView
from app.ui.parts.badges import Badge
from app.ui.parts.buttons import Button
from app.ui.parts.layout import box, line, row
from app.ui.parts.refill import emptied
from app.ui.parts.spans import minutes
from app.ui.parts.text import Elide, Txt

tr = partial(QCoreApplication.translate, "QueueLists")
INSET = 6


class Waits(QFrame):
    """Somebody who waits. A click or Enter asks to call him out of turn."""

    picked = Signal(object, object)
    """The ticket and this widget, over which the question opens."""

    def __init__(self, ticket: QueueTicket, wait: timedelta, *, late: bool) -> None:
        super().__init__()
        self.ticket = ticket
        side = Txt(minutes(wait), "smallb" if late else "small", "warn" if late else "ink2")
        badge = Badge(tr("Prioritas"), "info", shape=False, small=True) if ticket.priority else None
        booked = Txt(tr("cek-in daring"), "small", "ink3") if ticket.booked else None
        self.setLayout(row(Txt(ticket.label, "bodyb"), badge, "s", booked, side, margins=(INSET, 6, INSET, 6)))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(
            tr("{0}, menunggu {1}. Enter memanggil di luar giliran").format(ticket.label, minutes(wait))
        )
        self.setToolTip(tr("Klik atau Enter: panggil di luar giliran, dengan alasan"))
        self._light(on=False)

    def _light(self, *, on: bool) -> None:
        self.setObjectName("soft" if on else "plain")
        self.style().unpolish(self)
        self.style().polish(self)

    def enterEvent(self, event: QEnterEvent) -> None:
        """What a click would pick."""
        self._light(on=True)

    def leaveEvent(self, event: QEvent) -> None:
        """Not any more."""
        self._light(on=self.hasFocus())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """What Enter would pick."""
        self._light(on=True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Not any more."""
        self._light(on=False)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Pick."""
        self.picked.emit(self.ticket, self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space pick."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.picked.emit(self.ticket, self)
        else:
            super().keyPressEvent(event)


class Lists(QWidget):
    """All three, one under the other; what is empty takes no room."""

    picked = Signal(object, object)
    called = Signal(object)
    """A held or absent ticket that is wanted now."""
    queued = Signal(object)
    """One that waits again."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: object = None
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)

    def show_view(self, view: CounterView) -> None:
        """Another truth; rows stay where nothing about them has changed, so that nobody loses his place."""
        board, now = view.counter.board, view.read_at
        ages = tuple(minutes(now - t.queued_at) for t in board.following)
        since = tuple(minutes(now - h.ticket.state_at) for h in board.held)
        shown = (board.following, board.waiting, board.held, board.absent, ages, since, view.ticket is None)
        if shown == self._shown:
            return
        self._shown = shown
        focus = next((w.ticket.id for w in self.findChildren(Waits) if w.hasFocus()), 0)
        emptied(self._rows)
        self._next(view)
        free = view.ticket is None
        if board.held:
            self._head(tr("Ditahan"), str(len(board.held)), apart=True)
            self._fill([self._held(h.ticket, h.reason, now, free=free) for h in board.held])
        if board.absent:
            self._head(tr("Tidak hadir"), str(len(board.absent)), apart=True)
            self._fill([self._absent(t, free=free) for t in board.absent])
        for row_of in self.findChildren(Waits):
            if row_of.ticket.id == focus and row_of.isVisibleTo(self):
                row_of.setFocus()

    def _next(self, view: CounterView) -> None:
        board, now = view.counter.board, view.read_at
        many = tr("{0} menunggu").format(board.waiting)
        longest = now - board.longest if board.longest else None
        late = longest is not None and longest > view.counter.limit
        side = tr("{0}, terlama {1}").format(many, minutes(longest)) if longest is not None else many
        self._head(tr("Berikutnya"), side, tone="warn" if late else "ink3")
        self._fill([self._waits(t, now, view.counter.limit) for t in board.following])
        if not board.following:
            said = Txt(tr("Antrean kosong. Nomor baru muncul di sini."), "small", "ink3", wrap=True)
            self._rows.addWidget(box(row((said, 1), margins=(INSET, 0, INSET, 4))))
        elif board.waiting > len(board.following):
            self._line()
            more = tr("dan {0} lagi").format(board.waiting - len(board.following))
            said = Txt(more, "small", "ink3", align=Qt.AlignmentFlag.AlignCenter)
            self._rows.addWidget(box(row((said, 1), margins=(0, 6, 0, 2))))

    def _head(self, title: str, side: str, *, apart: bool = False, tone: str = "ink3") -> None:
        if apart:
            self._rows.addSpacing(8)
            self._line()
        self._rows.addWidget(box(row(Txt(title, "bodyb"), "s", Txt(side, "small", tone), margins=(INSET, 8, INSET, 4))))

    def _line(self) -> None:
        self._rows.addWidget(box(row((line(), 1), margins=(INSET, 0, INSET, 0))))

    def _fill(self, rows: Sequence[QWidget]) -> None:
        for number, widget in enumerate(rows):
            if number:
                self._line()
            self._rows.addWidget(widget)

    def _waits(self, ticket: QueueTicket, now: datetime, limit: timedelta) -> QWidget:
        wait = now - ticket.queued_at
        made = Waits(ticket, wait, late=wait > limit)
        made.picked.connect(self.picked)
        return made

    def _held(self, ticket: QueueTicket, reason: str, now: datetime, *, free: bool) -> QWidget:
        since = Txt(minutes(now - ticket.state_at), "small", "ink2")
        said = Elide(reason, "small", "ink3")
        act = self._again(ticket) if free else self._back(ticket)
        return box(row(Txt(ticket.label, "bodyb"), (said, 1), since, act, margins=(INSET, 4, INSET, 4)))

    def _absent(self, ticket: QueueTicket, *, free: bool) -> QWidget:
        again = self._again(ticket) if free else None
        return box(row(Txt(ticket.label, "bodyb"), "s", self._back(ticket), again, margins=(INSET, 4, INSET, 4)))

    def _back(self, ticket: QueueTicket) -> Button:
        back = Button(tr("Antre lagi"), "", "secondary", small=True, height=30)
        back.setAccessibleName(tr("{0} antre lagi").format(ticket.label))
        back.clicked.connect(lambda: self.queued.emit(ticket))
        return back

    def _again(self, ticket: QueueTicket) -> Button:
        again = Button(tr("Panggil"), "", "secondary", small=True, height=30)
        again.setAccessibleName(tr("Panggil {0}").format(ticket.label))
        again.clicked.connect(lambda: self.called.emit(ticket))
        return again
