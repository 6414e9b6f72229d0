"""The entry page: type once, nothing is lost, and the program argues at the field (SOP rows 3 to 5, 8)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.jobs.workshop import Workshop
from app.services import entry, intake, papers
from app.services.berkas import Head, head
from app.services.case import Case, Plan, Route, with_value
from app.services.intake import FindingRow
from app.services.keys import new_key
from app.sop.model import Role
from app.sop.pelita3 import PELITA3
from app.ui.application import make_application
from app.ui.desk import Desk
from app.ui.drafts import Drafts
from app.ui.pages.entry import EntryPage
from app.ui.pages.entry_keep import key_of
from app.ui.parts.confirm import Confirm
from tests.support.cases import case_pa, case_pn
from tests.support.office import sit_down
from tests.support.walk import act, initialled, see_all, walk_to

Desks = Callable[[str | Role], Desk]


class At:
    """An officer in front of the page, in a window."""

    def __init__(self, qtbot: QtBot, desk: Desk, file: Head) -> None:
        make_application([])
        self.bot, self.desk, self.file = qtbot, desk, file
        self.window = QWidget()
        self.page = EntryPage(desk)
        self.foot = self.page.footer()
        self.page.setParent(self.window)
        self.foot.setParent(self.window)
        self.window.resize(1280, 600)
        self.page.resize(1280, 540)
        self.foot.setGeometry(0, 540, 1280, 60)
        qtbot.addWidget(self.window)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitActive(self.window)
        self.went: list[tuple[str, object]] = []
        self.told: list[str] = []
        self.undo: Any = None
        self.page.go.connect(lambda key, what: self.went.append((key, what)))
        self.page.said.connect(self._said)
        self.page.arrive(file.id)
        self.rest()

    def _said(self, text: str, undo: object, _tone: str) -> None:
        self.told.append(text)
        self.undo = undo

    def rest(self) -> None:
        """Until every question is answered."""
        self.bot.waitUntil(self.desk.tasks.idle, timeout=20_000)
        QApplication.processEvents()

    def editor(self, path: str) -> Any:
        return self.page.form.slots[path].editors[path]

    def type(self, path: str, text: str, *, leave: bool = True) -> None:
        self.page.form.go(path)
        self.editor(path).selectAll()
        self.bot.keyClicks(self.editor(path), text)
        if leave:
            self.bot.keyClick(self.editor(path), Qt.Key.Key_Return)
            self.rest()

    def put(self, case: Case) -> None:
        """The whole case as if typed."""
        self.page.form.show_case(case)
        self.page.form.changed.emit("husband.name")
        self.page.form.left.emit("husband.name")
        self.rest()

    def message(self, path: str) -> str:
        return self.page.form.slots[path].message(path)

    def stage(self) -> str:
        return head(PELITA3, self.file.id).stage.key


@pytest.fixture
def at(qtbot: QtBot, desk: Desks, shop: Workshop) -> Callable[..., At]:
    """at("ENTRI"): the officer who holds a file of that stage sits before it."""

    def make(file: Head | None = None, who: str | Role = Role.FO, **how: Any) -> At:
        found = file or walk_to("ENTRI", shop, **how)
        return At(qtbot, desk(who), found)

    return make


def test_nik_fills_the_birth_date_as_a_suggestion_and_enter_runs_down_the_column(at: Callable[..., At]) -> None:
    fo = at()
    assert QApplication.focusWidget() is fo.editor("husband.nik"), "a new entry starts at the husband's NIK"
    fo.type("wife.nik", "1471076208870005")
    assert fo.editor("wife.birth_date").value() == date(1987, 8, 22)
    assert fo.message("wife.birth_date") == "Dari NIK, cocokkan dengan KTP-el"
    assert QApplication.focusWidget() is fo.editor("wife.name")
    fo.bot.keyClick(fo.editor("wife.name"), Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.focusWidget() is fo.editor("husband.name")
    fo.bot.keyClick(fo.editor("husband.name"), Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.focusWidget() is fo.editor("marriage.number")


def test_what_is_wrong_is_said_when_the_field_is_left_not_while_typing(at: Callable[..., At]) -> None:
    fo = at()
    fo.type("husband.nik", "147107140384000", leave=False)
    assert fo.message("husband.nik") == ""
    fo.bot.keyClick(fo.editor("husband.nik"), Qt.Key.Key_Return)
    assert fo.message("husband.nik") == "Kurang 1 angka: 15 dari 16"
    fo.type("husband.nik", "1471071403840003")
    assert fo.message("husband.nik") == ""


def test_an_empty_form_does_not_lock_its_button_but_says_what_is_missing(at: Callable[..., At]) -> None:
    fo = at()
    assert fo.page.primary.isEnabled()
    fo.page.primary.click()
    fo.rest()
    assert fo.stage() == "ENTRI"
    assert fo.page.summary.count() == 6
    assert fo.message("husband.nik") == "Isi NIK"
    first = QApplication.focusWidget()
    assert first is not None
    fo.bot.keyClick(first, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is fo.editor("husband.nik")
    assert "NIK suami" in fo.page.side.todo.texts()


def test_a_complete_entry_freezes_a_draft_and_goes_to_it(at: Callable[..., At]) -> None:
    fo = at()
    fo.put(case_pn())
    fo.page.primary.click()
    fo.bot.waitUntil(lambda: bool(fo.went), timeout=30_000)
    assert fo.went == [("draft", fo.file.id)]
    assert fo.stage() == "DRAF"
    draft = papers.current_draft(fo.file.id)
    newest = entry.latest(fo.file.id)
    assert draft is not None
    assert newest is not None
    assert draft.entry_rev == newest.rev
    assert newest.case == case_pn()
    assert "Draf revisi 1 dibekukan" in fo.told


def test_every_key_is_on_this_pc_within_400_ms_and_ctrl_s_makes_a_revision(at: Callable[..., At]) -> None:
    fo = at()
    fo.type("husband.name", "yohanes", leave=False)
    fo.bot.wait(400)
    kept = Drafts(fo.desk.settings_dir / "draf").offer(key_of(fo.file))
    assert kept is not None
    assert '"YOHANES"' in kept["case"]
    fo.bot.waitUntil(lambda: fo.page.lamp.text() == "Belum tersimpan, disimpan di PC ini", timeout=1000)
    fo.page.store.click()
    fo.rest()
    assert fo.page.lamp.text().startswith("Tersimpan ")
    newest = entry.latest(fo.file.id)
    assert newest is not None
    assert (newest.rev, newest.case.husband.name) == (2, "YOHANES")
    fo.bot.waitUntil(lambda: not list((fo.desk.settings_dir / "draf").iterdir()), timeout=2000)


def test_the_draft_file_names_nobody(at: Callable[..., At]) -> None:
    fo = at()
    fo.put(case_pn())
    fo.bot.waitUntil(lambda: any((fo.desk.settings_dir / "draf").glob("*.json")), timeout=2000)
    names = " ".join(p.name for p in (fo.desk.settings_dir / "draf").iterdir())
    assert fo.file.number in names
    assert "SITORUS" not in names.upper()
    assert case_pn().husband.nik not in names


def test_leaving_the_page_saves(at: Callable[..., At]) -> None:
    fo = at()
    fo.type("wife.name", "debora", leave=False)
    assert fo.page.leave()
    fo.rest()
    newest = entry.latest(fo.file.id)
    assert newest is not None
    assert newest.case.wife.name == "DEBORA"


def test_after_a_crash_the_typing_is_back_also_a_date_that_is_none_yet(
    at: Callable[..., At], desk: Desks, shop: Workshop, qtbot: QtBot
) -> None:
    file = walk_to("ENTRI", shop)
    before = At(qtbot, desk(Role.FO), file)
    before.type("wife.name", "debora", leave=False)
    before.type("decision.date", "2602", leave=False)
    before.page.drafts.flush()
    before.page.keeper.start(file, None)  # the program is gone: nothing of it saves any more
    after = At(qtbot, desk(Role.FO), file)
    assert after.editor("wife.name").value() == "DEBORA"
    assert after.editor("decision.date").text() == "26-02"
    assert after.message("decision.date") == "Kurang 4 angka: 4 dari 8"
    assert "Isian yang belum tersimpan dipulihkan dari PC ini" in after.told
    after.undo()
    assert after.editor("wife.name").value() == ""


def test_somebody_else_saved_meanwhile_and_both_keep_what_they_typed(at: Callable[..., At]) -> None:
    fo = at()
    theirs = entry.latest(fo.file.id)
    assert theirs is not None
    entry.save(sit_down(Role.FO), fo.file, with_value(theirs.case, "husband.name", "YOHANES"), theirs.rev, new_key())
    fo.type("wife.name", "debora", leave=False)
    fo.page.store.click()
    fo.rest()
    assert fo.editor("wife.name").value() == "DEBORA"
    assert any("sudah diubah petugas lain" in t for t in fo.page.notices.texts())
    fo.page._merge()
    fo.rest()
    fo.page.store.click()
    fo.rest()
    newest = entry.latest(fo.file.id)
    assert newest is not None
    assert (newest.rev, newest.case.husband.name, newest.case.wife.name) == (3, "YOHANES", "DEBORA")


def test_a_correction_of_the_applicant_stands_at_its_field(at: Callable[..., At], shop: Workshop) -> None:
    file = walk_to("DRAF", shop)
    who = sit_down(Role.FO)
    intake.add_findings(who, file, [FindingRow("wife.name", "Nama belakang kurang", "HUTAPEA SIAHAAN")], new_key())
    fo = at(act(who, file, "koreksi_pemohon"))
    slot = fo.page.form.slots["wife.name"]
    assert slot.finding("wife.name") == "Rina Oktaviani: Nama belakang kurang. HUTAPEA SIAHAAN"
    assert fo.editor("wife.name").property("state") == "bad"
    assert QApplication.focusWidget() is fo.editor("wife.name")
    assert any(t.startswith("Pemohon minta koreksi") for t in fo.page.notices.texts())
    fo.type("wife.name", "debora melinda hutapea siahaan")
    assert fo.editor("wife.name").property("state") == ""
    fo.page.primary.click()
    fo.bot.waitUntil(lambda: bool(fo.went), timeout=30_000)
    draft = papers.current_draft(file.id)
    assert draft is not None
    assert draft.rev == 2


def test_the_editor_repairs_what_the_kasi_sent_back_and_hands_it_to_the_kasi(
    at: Callable[..., At], shop: Workshop
) -> None:
    file = walk_to("DI_KASI", shop)
    kasi = sit_down(Role.KASI)
    see_all(kasi, file)
    intake.add_findings(kasi, file, [FindingRow("decision.bht_date", "Surat panitera menyebut 28-03-2026")], new_key())
    file = act(kasi, file, "kembali_editor")
    file = act(sit_down(Role.EDITOR), file, "terima_editor")
    editor = at(file, Role.EDITOR)
    assert editor.page.primary.text() == "Sudah diperbaiki, ke Kasi"
    assert editor.page.title == "Perbaikan"
    assert "Zulfikar Hasan" in editor.page.form.slots["decision.bht_date"].finding("decision.bht_date")
    editor.type("decision.bht_date", "28032026")
    editor.page.primary.click()
    editor.bot.waitUntil(lambda: bool(editor.went), timeout=30_000)
    assert editor.stage() == "KE_KASI"
    assert editor.went == [("worklist", None)]
    assert initialled(head(PELITA3, file.id), Role.KASI).stage.key == "KE_KABID", "the Kasi can go on"


def test_somebody_elses_file_is_only_shown(at: Callable[..., At]) -> None:
    other = at(who="dedi")
    assert other.page.primary.isHidden()
    assert other.page.lamp.text() == "Hanya dibaca: dipegang Rina Oktaviani"
    assert other.editor("husband.nik").isReadOnly()
    assert not other.editor("husband.religion").isEnabled()
    assert other.page.form.members.add.isHidden()


def test_a_decision_of_the_pa_asks_other_things(at: Callable[..., At]) -> None:
    fo = at(route=Route.PA)
    fo.put(replace(case_pa(), witness_1=Case().witness_1, witness_2=Case().witness_2))
    slots = fo.page.form.slots
    assert slots["decision.pa_certificate"].isVisibleTo(fo.page.form)
    for path in ("marriage.number", "decision.clerk_letter", "witness_1.nik", "siak.deed_number"):
        assert not slots[path].isVisibleTo(fo.page.form), path
    assert not fo.page.judge.blocking()


def test_a_warning_offers_its_value_or_can_be_left(at: Callable[..., At]) -> None:
    fo = at()
    fo.put(replace(case_pn(), wife=replace(case_pn().wife, birth_date=date(1986, 8, 22))))
    assert fo.message("wife.birth_date") == "NIK berbunyi 22-08-1987"
    shown = fo.page.form.slots["wife.birth_date"].messages["wife.birth_date"]
    shown.keep.click()
    assert fo.message("wife.birth_date") == "Dibiarkan"
    fo.type("wife.birth_date", "23081986")
    assert fo.message("wife.birth_date") == "NIK berbunyi 22-08-1987", "a new value is asked about anew"
    shown.take.click()
    assert fo.editor("wife.birth_date").value() == date(1987, 8, 22)
    assert fo.message("wife.birth_date") == ""


def test_a_warning_that_wants_a_reason_asks_for_it_and_keeps_it(at: Callable[..., At]) -> None:
    fo = at()
    fo.put(with_value(case_pn(), "marriage.certificate_withdrawn", value=False))
    path = "marriage.certificate_withdrawn"
    fo.page.primary.click()
    assert fo.page.summary.count() == 1, "it blocks until it is answered"
    fo.page.form.slots[path].messages[path].keep.click()
    [ask] = [w for w in QApplication.topLevelWidgets() if isinstance(w, Confirm)]
    assert ask.reason is not None
    ask.reason.set_value("Disita pengadilan")
    ask.yes.click()
    assert fo.message(path) == "Dibiarkan: Disita pengadilan"
    fo.page.store.click()
    fo.rest()
    newest = entry.latest(fo.file.id)
    assert newest is not None
    assert newest.case.override(path) == "Disita pengadilan"


def test_children_are_added_placed_and_taken_out_again(at: Callable[..., At]) -> None:
    fo = at()
    fo.put(replace(case_pn(), members=()))
    fo.page.form.members.add.click()
    assert QApplication.focusWidget() is fo.editor("members.0.nik")
    assert fo.editor("members.0.father").value() == case_pn().husband.name
    fo.bot.keyClicks(fo.editor("members.0.nik"), "1471070205120011")
    fo.bot.keyClick(fo.editor("members.0.nik"), Qt.Key.Key_Return)
    fo.rest()
    assert fo.editor("members.0.birth_date").value() == date(2012, 5, 2)
    fo.bot.keyClick(fo.editor("members.0.household"), Qt.Key.Key_2)
    assert fo.page.form.case().members[0].household == 2
    fo.page.form.members.cards[0].remove.click()
    assert fo.page.form.case().members == ()
    fo.undo()
    assert fo.page.form.case().members[0].nik == "1471070205120011"


def test_the_plan_of_a_household_decides_what_is_asked(at: Callable[..., At]) -> None:
    fo = at()
    fo.put(case_pn())
    slots = fo.page.form.slots
    fo.page.form.go("household_wife.plan")
    fo.bot.keyClick(fo.editor("household_wife.plan"), Qt.Key.Key_3)
    assert slots["household_wife.kk_number"].isVisibleTo(fo.page.form)
    assert not slots["siak.new_kk_wife"].isVisibleTo(fo.page.form)
    assert not slots["household_husband.address.street"].isVisibleTo(fo.page.form)
    case = fo.page.form.case()
    assert case.household_wife.plan is Plan.JOIN
    assert case.household_husband.kk_number == case.husband.kk_number


def test_the_husbands_address_is_copied_with_one_button(at: Callable[..., At]) -> None:
    fo = at()
    fo.put(with_value(case_pn(), "wife.address", Case().wife.address))
    fo.page.form.copy_address("husband.address", "wife.address")
    assert fo.page.form.case().wife.address == case_pn().husband.address


def test_another_open_file_with_this_nik_is_named_with_a_way_to_it(at: Callable[..., At], shop: Workshop) -> None:
    first = walk_to("DRAF", shop)
    fo = at()
    opened: list[int] = []
    fo.page.open_berkas.connect(opened.append)
    fo.type("husband.nik", case_pn().husband.nik)
    assert any(first.number in t for t in fo.page.notices.texts())
    fo.page._open_number(first.number)
    fo.rest()
    assert opened == [first.id]


def test_the_reading_is_written_down(at: Callable[..., At], office_db: Path) -> None:
    from app.services.berkas import readings  # noqa: PLC0415 - one test asks

    assert office_db.exists()
    fo = at()
    assert [r.text for r in readings(fo.file.id)] == ["membuka isian"]
    fo.page.refresh()
    fo.rest()
    assert len(readings(fo.file.id)) == 1, "reading again on the same screen is the same reading"
