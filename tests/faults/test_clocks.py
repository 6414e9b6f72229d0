"""A clock is wrong: a PC's changes no card and far off it is named; the server's never goes back on a card."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from app.models.tables_berkas import Paraf
from app.services import act
from app.services.keys import new_key
from app.sop.model import Role
from tests.faults.conftest import Hall
from tests.support import walk
from tests.support.cases import case_pn
from tests.support.clerk import clerk
from tests.support.invariants import Ledger
from tests.support.office import Clock, sit_down


@pytest.fixture
def wrong_clock(hall: Hall) -> dict[str, str]:
    """The surroundings of a program whose PC shows another time; a day's offset is put in by the test."""
    found = sorted(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"))
    if not found:
        pytest.skip("libfaketime lacks: apt install libfaketime")
    return {"LD_PRELOAD": str(found[0]), "FAKETIME_DONT_FAKE_MONOTONIC": "1"}


@pytest.mark.slow
@pytest.mark.postgres_only
def test_a_pc_whose_date_is_wrong_works_by_the_servers_clock(hall: Hall, wrong_clock: dict[str, str]) -> None:
    """Row 12: twenty days ahead, and a year too; the card and the day's list are the server's."""
    (file,), key = hall.registered(), new_key()
    hall.ticket()
    with clerk(hall.address().url, "rina", **wrong_clock, FAKETIME="+20d") as pc:
        assert "seated" in pc.hear()
        assert pc.ask(do="tickets") == {"waiting": ["A-002"]}
        answer = pc.ask(do="act", file=file.id, action="batalkan", n=file.n, key=key, note="jam PC salah")
    hall.ledger.tell(key)
    assert abs(datetime.fromisoformat(answer["at"]) - datetime.now(UTC)) < timedelta(minutes=1)


@pytest.mark.slow
@pytest.mark.postgres_only
@pytest.mark.parametrize("offset", ["-400d", "+9000d"])
def test_a_pc_whose_date_is_outside_the_certificates_life_is_told_so(
    hall: Hall, wrong_clock: dict[str, str], offset: str
) -> None:
    """Row 12: the one message that helps, instead of "the certificate is invalid"."""
    with clerk(hall.address().url, "rina", **wrong_clock, FAKETIME=offset) as pc:
        answer = pc.hear()
    shown = f"{datetime.now(UTC) + timedelta(days=int(offset[:-1])):%Y}"
    assert (answer["error"], answer["code"]) == ("Unavailable", "clock")
    assert answer["message"].startswith("Jam PC ini menunjukkan ")
    assert shown in answer["message"]
    assert "Betulkan tanggal PC" in answer["message"]


def test_a_server_whose_clock_goes_back_dates_no_line_before_the_line_before(clock: Clock, ledger: Ledger) -> None:
    """Row 13: an hour back after registration, a year back after that."""
    start = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
    clock.at, key = start, new_key()
    file = walk.new_file()
    clock.at = start - timedelta(hours=1)
    file = walk.complete(file, case_pn())
    clock.at = start - timedelta(days=400)
    act.act(sit_down(Role.FO), file.id, "batalkan", file.n, key, "jam server mundur")
    ledger.tell(key)
    lines = list(Paraf.select().where(Paraf.berkas_id == file.id).order_by(Paraf.n))
    assert len(lines) == 4
    assert all(a.at_us <= b.at_us for a, b in pairwise(lines))
