"""The first screen: the services, the way in for web bookings, what is free, and the call for an officer."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.services.kiosk import Overview
from app.ui.kiosk import brush, words
from app.ui.kiosk.measure import Measure, home_places
from app.ui.kiosk.touch import Band, Plain, Tile
from app.ui.parts import paint

CALL, CALLED = "Panggil petugas", "Petugas dipanggil"


class Home(QWidget):
    """Everything a visitor needs, in one look."""

    chosen = Signal(str)
    full = Signal(str)
    online = Signal()
    call = Signal()

    def __init__(self, m: Measure, parent: QWidget) -> None:
        super().__init__(parent)
        self.m = m
        self._shown: Overview | None = None
        self._places = home_places(m, 4)
        self.tiles: list[Tile] = []
        self.band = Band(m, self)
        self.helper = Plain(m, CALL, "hand-waving", parent=self)
        self.band.clicked.connect(self.online)
        self.helper.clicked.connect(self.call)
        self.setGeometry(0, 0, m.width, m.height)

    def show_state(self, found: Overview) -> None:
        """The services as they are now; tiles are made anew only where something on them changed."""
        before = self._shown
        self._shown = found
        if before is not None and before.offers == found.offers and before.complaints == found.complaints:
            return
        self._places = home_places(self.m, max(1, len(found.offers)))
        for tile in self.tiles:
            tile.hide()
            tile.deleteLater()
        again = f"buka lagi {words.again_words(found.again, found.now)}"
        compact = self._places.columns == 3
        self.tiles = [Tile(self.m, o, again, compact=compact, parent=self) for o in found.offers]
        for tile, rect in zip(self.tiles, self._places.tiles, strict=True):
            tile.place(rect)
            tile.clicked.connect(partial(self._touched, tile))
            tile.show()
        self.band.place(self._places.band)
        self.helper.place(self._places.call)
        self.update()

    def _touched(self, tile: Tile) -> None:
        (self.full if tile.offer.full else self.chosen).emit(tile.offer.service)

    def show_called(self, on: bool) -> None:
        """Whether an officer has been called already."""
        self.helper.setEnabled(not on)
        self.helper.say(CALLED if on else CALL)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The question, and what is free."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        m, places = self.m, self._places
        brush.line(painter, m, places.title, "Sentuh layanan yang Anda perlukan", 32, "ink", weight=700)
        self._free(painter, places.words)
        painter.end()

    def _free(self, painter: QPainter, rect: QRectF) -> None:
        m = self.m
        free, report = "Semua layanan GRATIS", ""
        if self._shown is not None and self._shown.complaints:
            report = f"Laporkan pungutan: {self._shown.complaints}"
        face = m.font(20, 700)
        wide = paint.text_width(free, face) + m.px(18)
        beside = wide + paint.text_width(report, m.font(18)) <= rect.width()
        first = (
            rect if beside or not report else QRectF(rect.left(), rect.center().y() - m.px(32), rect.width(), m.px(32))
        )
        brush.line(painter, m, first, free, 20, "ok", weight=700)
        if report:
            second = rect.adjusted(wide, 0, 0, 0) if beside else first.translated(0, m.px(32))
            brush.line(painter, m, second, report, 18, "ink2")
