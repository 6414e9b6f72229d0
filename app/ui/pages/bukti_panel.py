"""The side panel of the verification page: one day's seal in full, its paper, and a comparison with a paper."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout

from app.jobs import daily_report
from app.services import seals
from app.services.seals import SealRow
from app.sop.model import Sop
from app.ui.pages import bukti_data as data
from app.ui.parts import moments
from app.ui.parts.banner import Banner
from app.ui.parts.buttons import Button
from app.ui.parts.fields import Field
from app.ui.parts.inputs import Line
from app.ui.parts.layout import Card, box, column, line, row, scrolled
from app.ui.parts.text import Txt


class Panel(Card):
    """Asks by signals; the page does."""

    print_asked = Signal()
    compare_asked = Signal(str)

    def __init__(self, sop: Sop) -> None:
        super().__init__()
        self._sop = sop
        self.seal: SealRow | None = None
        self._day, self._made = Txt("", "h2"), Txt("", "small", "ink2", wrap=True)
        self._digits = [Txt("", "bodyb", data=True, selectable=True) for _ in range(16)]
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(4)
        for i, digits in enumerate(self._digits):
            grid.addWidget(digits, i // 4, i % 4)
        grid.setColumnStretch(4, 1)
        self._facts = QVBoxLayout()
        self._facts.setContentsMargins(0, 0, 0, 0)
        self._facts.setSpacing(3)
        self.print = Button(self.tr("Cetak laporan harian"), "printer", "secondary", "Ctrl P", height=40, wide=True)
        self.print.clicked.connect(self.print_asked)
        self.paper = Field(self.tr("Cocokkan dengan kertas"), Line(self.tr("64 angka segel, atau 16 yang pertama")))
        self.paper.input.entered.connect(self._ask)
        self.compare = Button(self.tr("Cocokkan"), "magnifying-glass", "secondary")
        self.compare.clicked.connect(self._ask)
        self.answer = Banner("", "ok", "check-circle")
        self.answer.hide()
        words = Txt(self.tr("Ketik segel dari laporan yang disimpan, atau pindai QR-nya."), "small", "ink3", wrap=True)
        paper = column(self.paper, row(words, "s", self.compare, gap=8), self.answer, gap=8)
        inner = column(
            self._day, self._made, 4, box(grid), 4, line(), box(self._facts), "s", gap=8, margins=(0, 0, 0, 0)
        )
        self.setLayout(column((scrolled(box(inner)), 1), self.print, line(), paper, gap=12, margins=(18, 16, 18, 16)))
        self.show_seal(None)

    def show_seal(self, seal: SealRow | None) -> None:
        """One day's seal, or none yet."""
        self.seal = seal
        self.print.setEnabled(seal is not None)
        self._clear()
        if seal is None:
            self._day.setText(self.tr("Belum ada segel"))
            self._made.setText(self.tr("Segel pertama dibuat pada akhir hari kerja pertama."))
            groups = [""] * 16
        else:
            self._day.setText(data.weekday(seal.day))
            made = self.tr("dibuat {0} oleh {1}, mengikat {2} kartu yang berubah")
            self._made.setText(made.format(moments.full(seal.made_at), seal.made_by, seal.files))
            groups = seals.grouped(seal.seal).split()
            for label, value in daily_report.facts(self._sop, seal):
                self._facts.addLayout(row(Txt(label, "small", "ink2"), "s", Txt(value, "smallb"), gap=8))
        for digits, group in zip(self._digits, groups, strict=True):
            digits.setText(group)
        self.setAccessibleName(f"{self._day.text()}: {' '.join(groups)}".strip())

    def _clear(self) -> None:
        while (item := self._facts.takeAt(0)) is not None:
            inside = item.layout()
            while inside is not None and (part := inside.takeAt(0)) is not None:
                old = part.widget()
                if old is not None:
                    old.hide()
                    old.deleteLater()

    def _ask(self) -> None:
        text = str(self.paper.value()).strip()
        if text:
            self.compare_asked.emit(text)

    def tell(self, text: str, tone: str) -> None:
        """What came of a comparison."""
        self.answer.set(text, tone, "check-circle" if tone == "ok" else "warning")
        self.answer.show()

    def forget_answer(self) -> None:
        """Another paper is to be compared."""
        self.answer.hide()
