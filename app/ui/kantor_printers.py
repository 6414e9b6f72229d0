"""Which printer of this computer prints which paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.devices import thermal
from app.devices.printer import Description
from app.errors import Refused
from app.jobs import printers_here
from app.ui.kantor_ticket_printer import TicketPrinterForm
from app.ui.parts.badges import Lamp
from app.ui.parts.buttons import Button
from app.ui.parts.fields import Field
from app.ui.parts.form import two_columns
from app.ui.parts.inputs import Choice
from app.ui.parts.layout import Card, box, column, row
from app.ui.parts.text import Elide, Txt

if TYPE_CHECKING:
    from app.jobs.workshop import Workshop
    from app.ui.tasks import Progress, Tasks

tr = partial(QCoreApplication.translate, "PrintersForm")
PAPERS = (
    ("", "Semua kertas, bila tidak diatur khusus"),
    ("ticket", "Nomor antrean"),
    ("resi", "Resi (A5)"),
    ("deficiency", "Catatan kekurangan (A5)"),
    ("draft_print", "Draf untuk diperiksa (A4)"),
    ("ktp_request", "Pengajuan KTP-el (A4)"),
    ("card", "Kartu kendali (A4)"),
    ("signed", "Dokumen jadi (A4)"),
)
"""Kinds of paper as jobs know them, and what they are called."""


class PrintersForm(QWidget):
    """One choice for each kind of paper; a printer that is gone stays named, so that it is seen."""

    changed = Signal()

    def __init__(self, tasks: Tasks, shop: Workshop) -> None:
        super().__init__()
        self._tasks, self._shop = tasks, shop
        self._found: tuple[Description, ...] = ()
        self._list = QVBoxLayout()
        self._list.setSpacing(4)
        self.again = Button(tr("Cari printer lagi"), "arrow-clockwise", "secondary", small=True)
        self.again.clicked.connect(self.look)
        self._said = Txt("", "small", "ink2", wrap=True)
        self.choices = {kind: Field(tr(label), Choice()) for kind, label in PAPERS}
        for field in self.choices.values():
            field.changed.connect(self.changed)
        self.ticket = TicketPrinterForm(tasks)
        fields = list(self.choices.values())
        rest = [(fields[i], fields[i + 1] if i + 1 < len(fields) else None) for i in range(1, len(fields), 2)]
        head = row(Txt(tr("Printer di komputer ini"), "h3"), "s", self.again)
        here = Card(column(self._list, gap=0, margins=(14, 10, 14, 10)), sub=True)
        words = Txt(tr("Berlaku untuk komputer ini saja; komputer lain punya pengaturannya sendiri."), "small", "ink2")
        self.setLayout(
            column(
                head,
                here,
                self._said,
                10,
                Txt(tr("Kertas dan printernya"), "h3"),
                words,
                two_columns((fields[0], None), *rest),
                10,
                self.ticket,
                gap=8,
            )
        )
        self.ticket.chosen.connect(self._take_ticket_printer)
        self.fill(shop.printers)

    def fill(self, printers: Mapping[str, str]) -> None:
        """Show what is set."""
        self._choose(printers)
        self.ticket.fill(printers.get("ticket", ""))

    def _choose(self, printers: Mapping[str, str]) -> None:
        for kind, field in self.choices.items():
            self._offer(field, printers.get(kind, ""), general=not kind)

    def values(self) -> dict[str, str]:
        """Kind → printer, without those that follow the general one."""
        return {kind: field.value() for kind, field in self.choices.items() if field.value()}

    def look(self) -> None:
        """Ask the operating system which printers there are."""
        self._said.setText(tr("Mencari printer…"))
        work = partial(_look, self._shop)
        self._tasks.work(work, self._seen, self._not_seen, owner=self, dead=self.again, command="")

    def _seen(self, found: tuple[Description, ...]) -> None:
        self._found = found
        self._said.setText(
            ""
            if any(f.kind != "folder" for f in found)
            else tr(
                "Belum ada printer terpasang. Pasang lewat pengaturan sistem, lalu cari lagi; "
                "sementara itu cetakan disimpan di folder."
            )
        )
        while (item := self._list.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for one in found:
            self._list.addWidget(_line(one))
        self.ticket.offer(found)
        self._choose({kind: field.value() or "" for kind, field in self.choices.items()})

    def _not_seen(self, error: Exception) -> None:
        self._said.setText(str(error))

    def _take_ticket_printer(self, name: str) -> None:
        self._offer(self.choices["ticket"], name, general=False)
        self.changed.emit()

    def _offer(self, field: Field, chosen: str, *, general: bool) -> None:
        default = tr("Folder cetakan PC ini") if general else tr("Ikut pengaturan umum")
        known: Sequence[tuple[str, str]] = [(one.name, one.label) for one in self._found if one.kind != "folder"]
        gone = [(chosen, tr("{0} (tidak ada lagi)").format(chosen))] if chosen and chosen not in dict(known) else []
        if not self._found:
            gone = [(chosen, chosen)] if chosen else []
        if gone and (label := _own(chosen)):
            known, gone = [*known, (chosen, label)], []
        field.input.set_items([("", default), *known, *gone])
        field.set_value(chosen)
        missing = bool(gone) and bool(self._found)
        field.set_state("warn" if missing else "", tr("Pilih printer lain") if missing else "")


def _own(name: str) -> str:
    """What a ticket printer is called that needs no queue: it is where its name says. "" for any other."""
    try:
        return thermal.parse(name).label
    except Refused:
        return ""


def _line(one: Description) -> QWidget:
    lamp = Lamp(tr("siap") if one.ready else tr("belum siap"), "ok" if one.ready else "bad")
    words = " · ".join(part for part in (one.label, one.note) if part)
    return box(row((Elide(words, "body", "ink"), 1), lamp, gap=8))


def _look(shop: Workshop, _progress: Progress) -> tuple[Description, ...]:
    return printers_here.available(shop)
