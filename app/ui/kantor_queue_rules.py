"""The queue's numbers: the fair rule, the kiosk's hours, windows of web bookings, and what the hall reads."""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from functools import partial
from typing import Any

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from app.services.queue_settings import QueueSettings
from app.ui.parts.badges import Lamp
from app.ui.parts.buttons import Button
from app.ui.parts.fields import Field
from app.ui.parts.form import Form, two_columns
from app.ui.parts.inputs import Line, Note
from app.ui.parts.layout import box, column, row, scrolled
from app.ui.parts.text import Txt
from app.ui.parts.times import TimeLine

tr = partial(QCoreApplication.translate, "QueueRules")
SPANS = {
    "fair": (1, 20), "rejoin_after": (0, 50), "wait_limit": (5, 240), "early": (0, 240), "late": (0, 240),
    "slot_minutes": (5, 240), "slot_quota": (0, 9999), "call_seconds": (15, 600),
}  # fmt: skip
"""Field → least and most."""
HOURS = ("opens", "closes")


class Count(Line):
    """A whole number between two others."""

    def __init__(self, least: int, most: int) -> None:
        super().__init__()
        self._least, self._most = least, most
        self.setMaxLength(4)

    def problem(self) -> str:
        """No number, or beyond its ends."""
        typed = self.text().strip()
        good = typed.isascii() and typed.isdigit() and self._least <= int(typed) <= self._most
        return (
            "" if good or not typed else tr("Tulis bilangan bulat dari {0} sampai {1}").format(self._least, self._most)
        )


class QueueRules(QWidget):
    """One form with its own button; what is typed stays until it is saved or the page is left for good."""

    asked = Signal(object)
    """The settings to be saved."""

    def __init__(self) -> None:
        super().__init__()
        self._settings = QueueSettings()
        self.dirty = False
        self.form = self._form()
        self.form.changed.connect(self._touched)
        self.lamp = Lamp(tr("Tersimpan"), "ok")
        self.save = Button(tr("Simpan aturan antrean"), "floppy-disk", "primary", "Ctrl Enter", height=40)
        self.back = Button(tr("Kembalikan yang tersimpan"), "arrow-counter-clockwise", "secondary", height=40)
        self.save.clicked.connect(self._ask)
        self.back.clicked.connect(lambda: self.fill(self._settings, anyway=True))
        self.back.hide()
        inner = box(column(self.form, "s", gap=0, margins=(0, 0, 12, 12)))
        inner.setMaximumWidth(1100)
        foot = row(self.lamp, "s", self.back, self.save, gap=10)
        self.setLayout(column((scrolled(inner), 1), foot, gap=10))

    def _form(self) -> Form:
        labels = {
            "fair": (
                tr("Satu prioritas tiap … panggilan"),
                tr("3: dua umum, lalu satu prioritas. 1: prioritas selalu dahulu"),
            ),
            "rejoin_after": (tr("Tidak hadir boleh ikut lagi sesudah … panggilan"), ""),
            "wait_limit": (
                tr("Tunggu terlalu lama mulai (menit)"),
                tr("Ditandai di loket dan dihitung di halaman Antrean"),
            ),
            "call_seconds": (tr("Panggilan tampil di TV (detik)"), ""),
            "early": (tr("Cek-in daring paling awal (menit sebelum jamnya)"), ""),
            "late": (
                tr("Cek-in daring paling lambat (menit sesudahnya)"),
                tr("Sesudah itu petugas loket yang memutuskan"),
            ),
            "slot_minutes": (tr("Panjang satu slot daring (menit)"), ""),
            "slot_quota": (tr("Paling banyak pesanan tiap slot"), tr("0: tanpa batas")),
        }
        f: dict[str, Field] = {
            name: Field(label, Count(*SPANS[name]), hint=hint) for name, (label, hint) in labels.items()
        }
        f["opens"] = Field(tr("Kios memberi nomor mulai"), TimeLine())
        f["closes"] = Field(tr("sampai"), TimeLine())
        f["notice"] = Field(tr("Pengumuman di TV dan kios"), Note(limit=200, height=72))
        f["complaints"] = Field(tr("Nomor pengaduan pungutan"), Line(data=False), hint=tr("Kosong: tidak ditampilkan"))
        needed = dict.fromkeys([*SPANS, *HOURS], tr("Isi dahulu"))
        parts = (
            (tr("Urutan"), two_columns((f["fair"], f["rejoin_after"]), (f["wait_limit"], f["call_seconds"]))),
            (tr("Jam kios"), two_columns((f["opens"], f["closes"]))),
            (tr("Pesanan daring"), two_columns((f["early"], f["late"]), (f["slot_minutes"], f["slot_quota"]))),
            (tr("Yang dibaca di lobi"), two_columns((f["notice"], None), (f["complaints"], QWidget()))),
        )
        items: list[Any] = [item for title, grid in parts for item in (Txt(title, "h3"), grid, 8)]
        return Form(f, needed, column(*items, gap=8))

    def fill(self, settings: QueueSettings, *, anyway: bool = False) -> None:
        """Show what is saved; typed text that is not saved stays unless it is wanted away."""
        if self.dirty and not anyway:
            return
        self._settings = settings
        values = {name: str(getattr(settings, name)) for name in SPANS}
        hours = {name: time(*divmod(getattr(settings, name), 60)) for name in HOURS}
        self.form.fill({**values, **hours, "notice": settings.notice, "complaints": settings.complaints})
        self._settle()

    def settled(self) -> None:
        """It was saved."""
        self.dirty = False

    def _settle(self) -> None:
        self.dirty = False
        self.lamp.set(tr("Tersimpan"), "ok")
        self.back.hide()

    def _touched(self) -> None:
        self.dirty = True
        self.lamp.set(tr("Belum tersimpan"), "warn")
        self.back.show()

    def _ask(self) -> None:
        if not self.form.check():
            return
        values = self.form.values()
        hours = {name: values[name].hour * 60 + values[name].minute for name in HOURS}
        if hours["opens"] >= hours["closes"]:
            self.form.refuse("closes", tr("Tutup harus sesudah buka"))
            return
        numbers = {name: int(values[name]) for name in SPANS}
        texts = {"notice": values["notice"], "complaints": values["complaints"]}
        changes: dict[str, Any] = {**numbers, **hours, **texts}
        self.asked.emit(replace(self._settings, **changes))
