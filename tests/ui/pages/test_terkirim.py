"""Finished files, the search for any file, and where a scanned or typed code leads."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.jobs.workshop import Workshop
from app.models.tables_berkas import Ticket
from app.services import berkas
from app.services.berkas import Head
from app.sop.model import Role
from app.ui.desk import Desk
from app.ui.pages.terkirim import TerkirimPage
from app.ui.parts.finder import find
from tests.support import walk
from tests.support.office import sit_down
from tests.support.pages import Seat, seated
from tests.support.walk import walk_to

Make = Callable[[str | Role], Desk]
NIK = "1471071403840003"


def search(qtbot: QtBot, seat: Seat, page: TerkirimPage, text: str) -> None:
    page.line.setFocus()
    page.line.clear()
    qtbot.keyClicks(page.line, text)
    seat.press(Qt.Key.Key_Return)


def cancelled(shop: Workshop) -> Head:
    return walk.act(sit_down(Role.FO), walk_to("VERIFIKASI", shop), "batalkan", "Pemohon mencabut")


def test_only_what_has_ended_is_listed_and_enter_opens_it(qtbot: QtBot, desk: Make, shop: Workshop) -> None:
    ended = cancelled(shop)
    walk_to("ENTRI", shop)
    seat, page = seated(qtbot, desk(Role.FO), TerkirimPage)
    assert [i.id for i in page.rows.rows()] == [ended.id]
    assert page.subtitle == "0 selesai, 1 dibatalkan"
    assert page.rows.model().index(0, 1).data() == "Dibatalkan Pemohon mencabut"
    page.rows.setFocus()
    seat.press(Qt.Key.Key_Return)
    assert seat.went == [("berkas", ended.id)]


def test_an_empty_list_says_when_something_will_be_there(qtbot: QtBot, desk: Make, shop: Workshop) -> None:
    _seat, page = seated(qtbot, desk(Role.FO), TerkirimPage)
    assert page.empty.isVisible()
    assert "setelah server surel menerima dokumennya" in page.empty.accessibleName()


@pytest.mark.parametrize("text", ["hutapea", NIK, "147107 140384 0003", "p3-"])
def test_any_file_is_found_by_name_nik_or_number(qtbot: QtBot, desk: Make, shop: Workshop, text: str) -> None:
    file = walk_to("DRAF", shop)
    seat, page = seated(qtbot, desk(Role.FO), TerkirimPage)
    search(qtbot, seat, page, text)
    assert [i.id for i in page.rows.rows()] == [file.id]


def test_each_search_is_logged_without_the_name_or_nik(qtbot: QtBot, desk: Make, shop: Workshop) -> None:
    file = walk_to("DRAF", shop)
    seat, page = seated(qtbot, desk(Role.KASI), TerkirimPage)
    search(qtbot, seat, page, NIK)
    page.refresh()
    seat.wait()
    assert [(r.by, r.text) for r in berkas.readings(file.id)] == [("Zulfikar Hasan, S.Sos", "mencari: NIK")]
    search(qtbot, seat, page, "tidak ada orangnya")
    assert [r.text for r in berkas.readings(0)] == ["mencari: nama"]


def test_two_letters_are_too_few_and_nothing_is_searched(qtbot: QtBot, desk: Make, shop: Workshop) -> None:
    walk_to("DRAF", shop)
    seat, page = seated(qtbot, desk(Role.FO), TerkirimPage)
    search(qtbot, seat, page, "de")
    assert page.field.state() == "bad"
    assert page.rows.rows() == []
    assert berkas.readings(0) == []


def test_esc_leaves_the_search(qtbot: QtBot, desk: Make, shop: Workshop) -> None:
    walk_to("DRAF", shop)
    seat, page = seated(qtbot, desk(Role.FO), TerkirimPage)
    search(qtbot, seat, page, "hutapea")
    seat.press(Qt.Key.Key_Escape)
    assert page.rows.rows() == []
    assert page.head.text() == "Selesai dan dibatalkan"


def test_a_text_brought_along_is_searched_at_once(qtbot: QtBot, desk: Make, shop: Workshop) -> None:
    file = walk_to("DRAF", shop)
    _seat, page = seated(qtbot, desk(Role.FO), TerkirimPage, "sitorus")
    assert [i.id for i in page.rows.rows()] == [file.id]


# --- codes -----------------------------------------------------------------------------------------------------------


class Window:
    """What the finder asks of the shell."""

    def __init__(self, *, pages: tuple[str, ...] = ("berkas", "terkirim")) -> None:
        self.pages = pages
        self.went: list[tuple[str, object]] = []
        self.answers: list[tuple[str, str]] = []

    def navigate(self, key: str, argument: object = None) -> bool:
        if key in self.pages:
            self.went.append((key, argument))
        return key in self.pages

    def code_answer(self, text: str, tone: str = "warn") -> None:
        self.answers.append((text, tone))


def found(qtbot: QtBot, at: Desk, text: str) -> Window:
    window = Window()
    find(at, window, text)
    qtbot.waitUntil(at.tasks.idle)
    return window


def test_a_number_or_the_queue_tickets_code_opens_the_file(qtbot: QtBot, desk: Make, shop: Workshop) -> None:
    file = walk_to("VERIFIKASI", shop)
    at = desk(Role.FO)
    ticket = Ticket.get()
    for code in (file.number, f"  {file.number.lower()} ", ticket.code):
        assert found(qtbot, at, code).went == [("berkas", file.id)]


def test_a_mistyped_number_changes_nothing_and_says_so(qtbot: QtBot, desk: Make, shop: Workshop) -> None:
    file = walk_to("VERIFIKASI", shop)
    wrong = file.number[:-1] + str((int(file.number[-1]) + 1) % 10)
    window = found(qtbot, desk(Role.FO), wrong)
    assert window.went == []
    assert "angka terakhirnya tidak cocok" in window.answers[0][0]


def test_a_whole_number_nobody_has_is_told(qtbot: QtBot, desk: Make, shop: Workshop) -> None:
    window = found(qtbot, desk(Role.FO), "P3-2605-0379-8")
    assert window.went == []
    assert window.answers[0][1] == "warn"


def test_a_name_goes_to_the_search_and_half_a_ticket_code_nowhere(qtbot: QtBot, desk: Make, shop: Workshop) -> None:
    at = desk(Role.KABID)
    assert found(qtbot, at, " Hutapea ").went == [("terkirim", "Hutapea")]
    half = found(qtbot, at, "T3-2605")
    assert half.went == []
    assert "bukan nomor yang utuh" in half.answers[0][0]


def test_the_administrator_is_shown_no_file(qtbot: QtBot, desk: Make, shop: Workshop) -> None:
    file = walk_to("VERIFIKASI", shop)
    window = found(qtbot, desk(Role.ADMIN), file.number)
    assert window.went == []
    assert "Ganti peran" in window.answers[0][0]
