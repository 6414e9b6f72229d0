"""The kiosk's paper: as wide as its roll, and what became of it known to every counter, also where the server went."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Literal

import pytest
import zxingcpp

from app.devices import escpos
from app.devices.thermal import Address
from app.errors import Unavailable
from app.jobs import kiosk, tickets
from app.jobs.kiosk import Given, Printed
from app.jobs.workshop import Workshop
from app.models import base
from app.services import queue, ticket_paper
from app.services.accounts import Who
from app.services.keys import new_key
from app.services.ticket_paper import Paper
from app.sop.model import Role
from tests.support.hall import KIOSK, at_kiosk
from tests.support.office import Clock
from tests.support.thermal_printer import Machine, on_port

Sit = Callable[[str | Role], Who]
TEN = datetime(2026, 5, 12, 3, 0, tzinfo=UTC)
OUT_OF_PAPER = Printed(Paper.FAILED, "Kertas printer habis. Pasang gulungan baru.")


@pytest.fixture
def hall(shop: Workshop, who: Sit, clock: Clock) -> Workshop:
    clock.at = TEN
    at_kiosk()
    return shop


def given(shop: Workshop) -> Given:
    return kiosk.give(shop, new_key(), "A", priority=False)


def gone(*_a: object, **_more: object) -> None:
    raise Unavailable("Sambungan ke server terputus.", code="lost")


def without(who: Sit) -> list[tuple[str, bool, str]]:
    """What a counter reads; then the kiosk sits there again."""
    who(Role.FO)
    found = [(m.ticket.label, m.unsure, m.reason) for m in ticket_paper.missing()]
    base.session.actor = KIOSK
    return found


@pytest.mark.parametrize("width", [80, 58])
def test_the_paper_is_as_wide_as_the_kiosks_roll(hall: Workshop, who: Sit, width: Literal[80, 58]) -> None:
    machine = Machine(escpos.DOTS[width])
    with on_port(machine) as place:
        here = replace(hall, printers={"ticket": Address("tcp", place, width).name})
        one = given(here)
        found = kiosk.to_paper(here, one)
        kiosk.tell(one, found, new_key())
    assert found.paper is Paper.OUT
    (strip,) = machine.paper.whole()
    assert strip.width == escpos.DOTS[width]
    assert zxingcpp.read_barcodes(strip.convert("L"))[0].text == one.issued.ticket.code
    assert without(who) == []


def test_a_counter_prints_the_same_paper_as_the_kiosk_would_have(hall: Workshop, who: Sit) -> None:
    given(hall)
    one = given(hall)
    kiosk.tell(one, OUT_OF_PAPER, new_key())
    assert without(who) == [("A-002", False, OUT_OF_PAPER.reason)]
    who(Role.FO)
    again = tickets.reprint_ticket(hall, one.issued.ticket.id)
    assert (again.pdf, again.ticket.ahead) == (one.pdf, 1)


def test_a_paper_that_is_asked_for_and_never_told_is_one_without(hall: Workshop, who: Sit, clock: Clock) -> None:
    given(hall)
    assert without(who) == []
    clock.at = TEN + ticket_paper.PRINTING + timedelta(seconds=1)
    assert without(who) == [("A-001", False, "")]


def test_a_server_that_goes_after_the_number_costs_nobody_his_paper(
    hall: Workshop, who: Sit, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as cut:
        cut.setattr(ticket_paper, "begin", gone)
        one = given(hall)
        found = kiosk.to_paper(hall, one)
        with pytest.raises(Unavailable):
            kiosk.tell(one, found, new_key())
    assert found.paper is Paper.OUT
    clock.at = TEN + ticket_paper.PRINTING + timedelta(seconds=1)
    assert without(who) == [("A-001", False, "")]
    kiosk.tell(one, found, new_key())
    assert without(who) == []


def test_one_that_could_not_be_drawn_is_drawn_later(hall: Workshop, who: Sit, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as cut:
        cut.setattr(tickets, "drawn", gone)
        one = given(hall)
        found = kiosk.to_paper(hall, one)
    assert (found.paper, one.label) == (Paper.FAILED, "A-001")
    (late,) = kiosk.still_wanted(hall, [one])
    assert kiosk.to_paper(hall, late).paper is Paper.OUT


def test_what_a_counter_printed_is_not_printed_again_nor_called_missing_by_a_late_word(
    hall: Workshop, who: Sit
) -> None:
    one, other = given(hall), given(hall)
    kiosk.tell(one, OUT_OF_PAPER, new_key())
    who(Role.FO)
    tickets.reprint_ticket(hall, one.issued.ticket.id)
    tickets.reprint_ticket(hall, other.issued.ticket.id)
    base.session.actor = KIOSK
    assert kiosk.still_wanted(hall, [one, other]) == ()
    kiosk.tell(other, OUT_OF_PAPER, new_key())
    assert without(who) == []


def test_who_was_called_needs_no_paper(hall: Workshop, who: Sit) -> None:
    one, other = given(hall), given(hall)
    who(Role.FO)
    queue.call_next("Loket 3", new_key())
    base.session.actor = KIOSK
    assert kiosk.still_wanted(hall, [one, other]) == (other,)


def test_a_word_said_twice_is_one_word(hall: Workshop, who: Sit) -> None:
    one, key = given(hall), new_key()
    for _ in range(2):
        kiosk.tell(one, Printed(Paper.UNSURE, "Printer ini tidak dapat melapor."), key)
    assert without(who) == [("A-001", True, "Printer ini tidak dapat melapor.")]
