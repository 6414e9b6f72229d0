"""Takes an online package in at the counter: choose, look, receive; a bad one changes nothing."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from app.services.berkas import Head
from app.ui.desk import Page
from app.ui.dialogs.package import PackageDialog
from app.ui.tasks import Progress

if TYPE_CHECKING:
    from app.channels.package import Package

FORM = "permohonan.json"


class PackageImport(QObject):
    """Belongs to a page, whose desk it uses and through which it speaks."""

    taken = Signal()
    """A package came in: lists are no longer true."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._page = page
        self.dialog: PackageDialog | None = None

    def choose(self) -> None:
        """A .zip, or the permohonan.json of a package folder."""
        dialog = QFileDialog(self._page, self.tr("Pilih paket permohonan daring"))
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        dialog.setNameFilter(self.tr("Paket daring (*.zip permohonan.json)"))
        dialog.fileSelected.connect(lambda name: self.show_package(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def show_package(self, path: Path) -> None:
        """Read a package and show what would come in; a bad one is refused in words and changes nothing."""
        place = path.parent if path.name == FORM else path

        def read(_progress: Progress) -> tuple[Package, dict[str, str]]:
            # Loaded here: they bring the print path with them, which a window must not wait for.
            from app.jobs import deficiency, packages  # noqa: PLC0415

            return packages.preview(place), deficiency.requirement_labels(0)

        self._page.desk.tasks.work(read, partial(self._offer, place), self._refused, owner=self)

    def _refused(self, error: Exception) -> None:
        self._page.say(str(error), tone="bad")

    def _offer(self, path: Path, read: tuple[Package, dict[str, str]]) -> None:
        self.dialog = PackageDialog(self._page, *read)
        self.dialog.received.connect(partial(self._receive, path, self.dialog))
        self.dialog.open()

    def _receive(self, path: Path, dialog: PackageDialog) -> None:
        desk, package, pressed = self._page.desk, dialog.package, self._page.desk.clock()

        def receive(_progress: Progress) -> Head:
            from app.jobs import packages  # noqa: PLC0415  as above

            return packages.receive(desk.workshop, desk.who, path, packages.key_of(package))

        def done(head: Head) -> None:
            dialog.accept()
            again = head.made_at < pressed
            said = self.tr("Paket ini sudah masuk sebagai {0}") if again else self.tr("Permohonan daring masuk: {0}")
            self._page.say(said.format(head.number), tone="info" if again else "ok")
            self._page.moved.emit()
            self.taken.emit()

        desk.tasks.work(receive, done, lambda error: dialog.refuse(str(error)), owner=dialog, dead=dialog.yes)
