"""Children and other members of the old KK in the entry form: added, removed, and given a KK one by one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.services import nik
from app.services.case import Case, Member
from app.ui.pages import entry_layout
from app.ui.pages.entry_slot import Slot
from app.ui.pages.entry_spec import MEMBER_ROWS, Item
from app.ui.parts.badges import Badge
from app.ui.parts.buttons import Button
from app.ui.parts.layout import Card, column, row
from app.ui.parts.text import Txt

if TYPE_CHECKING:
    from app.ui.pages.entry_form import Form

HOUSEHOLD = Item("household", "KK tujuan", "household")


def _tr(text: str) -> str:
    return QCoreApplication.translate("entry", text)


class MemberCard(Card):
    """One member: who, and to which KK."""

    def __init__(self, form: Form, index: int) -> None:
        super().__init__(sub=True)
        prefix = f"members.{index}"
        of = _tr("anggota {0}").format(index + 1)
        self.slots: list[Slot] = []
        self.remove = Button("", "x", "quiet", height=32, tip=_tr("Keluarkan anggota ini"))
        place = form.place(Slot([(f"{prefix}.household", HOUSEHOLD)], of=of))
        self.slots.append(place)
        self.badge = Badge("", "mute", shape=False, small=True)
        head = row(Txt(_tr("Anggota {0}").format(index + 1), "h3"), self.badge, "s", place, self.remove, gap=10)
        rows = []
        for items in MEMBER_ROWS:
            before = set(form.slots.values())
            rows.append(entry_layout.labelled_row(form, [(f"{prefix}.{i.path}", i) for i in items], of))
            self.slots += [s for s in form.slots.values() if s not in before and s not in self.slots]
        self.setLayout(column(head, *rows, gap=8, margins=(14, 10, 10, 12)))


class Members(QWidget):
    """The cards, and the button for one more."""

    removed = Signal(object)
    """The member that was taken out and its place, for undo."""

    def __init__(self, form: Form) -> None:
        super().__init__()
        self._form = form
        self.cards: list[MemberCard] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        self.none = Txt(
            _tr("Belum ada anak di daftar. Tambahkan setiap anak dan anggota lain yang tertulis di KK lama."),
            "small", "ink2", wrap=True,
        )  # fmt: skip
        self.add = Button(_tr("Tambah anak"), "user-plus", "secondary", "Ctrl N")
        self.add.clicked.connect(self.add_child)
        self.setLayout(column(6, self.none, self._list, row(self.add, "s"), gap=8))

    def show_members(self, case: Case) -> None:
        """As many cards as the case has members."""
        if len(case.members) == len(self.cards):
            return
        for card in self.cards:
            for slot in card.slots:
                self._form.forget(slot)
            self._list.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = [MemberCard(self._form, i) for i in range(len(case.members))]
        for i, card in enumerate(self.cards):
            self._list.addWidget(card)
            card.remove.clicked.connect(lambda _on=False, i=i: self.take_out(i))
        self.none.setVisible(not self.cards)

    def show_ages(self, case: Case, today: date) -> None:
        """How old each member is."""
        for card, member in zip(self.cards, case.members, strict=True):
            born = member.birth_date
            card.badge.set(_tr("{0} th").format(nik.age(born, today)) if born and born <= today else "", "mute")

    def set_read_only(self, on: bool) -> None:
        """Nothing can be added or taken out."""
        self.add.setVisible(not on)
        for card in self.cards:
            card.remove.setVisible(not on)

    def add_child(self) -> None:
        """One more child, with what its parents have already said."""
        case = self._form.case()
        child = Member(father=case.husband.name, mother=case.wife.name, religion=case.husband.religion)
        self._put(case, (*case.members, child))
        self._form.go(f"members.{len(case.members)}.nik")

    def take_out(self, index: int) -> None:
        """Take a member out of the case; the page offers undo."""
        case = self._form.case()
        gone = case.members[index]
        self._put(case, case.members[:index] + case.members[index + 1 :])
        self.removed.emit((index, gone))

    def put_back(self, index: int, member: Member) -> None:
        """Undo."""
        case = self._form.case()
        self._put(case, (*case.members[:index], member, *case.members[index:]))

    def _put(self, case: Case, members: tuple[Member, ...]) -> None:
        self._form.show_case(replace(case, members=members))
        self._form.changed.emit("members")
        self._form.left.emit("members")
