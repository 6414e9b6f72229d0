"""The counter: a visitor is called, sits down, and becomes a file; online applications come in and are registered."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.jobs.workshop import Workshop
from app.services import counter, intake, papers
from app.services.berkas import Contact, Head, head
from app.services.keys import new_key
from app.sop.model import Channel, Role
from app.sop.pelita3 import PELITA3
from app.ui.desk import Desk
from app.ui.pages.loket import LoketPage
from app.ui.pages.loket_data import Step
from app.ui.parts.text import Txt
from tests.support import parcels
from tests.support.office import Clock, sit_down
from tests.support.pages import CTRL, SHIFT, Seat, seated
from tests.support.walk import SCAN, new_file, walk_to

Make = Callable[[str | Role], Desk]
TEN = datetime(2026, 5, 12, 3, 0, tzinfo=UTC)


def tickets(many: int) -> list[str]:
    sit_down(Role.FO)
    return [intake.take_ticket(new_key()).label for _ in range(many)]


def texts(widget: QWidget) -> list[str]:
    return [t.text() for t in widget.findChildren(Txt) if t.isVisibleTo(widget)]


def test_the_first_who_waits_is_called_with_f2_and_served_with_f4(qtbot: QtBot, desk: Make, clock: Clock) -> None:
    clock.at = TEN
    tickets(2)
    seat, page = seated(qtbot, desk(Role.FO), LoketPage)
    assert page.queue.call.kind() == "primary"
    seat.press(Qt.Key.Key_F2)

    assert page.queue.front.number.text() == "A-001"
    assert page.queue.front.badge.text() == "Dipanggil"
    assert page.queue.begin.isVisible()
    assert not page.queue.call.isEnabled(), "one visitor at a time"
    assert [t.label for t in intake.waiting_tickets()] == ["A-002"]

    seat.press(Qt.Key.Key_F4)
    file = head(PELITA3, 1)
    assert (file.stage.key, file.holder, file.source) == ("VERIFIKASI", "rina", "A-001")
    assert seat.went == [("intake", file.id)]


def test_a_called_visitor_survives_the_end_of_the_program(qtbot: QtBot, desk: Make) -> None:
    tickets(1)
    seat, _page = seated(qtbot, desk(Role.FO), LoketPage)
    seat.press(Qt.Key.Key_F2)
    _seat, again = seated(qtbot, desk(Role.FO), LoketPage)
    assert again.queue.front.number.text() == "A-001"
    assert again.queue.begin.isVisible()


def test_two_clerks_never_call_the_same_number(qtbot: QtBot, desk: Make) -> None:
    first, second = tickets(2)
    seat, page = seated(qtbot, desk("rina"), LoketPage)
    sit_down("dedi")
    intake.call_ticket(intake.waiting_tickets()[0].id, "Loket 4", new_key())
    sit_down("rina")
    seat.press(Qt.Key.Key_F2)

    assert seat.said[-1] == ("Nomor itu sudah dipanggil loket lain. Panggil nomor berikutnya.", "warn"), first
    seat.press(Qt.Key.Key_F2)
    assert page.queue.front.number.text() == second


def test_who_does_not_come_is_put_aside_and_can_be_called_again(qtbot: QtBot, desk: Make, clock: Clock) -> None:
    clock.at = TEN
    tickets(1)
    seat, page = seated(qtbot, desk(Role.FO), LoketPage)
    seat.press(Qt.Key.Key_F2)
    clock.at += timedelta(seconds=4)
    seat.press(Qt.Key.Key_F8)
    assert counter.absent() == [], "within ten seconds of the call F8 wants a second press"
    assert "sekali lagi" in seat.said[-1][0]
    seat.press(Qt.Key.Key_F8)
    assert [t.ticket.label for t in counter.absent()] == ["A-001"]
    assert not page.queue.begin.isVisible()

    page.queue.recall.emit(counter.absent()[0].ticket.id)
    seat.wait()
    assert page.queue.front.number.text() == "A-001"
    assert counter.absent() == []


def test_the_way_to_the_counter_runs_in_amber(qtbot: QtBot, desk: Make, clock: Clock) -> None:
    clock.at = TEN
    tickets(1)
    seat, page = seated(qtbot, desk(Role.FO), LoketPage)
    seat.press(Qt.Key.Key_F2)
    clock.at += timedelta(seconds=12)
    page.queue.front.tick(clock.at)
    assert page.queue.front.timer.text() == "00:12"


def test_a_ticket_is_shown_large_and_printed_or_said_to_be_not(qtbot: QtBot, desk: Make, shop: Workshop) -> None:
    made = desk(Role.FO)
    seat, page = seated(qtbot, made, LoketPage)
    seat.press(Qt.Key.Key_N, CTRL | SHIFT)
    assert (page.queue.ticket.label.text(), page.queue.ticket.lamp.text()) == ("A-001", "Sudah tercetak")
    assert len(list((shop.folder / "cetakan").glob("*.pdf"))) == 1

    page.desk = replace(made, workshop=replace(shop, printers={"ticket": "printer-mati"}))
    seat.press(Qt.Key.Key_N, CTRL | SHIFT)
    assert (page.queue.ticket.label.text(), page.queue.ticket.lamp.text()) == ("A-002", "Belum tercetak")
    assert "Sebutkan nomornya" in page.queue.ticket.reason.text()
    assert [t.label for t in intake.waiting_tickets()] == ["A-001", "A-002"]


def test_somebody_without_a_ticket_becomes_a_file_at_once(qtbot: QtBot, desk: Make) -> None:
    seat, page = seated(qtbot, desk(Role.FO), LoketPage)
    assert "Antrean kosong" in " ".join(texts(page.empty))
    seat.press(Qt.Key.Key_N, CTRL)
    assert head(PELITA3, 1).stage.key == "VERIFIKASI"
    assert seat.went == [("intake", 1)]


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
    assert page.queue.front.timer.text() == "02:30"


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


def test_the_filled_button_is_the_calls_while_a_visitor_is_on_the_way(qtbot: QtBot, desk: Make, shop: Workshop) -> None:
    walk_to("VERIFIKASI", shop)
    tickets(1)
    seat, page = seated(qtbot, desk(Role.FO), LoketPage)
    assert (page.file.go.kind(), page.queue.call.kind()) == ("primary", "soft")
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
