"""The program on glass: first start or log-in, then the shell of the chosen role; lock, change of role, log-out."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from app.ui import window_ask
from app.ui.frame import Frame
from app.ui.leaving import Leaving
from app.ui.pages.login import LoginWindow
from app.ui.server_door import ServerDoor, short
from app.ui.wedge import Wedge

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.jobs.workshop import Workshop
    from app.services.accounts import Account, Who
    from app.services.office import Office
    from app.sop.model import Sop
    from app.ui.computer import Computer
    from app.ui.lamps import Lamps
    from app.ui.listen import Live
    from app.ui.shell import Shell


class Program(QObject):
    """Owns the threads and the one window. What is in it is a first start, a log-in, a shell, or a kind refusal."""

    began = Signal(object)
    """A shell is ready."""

    def __init__(self, computer: Computer, sop: Sop, *, mail_every_ms: int = 30_000, idle_ms: int = 300_000) -> None:
        super().__init__()
        self.computer, self.sop = computer, sop
        self.tasks = window_ask.tasks(computer.open_office, computer.close_office)
        self.frame, self.door = Frame(self), ServerDoor(self)
        self.login: LoginWindow | None = None
        self.shell: Shell | None = None
        self.lamps: Lamps | None = None
        self.live: Live | None = None
        self.leaving = Leaving(self)
        self.account: Account | None = None
        self._hidden: list[QDialog] = []
        self._mail_every_ms, self._idle_ms = mail_every_ms, idle_ms
        # One mapping for every workshop of this program, so that another printer is used at once.
        self._printers = dict(computer.printers)
        self.frame.closing.connect(self.close)
        self.tasks.found.connect(self._server_found)
        application = QApplication.instance()
        assert application is not None
        self._wedge: Wedge | None = Wedge(application)
        self._wedge.scanned.connect(self._find)

    # --- beginning and end -------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Show the window at once and open the database behind it."""
        known, file = self.door.chosen(), self.computer.database
        if known and (file is None or file.exists()):
            self.show_login()
        self.frame.show_ready()
        if known:
            self.open_office()

    def begin_again(self) -> None:
        """From the log-in on, with the database that is chosen now."""
        self.show_login()
        self.open_office()

    def open_office(self, *, quiet: bool = False) -> None:
        """Ask whether the office exists; answered by a log-in, the first start, or the reason why not."""
        self.tasks.ask(
            window_ask.first_start_needed, self._opened, self._not_opened, owner=self, keep=False, quiet=quiet,
            door="anew",
        )  # fmt: skip

    def close(self) -> None:
        """End timers and threads; what is running is finished first."""
        self.door.stop()
        if self.lamps is not None:
            self.lamps.stop()
        if self.live is not None:
            self.live.close()
        if self._wedge is not None:
            self._wedge.deleteLater()
            self._wedge = None
        self.tasks.close()

    def _opened(self, first: bool) -> None:
        if self._at_work():
            return
        if first:
            self._show_first_start()
            return
        if self.login is None:
            self.show_login()
        if self.login is not None:
            self.login.set_server(None)
        self.tasks.draw(window_ask.warm_up, owner=self)

    def _at_work(self) -> bool:
        """Whether the officer is in again: the answer to a look asked before that is news no more."""
        return self.shell is not None and self.frame.front() is self.shell

    def _not_opened(self, error: Exception) -> None:
        if not self._at_work():
            self.door.refused(error)

    def put(self, widget: QWidget) -> None:
        """In place of the log-in."""
        self.login = None
        self.frame.put(widget)

    def _server_found(self) -> None:
        if self.login is not None:
            self.login.set_server(None)

    # --- who is there ------------------------------------------------------------------------------------------------

    def show_login(self, **mode: Any) -> LoginWindow:
        """The log-in in front; with `locked` over a shell, with `account` for another role."""
        said, self.computer = self.computer.said, replace(self.computer, said="")
        here = self.computer
        login = LoginWindow(
            self.tasks,
            sop=self.sop,
            pc=here.pc,
            last_login=here.last_login,
            said=said,
            clock=here.clock,
            server=short(here.server),
            may_choose=here.join is not None,
            **mode,
        )
        login.entered.connect(self._entered)
        login.retry_asked.connect(self.open_office)
        login.server_asked.connect(self.door.choose)
        login.away.connect(self.door.look_again)
        self.login = login
        self.frame.put(login)
        return login

    def _show_first_start(self) -> None:
        from app.ui.pages.first_start import FirstStart  # noqa: PLC0415 - needed once in the life of an office

        first = FirstStart(self.tasks, self.sop, self.computer)
        first.finished.connect(self._first_start_done)
        self.put(first)

    def _first_start_done(self, login: str) -> None:
        self.computer = replace(self.computer, last_login=login)
        self.show_login().set_server(None)

    def _entered(self, who: Who) -> None:
        assert self.login is not None
        self.account = self.login.account or self.account
        if self.shell is not None and self.shell.desk.who == who:
            self.back_to_shell()
            return
        self._remember(last_login=who.login)
        ask = partial(window_ask.means, self.sop, self.computer, self._printers)
        self.tasks.ask(ask, partial(self._begin, who), self._not_opened, owner=self, keep=False)

    def _begin(self, who: Who, means: tuple[Office, Workshop]) -> None:
        from app.ui.desk import Desk  # noqa: PLC0415 - the log-in window comes up without the shell
        from app.ui.lamps import Lamps  # noqa: PLC0415 - as above
        from app.ui.listen import Live  # noqa: PLC0415 - as above
        from app.ui.registry import specs  # noqa: PLC0415 - as above
        from app.ui.shell import Shell  # noqa: PLC0415 - as above

        office, workshop = means
        self.drop_shell()
        desk = Desk(self.sop, who, self.tasks, workshop, office, self.computer.folder, workshop.now)
        shell = Shell(desk, specs(self._keep), hat=window_ask.hat_words(who), idle_ms=self._idle_ms)
        shell.lock_asked.connect(self.lock)
        shell.role_change_asked.connect(self.change_role)
        shell.logout_asked.connect(self.log_out)
        shell.code_entered.connect(self._find)
        shell.theme_changed.connect(lambda dark, scale: self._remember(dark=dark, scale=scale))
        self.shell, self.login = shell, None
        self.door.stop()
        self.frame.put(shell)
        self.lamps = Lamps(desk, shell, mail_every_ms=self._mail_every_ms)
        self.live = Live(self.tasks, shell)
        self.live.changed.connect(shell.look)
        self.live.heard.connect(lambda on: shell.news.set_live(on=on))
        self._tell_last_login(shell)
        self.began.emit(shell)

    def _tell_last_login(self, shell: Shell) -> None:
        """On the first log-in of a day: an officer sees when somebody else used the account."""
        from app.ui.login_more import first_today, last_words  # noqa: PLC0415 - comes with the shell

        now = shell.desk.clock()
        if self.account is not None and first_today(self.account, now):
            shell.say(last_words(self.account, now), tone="info")

    def _find(self, text: str) -> None:
        from app.ui.parts.finder import find  # noqa: PLC0415 - comes with the shell

        if self.shell is not None and self.login is None:
            find(self.shell.desk, self.shell, text)

    # --- lock, role, leave -------------------------------------------------------------------------------------------

    def lock(self) -> None:
        """Cover everything until the same officer types the password again; pages stay as they are behind it."""
        if self.shell is None or self.login is not None:
            return
        for window in QApplication.topLevelWidgets():
            if isinstance(window, QDialog) and window.isVisible():
                window.hide()
                self._hidden.append(window)
        self._rest()
        self.show_login(locked=self.shell.desk.who).other_asked.connect(self.log_out)

    def change_role(self) -> None:
        """Let the officer put on another hat; Esc leads back."""
        if self.shell is None or self.account is None or not self.may_leave():
            return
        self._rest()
        self.show_login(account=self.account).other_asked.connect(self.back_to_shell)

    def log_out(self) -> None:
        """The officer leaves; drafts were kept, the next one may sit down."""
        self.leaving.log_out()

    def may_close(self) -> bool:
        """Whether the page in front lets the window close now, and nothing is unsaved; else it is asked."""
        return self.leaving.may_close()

    def may_leave(self) -> bool:
        """Whether the page in front lets the officer go."""
        page = self.shell.current_page() if self.shell is not None else None
        return page is None or page.leave()

    def _rest(self) -> None:
        if self.lamps is not None:
            self.lamps.pause()
        if self.live is not None:
            self.live.pause()

    def back_to_shell(self) -> None:
        """Everything is as it was left."""
        if self.shell is None:
            return
        self.login = None
        self.door.stop()
        self.frame.put(self.shell)
        for dialog in self._hidden:
            dialog.show()
        self._hidden.clear()
        if self.lamps is not None:
            self.lamps.go_on()
        if self.live is not None:
            self.live.go_on()

    def drop_shell(self) -> None:
        """The officer's pages go away; what they kept is on this PC."""
        for dialog in self._hidden:
            dialog.close()
        self._hidden.clear()
        if self.lamps is not None:
            self.lamps.stop()
            self.lamps = None
        if self.live is not None:
            self.live.close()
            self.live = None
        if self.shell is not None:
            self.frame.drop(self.shell)
            self.shell = None

    def _keep(self, changes: Mapping[str, Any]) -> None:
        """Settings that a page changed; called off the GUI thread."""
        self.computer.remember(changes)
        if "printers" in changes:
            self._printers.clear()
            self._printers.update(changes["printers"])

    def _remember(self, **changes: Any) -> None:
        """Kept by the way: a folder that cannot be written must not stop an officer."""
        if "last_login" in changes:
            self.computer = replace(self.computer, last_login=changes["last_login"])
        self.tasks.draw(partial(window_ask.saved, self.computer, changes), self._said_if_any, owner=self)

    def _said_if_any(self, said: str) -> None:
        if said and self.shell is not None:
            self.shell.say(said, tone="warn")

    def widget(self) -> QWidget:
        """What is in front."""
        return self.frame.front()
