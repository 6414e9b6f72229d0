"""Judging the papers: legible, not legible with its reason, original seen; every tick can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication, QObject, Signal

from app.services import catalogue, intake
from app.services.intake import RequirementRow
from app.services.keys import new_key
from app.ui.desk import Page
from app.ui.pages.intake_contact import ContactCard
from app.ui.pages.intake_data import IntakeView
from app.ui.pages.intake_list import RequirementList
from app.ui.pages.intake_papers import PapersPane, next_of
from app.ui.parts.confirm import Confirm


def missing(contact: ContactCard, rows: Sequence[RequirementRow]) -> str:
    """What is still missing for "berkas lengkap" (SOP rows 3, 4), in words; empty if nothing is."""
    gap = contact.first_gap()
    if gap is contact.route:
        return _tr("Pilih PN atau PA")
    if gap is contact.reporter:
        return _tr("Pilih siapa pelapornya")
    if gap is not None:
        return _tr("Alamat surel belum lengkap")
    row = next_of(rows)
    if row is None:
        return ""
    there = _tr("{0} belum diperiksa") if row.scans or row.original_seen else _tr("{0} belum ada")
    return (_tr("{0} tidak terbaca") if row.verdict == "BAD" else there).format(row.label)


def _tr(text: str) -> str:
    return QCoreApplication.translate("intake", text)


class Judging(QObject):
    """Belongs to a page with a list and a pane; `ticked` after each answer, `failed` with the error."""

    ticked = Signal()
    failed = Signal(object)

    def __init__(
        self, page: Page, view: Callable[[], IntakeView | None], rows: RequirementList, pane: PapersPane
    ) -> None:
        super().__init__(page)
        self._page, self._view, self._list, self._pane = page, view, rows, pane
        for source in (rows.judged, pane.judged):
            source.connect(self.judge)
        pane.refused.connect(self._refuse)
        pane.original.connect(self._original)

    def _open(self) -> RequirementRow | None:
        view = self._view()
        return self._list.chosen() if view is not None and view.judges else None

    def judge(self, good: bool) -> None:
        """Space or X on the chosen requirement."""
        chosen = self._open()
        if chosen is None:
            return
        if not good:
            self._pane.ask_reason([p.text for p in catalogue.problems(chosen.code)])
        elif chosen.scans or chosen.original_seen:
            self._tick(chosen, "OK")
        else:
            self._page.say(self.tr("Ambil berkasnya dahulu, atau centang Asli dilihat."), tone="info")

    def _refuse(self, reason: str) -> None:
        chosen = self._open()
        if chosen is None:
            return
        if reason:
            self._tick(chosen, "BAD", reason)
            return
        ask = Confirm(
            self._page, self.tr("Tidak terbaca"), self.tr("Alasan ini dibaca pemohon bila kekurangan dicatat."),
            self.tr("Tandai tidak terbaca"), dangerous=False, reason_label=self.tr("Apa yang tidak terbaca"),
        )  # fmt: skip
        ask.confirmed.connect(partial(self._tick, chosen, "BAD"))
        ask.open()

    def _original(self, on: bool) -> None:
        chosen = self._open()
        if chosen is None:
            return
        # Legible without a paper and without the original would say more than anybody knows.
        verdict = chosen.verdict if chosen.verdict != "OK" or on or chosen.scans else "UNSET"
        self._tick(chosen, verdict, chosen.reason, original=on)

    def _tick(self, r: RequirementRow, verdict: str, reason: str = "", *, original: bool | None = None) -> None:
        view, who, key = self._view(), self._page.desk.who, new_key()
        if view is None:
            return
        seen = r.original_seen if original is None else original
        self._page.desk.tasks.ask(
            lambda: intake.tick(who, view.head, r.code, verdict, key, reason=reason, original_seen=seen),
            partial(self._ticked, r, verdict if original is None else ""), self.failed.emit, owner=self,
            command=self.tr("Penilaian {0}").format(r.label),
        )  # fmt: skip

    def _ticked(self, before: RequirementRow, verdict: str, _done: None) -> None:
        words = {"OK": self.tr("{0} terbaca"), "BAD": self.tr("{0} tidak terbaca")}
        if verdict in words:
            self._page.say(words[verdict].format(before.label), undo=partial(self._untick, before))
        self.ticked.emit()

    def _untick(self, before: RequirementRow) -> None:
        self._tick(before, before.verdict, before.reason, original=before.original_seen)
