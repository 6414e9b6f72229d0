"""Intake: first question, contact, and every required paper present and legible (SOP rows 2 to 4)."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from app.errors import Conflict, Refused
from app.services.act import Moved
from app.sop.model import Channel
from app.ui.desk import Desk, Page
from app.ui.pages import intake_data
from app.ui.pages.intake_acts import IntakeActs
from app.ui.pages.intake_contact import ContactCard
from app.ui.pages.intake_data import IntakeView
from app.ui.pages.intake_files import FileTaking
from app.ui.pages.intake_judge import Judging, missing
from app.ui.pages.intake_keep import IntakeKeeper
from app.ui.pages.intake_list import RequirementList
from app.ui.pages.intake_papers import PapersPane, next_of, twins_of
from app.ui.pages.intake_waiting import WaitingCard
from app.ui.parts.badges import Lamp
from app.ui.parts.banner import Banner
from app.ui.parts.buttons import Button, LockReason
from app.ui.parts.layout import Footer, column, row
from app.ui.theme import px

LOW = 540
"""Page height below which the contact card folds to one line (ui.md 2.3)."""
NEXT = {"ENTRI": "entry"}


class IntakePage(Page):
    """One file in DIAJUKAN, VERIFIKASI or KURANG; in any other stage it only shows."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.title = self.tr("Registrasi & persyaratan")
        self._id = 0
        self._view: IntakeView | None = None
        self.contact, self.waiting, self.list = ContactCard(), WaitingCard(), RequirementList()
        self.pane = PapersPane(desk.tasks)
        self.keeper = IntakeKeeper(desk, self.contact.values, self)
        self.files = FileTaking(self)
        self.judging = Judging(self, self.view, self.list, self.pane)
        self.acts = IntakeActs(self, self.view)
        self._feet()
        self.holder = Banner("", "info", "lock-simple", action=self.take_over)
        self.trouble = Banner("", "bad", "x-circle", action=self.close_trouble)
        self._arrange()
        self._wire()

    def view(self) -> IntakeView | None:
        """What is shown, None before the first answer."""
        return self._view

    def _feet(self) -> None:
        self.lamp = Lamp("", "mute")
        self.to_gap = Button(self.tr("Tunjukkan"), "", "quiet", "N", small=True)
        self.lock = LockReason("", "", self.to_gap)
        self.lacking = Button(self.tr("Catat kekurangan"), "note-pencil", "secondary", "Ctrl B", height=40)
        self.print = Button(self.tr("Cetak catatan"), "printer", "secondary", "Ctrl P", height=40)
        self.primary = Button("", "check", "primary", "Ctrl Enter", height=40)
        self.take_over = Button(self.tr("Ambil alih"), "hand-grabbing", "secondary", small=True)
        self.close_trouble = Button(self.tr("Tutup"), "x", "quiet", small=True)

    def _arrange(self) -> None:
        left = QWidget()
        left.setLayout(column(self.waiting, self.contact, (self.list, 1), gap=12))
        left.setMinimumWidth(px(500))
        right = QWidget()
        right.setLayout(column(self.holder, self.trouble, (self.pane, 1), gap=12))
        self.setLayout(row((left, 42), (right, 58), gap=14, margins=(16, 14, 16, 14)))
        for banner in (self.holder, self.trouble, self.waiting):
            banner.hide()

    def _wire(self) -> None:
        self.contact.chosen.connect(self._answered)
        self.contact.typed.connect(self.keeper.typed)
        self.contact.typed.connect(self._relock)
        self.keeper.lamp.connect(self.lamp.set)
        self.keeper.answered.connect(self.refresh)
        self.keeper.conflict.connect(self._failed)
        self.list.picked.connect(self._show_row)
        self.list.take.connect(self._take_for)
        self.list.dropped.connect(self._dropped)
        self.list.removal.connect(self.pane.ask_removal)
        self.list.gap.connect(self.show_gap)
        self.list.paged.connect(lambda by: self.pane.viewer.go(self.pane.viewer.page() + by))
        self.pane.take.connect(lambda: self._take_for(""))
        self.pane.removal.connect(self.files.remove)
        self.pane.dropped.connect(lambda paths: self._dropped("", paths))
        self.files.changed.connect(self._papers_changed)
        self.files.busy.connect(lambda text: self.lamp.set(text, "info") if text else None)
        self.files.refused.connect(self._show_troubles)
        self.to_gap.clicked.connect(self.show_gap)
        self.judging.ticked.connect(self.refresh)
        self.acts.signed.connect(self._signed)
        self.acts.printed.connect(self.refresh)
        self.acts.lamp.connect(self.lamp.set)
        for source in (self.judging.failed, self.acts.failed):
            source.connect(self._failed)
        self.lacking.clicked.connect(lambda: self.keeper.save(self.acts.note_deficiency))
        self.print.clicked.connect(lambda: self.acts.print_notice(self.print))
        self.primary.clicked.connect(self.press_primary)
        self.take_over.clicked.connect(lambda: self.acts.ask_take_over(self.take_over))
        self.close_trouble.clicked.connect(self.trouble.hide)

    def footer(self) -> QWidget:
        """State left, acts right."""
        return Footer([self.lamp], [self.lock, self.print, self.lacking, self.primary])

    # --- what is shown -----------------------------------------------------------------------------------------------

    def arrive(self, argument: object) -> None:
        """Another file, or the same one again; the reading is logged."""
        if isinstance(argument, int):
            self._id, self._view, self.stands = argument, None, None
            self.trouble.hide()
            self._load(log=True)
        else:
            self.refresh()

    def refresh(self) -> None:
        """Read again; what is typed stays."""
        if self._id:
            self._load(log=False)

    def _load(self, *, log: bool) -> None:
        d, berkas_id = self.desk, self._id
        d.tasks.ask(lambda: intake_data.load(d.sop, d.who, berkas_id, log=log), self._show)

    def _show(self, view: IntakeView) -> None:
        if view.head.id != self._id:
            return
        first, self._view, self.stands = self._view is None, view, view.head
        wanted = self.keeper.start(view)
        # A caret stays where it is: fields are only touched when they would say something else.
        if first or wanted != self.contact.values():
            self.contact.show_values(wanted)
        self.contact.set_rights(questions=view.mine and view.verifying, contact=view.judges)
        self.waiting.setVisible(view.paused)
        if view.asked is not None:
            self.waiting.show_asked(view.asked, view.labels, self.desk.clock(), self.keeper.drafts, view.head.number)
            self.contact.fold()
        self._show_list(view)
        self._show_rights(view)
        self.set_title(view.head.number)
        came = self.tr("daring {0}") if view.head.channel is Channel.ONLINE else self.tr("tiket {0}")
        self.set_fact(view.head.title or came.format(view.head.source))
        if first:
            self._begin(view)

    def _begin(self, view: IntakeView) -> None:
        """Where the hands begin: at the first open question, else at the first paper that is not ready."""
        self.contact.unfold()
        gap = next_of(view.rows)
        if gap is not None:
            self.list.choose(gap.code)
        answer = self.waiting.what if view.paused else None
        open_question = self.contact.first_gap() if view.mine and view.verifying else answer
        (open_question or self.list).setFocus()
        self._fit()

    def _show_list(self, view: IntakeView) -> None:
        left_out = [(f"{view.labels.get(q['requirement'], q['requirement'])}, {q['name']}", q["reason"])
                    for q in view.package.get("quarantined", ())]  # fmt: skip
        self.list.show_rows(view.rows, takes=view.takes_files, twins=twins_of(view.rows), left_out=left_out)
        self._show_row("")

    def _show_row(self, _code: str) -> None:
        view = self._view
        if view is not None:
            self.pane.show_row(self.list.chosen(), judges=view.judges, takes=view.takes_files)

    def _show_rights(self, view: IntakeView) -> None:
        self.lacking.setVisible(view.mine and view.lacking is not None)
        self.print.setVisible(view.asked is not None and view.asked.paper is not None)
        self.primary.setVisible(view.mine and view.forward is not None)
        if view.forward is not None:
            self.primary.set_text(view.forward.label)
        holder = ""
        if view.take_over:
            holder = self.tr("Berkas dipegang {0}. Anda dapat membacanya.").format(view.head.holder_name)
        elif not view.mine:
            holder = self.tr("Berkas ini sudah di tahap {0}. Anda dapat membacanya.").format(view.head.stage.label)
        self.holder.set(holder, "info", "lock-simple")
        self.holder.setVisible(bool(holder))
        self.take_over.setVisible(view.take_over)
        self._relock()

    def _relock(self) -> None:
        """The primary is locked by what the SOP asks and by nothing else; the reason stands beside it."""
        view = self._view
        reason = missing(self.contact, view.rows) if view and view.mine and view.verifying else ""
        self.primary.setEnabled(not reason)
        self.lock.set_reason(self.tr("Belum lengkap") if reason else "", reason)

    def show_gap(self) -> None:
        """N: to what is missing."""
        gap = self.contact.first_gap()
        if gap is not None:
            self.contact.unfold()
            gap.setFocus()
            return
        behind = next_of(self._view.rows) if self._view is not None else None
        if behind is not None:
            self.list.choose(behind.code)
            self.list.setFocus()

    # --- answers -----------------------------------------------------------------------------------------------------

    def _answered(self) -> None:
        self.keeper.typed()
        self.keeper.save()
        self._relock()

    # --- papers ------------------------------------------------------------------------------------------------------

    def _take_for(self, code: str) -> None:
        if code:
            self.list.choose(code)
        chosen = self.list.chosen()
        if self._view is not None and chosen is not None and self._view.takes_files:
            self.files.choose(self._view.head, chosen.code, chosen.label)

    def _dropped(self, code: str, paths: list[Path]) -> None:
        if code:
            self.list.choose(code)
        chosen = self.list.chosen()
        if self._view is not None and chosen is not None:
            self.files.take(self._view.head, chosen.code, paths)

    def _papers_changed(self, code: str) -> None:
        self.list.choose(code)
        self.list.setFocus()
        self.refresh()

    def _show_troubles(self, troubles: list[str]) -> None:
        self.trouble.setVisible(bool(troubles))
        if troubles:
            self.trouble.set("\n".join(troubles), "bad", "x-circle")

    # --- acts --------------------------------------------------------------------------------------------------------

    def press_primary(self) -> None:
        """Ctrl+Enter: what is typed is saved first, then the line is signed."""
        view = self._view
        if view is None or view.forward is None:
            return
        if not view.paused:
            self.keeper.save(lambda: self.acts.sign(self.primary))
        elif self.waiting.ready(self.desk.clock()):
            self.keeper.save(self._answer)

    def _answer(self) -> None:
        came = self.waiting.came(self.desk.clock())
        if came is not None:
            self.acts.answer(self.waiting.what.value(), came, self.primary)

    def _signed(self, moved: Moved) -> None:
        label = self.desk.sop.step_labelled(moved.action).label
        self.waiting.forget()
        self.say(self.tr("{0} · {1}").format(label, self.desk.sop.stage(moved.stage).label))
        self.moved.emit()
        if moved.stage in NEXT:
            self.go.emit(NEXT[moved.stage], moved.berkas_id)
        else:
            self.refresh()

    def _failed(self, error: Exception) -> None:
        self.say(str(error), tone="warn")
        if isinstance(error, Conflict):
            self.refresh()
        elif isinstance(error, Refused) and error.field == "email":
            self.contact.unfold()
            self.contact.email.set_state("bad", error.message)
            self.contact.email.setFocus()

    # --- the window --------------------------------------------------------------------------------------------------

    def leave(self) -> bool:
        """Everything typed is kept here and on its way there."""
        self.keeper.save()
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A low window folds the contact card once it is answered."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        paused = self._view is not None and self._view.paused
        if paused or self.height() < px(LOW):
            self.contact.fold()
        elif self.contact.is_folded():
            self.contact.unfold()
