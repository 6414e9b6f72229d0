"""The frozen draft: shown, printed, confirmed by the applicant; then KTP-el request and resi (SOP rows 5 to 7)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from app.errors import Conflict, Refused
from app.services import act, intake, papers
from app.services.intake import FindingRow
from app.services.keys import derived, new_key
from app.services.papers import PaperRow
from app.ui.desk import Desk, Page
from app.ui.dialogs.return_berkas import ReturnBerkas
from app.ui.pages import draft_work
from app.ui.pages.draft_load import Drafted, load
from app.ui.pages.draft_steps import StepCard, Steps
from app.ui.parts.badges import Lamp
from app.ui.parts.banner import Banner, Banners
from app.ui.parts.buttons import Button, LockReason
from app.ui.parts.inputs import Choice
from app.ui.parts.layout import Card, Footer, box, column, row
from app.ui.parts.tabs import Tab, Tabs
from app.ui.parts.viewer import Viewer

if TYPE_CHECKING:
    from app.jobs.resi import GivenResi

ACTS = {"ajukan_ktp": "identification-card", "beri_resi": "receipt"}


class DraftPage(Page):
    """Serves the stages DRAF and KTP; elsewhere it only shows."""

    title = "Draf"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._id, self._shown_sha = 0, ""
        self._found: Drafted | None = None
        self._key = ""
        self.notices, self.tabs, self.pick = Banners(), Tabs([]), Choice()
        self.pick.hide()
        self.viewer, self.steps = Viewer(desk.tasks), Steps()
        left = Card(column(self.tabs, self.pick, (self.viewer, 1), gap=10, margins=(18, 6, 14, 14)))
        self.setLayout(
            column(self.notices, (box(row((left, 1), self.steps, gap=14, margins=(16, 14, 16, 14))), 1), gap=0)
        )
        self.lamp, self.lock = Lamp("", "mute"), LockReason()
        self.leave_button = Button(self.tr("Kembali"), "", "secondary", "Esc", height=40)
        self.primary = Button("", "identification-card", "primary", "Ctrl Enter", height=40)
        self._wire()

    def footer(self) -> QWidget:
        """State, reason of a lock, and the act that moves the file."""
        return Footer([self.lamp], [self.lock, self.leave_button, self.primary])

    def _wire(self) -> None:
        steps = self.steps
        self.tabs.changed.connect(self._show_tab)
        self.pick.changed.connect(lambda: self._show_tab(self.pick.value() or 0))
        self.leave_button.clicked.connect(self.back)
        self.primary.clicked.connect(self._act)
        steps.print_draft.clicked.connect(partial(self._print, "draf", steps.printing, steps.print_draft))
        steps.print_large.clicked.connect(partial(self._print, "draf-besar", steps.printing, steps.print_large))
        steps.print_request.clicked.connect(partial(self._print, "ktp", steps.request, steps.print_request))
        steps.print_resi.clicked.connect(partial(self._print, "resi", steps.resi, steps.print_resi))
        steps.confirm.clicked.connect(self._confirm)
        steps.correct.clicked.connect(self._ask_correction)

    # --- the file ----------------------------------------------------------------------------------------------------

    def arrive(self, argument: object) -> None:
        """A berkas id; without one the file in front stays."""
        log = isinstance(argument, int) and argument != self._id
        if isinstance(argument, int) and log:
            self._id, self._found, self._shown_sha, self._key = argument, None, "", ""
            self.notices.drop("trouble")
        self._read(log=log)

    def refresh(self) -> None:
        """Read the file again."""
        self._read(log=False)

    def _read(self, *, log: bool) -> None:
        if self._id:
            sop, berkas_id = self.desk.sop, self._id
            self.desk.tasks.ask(lambda: load(sop, berkas_id, log=log), self._loaded)

    def _loaded(self, found: Drafted) -> None:
        if found.file.id != self._id:
            return
        before = self._found.file.stage.key if self._found else ""
        self._found, self.stands = found, found.file
        self.set_fact(found.file.number)
        self.tabs.set_tabs([Tab(s.label) for s in found.shown])
        self.pick.set_items([(at, s.label) for at, s in enumerate(found.shown)])
        if before != found.file.stage.key:
            self.tabs.set_current(0)
        self._show_tab(min(max(0, self.tabs.current()), max(0, len(found.shown) - 1)))
        self.steps.show_draft(found, mine=self._mine())
        self._show_act(found)

    def _mine(self) -> bool:
        found = self._found
        return (
            found is not None and found.file.holder == self.desk.who.login and found.file.stage.key in ("DRAF", "KTP")
        )

    def _show_tab(self, index: int) -> None:
        if self._found is None or not self._found.shown:
            self._shown_sha = ""
            self.viewer.clear(self.tr("Belum ada draf. Cetak draf dari halaman Entri data."))
            return
        self.tabs.set_current(index)
        self.pick.set_value(index)
        self._fit_tabs()
        paper = self._found.shown[index].paper
        if paper.sha256 != self._shown_sha:
            self._shown_sha = paper.sha256
            self.desk.tasks.ask(
                partial(papers.data, paper.sha256), partial(self._show_paper, paper), self._failed, owner=self
            )

    def _fit_tabs(self) -> None:
        """Tabs that do not fit (large text, small screen) become a list."""
        fits = self.tabs.sizeHint().width() <= max(1, self.viewer.width())
        self.tabs.setVisible(fits)
        self.pick.setVisible(not fits)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Judge the tabs again."""
        super().resizeEvent(event)
        self._fit_tabs()

    def _show_paper(self, paper: PaperRow, data: bytes) -> None:
        if paper.sha256 == self._shown_sha:
            self.viewer.show_document(paper.sha256, data, paper.mime)

    def _show_act(self, found: Drafted) -> None:
        file, mine = found.file, self._mine()
        offered = self.desk.sop.offered(self.desk.who.role, file.stage, file.channel)
        step = next((s for s in offered if s.key in ACTS), None) if mine else None
        self.primary.setVisible(step is not None)
        if step is not None:
            self.primary.set_text(step.label)
            self.primary.set_icon(ACTS[step.key])
        waits = step is not None and step.key == "ajukan_ktp" and found.offline and found.confirmed is None
        self.primary.setEnabled(not waits)
        reason = self.tr("pemohon belum menyatakan sudah memeriksa draf")
        self.lock.set_reason(self.tr("KTP-el terkunci") if waits else "", reason if waits else "")
        holder = self.tr("dipegang {0}").format(file.holder_name) if file.holder else file.stage.label
        self.lamp.set(
            file.stage.label if mine else self.tr("Hanya dibaca: {0}").format(holder), "info" if mine else "mute"
        )

    # --- printing ----------------------------------------------------------------------------------------------------

    def _print(self, subject: str, told: StepCard, button: Button) -> None:
        paper = self._found.paper(subject) if self._found else None
        if paper is None or self._found is None:
            return
        self.notices.drop("trouble")
        what = f"{button.accessibleName()} {self._found.file.number}"
        work = partial(draft_work.print_paper, self.desk.workshop, self.desk.who, paper, new_key())
        self.desk.tasks.work(work, self._printed, self._failed, told, owner=self, dead=button, command=what)

    def _printed(self, _said: str) -> None:
        self.refresh()

    # --- the applicant -----------------------------------------------------------------------------------------------

    def _confirm(self) -> None:
        if self._found is None or self._found.draft is None:
            return
        who, file, rev, key = self.desk.who, self._found.file, self._found.draft.rev, new_key()
        self.desk.tasks.ask(
            lambda: intake.confirm_draft(who, file, rev, key), self._confirmed, self._failed, owner=self,
            dead=self.steps.confirm, command=f"{self.steps.confirm.accessibleName()} {file.number}",
        )  # fmt: skip

    def _confirmed(self, _nothing: None) -> None:
        self.say(self.tr("Dicatat: pemohon sudah memeriksa draf"))
        self.refresh()

    def _ask_correction(self) -> None:
        if self._found is None:
            return
        dialog = ReturnBerkas(
            self.window(), self.tr("Koreksi pemohon"),
            self.tr("Pilih isian yang salah dan tulis yang benar menurut pemohon. Berkas kembali ke entri data."),
            self.tr("Koreksi pemohon"), subjects=self._found.subjects,
        )  # fmt: skip
        dialog.reason.label.setText(self.tr("Yang benar, satu baris"))
        dialog.confirmed.connect(self._correct)
        dialog.open()

    def _correct(self, findings: list[FindingRow]) -> None:
        if self._found is None:
            return
        who, file, key = self.desk.who, self._found.file, new_key()

        def work() -> act.Moved:
            intake.add_findings(who, file, findings, derived(key, "findings"))
            return act.act(who, file.id, "koreksi_pemohon", file.n, derived(key, "act"))

        what = self.tr("Koreksi pemohon {0}").format(file.number)
        self.desk.tasks.ask(work, self._corrected, self._failed, owner=self, dead=self.steps.correct, command=what)

    def _corrected(self, _moved: act.Moved) -> None:
        self.say(self.tr("Koreksi pemohon dicatat"))
        self.moved.emit()
        self.go.emit("entry", self._id)

    # --- the acts ----------------------------------------------------------------------------------------------------

    def _act(self) -> None:
        if self._found is None:
            return
        asking = self._found.file.stage.key == "DRAF"
        self.notices.drop("trouble")
        self._key = self._key or new_key()
        job: Callable[..., Any] = draft_work.request_ktp if asking else draft_work.give_resi
        work = partial(job, self.desk.workshop, self.desk.who, self._id, self._key)
        told = self.steps.request if asking else self.steps.resi
        done: Callable[[Any], None] = self._requested if asking else self._given
        what = f"{self.primary.accessibleName()} {self._found.file.number}"
        self.desk.tasks.work(work, done, self._failed, told, owner=self, dead=self.primary, command=what)

    def _requested(self, _moved: act.Moved) -> None:
        self._key = ""
        self.say(self.tr("Cetak KTP-el diajukan. Sekarang beri resi"))
        self.moved.emit()
        self.refresh()

    def _given(self, given: GivenResi) -> None:
        self._key = ""
        if given.moved is None:
            text = self.tr("Resi belum terbukti sampai: {0}. Berkas tetap di sini; perbaiki lalu tekan lagi.")
            self.notices.put("trouble", Banner(text.format(given.status), "warn", "warning"))
            self.refresh()
            return
        self.say(self.tr("Resi diberikan. Berkas diserahkan ke Kasi"))
        self.moved.emit()
        self.go.emit("worklist", None)

    def _failed(self, error: Exception) -> None:
        if isinstance(error, Refused | Conflict):
            self._key = ""
        self.notices.put("trouble", Banner(str(error), "bad", "x-circle"))
        self.refresh()
