"""The kiosk draws tickets and the screen shows numbers; whoever steals their passwords has nothing else."""

from __future__ import annotations

import psycopg
import pytest

from tests.attacks.fort import Fort
from tests.attacks.honest import step
from tests.attacks.tries import NOTHING, PERSONAL, Honest, Try

FILES = (
    "berkas",
    "paraf",
    "entry",
    "contact",
    "paper",
    "blob",
    "note",
    "outbox",
    "package",
    "read_log",
    "office",
    "login_attempt",
)

# fmt: off
KIOSK = (
    *(Try("kios", f"looks into {t}", f"select * from {t}", f"42501 permission denied for table {t}") for t in FILES),
    Try("kios", "tickets of the counter", "select * from ticket where made_by <> 'kios'", NOTHING),
    Try("kios", "who works here", "select * from officer where login <> 'kios'", NOTHING),
    Try("kios", "who is what", "select * from role_in_force where login <> 'kios'", NOTHING),
    Try("kios", "whose password is new", "select * from password where login <> 'kios'", NOTHING),
    Try("kios", "who appointed whom", "select * from assignment where login <> 'kios'", NOTHING),
    Try("kios", "calls a number", "insert into queue_event(ticket_id, event, place, key) values (:called, 'RECALLED', 'Loket', :key)", "42501 permission denied for table queue_event"),
    Try("kios", "registers a file", "insert into berkas(sop, channel, ticket_id, key, client) values (:sop, 'OFFLINE', :t_diajukan, :key, 1)", "42501 permission denied for table berkas"),
    Try("kios", "signs a step", step("diajukan", "panggil", "FO"), "42501 permission denied for table paraf"),
    Try("kios", "a ticket with a number it likes", "insert into ticket(service, key, number) values ('A', :key, 7)", "42501 permission denied for table ticket"),
    Try("kios", "a ticket of tomorrow", "insert into ticket(service, key, day) values ('A', :key, '2999-01-01')", "42501 permission denied for table ticket"),
    Try("kios", "a ticket with letters", "insert into ticket(service, key) values ('AB', :key)", "P3422 service"),
    Try("kios", "a ticket with a prefix it likes", "insert into ticket(prefix, key) values ('A', :key)", "42501 permission denied for table ticket"),
    Try("kios", "a number torn up", "delete from ticket", "42501 permission denied for table ticket"),
    Try("kios", "more than a hall can", "insert into ticket(service, key) select 'K', 'kios-penuh-' || g from generate_series(1, 21) g", "P3403 too_many"),
    Try("kios", "searches", "select search_files('nama', 'SITORUS')", "42501 permission denied for function search_files"),
    Try("kios", "how many files stand where", "select * from stage_counts()", "42501 permission denied for function stage_counts"),
    Try("kios", "its own password by the function", "select adm.change_my_password('x', 'x')", "42501 permission denied for schema adm"),
    Try("kios", "a role for itself", "insert into assignment(login, role, key) values ('kios', 'FO', :key)", "42501 permission denied for table assignment"),
    Try("kios", "the officers' group", "set role pelita3_officer", "42501 permission denied to set role"),
    Try("kios", "holds the counter on a picture that stands still",
        ("begin isolation level serializable", "insert into ticket(service, key) values ('K', :key)"), "P3400 isolation"),
)
SCREEN = (
    *(Try("layar", f"looks into {t}", f"select * from {t}", f"42501 permission denied for table {t}") for t in (*FILES, "ticket", "officer", "assignment", "password")),
    Try("layar", "draws a ticket", "insert into ticket(service, key) values ('A', :key)", "42501 permission denied for table ticket"),
    Try("layar", "calls a number", "insert into queue_event(ticket_id, event, place, key) values (:called, 'RECALLED', 'Loket', :key)", "42501 permission denied for table queue_event"),
    Try("layar", "calls through its view", "insert into tv_call(prefix, number) values ('A', 1)", "55000 cannot insert into view"),
    Try("layar", "which ticket became a file", "select * from ticket_used", "42501 permission denied for view ticket_used"),
    Try("layar", "what a call's ticket is, by a condition that tells", "select * from tv_call where 1 / (number - number) = 1", "22012 division by zero"),
    Try("layar", "signs a step", step("diajukan", "panggil", "FO"), "42501 permission denied for table paraf"),
    Try("layar", "the officers' group", "set role pelita3_officer", "42501 permission denied to set role"),
)
HONEST = (
    Honest("kios", "draws a ticket", "insert into ticket(service, key) values ('K', :key)"),
    Honest("kios", "draws one and prints it", ("insert into ticket(service, key) values ('K', :key)", "select prefix, number from ticket where made_by = 'kios' order by id desc limit 1"), [("K", 1)]),
    Honest("kios", "knows what it is", "select role from my_role", [("KIOSK",)]),
    Honest("kios", "sees how many wait", "select label, waiting from queue_load where service = 'K'", [("Layanan K", 0)]),
    Honest("layar", "shows calls", "select distinct prefix, place from tv_call where place = 'Loket selesai'", [("A", "Loket selesai")]),
    Honest("layar", "shows how many wait", "select label, waiting from queue_load where service = 'K'", [("Layanan K", 0)]),
)
# fmt: on


@pytest.mark.parametrize("attempt", [*KIOSK, *SCREEN], ids=str)
def test_refused(fort: Fort, attempt: Try) -> None:
    attempt.met_by(fort)


@pytest.mark.parametrize("command", HONEST, ids=str)
def test_the_machine_does_its_one_thing(fort: Fort, command: Honest) -> None:
    command.done_at(fort)


@pytest.mark.parametrize("machine", ["kios", "layar"])
def test_a_machine_has_two_connections(fort: Fort, machine: str) -> None:
    fort.leave(machine)
    with fort.officer(machine), fort.officer(machine), pytest.raises(psycopg.OperationalError, match="too many"):
        fort.knock(machine)


def test_the_screen_shows_a_number_and_a_place_only(fort: Fort) -> None:
    columns = fort.seat("layar").execute("select * from tv_call").description
    assert columns is not None
    assert [c.name for c in columns] == ["id", "ticket_id", "event", "prefix", "number", "place", "at_us", "state"]


# --- all there is, also what comes tomorrow

EVERYBODYS = {
    "calendar_day", "calendar_year", "current_service", "lists_version", "office_face", "office_period", "queue_load",
    "queue_rule", "queue_service", "queue_setting", "requirement", "schema_version", "sop", "sop_need", "sop_stage",
    "sop_step", "sop_way", "sop_who", "sop_writable",
}  # fmt: skip
ITS_OWN = {
    "active_officer", "assignment", "assignment_end", "away", "duty_confirm", "my_role", "officer", "officer_state",
    "password", "role_in_force", "standing", "ticket", "ticket_estimate", "ticket_paper",
}  # fmt: skip
READS = {"kios": EVERYBODYS | ITS_OWN, "layar": EVERYBODYS | {"tv_call"}}
INSERTS = {
    "kios": {
        "ticket(booking_id, key, priority, service)", "ticket_estimate(high, key, low, ticket_id)",
        "ticket_paper(ahead, key, reason, state, ticket_id)",
    },
    "layar": set(),
}  # fmt: skip
ASKS = {
    "actor()", "frozen()", "has_role(text)", "my_roles()", "now_us()", "ns(bigint)", "ns(text)",
    "sha256hex(bytea)", "sha256hex(text)", "read_committed()", "refuse(text,text)",
    "report_device(text,text,text,text)", "stamp()", "today()", "wib_minute(bigint)",
}  # fmt: skip
CALLS = {"kios": ASKS | {"find_booking(text)", "paper_word(bigint)"}, "layar": ASKS}
HERE = "('pelita3'::regnamespace, 'adm'::regnamespace)"
KINDS = "('r', 'v', 'm', 'f', 'p')"


def named(fort: Fort, question: str) -> set[str]:
    return {name for (name,) in fort.su.execute(question.encode())}


@pytest.mark.parametrize("machine", ["kios", "layar"])
def test_all_that_a_machine_may_read_add_and_ask_is_written_here(fort: Fort, machine: str) -> None:
    me = f"'p_{machine}'"
    tables = f"pg_class c where relnamespace in {HERE} and relkind in {KINDS}"
    reads = named(fort, f"select relname from {tables} and has_any_column_privilege({me}, c.oid, 'SELECT')")
    assert reads == READS[machine]
    columns = (
        "select relname || '(' || string_agg(attname, ', ' order by attname) || ')' from pg_attribute a "
        f"join {tables.replace(' where', ' on c.oid = attrelid where')} and attnum > 0 "
        f"and has_column_privilege({me}, c.oid, attnum, 'INSERT') group by relname"
    )
    assert named(fort, columns) == INSERTS[machine]
    calls = (
        f"select p.oid::regprocedure::text from pg_proc p where pronamespace in {HERE} "
        f"and has_function_privilege({me}, p.oid, 'EXECUTE')"
    )
    assert named(fort, calls) == CALLS[machine]


@pytest.mark.parametrize("machine", ["kios", "layar"])
def test_all_that_a_machine_may_read_names_nobody(fort: Fort, machine: str) -> None:
    """Of the office's people it learns at most the name under which the administrator made the hall's rules."""
    people = {login for (login,) in fort.su.execute("select login from officer")} - {machine, "admin"}
    seat = fort.seat(machine)
    for table in sorted(READS[machine]):
        seen = {str(value) for row in seat.execute(f"select * from {table}".encode()) for value in row}
        assert not PERSONAL.search("|".join(seen)), table
        assert not seen & people, table
