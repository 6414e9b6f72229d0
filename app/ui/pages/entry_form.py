"""The entry form: five sections in one long sheet, every value under its path."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.services import households
from app.services.case import Case, Plan, Sex, value_at, with_value
from app.services.issue import Issue
from app.ui.pages import entry_layout
from app.ui.pages.entry_members import Members
from app.ui.pages.entry_slot import Slot
from app.ui.pages.entry_spec import SECTIONS, SIDES, section_of
from app.ui.parts.inputs import Line
from app.ui.parts.layout import box, column, scrolled
from app.ui.parts.masked import group_number
from app.ui.parts.text import Txt

COPIES = ("street", "rt", "rw", "kelurahan", "kecamatan", "city", "province", "postcode")
CASTS: dict[str, Callable[[Any], Any]] = {"sex": Sex, "plan": Plan}
PROBE = 60


@dataclass(frozen=True)
class HomeRow:
    """A row about households: it shows for a party whose plan is one of `plans`."""

    plans: tuple[Plan, ...]
    label: QWidget
    slots: tuple[Slot, Slot]


class Form(QWidget):
    """Inputs by path. It knows no database and no rules: the page tells it what to say."""

    changed = Signal(str)
    left = Signal(str)
    reached = Signal(str)
    use = Signal(str, str)
    leave_it = Signal(str)
    section_shown = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._case = Case()
        self._read_only = False
        self.slots: dict[str, Slot] = {}
        self.only: list[tuple[QWidget, str]] = []
        self.homes: list[HomeRow] = []
        self.foreign: list[QWidget] = []
        self.heads: list[QWidget] = []
        self.tools: list[QWidget] = []
        self.notes: list[Txt] = []
        self.members = Members(self)
        self.sheet = QVBoxLayout()
        self.sheet.setContentsMargins(0, 0, 18, 18)
        self.sheet.setSpacing(8)
        entry_layout.build(self)
        self._inner = box(column(self.sheet, "s", gap=0))
        self.area = scrolled(self._inner)
        self.area.verticalScrollBar().valueChanged.connect(lambda _v: self.section_shown.emit(self.section_in_sight()))
        self.setLayout(column((self.area, 1), gap=0))
        self.chain()

    # --- building, used by entry_layout ------------------------------------------------------------------------------

    def place(self, slot: Slot) -> Slot:
        """Make a slot part of the form."""
        for path, editor in slot.editors.items():
            self.slots[path] = slot
            (editor.focusProxy() or editor).installEventFilter(self)
            (editor.focusProxy() or editor).setProperty("path", path)
        for name in ("changed", "left", "use", "leave_it"):
            getattr(slot, name).connect(getattr(self, name))
        slot.changed.connect(self._after_change)
        return slot

    def forget(self, slot: Slot) -> None:
        """Take a slot out again: a member was removed."""
        for path in slot.editors:
            self.slots.pop(path, None)
        self.only = [(widget, route) for widget, route in self.only if widget is not slot]

    def add_home(self, plans: tuple[Plan, ...], label: QWidget, his: Slot, hers: Slot) -> None:
        """A row that depends on the plans."""
        self.homes.append(HomeRow(plans, label, (his, hers)))

    def chain(self) -> None:
        """Tab and Enter run down a column, then the next one."""
        editors = [s.editors[p] for p, s in self._in_order()]
        for before, after in pairwise(editors):
            QWidget.setTabOrder(before.focusProxy() or before, after.focusProxy() or after)

    def _in_order(self) -> list[tuple[str, Slot]]:
        """Down the husband's column, then the wife's; members stand before the witnesses."""
        return sorted(self.slots.items(), key=lambda item: section_of(item[0]))

    # --- values ------------------------------------------------------------------------------------------------------

    def show_case(self, case: Case) -> None:
        """Show a case; nobody is told of it."""
        self._case = case
        self.members.show_members(case)
        for path, slot in self.slots.items():
            slot.set_value(path, value_at(case, path))
        self._arrange()
        self.chain()
        self.set_read_only(self._read_only)

    def case(self) -> Case:
        """The case as it is typed; what the form does not ask stays as it was."""
        case = self._case
        for path, slot in self.slots.items():
            value = slot.value(path)
            cast = CASTS.get(path.rpartition(".")[2])
            case = with_value(case, path, cast(value) if cast else value)
        return households.settled(case)

    def keep_untyped(self, case: Case) -> None:
        """What the form does not ask (overrides, route) is now this."""
        self._case = case

    def texts(self) -> dict[str, str]:
        """Dates as they were typed that are none yet: they must survive in a draft."""
        found = {}
        for path, slot in self.slots.items():
            editor = slot.editors[path]
            if (
                slot.items[path].kind == "date"
                and isinstance(editor, Line)
                and editor.value() is None
                and editor.text()
            ):
                found[path] = editor.text()
        return found

    def put_texts(self, texts: dict[str, str]) -> None:
        """Put such dates back."""
        for path, text in texts.items():
            if path in self.slots:
                self.slots[path].set_value(path, text)

    def set_value(self, path: str, value: str) -> None:
        """Put a suggestion in, as if it were typed."""
        slot = self.slots[path]
        slot.set_value(path, date.fromisoformat(value) if slot.items[path].kind == "date" else value)
        slot.changed.emit(path)
        slot.left.emit(path)

    def own_problems(self) -> list[Issue]:
        """What an input says by itself (a date that no calendar has)."""
        found = [(p, s.editors[p].problem()) for p, s in self.slots.items() if not s.editors[p].isHidden()]
        return [Issue(p, "error", text) for p, text in found if text]

    def set_read_only(self, on: bool) -> None:
        """Same layout, nothing to change."""
        self._read_only = on
        for slot in set(self.slots.values()):
            slot.set_read_only(on)
        self.members.set_read_only(on)
        for tool in self.tools:
            tool.setVisible(not on)

    def copy_address(self, source: str, target: str) -> None:
        """The address at `source` into the fields at `target`, as if typed."""
        for name in COPIES:
            path = f"{target}.{name}"
            if path in self.slots:
                self.slots[path].set_value(path, self.slots[f"{source}.{name}"].value(f"{source}.{name}"))
        self.changed.emit(f"{target}.street")
        self.left.emit(f"{target}.street")

    # --- what is said ------------------------------------------------------------------------------------------------

    def say(self, issues: Iterable[Issue], fine: frozenset[str]) -> None:
        """Show what the rules say; the first issue of a path counts. All other messages go."""
        first: dict[str, Issue] = {}
        for issue in issues:
            first.setdefault(issue.path, issue)
        for path, slot in self.slots.items():
            slot.set_issue(path, first.get(path), fine=path in fine)

    def label(self, path: str) -> str:
        """What a path is called: "NIK istri"."""
        slot = self.slots.get(path)
        return str(slot.editors[path].accessibleName()) if slot else path

    def knows(self, path: str) -> bool:
        """Whether the form asks for this path now."""
        return path in self.slots

    # --- places ------------------------------------------------------------------------------------------------------

    def go(self, path: str) -> None:
        """Bring a field to the front and put the caret into it."""
        slot = self.slots.get(path) or next((s for p, s in self.slots.items() if p.startswith(path)), None)
        if slot is not None:
            editor = slot.editors.get(path) or next(iter(slot.editors.values()))
            (editor.focusProxy() or editor).setFocus(Qt.FocusReason.OtherFocusReason)
            self._reveal(slot)

    def go_section(self, index: int) -> None:
        """Bring a section to the top and put the caret into its first field."""
        self.area.verticalScrollBar().setValue(self.heads[index].mapTo(self._inner, QPoint(0, 0)).y() - 8)
        first = next((p for p, s in self._in_order() if section_of(p) == index and not s.isHidden()), None)
        if first is not None:
            editor = self.slots[first].editors[first]
            (editor.focusProxy() or editor).setFocus(Qt.FocusReason.OtherFocusReason)

    def section_in_sight(self) -> int:
        """The section at the top of the window."""
        top = self.area.verticalScrollBar().value() + PROBE
        if self.area.verticalScrollBar().value() >= self.area.verticalScrollBar().maximum() > 0:
            top += self.area.viewport().height() // 2
        tops = [h.mapTo(self._inner, QPoint(0, 0)).y() if not h.isHidden() else 10**6 for h in self.heads]
        return max((i for i, y in enumerate(tops) if y <= top), default=0)

    def _reveal(self, slot: QWidget) -> None:
        self.area.ensureWidgetVisible(slot, 0, 48)

    # --- keys --------------------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ctrl+→ and Ctrl+← cross to the other party, Ctrl+↓ and Ctrl+↑ to the next section."""
        path = watched.property("path")
        if isinstance(path, str) and path in self.slots:
            if event.type() == QEvent.Type.FocusIn:
                self._reveal(self.slots[path])
                self.reached.emit(path)
            elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
                return self._walk(path, event)
        return super().eventFilter(watched, event)

    def _walk(self, path: str, event: QKeyEvent) -> bool:
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if held != Qt.KeyboardModifier.ControlModifier:
            return False
        if event.key() in {Qt.Key.Key_Right, Qt.Key.Key_Left}:
            self.go(entry_layout.across(path))
            return True
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is None:
            return False
        self._step(section_of(path), step)
        return True

    def _step(self, at: int, by: int) -> None:
        shown = [i for i in range(len(SECTIONS)) if not self.heads[i].isHidden()]
        near = min(max(0, shown.index(at) + by), len(shown) - 1) if at in shown else 0
        self.go_section(shown[near])

    # --- what shows --------------------------------------------------------------------------------------------------

    def _after_change(self, path: str) -> None:
        if path.endswith((".plan", ".citizenship", "decision.level", "husband.kk_number", "wife.kk_number")):
            self._arrange()

    def _arrange(self) -> None:
        """Show what this route, these plans and these people need."""
        case = self.case() if self.slots else self._case
        route = case.route.value or "PN"
        for widget, only in self.only:
            widget.setVisible(not only or only == route)
        wna = any(self.slots[f"{s}.citizenship"].value(f"{s}.citizenship") != "WNI" for s, _ in SIDES)
        for widget in self.foreign:
            widget.setVisible(wna)
        appealed = self.slots["decision.level"].value("decision.level") not in ("", "TINGKAT PERTAMA")
        for path in ("decision.appeal_number", "decision.appeal_date"):
            self.slots[path].setVisible(appealed)
        self._arrange_homes()

    def _arrange_homes(self) -> None:
        plans = [self.slots[f"household_{s}.plan"].value(f"household_{s}.plan") for s, _ in SIDES]
        for home in self.homes:
            home.label.setVisible(any(plan in home.plans for plan in plans))
            for slot, plan in zip(home.slots, plans, strict=True):
                slot.setVisible(plan in home.plans)
        for note, plan, (side, _name) in zip(self.notes, plans, SIDES, strict=True):
            note.setText(
                self._plan_words(plan, group_number(str(self.slots[f"{side}.kk_number"].value(f"{side}.kk_number"))))
            )

    def _plan_words(self, plan: Plan, old: str) -> str:
        words = {
            Plan.KEEP: self.tr("Tetap di KK lama {0}, alamat lama").format(old),
            Plan.NEW: self.tr("KK baru, kepala keluarganya pihak ini"),
            Plan.JOIN: self.tr("Masuk ke KK orang lain"),
        }
        return words.get(plan, self.tr("Tanyakan pemohon, lalu pilih; atau tekan 1, 2, 3"))
