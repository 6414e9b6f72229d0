"""The counter: a visitor is called, sits down, and becomes a file; online applications come in and are registered."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.jobs.workshop import Workshop
from app.services import berkas, intake, papers, queue, queue_board, queue_settings, ticket_paper
from app.services.berkas import Contact, Head, head
from app.services.keys import new_key
from app.services.ticket_paper import Paper
from app.sop.model import Channel, Role
from app.sop.pelita3 import PELITA3
from app.sop.queue import State
from app.ui.desk import Desk
from app.ui.pages.loket import LoketPage
from app.ui.pages.loket_data import Step
from app.ui.pages.loket_lists import Waits
from app.ui.pages.loket_queue import QueuePanel
from app.ui.pages.loket_strip import QueueStrip
from app.ui.parts.buttons import Button
from app.ui.parts.digits import Digits
from app.ui.parts.text import Elide, Txt
from tests.support import line, parcels
from tests.support.office import Clock, sit_down
from tests.support.pages import CTRL, SHIFT, Seat, seated
from tests.support.walk import SCAN, new_file, walk_to

Make = Callable[[str | Role], Desk]
TEN = datetime(2026, 5, 12, 3, 0, tzinfo=UTC)
HERE, THERE = "Loket 3", "Loket 4"


def tickets(many: int, *, service: str = "A", priority: bool = False) -> list[str]:
    sit_down(Role.FO)
    return [line.number(service=service, priority=priority).label for _ in range(many)]


def texts(widget: QWidget) -> list[str]:
    return [t.text() for t in widget.findChildren(Txt) if t.isVisibleTo(widget)]


def front(page: LoketPage) -> tuple[str, str]:
    return page.queue.front.badge.text(), page.queue.front.number.text()


def answer(seat: Seat, asked: Digits | None, key: Qt.Key) -> None:
    assert asked is not None
    QTest.keyClick(asked, key)
    seat.wait()
    seat.window.activateWindow()
    seat.bot.waitUntil(seat.window.isActiveWindow)


def taken_back(seat: Seat, page: LoketPage) -> None:
    """Ctrl+Z while the toast lives."""
    assert seat.undo is not None
    seat.undo()
    seat.wait()


# --- the queue -------------------------------------------------------------------------------------------------------


def test_the_first_who_waits_is_called_with_f2_and_served_with_f4(qtbot: QtBot, desk: Make, clock: Clock) -> None:
    clock.at = TEN
    tickets(2)
    seat, page = seated(qtbot, desk(Role.FO), LoketPage)
    assert page.queue.call.kind() == "primary"
    assert page.queue.front.free.text() == "Berikutnya A-001"
    seat.press(Qt.Key.Key_F2)

    assert front(page) == ("Dipanggil", "A-001")
    assert seat.said[-1] == ("A-001 dipanggil ke Loket 3", "ok")
    assert page.queue.begin.isVisible()
    assert not page.queue.call.isEnabled(), "one visitor at a time"
    assert [t.label for t in queue_board.board(HERE).following] == ["A-002"]

    seat.press(Qt.Key.Key_F4)
    file = head(PELITA3, 1)
    assert (file.stage.key, file.holder, file.source) == ("VERIFIKASI", "rina", "A-001")
    assert seat.went == [("intake", file.id)]
    assert front(page) == ("Sedang dilayani", "A-001")
    assert page.file.number.text() == file.number, "the file of the visitor is the one in front"
    assert queue.ticket(1).state is State.SERVING


def test_a_called_visitor_survives_the_end_of_the_program(qtbot: QtBot, desk: Make) -> None:
    tickets(1)
    seat, _page = seated(qtbot, desk(Role.FO), LoketPage)
    seat.press(Qt.Key.Key_F2)
    _seat, again = seated(qtbot, desk(Role.FO), LoketPage)
    assert front(again) == ("Dipanggil", "A-001")
    assert again.queue.begin.isVisible()


def test_two_clerks_never_call_the_same_number_and_the_loser_is_offered_the_next(qtbot: QtBot, desk: Make) -> None:
    first, second = tickets(2)
    seat, page = seated(qtbot, desk("rina"), LoketPage)
    sit_down("dedi")
    queue.call_next(THERE, new_key())
    sit_down("rina")
    row = next(w for w in page.queue.lists.findChildren(Waits) if w.ticket.label == first)
    row.setFocus()
    QTest.keyClick(row, Qt.Key.Key_Return)
    answer(seat, page.asks.open, Qt.Key.Key_3)

    assert seat.said[-1] == (f"{first} sudah dipanggil Loket 4. F2 memanggil {second}.", "warn")
    seat.press(Qt.Key.Key_F2)
    assert front(page)[1] == second


def test_the_lists_stand_in_the_rules_order_with_waits_amber_beyond_thirty_minutes(
    qtbot: QtBot, desk: Make, clock: Clock
) -> None:
    clock.at = TEN
    tickets(2)
    clock.at += timedelta(minutes=20)
    tickets(9)
    tickets(1, priority=True)
    clock.at += timedelta(minutes=11)
    _seat, page = seated(qtbot, desk(Role.FO), LoketPage)
    rows = [w for w in page.queue.lists.findChildren(Waits) if w.isVisible()]
    assert [w.ticket.label for w in rows][:4] == ["A-001", "A-002", "P-001", "A-003"]
    tones = {w.ticket.label: w.findChildren(Txt)[-1].property("tone") for w in rows}
    assert (tones["A-001"], tones["A-003"]) == ("warn", "ink2")
    assert "12 menunggu, terlama 31 m" in texts(page.queue.lists)
    assert "dan 4 lagi" in texts(page.queue.lists)


def test_who_does_not_come_is_put_aside_and_can_be_called_again(qtbot: QtBot, desk: Make, clock: Clock) -> None:
    clock.at = TEN
    tickets(1)
    seat, page = seated(qtbot, desk(Role.FO), LoketPage)
    seat.press(Qt.Key.Key_F2)
    clock.at += timedelta(seconds=4)
    seat.press(Qt.Key.Key_F8)
    assert queue_board.board(HERE).absent == (), "within ten seconds of the call F8 wants a second press"
    assert "sekali lagi" in seat.said[-1][0]
    seat.press(Qt.Key.Key_F8)
    assert [t.label for t in queue_board.board(HERE).absent] == ["A-001"]
    assert not page.queue.begin.isVisible()

    list_button(page, "Panggil A-001").click()
    seat.wait()
    assert front(page) == ("Dipanggil", "A-001")
    assert queue_board.board(HERE).absent == ()
    clock.at += timedelta(seconds=11)
    seat.press(Qt.Key.Key_F8)
    assert seat.said[-1][0] == "A-001 tidak hadir", "after ten seconds one press is enough"


def keys_of(part: QueuePanel | QueueStrip) -> tuple[Button, ...]:
    return part.keys()


def list_button(page: LoketPage, name: str) -> Button:
    found = [b for b in page.queue.lists.findChildren(Button) if b.accessibleName() == name and b.isVisible()]
    assert len(found) == 1, name
    return found[0]


def test_a_visitor_is_held_for_a_reason_and_called_from_the_list(qtbot: QtBot, desk: Make, clock: Clock) -> None:
    clock.at = TEN
    tickets(2)
    seat, page = seated(qtbot, desk(Role.FO), LoketPage)
    seat.press(Qt.Key.Key_F2)
    seat.press(Qt.Key.Key_F4)
    clock.at += timedelta(minutes=4)
    seat.press(Qt.Key.Key_F6)
    answer(seat, page.asks.open, Qt.Key.Key_1)
    assert seat.said[-1][0] == "A-001 ditahan: fotokopi berkas"
    assert front(page)[0] == "Bebas"
    assert "fotokopi berkas" in [e.text() for e in page.queue.lists.findChildren(Elide)]

    clock.at += timedelta(minutes=9)
    list_button(page, "Panggil A-001").click()
    seat.wait()
    seat.press(Qt.Key.Key_F4)
    assert seat.went[-1] == ("intake", 1), "his file is the old one"
    assert berkas.head(PELITA3, 1).n == 2
    clock.at += timedelta(minutes=1)
    page.queue.front.tick(clock.at)
    assert page.queue.front.timer.text() == "05:00", "what he was held does not count"


def test_a_reason_of_ones_own_is_written_under_zero(qtbot: QtBot, desk: Make) -> None:
    tickets(1)
    seat, page = seated(qtbot, desk(Role.FO), LoketPage)
    seat.press(Qt.Key.Key_F2)
    seat.press(Qt.Key.Key_F6)
    asked = page.asks.open
    assert asked is not None
    QTest.keyClick(asked, Qt.Key.Key_0)
    QTest.keyClicks(asked.line, "x")
    QTest.keyClick(asked.line, Qt.Key.Key_Return)
    assert queue.ticket(1).state is State.CALLED, "one letter is no reason"
    QTest.keyClicks(asked.line, "ke ATM")
    QTest.keyClick(asked.line, Qt.Key.Key_Return)
    seat.wait()
    assert seat.said[-1][0] == "A-001 ditahan: xke ATM"


def test_a_visitor_is_sent_to_another_service_or_counter(qtbot: QtBot, desk: Make) -> None:
    tickets(2)
    seat, page = seated(qtbot, desk(Role.FO), LoketPage)
    seat.press(Qt.Key.Key_F2)
    seat.press(Qt.Key.Key_F7)
    answer(seat, page.asks.open, Qt.Key.Key_3)
    assert seat.said[-1][0] == "A-001 dialihkan ke Tanya status atau ambil dokumen"
    assert queue.ticket(1).service == "D"
    seat.press(Qt.Key.Key_F2)
    assert front(page)[1] == "A-001", "in front of those who wait there"
    seat.press(Qt.Key.Key_F7)
    answer(seat, page.asks.open, Qt.Key.Key_4)
    assert seat.said[-1][0] == "A-001 dialihkan ke Loket 4"
    sit_down("dedi")
    assert queue.call_next(THERE, new_key()).label == "A-001"


def test_many_counters_are_reached_by_their_number(qtbot: QtBot, desk: Make) -> None:
    sit_down(Role.ADMIN)
    for n in range(5, 17):
        queue_settings.save_counter(f"Loket {n}", "", new_key())
    tickets(1)
    seat, page = seated(qtbot, desk(Role.FO), LoketPage)
    seat.press(Qt.Key.Key_F2)
    seat.press(Qt.Key.Key_F7)
    asked = page.asks.open
    assert asked is not None
    assert len(asked.lines) == 10
    QTest.keyClick(asked, Qt.Key.Key_0)
    QTest.keyClicks(asked.line, "15")
    QTest.keyClick(asked.line, Qt.Key.Key_Return)
    seat.wait()
    assert seat.said[-1][0] == "A-001 dialihkan ke Loket 15"
    seat.press(Qt.Key.Key_F2)
    assert seat.said[-1] == ("Tidak ada yang menunggu untuk loket ini.", "warn") or not page.queue.call.isEnabled()


def test_f9_closes_the_ticket_and_the_file_stays_mine(qtbot: QtBot, desk: Make, clock: Clock) -> None:
    clock.at = TEN
    tickets(2)
    seat, page = seated(qtbot, desk(Role.FO), LoketPage)
    seat.press(Qt.Key.Key_F2)
    seat.press(Qt.Key.Key_F4)
    clock.at += timedelta(minutes=12, seconds=20)
    seat.press(Qt.Key.Key_F9)
    assert seat.said[-1][0] == "A-001 selesai, 12:20; berkasnya tetap di meja Anda"
    assert queue.ticket(1).state is State.DONE
    assert head(PELITA3, 1).holder == "rina"
    assert (page.queue.call.kind(), page.file.go.kind()) == ("primary", "secondary"), "the next act is to call"
    assert page.subtitle == "1 selesai hari ini"


def test_whoever_is_done_with_without_a_file_needs_only_f9(qtbot: QtBot, desk: Make, clock: Clock) -> None:
    clock.at = TEN
    tickets(1)
    seat, _page = seated(qtbot, desk(Role.FO), LoketPage)
    seat.press(Qt.Key.Key_F2)
    seat.press(Qt.Key.Key_F9)
    assert "F9 sekali lagi" in seat.said[-1][0], "F9 lies near F8"
    seat.press(Qt.Key.Key_F9)
    assert queue.ticket(1).state is State.DONE


def test_a_visitor_who_only_asks_is_served_without_a_file(qtbot: QtBot, desk: Make, clock: Clock) -> None:
    clock.at = TEN
    tickets(1, service="D")
    seat, page = seated(qtbot, desk(Role.FO), LoketPage)
    seat.press(Qt.Key.Key_F2)
    seat.press(Qt.Key.Key_F4)
    assert queue.ticket(1).state is State.SERVING
    assert seat.went == []
    assert page.empty.state.accessibleName().startswith("Tanya status atau ambil dokumen. Pindai resi")
    page.queue.front.tick(TEN + timedelta(minutes=20))
    assert (page.queue.front.timer.text(), page.queue.front.says.text()) == ("20:00", "tanpa norma")
    assert page.queue.front.service.text() == "Tanya status atau ambil dokumen"


def test_the_served_visitors_timer_is_amber_from_the_norm_and_red_from_half_as_much_again(
    qtbot: QtBot, desk: Make, clock: Clock
) -> None:
    clock.at = TEN
    tickets(1)
    seat, page = seated(qtbot, desk(Role.FO), LoketPage)
    seat.press(Qt.Key.Key_F2)
    seat.press(Qt.Key.Key_F4)
    for minutes, tone in ((12, "ink"), (13, "warn"), (20, "bad")):
        page.queue.front.tick(TEN + timedelta(minutes=minutes))
        assert page.queue.front.timer.property("tone") == tone
    assert page.queue.front.says.text() == "norma di loket 13:00"


@pytest.mark.parametrize("key", ["F2", "F3", "F4", "F6", "F8", "F9"])
def test_every_act_can_be_taken_back_for_ten_seconds(qtbot: QtBot, desk: Make, clock: Clock, key: str) -> None:
    clock.at = TEN
    tickets(1)
    seat, page = seated(qtbot, desk(Role.FO), LoketPage)
    if key != "F2":
        seat.press(Qt.Key.Key_F2)
        clock.at += timedelta(seconds=30)
    before = queue.ticket(1)
    seat.press(Qt.Key[f"Key_{key}"])
    if key == "F6":
        answer(seat, page.asks.open, Qt.Key.Key_2)
    after = queue.ticket(1)
    assert after != before
    taken_back(seat, page)
    assert seat.said[-1] == ("Dibatalkan: A-001 kembali seperti semula", "info")
    now = queue.ticket(1)
    assert (now.state, now.place, now.calls) == (before.state, before.place, before.calls)


def test_after_ten_seconds_the_database_says_no(qtbot: QtBot, desk: Make, clock: Clock) -> None:
    clock.at = TEN
    tickets(1)
    seat, page = seated(qtbot, desk(Role.FO), LoketPage)
    seat.press(Qt.Key.Key_F2)
    clock.at += timedelta(seconds=14)
    taken_back(seat, page)
    assert "10 detik" in seat.said[-1][0]
    assert queue.ticket(1).state is State.CALLED


def test_a_held_visitor_who_is_back_while_the_counter_is_busy_waits_in_front(qtbot: QtBot, desk: Make) -> None:
    tickets(3)
    seat, page = seated(qtbot, desk(Role.FO), LoketPage)
    seat.press(Qt.Key.Key_F2)
    seat.press(Qt.Key.Key_F6)
    answer(seat, page.asks.open, Qt.Key.Key_1)
    seat.press(Qt.Key.Key_F2)
    list_button(page, "A-001 antre lagi").click()
    seat.wait()
    assert [t.label for t in queue_board.board(THERE).following] == ["A-001", "A-003"]


def test_who_waits_and_goes_home_is_cancelled(qtbot: QtBot, desk: Make) -> None:
    tickets(2)
    seat, page = seated(qtbot, desk(Role.FO), LoketPage)
    row = next(w for w in page.queue.lists.findChildren(Waits) if w.ticket.label == "A-002")
    QTest.mouseClick(row, Qt.MouseButton.LeftButton)
    answer(seat, page.asks.open, Qt.Key.Key_5)
    assert seat.said[-1][0] == "A-002 dibatalkan: pemohon pulang"
    assert queue.ticket(2).state is State.CANCELLED


def test_nobody_is_picked_while_somebody_stands_here(qtbot: QtBot, desk: Make) -> None:
    tickets(2)
    seat, page = seated(qtbot, desk(Role.FO), LoketPage)
    seat.press(Qt.Key.Key_F2)
    row = next(w for w in page.queue.lists.findChildren(Waits) if w.ticket.label == "A-002")
    QTest.mouseClick(row, Qt.MouseButton.LeftButton)
    assert page.asks.open is None
    assert seat.said[-1] == ("A-001 masih di loket ini. Selesaikan atau tahan dahulu.", "info")


def test_the_way_to_the_counter_runs_in_amber_and_then_hints_at_f3(qtbot: QtBot, desk: Make, clock: Clock) -> None:
    clock.at = TEN
    tickets(1)
    seat, page = seated(qtbot, desk(Role.FO), LoketPage)
    seat.press(Qt.Key.Key_F2)
    page.queue.front.tick(TEN + timedelta(seconds=12))
    assert (page.queue.front.timer.text(), page.queue.front.says.text()) == ("00:12", "menuju loket")
    page.queue.front.tick(TEN + timedelta(seconds=61))
    assert page.queue.front.says.text() == "belum datang? Ulang F3"
    clock.at += timedelta(seconds=61)
    seat.press(Qt.Key.Key_F3)
    assert page.queue.front.timer.text() == "00:00"
    assert queue.ticket(1).calls == 2


def test_an_officer_without_a_counter_calls_nobody_until_he_chooses_one(qtbot: QtBot, desk: Make) -> None:
    tickets(1)
    made = desk(Role.FO)
    seat, page = seated(qtbot, replace(made, who=replace(made.who, place="")), LoketPage)
    assert "minta administrator" in page.queue.lost.text()
    assert not page.queue.call.isEnabled()
    seat.press(Qt.Key.Key_F2)
    assert queue.ticket(1).state is State.WAITING
    page.queue.seat.click()
    seat.wait()
    answer(seat, page.asks.open, Qt.Key.Key_2)
    assert (page.title, page.queue.front.place.text()) == ("Loket 4", "Loket 4")
    seat.press(Qt.Key.Key_F2)
    assert (queue.ticket(1).state, queue.ticket(1).place) == (State.CALLED, THERE)


def test_while_the_server_is_lost_the_keys_are_locked(qtbot: QtBot, desk: Make) -> None:
    tickets(1)
    made = desk(Role.FO)
    seat, page = seated(qtbot, made, LoketPage)
    made.tasks._lost = ConnectionError("terputus")
    made.tasks.lost.emit(ConnectionError("terputus"))
    assert "Server terputus" in page.queue.lost.text()
    assert not any(key.isEnabled() for key in (*keys_of(page.queue), *keys_of(page.line)))
    made.tasks._on_found()
    seat.wait()
    assert page.queue.lost.text() == ""
    assert page.queue.call.isEnabled()


# --- the strip over the other pages ----------------------------------------------------------------------------------


def test_the_strip_says_the_same_and_has_the_same_keys(qtbot: QtBot, desk: Make, clock: Clock) -> None:
    clock.at = TEN
    tickets(3)
    seat, page = seated(qtbot, desk(Role.FO), LoketPage)
    seat.press(Qt.Key.Key_F2)
    strip = page.line
    assert [b.key() for b in keys_of(strip) if not b.isHidden()] == ["F3", "F4", "F6", "F7", "F8", "F9"]
    assert (strip.badge.text(), strip.number.text(), strip.waits.text()) == (
        "Dipanggil",
        "A-001",
        "2 menunggu, terlama 0 m",
    )
    seat.press(Qt.Key.Key_F4)
    strip.tick(TEN + timedelta(minutes=13))
    assert (strip.timer.text(), strip.timer.property("tone")) == ("13:00 / 13:00", "warn")
    assert [b.key() for b in keys_of(strip) if not b.isHidden()] == ["F6", "F7", "F9"]
    seat.press(Qt.Key.Key_F9)
    seat.press(Qt.Key.Key_F9)
    assert (strip.badge.text(), strip.number.isHidden()) == ("Bebas", True)
    assert [b.key() for b in keys_of(strip) if not b.isHidden()] == ["F2"]


# --- new numbers -----------------------------------------------------------------------------------------------------


def test_a_ticket_is_shown_large_and_printed_or_said_to_be_not(qtbot: QtBot, desk: Make, shop: Workshop) -> None:
    made = desk(Role.FO)
    seat, page = seated(qtbot, made, LoketPage)
    seat.press(Qt.Key.Key_N, CTRL | SHIFT)
    answer(seat, page.new.open, Qt.Key.Key_1)
    assert (page.queue.ticket.label.text(), page.queue.ticket.lamp.text()) == ("A-001", "Sudah tercetak")

    page.desk = replace(made, workshop=replace(shop, printers={"ticket": "printer-mati"}))
    seat.press(Qt.Key.Key_N, CTRL | SHIFT)
    answer(seat, page.new.open, Qt.Key.Key_6)
    assert (page.queue.ticket.label.text(), page.queue.ticket.lamp.text()) == ("P-001", "Belum tercetak")
    assert "Sebutkan nomornya" in page.queue.ticket.reason.text()
    assert [t.label for t in queue_board.board(HERE).following] == ["A-001", "P-001"]
    assert queue.ticket(2).service == "B"


# --- numbers without paper -------------------------------------------------------------------------------------------


def told(number: int, state: Paper, reason: str = "") -> None:
    """What the machine that gave it said of its paper."""
    sit_down(Role.FO)
    ticket_paper.tell(number, state, new_key(), reason)


def paper_line(page: LoketPage) -> tuple[str, str, str]:
    papers = page.queue.papers
    assert papers.isVisible()
    return papers.title.text(), papers.numbers.text(), papers.title.property("tone")


def test_where_all_have_paper_nothing_is_said_of_it(qtbot: QtBot, desk: Make) -> None:
    tickets(1)
    told(1, Paper.OUT)
    _seat, page = seated(qtbot, desk(Role.FO), LoketPage)
    assert not page.queue.papers.isVisible()


def test_a_number_without_paper_is_shown_and_printed_again_at_the_counter(
    qtbot: QtBot, desk: Make, shop: Workshop
) -> None:
    tickets(2)
    told(1, Paper.OUT)
    told(2, Paper.FAILED, "Kertas printer habis. Pasang gulungan baru.")
    seat, page = seated(qtbot, desk(Role.FO), LoketPage)
    assert paper_line(page) == ("Tanpa kertas", "A-002: Kertas printer habis. Pasang gulungan baru.", "warn")
    page.queue.papers.again.click()
    seat.wait()
    assert seat.said[-1] == ("A-002 dicetak ulang. Serahkan kepada pemohon.", "ok")
    assert not page.queue.papers.isVisible()
    assert len(list((shop.folder / "cetakan").glob("*.pdf"))) == 1
    assert ticket_paper.last(2) is Paper.OUT


def test_of_several_one_digit_chooses_and_each_is_printed_once(qtbot: QtBot, desk: Make, shop: Workshop) -> None:
    tickets(3)
    told(1, Paper.UNSURE, "Printer ini tidak dapat melapor.")
    for number in (2, 3):
        told(number, Paper.FAILED, "Kertas printer habis.")
    seat, page = seated(qtbot, desk(Role.FO), LoketPage)
    assert paper_line(page) == ("Tanpa kertas", "A-002, A-003: Kertas printer habis.", "warn")
    page.queue.papers.again.click()
    answer(seat, page.papers.open, Qt.Key.Key_2)
    assert seat.said[-1][0].startswith("A-003 dicetak ulang")
    assert paper_line(page)[1] == "A-002: Kertas printer habis."
    page.papers.print(queue.ticket(2))
    page.papers.print(queue.ticket(2))
    seat.wait()
    assert len(list((shop.folder / "cetakan").glob("*.pdf"))) == 2
    assert paper_line(page) == ("Mungkin tanpa kertas", "A-001: Printer ini tidak dapat melapor.", "ink2")


def test_a_number_beyond_nine_is_typed(qtbot: QtBot, desk: Make) -> None:
    tickets(11)
    for number in range(1, 12):
        told(number, Paper.FAILED, "Kertas printer habis.")
    seat, page = seated(qtbot, desk(Role.FO), LoketPage)
    for typed, said in (("a11", "A-011 dicetak ulang"), ("A-44", "Nomor “A-44” tidak ada di antara")):
        page.queue.papers.again.click()
        asked = page.papers.open
        assert asked is not None
        QTest.keyClick(asked, Qt.Key.Key_0)
        QTest.keyClicks(asked.line, typed)
        QTest.keyClick(asked.line, Qt.Key.Key_Return)
        seat.wait()
        assert seat.said[-1][0].startswith(said)


def test_a_reprint_that_does_not_come_out_is_said_and_the_number_stays(
    qtbot: QtBot, desk: Make, shop: Workshop
) -> None:
    tickets(1)
    told(1, Paper.FAILED, "Kertas printer habis.")
    made = desk(Role.FO)
    seat, page = seated(qtbot, replace(made, workshop=replace(shop, printers={"ticket": "printer-mati"})), LoketPage)
    page.queue.papers.again.click()
    seat.wait()
    text, tone = seat.said[-1]
    assert text.startswith("A-001 belum tercetak. Printer “printer-mati” tidak ada di komputer ini")
    assert tone == "warn"
    assert paper_line(page)[1] == "A-001: Kertas printer habis."


def test_a_kiosk_that_went_out_in_the_middle_leaves_a_number_without(qtbot: QtBot, desk: Make, clock: Clock) -> None:
    clock.at = TEN
    tickets(1)
    seat, page = seated(qtbot, desk(Role.FO), LoketPage)
    assert not page.queue.papers.isVisible(), "it is being printed"
    clock.at += ticket_paper.PRINTING + timedelta(seconds=1)
    page.live()
    seat.wait()
    assert paper_line(page) == ("Tanpa kertas", "A-001: Belum ada kabar dari printer.", "warn")


def test_who_is_called_needs_no_paper_any_more(qtbot: QtBot, desk: Make) -> None:
    tickets(1)
    told(1, Paper.FAILED, "Kertas printer habis.")
    seat, page = seated(qtbot, desk(Role.FO), LoketPage)
    assert page.queue.papers.isVisible()
    seat.press(Qt.Key.Key_F2)
    assert not page.queue.papers.isVisible()


def test_somebody_without_a_ticket_becomes_a_file_at_once(qtbot: QtBot, desk: Make) -> None:
    seat, page = seated(qtbot, desk(Role.FO), LoketPage)
    assert "Antrean kosong" in " ".join(texts(page.empty))
    seat.press(Qt.Key.Key_N, CTRL)
    assert head(PELITA3, 1).stage.key == "VERIFIKASI"
    assert seat.went == [("intake", 1)]
    assert front(page) == ("Sedang dilayani", "A-001")
    seat.press(Qt.Key.Key_N, CTRL)
    assert queue_board.board(HERE).waiting == 0, "no number is made while somebody sits here"


# --- the file in front ----------------------------------------------------------------------------------------------


def test_the_seven_steps_with_times_norms_and_the_current_one_open(qtbot: QtBot, desk: Make, clock: Clock) -> None:
    clock.at = TEN
    file, fo = new_file(), sit_down(Role.FO)
    intake.attach(fo, file, "kk", papers.NewPaper("scan", "kk", "kk.pdf", SCAN, 1), new_key())
    intake.tick(fo, file, "kk", "OK", new_key())
    intake.tick(fo, file, "ktp_suami", "BAD", new_key(), reason="NIK tidak terbaca")
    clock.at += timedelta(minutes=2, seconds=30)
    _seat, page = seated(qtbot, desk(Role.FO), LoketPage)
    assert page.file.number.text() == file.number
    steps = loaded(page)
    assert [s.number for s in steps] == [2, 4, 5, 5, 6, 7, 8]
    assert [s.state for s in steps] == ["done", "now", *["next"] * 5]
    assert (steps[1].used, steps[1].norm) == ("02:30", "05:00")
    assert (steps[1].progress, steps[1].problem) == ("1 dari 5 persyaratan siap", "KTP-el suami: NIK tidak terbaca")
    assert front(page) == ("Bebas", ""), "nobody sits here, though a file is being worked on"


def loaded(page: LoketPage) -> tuple[Step, ...]:
    view = page._view
    assert view is not None
    assert view.current is not None
    return view.current.steps


@pytest.mark.parametrize(
    ("stage", "verb", "opens", "current"),
    [
        ("VERIFIKASI", "Periksa persyaratan", "intake", "Verifikasi persyaratan"),
        ("ENTRI", "Lanjutkan entri", "entry", "Entri data"),
        ("DRAF", "Buka draf", "draft", "Cetak draf & konfirmasi pemohon"),
        ("KTP", "Serahkan resi", "draft", "Serahkan resi"),
    ],
)
def test_the_open_step_leads_to_the_page_of_its_stage(
    qtbot: QtBot, desk: Make, shop: Workshop, stage: str, verb: str, opens: str, current: str
) -> None:
    file = walk_to(stage, shop)
    seat, page = seated(qtbot, desk(Role.FO), LoketPage)
    assert next(s.title for s in loaded(page) if s.state == "now") == current
    assert page.file.go.text() == verb
    seat.press(Qt.Key.Key_Return, CTRL)
    assert seat.went == [(opens, file.id)]


def test_once_the_applicant_has_confirmed_the_ktp_request_is_next(qtbot: QtBot, desk: Make, shop: Workshop) -> None:
    file = walk_to("DRAF", shop)
    draft = papers.current_draft(file.id)
    assert draft is not None
    intake.confirm_draft(sit_down(Role.FO), file, draft.rev, new_key())
    _seat, page = seated(qtbot, desk(Role.FO), LoketPage)
    assert next(s.title for s in loaded(page) if s.state == "now") == "Ajukan cetak KTP-el"


def test_one_button_is_filled_and_it_is_the_next_act(qtbot: QtBot, desk: Make, shop: Workshop) -> None:
    file = walk_to("VERIFIKASI", shop)
    seat, page = seated(qtbot, desk(Role.FO), LoketPage)
    assert (page.file.go.kind(), page.queue.call.kind()) == ("primary", "soft"), "nobody waits"
    tickets(1)
    page.refresh()
    seat.wait()
    assert (page.file.go.kind(), page.queue.call.kind()) == ("secondary", "primary")
    page.side.chosen.emit(file.id)
    seat.wait()
    assert (page.file.go.kind(), page.queue.call.kind()) == ("primary", "soft"), "the officer goes on with a file"
    seat.press(Qt.Key.Key_F2)
    assert (page.file.go.kind(), page.queue.begin.kind()) == ("secondary", "primary")


def test_a_colleagues_file_is_not_at_my_counter(qtbot: QtBot, desk: Make, shop: Workshop) -> None:
    walk_to("VERIFIKASI", shop)
    _seat, page = seated(qtbot, desk("dedi"), LoketPage)
    assert page._view is not None
    assert page._view.mine == ()


def test_one_of_several_files_is_chosen(qtbot: QtBot, desk: Make, shop: Workshop, clock: Clock) -> None:
    clock.at = TEN
    older: Head = walk_to("VERIFIKASI", shop)
    intake.set_contact(sit_down(Role.FO), older, Contact("debora@contoh.id", "0812"), new_key())
    clock.at += timedelta(minutes=3)
    newer = walk_to("ENTRI", shop)
    seat, page = seated(qtbot, desk(Role.FO), LoketPage)
    assert page.file.number.text() == newer.number
    page.side.chosen.emit(older.id)
    seat.wait()
    assert page.file.number.text() == older.number
    assert "Belum dibacakan ulang" in texts(page.side)


# --- online ---------------------------------------------------------------------------------------------------------


def online(seat: Seat, page: LoketPage, path: Path) -> None:
    page.packages.show_package(path)
    seat.wait()


def test_a_package_is_shown_then_received_then_registered_with_ctrl_d(qtbot: QtBot, desk: Make, tmp_path: Path) -> None:
    seat, page = seated(qtbot, desk(Role.FO), LoketPage)
    online(seat, page, parcels.folder(tmp_path / "paket") / "permohonan.json")
    dialog = page.packages.dialog
    assert dialog is not None
    assert "Dikirim 12 Mei 2026 09.30 WIB · putusan Pengadilan Negeri · pelapor Istri" in texts(dialog)
    assert page._view is not None
    assert page._view.online == ()
    dialog.yes.click()
    seat.wait()

    file = head(PELITA3, 1)
    assert (file.stage.key, file.channel) == ("DIAJUKAN", Channel.ONLINE)
    assert seat.said[-1] == (f"Permohonan daring masuk: {file.number}", "ok")
    seat.window.activateWindow()
    qtbot.waitUntil(seat.window.isActiveWindow)
    seat.press(Qt.Key.Key_D, CTRL)
    assert head(PELITA3, 1).stage.key == "VERIFIKASI"
    assert seat.went == [("intake", file.id)]


def test_quarantined_files_are_named_before_anything_is_stored(qtbot: QtBot, desk: Make, tmp_path: Path) -> None:
    seat, page = seated(qtbot, desk(Role.FO), LoketPage)
    online(seat, page, parcels.folder(tmp_path / "paket", {"kk/kk.pdf": b"%PDF-1.4 potong", "putusan/p.pdf": SCAN}))
    assert page.packages.dialog is not None
    said = " ".join(texts(page.packages.dialog))
    assert "1 berkas tidak diambil" in said
    assert "rusak atau terpotong" in said
    page.packages.dialog.no.click()
    assert page._view is not None
    page.refresh()
    seat.wait()
    assert page._view.online == ()


def test_a_package_that_points_outside_is_refused_in_words(qtbot: QtBot, desk: Make, tmp_path: Path) -> None:
    path = parcels.folder(tmp_path / "paket")
    said = json.loads((path / "permohonan.json").read_text(encoding="utf-8"))
    said["files"][0]["path"] = "../../rahasia.pdf"
    (path / "permohonan.json").write_text(json.dumps(said), encoding="utf-8")
    seat, page = seated(qtbot, desk(Role.FO), LoketPage)
    online(seat, page, path)
    assert page.packages.dialog is None
    text, tone = seat.said[-1]
    assert tone == "bad"
    assert "di luar foldernya" in text


def test_the_same_package_twice_makes_one_file(qtbot: QtBot, desk: Make, tmp_path: Path) -> None:
    path = parcels.folder(tmp_path / "paket")
    seat, page = seated(qtbot, desk(Role.FO), LoketPage)
    for _ in range(2):
        online(seat, page, path)
        assert page.packages.dialog is not None
        page.packages.dialog.yes.click()
        seat.wait()
    assert seat.said[-1] == (f"Paket ini sudah masuk sebagai {head(PELITA3, 1).number}", "info")
    assert page._view is not None
    assert [i.id for i in page._view.online] == [1]
