"""Finished and cancelled files, and the search for any file by number, NIK or name; each search is logged."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QShowEvent

from app.services import worklist
from app.services.worklist import WorkItem
from app.sop.model import Channel, Kind
from app.ui import cells
from app.ui.cells import Cell
from app.ui.desk import Desk, Page
from app.ui.parts import moments
from app.ui.parts.buttons import Button
from app.ui.parts.empty import EmptyState
from app.ui.parts.fields import Field
from app.ui.parts.inputs import Line
from app.ui.parts.layout import Card, box, column, row
from app.ui.parts.text import Txt
from app.ui.rows import Column, Rows
from app.ui.theme import px

LEAST = worklist.LEAST_LETTERS


class TerkirimPage(Page):
    """The list of what is done; with a search text, what was found in any stage."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.title = self.tr("Selesai")
        self._wanted = ""
        self.line = Line(self.tr("Nomor berkas, NIK, atau nama"), data=False)
        self.line.entered.connect(self._search)
        self.field = Field(self.tr("Cari berkas, juga yang belum selesai"), self.line)
        self.go_search = Button(self.tr("Cari"), "magnifying-glass", "secondary")
        self.go_search.clicked.connect(self._search)
        self.clear = Button(self.tr("Kembali ke yang selesai"), "arrow-left", "quiet")
        self.clear.clicked.connect(self._all)
        self.head = Txt("", "h3")
        self.rows: Rows[WorkItem] = Rows(self._columns(), lambda i: i.id, name=self.tr("Berkas selesai"))
        self.rows.opened.connect(lambda item: self.open_berkas.emit(item.id))
        self.rows.set_loading(True)
        self.empty = EmptyState("paper-plane-tilt", "")
        self.rows.set_empty(self.empty)
        self._build()

    def _build(self) -> None:
        self.field.setMaximumWidth(px(640))
        asks = row((self.field, 3), column(px(21), self.go_search, "s", gap=0), "s", gap=10)
        top = Card(column(asks, margins=(16, 12, 16, 8)))
        head = box(row(self.head, "s", self.clear, gap=8, margins=(16, 8, 12, 8)))
        table = Card(column(head, (self.rows, 1), gap=0, margins=(1, 1, 1, 8)))
        self.setLayout(column(top, (table, 1), gap=12, margins=(16, 12, 16, 14)))
        self.setFocusProxy(self.rows)

    def _columns(self) -> tuple[Column[WorkItem], ...]:
        return (
            Column(self.tr("Berkas"), lambda i: cells.two(i.title, i.number), sort=lambda i: i.title),
            Column(self.tr("Keadaan"), self._state, 230, sort=lambda i: i.stage.label),
            Column(self.tr("Kanal"), self._channel, 100, sort=lambda i: i.channel.value),
            Column(self.tr("Sejak"), lambda i: cells.muted(moments.full(i.since)), 170, sort=lambda i: i.since),
            Column(self.tr("Waktu kantor"), self._time, 170, sort=lambda i: i.counted),
        )

    def _state(self, item: WorkItem) -> Cell:
        known = {"SELESAI": (self.tr("Selesai"), "ok"), "BATAL": (self.tr("Dibatalkan"), "mute")}
        if item.stage.key in known:
            return cells.badge(*known[item.stage.key], under=item.why if item.stage.key == "BATAL" else "")
        return cells.badge(item.stage.label, "pause" if item.stage.kind is Kind.PAUSE else "info")

    def _channel(self, item: WorkItem) -> Cell:
        return cells.muted(self.tr("Daring") if item.channel is Channel.ONLINE else self.tr("Di loket"))

    def _time(self, item: WorkItem) -> Cell:
        if not item.complete:
            return cells.muted(self.tr("belum lengkap"))
        late, ended = item.share >= 1, item.stage.kind is Kind.END
        words = self.tr("lewat target") if late else self.tr("tepat waktu") if ended else self.tr("berjalan")
        return cells.bar(item.share, "bad" if late else "ok", f"{moments.span(item.counted)}  {words}")

    # --- reading -----------------------------------------------------------------------------------------------------

    def arrive(self, argument: object) -> None:
        """With a text: search it at once."""
        if isinstance(argument, str) and argument:
            self.line.set_value(argument)
            self._search()
        else:
            self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """Back in sight: the keyboard is in the table."""
        super().showEvent(event)
        self.rows.setFocus()

    def refresh(self) -> None:
        """Read the finished files again; a search is not repeated by itself, since each one is logged."""
        if not self._wanted:
            self._all()

    def _all(self) -> None:
        self._wanted = ""
        self.line.set_value("")
        self.field.set_state("")
        self._read()

    def live(self) -> None:
        """More becomes finished; what is typed above, or was found, stays."""
        if not self._wanted:
            self._read(quiet=True)

    def _read(self, *, quiet: bool = False) -> None:
        desk = self.desk
        desk.tasks.ask(
            lambda: worklist.delivered(desk.sop, desk.who, desk.office, desk.clock()), self._show_all, owner=self,
            failed=self._not_compared if quiet else None, quiet=quiet, keep=not quiet,
        )  # fmt: skip

    def _search(self) -> None:
        wanted = str(self.line.value()).strip()
        if not wanted:
            self._all()
            return
        if worklist.search_kind(wanted) == "nama" and len(wanted) < LEAST:
            self.field.set_state("bad", self.tr("Ketik paling sedikit {0} huruf").format(LEAST))
            return
        self.field.set_state("")
        self._wanted = wanted
        desk = self.desk
        desk.tasks.ask(
            lambda: worklist.look_up(desk.sop, desk.who, desk.office, desk.clock(), wanted),
            lambda found: self._show_found(wanted, found),
            owner=self,
            dead=self.go_search,
            command="",
        )

    def _show_all(self, items: list[WorkItem]) -> None:
        if self._wanted:
            return
        self.head.setText(self.tr("Selesai dan dibatalkan"))
        self.clear.hide()
        self.empty.set_words(
            self.tr("Belum ada berkas yang selesai"),
            self.tr("Berkas muncul di sini setelah server surel menerima dokumennya."),
        )
        self.rows.set_rows(items)
        done = sum(i.stage.key == "SELESAI" for i in items)
        self.set_fact(self.tr("{0} selesai, {1} dibatalkan").format(done, len(items) - done) if items else "")

    def _show_found(self, wanted: str, items: list[WorkItem]) -> None:
        if wanted != self._wanted:
            return
        kind = worklist.search_kind(wanted)
        self.head.setText(self.tr("Hasil pencarian {0}: {1} berkas").format(kind, len(items)))
        self.clear.show()
        self.empty.set_words(
            self.tr("Tidak ada berkas yang cocok"), self.tr("Periksa ejaannya, atau cari dengan nomor berkas atau NIK.")
        )
        self.rows.set_rows(items)
        if items:
            self.rows.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc first leaves the search, then the page."""
        if event.key() == Qt.Key.Key_Escape and self._wanted:
            self._all()
        else:
            super().keyPressEvent(event)
