"""The lines of a list of web bookings before it comes in: new, known, taken back, or wrong and why."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.printing import dates
from app.services.booking_list import Mistake, Row
from app.services.bookings import Preview
from app.ui import cells
from app.ui.parts.empty import EmptyState
from app.ui.parts.layout import Card, column, row
from app.ui.parts.segmented import Segmented
from app.ui.parts.text import Ico, Txt
from app.ui.rows import Column, Rows

tr = partial(QCoreApplication.translate, "BookingLines")
NEW, KNOWN, GONE, WRONG = "new", "known", "gone", "wrong"
KINDS = ("", NEW, KNOWN, GONE, WRONG)
TONES = {NEW: "ok", KNOWN: "mute", GONE: "warn", WRONG: "bad"}


@dataclass(frozen=True)
class Listed:
    """One line; a mistake has no number of its own, only its words. `place` keeps two mistakes of a line apart."""

    line: int
    kind: str
    place: int
    reference: str = ""
    at_local: datetime | None = None
    service: str = ""
    text: str = ""


class BookingLines(QWidget):
    """All of them, or those of one kind; the sentence of the line in front stands in full under the table."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: tuple[Listed, ...] = ()
        self.kind = Segmented(self._words(Counter()), padding=22)
        self.kind.changed.connect(self._show)
        self.rows: Rows[Listed] = Rows(_columns(), lambda x: (x.line, x.place), height=46, name=tr("Isi daftar"))
        self.rows.set_empty(EmptyState("funnel", tr("Tidak ada baris seperti ini")))
        self.rows.picked.connect(self._pick)
        self._sign, self._says = Ico("info", 18, "ink3", "fill"), Txt("", "small", "ink2", wrap=True)
        self._says.setMinimumHeight(2 * self._says.fontMetrics().height())
        shown = Card(column((self.rows, 1), margins=(1, 1, 1, 1)))
        self.setLayout(column(row(self.kind, "s"), (shown, 1), row(self._sign, (self._says, 1), gap=8), gap=10))

    def show_preview(self, found: Preview) -> None:
        """Another list, or the same read in another way; what was filtered stays filtered while it can."""
        mistaken = {m.line for m in found.mistakes}
        kinds = ((NEW, found.new), (KNOWN, [r for r in found.known if r.line not in mistaken]), (GONE, found.cancelled))
        rows = [_row(kind, r) for kind, those in kinds for r in those]
        rows += [_mistake(n, m) for n, m in enumerate(found.mistakes, 1)]
        self._lines = tuple(sorted(rows, key=lambda x: (x.line, x.place)))
        counts = Counter(x.kind for x in self._lines)
        kept = self.kind.current() if counts[KINDS[self.kind.current()]] else 0
        self.kind.set_items(self._words(counts), kept)
        self._show(kept)

    def _words(self, counts: Counter[str]) -> list[str]:
        names = {NEW: tr("Baru"), KNOWN: tr("Sudah ada"), GONE: tr("Ditarik"), WRONG: tr("Tidak masuk")}
        return [f"{tr('Semua')} {sum(counts.values())}", *(f"{name} {counts[kind]}" for kind, name in names.items())]

    def _show(self, number: int) -> None:
        wanted = KINDS[number]
        self.rows.set_rows([x for x in self._lines if wanted in {"", x.kind}])

    def _pick(self, listed: Listed | None) -> None:
        said = {
            NEW: tr("Disimpan; pemesannya dapat melapor pada jamnya."),
            KNOWN: tr("Sudah tercatat dari impor sebelumnya; tidak ada yang berubah."),
            GONE: tr("Dibatalkan di sumbernya; nomornya tidak dapat dipakai lagi."),
        }
        text = "" if listed is None else listed.text or said[listed.kind]
        wrong = listed is not None and listed.kind == WRONG
        self._sign.set_icon("x-circle" if wrong else "info", "bad" if wrong else "ink3")
        self._sign.setVisible(bool(text))
        self._says.setText(text if listed is None else tr("Baris {0}. {1}").format(listed.line, text))
        self._says.set_tone("bad" if wrong else "ink2")


def _row(kind: str, found: Row) -> Listed:
    return Listed(found.line, kind, 0, found.reference, found.slot_local, found.service)


def _mistake(number: int, found: Mistake) -> Listed:
    return Listed(found.line, WRONG, number, text=found.text)


def _columns() -> list[Column[Listed]]:
    names = {NEW: tr("baru"), KNOWN: tr("sudah ada"), GONE: tr("ditarik"), WRONG: tr("tidak masuk")}

    def what(x: Listed) -> cells.Cell:
        if x.kind == WRONG:
            short, _, more = x.text.partition(". ")
            return cells.two(short, more, bold=False)
        return cells.text(x.reference, data=True, tone="ink3" if x.kind == KNOWN else "ink")

    def when(x: Listed) -> cells.Cell:
        at = x.at_local
        return cells.muted(f"{dates.WEEKDAYS[at.weekday()][:3]} {at.day} {dates.MONTHS[at.month - 1][:3]}, "
                           f"{dates.clock(at)}" if at else "")  # fmt: skip

    return [
        Column(tr("Baris"), lambda x: cells.muted(str(x.line)), 64, sort=lambda x: x.line),
        Column(tr("Keadaan"), lambda x: cells.badge(names[x.kind], TONES[x.kind]), 130, sort=lambda x: x.kind),
        Column(tr("Nomor"), what, sort=lambda x: x.reference),
        Column(tr("Hari dan jam"), when, 156, sort=lambda x: (x.at_local is None, str(x.at_local))),
        Column(tr("Layanan"), lambda x: cells.text(x.service, bold=True), 80, sort=lambda x: x.service),
    ]
