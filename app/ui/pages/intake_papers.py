"""The right half of intake: the chosen requirement's papers in the viewer, and the judgement on them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QCheckBox, QMenu

from app.errors import Shown
from app.services import papers
from app.services.intake import RequirementRow
from app.ui.pages.intake_list import files_of
from app.ui.parts.buttons import Button
from app.ui.parts.layout import Card, column, row
from app.ui.parts.segmented import Segmented
from app.ui.parts.text import Elide
from app.ui.parts.viewer import Viewer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.services.papers import PaperRow
    from app.ui.tasks import Tasks

SHOWN_HASH = 16
MOST_REASONS = 9


class PapersPane(Card):
    """Shows and asks; what happens is the page's. Files may be dropped here for the chosen requirement."""

    judged = Signal(bool)
    refused = Signal(str)
    """Not legible, with this reason; empty: the officer wants to write it."""
    original = Signal(bool)
    take = Signal()
    removal = Signal(object, str)
    dropped = Signal(list)

    def __init__(self, tasks: Tasks) -> None:
        super().__init__()
        self._tasks = tasks
        self._row: RequirementRow | None = None
        self._index, self._takes = 0, False
        self.setAcceptDrops(True)
        self.title = Elide("", "h2", "ink")
        self.viewer = Viewer(tasks, head=self.title)
        self.files = Segmented(("",), 0, padding=22)
        self.source = Elide("", "small", "ink3")
        tip = self.tr("Keluarkan berkas ini dari persyaratan, dengan alasan (Del)")
        self.out = Button(self.tr("Keluarkan"), "x", "quiet", small=True, tip=tip)
        self.good = Button(self.tr("Terbaca"), "check", "secondary", "Spasi", height=40)
        self.bad = Button(self.tr("Tidak terbaca"), "x", "secondary", "X", height=40)
        self.seen = QCheckBox(self.tr("Asli dilihat"))
        self.fetch = Button(self.tr("Ambil dari berkas"), "folder-open", "secondary", "Ctrl O", height=40)
        self._wire()
        about = row(self.files, (self.source, 1), self.out, self.seen, gap=12)
        verbs = row(self.good, self.bad, "s", self.fetch, gap=8)
        self.setLayout(column((self.viewer, 1), about, verbs, gap=10, margins=(16, 10, 16, 12)))

    def _wire(self) -> None:
        self.good.clicked.connect(partial(self.judged.emit, True))
        self.bad.clicked.connect(partial(self.judged.emit, False))
        self.seen.clicked.connect(self.original)
        self.fetch.clicked.connect(self.take)
        self.files.changed.connect(self._choose)
        self.out.clicked.connect(self.ask_removal)

    # --- what is shown -----------------------------------------------------------------------------------------------

    def show_row(self, requirement: RequirementRow | None, *, judges: bool, takes: bool) -> None:
        """Another requirement, or the same one with other papers."""
        changed = self._row is None or requirement is None or self._row.code != requirement.code
        before = len(self._row.scans) if self._row is not None and not changed else 0
        self._row, self._takes = requirement, takes
        many = len(requirement.scans) if requirement else 0
        if changed:
            self._index = 0
        elif many > before:
            self._index = many - 1
        self._index = min(self._index, max(0, many - 1))
        self.title.set_text(requirement.label if requirement else "")
        self.files.set_items([self.tr("Berkas {0}").format(n + 1) for n in range(many)] or [""], self._index)
        self.files.setVisible(many > 1)
        self._show_rights(requirement, judges=judges, takes=takes)
        self._show_paper()

    def _show_rights(self, requirement: RequirementRow | None, *, judges: bool, takes: bool) -> None:
        verdict = requirement.verdict if requirement else "UNSET"
        can = judges and requirement is not None
        for button in (self.good, self.bad, self.seen):
            button.setEnabled(can)
        self.good.set_kind("ok" if verdict == "OK" else "secondary")
        self.bad.set_kind("danger" if verdict == "BAD" else "secondary")
        self.seen.setChecked(bool(requirement and requirement.original_seen))
        self.fetch.setEnabled(takes and requirement is not None)
        self.out.setVisible(takes and bool(requirement and requirement.scans))

    def paper(self) -> PaperRow | None:
        """The paper in front."""
        scans = self._row.scans if self._row else ()
        return scans[self._index] if self._index < len(scans) else None

    def _choose(self, index: int) -> None:
        self._index = index
        self._show_paper()

    def _show_paper(self) -> None:
        found = self.paper()
        if found is None:
            enough = self.tr("Belum ada berkas; cukup asli dilihat bila tidak dipindai")
            self.source.set_text(enough if self._row else "")
            self.viewer.clear(self._nothing())
            return
        self.source.set_text(self._origin(found))
        if self.viewer.key() != found.sha256:
            sha256 = found.sha256
            self.viewer.clear(self.tr("Membuka dokumen…"))
            self._tasks.ask(lambda: papers.data(sha256), partial(self._open, found), self._broken, owner=self)

    def _open(self, paper: PaperRow, data: bytes) -> None:
        if self.paper() is not None and self.paper() == paper:
            self.viewer.show_document(paper.sha256, data, paper.mime)

    def _broken(self, error: Exception) -> None:
        self.source.set_text(str(error), "bad")
        self.viewer.clear(error.message if isinstance(error, Shown) else str(error))

    def _nothing(self) -> str:
        if self._row is None:
            return ""
        if self._takes:
            return self.tr("Belum ada berkas. Seret ke sini, atau tekan Ctrl O untuk mengambilnya.")
        return self.tr("Belum ada berkas untuk persyaratan ini.")

    def _origin(self, paper: PaperRow) -> str:
        came = self.tr("dari berkas di PC")
        if paper.source.startswith("daring:"):
            came = self.tr("dari permohonan daring {0}").format(paper.source.removeprefix("daring:"))
        return self.tr("{0} · {1} · sidik {2}").format(paper.title, came, paper.sha256[:SHOWN_HASH])

    # --- reasons by digit --------------------------------------------------------------------------------------------

    def ask_reason(self, reasons: Sequence[str]) -> None:
        """What is not legible: one digit chooses; 0 lets the officer write it."""
        menu = self._menu(reasons[:MOST_REASONS], self.refused.emit)
        menu.addSeparator()
        menu.addAction(self.tr("&0  Alasan lain…"), partial(self.refused.emit, ""))
        menu.popup(self.bad.mapToGlobal(QPoint(0, -menu.sizeHint().height())))

    def ask_removal(self) -> None:
        """Why the paper in front goes out: one digit chooses."""
        found = self.paper()
        if found is None or not self._takes:
            return
        reasons = (self.tr("Salah berkas"), self.tr("Berkas ganda"), self.tr("Diganti pindaian yang lebih jelas"),
                   self.tr("Bukan milik pemohon"))  # fmt: skip
        menu = self._menu(reasons, partial(self.removal.emit, found))
        menu.popup(self.out.mapToGlobal(QPoint(0, self.out.height())))

    def _menu(self, reasons: Sequence[str], do: object) -> QMenu:
        assert callable(do)
        for old in self.findChildren(QMenu):
            old.deleteLater()
        menu = QMenu(self)
        for number, reason in enumerate(reasons, 1):
            menu.addAction(f"&{number}  {reason.replace('&', '&&')}", partial(do, reason))
        return menu

    # --- keys and drops ----------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that the viewer did not want: Space, X, Del."""
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if plain and event.key() == Qt.Key.Key_Space:
            self.good.press()
        elif plain and event.key() == Qt.Key.Key_X:
            self.bad.press()
        elif plain and event.key() == Qt.Key.Key_Delete:
            self.ask_removal()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Local files for the chosen requirement."""
        if self._takes and self._row is not None and files_of(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """They fall on the chosen requirement."""
        event.acceptProposedAction()
        self.dropped.emit(files_of(event.mimeData()))


def next_of(rows: Sequence[RequirementRow]) -> RequirementRow | None:
    """The first required paper that is not ready, None if all are."""
    return next((r for r in rows if r.required and not r.ready), None)


def twins_of(rows: Sequence[RequirementRow]) -> dict[str, str]:
    """Code → label of another requirement under which the very same file lies (or the same one twice)."""
    seen: dict[str, RequirementRow] = {}
    found: dict[str, str] = {}
    for r in rows:
        for scan in r.scans:
            other = seen.setdefault(scan.sha256, r)
            if other is not r or sum(s.sha256 == scan.sha256 for s in r.scans) > 1:
                found[r.code] = other.label
    return found
