"""Behind the long press in the corner: the machine's password on a glass keyboard, then what only staff may do."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.ui.kiosk import brush
from app.ui.kiosk.measure import Measure
from app.ui.kiosk.touch import Key, Plain
from app.ui.parts import paint
from app.ui.theme import color

ROWS = {
    "abc": ("1234567890", "qwertyuiop", "asdfghjkl-", "zxcvbnm._@"),
    "ABC": ("1234567890", "QWERTYUIOP", "ASDFGHJKL-", "ZXCVBNM._@"),
    "#+=": ("1234567890", "!\"#$%&'()*", "+,/:;<=>?[", "\\]^_`{|}~ "),
}
LONGEST = 64


@dataclass(frozen=True)
class Facts:
    """What staff see of the machine."""

    lines: tuple[str, ...]
    unprinted: int = 0


class Staff(QWidget):
    """A password first; then the menu."""

    entered = Signal(str)
    leave = Signal()
    close_asked = Signal()
    again_asked = Signal()
    print_asked = Signal()

    def __init__(self, m: Measure, parent: QWidget) -> None:
        super().__init__(parent)
        self.m = m
        self.typed, self._said, self._menu = "", "", False
        self._facts = Facts(())
        self.keys: list[Key | Plain] = []
        self.setGeometry(0, 0, m.width, m.height)
        edge = m.px(36)
        self._card = QRectF(edge, m.px(28), m.width - 2 * edge, m.height - 2 * m.px(28))
        if m.portrait:
            self._card = QRectF(edge, m.px(240), m.width - 2 * edge, m.px(800))

    def ask(self) -> None:
        """Ask who is there."""
        self.typed, self._said, self._menu = "", "", False
        self._letters("abc")
        self.update()

    def wrong(self, text: str) -> None:
        """Not with this password."""
        self.typed, self._said = "", text
        self.update()

    def show_menu(self, facts: Facts) -> None:
        """The password was right."""
        self.typed, self._facts, self._menu = "", facts, True
        self._clear()
        m, gap = self.m, self.m.gap(18)
        tall = m.touch(80)
        again = f"Cetak ulang yang belum tercetak ({facts.unprinted})"
        asked = [
            ("Kembali melayani", "arrow-left", self.leave),
            ("Mulai ulang kios", "arrow-clockwise", self.again_asked),
            ("Tutup kios", "sign-out", self.close_asked),
        ]
        if facts.unprinted:
            asked.insert(1, (again, "printer", self.print_asked))
        room = self._room()
        across = 1 if m.portrait else 2
        wide = (room.width() - (across - 1) * gap) / across
        rows = -(-len(asked) // across)
        top = room.bottom() - rows * tall - (rows - 1) * gap
        for i, (text, icon, signal) in enumerate(asked):
            key = Plain(m, text, icon, filled=i == 0, parent=self)
            self._add(
                key, QRectF(room.left() + (i % across) * (wide + gap), top + (i // across) * (tall + gap), wide, tall)
            )
            key.clicked.connect(signal)
        self.update()

    # --- keys --------------------------------------------------------------------------------------------------------

    def _room(self) -> QRectF:
        pad = self.m.px(32)
        return self._card.adjusted(pad, pad, -pad, -pad)

    def _line(self) -> QRectF:
        room = self._room()
        return QRectF(room.left(), room.top() + self.m.px(54), room.width(), self.m.px(76))

    def _letters(self, face: str) -> None:
        self._clear()
        m, room = self.m, self._room()
        gap = max(4, min(m.gap(10), round(room.width() / 80)))
        top = self._line().bottom() + m.px(20)
        rows = ROWS[face]
        tall = (room.bottom() - top - len(rows) * gap) / (len(rows) + 1)
        tall = min(tall, m.touch(92))
        wide = (room.width() - 9 * gap) / 10
        for down, row in enumerate(rows):
            for right, letter in enumerate(row):
                key = Key(m, letter, says="spasi" if letter == " " else "", parent=self)
                key.clicked.connect(partial(self.type, letter))
                self._add(key, QRectF(room.left() + right * (wide + gap), top + down * (tall + gap), wide, tall))
        self._foot(QRectF(room.left(), top + len(rows) * (tall + gap), room.width(), tall), gap, face)

    def _foot(self, row: QRectF, gap: int, face: str) -> None:
        m = self.m
        others = [f for f in ROWS if f != face]
        wipe = Key(m, "", "backspace", "Hapus satu huruf", parent=self)
        wipe.clicked.connect(self.wipe)
        keys: list[Key | Plain] = [Key(m, other, parent=self) for other in others]
        for key, other in zip(keys, others, strict=True):
            key.clicked.connect(partial(self._letters, other))
        back, go = Plain(m, "Batal", parent=self), Plain(m, "Masuk", filled=True, parent=self)
        back.clicked.connect(self.leave)
        go.clicked.connect(self._enter)
        keys += [wipe, back, go]
        wide = (row.width() - (len(keys) - 1) * gap) / len(keys)
        for i, key in enumerate(keys):
            self._add(key, QRectF(row.left() + i * (wide + gap), row.top(), wide, row.height()))

    def _add(self, key: Key | Plain, place: QRectF) -> None:
        key.place(place)
        key.show()
        self.keys.append(key)

    def _clear(self) -> None:
        for key in self.keys:
            key.hide()
            key.deleteLater()
        self.keys = []

    # --- typing ------------------------------------------------------------------------------------------------------

    def type(self, letter: str) -> None:
        """One more letter."""
        if len(self.typed) < LONGEST:
            self.typed += letter
        self._said = ""
        self.update()

    def wipe(self) -> None:
        """One letter less."""
        self.typed = self.typed[:-1]
        self.update()

    def _enter(self) -> None:
        if self.typed:
            self.entered.emit(self.typed)

    def take_key(self, event: QKeyEvent) -> None:
        """A keyboard that IT has plugged in."""
        if self._menu:
            return
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._enter()
        elif event.key() == Qt.Key.Key_Backspace:
            self.wipe()
        elif event.key() == Qt.Key.Key_Escape:
            self.leave.emit()
        elif event.text() and event.text().isprintable():
            self.type(event.text())

    # --- drawing -----------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """The card with its line or its facts."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        m, room = self.m, self._room()
        brush.dim(painter, QRectF(self.rect()))
        brush.card(painter, m, self._card)
        title = "Kios" if self._menu else "Khusus petugas: sandi akun kios ini"
        brush.line(painter, m, QRectF(room.left(), room.top(), room.width(), m.px(44)), title, 26, "ink", weight=700)
        if self._menu:
            self._draw_facts(painter)
        else:
            self._draw_line(painter)
        painter.end()

    def _draw_line(self, painter: QPainter) -> None:
        m, rect = self.m, self._line()
        edge = max(2.0, m.px(3))
        paint.rounded(painter, rect.adjusted(edge / 2, edge / 2, -edge / 2, -edge / 2), m.px(12), color("field"),
                      color("bad_l" if self._said else "primary"), edge)  # fmt: skip
        inner = rect.adjusted(m.px(20), 0, -m.px(20), 0)
        if self._said:
            brush.line(painter, m, inner, self._said, 20, "bad", weight=600)
        elif self.typed:
            brush.line(painter, m, inner, "●" * len(self.typed), 24, "ink")
        else:
            brush.line(painter, m, inner, "Ketik sandi", 22, "ink3")

    def _draw_facts(self, painter: QPainter) -> None:
        m, room = self.m, self._room()
        for i, text in enumerate(self._facts.lines):
            line = QRectF(room.left(), room.top() + m.px(56) + i * m.px(36), room.width(), m.px(34))
            brush.line(painter, m, line, text, 20, "ink2")
