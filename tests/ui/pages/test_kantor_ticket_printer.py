"""A ticket printer on the page Kantor: asked, tried, taken; and its trouble in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest
import zxingcpp
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.devices.thermal import Address
from app.printing.strip_trial import CODE
from app.sop.model import Role
from app.ui.desk import Desk
from app.ui.kantor_ticket_printer import TicketPrinterForm
from app.ui.pages.kantor import PRINTERS, KantorPage
from tests.support.pages import CTRL, Seat
from tests.support.thermal_printer import Machine, on_port


class Sitting:
    def __init__(self, qtbot: QtBot, desk: Desk) -> None:
        self.saved: list[Mapping[str, Any]] = []
        self.page = KantorPage(desk, self.saved.append)
        self.seat = Seat(qtbot, desk, self.page)
        self.seat.sit()
        self.page.open_tab(PRINTERS)
        self.seat.wait()

    @property
    def form(self) -> TicketPrinterForm:
        return self.page.printers.ticket


@pytest.fixture
def sitting(qtbot: QtBot, desk: Callable[[str | Role], Desk]) -> Sitting:
    return Sitting(qtbot, desk(Role.ADMIN))


def test_a_printer_is_asked_tried_and_taken_for_numbers(sitting: Sitting) -> None:
    form, machine = sitting.form, Machine(384)
    with on_port(machine) as place:
        form.places["tcp"].set_value(place)
        form.roll.set_value(58)
        form.ask.press()
        sitting.seat.wait()
        assert (form.lamp.text(), form.said.text()) == ("siap", "")
        form.try_out.press()
        sitting.seat.wait()
        assert form.lamp.text() == "tercetak"
        form.take.press()
        name = Address("tcp", place, 58).name
        assert sitting.page.printers.choices["ticket"].value() == name
        sitting.seat.press(Qt.Key.Key_Return, CTRL)
        sitting.seat.wait()
        assert sitting.saved == [{"printers": {"ticket": name}}]
    (paper,) = machine.paper.whole()
    assert zxingcpp.read_barcodes(paper.convert("L"))[0].text == CODE


def test_trouble_is_told_in_words_and_nothing_is_called_printed(sitting: Sitting) -> None:
    form, machine = sitting.form, Machine()
    machine.out = True
    with on_port(machine) as place:
        form.places["tcp"].set_value(place)
        form.ask.press()
        sitting.seat.wait()
        assert form.lamp.text() == "belum siap"
        assert "Kertas printer habis" in form.said.text()
        form.try_out.press()
        sitting.seat.wait()
        assert "Kertas printer habis" in form.said.text()
        machine.out, machine.rows_left = False, 100
        form.try_out.press()
        sitting.seat.wait()
        assert form.lamp.text() == "tidak tercetak"


def test_without_an_address_nobody_is_asked(sitting: Sitting) -> None:
    sitting.form.take.press()
    assert sitting.form.places["tcp"].state() == "bad"
    assert sitting.page.printers.choices["ticket"].value() == ""


def test_the_printer_that_is_set_is_shown_again(sitting: Sitting) -> None:
    name = Address("file", "/dev/usb/lp0", 58, cut=False).name
    sitting.page.printers.fill({"ticket": name})
    form = sitting.form
    assert form.places["file"].isVisibleTo(form)
    assert not form.places["tcp"].isVisibleTo(form)
    assert form.name() == name
    assert sitting.page.printers.values() == {"ticket": name}
