"""A ticket printer of this computer: where it is, its paper, a strip to look at, and how it is in words."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from app.devices.printer import Description, JobState, JobStatus
from app.devices.thermal import Address, parse
from app.errors import Refused
from app.jobs import printers_here
from app.ui.parts.badges import Lamp
from app.ui.parts.buttons import Button
from app.ui.parts.fields import Field
from app.ui.parts.form import reveal, two_columns
from app.ui.parts.inputs import Choice, Line
from app.ui.parts.layout import Card, box, column, row
from app.ui.parts.text import Txt

if TYPE_CHECKING:
    from app.ui.tasks import Progress, Tasks

tr = partial(QCoreApplication.translate, "TicketPrinterForm")
WAYS = (
    ("tcp", "Jaringan (kabel LAN atau Wi-Fi)"),
    ("file", "Kabel USB, berkas perangkat"),
    ("spooler", "Antrean Windows, tanpa driver (RAW)"),
    ("driver", "Printer terpasang, lewat drivernya"),
)
PLACES = {
    "tcp": ("Alamat printer", "192.168.1.50", "Alamat IP; pintu 9100 bila tidak ditulis lain."),
    "file": ("Berkas perangkat", "/dev/usb/lp0", "Di Windows misalnya LPT1."),
}
QUEUES = {"spooler", "driver"}


class TicketPrinterForm(QWidget):
    """Fields beside each other; `chosen` carries the printer's name when the officer takes it for queue numbers."""

    chosen = Signal(str)

    def __init__(self, tasks: Tasks) -> None:
        super().__init__()
        self._tasks = tasks
        ways = [(way, tr(label)) for way, label in WAYS if way != "spooler" or os.name == "nt"]
        self.way = Field(tr("Cara tersambung"), Choice(ways))
        self.queue = Field(tr("Printer"), Choice([], tr("Pilih printer")))
        lines = {way: Field(tr(label), Line(example), hint=tr(hint)) for way, (label, example, hint) in PLACES.items()}
        self.places = {**lines, "spooler": self.queue, "driver": self.queue}
        self.roll = Field(tr("Lebar kertas"), Choice([(80, "80 mm"), (58, "58 mm")]))
        self.knife = Field(tr("Pisau pemotong"), Choice([(True, tr("Ada, potong sendiri")), (False, tr("Tidak ada"))]))
        self.ask = Button(tr("Periksa"), "plugs", "secondary", small=True)
        self.try_out = Button(tr("Cetak uji"), "printer", "secondary", small=True)
        self.take = Button(tr("Pakai untuk nomor antrean"), "check", "secondary", small=True)
        self.ask.clicked.connect(self.look)
        self.try_out.clicked.connect(self.print_trial)
        self.take.clicked.connect(self._take)
        self.lamp, self.said = Lamp(tr("belum diperiksa"), "mute"), Txt("", "small", "ink2", wrap=True)
        self.way.changed.connect(self._turn)
        self._lay_out()
        self.way.set_value("tcp")
        self.roll.set_value(80)
        self.knife.set_value(True)
        self._turn()

    def _lay_out(self) -> None:
        where = box(column(*dict.fromkeys(self.places.values()), gap=0))
        fields = two_columns((self.way, where), (self.roll, self.knife))
        acts = row(self.ask, self.try_out, self.take, "s", self.lamp, gap=8)
        self.setLayout(
            column(
                Txt(tr("Printer tiket"), "h3"),
                Card(column(fields, acts, self.said, gap=10, margins=(14, 12, 14, 12)), sub=True),
                gap=8,
            )
        )

    def offer(self, found: Sequence[Description]) -> None:
        """The queues of the operating system, for those ways that need one."""
        self.queue.input.set_items([(one.name, one.label) for one in found if one.kind in {"lp", "qt"}])

    def fill(self, name: str) -> None:
        """Show the printer that is set; any other kind of printer leaves the fields alone."""
        try:
            address = parse(name)
        except Refused:
            return
        self.way.set_value(address.way)
        if address.way in QUEUES and address.place not in {k for k, _ in self._queues()}:
            self.queue.input.set_items([*self._queues(), (address.place, address.place)])
        self.places[address.way].set_value(address.place)
        self.roll.set_value(address.width)
        self.knife.set_value(address.cut)
        self._turn()

    def name(self) -> str:
        """The printer's name as the settings keep it; "" where something is missing, which its field says."""
        way, field = self.way.value(), self.places[self.way.value()]
        place = str(field.value() or "")
        if not place:
            field.set_state("bad", tr("Isi dulu supaya printer dapat dihubungi."))
            reveal(field)
            return ""
        field.set_state("")
        return Address(way, place, self.roll.value(), bool(self.knife.value())).name

    def look(self) -> None:
        """Ask the printer how it is."""
        if name := self.name():
            self._wait(tr("Menghubungi printer…"))
            self._tasks.work(
                partial(_described, name), self._described, self._failed, owner=self, dead=self.ask, command=""
            )

    def print_trial(self) -> None:
        """Print the strip that shows edges, letters and code."""
        if name := self.name():
            self._wait(tr("Mencetak…"))
            self._tasks.work(
                partial(_printed, name), self._printed, self._failed, owner=self, dead=self.try_out, command=""
            )

    def _take(self) -> None:
        if name := self.name():
            self.chosen.emit(name)

    def _queues(self) -> list[tuple[str, str]]:
        found = self.queue.input
        return [(found.itemData(i), found.itemText(i)) for i in range(found.count())]

    def _turn(self) -> None:
        wanted = self.places[self.way.value()]
        for field in dict.fromkeys(self.places.values()):
            field.setVisible(field is wanted)
        self.knife.setVisible(self.way.value() != "driver")

    def _wait(self, words: str) -> None:
        self.lamp.set(words, "mute")
        self.said.setText("")

    def _described(self, found: Description) -> None:
        tone = "bad" if not found.ready else "warn" if found.note else "ok"
        self.lamp.set(tr("siap") if found.ready else tr("belum siap"), tone)
        self.said.setText(found.note)

    def _printed(self, status: JobStatus) -> None:
        if status.state is JobState.COMPLETED:
            self.lamp.set(tr("tercetak"), "warn" if status.reason else "ok")
        elif status.state is JobState.STOPPED:
            self.lamp.set(tr("tidak tercetak"), "bad")
        else:
            self.lamp.set(tr("sudah dikirim"), "warn")
        self.said.setText(status.reason or tr("Lihat kertasnya: kedua tepi dan kode harus utuh."))

    def _failed(self, error: Exception) -> None:
        self.lamp.set(tr("belum siap"), "bad")
        self.said.setText(str(error))


def _described(name: str, _progress: Progress) -> Description:
    return printers_here.describe(name)


def _printed(name: str, _progress: Progress) -> JobStatus:
    return printers_here.print_trial(name)
