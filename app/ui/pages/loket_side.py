"""The right column of the counter: my other files, the applicant, what will be issued, and the office's notes."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.services.case import Case, Plan, Reporter, documents
from app.services.worklist import WorkItem
from app.ui.pages.loket_data import FileView
from app.ui.pages.loket_queue import wider
from app.ui.parts.badges import Badge
from app.ui.parts.layout import Card, box, column, row, scrolled
from app.ui.parts.refill import emptied
from app.ui.parts.text import Elide, Ico, Txt

WIDE, WIDER = 292, 400
ICONS = {"akta": "file-text", "kk": "users-three", "ktp": "identification-card"}


class Mine(QWidget):
    """One of my files; a click or Enter brings it to the front."""

    chosen = Signal(int)

    def __init__(self, item: WorkItem, label: str, *, front: bool) -> None:
        super().__init__()
        self._id = item.id
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(f"{item.number}, {label}")
        names = Elide(item.title, "smallb" if front else "small", "primary_t" if front else "ink")
        self.setLayout(column(names, Elide(f"{item.number} · {label}", "small", "ink3"), gap=0, margins=(0, 4, 0, 4)))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose it."""
        self.chosen.emit(self._id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space choose it too."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.chosen.emit(self._id)
        else:
            super().keyPressEvent(event)


class SidePanel(QWidget):
    """Cards from the top; what does not fit scrolls."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._wide = False
        self._cards = QVBoxLayout()
        self._cards.setSpacing(12)
        self.setLayout(column((scrolled(column(self._cards, "s", gap=0)), 1), gap=0))
        self.set_wide(on=False)

    def set_wide(self, *, on: bool) -> None:
        """400 px from a window of 1600 px on."""
        self._wide = on
        self.setFixedWidth(wider(WIDER if on else WIDE, 0.5))

    def changeEvent(self, event: QEvent) -> None:
        """Grow with the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.set_wide(on=self._wide)

    def show_view(self, mine: tuple[WorkItem, ...], view: FileView) -> None:
        """Another file in front, or the same one read again."""
        cards = emptied(self._cards)
        if len(mine) > 1:
            cards.addWidget(self._mine(mine, view))
        cards.addWidget(self._applicant(view))
        cards.addWidget(self._issued(view.case))
        if view.notes:
            cards.addWidget(self._notes(view))

    def _card(self, title: str, side: str, *items: QWidget) -> QWidget:
        head = row(Txt(title, "h3"), "s", Txt(side, "small", "ink3"))
        return Card(column(head, 2, *items, gap=6, margins=(16, 12, 16, 14)))

    def _mine(self, mine: tuple[WorkItem, ...], view: FileView) -> QWidget:
        rows = [Mine(i, i.stage.label, front=i.id == view.head.id) for i in mine]
        for entry in rows:
            entry.chosen.connect(self.chosen)
        return self._card(self.tr("Berkas di meja saya"), str(len(mine)), *rows)

    def _applicant(self, view: FileView) -> QWidget:
        contact = view.head.contact
        says = {
            Reporter.HUSBAND: (view.case.husband.name, self.tr("suami")),
            Reporter.WIFE: (view.case.wife.name, self.tr("istri")),
            Reporter.PROXY: (view.case.proxy.name, self.tr("kuasa")),
        }.get(view.case.reporter, ("", self.tr("belum diisi")))
        reporter = ", ".join(part for part in (says[0].title(), says[1]) if part)
        pairs = ((self.tr("Pelapor"), reporter), (self.tr("Telepon"), contact.phone), (self.tr("Surel"), contact.email))
        items: list[QWidget] = [self._pair(label, value) for label, value in pairs]
        read = (self.tr("Sudah dibacakan ulang"), "check-circle", "ok")
        unread = (self.tr("Belum dibacakan ulang"), "warning", "warn")
        if contact.email:
            text, icon, tone = read if contact.read_back else unread
            items.append(box(row(Ico(icon, 16, tone, "fill"), Txt(text, "small", tone), "s", gap=6)))
        return self._card(self.tr("Pemohon"), "", *items)

    def _pair(self, label: str, value: str) -> QWidget:
        shown = value or self.tr("belum diisi")
        return box(column(Txt(label, "small", "ink3"), Elide(shown, "bodym", "ink" if value else "ink3"), gap=0))

    def _issued(self, case: Case) -> QWidget:
        if not case.route:
            ask = self.tr("Tanyakan dahulu: putusan Pengadilan Negeri atau Pengadilan Agama.")
            return self._card(self.tr("Akan terbit"), "", Txt(ask, "small", "ink2", wrap=True))
        found = documents(case)
        words = {
            "akta": (self.tr("Kutipan Akta Perceraian × {0}"), self.tr("satu untuk tiap pihak")),
            "kk": (self.tr("Kartu Keluarga × {0}"), self._households(case)),
            "ktp": (self.tr("KTP-el × {0}"), self.tr("Cerai Hidup")),
        }
        rows = [self._document(ICONS[kind], words[kind][0].format(n), words[kind][1]) for kind, n in found]
        total = self.tr("{0} dokumen").format(sum(n for _, n in found))
        return self._card(self.tr("Akan terbit"), total, *rows)

    def _households(self, case: Case) -> str:
        words = {Plan.KEEP: self.tr("tetap"), Plan.NEW: self.tr("baru"), Plan.JOIN: self.tr("numpang")}
        plans = (case.household_husband.plan, case.household_wife.plan)
        if not all(plans):
            return self.tr("rencana KK diisi saat entri")
        return self.tr("suami {0}, istri {1}").format(*(words[p] for p in plans))

    def _document(self, icon: str, title: str, text: str) -> QWidget:
        words = column(Elide(title, "body", "ink"), Elide(text, "small", "ink3"), gap=0)
        return box(row(Ico(icon, 20, "ink2"), (words, 1), gap=10))

    def _notes(self, view: FileView) -> QWidget:
        rows: list[QWidget] = [Txt(note.text, "small", "ink2", wrap=True) for note in view.notes]
        return self._card(self.tr("Catatan"), "", *rows, Badge(self.tr("hanya untuk kantor"), "mute", shape=False))
