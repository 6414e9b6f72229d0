"""The SOP's buttons of a file, wherever it is shown: what is done on the spot, and what opens a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QObject

from app.errors import Conflict, Refused, Unavailable
from app.services.act import Moved, act
from app.services.keys import new_key
from app.sop.model import Channel, Need, Stage, Step
from app.ui.desk import Desk, Page
from app.ui.parts.buttons import Button
from app.ui.parts.confirm import Confirm

INTAKE, ENTRY, DRAFT, REVIEW = "intake", "entry", "draft", "review"

WORK_PAGES: Mapping[str, str] = {
    "DIAJUKAN": INTAKE,
    "VERIFIKASI": INTAKE,
    "KURANG": INTAKE,
    "ENTRI": ENTRY,
    "DI_EDITOR": ENTRY,
    "DRAF": DRAFT,
    "KTP": DRAFT,
    "DI_KASI": REVIEW,
    "DI_KABID": REVIEW,
    "DI_KADIS": "tte",
    "TERTANDA": "deliver",
}
"""Stage → the page on which a file in it is worked on."""

ICONS: Mapping[str, str] = {
    "terima": "hand-arrow-down",
    "registrasi": "user-plus",
    "panggil": "phone-call",
    "lengkap": "check",
    "kurang": "note-pencil",
    "dilengkapi": "check",
    "cetak": "printer",
    "koreksi": "arrow-counter-clockwise",
    "ajukan": "identification-card",
    "beri": "receipt",
    "paraf": "seal-check",
    "kembali": "arrow-u-up-left",
    "perbaiki": "paper-plane-right",
    "tte": "signature",
    "kirim": "paper-plane-tilt",
    "batalkan": "prohibit",
    "ambil": "hand-grabbing",
}
"""First word of a step's key → its icon (ui.md 2.5)."""

REASON_ONLY = (Need.NOTE,)


class FileAt(Protocol):
    """What must be known of a file to offer its buttons: a work item or a head."""

    @property
    def id(self) -> int:
        """The file."""

    @property
    def number(self) -> str:
        """Its number."""

    @property
    def stage(self) -> Stage:
        """Where it is."""

    @property
    def channel(self) -> Channel:
        """How it came."""

    @property
    def n(self) -> int:
        """Lines on its card."""

    @property
    def holder(self) -> str:
        """Who holds it, empty while it waits."""


@dataclass(frozen=True)
class Offer:
    """One of the SOP's buttons. `how` is "now", "reason" (asks why first) or "page" (needs what only its page has)."""

    step: Step
    how: str

    @property
    def icon(self) -> str:
        """The icon of the step."""
        return icon_of(self.step.key)

    @property
    def receives(self) -> bool:
        """Whether it is the receiver's stamp of a hand-over."""
        return self.step.to.held and self.step.at.desk is self.step.to.desk and not self.step.needs


def icon_of(action: str) -> str:
    """The icon of a step's key."""
    return ICONS.get(action.partition("_")[0], "check")


def offers(desk: Desk, file: FileAt) -> tuple[Offer, ...]:
    """The buttons this officer has on this file now, in the order of the SOP's table.

    While somebody else holds it, only those remain that ask for nothing but a reason: taking over and cancelling.
    """
    others = file.stage.held and file.holder != desk.who.login
    found = []
    for step in desk.sop.offered(desk.who.role, file.stage, file.channel):
        taking_over = step.to == step.at
        if taking_over and not others:
            continue
        if others and step.needs != REASON_ONLY:
            continue
        how = "now" if not step.needs else "reason" if step.needs == REASON_ONLY else "page"
        found.append(Offer(step, how))
    return tuple(found)


def receiving(desk: Desk, file: FileAt) -> Offer | None:
    """The stamp with which this officer receives the file, or None."""
    waiting = (o for o in offers(desk, file) if o.receives and not file.stage.held and o.step.key.startswith("terima_"))
    return next(waiting, None)


def work_page(desk: Desk, file: FileAt) -> str:
    """The page on which this officer may work on the file now; empty where he may only read it."""
    may = any(o.how == "page" for o in offers(desk, file))
    return WORK_PAGES.get(file.stage.key, "") if may else ""


def _tr(text: str) -> str:
    return QCoreApplication.translate("acts", text)


def work_words(stage: Stage) -> tuple[str, str]:
    """Label and icon of the button that opens the work page of a stage."""
    found = {
        "VERIFIKASI": (_tr("Periksa persyaratan"), "list-checks"),
        "KURANG": (_tr("Catat yang dilengkapi"), "list-checks"),
        "ENTRI": (_tr("Isi data"), "pencil-simple-line"),
        "DI_EDITOR": (_tr("Perbaiki isian"), "pencil-simple-line"),
        "DRAF": (_tr("Periksa draf"), "printer"),
        "KTP": (_tr("Serahkan resi"), "receipt"),
        "DI_KASI": (_tr("Periksa berkas"), "seal-check"),
        "DI_KABID": (_tr("Periksa berkas"), "seal-check"),
        "DI_KADIS": (_tr("Tanda tangani"), "signature"),
        "TERTANDA": (_tr("Kirim dokumen"), "paper-plane-tilt"),
    }
    return found.get(stage.key, (_tr("Kerjakan"), "play"))


class Acts(QObject):
    """Presses the SOP's buttons for a page: asks for a reason where one is needed, and tells how it ended."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._page = page
        self._keys: dict[tuple[int, str, int], str] = {}
        self.dialog: Confirm | None = None

    def press(self, file: FileAt, offer: Offer, button: Button | None = None) -> None:
        """Do it now, ask for the reason, or open the page that has what it needs."""
        if offer.how == "page":
            self.open_for_work(file)
        elif offer.how == "reason":
            self._ask(file, offer)
        else:
            self._send(file, offer, "", button)

    def open_for_work(self, file: FileAt) -> None:
        """Open the file's work page; where it may not be worked on, open it for reading."""
        key = work_page(self._page.desk, file)
        if key:
            self._page.go.emit(key, file.id)
        else:
            self.open_for_reading(file)

    def open_for_reading(self, file: FileAt) -> None:
        """Open the file's own page; that is free for everybody, and logged there."""
        self._page.open_berkas.emit(file.id)

    def receive_all(self, files: Sequence[FileAt], button: Button | None = None) -> None:
        """Stamp the receipt of all these files, one line each; the report names those that could not be taken."""
        desk = self._page.desk
        wanted = [(f, o.step.key, self._key(f, o.step.key)) for f in files if (o := receiving(desk, f)) is not None]

        def receive_one(file: FileAt, action: str, key: str) -> tuple[str, str]:
            try:
                act(desk.who, file.id, action, file.n, key)
            except (Refused, Conflict) as e:
                return file.number, e.message
            return file.number, ""

        def receive() -> list[tuple[str, str]]:
            return [receive_one(*one) for one in wanted]

        if wanted:
            what = self.tr("Terima {0} berkas").format(len(wanted))
            desk.tasks.ask(receive, self._received, owner=self, dead=button, command=what)

    def _received(self, results: list[tuple[str, str]]) -> None:
        failed = [(number, why) for number, why in results if why]
        good = len(results) - len(failed)
        said = [self.tr("{0} berkas diterima.").format(good)] if good else []
        said += [f"{number}: {why}" for number, why in failed[:2]]
        if len(failed) > 2:
            said.append(self.tr("Dan {0} berkas lain belum dapat diterima.").format(len(failed) - 2))
        self._page.say(" ".join(said), tone="warn" if failed else "ok")
        self._page.moved.emit()

    def _ask(self, file: FileAt, offer: Offer) -> None:
        title = f"{offer.step.label} {file.number}"
        ends = not offer.step.to.held and offer.step.to.desk is None
        ended = self.tr(
            "Berkas berhenti di sini dan tidak dapat dilanjutkan. Tidak ada yang dihapus; "
            "alasannya tertulis di kartu kendali."
        )
        taken = self.tr("Berkas pindah ke tangan Anda. Alasannya tertulis di kartu kendali atas nama Anda.")
        asked = Confirm(
            self._page,
            title,
            ended if ends else taken,
            offer.step.label,
            icon=offer.icon,
            dangerous=ends,
            reason_label=self.tr("Alasan"),
            harmless=self.tr("Kembali") if ends else "",
        )
        asked.confirmed.connect(lambda why: self._send(file, offer, why, None))
        asked.finished.connect(self._dialog_gone)
        self.dialog = asked
        asked.open()

    def _dialog_gone(self, _result: int) -> None:
        self.dialog = None

    def _key(self, file: FileAt, action: str) -> str:
        """One key per press; after a lost answer the same press is asked again with the same key."""
        return self._keys.setdefault((file.id, action, file.n), new_key())

    def _send(self, file: FileAt, offer: Offer, why: str, button: Button | None) -> None:
        desk, action = self._page.desk, offer.step.key
        key = self._key(file, action)

        def failed(error: Exception) -> None:
            if not isinstance(error, Unavailable):
                self._keys.pop((file.id, action, file.n), None)
            self._page.say(str(error), tone="warn")
            self._page.moved.emit()

        def done(moved: Moved) -> None:
            self._page.say(self._said(file, offer, moved))
            self._page.moved.emit()

        what = f"{offer.step.label} {file.number}"
        sign = partial(act, desk.who, file.id, action, file.n, key, why)
        desk.tasks.ask(sign, done, failed, owner=self, dead=button, command=what)

    def _said(self, file: FileAt, offer: Offer, moved: Moved) -> str:
        if offer.receives:
            return self.tr("{0} diterima. Sekarang Anda yang memegangnya.").format(file.number)
        if offer.step.to == offer.step.at:
            return self.tr("{0} sekarang Anda pegang.").format(file.number)
        stage = self._page.desk.sop.stage(moved.stage).label
        return self.tr("{0}: {1}. Tahap sekarang: {2}.").format(file.number, offer.step.label, stage)
