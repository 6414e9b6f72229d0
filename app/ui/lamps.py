"""The lamps of the status bar that somebody must keep true, and the mail that goes out while a desk is open."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from app.errors import Refused, Shown
from app.jobs import mailer, printers_here
from app.jobs.workshop import office_now
from app.services.waiting import Waiting
from app.sop.model import Role
from app.ui import window_ask
from app.ui.hall_lamps import HallLamps

if TYPE_CHECKING:
    from app.jobs.workshop import Workshop
    from app.services.outbox import Mail
    from app.ui.desk import Desk
    from app.ui.shell import Shell
    from app.ui.tasks import Progress

PRINTER_EVERY_MS = 60_000
UNSET = "unset"
SENDERS = (Role.FO, Role.EDITOR)


class Lamps(QObject):
    """Sends what is due every half minute, for officers whose SOP row it is, and tells truly what became of it."""

    def __init__(self, desk: Desk, shell: Shell, *, mail_every_ms: int = 30_000) -> None:
        super().__init__(shell)
        self._desk, self._shell = desk, shell
        self._sends = desk.who.role in SENDERS
        self._mailing = self._looking = False
        self._told = {"mail": "", "printer": ""}
        self._mail_timer = self._timer(mail_every_ms, self.mail)
        self._printer_timer = self._timer(PRINTER_EVERY_MS, self.look)
        # The hall's lamps stand beside the server's, before those of this PC.
        self.hall = HallLamps(desk, shell) if desk.who.role is Role.FO else None
        shell.lamp_pressed.connect(self._explain)
        if desk.who.role is not Role.ADMIN:
            self._set("printer", self.tr("Printer diperiksa…"), "mute")
        if self._sends:
            self._set("mail", self.tr("Surel diperiksa…"), "mute")
        self.go_on()

    def _timer(self, every_ms: int, act: Callable[[], None]) -> QTimer:
        timer = QTimer(self, interval=every_ms)
        timer.timeout.connect(act)
        return timer

    def go_on(self) -> None:
        """Look and send now, and from now on."""
        self._printer_timer.start()
        self.look()
        if self.hall is not None:
            self.hall.go_on()
        if self._sends:
            self._mail_timer.start()
            self.mail()

    def pause(self) -> None:
        """The screen is locked: nothing is signed in the name of somebody who is not there."""
        self._mail_timer.stop()
        self._printer_timer.stop()
        if self.hall is not None:
            self.hall.pause()

    def stop(self) -> None:
        """For good."""
        self.pause()

    # --- mail --------------------------------------------------------------------------------------------------------

    def mail(self) -> None:
        """Send what is due; a run that is still going is not doubled."""
        if self._mailing:
            return
        self._mailing = True
        self._desk.tasks.work(self._run, self._mailed, self._not_mailed, owner=self)

    def _run(self, progress: Progress) -> tuple[Mail, ...]:
        # What a mail server has accepted is written down however long that takes: it would be sent once more.
        with window_ask.patience(Waiting(progress.rest)):
            sent = mailer.run_once(self._desk.workshop, self._desk.who, progress)
        if not sent and not office_now().smtp_host:
            # Nothing to send is no proof that anything could be sent.
            raise Refused("Server surel kantor belum diatur. Administrator mengisinya di halaman Kantor.", code=UNSET)
        return sent

    def _mailed(self, mails: Sequence[Mail]) -> None:
        self._mailing = False
        bad = [m for m in mails if m.state == "REFUSED"]
        waiting = [m for m in mails if m.state in {"FAILED", "WAITING", "SENDING"}]
        if bad:
            numbers = ", ".join(dict.fromkeys(m.number for m in bad))
            self._set("mail", self.tr("Surel: {0} ditolak server").format(len(bad)), "bad")
            self._told["mail"] = self.tr("Server surel menolak kiriman berkas {0}. {1}").format(numbers, bad[0].reply)
        elif waiting:
            self._set("mail", self.tr("Surel: {0} akan dicoba lagi").format(len(waiting)), "warn")
            self._told["mail"] = waiting[0].reply
        else:
            self._set(
                "mail", self.tr("Surel: tidak ada yang perlu dikirim") if not mails else self.tr("Surel terkirim"), "ok"
            )
            self._told["mail"] = self.tr("{0} surel diterima server barusan.").format(len(mails)) if mails else ""
        if any(m.state == "SENT" for m in mails):
            self._desk.tasks.tell()
            self._shell.refresh()

    def _not_mailed(self, error: Exception) -> None:
        self._mailing = False
        unset = isinstance(error, Shown) and error.code == UNSET
        words = self.tr("Surel belum diatur") if unset else self.tr("Surel belum dapat dikirim")
        self._set("mail", words, "warn" if unset else "bad")
        self._told["mail"] = str(error)

    # --- printer -----------------------------------------------------------------------------------------------------

    def look(self) -> None:
        """See how this computer's printer is."""
        if self._looking or self._desk.who.role is Role.ADMIN:
            return
        self._looking = True
        self._desk.tasks.work(partial(_lamp, self._desk.workshop), self._looked, self._not_looked, owner=self)

    def _looked(self, found: tuple[str, str]) -> None:
        self._looking = False
        words, tone = found
        self._told["printer"] = words
        short = words if len(words) <= 40 else words.partition(":")[0].partition(",")[0][:40]
        self._set("printer", short if tone != "bad" else self.tr("Printer belum siap"), tone)

    def _not_looked(self, error: Exception) -> None:
        self._looking = False
        self._set("printer", self.tr("Printer belum siap"), "bad")
        self._told["printer"] = str(error)

    def _set(self, key: str, text: str, tone: str) -> None:
        self._shell.set_lamp(key, text, tone)

    def _explain(self, key: str) -> None:
        said = self._told.get(key, "")
        if said:
            self._shell.say(said, tone="info")


def _lamp(shop: Workshop, _progress: Progress) -> tuple[str, str]:
    return printers_here.lamp(shop)
