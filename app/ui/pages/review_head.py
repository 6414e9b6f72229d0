"""What stands around the three panes: the file bar above them, the foot with its lock, the timer of the top bar."""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QFrame, QSplitter, QSplitterHandle

from app.services.card import short_name
from app.sop.calendar import worked
from app.sop.model import Sop
from app.ui.pages.review_data import Review
from app.ui.pages.review_marks import Tally
from app.ui.parts import moments, spans
from app.ui.parts.badges import Badge, Lamp
from app.ui.parts.bars import StepLine
from app.ui.parts.buttons import Button, LockReason
from app.ui.parts.layout import Footer, box, row
from app.ui.parts.text import Elide, Ico
from app.ui.theme import px

BAR = 50
LONG = timedelta(minutes=100)


class FileBar(QFrame):
    """50 px: names, revision, how many values changed, and where in the SOP the file stands."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("filebar")
        self._names = Elide("", "h2", "ink")
        self._revision, self._changed = Badge("", "info", shape=False), Badge("", "warn", shape=False)
        self.steps = StepLine()
        left = row(self._names, self._revision, self._changed, gap=10)
        self.setLayout(row((left, 1), self.steps, gap=16, margins=(20, 0, 16, 0)))
        self._fit()

    def show_review(self, sop: Sop, review: Review) -> None:
        """The file of this page."""
        file, rev = review.file, review.draft.rev if review.draft else 0
        self._names.set_text(file.title or self.tr("Belum ada nama"))
        self._revision.set(self.tr("Revisi {0}").format(rev) if rev else self.tr("Belum ada draf"), "info")
        self._changed.set(self.tr("{0} berubah").format(review.changed) if review.changed else "", "warn")
        label = sop.row_labels.get(review.row, file.stage.label)
        self.steps.set(review.row or len(sop.row_labels) + 1, label, [sop.skipped_row[file.channel]])

    def _fit(self) -> None:
        if self.minimumHeight() != px(BAR):
            self.setFixedHeight(px(BAR))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()


class ReviewFoot(Footer):
    """Left: why the paraf is locked and the way to the gap, or that all was seen. Right: return and paraf."""

    gap_wanted = Signal()

    def __init__(self) -> None:
        self.leads = Button("", "caret-right", "secondary", "N", height=34, small=True)
        self.lock = LockReason("", "", self.leads)
        self._ready = Elide("", "bodym", "ok")
        self.fine = box(row(Ico("check-circle", 20, "ok_l", "fill"), (self._ready, 1), gap=8))
        self.back = Button("", "arrow-u-up-left", "danger", "Ctrl B", height=40)
        self.paraf = Button("", "seal-check", "primary", "Ctrl Enter", height=40)
        super().__init__([self.lock, self.fine], [self.back, self.paraf])
        self.leads.clicked.connect(self.gap_wanted)
        self.lock.hide()
        self.fine.hide()

    def show_review(self, review: Review) -> None:
        """The SOP's own words on the buttons; without an act there is no button."""
        self.paraf.setVisible(review.forward is not None)
        self.back.setVisible(review.backward is not None)
        if review.forward is not None:
            self.paraf.set_text(review.forward.label)

    def say_wrong(self, label: str, wrong: int) -> None:
        """The return names how many values it carries."""
        self.back.set_text(f"{label} ({wrong})" if wrong else label)

    def set_lock(self, reason: str, leads: str) -> None:
        """Why the paraf is locked; `leads` is the button's word, empty for no button."""
        self.paraf.setEnabled(not reason)
        self.lock.set_reason(self.tr("Paraf terkunci") if reason else "", reason)
        self.fine.hide() if reason else None
        self.leads.set_text(leads)
        self.leads.setVisible(bool(leads))

    def set_ready(self, pages: int, tally: Tally) -> None:
        """Nothing locks it any more."""
        total = tally.right + tally.wrong + tally.open
        said = self.tr("{0} dari {0} halaman dilihat, {1} dari {2} isian ditandai benar").format(
            pages, tally.right, total
        )
        self._ready.set_text(said)
        self.fine.show()

    def set_away(self) -> None:
        """The file is not on this desk: nothing to act on."""
        self.lock.set_reason("", "")
        self.fine.hide()
        self.paraf.hide()
        self.back.hide()


class Timer(Lamp):
    """Who received the file, and the office time worked on it against the norm: amber at 100 %, red at 150 %."""

    def __init__(self) -> None:
        super().__init__("", "mute")
        self._review: Review | None = None

    def show_review(self, review: Review | None) -> None:
        """Another file; None for none."""
        self._review = review

    def tick(self, now: datetime) -> None:
        """A second has passed."""
        review = self._review
        if review is None or review.received is None:
            self.set("", "mute")
            return
        by, at = short_name(review.received.actor_name), moments.near(review.received.at, now)
        if not review.file.stage.held:
            self.set(self.tr("Diterima {0} {1}").format(by, at), "mute")
            return
        used = worked(review.hours, review.received.at, now)
        words = self.tr("Diterima {0} {1}, dikerjakan {2} dari {3}")
        self.set(words.format(by, at, _running(used), spans.running(review.norm)), tone(used, review.norm))


def tone(used: timedelta, norm: timedelta) -> str:
    """The lamp of a counter against its norm."""
    if not norm or used < norm:
        return "ok"
    return "bad" if used >= norm * 1.5 else "warn"


def _running(used: timedelta) -> str:
    return spans.running(used) if used < LONG else spans.minutes(used)


class _Handle(QSplitterHandle):
    """The gap between two panes: to be dragged, with nothing drawn in it."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Nothing."""


class Panes(QSplitter):
    """Three panes side by side, to be dragged."""

    def createHandle(self) -> QSplitterHandle:
        """An empty gap."""
        return _Handle(self.orientation(), self)
