"""The printer beside the kiosk: trouble costs nobody his number, staff hear of it, late paper is the same number."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.errors import Refused, Unavailable
from app.jobs import kiosk, tickets
from app.models import base
from app.services import devices, queue, ticket_paper
from app.services.accounts import Who
from app.services.devices import Machine
from app.services.keys import new_key
from app.services.ticket_paper import Paper
from app.sop.model import Role
from app.ui.kiosk.visit import Stage
from tests.support.hall import KIOSK, at_kiosk
from tests.support.office import Clock
from tests.ui.kiosk.hall import MORNING, Visitor, visitor

Sit = Callable[[str | Role], Who]
EMPTY = "Kertas habis. Pasang gulungan baru."


@pytest.fixture
def v(qtbot: QtBot, office_db: Path, clock: Clock, tmp_path: Path) -> Iterator[Visitor]:
    clock.at = MORNING
    at_kiosk()
    with visitor(qtbot, tmp_path) as made:
        made.start()
        yield made


def told(v: Visitor, who: Sit) -> Machine:
    v.wait()
    who(Role.FO)
    (found,) = devices.machines()
    base.session.actor = KIOSK
    return found


def take(v: Visitor, service: str = "Akta perceraian") -> None:
    v.touch(service)
    v.touch("Umum")


def test_paper_out_shows_the_number_large_and_tells_staff(v: Visitor, who: Sit) -> None:
    v.roll.trouble = EMPTY
    take(v)
    assert v.said == (
        "Nomor A-001. Foto nomor ini. Kertas tidak dapat dicetak, tetapi nomor Anda tetap berlaku dan akan dipanggil. "
        "Petugas sudah diberi tahu."
    )
    found = told(v, who)
    assert (found.state, found.detail) == ("DOWN", "Kertas habis. Pasang gulungan baru. Belum tercetak: A-001")
    v.pass_seconds(29)
    assert v.stage() is Stage.PAPER
    v.pass_seconds(1)
    assert v.front() is v.kiosk.glass.home


def test_the_same_number_is_printed_when_paper_is_there_again(v: Visitor, who: Sit) -> None:
    v.roll.trouble = EMPTY
    take(v)
    v.touch("Sudah saya foto")
    take(v)
    v.touch("Sudah saya foto")
    assert v.roll.titles == []
    v.roll.trouble = ""
    v.kiosk.supply.look()
    v.wait()
    assert v.roll.titles == ["tiket A-001", "tiket A-002"]
    found = told(v, who)
    assert (found.state, found.detail) == (
        "LOOK", "Baru tercetak, serahkan bila orangnya masih ada: A-001, A-002",
    )  # fmt: skip
    v.kiosk.supply.look()
    assert told(v, who).detail == ""
    assert len(v.roll.titles) == 2


def test_who_was_called_meanwhile_needs_no_paper(v: Visitor, who: Sit) -> None:
    v.roll.trouble = EMPTY
    take(v)
    v.pass_seconds(30)
    who(Role.FO)
    queue.call_next("Loket 3", new_key())
    base.session.actor = KIOSK
    v.roll.trouble = ""
    v.kiosk.supply.look()
    v.wait()
    assert v.roll.titles == []
    assert v.kiosk.supply.waiting == []


def test_paper_half_an_hour_late_finds_nobody(v: Visitor, clock: Clock) -> None:
    v.roll.trouble = EMPTY
    take(v)
    clock.at = MORNING + timedelta(minutes=31)
    v.roll.trouble = ""
    v.kiosk.supply.look()
    v.wait()
    assert v.roll.titles == []


def without_paper(who: Sit) -> list[str]:
    """The numbers that counters are shown as without paper; then the kiosk sits there again."""
    who(Role.FO)
    found = [m.ticket.label for m in ticket_paper.missing()]
    base.session.actor = KIOSK
    return found


def test_counters_learn_which_number_is_without_paper_and_that_it_has_come(v: Visitor, who: Sit) -> None:
    take(v)
    v.pass_seconds(8)
    v.roll.trouble = EMPTY
    take(v)
    assert without_paper(who) == ["A-002"]
    v.roll.trouble = ""
    v.kiosk.supply.look()
    v.wait()
    assert v.roll.titles == ["tiket A-001", "tiket A-002"]
    assert without_paper(who) == []


def test_what_a_counter_printed_the_kiosk_does_not_print_again(v: Visitor, who: Sit) -> None:
    v.roll.trouble = EMPTY
    take(v)
    v.pass_seconds(30)
    take(v)
    who(Role.FO)
    ticket_paper.tell(1, Paper.OUT, new_key())
    base.session.actor = KIOSK
    v.kiosk.supply.look()
    assert told(v, who).detail == "Kertas habis. Pasang gulungan baru. Belum tercetak: A-002"
    v.roll.trouble = ""
    v.kiosk.supply.look()
    v.wait()
    assert v.roll.titles == ["tiket A-002"]


def test_a_server_that_went_hears_of_the_paper_when_it_is_back(
    v: Visitor, who: Sit, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_a: object, **_more: object) -> None:
        raise Unavailable("putus", code="lost")

    with monkeypatch.context() as cut:
        cut.setattr(ticket_paper, "begin", gone)
        take(v)
    assert v.said.startswith("Nomor A-001. Silakan ambil")
    assert v.roll.titles == ["tiket A-001"]
    clock.at = MORNING + ticket_paper.PRINTING + timedelta(seconds=1)
    assert without_paper(who) == ["A-001"]
    v.kiosk.link.look()
    v.wait()
    assert without_paper(who) == []
    assert v.kiosk.supply.untold == []


def test_a_word_that_is_refused_stops_no_other(v: Visitor, who: Sit, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_a: object, **_more: object) -> None:
        raise Refused("Tidak boleh.", code="ticket")

    v.roll.trouble = EMPTY
    with monkeypatch.context() as cut:
        cut.setattr(ticket_paper, "tell", refused)
        take(v)
    v.pass_seconds(30)
    take(v)
    assert without_paper(who) == ["A-002"]
    assert v.kiosk.supply.untold == []


def test_a_printer_that_fails_again_keeps_the_number(v: Visitor, who: Sit, monkeypatch: pytest.MonkeyPatch) -> None:
    v.roll.trouble = EMPTY
    take(v)
    v.roll.trouble = ""
    out = kiosk.Printed(Paper.FAILED, "Penutup printer terbuka. Tutup penutupnya.")
    with monkeypatch.context() as broken:
        broken.setattr(kiosk, "to_paper", lambda *_a: out)
        v.kiosk.supply.look()
        v.wait()
    assert [w.given.label for w in v.kiosk.supply.waiting] == ["A-001"]
    assert told(v, who).detail.startswith("Penutup printer terbuka")
    v.kiosk.supply.look()
    v.wait()
    assert v.roll.titles == ["tiket A-001"]


def test_a_server_away_keeps_the_number_for_later(v: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*_a: object) -> object:
        raise Unavailable("putus", code="lost")

    v.roll.trouble = EMPTY
    take(v)
    v.roll.trouble = ""
    with monkeypatch.context() as cut:
        cut.setattr(kiosk, "still_wanted", gone)
        v.kiosk.supply.look()
        v.wait()
    assert v.roll.titles == []
    v.kiosk.supply.look()
    v.wait()
    assert v.roll.titles == ["tiket A-001"]


def test_a_mute_printer_is_not_believed_nor_disbelieved(v: Visitor, who: Sit) -> None:
    v.roll.mute = True
    take(v)
    assert v.said.startswith("Nomor A-001. Silakan ambil nomor Anda. Bila kertas tidak keluar, foto nomor ini.")
    assert told(v, who).state == "LOOK"
    v.pass_seconds(15)
    assert v.stage() is Stage.BASE
    assert v.kiosk.supply.waiting == []
    assert without_paper(who) == ["A-001"]


def test_little_paper_is_told_before_it_is_none(v: Visitor, who: Sit) -> None:
    v.roll.note = "Kertas hampir habis. Siapkan gulungan baru."
    v.kiosk.supply.look()
    found = told(v, who)
    assert (found.state, found.detail) == ("LOOK", "Kertas hampir habis. Siapkan gulungan baru")
    take(v)
    assert v.said.startswith("Nomor A-001. Silakan ambil")


def test_a_dead_printer_is_known_before_the_first_visitor(v: Visitor, who: Sit) -> None:
    v.roll.trouble = "Printer tidak menjawab. Periksa kabel dan listriknya."
    v.kiosk.supply.look()
    assert told(v, who).state == "DOWN"


def test_a_call_for_help_stands_before_the_printers_trouble(v: Visitor, who: Sit) -> None:
    v.touch("Panggil petugas")
    v.roll.trouble = EMPTY
    v.kiosk.supply.look()
    found = told(v, who)
    assert found.state == "CALL"
    assert found.detail == "Pengunjung meminta bantuan sejak 08.14. Kertas habis. Pasang gulungan baru"


def test_paper_that_could_not_be_drawn_is_a_number_on_the_screen(v: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*_a: object) -> object:
        raise Unavailable("putus", code="lost")

    monkeypatch.setattr(tickets, "drawn", gone)
    take(v)
    assert v.said.startswith("Nomor A-001. Foto nomor ini")


def test_a_printer_that_is_not_there_is_said(v: Visitor) -> None:
    def missing(kind: str, wanted: str = "") -> object:
        raise Refused("Printer “x” tidak ada di komputer ini.", code="no_printer")

    object.__setattr__(v.setup.workshop, "printer_for", missing)
    assert kiosk.printer_health(v.setup.workshop) == kiosk.Health(
        ready=False, note="Printer “x” tidak ada di komputer ini."
    )
