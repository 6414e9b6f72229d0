"""The second screen: an ordinary number, or one for whom waiting is hard; nobody has to prove anything."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.ui.kiosk import brush
from app.ui.kiosk.measure import HEAD, MARGIN, Measure
from app.ui.kiosk.touch import Choice, Plain

FOR_WHOM = "Lansia, penyandang disabilitas, ibu hamil atau menyusui, membawa bayi"


class Choose(QWidget):
    """Two large ways, and back."""

    chosen = Signal(bool)
    back = Signal()

    def __init__(self, m: Measure, parent: QWidget) -> None:
        super().__init__(parent)
        self.m = m
        self._about = ""
        self.setGeometry(0, 0, m.width, m.height)
        self.general = Choice(m, ("person-simple-walk",), "Umum", "Nomor menurut urutan datang", parent=self)
        icons = ("lansia", "wheelchair", "ibu-hamil", "baby")
        self.priority = Choice(m, icons, "Prioritas", FOR_WHOM, parent=self)
        self.home = Plain(m, "Kembali", "arrow-left", parent=self)
        self.general.clicked.connect(lambda: self.chosen.emit(False))
        self.priority.clicked.connect(lambda: self.chosen.emit(True))
        self.home.clicked.connect(self.back)
        self._lay()

    def _lay(self) -> None:
        m = self.m
        left, wide, gap = m.px(MARGIN), m.width - 2 * m.px(MARGIN), m.gap(24)
        tall = m.touch(80)
        foot = m.height - m.gap(18) - tall
        self.home.place(QRectF(left, foot, max(m.touch(220), m.px(220)), tall))
        top = m.px(HEAD) + m.px(112)
        room = QRectF(left, top, wide, foot - m.gap(24) - top)
        if m.portrait:
            each = min((room.height() - gap) / 2, m.px(520))
            self.general.place(QRectF(room.left(), room.top(), wide, each))
            self.priority.place(QRectF(room.left(), room.top() + each + gap, wide, each))
            return
        each = (wide - gap) / 2
        self.general.place(QRectF(room.left(), room.top(), each, room.height()))
        self.priority.place(QRectF(room.left() + each + gap, room.top(), each, room.height()))

    def show_about(self, about: str) -> None:
        """What the number is for: the service, or a booking."""
        self._about = about
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The question."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        m = self.m
        left, wide = m.px(MARGIN), m.width - 2 * m.px(MARGIN)
        first = QRectF(left, m.px(HEAD) + m.px(14), wide, m.px(46))
        brush.line(painter, m, first, "Apakah Anda perlu didahulukan?", 32, "ink", weight=700)
        brush.line(painter, m, first.translated(0, m.px(46)), self._about, 20, "ink2", weight=600)
        painter.end()
