"""How a list of web bookings is read: its source, which column is what, and which service its words mean."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from app.services.booking_list import Columns, plain
from app.services.queue_settings import Service
from app.ui.parts.fields import Field
from app.ui.parts.inputs import Choice, Line
from app.ui.parts.layout import Item, box, column, line
from app.ui.parts.refill import emptied
from app.ui.parts.text import Txt

tr = partial(QCoreApplication.translate, "BookingColumns")
NEW = "\n"
"""The choice "another source"; no name can be a line's end."""
LABEL = 104
SHORTEST, LONGEST = 2, 40
PATTERNS = (
    ("", "otomatis"), ("%m/%d/%Y", "05/31/2026, bulan dahulu"), ("%d/%m/%y", "31/05/26"), ("%d-%m-%y", "31-05-26"),
    ("%Y%m%d", "20260531"), ("%d%m%Y", "31052026"),
)  # fmt: skip
"""How days may be written that are not read by themselves."""


class BookingColumns(QWidget):
    """Only columns without people are offered. What the officer changes is told at once; `how` is what he means."""

    changed = Signal()
    chosen = Signal(str)
    """Another known source, or a new one (NEW)."""

    def __init__(self, services: Sequence[Service], *, may_keep: bool) -> None:
        super().__init__()
        self._services, self._may_keep = tuple(services), may_keep
        self._source, self._letters, self._taken = "", dict[str, str](), set[str]()
        self._words: dict[str, Field] = {}
        self.source = Field(tr("Sumber daftar"), Choice())
        self.name = Field(tr("Nama sumber baru"), Line(data=False), hint=tr("Misalnya alamat situsnya"))
        self.name.input.setMaxLength(LONGEST)
        self.name.hide()
        self.columns = {name: Field(label, Choice(), left=True, label_width=LABEL) for name, label in _labels()}
        self.pattern = Field(tr("Bentuk tanggal"), Choice(PATTERNS), left=True, label_width=LABEL)
        self.otherwise = Field(tr("Yang lain"), Choice(), left=True, label_width=LABEL)
        self.cancelled = Field(tr("Kata batal"), Line(data=False), left=True, label_width=LABEL)
        self.many = Txt(tr("Kolom ini berisi terlalu banyak kata berbeda; tampaknya bukan kolom layanan."), "small",
                        "warn", wrap=True)  # fmt: skip
        self.keep = QCheckBox(tr("Ingat cara membaca ini"))
        self.keep.setChecked(True)
        self.keep.setVisible(may_keep)
        self._note = Txt(tr("Perubahan di sini untuk kali ini saja; administrator yang menyimpannya."), "small", "ink3",
                         wrap=True)  # fmt: skip
        self._note.hide()
        self._lay_out()
        self._wire()

    def _lay_out(self) -> None:
        self._pairs = QVBoxLayout()
        self._pairs.setSpacing(8)
        self._meant = box(column(self.many, self._pairs, self.otherwise, gap=8))
        parts: tuple[Item, ...] = (
            self.source, self.name, self.keep, self._note, 2, line(), 2, Txt(tr("Kolom di daftar ini"), "h3"),
            *self.columns.values(), 2, line(), 2, Txt(tr("Menjadi nomor layanan"), "h3"), self._meant,
            2, line(), 2, Txt(tr("Cara menulis"), "h3"), self.pattern, self.cancelled, "s",
        )  # fmt: skip
        self.setLayout(column(*parts, gap=8, margins=(0, 0, 12, 0)))

    def _wire(self) -> None:
        self.source.changed.connect(self._choose)
        fields = (self.name, *self.columns.values(), self.pattern, self.otherwise, self.cancelled)
        for field in fields:
            field.changed.connect(self._touched)

    # --- showing -----------------------------------------------------------------------------------------------------

    def offer(self, sources: Sequence[str], headings: Sequence[str]) -> None:
        """The known sources, and the columns that may be chosen."""
        self._taken = {plain(name) for name in sources}
        more = [(NEW, tr("Sumber lain…"))] if self._may_keep else []
        self.source.input.set_items([*((name, name) for name in sources), *more])
        nothing = {"time": tr("di kolom tanggal"), "service": tr("tidak ada"), "status": tr("tidak ada")}
        for name, field in self.columns.items():
            first = [("", nothing[name])] if name in nothing else []
            field.input.set_items([*first, *((h, h) for h in headings)])

    def show_how(self, how: Columns, *, known: bool) -> None:
        """As this source is read; `known` where that is kept already."""
        self._source, self._letters = how.source, dict(how.services)
        self.source.set_value(how.source)
        self.name.hide()
        for name, field in self.columns.items():
            wanted = plain(getattr(how, name))
            field.set_value(next((h for h, _ in _items(field) if plain(h) == wanted), None))
        if how.day_format not in {value for value, _ in PATTERNS}:
            self.pattern.input.set_items([*PATTERNS, (how.day_format, how.day_format)])
        self.pattern.set_value(how.day_format)
        self.cancelled.set_value(", ".join(how.cancelled))
        self._fit(how.otherwise)
        self.show_words((), how)
        self.keep.setVisible(self._may_keep and not known)
        self._note.hide()

    def show_words(self, words: Sequence[str], how: Columns) -> None:
        """The words of the service column, each with the service it means; they stay where they are the same."""
        self._letters = {plain(word): letter for word, letter in how.services.items()}
        self.many.setVisible(bool(how.service and not words and self._asked))
        if tuple(self._words) != tuple(words):
            pairs = emptied(self._pairs)
            self._words = {word: Field(word, Choice(), left=True, label_width=LABEL) for word in words}
            for word, field in self._words.items():
                field.label.setToolTip(word)
                field.label.setWordWrap(True)
                field.input.set_items([*self._letter_items(), ("", tr("jangan diimpor"))])
                field.input.setPlaceholderText(tr("pilih layanannya"))
                field.changed.connect(self._touched)
                pairs.addWidget(field)
        for word, field in self._words.items():
            field.set_value(self._letters.get(plain(word)))

    def _letter_items(self) -> list[tuple[str, str]]:
        return [(s.service, f"{s.service}  {s.label}") for s in self._services]

    @property
    def _asked(self) -> bool:
        return bool(self.columns["service"].value())

    def _fit(self, otherwise: str | None = None) -> None:
        """What only some lists need is shown for those."""
        wanted = self.otherwise.value() if otherwise is None else otherwise
        self.otherwise.label.setText(tr("Kata lain") if self._asked else tr("Semua baris"))
        wrong = [("", tr("dianggap salah"))] if self._asked else []
        self.otherwise.input.set_items([*wrong, *self._letter_items()])
        first = next((s.service for s in self._services), "A")
        self.otherwise.input.set_value(wanted if wanted or self._asked else first)
        self.cancelled.setVisible(bool(self.columns["status"].value()))

    # --- what is meant -----------------------------------------------------------------------------------------------

    def how(self) -> Columns:
        """How the list is to be read, as it is chosen now."""
        chosen = {name: field.value() or "" for name, field in self.columns.items()}
        # What earlier lists called a service stays, though this one does not.
        pairs = {plain(word): field.value() for word, field in self._words.items() if field.value() is not None}
        gone = tuple(w.strip() for w in self.cancelled.value().split(",") if w.strip())
        source = self._source if self.name.isHidden() else str(self.name.value())
        return Columns(
            source, **chosen, services={**self._letters, **pairs},
            otherwise=self.otherwise.value() or "", cancelled=gone, day_format=self.pattern.value() or "",
        )  # fmt: skip

    def check(self) -> bool:
        """Whether enough is chosen to look at the list; the first that is missing says so."""
        if not self.name.isHidden() and not self._named():
            return False
        if self.name.isHidden():
            self.source.set_state("" if self._source else "bad", "" if self._source else tr("Pilih sumbernya"))
            if not self._source:
                return False
        for name, said in (("reference", tr("Pilih kolom nomornya")), ("day", tr("Pilih kolom tanggalnya"))):
            field = self.columns[name]
            if not field.value():
                field.set_state("bad", said)
                return False
            field.set_state("")
        return True

    def wants_keeping(self) -> bool:
        """Whether this way of reading shall be kept for its source."""
        return self._may_keep and not self.keep.isHidden() and self.keep.isChecked()

    def _named(self) -> bool:
        typed = str(self.name.value())
        if len(typed) < SHORTEST:
            self.name.set_state("bad", tr("Beri nama sumbernya, paling sedikit dua huruf"))
        elif plain(typed) in self._taken:
            self.name.set_state("bad", tr("Sumber itu sudah ada; pilih di atas"))
        else:
            self.name.set_state("")
            return True
        return False

    def _choose(self) -> None:
        wanted = str(self.source.value())
        self.name.setVisible(wanted == NEW)
        if wanted == NEW:
            self._source = ""
            self.keep.setVisible(self._may_keep)
            self.name.setFocus()
        self.chosen.emit(wanted)

    def _touched(self) -> None:
        self._fit()
        self.keep.setVisible(self._may_keep)
        self._note.setVisible(not self._may_keep)
        self.changed.emit()


def _labels() -> tuple[tuple[str, str], ...]:
    return (
        ("reference", tr("Nomor")), ("day", tr("Tanggal")), ("time", tr("Jam")), ("service", tr("Layanan")),
        ("status", tr("Status")),
    )  # fmt: skip


def _items(field: Field) -> list[tuple[Any, str]]:
    found: Choice = field.input
    return [(found.itemData(i), found.itemText(i)) for i in range(found.count())]
