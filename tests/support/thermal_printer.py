"""A thermal printer on a port or a cable: it prints (strictly), answers DLE EOT at once and GS r in its turn."""

from __future__ import annotations

import os
import select
import socket
import threading
import tty
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.support.escrender import Paper, Wrong

QUESTIONS = {1: b"\x10\x04\x01", 2: b"\x10\x04\x02", 4: b"\x10\x04\x04"}


class Machine:
    """The printer itself. Its flags are what a hand can do to it; `silent` ones take bytes and say nothing."""

    def __init__(self, dots: int = 576) -> None:
        self.paper = Paper(dots, done=self._done)
        self.out = self.low = self.open = self.offline = self.silent = False
        self.reports = True
        """Whether it knows GS r."""
        self.rows_left: int | None = None
        """Paper on the roll; when it is used up the printer stops where it stands."""
        self.dies_after: int | None = None
        """Bytes until somebody pulls the cable."""
        self.received = b""
        self.wrong: Wrong | None = None
        self._waiting = b""
        self._say: Callable[[bytes], None] = lambda data: None

    @property
    def stopped(self) -> bool:
        return self.out or self.open or self.offline

    def take(self, data: bytes, say: Callable[[bytes], None]) -> bool:
        """Bytes from the line; False where the cable was pulled."""
        self._say = say
        seen = len(self.received)
        self.received += data
        for at in range(max(0, seen - 2), len(self.received) - 2):
            word = self.received[at : at + 3]
            if not self.silent and word in QUESTIONS.values():
                say(bytes([self._status(word[2])]))
        self._waiting += data
        self.go_on()
        return self.dies_after is None or len(self.received) < self.dies_after

    def go_on(self) -> None:
        """Print what waits, byte after byte while there is paper."""
        for at in range(0, len(self._waiting), 64):
            if self.stopped:
                self._waiting = self._waiting[at:]
                return
            try:
                self.paper.feed(self._waiting[at : at + 64])
            except Wrong as wrong:
                self.wrong = wrong
            if self.rows_left is not None and self.paper.printed >= self.rows_left:
                self.out = True
        self._waiting = b""

    def _status(self, number: int) -> int:
        bits = 0b00010010
        if number == 1:
            return bits | (0b1000 if self.stopped else 0)
        if number == 2:
            return bits | (0b100 if self.open else 0) | (0b100000 if self.out else 0)
        return bits | (0b1100 if self.low or self.out else 0) | (0b1100000 if self.out else 0)

    def _done(self) -> None:
        if self.reports and not self.silent:
            self._say(bytes([0b11 if self.low else 0]))


@contextmanager
def on_port(machine: Machine) -> Iterator[str]:
    """Its address, host:port. One connection at a time, as such printers are."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        worker = threading.Thread(target=_serve, args=(listener, machine), daemon=True)
        worker.start()
        try:
            yield f"127.0.0.1:{listener.getsockname()[1]}"
        finally:
            with suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
            listener.close()
            worker.join(5)
    if machine.wrong:
        raise machine.wrong


def _serve(listener: socket.socket, machine: Machine) -> None:
    while True:
        try:
            line, _ = listener.accept()
        except OSError:
            return
        with line, suppress(OSError):
            while data := line.recv(4096):
                if not machine.take(data, line.sendall):
                    break


@contextmanager
def on_cable(machine: Machine, folder: Path) -> Iterator[str]:
    """Its device file: the other end of a pseudo-terminal, by a name of its own."""
    ours, theirs = os.openpty()
    tty.setraw(theirs)
    end = threading.Event()
    place = folder / "lp0"
    place.symlink_to(os.ttyname(theirs))

    def serve() -> None:
        while not end.is_set():
            if select.select([ours], [], [], 0.05)[0]:
                machine.take(os.read(ours, 4096), lambda data: _reply(ours, data))

    worker = threading.Thread(target=serve, daemon=True)
    worker.start()
    try:
        yield str(place)
    finally:
        end.set()
        worker.join(5)
        os.close(ours)
        os.close(theirs)
    if machine.wrong:
        raise machine.wrong


def _reply(line: int, data: bytes) -> None:
    os.write(line, data)
