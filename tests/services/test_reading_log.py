"""The reading log across all files: who sees it, how it is narrowed, and how it leaves the office."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.errors import Refused
from app.jobs.workshop import Workshop
from app.services import berkas, reading_log, worklist
from app.services.keys import new_key
from app.services.office import Office
from app.services.reading_log import Wanted
from app.sop.model import Role
from app.sop.pelita3 import PELITA3
from tests.support.office import Clock, sit_down
from tests.support.stories import at, handed_to_kasi


@pytest.fixture
def number(office_db: Path, shop: Workshop, clock: Clock) -> str:
    """A file that was read and searched on two days; its number."""
    file = handed_to_kasi(shop, clock)
    at(clock, 12, "8.00")
    who = sit_down(Role.FO)
    berkas.log_reading(file.id, "membuka berkas", "Pemohon 1471071403840003 bertanya")
    at(clock, 12, "8.30")
    worklist.look_up(PELITA3, who, Office(), clock.at or clock.at, "siahaan tidak ada")  # type: ignore[arg-type]
    at(clock, 13, "9.00")
    sit_down(Role.KADIS)
    berkas.log_reading(file.id, "membuka berkas", "Diminta inspektorat")
    return file.number


def kinds(wanted: Wanted) -> list[tuple[str, str]]:
    return [(e.login, e.what) for e in reading_log.entries(wanted)]


def test_the_newest_comes_first_with_names_and_file_numbers(number: str) -> None:
    sit_down(Role.ADMIN)
    found = reading_log.entries(Wanted(first=date(2026, 5, 12)))
    assert [(e.login, e.what) for e in found] == [
        ("nurlaila", "membuka berkas"), ("rina", "mencari"), ("rina", "membuka berkas"),
    ]  # fmt: skip
    assert found[0].name == "Dr. Nurlaila Hasibuan, M.Si"
    assert found[0].number == number
    assert (found[1].number, found[1].why, found[1].searched) == ("", "nama", True), "what was searched is not kept"


def test_it_is_narrowed_by_officer_file_day_and_kind(number: str) -> None:
    sit_down(Role.ADMIN)
    day = date(2026, 5, 12)
    assert kinds(Wanted(login="nurlaila")) == [("nurlaila", "membuka berkas")]
    assert kinds(Wanted(first=day, last=day)) == [("rina", "mencari"), ("rina", "membuka berkas")]
    assert kinds(Wanted(number=number.lower(), first=day, kind="membaca")) == [
        ("nurlaila", "membuka berkas"), ("rina", "membuka berkas"),
    ]  # fmt: skip
    assert kinds(Wanted(kind=reading_log.SEARCH)) == [("rina", "mencari")]
    newest = reading_log.entries(Wanted(), limit=1)
    older = reading_log.entries(Wanted(), before=newest[0].id, limit=1)
    assert older[0].id < newest[0].id


@pytest.mark.parametrize("role", [Role.FO, Role.EDITOR, Role.KASI, Role.KABID, Role.KADIS])
def test_nobody_else_reads_it(number: str, role: Role) -> None:
    sit_down(role)
    assert reading_log.entries(Wanted()) == []


def test_the_export_holds_no_citizens_number_and_is_itself_logged(number: str, monkeypatch: pytest.MonkeyPatch) -> None:
    sit_down(Role.ADMIN)
    monkeypatch.setattr(reading_log, "BATCH", 2)
    assert reading_log.last_export() is None
    head, *rows = reading_log.export(Wanted(first=date(2026, 5, 12), login="rina"), new_key())
    assert head[0] == "waktu (WIB)"
    assert rows[0][0] == "2026-05-12 08:00:00"
    assert rows[0][-1] == "Pemohon ••• bertanya"
    assert [r[4] for r in rows] == ["membuka berkas", "mencari"]
    taken = reading_log.last_export()
    assert taken is not None
    assert (taken.name, taken.wanted, taken.lines) == ("Administrator", "rina, 12-05-2026 s.d. ", 2)
    key = new_key()
    reading_log.export(Wanted(), key)
    reading_log.export(Wanted(), key)
    taken = reading_log.last_export()
    assert taken is not None
    assert taken.wanted == "semua"
    sit_down(Role.KADIS)
    with pytest.raises(Refused):
        reading_log.export(Wanted(), new_key())
