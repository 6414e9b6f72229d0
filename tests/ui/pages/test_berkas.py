"""One file in full: opening is written down, its card shows two stamps per hand-over, a broken card locks the acts."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.jobs.workshop import Workshop
from app.models import base
from app.services import berkas, entry, papers
from app.services.berkas import Head, head
from app.sop.model import Kind, Role
from app.sop.pelita3 import PELITA3
from app.ui.desk import Desk
from app.ui.pages.berkas import CARD, ENTRY, MAILS, NOTES, PAPERS, READERS, BerkasPage
from app.ui.parts.stamp import Stamp
from app.ui.parts.text import Txt
from tests.support import walk
from tests.support.office import Clock, sit_down
from tests.support.pages import CTRL, SHIFT, Seat, seated
from tests.support.stories import asked_for_more, before_kadis
from tests.support.walk import walk_to

Make = Callable[[str | Role], Desk]


def turn_to(seat: Seat, page: BerkasPage, tab: int) -> None:
    page.tabs.setFocus()
    seat.press(Qt.Key.Key_Home)
    for _ in range(tab):
        seat.press(Qt.Key.Key_Right)
    assert page.tabs.current() == tab


def logged(file: Head) -> list[tuple[str, str]]:
    return [(r.by, r.text) for r in berkas.readings(file.id)]


def row_words(page: BerkasPage, row: int) -> str:
    return " | ".join(t.text() for t in page.card.turns[row].findChildren(Txt))


# --- opening ---------------------------------------------------------------------------------------------------------


def test_a_file_on_my_desk_opens_at_once_and_is_logged(qtbot: QtBot, desk: Make, shop: Workshop) -> None:
    file = walk_to("ENTRI", shop)
    _seat, page = seated(qtbot, desk(Role.FO), BerkasPage, file.id)
    assert page.title == file.number
    assert page.asked is None
    assert logged(file) == [("Rina Oktaviani", "membuka berkas")]


def test_a_file_on_another_desk_is_opened_with_a_reason_that_is_kept(qtbot: QtBot, desk: Make, shop: Workshop) -> None:
    file = walk_to("DI_KASI", shop)
    seat, page = seated(qtbot, desk(Role.FO), BerkasPage, file.id)
    assert logged(file) == [], "nothing was shown yet"
    assert page.asked is not None
    assert page.asked.choice is not None
    page.asked.choice.set_value("Ditanya pemohon")
    page.asked.yes.click()
    seat.wait()
    assert page.title == file.number
    assert logged(file) == [("Rina Oktaviani", "membuka berkas: Ditanya pemohon")]
    page.arrive(file.id)
    seat.wait()
    assert page.asked is None, "asked once in a quarter of an hour"


def test_who_gives_no_reason_goes_back_and_has_read_nothing(qtbot: QtBot, desk: Make, shop: Workshop) -> None:
    file = walk_to("DI_KASI", shop)
    seat, page = seated(qtbot, desk(Role.FO), BerkasPage, file.id)
    assert page.asked is not None
    page.asked.no.click()
    seat.wait()
    assert seat.went == [("back", None)]
    assert logged(file) == []


def test_the_administrator_opens_no_applicants_file(qtbot: QtBot, desk: Make, shop: Workshop) -> None:
    file = walk_to("ENTRI", shop)
    _seat, page = seated(qtbot, desk(Role.ADMIN), BerkasPage, file.id)
    assert page.nothing.isVisible()
    assert "Peran ini tidak membuka berkas pemohon" in page.nothing.accessibleName()
    assert logged(file) == []


def test_an_unknown_file_says_what_to_do(qtbot: QtBot, desk: Make, shop: Workshop) -> None:
    _seat, page = seated(qtbot, desk(Role.FO), BerkasPage, 4711)
    assert "Periksa nomornya" in page.nothing.accessibleName()


# --- the control card ------------------------------------------------------------------------------------------------


def test_the_card_shows_who_gave_who_took_and_where_it_waits(
    qtbot: QtBot, desk: Make, shop: Workshop, clock: Clock
) -> None:
    file = before_kadis(shop, clock)
    _seat, page = seated(qtbot, desk(Role.KADIS), BerkasPage, file.id)
    assert len(page.card.turns) == 6
    stamps = [s.accessibleName() for s in page.card.turns[1].findChildren(Stamp)]
    assert stamps == ["Rina O., 11 Mei 14.53", "Zulfikar H., 12 Mei 08.12"]
    assert row_words(page, 0).startswith("18 | / 13 mnt")
    last = page.card.turns[-1].findChildren(Stamp)[-1]
    assert last.is_empty()
    assert last.accessibleName() == "belum diterima"
    assert page.bar.state.text() == "Lewat target 1 jam"


def test_the_clocks_say_where_the_time_went_in_one_sentence(
    qtbot: QtBot, desk: Make, shop: Workshop, clock: Clock
) -> None:
    file = before_kadis(shop, clock)
    _seat, page = seated(qtbot, desk(Role.KADIS), BerkasPage, file.id)
    said = [t.text() for t in page.card.findChildren(Txt)]
    assert "6 j 15 m" in said
    assert "1 j 25 m" in said
    assert "23 j 10 m" in said
    assert "90 % waktu kantor habis menunggu diambil, terlama di meja Kadis." in said
    assert "lewat 4 j 42 m" in said
    assert "sisa 18 j 18 m" in said
    assert "siap TTE" in said


def test_the_life_line_is_drawn_in_office_time_with_the_night_cut_out(
    qtbot: QtBot, desk: Make, shop: Workshop, clock: Clock
) -> None:
    file = before_kadis(shop, clock)
    _seat, page = seated(qtbot, desk(Role.KADIS), BerkasPage, file.id)
    places = list(page.card.life._places())
    assert [s.kind for s, _ in places][:3] == [Kind.WAIT, Kind.WORK, Kind.PAUSE]
    assert places[-1][0].open
    assert sum(s.first for s, _ in places) == 2, "two days"
    assert places[-1][1].right() <= page.card.life.width()
    for (_, one), (_, other) in pairwise(places):
        assert one.right() < other.left(), "nothing overlaps"


def test_a_file_that_waits_for_the_applicant_is_violet_and_its_clock_stands(
    qtbot: QtBot, desk: Make, shop: Workshop, clock: Clock
) -> None:
    file = asked_for_more(shop, clock)
    _seat, page = seated(qtbot, desk(Role.FO), BerkasPage, file.id)
    assert page.bar.state.text() == "Menunggu pemohon"
    assert "belum mulai" in [t.text() for t in page.card.findChildren(Txt)]


def test_a_cancelled_file_says_why_on_top(qtbot: QtBot, desk: Make, shop: Workshop) -> None:
    file = walk_to("VERIFIKASI", shop)
    walk.act(sit_down(Role.FO), file, "batalkan", "Pemohon mencabut")
    _seat, page = seated(qtbot, desk(Role.FO), BerkasPage, file.id)
    assert page.warning.isVisible()
    assert page.warning.text().endswith("oleh Rina Oktaviani: Pemohon mencabut")
    assert page.foot.buttons == []


def test_the_card_is_printed_kept_and_said_to_be_printed_only_then(qtbot: QtBot, desk: Make, shop: Workshop) -> None:
    file = walk_to("ENTRI", shop)
    seat, _page = seated(qtbot, desk(Role.FO), BerkasPage, file.id)
    seat.press(Qt.Key.Key_P, CTRL)
    seat.until(lambda: bool(seat.said))
    seat.wait()
    card = papers.listed(file.id, ["card"])[0]
    assert papers.print_state(card.id)[0] == "COMPLETED"
    assert seat.said == [(f"Kartu kendali {file.number}: sudah tercetak", "ok")]
    assert list((shop.folder / "cetakan").iterdir())


# --- the SOP's acts --------------------------------------------------------------------------------------------------


def test_my_file_offers_the_way_on_and_another_officers_only_taking_over(
    qtbot: QtBot, desk: Make, shop: Workshop
) -> None:
    file = walk_to("ENTRI", shop)
    seat, page = seated(qtbot, desk(Role.FO), BerkasPage, file.id)
    assert [b.text() for b in page.foot.buttons] == ["Batalkan", "Isi data"]
    seat.press(Qt.Key.Key_Return, CTRL)
    assert seat.went == [("entry", file.id)]
    _other, theirs = seated(qtbot, desk("dedi"), BerkasPage, file.id)
    assert [b.text() for b in theirs.foot.buttons] == ["Batalkan", "Ambil alih"]


def test_the_kasi_receives_from_the_file_itself(qtbot: QtBot, desk: Make, shop: Workshop) -> None:
    file = walk_to("KE_KASI", shop)
    seat, page = seated(qtbot, desk(Role.KASI), BerkasPage, file.id)
    seat.press(Qt.Key.Key_Return, CTRL)
    assert head(PELITA3, file.id).holder == "zulfikar"
    assert [b.text() for b in page.foot.buttons][-1] == "Periksa berkas"
    assert page.card.turns[-1].findChildren(Stamp)[-1].accessibleName().startswith("Zulfikar H.")


def test_a_broken_card_is_told_in_red_and_locks_every_act(qtbot: QtBot, desk: Make, shop: Workshop) -> None:
    file = walk_to("ENTRI", shop)
    base.db.execute_sql("drop trigger paraf_frozen")
    base.db.execute_sql("update paraf set note = 'disisipkan' where n = 2")
    seat, page = seated(qtbot, desk(Role.FO), BerkasPage, file.id)
    seat.until(page.warning.isVisible)
    assert page.warning.text().startswith("Kartu kendali tidak utuh pada baris 2:")
    assert page.foot.buttons == []
    turn_to(seat, page, PAPERS)
    assert not page.papers.print.isEnabled()
    assert not page.papers.copy.isEnabled()


# --- entry -----------------------------------------------------------------------------------------------------------


def test_numbers_are_masked_until_a_look_that_is_logged(qtbot: QtBot, desk: Make, shop: Workshop) -> None:
    file = walk_to("DRAF", shop)
    seat, page = seated(qtbot, desk(Role.FO), BerkasPage, file.id)
    turn_to(seat, page, ENTRY)
    nik = next(v for v in page.entry.values.rows() if v.path == "husband.nik")
    assert page.entry._value_cell(nik).top == "147107 •••••• 0003"
    seat.press(Qt.Key.Key_M, CTRL | SHIFT)
    assert page.entry._value_cell(nik).top == "147107 140384 0003"
    assert ("Rina Oktaviani", "melihat NIK di isian") in logged(file)
    page.entry.cover()
    assert "•" in page.entry._value_cell(nik).top


def test_a_revision_shows_what_it_changed(qtbot: QtBot, desk: Make, shop: Workshop, clock: Clock) -> None:
    file = before_kadis(shop, clock)
    seat, page = seated(qtbot, desk(Role.KADIS), BerkasPage, file.id)
    turn_to(seat, page, ENTRY)
    assert [r.rev for r in page.entry.revisions.rows()] == [3, 2, 1]
    page.entry.which.setFocus()
    seat.press(Qt.Key.Key_Right)
    changes = {v.path: (v.old, v.value) for v in page.entry.values.rows()}
    assert changes == {
        "decision.number": ("87/Pdt.G/2026/PN Pbr", "123/Pdt.G/2026/PN Pbr"),
        "wife.name": ("DEBORA MELINDA HUTAPEA", "DEBORA MELINDA HUTAPEAL"),
    }


def test_a_file_without_entry_says_so(qtbot: QtBot, desk: Make, shop: Workshop) -> None:
    file = walk_to("VERIFIKASI", shop)
    assert entry.latest(file.id) is None
    seat, page = seated(qtbot, desk(Role.FO), BerkasPage, file.id)
    turn_to(seat, page, ENTRY)
    assert page.entry.revisions.rows() == []
    assert not page.entry.eye.isEnabled()


# --- papers ----------------------------------------------------------------------------------------------------------


def shown_paper(seat: Seat, page: BerkasPage, kind: str) -> papers.PaperRow:
    turn_to(seat, page, PAPERS)
    paper = next(p for p in page.papers.rows.rows() if p.kind == kind)
    page.papers.rows.select(paper.id)
    seat.until(lambda: page.papers.viewer.key() == paper.sha256 and page.papers.viewer.pages() == paper.pages)
    return paper


def test_every_paper_is_seen_and_the_resi_printed_again(qtbot: QtBot, desk: Make, shop: Workshop) -> None:
    file = walk_to("KE_KASI", shop)
    seat, page = seated(qtbot, desk(Role.KASI), BerkasPage, file.id)
    resi = shown_paper(seat, page, "resi")
    assert papers.prints(resi.id) == 1
    page.papers.print.click()
    seat.until(lambda: papers.prints(resi.id) == 2)
    seat.wait()
    assert seat.said == [("Sudah tercetak", "ok")]
    assert ("Zulfikar Hasan, S.Sos", "membuka resi") in logged(file)


def test_an_unsigned_document_is_for_reading_only(qtbot: QtBot, desk: Make, shop: Workshop) -> None:
    file = walk_to("DRAF", shop)
    seat, page = seated(qtbot, desk(Role.FO), BerkasPage, file.id)
    shown_paper(seat, page, "document")
    assert not page.papers.print.isEnabled()
    assert not page.papers.copy.isEnabled()


def test_a_copy_is_the_very_bytes_and_is_logged(qtbot: QtBot, desk: Make, shop: Workshop, tmp_path: Path) -> None:
    file = walk_to("KE_KASI", shop)
    seat, page = seated(qtbot, desk(Role.KASI), BerkasPage, file.id)
    resi = shown_paper(seat, page, "resi")
    page.papers.copy.click()
    assert page.papers.dialog is not None
    offered = Path(page.papers.dialog.selectedFiles()[0]).name
    assert offered == f"{file.number}-resi.pdf", "a number, never a name"
    page.papers.dialog.reject()
    target = tmp_path / "salinan.pdf"
    page.papers.save_to(target)
    seat.until(target.exists)
    seat.wait()
    assert target.read_bytes() == papers.data(resi.sha256)
    assert ("Zulfikar Hasan, S.Sos", "menyimpan salinan resi") in logged(file)


def test_a_place_that_cannot_be_written_is_told_kindly(
    qtbot: QtBot, desk: Make, shop: Workshop, tmp_path: Path
) -> None:
    file = walk_to("KE_KASI", shop)
    seat, page = seated(qtbot, desk(Role.KASI), BerkasPage, file.id)
    shown_paper(seat, page, "resi")
    page.papers.save_to(tmp_path / "tidak-ada" / "salinan.pdf")
    seat.until(lambda: bool(seat.said))
    assert seat.said[0][0].startswith("Salinan tidak dapat disimpan di sana. Pilih folder lain")
    assert not list(tmp_path.rglob("*salinan*"))


def test_bytes_that_changed_are_not_shown(qtbot: QtBot, desk: Make, shop: Workshop) -> None:
    file = walk_to("KE_KASI", shop)
    resi = papers.listed(file.id, ["resi"])[0]
    base.db.execute_sql("drop trigger blob_frozen")
    base.db.execute_sql("update blob set data = x'255044' where sha256 = ?", (resi.sha256,))
    seat, page = seated(qtbot, desk(Role.KASI), BerkasPage, file.id)
    turn_to(seat, page, PAPERS)
    page.papers.rows.select(resi.id)
    seat.wait()
    assert "berbeda dari sidiknya" in page.papers.viewer.notice.accessibleName()
    assert page.warning.isVisible()


# --- notes, mails, readers -------------------------------------------------------------------------------------------


def test_a_note_is_added_and_stays(qtbot: QtBot, desk: Make, shop: Workshop) -> None:
    file = walk_to("ENTRI", shop)
    seat, page = seated(qtbot, desk(Role.FO), BerkasPage, file.id)
    page.toolbar_note.click()
    assert page.tabs.current() == NOTES
    qtbot.keyClicks(page.notes.note.input, "Pemohon datang lagi Kamis")
    page.notes.save.click()
    seat.wait()
    assert [n.text for n in berkas.notes(file.id)] == ["Pemohon datang lagi Kamis"]
    assert [n.text for n in page.notes.rows.rows()] == ["Pemohon datang lagi Kamis"]
    assert page.notes.note.value() == ""


def test_a_note_too_long_or_empty_is_kept_and_told_at_its_field(qtbot: QtBot, desk: Make, shop: Workshop) -> None:
    file = walk_to("ENTRI", shop)
    seat, page = seated(qtbot, desk(Role.FO), BerkasPage, file.id)
    turn_to(seat, page, NOTES)
    page.notes.save.click()
    assert page.notes.note.state() == "bad"
    page.notes.note.input.setPlainText("a" * 281)
    page.notes.save.click()
    seat.wait()
    assert "Terlalu panjang 1 huruf" in page.notes.note.message()
    assert berkas.notes(file.id) == []
    assert len(page.notes.note.input.toPlainText()) == 281


def test_what_was_typed_and_not_saved_is_there_again(qtbot: QtBot, desk: Make, shop: Workshop) -> None:
    file = walk_to("ENTRI", shop)
    seat, page = seated(qtbot, desk(Role.FO), BerkasPage, file.id)
    turn_to(seat, page, NOTES)
    page.notes.note.input.setPlainText("Belum selesai dit")
    seat.until(lambda: page.notes._drafts.on_disk(f"{file.number}-catatan"))
    _later, again = seated(qtbot, page.desk, BerkasPage, file.id)
    assert again.notes.note.input.toPlainText() == "Belum selesai dit"


def test_who_read_it_and_its_mails_are_listed(qtbot: QtBot, desk: Make, shop: Workshop) -> None:
    file = walk_to("KE_KASI", shop)
    berkas.log_reading(file.id, "membuka berkas", "Ditanya pemohon")
    seat, page = seated(qtbot, desk(Role.KASI), BerkasPage, file.id)
    turn_to(seat, page, READERS)
    assert "membuka berkas: Ditanya pemohon" in [n.text for n in page.readers.rows.rows()]
    turn_to(seat, page, MAILS)
    assert page.mails.rows.rows() == []
    turn_to(seat, page, CARD)
    assert page.card.isVisible()


@pytest.mark.parametrize("size", [(1280, 640), (1366, 690), (1920, 1030)])
def test_nothing_is_cut_off_at_any_size(
    qtbot: QtBot, desk: Make, shop: Workshop, clock: Clock, size: tuple[int, int]
) -> None:
    file = before_kadis(shop, clock)
    seat, page = seated(qtbot, desk(Role.KADIS), BerkasPage, file.id)
    seat.window.resize(size[0] - 80, size[1] - 86)
    seat.wait()
    assert page.minimumSizeHint().width() <= size[0] - 80
    bottom = page.card.turns[-1].mapTo(page.card, page.card.turns[-1].rect().bottomLeft()).y()
    assert bottom <= page.card.height(), "the newest row is in sight"


def test_the_clocks_move_under_the_rows_where_there_is_no_room_beside_them(
    qtbot: QtBot, desk: Make, shop: Workshop, clock: Clock
) -> None:
    file = before_kadis(shop, clock)
    seat, page = seated(qtbot, desk(Role.KADIS), BerkasPage, file.id)
    for width, under in ((1280, False), (1000, True), (1280, False), (1000, True)):
        seat.window.resize(width, 620)
        seat.wait()
        assert page.card._side.isVisible()
        assert page.card._area.isAncestorOf(page.card._side) is under
        page.refresh()
        seat.wait()
