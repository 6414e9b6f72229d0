"""The thread that speaks: takes what is next, says it to the end, once more when nothing waits, and never stops."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from app.devices.announcer import Announcer
from app.devices.speaker import GONE, Player
from app.devices.voice import Voice
from app.errors import Refused, Unavailable
from app.services.hall import Hall

BETWEEN = 1.2
"""Seconds between a call and the same once more."""
LOOK_AGAIN = 20.0
"""Seconds between two looks whether a missing output is back."""
HANGS = 15.0
"""Seconds beyond its length after which a piece of sound hangs in its driver."""


class Caller:
    """Speaks in its own thread; `trouble` says in plain words why the hall hears nothing, "" while all is well.

    `load` brings the voice, and a note where it is not the one that was asked for.
    """

    def __init__(self, load: Callable[[], tuple[Voice, str]], player: Player, announcer: Announcer) -> None:
        self._load, self._player, self._announcer = load, player, announcer
        self.note = ""
        self._woken, self._closed = threading.Condition(), False
        self._trouble = ""
        self._until: float | None = None
        self._thread = threading.Thread(target=self._run, name="pelita-voice", daemon=True)
        self._thread.start()

    @property
    def trouble(self) -> str:
        """Why nothing is heard."""
        until = self._until
        return GONE if until is not None and time.monotonic() > until else self._trouble

    def see(self, hall: Hall) -> None:
        """The hall as it is now."""
        self._announcer.see(hall)
        with self._woken:
            self._woken.notify_all()

    def close(self) -> None:
        """Say no more; a sentence that hangs in a driver is left behind."""
        with self._woken:
            self._closed = True
            self._woken.notify_all()
        self._thread.join(timeout=0.5)

    # --- in the thread -----------------------------------------------------------------------------------------------

    def _run(self) -> None:
        try:
            voice, self.note = self._load()
        except Refused as error:
            self._trouble = error.message
            return
        self._look()
        spoke = False
        while self._wait(BETWEEN if spoke else LOOK_AGAIN):
            spoke = self._say_next(voice)
            if not spoke and self._trouble:
                self._look()

    def _wait(self, seconds: float) -> bool:
        """Until something is to be said, at most so long: then it may be said once more, or the output looked at."""
        with self._woken:
            self._woken.wait_for(lambda: self._closed or self._announcer.waiting(), timeout=seconds)
            return not self._closed

    def _say_next(self, voice: Voice) -> bool:
        found = self._announcer.next()
        if found is None:
            return False
        call = found.call
        sound = voice.withdrawn(call.prefix, call.number) if found.withdrawn else voice.call(
            call.prefix, call.number, call.place
        )  # fmt: skip
        self._until = time.monotonic() + sound.seconds + HANGS
        try:
            self._player.play(sound)
            self._trouble = ""
        except Unavailable as error:
            self._trouble = error.message
        except Exception as error:  # noqa: BLE001  a driver's surprise must not silence the hall for the rest of the day
            self._trouble = f"Suara bermasalah ({type(error).__name__})."
        finally:
            self._until = None
        return True

    def _look(self) -> None:
        try:
            self._player.check()
            self._trouble = ""
        except Unavailable as error:
            self._trouble = error.message
