"""What is said to a thermal printer and what it answers, over any line that goes both ways."""

from __future__ import annotations

import time
from typing import Protocol

from app.devices import escpos

ANSWER_SECONDS, PRINT_SECONDS, STEP_SECONDS = 2.0, 8.0, 0.5


class Line(Protocol):
    """An open line to a printer. Both raise Unavailable where it broke."""

    def write(self, data: bytes) -> None:
        """Everything, as fast as the printer takes it."""

    def read(self, seconds: float) -> bytes:
        """One byte, or none where nothing came in time."""


class Talk:
    """One conversation: it tells the two kinds of answers apart, whichever comes first."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self._done: int | None = None

    def ask(self) -> escpos.Health | None:
        """How the printer is at this moment; None from one that says nothing.

        What still lies on the line is read away first: dots of a picture can look like a question, and were answered.
        """
        while self._read(0) is not None:
            pass
        answers: list[int] = []
        for question in (escpos.ASK_PRINTER, escpos.ASK_OFFLINE, escpos.ASK_PAPER):
            self._line.write(question)
            if (answer := self._status()) is None:
                return None
            answers.append(answer)
        return escpos.health(*answers)

    def print(self, data: bytes) -> escpos.Health | None:
        """Send a job and wait until it is on paper.

        Health without trouble is said only by a printer that answered in its turn, after the last dot. Its trouble
        where it has one; None where it does not say.
        """
        self._line.write(data)
        self._line.write(escpos.ASK_DONE)
        end = time.monotonic() + PRINT_SECONDS
        while time.monotonic() < end:
            self._wait_done()
            now = self.ask()
            if now is None or now.trouble:
                return now
            if self._done is not None:
                return now
        return None

    def _status(self) -> int | None:
        end = time.monotonic() + ANSWER_SECONDS
        while (left := end - time.monotonic()) > 0:
            byte = self._read(left)
            if byte is not None and escpos.is_status(byte):
                return byte
        return None

    def _wait_done(self) -> None:
        end = time.monotonic() + STEP_SECONDS
        while self._done is None and (left := end - time.monotonic()) > 0:
            self._read(left)

    def _read(self, seconds: float) -> int | None:
        found = self._line.read(seconds)
        if not found:
            return None
        if escpos.is_done(found[0]):
            self._done = found[0]
        return found[0]
