"""Where PostgreSQL's own programs lie, and as whom they run: never as root."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

from app.errors import Unavailable

OLDEST = 15
DEBIAN = Path("/usr/lib/postgresql")
PROGRAMS = "PELITA3_PG_BIN"
"""Names the folder of another PostgreSQL's programs, for example to run the tests on a newer version."""

OWNER = "postgres"
"""Whom root becomes: PostgreSQL refuses to run as root, rightly."""

NOT_INSTALLED = (
    "PostgreSQL 15 atau lebih baru tidak ditemukan di komputer ini. Pasang dengan `sudo apt install postgresql`, "
    "lalu ulangi."
)


def folder() -> Path:
    """The folder of PostgreSQL's programs: as named, else Debian's newest, else where PATH leads. Else Unavailable."""
    if os.environ.get(PROGRAMS):
        return Path(os.environ[PROGRAMS])
    found = sorted(
        (int(p.name), p / "bin") for p in DEBIAN.glob("*") if p.name.isdigit() and (p / "bin/initdb").exists()
    )
    if found and found[-1][0] >= OLDEST:
        return found[-1][1]
    on_path = shutil.which("initdb")
    if on_path and version(Path(on_path).resolve().parent) >= OLDEST:
        return Path(on_path).resolve().parent
    raise Unavailable(NOT_INSTALLED, code="not_installed")


def version(place: Path) -> int:
    """The major version of the programs in a folder; 0 where they do not answer."""
    try:
        said = subprocess.run([place / "initdb", "--version"], capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return 0
    number = re.search(r"\) (\d+)", said)
    return int(number[1]) if number else 0


def owner() -> tuple[int, int] | None:
    """User and group to become: PostgreSQL does not run as root. None: stay who we are."""
    if os.name != "posix":
        raise Unavailable("Klaster PostgreSQL sementara hanya tersedia di Linux.", code="not_installed")
    if os.geteuid() != 0:
        return None
    import pwd  # Windows has none

    try:
        entry = pwd.getpwnam(OWNER)
    except KeyError as error:
        raise Unavailable(NOT_INSTALLED, code="not_installed") from error
    return entry.pw_uid, entry.pw_gid


def environment() -> dict[str, str]:
    """Nothing of the caller's: no PGHOST, no locale, no time zone."""
    return {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC"}
