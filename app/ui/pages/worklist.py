"""The work list, the same for every role: what is mine, what burns (ui.md 6.2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent

from app.errors import Unavailable
from app.services import intake, worklist
from app.services.intake import FindingRow
from app.services.worklist import DESK_LIMIT, Gone, WorkItem
from app.ui.desk import Desk, Page
from app.ui.pages.worklist_peek import Peek
from app.ui.pages.worklist_rows import HEADS, ListRow, columns, fact, sieves, tabs
from app.ui.parts import moments
from app.ui.parts.acts import Acts, receiving
from app.ui.parts.banner import Banner
from app.ui.parts.buttons import Button
from app.ui.parts.empty import EmptyState
from app.ui.parts.layout import Card, box, column, row
from app.ui.parts.subjects import subject_labels
from app.ui.parts.tabs import Tabs
from app.ui.rows import Rows

TRACE_MS = 5_000
PEEK_MS = 120


@dataclass(frozen=True)
class Answer:
    """What one reading of the desk brings."""

    items: list[WorkItem]
    gone: dict[int, Gone]
    elsewhere: dict[str, int]
    labels: dict[str, str]
    left_out: int


class WorkListPage(Page):
    """Files on this role's desk. It reads again whenever something changed, without moving the row one stands on."""

    counts = True

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.title = self.tr("Berkas saya")
        self._items: list[WorkItem] = []
        self._traces: dict[int, ListRow] = {}
        self._new: list[int] = []
        self._left_out = 0
        self._asking, self._again, self._loaded = False, False, False
        self._findings: dict[tuple[int, int], list[FindingRow]] = {}
        self._sieves = sieves(desk.who.role)
        self.acts = Acts(self)
        self.peek = Peek(desk, self.acts)
        self._build()
        self._look = QTimer(self, singleShot=True, interval=PEEK_MS)
        self._look.timeout.connect(self._ask_findings)

    def _build(self) -> None:
        role, office = self.desk.who.role, self.desk.office
        target = moments.target(DESK_LIMIT if role in HEADS else timedelta(minutes=office.target_minutes))
        self.tabs = Tabs(tabs(role, []))
        self.tabs.changed.connect(self._fill)
        self.chip = Button("", "arrow-down", "soft", small=True, height=30)
        self.chip.clicked.connect(self._go_to_new)
        self.chip.hide()
        self.rows: Rows[ListRow] = Rows(
            columns(role, target, self.desk.clock), lambda r: r.item.id, name=self.tr("Daftar berkas"),
            tint=lambda r: "subtle" if r.gone else None,
        )  # fmt: skip
        self.rows.opened.connect(self._open)
        self.rows.picked.connect(self._picked)
        self.rows.set_loading(True)
        self.empty = EmptyState("check-circle", self.tr("Semua selesai"))
        self.rows.set_empty(self.empty)
        self.receive = Button(self.tr("Terima semua"), "check", "secondary", "Ctrl T", height=34, small=True)
        self.receive.clicked.connect(self._receive_all)
        self.untaken = Banner("", "info", "hand-arrow-down", action=self.receive)
        self.untaken.hide()
        head = box(row((self.tabs, 1), self.chip, gap=8, margins=(16, 4, 16, 0)))
        table = Card(column(head, (self.rows, 1), gap=0, margins=(1, 1, 1, 8)))
        left = column(self.untaken, (table, 1), gap=12)
        self.setLayout(row((left, 1), self.peek, gap=14, margins=(16, 12, 16, 14)))
        self.setFocusProxy(self.rows)

    # --- reading -----------------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Back in sight: the keyboard is in the table."""
        super().showEvent(event)
        self.rows.setFocus()

    def refresh(self) -> None:
        """Read the desk again; what was asked before may be older than the reason for this, so both are answered."""
        if self._asking:
            self._again = True
            return
        self._asking, self._again = True, False
        desk, known, with_labels = self.desk, {i.id for i in self._items}, not self._loaded

        def read() -> Answer:
            items = worklist.waiting(desk.sop, desk.who, desk.office, desk.clock())
            left = known - {i.id for i in items}
            went = worklist.gone(desk.sop, left) if left else {}
            elsewhere = worklist.elsewhere(desk.sop, desk.who) if not items else {}
            more = worklist.left_out(desk.sop, desk.who, len(items))
            return Answer(items, went, elsewhere, subject_labels() if with_labels else {}, more)

        desk.tasks.ask(read, self._show, self._not_read, owner=self)

    def live(self) -> None:
        """Rows come and go; selection, place and filter stay."""
        self.refresh()

    def _not_read(self, error: Exception) -> None:
        """Old rows stay, with the time they are from; acts that stamp are locked until there is an answer."""
        self._asking = False
        self.say(str(error), tone="warn")
        if isinstance(error, Unavailable):
            self.peek.setEnabled(False)
            self.receive.setEnabled(False)

    def _show(self, answer: Answer) -> None:
        self._asking = False
        if answer.labels:
            self.peek.set_labels(answer.labels)
        self._trace(answer)
        fresh = {i.id for i in answer.items} - {i.id for i in self._items} if self._loaded else set()
        self._items, self._loaded, self._left_out = answer.items, True, answer.left_out
        here = {i.id for i in self._items}
        self._new = [i for i in dict.fromkeys([*self._new, *fresh]) if i in here]
        self._say_empty(answer.elsewhere)
        self.peek.setEnabled(True)
        self.receive.setEnabled(True)
        self._fill()
        self._tell()
        if self._again:
            self.refresh()

    def _trace(self, answer: Answer) -> None:
        """A row that somebody else took stays for five seconds with his name; one's own acts leave no trace."""
        mine = self.desk.who.name
        for item in self._items:
            went = answer.gone.get(item.id)
            if went and went.name and went.name != mine:
                said = self.tr("diambil {0}").format(went.name)
                self._traces[item.id] = ListRow(replace(item, stage=went.stage, row=None), said)
                QTimer.singleShot(TRACE_MS, self, lambda i=item.id: self._forget(i))

    def _forget(self, berkas_id: int) -> None:
        self._traces.pop(berkas_id, None)
        self._fill()

    def _say_empty(self, elsewhere: dict[str, int]) -> None:
        places = [f"{many} {label}" for label, many in elsewhere.items()]
        said = (
            self.tr("{0} berkas sedang di meja lain: {1}.").format(sum(elsewhere.values()), ", ".join(places))
            if places
            else self.tr("Berkas baru muncul di sini begitu diserahkan ke meja Anda.")
        )
        if self.tabs.current() == 0:
            self.empty.set_words(self.tr("Semua selesai"), said)
        else:
            word = self._sieves[self.tabs.current()].label
            self.empty.set_words(
                self.tr("Tidak ada berkas pada “{0}”").format(word), self.tr("Lihat semua berkas di tab pertama.")
            )

    # --- showing -----------------------------------------------------------------------------------------------------

    def _fill(self) -> None:
        keeps = self._sieves[self.tabs.current()].keeps
        shown = [ListRow(i) for i in self._items if keeps(i)]
        if self.tabs.current() == 0:
            here = {r.item.id for r in shown}
            shown += [trace for i, trace in self._traces.items() if i not in here]
        self.tabs.set_tabs(tabs(self.desk.who.role, self._items))
        self.rows.set_rows(shown)
        self._picked(self.rows.current())

    def _tell(self) -> None:
        """Everything around the table: the banner, the chip, the number on the rail, the fact beside the title."""
        wanted = self._untaken()
        self.untaken.setVisible(bool(wanted))
        said = self.tr("{0} berkas diserahkan kepada Anda dan belum diterima").format(len(wanted))
        self.untaken.set(said, "info", "hand-arrow-down")
        self.chip.set_text(self.tr("{0} baru").format(len(self._new)))
        self.chip.setVisible(bool(self._new))
        self.count.emit(len(self._items) + self._left_out)
        self.set_fact(fact(self._items, self._left_out))

    def _untaken(self) -> Sequence[WorkItem]:
        return [i for i in self._items if receiving(self.desk, i) is not None]

    def _picked(self, shown: ListRow | None) -> None:
        if shown is None or shown.gone:
            self.peek.show_nothing()
            return
        item = shown.item
        if item.id in self._new:
            self._new.remove(item.id)
            self.chip.setVisible(bool(self._new))
        self.peek.show_item(item, self._findings.get((item.id, item.n), []))
        if (item.returned or item.paused) and (item.id, item.n) not in self._findings:
            self._look.start()

    def _ask_findings(self) -> None:
        shown = self.rows.current()
        if shown is None or shown.gone:
            return
        item = shown.item

        def got(found: list[FindingRow]) -> None:
            self._findings[item.id, item.n] = found
            now = self.rows.current()
            if now is not None and (now.item.id, now.item.n) == (item.id, item.n):
                self.peek.show_item(now.item, found)

        self.desk.tasks.ask(lambda: intake.open_findings(item.id, item.n), got, owner=self)

    def _go_to_new(self) -> None:
        wanted = self._new[0] if self._new else None
        if wanted is not None:
            self.tabs.set_current(0)
            self._fill()
            self.rows.set_filter("")
            self.rows.select(wanted)
            self.rows.setFocus()

    # --- acting ------------------------------------------------------------------------------------------------------

    def _open(self, shown: ListRow) -> None:
        self.acts.open_for_reading(shown.item)

    def _receive_all(self) -> None:
        self.acts.receive_all(self._untaken(), self.receive)
