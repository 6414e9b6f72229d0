"""Every table, view and function there is, also those of tomorrow: what they are granted, and what they tell to whom."""

from __future__ import annotations

import psycopg
import pytest

from tests.attacks.fort import Fort, rows
from tests.attacks.tries import PERSONAL

GROUPS = ("pelita3_officer", "pelita3_kiosk", "pelita3_display")
SCHEMAS = "('pelita3'::regnamespace, 'adm'::regnamespace)"
HIDDEN = ("verifikasi", "entri", "draf", "ktp", "kurang", "menunggu", "di_kabid", "di_kadis")
"""From the second Kasi."""
NOBODY = ("tamu", "calon", "baru", "titipan", "lama", "admin", "audi")
"""Who may see nobody's name in any file."""
NOT_CALLED = {"frozen", "stamp", "adm.add_officer", "adm.set_password", "adm.change_my_password", "adm.set_active"}
"""Triggers, and what has its own attempts."""

ARGUMENTS = {
    "bigint": ":entri", "bigint[]": "array[:verifikasi, :entri, :draf, :ktp, :kurang, :menunggu, :di_kabid, :di_kadis]::bigint[]",
    "text": "'YOHANES'", "xid8": "'3'", "bytea": "'x'", "berkas": "null",
}  # fmt: skip
"""What a curious one asks with, by type."""


def granted(fort: Fort, question: str) -> list[tuple[object, ...]]:
    return [row for group in GROUPS for row in fort.su.execute(question, {"g": group})]


def test_no_table_may_be_changed_in_any_other_way_than_by_adding(fort: Fort) -> None:
    privileges = ("UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER")
    for privilege in privileges:
        question = (
            f"select %(g)s::text, relname, '{privilege}' from pg_class where relnamespace in {SCHEMAS} "
            f"and relkind in ('r', 'v', 'm', 'f', 'p') and has_table_privilege(%(g)s::name, oid, '{privilege}')"
        )
        assert granted(fort, question) == []
    columns = (
        "select %(g)s::text, attrelid::regclass, attname from pg_attribute join pg_class c on c.oid = attrelid "
        f"where relnamespace in {SCHEMAS} and relkind in ('r', 'v') and attnum > 0 and has_column_privilege(%(g)s::name, c.oid, attnum, 'UPDATE')"
    )
    assert granted(fort, columns) == []


def test_no_sequence_no_schema_and_no_database_is_theirs(fort: Fort) -> None:
    sequences = (
        "select %(g)s::text, seqrelid::regclass from pg_sequence "
        "where has_sequence_privilege(%(g)s::name, seqrelid, 'USAGE, SELECT, UPDATE')"
    )
    schemas = "select %(g)s::text, nspname from pg_namespace where nspname !~ '^pg_temp|^pg_toast_temp' and has_schema_privilege(%(g)s::name, oid, 'CREATE')"
    databases = (
        "select %(g)s::text, datname from pg_database where has_database_privilege(%(g)s::name, oid, 'CREATE, TEMP')"
    )
    for question in (sequences, schemas, databases):
        assert granted(fort, question) == []


@pytest.mark.parametrize(
    "column",
    ["id", "made_by", "made_us", "n", "hash", "head", "actor", "at_us", "stage", "moved_in", "made_in", "searched"],
)
def test_no_officer_fills_what_the_server_fills(fort: Fort, column: str) -> None:
    question = (
        "select %(g)s::text, attrelid::regclass from pg_attribute join pg_class c on c.oid = attrelid "
        f"where relnamespace in {SCHEMAS} and relkind = 'r' and attname = '{column}' and has_column_privilege(%(g)s::name, c.oid, attnum, 'INSERT')"
    )
    assert granted(fort, question) == []


def test_every_table_has_its_policies_and_its_freeze(fort: Fort) -> None:
    """All but the version's, which everybody reads and nobody writes; counters and lists of the guard's own are nobody's at all."""
    open_ones = "select relname from pg_class where relnamespace = 'pelita3'::regnamespace and relkind = 'r' and not relrowsecurity"
    assert fort.su.execute(open_ones).fetchall() == [("schema_version",)]
    unfrozen = fort.su.execute(
        "select relname from pg_class c where relnamespace = 'pelita3'::regnamespace and relkind = 'r' and relname <> 'schema_version' "
        "and (has_any_column_privilege('pelita3_officer', oid, 'SELECT') or has_any_column_privilege('pelita3_officer', oid, 'INSERT')) "
        "and not exists (select 1 from pg_trigger t where t.tgrelid = c.oid and t.tgtype & 34 = 34 and t.tgenabled = 'O' "  # BEFORE TRUNCATE
        "and t.tgfoid = 'frozen'::regproc)"
    ).fetchall()
    # Mails that wait are a list that empties itself; what machines said last is no record of anything; what officers may do is reckoned.
    assert sorted(unfrozen) == [("device_state",), ("outbox_waiting",), ("standing",)]


def test_every_function_that_sees_more_than_its_caller_is_closed_in(fort: Fort) -> None:
    """A search path of its own with pg_temp last, an owner nobody can be, and no default right for everybody."""
    found = fort.su.execute(
        "select p.oid::regprocedure::text, proconfig, rolname, rolcanlogin, "
        "exists (select 1 from aclexplode(coalesce(proacl, acldefault('f', proowner))) a where a.grantee = 0) "
        f"from pg_proc p join pg_roles r on r.oid = proowner where pronamespace in {SCHEMAS} and prosecdef"
    ).fetchall()
    assert len(found) > 40
    for name, path, owner, can_login, everybodys in found:
        assert path is not None, name
        assert "search_path=pelita3, pg_temp" in path, name
        assert owner in {"pelita3_owner", "pelita3_roles"}, name
        assert not can_login, name
        assert not everybodys, name


def test_every_view_asks_with_its_readers_rights_or_keeps_them_out(fort: Fort) -> None:
    """Views of the owner's: each was looked at, and is named here."""
    owners = fort.su.execute(
        "select relname from pg_class where relnamespace = 'pelita3'::regnamespace and relkind = 'v' "
        "and not coalesce('security_invoker=true' = any(reloptions), false) "
        "and (has_table_privilege('pelita3_officer', oid, 'SELECT') or has_table_privilege('pelita3_kiosk', oid, 'SELECT') "
        "or has_table_privilege('pelita3_display', oid, 'SELECT')) order by 1"
    ).fetchall()
    assert {name for (name,) in owners} <= {
        "away", "lists_version", "open_berkas", "open_file", "reading", "shown_berkas", "ticket_used", "tv_call", "queue_load",
        "office_face",
    }  # fmt: skip


def relations(fort: Fort) -> list[str]:
    return [
        name
        for (name,) in fort.su.execute(
            "select relname from pg_class where relnamespace = 'pelita3'::regnamespace and relkind in ('r', 'v') "
            "and has_table_privilege('pelita3_officer', oid, 'SELECT') order by 1"
        )
    ]


def calls(fort: Fort) -> list[str]:
    """A call of every function that an officer may call, with hidden files and a name."""
    found = fort.su.execute(
        "select p.oid::regproc::text, coalesce(array(select format_type(t, null) from unnest(proargtypes::oid[]) t), '{}') from pg_proc p "
        f"where pronamespace in {SCHEMAS} and prokind = 'f' and has_function_privilege('pelita3_officer', p.oid, 'EXECUTE')"
    ).fetchall()
    return [f"{n}({', '.join(ARGUMENTS[t] for t in types)})" for n, types in found if n not in NOT_CALLED]


def told(fort: Fort, login: str, question: str) -> str:
    connection = fort.seat(login)
    with connection.transaction(force_rollback=True):
        try:
            return repr(rows(connection.execute(fort.filled(question))))
        except psycopg.Error as e:
            return str(e)


@pytest.mark.parametrize("login", NOBODY)
def test_nothing_tells_a_name_to_whom_no_file_is_shown(fort: Fort, login: str) -> None:
    for relation in relations(fort):
        assert not PERSONAL.search(told(fort, login, f"select * from {relation}")), relation
    for call in calls(fort):
        assert not PERSONAL.search(told(fort, login, f"select * from {call}")), call


def test_nothing_tells_of_files_on_other_desks(fort: Fort) -> None:
    names = [name.upper().replace("_", " ") for name in HIDDEN]
    for question in (*relations(fort), *calls(fort)):
        said = told(fort, "tono", f"select * from {question}")
        assert not [n for n in names if f"YOHANES {n} " in said or f"DEBORA {n} " in said], question


def test_the_right_officer_is_told(fort: Fort) -> None:
    assert len(relations(fort)) > 50
    assert len(calls(fort)) > 15
    said = told(fort, "rina", "select * from berkas") + told(fort, "rina", "select * from entry")
    assert "YOHANES DRAF SITORUS" in said
    assert "DEBORA DRAF HUTAPEA" in said
