"""Sound out of this PC, by miniaudio: the output is chosen by its name, a missing one is said and never waited for."""

from __future__ import annotations

import array
import threading
from collections.abc import Generator
from typing import Any, Protocol

from app.devices.voice import Sound
from app.errors import Unavailable

BUFFER_MS = 100
TAIL_SECONDS = 0.4
"""Silence after the last word, so that what lies in the buffers is heard before the output is closed."""
PATIENCE = 4.0
"""Seconds by which playing may take longer than the sound itself; then the output is gone."""
NONE = "Komputer ini tidak punya keluaran suara."
GONE = "Keluaran suara tidak menjawab. Periksa kabel HDMI atau pengeras suara."


class Player(Protocol):
    """What the voice speaks through."""

    def check(self) -> str:
        """The name of the output; Unavailable where there is none."""

    def play(self, sound: Sound) -> None:
        """Play to the end; Unavailable where that is not possible."""


def outputs() -> list[str]:
    """The names of this PC's sound outputs; the system's own choice is the first that plays by default."""
    return [name for name, _ in _outputs()]


def _outputs() -> list[tuple[str, Any]]:
    miniaudio = _library()
    try:
        devices = miniaudio.Devices()
        # The null backend plays into nothing, and always succeeds.
        if devices.backend == "Null":
            return []
        return [(str(d["name"]), d["id"]) for d in devices.get_playbacks()]
    except miniaudio.MiniaudioError:
        return []


def _library() -> Any:
    import miniaudio  # noqa: PLC0415  a fifth of a second, which only the talking screen pays, in its own thread

    return miniaudio


class Speaker:
    """Plays on the output whose name contains `output`; on the system's own where it is empty or not there."""

    def __init__(self, output: str = "", volume: int = 100) -> None:
        self._wanted, self._volume = output.strip(), max(0, min(100, volume))

    def check(self) -> str:
        """As in `Player`."""
        return self._chosen()[0]

    @property
    def wanted(self) -> str:
        """The name that was asked for."""
        return self._wanted

    def _chosen(self) -> tuple[str, Any]:
        found = _outputs()
        if not found:
            raise Unavailable(NONE, code="sound")
        for name, ident in found:
            if self._wanted and self._wanted.lower() in name.lower():
                return name, ident
        return "", None

    def play(self, sound: Sound) -> None:
        """As in `Player`. The output is opened for each piece: a TV may have been off in between."""
        miniaudio = _library()
        _, ident = self._chosen()
        done = threading.Event()
        stream = _stream(self._loud(sound), int(sound.rate * TAIL_SECONDS), done)
        next(stream)
        try:
            device = miniaudio.PlaybackDevice(
                miniaudio.SampleFormat.SIGNED16, 1, sound.rate, BUFFER_MS, ident, app_name="PELITA 3"
            )
        except miniaudio.MiniaudioError as error:
            raise Unavailable(GONE, code="sound") from error
        try:
            device.start(stream)
            if not done.wait(sound.seconds + TAIL_SECONDS + PATIENCE):
                raise Unavailable(GONE, code="sound")
        except miniaudio.MiniaudioError as error:
            raise Unavailable(GONE, code="sound") from error
        finally:
            device.close()

    def _loud(self, sound: Sound) -> bytes:
        if self._volume == 100:  # noqa: PLR2004  per cent
            return sound.samples.tobytes()
        return array.array("h", (s * self._volume // 100 for s in sound.samples)).tobytes()


def _stream(data: bytes, tail: int, done: threading.Event) -> Generator[bytes, int, None]:
    """What the library asks for, piece by piece, each as long as it wants; then silence, and `done` is set."""
    frames = yield b""
    at = 0
    while at < len(data):
        piece = data[at : at + 2 * frames]
        at += len(piece)
        frames = yield piece.ljust(2 * frames, b"\0")
    while tail > 0:
        tail -= frames
        frames = yield bytes(2 * frames)
    done.set()
    while True:
        frames = yield bytes(2 * frames)
