"""Officers sit down, are locked out, stand in for each other, leave; and the office is made on its first day."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from app.errors import Conflict, Refused, Shown, Unavailable
from app.models import base
from app.models.tables_officers import LoginAttempt, Officer
from app.models.tables_officers import Office as OfficeRow
from app.services import accounts, passwords, queue
from app.services.accounts import NewOfficer, Who
from app.services.keys import new_key
from app.services.office import Office
from app.services.opening import Opening
from app.sop.model import Role
from app.sop.pelita3 import PELITA3
from tests.support.office import (
    OFFICE,
    PASSWORD,
    PEOPLE,
    REAL_HASHER,
    Clock,
    all_seeing,
    appoint,
    confirmed_by_another,
    sit_down,
)

Sit = Callable[[str | Role], Who]
MADE = ("officer", "password", "assignment")
"""What the first start makes for each officer, in this order."""
MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@pytest.fixture
def new_office(tmp_path: Path) -> Iterator[Path]:
    """A database in which nobody has an account yet."""
    path = tmp_path / "baru.db"
    opening = Opening(path, PELITA3)
    opening.open()
    yield path
    base.session.actor = ""
    opening.close()


def wrong(login: str = "rina") -> Refused:
    with pytest.raises(Refused) as refusal:
        accounts.log_in(login, "sandi-yang-salah", "PC-1")
    return refusal.value


# --- log-in


def test_rina_sits_down_and_is_told_when_and_where_she_was_last(office_db: Path, clock: Clock) -> None:
    clock.at = MONDAY
    first = accounts.log_in(" Rina ", PASSWORD, "PC-LOKET-03")
    assert (first.login, first.name, first.place, first.must_change) == ("rina", "Rina Oktaviani", "Loket 3", False)
    assert (first.last_at, first.last_pc) == (None, "")
    assert [h.role for h in first.hats] == [Role.FO]
    who = accounts.work_as(first, Role.FO)
    assert (who.login, who.role, who.hat.label) == ("rina", Role.FO, "Front Office")
    assert base.session.actor == "rina"
    accounts.log_out()
    assert not base.session.actor

    clock.at = MONDAY + timedelta(days=1)
    again = accounts.log_in("rina", PASSWORD, "PC-LOKET-04")
    assert (again.last_at, again.last_pc) == (MONDAY, "PC-LOKET-03")


def test_a_wrong_password_and_an_unknown_name_are_told_alike(office_db: Path) -> None:
    known, unknown = wrong("rina"), wrong("siapa")
    assert known.message == unknown.message
    assert known.field == unknown.field == "password"
    assert not base.session.actor


@pytest.mark.sqlite_only
def test_after_five_wrong_tries_even_the_right_one_waits_five_minutes(office_db: Path, clock: Clock) -> None:
    clock.at = MONDAY
    for _ in range(5):
        assert wrong().code != "locked"
    clock.at += timedelta(seconds=61)
    with pytest.raises(Refused, match="4 menit") as locked:
        accounts.log_in("rina", PASSWORD, "PC-1")
    assert locked.value.code == "locked"
    assert accounts.log_in("dedi", PASSWORD, "PC-1").login == "dedi", "only she is locked out"
    tries = LoginAttempt.select().where(LoginAttempt.login == "rina").count()
    assert tries == 5, "a try that was not judged does not lengthen the lock"

    clock.at = MONDAY + timedelta(minutes=5)
    assert accounts.log_in("rina", PASSWORD, "PC-1").login == "rina"
    assert wrong().code != "locked", "the count starts again"


@pytest.mark.postgres_only
def test_nobody_locks_a_head_out_of_the_server_by_typing_his_name(office_db: Path) -> None:
    for _ in range(6):
        assert wrong("nurlaila").code == "password"
    assert accounts.log_in("nurlaila", PASSWORD, "PC-1").login == "nurlaila"


def test_a_right_one_among_the_last_five_forgives(office_db: Path) -> None:
    for _ in range(4):
        wrong()
    accounts.log_in("rina", PASSWORD, "PC-1")
    for _ in range(4):
        assert wrong().code != "locked"
    assert accounts.log_in("rina", PASSWORD, "PC-1").login == "rina"


@pytest.mark.sqlite_only
def test_a_full_disk_at_the_log_in_leaves_nobody_at_the_keyboard(office_db: Path) -> None:
    pages = base.db.execute_sql("pragma page_count").fetchone()[0]
    base.db.execute_sql(f"pragma max_page_count = {pages}")
    base.session.actor = "dedi"
    with pytest.raises(Unavailable, match="Penyimpanan penuh"):
        accounts.log_in("rina", PASSWORD, "x" * 5000)
    assert not base.session.actor


# --- passwords


def test_a_one_time_password_opens_nothing_but_its_own_change(office_db: Path) -> None:
    sit_down(Role.ADMIN)
    accounts.reset_password("rina", "sekali-pakai-7", new_key())
    account = accounts.log_in("rina", "sekali-pakai-7", "PC-1")
    assert account.must_change
    with pytest.raises(Refused):
        queue.issue(new_key())
    accounts.change_password("rina", "sekali-pakai-7", "milik-rina-sendiri", new_key())
    assert queue.issue(new_key()).ticket.label == "A-001"
    assert not accounts.log_in("rina", "milik-rina-sendiri", "PC-1").must_change
    with pytest.raises(Refused):
        accounts.log_in("rina", PASSWORD, "PC-1")


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [("bukan-sandinya", "sandi-baru-rina", "old"), (PASSWORD, PASSWORD, "password"), (PASSWORD, "pendek", "password")],
)
def test_a_new_password_is_judged_at_its_field(office_db: Path, old: str, new: str, field: str) -> None:
    accounts.log_in("rina", PASSWORD, "PC-1")
    with pytest.raises(Refused) as refusal:
        accounts.change_password("rina", old, new, new_key())
    assert refusal.value.field == field
    assert accounts.log_in("rina", PASSWORD, "PC-1").login == "rina"


def test_nobody_sets_anothers_password_but_the_administrator(office_db: Path) -> None:
    accounts.log_in("dedi", PASSWORD, "PC-1")
    with pytest.raises(Refused, match="administrator"):
        accounts.reset_password("rina", "sandi-curian-1", new_key())


@pytest.mark.sqlite_only
def test_a_password_costs_a_thief_what_argon2s_makers_recommend(
    office_db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passwords, "HASHER", REAL_HASHER)
    sit_down(Role.ADMIN)
    accounts.add_officer(NewOfficer("sari", "Sari Wulandari", (Role.FO,), "sandi-pertama"), new_key())
    kept = base.db.execute_sql("select hash from password where login = 'sari'").fetchone()[0]
    # RFC 9106, second recommended choice: 64 MiB, three passes, four lanes.
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert accounts.log_in("sari", "sandi-pertama", "PC-1").must_change


@pytest.mark.sqlite_only
def test_no_password_stands_in_the_file(office_db: Path) -> None:
    base.db.execute_sql("pragma wal_checkpoint(truncate)")
    assert PASSWORD.encode() not in office_db.read_bytes()
    hashes = [r[0] for r in base.db.execute_sql("select hash from password")]
    assert all(h.startswith("$argon2id$") for h in hashes)
    assert len(set(hashes)) == len(PEOPLE), "salted: the same password gives different hashes"


@pytest.mark.postgres_only
def test_the_server_keeps_no_password_either(office_db: Path) -> None:
    sit_down(Role.ADMIN)
    accounts.add_officer(NewOfficer("sari", "Sari Wulandari", (Role.FO,), PASSWORD), new_key())
    with all_seeing():
        kept = [r[0] for r in base.db.execute_sql("select rolpassword from pg_authid where rolname like 'p\\_%%'")]
        assert not base.db.execute_sql("select 1 from password where hash <> ''").fetchone()
    found = [k for k in kept if k is not None]
    assert len(found) == len(PEOPLE) + 1, "whoever works here has one"
    assert all(k.startswith("SCRAM-SHA-256$4096:") for k in found)
    assert len(set(found)) == len(found), "salted: the same password is kept differently"


# --- roles


def test_who_is_deactivated_neither_enters_nor_writes_until_taken_back(office_db: Path, who: Sit) -> None:
    who(Role.ADMIN)
    accounts.set_active("rina", active=False, why="Pindah tugas", key=new_key())
    with pytest.raises(Refused, match="sedang tidak aktif" if base.on_server() else "tidak cocok") as refusal:
        accounts.log_in("rina", PASSWORD, "PC-1")
    assert refusal.value.field == "password"
    base.session.actor = "rina"
    with pytest.raises(Refused, match="Front Office"):
        queue.issue(new_key())
    who(Role.ADMIN)
    row = accounts.officer("rina")
    assert row is not None
    assert not row.active
    assert accounts.officers()[-1].login == "rina", "who left stands last"
    accounts.set_active("rina", active=True, why="Kembali", key=new_key())
    assert accounts.log_in("rina", PASSWORD, "PC-1").login == "rina"


def test_a_plh_works_on_his_days_and_not_on_others(office_db: Path, clock: Clock) -> None:
    clock.at = MONDAY
    sit_down(Role.ADMIN)
    accounts.assign(
        "yuni", Role.KASI, new_key(), kind="PLH", basis="SK 821/114", first=date(2026, 11, 24), last=date(2026, 11, 25)
    )
    confirmed_by_another("yuni")
    # 16.59 UTC is 23.59 in Pekanbaru, 17.00 UTC the next day there: the office's day counts, not London's.
    held = {}
    for moment in (
        MONDAY,
        datetime(2026, 11, 23, 16, 59, tzinfo=UTC),
        datetime(2026, 11, 23, 17, 0, tzinfo=UTC),
        datetime(2026, 11, 25, 16, 59, tzinfo=UTC),
        datetime(2026, 11, 25, 17, 0, tzinfo=UTC),
    ):
        clock.at = moment
        held[moment] = [h.role for h in accounts.hats("yuni")]
        base.session.actor = "yuni"
        guards = {r[0] for r in base.db.execute_sql("select role from my_role")}
        assert guards == {r.value for r in held[moment]}, "windows and guards agree about the day"
    assert [Role.KASI in roles for roles in held.values()] == [False, False, True, True, False]

    clock.at = datetime(2026, 11, 24, 3, tzinfo=UTC)
    hat = next(h for h in accounts.hats("yuni") if h.role is Role.KASI)
    assert (hat.label, hat.basis, hat.until) == ("Plh. Kepala Seksi", "SK 821/114", "2026-11-25")
    account = accounts.log_in("yuni", PASSWORD, "PC-2")
    assert accounts.work_as(account, Role.KASI).hat == hat
    clock.at = datetime(2026, 11, 27, 3, tzinfo=UTC)
    with pytest.raises(Refused, match="tidak Anda pegang hari ini"):
        accounts.work_as(account, Role.KASI)


def test_a_standing_role_counts_before_an_acting_one(office_db: Path) -> None:
    appoint("zulfikar", Role.KASI, "SK 1", "PLT")
    kasi = [h for h in accounts.hats("zulfikar") if h.role is Role.KASI]
    assert [h.kind for h in kasi] == ["TETAP"]


def test_days_the_wrong_way_round_are_told(office_db: Path) -> None:
    sit_down(Role.ADMIN)
    with pytest.raises(Refused) as refusal:
        accounts.assign("yuni", Role.KASI, new_key(), first=date(2026, 11, 25), last=date(2026, 11, 24))
    assert refusal.value.field == "last"


def test_an_ended_role_is_gone_and_its_row_stays(office_db: Path) -> None:
    sit_down(Role.ADMIN)
    before = base.db.execute_sql("select count(*) from assignment").fetchone()[0]
    accounts.end_assignments("rina", Role.FO, "Pindah ke bagian lain", new_key())
    assert accounts.hats("rina") == ()
    assert base.db.execute_sql("select count(*) from assignment").fetchone()[0] == before
    accounts.end_assignments("rina", Role.FO, "sekali lagi", new_key())


def test_the_last_administrator_can_neither_leave_nor_be_put_out(office_db: Path) -> None:
    sit_down(Role.ADMIN)
    with pytest.raises(Refused, match="administrator terakhir"):
        accounts.set_active("admin", active=False, why="Pensiun", key=new_key())
    with pytest.raises(Refused, match="administrator terakhir"):
        accounts.end_assignments("admin", Role.ADMIN, "Pensiun", new_key())
    accounts.assign("rina", Role.ADMIN, new_key())
    accounts.end_assignments("admin", Role.ADMIN, "Pensiun", new_key())
    sit_down("rina")
    with pytest.raises(Refused, match="administrator terakhir"):
        accounts.set_active("rina", active=False, why="Cuti", key=new_key())
    accounts.set_active("admin", active=False, why="Pensiun", key=new_key())


def test_an_administrator_to_come_or_put_out_does_not_count_as_another(office_db: Path, clock: Clock) -> None:
    clock.at = MONDAY
    sit_down(Role.ADMIN)
    accounts.assign("dedi", Role.ADMIN, new_key(), first=date(2027, 1, 1))
    accounts.assign("rina", Role.ADMIN, new_key())
    accounts.set_active("rina", active=False, why="Cuti panjang", key=new_key())
    with pytest.raises(Refused, match="administrator terakhir"):
        accounts.end_assignments("admin", Role.ADMIN, "Pensiun", new_key())


def test_names_for_cards_and_lists(office_db: Path) -> None:
    assert accounts.names()["rina"] == "Rina Oktaviani"
    assert accounts.names()["pemohon"] == "Pemohon"
    assert accounts.officer("tidak-ada") is None


# --- new officers


def test_a_new_officer_begins_with_a_password_of_one_use(office_db: Path) -> None:
    sit_down(Role.ADMIN)
    accounts.add_officer(NewOfficer("sari.w", "Sari Wulandari", (Role.FO, Role.EDITOR), "sandi-pertama"), new_key())
    account = accounts.log_in("sari.w", "sandi-pertama", "PC-1")
    assert account.must_change
    assert [h.role for h in account.hats] == [Role.FO, Role.EDITOR]


def test_a_login_belongs_to_one_officer(office_db: Path) -> None:
    sit_down(Role.ADMIN)
    with pytest.raises(Conflict, match="sudah dipakai"):
        accounts.add_officer(NewOfficer("rina", "Rina Lain", (Role.FO,), "sandi-pertama"), new_key())


@pytest.mark.parametrize(
    ("person", "field"),
    [
        (NewOfficer("Sari", "Sari", (Role.FO,), "sandi-pertama"), "login"),
        (NewOfficer("s", "Sari", (Role.FO,), "sandi-pertama"), "login"),
        (NewOfficer("1sari", "Sari", (Role.FO,), "sandi-pertama"), "login"),
        (NewOfficer("sari wulan", "Sari", (Role.FO,), "sandi-pertama"), "login"),
        (NewOfficer("sari", " S ", (Role.FO,), "sandi-pertama"), "name"),
        (NewOfficer("sari", "S" * 101, (Role.FO,), "sandi-pertama"), "name"),
        (NewOfficer("sari", "Sari", (Role.FO,), "pendek"), "password"),
    ],
)
def test_what_an_account_cannot_be_is_told_at_its_field(office_db: Path, person: NewOfficer, field: str) -> None:
    sit_down(Role.ADMIN)
    with pytest.raises(Refused) as refusal:
        accounts.add_officer(person, new_key())
    assert refusal.value.field == field
    assert Officer.select().count() == len(PEOPLE)


def test_only_the_administrator_makes_officers(office_db: Path) -> None:
    sit_down(Role.KADIS)
    with pytest.raises(Refused, match="administrator"):
        accounts.add_officer(NewOfficer("sari", "Sari", (Role.FO,), "sandi-pertama"), new_key())


# --- the first day


def test_the_first_start_makes_the_office_and_closes_the_door_behind_it(new_office: Path) -> None:
    assert accounts.first_start_needed()
    assert accounts.load_office() == Office(), "until then the shipped values"
    accounts.first_start(OFFICE, PEOPLE, new_key())
    assert not accounts.first_start_needed()
    assert accounts.load_office() == OFFICE
    assert {o.login for o in accounts.officers()} == {p.login for p in PEOPLE}
    base.session.actor = "pemasangan"
    with pytest.raises(Refused, match="administrator"):
        accounts.add_officer(NewOfficer("tamu", "Tamu", (Role.ADMIN,), "sandi-pertama"), new_key())


def test_a_first_start_cut_off_between_any_two_rows_goes_on_with_the_same_key(new_office: Path) -> None:
    key, cuts = new_key(), 0
    raw = sqlite3.connect(new_office, isolation_level=None)
    raw.execute("create table power(rows_left integer)")
    raw.execute("insert into power values(0)")
    for table in MADE:
        # The power fails when one more row has been written than in the try before.
        raw.execute(
            f"create trigger power_{table} after insert on {table} begin update power set rows_left = rows_left - 1; "  # noqa: S608  our own names
            "select raise(abort, 'database or disk is full') from power where rows_left < 0; end"
        )
    while accounts.first_start_needed():
        raw.execute("update power set rows_left = 1")
        try:
            accounts.first_start(OFFICE, PEOPLE, key)
        except Unavailable:
            cuts += 1
            assert not base.session.actor
    raw.execute("update power set rows_left = 99")
    raw.close()
    assert cuts == len(MADE) * len(PEOPLE) - 1, "it was cut off between every two rows"
    _whole()
    accounts.first_start(OFFICE, PEOPLE, key)
    _whole()


def _whole() -> None:
    assert OfficeRow.select().count() == 1
    for table in MADE:
        rows = base.db.execute_sql(f"select count(*) from {table}").fetchone()[0]  # noqa: S608  our own names
        assert rows == len(PEOPLE)
    for person in PEOPLE:
        assert {h.role for h in accounts.hats(person.login)} == set(person.roles)
    assert accounts.log_in("admin", PASSWORD, "PC-1").hats


def _without(login: str) -> list[NewOfficer]:
    return [p for p in PEOPLE if p.login != login]


@pytest.mark.parametrize(
    ("people", "field", "said"),
    [
        ([*PEOPLE, replace(PEOPLE[0], name="Rina Lain")], "login", "dipakai dua kali"),
        (_without("nurlaila"), "roles", "Kepala Dinas"),
        (_without("admin"), "roles", "Administrator"),
        ([*PEOPLE, NewOfficer("admin2", "Admin Dua", (Role.ADMIN,), PASSWORD)], "roles", "satu administrator"),
        ([replace(PEOPLE[0], password="pendek"), *PEOPLE[1:]], "password", "rina"),
        ([replace(PEOPLE[0], login="Rina!"), *PEOPLE[1:]], "login", "Nama akun"),
    ],
)
def test_a_first_start_that_cannot_be_is_refused_before_anything_is_written(
    new_office: Path, people: list[NewOfficer], field: str, said: str
) -> None:
    with pytest.raises(Shown, match=said) as refusal:
        accounts.first_start(OFFICE, people, new_key())
    assert refusal.value.field == field
    assert accounts.officers() == []
    assert OfficeRow.select().count() == 0


# --- the office's data


def test_the_offices_older_data_stay_and_the_newest_count(office_db: Path) -> None:
    sit_down(Role.ADMIN)
    key = new_key()
    moved = replace(OFFICE, address="Jl. Baru 1", tte_roots=("-----BEGIN-----",))
    accounts.save_office(moved, key)
    accounts.save_office(moved, key)
    assert accounts.load_office() == moved
    assert OfficeRow.select().count() == 2


def test_what_a_newer_program_wrote_beside_does_not_disturb(office_db: Path) -> None:
    sit_down(Role.ADMIN)
    data = base.db.execute_sql("select data from office").fetchone()[0]
    base.add(OfficeRow, new_key(), data=data.replace('"city"', '"lift": 3, "city"'))
    assert accounts.load_office() == OFFICE
    assert "lift" not in asdict(accounts.load_office())
