"""Types a whole case into the entry page, field by field, the way a clerk does: keys only."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit

from app.demo.robot import Robot, Stuck
from app.services.case import Case, value_at
from app.ui.pages.entry import EntryPage
from app.ui.pages.entry_inputs import Picked


def fill(robot: Robot, page: EntryPage, case: Case) -> int:
    """Type what differs from what stands there; returns how many fields were typed."""
    form = page.form
    while len(form.case().members) < len(case.members):
        robot.press("Tambah anak")
    typed = 0
    for _ in range(2):
        # Twice: what one field decides (plans, the order of dates) lets others appear.
        for path in list(form.slots):
            slot = form.slots[path]
            editor, wanted = slot.editors[path], value_at(case, path)
            if wanted in ("", None) or slot.value(path) == wanted or not editor.isVisibleTo(page):
                continue
            form.go(path)
            _type(robot, editor, wanted)
            typed += 1
    robot.settle()
    _check(page, case)
    return typed


def _type(robot: Robot, editor: Any, wanted: Any) -> None:
    if isinstance(editor, QComboBox):
        _choose(robot, editor, wanted)
    elif isinstance(editor, QCheckBox):
        QTest.keyClick(editor, Qt.Key.Key_Space)
    elif isinstance(editor, Picked):
        at = next(i for i, v in enumerate(editor._values) if v == wanted)  # noqa: SLF001  the words' own order
        QTest.keyClick(editor, Qt.Key(Qt.Key.Key_1 + at))
    elif isinstance(editor, QLineEdit):
        robot.type(editor, f"{wanted:%d%m%Y}" if isinstance(wanted, date) else str(wanted))
    else:
        raise Stuck(f"isian {type(editor).__name__} tidak dikenal")
    robot.app.processEvents()


def _choose(robot: Robot, combo: QComboBox, wanted: Any) -> None:
    at = combo.findData(wanted)
    if at < 0:
        raise Stuck(f"pilihan {wanted} tidak ada dalam daftar")
    combo.setFocus()
    QTest.keyClick(combo, Qt.Key.Key_Home)
    while combo.currentIndex() < at:
        before = combo.currentIndex()
        QTest.keyClick(combo, Qt.Key.Key_Down)
        if combo.currentIndex() == before:
            raise Stuck("daftar pilihan tidak bergerak")
    robot.app.processEvents()


def _check(page: EntryPage, case: Case) -> None:
    for path in page.form.slots:
        wanted, found = value_at(case, path), page.form.slots[path].value(path)
        if wanted not in ("", None) and found != wanted and page.form.slots[path].editors[path].isVisibleTo(page):
            raise Stuck(f"isian {path} tidak menerima yang diketik")


def change(robot: Robot, page: EntryPage, path: str, value: Any) -> None:
    """Mend one field."""
    page.form.go(path)
    _type(robot, page.form.slots[path].editors[path], value)
    robot.settle()
