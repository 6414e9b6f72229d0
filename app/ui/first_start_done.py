"""First start, last page: the first passwords, shown this once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QGridLayout, QWidget

from app.devices.printer import Description, JobState, JobStatus
from app.jobs import printers_here, set_up
from app.jobs.workshop import Workshop
from app.services.accounts import HAT_LABELS, NewOfficer
from app.services.office import Office
from app.ui.parts.banner import Banner
from app.ui.parts.buttons import Button
from app.ui.parts.inputs import Choice
from app.ui.parts.layout import Card, column, line, row
from app.ui.parts.text import Txt

if TYPE_CHECKING:
    from app.ui.tasks import Progress, Tasks


class DonePage(QWidget):
    """The sheet on glass; it can be copied or printed, and is kept nowhere."""

    left = Signal()

    def __init__(
        self, tasks: Tasks, shop: Workshop, office: Office, people: Sequence[NewOfficer], notes: Sequence[str]
    ) -> None:
        super().__init__()
        self._tasks, self._shop, self._office, self._people = tasks, shop, office, tuple(people)
        told = Banner(
            self.tr(
                "Salin atau cetak sandi ini sekarang. Sesudah halaman ini ditutup, sandi tidak dapat dilihat lagi."
            ),
            "warn",
            "warning",
        )
        later = [Banner(note, "info", "info") for note in notes]
        self.copy = Button(self.tr("Salin semua"), "copy", "secondary", "Ctrl Shift C")
        self.copy.clicked.connect(self._copy)
        self.printers = Choice((), self.tr("Mencari printer…"))
        self.printers.setAccessibleName(self.tr("Printer"))
        self.printers.setMinimumWidth(220)
        self.printers.setEnabled(False)
        self.print = Button(self.tr("Cetak lembar sandi"), "printer", "secondary", "Ctrl P")
        self.print.setEnabled(False)
        self.print.clicked.connect(self._print)
        self.said = Txt("", "small", "ink2", wrap=True)
        acts = row(self.copy, 8, self.printers, self.print, "s", gap=8)
        card = Card(column(self._sheet(), gap=0, margins=(18, 14, 18, 14)))
        self.setLayout(column(told, *later, card, acts, self.said, "s", gap=12))
        tasks.work(lambda _progress: printers_here.available(shop), self._offer, self._no_printers, owner=self)

    def _sheet(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(18)
        grid.setVerticalSpacing(8)
        heads = (self.tr("Petugas"), self.tr("Peran"), self.tr("Nama pengguna"), self.tr("Sandi pertama"))
        for number, words in enumerate(heads):
            grid.addWidget(Txt(words, "captionb", "ink2"), 0, number)
        for place, one in enumerate(self._people):
            grid.addWidget(line(), 2 * place + 1, 0, 1, 4)
            secret = one.password if one.must_change else self.tr("pilihan Anda sendiri")
            roles = ", ".join(HAT_LABELS[role] for role in one.roles)
            grid.addWidget(Txt(one.name, "bodyb"), 2 * place + 2, 0)
            grid.addWidget(Txt(roles, "body", "ink2"), 2 * place + 2, 1)
            grid.addWidget(Txt(one.login, "data", data=True, selectable=True), 2 * place + 2, 2)
            kind = "data" if one.must_change else "body"
            grid.addWidget(Txt(secret, kind, data=one.must_change, selectable=True), 2 * place + 2, 3)
        for number in range(4):
            grid.setColumnStretch(number, 1)
        return grid

    def text(self) -> str:
        """The sheet as plain lines."""
        return "\n".join(f"{o.name}\t{o.login}\t{o.password}" for o in self._people if o.must_change)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text())
        self.said.setText(self.tr("Tersalin. Tempel di tempat yang aman, lalu kosongkan papan klip."))

    def _offer(self, found: Sequence[Description]) -> None:
        # A folder is no place for passwords: only real printers are offered.
        real = [(one.name, one.label) for one in found if one.kind != "folder" and one.ready]
        if not real:
            self._no_printers(None)
            return
        self.printers.set_items(real)
        self.printers.set_value(real[0][0])
        self.printers.setEnabled(True)
        self.print.setEnabled(True)

    def _no_printers(self, error: Exception | None) -> None:
        self.printers.setPlaceholderText(self.tr("Tidak ada printer siap"))
        self.said.setText(str(error) if error else self.tr("PC ini belum punya printer yang siap; pakai Salin semua."))

    def _print(self) -> None:
        work = partial(_sheet, self._shop, self._office, self._people, str(self.printers.value()))
        self._tasks.work(work, self._printed, lambda error: self.said.setText(str(error)), owner=self, dead=self.print)

    def _printed(self, status: JobStatus) -> None:
        if status.state is JobState.COMPLETED:
            self.said.setText(self.tr("Lembar sandi tercetak."))
        elif status.state in {JobState.QUEUED, JobState.PRINTING}:
            self.said.setText(
                self.tr("Lembar sandi dikirim ke printer. Tunggu sampai keluar sebelum menutup halaman ini.")
            )
        else:
            self.said.setText(self.tr("Printer berhenti. {0}").format(status.reason))


def _sheet(
    shop: Workshop, office: Office, people: Sequence[NewOfficer], printer: str, _progress: Progress
) -> JobStatus:
    return set_up.sheet(shop, office, people, printer)
