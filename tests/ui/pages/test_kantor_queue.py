"""The queue's tab: services, counters and rules, changed by keyboard and counting at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.models import base
from app.services import accounts, queue_settings
from app.services.accounts import NewOfficer
from app.services.keys import new_key
from app.sop.model import Role
from app.ui.desk import Desk
from app.ui.dialogs.catalogue_entry import Entry
from app.ui.dialogs.queue_entry import EditCounter, EditService
from app.ui.kantor_queue import COUNTERS, RULES, QueueTab
from app.ui.pages.kantor import QUEUE, KantorPage
from tests.support.office import PASSWORD
from tests.support.pages import CTRL, Seat

Make = Callable[[str | Role], Desk]
E = TypeVar("E", bound=Entry)


@pytest.fixture
def tab(qtbot: QtBot, desk: Make) -> QueueTab:
    made = desk(Role.ADMIN)
    page = KantorPage(made, lambda _changes: None)
    seat = Seat(qtbot, made, page)
    seat.sit()
    page.open_tab(QUEUE)
    seat.wait()
    page.queue.seat = seat  # type: ignore[attr-defined]  # for the tests below
    return page.queue


def seat(tab: QueueTab) -> Seat:
    found: Seat = tab.seat  # type: ignore[attr-defined]  # as above
    return found


def asked(tab: QueueTab, kind: type[E]) -> E:
    assert isinstance(tab.dialog, kind)
    return tab.dialog


def confirmed(tab: QueueTab, dialog: Entry) -> None:
    dialog.yes.click()
    seat(tab).wait()


def test_services_and_who_sits_where_are_shown(tab: QueueTab) -> None:
    assert [s.service for s in tab.services.rows()] == ["A", "B", "C", "D"]
    tab.open_kind(COUNTERS)
    assert [(p.name, p.officers) for p in tab.counters.rows()] == [
        ("Loket 3", ("Rina Oktaviani",)), ("Loket 4", ("Dedi Kurniawan",)),
    ]  # fmt: skip
    assert not tab.warn.isVisible()


def test_a_service_is_changed_with_enter(tab: QueueTab) -> None:
    tab.services.select("B")
    tab.services.setFocus()
    QTest.keyClick(tab.services, Qt.Key.Key_Return)
    dialog = asked(tab, EditService)
    dialog.form.fields["quota"].set_value("60")
    dialog.form.fields["label"].set_value("")
    dialog.yes.click()
    assert dialog.form.fields["label"].message() == "Isi nama layanan"
    dialog.form.fields["label"].set_value("KK dan KTP-el")
    dialog.registers.setChecked(False)
    confirmed(tab, dialog)
    changed = queue_settings.services()[1]
    assert (changed.label, changed.quota, changed.registers) == ("KK dan KTP-el", 60, False)
    assert seat(tab).said[-1] == ("Layanan B disimpan", "ok")


def test_a_service_is_closed_and_opened_and_that_can_be_taken_back(tab: QueueTab) -> None:
    tab.services.select("D")
    tab.turn.click()
    seat(tab).wait()
    assert [s.service for s in queue_settings.services()] == ["A", "B", "C"]
    undo = seat(tab).undo
    assert undo is not None
    undo()
    seat(tab).wait()
    assert len(queue_settings.services()) == 4
    tab.turn.click()
    seat(tab).wait()
    tab.services.select("D")
    assert tab.turn.text() == "Buka"
    tab.turn.click()
    seat(tab).wait()
    assert len(queue_settings.services()) == 4


@pytest.mark.parametrize(("letter", "said"), [("P", "bukan P"), ("A", "sudah dipakai"), ("1", "bukan P")])
def test_a_letter_must_be_free(tab: QueueTab, letter: str, said: str) -> None:
    seat(tab).press(Qt.Key.Key_N, CTRL)
    dialog = asked(tab, EditService)
    dialog.form.fill({"service": letter, "label": "Legalisir"})
    dialog.yes.click()
    assert said in dialog.form.fields["service"].message()
    dialog.form.fill({"service": "E", "icon": "files"})
    confirmed(tab, dialog)
    assert queue_settings.services()[-1].label == "Legalisir"


def test_a_counter_takes_some_services_or_all(tab: QueueTab) -> None:
    tab.open_kind(COUNTERS)
    tab.counters.select("Loket 4")
    tab.edit.click()
    dialog = asked(tab, EditCounter)
    for letter in "ABCD":
        dialog.boxes[letter].setChecked(False)
    dialog.yes.click()
    assert "paling sedikit satu" in dialog.said.text()
    dialog.boxes["C"].setChecked(True)
    dialog.boxes["D"].setChecked(True)
    confirmed(tab, dialog)
    assert queue_settings.counters() == {"Loket 4": "CD"}
    tab.counters.select("Loket 4")
    tab.edit.click()
    dialog = asked(tab, EditCounter)
    assert [letter for letter, box in dialog.boxes.items() if box.isChecked()] == ["C", "D"]
    for box in dialog.boxes.values():
        box.setChecked(True)
    confirmed(tab, dialog)
    assert queue_settings.counters() == {"Loket 4": ""}, "all is said as all, so that a new service is taken too"


def test_a_counter_of_its_own_is_named_once(tab: QueueTab) -> None:
    tab.open_kind(COUNTERS)
    seat(tab).press(Qt.Key.Key_N, CTRL)
    dialog = asked(tab, EditCounter)
    dialog.form.fill({"place": "loket 3"})
    dialog.yes.click()
    assert dialog.form.fields["place"].message() == "Loket itu sudah ada"
    dialog.form.fill({"place": "Meja informasi"})
    confirmed(tab, dialog)
    assert "Meja informasi" in queue_settings.counters()


def test_an_officer_without_a_counter_is_named(tab: QueueTab) -> None:
    accounts.add_officer(NewOfficer("baru", "Budi Baru", (Role.FO,), PASSWORD, must_change=False), new_key())
    base.session.actor = "baru"
    accounts.change_password("baru", PASSWORD, PASSWORD + "x", new_key())
    base.session.actor = "admin"
    tab.refresh()
    seat(tab).wait()
    assert tab.warn.text() == "Belum punya loket, jadi tidak dapat memanggil: Budi Baru."


def test_the_rules_are_typed_judged_and_saved(tab: QueueTab) -> None:
    tab.open_kind(RULES)
    form = tab.rules.form
    assert (form.fields["fair"].value(), f"{form.fields['opens'].value():%H.%M}") == ("3", "07.30")
    line = form.fields["fair"].input
    line.clear()
    QTest.keyClicks(line, "99")
    assert tab.rules.lamp.text() == "Belum tersimpan"
    tab.rules.save.click()
    assert "1 sampai 20" in form.fields["fair"].message()
    form.fill({"fair": "4", "closes": "06.00"})
    tab.rules.save.click()
    assert form.fields["closes"].message() == "Tutup harus sesudah buka"
    form.fill({"closes": "14.30", "notice": "Jumat tutup pukul 11.", "slot_quota": "6"})
    tab.refresh()
    seat(tab).wait()
    assert form.fields["fair"].value() == "4", "what is typed stays while others are read"
    seat(tab).press(Qt.Key.Key_Return, CTRL)
    seat(tab).wait()
    saved = queue_settings.load()
    assert (saved.fair, saved.closes, saved.slot_quota, saved.notice) == (4, 14 * 60 + 30, 6, "Jumat tutup pukul 11.")
    assert (tab.rules.lamp.text(), tab.rules.dirty) == ("Tersimpan", False)


def test_typed_rules_can_be_put_back(tab: QueueTab) -> None:
    tab.open_kind(RULES)
    line = tab.rules.form.fields["late"].input
    QTest.keyClicks(line, "9")
    tab.rules.back.click()
    assert tab.rules.form.fields["late"].value() == "15"
    assert not tab.rules.dirty


def test_what_the_database_refuses_stays_in_the_dialog(tab: QueueTab) -> None:
    tab.services.select("A")
    tab.edit.click()
    dialog = asked(tab, EditService)
    base.session.actor = "rina"
    confirmed(tab, dialog)
    assert dialog.said.text() != ""
    base.session.actor = "admin"
