"""What the queue's keys ask before they act: why somebody is held or called out of turn, and where he is sent."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.services import counter
from app.services.queue import QueueTicket
from app.ui.desk import Page
from app.ui.pages.loket_acts import QueueActs
from app.ui.parts.digits import Answer, Digits

if TYPE_CHECKING:
    from app.services.queue_settings import Service

GONE = "pulang"
KEYS = 9


class QueueQuestions(QObject):
    """Opens its questions over whatever widget the officer pressed."""

    seated = Signal(object)
    """The counter at which an officer without one sits today."""

    def __init__(self, page: Page, acts: QueueActs) -> None:
        super().__init__(page)
        self._page, self._acts = page, acts
        self.open: Digits | None = None

    def hold(self, over: QWidget) -> None:
        """F6: why."""
        mine = self._acts.ticket()
        if mine is None:
            return
        whys = (
            self.tr("fotokopi berkas"), self.tr("mengisi formulir"), self.tr("mengambil dokumen asli"),
            self.tr("menunggu pasangan atau saksi"), self.tr("bertanya ke Kasi"), self.tr("gangguan sistem"),
        )  # fmt: skip
        title = self.tr("Tahan {0} karena").format(mine.label)
        self._ask(over, title, [Answer(why, why) for why in whys], self._acts.hold)

    def pick(self, ticket: QueueTicket, over: QWidget) -> None:
        """Somebody who is not next: why, or that he has gone home."""
        whys = (
            self.tr("lansia, hamil, difabel, membawa bayi"), self.tr("sudah dipanggil, tertinggal"),
            self.tr("hanya menyerahkan dokumen"), self.tr("keadaan darurat"),
        )  # fmt: skip
        answers = [Answer(why, why) for why in whys]
        answers.append(Answer(GONE, self.tr("Batalkan nomor ini: pemohon pulang")))

        def answered(why: str) -> None:
            if why == GONE:
                self._acts.cancel(ticket, self.tr("pemohon pulang"))
            else:
                self._acts.call(ticket, why)

        self._ask(over, self.tr("Panggil {0} di luar giliran karena").format(ticket.label), answers, answered)

    def transfer(self, over: QWidget) -> None:
        """F7: where to. Counters are read now, because somebody may have opened one."""
        mine, view = self._acts.ticket(), self._acts.view
        if mine is None or view is None:
            return
        services = [s for s in view.counter.services.values() if s.active and s.service != mine.service]
        self._page.desk.tasks.ask(counter.places, partial(self._where, mine, over, services), owner=self)

    def _where(self, mine: QueueTicket, over: QWidget, services: Sequence[Service], places: list[str]) -> None:
        others = [place for place in places if place != self._acts.place]
        answers = [Answer(s, s.label, s.service) for s in services] + [Answer(place, place) for place in others]
        far = len(answers) > KEYS
        ask = self.tr("Loket lain: ketik nomornya") if far else ""

        def answered(where: Service | str) -> None:
            if isinstance(where, str):
                self._acts.send_to_place(where)
            else:
                self._acts.send_to_service(where.service, where.label)

        def wrote(text: str) -> None:
            found = [place for place in others if re.findall(r"\d+", place) == re.findall(r"\d+", text)]
            if len(found) == 1:
                self._acts.send_to_place(found[0])
            else:
                self._page.say(self.tr("Tidak ada loket “{0}”").format(text), tone="warn")

        title = self.tr("Alihkan {0} ke").format(mine.label)
        asked = Digits(over, title, answers[:KEYS], own=ask, least=1)
        asked.answered.connect(answered)
        asked.wrote.connect(wrote)
        self._open(asked)

    def seat(self, over: QWidget) -> None:
        """An officer whom nobody gave a counter chooses one."""
        self._page.desk.tasks.ask(counter.places, partial(self._seats, over), owner=self)

    def _seats(self, over: QWidget, places: list[str]) -> None:
        answers = [Answer(place, place) for place in places[:KEYS]]
        asked = Digits(
            over, self.tr("Saya duduk di"), answers, own=self.tr("Loket lain"), ask=self.tr("Loket 12"), least=1
        )
        asked.answered.connect(self.seated.emit)
        asked.wrote.connect(self.seated.emit)
        self._open(asked)

    def _ask(self, over: QWidget, title: str, answers: Sequence[Answer], answered: object) -> None:
        asked = Digits(over, title, answers, own=self.tr("Alasan lain"), ask=self.tr("Tuliskan alasannya, lalu Enter"))
        asked.answered.connect(answered)
        asked.wrote.connect(answered)
        self._open(asked)

    def _open(self, asked: Digits) -> None:
        if self.open is not None and shiboken6.isValid(self.open):
            self.open.close_it()
        self.open = asked
        asked.open()
