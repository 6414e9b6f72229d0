"""The first step of a log-in: name and password."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from app.ui.icons import icon
from app.ui.parts.buttons import Button
from app.ui.parts.capslock import CapsWatch
from app.ui.parts.inputs import Line, Password
from app.ui.parts.layout import box, column, row
from app.ui.parts.text import Ico, Txt
from app.ui.theme import changes

TALL = 44


class Eye(QAction):
    """At the end of a password line: shows and hides, like Ctrl+Shift+M."""

    def __init__(self, line: Password) -> None:
        super().__init__(line)
        self.setToolTip(self.tr("Tampilkan atau sembunyikan (Ctrl+Shift+M)"))
        self.triggered.connect(line.toggle)
        changes().changed.connect(self._dress)
        self._dress()
        line.addAction(self, line.ActionPosition.TrailingPosition)

    def _dress(self) -> None:
        self.setIcon(icon("eye", 18, "ink2"))


class LoginField(QWidget):
    """Label, large input, one sentence under it. Lighter than a form's field: it is all the first window needs."""

    def __init__(self, label: str, line: Line, hint: str = "") -> None:
        super().__init__()
        self.input, self._hint = line, hint
        line.setAccessibleName(label)
        self._sign, self._message = Ico("x-circle", 16, "bad", "fill"), Txt(hint, "small", "ink3", wrap=True)
        self._under = box(row(self._sign, (self._message, 1), gap=6, margins=(0, 2, 0, 0)))
        self.setLayout(column(Txt(label, "smallb", "ink2"), line, self._under, gap=6))
        self.setFocusProxy(line)
        self.set_state("")

    def value(self) -> str:
        """What is typed."""
        return self.input.value()

    def message(self) -> str:
        """The sentence under it."""
        return self._message.text()

    def set_state(self, state: str, message: str = "") -> None:
        """bad, warn or empty, and what to do."""
        tone = state or "ink3"
        self._sign.set_icon("warning" if state == "warn" else "x-circle", tone)
        self._sign.setVisible(bool(state))
        self._message.setText(message or self._hint)
        self._message.set_tone(tone)
        self._under.setVisible(bool(message or self._hint))
        self.input.show_state(state)
        self.input.setAccessibleDescription(message or self._hint)


def password_field(label: str, hint: str = "") -> LoginField:
    """A large password field with its eye."""
    line = Password(height=TALL)
    Eye(line)
    return LoginField(label, line, hint)


class PasswordStep(QWidget):
    """Who, and the password."""

    asked = Signal(str, str)
    other = Signal()

    def __init__(self, login: str = "", *, locked_name: str = "") -> None:
        super().__init__()
        self.login = LoginField(self.tr("Nama pengguna"), Line(data=False, height=TALL))
        self.login.input.set_value(login)
        self.password = password_field(self.tr("Kata sandi"))
        sign, says = Ico("warning", 16, "warn", "fill"), Txt(self.tr("Caps Lock menyala"), "smallm", "warn")
        self._caps_line = box(row(sign, says, "s", gap=6, margins=(0, 6, 0, 0)))
        self._caps_line.hide()
        CapsWatch(self.password.input).changed.connect(self._caps_line.setVisible)
        self.go = Button(self.tr("Masuk"), "sign-in", "primary", "Enter", height=48, wide=True)
        self.go.clicked.connect(self._ask)
        self.login.input.entered.connect(self.password.setFocus)
        self.login.input.enter_moves = False
        self.password.input.entered.connect(self.go.press)
        self._arrange(locked_name)
        self.setFocusProxy(self.password if login else self.login)

    def _arrange(self, locked_name: str) -> None:
        title, says = self.tr("Masuk"), self.tr("Gunakan akun petugas Anda.")
        below = row(Txt(self.tr("Lupa kata sandi? Hubungi admin kantor."), "small", "ink3"), "s")
        if locked_name:
            title = self.tr("Layar terkunci")
            says = self.tr("{0}, masukkan sandi Anda. Halaman Anda masih seperti saat ditinggalkan.").format(
                locked_name
            )
            self.login.input.set_read_only(True)
            self.login.input.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            another = Button(self.tr("Ganti akun"), "", "link", height=30, small=True)
            another.clicked.connect(self.other)
            below = row("s", Txt(self.tr("Bukan Anda?"), "small", "ink3"), another, "s", gap=0)
        self.setLayout(
            column(
                Txt(title, tone="ink", size=28, weight=700),
                6,
                Txt(says, "body", "ink2", wrap=True),
                26,
                self.login,
                18,
                self.password,
                self._caps_line,
                22,
                self.go,
                20,
                below,
                gap=0,
            )
        )

    def working(self, on: bool) -> None:
        """The answer is awaited: no second request."""
        self.go.set_text(self.tr("Menghubungi server…") if on else self.tr("Masuk"))
        self.go.set_icon("" if on else "sign-in")

    def failed(self, message: str, *, retry: bool = False) -> None:
        """Not in: why, with the caret where it is to be mended; after a lost server the fields stay."""
        self.go.set_text(self.tr("Coba lagi") if retry else self.tr("Masuk"))
        self.go.set_icon("arrow-clockwise" if retry else "sign-in")
        self.password.set_state(("warn" if retry else "bad") if message else "", message)
        self.password.setFocus()
        if not retry:
            self.password.input.selectAll()

    def _ask(self) -> None:
        if not self.login.value():
            self.login.set_state("bad", self.tr("Isi nama pengguna Anda, misalnya rina.oktaviani"))
            self.login.setFocus()
        elif not self.password.value():
            self.password.set_state("bad", self.tr("Isi kata sandi Anda"))
            self.password.setFocus()
        else:
            self.login.set_state("")
            self.password.set_state("")
            self.asked.emit(self.login.value(), self.password.value())
