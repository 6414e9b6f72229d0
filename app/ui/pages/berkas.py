"""One file for every role: where it is, where its time went, and everything that belongs to it (ui.md 6.7)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from PySide6.QtWidgets import QStackedLayout, QWidget

from app.services import berkas, card, journey, outbox, papers
from app.services.berkas import Head, NoteRow
from app.services.chains import Verification
from app.services.journey import Journey
from app.services.keys import derived, new_key
from app.services.outbox import Mail
from app.services.papers import PaperRow
from app.sop.model import Kind
from app.ui.desk import Desk, Page
from app.ui.pages.berkas_card import CardTab
from app.ui.pages.berkas_entry import EntryTab
from app.ui.pages.berkas_foot import ActBar
from app.ui.pages.berkas_head import FileBar
from app.ui.pages.berkas_logs import MailTab, NotesTab, ReadersTab
from app.ui.pages.berkas_papers import PapersTab, print_now
from app.ui.pages.berkas_why import why_dialog
from app.ui.parts import moments
from app.ui.parts.acts import Acts, work_page
from app.ui.parts.banner import Banner
from app.ui.parts.buttons import Button
from app.ui.parts.confirm import Confirm
from app.ui.parts.empty import EmptyState
from app.ui.parts.layout import box, column, row
from app.ui.parts.subjects import subject_labels
from app.ui.parts.tabs import Tab, Tabs
from app.ui.tasks import Progress
from app.ui.theme import changes

REMEMBER = timedelta(minutes=15)
CARD, ENTRY, PAPERS, NOTES, MAILS, READERS = range(6)


@dataclass(frozen=True)
class Loaded:
    """Everything one reading of a file brings, but what its lazy tabs ask for themselves."""

    way: Journey
    papers: list[PaperRow]
    notes: list[NoteRow]
    mails: list[Mail]
    labels: dict[str, str]
    kept_note: str


class BerkasPage(Page):
    """Reading is free for every officer of the SOP; it is written down, with a reason where the file lies elsewhere."""

    wide_search = False

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.title = self.tr("Berkas")
        self._id = 0
        self._given: dict[int, tuple[str, datetime]] = {}
        self._way: Journey | None = None
        self._broken: Verification | None = None
        self._keys: dict[int, str] = {}
        self.asked: Confirm | None = None
        self.acts = Acts(self)
        self.foot = ActBar(desk, self.acts)
        self._build()
        changes().changed.connect(self.refresh)

    def _build(self) -> None:
        desk = self.desk
        self.bar, self.tabs = FileBar(desk.sop), Tabs([], height=42)
        self.tabs.changed.connect(self._turn_to)
        self.card, self.entry, self.papers = CardTab(), EntryTab(desk), PapersTab(desk)
        self.notes, self.mails, self.readers = NotesTab(desk), MailTab(), ReadersTab(desk)
        self.entry.looked.connect(lambda: self._log(self.tr("melihat NIK di isian")))
        self.papers.told.connect(lambda said, tone: self.say(said, tone=tone))
        self.notes.written.connect(self._noted)
        self._stack = QStackedLayout()
        for tab in (self.card, self.entry, self.papers, self.notes, self.mails, self.readers):
            self._stack.addWidget(tab)
        self.warning = Banner("", "bad", "x-circle")
        self._notice = box(row(self.warning, margins=(16, 10, 16, 0)))
        self._notice.hide()
        strip = box(row((self.tabs, 1), gap=0, margins=(20, 0, 20, 0)), "surface")
        self._file = box(column(self.bar, strip, self._notice, (self._stack, 1), gap=0))
        self.nothing = EmptyState("folder-open", self.tr("Membuka berkas…"))
        self._whole = QStackedLayout()
        self._whole.addWidget(self.nothing)
        self._whole.addWidget(self._file)
        self.setLayout(self._whole)
        self.setFocusProxy(self.tabs)

    def toolbar(self) -> list[QWidget]:
        """The card's printed twin, and a note."""
        self.print = Button(self.tr("Cetak kartu kendali"), "printer", "secondary", "Ctrl P")
        self.print.clicked.connect(self._print_card)
        self.toolbar_note = Button(self.tr("Catatan"), "note-pencil", "secondary")
        self.toolbar_note.clicked.connect(self._write_note)
        return [self.print, self.toolbar_note]

    def footer(self) -> QWidget:
        """The SOP's acts, only where this officer has any; empty it takes no room."""
        return self.foot

    # --- opening -----------------------------------------------------------------------------------------------------

    def arrive(self, argument: object) -> None:
        """Open a file by its id; one on another desk is opened after a reason was given."""
        wanted = argument if isinstance(argument, int) else self._id
        if wanted != self._id:
            self._id, self._way, self._broken = wanted, None, None
            self.tabs.set_current(CARD)
            self._stack.setCurrentIndex(CARD)
            self._whole.setCurrentIndex(0)
            self.set_title(self.tr("Berkas"))
        sop = self.desk.sop
        if not sop.desk_stages(self.desk.who.role):
            self.nothing.set_words(
                self.tr("Peran ini tidak membuka berkas pemohon"),
                self.tr("Ganti peran di menu petugas bila Anda juga memegang peran lain."),
            )
            return
        self.nothing.set_words(self.tr("Membuka berkas…"))
        self.desk.tasks.ask(lambda: berkas.head(sop, wanted), self._met, self._missing, owner=self)

    def _met(self, file: Head) -> None:
        elsewhere = file.stage.kind is not Kind.END and not self._on_my_desk(file)
        why, until = self._given.get(file.id, ("", self.desk.clock()))
        if not elsewhere or self.desk.clock() < until:
            self._open(file.id, why)
        else:
            self._ask_why(file)

    def _on_my_desk(self, file: Head) -> bool:
        return file.stage.desk is self.desk.who.role or bool(work_page(self.desk, file))

    def _ask_why(self, file: Head) -> None:
        asked = self.asked = why_dialog(self, file)
        asked.finished.connect(self._asked_gone)
        asked.confirmed.connect(lambda why: self._open(file.id, why))
        asked.rejected.connect(self.back)
        asked.open()

    def _asked_gone(self, _result: int) -> None:
        self.asked = None

    def _missing(self, error: Exception) -> None:
        self.nothing.set_words(self.tr("Berkas tidak dapat dibuka"), str(error))

    def _open(self, berkas_id: int, why: str) -> None:
        if why:
            self._given[berkas_id] = (why, self.desk.clock() + REMEMBER)
        read = self._reader(berkas_id)

        def log_and_read() -> Loaded:
            berkas.log_reading(berkas_id, "membuka berkas", why)
            return read()

        self.desk.tasks.ask(log_and_read, self._show, self._missing, owner=self)
        verified = partial(self._verified, berkas_id)
        self.desk.tasks.work(lambda _p: card.verify(berkas_id), verified, owner=self)

    def _reader(self, berkas_id: int) -> Callable[[], Loaded]:
        desk, kept_note = self.desk, self.notes.kept

        def read() -> Loaded:
            way = journey.journey(desk.sop, desk.office, berkas_id, desk.clock())
            found = papers.listed(berkas_id)
            notes, mails = berkas.notes(berkas_id), outbox.of_file(berkas_id)
            return Loaded(way, found, notes, mails, subject_labels(), kept_note(way.file.number))

        return read

    # --- showing -----------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the open file again; its opening is not logged twice."""
        if self._way is not None:
            self.desk.tasks.ask(self._reader(self._id), self._show, owner=self)

    def live(self) -> None:
        """Lines, notes and mails come in; a note being written stays."""
        if self._way is not None:
            self.desk.tasks.ask(
                self._reader(self._id), self._show, self._not_compared, owner=self, keep=False, quiet=True
            )

    def _show(self, loaded: Loaded) -> None:
        if loaded.way.file.id != self._id:
            return
        moved = self._way is not None and self._way.file.n != loaded.way.file.n
        way = self._way = loaded.way
        self.set_title(way.file.number)
        self.bar.show_way(way)
        self.card.show_way(way, loaded.labels)
        self.papers.show_papers(way.file, loaded.papers)
        self.notes.show_file(way.file, loaded.kept_note)
        self.notes.show_notes(loaded.notes)
        self.mails.show_mails(loaded.mails)
        counts = (None, None, len(loaded.papers), len(loaded.notes), len(loaded.mails), None)
        names = ("Kartu kendali", "Isian", "Dokumen", "Catatan", "Surel", "Jejak")
        self.tabs.set_tabs([Tab(self.tr(n), c or None) for n, c in zip(names, counts, strict=True)])
        self._warn()
        self._fill_foot()
        self._whole.setCurrentIndex(1)
        if moved:
            self._load_tab()

    def _verified(self, berkas_id: int, found: Verification) -> None:
        if berkas_id != self._id:
            return
        self._broken = None if found.whole else found
        self.papers.lock(not found.whole)
        self._warn()
        self._fill_foot()

    def _warn(self) -> None:
        """A broken card before all; a cancelled file says why it was."""
        way, broken = self._way, self._broken
        cancelled = way is not None and way.file.stage.key == "BATAL"
        if broken is not None:
            said = self.tr("Kartu kendali tidak utuh pada baris {0}: {1} Tindakan dikunci; beri tahu administrator.")
            self.warning.set(said.format(broken.bad_line, broken.reason), "bad", "x-circle")
        elif cancelled and way is not None:
            last = way.lines[-1]
            said = self.tr("Dibatalkan {0} oleh {1}: {2}").format(
                moments.day_clock(last.at), last.actor_name, last.note
            )
            self.warning.set(said, "mute", "prohibit")
        self._notice.setVisible(broken is not None or cancelled)

    def _turn_to(self, index: int) -> None:
        self._stack.setCurrentIndex(index)
        self._load_tab()

    def _load_tab(self) -> None:
        """Tabs that ask for themselves read when they come to the front."""
        index = self.tabs.current()
        if index == ENTRY:
            self.entry.load(self._id)
        elif index == READERS:
            self.readers.load(self._id)
        elif index == PAPERS:
            self.papers.open_shown()

    # --- acting ------------------------------------------------------------------------------------------------------

    def _fill_foot(self) -> None:
        way = self._way
        self.foot.show_file(way.file if way is not None and self._broken is None else None)

    def _print_card(self) -> None:
        desk, berkas_id, way = self.desk, self._id, self._way
        if way is None:
            return
        key = self._keys.setdefault(berkas_id, new_key())

        def work(progress: Progress) -> tuple[str, str]:
            from app.jobs import cards  # noqa: PLC0415 - printing is loaded when somebody prints

            paper = cards.store_card(desk.workshop, desk.who, berkas_id, derived(key, "paper"))
            return print_now(desk, paper, derived(key, "print"), progress)

        def done(said: tuple[str, str]) -> None:
            self._keys.pop(berkas_id, None)
            self.say(self.tr("Kartu kendali {0}: {1}").format(way.file.number, said[0].lower()), tone=said[1])
            self.refresh()

        def failed(error: Exception) -> None:
            self._keys.pop(berkas_id, None)
            self.say(str(error), tone="warn")

        what = f"{self.print.accessibleName()} {way.file.number}"
        desk.tasks.work(work, done, failed, owner=self, dead=self.print, command=what)

    def _write_note(self) -> None:
        self.tabs.set_current(NOTES)
        self._turn_to(NOTES)
        self.notes.note.setFocus()

    def _noted(self) -> None:
        self.say(self.tr("Catatan disimpan."))
        self.refresh()

    def _log(self, what: str) -> None:
        berkas_id = self._id
        self.desk.tasks.ask(lambda: berkas.log_reading(berkas_id, what), owner=self)
