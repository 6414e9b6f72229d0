"""The queue in figures, for heads and the administrator: waits, services, who did not come, how we guessed."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from app.services import queue_figures
from app.services.queue_figures import Figures
from app.ui.desk import Desk, Page
from app.ui.pages import antrean_cards as cards
from app.ui.pages import antrean_words as say
from app.ui.parts.layout import box, column, row, scrolled
from app.ui.parts.segmented import Segmented
from app.ui.parts.spans import clock, minutes

DAYS = (1, 7, 30)


class AntreanPage(Page):
    """Read at one go; today's picture follows what happens in the hall."""

    title = "Antrean"
    wide_search = False

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._reading = False
        self.period = Segmented([self.tr("Hari ini"), self.tr("7 hari"), self.tr("30 hari")])
        self.period.changed.connect(lambda _at: self.refresh())
        self.sentences = cards.Sentences()
        self.waiting, self.wait = cards.Figure(self.tr("Menunggu sekarang")), cards.Figure(self.tr("Tunggu, median"))
        self.way, self.guess = (
            cards.Figure(self.tr("Jalan ke loket, median")),
            cards.Figure(self.tr("Perkiraan pada tiket")),
        )
        self.services = cards.Table(
            self.tr("Lama layanan di loket"), self.tr("tanpa waktu ditahan"),
            [self.tr("Layanan"), self.tr("jumlah"), self.tr("median"), self.tr("9 dari 10"), self.tr("dalam norma")],
        )  # fmt: skip
        self.queues = cards.Table(
            self.tr("Menunggu per layanan"), "", [self.tr("Layanan"), self.tr("menunggu"), self.tr("terlama")]
        )
        self.missed = cards.Table(
            self.tr("Tidak hadir"), self.tr("menurut cara mengambil nomor"),
            [self.tr("Nomor dari"), self.tr("dipanggil"), self.tr("tidak hadir"), self.tr("bagian")],
        )  # fmt: skip
        figures = row((self.waiting, 1), (self.wait, 1), (self.way, 1), (self.guess, 1), gap=12)
        left, right = column(self.services, "s", gap=12), column(self.queues, "s", gap=12)
        rows = (self.sentences, figures, row((left, 3), (right, 2), gap=12), self.missed)
        body = box(column(*rows, "s", gap=12, margins=(16, 14, 16, 14)))
        body.setMaximumWidth(1500)
        self.setLayout(column(scrolled(body), gap=0))

    def toolbar(self) -> list[QWidget]:
        """The stretch of days."""
        return [self.period]

    def refresh(self) -> None:
        """Read again."""
        self._reading = True
        days = DAYS[self.period.current()]
        self.desk.tasks.ask(partial(queue_figures.figures, days), self._show, self._not_read, owner=self)

    def live(self) -> None:
        """Somebody was called or came: today's figures follow."""
        if not self._reading:
            self._reading = True
            days = DAYS[self.period.current()]
            ask = partial(queue_figures.figures, days)
            self.desk.tasks.ask(ask, self._show, self._not_seen, owner=self, keep=False, quiet=True)

    def _not_read(self, error: Exception) -> None:
        self._reading = False
        self.say(str(error), tone="warn")

    def _not_seen(self, _error: Exception) -> None:
        self._reading = False

    def _show(self, found: Figures) -> None:
        self._reading = False
        self.set_fact(self._fact(found))
        self.sentences.show_sentences(say.sentences(found))
        self._show_waiting(found)
        self._show_times(found)
        self.services.show_lines(cards.services(found))
        self.queues.show_lines(cards.waits(found))
        self.missed.show_lines(cards.missed(found))
        left = self.tr("tanpa waktu ditahan; {0} nomor belum atau tidak selesai, di luar hitungan")
        self.services.side.set_text(
            left.format(found.unfinished) if found.unfinished else self.tr("tanpa waktu ditahan")
        )

    def _fact(self, found: Figures) -> str:
        counted = self.tr("{0} nomor, {1} dilayani, {2} batal").format(found.arrived, found.served, found.cancelled)
        return self.tr("{0} · diperbarui {1}").format(counted, clock(found.read_at))

    def _show_waiting(self, found: Figures) -> None:
        oldest, limit = found.oldest, found.wait.limit
        late = oldest is not None and limit is not None and oldest > limit
        words = (
            self.tr("terlama {0}").format(minutes(oldest)) if oldest is not None else self.tr("tidak ada yang menunggu")
        )
        self.waiting.show_figure(str(found.waiting), self.tr("orang"), words, "warn" if late else "ink3")

    def _show_times(self, found: Figures) -> None:
        wait, way = found.wait, found.way
        limit = minutes(wait.limit) if wait.limit is not None else ""
        words = self.tr("dari {0} pemohon").format(wait.n)
        tone = "ink3"
        if wait.within is not None:
            words = self.tr("P90 {0}; {1} dalam {2}").format(say.span(wait.p90), say.share(wait.within), limit)
            tone = "warn" if wait.within < say.GOOD_SHARE else "ok"
        self.wait.show_figure(say.span(wait.p50), "", words, tone)
        far = way.p50 is not None and way.p50 > say.FAR
        words = (
            self.tr("dari {0} panggilan").format(way.n)
            if way.p50 is None
            else self.tr("P90 {0}").format(say.short(way.p90))
        )
        self.way.show_figure(say.short(way.p50), "", words, "warn" if far else "ink3")
        if found.error is None:
            self.guess.show_figure(self.tr(say.FEW_WORDS), "", self.tr("dari {0} tiket").format(found.guesses))
        else:
            words = self.tr("meleset, median dari {0} tiket").format(found.guesses)
            self.guess.show_figure(
                str(found.error), self.tr("menit"), words, "warn" if found.error > say.WIDE else "ok"
            )
