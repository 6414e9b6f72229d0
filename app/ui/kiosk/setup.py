"""What the kiosk is given when it starts; made by the command line, nothing of it is looked up anywhere else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import time

from app.jobs.workshop import Workshop


def _nothing() -> None:
    """For databases that somebody else opens, and kiosks that nobody watches."""


@dataclass(frozen=True)
class Setup:
    """One kiosk. `name` is how counters call it, `inches` its screen across, `screen` which one (0: the main one).

    `password` reads the account's password each time it is needed. `open_office` connects the calling thread,
    `close_office` ends that. At `restart_at` (local) it ends itself, to be begun again by its watcher; `beat` is its
    sign of life to him.
    """

    workshop: Workshop
    login: str
    password: Callable[[], str]
    pc: str = "KIOS"
    name: str = "Kios lobi"
    inches: float = 22
    screen: int = 0
    windowed: bool = False
    cursor: bool = False
    open_office: Callable[[], None] = _nothing
    close_office: Callable[[], None] = _nothing
    restart_at: time | None = None
    watched: bool = False
    beat: Callable[[], None] = _nothing
