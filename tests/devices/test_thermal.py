"""Tickets on thermal printers: exact dots, and never a success that the printer did not report."""

from __future__ import annotations

import os
import threading
from pathlib import Path
from typing import Literal

import pytest
import zxingcpp
from PIL import Image

from app.devices import escpos, printers, thermal, thermal_file, thermal_talk, thermal_tcp
from app.devices.printer import JobState
from app.devices.thermal import Address, ThermalPrinter
from app.errors import Refused, Unavailable
from app.printing import qr, ticket
from tests.support import papers
from tests.support.escrender import Paper, Wrong
from tests.support.escrender import papers as cut_papers
from tests.support.thermal_printer import Machine, on_cable, on_port

Width = Literal[80, 58]
WIDTHS: tuple[Width, ...] = (80, 58)


def drawn(width: Width = 80) -> bytes:
    return ticket.ticket(papers.ticket_data(), width)


def at(place: str, width: Width = 80, *, cut: bool = True) -> ThermalPrinter:
    return ThermalPrinter(Address("tcp", place, width, cut))


@pytest.mark.parametrize("width", WIDTHS)
def test_every_module_of_the_code_is_whole_dots_and_it_can_be_read(width: Width) -> None:
    raster = thermal.rasters(drawn(width), width)[0]
    (paper,) = cut_papers(escpos.ticket(raster), escpos.DOTS[width])
    assert paper.width == escpos.DOTS[width]
    (code,) = zxingcpp.read_barcodes(paper.convert("L"))
    assert code.text == papers.TICKET
    rows, dot = qr.matrix(papers.TICKET), 8 if width == 80 else 6
    place = code.position.top_left
    corner = next(
        (x, y)
        for y in range(place.y - 3, place.y + 4)
        for x in range(place.x - 3, place.x + 4)
        if not paper.getpixel((x, y)) and paper.getpixel((x - 1, y)) and paper.getpixel((x, y - 1))
    )
    side = len(rows) * dot
    found = paper.crop((*corner, corner[0] + side, corner[1] + side))
    grey = papers.raster(drawn(width), thermal.DPI).convert("L")
    left = (grey.width - paper.width) // 2
    code_area = grey.crop((left + corner[0], corner[1], left + corner[0] + side, corner[1] + side))
    assert all(level < 16 or level > 239 for level in set(code_area.tobytes())), "an edge lies between two dots"
    modules = Image.new("1", (len(rows), len(rows)))
    modules.putdata([0 if dark else 1 for row in rows for dark in row])
    assert found.tobytes() == modules.resize((side, side), Image.Resampling.NEAREST).tobytes()


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_is_drawn_where_the_head_does_not_reach(width: Width) -> None:
    page = papers.raster(drawn(width), thermal.DPI)
    edge = (page.width - escpos.DOTS[width]) // 2
    ink = page.point(lambda level: 255 if level < thermal.THRESHOLD else 0).getbbox()
    assert ink is not None
    assert edge <= ink[0] < ink[2] <= page.width - edge


def test_paper_of_another_width_is_refused() -> None:
    for pdf, width in ((drawn(80), 58), (drawn(58), 80)):
        with pytest.raises(Refused, match="bukan untuk gulungan"):
            thermal.rasters(pdf, 58 if width == 58 else 80)


@pytest.mark.parametrize("width", WIDTHS)
def test_a_ticket_comes_out_of_the_printer_on_the_network(width: Width) -> None:
    machine = Machine(escpos.DOTS[width])
    with on_port(machine) as place:
        printer = at(place, width)
        assert printer.describe().ready
        job = printer.print_pdf(drawn(width), "tiket A-017", "roll")
        assert printer.state(job).state is JobState.COMPLETED
        assert printer.state(job).reason == ""
    (paper,) = machine.paper.whole()
    assert zxingcpp.read_barcodes(paper.convert("L"))[0].text == papers.TICKET


def test_without_a_knife_nothing_is_cut() -> None:
    machine = Machine()
    with on_port(machine) as place:
        at(place, cut=False).print_pdf(drawn(), "tiket")
    assert machine.paper.cuts == []
    assert zxingcpp.read_barcodes(machine.paper.hanging.convert("L"))[0].text == papers.TICKET


@pytest.mark.parametrize(
    ("flag", "words"), [("out", "Kertas printer habis"), ("open", "Tutup printer terbuka"), ("offline", "tidak siap")]
)
def test_trouble_known_before_keeps_the_ticket_away_from_the_printer(flag: str, words: str) -> None:
    machine = Machine()
    setattr(machine, flag, True)
    with on_port(machine) as place:
        printer = at(place)
        description = printer.describe()
        assert not description.ready
        assert words in description.note
        with pytest.raises(Unavailable, match=words):
            printer.print_pdf(drawn(), "tiket")
    assert b"\x1dv0" not in machine.received


def test_paper_that_ends_in_the_middle_is_told_and_not_called_printed() -> None:
    machine = Machine()
    machine.rows_left = 300
    with on_port(machine) as place:
        printer = at(place)
        status = printer.state(printer.print_pdf(drawn(), "tiket"))
        assert status.state is JobState.STOPPED
        assert "Kertas printer habis" in status.reason
        assert machine.paper.cuts == []


def test_paper_that_will_end_soon_is_told_before_and_after() -> None:
    machine = Machine()
    machine.low = True
    with on_port(machine) as place:
        printer = at(place)
        assert printer.describe().ready
        assert "hampir habis" in printer.describe().note
        status = printer.state(printer.print_pdf(drawn(), "tiket"))
    assert status.state is JobState.COMPLETED
    assert "hampir habis" in status.reason


def test_a_printer_that_says_nothing_is_never_called_finished(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(thermal_talk, "ANSWER_SECONDS", 0.2)
    machine = Machine()
    machine.silent = True
    with on_port(machine) as place:
        printer = at(place)
        assert printer.describe().ready
        status = printer.state(printer.print_pdf(drawn(), "tiket"))
        assert status.state is JobState.LOST
        assert "tidak dapat melapor" in status.reason
    assert len(machine.paper.whole()) == 1


def test_a_printer_that_is_well_but_does_not_say_when_it_is_done_is_not_believed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(thermal_talk, "PRINT_SECONDS", 0.8)
    machine = Machine()
    machine.reports = False
    with on_port(machine) as place:
        printer = at(place)
        assert printer.state(printer.print_pdf(drawn(), "tiket")).state is JobState.LOST


def test_a_cable_pulled_in_the_middle_is_told() -> None:
    machine = Machine()
    machine.dies_after = 20_000
    with on_port(machine) as place, pytest.raises(Unavailable, match="putus saat mencetak"):
        at(place).print_pdf(drawn(), "tiket")


def test_nobody_at_the_address_is_told() -> None:
    printer = at("127.0.0.1:9")
    assert "tidak dapat dihubungi" in printer.describe().note
    with pytest.raises(Unavailable, match="tidak dapat dihubungi"):
        printer.print_pdf(drawn(), "tiket")


def test_dots_that_look_like_a_question_confuse_nobody() -> None:
    machine = Machine(384)
    dots = (b"\x10\x04\x01" * 16 + b"\x10\x04\x04" * 16) * 120
    data = escpos.ticket(escpos.Raster(384, len(dots) // 48, dots))
    with on_port(machine) as place:
        after = thermal_tcp.TcpWay(place).send(data)
    assert after == escpos.Health(online=True, paper=True, low=False)
    assert len(machine.paper.whole()) == 1


# --- on a cable


def test_a_ticket_comes_out_of_the_printer_on_a_cable(tmp_path: Path) -> None:
    machine = Machine()
    with on_cable(machine, tmp_path) as place:
        printer = ThermalPrinter(Address("file", place))
        assert printer.describe().ready
        assert printer.state(printer.print_pdf(drawn(), "tiket")).state is JobState.COMPLETED
        machine.out = True
        with pytest.raises(Unavailable, match="Kertas printer habis"):
            printer.print_pdf(drawn(), "tiket")
    (paper,) = machine.paper.whole()
    assert zxingcpp.read_barcodes(paper.convert("L"))[0].text == papers.TICKET


def test_a_device_that_only_takes_gets_every_byte_and_is_not_believed(tmp_path: Path) -> None:
    pipe = tmp_path / "lp0"
    os.mkfifo(pipe)
    taken: list[bytes] = []
    reader = threading.Thread(target=lambda: taken.append(pipe.read_bytes()))
    reader.start()
    end = os.open(pipe, os.O_WRONLY)
    printer = ThermalPrinter(Address("file", str(pipe)))
    status = printer.state(printer.print_pdf(drawn(), "tiket"))
    os.close(end)
    reader.join(10)
    assert status.state is JobState.LOST
    assert len(cut_papers(taken[0], 576)) == 1


def test_an_unplugged_device_does_not_become_a_file(tmp_path: Path) -> None:
    printer = ThermalPrinter(Address("file", str(tmp_path / "lp0")))
    assert printer.describe().note == thermal_file.GONE
    with pytest.raises(Unavailable, match="tidak terpasang"):
        printer.print_pdf(drawn(), "tiket")
    assert not list(tmp_path.iterdir())
    (tmp_path / "lp0").write_text("catatan")
    with pytest.raises(Unavailable, match="bukan printer"):
        printer.print_pdf(drawn(), "tiket")
    assert (tmp_path / "lp0").read_text() == "catatan"


# --- names


@pytest.mark.parametrize(
    "address",
    [
        Address("tcp", "192.168.1.50:9100", 58, cut=False),
        Address("file", "/dev/usb/lp0"),
        Address("spooler", r"\\LOKET-1\Tiket 80? #2 %", 80),
        Address("driver", "EPSON TM-T82 (1)", 58),
    ],
)
def test_a_name_in_the_settings_is_the_same_printer_again(address: Address) -> None:
    assert thermal.parse(address.name) == address
    assert thermal.roll(address.name) == address.width


@pytest.mark.parametrize("name", ["thermal:", "thermal:ftp://x?width=80", "thermal:tcp://?width=80", "loket-a5"])
def test_a_name_that_is_no_ticket_printer_is_refused(name: str) -> None:
    with pytest.raises(Refused) as refused:
        thermal.parse(name)
    assert refused.value.code == "no_printer"
    assert thermal.roll(name) == 80


def test_the_printer_is_found_by_its_name_and_offered_where_it_is_set() -> None:
    with on_port(Machine()) as place:
        name = Address("tcp", place).name
        assert printers.get(name).name == name
        offered = {one.name: one for one in printers.available(own=[name])}
        assert (offered[name].kind, offered[name].ready) == ("thermal", True)


# --- the judge of all this


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\x1b@\x1bX", "unknown command"),
        (b"\x1b@\x1dv0\x00\x48\x00\x02\x00" + bytes(100), "cut short"),
        (b"\x1dv0\x00\x48\x00\x01\x00" + bytes(72), "OVERFLOW"),
        (b"\x1b@\x1bd\x03", "nothing cut"),
        (b"A-017", "unknown command"),
    ],
)
def test_the_decoder_lets_nothing_pass(data: bytes, words: str) -> None:
    with pytest.raises(Wrong, match=words):
        cut_papers(data, 384 if words == "OVERFLOW" else 576)


def test_the_decoder_takes_bytes_as_they_come() -> None:
    data = escpos.ticket(escpos.Raster(8, 2, b"\xff\x81"))
    paper = Paper(8)
    for byte in data:
        paper.feed(bytes([byte]))
    (found,) = paper.whole()
    assert [found.getpixel((x, 1)) for x in range(8)] == [0, 255, 255, 255, 255, 255, 255, 0]
