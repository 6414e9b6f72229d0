"""A sound server of the tests' own with outputs into nothing, and a recorder that hears what would have been heard."""

from __future__ import annotations

import array
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.devices.voice import Sound

RATE = 22050
OUTPUT, OTHER = "TV-Lobi", "Pengeras-PC"
LOUD = 300
"""Samples above this are no silence."""


def wait_until(there: Callable[[], bool], seconds: float = 10.0) -> None:
    end = time.monotonic() + seconds
    while not there():
        assert time.monotonic() < end, "it did not come about"
        time.sleep(0.02)


@dataclass
class SoundServer:
    """PulseAudio with two outputs that play into nothing; the second is its own choice."""

    folder: Path
    process: subprocess.Popen[bytes]

    @property
    def address(self) -> str:
        return f"unix:{self.folder / 'native'}"

    @contextmanager
    def recorded(self, output: str = OUTPUT) -> Iterator[Callable[[], Sound]]:
        """While inside, everything that plays on this output is written down; called afterwards it is the sound."""
        file = self.folder / f"{output}.raw"
        sink = "tv" if output == OUTPUT else "pc"
        with file.open("wb") as out:
            recorder = subprocess.Popen(
                ["parec", f"--device={sink}.monitor", f"--rate={RATE}", "--channels=1", "--format=s16le",
                 "--latency-msec=20"], stdout=out, env={**os.environ, "PULSE_SERVER": self.address},
            )  # fmt: skip
            try:
                wait_until(lambda: file.stat().st_size > 0)
                yield lambda: trimmed(Sound(RATE, samples(file)))
                time.sleep(0.3)
            finally:
                recorder.terminate()
                recorder.wait()

    def stop(self) -> None:
        """It dies, as it does when somebody pulls the plug."""
        self.process.kill()
        self.process.wait()


def samples(file: Path) -> array.array[int]:
    data = file.read_bytes()
    return array.array("h", data[: len(data) // 2 * 2])


def trimmed(sound: Sound) -> Sound:
    """From the first to the last sample that is no silence."""
    loud = [i for i, s in enumerate(sound.samples) if abs(s) > LOUD]
    return Sound(sound.rate, sound.samples[loud[0] : loud[-1] + 1] if loud else array.array("h"))


def envelope(sound: Sound, step: float = 0.05) -> list[float]:
    """How loud it is, piece by piece."""
    n = int(sound.rate * step)
    pieces = [sound.samples[i : i + n] for i in range(0, len(sound.samples), n)]
    return [(sum(s * s for s in p) / len(p)) ** 0.5 for p in pieces]


def likeness(one: Sound, other: Sound) -> float:
    """How alike two sounds are in their loudness over time: 1 for the same, 0 for strangers."""
    a, b = envelope(one), envelope(other)
    best = 0.0
    for shift in range(-2, 3):
        x, y = a[max(0, shift) :], b[max(0, -shift) :]
        n = min(len(x), len(y))
        x, y = x[:n], y[:n]
        mx, my = sum(x) / n, sum(y) / n
        top = sum((p - mx) * (q - my) for p, q in zip(x, y, strict=True))
        below = (sum((p - mx) ** 2 for p in x) * sum((q - my) ** 2 for q in y)) ** 0.5
        best = max(best, top / below if below else 0.0)
    return best


def start(folder: Path) -> SoundServer:
    """Start one; its socket's path must be short."""
    home = {"HOME": str(folder), "XDG_RUNTIME_DIR": str(folder), "PULSE_RUNTIME_PATH": str(folder)}
    asked = [
        f"module-null-sink sink_name=pc rate=48000 channels=2 sink_properties=device.description={OTHER}",
        f"module-null-sink sink_name=tv rate={RATE} channels=1 sink_properties=device.description={OUTPUT}",
        f"module-native-protocol-unix auth-anonymous=1 socket={folder / 'native'}",
    ]
    process = subprocess.Popen(
        ["pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--disallow-exit=no", "--use-pid-file=no",
         "--log-level=error", *(word for module in asked for word in ("-L", module))],
        env={**os.environ, **home}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    wait_until((folder / "native").exists)
    return SoundServer(folder, process)


@pytest.fixture
def sound_server(monkeypatch: pytest.MonkeyPatch) -> Iterator[SoundServer]:
    """One that this process's sound goes to."""
    if not (shutil.which("pulseaudio") and shutil.which("parec")):
        pytest.skip("pulseaudio and pulseaudio-utils are not installed")
    folder = Path(tempfile.mkdtemp(prefix="pelita3-suara-"))
    running = start(folder)
    monkeypatch.setenv("PULSE_SERVER", running.address)
    yield running
    running.stop()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def no_sound(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A PC without any sound output."""
    monkeypatch.setenv("PULSE_SERVER", f"unix:{tmp_path / 'tak-ada'}")
    monkeypatch.setenv("ALSA_CONFIG_PATH", str(tmp_path / "kosong.conf"))
