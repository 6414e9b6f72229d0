"""Makes the shipped voice: one WAV per word by espeak-ng's Indonesian voice, and a chime.

The clips are data (the tool's licence does not reach what it says); an office may record its own under the same names.
"""

from __future__ import annotations

import array
import math
import subprocess
import sys
import wave
from pathlib import Path

RATE = 22050
PEAK = 0.72
SILENT = 500
LETTERS = {c: c.lower() for c in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
SPOKEN = {"a": "a", "c": "ce", "e": "e", "f": "ef", "g": "ge", "h": "ha", "j": "je", "k": "ka", "l": "el", "m": "em",
          "n": "en", "p": "pe", "q": "ki", "r": "er", "s": "es", "t": "te", "v": "fe", "w": "we", "x": "eks",
          "y": "ye", "z": "zet", "b": "be", "d": "de", "i": "i", "o": "o", "u": "u"}  # fmt: skip
NUMBERS = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas",
           "belas", "puluh", "seratus", "ratus", "seribu", "ribu")  # fmt: skip
PHRASES = {
    "nomor-antrean": "nomor antrean",
    "silakan-ke-loket": "silakan menuju loket",
    "panggilan-dibatalkan": "panggilan dibatalkan",
    "prioritas": "prioritas",
}


def main(folder: Path) -> None:
    """Every clip into `folder`; what is there is made anew."""
    folder.mkdir(parents=True, exist_ok=True)
    for letter in LETTERS.values():
        _say(folder / f"huruf-{letter}.wav", SPOKEN[letter])
    for word in NUMBERS:
        _say(folder / f"{word}.wav", word)
    for name, text in PHRASES.items():
        _say(folder / f"{name}.wav", text)
    _write(folder / "bel.wav", _chime())


def _say(path: Path, text: str) -> None:
    made = subprocess.run(  # noqa: S603  our own words
        ["espeak-ng", "-v", "id", "-s", "138", "-p", "42", "-a", "180", "-g", "1", "--stdout", text],
        capture_output=True, check=True,
    ).stdout  # fmt: skip
    # espeak-ng writes to a pipe with no length in the head; the samples follow 44 bytes of it.
    samples = array.array("h", made[44 : 44 + (len(made) - 44) // 2 * 2])
    _write(path, _even(_trimmed(samples)))


def _trimmed(samples: array.array[int]) -> array.array[int]:
    """Without silence before and with a short one after, so that words follow each other as in speech."""
    loud = [i for i, s in enumerate(samples) if abs(s) > SILENT]
    first, last = max(0, loud[0] - RATE // 100), min(len(samples), loud[-1] + RATE // 40)
    return samples[first:last]


def _even(samples: array.array[int]) -> array.array[int]:
    """All words equally loud."""
    top = max(abs(s) for s in samples)
    return array.array("h", (int(s * PEAK * 32767 / top) for s in samples))


def _chime() -> array.array[int]:
    """Two falling tones (E5, C5) that ring out: heard over voices, and no fright."""
    out = array.array("h", bytes(2 * int(RATE * 1.25)))
    for at, tone in ((0.0, 659.25), (0.38, 523.25)):
        for i in range(int(RATE * 0.85)):
            t = i / RATE
            level = math.exp(-4.2 * t) * min(1.0, t * 200)
            value = level * (math.sin(2 * math.pi * tone * t) + 0.35 * math.sin(4 * math.pi * tone * t)) / 1.35
            place = int(at * RATE) + i
            if place < len(out):
                out[place] = max(-32767, min(32767, out[place] + int(value * 0.5 * 32767)))
    return out


def _write(path: Path, samples: array.array[int]) -> None:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(samples.tobytes())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
