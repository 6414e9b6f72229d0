"""A visitor at the kiosk: two touches to paper, one number however often the glass is struck, and home again."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.errors import Unavailable
from app.jobs import kiosk
from app.jobs.workshop import Workshop
from app.models import base
from app.models.tables_berkas import Ticket
from app.services import bookings, devices, queue, queue_settings
from app.services.accounts import Who
from app.services.booking_list import Columns
from app.services.devices import Machine
from app.services.keys import new_key
from app.sop.model import Role
from app.ui.kiosk.visit import Stage
from tests.support.hall import KIOSK, at_kiosk
from tests.support.office import Clock
from tests.ui.kiosk.hall import MORNING, Visitor, until, visitor

Sit = Callable[[str | Role], Who]
LIST = Columns("mpp", "ref", "hari", "jam", otherwise="B")


@pytest.fixture
def v(qtbot: QtBot, office_db: Path, who: Sit, clock: Clock, tmp_path: Path) -> Iterator[Visitor]:
    clock.at = MORNING
    who(Role.FO)
    lines = "ref;hari;jam\nMPP-42;2026-05-12;08:15\nMPP-43;2026-05-12;11:00\n0044;2026-05-12;08:20\n"
    bookings.store(bookings.preview(lines.encode(), LIST))
    at_kiosk()
    with visitor(qtbot, tmp_path) as made:
        made.start()
        yield made


def tickets() -> list[Ticket]:
    with base.told():
        return list(Ticket.select().order_by(Ticket.id))


def told(who: Sit) -> Machine:
    """What counters read of the kiosk; then the kiosk sits there again."""
    who(Role.FO)
    (found,) = devices.machines()
    base.session.actor = KIOSK
    return found


# --- paper in two touches --------------------------------------------------------------------------------------------


def test_two_touches_bring_paper_and_the_start_comes_back(v: Visitor) -> None:
    v.touch("Akta perceraian")
    assert v.stage() is Stage.CHOOSE
    v.touch("Umum")
    assert v.roll.titles == ["tiket A-001"]
    assert v.said.startswith("Nomor A-001. Silakan ambil nomor Anda")
    v.pass_seconds(7)
    assert v.stage() is Stage.PAPER
    v.pass_seconds(1)
    assert v.stage() is Stage.BASE
    assert v.front() is v.kiosk.glass.home


def test_priority_is_asked_kindly_and_has_its_own_numbers(v: Visitor) -> None:
    v.touch("KK dan KTP-el")
    v.touch("Prioritas: Lansia")
    (ticket,) = tickets()
    assert (ticket.prefix, ticket.service, ticket.priority) == ("P", "B", 1)


def test_a_glass_struck_twenty_times_gives_one_number(v: Visitor) -> None:
    v.touch("Melengkapi", wait=False)
    at = v.key("Umum").geometry().center()
    for _ in range(20):
        v.touch_at(at)
    v.wait()
    for _ in range(20):
        v.touch_at(at)
    v.wait()
    assert len(tickets()) == 1
    assert len(v.roll.titles) == 1


def test_everything_is_dead_until_the_paper_is_there(v: Visitor) -> None:
    out = threading.Event()
    v.roll.hold = until(out)
    v.touch("Akta perceraian")
    v.touch("Umum", wait=False)
    v.bot.waitUntil(lambda: v.stage() is Stage.PRINTING)
    assert v.said.startswith("Nomor A-001. Sedang mencetak")
    for y in range(20, 768, 60):
        for x in range(20, 1366, 90):
            v.touch_at(QPoint(x, y))
    v.scan("MPP-42", wait=False)
    v.pass_seconds(40)
    assert v.stage() is Stage.PRINTING
    out.set()
    v.wait()
    assert v.stage() is Stage.PAPER
    assert len(tickets()) == 1


def test_the_number_counts_before_the_paper_moves(v: Visitor) -> None:
    seen: list[int] = []

    def hold() -> None:
        base.db.connect(reuse_if_open=True)
        seen.append(len(tickets()))
        base.db.close()

    v.roll.hold = hold
    v.touch("Akta perceraian")
    v.touch("Umum")
    assert seen == [1]


def test_the_next_visitor_gets_the_next_number(v: Visitor) -> None:
    for _ in range(3):
        v.touch("Akta perceraian")
        v.touch("Umum")
        v.pass_seconds(8)
    assert v.roll.titles == ["tiket A-001", "tiket A-002", "tiket A-003"]


def test_tiles_tell_who_waits(v: Visitor) -> None:
    assert [t.offer.waiting for t in v.kiosk.glass.home.tiles] == [0, 0, 0, 0]
    v.touch("Akta perceraian")
    v.touch("Umum")
    v.pass_seconds(8)
    assert v.kiosk.glass.home.tiles[0].offer.waiting == 1


def test_back_means_back(v: Visitor) -> None:
    v.touch("Akta perceraian")
    v.touch("Kembali")
    assert v.front() is v.kiosk.glass.home
    assert not tickets()


# --- nobody there any more -------------------------------------------------------------------------------------------


def test_who_goes_away_is_asked_at_twenty_seconds_and_forgotten_at_thirty(v: Visitor) -> None:
    v.touch("Akta perceraian")
    v.pass_seconds(19)
    assert v.front() is v.kiosk.glass.choose
    v.pass_seconds(1)
    assert v.said.startswith("Masih di sini?")
    v.pass_seconds(9)
    assert v.stage() is Stage.CHOOSE
    v.pass_seconds(1)
    assert v.front() is v.kiosk.glass.home


def test_who_answers_goes_on_and_what_lies_under_the_question_is_not_touched(v: Visitor) -> None:
    v.touch("Akta perceraian")
    v.pass_seconds(25)
    v.touch_at(QPoint(60, 400))
    assert v.said.startswith("Masih di sini?")
    v.touch("Ya, lanjutkan")
    assert v.front() is v.kiosk.glass.choose
    assert not tickets()
    v.pass_seconds(19)
    assert v.front() is v.kiosk.glass.choose
    v.pass_seconds(1)
    v.touch("Kembali ke awal")
    assert v.front() is v.kiosk.glass.home


def test_a_finger_anywhere_is_a_sign_of_life(v: Visitor) -> None:
    v.touch("Sudah punya")
    v.pass_seconds(19)
    v.touch_at(QPoint(300, 500))
    v.pass_seconds(19)
    assert v.front() is v.kiosk.glass.pad
    v.touch("7")
    v.pass_seconds(19)
    assert v.front() is v.kiosk.glass.pad


# --- web numbers -----------------------------------------------------------------------------------------------------


def test_a_scan_checks_in_with_one_touch(v: Visitor) -> None:
    v.scan("https://mpp.pekanbaru.go.id/t?kode=mpp-42")
    assert v.stage() is Stage.CHOOSE
    v.touch("Umum")
    (ticket,) = tickets()
    assert (ticket.service, ticket.booking_id is not None) == ("B", True)
    assert v.said.startswith("Nomor B-001")


def test_a_short_number_is_scanned_too_and_typed(v: Visitor) -> None:
    v.touch("Sudah punya")
    for digit in "0049":
        v.touch(digit)
    v.touch("Hapus")
    v.touch("4")
    v.touch("Lapor hadir")
    v.touch("Prioritas")
    (ticket,) = tickets()
    assert (ticket.prefix, ticket.service) == ("P", "B")
    v.pass_seconds(8)
    v.scan("0044")
    assert v.said.startswith("Nomor daring sudah dipakai")


def test_letters_are_one_touch_away(v: Visitor) -> None:
    v.touch("Sudah punya")
    assert not v.key("Lapor hadir").isEnabled()
    v.touch("Huruf")
    for letter in "MPP-":
        v.touch(letter)
    v.touch("Angka")
    for digit in "42":
        v.touch(digit)
    assert v.kiosk.glass.pad.typed == "MPP-42"
    v.touch("Lapor hadir")
    assert v.stage() is Stage.CHOOSE


def test_a_line_has_an_end(v: Visitor) -> None:
    v.touch("Sudah punya")
    for _ in range(40):
        v.kiosk.glass.pad.type("1")
    assert v.kiosk.glass.pad.typed == "1" * 24


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("MPP-43", "Anda datang lebih awal. Jam Anda 11.00. Laporkan kehadiran mulai 10.45"),
        ("MPP-99", "Nomor daring tidak dikenal. Nomor daring MPP-99 tidak dikenal."),
        ("T3-260512-A018-9", "Anda sudah punya nomor. "),
        ("P3-2605-0414-8", "Kode berkas Anda. "),
    ],
)
def test_a_scan_that_brings_no_number_says_what_to_do(v: Visitor, code: str, said: str) -> None:
    v.scan(code)
    assert v.said.startswith(said)
    v.pass_seconds(15)
    assert v.front() is v.kiosk.glass.home
    assert not tickets()


def test_what_was_typed_wrong_can_be_mended(v: Visitor) -> None:
    v.touch("Sudah punya")
    for digit in "004":
        v.touch(digit)
    v.touch("Lapor hadir")
    v.touch("Perbaiki nomor")
    assert v.kiosk.glass.pad.typed == "004"
    v.touch("4")
    v.touch("Lapor hadir")
    assert v.stage() is Stage.CHOOSE


def test_an_ordinary_number_instead(v: Visitor) -> None:
    v.scan("MPP-43")
    v.touch("Ambil nomor biasa")
    assert v.front() is v.kiosk.glass.home


def test_the_office_judges_again_at_the_second_touch(v: Visitor, clock: Clock) -> None:
    v.scan("MPP-42")
    clock.at = MORNING + timedelta(minutes=30)
    v.touch("Umum")
    assert v.said.startswith("Jam Anda sudah lewat")
    assert not tickets()


# --- what can be otherwise -------------------------------------------------------------------------------------------


def test_outside_hours_there_are_no_services(v: Visitor, clock: Clock) -> None:
    clock.at = MORNING + timedelta(hours=8)
    v.kiosk.link.look()
    v.wait()
    assert v.said.startswith("Pengambilan nomor sedang tutup. Nomor diambil pukul 07.30 sampai 15.00")
    v.scan("MPP-42")
    assert not tickets()
    clock.at = MORNING + timedelta(days=1)
    v.kiosk.link.look()
    v.wait()
    assert v.front() is v.kiosk.glass.home


def test_a_closing_hour_between_two_touches_is_told(v: Visitor, clock: Clock) -> None:
    v.touch("Akta perceraian")
    clock.at = MORNING + timedelta(hours=8)
    v.touch("Umum")
    assert v.said.startswith("Layanan ini sedang tidak dibuka")
    v.pass_seconds(15)
    assert v.said.startswith("Pengambilan nomor sedang tutup")


def test_a_full_service_says_when_to_come(v: Visitor, who: Sit) -> None:
    who(Role.ADMIN)
    queue_settings.save_service(replace(queue_settings.services()[0], quota=1), new_key())
    base.session.actor = KIOSK
    v.touch("Akta perceraian")
    v.touch("Umum")
    v.pass_seconds(8)
    v.touch("Akta perceraian, KK, KTP-el: kuota hari ini habis")
    assert v.said.startswith("Kuota hari ini sudah habis. Datanglah besok pukul 07.30")


def test_the_last_number_may_go_to_somebody_else_between_two_touches(v: Visitor, who: Sit) -> None:
    who(Role.ADMIN)
    queue_settings.save_service(replace(queue_settings.services()[0], quota=1), new_key())
    base.session.actor = KIOSK
    v.touch("Akta perceraian")
    who(Role.FO)
    queue.issue(new_key(), service="A")
    base.session.actor = KIOSK
    v.touch("Umum")
    assert v.said.startswith("Kuota hari ini sudah habis")


def test_a_kiosk_gone_wild_is_sent_to_people(v: Visitor) -> None:
    for _ in range(20):
        queue.issue(new_key(), service="A")
    v.touch("Akta perceraian")
    v.touch("Umum")
    assert v.said.startswith("Nomor belum dapat diambil. Silakan temui petugas")


def test_a_lost_server_sends_people_to_people_and_comes_back(v: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    v.touch("Akta perceraian")

    def gone(*_a: object, **_k: object) -> object:
        raise Unavailable("Sambungan ke server terputus.", code="lost")

    with monkeypatch.context() as cut:
        cut.setattr(kiosk, "give", gone)
        v.touch("Umum")
        assert v.said.startswith("Silakan ambil nomor di meja petugas")
        v.scan("MPP-42")
        assert v.stage() is Stage.BASE
    v.kiosk.link.look()
    v.wait()
    assert v.front() is v.kiosk.glass.home
    assert not tickets()
    assert v.kiosk.strayed == []


def test_a_number_whose_answer_was_lost_is_told_to_staff(v: Visitor, who: Sit, monkeypatch: pytest.MonkeyPatch) -> None:
    real = kiosk.give

    def given_and_lost(shop: Workshop, key: str, service: str, *, priority: bool) -> object:
        real(shop, key, service, priority=priority)
        raise Unavailable("Sambungan ke server terputus.", code="lost")

    v.touch("Akta perceraian")
    with monkeypatch.context() as cut:
        cut.setattr(kiosk, "give", given_and_lost)
        v.touch("Umum")
    v.kiosk.link.look()
    v.wait()
    assert v.kiosk.strayed == ["A-001"]
    assert told(who).detail == "Terbit saat server terputus, pengunjungnya ke meja petugas: A-001"
    assert told(who).state == "LOOK"


def test_a_slow_server_is_told_and_nothing_is_taken_twice(v: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    real, go = kiosk.give, threading.Event()

    def slowly(shop: Workshop, key: str, service: str, *, priority: bool) -> kiosk.Given:
        assert go.wait(20)
        return real(shop, key, service, priority=priority)

    monkeypatch.setattr(kiosk, "give", slowly)
    v.touch("Akta perceraian")
    v.touch("Umum", wait=False)
    assert v.said.startswith("Sedang mengambil nomor. Mohon tunggu sebentar")
    v.pass_seconds(6)
    assert "Server sedang lambat" in v.said
    go.set()
    v.wait()
    assert v.said.startswith("Nomor A-001")


def test_a_server_lost_while_choosing_sends_home(v: Visitor) -> None:
    v.touch("Akta perceraian")
    v.kiosk.link.lost(Unavailable("putus", code="lost"))
    assert v.said.startswith("Silakan ambil nomor di meja petugas")


def test_paper_is_not_taken_away_by_a_lost_server(v: Visitor) -> None:
    v.touch("Akta perceraian")
    v.touch("Umum")
    v.kiosk.link.lost(Unavailable("putus", code="lost"))
    assert v.said.startswith("Nomor A-001")
    v.pass_seconds(8)
    assert v.said.startswith("Silakan ambil nomor di meja petugas")


# --- an officer, please ----------------------------------------------------------------------------------------------


def test_an_officer_is_called_once_and_counters_read_it(v: Visitor, who: Sit, clock: Clock) -> None:
    v.touch("Panggil petugas")
    assert v.said.startswith("Petugas sudah diberi tahu")
    found = told(who)
    assert (found.name, found.state, found.detail) == (
        "Kios lobi", "CALL", "Pengunjung meminta bantuan sejak 08.14",
    )  # fmt: skip
    v.touch("Kembali ke awal")
    assert not v.key("Petugas dipanggil").isEnabled()
    v.kiosk.call()
    clock.at = MORNING + timedelta(minutes=2, seconds=1)
    v.pass_seconds(1)
    v.wait()
    assert v.key("Panggil petugas").isEnabled()
    assert told(who).state == "OK"


def test_who_cannot_be_called_is_gone_to(v: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*_a: object) -> object:
        raise Unavailable("putus", code="lost")

    monkeypatch.setattr(devices, "report", gone)
    v.touch("Panggil petugas")
    assert v.said.startswith("Petugas belum dapat diberi tahu. Silakan datang langsung")


# --- no way out ------------------------------------------------------------------------------------------------------


def test_no_key_and_no_close_leads_out(qtbot: QtBot, office_db: Path, clock: Clock, tmp_path: Path) -> None:
    clock.at = MORNING
    at_kiosk()
    with visitor(qtbot, tmp_path, windowed=False) as v:
        v.start()
        assert v.glass.windowFlags() & Qt.WindowType.FramelessWindowHint
        assert v.glass.isFullScreen()
        window = v.glass.windowHandle()
        for key in (Qt.Key.Key_Escape, Qt.Key.Key_F4, Qt.Key.Key_F11, Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Q):
            for held in (
                Qt.KeyboardModifier.NoModifier,
                Qt.KeyboardModifier.AltModifier,
                Qt.KeyboardModifier.ControlModifier,
            ):
                QTest.keyClick(window, key, held)
        QTest.mouseClick(window, Qt.MouseButton.RightButton, pos=QPoint(700, 400))
        assert v.glass.close() is False
        assert v.glass.isVisible()
        assert v.front() is v.kiosk.glass.home


def test_a_kiosk_has_no_focus_to_wander(v: Visitor) -> None:
    v.touch("Akta perceraian")
    assert v.glass.focusWidget() is None
