"""What stands over the log-in when the office cannot be reached or used: each trouble with its name and next step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame

from app import __version__
from app.errors import Shown
from app.ui.parts.buttons import Button
from app.ui.parts.layout import box, column, row
from app.ui.parts.text import Ico, Txt

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

RETRY, SERVER, COPY = "retry", "server", "copy"


@dataclass(frozen=True)
class Kind:
    """A trouble's name, picture, and the buttons that help."""

    title: str
    icon: str
    acts: tuple[str, ...] = (RETRY,)


KINDS = {
    "lost": Kind("Server kantor tidak terjangkau", "wifi-slash", (RETRY, SERVER)),
    "starting": Kind("Server kantor sedang menyala", "hard-drives"),
    "too_many": Kind("Terlalu banyak sambungan", "users-three"),
    "server_full": Kind("Penyimpanan server penuh", "hard-drives"),
    "timeout": Kind("Server lambat menjawab", "clock"),
    "busy": Kind("Server sedang sibuk", "clock"),
    "clock": Kind("Tanggal PC ini dan sertifikat server tidak cocok", "calendar-x"),
    "certificate": Kind("Server ini belum dapat dipercaya", "lock-simple", (SERVER, RETRY)),
    "address": Kind("Alamat server belum benar", "plugs", (SERVER, RETRY)),
    "client": Kind("Versi program di PC ini sudah lama", "download-simple", (COPY, RETRY)),
    "newer": Kind("Versi program di PC ini sudah lama", "download-simple", (COPY, RETRY)),
    "behind": Kind("Basis data server belum diperbarui", "hard-drives", (COPY, RETRY)),
    "sop_differs": Kind("Tabel SOP di server berbeda", "warning", (COPY, RETRY)),
    "inactive": Kind("Akun ini sedang tidak aktif", "user-minus", ()),
}
"""Code of the error → how it is shown; its own text says what it is and whom to ask."""

RETURNS = ("lost", "starting")
"""What passes by itself: the program looks again, the officer need not."""


class TroubleCard(QFrame):
    """Picture, name, the error's own sentence, and at most two buttons."""

    retry = Signal()
    server = Signal()

    def __init__(self, pc_clock: Callable[[], datetime], *, may_choose: bool = True) -> None:
        super().__init__()
        self.setObjectName("banner")
        self._pc_clock, self._may_choose = pc_clock, may_choose
        self._error: Shown | None = None
        self._icon, self._title = Ico("warning", 22, "bad", "fill"), Txt("", "h3", "ink", wrap=True)
        self._text, self._clock = Txt("", "small", "ink2", wrap=True), Txt("", "smallb", "ink", wrap=True)
        self.acts = {
            RETRY: Button(self.tr("Coba lagi"), "arrow-clockwise", "secondary", "F5", height=34, small=True),
            SERVER: Button(self.tr("Atur server…"), "plugs", "secondary", height=34, small=True),
            COPY: Button(self.tr("Salin rincian"), "copy", "secondary", height=34, small=True),
        }
        self.acts[RETRY].clicked.connect(self.retry)
        self.acts[SERVER].clicked.connect(self.server)
        self.acts[COPY].clicked.connect(lambda: QGuiApplication.clipboard().setText(self.report()))
        self._below = box(row(*self.acts.values(), "s", gap=8, margins=(0, 8, 0, 0)))
        words = column(self._title, self._text, self._clock, self._below, gap=4)
        self.setLayout(row(column(self._icon, "s", gap=0), (words, 1), gap=12, margins=(14, 12, 14, 12)))
        self._second = QTimer(self, interval=1000)
        self._second.timeout.connect(self._tick)
        self.hide()

    def show_error(self, error: Exception) -> bool:
        """Show it, if it is one of the known troubles."""
        kind = KINDS.get(error.code) if isinstance(error, Shown) else None
        if kind is None or not isinstance(error, Shown):
            self.clear()
            return False
        self._error = error
        self._icon.set_icon(kind.icon, "bad" if error.code not in RETURNS else "warn")
        self._title.setText(QCoreApplication.translate("TroubleCard", kind.title))
        self._text.setText(error.message)
        acts = [a for a in kind.acts if a != SERVER or self._may_choose]
        for name, button in self.acts.items():
            button.setVisible(name in acts)
        self._below.setVisible(bool(acts))
        self._show_clock(on=error.code == "clock")
        self._dress("warn" if error.code in RETURNS else "bad")
        self.setAccessibleName(f"{self._title.text()}. {error.message}")
        self.show()
        return True

    def clear(self) -> None:
        """Nothing is wrong."""
        self._error = None
        self._second.stop()
        self.hide()

    def code(self) -> str:
        """What is shown, by its code; empty while nothing is wrong."""
        return self._error.code if self._error is not None else ""

    def title(self) -> str:
        """The trouble's name."""
        return self._title.text()

    def clock_line(self) -> str:
        """This PC's date and time where they are the trouble."""
        return self._clock.text() if not self._clock.isHidden() else ""

    def report(self) -> str:
        """What IT needs to know; it holds nobody's data."""
        error = self._error
        return f"PELITA 3 {__version__}\n{error.message}\n{error.code}" if error is not None else ""

    def _dress(self, tone: str) -> None:
        self.setProperty("tone", tone)
        self.style().unpolish(self)
        self.style().polish(self)

    def _show_clock(self, *, on: bool) -> None:
        self._clock.setVisible(on)
        if on:
            self._second.start()
            self._tick()
        else:
            self._second.stop()

    def _tick(self) -> None:
        from app.ui.parts.statusbar import clock_words, date_words  # noqa: PLC0415 - a zone database takes its time

        now = self._pc_clock()
        self._clock.setText(self.tr("Jam PC ini: {0}, {1}").format(date_words(now), clock_words(now)))
