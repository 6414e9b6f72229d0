"""The queue in one line over every other page of the Front Office: ticket, timer, who waits, and the same keys."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtWidgets import QWidget

from app.ui.pages.loket_data import CounterView, tone_of
from app.ui.parts.badges import Badge
from app.ui.parts.bars import Bar
from app.ui.parts.buttons import Button
from app.ui.parts.layout import row
from app.ui.parts.spans import minutes, running
from app.ui.parts.text import Txt
from app.ui.theme import px

BAR = 76


class QueueStrip(QWidget):
    """As the panel: it shows and asks."""

    def __init__(self) -> None:
        super().__init__()
        self._view: CounterView | None = None
        self.badge, self.number = Badge("", "mute", small=True), Txt("", "h2")
        self.timer, self.bar, self.waits = Txt("", "bodyb"), Bar(0, "info"), Txt("", "small", "ink2")
        self.bar.setFixedWidth(px(BAR))
        self.call = self._key(self.tr("Panggil berikut"), "F2")
        self.recall = self._key(self.tr("Ulang"), "F3")
        self.begin = self._key(self.tr("Mulai"), "F4")
        self.hold = self._key(self.tr("Tahan"), "F6")
        self.move_on = self._key(self.tr("Alihkan"), "F7")
        self.away = self._key(self.tr("Tak hadir"), "F8")
        self.finish = self._key(self.tr("Selesai"), "F9")
        state = (self.badge, self.number, self.timer, self.bar, 6, self.waits)
        self.setLayout(row(*state, "s", *self.keys(), gap=8))

    def _key(self, text: str, key: str) -> Button:
        return Button(text, "", "secondary", key, height=32, small=True)

    def keys(self) -> tuple[Button, ...]:
        """Every key of the queue, in the order of their numbers."""
        return (self.call, self.recall, self.begin, self.hold, self.move_on, self.away, self.finish)

    def lock(self, why: str) -> None:
        """Nothing can be called for now."""
        for key in self.keys():
            key.setEnabled(not why)

    def show_view(self, view: CounterView) -> None:
        """Another truth."""
        self._view = view
        ticket, board = view.ticket, view.counter.board
        called, serving = view.called is not None, view.serving is not None
        says = (self.tr("Dipanggil"), "warn") if called else (self.tr("Dilayani"), "info")
        self.badge.set(*(says if ticket else (self.tr("Bebas"), "ok")))
        self.number.setText(ticket.label if ticket else "")
        for part in (self.number, self.timer, self.bar):
            part.setVisible(ticket is not None)
        self._say_waits(view)
        for key, on in ((self.call, ticket is None), (self.recall, called), (self.begin, called), (self.away, called)):
            key.setVisible(on)
        for key in (self.hold, self.move_on, self.finish):
            key.setVisible(called or serving)
        self.call.setEnabled(board.waiting > 0)
        self.tick(view.read_at)

    def _say_waits(self, view: CounterView) -> None:
        board = view.counter.board
        if board.longest is None:
            self.waits.setText(self.tr("tidak ada yang menunggu"))
            self.waits.set_tone("ink3")
            return
        longest = view.read_at - board.longest
        self.waits.setText(self.tr("{0} menunggu, terlama {1}").format(board.waiting, minutes(longest)))
        self.waits.set_tone("warn" if longest > view.counter.limit else "ink2")

    def tick(self, now: datetime) -> None:
        """The running timer."""
        view = self._view
        if view is None or view.ticket is None:
            return
        span = view.span(view.ticket, now)
        norm = view.norm if view.serving is not None and view.service(view.ticket).registers else None
        share = span / norm if norm else 0.0
        late = tone_of(share)
        self.timer.setText(f"{running(span)} / {running(norm)}" if norm else running(span))
        self.timer.set_tone(late if share >= 1 else "ink")
        self.bar.setVisible(norm is not None)
        self.bar.set(share, late if share >= 1 else "info")
