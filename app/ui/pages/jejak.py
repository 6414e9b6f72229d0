"""The reading log: who read or searched what, when and why; narrowed, and taken out as a table."""

from __future__ import annotations

import csv
from datetime import date
from functools import partial
from pathlib import Path
from typing import IO

from PySide6.QtWidgets import QFileDialog, QWidget

from app.errors import Refused
from app.services import accounts, keys, reading_log
from app.services.reading_log import AT_ONCE, SEARCH, Entry, Taken, Wanted
from app.sop.calendar import WIB
from app.ui import cells
from app.ui.desk import Desk, Page
from app.ui.parts.buttons import Button
from app.ui.parts.empty import EmptyState
from app.ui.parts.fields import Field
from app.ui.parts.grouped import DateLine
from app.ui.parts.inputs import Choice, Line
from app.ui.parts.layout import Card, Footer, box, column, line, row
from app.ui.parts.moments import MONTHS
from app.ui.parts.segmented import Segmented
from app.ui.parts.text import Elide, Txt
from app.ui.rows import Column, Rows
from app.ui.tasks import Progress
from app.ui.theme import px

KINDS = ("", "membaca", SEARCH)
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a table program would take for a formula."""


class JejakPage(Page):
    """Newest first, 500 lines at once. Of a search only its kind is kept, never what was searched."""

    title = "Log pembacaan"
    subtitle = "siapa membaca atau mencari berkas; isi berkas tidak terlihat dari sini"
    wide_search = False

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._entries: list[Entry] = []
        self._wanted = Wanted()
        self.kind = Segmented([self.tr("Semua"), self.tr("Membaca"), self.tr("Mencari")], height=36)
        self.officer = Field(self.tr("Petugas"), Choice([("", self.tr("Semua petugas"))]))
        self.officer.set_value("")
        self.number = Field(self.tr("Nomor berkas"), Line(self.tr("P3-…")))
        self.first, self.last = Field(self.tr("Dari tanggal"), DateLine()), Field(self.tr("Sampai"), DateLine())
        self.rows: Rows[Entry] = Rows(self._columns(), lambda e: e.id, height=48, name=self.tr("Log pembacaan"))
        self._nothing = EmptyState("footprints", self.tr("Belum ada pembacaan"))
        self.rows.set_empty(self._nothing)
        self.rows.set_loading(True)
        self.more = Button(self.tr("Muat yang lebih lama"), "arrow-down", "secondary", small=True, height=34)
        self.more.hide()
        self.save = Button(self.tr("Ekspor CSV"), "download-simple", "primary", "Ctrl S", height=40)
        self._says, self._taken = Txt("", "small", "ink2"), Elide("", "small", "ink3")
        self._arrange()
        self._wire()

    def _arrange(self) -> None:
        self.officer.setFixedWidth(px(250))
        self.number.setFixedWidth(px(190))
        for field in (self.first, self.last):
            field.setFixedWidth(px(140))
        choose = column(Txt(self.tr("Kegiatan"), "smallm", "ink2"), self.kind, "s", gap=4)
        head = row(self.officer, self.number, self.first, self.last, choose, "s", gap=12, margins=(16, 12, 16, 12))
        foot = box(row(self._says, "s", self.more, margins=(16, 6, 12, 8)))
        table = Card(column(head, line(), (self.rows, 1), foot, gap=0, margins=(1, 1, 1, 1)))
        self.setLayout(column(table, gap=0, margins=(16, 14, 16, 14)))
        self.setFocusProxy(self.rows)

    def _wire(self) -> None:
        self.kind.changed.connect(lambda _index: self._narrow())
        self.officer.changed.connect(self._narrow)
        for field in (self.number, self.first, self.last):
            field.left.connect(self._narrow)
            field.input.entered.connect(self._narrow)
        self.more.clicked.connect(self._older)
        self.save.clicked.connect(self._ask_file)

    def _columns(self) -> list[Column[Entry]]:
        def when(e: Entry) -> cells.Cell:
            local = e.at.astimezone(WIB)
            return cells.two(f"{local:%H.%M.%S}", f"{local.day} {MONTHS[local.month - 1]} {local.year}", bold=False)

        def what(e: Entry) -> cells.Cell:
            if not e.searched:
                return cells.text(e.what)
            return cells.text(self.tr("mencari menurut {0}").format(e.why), "ink2")

        return [
            Column(self.tr("Waktu"), when, 120),
            Column(self.tr("Petugas"), lambda e: cells.two(e.name, e.login), 250, sort=lambda e: e.name),
            Column(self.tr("Berkas"), self._file, 170, sort=lambda e: e.number),
            Column(self.tr("Kegiatan"), what, 250),
            Column(self.tr("Alasan"), lambda e: cells.muted("" if e.searched else e.why)),
        ]

    def _file(self, e: Entry) -> cells.Cell:
        if e.number:
            return cells.text(e.number, data=True)
        return cells.muted(self.tr("tidak ditemukan") if e.searched else "–")

    def footer(self) -> QWidget:
        """Who took it out last; the export."""
        return Footer([(self._taken, 1)], [self.save])

    # --- reading -----------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the newest lines again."""
        self.desk.tasks.ask(partial(_load, self._wanted), self._got)

    def _got(self, found: tuple[list[Entry], list[tuple[str, str]], Taken | None]) -> None:
        entries, officers, taken = found
        self.officer.input.set_items([("", self.tr("Semua petugas")), *officers])
        self._entries = entries
        self._show(len(entries))
        self._tell_taken(taken)

    def _show(self, came: int) -> None:
        self._nothing.set_words(
            self.tr("Tidak ada yang cocok") if self._wanted != Wanted() else self.tr("Belum ada pembacaan"),
            self.tr("Longgarkan saringannya.") if self._wanted != Wanted() else "",
        )
        self.rows.set_rows(self._entries)
        self.more.setVisible(came == AT_ONCE)
        words = self.tr("{0} baris terbaru") if came == AT_ONCE else self.tr("{0} baris")
        self._says.setText(words.format(len(self._entries)))

    def _tell_taken(self, taken: Taken | None) -> None:
        if taken is None:
            self._taken.set_text(self.tr("Belum pernah diekspor"))
            return
        at = taken.at.astimezone(WIB)
        said = self.tr("Ekspor terakhir {0} oleh {1}: {2} baris ({3})")
        day = f"{at.day} {MONTHS[at.month - 1]} {at:%Y %H.%M}"
        self._taken.set_text(said.format(day, taken.name, taken.lines, taken.wanted))

    def _narrow(self) -> None:
        """Other lines are wanted; wrong dates are told by their fields."""
        if not (self.first.judge() and self.last.judge()):
            return
        wanted = Wanted(
            self.officer.value() or "", self.number.value(), self.first.value(), self.last.value(),
            KINDS[self.kind.current()],
        )  # fmt: skip
        if wanted != self._wanted:
            self._wanted = wanted
            self.refresh()

    def _older(self) -> None:
        if self._entries:
            work = partial(reading_log.entries, self._wanted, self._entries[-1].id)
            self.desk.tasks.ask(work, self._add, owner=self, dead=self.more, command="")

    def _add(self, entries: list[Entry]) -> None:
        self._entries = [*self._entries, *entries]
        self._show(len(entries))

    # --- export ------------------------------------------------------------------------------------------------------

    def _ask_file(self) -> None:
        today = self.desk.clock().astimezone(WIB).date()
        dialog = QFileDialog(self, self.tr("Ekspor log pembacaan"))
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([self.tr("Tabel CSV (*.csv)")])
        dialog.setDefaultSuffix("csv")
        dialog.selectFile(_file_name(self._wanted, today))
        dialog.fileSelected.connect(self.export)
        dialog.open()

    def export(self, file: str) -> None:
        """Write the lines that are wanted into a file, without anybody's name but the officers'."""
        work = partial(_export, self._wanted, keys.new_key(), Path(file))
        self.desk.tasks.work(work, self._exported, self._not_exported, owner=self, dead=self.save)

    def _exported(self, lines: int) -> None:
        self.say(self.tr("{0} baris tersimpan").format(lines))
        self.refresh()

    def _not_exported(self, error: Exception) -> None:
        self.say(str(error), tone="bad")


def _load(wanted: Wanted) -> tuple[list[Entry], list[tuple[str, str]], Taken | None]:
    officers = sorted((o.name, o.login) for o in accounts.officers())
    return reading_log.entries(wanted), [(login, name) for name, login in officers], reading_log.last_export()


def _file_name(wanted: Wanted, today: date) -> str:
    days = [f"{d:%Y%m%d}" for d in (wanted.first, wanted.last or today) if d]
    return f"log-pembacaan-{'-'.join(days)}.csv"


def _export(wanted: Wanted, key: str, file: Path, _progress: Progress) -> int:
    """The file is opened before anything is taken out of the log."""
    fresh = file.with_name(f"{file.name}.baru")
    try:
        with fresh.open("w", encoding="utf-8-sig", newline="") as out:
            rows = reading_log.export(wanted, key)
            write_table(out, rows)
        fresh.replace(file)
    except OSError as error:
        raise Refused(f"Berkas tidak dapat ditulis ({error.strerror}). Pilih folder lain.", code="file") from error
    return len(rows) - 1


def write_table(out: IO[str], rows: list[list[str]]) -> None:
    """As table programs here read it: semicolons, and no cell that is taken for a formula."""
    writer = csv.writer(out, delimiter=";")
    writer.writerows([f"'{cell}" if cell.startswith(FORMULA) else cell for cell in cells_] for cells_ in rows)
