"""The reading log's page: narrowed by officer, file, day and kind, and taken out as a table."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from app.jobs.workshop import Workshop
from app.services import berkas, reading_log, worklist
from app.services.office import Office
from app.sop.model import Role
from app.sop.pelita3 import PELITA3
from app.ui.desk import Desk
from app.ui.pages import jejak
from app.ui.pages.jejak import JejakPage
from tests.support.office import Clock, sit_down
from tests.support.pages import CTRL, Seat, seated
from tests.support.stories import at, handed_to_kasi

Make = Callable[[str | Role], Desk]


@pytest.fixture
def number(office_db: Path, shop: Workshop, clock: Clock) -> str:
    """A file that was read on two days and searched for in vain; its number."""
    file = handed_to_kasi(shop, clock)
    now = at(clock, 12, "8.00")
    who = sit_down(Role.FO)
    berkas.log_reading(file.id, "membuka berkas", "=Pemohon bertanya")
    worklist.look_up(PELITA3, who, Office(), now, "siahaan tidak ada")
    at(clock, 13, "9.00")
    sit_down(Role.KADIS)
    berkas.log_reading(file.id, "membuka berkas", "Diminta inspektorat")
    return file.number


@pytest.fixture
def page(number: str, qtbot: QtBot, desk: Make) -> tuple[Seat, JejakPage]:
    return seated(qtbot, desk(Role.ADMIN), JejakPage)


def who(page: JejakPage) -> list[str]:
    return [e.login for e in page.rows.rows()]


def test_the_newest_stands_on_top_and_a_search_tells_only_its_kind(page: tuple[Seat, JejakPage]) -> None:
    _, log = page
    assert who(log) == ["nurlaila", "rina", "rina"]
    searched = log.rows.rows()[1]
    shown = [column.cell(searched) for column in log._columns()]
    assert [c if isinstance(c, str) else c.says for c in shown][2:] == ["tidak ditemukan", "mencari menurut nama", ""]
    assert log._says.text() == "3 baris"
    assert log._taken.text() == "Belum pernah diekspor"


def test_it_is_narrowed_by_every_field(page: tuple[Seat, JejakPage], number: str) -> None:
    seat, log = page
    log.officer.set_value("nurlaila")
    log.officer.changed.emit()
    seat.wait()
    assert who(log) == ["nurlaila"]
    log.officer.set_value("")
    log.officer.changed.emit()
    log.kind.set_current(2)
    log.kind.changed.emit(2)
    seat.wait()
    assert [e.what for e in log.rows.rows()] == ["mencari"]
    log.number.setFocus()
    QTest.keyClicks(log.number.input, "p3-9")
    seat.press(Qt.Key.Key_Return)
    assert who(log) == []
    assert log._nothing.accessibleName() == "Tidak ada yang cocok. Longgarkan saringannya."
    log.number.set_value(number)
    log.kind.set_current(1)
    log.first.set_value("12-05-2026")
    log.last.set_value("12-05-2026")
    log.last.left.emit()
    seat.wait()
    assert who(log) == ["rina"]
    log.last.set_value("99-99-2026")
    log.last.left.emit()
    seat.wait()
    assert "tidak ada di kalender" in log.last.message()
    assert who(log) == ["rina"], "a wrong date changes nothing"


def test_older_lines_are_loaded_on_demand(
    number: str, qtbot: QtBot, desk: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jejak, "AT_ONCE", 2)
    monkeypatch.setattr(reading_log.entries, "__defaults__", (0, 2))
    seat, log = seated(qtbot, desk(Role.ADMIN), JejakPage)
    assert who(log) == ["nurlaila", "rina"]
    assert log._says.text() == "2 baris terbaru"
    log.more.press()
    seat.wait()
    assert who(log) == ["nurlaila", "rina", "rina"]
    assert not log.more.isVisible()


def test_it_is_taken_out_as_a_table_without_formulas(page: tuple[Seat, JejakPage], tmp_path: Path) -> None:
    seat, log = page
    seat.press(Qt.Key.Key_S, CTRL)
    dialog = log.findChild(QFileDialog)
    assert dialog is not None
    assert dialog.selectedFiles()[0].endswith(".csv")
    dialog.close()
    file = tmp_path / "log.csv"
    log.export(str(file))
    seat.wait()
    lines = file.read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == "waktu (WIB);nama pengguna;nama petugas;nomor berkas;kegiatan;alasan"
    assert lines[1].endswith("'=Pemohon bertanya")
    assert len(lines) == 4
    assert not list(tmp_path.glob("*.baru"))
    assert seat.said[-1] == ("3 baris tersimpan", "ok")
    assert log._taken.text().endswith("oleh Administrator: 3 baris (semua)")


def test_a_file_that_cannot_be_written_is_told_and_nothing_is_logged(
    page: tuple[Seat, JejakPage], tmp_path: Path
) -> None:
    seat, log = page
    log.export(str(tmp_path / "tidak-ada" / "log.csv"))
    seat.wait()
    said, tone = seat.said[-1]
    assert said.startswith("Berkas tidak dapat ditulis")
    assert tone == "bad"
    assert reading_log.last_export() is None
