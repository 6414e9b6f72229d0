"""A CUPS server of the tests' own: real scheduler, real filters, a printer that keeps its pages in a folder."""

from __future__ import annotations

import grp
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

SERVER_BIN = Path("/usr/lib/cups")
NEEDED = ("cupsd", "lp", "lpstat", "lpadmin", "cupsdisable", "cupsenable", "cancel")
PATIENCE = 20.0

FILES_CONF = """\
SystemGroup {group}
User {user}
Group {group}
ServerRoot {home}/etc
CacheDir {home}/cache
StateDir {home}/run
RequestRoot {home}/spool
ServerBin {home}/bin
DataDir /usr/share/cups
AccessLog {home}/log/access_log
ErrorLog {home}/log/error_log
PageLog {home}/log/page_log
Sandboxing Relaxed
TempDir {home}/spool/tmp
"""
CUPSD_CONF = """\
LogLevel warn
Listen 127.0.0.1:{port}
Browsing No
DefaultAuthType None
WebInterface No
<Location />
  Order allow,deny
  Allow all
</Location>
<Location /admin>
  Order allow,deny
  Allow all
</Location>
<Policy default>
  JobPrivateAccess all
  JobPrivateValues none
  SubscriptionPrivateAccess all
  SubscriptionPrivateValues none
  <Limit All>
    Order allow,deny
    Allow all
  </Limit>
</Policy>
"""
# A backend is what CUPS runs to reach a device; ours is a device made of a folder. A page appears whole or not at all.
BACKEND = """\
#!/bin/sh
[ $# -eq 0 ] && { echo 'direct arsip "uji" "Printer uji"'; exit 0; }
echo "$3" > "OUT/$1.title"
cat "${6:--}" > "OUT/$1.part" && mv "OUT/$1.part" "OUT/$1.pdf"
"""
# A printer that takes PDF and knows three sizes of paper; the scheduler's own filter places the pages.
PPD = """\
*PPD-Adobe: "4.3"
*FormatVersion: "4.3"
*FileVersion: "1.0"
*LanguageVersion: English
*LanguageEncoding: ISOLatin1
*PCFileName: "UJI.PPD"
*Manufacturer: "Uji"
*Product: "(Uji)"
*ModelName: "Printer uji"
*ShortNickName: "Printer uji"
*NickName: "Printer uji"
*PSVersion: "(3010.000) 0"
*LanguageLevel: "3"
*ColorDevice: True
*cupsFilter2: "application/vnd.cups-pdf application/pdf 0 -"
*OpenUI *PageSize/Size: PickOne
*DefaultPageSize: A4
*PageSize A4/A4: ""
*PageSize A5/A5: ""
*CloseUI: *PageSize
*OpenUI *PageRegion: PickOne
*DefaultPageRegion: A4
*PageRegion A4/A4: ""
*PageRegion A5/A5: ""
*CloseUI: *PageRegion
*DefaultImageableArea: A4
*ImageableArea A4/A4: "0 0 595 842"
*ImageableArea A5/A5: "0 0 420 595"
*DefaultPaperDimension: A4
*PaperDimension A4/A4: "595 842"
*PaperDimension A5/A5: "420 595"
*VariablePaperSize: True
*MaxMediaWidth: "842"
*MaxMediaHeight: "1191"
*HWMargins: 0 0 0 0
*CustomPageSize True: ""
*ParamCustomPageSize Width: 1 points 72 842
*ParamCustomPageSize Height: 2 points 72 1191
*ParamCustomPageSize WidthOffset: 3 points 0 0
*ParamCustomPageSize HeightOffset: 4 points 0 0
*ParamCustomPageSize Orientation: 5 int 0 0
"""


@dataclass(frozen=True)
class Cups:
    """The server's address and where its printers' pages land (one PDF per job, named by the job's number)."""

    address: str
    pages: Path

    def admin(self, *command: str) -> str:
        """Runs one of CUPS' own commands against this server."""
        done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=True, env=self.env())
        return done.stdout

    def env(self) -> dict[str, str]:
        return {**os.environ, "CUPS_SERVER": self.address, "LC_ALL": "C.UTF-8"}

    def page(self, job: str) -> bytes:
        """What the device received for this job, waited for."""
        place = self.pages / f"{job}.pdf"
        until = time.monotonic() + PATIENCE
        while not place.exists():
            assert time.monotonic() < until, f"job {job} never reached the device"
            time.sleep(0.05)
        return place.read_bytes()


@pytest.fixture(scope="module")
def cups() -> Iterator[Cups]:
    """Queues `arsip` and `arsip2` that print, and `macet` that is stopped; CUPS_SERVER points here meanwhile."""
    missing = [name for name in NEEDED if shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin:/sbin") is None]
    if missing or not (SERVER_BIN / "filter" / "pdftopdf").exists():
        pytest.skip(f"cups, cups-client and cups-filters are needed here; missing: {missing or 'pdftopdf'}")
    # Not pytest's tmp_path: its parents are closed to the user `lp` under whom the filters run.
    home = Path(tempfile.mkdtemp(prefix="pelita3-cups-"))
    home.chmod(0o755)
    try:
        yield from _served(home)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _served(home: Path) -> Iterator[Cups]:
    server = Cups(f"127.0.0.1:{_free_port()}", home / "pages")
    _furnish(home, server)
    program = shutil.which("cupsd", path=f"{os.environ['PATH']}:/usr/sbin:/sbin") or "cupsd"
    command = [program, "-f", "-c", str(home / "etc/cupsd.conf"), "-s", str(home / "etc/cups-files.conf")]
    with (home / "log/cupsd.out").open("wb") as out, subprocess.Popen(command, stdout=out, stderr=out) as scheduler:
        before = os.environ.get("CUPS_SERVER")
        try:
            _wait(server, scheduler)
            _queues(home, server)
            os.environ["CUPS_SERVER"] = server.address
            yield server
        finally:
            os.environ.pop("CUPS_SERVER", None)
            if before is not None:
                os.environ["CUPS_SERVER"] = before
            scheduler.terminate()
            with suppress(subprocess.TimeoutExpired):
                scheduler.wait(PATIENCE)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _furnish(home: Path, server: Cups) -> None:
    """The server's own house: everything it writes lies under `home`; its programs are the system's, but one."""
    root = os.geteuid() == 0
    user = "lp" if root else pwd.getpwuid(os.geteuid()).pw_name
    group = "lp" if root else grp.getgrgid(os.getegid()).gr_name
    for name in ("etc", "cache", "run", "spool", "spool/tmp", "log", "pages", "bin"):
        (home / name).mkdir(mode=0o755)
    for name in ("filter", "daemon", "driver", "notifier", "monitor", "cgi-bin"):
        if (SERVER_BIN / name).is_dir():
            (home / "bin" / name).symlink_to(SERVER_BIN / name)
    backend = home / "bin/backend/arsip"
    backend.parent.mkdir(mode=0o755)
    backend.write_text(BACKEND.replace("OUT", str(server.pages)))
    # CUPS runs a backend as root exactly when nobody else may execute it.
    backend.chmod(0o700)
    fill = {"home": home, "user": user, "group": group if not root else "root", "port": server.address.split(":")[1]}
    files = FILES_CONF.format(**fill).replace("\nGroup root", "\nGroup lp")
    (home / "etc/cups-files.conf").write_text(files)
    (home / "etc/cupsd.conf").write_text(CUPSD_CONF.format(**fill))
    (home / "uji.ppd").write_text(PPD)


def _wait(server: Cups, scheduler: subprocess.Popen[bytes]) -> None:
    host, port = server.address.split(":")
    until = time.monotonic() + PATIENCE
    while True:
        if scheduler.poll() is not None:
            pytest.skip(f"cupsd does not run for this user (exit {scheduler.returncode})")
        with suppress(OSError), socket.create_connection((host, int(port)), timeout=1):
            return
        assert time.monotonic() < until, "cupsd opened no port"
        time.sleep(0.05)


def _queues(home: Path, server: Cups) -> None:
    for queue in ("arsip", "arsip2", "macet"):
        server.admin("lpadmin", "-p", queue, "-E", "-v", "arsip:/", "-P", str(home / "uji.ppd"))
    server.admin("cupsdisable", "-r", "habis kertas", "macet")
