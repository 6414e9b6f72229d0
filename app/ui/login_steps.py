"""The steps of a log-in: name and password, a new password on the spot, the role of today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from app.ui.icons import icon
from app.ui.parts import paint
from app.ui.parts.badges import Avatar, initials
from app.ui.parts.buttons import Button
from app.ui.parts.capslock import CapsWatch
from app.ui.parts.fields import Field
from app.ui.parts.inputs import Line, Password
from app.ui.parts.layout import box, column, row
from app.ui.parts.text import Elide, Ico, Txt
from app.ui.theme import changes, color, px, style_font

TALL = 44
MIN_PASSWORD = 10


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


def password_field(label: str, hint: str = "") -> Field:
    """A large password field with its eye."""
    line = Password(height=TALL)
    Eye(line)
    return Field(label, line, hint=hint)


class PasswordStep(QWidget):
    """Who, and the password."""

    asked = Signal(str, str)
    other = Signal()

    def __init__(self, login: str = "", *, locked_name: str = "") -> None:
        super().__init__()
        self.login = Field(self.tr("Nama pengguna"), Line(data=False, height=TALL))
        self.login.set_value(login)
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

    def _arrange(self, locked_name: str) -> None:
        title, says = self.tr("Masuk"), self.tr("Gunakan akun petugas Anda.")
        below = row(Txt(self.tr("Lupa kata sandi? Hubungi admin kantor."), "small", "ink3"), "s")
        if locked_name:
            title = self.tr("Layar terkunci")
            says = self.tr("{0}, masukkan sandi Anda. Halaman Anda masih seperti saat ditinggalkan.").format(locked_name)
            self.login.set_read_only(True)
            self.login.input.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            another = Button(self.tr("Ganti akun"), "", "link", height=30, small=True)
            another.clicked.connect(self.other)
            below = row("s", Txt(self.tr("Bukan Anda?"), "small", "ink3"), another, "s", gap=0)
        self.setLayout(
            column(
                Txt(title, tone="ink", size=28, weight=700), 6, Txt(says, "body", "ink2", wrap=True), 26, self.login, 14,
                self.password, self._caps_line, 22, self.go, 20, below, gap=0,
            )  # fmt: skip
        )

    def focus(self) -> None:
        """Where typing goes on."""
        (self.password if self.login.value() else self.login).setFocus()

    def working(self, on: bool) -> None:
        """The answer is awaited: no second request."""
        self.go.set_text(self.tr("Menghubungi server…") if on else self.tr("Masuk"))
        self.go.set_icon("" if on else "sign-in")

    def failed(self, message: str, *, retry: bool) -> None:
        """Not in: why, with the caret where it is to be mended; after a lost server the fields stay."""
        self.go.set_text(self.tr("Coba lagi") if retry else self.tr("Masuk"))
        self.go.set_icon("arrow-clockwise" if retry else "sign-in")
        self.password.set_state("warn" if retry else "bad", message)
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


class ChangeStep(QWidget):
    """A first or one-time password must become the officer's own, here and now."""

    chosen = Signal(str)
    other = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.new = password_field(self.tr("Sandi baru"), self.tr("Paling sedikit {0} huruf atau angka").format(MIN_PASSWORD))
        self.again = password_field(self.tr("Ulangi sandi baru"))
        self.go = Button(self.tr("Simpan dan masuk"), "check", "primary", "Enter", height=48, wide=True)
        self.go.clicked.connect(self._check)
        self.new.input.entered.connect(self.again.setFocus)
        self.again.input.entered.connect(self.go.press)
        says = self.tr("{0}, sandi Anda hanya berlaku sekali. Buat sandi Anda sendiri sebelum mulai bekerja.").format(name)
        away = Button(self.tr("Ganti akun"), "", "link", "Esc", height=30, small=True)
        away.clicked.connect(self.other)
        self.setLayout(
            column(
                Txt(self.tr("Buat sandi baru"), size=28, weight=700), 6, Txt(says, "body", "ink2", wrap=True), 26, self.new, 14,
                self.again, 22, self.go, 14, row("s", away, "s"), gap=0,
            )  # fmt: skip
        )

    def failed(self, message: str) -> None:
        """The database did not take it."""
        self.new.set_state("bad", message)
        self.new.setFocus()

    def _check(self) -> None:
        self.new.set_state("")
        self.again.set_state("")
        if len(self.new.value()) < MIN_PASSWORD:
            kind = self.tr("Baru {0} huruf, paling sedikit {1}").format(len(self.new.value()), MIN_PASSWORD)
            self.failed(kind)
        elif self.new.value() != self.again.value():
            self.again.set_state("bad", self.tr("Belum sama dengan sandi baru di atas"))
            self.again.setFocus()
        else:
            self.chosen.emit(self.new.value())


@dataclass(frozen=True)
class RoleChoice:
    """One hat to put on: what it is called and what waits there."""

    role: str
    icon: str
    title: str
    text: str


class RoleCard(QAbstractButton):
    """One role; the chosen one has a blue edge."""

    def __init__(self, choice: RoleChoice, number: int, tall: int) -> None:
        super().__init__()
        self.choice, self._number, self._tall = choice, str(number), tall
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{choice.title}. {choice.text}")
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(400, px(self._tall))

    def changeEvent(self, event: QEvent) -> None:
        """Grow with the text."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Edge, icon, two lines, key."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.isChecked()
        half = 1.0 if on else 0.5
        face = QRectF(self.rect()).adjusted(half, half, -half, -half)
        ground = "primary_s" if on else "subtle" if self.underMouse() else "surface"
        paint.rounded(painter, face, 10, color(ground), color("primary_t" if on else "line"), half * 2)
        middle = self.height() / 2
        glyph = "primary_t" if on else "ink2"
        paint.picture(painter, QPointF(17, middle - 12), self.choice.icon, 24, glyph, "fill" if on else "bold")
        room = self.width() - 56 - 50
        upper = QRectF(56, middle - px(21), room, px(20))
        lower = QRectF(56, middle + 1, room, px(19))
        paint.words(painter, upper, self.choice.title, style_font("bodyb"), color("primary_t" if on else "ink"))
        paint.words(painter, lower, self.choice.text, style_font("small"), color("ink2"))
        wide = paint.key_width(self._number)
        cap = QRectF(self.width() - wide - 15, middle - px(20) / 2, wide, px(20))
        paint.keycap(painter, cap, self._number)
        painter.end()


class RoleStep(QWidget):
    """Which of several hats; 1 to 9 choose, Enter begins, Esc goes back."""

    chosen = Signal(str)
    other = Signal()

    def __init__(self, name: str, last: str, choices: Sequence[RoleChoice], back: str) -> None:
        super().__init__()
        tall = 68 if len(choices) <= 4 else 54
        self.cards = [RoleCard(choice, number, tall) for number, choice in enumerate(choices, 1)]
        for card in self.cards:
            card.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.cards[0].setChecked(True)
        self.go = Button(self.tr("Mulai bekerja"), "arrow-right", "primary", "Enter", height=48, wide=True)
        self.go.clicked.connect(self._go)
        away = Button(back, "", "link", "Esc", height=30, small=True)
        away.clicked.connect(self.other)
        head = row(Avatar(initials(name), 44), (column(Elide(name, "h1", "ink"), Elide(last), gap=2), 1), gap=14)
        self.setLayout(
            column(
                head, 26, Txt(self.tr("Bekerja sebagai"), "h3"), 10, column(*self.cards, gap=10), 24, self.go, 14,
                row("s", away, "s", gap=0), gap=0,
            )  # fmt: skip
        )
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Numbers and arrows choose, Enter begins."""
        now = next(i for i, card in enumerate(self.cards) if card.isChecked())
        if event.text().isdigit() and 0 < int(event.text()) <= len(self.cards):
            self.cards[int(event.text()) - 1].setChecked(True)
        elif event.key() == Qt.Key.Key_Down:
            self.cards[min(now + 1, len(self.cards) - 1)].setChecked(True)
        elif event.key() == Qt.Key.Key_Up:
            self.cards[max(now - 1, 0)].setChecked(True)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.go.press()
        else:
            super().keyPressEvent(event)

    def _go(self) -> None:
        self.chosen.emit(next(card.choice.role for card in self.cards if card.isChecked()))
