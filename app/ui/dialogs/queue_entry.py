"""A service of the queue, or a counter and what it takes: added or changed."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from app.services.queue_settings import LETTER, Service
from app.ui.dialogs.catalogue_entry import Entry
from app.ui.kantor_queue_data import Place
from app.ui.kantor_queue_rules import Count
from app.ui.parts.fields import Field
from app.ui.parts.form import Form, two_columns
from app.ui.parts.inputs import Choice, Line, NameLine
from app.ui.parts.layout import box, column
from app.ui.parts.text import Txt

ICONS = (
    ("gavel", "Palu pengadilan"), ("users-three", "Keluarga"), ("files", "Berkas"), ("identification-card", "Kartu"),
    ("magnifying-glass", "Kaca pembesar"), ("file-text", "Lembar"), ("chats-circle", "Bertanya"),
    ("envelope-simple", "Surat"),
)  # fmt: skip
MOST = 9999


class EditService(Entry):
    """`asked` carries the service. Its letter never changes: numbers already given carry it."""

    asked = Signal(object)

    def __init__(self, parent: QWidget | None, known: Service | None, taken: Collection[str]) -> None:
        self._known, self._taken = known, set(taken)
        self.registers = QCheckBox(self.tr("Pemohon yang dilayani menjadi berkas baru"))
        self.active = QCheckBox(self.tr("Dibuka: ditawarkan di kios"))
        f = {
            "service": Field(self.tr("Huruf nomor"), NameLine(), hint=self.tr("A untuk A-001")),
            "position": Field(self.tr("Urutan di kios"), Count(0, 99)),
            "label": Field(self.tr("Nama layanan"), Line(data=False)),
            "detail": Field(self.tr("Baris kedua"), Line(data=False)),
            "icon": Field(self.tr("Gambar"), Choice(ICONS, self.tr("Pilih gambar"))),
            "quota": Field(self.tr("Nomor per hari"), Count(0, MOST), hint=self.tr("0: tanpa batas")),
        }
        f["service"].input.setMaxLength(1)
        f["label"].input.setMaxLength(60)
        f["detail"].input.setMaxLength(100)
        needed = {
            "service": self.tr("Isi satu huruf"), "label": self.tr("Isi nama layanan"),
            "position": self.tr("Isi urutan"), "quota": self.tr("Isi 0 bila tanpa batas"),
        }  # fmt: skip
        pairs = (f["service"], f["position"]), (f["label"], None), (f["detail"], None), (f["icon"], f["quota"])
        form = Form(f, needed, column(two_columns(*pairs), self.registers, self.active, gap=10))
        title = self.tr("Layanan {0}").format(known.service) if known else self.tr("Layanan baru")
        super().__init__(parent, title, self.tr("Tampil di kios, pada tiket, dan di loket."), form, self.tr("Simpan"))
        shown = known or Service("", "", position=len(self._taken) + 1)
        form.fill({"service": shown.service, "position": str(shown.position), "label": shown.label,
                   "detail": shown.detail, "icon": shown.icon, "quota": str(shown.quota)})  # fmt: skip
        self.registers.setChecked(shown.registers)
        self.active.setChecked(shown.active)
        f["service"].set_read_only(known is not None)
        f["label" if known else "service"].setFocus()

    def ask(self) -> None:
        """A letter that is free; P belongs to priority numbers."""
        values = self.form.values()
        letter = values["service"]
        if self._known is None and not LETTER.fullmatch(letter):
            self.form.refuse("service", self.tr("Satu huruf besar, bukan P: dipakai nomor prioritas"))
        elif self._known is None and letter in self._taken:
            self.form.refuse("service", self.tr("Huruf itu sudah dipakai layanan lain"))
        else:
            self.asked.emit(Service(
                letter, values["label"], values["detail"], values["icon"] or "", int(values["quota"]),
                int(values["position"]), self.registers.isChecked(), self.active.isChecked(),
            ))  # fmt: skip


class EditCounter(Entry):
    """`asked` carries the counter's name and its letters, "" for all."""

    asked = Signal(str, str)

    def __init__(
        self, parent: QWidget | None, known: Place | None, services: Sequence[Service], taken: Collection[str]
    ) -> None:
        self._known, self._taken = known, {name.lower() for name in taken}
        place = Field(
            self.tr("Nama loket"), Line(data=False), hint=self.tr("Sama dengan tempat petugasnya, misalnya Loket 3")
        )
        place.input.setMaxLength(40)
        self.boxes = {s.service: QCheckBox(f"{s.service}  {s.label}") for s in services}
        takes = known.letters if known else ""
        for letter, one in self.boxes.items():
            one.setChecked(not takes or letter in takes)
        self._said = Txt(self.tr("Melayani"), "smallm", "ink2")
        form = Form({"place": place}, {"place": self.tr("Isi nama loket")},
                    column(place, self._said, box(column(*self.boxes.values(), gap=8)), gap=10))  # fmt: skip
        title = known.name if known else self.tr("Loket baru")
        says = self.tr("Nomor yang dialihkan ke loket ini tetap sampai, apa pun layanannya.")
        super().__init__(parent, title, says, form, self.tr("Simpan"))
        form.fill({"place": known.name if known else ""})
        place.set_read_only(known is not None)
        if known is None:
            place.setFocus()

    def ask(self) -> None:
        """Something must be taken; all is said as all, so that a new service is taken too."""
        name = str(self.form.values()["place"])
        chosen = "".join(letter for letter, one in self.boxes.items() if one.isChecked())
        if self._known is None and name.lower() in self._taken:
            self.form.refuse("place", self.tr("Loket itu sudah ada"))
        elif not chosen:
            self.refused(ValueError(self.tr("Pilih paling sedikit satu layanan.")))
        else:
            self.asked.emit(name, "" if len(chosen) == len(self.boxes) else chosen)
