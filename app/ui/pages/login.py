"""Log-in: within five seconds, with the right hat; also the lock screen and the change of role."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta, timezone
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.errors import Refused
from app.ui import login_ask
from app.ui.login_steps import PasswordStep
from app.ui.login_trouble import TroubleCard
from app.ui.parts.badges import Lamp
from app.ui.parts.banner import Banner
from app.ui.parts.brand import Brand
from app.ui.parts.buttons import Button
from app.ui.parts.layout import box, column, row, scrolled
from app.ui.theme import px

if TYPE_CHECKING:
    from app.services.accounts import Account, Hat, Who
    from app.sop.model import Role, Sop
    from app.ui.login_more import ChangeStep, RoleStep
    from app.ui.tasks import Tasks

T = TypeVar("T")
WIB = timezone(timedelta(hours=7), "WIB")
"""Western Indonesia keeps one offset; a zone database would only make the window come later."""

WINDOWS = {
    "FO": ("headset", "Antrean, berkas, resi"),
    "EDITOR": ("pencil-simple-line", "Perbaikan isian dan draf"),
    "KASI": ("seal-check", "Verifikasi dan paraf"),
    "KABID": ("seal-check", "Validasi dan paraf"),
    "KADIS": ("signature", "Tanda tangan elektronik"),
    "ADMIN": ("users", "Petugas, kantor, printer"),
    "AUDITOR": ("footprints", "Jejak pembacaan dan bukti"),
}
"""Roles that have windows: icon, and what is done there. The others work without a screen."""
FORM, WORDY = 400, 640


class LoginWindow(QWidget):
    """Password, then the role if there are several. `entered` carries the Who; nobody is let in any other way.

    With `locked` it covers the screen of that officer; with `account` it only asks for another role.
    """

    entered = Signal(object)
    other_asked = Signal()
    retry_asked = Signal()
    server_asked = Signal()
    away = Signal(object)
    """The office cannot be reached now, with the error."""

    def __init__(
        self,
        tasks: Tasks,
        *,
        sop: Sop | None = None,
        pc: str = "PC",
        last_login: str = "",
        said: str = "",
        office: str = "",
        locked: Who | None = None,
        account: Account | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        server: str = "",
        may_choose: bool = False,
    ) -> None:
        super().__init__()
        self._tasks, self._sop, self._pc, self._clock, self._locked = tasks, sop, pc, clock, locked
        self.account, self._role_only, self._server = account, account is not None, server
        self._ready = locked is not None or account is not None
        self._typed = ""
        self._brand = Brand(office)
        self._notice = Banner(said, "warn", "warning")
        self._notice.setVisible(bool(said))
        self._place = QVBoxLayout()
        self.step: PasswordStep | ChangeStep | RoleStep | None = None
        self.trouble = TroubleCard(lambda: datetime.now(UTC), may_choose=may_choose)
        self.choose = Button(self.tr("Server…"), "", "link", height=24, small=True)
        self.choose.setVisible(may_choose and locked is None and account is None)
        self.choose.setToolTip(server)
        self._lamps = (Lamp(self.tr("Membuka data kantor…"), "mute"), Lamp("", "info"), Lamp(pc, "mute"))
        self._build()
        self._start(last_login)

    def _build(self) -> None:
        form = QWidget()
        form.setFixedWidth(px(FORM))
        form.setLayout(self._place)
        self._place.setContentsMargins(0, 0, 0, 0)
        server, time, pc = self._lamps
        lamps = row("s", server, 12, time, 12, pc, 4, self.choose, "s", gap=8)
        self.trouble.setFixedWidth(px(FORM) + 80)
        self.trouble.retry.connect(self._retry)
        for asks in (self.trouble.server, self.choose.clicked):
            asks.connect(lambda *_: self.server_asked.emit())
        inside = scrolled(column("s", row("s", self.trouble, "s"), 14, row("s", form, "s"), "s", gap=0))
        foot = self._foot = box(lamps)
        foot.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        right = box(column(self._notice, (inside, 1), 10, foot, gap=0, margins=(40, 30, 40, 22)), "surface")
        right.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setLayout(row(self._brand, (right, 1), gap=0))
        second = QTimer(self, interval=1000)
        second.timeout.connect(self._tick)
        second.start()
        self._tick()

    def _start(self, last_login: str) -> None:
        if self._ready:
            self.set_server(None)
        if self.account is not None:
            self._offer_roles(self.account)
        else:
            self._ask_password(self._locked.login if self._locked else last_login)

    def _tick(self) -> None:
        # Before somebody is in, nobody has asked a server for its time.
        words = self.tr("Jam PC {0}") if self._server else self.tr("Jam server {0}")
        self._lamps[1].set(words.format(f"{self._clock().astimezone(WIB):%H.%M.%S} WIB"), "info")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The picture gives way, never the form."""
        super().resizeEvent(event)
        self._brand.fit(self.width())
        self._lamps[2].setVisible(self.width() - self._brand.maximumWidth() >= px(WORDY))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back a step; on the first there is nowhere to go."""
        if event.key() == Qt.Key.Key_Escape and self.step is not None and not isinstance(self.step, PasswordStep):
            self._another()
        else:
            super().keyPressEvent(event)

    def set_server(self, error: Exception | None) -> None:
        """How the office's data are: reachable, or why not. What is typed stays."""
        self._ready = error is None
        if error is None:
            words = self.tr("Server kantor terhubung") if self._server else self.tr("Data kantor terhubung")
            self._lamps[0].set(words, "ok")
            self.trouble.clear()
            if isinstance(self.step, PasswordStep) and not self.step.go.is_held():
                self.step.working(on=False)
        else:
            away = self.tr("Data kantor tidak terjangkau")
            self._lamps[0].set(self.tr("Server kantor belum terhubung") if self._server else away, "bad")
            self._tell(error, retry=True)
            self.away.emit(error)

    def _tell(self, error: Exception, *, retry: bool) -> None:
        """A trouble of its own stands over the form; anything else under the field that it is about."""
        known = isinstance(self.step, PasswordStep) and self.trouble.show_error(error)
        if self.step is not None:
            self.step.failed("" if known else str(error), retry=retry)

    def _retry(self) -> None:
        """Look again; the password, where one is typed, is sent again too."""
        step = self.step
        if isinstance(step, PasswordStep) and step.password.value() and not step.go.is_held():
            step.go.press()
        else:
            self.retry_asked.emit()

    # --- steps -------------------------------------------------------------------------------------------------------

    def _put(self, step: PasswordStep | ChangeStep | RoleStep) -> None:
        while (item := self._place.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self._place.addWidget(step)
        self.step = step
        self.setFocusProxy(step)
        step.show()
        step.setFocus()

    def _ask_password(self, login: str) -> None:
        step = PasswordStep(login, locked_name=self._locked.name if self._locked else "")
        step.asked.connect(self._log_in)
        step.other.connect(self.other_asked)
        self._put(step)

    def _log_in(self, login: str, password: str) -> None:
        assert isinstance(self.step, PasswordStep)
        self._typed = password
        if not self._ready:
            self.retry_asked.emit()
        self.step.working(on=True)
        self._ask(partial(login_ask.log_in, login, password, self._pc), self._known, self._unknown, dead=self.step.go)

    def _ask(
        self,
        fn: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
        *,
        dead: Button | None,
    ) -> None:
        """At a log-in a lost connection is told at once: nothing of it is kept."""
        self._tasks.ask(fn, done, failed, owner=self, dead=dead, command="", keep=False)

    def _unknown(self, error: Exception) -> None:
        self._typed = ""
        if isinstance(error, Refused):
            self._tell(error, retry=False)
        else:
            self.set_server(error)

    def _known(self, account: Account) -> None:
        self.set_server(None)
        self.account = account
        if account.must_change:
            from app.ui.login_more import ChangeStep  # noqa: PLC0415 - keeps the first window light

            step = ChangeStep(account.name)
            step.chosen.connect(self._change)
            step.other.connect(self._another)
            self._put(step)
            return
        self._typed = ""
        self._go_on(account)

    def _change(self, new: str) -> None:
        assert self.account is not None
        assert self.step is not None
        account, old = self.account, self._typed
        self._ask(
            partial(login_ask.change, account.login, old, new, self._pc),
            self._changed,
            self._not_changed,
            dead=self.step.go,
        )

    def _changed(self, _nothing: None) -> None:
        self._typed = ""
        assert self.account is not None
        self._go_on(self.account)

    def _not_changed(self, error: Exception) -> None:
        if self.step is not None:
            self.step.failed(str(error))

    def _go_on(self, account: Account) -> None:
        hats = _windows(account)
        if self._locked is not None and any(hat.role is self._locked.role for hat in hats):
            self._choose(self._locked.role)
        elif not hats:
            self._ask(partial(login_ask.why_idle, account.login), self._idle, self._unknown, dead=None)
        elif len(hats) == 1:
            self._choose(hats[0].role)
        else:
            self._offer_roles(account)

    def _idle(self, said: str) -> None:
        """He is known and has no role today; `said` tells why."""
        self._tasks.ask(login_ask.log_out, keep=False, door="shut")
        self._ask_password(self.account.login if self.account is not None else "")
        assert isinstance(self.step, PasswordStep)
        self.step.failed(said, retry=False)

    def _offer_roles(self, account: Account) -> None:
        self._ask(
            partial(login_ask.waiting, self._sop, account), partial(self._show_roles, account), self._unknown, dead=None
        )

    def _show_roles(self, account: Account, waiting: Mapping[Role, int]) -> None:
        from app.ui.login_more import RoleStep, choice, last_words  # noqa: PLC0415 - keeps the first window light

        choices = [choice(hat, WINDOWS[hat.role], account.place, waiting.get(hat.role, 0)) for hat in _windows(account)]
        back = self.tr("Kembali") if self._role_only else self.tr("Bukan Anda? Ganti akun")
        step = RoleStep(account.name, last_words(account, self._clock()), choices, back)
        step.chosen.connect(self._choose)
        step.other.connect(self._another)
        self._put(step)

    def _choose(self, role: Role) -> None:
        assert self.account is not None
        dead = self.step.go if self.step is not None else None
        self._ask(partial(login_ask.work_as, self.account, role), self.entered.emit, self._unknown, dead=dead)

    def _another(self) -> None:
        """Somebody else sits down; from a change of role it leads back instead."""
        self._typed = ""
        if self._role_only:
            self.other_asked.emit()
            return
        self.account = None
        self._tasks.ask(login_ask.log_out, keep=False, door="shut")
        self._ask_password("")


def _windows(account: Account) -> list[Hat]:
    return [hat for hat in account.hats if hat.role in WINDOWS]
