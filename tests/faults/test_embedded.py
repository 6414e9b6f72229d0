"""The office on one PC: its program is killed while it writes, and its database is copied while it is written."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from app.models import base
from app.models.guards import runner
from app.models.tables_berkas import Berkas, Paraf, Ticket
from app.server import backup
from app.services import act
from app.services.keys import new_key
from app.sop.model import Role
from tests.faults.conftest import aloud
from tests.support import invariants, walk
from tests.support.clerk import Clerk, clerk
from tests.support.invariants import Ledger
from tests.support.office import sit_down

pytestmark = [pytest.mark.sqlite_only, pytest.mark.slow]
TABLES: dict[str, type[base.Table]] = {"ticket": Ticket, "berkas": Berkas, "paraf": Paraf}


def told(ledger: Ledger, answers: Sequence[dict[str, Any]]) -> None:
    """What a clerk was told is done."""
    for answer in answers:
        ledger.tell(answer["key"], TABLES[answer["table"]])


def at_work(place: Path, desks: ExitStack, count: int) -> list[Clerk]:
    """So many programs on one database file, each writing as fast as it can."""
    clerks = [desks.enter_context(clerk(str(place), login)) for login in ("rina", "dedi", "rina", "dedi")[:count]]
    for one in clerks:
        assert "seated" in one.hear()
    for one in clerks:
        one.say(do="busy")
    return clerks


def test_twelve_programs_killed_while_they_write_lose_nothing_acknowledged(office_db: Path, ledger: Ledger) -> None:
    """Row 17: four at a time on the same file, each at another moment."""
    base.db.close()
    for _ in range(3):
        with ExitStack() as desks:
            clerks = at_work(office_db, desks, 4)
            for one in clerks:
                told(ledger, [one.hear()])
                time.sleep(0.07)
                told(ledger, one.kill())
    base.db.connect()
    aloud(f"{len(ledger.told)} rows acknowledged by twelve programs")
    assert len(ledger.told) >= 12
    # The next officer works on as if nothing had been.
    key, file = new_key(), walk.new_file()
    act.act(sit_down(Role.FO), file.id, "batalkan", file.n, key, "hari berikutnya")
    ledger.tell(key)


COPIES: dict[str, Callable[[Path, Path], None]] = {
    "upgrade": lambda path, _: runner._back_up(base.db.connection(), path, 1, datetime(2026, 11, 23, tzinfo=UTC)),
    "backup": backup._copy,
}


@pytest.mark.parametrize("made", COPIES)
def test_a_copy_made_while_it_is_written_is_a_whole_office(office_db: Path, ledger: Ledger, made: str) -> None:
    """Row 18: the copies that the program makes, before it changes a database and for a backup: all that was told."""
    before = Ledger()
    with ExitStack() as desks:
        clerks = at_work(office_db, desks, 2)
        for one in clerks:
            told(before, [one.hear() for _ in range(6)])
        COPIES[made](office_db, office_db.with_name("kantor-sebelum-cadangan.db"))
        for one in clerks:
            told(ledger, one.kill())
    ledger.told += before.told
    (copy,) = office_db.parent.glob("*-sebelum-*.db")
    live = base.db.obj
    base.open_sqlite(copy)
    with base.connected():
        invariants.embedded(before)
        files = Berkas.select().count()
    base.db.initialize(live)
    assert 0 < files <= Berkas.select().count()
    assert not list(office_db.parent.glob("*.part"))
