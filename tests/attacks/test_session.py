"""Session and catalogue: nothing of one's own can be put where a guard would find it, and nothing left behind."""

from __future__ import annotations

import psycopg
import pytest

from tests.attacks.fort import Fort
from tests.attacks.honest import Walker, fact, step
from tests.attacks.siege import verified
from tests.attacks.tries import Honest, Try

ADVISORY = (
    "pg_advisory_lock(1)", "pg_advisory_lock(1, 2)", "pg_advisory_lock_shared(1)", "pg_advisory_xact_lock(1)",
    "pg_advisory_xact_lock_shared(1)", "pg_try_advisory_lock(1)", "pg_try_advisory_lock_shared(1)",
    "pg_try_advisory_xact_lock(1)", "pg_try_advisory_xact_lock_shared(1)", "pg_advisory_unlock(1)",
    "pg_advisory_unlock_all()",
)  # fmt: skip
LARGE = (
    "lo_creat(-1)", "lo_create(0)", "lo_from_bytea(0, 'x')", "lo_put(1, 0, 'x')", "lo_open(1, 393216)", "lo_unlink(1)",
    "lowrite(1, 'x')", "lo_import('/etc/passwd')", "lo_export(1, '/tmp/x')",
)  # fmt: skip
SERVERS = (
    "pg_reload_conf()", "pg_rotate_logfile()", "pg_switch_wal()", "pg_create_restore_point('x')", "pg_promote()",
    "pg_stat_reset()", "pg_stat_reset_shared('bgwriter')", "pg_ls_dir('.')", "pg_ls_waldir()", "pg_stat_file('PG_VERSION')",
    "pg_read_binary_file('PG_VERSION')", "pg_log_backend_memory_contexts(1)", "pg_current_logfile()",
    "pg_replication_origin_create('x')", "pg_config()",
)  # fmt: skip


ELSEWHERE = step("ke_kasi", "terima_kasi", "KASI").replace("insert into paraf", "insert into pelita3.paraf")
DRESS = (
    "set datestyle = 'German, DMY'", "set timezone = 'Asia/Jayapura'", "set bytea_output = 'escape'",
    "set extra_float_digits = -15", "set intervalstyle = 'sql_standard'", "set standard_conforming_strings = off",
    "set client_encoding = 'LATIN1'", "set transform_null_equals = on", "set array_nulls = off",
)  # fmt: skip


def denied(name: str) -> str:
    return f"42501 permission denied for function {name.partition('(')[0]}"


# fmt: off
OWN_THINGS = (
    Try("rina", "a temporary table", "create temp table sop_who(role text)", "42501 permission denied to create temporary tables"),
    Try("rina", "a temporary table by SELECT INTO", "select 1 as x into temp wewenang", "42501 permission denied to create temporary tables"),
    Try("rina", "a temporary view", "create temp view my_role as select 'KADIS'::text as role", "42501 permission denied to create temporary tables"),
    Try("rina", "a temporary sequence", "create temp sequence s", "42501 permission denied to create temporary tables"),
    Try("rina", "a function in pg_temp", "create function pg_temp.has_role(text) returns boolean language sql as 'select true'", "42501 permission denied to create temporary tables"),
    Try("rina", "an operator in pg_temp", "create operator pg_temp.= (leftarg = text, rightarg = text, function = texteq)", "42501 permission denied"),
    Try("rina", "a type in pg_temp", "create type pg_temp.berkas as (id bigint)", "42501 permission denied to create temporary tables"),
    Try("rina", "a table in the office's schema", "create table pelita3.berkas2(id int)", "42501 permission denied for schema pelita3"),
    Try("rina", "a table in public", "create table public.t(id int)", "42501 permission denied for schema public"),
    Try("rina", "a table in pg_catalog", "create table pg_catalog.t(id int)", "42501 permission denied"),
    Try("rina", "a schema", "create schema saya", "42501 permission denied for database pelita3"),
    Try("rina", "a schema named like herself, found first", "create schema authorization current_user", "42501 permission denied for database pelita3"),
    Try("rina", "a function", "create function pelita3.now_us() returns bigint language sql as 'select 1::bigint'", "42501 permission denied for schema pelita3"),
    Try("rina", "an operator", "create operator pelita3.= (leftarg = text, rightarg = text, function = texteq)", "42501 permission denied for schema pelita3"),
    Try("rina", "a cast", "create cast (text as bigint) with inout as implicit", "42501 must be owner of type"),
    Try("rina", "an aggregate", "create aggregate pelita3.max(text) (sfunc = textcat, stype = text)", "42501 permission denied for schema pelita3"),
    Try("rina", "a domain", "create domain pelita3.d as text", "42501 permission denied for schema pelita3"),
    Try("rina", "a collation", 'create collation pelita3.c from "C"', "42501 permission denied for schema pelita3"),
    Try("rina", "a language", "create language saya handler plpgsql_call_handler", "42501 must be superuser to create custom procedural language"),
    Try("rina", "an extension that is trusted", "create extension hstore", "42501 permission denied to create extension"),
    Try("rina", "an extension that is not", "create extension dblink", "42501 permission denied to create extension"),
    Try("rina", "a foreign server", "create server s foreign data wrapper postgres_fdw", "42704 does not exist"),
    Try("rina", "an event trigger", "create event trigger e on ddl_command_end execute function frozen()", "42501 permission denied to create event trigger"),
    Try("rina", "a publication", "create publication p for all tables", "42501 permission denied for database pelita3"),
    Try("rina", "a subscription", "create subscription s connection 'host=x' publication p", "42501 must be superuser to create subscriptions"),
    Try("rina", "a tablespace", "create tablespace t location '/tmp'", "42501 permission denied to create tablespace"),
    Try("rina", "a database", "create database saya", "42501 permission denied to create database"),
    Try("rina", "a block of code", "do $$ begin perform 1; end $$", "42501 permission denied for language plpgsql"),
    Try("rina", "a block of code that tries all keys", "do $$ begin loop perform 1; end loop; end $$", "42501 permission denied for language plpgsql"),
    Try("admin", "a block of code by the administrator", "do $$ begin perform 1; end $$", "42501 permission denied for language plpgsql"),
    Try("rina", "a library", "load 'dblink'", "42501 access to library"),
    Try("rina", "a library for every session of hers", "set session_preload_libraries = 'dblink'", "42501 permission denied to set parameter"),
    Try("rina", "a comment on the guard", "comment on function judge_paraf() is 'x'", "42501 must be owner of function judge_paraf"),
    Try("rina", "a search path past the guards", ("set search_path = pg_temp, public, pg_catalog", ELSEWHERE), "P3403 step"),
    Try("rina", "no search path at all", ("set search_path = ''", ELSEWHERE), "P3403 step"),
)
SETTINGS = (
    Try("rina", "the server's settings", "alter system set log_connections = off", "42501 permission denied to set parameter"),
    Try("rina", "the database's settings", "alter database pelita3 set row_security = off", "42501 must be owner of database pelita3"),
    Try("rina", "everybody's settings", "alter role all set role = 'pelita3_owner'", "42501 must be superuser to alter settings globally"),
    Try("rina", "a colleague's settings", "alter role p_dedi set search_path = 'x'", "42501 permission denied"),
    Try("rina", "the log switched off for her", "set log_statement = 'none'", "42501 permission denied to set parameter"),
    Try("rina", "errors not logged for her", "set log_min_error_statement = 'panic'", "42501 permission denied to set parameter"),
    Try("rina", "durability switched off", "set fsync = off", "55P02 cannot be changed now"),
    Try("rina", "system tables open", "set allow_system_table_mods = on", "42501 permission denied to set parameter"),
    Try("rina", "damage overlooked", "set zero_damaged_pages = on", "42501 permission denied to set parameter"),
    Try("rina", "longer deadlocks", "set deadlock_timeout = '1h'", "42501 permission denied to set parameter"),
    Try("rina", "commit times off", "set track_commit_timestamp = off", "55P02 cannot be changed without restarting"),
    *(Try("rina", f"an advisory lock: {f}", f"select {f}", denied(f)) for f in ADVISORY),
    *(Try("rina", f"a large object: {f}", f"select {f}", denied(f)) for f in LARGE),
    *(Try("rina", f"a function for the server's keeper: {f}", f"select {f}", denied(f)) for f in SERVERS),
    Try("rina", "a message into the log of changes", "select pg_logical_emit_message(true, 'x', repeat('x', 1000))", denied("pg_logical_emit_message(")),
    Try("rina", "a snapshot for others", ("begin", "select pg_export_snapshot()"), denied("pg_export_snapshot(")),
    Try("rina", "a notification by function", "select pg_notify('pelita3', 'x')", denied("pg_notify(")),
    Try("rina", "a replication slot", "select pg_create_physical_replication_slot('x')", "42501 must be superuser or replication role"),
    Try("rina", "a logical slot", "select pg_create_logical_replication_slot('x', 'pgoutput')", "42501 must be superuser or replication role"),
    Try("rina", "a transaction without owner", ("begin", step("diajukan", "panggil", "FO"), "prepare transaction 'x'"), "55000 prepared transactions are disabled"),
    Try("rina", "a colleague's session ended", "select pg_terminate_backend(pid) from (select pid from pg_stat_activity where usename = 'postgres' and pid <> pg_backend_pid() limit 1) x", "42501 must be a superuser to terminate superuser process"),
    Try("rina", "a colleague's statement stopped", "select pg_cancel_backend(pid) from (select pid from pg_stat_activity where usename = 'p_fo01' limit 1) x", "42501 must be a member of the role whose query is being canceled"),
    Try("admin", "a colleague's session ended, by the administrator's own hand", "select pg_terminate_backend(pid) from (select pid from pg_stat_activity where usename = 'p_fo01' limit 1) x", "42501 must be a member of the role whose process is being terminated"),
    Try("rina", "a checkpoint, again and again", "checkpoint", "42501 must be superuser or have privileges of pg_checkpoint"),
    Try("rina", "everything that she owns given away", "reassign owned by p_rina to p_dedi", "42501 permission denied to reassign objects"),
    Try("rina", "everything that the owner owns dropped", "drop owned by pelita3_owner", "42501 permission denied to drop objects"),
    Try("rina", "the copy of a locale", "select pg_import_system_collations('pelita3')", "42501 must be superuser to import system collations"),
)
HONEST = (
    Honest("zulfikar", "works in any search path", ("set local search_path = ''", ELSEWHERE)),
    Honest("zulfikar", "works in any dress", (*DRESS, step("ke_kasi", "terima_kasi", "KASI"))),
)
# fmt: on


@pytest.mark.parametrize("attempt", [*OWN_THINGS, *SETTINGS], ids=str)
def test_refused(fort: Fort, attempt: Try) -> None:
    fort.seat("fo01")  # a colleague who is at work
    attempt.met_by(fort)


@pytest.mark.parametrize("command", HONEST, ids=str)
def test_the_right_officer_may(fort: Fort, command: Honest) -> None:
    command.done_at(fort)


def test_a_card_signed_in_a_strange_dress_is_whole(fort: Fort) -> None:
    """Whatever formats an attacker sets for himself, the chain is made of the same bytes."""
    Walker(fort, "aneh").to("diajukan")
    connection = fort.seat("rina")
    for setting in DRESS:
        connection.execute(setting.encode())
    connection.execute(fort.filled(step("aneh", "panggil", "FO")))
    connection.execute(fort.filled(fact("note", "aneh", "FO", text="Catatan é ü")))
    connection.execute(fort.filled(step("aneh", "batalkan", "FO", "Pemohon pulang")))
    assert verified(fort, "aneh").whole


def test_a_role_set_for_every_log_in_is_not_taken(fort: Fort) -> None:
    """ALTER ROLE on oneself is always allowed; what is set there is judged at the log-in."""
    try:
        with fort.officer("fo02") as connection:
            connection.execute("alter role p_fo02 set role = 'pelita3_owner'")
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute("alter role p_fo02 set session_replication_role = 'replica'")
        with fort.officer("fo02") as connection:
            assert connection.execute("select current_user::text, actor()").fetchone() == ("p_fo02", "fo02")
    finally:
        fort.su.execute("alter role p_fo02 reset all")
