"""The middle pane: how far the comparing is, which values are shown, the list, and what is wrong with one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout

from app.services.fields import ValueRow
from app.ui.pages.review_data import Review
from app.ui.pages.review_list import ValueList
from app.ui.pages.review_marks import RIGHT, WRONG, Marks
from app.ui.parts.bars import Bar
from app.ui.parts.buttons import Button
from app.ui.parts.fields import Field, Line
from app.ui.parts.layout import Card, box, column, line, row
from app.ui.parts.segmented import Segmented
from app.ui.parts.text import Elide, Txt

LEAST, MOST = 3, 300
ALL, CHANGED, OPEN = "all", "changed", "open"


class ReasonPanel(QFrame):
    """One line: what is wrong with a value. Enter keeps it, Esc leaves the value as it was."""

    given = Signal(str, str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("soft")
        self._path = ""
        self.field = Field("", Line(data=False))
        self.field.input.enter_moves = False
        self.field.input.setMaxLength(MOST)
        self.field.input.entered.connect(self._keep)
        self._known = QVBoxLayout()
        self._known.setSpacing(0)
        self.keep = Button(self.tr("Tandai salah"), "x", "secondary", "Enter", small=True, height=32)
        self.away = Button(self.tr("Batal"), "", "quiet", "Esc", small=True, height=32)
        self.keep.clicked.connect(self._keep)
        self.away.clicked.connect(self.leave)
        verbs = row("s", self.away, self.keep, gap=6)
        self.setLayout(column(self.field, self._known, verbs, gap=4, margins=(16, 10, 16, 10)))
        self.hide()

    def ask(self, shown: ValueRow, reason: str, known: Sequence[str]) -> None:
        """Ask about this value; `known` are reasons of the catalogue."""
        self._path = shown.path
        self.field.label.setText(self.tr("Apa yang salah pada {0}?").format(shown.label))
        self.field.set_value(reason)
        while (item := self._known.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for said in known:
            take = Button(said, "", "link", small=True, height=28, left=True, wide=True)
            take.clicked.connect(lambda _=False, said=said: self._take(said))
            take.setMinimumWidth(40)
            self._known.addWidget(take)
        self.show()
        self.field.setFocus()

    def _take(self, said: str) -> None:
        self.field.set_value(said)
        self._keep()

    def _keep(self) -> None:
        reason = self.field.value()
        if len(reason) < LEAST:
            self.field.set_state("bad", self.tr("Tulis singkat apa yang salah, misalnya yang seharusnya tertulis"))
            self.field.setFocus()
            return
        self.hide()
        self.given.emit(self._path, reason)

    def leave(self) -> None:
        """No reason, no mark."""
        self.hide()
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)


class ValuesPane(Card):
    """`moved` when a mark was set or taken back; `chosen` carries the value one stands on."""

    moved = Signal()
    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.marks = Marks()
        self._review: Review | None = None
        self._kinds: tuple[str, ...] = (ALL, OPEN)
        self._tally, self._bar = Elide("", "small", "ink2", right=True), Bar(0, "ok", thick=6)
        self.filter = Segmented([self.tr("Semua"), self.tr("Belum")])
        self.filter.changed.connect(lambda _: self._fill())
        self.list = ValueList(self.marks)
        self.list.chosen.connect(self.chosen)
        self.list.judged.connect(self._judge)
        self.list.right_and_on.connect(self._right_and_on)
        self.list.taken_back.connect(self._take_back)
        self.reason = ReasonPanel()
        self.reason.given.connect(self._wrong)
        self.reason.left.connect(self.list.setFocus)
        head = column(
            row(Txt(self.tr("Isian"), "h2"), (self._tally, 1), gap=12), self._bar, row(self.filter, "s", gap=0),
            gap=9, margins=(16, 12, 16, 9),
        )  # fmt: skip
        self.setLayout(column(box(head), line(), (self.list, 1), self.reason, gap=0, margins=(1, 1, 1, 8)))

    def show_review(self, review: Review, login: str) -> None:
        """Another file, or the same one read again; the value one stood on stays."""
        self._review = review
        self.marks.start(review.rows, review.kept, login)
        self._kinds = (ALL, CHANGED, OPEN) if review.again else (ALL, OPEN)
        self.filter.set_current(0)
        self.reason.hide()
        self._fill()

    def _keeps(self) -> Callable[[ValueRow], bool]:
        kind = self._kinds[self.filter.current()]
        if kind == CHANGED:
            return lambda r: r.old is not None
        return lambda r: kind == ALL or self.marks.of(r.path) is None

    def _fill(self) -> None:
        if self._review is None:
            return
        here, keeps = self.list.current(), self._keeps()
        shown = [r for r in self._review.rows if keeps(r)]
        self.list.values.set_rows(shown)
        if not (here and self.list.select(here.path)) and shown:
            self.list.select(shown[0].path)
        self._say()

    def _say(self) -> None:
        tally, total = self.marks.tally(), len(self._review.rows) if self._review else 0
        parts = [self.tr("{0} benar").format(tally.right)]
        parts += [self.tr("{0} salah").format(tally.wrong)] if tally.wrong else []
        parts += [self.tr("{0} belum").format(tally.open)] if tally.open else []
        self._tally.set_text(", ".join(parts))
        self._bar.set((tally.right + tally.wrong) / total if total else 0, "ok")
        words = {
            ALL: self.tr("Semua"), OPEN: self.tr("Belum {0}").format(tally.open),
            CHANGED: self.tr("Berubah {0}").format(self._review.changed if self._review else 0),
        }  # fmt: skip
        self.filter.set_items([words[k] for k in self._kinds])

    def _after(self, following: str = "") -> None:
        """A mark moved: under "Belum" its row goes, and the next one is stood on."""
        if self._kinds[self.filter.current()] == OPEN:
            self._fill()
        else:
            self.list.values.touched()
            self._say()
        if following:
            self.list.select(following)
        self.moved.emit()

    def _next_of(self, path: str) -> str:
        paths = self.list.paths()
        place = paths.index(path) + 1 if path in paths else len(paths)
        return paths[place] if place < len(paths) else ""

    def _right_and_on(self, path: str) -> None:
        mark = self.marks.of(path)
        if mark is None or mark.verdict != RIGHT:
            self.marks.put(path, RIGHT)
        self._after(self._next_of(path))

    def _judge(self, path: str, verdict: str) -> None:
        mark, shown = self.marks.of(path), self._row(path)
        if verdict == RIGHT:
            self.marks.put(path, RIGHT)
            self._after()
        elif shown is not None and self._review is not None:
            known = self._review.problems.get(path, ())
            self.reason.ask(shown, mark.reason if mark and mark.verdict == WRONG else "", known)

    def _row(self, path: str) -> ValueRow | None:
        return next((r for r in self._review.rows if r.path == path), None) if self._review else None

    def _wrong(self, path: str, reason: str) -> None:
        following = self._next_of(path) if self._kinds[self.filter.current()] == OPEN else ""
        self.marks.take_back(path)
        self.marks.put(path, WRONG, reason)
        self._after(following)
        self.list.setFocus()

    def _take_back(self, path: str) -> None:
        self.marks.take_back(path)
        self._after()

    def go_to_wrong(self) -> None:
        """Stand on the next wrong value."""
        found = self.marks.findings()
        if found:
            self.filter.set_current(0)
            self._fill()
            paths, here = [f.subject for f in found], self.list.current()
            order = self.list.paths()
            after = [p for p in paths if here is None or order.index(p) > order.index(here.path)]
            self.list.select((after or paths)[0])
            self.list.setFocus()
