"""What moves a file at intake: complete, lacking, completed, taken over; and the printed notice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.errors import Refused
from app.services import act as acting
from app.services import intake
from app.services.act import Moved
from app.services.intake import FindingRow
from app.services.keys import new_key
from app.sop.model import Channel
from app.ui.desk import Page
from app.ui.dialogs.deficiency import DeficiencyDialog
from app.ui.pages.intake_data import IntakeView
from app.ui.parts.confirm import Confirm

if TYPE_CHECKING:
    from app.devices.printer import JobStatus
    from app.jobs.deficiency import Message
    from app.services.papers import PaperRow
    from app.ui.parts.buttons import Button
    from app.ui.tasks import Progress

TAKE_OVER = "ambil_alih"


class IntakeActs(QObject):
    """Belongs to a page. `signed` carries the line as the database stamped it, `failed` the error, `lamp` words."""

    signed = Signal(object)
    failed = Signal(object)
    printed = Signal()
    lamp = Signal(str, str)

    def __init__(self, page: Page, view: Callable[[], IntakeView | None]) -> None:
        super().__init__(page)
        self._page, self._view = page, view
        self.dialog: DeficiencyDialog | None = None
        self._attempt: tuple[object, str] | None = None

    def sign(self, dead: Button) -> None:
        """The SOP's forward step of this stage."""
        view = self._view()
        if view is not None and view.forward is not None:
            self._act(view, view.forward.key, dead)

    def answer(self, what: str, came: datetime, dead: Button) -> None:
        """The applicant completed the file; the clock goes on at his act."""
        view, who, key = self._view(), self._page.desk.who, new_key()
        if view is not None:
            said = self.tr("Yang dilengkapi pemohon, berkas {0}").format(view.head.number)
            self._ask(lambda: intake.answer(who, view.head, what, came, key), dead, said)

    def _act(self, view: IntakeView, action: str, dead: Button, note: str = "") -> None:
        who, head, key = self._page.desk.who, view.head, new_key()
        said = f"{self._page.desk.sop.step_labelled(action).label} {head.number}"
        self._ask(lambda: acting.act(who, head.id, action, head.n, key, note), dead, said)

    def _ask(self, fn: Callable[[], Moved], dead: Button, command: str) -> None:
        self._page.desk.tasks.ask(fn, self.signed.emit, self.failed.emit, owner=self, dead=dead, command=command)

    def ask_take_over(self, dead: Button) -> None:
        """An absent colleague's file; the reason stands on the card."""
        view = self._view()
        if view is None:
            return
        ask = Confirm(
            self._page, self.tr("Ambil alih berkas"), self.tr("Alasannya tercatat di kartu kendali."),
            self.tr("Ambil alih"), dangerous=False, reason_label=self.tr("Mengapa Anda mengambil alih"),
        )  # fmt: skip
        ask.confirmed.connect(lambda why: self._act(view, TAKE_OVER, dead, why))
        ask.open()

    # --- what is lacking ---------------------------------------------------------------------------------------------

    def note_deficiency(self) -> None:
        """Choose reasons, see the message, then stop the clock; online it needs an address first."""
        view = self._view()
        if view is None or view.lacking is None:
            return
        online = view.head.channel is Channel.ONLINE
        if online and not view.head.contact.email:
            said = self.tr("Isi alamat surel pemohon dahulu; pemberitahuan dikirim ke sana.")
            self.failed.emit(Refused(said, field="email"))
            return
        self.dialog = DeficiencyDialog(self._page, view.rows, online=online, address=view.head.contact.email)
        self.dialog.preview.connect(partial(self._preview, self.dialog, view))
        self.dialog.noted.connect(partial(self._note, self.dialog, view))
        self.dialog.ask_preview()
        self.dialog.open()

    def _preview(self, dialog: DeficiencyDialog, view: IntakeView, findings: list[FindingRow], note: str) -> None:
        desk = self._page.desk

        def read(_progress: Progress) -> Message:
            # Loaded here: it brings the print path with it, which a window must not wait for.
            from app.jobs import deficiency  # noqa: PLC0415

            return deficiency.preview(desk.workshop, desk.who, view.head.id, findings, note)

        desk.tasks.work(
            read, lambda made: dialog.show_message(made.body), lambda error: dialog.refuse(str(error)), owner=dialog
        )

    def _note(self, dialog: DeficiencyDialog, view: IntakeView, findings: list[FindingRow], note: str) -> None:
        desk, key = self._page.desk, self._key_for((view.head.id, view.head.n, tuple(findings), note))

        def write(progress: Progress) -> Moved:
            from app.jobs import deficiency  # noqa: PLC0415  as above

            return deficiency.note_deficiency(desk.workshop, desk.who, view.head.id, findings, key, progress, note)

        def done(moved: Moved) -> None:
            dialog.accept()
            self.signed.emit(moved)

        desk.tasks.work(
            write, done, lambda error: dialog.refuse(str(error)), owner=dialog, dead=dialog.yes,
            command=f"{dialog.yes.accessibleName()} {view.head.number}",
        )  # fmt: skip

    def _key_for(self, wanted: object) -> str:
        """The same press again, after a lost answer, is the same press; another choice is another one."""
        if self._attempt is None or self._attempt[0] != wanted:
            self._attempt = (wanted, new_key())
        return self._attempt[1]

    def print_notice(self, dead: Button) -> None:
        """The notice once more on paper; it is called printed only when the printer said so."""
        view = self._view()
        if view is None or view.asked is None or view.asked.paper is None:
            return
        desk, paper, key = self._page.desk, view.asked.paper, new_key()

        def run(progress: Progress) -> JobStatus:
            from app.jobs import printing_out  # noqa: PLC0415  as above

            return printing_out.print_paper(desk.workshop, desk.who, paper, key, progress)

        self.lamp.emit(self.tr("Mengirim ke printer…"), "info")
        what = f"{dead.accessibleName()} {view.head.number}"
        desk.tasks.work(run, partial(self._printed, paper), self._not_printed, owner=self, dead=dead, command=what)

    def _printed(self, _paper: PaperRow, status: JobStatus) -> None:
        words = {"COMPLETED": (self.tr("Catatan sudah tercetak"), "ok")}
        text, tone = words.get(status.state.name, (status.reason or self.tr("Catatan menunggu printer"), "warn"))
        self.lamp.emit(text, tone)
        self.printed.emit()

    def _not_printed(self, error: Exception) -> None:
        self.lamp.emit(str(error), "bad")
        self.printed.emit()
