"""Files from a disk at intake: chosen or dropped, taken in one by one; and out again, with a way back."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from app.errors import Shown
from app.services import papers
from app.services.berkas import Head
from app.services.keys import new_key
from app.services.papers import PaperRow
from app.ui.desk import Page
from app.ui.tasks import Progress

if TYPE_CHECKING:
    from app.jobs.workshop import Workshop
    from app.services.accounts import Who


class FileTaking(QObject):
    """Belongs to a page. `changed` carries the requirement whose papers are others now."""

    changed = Signal(str)
    busy = Signal(str)
    refused = Signal(list)
    """Sentences, one for each file that was not taken."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._page = page

    def choose(self, head: Head, code: str, label: str) -> None:
        """Ask for files of one requirement; several at once are fine."""
        dialog = QFileDialog(self._page, self.tr("Ambil berkas untuk {0}").format(label))
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilter(self.tr("Pindaian (*.pdf *.jpg *.jpeg *.png)"))
        dialog.filesSelected.connect(lambda names: self.take(head, code, [Path(n) for n in names]))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def take(self, head: Head, code: str, paths: Sequence[Path]) -> None:
        """Take them in off the GUI thread; each that is refused is told, the others come in."""
        if not paths:
            return
        desk, pairs = self._page.desk, [(path, new_key()) for path in paths]
        self.busy.emit(self.tr("Menyimpan {0} berkas…").format(len(pairs)))
        taking = partial(_take_all, desk.workshop, desk.who, head, code, pairs)
        what = self.tr("Simpan {0} berkas pindaian {1}").format(len(pairs), head.number)
        desk.tasks.work(taking, partial(self._taken, code), self._failed, owner=self, command=what)

    def _taken(self, code: str, troubles: list[str]) -> None:
        self.busy.emit("")
        self.refused.emit(troubles)
        self.changed.emit(code)

    def _failed(self, error: Exception) -> None:
        self.busy.emit("")
        self.refused.emit([str(error)])

    def remove(self, paper: PaperRow, reason: str) -> None:
        """Take a paper out with its reason; for ten seconds it can be put back."""
        who, key = self._page.desk.who, new_key()
        self._page.desk.tasks.ask(
            lambda: papers.remove_scan(who, paper, reason, key), partial(self._removed, paper), self._failed,
            owner=self, command=self.tr("Keluarkan berkas pindaian"),
        )  # fmt: skip

    def _removed(self, paper: PaperRow, _done: None) -> None:
        self._page.say(self.tr("Berkas dikeluarkan"), undo=partial(self._put_back, paper))
        self.changed.emit(paper.subject)

    def _put_back(self, paper: PaperRow) -> None:
        desk, key = self._page.desk, new_key()

        def restore(_progress: Progress) -> PaperRow:
            from app.jobs import attaching  # noqa: PLC0415  loads what reads files, which a window must not wait for
            from app.services import berkas  # noqa: PLC0415

            return attaching.restore(desk.who, berkas.head(desk.sop, paper.berkas_id), paper, key)

        what = self.tr("Kembalikan berkas pindaian")
        desk.tasks.work(restore, lambda _row: self.changed.emit(paper.subject), self._failed, owner=self, command=what)


def _take_all(
    shop: Workshop, who: Who, head: Head, code: str, pairs: Sequence[tuple[Path, str]], progress: Progress
) -> list[str]:
    from app.jobs import attaching  # noqa: PLC0415  as above

    troubles = []
    for number, (path, key) in enumerate(pairs):
        progress.report(number, len(pairs), path.name)
        try:
            attaching.attach_file(shop, who, head, code, path, key)
        except Shown as error:
            troubles.append(error.message)
    return troubles
