"""What IT is told of a voice and of the sound outputs, and one call spoken to try them."""

from __future__ import annotations

import sys
from pathlib import Path

from app.devices import speaker, voice, voice_check
from app.errors import Shown

EXAMPLE = ("A", 17, "Loket 3")


def check(folder: Path) -> int:
    """Every fault of the recordings in a folder, a line each; 0 where there is none."""
    found = voice_check.check(folder)
    for fault in found.faults:
        _say(f"{fault.name}: {fault.text}")
    if found.faults:
        _say(f"{len(found.faults)} kekurangan; suara ini belum dapat dipakai.")
        return 1
    seconds = f"{found.example:.1f}".replace(".", ",")
    _say(f"Suara lengkap: {found.count} rekaman, {found.rate} Hz. Panggilan A-017 ke loket 3: {seconds} detik.")
    return 0


def speak(output: str, volume: int, style: str, own: Path | None, shipped: Path) -> int:
    """Name this PC's sound outputs and say one call on the chosen one; 0 where it was played to its end."""
    names = speaker.outputs()
    _say(f"Keluaran suara: {'; '.join(names) or 'tidak ada'}")
    chosen = speaker.Speaker(output, volume)
    try:
        used = chosen.check()
        if output and not used:
            _say(f"Tidak ada keluaran yang namanya memuat “{output}”; yang dipakai sistem yang berbunyi.")
        found, note = voice.load_own(own, shipped, style)
        if note:
            _say(note)
        _say(f"Mengucapkan A-017, loket 3, lewat {used or 'keluaran bawaan sistem'}.")
        chosen.play(found.call(*EXAMPLE))
    except Shown as error:
        _say(error.message)
        return 1
    return 0


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
