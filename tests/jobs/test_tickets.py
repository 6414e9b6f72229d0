"""A ticket from the counter: a number without gap, and paper told as it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Literal

import pypdfium2
import pytest
import zxingcpp

from app.devices import escpos, thermal_talk
from app.devices.printer import JobState
from app.devices.thermal import Address
from app.errors import Refused
from app.jobs import tickets
from app.jobs.workshop import Workshop
from app.pdfium import LOCK
from app.services import queue, queue_board, ticket_paper
from app.services.accounts import Who
from app.services.keys import new_key
from app.services.ticket_paper import Paper
from app.sop.model import Role
from app.sop.numbers import valid
from tests.support.hall import at_kiosk
from tests.support.office import Clock
from tests.support.thermal_printer import Machine, on_port

Sit = Callable[[str | Role], Who]


def waiting() -> list[str]:
    return [t.label for t in queue_board.board("Loket 3").following]


def _text_and_code(pdf: bytes) -> tuple[str, str]:
    with LOCK:
        document = pypdfium2.PdfDocument(pdf)
        page = document[0]
        text = page.get_textpage().get_text_bounded()
        codes = zxingcpp.read_barcodes(page.render(scale=3).to_pil())
        document.close()
    return text, codes[0].text


def test_numbers_follow_each_other_and_the_paper_says_the_same(shop: Workshop, who: Sit, clock: Clock) -> None:
    clock.at = datetime(2026, 5, 12, 3, 30, tzinfo=UTC)
    who(Role.FO)
    issued = [tickets.issue_ticket(shop, new_key()) for _ in range(3)]

    assert [i.ticket.ticket.label for i in issued] == ["A-001", "A-002", "A-003"]
    assert [i.ticket.ahead for i in issued] == [0, 1, 2]
    assert all(i.printed and i.printed.state is JobState.COMPLETED for i in issued)
    text, code = _text_and_code(issued[1].pdf)
    assert "A-002" in text
    assert "10.30 WIB" in text
    assert "1 orang" in text
    assert code == issued[1].ticket.ticket.code
    assert valid(code)
    printed = sorted((shop.folder / "cetakan").glob("*.pdf"))
    assert [p.read_bytes() for p in printed] == [i.pdf for i in issued]


def test_the_same_press_gives_the_same_number(shop: Workshop, who: Sit) -> None:
    who(Role.FO)
    key = new_key()
    assert tickets.issue_ticket(shop, key).ticket.ticket == tickets.issue_ticket(shop, key).ticket.ticket
    assert len(waiting()) == 1


def test_without_a_printer_the_number_still_counts_and_nothing_is_called_printed(shop: Workshop, who: Sit) -> None:
    who(Role.FO)
    gone = replace(shop, printers={"ticket": "printer-yang-tidak-ada"})
    issued = tickets.issue_ticket(gone, new_key())

    assert issued.printed is not None
    assert issued.printed.state is JobState.LOST
    assert "printer-yang-tidak-ada" in issued.printed.reason
    assert waiting() == [issued.ticket.ticket.label]


# --- the paper


def thermal_shop(shop: Workshop, place: str, width: Literal[80, 58] = 80) -> Workshop:
    return replace(shop, printers={"ticket": Address("tcp", place, width).name})


@pytest.mark.parametrize("width", [80, 58])
def test_a_ticket_comes_out_as_wide_as_the_roll_and_again_the_same(
    shop: Workshop, who: Sit, clock: Clock, width: Literal[80, 58]
) -> None:
    clock.at = datetime(2026, 5, 12, 3, 30, tzinfo=UTC)
    who(Role.FO)
    machine = Machine(escpos.DOTS[width])
    with on_port(machine) as place:
        here = thermal_shop(shop, place, width)
        tickets.issue_ticket(here, new_key())
        given = tickets.issue_ticket(here, new_key())
        clock.at += timedelta(minutes=7)
        tickets.issue_ticket(here, new_key())
        again = tickets.reprint_ticket(here, given.ticket.ticket.id)
    assert given.printed is not None
    assert given.printed.state is JobState.COMPLETED
    assert (again.pdf, again.ticket) == (given.pdf, given.ticket)
    papers = machine.paper.whole()
    assert papers[1].tobytes() == papers[3].tobytes()
    assert zxingcpp.read_barcodes(papers[1].convert("L"))[0].text == given.ticket.ticket.code
    assert waiting() == ["A-001", "A-002", "A-003"]
    assert ticket_paper.missing() == []


def test_a_number_without_paper_is_seen_by_all_until_it_is_printed(shop: Workshop, who: Sit) -> None:
    who(Role.FO)
    machine = Machine()
    with on_port(machine) as place:
        here = thermal_shop(shop, place)
        machine.rows_left = 300
        first = tickets.issue_ticket(here, new_key())
        second = tickets.issue_ticket(here, new_key())
        third = tickets.issue_ticket(here, new_key(), paper=False)
        assert first.printed is not None
        assert first.printed.state is JobState.STOPPED
        assert [(m.ticket.label, m.unsure, m.reason) for m in ticket_paper.missing()] == [
            (first.ticket.ticket.label, False, "Kertas printer habis. Pasang gulungan baru."),
            (second.ticket.ticket.label, False, "Kertas printer habis. Pasang gulungan baru."),
        ]
        who(Role.FO)
        machine.out, machine.rows_left = False, None
        for m in ticket_paper.missing():
            printed = tickets.reprint_ticket(here, m.ticket.id).printed
            assert printed is not None
            assert printed.state is JobState.COMPLETED
        assert ticket_paper.missing() == []
    assert third.printed is None


def test_a_printer_that_cannot_tell_leaves_its_number_in_doubt(
    shop: Workshop, who: Sit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(thermal_talk, "ANSWER_SECONDS", 0.2)
    who(Role.FO)
    machine = Machine()
    machine.silent = True
    with on_port(machine) as place:
        tickets.issue_ticket(thermal_shop(shop, place), new_key())
    assert [(m.unsure, m.ticket.label) for m in ticket_paper.missing()] == [(True, "A-001")]


def test_a_power_cut_between_number_and_paper_leaves_a_number_without(who: Sit, clock: Clock) -> None:
    clock.at = datetime(2026, 5, 12, 3, 30, tzinfo=UTC)
    who(Role.FO)
    cut = queue.issue(new_key())
    asked = queue.issue(new_key())
    ticket_paper.begin(asked, new_key(), wanted=True)
    assert ticket_paper.missing() == []
    clock.at += ticket_paper.PRINTING + timedelta(seconds=1)
    assert [m.ticket.label for m in ticket_paper.missing()] == [cut.ticket.label, asked.ticket.label]
    clock.at += timedelta(days=1)
    assert ticket_paper.missing() == []


def test_a_kiosk_tells_of_its_own_papers_only_and_nobody_rewrites_them(who: Sit, clock: Clock) -> None:
    clock.at = datetime(2026, 5, 12, 3, 30, tzinfo=UTC)
    who(Role.FO)
    theirs = queue.issue(new_key())
    at_kiosk()
    mine = queue.issue(new_key())
    ticket_paper.begin(mine, new_key(), wanted=True)
    ticket_paper.tell(mine.ticket.id, Paper.FAILED, new_key(), "Kertas printer habis. " * 20)
    assert ticket_paper.as_issued(mine.ticket.id) == mine
    with pytest.raises(Refused):
        ticket_paper.tell(theirs.ticket.id, Paper.OUT, new_key())
    assert [m.ticket.label for m in ticket_paper.missing()] == [mine.ticket.label]
    who(Role.FO)
    assert mine.ticket.label in [m.ticket.label for m in ticket_paper.missing()]
    ticket_paper.tell(mine.ticket.id, Paper.OUT, new_key())
    assert mine.ticket.label not in [m.ticket.label for m in ticket_paper.missing()]
