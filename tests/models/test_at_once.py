"""Many PCs at the same moment: every number once, every line once, and whoever comes second is told."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from app.errors import Conflict, Shown
from app.models import base
from app.models.tables_berkas import Berkas, Paraf, Ticket
from app.services import act as acting
from app.services import card, entry, intake, outbox, papers, queue
from app.services.berkas import Head
from app.services.case import with_value
from app.services.keys import new_key
from app.sop.model import Channel, Role
from app.sop.numbers import valid
from app.sop.pelita3 import PELITA3
from tests.support import line, walk
from tests.support.cases import case_pn
from tests.support.office import Clock, all_seeing, sit_down
from tests.support.ready import At


def at_once(*works: Callable[[], object]) -> list[object]:
    """What came of each, done by as many PCs in the same moment; refusals are among the results."""
    found: list[object] = [None] * len(works)
    ready = threading.Barrier(len(works))

    def pc(place: int, work: Callable[[], object]) -> None:
        with base.connected():
            ready.wait(30)
            try:
                found[place] = work()
            except Shown as shown:
                found[place] = shown

    threads = [threading.Thread(target=pc, args=(i, w)) for i, w in enumerate(works)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    return found


def one_and_conflicts(found: list[object], kind: type) -> None:
    """One of them did it; the others were told that somebody else had been faster."""
    assert sum(isinstance(f, kind) for f in found) == 1, found
    assert sum(isinstance(f, Conflict) for f in found) == len(found) - 1, found


def test_no_ticket_number_is_given_twice_and_none_is_left_out(office_db: Path, clock: Clock) -> None:
    clock.at = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
    sit_down(Role.FO)
    found = at_once(*(lambda s=s: line.number(service=s) for s in "AAAAAAAABBBB"))
    assert not [f for f in found if isinstance(f, Shown)]
    rows = list(Ticket.select().order_by(Ticket.prefix, Ticket.number))
    assert [(r.prefix, r.number) for r in rows] == [*(("A", n) for n in range(1, 9)), *(("B", n) for n in range(1, 5))]
    assert all(valid(r.code) for r in rows)
    assert {r.day for r in rows} == {"2026-11-23"}


def test_one_ticket_becomes_one_file_whoever_is_faster(office_db: Path) -> None:
    fo = sit_down(Role.FO)
    ticket = queue.call(line.number().id, fo.place, new_key(), line.OUT_OF_TURN)
    found = at_once(*[lambda: intake.register_ticket(PELITA3, fo, ticket.id, new_key())] * 4)
    one_and_conflicts(found, Head)
    assert Berkas.select().count() == 1


def test_one_application_comes_in_once_whoever_is_faster(office_db: Path) -> None:
    fo = sit_down(Role.FO)
    data = {"route": "PN", "external_ref": "ONL-1"}
    found = at_once(*[lambda: intake.receive_package(PELITA3, fo, "ONL-1", data, datetime.now(UTC), [], new_key())] * 3)
    one_and_conflicts(found, Head)
    assert Berkas.select().count() == 1


def test_files_made_at_once_have_their_own_numbers(office_db: Path) -> None:
    fo = sit_down(Role.FO)
    tickets = [line.called(fo).id for _ in range(6)]
    found = at_once(*(lambda t=t: intake.register_ticket(PELITA3, line.seat(fo, t), t, new_key()) for t in tickets))
    numbers = [f.number for f in found if isinstance(f, Head)]
    assert len(set(numbers)) == 6
    assert all(valid(n) for n in numbers)


def test_of_two_that_sign_the_same_line_one_is_told(file_at: At) -> None:
    file = file_at("KE_KASI")
    kasi = sit_down(Role.KASI)
    found = at_once(*[lambda: acting.act(kasi, file.id, "terima_kasi", file.n, new_key())] * 4)
    one_and_conflicts(found, acting.Moved)
    assert card.verify(file.id).whole
    assert Paraf.select().where(Paraf.berkas_id == file.id).count() == file.n + 1


def test_one_press_that_arrives_twice_at_once_is_one_line_for_both(file_at: At) -> None:
    file = file_at("KE_KASI")
    kasi, key = sit_down(Role.KASI), new_key()
    found = at_once(*[lambda: acting.act(kasi, file.id, "terima_kasi", file.n, key)] * 4)
    assert found == [found[0]] * 4
    assert isinstance(found[0], acting.Moved)
    assert Paraf.select().where(Paraf.key == key).count() == 1


def test_one_number_is_called_to_one_counter(office_db: Path) -> None:
    sit_down(Role.FO)
    ticket = line.number()
    places = ("Loket 3", "Loket 4", "Loket 5")
    found = at_once(*(lambda p=p: queue.call(ticket.id, p, new_key(), line.OUT_OF_TURN) for p in places))
    one_and_conflicts(found, queue.QueueTicket)


def test_two_revisions_of_one_entry_are_never_both_the_newest(office_db: Path) -> None:
    file = walk.new_file()
    fo = sit_down(Role.FO)
    cases = [with_value(case_pn(), "decision.number", f"{i}/Pdt.G/2026/PN Pbr") for i in range(4)]
    found = at_once(*(lambda c=c: entry.save(fo, file, c, 0, new_key()) for c in cases))
    one_and_conflicts(found, entry.Revision)
    assert [r.rev for r in entry.revisions(file.id)] == [1]


def test_the_same_scan_from_two_counters_is_kept_once(office_db: Path) -> None:
    files = [walk.new_file(), walk.new_file()]
    fo = sit_down(Role.FO)
    scan = papers.NewPaper("scan", "kk", "kk.pdf", walk.SCAN, 1)
    found = at_once(*(lambda f=f: papers.store(fo, f.id, scan, new_key()) for f in files))
    assert [isinstance(f, papers.PaperRow) for f in found] == [True, True], found
    with all_seeing():
        assert base.db.execute_sql("select count(*) from blob").fetchone()[0] == 1


def test_one_sender_has_a_mail_in_hand(office_db: Path) -> None:
    file = intake.register_online(PELITA3, sit_down(Role.FO), walk.new_file(Channel.ONLINE), new_key())
    fo = sit_down(Role.FO)
    mail = outbox.queue(fo, file, "mail_deficiency", "a@contoh.id", "Berkas", "Isi", [], new_key())

    def lease() -> bool:
        outbox.lease(fo, mail, new_key())
        return True

    one_and_conflicts(at_once(*[lease] * 4), bool)
