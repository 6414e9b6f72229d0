"""The PostgreSQL server on this host: which one, where its files lie, how its superuser comes in, how it restarts."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg.conninfo import make_conninfo

from app.errors import Refused, Unavailable
from app.server import programs

Connection = psycopg.Connection[tuple[Any, ...]]

DATABASE = "pelita3"
SUPERUSER = "postgres"
DEBIAN_SOCKET = Path("/var/run/postgresql")
SETTINGS_FILE = "pelita3.conf"

OPTIONS = "-csearch_path=pelita3,pg_temp -cstatement_timeout=0 -clock_timeout=0 -cidle_in_transaction_session_timeout=0"
"""The server's own work is not bound by the limits for officers."""

NOT_ROOT = "PostgreSQL tidak menerima Anda sebagai superuser. Jalankan dengan sudo, atau sebagai pengguna postgres."


@dataclass(frozen=True)
class Files:
    """Where a server says that its files lie, and which version it is."""

    hba: Path
    ident: Path
    settings: Path
    data: Path
    version: int
    uid: int
    gid: int


@dataclass(frozen=True)
class Place:
    """A server on this host; `cluster` is Debian's name for it ("15/main"), "" elsewhere."""

    socket: Path
    port: int
    cluster: str = ""

    def connect(self, dbname: str = "postgres", user: str = SUPERUSER) -> Connection:
        """Come in through the socket, autocommit. Refused where it does not take us, Unavailable when it is down.

        Root comes in as the operating system's user who owns the server: that is whom `peer` knows.
        """
        at = make_conninfo(
            "", host=str(self.socket), port=str(self.port), dbname=dbname, user=user, connect_timeout="10",
            application_name="pelita3 admin", options=OPTIONS,
        )  # fmt: skip
        try:
            with _as_owner(self._file):
                return psycopg.connect(at, autocommit=True)
        except psycopg.OperationalError as error:
            if "Peer authentication" in str(error) or "no pg_hba.conf entry" in str(error):
                raise Refused(NOT_ROOT, code="not_root") from error
            raise Unavailable(f"Server PostgreSQL tidak menjawab di {self._file}: {last_line(error)}") from error

    def files(self, connection: Connection) -> Files:
        """What the server says of itself. Refused where it is too old for us."""
        names = ("hba_file", "ident_file", "config_file", "data_directory", "server_version_num")
        said = {name: _show(connection, name) for name in names}
        version = int(said["server_version_num"]) // 10000
        if version < programs.OLDEST:
            raise Refused(f"PostgreSQL {version} terlalu lama; perlu {programs.OLDEST} atau lebih baru.", code="old")
        data = Path(said["data_directory"])
        owner = data.stat()
        return Files(
            Path(said["hba_file"]), Path(said["ident_file"]), Path(said["config_file"]), data, version,
            owner.st_uid, owner.st_gid,
        )  # fmt: skip

    @property
    def _file(self) -> Path:
        return self.socket / f".s.PGSQL.{self.port}"

    def restart(self) -> bool:
        """Restart the server the way its system does; False where only its keeper knows how."""
        if not self.cluster:
            return False
        run("pg_ctlcluster", *self.cluster.split("/"), "restart", "-m", "fast")
        return True


def find(cluster: str, socket: str, port: int) -> Place:
    """The server that was named, else Debian's newest cluster, started when it was down.

    Unavailable where there is none, Refused where the name fits none.
    """
    if socket:
        return Place(Path(socket).absolute(), port or 5432)
    try:
        lines = run("pg_lsclusters", "-h").splitlines()
    except FileNotFoundError as error:
        raise Unavailable(programs.NOT_INSTALLED, code="not_installed") from error
    known = [line.split(None, 6) for line in lines if line.strip()]
    fit = [c for c in known if (f"{c[0]}/{c[1]}" == cluster if cluster else float(c[0]) >= programs.OLDEST)]
    if not fit and cluster:
        names = ", ".join(f"{c[0]}/{c[1]}" for c in known) or "tidak ada"
        raise Refused(f"Klaster {cluster} tidak ada di komputer ini. Yang ada: {names}.", code="cluster")
    if not fit:
        raise Unavailable(programs.NOT_INSTALLED, code="not_installed")
    best = max(fit, key=lambda c: (float(c[0]), c[1] == "main"))
    if not best[3].startswith("online"):
        run("pg_ctlcluster", best[0], best[1], "start")
    return Place(_socket_of(Path(best[5])), int(best[2]), f"{best[0]}/{best[1]}")


def _socket_of(data: Path) -> Path:
    """The socket folder, the fifth line of a running server's postmaster.pid."""
    try:
        return Path((data / "postmaster.pid").read_text(encoding="utf-8").splitlines()[4])
    except (OSError, IndexError):
        return DEBIAN_SOCKET


def our_settings(settings: Path) -> Path:
    """Our file in the folder whose *.conf files the server reads after its own; Refused where there is none."""
    named = re.findall(r"^\s*include_dir\s*=?\s*'([^']+)'", settings.read_text(encoding="utf-8"), re.MULTILINE)
    if not named:
        raise Refused(f"Tambahkan baris include_dir = 'conf.d' di akhir {settings}, lalu ulangi.", code="include_dir")
    folder = settings.parent / str(named[-1])
    if not folder.is_dir():
        raise Refused(f"Buat folder {folder} milik pengguna postgres, lalu ulangi.", code="include_dir")
    return folder / SETTINGS_FILE


def run(program: str, *arguments: str) -> str:
    """What one of the system's programs says. Unavailable with its last words where it fails."""
    done = subprocess.run(
        [program, *arguments], capture_output=True, text=True, errors="replace", check=False, env=_environment()
    )
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines()
        raise Unavailable(f"{program} gagal: {said[-1] if said else done.returncode}", code="program")
    return done.stdout


def _environment() -> dict[str, str]:
    return {"PATH": "/usr/local/sbin:/usr/sbin:/sbin:/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C.UTF-8"}


def last_line(error: BaseException) -> str:
    """An error's last line, which is where libpq says what is wrong."""
    return str(error).strip().splitlines()[-1] if str(error).strip() else type(error).__name__


def _show(connection: Connection, name: str) -> str:
    row = connection.execute("select current_setting(%s)", (name,)).fetchone()
    assert row is not None
    return str(row[0])


@contextmanager
def _as_owner(socket: Path) -> Iterator[None]:
    """As root: the socket owner's user for a moment, because `peer` looks at who connects."""
    if os.geteuid() != 0 or not socket.exists():
        yield
        return
    os.seteuid(socket.stat().st_uid)
    try:
        yield
    finally:
        os.seteuid(0)
