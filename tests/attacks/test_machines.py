"""The kiosk draws tickets and the screen shows numbers; whoever steals their passwords has nothing else."""

from __future__ import annotations

import psycopg
import pytest

from tests.attacks.fort import Fort
from tests.attacks.honest import step
from tests.attacks.tries import NOTHING, Honest, Try

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
