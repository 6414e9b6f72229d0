"""A small window beside the program: whom to log in as, and what each can do."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QScreen
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.demo.office import PASSPHRASE, PASSWORD, PEOPLE, UNSEEN, DemoOffice
from app.services.accounts import HAT_LABELS
from app.sop.model import Role
from app.ui.parts.buttons import Button
from app.ui.parts.layout import column, line, row
from app.ui.parts.text import Txt


def lines() -> list[str]:
    """login, name and role of everybody who has a window, then the secrets they share."""
    people = [p for p in PEOPLE if p.roles[0] not in UNSEEN]
    out = [f"{p.login:<10} {HAT_LABELS[p.roles[0]]:<16} {p.name}" for p in people]
    return [*out, f"Kata sandi semua akun: {PASSWORD}", f"Frasa sandi TTE Kadis: {PASSPHRASE}"]


class AccountsCard(QWidget):
    """Stays on top, can be put aside; everything in it is invented. From it the machines of the hall are opened."""

    machine_asked = Signal(object)

    def stand_aside(self, screen: QScreen) -> None:
        """Show it in the lower left corner, without taking the keyboard from the log-in."""
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        room = screen.availableGeometry()
        size = self.sizeHint()
        self.move(room.left() + 16, room.bottom() - size.height() - 48)
        self.show()

    def __init__(self, office: DemoOffice) -> None:
        super().__init__(None, Qt.WindowType.Tool | Qt.WindowType.WindowStaysOnTopHint)
        self.setWindowTitle(self.tr("Akun peragaan PELITA 3"))
        people = [p for p in PEOPLE if p.roles[0] not in UNSEEN]
        rows = [
            row(
                Txt(p.login, "data", data=True, selectable=True),
                "s",
                Txt(HAT_LABELS[p.roles[0]], "small", "ink2"),
                gap=16,
            )
            for p in people
        ]
        told = Txt(
            self.tr("Semua orang dan nomor karangan. Surel jatuh ke {0}.").format(office.sink.folder),
            "small",
            "ink3",
            wrap=True,
        )
        told.setMaximumWidth(320)
        self.setLayout(
            column(
                Txt(self.tr("Masuk sebagai"), "h2"),
                *rows,
                line(),
                _secret(self.tr("Kata sandi"), PASSWORD),
                _secret(self.tr("Frasa sandi TTE"), PASSPHRASE),
                line(),
                row(
                    self._opener(self.tr("Buka kios"), Role.KIOSK),
                    self._opener(self.tr("Buka layar TV"), Role.DISPLAY),
                    gap=8,
                ),
                told,
                gap=8,
                margins=(20, 16, 20, 16),
            )
        )

    def _opener(self, words: str, role: Role) -> Button:
        button = Button(words)
        button.clicked.connect(lambda: self.machine_asked.emit(role))
        return button


def _secret(words: str, value: str) -> QHBoxLayout:
    return row(Txt(words, "small", "ink2"), "s", Txt(value, "data", data=True, selectable=True))
