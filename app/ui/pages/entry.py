"""Data entry: type once, in the order that is easy to check; nothing typed is ever lost (SOP rows 3 to 5, 8)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from app.errors import Conflict, Refused
from app.services import entry
from app.services.berkas import Head, find
from app.services.case import Case, Member, changed
from app.services.entry import Revision
from app.services.issue import Issue
from app.services.keys import new_key
from app.services.merging import merged
from app.services.papers import DraftRow
from app.sop.calendar import WIB
from app.ui.desk import Desk, Page
from app.ui.drafts import Drafts
from app.ui.pages.entry_answers import Answers
from app.ui.pages.entry_form import Form
from app.ui.pages.entry_judge import Judge, Places
from app.ui.pages.entry_keep import Keeper
from app.ui.pages.entry_load import NIKS, Loaded, load, prepared
from app.ui.pages.entry_notices import Notices
from app.ui.pages.entry_side import Side
from app.ui.pages.entry_spec import SECTIONS, evidence_of, section_of
from app.ui.pages.entry_work import freeze
from app.ui.parts.badges import KeyCap, Lamp
from app.ui.parts.buttons import Button
from app.ui.parts.fields import ErrorSummary
from app.ui.parts.layout import Card, Footer, box, column, row
from app.ui.parts.tabs import Tab, Tabs
from app.ui.parts.text import Txt
from app.ui.theme import px

ACTS = {"cetak_draf": "printer", "perbaiki": "paper-plane-right"}
WIDE, TIGHT, TIGHTEST = 1500, 1210, 1100


class EntryPage(Page):
    """One file's entry. It argues with the typist at the field, and keeps every key on this PC."""

    title = "Entri data"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.drafts = Drafts(desk.settings_dir / "draf")
        self.keeper = Keeper(desk, self.drafts, self)
        self._id = 0
        self._file: Loaded | None = None
        self._others: Mapping[str, Sequence[str]] = {}
        self._pressed, self._fresh, self._key = False, True, ""
        self._build()
        self._wire()

    def _build(self) -> None:
        self.notices, self.form, self.side = Notices(), Form(), Side(self.desk.tasks)
        self.tabs, self.summary = Tabs([Tab(self.tr(s)) for s in SECTIONS]), ErrorSummary()
        card = Card(column(self.tabs, self.summary, (self.form, 1), gap=10, margins=(18, 2, 6, 4)))
        sides = row((card, 1), self.side, gap=14, margins=(16, 14, 16, 14))
        self.setLayout(column(self.notices, (box(sides), 1), gap=0))
        self.answers = Answers(self.form, self)
        self.lamp, self.counted = Lamp("", "mute"), Txt("", "small", "ink2")
        self.judge = Judge(self.form, self.answers, Places(self.tabs, self.summary, self.side.todo, self.counted))
        self.primary = Button(self.tr("Cetak draf"), "printer", "primary", "Ctrl Enter", height=40)
        self.leave_button = Button(self.tr("Kembali"), "", "secondary", "Esc", height=40)
        self.store = Button(self.tr("Simpan"), "floppy-disk", "quiet", "Ctrl S", height=40)

    def footer(self) -> QWidget:
        """Where it is kept, how far it is, and the act that moves the file."""
        hint = row(KeyCap("Enter"), Txt(self.tr("isian berikut"), "small", "ink2"), gap=8)
        return Footer([self.lamp, 4, self.counted], [hint, 8, self.store, self.leave_button, self.primary])

    def _wire(self) -> None:
        self.form.changed.connect(self._typed)
        self.form.left.connect(self._left)
        self.form.reached.connect(lambda path: self.side.follow(evidence_of(path)))
        self.form.section_shown.connect(self.tabs.set_current)
        self.form.members.removed.connect(self._member_removed)
        self.tabs.changed.connect(self.form.go_section)
        self.side.chosen.connect(self.form.go)
        self.answers.answered.connect(self._answered)
        self.keeper.lamp.connect(self.lamp.set)
        self.keeper.conflict.connect(self._conflict)
        self.keeper.refused.connect(self._save_refused)
        self.keeper.saved.connect(lambda _revision: self.notices.drop_conflict())
        self.primary.clicked.connect(self.finish)
        self.leave_button.clicked.connect(self.back)
        self.store.clicked.connect(self.keeper.save_now)

    # --- the file ----------------------------------------------------------------------------------------------------

    def arrive(self, argument: object) -> None:
        """A berkas id; without one the file in front stays."""
        if isinstance(argument, int) and argument != self._id:
            self._id, self._file, self._pressed, self._fresh = argument, None, False, True
            self.judge.summarize(())
            self._read(log=True)
        else:
            self.refresh()

    def refresh(self) -> None:
        """Read the file again; what is typed and not saved stays."""
        if self._id:
            self._read(log=False)

    def leave(self) -> bool:
        """Typed text becomes a revision; the page may go at once, the PC has it already."""
        self.keeper.save()
        return True

    def _read(self, *, log: bool) -> None:
        sop, drafts, berkas_id = self.desk.sop, self.drafts, self._id
        self.desk.tasks.ask(lambda: load(sop, drafts, berkas_id, log=log), self._loaded)

    def _loaded(self, loaded: Loaded) -> None:
        if loaded.file.id != self._id:
            return
        again = self._file is not None and self.keeper.dirty()
        self._file, self._others, self.stands = loaded, loaded.others, loaded.file
        self.set_title(self.tr("Perbaikan") if loaded.file.stage.key == "DI_EDITOR" else self.tr("Entri data"))
        self.set_fact(loaded.file.number)
        if again:
            self.keeper.move(loaded.file)
            self._judge()
        else:
            self.keeper.start(loaded.file, loaded.revision)
            self.side.evidence.set_scans(loaded.scans)
            self._show(loaded)
        self._show_rights(loaded)

    def _show(self, loaded: Loaded) -> None:
        saved = prepared(loaded.case, loaded.file, self._today())
        self.form.show_case(saved)
        self.notices.start(loaded, self.form, self._open_number)
        if loaded.draft is not None and self._may_write(loaded):
            restored, _ = merged(loaded.base, loaded.draft, saved)
            self.form.show_case(restored)
            self.form.put_texts(dict(loaded.texts))
            self._typed("")
            self.say(self.tr("Isian yang belum tersimpan dipulihkan dari PC ini"), partial(self._forget_draft, saved))
        self._judge()
        if self._fresh:
            self._fresh = False
            self._first_field(loaded)

    def _forget_draft(self, saved: Case) -> None:
        self.form.show_case(saved)
        self._answered()

    def _first_field(self, loaded: Loaded) -> None:
        wrong = next((f.subject for f in loaded.findings if self.form.knows(f.subject)), "")
        empty = self.judge.first_missing() or "husband.nik"
        self.form.go(wrong or empty)
        self.tabs.set_current(section_of(wrong or empty))

    def _may_write(self, loaded: Loaded) -> bool:
        file, who = loaded.file, self.desk.who
        allowed = ("entry", who.role, file.stage) in self.desk.sop.writable
        return allowed and file.holder == who.login

    def _show_rights(self, loaded: Loaded) -> None:
        file, may = loaded.file, self._may_write(loaded)
        self.form.set_read_only(not may)
        self.keeper.hold(not may)
        self.notices.elsewhere(file if not may and self.keeper.dirty() else None)
        steps = self.desk.sop.offered(self.desk.who.role, file.stage, file.channel)
        act = next((s for s in steps if s.key in ACTS), None)
        self.primary.setVisible(may and act is not None)
        self.store.setVisible(may)
        if act is not None:
            self.primary.set_text(act.label)
            self.primary.set_icon(ACTS[act.key])
        if not may:
            holder = self.tr("dipegang {0}").format(file.holder_name) if file.holder else file.stage.label
            self.lamp.set(self.tr("Hanya dibaca: {0}").format(holder), "mute")

    # --- typing ------------------------------------------------------------------------------------------------------

    def _today(self) -> date:
        return self.desk.clock().astimezone(WIB).date()

    def _typed(self, path: str) -> None:
        if self._file is None or not self._may_write(self._file):
            return
        if path:
            self.answers.forget(path)
        self.keeper.typed(self.form.case(), self.form.texts())
        slot = self.form.slots.get(path)
        if slot is not None and slot.issue(path) is not None:
            self._judge()

    def _left(self, path: str) -> None:
        if self._file is None:
            return
        if path.endswith(".nik") and self._may_write(self._file):
            self.answers.suggest(path, self._today())
        if path in NIKS:
            berkas_id, case = self._file.file.id, self.form.case()
            self.desk.tasks.ask(lambda: entry.others(berkas_id, case), self._others_found)
        self._judge()

    def _others_found(self, found: Mapping[str, Sequence[str]]) -> None:
        if found != self._others:
            self._others = found
            self._judge()
        self.notices.show_others(found, self._open_number)

    def _open_number(self, number: str) -> None:
        self.desk.tasks.ask(partial(find, self.desk.sop, number), self._number_found)

    def _number_found(self, file: Head | None) -> None:
        if file is not None:
            self.open_berkas.emit(file.id)

    def _answered(self) -> None:
        self.keeper.typed(self.form.case(), self.form.texts())
        self._judge()

    def _member_removed(self, gone: tuple[int, Member]) -> None:
        said = self.tr("Anggota {0} dikeluarkan dari daftar").format(gone[0] + 1)
        self.say(said, partial(self.form.members.put_back, *gone))

    def _judge(self) -> None:
        self.judge.look(self.form.case(), self._today(), self._others, pressed=self._pressed)

    # --- the act -----------------------------------------------------------------------------------------------------

    def finish(self) -> None:
        """Print the draft, or hand the repaired file on; or say in one place what is in the way."""
        self._pressed = True
        self._judge()
        if self.judge.summarize(self.judge.blocking()):
            return
        if self.form.case() != self.keeper.base():
            self.keeper.typed(self.form.case(), self.form.texts())
        self.primary.hold()
        self.keeper.save(self._freeze)

    def _freeze(self) -> None:
        self._key = self._key or new_key()
        self.primary.release()
        work = partial(freeze, self.desk.workshop, self.desk.who, self._id, self._key)
        what = f"{self.primary.accessibleName()} {self._file.file.number}" if self._file else None
        self.desk.tasks.work(work, self._frozen, self._freeze_failed, owner=self, dead=self.primary, command=what)

    def _frozen(self, draft: DraftRow) -> None:
        self._key = ""
        self.keeper.finished()
        repaired = self._file is not None and self._file.file.stage.key == "DI_EDITOR"
        self.say(self.tr("Draf revisi {0} dibekukan").format(draft.rev))
        self.moved.emit()
        self.go.emit("worklist" if repaired else "draft", None if repaired else self._id)

    def _freeze_failed(self, error: Exception) -> None:
        self._key = "" if isinstance(error, Refused | Conflict) else self._key
        if isinstance(error, Refused) and self.form.knows(error.field):
            self.judge.summarize([Issue(error.field, "error", error.message)])
        else:
            self.notices.trouble(str(error))
            self.refresh()

    # --- somebody else was here --------------------------------------------------------------------------------------

    def _save_refused(self, error: Exception) -> None:
        self.primary.release()
        self._freeze_failed(error)

    def _conflict(self, error: Exception) -> None:
        self.primary.release()
        self.notices.conflict(str(error), self._merge)

    def _merge(self) -> None:
        """Their newest revision with what was typed here on top; nothing typed is lost."""
        self.desk.tasks.ask(partial(entry.latest, self._id), self._merged)

    def _merged(self, theirs: Revision | None) -> None:
        if theirs is None or self._file is None:
            return
        result, both = merged(self.keeper.base(), self.form.case(), theirs.case)
        self.keeper.rebase(theirs)
        self.form.show_case(result)
        self.keeper.typed(result, self.form.texts())
        self.notices.drop_conflict()
        mine = len(changed(theirs.case, result))
        self.say(self.tr("Digabung: {0} isian dari Anda, {1} diubah keduanya").format(mine, len(both)))
        self._judge()
        self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """From 1600 px of window the scans stand beside the form."""
        super().resizeEvent(event)
        self.side.set_wide(self.width() >= WIDE)
        self.side.set_tight(self.width() <= TIGHT)
        self.side.setVisible(self.width() >= px(TIGHTEST))
