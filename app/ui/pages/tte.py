"""The Kadis's desk: a morning's files signed in minutes, knowing what is signed (SOP row 10)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from app.services import worklist
from app.ui.desk import Desk, Page
from app.ui.pages import tte_data
from app.ui.pages.tte_acts import TteActs
from app.ui.pages.tte_card import SigningPlace, certificate_words
from app.ui.pages.tte_data import Checked, OnDesk, SignRow, SpotCheck
from app.ui.pages.tte_lists import Lists
from app.ui.pages.tte_preview import Enlarged, Preview
from app.ui.parts.acts import Acts, receiving
from app.ui.parts.badges import Badge, KeyCap
from app.ui.parts.banner import Banner
from app.ui.parts.buttons import Button
from app.ui.parts.layout import Footer, box, column, row
from app.ui.parts.seen_keeper import SeenKeeper
from app.ui.parts.text import Txt
from app.ui.theme import px

if TYPE_CHECKING:
    from app.jobs.certificates import CertificateState

WIDE, NARROW_PREVIEW, WIDE_PREVIEW, LOW = 1600, 448, 640, 540
SHARE = 0.37


class TtePage(Page):
    """Files with both paraf; ticked ones are signed in one batch after a look at some of them."""

    wide_search = False
    counts = True

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.title = self.tr("Tanda tangan elektronik")
        self._desk_now = OnDesk((), (), ())
        self._faults: dict[tuple[int, int], str] = {}
        self._checking: set[tuple[int, int]] = set()
        self._opened: set[int] = set()
        self._asking, self._certified = False, False
        self._certificate: CertificateState | None = None
        self._then_select = 0
        self.lot = SpotCheck()
        self.enlarged: Enlarged | None = None
        self.receipts, self.kept = Acts(self), SeenKeeper(desk, self)
        self._build()
        self.acts = TteActs(self, self.place)
        self._connect()

    # --- building ----------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.lists = Lists(self.desk)
        self.rows = self.lists.rows
        self._banners()
        left = column(self.untaken, self.certificate, self.fault, (self.lists, 1), gap=10)
        self.preview, self.place = Preview(self.desk), SigningPlace()
        self.right = box(column((self.preview, 1), self.place, gap=12))
        self.setLayout(row((left, 1), self.right, gap=14, margins=(16, 14, 16, 14)))
        self.setFocusProxy(self.rows)
        self._fit()

    def _banners(self) -> None:
        self.receive = Button(self.tr("Terima semua"), "hand-arrow-down", "secondary", "Ctrl T", height=34, small=True)
        self.untaken = Banner("", "info", "hand-arrow-down", action=self.receive)
        self.certificate = Banner("", "warn", "warning")
        self.fault = Banner("", "bad", "x-circle")
        for banner in (self.untaken, self.certificate, self.fault):
            banner.hide()

    def _connect(self) -> None:
        self.receive.clicked.connect(lambda: self.receipts.receive_all(self._untaken(), self.receive))
        self.rows.picked.connect(self._picked)
        self.rows.peeked.connect(lambda _: self.enlarge())
        self.rows.ticks_changed.connect(self._weigh)
        self.lists.opened.connect(self.open_berkas)
        self.preview.enlarge_wanted.connect(self.enlarge)
        self.preview.looked.connect(self._looked)
        self.place.card.wanted.connect(self._sign)
        self.place.card.open_wanted.connect(self._open_drawn)
        self.acts.finished.connect(self._signed)
        self.acts.retry.connect(self._retry)

    def footer(self) -> QWidget:
        """Return on the left, keys on the right."""
        step = next((s for s in self.desk.sop.steps if self.desk.who.role in s.who and s.hands_over and s.back), None)
        self.back_button = Button(step.label if step else "", "arrow-u-up-left", "danger", "Ctrl B", height=40)
        self.back_button.clicked.connect(self._return)
        beyond = Badge(self.tr("di luar SOP") if step and step.beyond_sop else "", "mute", shape=False)
        hints = (
            ("↑", ""),
            ("↓", self.tr("pindah")),
            ("Enter", self.tr("pilih")),
            ("Spasi", self.tr("perbesar dokumen")),
        )
        keys = [x for key, does in hints for x in (KeyCap(key), Txt(does, "small", "ink2") if does else None, 4)]
        return Footer([self.back_button, beyond], keys)

    def _fit(self) -> None:
        wide = self.window().width() >= WIDE
        wanted = px(WIDE_PREVIEW if wide else NARROW_PREVIEW)
        # With large type the names in the list need the room more than the preview does.
        self.right.setFixedWidth(max(NARROW_PREVIEW - 8, min(wanted, round(self.width() * SHARE))))
        self.place.card.set_low(self.height() < px(LOW))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The preview grows with the window."""
        super().resizeEvent(event)
        self._fit()

    # --- reading -----------------------------------------------------------------------------------------------------

    def arrive(self, argument: object) -> None:
        """Show the desk; a number is the file to stand on."""
        self._then_select = argument if isinstance(argument, int) else 0
        self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """Back in sight: the keyboard is in the list."""
        super().showEvent(event)
        self.rows.setFocus()

    def leave(self) -> bool:
        """No passphrase stays behind; work in hand goes on and reports when one comes back."""
        self.place.card.forget()
        self.kept.send()
        return True

    def live(self) -> None:
        """Files come and go; ticks, selection and the passphrase being typed stay."""
        if not self.acts.running:
            self.refresh()

    def refresh(self) -> None:
        """Read the desk again; ticks and the place in the list stay."""
        if not self._asking:
            self._asking = True
            desk = self.desk
            desk.tasks.ask(lambda: tte_data.read(desk), self._show, self._not_read, owner=self)

    def _not_read(self, error: Exception) -> None:
        self._asking = False
        self.say(str(error), tone="warn")

    def _show(self, found: OnDesk) -> None:
        self._asking = False
        self._desk_now = found
        self._opened |= {r.id for r in found.rows if r.beside.opened}
        self._fill()
        self._tell()
        self._check()

    def _fill(self) -> None:
        rows = [replace(r, fault=self._faults.get(r.stand)) for r in self._desk_now.rows]
        self.lists.show_desk(self._desk_now, rows)
        if self._then_select and self.rows.select(self._then_select):
            self._then_select = 0
        self._picked(self.rows.current())

    def _tell(self) -> None:
        rows = self._desk_now.rows
        wanted = self._untaken()
        self.untaken.set(
            self.tr("{0} berkas diserahkan kepada Anda dan belum diterima").format(len(wanted)),
            "info",
            "hand-arrow-down",
        )
        self.untaken.setVisible(bool(wanted))
        long = sum(r.item.counted >= worklist.DESK_LIMIT for r in rows)
        parts = [self.tr("{0} berkas").format(len(rows))] if rows else []
        parts += [self.tr("{0} menunggu lebih dari 1 jam").format(long)] if long else []
        self.set_fact(", ".join(parts))
        self.count.emit(len(rows))

    def _untaken(self) -> list[worklist.WorkItem]:
        return [r.item for r in self._desk_now.rows if receiving(self.desk, r.item) is not None]

    def _check(self) -> None:
        """Compare hashes of files not compared since their last line; and look at this PC's certificate once."""
        wanted = [r.stand for r in self._desk_now.rows if r.taken and r.stand not in self._faults]
        wanted = [s for s in wanted if s not in self._checking]
        if (wanted or not self._certified) and not self.acts.running:
            self._certified = True
            self._checking |= set(wanted)
            desk = self.desk
            desk.tasks.work(lambda told: tte_data.check(desk, wanted, told), self._checked, self._not_read, owner=self)

    def _checked(self, found: Checked) -> None:
        self._faults.update(found.faults)
        self._checking -= set(found.faults)
        self._certificate = found.certificate
        trial = self.tr(
            "Sertifikat uji coba: hanya untuk latihan, tanpa kekuatan hukum. Yang asli dipasang di halaman Kantor."
        )
        said, tone = certificate_words(found.certificate, trial)
        self.certificate.set(said, tone or "warn", "x-circle" if tone == "bad" else "warning")
        self.certificate.setVisible(bool(said))
        self._fill()

    # --- looking -----------------------------------------------------------------------------------------------------

    def _picked(self, shown: SignRow | None) -> None:
        self.preview.show_row(shown)
        fault = shown.fault if shown is not None else ""
        self.fault.set(f"{shown.item.number}: {fault}" if shown is not None else "", "bad", "x-circle")
        self.fault.setVisible(bool(fault))
        if hasattr(self, "back_button"):
            self.back_button.setEnabled(shown is not None and shown.taken)

    def enlarge(self) -> None:
        """The documents over the whole window."""
        shown = self.preview.row_shown()
        if shown is not None and self.enlarged is None:
            at = self.preview.current()
            self.enlarged = Enlarged(self, self.desk, shown, at.sha256 if at else "")
            self.enlarged.preview.looked.connect(self._looked)
            self.enlarged.destroyed.connect(self._enlarged_gone)
            self.enlarged.open()

    def _enlarged_gone(self) -> None:
        self.enlarged = None

    def _looked(self, berkas_id: int, sha256: str, page: int) -> None:
        """A page stood before the eyes: the file counts as opened, and the record says so."""
        self._opened.add(berkas_id)
        shown = next((r for r in self._desk_now.rows if r.id == berkas_id), None)
        if shown is not None and shown.taken:
            self.kept.send()
            self.kept.start(berkas_id)
            self.kept.add(sha256, page)
        self._weigh()

    # --- signing -----------------------------------------------------------------------------------------------------

    def _weigh(self) -> None:
        """What is ticked, its two proofs, and whether the act is open."""
        ticked, card = self.rows.ticked(), self.place.card
        documents = sum(r.beside.to_sign for r in ticked)
        self.lists.say_ticked(len(ticked))
        card.show_batch(len(ticked), documents)
        if ticked:
            card.hashes.say(self.tr("Sidik PDF sama dengan yang diparaf"), "ok")
        else:
            card.hashes.say(self.tr("Centang berkas dengan Enter, atau semua dengan Ctrl A"), "wait")
        drawn = self.lot.draw([r.id for r in ticked])
        opened = sum(i in self._opened for i in drawn)
        all_opened = bool(drawn) and opened == len(drawn)
        said = self.tr("Uji petik: {0} dari {1} berkas dibuka").format(opened, len(drawn))
        card.spot.say(said if drawn else self.tr("Uji petik: menunggu pilihan"), "ok" if all_opened else "wait",
                      lead=bool(drawn) and not all_opened)  # fmt: skip
        broken = self._certificate is not None and bool(self._certificate.note)
        card.set_locked(not all_opened or broken)

    def _open_drawn(self) -> None:
        """Stand on the next drawn file that was not opened, and show it large."""
        drawn = self.lot.draw([r.id for r in self.rows.ticked()])
        closed = next((i for i in drawn if i not in self._opened), None)
        if closed is not None:
            self.rows.set_filter("")
            self.rows.select(closed)
            self.enlarge()

    def _sign(self) -> None:
        ticked = self.rows.ticked()
        if ticked and self.place.card.sign.isEnabled():
            self.acts.ask_sign(ticked)

    def _signed(self) -> None:
        self.moved.emit()
        self.refresh()

    def _retry(self, numbers: Sequence[str]) -> None:
        """Tick what failed; the passphrase is asked again."""
        self.place.show_card()
        self.rows.tick({r.id for r in self._desk_now.rows if r.item.number in numbers})
        self.place.card.phrase.setFocus()

    def _return(self) -> None:
        shown = self.rows.current()
        if shown is not None and shown.taken and not self.acts.running:
            self.acts.ask_return(shown, self.back_button)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes a finished report before it leaves the page."""
        if event.key() == Qt.Key.Key_Escape and self.place.reporting():
            self.place.show_card()
        else:
            super().keyPressEvent(event)
