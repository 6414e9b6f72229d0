"""The later steps of a log-in: a new password on the spot, and the role of today. Loaded when they are needed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QDate, QEvent, QLocale, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from app.sop.calendar import WIB
from app.sop.model import Role
from app.ui.login_steps import password_field
from app.ui.parts import paint
from app.ui.parts.badges import Avatar, initials
from app.ui.parts.buttons import Button
from app.ui.parts.layout import column, row
from app.ui.parts.text import Elide, Txt
from app.ui.theme import color, px, style_font

if TYPE_CHECKING:
    from app.services.accounts import Account, Hat

MIN_PASSWORD = 10


class ChangeStep(QWidget):
    """A first or one-time password must become the officer's own, here and now."""

    chosen = Signal(str)
    other = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.new = password_field(
            self.tr("Sandi baru"), self.tr("Paling sedikit {0} huruf atau angka").format(MIN_PASSWORD)
        )
        self.again = password_field(self.tr("Ulangi sandi baru"))
        self.go = Button(self.tr("Simpan dan masuk"), "check", "primary", "Enter", height=48, wide=True)
        self.go.clicked.connect(self._check)
        self.setFocusProxy(self.new)
        self.new.input.entered.connect(self.again.setFocus)
        self.again.input.entered.connect(self.go.press)
        says = self.tr("{0}, sandi Anda hanya berlaku sekali. Buat sandi Anda sendiri sebelum mulai bekerja.").format(
            name
        )
        away = Button(self.tr("Ganti akun"), "", "link", "Esc", height=30, small=True)
        away.clicked.connect(self.other)
        self.setLayout(
            column(
                Txt(self.tr("Buat sandi baru"), size=28, weight=700),
                6,
                Txt(says, "body", "ink2", wrap=True),
                26,
                self.new,
                14,
                self.again,
                22,
                self.go,
                14,
                row("s", away, "s"),
                gap=0,
            )
        )

    def failed(self, message: str, *, retry: bool = False) -> None:
        """It was not taken; what was typed stays."""
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

    role: Role
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

    chosen = Signal(object)
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
        self.failure = Txt("", "small", "bad", wrap=True)
        self.failure.hide()
        head = row(Avatar(initials(name), 44), (column(Elide(name, "h1", "ink"), Elide(last), gap=2), 1), gap=14)
        self.setLayout(
            column(
                head,
                26,
                Txt(self.tr("Bekerja sebagai"), "h3"),
                10,
                column(*self.cards, gap=10),
                24,
                self.failure,
                self.go,
                14,
                row("s", away, "s", gap=0),
                gap=0,
            )
        )
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def failed(self, message: str, *, retry: bool = False) -> None:
        """The role was not given, or the database could not be asked; the choice stays."""
        self.failure.setText(message)
        self.failure.show()
        self.go.set_text(self.tr("Coba lagi") if retry else self.tr("Mulai bekerja"))
        self.setFocus()

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


def first_today(account: Account, now: datetime) -> bool:
    """Whether the account was used before, but not yet today."""
    return account.last_at is not None and account.last_at.astimezone(WIB).date() < now.astimezone(WIB).date()


def last_words(account: Account, now: datetime) -> str:
    """When and where the account was used last, so that an officer sees when it was somebody else."""
    tr = partial(QCoreApplication.translate, "LoginWindow")
    if account.last_at is None:
        return tr("Masuk untuk pertama kali")
    local = account.last_at.astimezone(WIB)
    recent = now - account.last_at < timedelta(days=6)
    if local.date() == now.astimezone(WIB).date():
        day = tr("hari ini")
    else:
        shape = "dddd" if recent else "d MMMM yyyy"
        day = QLocale("id_ID").toString(QDate(local.year, local.month, local.day), shape)
    at = f"{day} {local:%H.%M}" + (f", {account.last_pc}" if account.last_pc else "")
    return tr("Terakhir masuk: {0}").format(at)


def choice(hat: Hat, does: tuple[str, str], place: str, waiting: int) -> RoleChoice:
    """A card for a hat; `does` is its icon and what is done in it."""
    tr = partial(QCoreApplication.translate, "LoginWindow")
    glyph, work = does
    title = f"{hat.label} · {place}" if hat.role == "FO" and place else hat.label
    text = tr(work)
    if hat.kind != "TETAP":
        until = QLocale("id_ID").toString(QDate.fromString(hat.until, Qt.DateFormat.ISODate), "d MMMM yyyy")
        parts = [tr("s.d. {0}").format(until) if hat.until else "", hat.basis]
        text = " · ".join(part for part in parts if part) or text
    elif waiting:
        text = tr("{0} berkas di meja ini").format(waiting)
    return RoleChoice(hat.role, glyph, title, text)
