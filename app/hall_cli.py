"""The machines of the hall from the command line: each full screen, under an account of its own that can do no more."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from datetime import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app import hall_watch
from app.errors import Refused

if TYPE_CHECKING:
    from app.services.opening import Opening
    from app.settings import Settings

Run = Callable[["Settings", argparse.Namespace, "Opening"], int]


def add_commands(commands: Any) -> None:
    """`pelita3 kiosk` and its brothers."""
    kiosk = commands.add_parser("kiosk", help="kios antrean: layar sentuh penuh yang memberi nomor, sebagai akun Kios")
    add_machine_options(kiosk, "layar yang dipakai, mulai 1 (bawaan: layar utama)")
    tv = commands.add_parser("display", help="layar TV dan suara panggilan, layar penuh, sebagai akun Layar TV")
    add_machine_options(tv, "layar yang dipakai, mulai 1 (bawaan: yang terakhir)")
    tv.add_argument("--mute", action="store_true", help="tanpa suara")
    tv.add_argument("--sound", metavar="NAMA", default="", help="keluaran suara yang namanya memuat NAMA")
    tv.add_argument("--test-sound", action="store_true", help="sebut keluaran yang ada, ucapkan satu panggilan")
    tv.add_argument("--check-voice", metavar="FOLDER", type=Path, help="periksa rekaman suara milik kantor")


def add_machine_options(parser: argparse.ArgumentParser, screen: str) -> None:
    """What every machine of the hall can be told."""
    parser.add_argument("--screen", type=int, metavar="N", default=None, help=screen)
    parser.add_argument("--windowed", action="store_true", help="dalam jendela biasa, untuk mencoba di meja")
    parser.add_argument(
        "--login", metavar="AKUN", default="", help="akun mesin ini (bawaan: device_login di pengaturan)"
    )
    parser.add_argument("--password-file", metavar="BERKAS", default="", help="berkas berisi sandi akun itu, izin 0600")
    parser.add_argument("--watch", action="store_true", help="diawasi: dimulai lagi bila berhenti, dan tiap malam")


def run(chosen: Settings, given: argparse.Namespace, opening: Opening) -> int:
    """One machine, watched if it was asked for."""
    if only_sound(given):
        return _sound(chosen, given)
    if given.watch and not hall_watch.is_watched():
        return hall_watch.watch([a for a in sys.argv[1:] if a != "--watch"])
    return RUNS[given.command](chosen, given, opening)


def machine_login(chosen: Settings, given: argparse.Namespace) -> str:
    """The account this machine works under; Refused where nobody said."""
    login = str(given.login or chosen.device_login)
    if not login:
        raise Refused("Akun mesin ini belum ditentukan. Isi device_login di pengaturan, atau pakai --login.")
    return login


def machine_password(chosen: Settings, given: argparse.Namespace) -> Callable[[], str]:
    """Reads the password of that account anew each time it is needed; Refused says what is wrong with its file."""
    file = str(given.password_file or chosen.device_password_file)

    def read() -> str:
        from app.channels import credentials

        if not file:
            raise Refused(
                "Berkas sandi mesin ini belum ditentukan. Tulis sandinya di berkas yang hanya dapat dibaca pemiliknya "
                "(izin 0600) dan isikan letaknya pada device_password_file.",
                field="device_password_file",
            )
        try:
            return credentials.get_password("", "", Path(file).expanduser())
        except Refused as error:
            said = error.message.replace("kata sandi e-mail", "sandi mesin").replace("kata sandi", "sandi")
            raise Refused(said, field="device_password_file", code=error.code) from error

    return read


def restart_at(chosen: Settings) -> time | None:
    """When a watched machine begins anew each night; None for never."""
    text = chosen.machine_restart.strip().replace(".", ":")
    if not text or not hall_watch.is_watched():
        return None
    try:
        return time.fromisoformat(text.zfill(5))
    except ValueError as error:
        raise Refused(
            f"Jam “{chosen.machine_restart}” pada machine_restart tidak terbaca. Tulis seperti 03.00, atau kosongkan."
        ) from error


def _kiosk(chosen: Settings, given: argparse.Namespace, opening: Opening) -> int:
    from app.jobs.workshop import Workshop
    from app.sop.pelita3 import PELITA3
    from app.ui.application import make_application
    from app.ui.kiosk.program import Kiosk
    from app.ui.kiosk.setup import Setup

    login, password = machine_login(chosen, given), machine_password(chosen, given)
    password()  # what is wrong with its file is said here, where somebody reads it
    application = make_application(sys.argv[:1])
    setup = Setup(
        workshop=Workshop(PELITA3, chosen.folder, chosen.computer, chosen.printers), login=login, password=password,
        pc=chosen.computer, name=chosen.kiosk_name, inches=chosen.kiosk_diagonal, cursor=chosen.kiosk_cursor,
        screen=chosen.kiosk_screen if given.screen is None else given.screen, windowed=given.windowed,
        open_office=opening.open, close_office=opening.close, restart_at=restart_at(chosen), beat=hall_watch.beat,
        watched=hall_watch.is_watched(),
    )  # fmt: skip
    kiosk = Kiosk(setup)
    kiosk.install()
    kiosk.start()
    return int(application.exec())


def _display(chosen: Settings, given: argparse.Namespace, opening: Opening) -> int:
    from app.ui.application import make_application
    from app.ui.display.program import Display
    from app.ui.display.setup import Setup

    login, password = machine_login(chosen, given), machine_password(chosen, given)
    password()
    application = make_application(sys.argv[:1])
    own = chosen.display_voice_folder
    setup = Setup(
        folder=chosen.folder, login=login, password=password, pc=chosen.computer, name=chosen.display_name,
        screen=chosen.display_screen if given.screen is None else given.screen, windowed=given.windowed,
        inches=chosen.display_diagonal, metres=chosen.display_distance, muted=given.mute or chosen.display_muted,
        sound=given.sound or chosen.display_sound, volume=chosen.display_volume, style=chosen.display_voice,
        own_voice=Path(own).expanduser() if own else None,
        database=None if chosen.is_server else chosen.database_path,
        open_office=opening.open, close_office=opening.close, restart_at=restart_at(chosen), beat=hall_watch.beat,
        watched=hall_watch.is_watched(), again=hall_watch.AGAIN, broken=hall_watch.BROKEN,
    )  # fmt: skip
    screen = Display(setup)
    screen.take_bugs()
    application.aboutToQuit.connect(screen.close)
    screen.start()
    return int(application.exec())


def only_sound(given: argparse.Namespace) -> bool:
    """Whether only the voice is looked at, for which no screen is needed."""
    return given.command == "display" and bool(given.check_voice or given.test_sound)


def _sound(chosen: Settings, given: argparse.Namespace) -> int:
    from app.devices import voice_report
    from app.ui.assets import resource

    if given.check_voice:
        return voice_report.check(given.check_voice.expanduser())
    own = chosen.display_voice_folder
    return voice_report.speak(
        given.sound or chosen.display_sound, chosen.display_volume, chosen.display_voice,
        Path(own).expanduser() if own else None, resource("voice"),
    )  # fmt: skip


RUNS: dict[str, Run] = {"kiosk": _kiosk, "display": _display}
