"""The office's own rules: how long things may take, how long the incomplete are kept, and four eyes."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from app.ui.parts.banner import Banner
from app.ui.parts.confirm import Confirm
from app.ui.parts.fields import Field
from app.ui.parts.form import Form, two_columns
from app.ui.parts.layout import column
from app.ui.parts.office_form import Minutes
from app.ui.parts.text import Txt

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.services.office import Office

tr = partial(QCoreApplication.translate, "RulesForm")
NUMBERS = ("target_minutes", "target_long_minutes", "keep_deficient_days")


class RulesForm(QWidget):
    """Numbers of office time, and the one switch that every card tells of."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        f = {
            "target_minutes": Field(tr("Janji layanan (menit kerja)"), Minutes(), hint=tr("SOP: selesai dalam 1 jam")),
            "target_long_minutes": Field(
                tr("Janji paling lama (menit kerja)"), Minutes(), hint=tr("SOP: paling lama 24 jam = 1440 menit")
            ),
            "keep_deficient_days": Field(
                tr("Berkas kurang disimpan (hari)"), Minutes(), hint=tr("Tertulis pada catatan kekurangan")
            ),
        }
        needed = dict.fromkeys(NUMBERS, tr("Isi bilangan bulat"))
        self.form = Form(
            f,
            needed,
            two_columns((f["target_minutes"], f["target_long_minutes"]), (f["keep_deficient_days"], QWidget())),
        )
        self.form.changed.connect(self.changed)
        self.eyes = QCheckBox(tr("Empat mata: yang mengisi atau sudah memaraf tidak memeriksa berkas yang sama"))
        self.eyes.clicked.connect(self._switched)
        self.warns = Banner(
            tr("Empat mata dicabut"),
            "bad",
            "warning",
            detail=tr("Setiap langkah yang melanggarnya tercetak pada kartu kendali berkas itu, untuk selamanya."),
        )
        self.setLayout(
            column(
                Txt(tr("Waktu"), "h3"),
                self.form,
                14,
                Txt(tr("Pemisahan tugas"), "h3"),
                self.eyes,
                self.warns,
                gap=8,
            )
        )
        self.warns.hide()

    def fill(self, values: Mapping[str, Any]) -> None:
        """Show what is set."""
        self.form.fill({name: str(values[name]) for name in NUMBERS if name in values})
        self.eyes.setChecked(bool(values.get("four_eyes", True)))
        self.warns.setVisible(not self.eyes.isChecked())

    def values(self) -> dict[str, Any]:
        """What is typed."""
        return self.form.values() | {"four_eyes": self.eyes.isChecked()}

    def with_rules(self, office: Office) -> Office:
        """The office with what the form holds; only after a check."""
        numbers: dict[str, Any] = {name: int(self.form.values()[name]) for name in NUMBERS}
        return replace(office, four_eyes=self.eyes.isChecked(), **numbers)

    def _switched(self, on: bool) -> None:
        """Switching it off is asked twice; switching it on never."""
        if on:
            self._settle(on=True)
            return
        self.eyes.setChecked(True)
        asked = Confirm(
            self,
            tr("Cabut empat mata"),
            tr(
                "Satu orang dapat mengisi, memaraf, dan menandatangani berkas yang sama. Setiap langkah seperti itu "
                "tercetak pada kartu kendali dan terlihat oleh pemeriksa. Pakai hanya bila petugas benar-benar kurang."
            ),
            tr("Cabut"),
            icon="warning",
        )
        asked.confirmed.connect(lambda _why: self._settle(on=False))
        asked.open()

    def _settle(self, *, on: bool) -> None:
        self.eyes.setChecked(on)
        self.warns.setVisible(not on)
        self.changed.emit()
