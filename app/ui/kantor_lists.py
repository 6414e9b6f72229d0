"""The catalogue's tab: known problems with their solutions, and the lists that the entry form offers."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.services import catalogue, keys
from app.ui import cells, kantor_lists_data
from app.ui.dialogs.catalogue_entry import AddOption, EditProblem, Entry
from app.ui.kantor_lists_data import Choice, Known, Lists
from app.ui.parts.buttons import Button
from app.ui.parts.empty import EmptyState
from app.ui.parts.layout import column, line, row
from app.ui.parts.segmented import Segmented
from app.ui.parts.text import Txt
from app.ui.rows import Column, Rows

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.services.catalogue import Problem
    from app.ui.desk import Desk

tr = partial(QCoreApplication.translate, "ListsTab")
KINDS = (kantor_lists_data.PROBLEMS, *catalogue.EDITABLE)


class ListsTab(QWidget):
    """Nothing is ever deleted: a choice is no longer offered, and what was entered with it stays readable."""

    said = Signal(str, object, str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._lists: Lists | None = None
        self._dialog: Entry | None = None
        self.kind = Segmented([tr("Masalah"), *catalogue.EDITABLE.values()], padding=24)
        self.new = Button(tr("Tambah"), "plus", "secondary", "Ctrl N")
        self.turn = Button(tr("Hentikan"), "prohibit", "secondary")
        self.edit = Button(tr("Ubah"), "pencil-simple-line", "secondary", "Enter")
        self.problems: Rows[Known] = Rows(
            self._problem_columns(), lambda k: (k.problem.code, k.problem.text), height=58, name=tr("Masalah")
        )
        self.choices: Rows[Choice] = Rows(
            self._choice_columns(), lambda c: c.option.value, height=44, name=tr("Pilihan")
        )
        for rows in (self.problems, self.choices):
            rows.set_empty(EmptyState("list-checks", tr("Tidak ada yang cocok"), tr("Esc menghapus saringan.")))
        self._says = Txt("", "small", "ink3")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.problems)
        self._stack.addWidget(self.choices)
        head = row(self.kind, "s", self.edit, self.turn, self.new, gap=10)
        self.setLayout(column(head, self._says, line(), (self._stack, 1), gap=10, margins=(20, 14, 20, 14)))
        self._wire()
        self.open_kind(0)

    def _wire(self) -> None:
        self.kind.changed.connect(self.open_kind)
        self.new.clicked.connect(self._ask_new)
        self.edit.clicked.connect(lambda: self._ask_problem(self.problems.current()))
        self.turn.clicked.connect(self._turn)
        self.problems.opened.connect(self._ask_problem)
        self.problems.picked.connect(lambda _row: self._fit())
        self.choices.picked.connect(lambda _row: self._fit())

    def _problem_columns(self) -> list[Column[Known]]:
        return [
            Column(tr("Tentang"), lambda k: cells.muted(k.about), 230, sort=lambda k: k.about),
            Column(tr("Masalah dan jalan keluar"), lambda k: cells.two(k.problem.text, k.problem.solution)),
            Column(tr("Asal"), lambda k: cells.muted(_origin(shipped=k.shipped)), 110, sort=lambda k: k.shipped),
            Column(tr("Keadaan"), lambda k: _state(active=k.problem.active), 150),
        ]

    def _choice_columns(self) -> list[Column[Choice]]:
        return [
            Column(tr("Dibaca petugas"), lambda c: cells.text(c.option.label), 0, sort=lambda c: c.option.label),
            Column(tr("Tercetak pada KK"), lambda c: cells.muted(c.option.value), 420, sort=lambda c: c.option.value),
            Column(tr("Asal"), lambda c: cells.muted(_origin(shipped=c.shipped)), 110, sort=lambda c: c.shipped),
            Column(tr("Keadaan"), lambda c: _state(active=c.option.active, fixed=c.fixed), 150),
        ]

    # --- reading -----------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read all lists again."""
        self._desk.tasks.ask(kantor_lists_data.load, self._got)

    def _got(self, lists: Lists) -> None:
        self._lists = lists
        self._show()

    def open_kind(self, number: int) -> None:
        """Problems, or one of the lists."""
        self.kind.set_current(number)
        self._stack.setCurrentIndex(0 if self._kind() == kantor_lists_data.PROBLEMS else 1)
        self.choices.set_filter("")
        self.problems.set_filter("")
        self._show()

    def _kind(self) -> str:
        return KINDS[self.kind.current()]

    def _show(self) -> None:
        if self._lists is None:
            return
        kind = self._kind()
        if kind == kantor_lists_data.PROBLEMS:
            self.problems.set_rows(self._lists.problems)
            on = sum(k.problem.active for k in self._lists.problems)
            says = tr("{0} masalah ditawarkan saat mencatat kekurangan dan saat memeriksa. Ketik untuk mencari.")
        else:
            self.choices.set_rows(self._lists.choices[kind])
            on = sum(c.option.active for c in self._lists.choices[kind])
            says = tr("{0} pilihan ditawarkan pada formulir isian. Ketik untuk mencari.")
        self._says.setText(says.format(on))
        self._fit()

    def _fit(self) -> None:
        """The buttons say what they would do to the row in front."""
        problems = self._kind() == kantor_lists_data.PROBLEMS
        self.edit.setVisible(problems)
        known, choice = self.problems.current(), self.choices.current()
        active = (known is None or known.problem.active) if problems else (choice is None or choice.option.active)
        self.turn.set_text(tr("Hentikan") if active else tr("Tawarkan lagi"))
        self.turn.set_icon("prohibit" if active else "arrow-counter-clockwise")
        fixed = not problems and choice is not None and choice.fixed
        self.turn.setEnabled((known if problems else choice) is not None and not fixed)
        self.edit.setEnabled(known is not None)

    # --- changing ----------------------------------------------------------------------------------------------------

    def _ask_new(self) -> None:
        if self._lists is None:
            return
        if self._kind() == kantor_lists_data.PROBLEMS:
            self._ask_problem(None)
            return
        kind, name = self._kind(), catalogue.EDITABLE[self._kind()]
        dialog = AddOption(self, name, [c.option.value for c in self._lists.choices[kind]])
        key = keys.new_key()

        def add(value: str, label: str) -> None:
            put = partial(catalogue.set_option, kind, value, label, key)
            self._put(put, tr("{0} ditambahkan").format(label), dialog)

        dialog.asked.connect(add)
        self._dialog = dialog
        dialog.open()

    def _ask_problem(self, known: Known | None) -> None:
        if self._lists is None:
            return
        taken = [k.problem.text for k in self._lists.problems]
        dialog = EditProblem(self, self._lists.abouts, known.problem if known else None, taken)
        key = keys.new_key()

        def put(problem: Problem) -> None:
            self._put(partial(catalogue.set_problem, problem, key), tr("Katalog disimpan"), dialog)

        dialog.asked.connect(put)
        self._dialog = dialog
        dialog.open()

    def _turn(self) -> None:
        """Retire or offer again; can be taken back."""
        key, back = keys.new_key(), keys.new_key()
        known, choice = self.problems.current(), self.choices.current()
        if self._kind() == kantor_lists_data.PROBLEMS:
            if known is None:
                return
            there = replace(known.problem, active=not known.problem.active)
            name, on = known.problem.text, there.active
            act = partial(catalogue.set_problem, there, key)
            undo = partial(catalogue.set_problem, known.problem, back)
        else:
            if choice is None:
                return
            o, kind = choice.option, self._kind()
            name, on = o.label, not o.active
            act = partial(catalogue.set_option, kind, o.value, o.label, key, active=not o.active)
            undo = partial(catalogue.set_option, kind, o.value, o.label, back, active=o.active)
        said = (tr("{0} ditawarkan lagi") if on else tr("{0} tidak ditawarkan lagi")).format(name)
        taken_back = tr("{0}: dibatalkan").format(name)
        self._do(act, said, lambda: self._do(undo, taken_back, None))

    def _do(self, work: Callable[[], None], said: str, undo: Callable[[], None] | None) -> None:
        def done(_: object) -> None:
            self.said.emit(said, undo, "ok")
            self.refresh()

        self._desk.tasks.ask(work, done, owner=self, dead=self.turn, command=said)

    def _put(self, work: Callable[[], None], said: str, dialog: Entry) -> None:
        def done(_: object) -> None:
            dialog.accept()
            self.said.emit(said, None, "ok")
            self.refresh()

        self._desk.tasks.ask(work, done, dialog.refused, owner=dialog, dead=dialog.yes, command=said)


def _origin(*, shipped: bool) -> str:
    return tr("bawaan") if shipped else tr("kantor")


def _state(*, active: bool, fixed: bool = False) -> cells.Cell:
    if fixed:
        return cells.muted(tr("dipakai program"))
    return cells.muted(tr("ditawarkan")) if active else cells.badge(tr("dihentikan"), "mute")
