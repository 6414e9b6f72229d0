"""Answers to the rules' warnings in the entry: take the suggestion, or leave the value (with a reason if asked)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtCore import QObject, Signal

from app.services import nik
from app.services.case import Case, Sex
from app.services.issue import Issue
from app.ui.pages.entry_form import Form
from app.ui.parts.confirm import Confirm

LEAST_SPOUSE = 16


class Answers(QObject):
    """Follows "Pakai" and "Biarkan". `answered` after each; overrides live in the case itself."""

    answered = Signal()

    def __init__(self, form: Form, parent: QObject) -> None:
        super().__init__(parent)
        self._form = form
        self._guessed: set[str] = set()
        form.use.connect(self._use)
        form.leave_it.connect(self._leave)

    def forget(self, path: str) -> None:
        """A value was changed: what was said about the old one no longer counts."""
        self._guessed.discard(path)
        prefix = path.removesuffix(".nik") if path.endswith(".nik") or path == "members" else ""
        case = self._form.case()
        kept = tuple((p, r) for p, r in case.overrides if p != path and not (prefix and p.startswith(f"{prefix}.")))
        if kept != case.overrides:
            self._form.keep_untyped(replace(case, overrides=kept))

    def suggest(self, path: str, today: date) -> None:
        """A NIK fills sex and birth date where nothing is typed yet: a suggestion, marked as one (facts.md 2.1)."""
        said = nik.parts(str(self._form.slots[path].value(path)))
        person = path.removesuffix(".nik")
        if said is None:
            return
        born = said.born(today, 0 if person.startswith("members") else LEAST_SPOUSE)
        self._fill(f"{person}.birth_date", born)
        self._fill(f"{person}.sex", said.sex)

    def notes(self, case: Case) -> list[Issue]:
        """Quiet sentences: where a value came from, and which warning was left with which reason."""
        guessed = [Issue(p, "info", self.tr("Dari NIK, cocokkan dengan KTP-el")) for p in sorted(self._guessed)]
        left = [
            Issue(path, "info", self.tr("Dibiarkan: {0}").format(reason) if reason else self.tr("Dibiarkan"))
            for path, reason in case.overrides
        ]
        return guessed + left

    def _fill(self, path: str, value: date | Sex | None) -> None:
        slot = self._form.slots.get(path)
        if slot is None or value is None or not slot.editors[path].is_blank():
            return
        slot.set_value(path, value)
        self._form.changed.emit(path)
        self._guessed.add(path)

    def _use(self, path: str, value: str) -> None:
        if path in self._form.slots and value:
            self._form.set_value(path, value)
            self.answered.emit()

    def _leave(self, path: str) -> None:
        slot = self._form.slots.get(path)
        issue = slot.issue(path) if slot else None
        if issue is None:
            return
        if not issue.needs_reason:
            self._keep(path, "")
            return
        ask = Confirm(
            self._form.window(), self.tr("Biarkan nilai ini"), f"{self._form.label(path)}: {issue.text}",
            self.tr("Biarkan"), dangerous=False, reason_label=self.tr("Alasan"),
        )  # fmt: skip
        ask.confirmed.connect(lambda reason: self._keep(path, reason))
        ask.open()

    def _keep(self, path: str, reason: str) -> None:
        case = self._form.case()
        given = dict(case.overrides) | {path: reason}
        self._form.keep_untyped(replace(case, overrides=tuple(given.items())))
        self.answered.emit()
