"""Verification by the Kasi and validation by the Kabid: papers, entry and draft side by side (SOP rows 8, 9)."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.services.fields import ValueRow
from app.ui.desk import Desk, Page
from app.ui.drafts import Drafts
from app.ui.pages import review_data
from app.ui.pages.review_acts import ReviewActs
from app.ui.pages.review_data import Review, State
from app.ui.pages.review_head import FileBar, Panes, ReviewFoot, Timer
from app.ui.pages.review_papers import DraftPane
from app.ui.pages.review_values import ValuesPane
from app.ui.parts.banner import Banner
from app.ui.parts.buttons import Button
from app.ui.parts.layout import box, column
from app.ui.parts.paper_pane import ChoicePane, PaperPane
from app.ui.parts.seen_keeper import SeenKeeper

SHARES = (436, 400, 394)
PANE_GAP = 12


class ReviewPage(Page):
    """One file before the Kasi or the Kabid. The paraf is locked until every page was seen and nothing is wrong."""

    wide_search = False

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.title = self.tr("Pemeriksaan")
        self._id = 0
        self._review: Review | None = None
        self._broken: dict[str, str] = {}
        self.drafts = Drafts(desk.settings_dir / "draf")
        self.kept, self.acts = SeenKeeper(desk, self), ReviewActs(self, self.drafts)
        self._build()
        self._connect()
        self._second = QTimer(self, interval=1000)
        self._second.timeout.connect(lambda: self.timer.tick(desk.clock()))

    def _build(self) -> None:
        self.bar, self.foot, self.timer = FileBar(), ReviewFoot(), Timer()
        self.scans, self.values = ChoicePane(self.desk, self.tr("Pindaian")), ValuesPane()
        self.papers = DraftPane(self.desk)
        self.reload = Button(self.tr("Muat ulang"), "arrow-clockwise", "secondary", small=True, height=34)
        self.notice = Banner("", "bad", "warning", action=self.reload)
        self.notice.hide()
        panes = Panes(Qt.Orientation.Horizontal)
        panes.setHandleWidth(PANE_GAP)
        panes.setChildrenCollapsible(False)
        for place, pane in enumerate((self.scans, self.values, self.papers)):
            panes.addWidget(pane)
            panes.setStretchFactor(place, 0 if pane is self.values else 1)
        panes.setSizes(list(SHARES))
        body = column(self.notice, (panes, 1), gap=10, margins=(16, 12, 16, 12))
        self.setLayout(column(self.bar, (box(body), 1), gap=0))
        self.setFocusProxy(self.values.list)

    def _connect(self) -> None:
        self.reload.clicked.connect(lambda: self._load(log=False))
        self.foot.gap_wanted.connect(self.go_to_gap)
        self.foot.paraf.clicked.connect(self._paraf)
        self.foot.back.clicked.connect(self._ask_return)
        self.acts.gone.connect(self._gone)
        self.acts.failed.connect(self.refresh)
        self.kept.refused.connect(self._ask_state)
        self.values.moved.connect(self._marked)
        self.values.chosen.connect(self._chosen)
        self.values.list.paged.connect(lambda by: self.scans.viewer.go(self.scans.viewer.page() + by))
        for pane in (self.scans, self.papers):
            pane.seen.connect(self._seen)
            pane.broken.connect(self._page_broken)
            pane.unseen_wanted.connect(self.go_to_gap)
            pane.document_wanted.connect(pane.step_document)

    def footer(self) -> QWidget:
        """Lock, return, paraf."""
        return self.foot

    def toolbar(self) -> list[QWidget]:
        """Who received it, and the time worked."""
        return [self.timer]

    # --- reading -----------------------------------------------------------------------------------------------------

    def arrive(self, argument: object) -> None:
        """Show a file; the marks of the last time are still there."""
        if isinstance(argument, int):
            if argument != self._id:
                self._forget()
            self._id = argument
        self._load(log=True)
        self._second.start()

    def refresh(self) -> None:
        """Read the file again (F5)."""
        self._load(log=False)

    def leave(self) -> bool:
        """What was seen is sent; marks are on this PC already."""
        self.kept.send()
        self._second.stop()
        return True

    def live(self) -> None:
        """A file that moved elsewhere says so; what is shown stays until it is asked anew."""
        self._ask_state()

    def _forget(self) -> None:
        self._review = None
        self._broken = {}
        self.kept.start(0)
        self.scans.forget()
        self.papers.forget()
        self.notice.hide()

    def _load(self, *, log: bool) -> None:
        desk, drafts, berkas_id = self.desk, self.drafts, self._id
        if berkas_id:
            desk.tasks.ask(
                lambda: review_data.load(desk, drafts, berkas_id, log=log), self._show, self._not_read, owner=self
            )

    def _not_read(self, error: Exception) -> None:
        self._notify(str(error), "bad", reload=True)
        if self._review is None:
            self.foot.set_away()
        else:
            self.foot.set_lock(str(error), "")

    def _show(self, review: Review) -> None:
        if review.file.id != self._id:
            return
        self._review = review
        self.kept.start(review.file.id)
        self.set_title(review.file.number)
        self.bar.show_review(self.desk.sop, review)
        self.foot.show_review(review)
        self.timer.show_review(review)
        self.timer.tick(self.desk.clock())
        seen = review.seen | frozenset(self.kept.pending())
        self.scans.show_leaflets(review.scans, seen)
        self.papers.show_leaflets(review.documents, seen)
        self.papers.set_revision(review.draft.rev if review.draft else 0)
        self.values.show_review(review, self.desk.who.login)
        self._tell_state(review)
        self._judge()

    def _tell_state(self, review: Review) -> None:
        """The one notice above the panes: why nothing can be done here, or that the draft is not what it was."""
        if not review.mine:
            held = review.file.stage.held and review.file.holder_name
            said = (
                self.tr("Sedang dipegang {0}. Anda dapat membaca, belum dapat memaraf.").format(held)
                if held
                else review_data.who_did(review.last, self.desk.clock())
            )
            self._notify(said, "info", reload=False)
        elif review.fault:
            self._notify(review.fault, "bad", reload=False)
        else:
            self.notice.hide()

    def _notify(self, text: str, tone: str, *, reload: bool) -> None:
        self.notice.set(text, tone, "x-circle" if tone == "bad" else "info")
        self.reload.setVisible(reload)
        self.notice.show()

    def _ask_state(self) -> None:
        desk, berkas_id = self.desk, self._id
        if self._review is not None and self.isVisible():
            state = partial(review_data.state, desk, berkas_id)
            desk.tasks.ask(state, self._judge_state, self._not_compared, owner=self, keep=False, quiet=True)

    def _judge_state(self, now: State) -> None:
        """Somebody else was faster: what is shown stays until it is asked anew."""
        review = self._review
        if review is None or (review.file.n, review.draft.rev if review.draft else 0) == (now.n, now.draft_rev):
            return
        rev = review.draft.rev if review.draft else 0
        said = (
            self.tr("Revisi {0} sudah ada. Muat ulang untuk memeriksanya.").format(now.draft_rev)
            if now.draft_rev > rev
            else self.tr("Berkas sudah berubah. {0}").format(now.last)
        )
        self._notify(said, "warn", reload=True)
        self.foot.set_lock(said, "")

    # --- judging -----------------------------------------------------------------------------------------------------

    def _chosen(self, shown: ValueRow) -> None:
        self.scans.open_evidence(shown.evidence)

    def _marked(self) -> None:
        if self._review is not None:
            self.drafts.keep(self._review.key(), self.values.marks.kept(self.desk.who.login))
        self._judge()

    def _judge(self) -> None:
        """Lock or unlock the paraf, in words."""
        review = self._review
        if review is None or not review.mine:
            self.foot.set_away()
            return
        missing, tally = [*self.scans.missing(), *self.papers.missing()], self.values.marks.tally()
        if review.backward is not None:
            self.foot.say_wrong(review.backward.label, tally.wrong)
        reason, leads = self._lock(review, len(missing), tally.wrong)
        self.foot.set_lock(reason, leads)
        if not reason:
            self.foot.set_ready(self.scans.pages() + self.papers.pages(), tally)

    def _lock(self, review: Review, missing: int, wrong: int) -> tuple[str, str]:
        """Why the paraf is locked, and the word of the button that leads to the gap."""
        for reason in (review.fault, *self._broken.values(), review.barred):
            if reason:
                return reason, ""
        parts = [self.tr("{0} halaman belum dilihat").format(missing)] if missing else []
        parts += [self.tr("{0} isian salah").format(wrong)] if wrong else []
        leads = self.tr("Halaman berikut") if missing else self.tr("Isian salah") if wrong else ""
        return ", ".join(parts), leads

    def go_to_gap(self) -> None:
        """The rest of the page in front, the next page that was not seen, scans first; then the next wrong value."""
        for pane in self._panes_from_front():
            if pane.viewer.next_part():
                pane.viewer.setFocus()
                return
            found = pane.missing()
            if found:
                here = pane.viewer.page() if pane.current() else 0
                after = [x for x in found if pane.current() and x[0] == pane.viewer.key() and x[1] > here]
                pane.open(*(after or found)[0])
                pane.viewer.setFocus()
                return
        self.values.go_to_wrong()

    def _panes_from_front(self) -> tuple[PaperPane, ...]:
        return (self.papers, self.scans) if self.papers.viewer.hasFocus() else (self.scans, self.papers)

    def _page_broken(self, sha256: str, why: str) -> None:
        self._broken[sha256] = why
        self._judge()

    def _seen(self, sha256: str, page: int) -> None:
        if self._review is not None and self._review.mine:
            self.kept.add(sha256, page)
        self._judge()

    # --- acting ------------------------------------------------------------------------------------------------------

    def _paraf(self) -> None:
        if self._review is not None:
            self.acts.paraf(self._review, self.kept.pending(), self.foot.paraf)

    def _ask_return(self) -> None:
        if self._review is not None:
            self.acts.ask_return(self._review, self.values.marks.findings(), self.foot.back)

    def _gone(self) -> None:
        """The file has left this desk: back to the list one came from."""
        self._id = 0
        self._forget()
        self.moved.emit()
        self.back.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """N and Ctrl+PgUp/PgDn from anywhere on the page."""
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        step = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}.get(Qt.Key(event.key()), 0)
        if event.key() == Qt.Key.Key_N and not held:
            self.go_to_gap()
        elif step and held == Qt.KeyboardModifier.ControlModifier:
            self.scans.step_document(step)
        else:
            super().keyPressEvent(event)
