"""The second person: no head is made, and no head's password is set, by one administrator alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import peewee as pw
import pytest

from app.errors import Refused
from app.models import base
from app.models.tables_officers import DutyConfirm
from app.services import accounts, confirmations
from app.services import act as acting
from app.services.accounts import NewOfficer, Pending, Who
from app.services.keys import new_key
from app.sop.model import Role
from tests.support.office import PASSWORD, Clock, confirmed_by_another, sit_down
from tests.support.ready import At

MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def give(login: str, role: Role, **more: object) -> None:
    sit_down(Role.ADMIN)
    accounts.assign(login, role, new_key(), **more)  # type: ignore[arg-type]


def holds(login: str) -> set[Role]:
    """What windows offer him and what guards let him: always the same."""
    found = {h.role for h in accounts.hats(login)}
    before = base.session.actor
    base.session.actor = login
    assert {r[0] for r in base.db.execute_sql("select role from my_role")} == {r.value for r in found}
    base.session.actor = before
    return found


def waiting(login: str) -> Pending:
    return next(p for p in accounts.to_confirm() if p.login == login)


# --- appointments


@pytest.mark.parametrize("role", [Role.KASI, Role.KABID, Role.KADIS])
def test_a_head_is_none_before_a_second_person_says_so(office_db: Path, role: Role) -> None:
    give("yuni", role, kind="PLH", basis="SK 821/114", first=date(2026, 1, 1), last=date(2099, 12, 31))
    assert role not in holds("yuni")
    (appointment,) = waiting("yuni").appointments
    assert (appointment.role, appointment.kind, appointment.basis) == (role, "PLH", "SK 821/114")
    assert (appointment.first, appointment.last, appointment.made_by) == (date(2026, 1, 1), date(2099, 12, 31), "admin")
    confirmed_by_another("yuni")
    assert role in holds("yuni")
    assert accounts.to_confirm() == []


def test_other_roles_need_one_administrator_only(office_db: Path) -> None:
    give("dedi", Role.EDITOR)
    assert holds("dedi") == {Role.FO, Role.EDITOR}
    assert accounts.to_confirm() == []


def test_a_role_without_an_end_shows_none(office_db: Path) -> None:
    give("yuni", Role.KASI)
    (appointment,) = waiting("yuni").appointments
    assert (appointment.kind, appointment.first, appointment.last) == ("TETAP", None, None)


def test_an_unconfirmed_head_receives_nothing(file_at: At) -> None:
    file = file_at("KE_KASI")
    give("dedi", Role.KASI, kind="PLH", basis="SK 1")
    dedi = sit_down("dedi")
    plh = Who(dedi.login, dedi.name, Role.KASI, dedi.hat)
    with pytest.raises(Refused, match="bukan untuk peran Anda"):
        acting.act(plh, file.id, "terima_kasi", file.n, new_key())
    confirmed_by_another("dedi")
    sit_down("dedi")
    assert acting.act(plh, file.id, "terima_kasi", file.n, new_key()).stage == "DI_KASI"


@pytest.mark.parametrize("login", ["rina", "yuni", "zulfikar", "admin", "pos"])
def test_only_a_kabid_or_kadis_is_a_second_person(office_db: Path, login: str) -> None:
    give("yuni", Role.KASI)
    pending = waiting("yuni")
    sit_down(login)
    with pytest.raises(Refused, match="Kabid atau Kadis lain") as refusal:
        accounts.confirm(pending, new_key())
    assert refusal.value.code == "confirm"
    assert Role.KASI not in holds("yuni")


def test_nobody_confirms_himself(office_db: Path) -> None:
    give("meri", Role.KADIS, kind="PLT", basis="SK 2")
    sit_down("meri")
    with pytest.raises(Refused, match="Kabid atau Kadis lain"):
        accounts.confirm(waiting("meri"), new_key())
    sit_down("nurlaila")
    accounts.confirm(waiting("meri"), new_key())
    assert holds("meri") == {Role.KABID, Role.KADIS}


def test_whoever_made_it_is_not_its_second_person(office_db: Path) -> None:
    give("meri", Role.ADMIN)
    sit_down("meri")
    accounts.assign("yuni", Role.KASI, new_key())
    pending = waiting("yuni")
    assert pending.made_by("meri")
    assert not pending.made_by("nurlaila")
    with pytest.raises(Refused, match="bukan oleh yang membuatnya"):
        accounts.confirm(pending, new_key())
    sit_down("nurlaila")
    accounts.confirm(pending, new_key())
    assert Role.KASI in holds("yuni")


def test_what_an_administrator_gives_himself_waits_too(office_db: Path) -> None:
    give("admin", Role.FO)
    assert holds("admin") == {Role.ADMIN}
    assert [a.role for a in waiting("admin").appointments] == [Role.FO]
    confirmed_by_another("admin")
    assert holds("admin") == {Role.ADMIN, Role.FO}


def test_nobody_confirms_in_advance_or_more_than_was_shown(office_db: Path) -> None:
    give("yuni", Role.KASI, kind="PLH", basis="SK 1")
    shown = waiting("yuni")
    give("yuni", Role.KADIS, kind="PLT", basis="SK 2")
    sit_down("nurlaila")
    accounts.confirm(shown, new_key())
    assert holds("yuni") == {Role.EDITOR, Role.KASI}, "what came after the picture waits for another look"
    for beyond in (
        replace(shown, assignment_id=shown.assignment_id + 100), replace(shown, password_id=shown.password_id + 100),
    ):  # fmt: skip
        with pytest.raises(pw.PeeweeException, match="P3400 number"):
            accounts.confirm(beyond, new_key())


def test_a_confirmation_is_one_row_however_often_it_is_pressed(office_db: Path) -> None:
    give("yuni", Role.KASI)
    pending, key = waiting("yuni"), new_key()
    sit_down("nurlaila")
    before = DutyConfirm.select().count()
    for _ in range(2):
        accounts.confirm(pending, key)
    assert DutyConfirm.select().count() == before + 1


def test_an_ended_appointment_waits_for_nobody(office_db: Path) -> None:
    give("yuni", Role.KASI)
    accounts.end_assignments("yuni", Role.KASI, "Salah orang", new_key())
    assert accounts.to_confirm() == []


def test_confirmed_today_it_counts_on_its_days_only(office_db: Path, clock: Clock) -> None:
    clock.at = MONDAY
    give("yuni", Role.KASI, kind="PLH", basis="SK 1", first=date(2026, 11, 24), last=date(2026, 11, 24))
    confirmed_by_another("yuni")
    assert Role.KASI not in holds("yuni")
    clock.at = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
    assert Role.KASI in holds("yuni")
    clock.at = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)
    assert Role.KASI not in holds("yuni")


# --- passwords


@pytest.mark.parametrize("login", ["zulfikar", "meri", "nurlaila"])
def test_a_reset_suspends_a_head_until_a_second_person_saw_it(office_db: Path, login: str) -> None:
    (role,) = holds(login)
    sit_down(Role.ADMIN)
    accounts.reset_password(login, "sekali-pakai-7", new_key())
    assert holds(login) == set()
    account = accounts.log_in(login, "sekali-pakai-7", "PC-1")
    assert account.must_change
    accounts.change_password(login, "sekali-pakai-7", "milik-saya-sendiri", new_key())
    assert not accounts.log_in(login, "milik-saya-sendiri", "PC-1").hats, "his own new one does not make him head"
    assert (waiting(login).reset_by, waiting(login).appointments) == ("admin", ())
    confirmed_by_another(login)
    assert holds(login) == {role}
    assert accounts.to_confirm() == []


def test_another_reset_suspends_again(office_db: Path) -> None:
    for _ in range(2):
        sit_down(Role.ADMIN)
        accounts.reset_password("zulfikar", "sekali-pakai-7", new_key())
        assert holds("zulfikar") == set()
        accounts.log_in("zulfikar", "sekali-pakai-7", "PC-1")
        accounts.change_password("zulfikar", "sekali-pakai-7", "milik-saya-sendiri", new_key())
        confirmed_by_another("zulfikar")
        assert holds("zulfikar") == {Role.KASI}


def test_who_is_no_head_is_not_suspended_but_must_choose_his_own(office_db: Path) -> None:
    sit_down(Role.ADMIN)
    accounts.reset_password("rina", "sekali-pakai-7", new_key())
    assert accounts.to_confirm() == []
    assert {h.role for h in accounts.hats("rina")} == {Role.FO}
    account = accounts.log_in("rina", "sekali-pakai-7", "PC-1")
    assert base.db.execute_sql("select role from my_role").fetchall() == []
    accounts.change_password("rina", "sekali-pakai-7", "milik-rina-sendiri", new_key())
    assert account.login == "rina"
    assert holds("rina") == {Role.FO}


def test_a_head_who_changes_his_own_stays_head(office_db: Path) -> None:
    accounts.log_in("zulfikar", PASSWORD, "PC-1")
    accounts.change_password("zulfikar", PASSWORD, "milik-saya-sendiri", new_key())
    assert holds("zulfikar") == {Role.KASI}
    assert accounts.to_confirm() == []


def test_a_new_head_waits_with_appointment_and_first_password(office_db: Path) -> None:
    sit_down(Role.ADMIN)
    accounts.add_officer(NewOfficer("budi", "Budi Santoso", (Role.KABID,), "sandi-pertama"), new_key())
    pending = waiting("budi")
    assert ([a.role for a in pending.appointments], pending.reset_by) == ([Role.KABID], "admin")
    accounts.log_in("budi", "sandi-pertama", "PC-1")
    accounts.change_password("budi", "sandi-pertama", "milik-budi-sendiri", new_key())
    assert holds("budi") == set()
    confirmed_by_another("budi")
    assert holds("budi") == {Role.KABID}


def test_an_account_whose_password_the_administrator_knows_works_only_as_a_machine(office_db: Path) -> None:
    sit_down(Role.ADMIN)
    for login, roles in (("sari", (Role.FO,)), ("kios1", (Role.KIOSK,)), ("surel2", (Role.MAILER,))):
        person = NewOfficer(login, "Nama", roles, "sandi-pertama", must_change=False)
        accounts.add_officer(person, new_key())
    found = {}
    for login in ("sari", "kios1", "surel2"):
        base.session.actor = login
        found[login] = [r[0] for r in base.db.execute_sql("select role from my_role")]
    assert found == {"sari": [], "kios1": ["KIOSK"], "surel2": ["MAILER"]}


def test_waiting_ones_are_listed_by_name(office_db: Path) -> None:
    give("yuni", Role.KASI)
    give("dedi", Role.KASI)
    assert [p.name for p in confirmations.to_confirm()] == ["Dedi Kurniawan", "Yuni Safitri"]
