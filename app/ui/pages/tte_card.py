"""The signing card: what will be signed, the two proofs, the passphrase, the act; and the report afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.parts.buttons import Button
from app.ui.parts.fields import Field, Password
from app.ui.parts.layout import Card, box, column, row
from app.ui.parts.progress import LongWork
from app.ui.parts.text import Ico, Txt
from app.ui.theme import px

if TYPE_CHECKING:
    from app.jobs.certificates import CertificateState

REPORT = 252


class Proof(Card):
    """One line of proof: a sign, words, and a button that leads to what is missing."""

    def __init__(self, lead: Button | None = None) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._sign, self._said, self.lead = Ico("circle-dashed", 20, "ink3"), Txt("", "body"), lead
        self.setLayout(row(self._sign, (self._said, 1), lead, gap=8))
        self.good = False

    def say(self, text: str, tone: str, *, lead: bool = False) -> None:
        """ok, bad, or wait."""
        glyph, token = {"ok": ("check-circle", "ok_l"), "bad": ("x-circle", "bad_l")}.get(
            tone, ("circle-dashed", "ink3")
        )
        self.good = tone == "ok"
        self._sign.set_icon(glyph, token, "fill" if tone in {"ok", "bad"} else "bold")
        self._said.setText(text)
        self.setAccessibleName(text)
        if self.lead is not None:
            self.lead.setVisible(lead)

    def text(self) -> str:
        """The words."""
        return self._said.text()


class SigningCard(Card):
    """The passphrase is asked anew for every batch, handed over once, and forgotten here at that moment."""

    wanted = Signal()
    open_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._title, self._many = Txt("", "h2"), Txt("", "small", "ink2")
        self.hashes = Proof()
        self.opens = Button(self.tr("Buka"), "eye", "link", small=True, height=26)
        self.spot = Proof(self.opens)
        self.opens.clicked.connect(self.open_wanted)
        self.phrase = Field(self.tr("Frasa sandi TTE"), Password(height=40))
        self._hint = Txt(self.tr("Tidak disimpan. Dihapus dari memori setelah selesai."), "small", "ink3")
        self.phrase.input.entered.connect(self.wanted)
        self.sign = Button("", "signature", "primary", "Ctrl Enter", height=48, wide=True)
        self.sign.clicked.connect(self.wanted)
        head = row(self._title, "s", self._many, gap=10)
        proofs = column(self.hashes, self.spot, gap=4)
        typed = column(self.phrase, self._hint, gap=4)
        self.setLayout(column(head, proofs, typed, self.sign, gap=9, margins=(18, 14, 18, 16)))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def set_low(self, low: bool) -> None:
        """Little height: the hint gives way to the documents."""
        self._hint.setVisible(not low)

    def show_batch(self, files: int, documents: int) -> None:
        """How much would be signed."""
        self._title.setText(
            self.tr("Tanda tangani {0} berkas").format(files) if files else self.tr("Belum ada berkas dipilih")
        )
        self._many.setText(self.tr("{0} dokumen").format(documents) if files else "")
        self.sign.set_text(
            self.tr("Tanda tangani {0} dokumen").format(documents) if files else self.tr("Tanda tangani")
        )

    def set_locked(self, locked: bool) -> None:
        """Locked by what stands in the proofs above."""
        self.sign.setEnabled(not locked)

    def take_phrase(self) -> bytearray:
        """The typed passphrase; the field is empty afterwards. Who takes it wipes it."""
        typed = bytearray(self.phrase.value(), "utf-8")
        self.forget()
        return typed

    def forget(self) -> None:
        """Empty the field and its undo."""
        self.phrase.set_value("")

    def hideEvent(self, event: QHideEvent) -> None:
        """Out of sight no passphrase waits."""
        super().hideEvent(event)
        if not event.spontaneous():
            self.forget()


class SigningPlace(QWidget):
    """The card, or the work in hand and its report."""

    def __init__(self) -> None:
        super().__init__()
        self.card = SigningCard()
        self.work = LongWork(self.tr("Menandatangani"))
        self.close_report = Button(self.tr("Tutup laporan"), "check", "secondary", "Esc", small=True)
        self.close_report.clicked.connect(self.show_card)
        self._report = box(column((self.work, 1), row("s", self.close_report), gap=8))
        self._report.setFixedHeight(px(REPORT))
        self._report.hide()
        self.setLayout(column(self.card, self._report, gap=0))

    def show_card(self) -> None:
        """Back to the next batch."""
        self._report.hide()
        self.card.show()

    def show_work(self) -> None:
        """Signing has begun."""
        self.close_report.hide()
        self.card.hide()
        self._report.show()

    def show_report(self) -> None:
        """Signing is over."""
        self.work.finish()
        self.close_report.show()

    def reporting(self) -> bool:
        """Whether a finished report is in front."""
        return not self._report.isHidden() and not self.close_report.isHidden()


def certificate_words(state: CertificateState, trial: str) -> tuple[str, str]:
    """(sentence, tone) of the banner about this PC's certificate; empty where nothing need be said."""
    if state.note:
        return state.note, "bad"
    return (trial, "warn") if state.trial else ("", "")
