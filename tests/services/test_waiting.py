"""Long work waits for a lost connection: a blink unseen, then ever less often, no longer than it is wanted."""

from __future__ import annotations

import pytest

from app.errors import Unavailable
from app.services import waiting
from app.services.waiting import Waiting

LOSS = Unavailable("putus", code="lost")


class Room:
    """Where a job rests without time passing; it hears what is said and may be asked to stop."""

    def __init__(self) -> None:
        self.rests, self.said, self.stop = list[float](), list[bool](), False

    def rest(self, seconds: float) -> bool:
        self.rests.extend([seconds] if seconds else [])
        return self.stop

    def say(self, lost: bool) -> None:
        self.said.append(lost)


@pytest.fixture
def room() -> Room:
    return Room()


def test_a_blink_is_nobodys_business(room: Room) -> None:
    patience = Waiting(room.rest, room.say)
    assert patience.wait(LOSS)
    patience.over()
    assert (room.rests, room.said) == ([], [])


def test_it_waits_ever_longer_and_says_when_it_begins_and_when_it_is_over(room: Room) -> None:
    patience = Waiting(room.rest, room.say)
    assert all(patience.wait(LOSS) for _ in range(7))
    patience.over()
    assert room.rests == [0.5, 1.0, 2.0, 5.0, 5.0, 5.0]
    assert room.said == [True, False]


def test_work_that_nobody_asked_for_waits_without_a_word(room: Room) -> None:
    patience = Waiting(room.rest)
    assert all(patience.wait(LOSS) for _ in range(3))
    patience.over()
    assert room.rests == [0.5, 1.0]


def test_whoever_is_asked_to_stop_waits_no_more(room: Room) -> None:
    patience = Waiting(room.rest, room.say)
    assert patience.wait(LOSS)
    room.stop = True
    assert not patience.wait(LOSS)
    assert room.said == []


def test_a_stop_while_it_rests_ends_it_at_once(room: Room) -> None:
    def asked_meanwhile(seconds: float) -> bool:
        return seconds > 0

    patience = Waiting(asked_meanwhile, room.say)
    assert patience.wait(LOSS)
    assert not patience.wait(LOSS)
    assert not patience.wait(LOSS), "and for good"
    assert room.said == [True]


def test_it_waits_no_longer_than_it_may(room: Room) -> None:
    patience = Waiting(room.rest, room.say, most=0)
    assert not patience.wait(LOSS)
    assert not patience.wait(LOSS)
    assert room.rests == []


def test_a_server_that_lets_in_and_drops_at_once_is_asked_ever_less_often(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    patience = Waiting(room.rest, room.say)
    for _ in range(5):
        assert patience.wait(LOSS)
        patience.over()
    assert room.rests == [0.5, 1.0, 2.0, 5.0]
    monkeypatch.setattr(waiting, "CALM", -1.0)
    assert patience.wait(LOSS)
    assert room.rests == [0.5, 1.0, 2.0, 5.0], "one that held was good: the next loss is another one"
