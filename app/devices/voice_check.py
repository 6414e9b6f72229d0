"""Whether a folder of recordings is a voice: all names there, one channel, whole, neither silent nor distorted."""

from __future__ import annotations

import math
import wave
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from app.devices import voice
from app.devices.voice import Sound

RATES = range(22_000, 48_001)
SHORTEST, LONGEST = 0.08, 6.0
QUIET_PEAK = 0.03
"""Of full scale (-30 dB); below it nobody in a hall hears anything."""
FULL = 32_700
CLIPPED = 0.0005
"""Which part of the samples may stand at full scale."""
UNEVEN = 4.0
"""Times louder or softer than the middle one (12 dB): a listener jumps or misses the word."""


@dataclass(frozen=True)
class Fault:
    """What is wrong with a recording, in words for whoever records it again."""

    name: str
    text: str


@dataclass(frozen=True)
class Checked:
    """What was found in a folder."""

    faults: tuple[Fault, ...]
    count: int
    rate: int
    example: float
    """Seconds of "A-017 to counter 3"; 0 where it cannot be said."""


def check(folder: Path) -> Checked:
    """Every fault of every recording in a folder."""
    sounds: dict[str, Sound] = {}
    faults: list[Fault] = []
    for name in voice.NAMES:
        path = folder / f"{name}.wav"
        found = _read(path)
        if isinstance(found, Fault):
            faults.append(found)
        else:
            sounds[name] = found
            faults += [Fault(path.name, text) for text in _judged(found)]
    bad = {f.name for f in faults}
    faults += _strangers(folder) + _odd_rates(sounds)
    faults += _uneven({n: s for n, s in sounds.items() if f"{n}.wav" not in bad})
    rate = next(iter(sounds.values())).rate if sounds else 0
    example = 0.0 if faults else voice.load(folder).call("A", 17, "Loket 3").seconds
    return Checked(tuple(faults), len(sounds), rate, example)


def _read(path: Path) -> Sound | Fault:
    try:
        with wave.open(str(path), "rb") as file:
            channels, width = file.getnchannels(), file.getsampwidth()
        if channels != 1:
            return Fault(path.name, f"{channels} kanal; rekam satu kanal (mono)")
        if width != 2:  # noqa: PLR2004  bytes
            return Fault(path.name, f"{8 * width} bit; simpan sebagai WAV PCM 16 bit")
        return voice.read(path)
    except FileNotFoundError:
        return Fault(path.name, "tidak ada")
    except (OSError, EOFError, wave.Error) as error:
        return Fault(path.name, f"tidak terbaca sebagai WAV PCM 16 bit ({error})")


def _judged(sound: Sound) -> list[str]:
    out = []
    if sound.rate not in RATES:
        out.append(f"laju {sound.rate} Hz; rekam pada 22050 sampai 48000 Hz")
    if not SHORTEST <= sound.seconds <= LONGEST:
        out.append(f"panjang {sound.seconds:.2f} detik; seharusnya {SHORTEST} sampai {LONGEST:.0f} detik")
    if not sound.samples or max(abs(s) for s in sound.samples) < QUIET_PEAK * 32768:
        out.append("hening atau terlalu pelan")
        return out
    full = sum(1 for s in sound.samples if not -FULL < s < FULL)
    if full > max(3, CLIPPED * len(sound.samples)):
        out.append("pecah: terlalu keras saat direkam, kecilkan mikrofon lalu rekam lagi")
    return out


def _strangers(folder: Path) -> list[Fault]:
    """A name spelled otherwise is the usual reason why one lacks."""
    known = {f"{name}.wav" for name in voice.NAMES}
    files = sorted(p.name for p in folder.glob("*.[wW][aA][vV]"))
    return [Fault(name, "nama ini tidak dikenal") for name in files if name not in known]


def _odd_rates(sounds: dict[str, Sound]) -> list[Fault]:
    usual = max({s.rate for s in sounds.values()}, key=[s.rate for s in sounds.values()].count, default=0)
    return [
        Fault(f"{n}.wav", f"laju {s.rate} Hz, yang lain {usual} Hz; samakan semuanya")
        for n, s in sounds.items()
        if s.rate != usual
    ]


def _uneven(sounds: dict[str, Sound]) -> list[Fault]:
    loud = {n: level(s) for n, s in sounds.items() if n != voice.CHIME}
    heard = {n: x for n, x in loud.items() if x > 0}
    middle = median(heard.values()) if heard else 0.0
    out = []
    for name, value in heard.items():
        if value > middle * UNEVEN or value * UNEVEN < middle:
            how = "keras" if value > middle else "pelan"
            out.append(Fault(f"{name}.wav", f"jauh lebih {how} daripada rekaman lain"))
    return out


def level(sound: Sound) -> float:
    """How loud it is: the root of the mean square, of full scale 1."""
    if not sound.samples:
        return 0.0
    return math.sqrt(sum(s * s for s in sound.samples) / len(sound.samples)) / 32768
