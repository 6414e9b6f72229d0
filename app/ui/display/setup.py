"""What the hall's screen is given when it starts; made by the command line, nothing is looked up anywhere else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import time
from pathlib import Path


def _nothing() -> None:
    """For databases that somebody else opens, and screens that nobody watches."""


@dataclass(frozen=True)
class Setup:
    """One screen. `name` is how counters call it; `screen` which one (from 1 on, 0: the last one).

    `inches` across and `metres` to the farthest seat choose the layout. `password` reads the account's password each
    time it is needed; `database` is the embedded one's file. `sound` is the output's name, `own_voice` a folder of the
    office's recordings. `open_office` connects the calling thread, `close_office` ends that. At `restart_at` (local)
    it ends with `again`, after an error of its own with `broken`, to be begun anew by whoever watches it by `beat`.
    """

    folder: Path
    login: str
    password: Callable[[], str]
    pc: str = "TV"
    name: str = "TV lobi"
    screen: int = 0
    windowed: bool = False
    inches: float = 55
    metres: float = 7
    muted: bool = False
    sound: str = ""
    volume: int = 100
    style: str = "bilangan"
    own_voice: Path | None = None
    database: Path | None = None
    open_office: Callable[[], None] = _nothing
    close_office: Callable[[], None] = _nothing
    restart_at: time | None = None
    watched: bool = False
    beat: Callable[[], None] = _nothing
    again: int = 75
    broken: int = 70
