"""The tab of the entry: every revision, what it changed, and the numbers masked until somebody needs them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from app.services import accounts, entry
from app.services.fields import ValueRow, listing
from app.ui import cells
from app.ui.cells import Cell
from app.ui.desk import Desk
from app.ui.parts import moments
from app.ui.parts.buttons import Button
from app.ui.parts.empty import EmptyState
from app.ui.parts.layout import Card, box, column, row
from app.ui.parts.masked import SECONDS, mask_number
from app.ui.parts.segmented import Segmented
from app.ui.parts.text import Txt
from app.ui.rows import Column, Rows
from app.ui.theme import px

LIST, DIGITS = 300, 16


@dataclass(frozen=True)
class RevisionRow:
    """One saved revision, its values, and how many of them differ from the revision before."""

    rev: int
    by: str
    at: datetime
    values: tuple[ValueRow, ...]
    changes: int


def revision_rows(berkas_id: int) -> list[RevisionRow]:
    """All revisions with their values and changes, newest first; asks the database."""
    found, people = entry.revisions(berkas_id), accounts.names()
    older = [r.case for r in found[1:]]
    out = []
    for place, r in enumerate(found):
        values = listing(r.case, older[place] if place < len(older) else None)
        changes = sum(v.old is not None for v in values)
        out.append(RevisionRow(r.rev, people.get(r.by, r.by), r.at, values, changes))
    return out


def is_number(value: str) -> bool:
    """Whether a shown value is a NIK or a KK number, which is masked outside the pages that need it."""
    digits = value.replace(" ", "")
    return len(digits) == DIGITS and digits.isdigit()


class EntryTab(QWidget):
    """Revisions at the left, the values of the chosen one at the right."""

    looked = Signal()
    """The numbers were uncovered: whoever listens writes it to the log."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._uncovered = False
        self.revisions: Rows[RevisionRow] = Rows(
            (Column(self.tr("Revisi"), self._revision_cell), Column(self.tr("Berubah"), self._count_cell, 84, "right")),
            lambda r: r.rev,
            name=self.tr("Revisi isian"),
        )
        self.revisions.set_empty(EmptyState("pencil-simple-line", self.tr("Belum ada isian")))
        self.revisions.picked.connect(lambda _row: self._fill())
        self.values: Rows[ValueRow] = Rows(
            (
                Column(self.tr("Bagian"), lambda v: cells.muted(v.section), 128),
                Column(self.tr("Isian"), lambda v: cells.text(v.label), 190),
                Column(self.tr("Nilai"), self._value_cell),
                Column(self.tr("Sebelumnya"), self._old_cell, 184),
            ),
            lambda v: v.path,
            height=40,
            tint=lambda v: "ok_s" if v.old is not None else None,
            name=self.tr("Nilai"),
        )
        self.values.set_empty(EmptyState("check-circle", self.tr("Tidak ada nilai yang berubah pada revisi ini")))
        self._title = Txt("", "h3")
        self.which = Segmented((self.tr("Semua"), self.tr("Berubah")))
        self.which.changed.connect(lambda _i: self._fill())
        self.eye = Button(self.tr("Lihat NIK 30 detik"), "eye", "secondary", "Ctrl Shift M", small=True, height=32)
        self.eye.clicked.connect(self._toggle)
        self._cover = QTimer(self, singleShot=True, interval=SECONDS * 1000)
        self._cover.timeout.connect(self.cover)
        self._build()

    def _build(self) -> None:
        left = Card(column((self.revisions, 1), margins=(1, 1, 1, 8)))
        left.setFixedWidth(px(LIST))
        head = box(row(self._title, "s", self.which, self.eye, gap=10, margins=(16, 10, 12, 10)))
        right = Card(column(head, (self.values, 1), gap=0, margins=(1, 1, 1, 8)))
        self.setLayout(row(left, (right, 1), gap=14, margins=(16, 12, 16, 12)))

    def load(self, berkas_id: int) -> None:
        """Read the file's revisions."""
        self.cover()
        self._desk.tasks.ask(lambda: revision_rows(berkas_id), self._show, owner=self)

    def _show(self, rows: list[RevisionRow]) -> None:
        self.revisions.set_rows(rows)
        self._fill()

    def _fill(self) -> None:
        chosen = self.revisions.current()
        self._title.setText(
            self.tr("Revisi {0} · {1} · {2}").format(chosen.rev, chosen.by, moments.full(chosen.at)) if chosen else ""
        )
        found = chosen.values if chosen else ()
        if self.which.current() == 1:
            found = tuple(v for v in found if v.old is not None)
        self.values.set_rows(found)
        self.eye.setEnabled(any(is_number(v.value) or is_number(v.old or "") for v in found))

    def _toggle(self) -> None:
        if self._uncovered:
            self.cover()
            return
        self._uncovered = True
        self._cover.start()
        self.eye.set_text(self.tr("Tutup NIK"))
        self.values.viewport().update()
        self.looked.emit()

    def cover(self) -> None:
        """Mask the numbers again."""
        self._uncovered = False
        self._cover.stop()
        self.eye.set_text(self.tr("Lihat NIK 30 detik"))
        self.values.viewport().update()

    def _revision_cell(self, r: RevisionRow) -> Cell:
        return cells.two(self.tr("Revisi {0}").format(r.rev), f"{r.by}, {moments.day_clock(r.at)}")

    def _count_cell(self, r: RevisionRow) -> Cell:
        return cells.number(self.tr("baru") if r.rev == 1 else str(r.changes))

    def words(self, value: str) -> str:
        """A value as it stands on the glass now."""
        if is_number(value) and not self._uncovered:
            return mask_number(value.replace(" ", ""))
        return value

    def _value_cell(self, v: ValueRow) -> Cell:
        return cells.text(self.words(v.value) or self.tr("dikosongkan"), data=True, bold=v.old is not None)

    def _old_cell(self, v: ValueRow) -> Cell:
        if v.old is None:
            return cells.muted("")
        return cells.text(self.words(v.old), "bad", data=True) if v.old else cells.muted(self.tr("kosong"))
