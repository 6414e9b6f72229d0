"""A paper goes to a printer of the office: through a real CUPS server, and its fate is told as it is."""

from __future__ import annotations

import time
from typing import Literal

import pytest

from app.devices import printers
from app.devices.lp import LpPrinter, list_queues
from app.devices.printer import Job, JobState, JobStatus, Media
from app.devices.thermal import Address
from app.errors import Refused, Unavailable
from app.printing import ticket
from tests.support.cups import Cups
from tests.support.papers import TICKET, ticket_data
from tests.support.sheets import TEXT, paper, read


def settled(printer: LpPrinter, job: Job, *states: JobState) -> JobStatus:
    until = time.monotonic() + 15
    while (status := printer.state(job)).state not in states:
        assert time.monotonic() < until, status
        time.sleep(0.1)
    return status


@pytest.mark.parametrize("media", ["A4", "A5"])
def test_a_paper_reaches_the_device_as_it_was_drawn(cups: Cups, media: Media) -> None:
    printer, pdf = LpPrinter("arsip"), paper(media, pages=2)
    job = printer.print_pdf(pdf, "P3-2605-0412-6 kartu kendali", media)
    assert settled(printer, job, JobState.COMPLETED) == JobStatus(JobState.COMPLETED)
    arrived, sent = read(cups.page(job.number)), read(pdf)
    assert [page[:3] for page in arrived] == [page[:3] for page in sent]
    assert {page[2] for page in arrived} == {TEXT}
    for got, drawn in zip(arrived, sent, strict=True):
        assert max(abs(a - b) for a, b in zip(got[3], drawn[3], strict=True)) <= 2


def test_folio_paper_is_asked_for_by_its_measure(cups: Cups) -> None:
    printer = LpPrinter("arsip")
    job = printer.print_pdf(paper("F4"), "register", "F4")
    assert settled(printer, job, JobState.COMPLETED).state is JobState.COMPLETED
    width, height, code, _ink = read(cups.page(job.number))[0]
    assert (width, height, code) == (609, 935, TEXT)


def test_two_copies_are_two_copies(cups: Cups) -> None:
    printer = LpPrinter("arsip")
    job = printer.print_pdf(paper(), "resi", copies=2)
    settled(printer, job, JobState.COMPLETED)
    # The filter leaves copies to the device and says so in the file's head.
    assert b"NumCopies : 2" in cups.page(job.number)[:200]


def test_a_stopped_queue_is_never_called_printed(cups: Cups) -> None:
    printer = LpPrinter("macet")
    description = printer.describe()
    assert not description.ready
    assert "habis kertas" in description.note
    job = printer.print_pdf(paper(), "resi")
    time.sleep(1)
    status = printer.state(job)
    assert status.state in (JobState.STOPPED, JobState.QUEUED)
    assert "menunggu" in status.reason
    assert not (cups.pages / f"{job.number}.pdf").exists()
    cups.admin("cancel", f"macet-{job.number}")
    cancelled = settled(printer, job, JobState.STOPPED)
    assert cancelled.reason == "Cetakan dibatalkan."


def test_a_queue_that_starts_again_prints_what_waited(cups: Cups) -> None:
    printer = LpPrinter("arsip2")
    cups.admin("cupsdisable", "arsip2")
    job = printer.print_pdf(paper(), "resi")
    assert settled(printer, job, JobState.STOPPED).state is JobState.STOPPED
    cups.admin("cupsenable", "arsip2")
    assert settled(printer, job, JobState.COMPLETED).state is JobState.COMPLETED
    assert read(cups.page(job.number))[0][2] == TEXT


def test_a_missing_printer_is_refused_and_nothing_is_printed_elsewhere(cups: Cups) -> None:
    before = set(cups.pages.iterdir())
    for name in ("tidak_ada", "", "-d arsip", "arsip/../macet"):
        with pytest.raises(Refused, match="tidak ada di komputer ini") as refusal:
            LpPrinter(name).print_pdf(paper(), "resi")
        assert refusal.value.code == "no_printer"
        with pytest.raises(Refused):
            printers.get(name)
    time.sleep(0.5)
    assert set(cups.pages.iterdir()) == before


def test_a_queue_that_takes_no_jobs_says_try_later(cups: Cups) -> None:
    cups.admin("cupsreject", "arsip2")
    try:
        with pytest.raises(Unavailable, match="tidak menerima cetakan"):
            LpPrinter("arsip2").print_pdf(paper(), "resi")
    finally:
        cups.admin("cupsaccept", "arsip2")


@pytest.mark.usefixtures("cups")
def test_an_unknown_job_is_lost_not_printed() -> None:
    assert LpPrinter("arsip").state(Job("arsip", "999999")).state is JobState.LOST


@pytest.mark.usefixtures("cups")
def test_without_a_scheduler_the_text_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CUPS_SERVER", "127.0.0.1:9")
    assert list_queues() == []
    with pytest.raises(Unavailable, match="CUPS"):
        LpPrinter("arsip").print_pdf(paper(), "resi")


@pytest.mark.usefixtures("cups")
def test_queues_are_offered_by_name() -> None:
    assert set(list_queues()) >= {"arsip", "arsip2", "macet"}
    offered = {one.name: one for one in printers.available()}
    assert offered["arsip"].ready
    assert not offered["macet"].ready
    assert printers.get("arsip").name == "arsip"


@pytest.mark.usefixtures("cups")
def test_only_a_pdf_and_a_sane_number_of_copies_are_taken() -> None:
    with pytest.raises(Refused, match="bukan PDF"):
        LpPrinter("arsip").print_pdf(b"GIF89a", "resi")
    with pytest.raises(Refused, match="1 sampai 20"):
        LpPrinter("arsip").print_pdf(paper(), "resi", copies=100)


def test_a_title_is_cut_to_plain_characters(cups: Cups) -> None:
    printer = LpPrinter("arsip")
    job = printer.print_pdf(paper(), 'resi "P3"; $(touch x) – é\n')
    settled(printer, job, JobState.COMPLETED)
    assert (cups.pages / f"{job.number}.title").read_text() == "resi -P3- -touch x- e\n"


@pytest.mark.parametrize("width", [80, 58])
def test_a_ticket_gets_a_page_exactly_as_large_as_itself(cups: Cups, width: Literal[80, 58]) -> None:
    pdf = ticket.ticket(ticket_data(), width)
    printer = printers.get(Address("driver", "arsip", width).name)
    assert (printer.describe().kind, printer.describe().ready) == ("thermal", True)
    job = printer.print_pdf(pdf, "tiket A-017", "A5")
    settled(LpPrinter("arsip"), job, JobState.COMPLETED)
    (arrived,), (sent,) = read(cups.page(job.number)), read(pdf)
    assert arrived[2] == sent[2] == TICKET
    assert max(abs(a - b) for a, b in zip(arrived[:2], sent[:2], strict=True)) <= 1
    assert max(abs(a - b) for a, b in zip(arrived[3], sent[3], strict=True)) <= 2
