"""Leave: roles rest from day to day, the deputy stands in, and somebody must stay to call it off."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from app.errors import Conflict, Refused
from app.models import base
from app.models.tables_officers import MyRole
from app.services import absences, accounts
from app.services.accounts import NewOfficer
from app.services.keys import new_key
from app.sop.model import Role
from tests.support.office import PASSWORD, Clock, sit_down
from tests.support.stories import at

MONDAY = date(2026, 5, 18)
WEDNESDAY = date(2026, 5, 20)


@pytest.fixture
def kasi_on_leave(office_db: Path, clock: Clock) -> int:
    """On 12 May the Kasi's leave of 18 to 20 May is entered; its number."""
    at(clock, 12, "9.00")
    sit_down(Role.ADMIN)
    absences.be_absent("zulfikar", MONDAY, WEDNESDAY, "Cuti tahunan", new_key())
    return absences.absences()[0].id


def roles(login: str) -> set[str]:
    base.session.actor = login
    return {r.role for r in MyRole.select()}


def test_roles_rest_from_the_first_day_to_the_last(kasi_on_leave: int, clock: Clock) -> None:
    assert roles("zulfikar") == {"KASI"}
    for day, held in ((17, {"KASI"}), (18, set()), (20, set()), (21, {"KASI"})):
        at(clock, day, "0.05")
        assert roles("zulfikar") == held, day
        assert absences.is_away("zulfikar") is not bool(held)
        assert roles("rina") == {"FO"}
    assert not absences.is_away("rina")


def test_who_comes_back_early_works_at_once(kasi_on_leave: int, clock: Clock) -> None:
    at(clock, 19, "7.30")
    sit_down(Role.ADMIN)
    assert absences.absences()[0].now(date(2026, 5, 19))
    absences.come_back(kasi_on_leave, "Dipanggil kembali", new_key())
    found = absences.absences()[0]
    assert (found.ended, found.over(date(2026, 5, 19)), found.now(date(2026, 5, 19))) == (
        "Dipanggil kembali",
        True,
        False,
    )
    with pytest.raises(Conflict):
        absences.come_back(kasi_on_leave, "Sekali lagi", new_key())
    assert roles("zulfikar") == {"KASI"}


def test_days_gone_by_and_days_twice_are_refused(kasi_on_leave: int, clock: Clock) -> None:
    sit_down(Role.ADMIN)
    with pytest.raises(Refused, match="hari ini dan sesudahnya"):
        absences.be_absent("rina", date(2026, 5, 1), date(2026, 5, 11), "Cuti lama", new_key())
    with pytest.raises(Refused, match="satu tahun"):
        absences.be_absent("rina", MONDAY, MONDAY + timedelta(days=400), "Cuti besar", new_key())
    with pytest.raises(Refused, match="sebelum hari pertama"):
        absences.be_absent("rina", WEDNESDAY, MONDAY, "Cuti", new_key())
    with pytest.raises(Conflict, match="sudah ada cuti"):
        absences.be_absent("zulfikar", WEDNESDAY, WEDNESDAY, "Cuti", new_key())
    key = new_key()
    absences.be_absent("rina", date(2026, 5, 12), date(2026, 5, 12), "Sakit", key)
    absences.be_absent("rina", date(2026, 5, 12), date(2026, 5, 12), "Sakit", key)
    assert [a.login for a in absences.absences()] == ["zulfikar", "rina"]


def test_the_last_administrator_cannot_go(office_db: Path, clock: Clock) -> None:
    at(clock, 12, "9.00")
    sit_down(Role.ADMIN)
    with pytest.raises(Refused, match="administrator terakhir"):
        absences.be_absent("admin", MONDAY, WEDNESDAY, "Cuti tahunan", new_key())
    accounts.add_officer(NewOfficer("budi", "Budi TI", (Role.ADMIN,), PASSWORD, must_change=False), new_key())
    absences.be_absent("admin", MONDAY, WEDNESDAY, "Cuti tahunan", new_key())
    with pytest.raises(Refused, match="administrator terakhir"):
        absences.be_absent("budi", WEDNESDAY, WEDNESDAY, "Cuti tahunan", new_key())


def test_an_administrator_with_leave_before_him_is_not_the_one_who_stays(office_db: Path, clock: Clock) -> None:
    at(clock, 12, "9.00")
    sit_down(Role.ADMIN)
    accounts.add_officer(NewOfficer("budi", "Budi TI", (Role.ADMIN,), PASSWORD, must_change=False), new_key())
    absences.be_absent("admin", MONDAY, WEDNESDAY, "Cuti tahunan", new_key())
    with pytest.raises(Refused, match="administrator terakhir"):
        accounts.set_active("budi", active=False, why="Pindah", key=new_key())
    with pytest.raises(Refused, match="administrator terakhir"):
        accounts.end_assignments("budi", Role.ADMIN, "Pindah", new_key())
    absences.come_back(absences.absences()[0].id, "Batal cuti", new_key())
    accounts.set_active("budi", active=False, why="Pindah", key=new_key())


def test_only_the_administrator_enters_leave(office_db: Path, clock: Clock) -> None:
    at(clock, 12, "9.00")
    sit_down(Role.KABID)
    with pytest.raises(Refused, match="administrator"):
        absences.be_absent("zulfikar", MONDAY, WEDNESDAY, "Cuti tahunan", new_key())
