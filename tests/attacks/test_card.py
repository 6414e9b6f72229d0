"""The card never changes: no UPDATE, no DELETE, no column, sequence, lock, rule, trigger or view leads past its guard."""

from __future__ import annotations

import psycopg
import pytest

from tests.attacks.fort import Fort
from tests.attacks.honest import step
from tests.attacks.tries import Try

LINE = "insert into paraf(berkas_id, action, as_role, expects, key, client{}) values (:ke_kasi, 'terima_kasi', 'KASI', :n_ke_kasi, :key, 1{})"
CONFLICT = step("ke_kasi", "terima_kasi", "KASI") + " on conflict ({}) do update set {}"
MERGE = "merge into paraf p using (select 1) s on p.berkas_id = :di_kasi when matched then {}"


def column(name: str, value: str) -> Try:
    """A column of the line that only the server fills."""
    sql = LINE.format(f", {name}", f", {value}")
    return Try("zulfikar", f"a line with his own {name}", sql, "42501 permission denied for table paraf")


# fmt: off
COLUMNS = (
    column("actor", "'nurlaila'"), column("at_us", "1"), column("hash", "repeat('0', 64)"), column("n", "99"),
    column("at_stage", "'DI_KADIS'"), column("to_stage", "'TERTANDA'"), column("acting", "'PLH SK 1'"), column("entry_hash", "''"),
    column("draft_hash", "''"), column("evidence", "''"), column("waived", "''"),
    Try("zulfikar", "a line with his own number", LINE.format(", id", ", 1"), "428C9 non-DEFAULT value into column"),
    Try("zulfikar", "a line of which he says only DEFAULT", LINE.format(", actor", ", default"), "42501 permission denied for table paraf"),
    Try("zulfikar", "a line with its number by OVERRIDING SYSTEM VALUE",
        LINE.format(", id", ", 1").replace("values", "overriding system value values"), "42501 permission denied for table paraf"),
    Try("rina", "a file that begins in the middle",
        "insert into berkas(sop, channel, ticket_id, key, client, stage, n) values (:sop, 'OFFLINE', :t_diajukan, :key, 1, 'DI_KADIS', 10)",
        "42501 permission denied for table berkas"),
    Try("rina", "a note in a colleague's name", "insert into note(berkas_id, text, at_n, as_role, key, made_by) values (:entri, 'x', :n_entri, 'FO', :key, 'dedi')",
        "42501 permission denied for table note"),
    Try("rina", "an entry of last year", "insert into entry(berkas_id, rev, data, sha256, at_n, as_role, key, made_us) values (:entri, 2, '{}', '', 3, 'FO', :key, 1)",
        "42501 permission denied for table entry"),
    Try("rina", "a ticket with the number she likes", "insert into ticket(service, key, number) values ('A', :key, 1)", "42501 permission denied for table ticket"),
    Try("rina", "a file that was moved by nobody", "insert into berkas(sop, channel, ticket_id, key, client, moved_in) values (:sop, 'OFFLINE', :t_diajukan, :key, 1, '1')",
        "42501 permission denied for table berkas"),
)
CHANGES = (
    Try("zulfikar", "UPDATE a line", "update paraf set actor = 'meri' where berkas_id = :di_kasi", "42501 permission denied for table paraf"),
    Try("zulfikar", "DELETE a line", "delete from paraf where actor = 'zulfikar'", "42501 permission denied for table paraf"),
    Try("zulfikar", "TRUNCATE the card", "truncate paraf", "42501 permission denied for table paraf"),
    Try("zulfikar", "UPDATE the file's stage", "update berkas set stage = 'TERTANDA' where id = :di_kasi", "42501 permission denied for table berkas"),
    Try("rina", "UPDATE the holder", "update berkas set holder = 'dedi' where id = :entri", "42501 permission denied for table berkas"),
    Try("rina", "DELETE a file", "delete from berkas where id = :entri", "42501 permission denied for table berkas"),
    Try("rina", "UPDATE an entry", "update entry set data = '{}' where berkas_id = :entri", "42501 permission denied for table entry"),
    Try("rina", "DELETE a scan", "delete from paper where id = :scan_entri", "42501 permission denied for table paper"),
    Try("rina", "UPDATE bytes", "update blob set data = 'x' where sha256 = :blob_draf", "42501 permission denied for table blob"),
    Try("admin", "the administrator UPDATEs a line", "update paraf set note = '' where berkas_id = :di_kasi", "42501 permission denied for table paraf"),
    Try("nurlaila", "the Kadis DELETEs a file", "delete from berkas where id = :di_kadis", "42501 permission denied for table berkas"),
    Try("zulfikar", "ON CONFLICT DO UPDATE of a line", CONFLICT.format("key", "actor = 'meri'"), "42501 permission denied for table paraf"),
    Try("zulfikar", "MERGE ... UPDATE", MERGE.format("update set actor = 'meri'"), "42501 permission denied for table paraf"),
    Try("zulfikar", "MERGE ... DELETE", MERGE.format("delete"), "42501 permission denied for table paraf"),
    Try("zulfikar", "UPDATE through a cursor",
        ("begin", "declare c cursor for select * from paraf where berkas_id = :di_kasi", "fetch c", "update paraf set note = 'x' where current of c"),
        "42501 permission denied for table paraf"),
    Try("zulfikar", "UPDATE in a WITH", "with x as (update paraf set note = 'x' returning 1) select * from x", "42501 permission denied for table paraf"),
    Try("zulfikar", "COPY lines in", "copy paraf(berkas_id, action, as_role, note, expects, key, client) from stdin", "0A000 row-level security"),
    Try("rina", "UPDATE through a view", "update current_entry set data = '{}'", "42501 permission denied for view current_entry"),
    Try("rina", "DELETE through a view", "delete from current_scan", "42501 permission denied for view current_scan"),
    Try("rina", "INSERT through a view", "insert into current_entry(berkas_id, rev) values (1, 9)", "42501 permission denied for view current_entry"),
    Try("admin", "a role in force through the view", "insert into role_in_force(login, role) values ('admin', 'KADIS')", "42501 permission denied for view role_in_force"),
)
THINGS = (
    Try("zulfikar", "switch the guard off", "alter table paraf disable trigger all", "42501 must be owner of table paraf"),
    Try("admin", "switch the guard off as administrator", "alter table paraf disable trigger paraf_b_judge", "42501 must be owner of table paraf"),
    Try("zulfikar", "drop the guard", "drop trigger paraf_b_judge on paraf", "42501 must be owner of relation paraf"),
    Try("zulfikar", "drop the judge", "drop function judge_paraf() cascade", "42501 must be owner of function judge_paraf"),
    Try("zulfikar", "replace the judge", "create or replace function judge_paraf() returns trigger language sql as 'select null'", "42501 permission denied for schema pelita3"),
    Try("zulfikar", "play the replica", "set session_replication_role = replica", "42501 permission denied to set parameter"),
    Try("zulfikar", "play the replica for one transaction", ("begin", "set local session_replication_role = replica"), "42501 permission denied to set parameter"),
    Try("zulfikar", "play the replica by set_config", "select set_config('session_replication_role', 'replica', false)", "42501 permission denied to set parameter"),
    Try("zulfikar", "change the catalogue", "update pg_trigger set tgenabled = 'D'", "42501 permission denied for table pg_trigger"),
    Try("zulfikar", "a rule on the card", "create rule r as on insert to paraf do instead nothing", "42501 must be owner of table paraf"),
    Try("zulfikar", "a trigger of his own", "create trigger t after insert on paraf for each row execute function frozen()", "42501 permission denied for table paraf"),
    Try("zulfikar", "a policy of his own", "create policy p on paraf using (true)", "42501 must be owner of table paraf"),
    Try("zulfikar", "no policies", "alter table paraf disable row level security", "42501 must be owner of table paraf"),
    Try("zulfikar", "drop a constraint", "alter table paraf drop constraint paraf_key_key", "42501 must be owner of table paraf"),
    Try("zulfikar", "drop the table", "drop table paraf cascade", "42501 must be owner of table paraf"),
    Try("zulfikar", "become its owner", "alter table paraf owner to current_user", "42501 must be owner of table paraf"),
    Try("zulfikar", "inherit from it", "create table kartu() inherits (paraf)", "42501 permission denied for schema pelita3"),
    Try("zulfikar", "grant himself UPDATE", ("grant update on paraf to current_user", "update paraf set note = 'x'"), "42501 permission denied for table paraf"),
    Try("zulfikar", "statistics of his own", "create statistics s on actor, action from paraf", "42501 must be owner of table paraf"),
    Try("zulfikar", "the next number", "select nextval('paraf_id_seq')", "42501 permission denied for sequence paraf_id_seq"),
    Try("zulfikar", "the number set back", "select setval('paraf_id_seq', 1)", "42501 permission denied for sequence paraf_id_seq"),
    Try("zulfikar", "the sequence restarted", "alter sequence paraf_id_seq restart", "42501 must be owner of sequence paraf_id_seq"),
    Try("zulfikar", "lock lines for himself", "select 1 from paraf for update", "42501 permission denied for table paraf"),
    Try("zulfikar", "lock a file, sharing", "select 1 from berkas for key share", "42501 permission denied for table berkas"),
    Try("zulfikar", "lock the table", ("begin", "lock table paraf in access exclusive mode"), "42501 permission denied for table paraf"),
    Try("zulfikar", "lock it in share mode", ("begin", "lock table berkas in share mode"), "42501 permission denied for table berkas"),
    Try("zulfikar", "CLUSTER, which locks", "cluster paraf using paraf_line", "42501 must be owner of table paraf"),
    Try("zulfikar", "REINDEX, which locks", "reindex table paraf", "42501 must be owner of table paraf"),
)
OTHERS = (
    Try("zulfikar", "a step of his own in the SOP", "insert into sop_step(sop, at_stage, action, channel, to_stage) values (:sop, 'DI_KASI', 'langsung', 'OFFLINE', 'SELESAI')",
        "42501 permission denied for table sop_step"),
    Try("admin", "himself into the SOP", "insert into sop_who values (:sop, 'DI_KADIS', 'tte', 'OFFLINE', 'ADMIN')", "42501 permission denied for table sop_who"),
    Try("admin", "a need less", "delete from sop_need", "42501 permission denied for table sop_need"),
    Try("admin", "one requirement less", "update requirement set condition = 'OPTIONAL'", "42501 permission denied for table requirement"),
    Try("admin", "an older client allowed", "update schema_version set client_min = 0", "42501 permission denied for table schema_version"),
    Try("rina", "the hall's counter", "update ticket_counter set last = 0", "42501 permission denied for table ticket_counter"),
    Try("rina", "another name beside a head", "update berkas_party set names = 'X'", "42501 permission denied for table berkas_party"),
    Try("rina", "a desk of her own", "insert into sop_desk values ('FO', 'DI_KADIS')", "42501 permission denied for table sop_desk"),
    Try("rina", "a way of her own", "update sop_way set roles = '{FO}'", "42501 permission denied for table sop_way"),
    Try("rina", "a head's authority, as if reckoned",
        "insert into standing select login, 1, 'KADIS', 'TETAP', '', '0001-01-01', '9999-12-31', '0', '{}' from officer where login = 'rina'",
        "42501 permission denied for table standing"),
    Try("rina", "her own role made a head's", "update standing set role = 'KADIS'", "42501 permission denied for table standing"),
    Try("admin", "a head's authority taken away unseen", "delete from standing where login = 'zulfikar'", "42501 permission denied for table standing"),
    Try("zulfikar", "his leave forgotten", "update standing set away = '{}'", "42501 permission denied for table standing"),
    Try("zulfikar", "reckoned at his word", "select reckon('zulfikar')", "42501 permission denied for function reckon"),
    Try("admin", "reckoned from a picture taken before", ("begin transaction isolation level repeatable read",
        "insert into assignment(login, role, key) values ('rina', 'KASI', :key)"), "P3400 isolation"),
    Try("pos", "a mail out of the queue", "delete from outbox_waiting", "42501 permission denied for table outbox_waiting"),
    Try("pos", "a mail into the queue", "insert into outbox_waiting values (:mail_sent, :selesai)", "42501 permission denied for table outbox_waiting"),
    Try("admin", "an office's data of before changed", "update office set data = '{}'", "42501 permission denied for table office"),
    Try("admin", "the reading log cleared", "delete from read_log", "42501 permission denied for table read_log"),
    Try("admin", "the log of log-ins cleared", "truncate login_attempt", "42501 permission denied for table login_attempt"),
    Try("admin", "a daily seal of his own", "insert into seal(day, key) values ('2026-01-01', :key)", "42501 permission denied for table seal"),
    Try("admin", "a seal changed", "update seal set seal = ''", "42501 permission denied for table seal"),
    Try("admin", "a restore that never was", "insert into restored(file_sha256, taken_us, key) values (repeat('0', 64), 1, :key)", "42501 permission denied for table restored"),
    Try("rina", "a verification by an FO", "insert into evidence_check(mode, files, lines, seals, bad, complete, started_us, key) values ('full', 1, 1, 1, 0, 1, 1, :key)", "P3403 seal"),
    Try("admin", "the office's calendar changed", "update calendar_day set closed = 0", "42501 permission denied for table calendar_day"),
    Try("rina", "a holiday by an FO", "insert into calendar_day(day, closed, label, key) values ('2026-12-01', 1, 'Libur saya', :key)", "P3403 admin"),
    Try("meri", "office data by a head", "insert into office(data, key) values ('{\"four_eyes\": false}', :key)", "P3403 admin"),
)
# fmt: on


@pytest.mark.parametrize("attempt", [*COLUMNS, *CHANGES, *THINGS, *OTHERS], ids=str)
def test_refused(fort: Fort, attempt: Try) -> None:
    attempt.met_by(fort)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ("update paraf set note = 'x' where berkas_id = :di_kasi", "P3423 frozen"),
        ("delete from paraf where berkas_id = :di_kasi", "P3423 kept"),
        ("truncate paraf", "P3423 kept"),
        ("update berkas set stage = 'SELESAI' where id = :di_kasi", "P3423 frozen"),
        ("update berkas set made_by = 'dedi' where id = :di_kasi", "P3423 frozen"),
        ("delete from berkas where id = :di_kasi", "P3423 kept"),
        ("update sop_step set not_by = ''", "P3423 frozen"),
        ("delete from officer", "P3423 kept"),
        ("update assignment set confirmed_by = 'x'", "P3423 frozen"),
        ("truncate read_log", "P3423 kept"),
        ("update blob set data = 'x'", "P3423 frozen"),
    ],
)
@pytest.mark.parametrize("role", ["pelita3_owner", "postgres"])
def test_not_even_owner_and_superuser_by_accident(fort: Fort, role: str, change: str, code: str) -> None:
    with fort.su.transaction(force_rollback=True):
        fort.su.execute(f"set local role {role}".encode())
        with pytest.raises(psycopg.Error) as refused:
            fort.su.execute(fort.filled(change))
    assert refused.value.diag.message_primary == code
