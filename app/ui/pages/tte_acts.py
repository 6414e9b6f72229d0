"""The Kadis's two acts: sign a batch with its passphrase, or return one file to the Kabid."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.errors import Refused, Unavailable
from app.services import intake
from app.services.act import Moved, act
from app.services.berkas import Head, head
from app.services.intake import FindingRow
from app.services.keys import derived, new_key
from app.ui.desk import Desk, Page
from app.ui.dialogs.return_berkas import ReturnBerkas
from app.ui.pages import tte_data
from app.ui.pages.tte_card import SigningPlace
from app.ui.pages.tte_data import SignRow
from app.ui.parts.buttons import Button
from app.ui.parts.confirm import Confirm

if TYPE_CHECKING:
    from app.jobs.signing_batch import SignedFile
    from app.ui.tasks import Progress

KEY_OPEN_SECONDS = 300.0
"""How long signing waits for a lost server: the certificate's key is open meanwhile."""


class TteActs(QObject):
    """`finished` when files may have moved; `retry(numbers)` when failed ones shall be tried again."""

    finished = Signal()
    retry = Signal(list)

    def __init__(self, page: Page, place: SigningPlace) -> None:
        super().__init__(page)
        self._page, self._place = page, place
        self._desk: Desk = page.desk
        self._keys: dict[tuple[object, ...], str] = {}
        self.running = False
        self.dialog: Confirm | None = None
        self.returning: ReturnBerkas | None = None
        place.work.retry_asked.connect(self.retry)
        page.desk.tasks.bug.connect(self._broke)

    # --- signing -----------------------------------------------------------------------------------------------------

    def ask_sign(self, rows: Sequence[SignRow]) -> None:
        """Name the numbers before anything is signed; an empty passphrase is asked for at its field."""
        card = self._place.card
        if self.running or self.dialog is not None:
            return
        if not card.phrase.value():
            card.phrase.set_state("bad", self.tr("Ketik frasa sandi TTE Anda dahulu"))
            card.phrase.setFocus()
            return
        documents = sum(r.beside.to_sign for r in rows)
        title = self.tr("Tanda tangani {0} berkas, {1} dokumen").format(len(rows), documents)
        text = self.tr(
            "Dokumen ditandatangani secara elektronik atas nama Anda, lalu diserahkan untuk dikirim ke pemohon. "
            "Tanda tangan tidak dapat ditarik kembali."
        )
        asked = Confirm(self._page, title, text, self.tr("Tanda tangani"), icon="signature", dangerous=False)
        ids = [r.id for r in rows]
        asked.confirmed.connect(lambda _: self._sign(ids))
        asked.destroyed.connect(self._dialog_gone)
        self.dialog = asked
        asked.open()

    def _dialog_gone(self) -> None:
        self.dialog = None

    def _sign(self, ids: Sequence[int]) -> None:
        desk, phrase, key, place = self._desk, self._place.card.take_phrase(), new_key(), self._place
        self.running = True
        place.show_work()

        def sign(told: Progress) -> tuple[SignedFile, ...]:
            from app.jobs.signing_batch import sign_batch  # noqa: PLC0415 - as in tte_data: not in the window's thread

            return sign_batch(desk.workshop, desk.who, ids, phrase, key, told)

        begun = desk.tasks.work(
            sign, self._signed, self._refused, place.work, owner=self, patience=KEY_OPEN_SECONDS,
            command=self.tr("Tanda tangani {0} berkas").format(len(ids)),
        )  # fmt: skip
        place.work.start(begun)

    def _signed(self, done: tuple[SignedFile, ...]) -> None:
        self.running = False
        self._place.show_report()
        good, documents = sum(d.ok for d in done), sum(d.documents for d in done)
        failed = len(done) - good
        said = self.tr("{0} berkas, {1} dokumen ditandatangani.").format(good, documents)
        said += " " + self.tr("{0} berkas belum, alasannya ada di laporan.").format(failed) if failed else ""
        self._page.say(said, tone="warn" if failed else "ok")
        self.finished.emit()

    def _refused(self, error: Exception) -> None:
        """Nothing was signed: the passphrase's field says why, or the certificate's banner does."""
        self.running = False
        self._place.show_card()
        if isinstance(error, Refused) and error.field == "passphrase":
            self._place.card.phrase.set_state("bad", error.message)
            self._place.card.phrase.setFocus()
        else:
            self._page.say(str(error), tone="warn")
        self.finished.emit()

    def _broke(self, _error: Exception) -> None:
        """A fault of the program is told by the window; the panel must not wait for ever."""
        if self.running:
            self.running = False
            self._place.show_report()
            self.finished.emit()

    # --- returning ---------------------------------------------------------------------------------------------------

    def ask_return(self, row: SignRow, button: Button) -> None:
        """What is wrong is named before the file goes back."""
        desk = self._desk
        desk.tasks.ask(
            lambda: (head(desk.sop, row.id), tte_data.subjects(row)),
            lambda found: self._show_return(*found, button), self._not_returned, owner=self, dead=button, command="",
        )  # fmt: skip

    def _show_return(self, file: Head, subjects: dict[str, str], button: Button) -> None:
        offered = self._desk.sop.offered(self._desk.who.role, file.stage, file.channel)
        step = next((s for s in offered if s.back and s.hands_over), None)
        if step is None:
            self.finished.emit()
            return
        text = self.tr(
            "Berkas kembali ke Kabid bersama catatan ini. Langkah ini di luar SOP dan tertulis di kartu kendali."
        )
        title = f"{step.label}: {file.number}"
        asked = ReturnBerkas(self._page, title, text, step.label, subjects=subjects)
        asked.confirmed.connect(lambda findings: self._return(file, step.key, findings, button))
        asked.destroyed.connect(self._returning_gone)
        self.returning = asked
        asked.open()

    def _returning_gone(self) -> None:
        self.returning = None

    def _return(self, file: Head, action: str, findings: Sequence[FindingRow], button: Button) -> None:
        who, said = self._desk.who, tuple((f.subject, f.problem) for f in findings)
        # The same return asked again after a lost answer is written once; other words are another return.
        key = self._keys.setdefault((file.id, file.n, said), new_key())

        def send_back() -> Moved:
            intake.add_findings(who, file, findings, derived(key, "findings"))
            return act(who, file.id, action, file.n, key)

        def done(moved: Moved) -> None:
            stage = self._desk.sop.stage(moved.stage).label
            self._page.say(self.tr("{0} dikembalikan. Tahap sekarang: {1}.").format(file.number, stage))
            self.finished.emit()

        what = f"{self._desk.sop.step_labelled(action).label} {file.number}"
        self._desk.tasks.ask(send_back, done, self._not_returned, owner=self, dead=button, command=what)

    def _not_returned(self, error: Exception) -> None:
        self._page.say(str(error), tone="warn")
        if not isinstance(error, Unavailable):
            self.finished.emit()
