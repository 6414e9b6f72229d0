"""The services of the server: systemd units as they are shipped, filled in for this host, and whose they are."""

from __future__ import annotations

import os
import re
import sys
import sysconfig
from pathlib import Path

import app
from app.errors import Unavailable
from app.server.access import BACKUP_USER, WATCH_USER
from app.server.place import Place, run

SYSTEM = Path("/etc/systemd/system")
RUNNING = Path("/run/systemd/system")
"""Exists exactly where systemd is in charge."""

WATCHDOG = "pelita3-watchdog.service"
TIMERS = ("pelita3-nightly.timer", "pelita3-renew.timer")
STATE = Path("/var/lib/pelita3")
"""Where the services may write: backups, before they are carried away."""


def shipped() -> Path:
    """The folder of the units, in a checkout or in an installed copy."""
    beside = Path(app.__file__).resolve().parent.parent / "installer" / "linux" / "systemd"
    return beside if beside.is_dir() else Path(sysconfig.get_path("data")) / "share" / "pelita3" / "systemd"


def here() -> bool:
    """Whether systemd runs this host and we may tell it what to do."""
    return RUNNING.is_dir() and os.geteuid() == 0


def filled(place: Place, folder: Path) -> dict[str, str]:
    """Every unit's text for this host, by file name."""
    values = {
        "PELITA3": _command(), "SOCKET": str(place.socket), "PORT": str(place.port), "FOLDER": str(folder),
        "CLUSTER": place.cluster or "-", "STATE": str(STATE), "BACKUP_USER": BACKUP_USER, "WATCH_USER": WATCH_USER,
        "AFTER": f"postgresql@{place.cluster.replace('/', '-')}.service" if place.cluster else "postgresql.service",
    }  # fmt: skip
    units = sorted(p for p in shipped().iterdir() if p.suffix in {".service", ".timer"})
    return {p.name: re.sub(r"@([A-Z0-9_]+)@", lambda m: values[m[1]], p.read_text(encoding="utf-8")) for p in units}


def _command() -> str:
    """How this very program is called, also by a service: the installed command, else this Python."""
    beside = Path(sys.executable).with_name("pelita3")
    return str(beside) if beside.exists() else f"{sys.executable} -m app"


def outdated(place: Place, folder: Path, system: Path = SYSTEM) -> list[str]:
    """Units that are missing or not as they are shipped."""
    files = {system / name: text for name, text in filled(place, folder).items()}
    return [f.name for f, text in files.items() if not f.exists() or f.read_text(encoding="utf-8") != text]


def install(place: Place, folder: Path, system: Path = SYSTEM) -> list[str]:
    """Write, load and start the units; the names of those that changed. A second time nothing happens."""
    changed, texts = outdated(place, folder, system), filled(place, folder)
    for name in changed:
        (system / name).write_text(texts[name], encoding="utf-8")
        (system / name).chmod(0o644)
    if changed:
        run("systemctl", "daemon-reload")
    for name in (WATCHDOG, *TIMERS):
        if name in changed or stopped(name):
            run("systemctl", "enable", name)
            run("systemctl", "restart", name)
            changed += [] if name in changed else [name]
    return changed


def stopped(name: str) -> bool:
    """Whether a unit does not run, or would not after the next start of this host."""
    try:
        run("systemctl", "is-active", "--quiet", name)
        run("systemctl", "is-enabled", "--quiet", name)
    except Unavailable:
        return True
    return False


def make_users() -> list[str]:
    """The operating system's users of the services: without shell, home and password. The names of those made now."""
    import pwd

    known = {entry.pw_name for entry in pwd.getpwall()}
    made = [name for name in (BACKUP_USER, WATCH_USER) if name not in known]
    for name in made:
        run("useradd", "--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent",
            "--shell", "/usr/sbin/nologin", name)  # fmt: skip
    return made


def unreachable_by_services() -> str:
    """The folder on this program's way that other users may not enter; "" where services can start it."""
    for file in (Path(sys.executable), Path(sys.executable).resolve(), Path(app.__file__).resolve()):
        for part in reversed([file, *file.parents]):
            if not part.stat().st_mode & (0o001 if part.is_dir() else 0o004):
                return str(part)
    return ""
