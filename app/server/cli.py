"""`pelita3 admin ...`: every command of the office's IT stands in one table; whoever adds one adds a row."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from app.server import backup_cli, evidence_cli

if TYPE_CHECKING:
    from app.services.opening import Opening


@dataclass(frozen=True)
class Office:
    """The office that this computer's settings name; only commands that need one ask for it."""

    database: str | Path
    """A server's address, or the embedded database's file."""

    folder: Path
    """Where this user's data lie."""

    open: Callable[[], Opening]


@dataclass(frozen=True)
class Command:
    """One row: its name, what it does in Indonesian, its options, and what runs it (and returns the exit code).

    `office` is None for a command on the server's host (`on_server`), which reads no user's settings.
    """

    name: str
    help: str
    run: Callable[[argparse.Namespace, Office | None], int]
    options: Callable[[argparse.ArgumentParser], None] = lambda _parser: None
    on_server: bool = False


def add_commands(admin: argparse.ArgumentParser) -> None:
    """Give `pelita3 admin` its commands."""
    parsers = admin.add_subparsers(dest="what", metavar="pekerjaan", required=True)
    for command in COMMANDS:
        command.options(parsers.add_parser(command.name, help=command.help, description=command.help))


def find(name: str) -> Command:
    """The row of a command that the parser accepted."""
    return next(c for c in COMMANDS if c.name == name)


# --- the server's host ---


def _place_options(parser: argparse.ArgumentParser) -> None:
    where = parser.add_argument_group("server yang mana (bawaan: klaster PostgreSQL Debian yang terbaru)")
    where.add_argument("--cluster", metavar="VERSI/NAMA", default="", help="klaster Debian, misalnya 15/main")
    where.add_argument("--socket", metavar="FOLDER", default="", help="folder soket, untuk server di luar Debian")
    where.add_argument("--port", type=int, default=0, help="port server itu")
    where.add_argument("--folder", metavar="FOLDER", default="", help="tempat CA dan sertifikat (bawaan: /etc/pelita3)")


def _init_options(parser: argparse.ArgumentParser) -> None:
    _place_options(parser)
    net = parser.add_argument_group("jaringan (bawaan: seperti yang sudah diatur, atau seperti komputer ini)")
    net.add_argument(
        "--name", action="append", default=[], metavar="NAMA", help="nama server di jaringan; boleh diulang"
    )
    net.add_argument("--address", action="append", default=[], metavar="IP", help="alamat IP server; boleh diulang")
    net.add_argument("--subnet", action="append", default=[], metavar="JARINGAN",
                     help="jaringan PC petugas, misalnya 192.168.10.0/24; boleh diulang (bawaan: samenet)")  # fmt: skip
    net.add_argument("--listen", default="", metavar="ALAMAT", help="listen_addresses PostgreSQL (bawaan: *)")
    net.add_argument(
        "--pcs", type=int, default=0, metavar="JUMLAH", help="paling banyak berapa PC petugas (bawaan: 100)"
    )
    net.add_argument("--no-restart", action="store_true", help="jangan nyalakan ulang PostgreSQL; katakan saja")
    own = parser.add_argument_group("sertifikat kantor sendiri (bawaan: CA baru dibuat)")
    own.add_argument("--certificate", metavar="BERKAS", default="", help="sertifikat server, PEM")
    own.add_argument("--key", metavar="BERKAS", default="", help="kuncinya, PEM tanpa sandi")
    own.add_argument("--ca", metavar="BERKAS", default="", help="CA yang menerbitkannya, PEM")
    people = parser.add_argument_group("petugas pertama (LOGIN=Nama lengkap)")
    people.add_argument("--admin", metavar="LOGIN=NAMA", default="", help="administrator pertama")
    people.add_argument(
        "--kabid", metavar="LOGIN=NAMA", default="", help="Kabid pertama, agar pengesahan dapat dimulai"
    )
    people.add_argument("--kadis", metavar="LOGIN=NAMA", default="", help="Kadis pertama")
    people.add_argument(
        "--berita-acara", metavar="TEKS", default="", help="nomor dan tanggal berita acara untuk mereka"
    )
    people.add_argument("--accept-role", action="append", default=[], metavar="PERAN",
                        help="peran basis data lain yang memang boleh berkuasa; boleh diulang")  # fmt: skip


def _init(given: argparse.Namespace, _office: Office | None) -> int:
    from app.server.init import server_init

    return server_init(given)


def _renew(given: argparse.Namespace, _office: Office | None) -> int:
    from app.server.renewal import renew

    return renew(given)


def _check(given: argparse.Namespace, _office: Office | None) -> int:
    from app.server.check import server_check

    return server_check(given)


def _watch_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--socket", metavar="FOLDER", default="/var/run/postgresql", help="folder soket PostgreSQL")
    parser.add_argument("--port", type=int, default=5432, help="port server")
    parser.add_argument("--after", type=int, default=75, metavar="DETIK", help="umur transaksi yang diakhiri (60-90)")
    parser.add_argument("--once", action="store_true", help="satu putaran saja")


def _watchdog(given: argparse.Namespace, _office: Office | None) -> int:
    from app.server.watchdog import watch

    return watch(given.socket, given.port, given.after, once=given.once)


def _confirm_options(parser: argparse.ArgumentParser) -> None:
    _place_options(parser)
    parser.add_argument("login", help="akun yang penugasan atau sandinya disahkan")
    parser.add_argument("--berita-acara", metavar="TEKS", required=True, help="nomor dan tanggal berita acara")


def _confirm(given: argparse.Namespace, _office: Office | None) -> int:
    from app.server.people import confirm_on_server

    return confirm_on_server(given)


COMMANDS = (
    Command("verify", "periksa rantai semua kartu dan semua segel", evidence_cli.verify, evidence_cli.verify_options),
    Command(
        "seal", "segel hari yang berakhir, buat dan kirim laporannya", evidence_cli.seal, evidence_cli.place_options
    ),
    Command(
        "report", "laporan harian sebuah hari yang disegel (PDF)", evidence_cli.report, evidence_cli.report_options
    ),
    Command("backup", "buat cadangan terenkripsi dan uji pulih", backup_cli.backup, backup_cli.backup_options),
    Command("restore", "pulihkan cadangan; dibuka hanya bila lolos", backup_cli.restore, backup_cli.restore_options),
    Command("backup-key", "kunci cadangan: buat, cetak, ketik, ganti", backup_cli.backup_key, backup_cli.key_options),
    Command("server-init", "jadikan komputer ini server kantor; aman diulang", _init, _init_options, on_server=True),
    Command("server-check", "bandingkan server dengan yang seharusnya", _check, _place_options, on_server=True),
    Command(
        "renew",
        "perbarui sertifikat server bila hampir habis",
        _renew,
        _place_options,
        on_server=True,
    ),
    Command("watchdog", "akhiri transaksi petugas yang menggantung", _watchdog, _watch_options, on_server=True),
    Command(
        "confirm",
        "sahkan penugasan dari server, bila belum ada atasan lain",
        _confirm,
        _confirm_options,
        on_server=True,
    ),
)
