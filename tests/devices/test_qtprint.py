"""The print path of Windows, exercised through CUPS: pages drawn by us must look like the paper itself."""

from __future__ import annotations

import time
from typing import Literal

import pytest
from pytestqt.qtbot import QtBot

from app.devices.printer import JobState
from app.devices.qtprint import QtPrinter, list_queues
from app.devices.thermal import Address
from app.devices.thermal_driver import DriverPrinter
from app.errors import Refused
from app.printing import ticket
from tests.support.cups import Cups
from tests.support.papers import TICKET, ticket_data
from tests.support.sheets import TEXT, paper, read


def newest(cups: Cups, before: set[str]) -> bytes:
    until = time.monotonic() + 20
    while not (arrived := {place.stem for place in cups.pages.glob("*.pdf")} - before):
        assert time.monotonic() < until, "nothing reached the device"
        time.sleep(0.1)
    return cups.page(arrived.pop())


@pytest.mark.usefixtures("qapp")
def test_both_pages_arrive_and_the_code_can_be_read(cups: Cups) -> None:
    before = {place.stem for place in cups.pages.glob("*.pdf")}
    pdf = paper(pages=2)
    printer = QtPrinter("arsip")
    job = printer.print_pdf(pdf, "P3-2605-0412-6 kartu kendali")
    arrived, sent = read(newest(cups, before)), read(pdf)
    assert [page[2] for page in arrived] == [TEXT, TEXT]
    for got, drawn in zip(arrived, sent, strict=True):
        assert max(abs(a - b) for a, b in zip(got[3], drawn[3], strict=True)) <= 3
    # Qt forgets a job once it is handed over: it is never called printed.
    assert printer.state(job).state is JobState.LOST


def test_a_missing_printer_is_refused_where_qt_would_take_the_default(cups: Cups, qtbot: QtBot) -> None:
    del qtbot
    cups.admin("lpadmin", "-d", "arsip")
    before = set(cups.pages.iterdir())
    with pytest.raises(Refused, match="tidak ada di komputer ini"):
        QtPrinter("tidak_ada").print_pdf(paper(), "resi")
    time.sleep(0.5)
    assert set(cups.pages.iterdir()) == before


@pytest.mark.usefixtures("qapp")
def test_a_stopped_printer_is_told(cups: Cups) -> None:
    assert set(list_queues()) >= {"arsip", "macet"}
    cups.admin("cupsdisable", "arsip2")
    try:
        assert not QtPrinter("arsip2").describe().ready
    finally:
        cups.admin("cupsenable", "arsip2")
    assert QtPrinter("arsip").describe().ready


@pytest.mark.usefixtures("qapp", "cups")
def test_a_broken_pdf_is_refused() -> None:
    with pytest.raises(Refused, match="tidak dapat dibuka"):
        QtPrinter("arsip").print_pdf(b"%PDF-1.7\nrusak", "resi")


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("width", [80, 58])
def test_a_ticket_gets_a_page_exactly_as_large_as_itself(cups: Cups, width: Literal[80, 58]) -> None:
    before = {place.stem for place in cups.pages.glob("*.pdf")}
    pdf = ticket.ticket(ticket_data(), width)
    DriverPrinter(Address("driver", "arsip", width), QtPrinter("arsip")).print_pdf(pdf, "tiket A-017", "A5")
    (arrived,), (sent,) = read(newest(cups, before)), read(pdf)
    assert arrived[2] == sent[2] == TICKET
    assert max(abs(a - b) for a, b in zip(arrived[:2], sent[:2], strict=True)) <= 2
    assert max(abs(a - b) for a, b in zip(arrived[3], sent[3], strict=True)) <= 4
