"""A bug is told kindly, written down, and quotes nobody."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from app.ui.bugs import KEEP, BugDialog, Bugs, report, write

NOW = datetime(2026, 5, 12, 3, 42, tzinfo=UTC)
NIK = "1471071403840003"


def broken() -> BaseException:
    """An error that quotes a citizen, as errors do."""
    with pytest.raises(KeyError) as caught:
        quote()
    return caught.value


def quote() -> None:
    try:
        int(f"{NIK}x Rina Oktaviani")
    except ValueError as first:
        raise KeyError(NIK) from first


def test_the_report_names_the_place_and_no_person() -> None:
    text = report(broken(), NOW)
    assert "test_bugs.py" in text
    assert "builtins.KeyError" in text
    assert "builtins.ValueError" in text
    assert NIK not in text
    assert "Rina" not in text
    assert str(Path.home()) not in text


def test_reports_are_kept_for_it_but_not_for_ever(tmp_path: Path) -> None:
    for number in range(KEEP + 5):
        written = write(tmp_path / "log", f"laporan {number}", NOW.replace(microsecond=number))
        assert written is not None
    left = sorted((tmp_path / "log").iterdir())
    assert len(left) == KEEP
    assert left[-1].read_text(encoding="utf-8") == f"laporan {KEEP + 4}"


def test_a_folder_that_cannot_be_written_does_not_make_it_worse(tmp_path: Path) -> None:
    blocked = tmp_path / "log"
    blocked.write_text("", encoding="utf-8")
    assert write(blocked, "laporan", NOW) is None


def test_one_dialog_at_a_time_with_a_report_to_copy(qtbot: QtBot, tmp_path: Path) -> None:
    bugs = Bugs(tmp_path, lambda: NOW)
    error = broken()
    bugs.take(type(error), error, error.__traceback__)
    bugs.take(type(error), error, error.__traceback__)
    dialogs = [w for w in QGuiApplication.allWindows() if w.isVisible() and w.title() == "Terjadi kesalahan program"]
    assert len(dialogs) == 1
    shown = bugs._dialog
    assert isinstance(shown, BugDialog)
    qtbot.addWidget(shown)
    shown.copy.press()
    assert QGuiApplication.clipboard().text().startswith("PELITA 3")
    assert list((tmp_path / "laporan").iterdir())
