"""What this computer brings to the program: its folder, its database, its printers, its habits."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any


def _forget(_changes: Mapping[str, Any]) -> None:
    """For programs that keep no settings (the demo)."""


def _nothing() -> None:
    """For databases that somebody else opens."""


def _utc_now() -> datetime:
    """This PC's clock, which is the embedded database's too."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Computer:
    """Made by __main__ from the settings; nothing of it is looked up anywhere else.

    `open_office` connects the calling thread to the database, preparing it the first time (Refused, Unavailable);
    `close_office` ends that. `move_office` points to another database file. `remember` saves changed settings by name
    (`last_login`, `dark`, `scale`, `printers`) and raises OSError where it cannot; it blocks. `server` is the address
    of the office's server, where `database` is None. `join` leads this PC to a server (address, file of its CA), from
    the next start on too, and returns the address as it is kept; None where nobody may choose here (the demo).
    """

    folder: Path
    pc: str = "PC"
    database: Path | None = None
    printers: Mapping[str, str] = field(default_factory=dict)
    p12_path: Path | None = None
    last_login: str = ""
    said: str = ""
    clock: Callable[[], datetime] = _utc_now
    open_office: Callable[[], None] = _nothing
    close_office: Callable[[], None] = _nothing
    move_office: Callable[[Path], None] | None = None
    server: str = ""
    join: Callable[[str, Path], str] | None = None
    remember: Callable[[Mapping[str, Any]], None] = _forget
