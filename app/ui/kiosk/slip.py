"""The card with the ticket drawn large: being taken, being printed, there, or to be photographed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from app.jobs.kiosk import Given
from app.ui.kiosk import brush, words
from app.ui.kiosk.measure import Measure
from app.ui.kiosk.touch import Plain
from app.ui.parts import paint
from app.ui.theme import color

PAPER = (310, 456)
"""The ticket, in the drawing."""


class Slip(QWidget):
    """Over the dimmed screen; nothing under it can be touched."""

    done = Signal()

    def __init__(self, m: Measure, parent: QWidget) -> None:
        super().__init__(parent)
        self.m = m
        self._given: Given | None = None
        self._office = ""
        self._icon, self._title, self._text = "printer", "", ""
        self._share: float | None = 0.0
        self._left = 0
        self.setGeometry(0, 0, m.width, m.height)
        wide, tall = (m.px(696), m.px(1120)) if m.portrait else (m.px(1060), m.px(570))
        self._card = QRectF((m.width - wide) / 2, (m.height - tall) / 2, wide, tall)
        self.end = Plain(m, "Selesai", "check", filled=True, parent=self)
        self.end.clicked.connect(self.done)
        self.end.hide()

    # --- what it shows -----------------------------------------------------------------------------------------------

    def taking(self, *, looking: bool = False, slow: bool = False) -> None:
        """The number is being fetched, or what a web number is for; everything is dead."""
        said = words.looking_words() if looking else words.taking_words()
        self._show(None, "qr-code" if looking else "printer", words.slow_words() if slow else said, 0.0)

    def printing(self, given: Given, office: str) -> None:
        """The number is known, the paper comes."""
        self._office = office
        self._show(given, "printer", words.printing_words(), 0.2)

    def printed(self) -> None:
        """The paper is there."""
        self._show(self._given, "check-circle", words.printed_words(), 1.0)

    def perhaps(self) -> None:
        """Nobody can say whether it is."""
        self._show(self._given, "printer", words.perhaps_words(), None)
        self._offer_end("Selesai")

    def no_paper(self) -> None:
        """It is not: the screen is the paper."""
        self._show(self._given, "camera", words.no_paper_words(), None)
        self._offer_end("Sudah saya foto")

    def advance(self, share: float) -> None:
        """How far the printing is, as far as anybody knows."""
        if self._share is not None and self._share < 1:
            self._share = share
            self.update()

    def count(self, seconds: int) -> None:
        """How long it stays."""
        if seconds != self._left:
            self._left = seconds
            self.update()

    def _show(self, given: Given | None, icon: str, said: tuple[str, str], share: float | None) -> None:
        self._given, self._icon, self._share, self._left = given, icon, share, 0
        self._title, self._text = said
        number = f"Nomor {given.label}. " if given else ""
        self.setAccessibleName(f"{number}{self._title}. {self._text}")
        self.end.hide()
        self.update()

    def _offer_end(self, text: str) -> None:
        m = self.m
        self.end.say(text)
        room = self._right()
        tall, wide = m.touch(80), min(max(m.touch(300), m.px(300)), room.width())
        left = room.center().x() - wide / 2 if m.portrait else room.left()
        self.end.place(QRectF(left, self._card.bottom() - m.px(48) - tall, wide, tall))
        self.end.show()

    # --- places ------------------------------------------------------------------------------------------------------

    def _left_place(self) -> QRectF:
        m = self.m
        wide, tall = m.px(PAPER[0]), m.px(PAPER[1])
        if m.portrait:
            wide, tall = m.px(PAPER[0] * 1.2), m.px(PAPER[1] * 1.2)
            return QRectF(self._card.center().x() - wide / 2, self._card.top() + m.px(48), wide, tall)
        return QRectF(self._card.left() + m.px(54), self._card.center().y() - tall / 2, wide, tall)

    def _right(self) -> QRectF:
        m = self.m
        if m.portrait:
            top = self._left_place().bottom() + m.px(36)
            return QRectF(self._card.left() + m.px(48), top, self._card.width() - m.px(96), self._card.bottom() - top)
        left = self._left_place().right() + m.px(50)
        return QRectF(
            left, self._card.top() + m.px(48), self._card.right() - m.px(48) - left, self._card.height() - m.px(96)
        )

    # --- drawing -----------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Dimmed ground, card, paper, words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        brush.dim(painter, QRectF(self.rect()))
        brush.card(painter, self.m, self._card)
        self._paper(painter, self._left_place())
        self._words(painter, self._right())
        painter.end()

    def _paper(self, painter: QPainter, rect: QRectF) -> None:
        m = self.m
        brush.shadow(painter, rect, m.px(6), m.px(8))
        paint.rounded(painter, rect, m.px(6), color("paper"))
        unit = rect.width() / PAPER[0]  # the upright screen draws it larger
        tear = rect.bottom() - 22 * unit
        painter.setPen(QPen(color("key_line"), max(1.5, unit), Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(rect.left() + 7 * unit, tear), QPointF(rect.right() - 7 * unit, tear))
        row = self._row(rect, unit)
        if self._given is None:
            self._nothing_yet(painter, row, unit)
            return
        grow = unit / m.scale
        ticket = self._given.issued.ticket
        brush.line(painter, m, row(32, 24), self._office, 17 * grow * 0.9, "ink", weight=600, align=brush.CENTRE)
        brush.line(painter, m, row(62, 22), "Nomor antrean Anda", 17 * grow * 0.9, "ink2", align=brush.CENTRE)
        face = m.font(84 * grow, 700, tnum=False)
        while paint.text_width(ticket.label, face) > rect.width() - 16 * unit:
            face.setPixelSize(face.pixelSize() - 2)
        paint.words(painter, row(126, 100), ticket.label, face, color("ink"), brush.CENTRE)
        brush.line(painter, m, row(191, 24), self._given.service, 17 * grow * 0.9, "ink2", align=brush.CENTRE)
        wait = f"Perkiraan {words.span_words(self._given.issued.low, self._given.issued.high)}"
        brush.line(painter, m, row(221, 28), wait, 19 * grow, "ink", weight=700, align=brush.CENTRE)
        side = 136 * unit
        brush.dots(painter, QRectF(rect.center().x() - side / 2, rect.top() + 250 * unit, side, side), self._given.code)
        at = f"{words.date_words(ticket.queued_at)}  {words.clock_words(ticket.queued_at)}"
        brush.line(painter, m, row(404, 24), at, 17 * grow * 0.9, "ink2", align=brush.CENTRE)

    @staticmethod
    def _nothing_yet(painter: QPainter, row: Callable[[float, float], QRectF], unit: float) -> None:
        """Grey bars in the form of what comes."""
        for middle, tall, share in (
            (32, 14, 0.7),
            (62, 12, 0.5),
            (126, 64, 0.8),
            (191, 12, 0.7),
            (221, 16, 0.6),
            (318, 136, 0.47),
        ):
            whole = row(middle, tall)
            inset = whole.width() * (1 - share) / 2
            paint.rounded(painter, whole.adjusted(inset, 0, -inset, 0), 6 * unit, color("sunken"))

    @staticmethod
    def _row(rect: QRectF, unit: float) -> Callable[[float, float], QRectF]:
        """Lines of the paper by their middle and height, in the drawing's pixels."""

        def place(middle: float, tall: float) -> QRectF:
            return QRectF(
                rect.left() + 10 * unit, rect.top() + (middle - tall / 2) * unit, rect.width() - 20 * unit, tall * unit
            )

        return place

    def _words(self, painter: QPainter, rect: QRectF) -> None:
        m = self.m
        align = brush.HIGH_CENTRE if m.portrait else brush.TOP
        title = brush.fitting(m, self._title, rect.width(), 38, 700, 2)
        text = brush.fitting(m, self._text, rect.width() * (1 if m.portrait else 0.86), 22, 400, 4)
        tall_title = brush.height_of(self._title, title, rect.width())
        tall_text = brush.height_of(self._text, text, rect.width() * (1 if m.portrait else 0.86))
        side, gap = m.px(62), m.px(16)
        rest = m.px(150) if self._share is not None else m.touch(80) + m.px(40)
        whole = side + gap + tall_title + gap / 2 + tall_text + rest
        top = rect.top() if m.portrait else rect.center().y() - whole / 2
        left = rect.center().x() - side / 2 if m.portrait else rect.left()
        ink = {"check-circle": "ok", "camera": "warn"}.get(self._icon, "primary")
        paint.picture(painter, QPointF(left, top), self._icon, side, ink)
        first = QRectF(rect.left(), top + side + gap, rect.width(), tall_title)
        brush.write(painter, first, self._title, title, "ink", align)
        wide = rect.width() * (1 if m.portrait else 0.86)
        second = QRectF(rect.left(), first.bottom() + gap / 2, wide, tall_text + m.px(4))
        brush.write(painter, second, self._text, text, "ink2", align)
        if self._share is not None:
            self._progress(painter, QRectF(rect.left(), second.bottom() + m.px(24), rect.width(), m.px(120)))
        elif self._left:
            self._countdown(painter, QRectF(rect.left(), second.bottom() + gap, rect.width(), m.px(28)))

    def _progress(self, painter: QPainter, rect: QRectF) -> None:
        m = self.m
        wide = min(m.px(480), rect.width())
        left = rect.center().x() - wide / 2 if m.portrait else rect.left()
        track = QRectF(left, rect.top(), wide, m.px(12))
        paint.rounded(painter, track, track.height() / 2, color("sunken"))
        done = QRectF(track.left(), track.top(), max(track.height(), wide * (self._share or 0.0)), track.height())
        paint.rounded(painter, done, track.height() / 2, color("ok_l" if self._share == 1.0 else "primary"))
        if self._given is not None:
            said, side = "Nomor juga dipanggil dengan suara", m.px(26)
            face = m.font(19)
            start = (
                rect.center().x() - (side + m.px(12) + paint.text_width(said, face)) / 2 if m.portrait else rect.left()
            )
            middle = track.bottom() + m.px(36)
            paint.picture(painter, QPointF(start, middle - side / 2), "ear", side, "ink2")
            words_at = QRectF(start + side + m.px(12), middle - m.px(18), rect.right() - start, m.px(36))
            paint.words(painter, words_at, said, face, color("ink2"))
        if self._left:
            self._countdown(painter, QRectF(rect.left(), track.bottom() + m.px(78), rect.width(), m.px(28)))

    def _countdown(self, painter: QPainter, rect: QRectF) -> None:
        said = f"Layar kembali ke awal dalam {self._left} detik"
        align = brush.CENTRE if self.m.portrait else brush.LEFT
        brush.line(painter, self.m, rect, said, 17, "ink3", align=align)
