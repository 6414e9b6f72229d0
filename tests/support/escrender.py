"""ESC/POS bytes to pictures, strictly: what is unknown, cut short or too wide is an error. One picture for each cut."""

from __future__ import annotations

from collections.abc import Callable

from PIL import Image, ImageOps

LINE = 30
"""Dots of a line feed after reset."""


class Wrong(ValueError):
    """These bytes are no ticket."""


class Paper:
    """A printer's head and roll: `feed` bytes as they come, `whole` at the end. `cuts` are the papers in the tray."""

    def __init__(self, dots: int, *, done: Callable[[], None] | None = None) -> None:
        self.dots, self._done = dots, done or (lambda: None)
        self.cuts: list[Image.Image] = []
        self.printed = 0
        self._strip = Image.new("1", (dots, 0), 1)
        self._left = b""

    def feed(self, data: bytes) -> None:
        self._left += data
        while self._left and (length := self._command(self._left)):
            self._left = self._left[length:]

    def whole(self) -> list[Image.Image]:
        """The papers; Wrong where the bytes end in the middle of a command or nothing cut the last one."""
        if self._left:
            raise Wrong(f"cut short: {self._left[:8].hex(' ')}")
        return self.cuts

    @property
    def hanging(self) -> Image.Image:
        """What came out and was not cut."""
        return self._strip

    def _command(self, data: bytes) -> int:
        """Do the first command and say how long it is; 0 where more must come."""
        for head, work in (
            (b"\x1b@", self._reset),
            (b"\x1bd", self._lines),
            (b"\x1dv0", self._raster),
            (b"\x1dV", self._cut),
            (b"\x1dr", self._report),
            (b"\x10\x04", self._status),
        ):
            if data.startswith(head):
                return work(data)
            if head.startswith(data):
                return 0
        raise Wrong(f"unknown command {data[:4].hex(' ')}")

    def _reset(self, data: bytes) -> int:
        return 2

    def _lines(self, data: bytes) -> int:
        if len(data) < 3:
            return 0
        self._advance(data[2] * LINE)
        return 3

    def _raster(self, data: bytes) -> int:
        if len(data) < 8:
            return 0
        if data[3]:
            raise Wrong(f"raster mode {data[3]}")
        across, down = int.from_bytes(data[4:6], "little"), int.from_bytes(data[6:8], "little")
        if across * 8 > self.dots:
            raise Wrong(f"OVERFLOW: {across * 8} dots on a head of {self.dots}")
        if not across or not down:
            raise Wrong("an empty raster")
        end = 8 + across * down
        if len(data) < end:
            return 0
        band = ImageOps.invert(Image.frombytes("1", (across * 8, down), data[8:end]).convert("L")).convert("1")
        top = self._strip.height
        self._advance(down)
        self._strip.paste(band, (0, top))
        self.printed += down
        return end

    def _cut(self, data: bytes) -> int:
        if len(data) < 3:
            return 0
        if data[2] != 0x42:
            raise Wrong(f"cut mode {data[2]}")
        if len(data) < 4:
            return 0
        if not self._strip.height:
            raise Wrong("a cut without paper")
        self.cuts.append(self._strip)
        self._strip = Image.new("1", (self.dots, 0), 1)
        return 4

    def _report(self, data: bytes) -> int:
        if len(data) < 3:
            return 0
        if data[2] != 1:
            raise Wrong(f"report {data[2]}")
        self._done()
        return 3

    def _status(self, data: bytes) -> int:
        """Answered when it came in, by whoever reads the line."""
        if len(data) < 3:
            return 0
        if data[2] not in (1, 2, 4):
            raise Wrong(f"status {data[2]}")
        return 3

    def _advance(self, rows: int) -> None:
        longer = Image.new("1", (self.dots, self._strip.height + rows), 1)
        longer.paste(self._strip, (0, 0))
        self._strip = longer


def papers(data: bytes, dots: int) -> list[Image.Image]:
    """The papers that these bytes make on a head of so many dots."""
    printer = Paper(dots)
    printer.feed(data)
    found = printer.whole()
    if printer.hanging.height:
        raise Wrong("nothing cut the last paper")
    return found
