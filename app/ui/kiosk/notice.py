"""A whole screen with one sentence: closed, server away, not ready. And the same sentences on a card."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.ui.kiosk import brush
from app.ui.kiosk.measure import HEAD, Measure
from app.ui.kiosk.touch import Plain
from app.ui.kiosk.words import Said
from app.ui.parts import paint


def draw_said(painter: QPainter, m: Measure, rect: QRectF, said: Said) -> None:
    """Picture, title and sentence, one under the other, in the middle of their place."""
    ink, _, _ = paint.TONES[said.tone]
    side = m.px(92)
    title = brush.fitting(m, said.title, rect.width(), 38, 700, 2)
    text = brush.fitting(m, said.text, rect.width(), 24, 400, 5)
    tall_title = brush.height_of(said.title, title, rect.width())
    tall_text = brush.height_of(said.text, text, rect.width())
    gap = m.px(18)
    top = rect.center().y() - (side + 2 * gap + tall_title + tall_text) / 2
    box = QRectF(rect.center().x() - side / 2, top, side, side)
    brush.icon_box(painter, m, box, said.icon, tone=said.tone, size=52)
    first = QRectF(rect.left(), box.bottom() + gap, rect.width(), tall_title)
    brush.write(painter, first, said.title, title, "ink" if said.tone != "ok" else ink, brush.HIGH_CENTRE)
    second = QRectF(rect.left(), first.bottom() + gap, rect.width(), tall_text + m.px(4))
    brush.write(painter, second, said.text, text, "ink2", brush.HIGH_CENTRE)


class Notice(QWidget):
    """Instead of the services."""

    call = Signal()

    def __init__(self, m: Measure, parent: QWidget) -> None:
        super().__init__(parent)
        self.m = m
        self._said: Said | None = None
        self.setGeometry(0, 0, m.width, m.height)
        self.helper = Plain(m, "Panggil petugas", "hand-waving", parent=self)
        tall, wide = m.touch(80), max(m.touch(250), m.px(250))
        self.helper.place(QRectF(m.width - m.px(36) - wide, m.height - m.gap(18) - tall, wide, tall))
        self.helper.clicked.connect(self.call)

    def say(self, said: Said, *, may_call: bool) -> None:
        """Another sentence; an officer can only be called while the server is there."""
        self._said = said
        self.setAccessibleName(f"{said.title}. {said.text}")
        self.helper.setVisible(may_call)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The sentence in the middle of the light ground."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        m = self.m
        if self._said is not None:
            wide = min(m.px(900), m.width - 2 * m.px(48))
            room = QRectF((m.width - wide) / 2, m.px(HEAD), wide, m.height - m.px(HEAD) - m.px(60))
            draw_said(painter, m, room, self._said)
        painter.end()


class Message(QWidget):
    """A sentence on a card over the dimmed screen, with the way on: back, and perhaps something else."""

    back = Signal()
    other = Signal()

    def __init__(self, m: Measure, parent: QWidget) -> None:
        super().__init__(parent)
        self.m = m
        self._said: Said | None = None
        self._left = 0
        self._card = QRectF()
        self.setGeometry(0, 0, m.width, m.height)
        self.done = Plain(m, "Kembali", "arrow-left", parent=self)
        self.instead = Plain(m, "Ambil nomor biasa", filled=True, parent=self)
        self.done.clicked.connect(self.back)
        self.instead.clicked.connect(self.other)

    def say(self, said: Said, *, back: str = "Kembali", other: str = "") -> None:
        """Another sentence; `other` is the second way on, filled."""
        self._said, self._left = said, 0
        self.setAccessibleName(f"{said.title}. {said.text}")
        self.done.say(back)
        self.instead.say(other or "Ambil nomor biasa")
        self.instead.setVisible(bool(other))
        self._lay()
        self.update()

    def count(self, seconds: int) -> None:
        """How long it stays."""
        if seconds != self._left:
            self._left = seconds
            self.update()

    def _lay(self) -> None:
        m = self.m
        wide = min(m.px(900), m.width - 2 * m.px(36))
        tall = min(m.px(560), m.height - m.px(120))
        self._card = QRectF((m.width - wide) / 2, (m.height - tall) / 2, wide, tall)
        key, gap = m.touch(80), m.gap(18)
        each = min(max(m.touch(280), m.px(280)), (wide - 2 * m.px(36) - gap) / 2)
        shown = [k for k in (self.done, self.instead) if not k.isHidden()]
        left = self._card.center().x() - (len(shown) * each + (len(shown) - 1) * gap) / 2
        for i, one in enumerate(shown):
            one.place(QRectF(left + i * (each + gap), self._card.bottom() - m.px(34) - key, each, key))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The card."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        m = self.m
        brush.dim(painter, QRectF(self.rect()))
        brush.card(painter, m, self._card)
        if self._said is not None:
            below = self.done.geometry().top() - m.px(44)
            room = QRectF(self._card.left() + m.px(56), self._card.top() + m.px(24), self._card.width() - m.px(112),
                          below - self._card.top() - m.px(24))  # fmt: skip
            draw_said(painter, m, room, self._said)
            if self._left:
                line = QRectF(room.left(), below + m.px(4), room.width(), m.px(30))
                said = f"Layar kembali ke awal dalam {self._left} detik"
                brush.line(painter, m, line, said, 17, "ink3", align=brush.CENTRE)
        painter.end()
