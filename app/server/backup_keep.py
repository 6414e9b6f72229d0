"""Backups on disk: their names, the proof beside each, and which are kept for how long."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from app.sop.calendar import WIB

SUFFIX, PROOF, PART = ".p3c", ".json", ".sementara"
NAMED = re.compile(r"pelita3-(\d{8}-\d{6})\.p3c")
DAILY, WEEKLY, MONTHLY = 7, 5, 12


@dataclass(frozen=True)
class Proof:
    """What was proved of a backup after it had been put back on trial. `counts` by table, `last_seal` = (day, seal)."""

    file: str
    sha256: str
    size: int
    key: str
    engine: str
    taken_us: int
    checked_us: int
    files: int
    lines: int
    seals: int
    documents: int
    last_seal: tuple[str, str] = ("", "")
    counts: Mapping[str, int] = field(default_factory=dict)
    program: str = ""


def folder(path: Path) -> Path:
    """A folder for its owner's eyes; what root makes belongs to whom the folder around it belongs."""
    if not path.is_dir():
        path.mkdir(parents=True, mode=0o700)
        like_parent(path)
    return path


def like_parent(path: Path) -> None:
    """What root wrote must stay usable by the nightly service, whose folder it is."""
    if os.name == "posix" and os.geteuid() == 0:
        around = path.parent.stat()
        os.chown(path, around.st_uid, around.st_gid)


def name_at(at: datetime) -> str:
    """A new backup's file name, by the office's clock."""
    return f"pelita3-{at.astimezone(WIB):%Y%m%d-%H%M%S}{SUFFIX}"


def taken(path: Path) -> datetime | None:
    """When a backup was taken, by its name; None for a file that is none."""
    found = NAMED.fullmatch(path.name)
    return datetime.strptime(found[1], "%Y%m%d-%H%M%S").replace(tzinfo=WIB).astimezone(UTC) if found else None


def proof_of(path: Path) -> Path:
    """The proof that lies beside a backup."""
    return path.with_name(path.name + PROOF)


def write_proof(path: Path, proof: Proof) -> None:
    """Lay the proof beside the backup, whole or not at all; only from then on the backup counts."""
    part = proof_of(path).with_suffix(PART)
    with os.fdopen(os.open(part, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "w", encoding="utf-8") as file:
        json.dump(asdict(proof), file, ensure_ascii=False, indent=1, sort_keys=True)
        file.flush()
        os.fsync(file.fileno())
    part.replace(proof_of(path))
    like_parent(proof_of(path))


def read_proof(path: Path) -> Proof | None:
    """The proof of a backup; None where there is none that can be read."""
    try:
        found = json.loads(proof_of(path).read_text(encoding="utf-8"))
        return Proof(**{**found, "last_seal": tuple(found["last_seal"])})
    except (OSError, ValueError, TypeError, KeyError):
        return None


def good(folder: Path) -> list[Path]:
    """The backups that were proved, newest first."""
    found = [p for p in folder.glob(f"*{SUFFIX}") if taken(p) and read_proof(p)] if folder.is_dir() else []
    return sorted(found, key=lambda p: p.name, reverse=True)


def latest(folder: Path) -> Proof | None:
    """The proof of the newest good backup."""
    return next((read_proof(p) for p in good(folder)), None)


def kept(days: Iterable[date], daily: int = DAILY, weekly: int = WEEKLY, monthly: int = MONTHLY) -> set[date]:
    """Of these days the newest `daily`, the last of each of the newest `weekly` weeks and `monthly` months."""
    newest = sorted(set(days), reverse=True)
    out = set(newest[:daily])
    for many, period in ((weekly, lambda d: d.isocalendar()[:2]), (monthly, lambda d: (d.year, d.month))):
        last: dict[tuple[int, int], date] = {}
        for day in newest:
            last.setdefault(period(day), day)
        out |= set(list(last.values())[:many])
    return out


def prune(folder: Path, daily: int = DAILY, weekly: int = WEEKLY, monthly: int = MONTHLY) -> list[str]:
    """Delete what is kept no longer, and what a broken-off run left behind; the names of what went.

    Only backups that were proved are counted, so that a row of failures never pushes the last good one out.
    """
    by_day: dict[date, list[Path]] = {}
    for path in good(folder):
        at = taken(path)
        assert at is not None
        by_day.setdefault(at.astimezone(WIB).date(), []).append(path)
    stay = {by_day[day][0] for day in kept(by_day, daily, weekly, monthly)}
    gone = [p for paths in by_day.values() for p in paths if p not in stay]
    for path in gone:
        path.unlink()
        proof_of(path).unlink(missing_ok=True)
    return sorted(p.name for p in gone)


def clear_parts(folder: Path) -> None:
    """What a run that was cut off left behind: neither whole nor proved."""
    for path in folder.glob(f"*{PART}"):
        path.unlink(missing_ok=True)
