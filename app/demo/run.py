"""`pelita3 demo`: with a screen, windows ready to try; without, real windows walk the whole SOP by themselves."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from app.demo.office import DemoOffice
    from app.server.invented import ServerOffice

READING_MS, MAIL_MS = 30, 4000
MARK = "pelita3-demo.txt"
FOLDERS = ("kertas", "bertanda-tangan", "surel", "kartu-kendali", "layar")


def demo(out: Path, *, headless: bool, postgres: bool = False) -> int:
    """Run the demonstration; 0 when every row of the SOP was walked. Nothing leaves this computer.

    With `postgres` the office lies on a throw-away server, where every officer has a log-in of his own.
    """
    if headless or not _has_screen():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        return _walk(_fresh(out), postgres=postgres)
    return _try_it(postgres=postgres)


def _has_screen() -> bool:
    return sys.platform != "linux" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _fresh(out: Path) -> Path:
    """The output folder, emptied if it is one of ours; somebody else's folder is left alone beside it."""
    out = out.expanduser().absolute()
    if out.exists() and any(out.iterdir()) and not (out / MARK).exists():
        out = out / time.strftime("peragaan-%Y%m%d-%H%M%S")
    shutil.rmtree(out, ignore_errors=True)
    for name in FOLDERS:
        (out / name).mkdir(parents=True)
    (out / MARK).write_text("Hasil `pelita3 demo`: orang, alamat dan nomor di sini karangan.\n", encoding="utf-8")
    return out


def _walk(out: Path, *, postgres: bool) -> int:
    from PySide6.QtCore import qInstallMessageHandler

    from app.demo import leave, story
    from app.demo.clock import DemoClock
    from app.demo.office import make_office
    from app.demo.robot import quiet
    from app.demo.sink import Sink
    from app.sop.pelita3 import PELITA3
    from app.ui.application import make_application
    from app.ui.parts.viewer import Viewer

    began = time.monotonic()
    qInstallMessageHandler(quiet)
    application = make_application(["pelita3"])
    # The robot reads faster than a head of section; everything else is as in the office.
    Viewer.SEEN_AFTER_MS = READING_MS
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="pelita3-"))
        sink, server = stack.enter_context(Sink(out / "surel")), _server(stack, postgres=postgres)
        story.first_start(application, Path(folder) / "baru", out / "layar")
        office = make_office(Path(folder) / "kantor", sink, DemoClock(datetime.now(UTC)), server)
        print(f"Kantor karangan siap: {len(PELITA3.row_labels)} baris SOP {PELITA3.number}")
        print("Jam kantor karangan mulai 08.00 WIB hari kerja terakhir dan maju seperti pekerjaan itu.")
        print(f"Halaman dihitung terlihat setelah {READING_MS} ms; di kantor setelah 1 detik.")
        good = _told(application, office, out) and leave.everything(office, out)
    print(f"Selesai dalam {time.monotonic() - began:.0f} detik. Hasilnya: {out}")
    return 0 if good else 1


def _told(application: QApplication, office: DemoOffice, out: Path) -> bool:
    """The whole story in one window; False where it came to a stop, which is said."""
    from app.demo import story
    from app.demo.hands import Hands
    from app.demo.robot import Robot, Stuck
    from app.sop.pelita3 import PELITA3
    from app.ui.window import Program

    program = Program(office.computer(), PELITA3, mail_every_ms=MAIL_MS)
    robot = Robot(application, program.tasks, program.frame, out / "layar")
    program.start()
    program.frame.showNormal()
    program.frame.resize(1366, 768)
    try:
        story.tell(Hands(robot, program, office))
    except Stuck as stuck:
        print(f"BERHENTI: {stuck}. Gambar terakhir ada di {out / 'layar'}")
        return False
    finally:
        program.close()
        program.frame.hide()
    return True


def _server(stack: ExitStack, *, postgres: bool) -> ServerOffice | None:
    """A running throw-away server with an empty office, until the stack ends; None where the office lies in a file."""
    if not postgres:
        return None
    from app.server.invented import running
    from app.sop.pelita3 import PELITA3

    server = stack.enter_context(running(PELITA3))
    print(f"Server PostgreSQL sekali pakai menyala (TLS, SCRAM), {server.address.partition('?')[0]}")
    return server


def _try_it(*, postgres: bool) -> int:
    from app.demo import accounts_card, stock
    from app.demo.hall import Try
    from app.demo.office import make_office
    from app.demo.sink import Sink
    from app.sop.pelita3 import PELITA3
    from app.ui.application import make_application
    from app.ui.window import Program

    application = make_application(["pelita3"])
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="pelita3-"))
        sink, server = stack.enter_context(Sink(Path(folder) / "surel")), _server(stack, postgres=postgres)
        office = make_office(Path(folder), sink, server=server)
        stock.fill(office)
        program = Program(office.computer(), PELITA3)
        program.start()
        card = accounts_card.AccountsCard(office)
        card.stand_aside(application.primaryScreen())
        hall = Try(office)
        stack.callback(hall.end)
        card.machine_asked.connect(hall.switch_on)
        program.frame.closing.connect(card.close)
        print("Jendela dibuka. Akun untuk mencoba:")
        for line in accounts_card.lines():
            print(f"  {line}")
        return int(application.exec())
