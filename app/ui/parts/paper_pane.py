"""A pane of documents: which one, its pages, which of them were seen. Bytes are read when a document is opened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLayout, QWidget

from app.services import papers
from app.services.papers import PaperRow
from app.ui import theme
from app.ui.desk import Desk
from app.ui.icons import icon
from app.ui.parts.fields import Choice
from app.ui.parts.layout import Card, column, row
from app.ui.parts.text import Txt
from app.ui.parts.viewer import Viewer

ROOM_FOR_TOOLS = 520


@dataclass(frozen=True)
class Leaflet:
    """One document of a pane. `pages` is what the database asks to be seen."""

    paper: PaperRow
    label: str
    pages: int

    @property
    def sha256(self) -> str:
        """Its key."""
        return self.paper.sha256


def document_label(subject: str) -> str:
    """A document in one short word: "akta-suami" is "Akta I", "kk-istri" is "KK II"."""
    kind, _, party = subject.partition("-")
    words = {"akta": "Akta", "kk": "KK", "ktp": "KTP"}
    return f"{words[kind]} {'I' if party == 'suami' else 'II'}" if kind in words else subject


class PaperPane(Card):
    """Documents one at a time. `seen(sha256, page)` when a page was before the eyes; `broken(sha256, why)`."""

    seen = Signal(str, int)
    broken = Signal(str, str)
    unseen_wanted = Signal()
    document_wanted = Signal(int)

    def __init__(
        self, desk: Desk, head: QWidget | None, above: QLayout | None = None, below: QLayout | None = None
    ) -> None:
        super().__init__()
        self._desk = desk
        self._leaflets: tuple[Leaflet, ...] = ()
        self._seen: dict[str, set[int]] = {}
        self._wanted = ""
        self._then_page = 0
        self.viewer = Viewer(desk.tasks, head=head)
        self.viewer.page_seen.connect(self._on_seen)
        self.viewer.unreadable.connect(lambda why: self.broken.emit(self._wanted, why))
        self.viewer.page_changed.connect(lambda _page, _pages: self._arrived())
        self.viewer.installEventFilter(self)
        # The notice of an empty viewer must not keep the pane from becoming low.
        self.viewer.notice.setMinimumHeight(1)
        theme.changes().changed.connect(self.name_them)
        self.setLayout(column(above, (self.viewer, 1), below, gap=10, margins=(14, 10, 14, 12)))

    def show_leaflets(self, leaflets: Sequence[Leaflet], seen: frozenset[tuple[str, int]]) -> None:
        """Other documents; the one in front stays if it is among them."""
        self._leaflets = tuple(leaflets)
        self._seen = {x.sha256: {p for sha, p in seen if sha == x.sha256} for x in leaflets}
        keys = [x.sha256 for x in leaflets]
        self.name_them()
        if not keys:
            self._wanted = ""
            self.viewer.clear(self.tr("Tidak ada dokumen pada berkas ini"))
        elif self._wanted not in keys:
            self.open(keys[0])

    def forget(self) -> None:
        """Another file comes."""
        self._leaflets, self._wanted, self._then_page = (), "", 0
        self._seen.clear()
        self.viewer.clear(self.tr("Membuka berkas…"))
        self.name_them()

    def leaflets(self) -> tuple[Leaflet, ...]:
        """All documents of the pane."""
        return self._leaflets

    def current(self) -> Leaflet | None:
        """The document in front."""
        return next((x for x in self._leaflets if x.sha256 == self._wanted), None)

    def open(self, sha256: str, page: int = 0) -> None:
        """Bring a document to the front, at this page or where it stands."""
        if sha256 == self._wanted:
            if page:
                self.viewer.go(page)
            return
        self._wanted, self._then_page = sha256, page
        self.name_them()
        self.viewer.clear(self.tr("Membuka dokumen…"))
        got, failed = partial(self._got, sha256), partial(self._failed, sha256)
        self._desk.tasks.ask(partial(papers.data, sha256), got, failed, owner=self)

    def _got(self, sha256: str, data: bytes) -> None:
        shown = self.current()
        if sha256 != self._wanted or shown is None:
            return
        self.viewer.show_document(sha256, data, shown.paper.mime, seen=self._seen.get(sha256, set()))

    def _failed(self, sha256: str, error: Exception) -> None:
        if sha256 == self._wanted:
            self.viewer.clear(str(error))
        self.broken.emit(sha256, str(error))

    def _on_seen(self, sha256: str, page: int) -> None:
        self._seen.setdefault(sha256, set()).add(page)
        self.name_them()
        self.seen.emit(sha256, page)

    def missing(self) -> list[tuple[str, int]]:
        """Pages not seen yet, in the order of the documents."""
        return [
            (x.sha256, p)
            for x in self._leaflets
            for p in range(1, x.pages + 1)
            if p not in self._seen.get(x.sha256, ())
        ]

    def seen_whole(self, leaflet: Leaflet) -> bool:
        """Whether every page of a document was seen."""
        return len([p for p in self._seen.get(leaflet.sha256, ()) if p <= leaflet.pages]) >= leaflet.pages

    def pages(self) -> int:
        """How many pages there are to see; the same document twice counts once."""
        return sum({x.sha256: x.pages for x in self._leaflets}.values())

    def step_document(self, by: int) -> None:
        """The next or the previous document, around the end."""
        keys = [x.sha256 for x in self._leaflets]
        if keys:
            self.open(keys[(keys.index(self._wanted) + by) % len(keys)] if self._wanted in keys else keys[0])

    def name_them(self) -> None:
        """Keep the choice of documents true."""

    def _arrived(self) -> None:
        """The viewer opens in its own thread; the wanted page is turned to as soon as there are pages."""
        page, self._then_page = self._then_page, 0
        if page:
            self.viewer.go(page)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """N and Ctrl+PgUp/PgDn of the viewer reach beyond its document."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and watched is self.viewer:
            held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            if event.key() == Qt.Key.Key_N and not held:
                self.unseen_wanted.emit()
                return True
            step = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}.get(Qt.Key(event.key()), 0)
            if step and held == Qt.KeyboardModifier.ControlModifier:
                self.document_wanted.emit(step)
                return True
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tools for the mouse only where there is room; their keys always work."""
        super().resizeEvent(event)
        bar, roomy = self.viewer.bar, self.width() >= ROOM_FOR_TOOLS
        for button in (bar.smaller, bar.larger, bar.turner):
            button.setVisible(roomy)


class ChoicePane(PaperPane):
    """Documents chosen from a list that marks those seen to the last page.

    `beside` stands at the right of its head; without `named` the title is for screen readers only.
    """

    def __init__(self, desk: Desk, title: str, beside: QWidget | None = None, *, named: bool = True) -> None:
        self.choice = Choice()
        self.choice.setAccessibleName(title)
        head = QWidget()
        words = Txt(title, "h2") if named else None
        head.setLayout(row(words, (self.choice, 1), beside, gap=10, margins=(0, 0, 6, 0)))
        super().__init__(desk, head)
        self.choice.changed.connect(lambda: self.open(str(self.choice.value())))

    def name_them(self) -> None:
        """Every paper with a mark: seen to its last page, or not yet."""
        self.choice.set_items([(x.sha256, x.label) for x in self._leaflets])
        for place, x in enumerate(self._leaflets):
            whole = self.seen_whole(x)
            mark = icon("check-circle", 16, "ok_l", "fill") if whole else icon("circle-dashed", 16, "ink3")
            said = self.tr("dilihat seluruhnya") if whole else self.tr("belum dilihat seluruhnya")
            self.choice.setItemIcon(place, mark)
            self.choice.setItemData(place, f"{x.label}, {said}", Qt.ItemDataRole.AccessibleTextRole)
        self.choice.set_value(self._wanted)

    def open_evidence(self, code: str) -> None:
        """The scan that proves a value; where there is none, the paper in front stays."""
        here = self.current()
        if code and (here is None or here.paper.subject != code):
            found = next((x for x in self._leaflets if x.paper.subject == code), None)
            if found is not None:
                self.open(found.sha256)
