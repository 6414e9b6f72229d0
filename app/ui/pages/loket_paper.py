"""Numbers whose owner has no paper: one quiet line over the counter's lists, and the same paper once more."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import QWidget

from app.services.queue import QueueTicket
from app.services.ticket_paper import Missing, Paper
from app.ui.desk import Page
from app.ui.pages.loket_acts import QueueActs
from app.ui.pages.loket_data import CounterView
from app.ui.parts.buttons import Button
from app.ui.parts.digits import Answer, Digits
from app.ui.parts.layout import column, row
from app.ui.parts.spans import minutes
from app.ui.parts.text import Elide, Ico, Txt
from app.ui.tasks import Progress

if TYPE_CHECKING:
    from app.jobs.tickets import IssuedTicket

KEYS = 9
INSET = 6
tr = partial(QCoreApplication.translate, "PaperLine")


class PaperLine(QWidget):
    """Which numbers have no paper, and why; amber only where that is sure. It takes no room where all have one."""

    def __init__(self) -> None:
        super().__init__()
        self.icon, self.title, self.numbers = Ico("printer", 18, "warn"), Txt("", "smallb", "warn"), Elide("", "small")
        self.again = Button(tr("Cetak ulang"), "", "secondary", small=True, height=30)
        words = column(self.title, self.numbers, gap=0)
        self.setLayout(row(self.icon, (words, 1), self.again, gap=8, margins=(INSET, 0, INSET, 0)))
        self.hide()

    def show_view(self, view: CounterView) -> None:
        """Another truth."""
        found = view.counter.missing
        self.setVisible(bool(found))
        if not found:
            return
        sure = [m for m in found if not m.unsure]
        shown, tone = (sure, "warn") if sure else (list(found), "ink2")
        self.title.setText(tr("Tanpa kertas") if sure else tr("Mungkin tanpa kertas"))
        self.title.set_tone(tone)
        self.icon.set_icon("printer", tone)
        numbers = ", ".join(m.ticket.label for m in shown)
        self.numbers.set_text(f"{numbers}: {why(shown[-1])}")
        self.again.setAccessibleName(tr("Cetak ulang kertas nomor {0}").format(numbers))


def why(missing: Missing) -> str:
    """What is known of a paper that did not come; a kiosk that went out in the middle says nothing."""
    return missing.reason or tr("Belum ada kabar dari printer.")


class Reprints(QObject):
    """Belongs to the counter's page: the same number on the same paper, at this PC's ticket printer."""

    def __init__(self, page: Page, acts: QueueActs) -> None:
        super().__init__(page)
        self._page, self._acts = page, acts
        self._under_way: set[int] = set()
        self.open: Digits | None = None

    def ask(self, over: QWidget) -> None:
        """Which one, where there are several."""
        view = self._acts.view
        if view is None or not view.counter.missing:
            return
        found = sorted(view.counter.missing, key=lambda m: m.unsure)
        if len(found) == 1:
            self.print(found[0].ticket)
            return
        answers = [Answer(m.ticket, m.ticket.label, self._more(m, view)) for m in found[:KEYS]]
        own = self.tr("Nomor lain: ketik nomornya") if len(found) > KEYS else ""
        self.open = Digits(over, self.tr("Cetak ulang kertas nomor"), answers, own=own, ask="A-012", least=1)
        self.open.answered.connect(self.print)
        self.open.wrote.connect(lambda text: self._wrote(text, found))
        self.open.open()

    def _more(self, missing: Missing, view: CounterView) -> str:
        since = minutes(view.read_at - missing.since)
        return self.tr("mungkin, {0}").format(since) if missing.unsure else since

    def _wrote(self, text: str, found: Sequence[Missing]) -> None:
        wanted = next((m.ticket for m in found if _plain(m.ticket.label) == _plain(text)), None)
        if wanted is None:
            said = self.tr("Nomor “{0}” tidak ada di antara yang tanpa kertas").format(text)
            self._page.say(said, tone="warn")
        else:
            self.print(wanted)

    def print(self, ticket: QueueTicket) -> None:
        """Once per press, however long the printer takes."""
        if ticket.id in self._under_way:
            return
        self._under_way.add(ticket.id)
        shop = self._page.desk.workshop

        def again(_progress: Progress) -> IssuedTicket:
            from app.jobs import tickets  # noqa: PLC0415  loads the print path, which a window must not wait for

            return tickets.reprint_ticket(shop, ticket.id)

        done, failed = partial(self._printed, ticket), partial(self._failed, ticket)
        what = self.tr("Cetak ulang nomor {0}").format(ticket.label)
        self._page.desk.tasks.work(again, done, failed, owner=self, command=what)

    def _printed(self, ticket: QueueTicket, issued: IssuedTicket) -> None:
        self._under_way.discard(ticket.id)
        reason = issued.printed.reason if issued.printed is not None else ""
        if issued.paper is Paper.OUT:
            self._page.say(self.tr("{0} dicetak ulang. Serahkan kepada pemohon.").format(ticket.label))
        elif issued.paper is Paper.UNSURE:
            said = self.tr("{0} dikirim ke printer. {1}").format(ticket.label, reason)
            self._page.say(said.strip(), tone="info")
        else:
            self._page.say(self.tr("{0} belum tercetak. {1}").format(ticket.label, reason), tone="warn")
        self._page.refresh()

    def _failed(self, ticket: QueueTicket, error: Exception) -> None:
        self._under_way.discard(ticket.id)
        self._page.say(str(error), tone="warn")


def _plain(number: str) -> tuple[str, ...]:
    """A number as people type it: "a12" is A-012."""
    return tuple(part.lstrip("0") for part in re.findall(r"[A-Z]+|\d+", number.upper()))
