"""Beside the entry form: what is still missing, and the scans that prove what is typed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.services import papers
from app.services.papers import PaperRow
from app.ui.parts.bars import Bar
from app.ui.parts.layout import Card, box, column, row, scrolled
from app.ui.parts.segmented import Segmented
from app.ui.parts.text import Elide, Ico, Txt
from app.ui.parts.viewer import Viewer
from app.ui.tasks import Tasks
from app.ui.theme import px

LOOKS = {"error": ("x-circle", "bad"), "warning": ("warning", "warn"), "missing": ("circle-dashed", "ink3")}
NARROW, NARROWEST, READING = 300, 260, 360


class Todo(QWidget):
    """One line of the list: a click or Enter leads to the field."""

    pressed = Signal(str)

    def __init__(self, path: str, look: str, text: str) -> None:
        super().__init__()
        self._path = path
        glyph, tone = LOOKS[look]
        weight = "bold" if look == "missing" else "fill"
        self.setLayout(row(Ico(glyph, 16, tone, weight), (Elide(text, "small", "ink"), 1), gap=8, margins=(4, 3, 4, 3)))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(text)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go there."""
        self.pressed.emit(self._path)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space go there too."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.pressed.emit(self._path)
        else:
            super().keyPressEvent(event)


class TodoList(QWidget):
    """What is empty, wrong, or wants an answer, by section."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[tuple[str, str, str, str], ...] | None = None
        self.count = Txt("", "small", "ink2")
        self.bar = Bar(0, "ok")
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self.fine = Txt(
            self.tr("Semua isian wajib sudah terisi. Cocokkan sekali lagi dengan pindaian, lalu cetak draf."),
            "body", "ink2", wrap=True,
        )  # fmt: skip
        area = scrolled(column(self._list, "s", gap=0, margins=(0, 0, 8, 0)))
        self.setLayout(column(self.count, self.bar, 4, self.fine, (area, 1), gap=6))

    def show_items(self, items: Sequence[tuple[str, str, str, str]], filled: int, wanted: int) -> None:
        """(path, look, text, section) in the order of the form; built again only when something changed."""
        self.count.setText(self.tr("{0} dari {1} isian").format(filled, wanted))
        self.bar.set(filled / wanted if wanted else 0, "ok")
        if tuple(items) == self._shown:
            return
        self._shown = tuple(items)
        while (item := self._list.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        section = ""
        for path, look, text, of in items:
            if of != section:
                section = of
                self._list.addWidget(box(column(8, Txt(of, "captionb", "ink2"), 2, gap=0)))
            line = Todo(path, look, text)
            line.pressed.connect(self.chosen)
            self._list.addWidget(line)
        self.fine.setVisible(not items)

    def texts(self) -> list[str]:
        """The lines, for whoever reads aloud."""
        return [text for _, _, text, _ in self._shown or ()]


class Evidence(QWidget):
    """The scan that proves the field with the caret."""

    def __init__(self, tasks: Tasks) -> None:
        super().__init__()
        self._tasks, self._code, self._scans = tasks, "", tuple[PaperRow, ...]()
        self.title = Elide("", "bodyb", "ink")
        self.viewer = Viewer(tasks, head=self.title)
        self.setLayout(column((self.viewer, 1), gap=0))

    def set_scans(self, scans: tuple[PaperRow, ...]) -> None:
        """Another file's scans."""
        self._scans, self._code = scans, ""

    def show_code(self, code: str) -> None:
        """Show the first scan of a requirement; the same one is not opened again."""
        if code == self._code:
            return
        self._code = code
        scan = next((s for s in self._scans if s.subject == code), None)
        if scan is None:
            self.title.set_text("")
            self.viewer.clear(self.tr("Tidak ada pindaian untuk isian ini. Aslinya dilihat di loket."))
            return
        self.title.set_text(scan.title)
        self._tasks.ask(partial(papers.data, scan.sha256), partial(self._show, scan), self._broken, owner=self)

    def _show(self, scan: PaperRow, data: bytes) -> None:
        if scan.subject == self._code:
            self.viewer.show_document(scan.sha256, data, scan.mime)

    def _broken(self, error: Exception) -> None:
        self.viewer.clear(str(error))


class Side(Card):
    """The panel: the list, or the scans. On a wide screen it opens with the scans."""

    chosen = Signal(str)

    def __init__(self, tasks: Tasks) -> None:
        super().__init__()
        self._wide, self._tight, self._path_code = False, False, "putusan"
        self.which = Segmented([self.tr("Belum terisi"), self.tr("Bukti isian")])
        self.todo, self.evidence = TodoList(), Evidence(tasks)
        self.todo.chosen.connect(self.chosen)
        self.which.changed.connect(self._turn)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.todo)
        self._stack.addWidget(self.evidence)
        self.setLayout(column(row(self.which, "s"), (self._stack, 1), gap=12, margins=(16, 14, 12, 14)))
        self._measure()

    def set_wide(self, wide: bool) -> None:
        """From 1600 px the evidence stands beside the form."""
        if wide != self._wide:
            self._wide = wide
            self.which.set_current(1 if wide else 0)
            self._turn(self.which.current())

    def set_tight(self, tight: bool) -> None:
        """On the smallest window the list gives the form forty pixels more."""
        if tight != self._tight:
            self._tight = tight
            self._measure()

    def follow(self, code: str) -> None:
        """The caret is in a field that this requirement proves."""
        self._path_code = code
        if self._stack.currentWidget() is self.evidence:
            self.evidence.show_code(code)

    def _turn(self, index: int) -> None:
        self._stack.setCurrentIndex(index)
        self._measure()
        if index == 1:
            self.evidence.show_code(self._path_code)

    def changeEvent(self, event: QEvent) -> None:
        """Widths follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._measure()

    def _measure(self) -> None:
        reading = self.which.current() == 1
        if self._wide and reading:
            self.setMinimumWidth(px(560))
            self.setMaximumWidth(px(760))
        else:
            self.setFixedWidth(px(READING if reading else NARROWEST if self._tight else NARROW))
