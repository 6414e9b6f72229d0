"""The status bar: lamps at the left, date and server time at the right; and the line that shows waiting."""

from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import QDate, QEvent, QLocale, QSize, QTimer, Signal
from PySide6.QtGui import QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy

from app.ui.parts import paint
from app.ui.parts.badges import Lamp
from app.ui.parts.layout import row
from app.ui.parts.text import Txt
from app.ui.theme import color, px

TALL = 30
WIB = ZoneInfo("Asia/Jakarta")
INDONESIAN = QLocale("id_ID")


def date_words(moment: datetime) -> str:
    """A moment in UTC as "Selasa, 12 Mei 2026" in WIB."""
    local = moment.astimezone(WIB)
    return INDONESIAN.toString(QDate(local.year, local.month, local.day), "dddd, d MMMM yyyy")


def clock_words(moment: datetime) -> str:
    """A moment in UTC as "10.42.18 WIB"."""
    return f"{moment.astimezone(WIB):%H.%M.%S} WIB"


class StatusBar(QFrame):
    """30 px at the bottom of every page. A click on a lamp asks for details."""

    lamp_pressed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("stat")
        self.setFixedHeight(px(TALL))
        self._lamps: dict[str, Lamp] = {}
        self._row = QHBoxLayout()
        self._row.setSpacing(14)
        self._slow = Txt("", "captionm", "warn")
        self._date, self._clock = Txt("", "caption", "ink2"), Txt("", "captionb", "ink")
        self.setLayout(row(self._row, "s", self._slow, 10, self._date, self._clock, gap=6, margins=(16, 0, 16, 0)))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self.height() != px(TALL):
            self.setFixedHeight(px(TALL))

    def set_lamp(self, key: str, text: str, tone: str) -> None:
        """Light a lamp; a new key takes the next place, and keeps it unseen while it has no words."""
        if key not in self._lamps:
            self._lamps[key] = Lamp()
            self._row.addWidget(self._lamps[key])
        self._lamps[key].set(text, tone)
        self._lamps[key].setVisible(bool(text))

    def lamp(self, key: str) -> tuple[str, str]:
        """Word and tone of a lamp, two empty texts if there is none."""
        lit = self._lamps.get(key)
        return (lit.text(), lit.tone()) if lit is not None else ("", "")

    def show_time(self, moment: datetime) -> None:
        """Date and server time."""
        self._date.setText(date_words(moment))
        self._clock.setText(clock_words(moment))

    def show_slow(self, text: str) -> None:
        """A word on waiting that takes long; empty when it is over."""
        self._slow.setText(text)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Which lamp was pressed."""
        for key, lamp in self._lamps.items():
            if lamp.geometry().contains(event.position().toPoint()):
                self.lamp_pressed.emit(key)


class WaitLine(paint.Painted):
    """Two pixels under the top bar that run while an answer is awaited: nothing in the first 150 ms."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._at = 0.0
        self._runs = False
        self._late = QTimer(self, singleShot=True, interval=150)
        self._late.timeout.connect(self._start)
        self._step = QTimer(self, interval=40)
        self._step.timeout.connect(self._move)

    def set_busy(self, on: bool) -> None:
        """An answer is awaited, or all have come."""
        if on:
            self._late.start()
        else:
            self._late.stop()
            self._step.stop()
            self._runs = False
            self.update()

    def runs(self) -> bool:
        """Whether it is to be seen."""
        return self._runs

    def _start(self) -> None:
        self._runs = True
        self._step.start()

    def _move(self) -> None:
        self._at = (self._at + 0.03) % 1.3
        self.update()

    def sizeHint(self) -> QSize:
        """2 px."""
        return QSize(100, 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A piece that runs from left to right."""
        if self._runs:
            painter = self.brush()
            left = int((self._at - 0.3) * self.width())
            painter.fillRect(left, 0, int(self.width() * 0.3), 2, color("primary"))
            painter.end()
