"""The queue's voice: the words a call is made of, and the recordings that say them, joined to one piece of sound."""

from __future__ import annotations

import array
import re
import sys
import wave
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.errors import Refused

ONES = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")
LETTERS = tuple(f"huruf-{c}" for c in "abcdefghijklmnopqrstuvwxyz")
NUMBERS = (*ONES, "sepuluh", "sebelas", "belas", "puluh", "seratus", "ratus", "seribu", "ribu")
CHIME, NUMBER, PRIORITY = "bel", "nomor-antrean", "prioritas"
PLEASE, WITHDRAWN = "silakan-ke-loket", "panggilan-dibatalkan"
NAMES = (*LETTERS, *NUMBERS, CHIME, NUMBER, PRIORITY, PLEASE, WITHDRAWN)
"""Every recording of a voice, as `<name>.wav`."""
STYLES = ("bilangan", "digit")
"""17 as "tujuh belas", or as "satu tujuh"."""
PRIORITY_PREFIX = "P"
MOST = 999_999
SHORT, LONG = 0.05, 0.2
"""Seconds of silence between two words, and around what stands for itself."""


# --- words -----------------------------------------------------------------------------------------------------------


def number_words(n: int, style: str = "bilangan") -> list[str]:
    """A number as it is said in Indonesian, or digit by digit; leading zeros do not exist here."""
    if style == "digit" or n > MOST:
        return [ONES[int(c)] for c in str(n)]
    return _number(n)


def _number(n: int) -> list[str]:
    if n < 10:  # noqa: PLR2004  the language's own steps, here and below
        return [ONES[n]]
    if n < 12:  # noqa: PLR2004
        return ["sepuluh" if n == 10 else "sebelas"]  # noqa: PLR2004
    if n < 20:  # noqa: PLR2004
        return [ONES[n - 10], "belas"]
    for size, word, one in ((1000, "ribu", "seribu"), (100, "ratus", "seratus"), (10, "puluh", "")):
        if n >= size:
            head, rest = divmod(n, size)
            said = [one] if head == 1 else [*_number(head), word]
            return said + (_number(rest) if rest else [])
    raise AssertionError(n)


def place_words(place: str, style: str = "bilangan") -> list[str]:
    """The counter's number, or the single letters of its name; nothing where the recordings cannot say it."""
    out: list[str] = []
    for part in re.findall(r"\d+|(?<![A-Za-z])[A-Za-z](?![A-Za-z])", place):
        out += [f"huruf-{part.lower()}"] if part.isalpha() else number_words(int(part), style)
    return out


def call_words(prefix: str, number: int, place: str, style: str = "bilangan") -> list[str]:
    """Chime, number, and the way to the counter; without the way where the counter's name cannot be said."""
    where = place_words(place, style)
    return [CHIME, *_ticket(prefix, number, style), *([PLEASE, *where] if where else [])]


def withdrawn_words(prefix: str, number: int, style: str = "bilangan") -> list[str]:
    """A call that was said and is none any more."""
    return [CHIME, *_ticket(prefix, number, style), WITHDRAWN]


def _ticket(prefix: str, number: int, style: str) -> list[str]:
    letters = [f"huruf-{c.lower()}" for c in prefix if f"huruf-{c.lower()}" in LETTERS]
    # B, D and P sound alike in a hall: a priority number says what it is.
    extra = [PRIORITY] if prefix == PRIORITY_PREFIX else []
    return [NUMBER, *extra, *letters, *number_words(number, style)]


# --- sound -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Sound:
    """Samples of one channel, 16 bits each."""

    rate: int
    samples: array.array[int]

    @property
    def seconds(self) -> float:
        """How long it is."""
        return len(self.samples) / self.rate


@dataclass(frozen=True)
class Voice:
    """All recordings of one speaker, at one rate."""

    rate: int
    clips: Mapping[str, array.array[int]]
    style: str = "bilangan"

    def call(self, prefix: str, number: int, place: str) -> Sound:
        """A call."""
        return self.joined(call_words(prefix, number, place, self.style))

    def withdrawn(self, prefix: str, number: int) -> Sound:
        """That a call was none."""
        return self.joined(withdrawn_words(prefix, number, self.style))

    def joined(self, words: Sequence[str]) -> Sound:
        """These words one after the other."""
        out = array.array("h")
        for i, word in enumerate(words):
            out.extend(self.clips[word])
            if i + 1 < len(words):
                pause = LONG if _alone(word) or _alone(words[i + 1]) else SHORT
                out.frombytes(bytes(2 * int(self.rate * pause)))
        return Sound(self.rate, out)


def _alone(word: str) -> bool:
    return word in {CHIME, NUMBER, PLEASE, WITHDRAWN, PRIORITY} or word in LETTERS


def load(folder: Path, style: str = "bilangan") -> Voice:
    """The voice in a folder; Refused names what lacks or cannot be read."""
    clips, rates = {}, set()
    for name in NAMES:
        try:
            sound = read(folder / f"{name}.wav")
        except (OSError, EOFError, wave.Error) as error:
            raise Refused(
                f"Rekaman suara {name}.wav di {folder} tidak dapat dipakai. Periksa foldernya dengan "
                "`pelita3 display --check-voice FOLDER`.",
                code="voice",
            ) from error
        clips[name] = sound.samples
        rates.add(sound.rate)
    if len(rates) != 1:
        raise Refused(f"Rekaman suara di {folder} tidak selaju semuanya.", code="voice")
    return Voice(rates.pop(), clips, style if style in STYLES else STYLES[0])


def load_own(own: Path | None, shipped: Path, style: str = "bilangan") -> tuple[Voice, str]:
    """The office's own recordings, or the shipped ones with a note why; Refused where those lack too."""
    if own is not None:
        try:
            return load(own, style), ""
        except Refused as error:
            return load(shipped, style), error.message
    return load(shipped, style), ""


def read(path: Path) -> Sound:
    """One recording. wave.Error where it is not one channel of 16 bits."""
    with wave.open(str(path), "rb") as file:
        if file.getnchannels() != 1 or file.getsampwidth() != 2:  # noqa: PLR2004  bytes
            raise wave.Error("not 16-bit mono")
        samples = array.array("h", file.readframes(file.getnframes()))
        rate = file.getframerate()
    if sys.byteorder == "big":
        samples.byteswap()
    return Sound(rate, samples)
