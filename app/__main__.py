"""Puts the parts together: the command line, and the window when no command is given."""

from __future__ import annotations

import argparse
import os
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app import __version__, hall_cli, settings
from app.errors import Refused, Shown, Unavailable
from app.server import cli
from app.settings import Settings

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from app.jobs.workshop import Workshop
    from app.services.accounts import Who
    from app.services.opening import Opening

MAIL_EVERY_SECONDS = 30
ONCE_SECONDS = 60.0
"""How long a single round of mail waits for a lost server."""
ACCOUNT = "akun-pelita3"
"""Under this name, instead of a mail server's, the keyring keeps the password of the mailer's service account."""


class Memory:
    """The settings as they change while the program runs."""

    def __init__(self, chosen: Settings, database: Opening) -> None:
        self._settings, self._database, self._lock = chosen, database, threading.Lock()

    def remember(self, changes: Mapping[str, Any]) -> None:
        """Save changed settings by name; OSError where the file cannot be written."""
        with self._lock:
            self._settings = replace(self._settings, **changes)
            settings.save(self._settings)

    def move_office(self, path: Path) -> None:
        """Another database from now on, also after the next start."""
        self._database.move(path)
        try:
            self.remember({"database": str(path)})
        except OSError:
            # The office opens all the same; at the next start the file is chosen once more.
            sys.stderr.write("Pengaturan komputer ini tidak dapat disimpan.\n")

    def join(self, text: str, ca: Path) -> str:
        """The office's server from now on: its CA is copied beside the data, the address kept; no password is."""
        from app.services import office_server

        try:
            kept = office_server.keep_ca(ca, self._settings.folder)
            address = office_server.address(text, kept)
            self.remember({"database": address})
        except OSError as error:
            raise Unavailable(
                f"Pengaturan komputer ini tidak dapat disimpan ({error.strerror}). Hubungi petugas TI.", code="settings"
            ) from error
        self._database.move(address)
        return address


def _opening(chosen: Settings) -> Opening:
    from app.services.opening import Opening
    from app.sop.pelita3 import PELITA3

    return Opening(chosen.database if chosen.is_server else chosen.database_path, PELITA3)


def main(argv: Sequence[str] | None = None) -> int:
    """The command `pelita3`. 0 when all went well, 1 when something was refused, 2 for a command it does not know."""
    given = _parser().parse_args(sys.argv[1:] if argv is None else argv)
    try:
        if given.command == "demo":
            return _demo(given)
        if given.command == "admin" and cli.find(given.what).on_server:
            return cli.find(given.what).run(given, None)
        chosen = settings.load()
        if given.database:
            chosen = replace(chosen, database=given.database)
        run: dict[str, Callable[[Settings, argparse.Namespace], int]] = {
            "mailer": _mailer, "admin": _admin, **dict.fromkeys(hall_cli.RUNS, _hall),
        }  # fmt: skip
        return run.get(given.command or "", _windows)(chosen, given)
    except Shown as error:
        sys.stderr.write(f"pelita3: {error.message}\n")
    except OSError as error:
        sys.stderr.write(
            f"pelita3: {error.filename or 'berkas'} tidak dapat dipakai ({error.strerror}). "
            "Periksa letak dan izinnya.\n"
        )
    except KeyboardInterrupt:
        return 130
    return 1


def gui() -> int:
    """The entry without a console: always the window."""
    return main([])


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="pelita3", description="PELITA 3: satu permohonan, tiga dokumen. Tanpa perintah: jendela petugas."
    )
    parser.add_argument("--version", action="version", version=f"pelita3 {__version__}")
    parser.add_argument("--database", metavar="BERKAS", default="", help="basis data kantor selain yang diatur")
    commands = parser.add_subparsers(dest="command", metavar="perintah")
    demo = commands.add_parser("demo", help="peragakan satu berkas sepanjang SOP dengan kantor karangan")
    demo.add_argument(
        "--headless", action="store_true", help="tanpa layar: jendela digerakkan sendiri, hasilnya di folder"
    )
    demo.add_argument(
        "--postgres", action="store_true", help="kantor di server PostgreSQL sekali pakai, tiap petugas masuk sendiri"
    )
    demo.add_argument(
        "--out", metavar="FOLDER", type=Path, default=Path("pelita3-demo"), help="tempat hasil (bawaan: pelita3-demo)"
    )
    mail = commands.add_parser("mailer", help="kirim surel yang menunggu, tanpa layar, sebagai akun Pengirim surel")
    mail.add_argument("--once", action="store_true", help="sekali saja, lalu selesai")
    mail.add_argument("--login", default="", help="akun berperan Pengirim surel (bawaan: mailer_login di pengaturan)")
    mail.add_argument("--password-file", default="", help="berkas berisi sandi akun itu, izin 0600")
    mail.add_argument("--set-password", action="store_true", help="tanyakan sandi akun itu dan simpan di keyring")
    hall_cli.add_commands(commands)
    admin = commands.add_parser("admin", help="pekerjaan petugas TI")
    cli.add_commands(admin)
    return parser


def _demo(given: argparse.Namespace) -> int:
    from app.demo.run import demo

    return demo(given.out, headless=given.headless, postgres=given.postgres)


# --- the window ------------------------------------------------------------------------------------------------------


def _windows(chosen: Settings, _given: argparse.Namespace) -> int:
    _demand_screen()
    try:
        from app.ui.application import make_application
    except ImportError as error:
        raise Unavailable(
            f"Pustaka layar belum lengkap ({error.name or error}). "
            "Pasang paket sistem yang tertulis di README, lalu ulangi."
        ) from error
    from app.sop.pelita3 import PELITA3
    from app.ui.bugs import Bugs
    from app.ui.computer import Computer
    from app.ui.window import Program

    application = make_application(sys.argv[:1], dark=chosen.dark, scale=chosen.scale)
    bugs = Bugs(chosen.folder)
    bugs.install()
    database = _opening(chosen)
    memory = Memory(chosen, database)
    computer = Computer(
        folder=chosen.folder, pc=chosen.computer, database=None if chosen.is_server else chosen.database_path,
        printers=chosen.printers, p12_path=chosen.certificate_path, last_login=chosen.last_login, said=chosen.said,
        open_office=database.open, close_office=database.close,
        move_office=memory.move_office, remember=memory.remember,
        server=chosen.database if chosen.is_server else "", join=memory.join,
    )  # fmt: skip
    program = Program(computer, PELITA3)
    program.start()
    return int(application.exec())


def _demand_screen() -> None:
    """Qt would abort the process; a sentence helps more."""
    here = sys.platform != "linux" or any(os.environ.get(n) for n in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))
    if not here:
        raise Unavailable(
            "Komputer ini tidak punya layar. Jalankan dari desktop, atau pakai `pelita3 demo --headless` "
            "atau `pelita3 mailer`."
        )


def _hall(chosen: Settings, given: argparse.Namespace) -> int:
    """A machine of the hall: the same screen, without an officer."""
    if not hall_cli.only_sound(given):
        _demand_screen()
    return hall_cli.run(chosen, given, _opening(chosen))


# --- without a screen ------------------------------------------------------------------------------------------------


def _mailer(chosen: Settings, given: argparse.Namespace) -> int:
    login = given.login or chosen.mailer_login
    if not login:
        raise Refused("Akun pengirim surel belum ditentukan. Isi mailer_login di pengaturan, atau pakai --login.")
    if given.set_password:
        return _keep_password(login)
    password = _service_password(login, given.password_file or chosen.mailer_password_file)
    database = _opening(chosen)
    database.open()
    try:
        who, shop = _sit_down(chosen, login, password)
        with _patient(once=given.once):
            while True:
                _mail_once(shop, who)
                if given.once:
                    return 0
                time.sleep(MAIL_EVERY_SECONDS)
    finally:
        database.close()


def _patient(*, once: bool) -> AbstractContextManager[None]:
    """What a mail server has accepted is written down when the office's server is back, or it would be sent again."""
    from app.services import opening
    from app.services.waiting import FOREVER, Waiting

    return opening.lent(Waiting(threading.Event().wait, _tell_lost, ONCE_SECONDS if once else FOREVER))


def _tell_lost(lost: bool) -> None:
    _tell("Server kantor tidak terjangkau, ditunggu." if lost else "Server kantor tersambung lagi.")


def _keep_password(login: str) -> int:
    from getpass import getpass

    from app.channels import credentials

    credentials.set_password(ACCOUNT, login, getpass("Sandi akun pengirim surel: "))
    sys.stdout.write("Sandi disimpan di keyring akun ini.\n")
    return 0


def _service_password(login: str, file: str) -> str:
    from app.channels import credentials

    try:
        return credentials.get_password(ACCOUNT, login, Path(file).expanduser() if file else None)
    except Refused as error:
        if error.field == "smtp_password_file":
            raise
        raise Refused(
            f"Sandi akun {login} tidak ada di keyring komputer ini. Simpan dengan `pelita3 mailer --set-password`, "
            "atau tulis di berkas yang hanya dapat dibaca pemiliknya (izin 0600) dan isikan letaknya pada "
            "mailer_password_file.",
            code=error.code,
        ) from error


def _sit_down(chosen: Settings, login: str, password: str) -> tuple[Who, Workshop]:
    from app.jobs.workshop import Workshop
    from app.services import accounts
    from app.sop.model import Role
    from app.sop.pelita3 import PELITA3

    account = accounts.log_in(login, password, chosen.computer)
    if account.must_change:
        raise Refused("Akun pengirim surel masih memakai sandi sekali pakai. Buat ulang akunnya di halaman Petugas.")
    who = accounts.work_as(account, Role.MAILER)
    return who, Workshop(PELITA3, chosen.folder, chosen.computer, chosen.printers, chosen.certificate_path)


def _mail_once(shop: Workshop, who: Who) -> None:
    """One round; what is said holds numbers and states, never a name or an address."""
    from app.jobs import mailer

    try:
        for mail in mailer.run_once(shop, who):
            _tell(f"{mail.number} {mail.kind} {mail.state} {mail.reply}".rstrip())
    except Shown as error:
        _tell(error.message)


def _tell(text: str) -> None:
    print(f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ} {text}", flush=True)


def _admin(chosen: Settings, given: argparse.Namespace) -> int:
    """A command of the office that this user's settings name."""
    database = chosen.database if chosen.is_server else chosen.database_path
    return cli.find(given.what).run(given, cli.Office(database, chosen.folder, lambda: _opening(chosen)))


if __name__ == "__main__":
    sys.exit(main())
