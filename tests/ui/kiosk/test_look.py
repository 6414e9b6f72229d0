"""Every state of the kiosk on three screens: what is touched is large, apart, on the glass. PELITA3_SHOTS keeps it."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from app.errors import Unavailable
from app.models import base
from app.services import queue, queue_settings
from app.services.accounts import Who
from app.services.keys import new_key
from app.sop.model import Role
from app.ui.kiosk.visit import Stage
from tests.support.hall import KIOSK, at_kiosk
from tests.support.office import Clock
from tests.ui.kiosk.hall import MORNING, Visitor, until, visitor

Sit = Callable[[str | Role], Who]
SIZES = {"1920": (1920, 1080), "1366": (1366, 768), "tegak": (1080, 1920)}
FOLDER = os.environ.get("PELITA3_SHOTS", "")


def furnish(who: Sit, clock: Clock) -> None:
    """A morning: counters at work, people waiting, and a booking."""
    clock.at = MORNING - timedelta(minutes=40)
    who(Role.ADMIN)
    queue_settings.save(replace(queue_settings.load(), complaints="0811 0000 200"), new_key())
    who(Role.FO)
    for place in ("Loket 1", "Loket 2", "Loket 3", "Loket 4"):
        ticket = queue.issue(new_key(), service="A").ticket
        queue.call(ticket.id, place, new_key(), "pagi")
        queue.start(ticket.id, place, new_key())
        clock.at += timedelta(minutes=1)
    for service, many in (("A", 14), ("B", 6), ("C", 2), ("D", 3)):
        for _ in range(many):
            queue.issue(new_key(), service=service)
    clock.at = MORNING
    at_kiosk()


@pytest.fixture(params=SIZES, ids=str)
def seen(
    request: pytest.FixtureRequest, qtbot: QtBot, office_db: Path, who: Sit, clock: Clock, tmp_path: Path
) -> Iterator[Callable[[str], Visitor]]:
    furnish(who, clock)
    with visitor(qtbot, tmp_path) as v:
        v.start(SIZES[request.param])

        def shot(name: str) -> Visitor:
            v.glass.repaint()
            if FOLDER:
                Path(FOLDER).mkdir(parents=True, exist_ok=True)
                assert v.glass.grab().save(str(Path(FOLDER) / f"kios-{name}-{request.param}.png"))
            measured(v)
            return v

        shot.v = v  # type: ignore[attr-defined]  # carried along
        yield shot


def measured(v: Visitor) -> None:
    """What can be touched now is at least twenty millimetres high, five from the next, and wholly on the glass."""
    m = v.kiosk.glass.m
    found = [b for b in v.front().findChildren(QAbstractButton) if b.isVisible()]
    keyboard = v.front() is v.kiosk.glass.staff
    for one in found:
        assert v.glass.rect().contains(one.geometry()), one.accessibleName()
        assert m.mm(one.height()) >= (12 if keyboard else 19.5), (one.accessibleName(), m.mm(one.height()))
        assert m.mm(one.width()) >= (12 if keyboard else 19.5), (one.accessibleName(), m.mm(one.width()))
        assert one.accessibleName()
    for one, other in combinations(found, 2):
        away = one.geometry().adjusted(-1, -1, 1, 1)
        assert not away.intersects(other.geometry()), (one.accessibleName(), other.accessibleName())
        if not keyboard:
            least = round(5 * m.per_mm) - 2
            grown = one.geometry().adjusted(-least, -least, least, least)
            assert not grown.intersects(other.geometry()), (one.accessibleName(), other.accessibleName(), "too near")


Shot = Callable[[str], Visitor]


def of(seen: Shot) -> Visitor:
    return seen.v  # type: ignore[attr-defined,no-any-return]


def test_from_the_first_touch_to_paper(seen: Shot) -> None:
    v = of(seen)
    seen("01-awal")
    v.touch("Akta perceraian")
    seen("02-pilih")
    v.kiosk.glass.slip.taking()
    v.kiosk.glass.show_card(v.kiosk.glass.slip)
    seen("03-mengambil")
    v.kiosk.glass.drop_card()
    out = threading.Event()
    v.roll.hold = until(out)
    v.touch("Umum", wait=False)
    v.bot.waitUntil(lambda: v.stage() is Stage.PRINTING)
    for _ in range(30):
        v.kiosk.visit._move()
    seen("04-mencetak")
    out.set()
    v.wait()
    assert v.stage() is Stage.PAPER
    seen("05-tercetak")


def more(who: Sit, **what: object) -> None:
    """The administrator changes a service or adds one."""
    who(Role.ADMIN)
    first: dict[str, Any] = {"quota": 0, **what}
    queue_settings.save_service(replace(queue_settings.services()[0], **first), new_key())
    base.session.actor = KIOSK


def test_without_paper(seen: Shot) -> None:
    v = of(seen)
    v.roll.trouble = "Kertas habis. Pasang gulungan baru, lalu tutup penutupnya."
    v.touch("KK dan KTP-el")
    v.touch("Prioritas")
    seen("06-tanpa-kertas")
    v.touch("Sudah saya foto")
    v.roll.trouble, v.roll.mute = "", True
    v.touch("Melengkapi")
    v.touch("Umum")
    seen("07-mungkin-tercetak")


def test_online_numbers(seen: Shot) -> None:
    v = of(seen)
    v.touch("Sudah punya")
    seen("08-ketik")
    v.touch("Huruf")
    seen("09-ketik-huruf")
    v.touch("M")
    v.touch("Lapor hadir")
    seen("10-tidak-dikenal")


def test_staff_and_help(seen: Shot) -> None:
    v = of(seen)
    v.touch("Panggil petugas")
    seen("11-petugas-dipanggil")
    v.pass_seconds(16)
    seen("12-awal-dipanggil")
    v.kiosk.glass.corner.emit()
    seen("13-sandi-petugas")
    v.kiosk.glass.staff.entered.emit(v.password)
    seen("14-menu-petugas")


def test_nobody_there_any_more(seen: Shot) -> None:
    v = of(seen)
    v.touch("Akta perceraian")
    v.pass_seconds(22)
    seen("15-masih-di-sini")


def test_what_can_stand_instead_of_the_services(seen: Shot, clock: Clock) -> None:
    v = of(seen)
    clock.at = MORNING + timedelta(hours=8)
    v.kiosk.link.look()
    v.wait()
    seen("16-tutup")
    v.kiosk.link.lost(Unavailable("Server kantor tidak dapat dihubungi.", code="lost"))
    seen("17-server-putus")


def test_full_services_and_more_of_them(seen: Shot, who: Sit) -> None:
    v = of(seen)
    more(who, quota=3)
    more(who, service="E", label="Legalisasi dan salinan kutipan akta", detail="Bawa kutipan asli", icon="seal-check",
         position=5)  # fmt: skip
    v.kiosk.link.look()
    v.wait()
    seen("18-lima-layanan")
    more(who, service="F", label="Konsultasi", detail="Sebelum mengajukan", icon="chats-circle", position=6)
    v.kiosk.link.look()
    v.wait()
    seen("19-enam-layanan")
    v.touch("Akta perceraian")
    seen("20-kuota-habis")
