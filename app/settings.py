"""What differs between two computers: where the data lie, printers, theme, last log-in. Only __main__ imports this."""

from __future__ import annotations

import json
import os
import platform
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import platformdirs

NAME = "pelita3"
FILE = "pengaturan.json"
HOME = "PELITA3_HOME"
SCALES = (100, 110, 125)


@dataclass(frozen=True)
class Settings:
    """One computer's settings. Empty paths mean the usual place inside `folder`; passwords never stand here.

    `printers` maps a paper's kind to a printer's name, "" being the one for all kinds. `mailer_*` serve
    `pelita3 mailer`: the login of its service account and a file, readable by its owner only, with the password.
    `device_*` are the same for a machine of the hall (`pelita3 kiosk`, `pelita3 display`). `display_*` describe the
    screen: its number from 1 on (0: the last one), inches across, metres to the farthest seat, the sound output by
    name, loudness in per cent, how numbers are said (bilangan, digit), and a folder with the office's own recordings.
    `kiosk_*` describe the kiosk: its name, its screen (from 1 on; 0: the main one), inches across, whether the mouse's
    arrow is shown. `machine_restart` is when a watched machine begins anew each night ("" never).
    """

    folder: Path
    file: Path
    database: str = ""
    printers: Mapping[str, str] = field(default_factory=dict)
    dark: bool = False
    scale: int = 100
    last_login: str = ""
    p12_path: str = ""
    mailer_login: str = ""
    mailer_password_file: str = ""
    device_login: str = ""
    device_password_file: str = ""
    display_name: str = "TV lobi"
    display_screen: int = 0
    display_diagonal: int = 55
    display_distance: int = 7
    display_sound: str = ""
    display_volume: int = 100
    display_muted: bool = False
    display_voice: str = "bilangan"
    display_voice_folder: str = ""
    kiosk_name: str = "Kios lobi"
    kiosk_screen: int = 0
    kiosk_diagonal: int = 22
    kiosk_cursor: bool = False
    machine_restart: str = "03.00"
    pc: str = ""
    said: str = ""
    """What must be told once, for example that a broken settings file was put aside. Never saved."""

    @property
    def is_server(self) -> bool:
        """Whether the database is a PostgreSQL server's address and no file."""
        return self.database.startswith(("postgres://", "postgresql://"))

    @property
    def database_path(self) -> Path:
        """The embedded database's file."""
        return Path(self.database).expanduser() if self.database else self.folder / "kantor.db"

    @property
    def certificate_path(self) -> Path:
        """The Kadis's PKCS#12 on this computer; it need not exist."""
        return Path(self.p12_path).expanduser() if self.p12_path else self.folder / "kadis.p12"

    @property
    def computer(self) -> str:
        """This computer's name as the office knows it."""
        return self.pc or platform.node().upper() or "PC"


SAVED = tuple(f.name for f in fields(Settings) if f.name not in {"folder", "file", "said"})


def load(env: Mapping[str, str] = os.environ) -> Settings:
    """This user's settings, or the shipped ones.

    A file that cannot be understood is kept aside under another name and said once; OSError where even the folders
    cannot be made.
    """
    if env.get(HOME):
        home = Path(env[HOME]).expanduser().absolute()
        plain = Settings(home, home / FILE)
    else:
        plain = Settings(
            platformdirs.user_data_path(NAME, appauthor=False),
            platformdirs.user_config_path(NAME, appauthor=False) / FILE,
        )
    plain.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        text = plain.file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return plain
    except (OSError, UnicodeDecodeError):
        return _put_aside(plain)
    try:
        return replace(plain, **_understood(json.loads(text)))
    except (ValueError, TypeError, RecursionError):
        return _put_aside(plain)


def save(settings: Settings) -> None:
    """Write the settings whole or not at all; keys of a newer program stay. OSError where that is not possible."""
    settings.file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    kept = _others(settings.file) | {name: _plain(getattr(settings, name)) for name in SAVED}
    handle, name = tempfile.mkstemp(dir=settings.file.parent, prefix=".pengaturan-")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            json.dump(kept, stream, ensure_ascii=False, indent=2, sort_keys=True)
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).replace(settings.file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _plain(value: object) -> object:
    return dict(value) if isinstance(value, Mapping) else value


def _others(file: Path) -> dict[str, Any]:
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return {k: v for k, v in found.items() if k not in SAVED} if isinstance(found, dict) else {}


def _understood(found: object) -> dict[str, Any]:
    """The known keys, each of its type; TypeError or ValueError where one is not."""
    if not isinstance(found, dict):
        raise TypeError("not an object")
    shipped = Settings(Path(), Path())
    known = {k: v for k, v in found.items() if k in SAVED}
    for name, value in known.items():
        wanted = dict if name == "printers" else type(getattr(shipped, name))
        if type(value) is not wanted:
            raise ValueError(name)
    if not all(isinstance(v, str) for v in known.get("printers", {}).values()):
        raise ValueError("printers")
    if known.get("scale", 100) not in SCALES:
        raise ValueError("scale")
    return known


def _put_aside(plain: Settings) -> Settings:
    aside = plain.file.with_name(f"pengaturan-rusak-{datetime.now(UTC):%Y%m%d-%H%M%S}.json")
    try:
        plain.file.replace(aside)
    except OSError:
        aside = plain.file
    return replace(
        plain,
        said=f"Pengaturan komputer ini tidak terbaca, jadi pengaturan bawaan dipakai. Yang lama disimpan di {aside}. "
        "Periksa printer di halaman Kantor.",
    )
