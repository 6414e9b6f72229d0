"""What stands before a counter: called tickets, and visitors who did not come."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.errors import Conflict
from app.services import counter, intake
from app.services.accounts import Who
from app.services.keys import new_key
from app.sop.model import Channel
from app.sop.pelita3 import PELITA3
from tests.support.office import Clock

Sit = Callable[[str], Who]


def test_the_counters_norm_is_the_sops_own_sum() -> None:
    assert counter.counter_minutes(PELITA3, Channel.OFFLINE) == 13
    assert counter.counter_minutes(PELITA3, Channel.ONLINE) == 9


def test_a_called_ticket_stays_before_the_counter_until_it_is_registered(who: Sit) -> None:
    rina = who("rina")
    first, second = intake.take_ticket(new_key()), intake.take_ticket(new_key())
    intake.call_ticket(first.id, "Loket 3", new_key())

    assert [(t.ticket.label, t.place, t.absent) for t in counter.called(rina)] == [("A-001", "Loket 3", False)]
    assert [t.label for t in intake.waiting_tickets()] == [second.label]

    intake.register_ticket(PELITA3, rina, first.id, new_key())
    assert counter.called(rina) == []
    assert counter.served_today(rina) == 1


def test_another_counter_sees_neither_the_call_nor_may_it_call_the_same_number(who: Sit) -> None:
    rina = who("rina")
    ticket = intake.take_ticket(new_key())
    intake.call_ticket(ticket.id, "Loket 3", new_key())
    dedi = who("dedi")

    assert counter.called(dedi) == []
    with pytest.raises(Conflict):
        intake.call_ticket(ticket.id, "Loket 4", new_key())
    assert len(counter.called(rina)) == 1


def test_who_did_not_come_waits_in_a_list_of_its_own_and_can_be_called_again(who: Sit) -> None:
    rina = who("rina")
    ticket = intake.take_ticket(new_key())
    intake.call_ticket(ticket.id, "Loket 3", new_key())
    intake.ticket_absent(ticket.id, "Loket 3", new_key())

    assert counter.called(rina) == []
    assert [t.ticket.label for t in counter.absent()] == [ticket.label]

    intake.call_ticket(ticket.id, "Loket 3", new_key())
    assert [t.ticket.label for t in counter.called(rina)] == [ticket.label]
    assert counter.absent() == []


def test_yesterdays_calls_are_gone(who: Sit, clock: Clock, office_db: Path) -> None:
    rina = who("rina")
    clock.at = datetime(2026, 5, 12, 3, 0, tzinfo=UTC)
    ticket = intake.take_ticket(new_key())
    intake.call_ticket(ticket.id, "Loket 3", new_key())
    assert counter.called(rina)
    clock.at += timedelta(days=1)
    assert counter.called(rina) == []
