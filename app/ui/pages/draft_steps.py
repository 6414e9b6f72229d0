"""The panel beside the draft: what is done, what comes next, and what printers and mail servers really said."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QWidget

from app.sop.calendar import WIB
from app.ui.pages.draft_load import Drafted
from app.ui.parts.buttons import Button
from app.ui.parts.layout import Card, box, column, line, row, scrolled
from app.ui.parts.text import Ico, Txt
from app.ui.theme import px

WIDTH = 404


def _tr(text: str) -> str:
    return QCoreApplication.translate("draft", text)


class StepCard(QWidget):
    """One step: its sign, its name, what is known of it, its buttons."""

    def __init__(self, title: str, *buttons: Button) -> None:
        super().__init__()
        self._sign = Ico("circle-dashed", 22, "ink3")
        self._title, self._text = Txt(title, "h3"), Txt("", "small", "ink2", wrap=True)
        self._buttons = buttons
        words = box(column(self._title, self._text, 4 if buttons else 0, row(*buttons, gap=8), gap=2))
        sign = box(column(self._sign, "s", gap=0))
        sign.setFixedWidth(24)
        self.setLayout(row(sign, (words, 1), gap=10, margins=(0, 8, 0, 8)))

    def show_state(self, state: str, text: str, *, open_: bool) -> None:
        """`state` is ok, bad, warn, now or empty for what comes later; buttons show while the step is `open_`."""
        sign = {
            "ok": ("check-circle", "ok_l", "fill"), "bad": ("x-circle", "bad_l", "fill"),
            "warn": ("warning", "warn_l", "fill"), "now": ("circle-dashed", "primary_t", "bold"),
        }.get(state, ("circle-dashed", "ink3", "bold"))  # fmt: skip
        self._sign.set_icon(*sign)
        self._title.set_tone("ink" if state else "ink2")
        self.say(text, "bad" if state == "bad" else "ink2")
        for button in self._buttons:
            button.setVisible(open_)

    def say(self, text: str, tone: str = "ink2") -> None:
        """What is known now."""
        self._text.setText(text)
        self._text.set_tone(tone)
        self._text.setVisible(bool(text))

    def text(self) -> str:
        """What is known now."""
        return self._text.text()

    # What `Tasks.work` tells while it runs.
    def report(self, _done: int, _total: int, text: str) -> None:
        """Long work in progress."""
        self.say(text)

    def result(self, label: str, _ok: bool, reason: str) -> None:
        """One item ended."""
        self.say(f"{label} {reason}".strip())


class Steps(Card):
    """The four steps from the frozen draft to the resi."""

    def __init__(self) -> None:
        super().__init__()
        self.print_draft = Button(_tr("Cetak draf"), "printer", "secondary", "Ctrl P", wide=True)
        self.print_large = Button(_tr("Huruf besar"), "", "secondary", tip=_tr("Cetak dengan huruf besar"))
        self.confirm = Button(_tr("Sudah diperiksa"), "", "secondary", "Ctrl Y", wide=True)
        self.correct = Button(_tr("Koreksi"), "", "secondary", "Ctrl B", wide=True)
        self.print_request = Button(_tr("Cetak pengajuan KTP-el"), "printer", "secondary", "Ctrl P", wide=True)
        self.print_resi = Button(_tr("Cetak ulang resi"), "printer", "secondary", wide=True)
        self.printing = StepCard(_tr("Cetak draf"), self.print_draft, self.print_large)
        self.reading = StepCard(_tr("Diperiksa pemohon"), self.confirm, self.correct)
        self.request = StepCard(_tr("Pengajuan KTP-el"), self.print_request)
        self.resi = StepCard(_tr("Resi"), self.print_resi)
        self.revision = Txt("", "h2")
        self.digest = Txt("", "caption", "ink3", data=True)
        self.setFixedWidth(px(WIDTH))
        steps = [self.printing, line(), self.reading, line(), self.request, line(), self.resi]
        area = scrolled(column(*steps, "s", gap=2, margins=(0, 0, 8, 0)))
        self.setLayout(column(self.revision, self.digest, 4, (area, 1), gap=2, margins=(18, 16, 10, 12)))

    def changeEvent(self, event: QEvent) -> None:
        """The width follows the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self.minimumWidth() != px(WIDTH):
            self.setFixedWidth(px(WIDTH))

    def show_draft(self, found: Drafted, *, mine: bool) -> None:
        """What stands where."""
        draft = found.draft
        self.revision.setText(_tr("Draf revisi {0}").format(draft.rev) if draft else _tr("Belum ada draf"))
        self.digest.setText(_tr("sidik {0}").format(draft.sha256[:16]) if draft else "")
        reading = found.file.stage.key == "DRAF"
        printed = found.printed("draf")
        self.printing.show_state(_sign(found, "draf"), printed, open_=mine and reading)
        self._show_reading(found, mine=mine and reading)
        requested = found.paper("ktp")
        said = found.printed("ktp") if requested else _tr("Setelah draf diperiksa")
        self.request.show_state("ok" if requested else "", said, open_=mine and not reading)
        self._show_resi(found, mine=mine and not reading)

    def _show_reading(self, found: Drafted, *, mine: bool) -> None:
        if not found.offline:
            self.reading.show_state("ok", _tr("Permohonan daring: tidak perlu diperiksa di loket"), open_=mine)
            self.confirm.hide()
            return
        if found.confirmed is None and found.file.stage.key != "DRAF":
            self.reading.show_state("ok", _tr("Sudah diperiksa pemohon"), open_=False)
            return
        if found.confirmed is None:
            text = _tr("Beri pemohon cetakan draf. Ia membaca semua isian, lalu menyatakan benar atau minta koreksi.")
            self.reading.show_state("now", text, open_=mine)
            return
        at_local = found.confirmed.astimezone(WIB).strftime("%H.%M")
        self.reading.show_state("ok", _tr("Pemohon menyatakan sudah memeriksa, {0}").format(at_local), open_=mine)
        self.confirm.hide()

    def _show_resi(self, found: Drafted, *, mine: bool) -> None:
        paper = found.paper("resi")
        if paper is None:
            ready = found.file.stage.key == "KTP"
            text = _tr("Beri resi menyerahkan berkas ke Kasi") if ready else _tr("Setelah KTP-el diajukan")
            self.resi.show_state("now" if ready else "", text, open_=False)
        elif found.offline:
            self.resi.show_state(_sign(found, "resi"), found.printed("resi"), open_=mine)
        else:
            self.resi.show_state("warn", _tr("Surel resi {0}").format(found.mail), open_=False)


def _sign(found: Drafted, subject: str) -> str:
    paper = found.paper(subject)
    state = found.prints.get(paper.id, ("", ""))[0] if paper else ""
    return {"COMPLETED": "ok", "STOPPED": "bad", "LOST": "bad", "QUEUED": "warn", "PRINTING": "warn"}.get(state, "now")
