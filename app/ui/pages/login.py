"""Log-in: within five seconds, with the right hat; also the lock screen and the change of role."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta, timezone
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.errors import Refused
from app.ui.login_steps import PasswordStep
from app.ui.parts.badges import Lamp
from app.ui.parts.banner import Banner
from app.ui.parts.brand import Brand
from app.ui.parts.layout import box, column, row
from app.ui.theme import px

if TYPE_CHECKING:
    from app.services.accounts import Account, Hat, Who
    from app.sop.model import Role, Sop
    from app.ui.login_more import ChangeStep, RoleStep
    from app.ui.tasks import Tasks

WIB = timezone(timedelta(hours=7), "WIB")
"""Western Indonesia keeps one offset; a zone database would only make the window come later."""

WINDOWS = {
    "FO": ("headset", "Antrean, berkas, resi"),
    "EDITOR": ("pencil-simple-line", "Perbaikan isian dan draf"),
    "KASI": ("seal-check", "Verifikasi dan paraf"),
    "KABID": ("seal-check", "Validasi dan paraf"),
    "KADIS": ("signature", "Tanda tangan elektronik"),
    "ADMIN": ("users", "Petugas, kantor, printer"),
}
"""Roles that have windows: icon, and what is done there. The others work without a screen."""
FORM = 400


class LoginWindow(QWidget):
    """Password, then the role if there are several. `entered` carries the Who; nobody is let in any other way.

    With `locked` it covers the screen of that officer; with `account` it only asks for another role.
    """

    entered = Signal(object)
    other_asked = Signal()
    retry_asked = Signal()

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
    ) -> None:
        super().__init__()
        self._tasks, self._sop, self._pc, self._clock, self._locked = tasks, sop, pc, clock, locked
        self.account, self._role_only = account, account is not None
        self._ready = locked is not None or account is not None
        self._typed = ""
        self._brand = Brand(office)
        self._notice = Banner(said, "warn", "warning")
        self._notice.setVisible(bool(said))
        self._place = QVBoxLayout()
        self.step: PasswordStep | ChangeStep | RoleStep | None = None
        self._lamps = (Lamp(self.tr("Membuka data kantor…"), "mute"), Lamp("", "info"), Lamp(pc, "mute"))
        self._build()
        self._start(last_login)

    def _build(self) -> None:
        form = QWidget()
        form.setFixedWidth(px(FORM))
        form.setLayout(self._place)
        self._place.setContentsMargins(0, 0, 0, 0)
        server, time, pc = self._lamps
        lamps = row("s", server, 12, time, 12, pc, "s", gap=8)
        right = box(
            column(self._notice, "s", row("s", form, "s"), "s", lamps, gap=0, margins=(40, 30, 40, 22)), "surface"
        )
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
        self._lamps[1].set(self.tr("Jam server {0}").format(f"{self._clock().astimezone(WIB):%H.%M.%S} WIB"), "info")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The picture gives way, never the form."""
        super().resizeEvent(event)
        self._brand.fit(self.width())

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
            self._lamps[0].set(self.tr("Data kantor terhubung"), "ok")
        else:
            self._lamps[0].set(self.tr("Data kantor tidak terjangkau"), "bad")
            if isinstance(self.step, PasswordStep):
                self.step.failed(str(error), retry=True)

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
        self._tasks.ask(partial(_log_in, login, password, self._pc), self._known, self._unknown, dead=self.step.go)

    def _unknown(self, error: Exception) -> None:
        self._typed = ""
        if self.step is not None:
            self.step.failed(str(error), retry=not isinstance(error, Refused))
        if not isinstance(error, Refused):
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
        self._tasks.ask(partial(_change, account.login, old, new), self._changed, self._not_changed, dead=self.step.go)

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
            said = self.tr("Akun ini tidak memegang peran hari ini. Minta administrator kantor memberinya.")
            self._tasks.ask(_log_out)
            self._ask_password(account.login)
            assert isinstance(self.step, PasswordStep)
            self.step.failed(said, retry=False)
        elif len(hats) == 1:
            self._choose(hats[0].role)
        else:
            self._offer_roles(account)

    def _offer_roles(self, account: Account) -> None:
        self._tasks.ask(partial(_waiting, self._sop, account), partial(self._show_roles, account), owner=self)

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
        self._tasks.ask(partial(_work_as, self.account, role), self.entered.emit, self._unknown, owner=self, dead=dead)

    def _another(self) -> None:
        """Somebody else sits down; from a change of role it leads back instead."""
        self._typed = ""
        if self._role_only:
            self.other_asked.emit()
            return
        self.account = None
        self._tasks.ask(_log_out)
        self._ask_password("")


def _windows(account: Account) -> list[Hat]:
    return [hat for hat in account.hats if hat.role in WINDOWS]


# What runs in the database thread. Imported there: argon2 and peewee must not delay the window.


def _log_in(login: str, password: str, pc: str) -> Account:
    from app.services import accounts  # noqa: PLC0415 - see above

    return accounts.log_in(login, password, pc)


def _log_out() -> None:
    from app.services import accounts  # noqa: PLC0415 - see above

    accounts.log_out()


def _change(login: str, old: str, new: str) -> None:
    from app.services import accounts, keys  # noqa: PLC0415 - see above

    accounts.change_password(login, old, new, keys.new_key())


def _work_as(account: Account, role: Role) -> Who:
    from app.services import accounts  # noqa: PLC0415 - see above

    return accounts.work_as(account, role)


def _waiting(sop: Sop | None, account: Account) -> dict[Role, int]:
    from app.services import worklist  # noqa: PLC0415 - see above

    return {hat.role: worklist.count(sop, hat.role) for hat in account.hats} if sop is not None else {}
