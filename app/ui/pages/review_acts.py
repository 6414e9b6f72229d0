"""The two acts of a reviewer: paraf and hand over, or return with what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from app.errors import Unavailable
from app.services import fields, intake, papers
from app.services.act import Moved, act
from app.services.berkas import Head
from app.services.intake import FindingRow
from app.services.keys import derived, new_key
from app.sop.model import Step
from app.ui.desk import Desk, Page
from app.ui.dialogs.return_berkas import ReturnBerkas
from app.ui.drafts import Drafts
from app.ui.pages.review_data import Review
from app.ui.parts.buttons import Button


class ReviewActs(QObject):
    """`gone` when the file has left the desk; `failed` when it must be read again."""

    gone = Signal()
    failed = Signal()

    def __init__(self, page: Page, drafts: Drafts) -> None:
        super().__init__(page)
        self._page, self._drafts = page, drafts
        self._desk: Desk = page.desk
        self._keys: dict[tuple[object, ...], str] = {}
        self.dialog: ReturnBerkas | None = None

    def _key(self, file: Head, step: Step, *said: object) -> str:
        """One key per press; after a lost answer the same press (with the same words) goes out with the same key."""
        return self._keys.setdefault((file.id, step.key, file.n, *said), new_key())

    def paraf(self, review: Review, unsent: Sequence[tuple[str, int]], button: Button) -> None:
        """Paraf and hand over in one stamp; what was seen and not written yet is written first."""
        step, file, who, drafts = review.forward, review.file, self._desk.who, self._drafts
        if step is None:
            return
        key = self._key(file, step)

        def sign() -> Moved:
            papers.record_seen(who, file.id, unsent)
            moved = act(who, file.id, step.key, file.n, key)
            drafts.drop(review.key())
            return moved

        words = self.tr("{0} diparaf. Tahap sekarang: {1}.")
        self._ask(sign, file, step, words, button)

    def ask_return(self, review: Review, found: Sequence[FindingRow], button: Button) -> None:
        """List what is wrong, let more be added, and return only then."""
        step, file = review.backward, review.file
        if step is None:
            return
        text = self.tr("Berkas kembali bersama catatan ini. Catatan tertulis di kartu kendali atas nama Anda.")
        subjects = {r.path: fields.label(r.path) for r in review.rows}
        subjects |= {x.paper.subject: x.label for x in (*review.scans, *review.documents)}
        title = f"{step.label}: {file.number}"
        asked = ReturnBerkas(self._page, title, text, step.label, findings=found, subjects=subjects)
        asked.confirmed.connect(lambda findings: self._send_back(file, step, findings, button))
        asked.destroyed.connect(self._dialog_gone)
        self.dialog = asked
        asked.open()

    def _dialog_gone(self) -> None:
        self.dialog = None

    def _send_back(self, file: Head, step: Step, findings: Sequence[FindingRow], button: Button) -> None:
        who, said = self._desk.who, [(f.subject, f.problem) for f in findings]
        key = self._key(file, step, *said)

        def send_back() -> Moved:
            intake.add_findings(who, file, findings, derived(key, "findings"))
            return act(who, file.id, step.key, file.n, key)

        words = self.tr("{0} dikembalikan. Tahap sekarang: {1}.")
        self._ask(send_back, file, step, words, button)

    def _ask(self, fn: Callable[[], Moved], file: Head, step: Step, words: str, button: Button) -> None:
        command = f"{step.label} {file.number}"
        done = partial(self._done, file, words)
        self._desk.tasks.ask(fn, done, self._failed, owner=self, dead=button, command=command)

    def _done(self, file: Head, words: str, moved: Moved) -> None:
        self._page.say(words.format(file.number, self._desk.sop.stage(moved.stage).label))
        self.gone.emit()

    def _failed(self, error: Exception) -> None:
        self._page.say(str(error), tone="warn")
        if not isinstance(error, Unavailable):
            self._keys.clear()
            self.failed.emit()
