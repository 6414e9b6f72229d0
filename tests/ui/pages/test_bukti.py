"""The verification page: what was found, progress with a stop, seals, their paper, and the comparison with a paper."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.jobs.workshop import Workshop
from app.models import base
from app.services import accounts, evidence, evidence_rows, seals
from app.services.accounts import NewOfficer
from app.services.keys import new_key
from app.services.seals import SealRow
from app.sop.model import Role
from app.ui.desk import Desk
from app.ui.pages.bukti import BuktiPage
from app.ui.parts.finder import find
from app.ui.shell import PAGES
from tests.support import forge
from tests.support.office import PASSWORD, Clock, sit_down
from tests.support.pages import Seat, seated
from tests.support.papers import page_texts
from tests.support.tamper import unguarded
from tests.support.walk import new_file, walk_to

Make = Callable[[str | Role], Desk]
MONDAY = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)


@pytest.fixture
def days(office_db: Path, shop: Workshop, clock: Clock) -> list[SealRow]:
    """Three sealed days; it is Thursday morning."""
    clock.at = MONDAY
    walk_to("DI_KASI", shop)
    out = []
    for i in range(3):
        clock.at = MONDAY + timedelta(days=i, hours=9)
        sit_down(Role.ADMIN)
        out.append(seals.seal_day(seals.today(), new_key()))
        clock.at = MONDAY + timedelta(days=i + 1)
        new_file()
    return out


def opened(qtbot: QtBot, desk: Make, role: str | Role = Role.ADMIN) -> tuple[Seat, BuktiPage]:
    return seated(qtbot, desk(role), BuktiPage)


def checked(seat: Seat, page: BuktiPage) -> None:
    seat.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    seat.until(page.start.isEnabled)
    seat.wait()


def texts(page: BuktiPage) -> str:
    from app.ui.parts.text import Txt  # noqa: PLC0415 - Qt parts need the application first

    return "\n".join(t.text() for t in page.findChildren(Txt) if t.isVisible())


def states(page: BuktiPage) -> list[str]:
    model = page.rows.model()
    return [str(model.index(i, 4).data()) for i in range(model.rowCount())]


def test_a_new_office_says_that_nothing_was_ever_looked_at(qtbot: QtBot, desk: Make, office_db: Path) -> None:
    _seat, page = opened(qtbot, desk)
    assert "Belum pernah diperiksa" in texts(page)
    assert "Belum ada segel" in texts(page)
    assert not page.panel.print.isEnabled()


def test_by_keyboard_everything_is_verified_and_it_stays_written_down(
    qtbot: QtBot, desk: Make, days: list[SealRow]
) -> None:
    seat, page = opened(qtbot, desk)
    assert states(page) == ["belum diperiksa"] * 3
    checked(seat, page)
    assert "Semua kartu dan segel utuh" in texts(page)
    assert "4 kartu, 13 baris, 3 segel" in texts(page)
    assert "termasuk" in texts(page)
    assert states(page) == ["cocok"] * 3
    _again, later = opened(qtbot, desk)
    assert "Semua kartu dan segel utuh" in texts(later)
    assert states(later) == ["cocok"] * 3


def test_the_first_bad_line_and_the_bad_seal_are_named(
    qtbot: QtBot, desk: Make, days: list[SealRow], office_db: Path
) -> None:
    forge.rewrite(office_db, 1, 2, "ditulis kemudian")
    unguarded(office_db, "update seal_count set many = 99 where seal_id = 2 and name = 'files'")
    seat, page = opened(qtbot, desk)
    checked(seat, page)
    assert "2 kerusakan ditemukan" in texts(page)
    assert "RUSAK di baris 7: Baris ini berbeda dari yang disegel 2026-11-23." in texts(page)
    assert states(page) == ["cocok", "TIDAK COCOK", "cocok"]
    assert seat.said[-1] == ("Ada kerusakan. Jangan ubah apa pun; beri tahu Kepala Dinas.", "bad")
    _again, later = opened(qtbot, desk)
    assert "2 kerusakan ditemukan" in texts(later)
    assert "RUSAK di baris 7" in texts(later), "the first one is remembered"
    assert states(later) == ["lihat temuan"] * 3


def test_more_faults_than_fit_are_counted(qtbot: QtBot, desk: Make, days: list[SealRow], office_db: Path) -> None:
    for _ in range(4):
        new_file()
    unguarded(office_db, "update paraf set note = 'x' where n = 2")
    seat, page = opened(qtbot, desk)
    checked(seat, page)
    assert "8 kerusakan ditemukan" in texts(page)
    assert "dan 4 temuan lain" in texts(page)


def test_it_tells_how_far_it_is_and_can_be_stopped(
    qtbot: QtBot, desk: Make, days: list[SealRow], monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = threading.Event()
    real = evidence_rows.sheaves

    def slowly(last: int) -> object:
        for found in real(last, 1):
            yield found
            go_on.wait(20)

    monkeypatch.setattr(evidence, "sheaves", slowly)
    seat, page = opened(qtbot, desk)
    page.start.click()
    seat.until(lambda: "1 dari 4" in page._now.text())
    assert page.stop.isVisible()
    assert "Sedang diperiksa" in texts(page)
    page.stop.click()
    go_on.set()
    seat.wait()
    assert "Dihentikan sebelum selesai" in texts(page)
    assert not page.stop.isVisible()
    assert evidence.last_check() is None, "half a look is not a verification"


def test_the_report_of_a_day_is_printed(qtbot: QtBot, desk: Make, days: list[SealRow], shop: Workshop) -> None:
    seat, page = opened(qtbot, desk)
    page.rows.select(days[0].id)
    seat.press(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    seat.until(lambda: bool(seat.said))
    assert seat.said == [("Laporan harian dikirim ke printer", "ok")]
    [paper] = (shop.folder / "cetakan").glob("*aporan*.pdf")
    [words] = page_texts(paper.read_bytes())
    assert "Senin, 23 November 2026" in words
    assert seals.grouped(days[0].seal).split()[0] in words


class TestPaper:
    def test_a_seal_of_ours_is_found_and_shown(self, qtbot: QtBot, desk: Make, days: list[SealRow]) -> None:
        seat, page = opened(qtbot, desk)
        page.panel.paper.set_value(seals.grouped(days[0].seal))
        page.panel.paper.input.setFocus()
        seat.press(Qt.Key.Key_Return)
        assert page.panel.answer.text() == "Cocok: segel Sen 23 November 2026 ada di basis data."
        assert page.panel.seal == days[0]

    def test_a_seal_that_is_not_ours_is_red(self, qtbot: QtBot, desk: Make, days: list[SealRow]) -> None:
        seat, page = opened(qtbot, desk)
        page.panel.paper.set_value(days[0].seal[::-1])
        page.panel.compare.click()
        seat.wait()
        assert "TIDAK ADA di basis data" in page.panel.answer.text()
        assert page.panel.answer.property("tone") == "bad"

    def test_nothing_typed_asks_nothing(self, qtbot: QtBot, desk: Make, days: list[SealRow]) -> None:
        seat, page = opened(qtbot, desk)
        page.panel.compare.click()
        seat.wait()
        assert not page.panel.answer.isVisible()

    def test_a_scanned_report_leads_here(self, qtbot: QtBot, desk: Make, days: list[SealRow]) -> None:
        went: list[tuple[str, object]] = []

        class Shell:
            def navigate(self, key: str, argument: object = None) -> bool:
                went.append((key, argument))
                return True

            def code_answer(self, text: str, tone: str = "warn") -> None:
                raise AssertionError(text)

        find(desk(Role.ADMIN), Shell(), days[1].code)
        assert went == [("bukti", days[1].code)]
        _seat, page = seated(qtbot, desk(Role.ADMIN), BuktiPage, went[0][1])
        assert page.panel.seal == days[1]
        assert "Cocok" in page.panel.answer.text()


class TestSealing:
    def test_the_administrator_of_one_pc_seals_the_day(self, qtbot: QtBot, desk: Make, days: list[SealRow]) -> None:
        seat, page = opened(qtbot, desk)
        page.seal.click()
        seat.wait()
        assert len(seals.seals()) == 4
        assert page.panel.seal is not None
        assert page.panel.seal.day.isoformat() == "2026-11-26"
        assert not page.seal.isVisible(), "once a day"

    def test_an_auditor_looks_and_does_not_seal(self, qtbot: QtBot, desk: Make, days: list[SealRow]) -> None:
        sit_down(Role.ADMIN)
        accounts.add_officer(
            NewOfficer("audi", "Audi Pratama", (Role.AUDITOR,), PASSWORD, must_change=False), new_key()
        )
        made = desk(Role.ADMIN)
        base.session.actor = "audi"
        hat = accounts.hats("audi")[0]
        auditor = Desk(
            made.sop, accounts.Who("audi", "Audi Pratama", Role.AUDITOR, hat), made.tasks, made.workshop, made.office,
            made.settings_dir, made.clock,
        )  # fmt: skip
        seat, page = seated(qtbot, auditor, BuktiPage)
        assert not page.seal.isVisible()
        checked(seat, page)
        assert "Semua kartu dan segel utuh" in texts(page)
        assert "oleh Audi Pratama" in texts(page)

    def test_whose_page_it_is(self) -> None:
        assert "bukti" in PAGES["ADMIN"]
        assert PAGES["AUDITOR"][0] == "bukti"
        assert not [role for role, pages in PAGES.items() if "bukti" in pages and role not in {"ADMIN", "AUDITOR"}]


def test_where_contents_stay_on_the_server_the_page_says_so(
    qtbot: QtBot, desk: Make, days: list[SealRow], monkeypatch: pytest.MonkeyPatch
) -> None:
    seat, page = opened(qtbot, desk)
    checked(seat, page)
    found = page._verdict
    assert found is not None
    from dataclasses import replace  # noqa: PLC0415 - only here

    page._verdict = replace(found, report=replace(found.report, mode="blind", trusted=3, documents=0))
    page._tell()
    seat.wait()
    assert "3 baris bercatatan, dinilai oleh server" in texts(page)
    assert not evidence_rows.blind()


@pytest.mark.parametrize("size", [(1280, 640), (1366, 690), (1920, 1000)])
def test_nothing_is_squeezed_out(qtbot: QtBot, desk: Make, days: list[SealRow], size: tuple[int, int]) -> None:
    seat, page = opened(qtbot, desk)
    seat.window.resize(size[0] - 80, size[1] - 86)
    seat.wait()
    for button in (page.start, page.panel.print, page.panel.compare, page.seal):
        assert button.height() >= button.sizeHint().height() - 1
        assert button.width() >= button.sizeHint().width() - 1
    assert page.minimumSizeHint().width() <= size[0] - 80
