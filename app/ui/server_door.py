"""The way from the window to the office: which database, whether it answers, and another look when it did not."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from app.errors import Shown
from app.ui.login_trouble import KINDS, RETURNS

if TYPE_CHECKING:
    from app.ui.window import Program

AGAIN_MS = 5000
BUSY = "database is locked"


class ServerDoor(QObject):
    """Belongs to the program. What it puts into the window is a choice of servers or a kind refusal."""

    def __init__(self, program: Program) -> None:
        super().__init__(program)
        self._program = program
        self._again = QTimer(self, singleShot=True, interval=AGAIN_MS)
        self._again.timeout.connect(self._look)

    def chosen(self) -> bool:
        """Whether it is known where this PC's office lies; on a new PC it is asked."""
        here = self._program.computer
        new = here.join is not None and here.database is not None and not here.database.exists()
        if new:
            self.choose(first=True)
        return not new

    def choose(self, *, first: bool = False) -> None:
        """Let the officer or IT choose; from the log-in it leads back there."""
        from app.ui.server_choice import ServerChoice  # noqa: PLC0415 - needed once in the life of a PC

        program = self._program
        join = program.computer.join
        if join is None:
            return
        here = program.computer
        shown = ServerChoice(program.tasks, join, first=first, server=short(here.server), database=here.database)
        shown.alone.connect(program.open_office)
        shown.other_file.connect(self.move)
        shown.joined.connect(self._joined)
        shown.back.connect(program.begin_again)
        program.put(shown)

    def _joined(self, address: str) -> None:
        self._program.computer = replace(self._program.computer, server=address, database=None)
        self._program.begin_again()

    def move(self, path: Path) -> None:
        """Another file on this PC from now on."""
        program = self._program
        move = program.computer.move_office
        if move is not None:
            program.computer = replace(program.computer, database=path, server="")
            program.tasks.ask(
                partial(move, path), lambda _: program.open_office(), owner=self, command="", keep=False, door="shut"
            )

    def refused(self, error: Exception) -> None:
        """Told at the log-in, if that is where it belongs: a server's trouble, or a database that is busy.

        Anything else is told in its place, with what can be done about it.
        """
        program = self._program
        code = error.code if isinstance(error, Shown) else ""
        if program.login is not None and (code == BUSY or (program.computer.server and code in KINDS)):
            program.login.set_server(error)
            return
        from app.ui.no_office import NoOffice  # noqa: PLC0415 - needed only where something is wrong

        shown = NoOffice(str(error), code, program.computer.database)
        shown.retry.connect(program.open_office)
        shown.other.connect(self.move)
        shown.leave.connect(program.frame.close)
        program.put(shown)

    def look_again(self, error: Exception) -> None:
        """What passes by itself is looked at again, so that the log-in opens without anybody's doing."""
        if isinstance(error, Shown) and error.code in RETURNS:
            self._again.start()

    def _look(self) -> None:
        if self._program.login is not None:
            self._program.open_office(quiet=True)

    def stop(self) -> None:
        """Look no more: somebody is in, or the window closes."""
        self._again.stop()


def short(address: str) -> str:
    """Host and port of an address, as somebody would type them."""
    return address.partition("://")[2].partition("/")[0] if address else ""
