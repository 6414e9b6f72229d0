"""The work list: what waits on a desk is received, opened and taken over from here, by keyboard."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.jobs.workshop import Workshop
from app.services import act, intake, worklist
from app.services.berkas import Head, head
from app.services.intake import FindingRow
from app.services.keys import new_key
from app.services.worklist import WorkItem
from app.sop.model import Role
from app.sop.pelita3 import PELITA3
from app.ui.desk import Desk
from app.ui.pages.worklist import WorkListPage
from app.ui.parts.banner import Banner
from app.ui.parts.text import Txt
from tests.support import walk
from tests.support.office import Clock, sit_down
from tests.support.pages import CTRL, seated
from tests.support.stories import asked_for_more, at, sent_back
from tests.support.walk import walk_to

Make = Callable[[str | Role], Desk]


def words(page: WorkListPage) -> str:
    """Everything the peek says."""
    return " | ".join(t.text() for t in page.peek.findChildren(Txt) if t.isVisibleTo(page.peek))


def stands_on(page: WorkListPage) -> WorkItem:
    row = page.rows.current()
    assert row is not None
    return row.item


def now(file: Head) -> Head:
    return head(PELITA3, file.id)


def test_what_was_handed_over_is_received_with_ctrl_t(qtbot: QtBot, desk: Make, shop: Workshop) -> None:
    files = [walk_to("KE_KASI", shop), walk_to("KE_KASI", shop)]
    seat, page = seated(qtbot, desk(Role.KASI), WorkListPage)
    assert page.untaken.isVisible()
    assert page.untaken.text() == "2 berkas diserahkan kepada Anda dan belum diterima"
    seat.press(Qt.Key.Key_T, CTRL)
    assert [now(f).stage.key for f in files] == ["DI_KASI", "DI_KASI"]
    assert not page.untaken.isVisible()
    assert seat.said == [("2 berkas diterima.", "ok")]


def test_a_file_is_read_but_not_worked_on_before_it_is_received(qtbot: QtBot, desk: Make, shop: Workshop) -> None:
    file = walk_to("KE_KASI", shop)
    seat, page = seated(qtbot, desk(Role.KASI), WorkListPage)
    assert page.peek.primary is not None
    assert page.peek.primary.text() == "Terima"
    seat.press(Qt.Key.Key_Return)
    assert seat.went == [("berkas", file.id)], "Enter reads"
    seat.press(Qt.Key.Key_Return, CTRL)
    assert now(file).holder == "zulfikar"
    assert page.peek.primary.text() == "Periksa berkas"
    seat.press(Qt.Key.Key_Return, CTRL)
    assert seat.went[-1] == ("review", file.id)


def test_a_desk_too_full_to_be_shown_says_so(
    qtbot: QtBot, desk: Make, shop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worklist, "LIST_LIMIT", 2)
    for _ in range(3):
        walk_to("KE_KASI", shop)
    _seat, page = seated(qtbot, desk(Role.KASI), WorkListPage)
    assert len(page.rows.rows()) == 2
    assert page.subtitle == "ditampilkan 2 dari 3: milik Anda dan yang terlama"


@pytest.mark.parametrize(
    ("stage", "role", "page_key"),
    [
        ("VERIFIKASI", Role.FO, "intake"),
        ("ENTRI", Role.FO, "entry"),
        ("DRAF", Role.FO, "draft"),
        ("KTP", Role.FO, "draft"),
    ],
)
def test_every_stage_opens_the_page_it_is_worked_on(
    qtbot: QtBot, desk: Make, shop: Workshop, stage: str, role: Role, page_key: str
) -> None:
    file = walk_to(stage, shop)
    seat, _page = seated(qtbot, desk(role), WorkListPage)
    seat.press(Qt.Key.Key_Return, CTRL)
    assert seat.went == [(page_key, file.id)]


def test_a_paused_file_stands_last_and_says_what_is_missing(
    qtbot: QtBot, desk: Make, shop: Workshop, clock: Clock
) -> None:
    paused = asked_for_more(shop, clock)
    working = walk_to("ENTRI", shop)
    at(clock, 11, "15.30")
    _seat, page = seated(qtbot, desk(Role.FO), WorkListPage)
    assert [r.item.id for r in page.rows.rows()] == [working.id, paused.id]
    assert page.tabs.words_of() == ["Semua 2", "Dikerjakan 1", "Menunggu pemohon 1", "Siap kirim 0"]
    page.rows.select(paused.id)
    assert "Bukti BHT belum ada" in page.rows.model().index(1, 1).data()


def test_the_editor_sees_what_the_kasi_found_wrong_in_words(
    qtbot: QtBot, desk: Make, shop: Workshop, clock: Clock
) -> None:
    sent_back(shop, clock)
    seat, page = seated(qtbot, desk(Role.EDITOR), WorkListPage)
    seat.until(lambda: "Nama lengkap, istri" in words(page))
    assert "Kurang huruf L" in words(page)
    assert [b.text() for b in page.peek.findChildren(Banner)] == ["Dikembalikan Kasi: 2 isian salah"]
    assert page.peek.primary is not None
    assert page.peek.primary.text() == "Perbaiki isian"


def test_a_late_file_is_red_and_on_top(qtbot: QtBot, desk: Make, shop: Workshop, clock: Clock) -> None:
    at(clock, 12, "8.00")
    late = walk_to("ENTRI", shop)
    at(clock, 12, "9.20")
    fresh = walk_to("ENTRI", shop)
    at(clock, 12, "9.25")
    _seat, page = seated(qtbot, desk(Role.FO), WorkListPage)
    assert [r.item.id for r in page.rows.rows()] == [late.id, fresh.id]
    assert page.rows.model().index(0, 3).data() == "1 j 25 m  Lewat"
    assert page.subtitle == "1 lewat"


def test_new_work_arrives_without_moving_the_row_one_stands_on(qtbot: QtBot, desk: Make, shop: Workshop) -> None:
    first, second = walk_to("ENTRI", shop), walk_to("ENTRI", shop)
    seat, page = seated(qtbot, desk(Role.FO), WorkListPage)
    page.rows.select(second.id)
    third = walk_to("ENTRI", shop)
    page.refresh()
    seat.wait()
    assert stands_on(page).id == second.id
    assert page.chip.isVisible()
    assert page.chip.text() == "1 baru"
    page.chip.click()
    assert stands_on(page).id == third.id
    assert not page.chip.isVisible()
    assert {r.item.id for r in page.rows.rows()} == {first.id, second.id, third.id}


def test_a_row_taken_by_a_colleague_fades_with_his_name(qtbot: QtBot, desk: Make, shop: Workshop) -> None:
    file = walk_to("VERIFIKASI", shop)
    mine = desk(Role.FO)
    seat, page = seated(qtbot, mine, WorkListPage)
    dedi = sit_down("dedi")
    act.act(dedi, file.id, "batalkan", file.n, new_key(), "Pemohon pulang")
    sit_down("rina")
    page.refresh()
    seat.wait()
    assert [r.gone for r in page.rows.rows()] == ["diambil Dedi Kurniawan"]
    seat.until(lambda: not page.rows.rows())


def test_an_absent_colleagues_file_is_taken_over_with_a_reason(qtbot: QtBot, desk: Make, shop: Workshop) -> None:
    file = walk_to("ENTRI", shop)
    seat, page = seated(qtbot, desk("dedi"), WorkListPage)
    assert [b.text() for b in page.peek.buttons] == ["Buka berkas", "Batalkan", "Ambil alih"]
    take = page.peek.buttons[2]
    take.click()
    dialog = page.acts.dialog
    assert dialog is not None
    dialog.yes.click()
    assert now(file).holder == "rina", "nothing happens without a reason"
    assert dialog.reason is not None
    dialog.reason.set_value("Rina cuti hari ini")
    dialog.yes.click()
    seat.wait()
    assert now(file).holder == "dedi"
    assert page.peek.primary is not None
    assert page.peek.primary.text() == "Isi data"


def test_cancelling_asks_why_and_enter_alone_does_not_do_it(qtbot: QtBot, desk: Make, shop: Workshop) -> None:
    file = walk_to("VERIFIKASI", shop)
    seat, page = seated(qtbot, desk(Role.FO), WorkListPage)
    next(b for b in page.peek.buttons if b.text() == "Batalkan").click()
    dialog = page.acts.dialog
    assert dialog is not None
    assert dialog.reason is not None
    dialog.reason.set_value("Pemohon mencabut permohonan")
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert now(file).stage.key == "VERIFIKASI"
    dialog.yes.click()
    seat.wait()
    assert now(file).stage.key == "BATAL"
    assert page.empty.isVisible()


def test_who_comes_second_is_told_and_sees_what_is_true_now(qtbot: QtBot, desk: Make, shop: Workshop) -> None:
    file = walk_to("KE_KASI", shop)
    seat, page = seated(qtbot, desk(Role.KASI), WorkListPage)
    act.act(sit_down(Role.KASI), file.id, "terima_kasi", file.n, new_key())
    seat.press(Qt.Key.Key_Return, CTRL)
    assert seat.said
    assert seat.said[0][1] == "warn"
    assert stands_on(page).stage.key == "DI_KASI"


def test_an_empty_desk_says_where_the_files_are(qtbot: QtBot, desk: Make, shop: Workshop) -> None:
    walk_to("KE_KASI", shop)
    _seat, page = seated(qtbot, desk(Role.EDITOR), WorkListPage)
    assert page.empty.isVisible()
    assert page.empty.accessibleName() == "Semua selesai. 1 berkas sedang di meja lain: 1 Menunggu diterima Kasi."


def test_letters_filter_and_esc_clears(qtbot: QtBot, desk: Make, shop: Workshop) -> None:
    file, other = walk_to("ENTRI", shop), walk_to("VERIFIKASI", shop)
    seat, page = seated(qtbot, desk(Role.FO), WorkListPage)
    qtbot.keyClicks(page.rows, "verif")
    assert [r.item.id for r in page.rows.rows()] == [other.id]
    seat.press(Qt.Key.Key_Escape)
    assert {r.item.id for r in page.rows.rows()} == {file.id, other.id}


def test_the_kasi_returns_with_ctrl_b_on_the_page_that_asks_what_is_wrong(
    qtbot: QtBot, desk: Make, shop: Workshop
) -> None:
    file = walk_to("DI_KASI", shop)
    seat, _page = seated(qtbot, desk(Role.KASI), WorkListPage)
    seat.press(Qt.Key.Key_B, CTRL)
    assert seat.went == [("review", file.id)]
    assert now(file).stage.key == "DI_KASI"


def test_a_finding_about_a_paper_is_called_by_the_papers_name(qtbot: QtBot, desk: Make, shop: Workshop) -> None:
    file = walk_to("DI_KASI", shop)
    kasi = sit_down(Role.KASI)
    intake.add_findings(kasi, file, [FindingRow("kk", "Halaman kedua terpotong")], new_key())
    file = walk.act(kasi, file, "kembali_editor")
    walk.act(sit_down(Role.EDITOR), file, "terima_editor")
    seat, page = seated(qtbot, desk(Role.EDITOR), WorkListPage)
    seat.until(lambda: "Halaman kedua terpotong" in words(page))
    assert "Kartu Keluarga" in words(page)
