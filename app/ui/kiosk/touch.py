"""What a finger touches: tiles, choices, the online band, plain keys. All painted, all dead until answered."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from app.services.kiosk import Offer
from app.ui.kiosk import brush, words
from app.ui.kiosk.measure import Measure
from app.ui.parts import paint
from app.ui.theme import color


class Touch(QAbstractButton):
    """One target. It never takes the focus and has no menu; its accessible name is what stands on it."""

    def __init__(self, m: Measure, says: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.m = m
        self.setAccessibleName(says)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)

    def place(self, rect: QRectF) -> None:
        """Stand there."""
        self.setGeometry(rect.toRect())

    def sizeHint(self) -> QSize:
        """Its places are computed; nobody lays it out."""
        return self.size()

    def pressed_now(self) -> bool:
        """Whether a finger lies on it."""
        return self.isDown()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Smooth edges; the rest is each one's own."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.draw(painter, QRectF(self.rect()))
        painter.end()

    def draw(self, painter: QPainter, rect: QRectF) -> None:
        """Itself."""

    def ground(self, painter: QPainter, rect: QRectF, fill: str, edge: str, *, radius: float = 16) -> None:
        """A box with an edge; under a finger the edge is bold and blue."""
        wide = self.m.px(4) if self.pressed_now() else max(2.0, self.m.px(2))
        inner = rect.adjusted(wide / 2, wide / 2, -wide / 2, -wide / 2)
        tone = color("primary") if self.pressed_now() else color(edge)
        paint.rounded(painter, inner, self.m.px(radius), color("primary_s" if self.pressed_now() else fill), tone, wide)


class Tile(Touch):
    """One service: what it is, what it needs, who waits. A full one says when to come again."""

    def __init__(self, m: Measure, offer: Offer, again: str, *, compact: bool, parent: QWidget) -> None:
        says = offer.label if not offer.full else f"{offer.label}: kuota hari ini habis"
        super().__init__(m, says, parent)
        self.offer, self._again, self._compact = offer, again, compact

    def draw(self, painter: QPainter, rect: QRectF) -> None:
        """Picture, name, second line, wait."""
        m, full = self.m, self.offer.full
        self.ground(painter, rect, "subtle" if full else "surface", "key_line")
        pad, side = m.px(26), min(m.px(92 * self._grow(rect)), rect.height() - 2 * m.px(18))
        if self._compact:
            pad, side = m.px(20), min(m.px(64), rect.height() * 0.38)
        top = rect.center().y() - side / 2 if not self._compact else rect.top() + pad
        box = QRectF(rect.left() + pad, top, side, side)
        brush.icon_box(
            painter, m, box, self.offer.icon or "file-text", tone="mute" if full else "info", size=side / m.scale * 0.54
        )
        if self._compact:
            self._narrow(painter, rect, box, pad)
        else:
            self._wide(painter, rect, box)

    def _wide(self, painter: QPainter, rect: QRectF, box: QRectF) -> None:
        m, grow = self.m, self._grow(rect)
        caret = m.px(26 * grow)
        right = rect.right() - m.px(24) - caret
        paint.picture(
            painter, QPointF(right, rect.center().y() - caret / 2), "caret-right", caret, self._ink("primary")
        )
        left = box.right() + m.px(22)
        room = right - left - m.px(14)

        def place(drawn: float, tall: float) -> QRectF:
            return QRectF(left, rect.center().y() + m.px(drawn * grow), room, m.px(tall * grow))

        brush.line(painter, m, place(-51, 38), self.offer.label, 26 * grow, self._ink("ink"), weight=700)
        brush.line(painter, m, place(-14, 30), self.offer.detail, 20 * grow, "ink2")
        self._wait(painter, place(20, 32), 20 * grow)

    def _grow(self, rect: QRectF) -> float:
        """A tile that is higher than drawn has larger words, as far as its width lets it."""
        return (
            1.0 if self._compact else max(1.0, min(1.25, rect.height() / self.m.px(181), rect.width() / self.m.px(560)))
        )

    def _narrow(self, painter: QPainter, rect: QRectF, box: QRectF, pad: int) -> None:
        m = self.m
        room = rect.right() - pad - box.right() - m.px(14)
        head = QRectF(box.right() + m.px(14), box.top() - m.px(4), room, box.height() + m.px(8))
        brush.line(painter, m, head, self.offer.label, 24, self._ink("ink"), weight=700, lines=2)
        wide = rect.width() - 2 * pad
        brush.line(
            painter,
            m,
            QRectF(box.left(), rect.bottom() - pad - m.px(62), wide, m.px(28)),
            self.offer.detail,
            19,
            "ink2",
        )
        self._wait(painter, QRectF(box.left(), rect.bottom() - pad - m.px(30), wide, m.px(32)), 20)

    def _ink(self, token: str) -> str:
        return "ink3" if self.offer.full else token

    def _wait(self, painter: QPainter, rect: QRectF, size: float) -> None:
        m, side = self.m, self.m.px(size * 1.1)
        icon, ink = ("calendar-x", "warn") if self.offer.full else ("clock", "ink2")
        paint.picture(painter, QPointF(rect.left(), rect.center().y() - side / 2), icon, side, ink)
        said = f"Kuota habis, {self._again}" if self.offer.full else words.waiting_words(self.offer)
        brush.line(painter, m, rect.adjusted(side + m.px(8), 0, 0, 0), said, size, ink, weight=600)


class Band(Touch):
    """The way for those who have a number of the web already: scan it below, or touch and type it."""

    def __init__(self, m: Measure, parent: QWidget) -> None:
        super().__init__(m, "Sudah punya nomor daring? Dekatkan kode QR atau sentuh untuk mengetik nomor", parent)

    def draw(self, painter: QPainter, rect: QRectF) -> None:
        """The colour of the lamp."""
        m = self.m
        ground = QColor(color("flame")).darker(112) if self.pressed_now() else color("flame")
        paint.rounded(painter, rect, m.px(16), ground)
        side, middle = m.px(46), rect.center().y()
        paint.picture(painter, QPointF(rect.left() + m.px(30), middle - side / 2), "qr-code", side, "on_flame")
        arrow = m.px(32)
        right = rect.right() - m.px(29) - arrow
        paint.picture(painter, QPointF(right, middle - arrow / 2), "arrow-down", arrow, "on_flame")
        left = rect.left() + m.px(96)
        room = right - left - m.px(16)
        brush.line(painter, m, QRectF(left, middle - m.px(31), room, m.px(32)), "Sudah punya nomor daring?", 23,
                   "on_flame", weight=700)  # fmt: skip
        said = "Dekatkan kode QR ke pemindai di bawah layar, atau sentuh di sini untuk mengetik nomornya"
        if m.portrait:
            said = "Dekatkan kode QR ke pemindai, atau sentuh di sini"
        brush.line(painter, m, QRectF(left, middle + m.px(1), room, m.px(28)), said, 20, "on_flame2")


class Plain(Touch):
    """A key with words: `filled` for the one to go on, edged for the others."""

    def __init__(self, m: Measure, text: str, icon: str = "", *, filled: bool = False, parent: QWidget) -> None:
        super().__init__(m, text, parent)
        self._text, self._icon, self._filled = text, icon, filled

    def say(self, text: str) -> None:
        """Other words."""
        if text != self._text:
            self._text = text
            self.setAccessibleName(text)
            self.update()

    def draw(self, painter: QPainter, rect: QRectF) -> None:
        """Picture and words in the middle."""
        m, ink = self.m, "on_primary" if self._filled else "primary"
        if not self.isEnabled():
            ink = "ink3"
        if self._filled and self.isEnabled():
            fill = color("primary_p" if self.pressed_now() else "primary")
            paint.rounded(painter, rect, m.px(14), fill)
        else:
            self.ground(painter, rect, "surface", "primary" if self.isEnabled() else "key_line", radius=14)
        side = m.px(26) if self._icon else 0
        between = m.px(12) if self._icon else 0
        face = brush.fitting(m, self._text, rect.width() - side - between - m.px(36), 20, 600)
        wide = side + between + paint.text_width(self._text, face)
        left = rect.center().x() - wide / 2
        if self._icon:
            paint.picture(painter, QPointF(left, rect.center().y() - side / 2), self._icon, side, ink)
        room = QRectF(left + side + between, rect.top(), rect.right() - left - side - between, rect.height())
        paint.words(painter, room, self._text, face, color(ink), brush.LEFT)


class Choice(Touch):
    """One of two ways, large: its pictures, its name, and for whom it is."""

    def __init__(self, m: Measure, icons: tuple[str, ...], title: str, lines: str, *, parent: QWidget) -> None:
        super().__init__(m, f"{title}: {lines}" if lines else title, parent)
        self._icons, self._title, self._lines = icons, title, lines

    def draw(self, painter: QPainter, rect: QRectF) -> None:
        """Pictures above, words below, all in the middle."""
        m = self.m
        self.ground(painter, rect, "surface", "key_line", radius=20)
        side, gap = m.px(92), m.px(14)
        wide = len(self._icons) * side + (len(self._icons) - 1) * gap
        room = rect.width() - 2 * m.px(28)
        below = brush.fitting(m, self._lines, room, 22, 400, 2)
        # As high as the other one, whose words may take another number of lines: what stands side by side lines up.
        tall = side + m.px(26) + m.px(46) + m.px(10) + 2 * m.px(28)
        top = rect.center().y() - tall / 2
        left = rect.center().x() - wide / 2
        for i, name in enumerate(self._icons):
            brush.icon_box(painter, m, QRectF(left + i * (side + gap), top, side, side), name)
        title = QRectF(rect.left() + m.px(28), top + side + m.px(26), room, m.px(46))
        brush.line(painter, m, title, self._title, 34, "ink", weight=700, align=brush.CENTRE)
        under = QRectF(title.left(), title.bottom() + m.px(10), room, rect.bottom() - title.bottom() - m.px(10))
        brush.write(painter, under, self._lines, below, "ink2", brush.HIGH_CENTRE)


class Key(Touch):
    """One key of the glass keyboard: a letter, or a picture."""

    def __init__(self, m: Measure, text: str, icon: str = "", says: str = "", *, parent: QWidget) -> None:
        super().__init__(m, says or text, parent)
        self.text_, self._icon = text, icon

    def draw(self, painter: QPainter, rect: QRectF) -> None:
        """The letter."""
        m = self.m
        self.ground(painter, rect, "surface", "key_line", radius=12)
        if self._icon:
            side = m.px(30)
            paint.picture(painter, rect.center() - QPointF(side / 2, side / 2), self._icon, side, "primary")
            return
        size = 34 if len(self.text_) == 1 else 22
        paint.words(painter, rect, self.text_, m.font(size, 600), color("ink"), brush.CENTRE)
