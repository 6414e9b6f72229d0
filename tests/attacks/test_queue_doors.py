"""The queue besieged: the kiosk, the screen, an officer of the counter, others and strangers, and every refusal there is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from app.errors import Unavailable
from app.models.guards import runner
from app.services import evidence
from tests.attacks.fort import Fort, founded, rows, verifier
from tests.attacks.honest import Walker
from tests.attacks.tries import NOTHING, Honest, Try
from tests.support.invariants import overseeing

# fmt: off
HIDDEN = ("queue_event", "queue_counter", "booking", "booking_cancel", "device_state", "booking_slot", "ticket_counter")
"""From both machines."""
TABLES = (*HIDDEN, "queue_rule", "queue_service", "queue_setting", "ticket_estimate", "ticket_paper", "ticket")
GUARDS = (
    ("next_ticket", "'Loket 3'"), ("close_days", ""), ("queue_number", "'fair', 3"), ("keep_ticket", ""), ("judge_ticket", ""),
    ("judge_booking", ""), ("judge_booking_cancel", ""), ("judge_queue_event", ""), ("judge_estimate", ""), ("judge_ticket_paper", ""),
)
EVENT = "insert into queue_event(ticket_id, event, place, reason, key) values "
CALLED = EVENT + "({}, 'CALLED', 'Loket 3', '{}', :key)"
RECALL = EVENT + "(:called, 'RECALLED', 'Loket 3', '', :key)"
UNDO = EVENT + "(:called, 'UNDONE', 'Loket 3', '', :key)"
SENT = "insert into queue_event(ticket_id, event, place, reason, to_service, key) values (:called, 'TRANSFERRED', 'Loket 3', 'salah loket', '{}', :key)"
TICKET = "insert into ticket(service, key) values ('A', :key)"
OWN = "(select max(id) from ticket)"
MINE = f"insert into ticket_estimate(ticket_id, low, high, key) values ({OWN}, 0, 15, :key)"
PAPER = "insert into ticket_paper(ticket_id, state, key) values ({}, '{}', :key)"
BOOKING = "insert into booking(source, external_ref, day, slot_us, service, key) values ('mpp', '{}', {}, {}, '{}', :key)"
CANCEL = "insert into booking_cancel(booking_id, why, key) values ({}, 'diminta pemohon', :key)"
DENIED = "42501 permission denied for {} {}"


def no(kind: str, name: str) -> str:
    return DENIED.format(kind, name)


def locked(machine: str) -> Iterator[Try]:
    """What a machine can do to no table, and no function of the guards'."""
    for table in TABLES:
        yield Try(machine, f"empties {table}", f"delete from {table}", no("table", table))
        yield Try(machine, f"empties {table} at a stroke", f"truncate {table}", no("table", table))
        yield Try(machine, f"keeps {table} for itself", ("begin", f"lock table {table} in access exclusive mode"), no("table", table))
    yield Try(machine, "a service less", "delete from current_service", no("view", "current_service"))
    for function, arguments in GUARDS:
        yield Try(machine, f"asks the guards' own {function}", f"select {function}({arguments})", no("function", function))


KIOSK = (
    *(Try("kios", f"looks into {t}", f"select * from {t}", no("table", t)) for t in HIDDEN),
    *locked("kios"),
    Try("kios", "calls the next", EVENT + "(null, 'CALLED', 'Loket 3', '', :key)", no("table", "queue_event")),
    Try("kios", "a number it likes", "insert into ticket(service, number, key) values ('A', 7, :key)", no("table", "ticket")),
    Try("kios", "a prefix it likes", "insert into ticket(service, prefix, key) values ('A', 'Z', :key)", no("table", "ticket")),
    Try("kios", "a number that is served already", "insert into ticket(service, state, key) values ('A', 'SERVING', :key)", no("table", "ticket")),
    Try("kios", "a number that came yesterday", "insert into ticket(service, queued_us, key) values ('A', 1, :key)", no("table", "ticket")),
    Try("kios", "a number that is closed by hand", "update ticket set state = 'DONE'", no("table", "ticket")),
    Try("kios", "a service nobody offers", "insert into ticket(service, key) values ('Z', :key)", "P3422 service"),
    Try("kios", "a service that is closed", "insert into ticket(service, key) values ('E', :key)", "P3422 service"),
    Try("kios", "a booking that is not there", "insert into ticket(booking_id, key) values (4711, :key)", "P3422 booking"),
    Try("kios", "a booking that was cancelled", "insert into ticket(booking_id, key) values (:b_cancelled, :key)", "P3422 booking"),
    Try("kios", "a booking that came already", "insert into ticket(booking_id, key) values (:b_used, :key)", "P3409 booking"),
    Try("kios", "a booking of another day", "insert into ticket(booking_id, key) values (:b_tomorrow, :key)", "P3422 booking_day"),
    Try("kios", "a booking hours too early", "insert into ticket(booking_id, key) values (:b_later, :key)", "P3422 booking_early"),
    Try("kios", "a booking hours too late", "insert into ticket(booking_id, key) values (:b_missed, :key)", "P3422 booking_late"),
    Try("kios", "all bookings, by guessing with a wildcard", "select * from find_booking('%')", NOTHING),
    Try("kios", "another's numbers", "select * from ticket where made_by <> 'kios'", NOTHING),
    Try("kios", "an estimate for another's number", "insert into ticket_estimate(ticket_id, low, high, key) values (:waiting, 0, 5, :key)", "P3403 ticket"),
    Try("kios", "a hall full of numbers", "insert into ticket(service, key) select 'A', 'kios-penuh-' || g from generate_series(1, 21) g", "P3403 too_many"),
    Try("kios", "another rule", "insert into queue_setting(data, key) values ('{\"fair\": 1}', :key)", no("table", "queue_setting")),
    Try("kios", "another service", "insert into queue_service(service, label, key) values ('A', 'Gratis', :key)", no("table", "queue_service")),
    Try("kios", "another table of rules", "insert into queue_rule values ('WAITING', 'DONE', 'DONE', 0, 0)", no("table", "queue_rule")),
    Try("kios", "a number taken back", "delete from ticket", no("table", "ticket")),
    Try("kios", "a service whose numbers are all given", "insert into ticket(service, key) values ('G', :key)", "P3422 quota"),
    Try("kios", "somebody more than first", "insert into ticket(service, priority, key) values ('A', 2, :key)", "23514 ticket_priority_check"),
    Try("kios", "two estimates", ("begin", TICKET, MINE, MINE), "23505 ticket_estimate_pkey"),
    Try("kios", "an estimate that runs backwards", ("begin", TICKET, MINE.replace("0, 15", "15, 0")), "23514 ticket_estimate_check"),
    Try("kios", "a word on another's paper", PAPER.format(":waiting", "OUT"), "P3403 ticket"),
    Try("kios", "a word on a paper that is not there", PAPER.format("4711", "OUT"), "P3403 ticket"),
    Try("kios", "another's papers", "select * from ticket_paper where made_by <> 'kios'", NOTHING),
    Try("kios", "what became of another's paper", "select paper_word(:waiting)", [(None,)]),
    Try("kios", "a word nobody knows", ("begin", TICKET, PAPER.format(OWN, "GOLD")), "23514 limit_ticket_paper_state"),
    Try("kios", "a word in another's name",
        "insert into ticket_paper(ticket_id, state, made_by, key) values (:waiting, 'OUT', 'rina', :key)", no("table", "ticket_paper")),
    Try("kios", "a word taken back", "update ticket_paper set state = 'OUT'", no("table", "ticket_paper")),
    Try("kios", "a word taken back by its key", PAPER.format(":waiting", "OUT") + " on conflict (key) do update set state = 'OUT'", no("table", "ticket_paper")),
    Try("kios", "more words than a paper has",
        ("begin", TICKET, f"insert into ticket_paper(ticket_id, state, key) select {OWN}, 'FAILED', 'kertas-kios-' || g from generate_series(1, 21) g"),
        "P3403 too_many"),
    Try("kios", "more machines than a hall has", "select report_device('Kios ' || g, 'KIOSK', 'OK', '') from generate_series(1, 21) g", "P3403 too_many"),
)
SCREEN = (
    *(Try("layar", f"looks into {t}", f"select * from {t}", no("table", t)) for t in (*HIDDEN, "ticket", "ticket_estimate", "ticket_paper")),
    *locked("layar"),
    Try("layar", "draws a number", TICKET, no("table", "ticket")),
    Try("layar", "calls", CALLED.format(":waiting", "layar"), no("table", "queue_event")),
    Try("layar", "calls through its view", "insert into tv_call(prefix, number) values ('A', 1)", "55000 cannot insert into view"),
    Try("layar", "who booked", "select * from find_booking('MPP-1')", no("function", "find_booking")),
    Try("layar", "which ticket's file", "select * from ticket_used", no("view", "ticket_used")),
    Try("layar", "what a call says, by a condition that tells", "select * from tv_call where 1 / (number - number) = 1", "22012 division by zero"),
    Try("layar", "what became of a paper", "select paper_word(:waiting)", no("function", "paper_word")),
    Try("layar", "says a paper is out", PAPER.format(":waiting", "OUT"), no("table", "ticket_paper")),
    Try("layar", "another rule", "insert into queue_setting(data, key) values ('{}', :key)", no("table", "queue_setting")),
    Try("layar", "another service", "insert into queue_service(service, label, key) values ('A', 'Gratis', :key)", no("table", "queue_service")),
    Try("layar", "an estimate", "insert into ticket_estimate(ticket_id, low, high, key) values (:waiting, 0, 5, :key)", no("table", "ticket_estimate")),
)
CLERK = (
    Try("dedi", "another counter's visitor", EVENT + "(:called, 'DONE', 'Loket 4', '', :key)", "P3409 called"),
    Try("dedi", "takes back another's call", EVENT + "(:called, 'UNDONE', 'Loket 3', '', :key)", "P3409 undo"),
    Try("rina", "a second visitor", EVENT + "(null, 'CALLED', 'Loket 3', '', :key)", "P3409 place"),
    Try("dedi", "somebody out of turn, without a word", CALLED.replace("Loket 3", "Loket 4").format(":waiting", ""), "P3422 reason"),
    Try("dedi", "from no counter", EVENT + "(null, 'CALLED', '  ', '', :key)", "P3422 place"),
    Try("dedi", "serves who was not called", EVENT + "(:waiting, 'STARTED', 'Loket 4', '', :key)", "P3409 queue"),
    Try("dedi", "brings back who is gone", CALLED.replace("Loket 3", "Loket 4").format(":done", "lagi"), "P3409 queue"),
    Try("dedi", "ends a number by hand", EVENT + "(:waiting, 'EXPIRED', 'Loket 4', '', :key)", "P3403 ticket"),
    Try("dedi", "an event nobody knows", EVENT + "(:waiting, 'JUMPED', 'Loket 4', 'lari', :key)", "P3409 queue"),
    Try("dedi", "the end of the day's own key", EVENT + "(null, 'CALLED', 'Loket 4', '', 'akhir-hari-1')", "P3400 key"),
    Try("dedi", "a visitor who is not there", EVENT + "(4711, 'CALLED', 'Loket 4', 'siapa', :key)", "P3403 ticket"),
    Try("dedi", "an event in another's name", "insert into queue_event(ticket_id, event, place, made_by, key) values (:waiting, 'CALLED', 'Loket 4', 'rina', :key)", no("table", "queue_event")),
    Try("dedi", "an event of yesterday", "insert into queue_event(ticket_id, event, place, made_us, key) values (:waiting, 'CALLED', 'Loket 4', 1, :key)", no("table", "queue_event")),
    Try("dedi", "another state by hand", "update ticket set state = 'WAITING', queued_us = 1 where id = :waiting", no("table", "ticket")),
    Try("dedi", "the event mended afterwards", "update queue_event set reason = 'sah'", no("table", "queue_event")),
    Try("dedi", "the event gone", "delete from queue_event", no("table", "queue_event")),
    Try("dedi", "another rule for all", "insert into queue_setting(data, key) values ('{\"fair\": 1}', :key)", "P3403 admin"),
    Try("dedi", "a service of his own", "insert into queue_service(service, label, key) values ('F', 'Kawan', :key)", "P3403 admin"),
    Try("dedi", "his counter takes what is quick", "insert into queue_counter(place, services, key) values ('Loket 4', 'D', :key)", "P3403 admin"),
    Try("dedi", "a booking twice", "insert into booking(source, external_ref, day, slot_us, service, key) values ('mpp', 'MPP-later', today(), now_us(), 'A', :key)", "P3409 booking"),
    Try("dedi", "a booking that was used, cancelled", "insert into booking_cancel(booking_id, why, key) values (:b_used, 'salah', :key)", "P3409 booking"),
    Try("dedi", "the counter that gives numbers", "update ticket_counter set last = 0", no("table", "ticket_counter")),
    Try("dedi", "an estimate for another's number", "insert into ticket_estimate(ticket_id, low, high, key) values (:waiting, 0, 5, :key)", "P3403 ticket"),
    Try("dedi", "holds the hall on a picture that stands still",
        ("begin isolation level serializable", EVENT + "(null, 'CALLED', 'Loket 4', '', :key)"), "P3400 isolation"),
    Try("dedi", "waits inside a ticket with the counter in his hand", "select last from ticket_counter for update", no("table", "ticket_counter")),
    Try("dedi", "nobody at all, by something else than a call", EVENT + "(null, 'DONE', 'Loket 4', '', :key)", "P3400 ticket"),
    Try("dedi", "whoever waits for no service of his", EVENT + "(null, 'CALLED', 'Loket 9', '', :key)", "P3409 empty"),
    Try("rina", "a second visitor, by name", CALLED.format(":waiting", "lansia"), "P3409 place"),
    Try("dedi", "another counter's visitor, called once more", CALLED.replace("Loket 3", "Loket 4").format(":called", "lansia"), "P3409 called"),
    Try("rina", "holds without a word", EVENT + "(:called, 'HELD', 'Loket 3', '', :key)", "P3422 reason"),
    Try("dedi", "sends home without a word", EVENT + "(:waiting, 'CANCELLED', 'Loket 4', '  ', :key)", "P3422 reason"),
    Try("rina", "sends away to a service nobody knows", SENT.format("Z"), "P3422 service"),
    Try("rina", "sends away to a service that is closed", SENT.format("E"), "P3422 service"),
    Try("dedi", "who missed his call stands in front at once", EVENT + "(:absent, 'REJOINED', 'Loket 4', '', :key)", "P3422 rejoin"),
    Try("dedi", "takes back what nobody did", EVENT + "(:waiting, 'UNDONE', 'Loket 4', '', :key)", "P3409 undo"),
    Try("rina", "takes back twice", ("begin", RECALL, UNDO, UNDO), "P3409 undo"),
    Try("rina", "takes an end back to a counter that has its next one",
        ("begin", EVENT + "(:called, 'DONE', 'Loket 3', '', :key)", CALLED.format(":waiting", "uji"), UNDO), "P3409 place"),
    Try("dedi", "a number beyond the day's", "insert into ticket(service, key) values ('G', :key)", "P3422 quota"),
    Try("dedi", "a used booking once more", "insert into ticket(booking_id, key) values (:b_used, :key)", "P3409 booking"),
    Try("dedi", "one booking more than the hour has room",
        BOOKING.format("MPP-lagi", "today()", "(select slot_us from booking where external_ref = 'MPP-later')", "A"), "P3422 slot"),
    Try("dedi", "a booking for a service that is closed", BOOKING.format("MPP-lagi", "today()", "1", "E"), "P3422 service"),
    Try("dedi", "a booking for no day", BOOKING.format("MPP-lagi", "'besok'", "1", "A"), "23514 booking_day_check"),
    Try("dedi", "a cancelled booking, cancelled", CANCEL.format(":b_cancelled"), "P3409 booking"),
    Try("dedi", "room in an hour by hand", "update booking_slot set taken = 0", no("table", "booking_slot")),
    Try("dedi", "a machine's word by hand", "update device_state set state = 'OK'", no("table", "device_state")),
    Try("dedi", "a paper that was never out, mended", "update ticket_paper set state = 'OUT'", no("table", "ticket_paper")),
    Try("dedi", "a paper's word gone", "delete from ticket_paper", no("table", "ticket_paper")),
    Try("dedi", "a paper's word of yesterday", "insert into ticket_paper(ticket_id, state, made_us, key) values (:waiting, 'OUT', 1, :key)", no("table", "ticket_paper")),
    *(Try("dedi", f"asks the guards' own {f}", f"select {f}({a})", no("function", f)) for f, a in GUARDS),
)
OTHERS = (
    Try("yuni", "an editor calls", EVENT + "(null, 'CALLED', 'Loket 9', '', :key)", "P3403 ticket"),
    Try("zulfikar", "a head calls", EVENT + "(null, 'CALLED', 'Loket 9', '', :key)", "P3403 ticket"),
    Try("admin", "the administrator calls", EVENT + "(null, 'CALLED', 'Loket 9', '', :key)", "P3403 ticket"),
    Try("admin", "the administrator draws", TICKET, "P3403 ticket"),
    Try("zulfikar", "a head books", "insert into booking(source, external_ref, day, slot_us, service, key) values ('mpp', 'MPP-x', today(), now_us(), 'A', :key)", "P3403 booking"),
    Try("yuni", "an editor sees who booked", "select * from booking", NOTHING),
    *(Try("tamu", f"a guest looks into {t}", f"select * from {t}", NOTHING) for t in ("queue_event", "booking", "ticket", "device_state", "ticket_estimate", "ticket_paper")),
    Try("tamu", "a guest calls", EVENT + "(null, 'CALLED', 'Loket 9', '', :key)", "P3403 ticket"),
    Try("tamu", "a guest draws", TICKET, "P3403 ticket"),
    Try("tamu", "a guest finds a booking", "select * from find_booking('MPP-later')", NOTHING),
    Try("tamu", "a guest is a machine", "select report_device('Kios lobi', 'KIOSK', 'CALL', 'api')", "P3403 ticket"),
    Try("tamu", "a guest asks for a paper", "select paper_word(:waiting)", [(None,)]),
    *(Try(w, "a word on a paper", PAPER.format(":waiting", "OUT"), "P3403 ticket") for w in ("yuni", "zulfikar", "admin", "tamu")),
    Try("zulfikar", "a head cancels a booking", CANCEL.format(":b_later"), "P3403 booking"),
    Try("admin", "the letter of those who come first", "insert into queue_service(service, label, key) values ('P', 'Semua', :key)", "23514 queue_service_service_check"),
    Try("admin", "rules that are none", "insert into queue_setting(data, key) values ('gratis', :key)", "22P02 invalid input syntax for type json"),
    Try("admin", "fewer than no numbers", "insert into queue_service(service, label, quota, key) values ('A', 'Akta', -1, :key)", "23514 queue_service_quota_check"),
)
HONEST = (
    Honest("kios", "draws a number", TICKET),
    Honest("kios", "draws one and reads what to print", (TICKET, "select prefix, state, priority from ticket where made_by = 'kios' order by id desc limit 1"), [("A", "WAITING", 0)]),
    Honest("kios", "a priority one", ("insert into ticket(service, priority, key) values ('B', 1, :key)", "select prefix, service from ticket where made_by = 'kios' order by id desc limit 1"), [("P", "B")]),
    Honest("kios", "says what it estimated", (TICKET, "insert into ticket_estimate(ticket_id, low, high, key) values ((select max(id) from ticket), 0, 15, :key)")),
    Honest("kios", "checks a booking in", "insert into ticket(booking_id, key) values (:b_now, :key)"),
    Honest("kios", "finds the booking of whoever has its number", "select service from find_booking('MPP-later')", [("A",)]),
    Honest("kios", "says how it is", "select report_device('Kios lobi', 'KIOSK', 'OK', '')", [("",)]),
    Honest("kios", "tells how long it takes", "select count(*) from queue_load", [(5,)]),
    Honest("layar", "shows the calls", "select distinct prefix, place from tv_call where place = 'Loket 3'", [("A", "Loket 3")]),
    Honest("layar", "shows the office", "select count(*) from office_face", [(1,)]),
    Honest("rina", "serves whom she called", EVENT + "(:called, 'STARTED', 'Loket 3', '', :key)"),
    Honest("dedi", "calls the next", EVENT + "(null, 'CALLED', 'Loket 4', '', :key)"),
    Honest("dedi", "calls out of turn, with a word", CALLED.replace("Loket 3", "Loket 4").format(":waiting", "lansia")),
    Honest("dedi", "answers the kiosk's call", "select report_device('Kios lobi', 'KIOSK', 'OK', 'dijawab')", [("",)]),
    Honest("zulfikar", "counts the bookings that never came", "select count(*) > 0 from booking", [(True,)]),
    Honest("admin", "sets the rule", "insert into queue_setting(data, key) values ('{\"fair\": 4}', :key)"),
    Honest("kios", "says what becomes of its paper", (TICKET, PAPER.format(OWN, "ASKED"), PAPER.format(OWN, "OUT"))),
    Honest("kios", "knows what became of it", (TICKET, PAPER.format(OWN, "ASKED"), PAPER.format(OWN, "FAILED"), f"select paper_word({OWN})"), [("FAILED",)]),
    Honest("dedi", "prints whosever number again", PAPER.format(":waiting", "OUT")),
    Honest("dedi", "sees which paper is missing", "select state, reason from ticket_paper where ticket_id = :waiting order by id desc limit 1", [("FAILED", "kertas habis")]),
    Honest("rina", "holds with a word", EVENT + "(:called, 'HELD', 'Loket 3', 'fotokopi', :key)"),
    Honest("rina", "sends to another service", SENT.format("D")),
    Honest("rina", "takes her own press back", (RECALL, UNDO)),
    Honest("dedi", "lets back in who missed his call, after two others",
           (EVENT + "(null, 'CALLED', 'Loket 7', '', :key)", EVENT + "(null, 'CALLED', 'Loket 8', '', :key)", EVENT + "(:absent, 'REJOINED', 'Loket 4', '', :key)")),
    Honest("dedi", "cancels a booking", CANCEL.format(":b_later")),
)
ATTEMPTS = [*KIOSK, *SCREEN, *CLERK, *OTHERS]
# fmt: on


@pytest.fixture(scope="module")
def hall() -> Iterator[Fort]:
    """A server with a kiosk, a screen, and a morning in the hall; the clock of the kiosk's hours is opened wide."""
    try:
        made = founded()
    except Unavailable as e:
        pytest.skip(e.message)
    with made.cluster:
        try:
            _furnish(made)
            before = _standing(made)
            yield made
            assert _standing(made) == before, "whatever was tried, nothing stays"
            with overseeing(made.cluster.superuser_dsn("pelita3"), "pelita3"):
                report = evidence.verify_all(documents=True)
            assert (report.whole, report.files) == (True, 1), report.first
        finally:
            made.close()


def _furnish(fort: Fort) -> None:
    for login, kind, role in (("kios", "kiosk", "KIOSK"), ("layar", "display", "DISPLAY"), ("tamu", "officer", "")):
        secret = verifier(fort.su, login)
        fort.do(
            "admin",
            f"select adm.add_officer('{login}', 'Orang {login}', '', '', '', '', '{secret}', 0, '{kind}', :key)",
        )
        if role:
            fort.do("admin", f"insert into assignment(login, role, key) values ('{login}', '{role}', :key)")
    fort.do(
        "admin",
        'insert into queue_setting(data, key) values (\'{"opens": 0, "closes": 1440, "slot_quota": 1}\', :key)',
    )
    fort.do("admin", "insert into queue_service(service, label, active, key) values ('E', 'Legalisir', 0, :key)")
    fort.do("admin", "insert into queue_service(service, label, quota, key) values ('G', 'Langka', 1, :key)")
    fort.do("admin", "insert into queue_counter(place, services, key) values ('Loket 9', 'E', :key)")
    fort.names["sop"] = fort.one("select number from sop")
    Walker(fort, "berkas_uji").to("entri")
    fort.do("rina", "insert into ticket(service, key) values ('G', :key)")
    for name, hours, day in (
        ("now", 0, 0),
        ("later", 5, 0),
        ("missed", -5, 0),
        ("used", 0, 0),
        ("cancelled", 0, 0),
        ("tomorrow", 24, 1),
    ):
        fort.do("rina", "insert into booking(source, external_ref, day, slot_us, service, key) values "
                f"('mpp', 'MPP-{name}', (today()::date + {day})::text, now_us() + {hours} * 3600000000, 'A', :key)")  # fmt: skip
        fort.names[f"b_{name}"] = fort.one(f"select id from booking where external_ref = 'MPP-{name}'")
    fort.do("rina", "insert into ticket(booking_id, key) values (:b_used, :key)")
    fort.do("rina", "insert into booking_cancel(booking_id, why, key) values (:b_cancelled, 'diminta pemohon', :key)")
    for name in ("done", "called", "absent", "waiting"):
        fort.do("rina", "insert into ticket(service, key) values ('A', :key)")
        fort.names[name] = fort.one("select max(id) from ticket")
    fort.do("rina", CALLED.format(":done", "uji"))
    fort.do("rina", EVENT + "(:done, 'DONE', 'Loket 3', '', :key)")
    fort.do("rina", CALLED.format(":called", "uji"))
    fort.do("rina", CALLED.replace("Loket 3", "Loket 6").format(":absent", "uji"))
    fort.do("rina", EVENT + "(:absent, 'NO_SHOW', 'Loket 6', '', :key)")
    fort.do("rina", "insert into ticket_estimate(ticket_id, low, high, key) values (:waiting, 0, 15, :key)")
    fort.do("rina", PAPER.format(":waiting", "ASKED"))
    fort.do(
        "rina",
        "insert into ticket_paper(ticket_id, state, reason, key) values (:waiting, 'FAILED', 'kertas habis', :key)",
    )


def _standing(fort: Fort) -> tuple[object, ...]:
    """Every row of the queue but what machines said last."""
    tables = ("queue_rule", "queue_service", "queue_setting", "queue_counter", "booking", "booking_cancel", "queue_event",
              "ticket_estimate", "ticket_paper", "ticket", "ticket_counter", "booking_slot")  # fmt: skip
    return tuple(
        fort.one(f"select md5(coalesce(string_agg(t::text, '|' order by t::text), '')) from {t} t") for t in tables
    )


@pytest.mark.parametrize("attempt", ATTEMPTS, ids=str)
def test_refused(hall: Fort, attempt: Try) -> None:
    attempt.met_by(hall)


@pytest.mark.parametrize("command", HONEST, ids=str)
def test_who_may_goes_through(hall: Fort, command: Honest) -> None:
    command.done_at(hall)


def test_a_kiosk_outside_its_hours_gives_nothing_and_the_counter_still_does(hall: Fort) -> None:
    closed = 'insert into queue_setting(data, key) values (\'{"opens": 0, "closes": 0}\', :key)'
    minute = int(hall.one("select wib_minute(now_us())"))
    if minute == 0:
        pytest.skip("the one minute of the day in which these hours are open")
    with hall.su.transaction(force_rollback=True):
        hall.su.execute(hall.filled(closed))
        hall.su.execute("set local session authorization p_kios")
        with pytest.raises(psycopg.Error) as refused, hall.su.transaction():
            hall.su.execute(hall.filled(TICKET))
        assert refused.value.diag.message_primary == "P3422 closed"
        hall.su.execute("set local session authorization p_rina")
        assert hall.su.execute(hall.filled(TICKET)).rowcount == 1


def test_the_screen_learns_numbers_and_places_only(hall: Fort) -> None:
    seat = hall.seat("layar")
    columns = {
        view: [c.name for c in seat.execute(f"select * from {view}").description or []]
        for view in ("tv_call", "queue_load", "office_face")
    }
    assert columns["tv_call"] == ["id", "ticket_id", "event", "prefix", "number", "place", "at_us", "state"]
    assert not {"made_by", "reason", "booking_id", "code"} & set(columns["queue_load"])
    assert columns["office_face"] == ["name", "city", "short_name", "contact"]


def test_one_machine_does_not_speak_for_another(hall: Fort) -> None:
    seat = hall.seat("layar")
    with seat.transaction(force_rollback=True):
        hall.do("kios", "select report_device('Kios lobi', 'KIOSK', 'DOWN', 'kertas habis')")
        rows(seat.execute(hall.filled("select report_device('Kios lobi', 'KIOSK', 'OK', 'semua baik')")))
    assert hall.one("select state from device_state where name = 'Kios lobi'") == "DOWN"


@pytest.mark.parametrize(
    "text",
    [
        *(f"delete from {t}" for t in TABLES if t not in {"device_state", "booking_slot", "ticket_counter"}),
        *(f"truncate {t} cascade" for t in TABLES if t not in {"device_state", "booking_slot", "ticket_counter"}),
        "update ticket set number = 7 where id = :waiting",
        "update ticket set queued_us = 1 where id = :waiting",
        "update queue_event set made_by = 'dedi'",
        "update booking set slot_us = 1",
        "update ticket_paper set state = 'OUT'",
    ],
)
def test_not_even_the_superuser_by_accident(hall: Fort, text: str) -> None:
    with pytest.raises(psycopg.Error) as refused, hall.su.transaction(force_rollback=True):
        hall.su.execute(hall.filled(text))
    assert refused.value.diag.message_primary == ("P3423 frozen" if text.startswith("update") else "P3423 kept")


def test_every_refusal_of_the_queue_was_met(hall: Fort) -> None:
    """Read from the guards themselves: a new refusal without an attempt that meets it is found here."""
    files = [Path(p) for p in sorted(Path(runner.__file__).with_name("postgres").glob("00*.sql"))]
    text = "".join(p.read_text(encoding="utf-8") for p in files if p.name >= "0010")
    there = {" ".join(pair) for pair in re.findall(r"refuse\('(P3\d+)', '(\w+)'", text)}
    elsewhere = {"P3422 closed", "P3423 frozen"}
    assert len(there) > 20
    assert there - elsewhere == {t.meets for t in ATTEMPTS if isinstance(t.meets, str)} & there
    assert elsewhere <= there
