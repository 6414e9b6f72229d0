"""Long work in sight: how far, what now, what became of each item, and a way to stop after this one."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from app.ui.parts.bars import Bar
from app.ui.parts.buttons import Button
from app.ui.parts.layout import Card, column, row, scrolled
from app.ui.parts.text import Elide, Ico, Txt
from app.ui.tasks import Progress


class LongWork(Card):
    """A panel that is told by `Tasks.work` (give it as `progress`). It ends with a report, failures first."""

    stop_asked = Signal()
    retry_asked = Signal(list)

    def __init__(self, title: str) -> None:
        super().__init__()
        self._progress: Progress | None = None
        self._results: list[tuple[str, bool, str]] = []
        self._title, self._far, self._now = Txt(title, "h2"), Txt("", "bodyb", "ink2"), Elide("", "small", "ink2")
        self._bar = Bar(0, "info", thick=8)
        self._list = QVBoxLayout()
        self._list.setSpacing(4)
        self.stop = Button(self.tr("Hentikan setelah ini"), "pause", "secondary", small=True)
        self.retry = Button(self.tr("Ulangi yang gagal"), "arrow-counter-clockwise", "secondary", small=True)
        self.stop.clicked.connect(self._stop)
        self.retry.clicked.connect(lambda: self.retry_asked.emit(self.failed()))
        self.retry.hide()
        results = scrolled(column(self._list, "s", gap=0))
        head = row(self._title, "s", self._far)
        foot = row("s", self.retry, self.stop)
        self.setLayout(column(head, self._bar, self._now, (results, 1), foot, gap=8, margins=(18, 14, 18, 14)))

    def start(self, progress: Progress) -> None:
        """The work that was begun: its stop is asked by the button."""
        self._progress = progress
        self._results.clear()
        self._fill()
        self.stop.setEnabled(True)
        self.stop.show()
        self.retry.hide()
        self.report(0, 0, "")

    def report(self, done: int, total: int, text: str) -> None:
        """So much of so much, and what is being done now."""
        self._far.setText(self.tr("{0} dari {1}").format(done, total) if total else "")
        self._bar.set(done / total if total else 0)
        self._now.set_text(text)

    def result(self, label: str, ok: bool, reason: str) -> None:
        """One item ended; a failure carries its reason."""
        self._results.append((label, ok, reason))
        self._add(label, ok, reason)

    def failed(self) -> list[str]:
        """Labels of the items that did not go well."""
        return [label for label, ok, _ in self._results if not ok]

    def finish(self) -> None:
        """The work is over: failures move to the top and may be tried again."""
        bad, all_ = len(self.failed()), len(self._results)
        self._results.sort(key=lambda item: item[1])
        self._fill()
        self.stop.hide()
        self.retry.setVisible(bad > 0)
        self._bar.set(1, "warn" if bad else "ok")
        said = (
            self.tr("{0} berhasil, {1} gagal").format(all_ - bad, bad) if bad else self.tr("{0} berhasil").format(all_)
        )
        self._now.set_text(said)

    def summary(self) -> str:
        """The sentence under the bar."""
        return self._now.text()

    def _stop(self) -> None:
        self.stop.setEnabled(False)
        if self._progress is not None:
            self._progress.stop()
        self.stop_asked.emit()

    def _fill(self) -> None:
        while (item := self._list.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for label, ok, reason in self._results:
            self._add(label, ok, reason)

    def _add(self, label: str, ok: bool, reason: str) -> None:
        line = Card(sub=True)
        sign = Ico("check-circle", 18, "ok_l", "fill") if ok else Ico("x-circle", 18, "bad_l", "fill")
        words = column(Elide(label, "bodym", "ink"), Txt(reason, "small", "bad", wrap=True) if reason else None, gap=0)
        line.setLayout(row(sign, (words, 1), gap=10, margins=(10, 6, 10, 6)))
        line.setAccessibleName(f"{label}: {reason or self.tr('berhasil')}")
        self._list.addWidget(line)
