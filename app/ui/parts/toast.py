"""The dark bar that says what was done and offers ten seconds to take it back."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPaintEvent, QPen, QShortcut
from PySide6.QtWidgets import QFrame, QWidget

from app.ui.parts import paint
from app.ui.parts.badges import KeyCap
from app.ui.parts.keys import sequences
from app.ui.parts.layout import row
from app.ui.parts.text import Ico, Txt
from app.ui.theme import color, font, px

ICONS = {
    "ok": ("check-circle", "toast_ok"),
    "info": ("info", "rail_t"),
    "warn": ("warning", "flame"),
    "bad": ("x-circle", "flame"),
}
PLAIN_SECONDS = 5
CLOCK_ROOM = 256


class Ring(paint.Painted):
    """Seconds left, as a number in a closing ring."""

    def __init__(self) -> None:
        super().__init__()
        self.left, self.total = 0, 1

    def sizeHint(self) -> QSize:
        """24 px."""
        return QSize(24, 24)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ring and number."""
        painter = self.brush()
        inner = QRectF(self.rect()).adjusted(2, 2, -2, -2)
        painter.setPen(QPen(color("rail_a"), 3))
        painter.drawEllipse(inner)
        painter.setPen(QPen(color("flame"), 3, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawArc(inner, 90 * 16, int(360 * 16 * self.left / self.total))
        paint.words(painter, QRectF(self.rect()), str(self.left), font(11, 600), color("rail_on"), paint.CENTRE)
        painter.end()


class Undo(Txt):
    """The word that takes it back, for the mouse."""

    pressed = Signal()

    def mousePressEvent(self, event: object) -> None:
        """A click is a press."""
        self.pressed.emit()


class Toast(QFrame):
    """One at a time over the status bar of `parent`; a new one commits the old."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("toast")
        self._undo: Callable[[], None] | None = None
        self._commit: Callable[[], None] | None = None
        self._icon, self._text, self._ring = (
            Ico("check-circle", 20, "toast_ok", "fill"),
            Txt("", "bodym", "rail_on"),
            Ring(),
        )
        self._word, self._key = Undo(self.tr("Batalkan"), "bodyb", "flame"), KeyCap("Ctrl Z", filled=True)
        self._word.pressed.connect(self.undo)
        self.setLayout(
            row(self._icon, self._text, 12, self._ring, self._word, self._key, gap=10, margins=(14, 3, 12, 3))
        )
        self._second = QTimer(self, interval=1000)
        self._second.timeout.connect(self._tick)
        self._shortcut = QShortcut(self)
        self._shortcut.setKeys(sequences("Ctrl Z"))
        self._shortcut.activated.connect(self.undo)
        parent.installEventFilter(self)
        self.hide()

    def offer(
        self,
        text: str,
        undo: Callable[[], None] | None = None,
        commit: Callable[[], None] | None = None,
        tone: str = "ok",
        seconds: int = 10,
    ) -> None:
        """Say `text`. With `undo`, Ctrl+Z within `seconds` calls it; when they are over, `commit` is called."""
        self.commit()
        self._undo, self._commit = undo, commit
        self._text.setText(text)
        self.setAccessibleName(text)
        glyph, token = ICONS[tone]
        self._icon.set_icon(glyph, token)
        for part in (self._ring, self._word, self._key):
            part.setVisible(undo is not None)
        self._shortcut.setEnabled(undo is not None)
        self._ring.left = self._ring.total = seconds if undo is not None else PLAIN_SECONDS
        self._second.start()
        self.show()
        self._place()
        self.raise_()

    def text(self) -> str:
        """The sentence that stands there, empty when none does."""
        return self._text.text() if self.isVisible() else ""

    def undo(self) -> None:
        """Take it back, once."""
        taken, self._undo, self._commit = self._undo, None, None
        self._close()
        if taken is not None:
            taken()

    def commit(self) -> None:
        """The time is over, or something newer is said: it stays done."""
        kept, self._undo, self._commit = self._commit, None, None
        self._close()
        if kept is not None:
            kept()

    def _close(self) -> None:
        self._second.stop()
        self.hide()

    def _tick(self) -> None:
        self._ring.left -= 1
        self._ring.update()
        if self._ring.left <= 0:
            self.commit()

    def _place(self) -> None:
        """Over the status bar, between the lamps and the clock."""
        self.adjustSize()
        host = self.parentWidget()
        if host is not None:
            left = max(0, host.width() - px(CLOCK_ROOM) - self.width())
            self.move(left, host.height() - self.height() - 1)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in the middle when the window changes size."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)
