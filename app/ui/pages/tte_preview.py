"""The documents of one file before the Kadis's eyes, small beside the list or over the whole window."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QWidget

from app.ui.desk import Desk
from app.ui.pages.tte_data import SignRow
from app.ui.parts.buttons import Button
from app.ui.parts.layout import column
from app.ui.parts.paper_pane import ChoicePane, Leaflet, document_label

SHARE = 0.94


def leaflets(row: SignRow) -> list[Leaflet]:
    """The documents of the frozen revision."""
    return [Leaflet(d, document_label(d.subject), d.pages) for d in row.beside.documents]


class Preview(ChoicePane):
    """One file's documents. `looked(berkas id, sha256, page)` when a page stood before the eyes for a second."""

    looked = Signal(int, str, int)
    enlarge_wanted = Signal()

    def __init__(self, desk: Desk, *, large: bool = False) -> None:
        word = self.tr("Tutup") if large else self.tr("Perbesar")
        self.larger = Button(word, "arrows-out" if not large else "x", "quiet", "Spasi", small=True, height=32)
        super().__init__(desk, self.tr("Dokumen"), self.larger, named=False)
        self._row: SignRow | None = None
        self.larger.clicked.connect(self.enlarge_wanted)
        self.seen.connect(self._on_page)
        self.document_wanted.connect(self.step_document)
        self.unseen_wanted.connect(self.viewer.next_unseen)

    def show_row(self, row: SignRow | None, seen: frozenset[tuple[str, int]] = frozenset()) -> None:
        """Another file, or none; the same one stays as it stands."""
        before, self._row = self._row, row
        if row is None:
            self.forget()
            self.viewer.clear(self.tr("Pilih berkas untuk melihat dokumennya"))
        elif before is None or (before.id, before.beside.draft_rev) != (row.id, row.beside.draft_rev):
            self.forget()
            self.show_leaflets(leaflets(row), seen)

    def row_shown(self) -> SignRow | None:
        """The file in front."""
        return self._row

    def _on_page(self, sha256: str, page: int) -> None:
        if self._row is not None:
            self.looked.emit(self._row.id, sha256, page)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Space in the viewer enlarges, or closes what is enlarged."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Space:
            self.enlarge_wanted.emit()
            return True
        return super().eventFilter(watched, event)


class Enlarged(QDialog):
    """The same documents over the window, a whole page at a time (0 makes it wide). Space or Esc closes."""

    def __init__(self, parent: QWidget, desk: Desk, row: SignRow, sha256: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"{row.item.number} · {row.item.title}")
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.preview = Preview(desk, large=True)
        self.preview.enlarge_wanted.connect(self.reject)
        self.setLayout(column(self.preview, margins=(14, 14, 14, 14)))
        room = parent.window().size()
        self.resize(round(room.width() * SHARE), round(room.height() * SHARE))
        self.preview.viewer.fit_page()
        self.preview.show_row(row)
        if sha256:
            self.preview.open(sha256)
        self.preview.viewer.setFocus()
