"""Accounts, roles and passwords: nobody makes himself, or a friend, into somebody else."""

from __future__ import annotations

import psycopg
import pytest

from tests.attacks.fort import Connection, Fort, rows, verifier
from tests.attacks.honest import step
from tests.attacks.siege import confirm
from tests.attacks.tries import NOTHING, Honest, Try

ADD = "select adm.add_officer('{}', '{}', '', '', '', '', {}, 1, 'officer', :key)"
WEAK = "SCRAM-SHA-256$4095:" + "A" * 22 + "==$" + "A" * 43 + "=:" + "A" * 43 + "="
GIVE = "insert into assignment(login, role, key) values ('{}', '{}', :key)"
CONFIRM = "insert into duty_confirm(login, assignment_id, password_id, key) values ('{0}', (select max(id) from assignment where login = '{0}'), {1}, :key)"
NEWEST = "(select coalesce(max(id), 0) from password where login = '{}')"

# fmt: off
POWER = (
    Try("rina", "becomes a superuser", "alter role p_rina superuser", "42501 must be superuser to alter superuser"),
    Try("rina", "may make roles", "alter role p_rina createrole", "42501 permission denied"),
    Try("rina", "goes past the policies", "alter role p_rina bypassrls", "42501 must be superuser to change bypassrls"),
    Try("rina", "another connection limit", "alter role p_rina connection limit -1", "42501 permission denied"),
    Try("rina", "another name", "alter role p_rina rename to p_nurlaila2", "0A000 session user cannot be renamed"),
    Try("rina", "the Kadis's password", "alter role p_nurlaila password 'milik-saya-sendiri'", "42501 permission denied"),
    Try("rina", "a role of her own", "create role p_saya login", "42501 permission denied to create role"),
    Try("rina", "a colleague gone", "drop role p_dedi", "42501 permission denied to drop role"),
    Try("rina", "into the owners' group", "grant pelita3_owner to p_rina", "42501 must have admin option on role"),
    Try("rina", "into the group of backups", "grant pelita3_backup to p_rina", "42501 must have admin option on role"),
    Try("rina", "reads all data", "grant pg_read_all_data to p_rina", "42501 must have admin option on role"),
    Try("admin", "the administrator makes roles", "create role p_saya login", "42501 permission denied to create role"),
    Try("admin", "the administrator is the maker of roles", "set role pelita3_roles", "42501 permission denied to set role"),
    Try("admin", "the Kadis's password, past the functions", "alter role p_nurlaila password 'milik-saya-sendiri'", "42501 permission denied"),
    Try("admin", "runs programs of the server", "grant pg_execute_server_program to p_admin", "42501 must have admin option on role"),
    Try("admin", "an officer's group given away", "grant pelita3_officer to p_kios", "42501 must have admin option on role"),
    Try("rina", "SET ROLE to a colleague", "set role p_zulfikar", "42501 permission denied to set role"),
    Try("rina", "SET ROLE to the owner", "set role pelita3_owner", "42501 permission denied to set role"),
    Try("rina", "SET ROLE to the superuser", "set role postgres", "42501 permission denied to set role"),
    Try("rina", "SET SESSION AUTHORIZATION to the Kasi", "set session authorization p_zulfikar", "42501 permission denied to set session authorization"),
    Try("rina", "SET SESSION AUTHORIZATION to the superuser", "set session authorization postgres", "42501 permission denied to set session authorization"),
    Try("rina", "a step after SET ROLE to her group", ("set role pelita3_officer", step("ke_kasi", "terima_kasi", "KASI")), "P3403 step"),
    Try("rina", "a setting that says who she is",
        ("select set_config('pelita3.actor', 'zulfikar', false)", "select set_config('session.authorization', 'p_zulfikar', false)",
         step("ke_kasi", "terima_kasi", "KASI")), "P3403 step"),
    Try("rina", "is_superuser by a setting", "select set_config('is_superuser', 'on', false)", "55P02 cannot be changed"),
    Try("rina", "session_authorization by a setting", "select set_config('session_authorization', 'p_zulfikar', false)", "42501 permission denied to set session authorization"),
    Try("rina", "role by a setting", "select set_config('role', 'pelita3_owner', false)", "42501 permission denied to set role"),
    Try("rina", "another time for the guard", ("set pelita3.now = '1'", "select 1 where now_us() < 1000000000000000"), NOTHING),
    Try("rina", "an actor() of her own", "create function actor() returns text language sql as $$select 'zulfikar'$$", "42501 permission denied for schema pelita3"),
)
TABLES = (
    Try("rina", "a role for herself", GIVE.format("rina", "KASI"), "P3403 admin"),
    Try("meri", "a head gives roles", GIVE.format("rina", "FO"), "P3403 admin"),
    Try("rina", "a role, confirmed at once", "insert into assignment(login, role, confirmed_by, key) values ('rina', 'KADIS', 'nurlaila', :key)", "P3403 admin"),
    Try("admin", "a role of his own, said to be made by another", "insert into assignment(login, role, key, made_by) values ('admin', 'FO', :key, 'rina')", "42501 permission denied for table assignment"),
    Try("rina", "an account straight into the table", "insert into officer(login, name, key) values ('saya', 'Saya Sendiri', :key)", "42501 permission denied for table officer"),
    Try("admin", "an account straight into the table", "insert into officer(login, name, key) values ('saya', 'Saya Sendiri', :key)", "42501 permission denied for table officer"),
    Try("baru", "her password said to be changed", "insert into password(login, must_change, key) values ('baru', 0, :key)", "42501 permission denied for table password"),
    Try("admin", "a password said to be the Kadis's own", "insert into password(login, must_change, key) values ('nurlaila', 0, :key)", "42501 permission denied for table password"),
    Try("rina", "a colleague set aside", "insert into officer_state(login, active, key) values ('dedi', 0, :key)", "42501 permission denied for table officer_state"),
    Try("rina", "a colleague's role ended", "insert into assignment_end(assignment_id, key) values (1, :key)", "P3403 admin"),
    Try("rina", "a colleague sent on leave", "insert into absence(login, first_day, last_day, why, key) values ('dedi', '2999-01-01', '2999-01-01', 'cuti', :key)", "P3403 admin"),
    Try("rina", "a log-in in a colleague's name", ("insert into login_attempt(login, ok, pc) values ('dedi', 0, 'PC') returning login", "select 1 from login_attempt where login = 'dedi'"), NOTHING),
    Try("admin", "an account that is somebody's already", ADD.format("rina", "Rina Kedua", ":secret_rina"), "P3409 login"),
    Try("admin", "an account named like the applicant", ADD.format("pemohon", "Pemohon", ":secret_pemohon"), "23514 officer_login_check"),
    Try("admin", "an account named like the installation", ADD.format("pemasangan", "Pemasangan", ":secret_pemasangan"), "23514 officer_login_check"),
    Try("admin", "an account that looks like the server", ADD.format("@postgres", "Server", ":secret_x"), "23514 officer_login_check"),
    Try("admin", "an account with a quote", ADD.format('a"; drop role p_rina; --', "Bobby", ":secret_x"), "23514 officer_login_check"),
    Try("admin", "an account with a newline", "select adm.add_officer(e'saya\\n', 'Saya', '', '', '', '', :secret_x, 1, 'officer', :key)", "23514 officer_login_check"),
    Try("admin", "an account in capitals", ADD.format("RINA", "Rina Besar", ":secret_x"), "23514 officer_login_check"),
    Try("admin", "an account without its password on record",
        ("begin", "select adm.set_password('baru', :secret_baru, 'kunci-lama-p')",
         "select adm.add_officer('hantu', 'Hantu', '', '', '', '', :secret_hantu, 1, 'officer', 'kunci-lama')"), "P3409 key"),
    Try("rina", "an account by an FO", ADD.format("saya", "Saya Sendiri", ":secret_saya"), "P3403 admin"),
    Try("meri", "an account by a head", ADD.format("saya", "Saya Sendiri", ":secret_saya"), "P3403 admin"),
    Try("kios", "an account by the kiosk", ADD.format("saya", "Saya Sendiri", ":secret_saya"), "42501 permission denied for schema adm"),
    Try("rina", "a colleague's password by the function", "select adm.set_password('dedi', :secret_dedi, :key)", "P3403 admin"),
    Try("rina", "a colleague set aside by the function", "select adm.set_active('dedi', 0, 'iseng', :key)", "P3403 admin"),
    Try("admin", "his own password without the old way", "select adm.set_password('admin', :secret_admin, :key)", "P3403 admin"),
    Try("admin", "the password of the backup's role", "select adm.set_password('pelita3_backup', :secret_x, :key)", "P3400 officer"),
    Try("admin", "the password of the superuser", "select adm.set_password('postgres', :secret_x, :key)", "P3400 officer"),
    Try("admin", "the last administrator set aside", "select adm.set_active('admin', 0, 'selesai', :key)", "P3422 last_admin"),
    Try("admin", "the last administrator's role ended",
        "insert into assignment_end(assignment_id, key) select id, :key from assignment where role = 'ADMIN'", "P3422 last_admin"),
    Try("rina", "the functions' own helper", "select adm.demand_verifier('x')", "42501 permission denied for function demand_verifier"),
    Try("rina", "a function of her own among them", "create function adm.x() returns int language sql as 'select 1'", "42501 permission denied for schema adm"),
)
SECRETS = (
    Try("admin", "a password in clear", ADD.format("saya", "Saya", "'rahasia-saya-1'"), "P3400 verifier"),
    Try("admin", "an MD5 password", ADD.format("saya", "Saya", "'md5' || md5('x')"), "P3400 verifier"),
    Try("admin", "no password", ADD.format("saya", "Saya", "null"), "P3400 verifier"),
    Try("admin", "a quick-to-guess verifier", ADD.format("saya", "Saya", f"'{WEAK}'"), "P3400 verifier"),
    Try("admin", "SQL behind the verifier", ADD.format("saya", "Saya", f"'{WEAK.replace('4095', '4096')}'' superuser --'"), "P3400 verifier"),
    Try("admin", "SQL on a second line", ADD.format("saya", "Saya", f"e'{WEAK.replace('4095', '4096')}\\n superuser'"), "P3400 verifier"),
    Try("admin", "a verifier of a megabyte", ADD.format("saya", "Saya", f"'{WEAK.replace('4095', '4096')}' || repeat('=', 1048576)"), "P3400 verifier"),
    Try("rina", "her own password in clear, by the function", "select adm.change_my_password('rahasia-saya-1', :key)", "P3400 verifier"),
    Try("rina", "her own quick-to-guess verifier", f"select adm.change_my_password('{WEAK}', :key)", "P3400 verifier"),
)
SECOND = (
    Try("calon", "a fake Kadis confirms himself", CONFIRM.format("calon", 0), "P3403 confirm"),
    Try("admin", "the administrator confirms", CONFIRM.format("calon", 0), "P3403 confirm"),
    Try("rina", "an FO confirms", CONFIRM.format("calon", 0), "P3403 confirm"),
    Try("zulfikar", "a Kasi confirms", CONFIRM.format("calon", 0), "P3403 confirm"),
    Try("meri", "the Kabid confirms herself", CONFIRM.format("meri", 0), "P3403 confirm"),
    Try("lama", "a Plh Kabid of before confirms", CONFIRM.format("calon", 0), "P3403 confirm"),
    Try("meri", "the Kabid confirms what is still to come",
        "insert into duty_confirm(login, assignment_id, key) values ('calon', 999999, :key)", "P3400 number"),
    Try("meri", "the Kabid confirms passwords that are still to come",
        "insert into duty_confirm(login, password_id, key) values ('calon', 999999, :key)", "P3400 number"),
    Try("meri", "the Kabid confirms in the Kadis's name",
        "insert into duty_confirm(login, assignment_id, key, made_by) values ('calon', 1, :key, 'nurlaila')", "42501 permission denied for table duty_confirm"),
)
HONEST = (
    Honest("admin", "makes an account", ADD.format("pegawai", "Pegawai Baru", ":secret_pegawai"), [("",)]),
    Honest("admin", "gives a role", GIVE.format("dedi", "EDITOR")),
    Honest("admin", "sets a password", "select adm.set_password('dedi', :secret_dedi, :key)", [("",)]),
    Honest("admin", "sets somebody aside", "select adm.set_active('fo10', 0, 'pensiun', :key)", [(0,)]),
    Honest("meri", "confirms as a second person", CONFIRM.format("calon", NEWEST.format("calon"))),
    Honest("nurlaila", "confirms as a second person", CONFIRM.format("calon", NEWEST.format("calon"))),
    Honest("rina", "changes her own password", "select adm.change_my_password(:secret_rina, :key)", [("",)]),
)
# fmt: on


@pytest.mark.parametrize("attempt", [*POWER, *TABLES, *SECRETS, *SECOND], ids=str)
def test_refused(fort: Fort, attempt: Try) -> None:
    attempt.met_by(fort)


@pytest.mark.parametrize("command", HONEST, ids=str)
def test_the_right_officer_may(fort: Fort, command: Honest) -> None:
    command.done_at(fort)


def roles(connection: Connection) -> set[str]:
    return {r for (r,) in connection.execute("select role from my_role")}


def test_whoever_appoints_himself_has_to_wait_for_a_second_person(fort: Fort) -> None:
    """Nor does he read a page by a role that he gives himself and takes back."""
    admin = fort.seat("admin")
    with admin.transaction(force_rollback=True):
        for role in ("FO", "EDITOR", "MAILER", "KASI", "KADIS"):
            admin.execute(fort.filled(GIVE.format("admin", role)))
        assert roles(admin) == {"ADMIN"}
        assert rows(admin.execute("select id from berkas")) == []


def test_a_reset_head_is_nobody_until_a_second_person_confirms(fort: Fort) -> None:
    """The administrator knows a one-time password of the Kadis's, logs in by it, and is not the Kadis."""
    before = fort.knock("kepala")
    assert roles(before) == {"KADIS"}
    fort.do("admin", f"select adm.set_password('kepala', '{verifier(fort.su, 'kepala', 'tahu-sama-tahu')}', :key)")
    assert roles(before) == set(), "also who was in already"
    before.close()
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        fort.knock("kepala")
    with fort.officer("kepala", password="tahu-sama-tahu") as thief:
        assert roles(thief) == set()
        thief.execute(
            f"select adm.change_my_password('{verifier(fort.su, 'kepala')}', gen_random_uuid()::text)".encode()
        )
    for attempt in (
        Try("kepala", "sees the files", "select id from berkas", NOTHING),
        Try("kepala", "receives", step("ke_kadis", "terima_kadis", "KADIS"), "P3403 step"),
        Try("kepala", "confirms himself", CONFIRM.format("kepala", NEWEST.format("kepala")), "P3403 confirm"),
        Try("admin", "confirms what he did", CONFIRM.format("kepala", NEWEST.format("kepala")), "P3403 confirm"),
    ):
        attempt.met_by(fort)
    confirm(fort, "meri", "kepala")
    assert roles(fort.seat("kepala")) == {"KADIS"}


def test_an_appointment_cannot_slip_in_below_one_that_was_confirmed(fort: Fort) -> None:
    """Held back in an open transaction it has the lower number; whoever confirms the higher one has never seen it."""
    with fort.officer("admin") as one, fort.officer("admin") as two:
        one.execute("begin")
        one.execute(fort.filled(GIVE.format("tamu", "KADIS")))
        two.execute("set lock_timeout = '200ms'")
        with pytest.raises(psycopg.errors.LockNotAvailable):
            two.execute(fort.filled(GIVE.format("tamu", "KASI")))
        one.rollback()


def test_numbers_come_to_light_in_their_order(fort: Fort) -> None:
    """Should a lower number ever come later than a higher one, whoever brings it: what a head confirmed does not cover it."""
    below = (
        "insert into {0}(id, login, {1} key) overriding system value "
        "select min(id) - 1, 'tono', {2} 'terlambat' from {0} where login = 'tono'"
    )
    for table, column, value in (("assignment", "role,", "'KADIS',"), ("password", "", "")):
        with pytest.raises(psycopg.Error, match="P3409 order"):
            fort.su.execute(below.format(table, column, value).encode())


def test_a_new_password_counts_when_it_cannot_be_taken_back(fort: Fort) -> None:
    """Who was given a one-time password cannot work a while and leave it as it was."""
    connection = fort.seat("baru")
    with connection.transaction(force_rollback=True):
        connection.execute(fort.filled("select adm.change_my_password(:secret_baru, :key)"))
        assert roles(connection) == set()
        assert rows(connection.execute("select id from berkas")) == []
    assert fort.one("select must_change from password where login = 'baru' order by id desc limit 1") == 1


def test_a_password_the_administrator_knows_makes_nobody_an_officer(fort: Fort) -> None:
    assert fort.one("select must_change from password where login = 'titipan' order by id desc limit 1") == 0
    assert roles(fort.seat("titipan")) == set()
    assert roles(fort.seat("kios")) == {"KIOSK"}, "a machine keeps the one it was given"


def test_who_is_set_aside_is_out_at_once(fort: Fort) -> None:
    with fort.officer("korban") as here, fort.officer("korban") as there:
        assert fort.do("admin", "select adm.set_active('korban', 0, 'Pindah', :key)") == [(2,)]
        for connection in (here, there):
            with pytest.raises(psycopg.OperationalError):
                connection.execute("select 1")
    with pytest.raises(psycopg.OperationalError, match="not permitted to log in"):
        fort.knock("korban")
    fort.do("admin", "select adm.set_active('korban', 1, 'Kembali', :key)")
    assert roles(fort.seat("korban")) == {"FO"}


def test_whom_a_colleague_lends_himself_stays_himself(fort: Fort) -> None:
    """PostgreSQL lets a role be lent by whoever is logged in as it (before 16); the guard asks who logged in."""
    lender, borrower = fort.seat("zulfikar"), fort.seat("rina")
    try:
        try:
            lender.execute("grant p_zulfikar to p_rina")
            borrower.execute("set role p_zulfikar")
        except psycopg.errors.InsufficientPrivilege:
            return
        with pytest.raises(psycopg.Error, match="P3403 step"):
            borrower.execute(fort.filled(step("ke_kasi", "terima_kasi", "KASI")))
        assert borrower.execute("select actor()").fetchone() == ("rina",)
    finally:
        fort.su.execute("revoke p_zulfikar from p_rina")


def test_a_second_account_is_nobody_by_itself(fort: Fort) -> None:
    """The administrator makes the Kasi another account and another head's role: until a head confirms, it is nothing."""
    admin = fort.seat("admin")
    with admin.transaction(force_rollback=True):
        admin.execute(fort.filled(ADD.format("zulfikar2", "Zulfikar Hasan, S.Sos", ":secret_zulfikar2")))
        admin.execute(fort.filled(GIVE.format("zulfikar2", "KABID")))
        assert admin.execute("select role from role_in_force where login = 'zulfikar2'").fetchall() == []
        with pytest.raises(psycopg.Error, match="P3403 confirm"):
            admin.execute(fort.filled(CONFIRM.format("zulfikar2", 0)))
