"""The left panel of the counter: the ticket in front of me, who is next, who did not come, and the online ones."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.services.counter import CalledTicket
from app.ui.pages.loket_data import CounterView, FileView, tone_of
from app.ui.parts.badges import Badge, Lamp
from app.ui.parts.bars import Bar
from app.ui.parts.buttons import Button
from app.ui.parts.layout import Card, box, column, line, row, scrolled
from app.ui.parts.refill import emptied
from app.ui.parts.spans import minutes, running
from app.ui.parts.text import Txt
from app.ui.theme import px

WIDE = 334
COMING = timedelta(seconds=60)
LONG_WAIT = timedelta(minutes=30)


def wider(width: int, share: float) -> int:
    """A side column at the present text size: it takes a share of the growth, the middle needs the rest."""
    return width + round((px(width) - width) * share)


class Front(QWidget):
    """Who stands before the counter: nobody, a called ticket, or the applicant being served."""

    def __init__(self, place: str) -> None:
        super().__init__()
        self._called: CalledTicket | None = None
        self._file: FileView | None = None
        self._read_at: datetime | None = None
        self.badge, self.number, self.free = Badge("", "mute"), Txt("", "ticket"), Txt("", "h1")
        self.timer, self.says, self.bar = Txt("", "timer"), Txt("", "small", "ink3"), Bar(0, "info", thick=8)
        self._side = Txt("", "small", "ink3", align=Qt.AlignmentFlag.AlignRight)
        head = row(self.badge, "s", Txt(place, "small", "ink2"))
        number = row(self.number, self.free, "s", self._side)
        self._clock = box(column(row(self.timer, "s", self.says), self.bar, gap=8))
        self.setLayout(column(head, number, self._clock, gap=6))

    def show_called(self, called: CalledTicket) -> None:
        """A number was called and its visitor is on the way."""
        self._called, self._file = called, None
        self.badge.set(self.tr("Dipanggil"), "warn")
        self._number(called.ticket.label, self.tr("tunggu {0}").format(minutes(called.at - called.ticket.at)))
        self.says.setText(self.tr("menuju loket"))

    def show_file(self, view: FileView, read_at: datetime) -> None:
        """A file is open at this counter."""
        self._called, self._file, self._read_at = None, view, read_at
        self.badge.set(self.tr("Sedang dilayani"), "info")
        online = view.head.channel.value == "ONLINE"
        self._number(self.tr("Daring") if online else view.head.source, view.head.source if online else "")
        self.says.setText(self.tr("norma di loket {0}").format(running(view.norm)))

    def show_free(self, waiting: int) -> None:
        """Nobody: the next act is to call."""
        self._called = self._file = None
        self.badge.set(self.tr("Bebas"), "ok")
        text = self.tr("{0} menunggu").format(waiting) if waiting else self.tr("Antrean kosong")
        self._number("", "", text)

    def _number(self, label: str, side: str, free: str = "") -> None:
        for said, text in ((self.number, label), (self.free, free)):
            said.setText(text)
            said.setVisible(bool(text))
        self._side.setText(side)
        self._clock.setVisible(bool(label))

    def tick(self, now: datetime) -> None:
        """The running timer."""
        if self._called is not None:
            span = now - self._called.at
            self.timer.setText(running(span))
            self.bar.set(span / COMING, "warn")
        elif self._file is not None and self._read_at is not None:
            span = self._file.served + (now - self._read_at)
            share = span / self._file.norm
            late = tone_of(share)
            self.timer.setText(running(span))
            self.timer.set_tone(late if share >= 1 else "ink")
            self.bar.set(share, late if share >= 1 else "info")


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


class QueuePanel(Card):
    """All of it. The panel only shows and asks: what happens is the page's."""

    recall = Signal(int)

    def __init__(self, place: str) -> None:
        super().__init__()
        self.setFixedWidth(wider(WIDE, 0.75))
        self.front, self.ticket = Front(place), NewTicket()
        self.begin = Button(self.tr("Mulai layani"), "play", "primary", "F4", height=48, wide=True)
        self.away = Button(self.tr("Tak hadir"), "user-minus", "secondary", "F8", height=40, wide=True)
        self.call = Button(self.tr("Panggil berikut"), "phone-call", "primary", "F2", height=44, wide=True, left=True)
        self.take = Button(self.tr("Ambil tiket"), "receipt", "secondary", "Ctrl Shift N", wide=True, left=True)
        self.package = Button(self.tr("Impor"), "download-simple", "secondary", "Ctrl I", wide=True)
        self.online = Button(self.tr("Registrasi"), "globe-simple", "secondary", "Ctrl D", wide=True)
        self._waits = Txt("", "small", "ink3")
        self._lists = QVBoxLayout()
        self._lists.setSpacing(0)
        top = column(self.front, self.begin, self.away, self.ticket, gap=10)
        middle = scrolled(column(self._lists, "s", gap=0))
        online = row(Txt(self.tr("Daring"), "bodyb"), "s", self._waits)
        pinned = column(line(), online, row(self.online, self.package), self.take, self.call, gap=8)
        self.setLayout(column(top, 4, line(), (middle, 1), pinned, gap=8, margins=(16, 14, 16, 14)))

    def changeEvent(self, event: QEvent) -> None:
        """Grow with the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.setFixedWidth(wider(WIDE, 0.75))

    def show_view(self, view: CounterView) -> None:
        """Another truth from the database."""
        called, file = view.called, view.current
        if called is not None:
            self.front.show_called(called)
        elif file is not None:
            self.front.show_file(file, view.read_at)
        else:
            self.front.show_free(len(view.waiting))
        self.begin.setVisible(called is not None)
        self.away.setVisible(called is not None)
        self.call.setEnabled(called is None and bool(view.waiting))
        self.call.set_kind("soft" if file is not None or called is not None or not view.waiting else "primary")
        self._fill(view)
        self.front.tick(view.read_at)

    def _fill(self, view: CounterView) -> None:
        lists = emptied(self._lists)
        lists.addWidget(self._head(self.tr("Berikutnya"), self.tr("{0} menunggu").format(len(view.waiting))))
        self._rows([self._waiting(t.label, view.read_at - t.at) for t in view.waiting])
        if not view.waiting:
            lists.addWidget(Txt(self.tr("Antrean kosong. Tiket baru muncul di sini."), "small", "ink3", wrap=True))
        if view.absent:
            lists.addWidget(self._head(self.tr("Tidak hadir"), str(len(view.absent))))
            self._rows([self._absent(t) for t in view.absent])
        self._waits.setText(self._oldest(view))
        self.online.setEnabled(bool(view.online))

    def _oldest(self, view: CounterView) -> str:
        if not view.online:
            return self.tr("tidak ada yang menunggu")
        oldest = minutes(view.read_at - view.online[0].since)
        return self.tr("{0} menunggu, terlama {1}").format(len(view.online), oldest)

    def _head(self, title: str, side: str) -> QWidget:
        return box(row(Txt(title, "bodyb"), "s", Txt(side, "small", "ink3"), margins=(0, 10, 0, 4)))

    def _rows(self, rows: Sequence[QWidget]) -> None:
        for number, widget in enumerate(rows):
            if number:
                self._lists.addWidget(line())
            self._lists.addWidget(widget)

    def _waiting(self, label: str, wait: timedelta) -> QWidget:
        late = wait > LONG_WAIT
        side = Txt(minutes(wait), "smallb" if late else "small", "warn" if late else "ink2")
        return box(row(Txt(label, "bodyb"), "s", side, margins=(0, 6, 0, 6)))

    def _absent(self, ticket: CalledTicket) -> QWidget:
        again = Button(self.tr("Panggil"), "", "secondary", small=True, height=30)
        again.clicked.connect(lambda: self.recall.emit(ticket.ticket.id))
        return box(row(Txt(ticket.ticket.label, "bodyb"), "s", again, margins=(0, 4, 0, 4)))
