"""Asks the rules about the entry and says the answers in all their places: field, tab, list, summary."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.services import rules
from app.services.case import Case
from app.services.issue import Issue
from app.ui.pages.entry_answers import Answers
from app.ui.pages.entry_form import Form
from app.ui.pages.entry_side import TodoList
from app.ui.pages.entry_spec import SECTIONS, section_of
from app.ui.parts.fields import ErrorSummary
from app.ui.parts.tabs import Tab, Tabs
from app.ui.parts.text import Txt

MOST_LISTED = 6


def _tr(text: str) -> str:
    return QCoreApplication.translate("entry", text)


@dataclass(frozen=True)
class Places:
    """Where answers are shown beside the fields themselves."""

    tabs: Tabs
    summary: ErrorSummary
    todo: TodoList
    counted: Txt


class Judge:
    """What the rules say now. Empty fields are called wrong only once the primary was pressed."""

    def __init__(self, form: Form, answers: Answers, places: Places) -> None:
        self._form, self._answers, self._places = form, answers, places
        self.issues: list[Issue] = []

    def look(self, case: Case, today: date, others: Mapping[str, Sequence[str]], *, pressed: bool) -> None:
        """Judge a case and show the answers."""
        own = self._form.own_problems()
        spoiled = {i.path for i in own}
        found = own + [i for i in rules.check(case, today, others=others) if i.path not in spoiled]
        places = {path: at for at, path in enumerate(self._form.slots)}
        self.issues = sorted(found, key=lambda i: (section_of(i.path), places.get(i.path, -1)))
        told = [i for i in self.issues if pressed or not i.missing]
        wrong = {i.path for i in self.issues if i.level != "info"}
        niks = (p for p in self._form.slots if p.endswith(".nik"))
        fine = frozenset(p for p in niks if p not in wrong and self._form.slots[p].value(p))
        self._form.say([*told, *self._answers.notes(case)], fine)
        self._form.members.show_ages(case, today)
        self._count(case, pressed=pressed)

    def blocking(self) -> list[Issue]:
        """What keeps the draft from being printed."""
        return [i for i in self.issues if rules.blocks(i)]

    def first_missing(self) -> str:
        """The path of the first empty field, in the order of the form; empty if none is."""
        empty = {i.path for i in self.issues if i.missing}
        return next((p for p in self._form.slots if p in empty), "")

    def summarize(self, blocking: Sequence[Issue]) -> bool:
        """List what is in the way on top of the form; False and nothing shown if nothing is."""
        many = len(blocking)
        title = _tr("Draf belum bisa dicetak: {0} isian perlu diperbaiki").format(many)
        if many > MOST_LISTED:
            title += _tr(", ini {0} yang pertama").format(MOST_LISTED)
        listed = [
            (i.text if i.missing else self._named(i), _tr(SECTIONS[section_of(i.path)]), self._target(i.path))
            for i in blocking[:MOST_LISTED]
        ]
        self._places.summary.set_errors(title, listed)
        return bool(blocking)

    def _count(self, case: Case, *, pressed: bool) -> None:
        filled, wanted = rules.filled(case)
        self._places.counted.setText(_tr("{0} dari {1} isian").format(filled, wanted))
        self._places.tabs.set_tabs([self._tab(i, name, pressed=pressed) for i, name in enumerate(SECTIONS)])
        shown = [i for i in self.issues if i.level != "info" and self._form.knows(i.path)]
        first = {i.path: i for i in reversed(shown)}
        items = [
            (i.path, "missing" if i.missing else i.level, self._form.label(i.path), _tr(SECTIONS[section_of(i.path)]))
            for i in shown
            if first[i.path] is i
        ]
        self._places.todo.show_items(items, filled, wanted)

    def _named(self, issue: Issue) -> str:
        label = self._form.label(issue.path)
        return label if issue.missing else f"{label}: {issue.text}"

    def _tab(self, index: int, name: str, *, pressed: bool) -> Tab:
        here = [i for i in self.issues if section_of(i.path) == index]
        wrong = sum(1 for i in here if i.level == "error" and (pressed or not i.missing))
        doubts = sum(1 for i in here if i.level == "warning")
        empty = sum(1 for i in here if i.missing)
        if wrong:
            return Tab(_tr(name), _tr("{0} salah").format(wrong), "bad")
        if doubts:
            return Tab(_tr(name), _tr("{0} periksa").format(doubts), "warn")
        return Tab(_tr(name), _tr("{0} kosong").format(empty) if empty else None, "mute")

    def _target(self, path: str) -> QWidget:
        slot = self._form.slots.get(path)
        widget = slot.editors[path] if slot else self._form
        return widget if isinstance(widget, QWidget) else self._form
