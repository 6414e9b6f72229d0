"""A ticket from the counter: a number without gap, and paper told as it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pypdfium2
import zxingcpp

from app.devices.printer import JobState
from app.jobs import tickets
from app.jobs.workshop import Workshop
from app.pdfium import LOCK
from app.services import intake
from app.services.accounts import Who
from app.services.keys import new_key
from app.sop.model import Role
from app.sop.numbers import valid
from app.sop.pelita3 import PELITA3
from tests.support.office import Clock

Sit = Callable[[str | Role], Who]


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

    assert [i.ticket.label for i in issued] == ["A-001", "A-002", "A-003"]
    assert [i.ticket.ahead for i in issued] == [0, 1, 2]
    assert all(i.printed and i.printed.state is JobState.COMPLETED for i in issued)
    text, code = _text_and_code(issued[1].pdf)
    assert "A-002" in text
    assert "10.30 WIB" in text
    assert "1 orang" in text
    assert code == issued[1].ticket.code
    assert valid(code)
    printed = sorted((shop.folder / "cetakan").glob("*.pdf"))
    assert [p.read_bytes() for p in printed] == [i.pdf for i in issued]


def test_the_same_press_gives_the_same_number(shop: Workshop, who: Sit) -> None:
    who(Role.FO)
    key = new_key()
    assert tickets.issue_ticket(shop, key).ticket.id == tickets.issue_ticket(shop, key).ticket.id
    assert len(intake.waiting_tickets()) == 1


def test_without_a_printer_the_number_still_counts_and_nothing_is_called_printed(shop: Workshop, who: Sit) -> None:
    who(Role.FO)
    gone = replace(shop, printers={"ticket": "printer-yang-tidak-ada"})
    issued = tickets.issue_ticket(gone, new_key())

    assert issued.printed is not None
    assert issued.printed.state is JobState.LOST
    assert "printer-yang-tidak-ada" in issued.printed.reason
    assert [t.label for t in intake.waiting_tickets()] == [issued.ticket.label]


def test_the_wait_is_told_as_a_range_from_the_sops_own_minutes() -> None:
    assert tickets.wait_range(PELITA3, ahead=0, counters=2) == (0, 13)
    assert tickets.wait_range(PELITA3, ahead=4, counters=2) == (26, 65)
    assert tickets.wait_range(PELITA3, ahead=4, counters=1) == (52, 65)
