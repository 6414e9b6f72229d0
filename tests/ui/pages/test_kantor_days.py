"""The calendar and the catalogue in the office's page: what is changed counts at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from app.jobs.workshop import Workshop
from app.services import calendar_days, catalogue
from app.services.keys import new_key
from app.sop.calendar import WEEK
from app.sop.model import Role
from app.ui.desk import Desk
from app.ui.dialogs.accept_year import AcceptYear
from app.ui.dialogs.catalogue_entry import AddOption, EditProblem
from app.ui.dialogs.closed_days import ClosedDays
from app.ui.dialogs.office_period import OfficePeriod
from app.ui.kantor_calendar import HOURS_PART, CalendarTab
from app.ui.kantor_lists import ListsTab
from app.ui.pages.entry_inputs import CodeChoice
from app.ui.pages.kantor import CALENDAR, LISTS, OFFICE, KantorPage
from tests.support.office import Clock
from tests.support.pages import CTRL, Seat
from tests.support.stories import at, handed_to_kasi

Make = Callable[[str | Role], Desk]


class Kantor:
    """The administrator before the page, on 12 May 2026."""

    def __init__(self, qtbot: QtBot, desk: Desk) -> None:
        self.page = KantorPage(desk, lambda _changes: None)
        self.seat = Seat(qtbot, desk, self.page)
        self.seat.sit()

    @property
    def calendar(self) -> CalendarTab:
        self.open(CALENDAR)
        return self.page.calendar

    @property
    def lists(self) -> ListsTab:
        self.open(LISTS)
        return self.page.lists

    def open(self, tab: int) -> None:
        if self.page.tabs.current() != tab:
            self.page.open_tab(tab)
            self.seat.wait()

    def dialog(self, kind: type[QDialog]) -> QDialog:
        found = [d for d in self.page.findChildren(kind) if d.isVisible()]
        assert len(found) == 1, found
        return found[0]

    def said(self) -> str:
        return self.seat.said[-1][0]


@pytest.fixture
def kantor(qtbot: QtBot, desk: Make, clock: Clock) -> Kantor:
    at(clock, 12, "9.00")
    return Kantor(qtbot, desk(Role.ADMIN))


def test_the_year_is_shown_with_what_is_still_only_proposed(kantor: Kantor) -> None:
    tab = kantor.calendar
    assert tab.years.words_of() == ["2025", "2026", "2027"]
    assert "masih usulan" in tab.notice.text()
    here = tab.rows.current()
    assert here is not None
    assert here.day == date(2026, 5, 14), "the next closed day"
    assert tab.view.day() == here.day
    tab.years.set_current(2)
    tab.years.changed.emit(2)
    kantor.seat.wait()
    assert [d.day for d in tab.rows.rows() if not d.sure] == [date(2027, 3, 10), date(2027, 3, 11), date(2027, 5, 17)]


def test_days_are_closed_with_the_keyboard_and_count_at_once(kantor: Kantor, clock: Clock) -> None:
    tab = kantor.calendar
    kantor.seat.press(Qt.Key.Key_N, CTRL)
    form = kantor.dialog(ClosedDays)
    assert isinstance(form, ClosedDays)
    form.yes.press()
    assert form.form.fields["first"].message() == "Isi tanggalnya"
    form.form.fill({"first": date(2026, 6, 23), "last": date(2026, 6, 22), "label": "Hari jadi kota"})
    form.yes.press()
    assert form.form.fields["last"].message() == "Sebelum hari pertama"
    form.form.fill({"last": date(2026, 12, 22)})
    form.yes.press()
    assert "Paling banyak 60 hari" in form.form.fields["last"].message()
    form.form.fill({"last": date(2026, 6, 24)})
    form.yes.press()
    kantor.seat.wait()
    assert kantor.said() == "23 Jun – 24 Jun 2026: kantor tutup"
    hours = calendar_days.calendar().hours(2026, 2026)
    assert hours.spans(date(2026, 6, 23)) == hours.spans(date(2026, 6, 24)) == ()
    assert tab.view._marks[date(2026, 6, 24)].kind == "closed"


def test_a_holiday_is_opened_from_the_list(kantor: Kantor) -> None:
    tab = kantor.calendar
    tab.rows.select(date(2026, 5, 15))
    tab.rows.opened.emit(tab.rows.current())
    form = kantor.dialog(ClosedDays)
    assert isinstance(form, ClosedDays)
    assert form.choice.current() == 1, "the only other thing one can say of it"
    form.form.fill({"label": "Layanan dibuka"})
    form.yes.press()
    kantor.seat.wait()
    assert calendar_days.calendar().hours(2026, 2026).spans(date(2026, 5, 15)) == WEEK[4]
    shown = next(d for d in tab.rows.rows() if d.day == date(2026, 5, 15))
    assert not shown.closed


def test_what_changes_in_running_clocks_is_told_before_saving(
    qtbot: QtBot, desk: Make, clock: Clock, shop: Workshop
) -> None:
    handed_to_kasi(shop, clock)
    at(clock, 12, "9.00")
    kantor = Kantor(qtbot, desk(Role.ADMIN))
    tab = kantor.calendar
    tab.view.stand_on(date(2026, 5, 11))
    tab.new.press()
    kantor.seat.wait()
    form = kantor.dialog(ClosedDays)
    assert isinstance(form, ClosedDays)
    assert form._says.text() == "1 berkas yang sedang berjalan dihitung ulang: hari ini tidak lagi dihitung."
    form.choice.set_current(1)
    form.choice.changed.emit(1)
    kantor.seat.wait()
    assert "ikut dihitung" in form._says.text()
    form.form.fields["first"].set_value(date(2026, 5, 16))
    form.form.fields["first"].changed.emit()
    assert form._says.text().startswith("Sabtu dan Minggu")


def test_the_picture_is_walked_by_arrows_and_by_mouse(kantor: Kantor) -> None:
    tab = kantor.calendar
    tab.view.setFocus()
    tab.view.stand_on(date(2026, 5, 12))
    QTest.keyClick(tab.view, Qt.Key.Key_Right)
    QTest.keyClick(tab.view, Qt.Key.Key_Right)
    assert tab.view.day() == date(2026, 5, 14)
    current = tab.rows.current()
    assert current is not None
    assert current.day == date(2026, 5, 14)
    assert tab.view.accessibleName() == "14 Mei 2026. Kenaikan Yesus Kristus, libur nasional"
    for key, day in (
        (Qt.Key.Key_Up, date(2026, 5, 7)),
        (Qt.Key.Key_Left, date(2026, 5, 6)),
        (Qt.Key.Key_Down, date(2026, 5, 13)),
    ):
        QTest.keyClick(tab.view, key)
        assert tab.view.day() == day
    cell = next(c for d, c in tab.view._cells(8) if d == date(2026, 8, 17))
    QTest.mouseClick(tab.view, Qt.MouseButton.LeftButton, pos=cell.center().toPoint())
    assert tab.view.day() == date(2026, 8, 17)
    assert tab.view.day_at(QPointF(-5, -5)) is None
    QTest.keyClick(tab.view, Qt.Key.Key_Return)
    assert isinstance(kantor.dialog(ClosedDays), ClosedDays)
    tab.view.stand_on(date(2025, 1, 1))
    assert tab.view.day() == date(2026, 8, 17), "another year's day is not here"


def test_a_year_is_accepted_by_its_decree(kantor: Kantor) -> None:
    tab = kantor.calendar
    tab.accept.press()
    form = kantor.dialog(AcceptYear)
    assert isinstance(form, AcceptYear)
    form.yes.press()
    assert form.form.fields["decree"].message() == "Isi nomor keputusan yang dicocokkan"
    form.form.fill({"decree": "SKB 3 Menteri Nomor 1497 Tahun 2025"})
    form.yes.press()
    kantor.seat.wait()
    assert tab.notice.text() == "Kalender 2026 sudah disahkan: SKB 3 Menteri Nomor 1497 Tahun 2025"
    assert not tab.accept.isVisible()
    assert calendar_days.calendar().years[2026].by == "admin"


def test_ramadan_is_proposed_set_mended_and_taken_back(kantor: Kantor) -> None:
    tab = kantor.calendar
    tab.years.set_current(2)
    tab.years.changed.emit(2)
    kantor.seat.wait()
    tab.open_part(HOURS_PART)
    hours = tab.hours
    assert "8 Feb – 9 Mar 2027" in hours.notice.text()
    hours.fast.press()
    form = kantor.dialog(OfficePeriod)
    assert isinstance(form, OfficePeriod)
    line = form.grid.lines[0]
    line[3].set_value("")
    form.yes.press()
    assert "jam pulang" in form.grid.says.text()
    line[3].set_value("07.00")
    form.yes.press()
    assert "berurutan" in form.grid.says.text()
    line[3].set_value("25.00")
    form.yes.press()
    assert "4 angka" in form.grid.says.text()
    line[3].set_value("15.00")
    line[1].set_value("")
    form.yes.press()
    assert "Isi jam istirahat" in form.grid.says.text()
    line[1].set_value("12.00")
    form.yes.press()
    kantor.seat.wait()
    assert not hours.notice.isVisible()
    assert [p.name for p in hours.rows.rows()] == ["Ramadan 2027", "Jam kerja biasa"]
    assert calendar_days.calendar().hours(2027, 2027).spans(date(2027, 2, 10))[1][1].hour == 15
    hours.rows.opened.emit(hours.rows.rows()[0])
    again = kantor.dialog(OfficePeriod)
    assert isinstance(again, OfficePeriod)
    again.form.fill({"last": date(2027, 2, 1)})
    again.yes.press()
    assert again.form.fields["last"].message() == "Sebelum hari pertama"
    again.away.press()
    kantor.seat.wait()
    assert [p.name for p in hours.rows.rows()] == ["Jam kerja biasa"]
    assert kantor.said() == "Ramadan 2027: dicabut, jam sebelumnya berlaku lagi"


def test_new_hours_for_good_begin_on_a_day(kantor: Kantor) -> None:
    tab = kantor.calendar
    tab.open_part(HOURS_PART)
    tab.hours.rows.opened.emit(tab.hours.rows.rows()[-1])
    form = kantor.dialog(OfficePeriod)
    assert isinstance(form, OfficePeriod)
    for grid_line in form.grid.lines:
        for line in grid_line:
            line.set_value("")
    form.form.fill({"first": date(2026, 7, 1)})
    form.yes.press()
    assert "paling sedikit satu hari" in form.grid.says.text()
    for line, typed in zip(form.grid.lines[0], ("08.00", "", "", "14.00"), strict=True):
        line.set_value(typed)
    form.yes.press()
    kantor.seat.wait()
    hours = calendar_days.calendar().hours(2026, 2026)
    assert [len(hours.spans(date(2026, 7, 1) + timedelta(days=n))) for n in range(3)] == [1, 1, 0]
    assert hours.spans(date(2026, 6, 30)) == WEEK[1]
    shown = [column.cell(tab.hours.rows.rows()[0]) for column in tab.hours._columns()]
    assert [c if isinstance(c, str) else c.says for c in shown][1:] == [
        "akan datang mulai 1 Jul 2026", "08.00–14.00 tanpa istirahat", "tutup", "tutup",
    ]  # fmt: skip


def test_a_choice_is_added_and_retired_with_a_way_back(kantor: Kantor) -> None:
    tab = kantor.lists
    tab.open_kind(1)
    kantor.seat.press(Qt.Key.Key_N, CTRL)
    form = kantor.dialog(AddOption)
    assert isinstance(form, AddOption)
    form.form.fill({"value": "PETERNAK"})
    form.yes.press()
    assert "Sudah ada" in form.form.fields["value"].message()
    form.form.fill({"value": "ATLIT"})
    form.yes.press()
    kantor.seat.wait()
    assert kantor.said() == "Atlit ditambahkan"
    assert "ATLIT" in {o.value for o in catalogue.options("occupation")}
    tab.choices.select("ATLIT")
    tab.turn.press()
    kantor.seat.wait()
    assert "ATLIT" not in {o.value for o in catalogue.options("occupation")}
    assert tab.turn.text() == "Tawarkan lagi"
    tab.turn.press()
    kantor.seat.wait()
    assert "ATLIT" in {o.value for o in catalogue.options("occupation")}


def test_a_retired_choice_comes_back_by_undo(kantor: Kantor) -> None:
    tab = kantor.lists
    tab.open_kind(1)
    undo: list[Callable[[], None]] = []
    tab.said.connect(lambda _text, back, _tone: undo.append(back) if back else None)
    tab.choices.select("PARAJI")
    tab.turn.press()
    kantor.seat.wait()
    assert "PARAJI" not in {o.value for o in catalogue.options("occupation")}
    undo[0]()
    kantor.seat.wait()
    assert "PARAJI" in {o.value for o in catalogue.options("occupation")}


def test_what_the_program_writes_cannot_be_retired(kantor: Kantor) -> None:
    tab = kantor.lists
    tab.open_kind(4)
    tab.choices.select("ANAK")
    assert not tab.turn.isEnabled()
    tab.choices.select("CUCU")
    assert tab.turn.isEnabled()


def test_a_problem_is_added_and_its_solution_mended(kantor: Kantor) -> None:
    tab = kantor.lists
    tab.new.press()
    form = kantor.dialog(EditProblem)
    assert isinstance(form, EditProblem)
    form.yes.press()
    assert form.form.fields["about"].message() == "Pilih tentang apa masalah ini"
    known = tab.problems.rows()[0]
    form.form.fill({"about": "kk", "text": known.problem.text.upper(), "solution": "Cetak ulang KK dahulu."})
    form.yes.press()
    assert "sudah ada di katalog" in form.form.fields["text"].message()
    form.form.fill({"text": "KK masih berformat lama"})
    form.yes.press()
    kantor.seat.wait()
    assert "KK masih berformat lama" in {p.text for p in catalogue.problems("kk")}
    tab.problems.select(("kk", "KK masih berformat lama"))
    tab.edit.press()
    mend = kantor.dialog(EditProblem)
    assert isinstance(mend, EditProblem)
    mend.form.fill({"solution": "Cetak ulang KK di loket 2."})
    mend.yes.press()
    kantor.seat.wait()
    assert {p.solution for p in catalogue.problems("kk") if p.text.startswith("KK masih")} == {
        "Cetak ulang KK di loket 2."
    }
    tab.turn.press()
    kantor.seat.wait()
    assert "KK masih berformat lama" not in {p.text for p in catalogue.problems("kk")}
    assert kantor.said() == "KK masih berformat lama tidak ditawarkan lagi"


def test_what_the_database_refuses_stays_typed(kantor: Kantor) -> None:
    tab = kantor.lists
    tab.new.press()
    form = kantor.dialog(EditProblem)
    assert isinstance(form, EditProblem)
    form.form.fill({"about": "kk", "text": "ab", "solution": "Cetak ulang KK dahulu."})
    form.yes.press()
    kantor.seat.wait()
    assert form.isVisible()
    assert "terlalu pendek" in form.said.text()
    form.reject()
    days = kantor.calendar
    days.new.press()
    closing = kantor.dialog(ClosedDays)
    assert isinstance(closing, ClosedDays)
    closing.form.fill({"first": date(2026, 6, 23), "label": "x"})
    closing.yes.press()
    kantor.seat.wait()
    assert "terlalu pendek" in closing.form.fields["label"].message()


def test_tabs_that_count_at_once_have_no_save_and_the_others_keep_theirs(kantor: Kantor) -> None:
    foot = kantor.page.footer()
    assert foot.isVisible()
    kantor.open(CALENDAR)
    assert not foot.isVisible()
    assert kantor.page.subtitle == "dipakai semua jam berkas"
    kantor.page.refresh()
    kantor.seat.wait()
    assert not foot.isVisible()
    kantor.open(OFFICE)
    assert foot.isVisible()
    QTest.keyClicks(kantor.page.office.fields["city"].input, "x")
    kantor.open(LISTS)
    assert foot.isVisible(), "what another tab has not saved yet is not hidden"
    assert "Belum tersimpan" in kantor.page.lamp.text()


def test_a_year_that_is_over_is_only_shown(kantor: Kantor) -> None:
    tab = kantor.calendar
    tab.years.set_current(0)
    tab.years.changed.emit(0)
    kantor.seat.wait()
    assert not tab.accept.isVisible()
    assert tab.view.day() == date(2025, 1, 1)


def test_the_entry_form_offers_what_was_added_with_the_next_file(kantor: Kantor) -> None:
    choice = CodeChoice("occupation")
    choice.set_value("PARAJI")
    catalogue.set_option("occupation", "ATLIT", "Atlit", new_key())
    catalogue.set_option("occupation", "PARAJI", "Paraji", new_key(), active=False)
    catalogue.refresh()
    assert choice.findData("ATLIT") < 0
    choice.set_value("PETERNAK")
    assert choice.value() == "PETERNAK"
    assert choice.findData("ATLIT") > 0
    assert choice.findData("PARAJI") < 0
    choice.set_value("PARAJI")
    assert (choice.value(), choice.currentText()) == ("PARAJI", "Paraji"), "an old value stays readable"
