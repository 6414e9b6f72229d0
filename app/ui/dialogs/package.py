"""What an online package holds, before it is taken in: its files, and those left out with the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QWidget

from app.printing import dates
from app.sop.calendar import WIB
from app.ui.parts.banner import Banner
from app.ui.parts.buttons import Button
from app.ui.parts.layout import Card, box, column, line, row, scrolled
from app.ui.parts.text import Elide, Ico, Txt
from app.ui.theme import px

if TYPE_CHECKING:
    from app.channels.package import Package

ROUTES = {"PN": "Pengadilan Negeri", "PA": "Pengadilan Agama"}
REPORTERS = {"HUSBAND": "Suami", "WIFE": "Istri", "PROXY": "Kuasa"}


class PackageDialog(QDialog):
    """Nothing is stored before "Terima paket"; left-out files stay listed on the file afterwards."""

    received = Signal()

    def __init__(self, parent: QWidget | None, package: Package, labels: dict[str, str]) -> None:
        super().__init__(parent)
        self.package = package
        self.setWindowTitle(self.tr("Permohonan daring"))
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.yes = Button(self.tr("Terima paket"), "download-simple", "primary", "Ctrl Enter", height=40)
        self.no = Button(self.tr("Batal"), "", "secondary", "Esc", height=40)
        self.yes.clicked.connect(self.received)
        self.no.clicked.connect(self.reject)
        self.trouble = Banner("", "bad", "x-circle")
        self.trouble.hide()
        files = self._files(labels)
        files.setMinimumSize(px(560), px(240))
        title = self.tr("Permohonan daring {0}").format(package.external_ref)
        verbs = row("s", self.no, self.yes, gap=10)
        items = (Txt(title, "h1", wrap=True), self._facts(), files, self.trouble, 4, verbs)
        self.setLayout(column(*items, gap=12, margins=(24, 20, 24, 20)))
        self.no.setFocus()

    def refuse(self, text: str) -> None:
        """The package could not be taken in; it may be tried again."""
        self.trouble.set(text, "bad", "x-circle")
        self.trouble.show()

    def _facts(self) -> QWidget:
        found = self.package
        sent = dates.moment(found.submitted_at.astimezone(WIB))
        words = self.tr("Dikirim {0} · putusan {1} · pelapor {2}")
        return Txt(words.format(sent, ROUTES[found.route], REPORTERS[found.reporter]), "body", "ink2", wrap=True)

    def _files(self, labels: dict[str, str]) -> QWidget:
        rows: list[QWidget] = []
        if self.package.quarantined:
            said = self.tr("{0} berkas tidak diambil. Permohonan tetap dapat diterima; mintalah berkas itu lagi.")
            rows.append(Banner(said.format(len(self.package.quarantined)), "warn", "warning"))
            rows += [self._row("x-circle", "bad", labels.get(q.requirement, q.requirement), q.name, q.reason)
                     for q in self.package.quarantined]  # fmt: skip
        for file in self.package.files:
            pages = self.tr("{0} · {1} halaman").format(file.name, file.pages)
            rows.append(self._row("check-circle", "ok", labels.get(file.requirement, file.requirement), pages, ""))
        if not rows:
            said = self.tr("Paket ini tidak membawa berkas; hanya isian permohonan.")
            rows.append(Txt(said, "body", "ink2", wrap=True))
        lined = [thing for n, widget in enumerate(rows) for thing in ((line(), widget) if n else (widget,))]
        return Card(column((scrolled(column(*lined, "s", gap=6)), 1), margins=(14, 10, 14, 10)))

    def _row(self, icon: str, tone: str, title: str, name: str, reason: str) -> QWidget:
        why = Txt(reason, "small", "bad", wrap=True) if reason else None
        words = column(Txt(title, "bodyb"), Elide(name, "small", "ink3"), why, gap=0)
        return box(row(Ico(icon, 20, tone, "fill"), (words, 1), gap=10))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Plain Enter takes nothing in."""
        if event.key() == Qt.Key.Key_Escape:
            self.reject()
        elif event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            super().keyPressEvent(event)
