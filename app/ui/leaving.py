"""How an officer leaves: by himself, by closing the window, or sent home by the server; what is not saved is named."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from app.errors import Shown
from app.ui import window_ask

if TYPE_CHECKING:
    from app.ui.orders import Settled
    from app.ui.parts.confirm import Confirm
    from app.ui.window import Program

AT_MOST = 8


class Leaving(QObject):
    """Belongs to the program. Nothing that waits for a lost server is dropped without a word."""

    def __init__(self, program: Program) -> None:
        super().__init__(program)
        self._program = program
        self._cut: list[Settled] = []
        self.asked: Confirm | None = None
        program.tasks.ended.connect(self._sent_home)
        program.tasks.settled.connect(self._cut.append)

    def may_close(self) -> bool:
        """Whether the window may close now; with unsaved commands the officer is asked, and it closes by his answer."""
        program = self._program
        return program.may_leave() and not self._asks(self.tr("Tutup juga"), program.frame.close)

    def log_out(self) -> None:
        """The officer leaves; drafts were kept, the next one may sit down."""
        program = self._program
        if not program.may_leave():
            program.back_to_shell()
        elif not self._asks(self.tr("Keluar juga"), self._go):
            self._go()

    def _go(self) -> None:
        """Nothing that one officer asked may ever run in the name of the next."""
        program = self._program
        if program.tasks.is_lost():
            program.tasks.abandon()
        else:
            program.tasks.abandon_work()
        program.drop_shell()
        program.account = None
        self._cut.clear()
        program.tasks.ask(window_ask.log_out, owner=program, keep=False, door="shut")
        program.show_login().set_server(None)

    def _sent_home(self, error: Exception) -> None:
        """The server has ended the session: drafts are on this PC, and what it did not take is named."""
        program = self._program
        if program.shell is None:
            return
        unsaved = [one.command for one in self._cut if one.error is error]
        changed = self.tr("Sandi akun Anda sudah diganti; masuklah dengan sandi yang baru.")
        said = [
            self.tr("Server mengakhiri sesi Anda."),
            changed if isinstance(error, Shown) and error.code == "password" else str(error),
            self.tr("Yang Anda ketik tetap tersimpan sebagai draf di PC ini."),
        ]
        if unsaved:
            said.append(self.tr("Belum tersimpan: {0}.").format("; ".join(unsaved)))
        program.tasks.abandon()
        program.computer = replace(program.computer, said=" ".join(said))
        self._go()

    def _asks(self, verb: str, then: Callable[[], object]) -> bool:
        """Whether the officer is being told what is not saved; `then` follows when he goes all the same."""
        from app.ui.parts.confirm import Confirm  # noqa: PLC0415 - the log-in window comes up without

        program = self._program
        commands = [*program.tasks.unsaved(), *program.tasks.unbegun()]
        if not commands or program.shell is None:
            return False

        def go(_why: str) -> None:
            program.tasks.abandon()
            then()

        title = self.tr("{0} perintah belum tersimpan").format(len(commands))
        since = program.shell.news.since()
        wait = self.tr("Tunggu sambungan") if since else self.tr("Tunggu")
        asked = Confirm(program.frame, title, self._words(since, commands), verb, icon="sign-out", harmless=wait)
        asked.confirmed.connect(go)
        asked.finished.connect(self._answered)
        self.asked = asked
        asked.open()
        return True

    def _answered(self, _result: int) -> None:
        self.asked = None

    def _words(self, since: str, commands: Sequence[str]) -> str:
        lines = [f"· {command}" for command in commands[:AT_MOST]]
        if len(commands) > AT_MOST:
            lines.append(self.tr("· dan {0} lagi").format(len(commands) - AT_MOST))
        if not since:
            busy = self.tr("Yang berikut masih menunggu giliran di PC ini:")
            return "\n".join([busy, *lines, "", self.tr("Bila Anda pergi sekarang, perintah itu tidak dikerjakan.")])
        lost = self.tr("Sambungan ke server terputus sejak {0}. Yang berikut belum dipastikan tersimpan:").format(since)
        after = self.tr(
            "Bila Anda pergi sekarang, perintah itu tidak dikirim lagi. Sesudah tersambung, periksa kartu kendalinya: "
            "server mungkin sudah menerimanya sebelum sambungan putus. Yang Anda ketik tetap ada di PC ini."
        )
        return "\n".join([lost, *lines, "", after])
