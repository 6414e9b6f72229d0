"""Typing the number of a web booking on the glass: digits first, letters one touch away; a scan works here too."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.ui.kiosk import brush
from app.ui.kiosk.measure import HEAD, MARGIN, Measure
from app.ui.kiosk.touch import Key, Plain
from app.ui.parts import paint
from app.ui.theme import color

LONGEST = 24
WIPE, MORE, LESS = "hapus", "ABC", "123"
DIGITS = (("1", "2", "3", WIPE), ("4", "5", "6", "-"), ("7", "8", "9", "/"), ("0", "0", "0", MORE))
LETTERS = ((*"ABCDEFGH",), (*"IJKLMNOP",), (*"QRSTUVWX",), ("Y", "Z", "-", "/", WIPE, WIPE, LESS, LESS))
"""The keys row by row; one that stands in several places is as wide as all of them."""


Rows = tuple[tuple[str, ...], ...]


class Pad(QWidget):
    """A line and its keys."""

    entered = Signal(str)
    back = Signal()
    touched = Signal()

    def __init__(self, m: Measure, parent: QWidget) -> None:
        super().__init__(parent)
        self.m = m
        self.typed = ""
        self.keys: list[Key] = []
        self.setGeometry(0, 0, m.width, m.height)
        self.home = Plain(m, "Kembali", "arrow-left", parent=self)
        self.go = Plain(m, "Lapor hadir", "check", filled=True, parent=self)
        self.home.clicked.connect(self.back)
        self.go.clicked.connect(lambda: self.entered.emit(self.typed))
        self._line = QRectF()
        self._hint = QRectF()
        self.begin()

    def begin(self) -> None:
        """Empty, with digits."""
        self.typed = ""
        self.again()

    def again(self) -> None:
        """With digits, and what was typed, to be mended."""
        self._lay(DIGITS)
        self._judge()

    # --- keys --------------------------------------------------------------------------------------------------------

    def _lay(self, rows: Rows) -> None:
        for key in self.keys:
            key.hide()
            key.deleteLater()
        self.keys = []
        m, room = self.m, self._room(rows is DIGITS)
        gap, across = m.gap(14), len(rows[0])
        tall = min((room.height() - 3 * gap) / 4, m.touch(112))
        wide = min((room.width() - (across - 1) * gap) / across, m.touch(168))
        left = room.right() - across * wide - (across - 1) * gap
        if m.portrait:
            left -= (left - room.left()) / 2
        for down, row in enumerate(rows):
            for right, what in enumerate(row):
                if right and row[right - 1] == what:
                    continue
                many = row.count(what)
                place = QRectF(left + right * (wide + gap), room.top() + down * (tall + gap),
                               many * wide + (many - 1) * gap, tall)  # fmt: skip
                self._add(what, place)

    def _room(self, digits: bool) -> QRectF:
        """Where the keys stand; the line, the hint and the two ways out are put beside or above it."""
        m = self.m
        left, wide, gap = m.px(MARGIN), m.width - 2 * m.px(MARGIN), m.gap(18)
        tall = m.touch(80)
        foot = m.height - gap - tall
        self.home.place(QRectF(left, foot, max(m.touch(220), m.px(220)), tall))
        go = max(m.touch(280), m.px(280))
        self.go.place(QRectF(left + wide - go, foot, go, tall))
        top = m.px(HEAD) + m.px(84)
        half = wide if m.portrait else wide * (0.44 if digits else 0.3)
        self._line = QRectF(left, top, half, m.px(112))
        self._hint = QRectF(left, self._line.bottom() + m.px(16), half, m.px(84 if m.portrait else 200))
        if m.portrait:
            start = self._hint.bottom() + gap
            return QRectF(left, start, wide, foot - gap - start)
        right = left + half + m.px(36)
        return QRectF(right, top, left + wide - right, foot - gap - top)

    def _add(self, what: str, place: QRectF) -> None:
        says = {WIPE: "Hapus satu huruf", MORE: "Huruf", LESS: "Angka"}.get(what, "")
        key = Key(self.m, "" if what == WIPE else what, "backspace" if what == WIPE else "", says, parent=self)
        key.place(place)
        key.clicked.connect(
            {WIPE: self.wipe, MORE: partial(self._switch, LETTERS), LESS: partial(self._switch, DIGITS)}.get(
                what, partial(self.type, what)
            )
        )
        key.show()
        self.keys.append(key)

    def _switch(self, rows: Rows) -> None:
        self._lay(rows)
        self._judge()

    # --- typing ------------------------------------------------------------------------------------------------------

    def type(self, letter: str) -> None:
        """One more letter."""
        if len(self.typed) < LONGEST:
            self.typed += letter
        self._judge()

    def wipe(self) -> None:
        """One letter less."""
        self.typed = self.typed[:-1]
        self._judge()

    def _judge(self) -> None:
        self.go.setEnabled(bool(self.typed.strip("-/")))
        self.touched.emit()
        self.update()

    # --- drawing -----------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """The question, what was typed, and the other way."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        m = self.m
        left, wide = m.px(MARGIN), m.width - 2 * m.px(MARGIN)
        title = QRectF(left, m.px(HEAD) + m.px(8), wide, m.px(66))
        brush.line(painter, m, title, "Ketik nomor daring Anda", 32, "ink", weight=700)
        edge = max(2.0, m.px(3))
        inner = self._line.adjusted(edge / 2, edge / 2, -edge / 2, -edge / 2)
        paint.rounded(painter, inner, m.px(14), color("field"), color("primary"), edge)
        words = self._line.adjusted(m.px(22), 0, -m.px(22), 0)
        if self.typed:
            brush.line(painter, m, words, self.typed, 42, "ink", weight=700)
        else:
            brush.line(painter, m, words, "Contoh: 0042", 30, "ink3")
        said = "Nomornya ada di pesan atau layar ponsel Anda. Lebih cepat: dekatkan kode QR ke pemindai di bawah layar."
        face = brush.fitting(m, said, self._hint.width(), 20, 400, 5)
        brush.write(painter, self._hint, said, face, "ink2", brush.TOP)
        painter.end()
