"""Who stands before the counter: nobody, a called number, the visitor being served; and the number just given."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QWidget

from app.services.queue import QueueTicket
from app.ui.pages.loket_data import CounterView, FileView, tone_of
from app.ui.parts.badges import Badge, Lamp
from app.ui.parts.bars import Bar
from app.ui.parts.buttons import Button
from app.ui.parts.layout import Card, box, column, row
from app.ui.parts.spans import minutes, running
from app.ui.parts.text import Elide, Txt

COMING = timedelta(seconds=60)
RIGHT = Qt.AlignmentFlag.AlignRight
tr = partial(QCoreApplication.translate, "Front")


class Front(QWidget):
    """State, number, class and wait, and a timer that runs: on the way against a minute, served against the norm."""

    def __init__(self, place: str) -> None:
        super().__init__()
        self._view: CounterView | None = None
        self._file: FileView | None = None
        self.badge, self.number, self.free = Badge("", "mute"), Txt("", "ticket"), Txt("", "h1")
        self.timer, self.says, self.bar = Txt("", "timer"), Txt("", "small", "ink3"), Bar(0, "info", thick=8)
        self.kind, self.wait = Txt("", "smallb", "ink2", align=RIGHT), Txt("", "small", "ink3", align=RIGHT)
        self.service = Elide("", "small", "ink3")
        self.place = Txt(place, "smallm", "ink2")
        head = row(self.badge, "s", self.place)
        number = row(self.number, self.free, "s", column("s", self.kind, self.wait, "s", gap=12))
        self._clock = box(column(row(self.timer, "s", self.says), self.bar, gap=8))
        self.setLayout(column(head, number, self.service, self._clock, gap=4))

    def show_view(self, view: CounterView, *, file: bool) -> None:
        """Another truth; `file` where nobody sits here and an online file is being worked on."""
        self._view, self._file = view, view.current if file else None
        ticket = view.ticket
        if ticket is not None:
            self._show_ticket(view, ticket)
        elif self._file is not None:
            self.badge.set(self.tr("Sedang dikerjakan"), "info")
            self._say(self.tr("Daring"), "", self._file.head.source)
        else:
            following = view.counter.board.following
            self.badge.set(self.tr("Bebas"), "ok")
            coming = self.tr("Berikutnya {0}").format(following[0].label) if following else self.tr("Antrean kosong")
            self._say("", "", "", coming)
        self._clock.setVisible(ticket is not None or self._file is not None)
        self.tick(view.read_at)

    def _show_ticket(self, view: CounterView, ticket: QueueTicket) -> None:
        called = view.called is not None
        self.badge.set(self.tr("Dipanggil") if called else self.tr("Sedang dilayani"), "warn" if called else "info")
        waited = (ticket.called_at or view.read_at) - ticket.queued_at
        service = view.service(ticket)
        first = ticket.service == next(iter(view.counter.services), "")
        self._say(ticket.label, kind_of(ticket), self.tr("tunggu {0}").format(minutes(waited)))
        self.service.set_text(service.label if not first or ticket.priority else "")
        self.service.setVisible(bool(self.service.text()))

    def _say(self, number: str, kind: str, wait: str, free: str = "") -> None:
        for label, text in ((self.number, number), (self.free, free), (self.kind, kind), (self.wait, wait)):
            label.setText(text)
            label.setVisible(bool(text))
        self.service.hide()

    def tick(self, now: datetime) -> None:
        """The running timer."""
        if self._view is None:
            return
        if self._view.ticket is not None:
            self._tick_ticket(self._view, self._view.ticket, now)
        elif self._file is not None:
            self._tick_served(self._file.served + (now - self._view.read_at), self._file.norm)

    def _tick_ticket(self, view: CounterView, ticket: QueueTicket, now: datetime) -> None:
        span = view.span(ticket, now)
        if view.called is not None:
            self.timer.setText(running(span))
            self.timer.set_tone("ink")
            self.bar.show()
            self.bar.set(span / COMING, "warn")
            self.says.setText(self.tr("menuju loket") if span < COMING else self.tr("belum datang? Ulang F3"))
        else:
            self._tick_served(span, view.norm if view.service(ticket).registers else None)

    def _tick_served(self, span: timedelta, norm: timedelta | None) -> None:
        share = span / norm if norm else 0.0
        late = tone_of(share)
        self.timer.setText(running(span))
        self.timer.set_tone(late if share >= 1 else "ink")
        self.bar.setVisible(norm is not None)
        self.bar.set(share, late if share >= 1 else "info")
        self.says.setText(self.tr("norma di loket {0}").format(running(norm)) if norm else self.tr("tanpa norma"))


def kind_of(ticket: QueueTicket) -> str:
    """The class of a ticket in a word."""
    if ticket.priority:
        return tr("Prioritas")
    return tr("Cek-in daring") if ticket.booked else tr("Umum")


class NewTicket(Card):
    """The number that was just given, large, with the truth about its paper."""

    def __init__(self) -> None:
        super().__init__(sub=True)
        self.label, self.lamp = Txt("", "h1"), Lamp("", "mute")
        self.reason = Txt("", "small", "bad", wrap=True)
        self.shut = Button("", "x", "quiet", height=28, tip=self.tr("Tutup"))
        self.shut.clicked.connect(self.hide)
        head = row(Txt(self.tr("Tiket baru"), "smallb", "ink2"), "s", self.shut, gap=4)
        self.setLayout(column(head, row(self.label, "s", self.lamp), self.reason, gap=2, margins=(12, 4, 6, 10)))
        self.hide()

    def tell(self, label: str, *, printed: bool, reason: str) -> None:
        """Printed only if the printer said so; otherwise the number is to be said aloud."""
        self.label.setText(label)
        self.lamp.set(self.tr("Sudah tercetak") if printed else self.tr("Belum tercetak"), "ok" if printed else "bad")
        self.reason.setText("" if printed else self.tr("Sebutkan nomornya kepada pemohon. {0}").format(reason))
        self.reason.setVisible(not printed)
        self.show()
