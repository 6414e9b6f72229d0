"""The bar over a document: page back and forth, size, turn."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.ui.parts.buttons import Button
from app.ui.parts.layout import row
from app.ui.parts.text import Txt


class ViewerBar(QWidget):
    """Buttons for the mouse; the keys are the viewer's. `head` stands at the left: a title or a choice."""

    stepped = Signal(int)
    zoomed = Signal(int)
    turned = Signal()

    def __init__(self, head: QWidget | None = None) -> None:
        super().__init__()
        make = partial(Button, "", kind="quiet", height=32)
        self.previous = make("caret-left", tip=self.tr("Halaman sebelumnya (PgUp)"))
        self.next = make("caret-right", tip=self.tr("Halaman berikutnya (PgDn)"))
        self.smaller = make("magnifying-glass-minus", tip=self.tr("Perkecil (-)"))
        self.larger = make("magnifying-glass-plus", tip=self.tr("Perbesar (+)"))
        self.turner = make("arrow-clockwise", tip=self.tr("Putar halaman (R)"))
        self._where = Txt("", "bodyb")
        self.previous.clicked.connect(lambda: self.stepped.emit(-1))
        self.next.clicked.connect(lambda: self.stepped.emit(1))
        self.smaller.clicked.connect(lambda: self.zoomed.emit(-1))
        self.larger.clicked.connect(lambda: self.zoomed.emit(1))
        self.turner.clicked.connect(self.turned)
        tools = (self.previous, self._where, self.next, 4, self.smaller, self.larger, self.turner)
        self.setLayout(row((head, 1) if head is not None else "s", *tools, gap=2))
        for button in (self.previous, self.next, self.smaller, self.larger, self.turner):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def where(self) -> str:
        """Which page of how many."""
        return self._where.text()

    def show_page(self, page: int, pages: int) -> None:
        """Page 0: no document."""
        self._where.setText(f"{page} / {pages}" if page else "")
        for button in (self.smaller, self.larger, self.turner):
            button.setEnabled(page > 0)
        self.previous.setEnabled(page > 1)
        self.next.setEnabled(0 < page < pages)
