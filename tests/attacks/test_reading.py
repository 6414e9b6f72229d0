"""Reading: nobody sees what is not on his desk, in no way that PostgreSQL knows, and no message tells it."""

from __future__ import annotations

import pytest

from tests.attacks.fort import Fort, rows
from tests.attacks.honest import step
from tests.attacks.tries import NOTHING, PERSONAL, Honest, Try

CONTENTS = (
    "entry", "contact", "requirement_check", "confirmation", "note", "removal", "draft", "paper", "seen", "print_event",
    "finding", "answer", "outbox", "outbox_event",
)  # fmt: skip
VIEWS = (
    "current_entry", "current_draft", "current_contact", "current_scan", "current_check", "must_see", "berkas_fact",
    "step_need", "unmet",
)  # fmt: skip
HIDDEN = "berkas_id in (:verifikasi, :entri, :draf, :ktp, :kurang, :di_kabid, :di_kadis)"
"""From the second Kasi: other desks' files, none of which he ever signed or opened."""

# fmt: off
FOREIGN = (
    Try("tono", "the Kasi a file on the FO's desk", "select * from berkas where id = :entri", NOTHING),
    Try("tono", "the Kasi a file on the Kabid's desk", "select * from berkas where id = :di_kabid", NOTHING),
    Try("dedi", "the FO a file on the Kabid's desk", "select * from berkas where id = :di_kabid", NOTHING),
    Try("yuni", "the Editor files that are not returned to him", "select id from berkas where id in (:entri, :draf, :ktp, :di_kasi, :di_kabid, :di_kadis)", NOTHING),
    Try("meri", "the Kabid a file that is being typed", "select * from berkas where id = :entri", NOTHING),
    Try("nurlaila", "the Kadis a file on the Kasi's desk", "select * from berkas where id = :di_kasi", NOTHING),
    Try("tono", "by its number", "select id from berkas where number = :number_entri", NOTHING),
    Try("tono", "by a NIK", "select id from berkas where husband_nik = :nik_draf", NOTHING),
    Try("dedi", "its card", "select * from paraf where berkas_id = :di_kabid", NOTHING),
    Try("admin", "the administrator all files", "select * from berkas", NOTHING),
    Try("admin", "the administrator all cards", "select * from paraf", NOTHING),
    Try("admin", "the administrator all bytes", "select * from blob", NOTHING),
    Try("audi", "the auditor all files", "select * from berkas", NOTHING),
    Try("tamu", "nobody all files", "select * from berkas", NOTHING),
    Try("tamu", "nobody all tickets", "select * from ticket", NOTHING),
    Try("tamu", "nobody all packages", "select * from package", NOTHING),
    Try("baru", "who must change his password", "select * from berkas", NOTHING),
    Try("titipan", "whose password the administrator knows", "select * from berkas", NOTHING),
    Try("calon", "a Kadis whom nobody confirmed", "select * from berkas", NOTHING),
    Try("lama", "a Plh whose days are over", "select * from berkas", NOTHING),
    Try("pos", "the mailer what is not to be sent", "select * from berkas where id in (:entri, :draf, :ktp, :di_kasi, :di_kabid, :di_kadis)", NOTHING),
    Try("dedi", "bytes of which he knows the hash", "select * from blob where sha256 = :blob_di_kabid", NOTHING),
)
TRICKS = (
    Try("tono", "no row security", ("set row_security = off", "select * from berkas"), "42501 would be affected by row-level security"),
    Try("admin", "no row security", ("set row_security = off", "select * from paraf"), "42501 would be affected by row-level security"),
    Try("tono", "row security off for a COPY", ("set row_security = off", "copy berkas to stdout"), "42501 would be affected by row-level security"),
    Try("tono", "a comparison that tells by an error", "select 1 / (case when husband_nik = :nik_draf then 0 else 1 end) from berkas where id = :draf", NOTHING),
    Try("tono", "a cast that tells by an error", "select husband_name::integer from berkas where id = :draf", NOTHING),
    Try("tono", "the condition first, by a division", "select id from berkas where 1 / (case when husband_nik = :nik_draf then 0 else 1 end) = 1 and id = :draf", NOTHING),
    Try("tono", "a function that is cheap enough to come first", "select id from berkas where length(husband_name) / (id - :draf) > 0 and id = :draf", NOTHING),
    Try("tono", "through a prepared statement", ("prepare p as select * from berkas where id = :entri", "execute p"), NOTHING),
    Try("tono", "through a prepared statement with a generic plan",
        ("set plan_cache_mode = force_generic_plan", "prepare p(bigint) as select * from entry where berkas_id = $1", "execute p(:entri)"), NOTHING),
    Try("tono", "through a cursor that outlives its transaction", ("declare c scroll cursor with hold for select * from entry where berkas_id = :entri", "fetch all c"), NOTHING),
    Try("tono", "as XML", "select x from query_to_xml('select * from berkas where id = 3', false, true, '') x where x::text like '%<row%'", NOTHING),
    Try("tono", "a whole schema as XML", "select x from schema_to_xml('pelita3', false, true, '') x where x::text like '%YOHANES DRAF%'", NOTHING),
    Try("tono", "what the planner knows", "select * from pg_stats where schemaname = 'pelita3' and tablename in ('berkas', 'entry', 'contact', 'paraf')", NOTHING),
    Try("tono", "what the planner knows of the names' index", "select * from pg_stats where tablename = 'berkas_names'", NOTHING),
    Try("tono", "the planner's own table", "select * from pg_statistic", "42501 permission denied for table pg_statistic"),
    Try("tono", "TOAST tables", "select count(*) from pg_toast.pg_toast_1262", "42501 permission denied for schema pg_toast"),
    Try("tono", "other sessions' questions", "select query from pg_stat_activity where query not like '%<insufficient privilege>%' and usename not in ('p_tono') and query <> ''", NOTHING),
    Try("tono", "from which PC the others work", "select client_addr from pg_stat_activity where usename <> 'p_tono' and client_addr is not null", NOTHING),
    Try("tono", "secrets of passwords", "select rolpassword from pg_authid", "42501 permission denied for table pg_authid"),
    Try("admin", "secrets of passwords, as administrator", "select passwd from pg_shadow", "42501 permission denied for view pg_shadow"),
    Try("tono", "secrets in the view for all", "select rolpassword from pg_roles where rolpassword <> '********'", NOTHING),
    Try("tono", "a file of the server", "select pg_read_file('/etc/passwd')", "42501 permission denied for function pg_read_file"),
    Try("tono", "the server's log", "select pg_ls_logdir()", "42501 permission denied for function pg_ls_logdir"),
    Try("tono", "the doors", "select * from pg_hba_file_rules", "42501 permission denied for view pg_hba_file_rules"),
    Try("tono", "a file by COPY", "copy (select 1) to '/tmp/x'", "42501 must be superuser or have privileges of the pg_write_server_files"),
    Try("tono", "a program by COPY", "copy (select 1) to program 'id'", "42501 must be superuser or have privileges of the pg_execute_server_program"),
    Try("admin", "a program by COPY, as administrator", "copy ticket from program 'id'", "42501 must be superuser or have privileges of the pg_execute_server_program"),
    Try("tono", "a dump of the sequence", "select * from berkas_id_seq", "42501 permission denied for sequence berkas_id_seq"),
    Try("tono", "what others may do", "select * from standing where login <> 'tono'", NOTHING),
    Try("tono", "what all may do", "select * from stands", "42501 permission denied for view stands"),
    Try("tono", "the queue of mails", "select * from outbox_waiting", NOTHING),
    Try("rina", "the hall's counters", "select * from ticket_counter", "42501 permission denied for table ticket_counter"),
    Try("rina", "the seals", "select * from seal_part", NOTHING),
    Try("rina", "what the seals are made of", "select * from seal_line", "42501 permission denied for view seal_line"),
    Try("rina", "others' log-ins", "select * from login_attempt where login <> 'rina'", NOTHING),
    Try("rina", "why somebody is absent", "select * from absence", NOTHING),
    Try("rina", "who took the log out", "select * from log_export", NOTHING),
    Try("rina", "what the others read", "select * from reading", NOTHING),
    Try("meri", "the administrator's view of the log", "select * from reading", NOTHING),
    Try("rina", "the log by a condition that tells by an error", "select * from reading where 1 / (berkas_id - berkas_id) = 1", NOTHING),
    Try("rina", "the names beside the heads", "select * from berkas_party", "42501 permission denied for table berkas_party"),
    Try("admin", "how many files are under way, as somebody else", ("set role pelita3_officer", "select count(*) from berkas"), [(0,)]),
)
FUNCTIONS = (
    Try("rina", "cards without contents by the auditor's function", "select * from evidence_lines(1, 100)", "P3403 seal"),
    Try("meri", "heads by the auditor's function", "select * from evidence_heads(1, 100)", "P3403 seal"),
    Try("rina", "how many files there are", "select * from evidence_size()", "P3403 seal"),
    Try("admin", "everything at once by the auditor's function", "select * from evidence_lines(1, 1000000)", "P3400 range"),
    Try("tamu", "how many files stand where", "select * from stage_counts()", NOTHING),
    Try("tamu", "where files are", "select * from where_now(array[1, 2, 3])", NOTHING),
    Try("rina", "where all files are", "select * from where_now(array(select generate_series(1, 501)::bigint))", NOTHING),
    Try("tono", "who else has this NIK, for a file that is not his", "select files_with_nik(:entri, :nik_draf)", "P3403 read"),
    Try("tono", "who else has this NIK, asked aside", "select ask_nik(:entri, :nik_draf)", "P3403 read"),
    Try("admin", "a search by the administrator", "select search_files('nama', 'SITORUS')", "P3403 read"),
    Try("audi", "a search by the auditor", "select search_files('NIK', :nik_draf)", "P3403 read"),
    Try("pos", "a search by the mailer", "select search_files('nama', 'SITORUS')", "P3403 read"),
    Try("calon", "a search by a Kadis whom nobody confirmed", "select search_files('nama', 'SITORUS')", "P3403 read"),
    Try("baru", "a search by who must change his password", "select search_files('nama', 'SITORUS')", "P3403 read"),
    Try("rina", "a helper of the guard: who had a hand in it", "select had_a_hand(:di_kabid, ',entri,')", "42501 permission denied for function had_a_hand"),
    Try("rina", "a helper of the guard: may she administer", "select may_administer()", "42501 permission denied for function may_administer"),
    Try("rina", "a judge called by hand", "select judge_paraf()", "42501 permission denied for function judge_paraf"),
    Try("rina", "the mover called by hand", "select move_berkas()", "42501 permission denied for function move_berkas"),
    Try("rina", "a chain of her own", "select chained('', '')", "42501 permission denied for function chained"),
    Try("rina", "a table closed anew", "call close_table('paraf')", "42501 permission denied for procedure close_table"),
    Try("rina", "an unmet need of a hidden file", "select is_met(b, 'seen') from berkas b where id = :di_kadis and holder = 'x'", NOTHING),
)
HONEST = (
    Honest("tono", "sees the Kasi's desk", "select count(*) from berkas where id in (:ke_kasi, :di_kasi, :unread)", [(3,)]),
    Honest("dedi", "sees the FO's desk and what was delivered", "select count(*) from berkas where id in (:diajukan, :entri, :selesai)", [(3,)]),
    Honest("dedi", "sees the bytes of his desk", "select count(*) from blob where sha256 = :blob_draf", [(1,)]),
    Honest("meri", "sees her card", "select count(*) from paraf where berkas_id = :di_kabid", [(9,)]),
    Honest("pos", "sees what is to be sent", "select count(*) from berkas where id = :tertanda", [(1,)]),
    Honest("audi", "recomputes chains without contents", "select count(*) from evidence_lines(:entri, :entri)", [(3,)]),
    Honest("admin", "reads the log", "select count(*) > 0 from reading", [(True,)]),
    Honest("rina", "sees who works here", "select name from officer where login = 'meri'", [("Meri Anggraini, S.H.",)]),
)
# fmt: on


@pytest.mark.parametrize("attempt", [*FOREIGN, *TRICKS, *FUNCTIONS], ids=str)
def test_refused(fort: Fort, attempt: Try) -> None:
    attempt.met_by(fort)


@pytest.mark.parametrize("command", HONEST, ids=str)
def test_the_right_officer_sees(fort: Fort, command: Honest) -> None:
    command.done_at(fort)


def test_a_copy_holds_no_more_than_the_officer_sees(fort: Fort) -> None:
    connection = fort.seat("tono")
    with connection.cursor().copy("copy (select id from berkas) to stdout") as copied:
        taken = {int(line) for (line,) in copied.rows()}
    assert taken == {i for (i,) in connection.execute("select id from berkas")}
    assert fort.names["entri"] not in taken


def test_what_the_auditor_is_given_holds_nobodys_name(fort: Fort) -> None:
    for login in ("admin", "audi"):
        for function in ("evidence_heads", "evidence_lines", "evidence_lost"):
            assert not PERSONAL.search(repr(fort.do(login, f"select * from {function}(1, 1000)")))


def test_a_step_that_is_taken_back_shows_nothing(fort: Fort) -> None:
    """Cancel a hidden file, read it as one's own, and roll back: nobody would ever know."""
    connection = fort.seat("tono")
    with connection.transaction(force_rollback=True):
        connection.execute(fort.filled(step("entri", "batalkan", "KASI", "hanya ingin tahu")))
        for table in ("berkas", "paraf", *CONTENTS):
            key = "id" if table == "berkas" else "berkas_id"
            mine = " and actor <> 'tono'" if table == "paraf" else ""
            assert rows(connection.execute(fort.filled(f"select * from {table} where {key} = :entri{mine}"))) == []


def test_a_returning_clause_shows_his_own_line_and_no_more(fort: Fort) -> None:
    connection = fort.seat("tono")
    with connection.transaction(force_rollback=True):
        asked = step("entri", "batalkan", "KASI", "hanya ingin tahu")
        (line,) = rows(connection.execute(fort.filled(asked + " returning to_jsonb(paraf)")))
    assert line[0]["actor"] == "tono"
    assert not PERSONAL.search(repr(line))


@pytest.mark.parametrize("table", [*CONTENTS, *VIEWS])
def test_contents_of_other_desks(fort: Fort, table: str) -> None:
    question = f"select count(*) from {table} where {HIDDEN}"
    assert fort.one(question) > 0, "there is something to hide"
    assert fort.do("tono", question) == [(0,)]
