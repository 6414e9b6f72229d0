"""`pelita3 admin verify | seal | report`: the evidence of an office, and where its commands find the office."""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from app.errors import Conflict, Refused, Shown, Unavailable
from app.sop.calendar import WIB

if TYPE_CHECKING:
    from app.server.cli import Office
    from app.server.place import Place
    from app.services.evidence import Report
    from app.services.seals import SealRow

STATE = Path("/var/lib/pelita3")
"""Where the server's nightly service keeps key, backups and reports."""
EVENING = 18
"""From this hour on the day that is sealed is today; before it, a night that was missed is made up for."""
PATIENCE = 180.0
"""Seconds that a seal waits for a moment in which nobody is writing."""
REPORTS = "laporan-harian"


def say(text: str) -> None:
    """One line of what is being done, at once."""
    print(text, flush=True)


# --- where -----------------------------------------------------------------------------------------------------------


def place_options(parser: argparse.ArgumentParser) -> None:
    """Which office: that of the settings, or the server on this very host."""
    where = parser.add_argument_group("di server (bawaan: basis data yang diatur di komputer ini)")
    where.add_argument("--server", action="store_true", help="server PostgreSQL di komputer ini")
    where.add_argument("--socket", metavar="FOLDER", default="", help="folder soketnya")
    where.add_argument("--port", type=int, default=0, help="port server itu")
    parser.add_argument("--home", metavar="FOLDER", type=Path, help=f"folder data (di server: {STATE})")


def place_of(given: argparse.Namespace) -> Place | None:
    """The server on this host that was named; None: the settings' database."""
    from app.server.place import find

    return find("", given.socket, given.port) if given.server or given.socket else None


def home(given: argparse.Namespace, office: Office) -> Path:
    """Where key, backups and reports lie."""
    found: Path | None = given.home
    if found is not None:
        return found.expanduser()
    return STATE if (given.server or given.socket) and STATE.is_dir() else office.folder


def file_of(office: Office) -> Path:
    """The embedded database's file. Refused for an address: its evidence is looked after on the server."""
    if not isinstance(office.database, Path):
        raise Refused(
            "Basis data kantor ini ada di server. Jalankan perintah ini di server dengan --server, atau periksa dari "
            "halaman Pemeriksaan kartu."
        )
    if not office.database.exists():
        raise Refused(f"Basis data {office.database} tidak ada. Sebutkan letaknya dengan --database.")
    return office.database


@contextmanager
def opened(given: argparse.Namespace, office: Office) -> Iterator[None]:
    """All tables bound and connected: on the server as its service, on this PC as the program itself."""
    from app.models import base
    from app.models.peer import use_peer

    at = place_of(given)
    if at is None:
        file_of(office)
        database = office.open()
        database.open()
        try:
            yield
        finally:
            database.close()
        return
    use_peer(str(at.socket), at.port)
    with base.connected():
        yield


# --- verify ----------------------------------------------------------------------------------------------------------


def verify_options(parser: argparse.ArgumentParser) -> None:
    """Whether documents are read too."""
    place_options(parser)
    parser.add_argument("--without-documents", action="store_true", help="jangan baca isi dokumen; lebih cepat")


def verify(given: argparse.Namespace, office: Office | None) -> int:
    """Every chain and every seal, from the rows themselves. 1 where one does not hold."""
    from app.services import evidence

    assert office is not None
    with opened(given, office):
        report = evidence.verify_all(documents=not given.without_documents)
        keep(report)
    for line in verdict(report):
        say(line)
    return 0 if report.whole else 1


def keep(report: Report) -> None:
    """Write down what was found; a database that cannot be written was verified all the same."""
    from app.services import evidence

    try:
        evidence.remember(report)
    except Shown as error:
        sys.stderr.write(f"pelita3: hasil pemeriksaan tidak dapat dicatat: {error.message}\n")


def verdict(report: Report) -> list[str]:
    """What a verification found, line by line, faults first."""
    out = [str(bad) for bad in report.first]
    hidden = report.bad - len(report.first)
    out += [f"... dan {hidden} kerusakan lain"] if hidden > 0 else []
    out += [f"PERLU DILIHAT: {note}" for note in report.notes]
    documents = f", {report.documents} dokumen" if report.documents else ""
    out.append(f"{report.lines} baris, {report.seals} segel{documents}; segel terakhir {report.last_seal or '-'}")
    empty = not report.files and not report.bad
    return [
        *out,
        "Belum ada berkas untuk diperiksa" if empty else f"{report.files} kartu diperiksa, {report.bad} rusak",
    ]


# --- seal and report -------------------------------------------------------------------------------------------------


def seal(given: argparse.Namespace, office: Office | None) -> int:
    """Seal the day that is over, keep its report, and mail it to the head of the office."""
    from app.jobs.workshop import Workshop
    from app.sop.pelita3 import PELITA3

    assert office is not None
    with opened(given, office):
        made = _seal_day(server=bool(given.server or given.socket))
        if made is None:
            say("Tidak ada hari yang perlu disegel.")
            return 0
        say(f"SEGEL {made.day.isoformat()}  {made.seal}")
        say(f"{made.files} kartu berubah, {made.rows} baris diikat")
        _report(Workshop(PELITA3, home(given, office)), made, home(given, office))
    return 0


def _seal_day(*, server: bool) -> SealRow | None:
    """The seal of the day that is over; None where it stands already or nothing happened."""
    from app.models.base import moment, session
    from app.services import seals
    from app.services.keys import new_key

    if not server:
        return seals.seal_ended_day(new_key())
    key, until = new_key(), time.monotonic() + PATIENCE
    while True:
        try:
            return seals.seal_day(_day_of(moment(session.now_us()).astimezone(WIB)), key)
        except Conflict:
            return None
        except Unavailable as error:
            # Somebody is writing at this very moment; the next one is free.
            if error.code != "busy" or time.monotonic() > until:
                raise
            time.sleep(random.uniform(0.05, 0.4))  # noqa: S311  only to come at another moment


def _day_of(now: datetime) -> date:
    return now.date() if now.hour >= EVENING else now.date() - timedelta(days=1)


def _report(shop: object, made: SealRow, place: Path) -> None:
    from app.jobs import daily_report
    from app.jobs.workshop import Workshop, office_now
    from app.server.backup_keep import folder, like_parent

    assert isinstance(shop, Workshop)
    pdf = daily_report.make(shop, made)
    file = place / REPORTS / f"laporan-harian-{made.day.isoformat()}.pdf"
    folder(file.parent).joinpath(file.name).write_bytes(pdf)
    like_parent(file)
    say(f"laporan harian: {file}")
    if not office_now().smtp_host:
        say("surel: server surel kantor belum diatur, laporan tidak dikirim")
        return
    try:
        sent = daily_report.mail(shop, made)
        say(f"surel: laporan diterima server surel ({sent.reply})")
    except Shown as error:
        # The seal stands and the paper lies there; a mail that fails must not stop the backup that follows.
        sys.stderr.write(f"pelita3: laporan harian tidak terkirim: {error.message}\n")


def report_options(parser: argparse.ArgumentParser) -> None:
    """Which day, and where the paper goes."""
    place_options(parser)
    parser.add_argument(
        "--day", metavar="TTTT-BB-HH", type=date.fromisoformat, help="hari yang disegel (bawaan: terakhir)"
    )
    parser.add_argument("--to", metavar="BERKAS", type=Path, required=True, help="berkas PDF")


def report(given: argparse.Namespace, office: Office | None) -> int:
    """The paper of a sealed day once more."""
    from app.jobs import daily_report
    from app.jobs.workshop import Workshop
    from app.services import seals
    from app.sop.pelita3 import PELITA3

    assert office is not None
    with opened(given, office):
        found = [s for s in seals.seals(limit=100_000) if given.day in {None, s.day}]
        if not found:
            raise Refused("Hari itu belum disegel.")
        given.to.write_bytes(daily_report.make(Workshop(PELITA3, home(given, office)), found[0]))
    say(f"laporan harian {found[0].day.isoformat()}: {given.to}")
    return 0
