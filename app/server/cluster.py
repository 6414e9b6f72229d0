"""A throw-away PostgreSQL cluster of our own: for tests, for attacks and faults, and for `pelita3 demo --postgres`.

Nothing of it lies outside its folder but a short folder for its socket; it listens on loopback only. The superuser
`postgres` comes in through the socket alone, and only as the operating system's user who owns the cluster (or root).
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import weakref
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from app.errors import Unavailable
from app.server import certs, programs

PATIENCE = 60.0
SOCKET_PATH = 90
"""A socket's whole path must stay below 108 bytes; its name takes up to 17 of them."""


class Cluster:
    """One running cluster. `start` makes it; as a context manager it ends and vanishes at the end of the block.

    `ca` is the CA file that a client needs for verify-full (host `localhost`, address `127.0.0.1`), None without TLS.
    """

    host = "localhost"
    hostaddr = "127.0.0.1"

    def __init__(self, folder: Path, bin_folder: Path, owner: tuple[int, int] | None) -> None:
        self.folder, self.bin = folder, bin_folder
        self.data, self.log = folder / "data", folder / "server.log"
        self.port = 0
        self.ca: Path | None = None
        self.sockets = folder / "s"
        self._user = owner[0] if owner else None
        self._group = owner[1] if owner else None
        self._groups: list[int] | None = [] if owner else None
        self._process: subprocess.Popen[bytes] | None = None
        self._left = _Left()
        self._forgotten = weakref.finalize(self, self._left.clear)

    @classmethod
    def start(
        cls,
        folder: Path | None = None,
        *,
        tls: bool = True,
        fsync: bool = True,
        settings: Mapping[str, str] | None = None,
    ) -> Cluster:
        """A new running cluster in `folder` (default: a temporary one, removed with it).

        Unavailable where no PostgreSQL >= 15 is installed, or where it cannot run for this user. `fsync=False` is for
        tests: quick, and not safe when the power fails. `settings` are further lines of postgresql.conf.
        """
        bin_folder, owner = programs.folder(), programs.owner()
        made = folder is None
        place = Path(tempfile.mkdtemp(prefix="pelita3-pg-")) if folder is None else folder.absolute()
        cluster = cls(place, bin_folder, owner)
        if made:
            cluster._left.folders.append(place)
        try:
            cluster._furnish(tls=tls, fsync=fsync, settings=settings or {})
            cluster.start_again()
        except BaseException:
            cluster.remove()
            raise
        return cluster

    def superuser_dsn(self, dbname: str = "postgres") -> str:
        """How the superuser connects: through the socket, without a password."""
        return f"host={self.sockets} port={self.port} dbname={dbname} user=postgres"

    def address(self, dbname: str = "pelita3") -> str:
        """What an officer's PC is given: the server's address and the CA."""
        return f"postgresql://{self.host}:{self.port}/{dbname}" + (f"?ca={self.ca}" if self.ca else "")

    # --- running ---

    @property
    def pid(self) -> int:
        """The postmaster's process, 0 when it does not run."""
        return self._process.pid if self._process and self._process.poll() is None else 0

    def start_again(self) -> None:
        """Start the server on its data and its port, also after `stop` or `kill9`; returns when it answers."""
        if self.pid:
            return
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [self.bin / "postgres", "-D", self.data], stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                cwd=self.data, env=programs.environment(), start_new_session=True,
                user=self._user, group=self._group, extra_groups=self._groups, umask=0o077,
            )  # fmt: skip
        self._left.process = self._process
        until = time.monotonic() + PATIENCE
        while not self._ready():
            if self._process.poll() is not None or time.monotonic() > until:
                self.stop()
                raise Unavailable(f"PostgreSQL tidak mau menyala: {self._last_words()}", code="starting")
            time.sleep(0.02)

    def stop(self) -> None:
        """End the server the ordinary way: sessions are cut, everything is written. Harmless when it does not run."""
        if self._process is None:
            return
        for how in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
            if self._process.poll() is not None:
                break
            self._process.send_signal(how)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(PATIENCE)
        self._process = None

    def kill9(self) -> None:
        """End the postmaster and every process of it at once, as when the machine dies. `start_again` recovers."""
        if not self.pid or self._process is None:
            return
        os.kill(self._process.pid, signal.SIGSTOP)  # so that no new session is born meanwhile
        family = [self._process.pid, *_children(self._process.pid)]
        for pid in family:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self._process.wait(PATIENCE)
        until = time.monotonic() + PATIENCE
        while any(_alive(pid) for pid in family) and time.monotonic() < until:
            time.sleep(0.01)
        self._process = None

    def reload(self) -> None:
        """Let the server read its files again."""
        if self.pid:
            os.kill(self.pid, signal.SIGHUP)

    def remove(self) -> None:
        """End the server and delete what was made for it; a folder that was given stays, without the cluster."""
        self.stop()
        self._left.folders += [self.data, self.sockets, self.folder / "tls"]
        self._forgotten()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self.remove()

    # --- making ---

    def _furnish(self, *, tls: bool, fsync: bool, settings: Mapping[str, str]) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self._place_socket()
        self._own(self.folder, self.sockets)
        self.port = _free_port()
        self._run("initdb", "-D", str(self.data), "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8", "-k", "--no-sync")
        (self.data / "conf.d").mkdir(mode=0o700)
        lines = _configuration(self.port, self.sockets, fsync=fsync)
        if tls:
            paper = certs.issue(self.folder / "tls", names=[self.host], addresses=["127.0.0.1", "::1"])
            self.ca = paper.ca
            self._own(self.folder / "tls", paper.key, paper.certificate, paper.ca_key, paper.ca)
            lines |= {"ssl": "on", "ssl_cert_file": str(paper.certificate), "ssl_key_file": str(paper.key),
                      "ssl_min_protocol_version": "TLSv1.3"}  # fmt: skip
        text = "".join(f"{name} = '{value}'\n" for name, value in (lines | dict(settings)).items())
        with (self.data / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.write(f"{text}include_dir = 'conf.d'\n")
        self._admit(tls=tls)
        self._own(self.data / "conf.d")

    def _place_socket(self) -> None:
        if len(os.fsencode(self.sockets)) > SOCKET_PATH:
            temporary = tempfile.gettempdir()
            short = temporary if len(temporary) < SOCKET_PATH // 2 else "/tmp"  # noqa: S108  mkdtemp makes it ours
            self.sockets = Path(tempfile.mkdtemp(prefix="p3-", dir=short))
            self._left.folders.append(self.sockets)
        self.sockets.mkdir(mode=0o700, exist_ok=True)

    def _admit(self, *, tls: bool) -> None:
        import pwd  # Windows has none

        mine = pwd.getpwuid(os.geteuid() if self._user is None else self._user).pw_name
        kind = "hostssl" if tls else "host"
        (self.data / "pg_hba.conf").write_text(
            f"local all postgres peer map=cluster\n{kind} all all 127.0.0.1/32 scram-sha-256\n"
            f"{kind} all all ::1/128 scram-sha-256\n",
            encoding="utf-8",
        )
        (self.data / "pg_ident.conf").write_text(
            "".join(f"cluster {user} postgres\n" for user in dict.fromkeys((mine, "root"))), encoding="utf-8"
        )

    def _run(self, program: str, *arguments: str) -> None:
        done = subprocess.run(
            [self.bin / program, *arguments], capture_output=True, text=True, errors="replace", check=False,
            cwd=self.folder, env=programs.environment(),
            user=self._user, group=self._group, extra_groups=self._groups, umask=0o077,
        )  # fmt: skip
        if done.returncode:
            said = (done.stderr or done.stdout).strip().splitlines()
            raise Unavailable(f"{program} gagal: {said[-1] if said else done.returncode}", code="cluster")

    def _own(self, *paths: Path) -> None:
        if self._user is not None and self._group is not None:
            for path in paths:
                os.chown(path, self._user, self._group)

    def _ready(self) -> bool:
        try:
            lines = (self.data / "postmaster.pid").read_text().splitlines()
            return int(lines[0]) == self.pid and lines[7].strip() == "ready"  # after kill9 an old file lies there
        except (OSError, IndexError, ValueError):
            return False

    def _last_words(self) -> str:
        try:
            lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()
        except OSError:
            lines = []
        return next((line for line in reversed(lines) if "FATAL" in line), lines[-1] if lines else "tanpa keterangan")


@dataclass
class _Left:
    """What must be ended and deleted even when nobody did: at the end of the program at the latest."""

    folders: list[Path] = field(default_factory=list)
    process: subprocess.Popen[bytes] | None = None

    def clear(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGQUIT)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(PATIENCE)
        for folder in self.folders:
            shutil.rmtree(folder, ignore_errors=True)


def _configuration(port: int, sockets: Path, *, fsync: bool) -> dict[str, str]:
    lines = {
        "listen_addresses": "127.0.0.1",
        "port": str(port),
        "unix_socket_directories": str(sockets),
        "unix_socket_permissions": "0700",
        "password_encryption": "scram-sha-256",
        "lc_messages": "C",
        "log_timezone": "UTC",
        "timezone": "UTC",
        "shared_buffers": "32MB",
        "log_min_messages": "warning",
        "autovacuum_naptime": "1min",
    }
    quick = {"fsync": "off", "full_page_writes": "off"}  # still written at commit, so `kill9` loses nothing
    return lines if fsync else lines | quick


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _children(parent: int) -> list[int]:
    """Every process whose parent is this one; backends are sessions of their own, so a process group holds none."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError, IndexError, ValueError):
                if int((entry / "stat").read_text().rpartition(")")[2].split()[1]) == parent:
                    found.append(int(entry.name))
    return found


def _alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (OSError, IndexError):
        return False
