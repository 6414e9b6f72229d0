"""One visitor at the kiosk: from the first touch to his paper, and back to the start when he goes away."""

from __future__ import annotations

from enum import Enum, auto
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from app.errors import Conflict, Refused, Shown
from app.jobs import kiosk
from app.jobs.kiosk import Given, Printed
from app.services import bookings
from app.services.bookings import Announced
from app.services.keys import new_key
from app.services.kiosk import Offer
from app.services.ticket_paper import Paper
from app.ui.kiosk import words
from app.ui.kiosk.glass import Glass
from app.ui.kiosk.link import Link
from app.ui.kiosk.supply import Supply
from app.ui.kiosk.words import Said

if TYPE_CHECKING:
    from app.ui.tasks import Tasks

WARN_AFTER, HOME_AFTER = 20, 30
"""Seconds without a touch until the visitor is asked whether he is still there, and until the start is back."""
STAY = {Paper.OUT: 8, Paper.UNSURE: 15, Paper.FAILED: 30}
TOLD_STAY = 15
SLOW_AFTER = 5


class Stage(Enum):
    """Where the visitor is. Nobody is there at BASE; at TAKING and PRINTING everything is dead."""

    BASE = auto()
    CHOOSE = auto()
    PAD = auto()
    LOOKING = auto()
    TAKING = auto()
    PRINTING = auto()
    PAPER = auto()
    TOLD = auto()


class Visit(QObject):
    """What a touch does. `tick` is called every second, `touched` at every touch."""

    def __init__(self, glass: Glass, tasks: Tasks, link: Link, supply: Supply, parent: QObject) -> None:
        super().__init__(parent)
        self._glass, self._tasks, self._link, self._supply = glass, tasks, link, supply
        self.stage = Stage.BASE
        self._service, self._booking = "", ""
        self._key = ""
        self._idle = self._left = self._waited = 0
        self._asked = self._may_mend = False
        supply.printed.connect(self._printed)
        self._moving = QTimer(self, interval=100)
        self._moving.timeout.connect(self._move)
        self._moved = 0
        self.wire()

    def wire(self) -> None:
        """The glass was built (anew): its parts speak to this visitor."""
        glass = self._glass
        glass.home.chosen.connect(self.choose)
        glass.home.full.connect(self._full)
        glass.home.online.connect(self._type)
        glass.choose.chosen.connect(self.take)
        glass.choose.back.connect(self.home)
        glass.pad.entered.connect(self._typed)
        glass.pad.back.connect(self.home)
        glass.pad.touched.connect(self.touched)
        glass.message.back.connect(self._message_back)
        glass.message.other.connect(self._message_other)
        glass.slip.done.connect(self.home)

    # --- where he is -------------------------------------------------------------------------------------------------

    def home(self) -> None:
        """Back to the start; whatever the start is now (closed, server away)."""
        self.stage, self._service, self._booking, self._key = Stage.BASE, "", "", ""
        self._asked = self._may_mend = False
        self._moving.stop()
        self.base()

    def base(self) -> None:
        """What stands there while nobody does."""
        if self.stage is not Stage.BASE:
            return
        glass, link = self._glass, self._link
        said = self._notice()
        if said is not None:
            glass.notice.say(said, may_call=link.up)
            glass.show_screen(glass.notice)
            return
        assert link.last is not None
        glass.home.show_state(link.last)
        glass.show_screen(glass.home)

    def _notice(self) -> Said | None:
        link = self._link
        if link.last is None and link.trouble is None:
            return words.starting()
        if isinstance(link.trouble, Refused | Conflict):
            return words.not_ready(link.trouble.message)
        if link.trouble is not None or link.last is None:
            return words.lost()
        return None if link.last.doors.open else words.closed(link.last.doors, link.last.now)

    def office_changed(self) -> None:
        """The link has news: the start shows it at once, a visitor under way is only sent home by a lost server."""
        if self.stage in {Stage.CHOOSE, Stage.PAD} and self._notice() is not None:
            self.home()
        else:
            self.base()

    # --- touches -----------------------------------------------------------------------------------------------------

    def choose(self, service: str) -> None:
        """A service was touched."""
        if self.stage is Stage.BASE and self._link.up:
            found = next((o.label for o in self._offers() if o.service == service), "")
            self._ask_class(service, "", found)

    def _offers(self) -> tuple[Offer, ...]:
        return self._link.last.offers if self._link.last else ()

    def _ask_class(self, service: str, booking: str, about: str) -> None:
        self.stage, self._service, self._booking, self._key = Stage.CHOOSE, service, booking, new_key()
        self._idle = 0
        self._glass.choose.show_about(about)
        self._glass.show_screen(self._glass.choose)

    def _full(self, _service: str) -> None:
        if self.stage is Stage.BASE and self._link.last is not None:
            self._tell(words.full(self._link.last.again, self._link.last.now))

    def _type(self) -> None:
        if self.stage is Stage.BASE and self._link.up:
            self.stage, self._idle = Stage.PAD, 0
            self._glass.pad.begin()
            self._glass.show_screen(self._glass.pad)

    def scanned(self, code: str) -> None:
        """The scanner read something: a web booking, or a paper of ours. Under way it is not heard."""
        here = self.stage is Stage.PAD or (self.stage is Stage.BASE and self._glass.front() is self._glass.home)
        if not here:
            return
        own = words.own_paper(code)
        if own is not None:
            self._tell(own)
        else:
            self.announce(code)

    def _typed(self, reference: str) -> None:
        self.announce(reference, typed=True)

    def announce(self, reference: str, *, typed: bool = False) -> None:
        """Look what a number of the web is for, and whether it is time."""
        self.stage, self._waited, self._may_mend = Stage.LOOKING, 0, typed
        self._glass.slip.taking(looking=True)
        self._glass.show_card(self._glass.slip)
        self._tasks.ask(
            partial(bookings.look, reference), self._announced, self._refused, owner=self, keep=False, command=""
        )

    def _announced(self, found: Announced) -> None:
        about = words.booking_words(found.reference, found.slot)
        self._ask_class(found.service, found.reference, about)

    def take(self, priority: bool) -> None:
        """The second touch: the number is taken, once, however often the glass is struck."""
        if self.stage is not Stage.CHOOSE:
            return
        self.stage, self._waited = Stage.TAKING, 0
        self._glass.slip.taking()
        self._glass.show_card(self._glass.slip)
        what, name = (kiosk.check_in, self._booking) if self._booking else (kiosk.give, self._service)
        give = partial(what, self._supply.shop, self._key, name, priority=priority)
        self._tasks.ask(give, self._given, self._refused, owner=self, keep=False, command="nomor antrean")

    # --- answers -----------------------------------------------------------------------------------------------------

    def _given(self, given: Given) -> None:
        self.stage, self._moved = Stage.PRINTING, 0
        office = self._link.last.face.short_name if self._link.last else ""
        self._glass.slip.printing(given, office)
        self._glass.show_card(self._glass.slip)
        self._moving.start()
        self._supply.print(given)
        self._link.look()

    def _printed(self, found: Printed) -> None:
        if self.stage is not Stage.PRINTING:
            return
        self._moving.stop()
        self.stage, self._left = Stage.PAPER, STAY[found.paper]
        slip = self._glass.slip
        {Paper.OUT: slip.printed, Paper.UNSURE: slip.perhaps, Paper.FAILED: slip.no_paper}[found.paper]()
        slip.count(self._left)

    def _refused(self, error: Exception) -> None:
        assert isinstance(error, Shown)
        if not isinstance(error, Refused | Conflict):
            if self.stage is Stage.TAKING:
                self._link.unsure(self._key)
            self._link.lost(error)
            self.home()
            return
        last = self._link.last
        self._may_mend = self._may_mend and error.code == "unknown"
        self._tell(words.refused(error.code, error.message, last.again if last else None, self._link.now()))
        self._link.look()

    def _tell(self, said: Said) -> None:
        self.stage, self._left, self._asked = Stage.TOLD, TOLD_STAY, False
        back = "Perbaiki nomor" if self._may_mend else "Kembali ke awal"
        self._glass.message.say(said, back=back, other="Ambil nomor biasa" if said.other else "")
        self._glass.message.count(self._left)
        self._glass.show_card(self._glass.message)

    def tell(self, said: Said) -> None:
        """A sentence from outside (an officer was called)."""
        if self.stage in {Stage.BASE, Stage.TOLD}:
            self._tell(said)

    def _message_back(self) -> None:
        """Back to the start, or to what was typed wrong."""
        if self.stage is Stage.TOLD and self._may_mend and self._link.up:
            self.stage, self._idle = Stage.PAD, 0
            self._glass.pad.again()
            self._glass.show_screen(self._glass.pad)
        else:
            self.home()

    def _message_other(self) -> None:
        """The filled key of a card: still there, or an ordinary number instead."""
        if self._asked:
            self.touched()
        else:
            self.home()

    # --- time --------------------------------------------------------------------------------------------------------

    def finger(self) -> None:
        """The glass was touched somewhere; whoever was asked answers by a key."""
        if not self._asked:
            self._idle = 0

    def touched(self) -> None:
        """He is still there."""
        self._idle = 0
        if self._asked:
            self._asked = False
            self._glass.drop_card()

    def tick(self) -> None:
        """One second more."""
        if self.stage in {Stage.CHOOSE, Stage.PAD}:
            self._tick_idle()
        elif self.stage in {Stage.PAPER, Stage.TOLD}:
            self._left -= 1
            card = self._glass.slip if self.stage is Stage.PAPER else self._glass.message
            card.count(self._left)
            if self._left <= 0:
                self.home()
        elif self.stage in {Stage.TAKING, Stage.LOOKING}:
            self._waited += 1
            if self._waited == SLOW_AFTER:
                self._glass.slip.taking(slow=True)

    def _tick_idle(self) -> None:
        self._idle += 1
        if self._idle >= HOME_AFTER:
            self.home()
        elif self._idle >= WARN_AFTER:
            message = self._glass.message
            if not self._asked:
                self._asked = True
                message.say(words.still_there(), back="Kembali ke awal", other="Ya, lanjutkan")
                self._glass.show_card(message)
            message.count(HOME_AFTER - self._idle)

    def _move(self) -> None:
        """The bar creeps towards its end: nobody knows how long a printer takes, but it is seen to be at work."""
        self._moved += 1
        self._glass.slip.advance(0.2 + 0.72 * (1 - 0.96**self._moved))
