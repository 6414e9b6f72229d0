"""Raw tickets through a Windows queue: the calls as Windows wants them, and no success that it cannot know."""

from __future__ import annotations

import ctypes
import os
from typing import cast

import pytest

from app.devices import thermal_spooler
from app.devices.printer import JobState
from app.devices.thermal import Address, ThermalPrinter
from app.devices.thermal_spooler import PrinterInfo, SpoolerWay, Winspool
from app.errors import Unavailable
from app.printing import ticket
from tests.support import papers
from tests.support.escrender import papers as cut_papers
from tests.support.winspool import OFFSETS, SIZES, Spooler


def printer(spooler: Spooler, name: str = "Tiket") -> ThermalPrinter:
    return ThermalPrinter(Address("spooler", name), way(spooler, name))


def way(spooler: Spooler, name: str = "Tiket") -> SpoolerWay:
    return SpoolerWay(name, cast("Winspool", spooler))


@pytest.mark.parametrize("piece", [65_536, 1000])
def test_a_ticket_goes_raw_and_whole_into_the_queue(piece: int) -> None:
    spooler = Spooler(piece=piece)
    spooler.job = -1
    found = printer(spooler)
    status = found.state(found.print_pdf(ticket.ticket(papers.ticket_data()), "tiket"))
    assert spooler.document == ("PELITA 3 tiket", None, "RAW")
    assert len(cut_papers(spooler.received, 576)) == 1
    said = [c for c in spooler.calls if not c.startswith("Get")]
    wanted = ["OpenPrinterW", "StartDocPrinterW", "StartPagePrinter", "WritePrinter", "EndPagePrinter", "EndDocPrinter"]
    assert list(dict.fromkeys(said[2:])) == [*wanted, "ClosePrinter"]
    assert status.state is JobState.LOST
    assert "tidak dapat melapor" in status.reason


@pytest.mark.parametrize("call", ["StartPagePrinter", "WritePrinter", "EndPagePrinter", "EndDocPrinter"])
def test_what_windows_refuses_is_told_and_closed_and_half_a_ticket_is_taken_back(call: str) -> None:
    spooler = Spooler()
    spooler.fails, spooler.error = call, 1722
    with pytest.raises(Unavailable, match="kesalahan 1722"):
        way(spooler).send(b"\x1b@")
    assert spooler.calls[-1] == "ClosePrinter"
    assert ("AbortPrinter" in spooler.calls) == (call != "EndDocPrinter")


def test_a_queue_that_is_not_there_or_not_ours_is_told() -> None:
    assert "tidak ada di Windows" in printer(Spooler(), "Lain").describe().note
    spooler = Spooler()
    spooler.fails, spooler.error = "StartDocPrinterW", 5
    with pytest.raises(Unavailable, match="tidak mengizinkan"):
        way(spooler).send(b"\x1b@")
    assert spooler.calls[-1] == "ClosePrinter"


@pytest.mark.parametrize(
    ("status", "attributes", "words"),
    [
        (0x10, 0, "Kertas printer habis"),
        (0x400000, 0, "Tutup printer"),
        (0x80, 0, "tidak siap"),
        (0x1, 0, "dijeda"),
        (0x8, 0, "bermasalah"),
        (0, 0x400, "tidak siap"),
    ],
)
def test_trouble_of_the_queue_is_known_before(status: int, attributes: int, words: str) -> None:
    spooler = Spooler()
    spooler.status, spooler.attributes = status, attributes
    found = printer(spooler)
    assert not found.describe().ready
    assert words in found.describe().note
    with pytest.raises(Unavailable, match=words):
        found.print_pdf(ticket.ticket(papers.ticket_data()), "tiket")
    assert not spooler.received


@pytest.mark.parametrize(("job", "words"), [(0x40, "Kertas printer habis"), (0x20, "tidak siap"), (0x2, "bermasalah")])
def test_trouble_of_the_job_is_known_after(job: int, words: str) -> None:
    spooler = Spooler()
    spooler.job = job
    found = printer(spooler)
    status = found.state(found.print_pdf(ticket.ticket(papers.ticket_data()), "tiket"))
    assert status.state is JobState.STOPPED
    assert words in status.reason


def test_a_job_that_stays_in_the_queue_is_not_waited_for_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(thermal_spooler, "WAIT_SECONDS", 0.3)
    spooler = Spooler()
    spooler.job = 0x8
    assert way(spooler).send(b"\x1b@") is None


@pytest.mark.skipif(ctypes.sizeof(ctypes.c_void_p) != 8, reason="the measures are those of 64-bit Windows")
def test_the_structures_lie_in_memory_as_windows_lays_them() -> None:
    for kind, size in SIZES.items():
        assert ctypes.sizeof(kind) == size
    for name, offset in OFFSETS.items():
        assert getattr(PrinterInfo, name).offset == offset


@pytest.mark.skipif(os.name == "nt", reason="there it exists")
def test_elsewhere_it_says_that_this_is_windows_way() -> None:
    with pytest.raises(Unavailable, match="hanya ada di Windows"):
        SpoolerWay("Tiket").ask()
