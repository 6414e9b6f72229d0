"""Intake: the first question, the contact, every paper present and legible; or what is missing, told and answered."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from app.jobs import packages
from app.jobs.workshop import Workshop
from app.services import berkas, card, clocks, entry, intake, outbox, papers
from app.services.berkas import Contact, Head, head
from app.services.case import Case, Reporter, Route
from app.services.keys import new_key
from app.sop.model import Channel, Kind, Role
from app.sop.pelita3 import PELITA3
from app.ui.desk import Desk
from app.ui.drafts import Drafts
from app.ui.pages.intake import IntakePage
from app.ui.pages.intake_keep import packed
from app.ui.pages.intake_list import Quarantine, RequirementLine
from app.ui.parts.confirm import Confirm
from tests.support import parcels
from tests.support.office import Clock, sit_down
from tests.support.pages import CTRL, Seat, seated
from tests.support.sheets import paper
from tests.support.walk import new_file, walk_to

Make = Callable[[str | Role], Desk]
NO_GRAB = "This plugin does not support grabbing the keyboard"
TEN = datetime(2026, 5, 12, 3, 0, tzinfo=UTC)
CODES = ("putusan", "akta_kawin", "kk", "ktp_suami", "ktp_istri")


def now(file: Head) -> Head:
    return head(PELITA3, file.id)


def pdf(tmp_path: Path, name: str, pages: int = 1) -> Path:
    path = tmp_path / f"{name}.pdf"
    path.write_bytes(paper(pages=pages) + b"\n% " + name.encode())
    return path


def line(page: IntakePage, code: str) -> RequirementLine:
    return next(made for made in page.list.lines() if made.requirement.code == code)


def answer_questions(seat: Seat, page: IntakePage) -> None:
    """Pengadilan Negeri, the wife, her telephone and address, read back; by keyboard."""
    page.contact.route.setFocus()
    seat.press(Qt.Key.Key_Home)
    page.contact.reporter.setFocus()
    seat.press(Qt.Key.Key_Home)
    QTest.keyClicks(page.contact.phone.input, "0812 0000 4417")
    QTest.keyClicks(page.contact.email.input, "debora.mh@contoh.id")
    page.contact.read_back.click()
    page.keeper.save()
    seat.wait()


def attach_all(seat: Seat, page: IntakePage, tmp_path: Path) -> None:
    view = page.view()
    assert view is not None
    for code in CODES:
        page.files.take(view.head, code, [pdf(tmp_path, code)])
        seat.wait()


def opened(qtbot: QtBot, desk: Desk, file: Head) -> tuple[Seat, IntakePage]:
    return seated(qtbot, desk, IntakePage, file.id)


# --- the first question and the contact -----------------------------------------------------------------------------


def test_the_first_question_decides_the_papers_and_says_what_will_be_issued(qtbot: QtBot, desk: Make) -> None:
    file = new_file()
    seat, page = opened(qtbot, desk(Role.FO), file)
    assert page.contact.route.current() == -1
    assert page.lock.accessibleName() == "Belum lengkap: Pilih PN atau PA"
    page.contact.route.setFocus()
    seat.press(Qt.Key.Key_Home)
    assert page.contact.says.text() == "Terbit: kutipan akta perceraian × 2, KK, pengajuan KTP-el × 2."
    assert now(file).route is Route.PN

    seat.press(Qt.Key.Key_Right)
    assert now(file).route is Route.PA
    honest = "Akta cerai sudah diterbitkan Pengadilan Agama; di sini hanya KK dan KTP-el yang berubah."
    assert page.contact.says.text().startswith(honest)
    assert "kutipan akta perceraian" not in page.contact.says.text()
    assert page.list.lines()[0].requirement.code == "akta_cerai"


def test_a_proxy_brings_his_name_and_a_letter(qtbot: QtBot, desk: Make) -> None:
    file = new_file()
    seat, page = opened(qtbot, desk(Role.FO), file)
    assert not page.contact.proxy_name.isVisible()
    page.contact.reporter.setFocus()
    seat.press(Qt.Key.Key_End)
    assert page.contact.proxy_name.isVisible()
    assert "kuasa" in {made.requirement.code for made in page.list.lines()}
    QTest.keyClicks(page.contact.proxy_name.input, "samuel pohan")
    QTest.keyClicks(page.contact.proxy_nik.input, "1471071403840003")
    page.keeper.save()
    seat.wait()
    saved = entry.latest(file.id)
    assert saved is not None
    assert (saved.case.reporter, saved.case.proxy.name) == (Reporter.PROXY, "SAMUEL POHAN")
    assert saved.case.proxy.nik == "1471071403840003"


def test_typing_is_saved_on_a_pause_without_a_button(qtbot: QtBot, desk: Make) -> None:
    file = new_file()
    seat, page = opened(qtbot, desk(Role.FO), file)
    QTest.keyClicks(page.contact.email.input, "debora.mh@contoh.id")
    seat.until(lambda: now(file).contact.email == "debora.mh@contoh.id")
    seat.until(lambda: page.lamp.text().startswith("Tersimpan "))


def test_half_an_address_stays_on_this_pc_and_comes_back(qtbot: QtBot, desk: Make) -> None:
    file, made = new_file(), desk(Role.FO)
    seat, page = opened(qtbot, made, file)
    QTest.keyClicks(page.contact.email.input, "debora.mh@")
    page.keeper.save()
    seat.wait()
    assert page.lamp.text() == "Lengkapi alamat surel; ketikan disimpan di PC ini"
    assert now(file).contact.email == ""
    page.keeper.drafts.flush()

    _seat, again = opened(qtbot, made, file)
    assert again.contact.email.value() == "debora.mh@"
    assert again.lamp.text() == "Ketikan terakhir di PC ini dikembalikan"
    again.contact.email.judge()
    assert again.contact.email.message() == "Alamat surel belum lengkap, contoh: nama@contoh.id"


def test_another_address_was_not_read_back(qtbot: QtBot, desk: Make) -> None:
    file = new_file()
    seat, page = opened(qtbot, desk(Role.FO), file)
    answer_questions(seat, page)
    assert now(file).contact == Contact("debora.mh@contoh.id", "0812 0000 4417", read_back=True)
    QTest.keyClicks(page.contact.email.input, "x")
    assert not page.contact.read_back.isChecked()


def test_somebody_elses_entry_is_told_and_what_is_typed_stays(qtbot: QtBot, desk: Make) -> None:
    file, made = new_file(), desk(Role.FO)
    seat, page = opened(qtbot, made, file)
    entry.save(made.who, file, Case(route=Route.PN, reporter=Reporter.WIFE), 0, new_key())
    page.contact.reporter.setFocus()
    seat.press(Qt.Key.Key_End)
    assert any("diubah petugas lain" in said for said, _tone in seat.said)
    assert page.contact.values().reporter is Reporter.PROXY


# --- papers ---------------------------------------------------------------------------------------------------------


def test_a_file_lands_on_its_requirement_and_ticks_nothing(qtbot: QtBot, desk: Make, tmp_path: Path) -> None:
    file = new_file()
    seat, page = opened(qtbot, desk(Role.FO), file)
    page.files.take(file, "kk", [pdf(tmp_path, "kk", 2)])
    seat.wait()
    assert line(page, "kk").state == "look"
    assert page.list.chosen() == line(page, "kk").requirement
    seat.until(lambda: page.pane.viewer.pages() == 2)
    assert page.pane.source.text().startswith("kk.pdf · dari berkas di PC · sidik ")


@pytest.mark.qt_log_ignore(NO_GRAB)
def test_space_and_x_judge_with_a_reason_by_digit_and_can_be_taken_back(
    qtbot: QtBot, desk: Make, tmp_path: Path
) -> None:
    file = new_file()
    seat, page = opened(qtbot, desk(Role.FO), file)
    undo: list[Callable[[], None] | None] = []
    page.said.connect(lambda _text, back, _tone: undo.append(back))
    page.files.take(file, "ktp_suami", [pdf(tmp_path, "ktp")])
    seat.wait()
    page.list.setFocus()
    seat.press(Qt.Key.Key_Space)
    assert line(page, "ktp_suami").state == "ok"

    seat.press(Qt.Key.Key_X)
    menu = page.pane.findChildren(QMenu)[-1]
    assert menu.actions()[0].text().startswith("&1  ")
    QTest.keyClick(menu, Qt.Key.Key_1)
    seat.wait()
    assert line(page, "ktp_suami").state == "bad"
    assert line(page, "ktp_suami").requirement.reason == menu.actions()[0].text()[4:]
    back = undo[-1]
    assert back is not None
    back()
    seat.wait()
    assert line(page, "ktp_suami").state == "ok"


def test_nothing_is_legible_that_is_not_there(qtbot: QtBot, desk: Make) -> None:
    seat, page = opened(qtbot, desk(Role.FO), new_file())
    page.list.choose("kk")
    page.list.setFocus()
    seat.press(Qt.Key.Key_Space)
    assert line(page, "kk").state == "none"
    assert seat.said[-1] == ("Ambil berkasnya dahulu, atau centang Asli dilihat.", "info")
    page.pane.seen.click()
    seat.wait()
    seat.press(Qt.Key.Key_Space)
    assert line(page, "kk").state == "ok"
    page.pane.seen.click()
    seat.wait()
    assert line(page, "kk").state == "none", "without the original nothing is left to be legible"


@pytest.mark.qt_log_ignore(NO_GRAB)
def test_a_wrong_file_goes_out_with_a_reason_and_comes_back(qtbot: QtBot, desk: Make, tmp_path: Path) -> None:
    file = new_file()
    seat, page = opened(qtbot, desk(Role.FO), file)
    undo: list[Callable[[], None] | None] = []
    page.said.connect(lambda _text, back, _tone: undo.append(back))
    page.files.take(file, "kk", [pdf(tmp_path, "kk")])
    seat.wait()
    page.list.setFocus()
    seat.press(Qt.Key.Key_Delete)
    QTest.keyClick(page.pane.findChildren(QMenu)[-1], Qt.Key.Key_1)
    seat.wait()
    assert line(page, "kk").state == "none"
    assert papers.scans(file.id) == []
    assert undo[-1] is not None
    undo[-1]()
    seat.wait()
    assert line(page, "kk").state == "look"


def test_several_files_the_good_come_in_the_bad_are_named(qtbot: QtBot, desk: Make, tmp_path: Path) -> None:
    file = new_file()
    seat, page = opened(qtbot, desk(Role.FO), file)
    huge, text, cut = tmp_path / "besar.pdf", tmp_path / "surat.pdf", tmp_path / "potong.pdf"
    with huge.open("wb") as stream:
        stream.write(b"%PDF-1.7\n")
        stream.truncate(100 * 1024 * 1024)
    text.write_text("bukan pindaian", encoding="utf-8")
    cut.write_bytes(paper()[:300])
    page.files.take(file, "putusan", [huge, pdf(tmp_path, "putusan", 3), text, cut, tmp_path / "tidak-ada.pdf"])
    seat.wait()
    assert [p.title for p in papers.scans(file.id)] == ["putusan.pdf"]
    told = page.trouble.text()
    for sign in ("“besar.pdf” lebih dari 25 MB", "“surat.pdf” tidak diterima", "“potong.pdf” rusak", "“tidak-ada.pdf”"):
        assert sign in told
    page.close_trouble.click()
    assert not page.trouble.isVisible()


def test_a_file_dropped_on_a_row_belongs_to_that_row(qtbot: QtBot, desk: Make, tmp_path: Path) -> None:
    file = new_file()
    seat, page = opened(qtbot, desk(Role.FO), file)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(pdf(tmp_path, "istri")))])
    made = line(page, "ktp_istri")
    spot = QPointF(made.mapTo(page.list, made.rect().center()))
    nobody = Qt.KeyboardModifier.NoModifier
    page.list.dropEvent(QDropEvent(spot, Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, nobody))
    seat.wait()
    assert [(p.subject, p.title) for p in papers.scans(file.id)] == [("ktp_istri", "istri.pdf")]


def test_the_same_file_twice_is_noticed(qtbot: QtBot, desk: Make, tmp_path: Path) -> None:
    file = new_file()
    seat, page = opened(qtbot, desk(Role.FO), file)
    same = pdf(tmp_path, "kk")
    for code in ("kk", "ktp_istri"):
        page.files.take(file, code, [same])
        seat.wait()
    assert line(page, "ktp_istri").accessibleName() == "KTP-el istri. Isi berkas sama dengan Kartu Keluarga"


def test_papers_of_another_route_are_not_hidden(qtbot: QtBot, desk: Make, tmp_path: Path) -> None:
    file = new_file()
    seat, page = opened(qtbot, desk(Role.FO), file)
    answer_questions(seat, page)
    page.files.take(file, "akta_kawin", [pdf(tmp_path, "akta")])
    seat.wait()
    page.contact.route.setFocus()
    seat.press(Qt.Key.Key_End)
    assert line(page, "akta_kawin").requirement.required is False
    assert "1 halaman" in line(page, "akta_kawin").accessibleName()


# --- complete -------------------------------------------------------------------------------------------------------


def test_the_primary_says_what_it_waits_for_leads_there_and_then_moves_the_file(
    qtbot: QtBot, desk: Make, tmp_path: Path
) -> None:
    file = new_file()
    seat, page = opened(qtbot, desk(Role.FO), file)
    answer_questions(seat, page)
    assert page.lock.accessibleName() == "Belum lengkap: Salinan putusan yang berkekuatan hukum tetap belum ada"
    attach_all(seat, page, tmp_path)
    for code in CODES[:-1]:
        page.list.choose(code)
        page.list.setFocus()
        seat.press(Qt.Key.Key_Space)
    assert page.lock.accessibleName() == "Belum lengkap: KTP-el istri belum diperiksa"
    assert not page.primary.isEnabled()
    page.list.choose("kk")
    seat.press(Qt.Key.Key_N)
    assert page.list.chosen() == line(page, "ktp_istri").requirement
    seat.press(Qt.Key.Key_Space)

    assert page.primary.isEnabled()
    seat.press(Qt.Key.Key_Return, CTRL)
    assert now(file).stage.key == "ENTRI"
    assert seat.went == [("entry", file.id)]
    assert card.lines(PELITA3, file.id)[-1].action == "lengkap_loket"


def test_the_address_typed_last_is_saved_before_the_line_is_signed(qtbot: QtBot, desk: Make, tmp_path: Path) -> None:
    file = new_file()
    seat, page = opened(qtbot, desk(Role.FO), file)
    answer_questions(seat, page)
    attach_all(seat, page, tmp_path)
    for code in CODES:
        page.list.choose(code)
        page.judging.judge(True)
        seat.wait()
    page.contact.email.input.setFocus()
    page.contact.email.input.selectAll()
    QTest.keyClicks(page.contact.email.input, "baru@contoh.id")
    seat.press(Qt.Key.Key_Return, CTRL)
    assert now(file).stage.key == "ENTRI"
    assert now(file).contact.email == "baru@contoh.id"


def test_a_file_that_moved_on_is_shown_and_nothing_can_be_pressed(qtbot: QtBot, desk: Make, shop: Workshop) -> None:
    file = walk_to("ENTRI", shop)
    _seat, page = opened(qtbot, desk(Role.FO), file)
    assert page.holder.text() == "Berkas ini sudah di tahap Entri data. Anda dapat membacanya."
    assert not any(b.isVisible() for b in (page.primary, page.lacking, page.print, page.take_over))
    assert not page.pane.fetch.isEnabled()


def test_a_colleagues_file_is_read_and_taken_over_with_a_reason(qtbot: QtBot, desk: Make) -> None:
    file = new_file()
    seat, page = opened(qtbot, desk("dedi"), file)
    assert page.holder.text() == "Berkas dipegang Rina Oktaviani. Anda dapat membacanya."
    assert not page.primary.isVisible()
    assert not page.pane.good.isEnabled()
    page.take_over.click()
    ask = page.findChildren(Confirm)[-1]
    assert ask.reason is not None
    ask.reason.input.setPlainText("Rina cuti hari ini")
    ask.yes.click()
    seat.wait()
    assert now(file).holder == "dedi"
    assert page.primary.isVisible()


def test_every_opening_is_on_record(qtbot: QtBot, desk: Make) -> None:
    file = new_file()
    opened(qtbot, desk(Role.FO), file)
    assert [(r.text, r.by) for r in berkas.readings(file.id)] == [("membuka persyaratan", "Rina Oktaviani")]


# --- lacking, and completed -----------------------------------------------------------------------------------------


def lacking(seat: Seat, page: IntakePage) -> None:
    """Ctrl+B, and the first reason stays chosen."""
    seat.press(Qt.Key.Key_B, CTRL)
    assert page.acts.dialog is not None
    seat.wait()


def test_what_is_missing_is_chosen_already_and_the_message_is_shown_before_it_goes(
    qtbot: QtBot, desk: Make, clock: Clock
) -> None:
    clock.at = TEN
    file = new_file()
    seat, page = opened(qtbot, desk(Role.FO), file)
    answer_questions(seat, page)
    lacking(seat, page)
    dialog = page.acts.dialog
    assert dialog is not None
    assert [r.subject for r in dialog.reasons.chosen()] == list(CODES)
    for made in dialog.reasons.lines[1:]:
        made.box.setChecked(False)
    QTest.keyClicks(dialog.note.input, "Boleh diwakilkan.")
    dialog.ask_preview()
    seat.wait()
    assert "1. Salinan putusan yang berkekuatan hukum tetap" in dialog.message.text()
    assert "Boleh diwakilkan." in dialog.message.text()
    dialog.yes.click()
    seat.wait()

    assert now(file).stage.key == "KURANG"
    assert [f.subject for f in intake.findings(file.id)] == ["putusan"]
    assert page.waiting.isVisible()
    assert page.waiting.told.text() == "Catatan sudah tercetak"
    assert page.primary.text() == "Berkas dilengkapi"


def test_a_digit_turns_a_reason_and_nothing_chosen_is_told(qtbot: QtBot, desk: Make) -> None:
    file = new_file()
    seat, page = opened(qtbot, desk(Role.FO), file)
    lacking(seat, page)
    dialog = page.acts.dialog
    assert dialog is not None
    for made in dialog.reasons.lines:
        made.box.setChecked(False)
    dialog.confirm()
    assert "Pilih paling sedikit satu kekurangan" in dialog.trouble.text()
    QTest.keyClick(dialog.reasons, Qt.Key.Key_2)
    assert [r.subject for r in dialog.reasons.chosen()] == ["akta_kawin"]
    dialog.no.click()
    assert now(file).stage.key == "VERIFIKASI"


def paused(qtbot: QtBot, desk: Desk, file: Head) -> tuple[Seat, IntakePage]:
    seat, page = opened(qtbot, desk, file)
    lacking(seat, page)
    assert page.acts.dialog is not None
    page.acts.dialog.yes.click()
    seat.wait()
    seat.window.activateWindow()
    qtbot.waitUntil(seat.window.isActiveWindow)
    return seat, page


def test_the_applicants_act_restarts_the_clock_at_its_own_time(qtbot: QtBot, desk: Make, clock: Clock) -> None:
    clock.at = TEN
    file = new_file()
    seat, page = paused(qtbot, desk(Role.FO), file)
    clock.at = TEN + timedelta(hours=2)
    seat.press(Qt.Key.Key_Return, CTRL)
    assert page.waiting.what.message() == "Tulis apa yang dibawa atau dikirim pemohon"
    QTest.keyClicks(page.waiting.what.input, "KTP-el asli dibawa")
    page.waiting.time.input.selectAll()
    QTest.keyClicks(page.waiting.time.input, "11.30")
    seat.press(Qt.Key.Key_Return, CTRL)

    assert now(file).stage.key == "VERIFIKASI"
    lines = card.lines(PELITA3, file.id)
    life = clocks.pieces(lines, clock.at, clocks.hours_around(TEN, clock.at), clocks.answers(file.id))
    assert [(p.start, p.end) for p in life if p.kind is Kind.PAUSE] == [(TEN, TEN + timedelta(minutes=90))]
    assert not page.waiting.isVisible()


def test_untouched_the_moment_is_now_and_a_wrong_one_is_told_at_its_field(
    qtbot: QtBot, desk: Make, clock: Clock
) -> None:
    clock.at = TEN
    file = new_file()
    seat, page = paused(qtbot, desk(Role.FO), file)
    clock.at = TEN + timedelta(hours=1)
    QTest.keyClicks(page.waiting.what.input, "Surat BHT")
    page.waiting.time.input.selectAll()
    QTest.keyClicks(page.waiting.time.input, "23.59")
    seat.press(Qt.Key.Key_Return, CTRL)
    assert "masih di depan" in page.waiting.day.message()
    page.waiting.time.input.selectAll()
    QTest.keyClicks(page.waiting.time.input, "09.00")
    seat.press(Qt.Key.Key_Return, CTRL)
    assert "sebelum kekurangan dicatat" in page.waiting.day.message()
    assert now(file).stage.key == "KURANG"
    page.waiting.time.input.selectAll()
    QTest.keyClicks(page.waiting.time.input, "10.00")
    seat.press(Qt.Key.Key_Return, CTRL)
    assert now(file).stage.key == "VERIFIKASI", "the very minute in which the clock stopped is no lie"


def test_a_dead_printer_is_told_and_the_notice_is_printed_later(qtbot: QtBot, desk: Make, shop: Workshop) -> None:
    made = desk(Role.FO)
    dead = replace(made, workshop=replace(shop, printers={"deficiency": "printer-mati"}))
    seat, page = paused(qtbot, dead, new_file())
    assert page.waiting.told.text() == "Catatan belum tercetak; tekan Ctrl P"
    page.desk = made
    seat.press(Qt.Key.Key_P, CTRL)
    assert page.waiting.told.text() == "Catatan sudah tercetak"


# --- online ---------------------------------------------------------------------------------------------------------


def received(shop: Workshop, tmp_path: Path, files: dict[str, bytes] | None = None) -> Head:
    fo = sit_down(Role.FO)
    return packages.receive(shop, fo, parcels.folder(tmp_path / "paket", files), new_key())


def test_an_online_file_is_registered_here_and_begins_with_what_its_applicant_wrote(
    qtbot: QtBot, desk: Make, shop: Workshop, tmp_path: Path
) -> None:
    file = received(shop, tmp_path)
    seat, page = opened(qtbot, desk(Role.FO), file)
    assert page.primary.text() == "Registrasi"
    assert not page.pane.good.isEnabled(), "nothing is judged before it is registered"
    seat.press(Qt.Key.Key_Return, CTRL)
    assert now(file).stage.key == "VERIFIKASI"
    assert now(file).contact.email == "debora.mh@contoh.id"
    assert (now(file).route, page.contact.values().reporter) == (Route.PN, Reporter.WIFE)
    assert now(file).title == "Yohanes Parulian Sitorus & Debora Melinda Hutapea"
    page.list.choose("kk")
    seat.wait()
    assert "dari permohonan daring WEB-2026-000123 · sidik " in page.pane.source.text()
    for code in CODES:
        page.list.choose(code)
        page.judging.judge(True)
        seat.wait()
    seat.press(Qt.Key.Key_Return, CTRL)
    assert now(file).stage.key == "ENTRI"
    assert card.lines(PELITA3, file.id)[-1].action == "lengkap_online"


def test_quarantined_files_stay_listed_with_their_reason(
    qtbot: QtBot, desk: Make, shop: Workshop, tmp_path: Path
) -> None:
    file = received(shop, tmp_path, {"putusan/p.pdf": paper(), "kk/kk.pdf": b"%PDF-1.4 potong"})
    _seat, page = opened(qtbot, desk(Role.FO), file)
    told = [q.accessibleName() for q in page.list.findChildren(Quarantine)]
    assert len(told) == 1
    assert told[0].startswith("Kartu Keluarga, kk/kk.pdf. ")
    assert "rusak atau terpotong" in told[0]


def test_online_the_notice_waits_in_the_outbox_and_the_page_says_so(
    qtbot: QtBot, desk: Make, shop: Workshop, tmp_path: Path
) -> None:
    file = received(shop, tmp_path, {"putusan/p.pdf": paper()})
    intake.register_online(PELITA3, sit_down(Role.FO), file, new_key())
    _seat, page = paused(qtbot, desk(Role.FO), file)
    assert now(file).stage.key == "KURANG"
    mail = outbox.of_file(file.id)[0]
    assert (mail.kind, mail.to, mail.state) == ("mail_deficiency", "debora.mh@contoh.id", "WAITING")
    assert page.waiting.told.text() == "Surel menunggu giliran kirim"
    assert file.channel is Channel.ONLINE


# --- the local draft ------------------------------------------------------------------------------------------------


def test_a_spoilt_draft_on_this_pc_is_no_trouble(qtbot: QtBot, desk: Make) -> None:
    file, made = new_file(), desk(Role.FO)
    drafts = Drafts(made.settings_dir / "draf")
    drafts.keep(f"{file.number}-persyaratan", {"route": "KUA"})
    drafts.flush()
    _seat, page = opened(qtbot, made, file)
    assert page.contact.values().route is Route.UNKNOWN


def test_a_draft_holds_no_more_than_the_form_and_its_name_no_person(qtbot: QtBot, desk: Make) -> None:
    file, made = new_file(), desk(Role.FO)
    seat, page = opened(qtbot, made, file)
    QTest.keyClicks(page.contact.email.input, "debora")
    page.keeper.drafts.flush()
    found = list((made.settings_dir / "draf").glob("*.json"))
    assert [f.name for f in found] == [f"{file.number}-persyaratan.json"]
    assert json.loads(found[0].read_text(encoding="utf-8")) == packed(page.contact.values())
    seat.wait()


@pytest.mark.parametrize(("wide", "tall"), [(1280, 640), (1366, 768), (1920, 1030)])
def test_it_fits_and_a_low_window_folds_the_answered_card(qtbot: QtBot, desk: Make, wide: int, tall: int) -> None:
    seat, page = opened(qtbot, desk(Role.FO), new_file())
    answer_questions(seat, page)
    page.list.setFocus()
    seat.window.resize(wide, tall - 86)
    seat.wait()
    assert page.contact.is_folded() == (tall == 640)
    assert page.minimumSizeHint().width() <= wide - 80
