"""The left side of the TTE page: what waits for a signature, what was returned, what was signed today."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from app.services.signing_desk import Past
from app.ui.desk import Desk
from app.ui.pages.tte_data import OnDesk, SignRow
from app.ui.pages.tte_rows import SignRows, past_columns
from app.ui.parts.buttons import Button
from app.ui.parts.empty import EmptyState
from app.ui.parts.layout import Card, box, column, line, row
from app.ui.parts.segmented import Segmented
from app.ui.parts.text import Txt
from app.ui.rows import Rows


class Lists(Card):
    """Three lists behind one choice. `opened` carries the berkas to be read."""

    opened = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.tabs = Segmented([self.tr("Siap"), self.tr("Dikembalikan"), self.tr("Selesai hari ini")])
        self.tabs.changed.connect(self.choose)
        self._ticked = Txt("", "bodyb", "primary_t")
        self.all = Button(self.tr("Semua"), "", "secondary", "Ctrl A", height=34, small=True)
        self.rows = SignRows(desk.clock, self.tr("Berkas untuk ditandatangani"))
        self.all.clicked.connect(lambda: self.rows.tick_all(True))
        self.rows.opened.connect(lambda shown: self.opened.emit(shown.id))
        self.rows.set_loading(True)
        self.empty = EmptyState("signature", self.tr("Tidak ada yang menunggu"))
        self.rows.set_empty(self.empty)
        never = self.tr("Berkas yang Anda kembalikan tampil di sini sampai diajukan lagi.")
        later = self.tr("Berkas yang Anda tanda tangani hari ini tampil di sini.")
        self.back = self._past(desk, self.tr("Dikembalikan"), "arrow-u-up-left", self.tr("Tidak ada"), never)
        self.today = self._past(desk, self.tr("Ditandatangani"), "signature", self.tr("Belum ada hari ini"), later)
        self._stack = QStackedWidget()
        for table in (self.rows, self.back, self.today):
            self._stack.addWidget(table)
        head = box(row(self.tabs, "s", self._ticked, self.all, gap=14, margins=(16, 12, 14, 12)))
        self.setLayout(column(head, line(), (self._stack, 1), gap=0, margins=(1, 1, 1, 8)))

    def _past(self, desk: Desk, done: str, glyph: str, title: str, text: str) -> Rows[Past]:
        table: Rows[Past] = Rows(past_columns(desk.clock, done), lambda p: p.file.id, height=56, name=done)
        table.set_empty(EmptyState(glyph, title, text))
        table.opened.connect(lambda past: self.opened.emit(past.file.id))
        return table

    def choose(self, place: int) -> None:
        """Another list; the keyboard goes with it."""
        self._stack.setCurrentIndex(place)
        self.all.setVisible(place == 0)
        self._ticked.setVisible(place == 0)
        (self.rows, self.back, self.today)[place].setFocus()

    def show_desk(self, found: OnDesk, rows: Sequence[SignRow]) -> None:
        """All three lists and their numbers; `rows` carry what the check has found so far."""
        self.rows.show_rows(list(rows))
        self.back.set_rows(found.back)
        self.today.set_rows(found.today)
        names = (self.tr("Siap {0}"), self.tr("Dikembalikan {0}"), self.tr("Selesai hari ini {0}"))
        counts = (len(found.rows), len(found.back), len(found.today))
        self.tabs.set_items([name.format(many) for name, many in zip(names, counts, strict=True)])
        said = self.tr("{0} ditandatangani hari ini.").format(len(found.today))
        self.empty.set_words(self.tr("Tidak ada yang menunggu"), said)

    def say_ticked(self, many: int) -> None:
        """How many are ticked."""
        self._ticked.setText(self.tr("{0} dipilih").format(many) if many else "")
