"""Puts the entry form together from its data: matrices for two parties, rows of labelled fields for the rest."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from app.services.case import Plan
from app.ui.pages import entry_spec as spec
from app.ui.pages.entry_slot import MatrixLabel, Slot
from app.ui.pages.entry_spec import SIDES, Item, Row
from app.ui.parts.badges import Avatar
from app.ui.parts.buttons import Button
from app.ui.parts.layout import box, column, line, row
from app.ui.parts.text import Txt
from app.ui.theme import px

if TYPE_CHECKING:
    from app.ui.pages.entry_form import Form

LABEL = 146
TOP = Qt.AlignmentFlag.AlignTop
NEW_OR_JOIN: tuple[Plan, ...] = (Plan.NEW, Plan.JOIN)
HOME_PLANS: tuple[tuple[Plan, ...], ...] = (
    (Plan.UNKNOWN, Plan.KEEP, Plan.NEW, Plan.JOIN),
    (Plan.JOIN,),
    (Plan.NEW,),
    (Plan.JOIN,),
)


def _tr(text: str) -> str:
    return QCoreApplication.translate("entry", text)


def build(form: Form) -> None:
    """All five sections, in order."""
    _parties(form)
    _fields(form, _tr("Perkawinan"), "", spec.MARRIAGE)
    _fields(form, _tr("Putusan"), _tr("BHT = berkekuatan hukum tetap"), spec.DECISION)
    _households(form)
    _witnesses(form)


def across(path: str) -> str:
    """The same field of the other party."""
    for one, other in (("husband", "wife"), ("witness_1", "witness_2")):
        if one in path:
            return path.replace(one, other)
        if other in path:
            return path.replace(other, one)
    return path


def labelled_row(form: Form, items: Sequence[tuple[str, Item]], of: str = "") -> QHBoxLayout:
    """Fields with their labels above, side by side."""
    side = QHBoxLayout()
    side.setSpacing(12)
    for path, item in items:
        slot = form.place(Slot([(path, item)], of=of, labelled=True))
        if item.width:
            slot.setFixedWidth(px(item.width))
        side.addWidget(slot, 0 if item.width else item.stretch, TOP)
        form.only.append((slot, item.route))
    return side


def _grid() -> QGridLayout:
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(14)
    grid.setVerticalSpacing(6)
    grid.setColumnMinimumWidth(0, px(LABEL) - 14)
    grid.setColumnStretch(1, 1)
    grid.setColumnStretch(2, 1)
    return grid


def _head(form: Form, title: str, hint: str = "") -> QWidget:
    head = box(column(line(), 4, row(Txt(title, "h3"), Txt(hint, "small", "ink2"), "s", gap=10), gap=4))
    form.sheet.addWidget(head)
    form.heads.append(head)
    return head


def _sides(names: Sequence[tuple[str, str, str]]) -> list[QWidget]:
    return [
        box(row(Avatar(number, 28), Txt(name, "h3"), Txt(hint, "small", "ink2"), "s", gap=8))
        for number, name, hint in names
    ]


def _put(grid: QGridLayout, slot: Slot, at: int, col: int) -> Slot:
    """A slot in its row; the row above is for what a reviewer said, and has no height while nothing is said."""
    grid.addWidget(slot, at, col, TOP)
    slot.place_above = lambda said: grid.addWidget(said, at - 1, col)
    return slot


def _matrix(form: Form, grid: QGridLayout, rows: Sequence[Row], prefixes: Sequence[str], of: Sequence[str]) -> None:
    """All cells of the first party are made before those of the second: Tab follows."""
    start = grid.rowCount() + 1
    for col, (prefix, name) in enumerate(zip(prefixes, of, strict=True), 1):
        for at, line_of in enumerate(rows):
            if col == 1:
                grid.addWidget(MatrixLabel(line_of.label), start + 2 * at, 0, TOP)
            items = [(f"{prefix}.{item.path}", item) for item in line_of.items]
            extra = _same_button(form) if f"{prefix}.{line_of.items[0].path}" == "wife.address.street" else None
            _put(grid, form.place(Slot(items, of=name, extra=extra)), start + 2 * at, col)


def _same_button(form: Form) -> Button:
    button = Button(_tr("= suami"), kind="secondary", tip=_tr("Salin alamat suami"))
    button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    button.clicked.connect(lambda: form.copy_address("husband.address", "wife.address"))
    form.tools.append(button)
    return button


def _parties(form: Form) -> None:
    grid = _grid()
    names = _sides((("I", _tr("Suami"), _tr("pihak kesatu")), ("II", _tr("Istri"), _tr("pihak kedua"))))
    for col, widget in enumerate(names, 1):
        grid.addWidget(widget, 0, col)
    _matrix(form, grid, spec.PARTY_ROWS, [s for s, _ in SIDES], [n for _, n in SIDES])
    _matrix(form, grid, spec.ADDRESS_ROWS, [f"{s}.address" for s, _ in SIDES], [n for _, n in SIDES])
    at = 2 + 2 * [r.label for r in spec.PARTY_ROWS].index(spec.FOREIGN)
    for col in range(3):
        item = grid.itemAtPosition(at, col)
        cell = item.widget() if item is not None else None
        if cell is not None:
            form.foreign.append(cell)
    holder = box(grid)
    form.sheet.addWidget(holder)
    form.heads.append(holder)


def _fields(form: Form, title: str, hint: str, rows: Sequence[Sequence[Item]]) -> None:
    _head(form, title, hint)
    for items in rows:
        form.sheet.addLayout(labelled_row(form, [(item.path, item) for item in items]))


def _households(form: Form) -> None:
    _head(form, _tr("Anak & KK"), _tr("siapa tinggal di mana setelah cerai"))
    grid = _grid()
    for col, widget in enumerate(_sides((("I", _tr("KK I"), _tr("suami")), ("II", _tr("KK II"), _tr("istri")))), 1):
        grid.addWidget(widget, 0, col)
    rows = list(zip(spec.HOME_ROWS, HOME_PLANS, strict=True))
    rows += [(_address_row(r), NEW_OR_JOIN) for r in spec.ADDRESS_ROWS]
    # The note about a plan stands right under it.
    places = (2, *range(5, 3 + 2 * len(rows), 2))
    slots: dict[int, list[Slot]] = {}
    for col, (side, name) in enumerate(SIDES, 1):
        note = Txt("", "small", "ink2", wrap=True)
        form.notes.append(note)
        grid.addWidget(note, 3, col, TOP)
        for at, (line_of, _plans) in zip(places, rows, strict=True):
            items = [(_home_path(side, item.path), item) for item in line_of.items]
            extra = _old_button(form, side) if line_of.items[0].path == "address.street" else None
            slot = _put(grid, form.place(Slot(items, of=f"{_tr('tujuan')} {name}", extra=extra)), at, col)
            slots.setdefault(at, []).append(slot)
    for at, (line_of, plans) in zip(places, rows, strict=True):
        label = MatrixLabel(line_of.label)
        grid.addWidget(label, at, 0, TOP)
        form.add_home(plans, label, slots[at][0], slots[at][1])
    form.sheet.addLayout(grid)
    form.sheet.addWidget(form.members)


def _address_row(of: Row) -> Row:
    items = tuple(Item(f"address.{i.path}", i.label, i.kind, i.width, i.stretch, i.route, i.hint) for i in of.items)
    return Row(of.label, items)


def _home_path(side: str, path: str) -> str:
    return f"siak.new_kk_{side}" if path == "new_kk" else f"household_{side}.{path}"


def _old_button(form: Form, side: str) -> Button:
    button = Button(_tr("= KK lama"), kind="secondary", tip=_tr("Salin alamat dari KK lama"))
    button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    button.clicked.connect(lambda: form.copy_address(f"{side}.address", f"household_{side}.address"))
    form.tools.append(button)
    return button


def _witnesses(form: Form) -> None:
    head = _head(form, _tr("Saksi"), _tr("saksi pelaporan, F-2.01"))
    grid = _grid()
    for col, text in enumerate((_tr("Saksi I"), _tr("Saksi II")), 1):
        grid.addWidget(Txt(text, "bodyb"), 0, col)
    _matrix(form, grid, spec.WITNESS_ROWS, ("witness_1", "witness_2"), (_tr("saksi I"), _tr("saksi II")))
    holder = box(grid)
    form.sheet.addWidget(holder)
    form.only += [(head, "PN"), (holder, "PN")]
