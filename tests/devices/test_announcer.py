"""What is said in the hall: one after the other, each ticket once in line, nothing that is no longer true."""

from __future__ import annotations

import array
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from datetime import time as clock

import pytest

from app.devices import caller
from app.devices.announcer import Announcer
from app.devices.caller import Caller
from app.devices.speaker import Speaker
from app.devices.voice import NAMES, Sound, Voice
from app.errors import Refused, Unavailable
from app.services.devices import Face
from app.services.hall import Call, Doors, Hall
from app.sop.queue import State
from tests.support.sound import SoundServer, wait_until

START = datetime(2026, 5, 12, 3, 36, tzinfo=UTC)


class Lobby:
    """A hall in which calls happen, and a clock."""

    def __init__(self) -> None:
        self.now = START
        self._ids = iter(range(1, 1000))
        self.calls: dict[int, Call] = {}
        self.undone: dict[int, Call] = {}
        self.announcer = Announcer(lambda: self.now)

    def call(self, ticket: int, place: str = "Loket 3", *, state: State = State.CALLED) -> None:
        self.undone.pop(ticket, None)
        self.calls[ticket] = Call(next(self._ids), ticket, "A", ticket, place, self.now, state)

    def becomes(self, ticket: int, state: State) -> None:
        self.calls[ticket] = replace(self.calls[ticket], state=state)

    def take_back(self, ticket: int) -> None:
        self.undone[ticket] = replace(self.calls.pop(ticket), id=next(self._ids), at=self.now, state=State.WAITING)

    def pass_by(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)

    def hall(self) -> Hall:
        def newest(found: dict[int, Call]) -> tuple[Call, ...]:
            return tuple(sorted(found.values(), key=lambda c: c.id, reverse=True))

        doors = Doors(open=True, opens=clock(7, 30), closes=clock(15))
        return Hall(self.now, newest(self.calls), newest(self.undone), (), Face("", "", "", ""), "", doors, 60)

    def said(self) -> list[str]:
        """Everything that is said until nothing is left, at this very moment."""
        self.announcer.see(self.hall())
        return list(self._out())

    def one(self) -> str:
        self.announcer.see(self.hall())
        return next(self._out(), "")

    def _out(self) -> Iterator[str]:
        while (found := self.announcer.next()) is not None:
            more = " none" if found.withdrawn else " again" if found.again else ""
            yield f"{found.call.number}{more}"


@pytest.fixture
def lobby() -> Lobby:
    return Lobby()


def test_a_single_call_is_said_and_once_more(lobby: Lobby) -> None:
    lobby.call(1)
    assert lobby.said() == ["1", "1 again"]
    assert lobby.said() == []


def test_calls_are_said_in_their_order_and_only_the_last_one_again(lobby: Lobby) -> None:
    for ticket in (7, 3, 5):
        lobby.call(ticket)
    assert lobby.said() == ["7", "3", "5", "5 again"]


def test_a_call_that_comes_meanwhile_goes_before_the_repetition(lobby: Lobby) -> None:
    lobby.call(1)
    assert lobby.one() == "1"
    lobby.call(2)
    assert lobby.said() == ["2", "2 again"]


def test_a_ticket_called_twice_stands_once_in_line_and_keeps_its_place(lobby: Lobby) -> None:
    lobby.call(1)
    lobby.call(2)
    lobby.announcer.see(lobby.hall())
    lobby.call(1)
    assert lobby.said() == ["1", "2", "2 again"]


def test_a_number_said_again_by_the_officer_is_said_again(lobby: Lobby) -> None:
    lobby.call(1)
    lobby.said()
    lobby.pass_by(20)
    lobby.call(1)
    assert lobby.said() == ["1", "1 again"]


@pytest.mark.parametrize("state", [State.SERVING, State.DONE, State.NO_SHOW, State.HELD, State.WAITING])
def test_who_has_come_or_is_gone_is_not_called_any_more(lobby: Lobby, state: State) -> None:
    lobby.call(1)
    lobby.call(2)
    lobby.announcer.see(lobby.hall())
    lobby.becomes(1, state)
    assert lobby.said() == ["2", "2 again"]


def test_who_sits_down_while_his_number_is_said_is_not_called_once_more(lobby: Lobby) -> None:
    lobby.call(1)
    assert lobby.one() == "1"
    lobby.becomes(1, State.SERVING)
    assert lobby.said() == []


def test_a_call_older_than_a_minute_is_dropped(lobby: Lobby) -> None:
    lobby.call(1)
    lobby.pass_by(61)
    lobby.call(2)
    assert lobby.said() == ["2", "2 again"]


def test_after_a_long_silence_of_the_server_nothing_old_is_said(lobby: Lobby) -> None:
    for ticket in range(1, 9):
        lobby.call(ticket)
        lobby.pass_by(31)
    assert lobby.said() == ["8", "8 again"]


def test_in_line_too_long_is_too_late(lobby: Lobby) -> None:
    lobby.call(1)
    lobby.call(2)
    assert lobby.one() == "1"
    lobby.pass_by(61)
    assert not lobby.announcer.waiting()
    assert lobby.said() == []


def test_a_call_taken_back_before_it_was_said_is_never_heard_of(lobby: Lobby) -> None:
    lobby.call(1)
    lobby.announcer.see(lobby.hall())
    lobby.take_back(1)
    assert lobby.said() == []


def test_a_call_taken_back_after_it_was_said_is_said_to_be_none(lobby: Lobby) -> None:
    lobby.call(1)
    assert lobby.one() == "1"
    lobby.pass_by(5)
    lobby.take_back(1)
    assert lobby.said() == ["1 none"]
    assert lobby.said() == []


def test_taken_back_and_called_again_is_simply_called(lobby: Lobby) -> None:
    lobby.call(1)
    assert lobby.one() == "1"
    lobby.take_back(1)
    lobby.announcer.see(lobby.hall())
    lobby.call(1, "Loket 4")
    assert lobby.said() == ["1", "1 again"]


def test_it_forgets_what_the_day_has_left_behind(lobby: Lobby) -> None:
    for ticket in range(1, 300):
        lobby.call(ticket)
        lobby.said()
        lobby.calls.pop(ticket - 1, None)
    assert len(lobby.announcer._known) <= 2
    assert len(lobby.announcer._spoken) <= 2


# --- the thread that speaks ------------------------------------------------------------------------------------------


class Ears:
    """A player that keeps what it was given; each piece takes a moment, and never two at once."""

    def __init__(self) -> None:
        self.heard: list[Sound] = []
        self.missing = False
        self.busy = threading.Lock()
        self.hold = threading.Event()
        self.hold.set()

    def check(self) -> str:
        if self.missing:
            raise Unavailable("Tidak ada keluaran.", code="sound")
        return "TV"

    def play(self, sound: Sound) -> None:
        self.check()
        assert self.busy.acquire(blocking=False), "two voices at once"
        try:
            self.hold.wait(5)
            time.sleep(0.02)
            self.heard.append(sound)
        finally:
            self.busy.release()


def short_voice(rate: int = 22050) -> Voice:
    """Each word is a beep of 50 ms."""
    beep = array.array("h", (9000 if i // 25 % 2 else -9000 for i in range(rate // 20)))
    return Voice(rate, dict.fromkeys(NAMES, beep))


Started = Callable[..., Caller]


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch, lobby: Lobby) -> Iterator[Started]:
    monkeypatch.setattr(caller, "BETWEEN", 0.05)
    monkeypatch.setattr(caller, "LOOK_AGAIN", 0.05)
    made: list[Caller] = []

    def start(player: object, load: Callable[[], tuple[Voice, str]] = lambda: (short_voice(), "")) -> Caller:
        made.append(Caller(load, player, lobby.announcer))  # type: ignore[arg-type]  # a player
        return made[-1]

    yield start
    for one in made:
        one.close()


def test_it_speaks_one_after_the_other_and_the_last_once_more(lobby: Lobby, started: Started) -> None:
    ears = Ears()
    speaking = started(ears)
    lobby.call(1)
    lobby.call(12)
    speaking.see(lobby.hall())
    wait_until(lambda: len(ears.heard) == 3)
    time.sleep(0.2)
    assert len(ears.heard) == 3
    assert ears.heard[1].samples == ears.heard[2].samples != ears.heard[0].samples
    assert speaking.trouble == ""


def test_without_an_output_it_says_so_goes_on_and_is_well_when_it_is_back(lobby: Lobby, started: Started) -> None:
    ears = Ears()
    ears.missing = True
    speaking = started(ears)
    wait_until(lambda: speaking.trouble == "Tidak ada keluaran.")
    lobby.call(1)
    speaking.see(lobby.hall())
    time.sleep(0.2)
    assert ears.heard == []
    ears.missing = False
    wait_until(lambda: speaking.trouble == "")
    lobby.call(2)
    speaking.see(lobby.hall())
    wait_until(lambda: len(ears.heard) == 2)


def test_a_driver_that_hangs_is_told_and_does_not_hold_up_the_end(
    lobby: Lobby, started: Started, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(caller, "HANGS", -5.0)
    ears = Ears()
    ears.hold.clear()
    speaking = started(ears)
    lobby.call(1)
    speaking.see(lobby.hall())
    wait_until(lambda: "tidak menjawab" in speaking.trouble)
    began = time.monotonic()
    speaking.close()
    assert time.monotonic() - began < 1
    ears.hold.set()


def test_without_a_voice_it_says_why(lobby: Lobby, started: Started) -> None:
    def nothing() -> tuple[Voice, str]:
        raise Refused("Rekaman suara bel.wav tidak dapat dipakai.", code="voice")

    speaking = started(Ears(), nothing)
    wait_until(lambda: speaking.trouble == "Rekaman suara bel.wav tidak dapat dipakai.")
    speaking.see(lobby.hall())


def test_two_calls_are_really_heard_one_after_the_other(
    lobby: Lobby, started: Started, sound_server: SoundServer
) -> None:
    voice = short_voice()
    first, second = voice.call("A", 1, "Loket 3"), voice.call("A", 21, "Loket 3")
    speaking = started(Speaker("TV"))
    with sound_server.recorded() as heard:
        lobby.call(1)
        lobby.call(21)
        speaking.see(lobby.hall())
        wait_until(lambda: not lobby.announcer.waiting() and lobby.announcer._once is None and speaking._until is None)
    spoken = first.seconds + 2 * second.seconds
    assert spoken < heard().seconds < spoken + 3
    loud = sum(1 for s in heard().samples if abs(s) > 5000) / 22050
    words = 6 + 8 + 8
    assert loud == pytest.approx(words * 0.05, rel=0.15)
