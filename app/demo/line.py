"""The hall of the demonstration: who takes a number, who is called, held, does not come, and only asks something."""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.demo.hall import Hall, Machine
from app.demo.hands import Hands
from app.demo.robot import Robot, Stuck
from app.ui.pages.loket import LoketPage

SMALL, LARGE = (1366, 768), (1920, 1080)
COUNTS_SECONDS = 3.0
GENERAL, PRIORITY = "Umum", "Prioritas"


@dataclass(frozen=True)
class Visitor:
    """What somebody touches, and the glass on which his visit is photographed, if it is."""

    service: str
    ranks: str
    number: str
    glass: tuple[int, int] | None = None


VISITORS = (
    Visitor("Akta perceraian", GENERAL, "A-001", SMALL),
    Visitor("Akta perceraian", GENERAL, "A-002"),
    Visitor("KK dan KTP-el", PRIORITY, "P-001", LARGE),
    Visitor("Melengkapi berkas", GENERAL, "C-001"),
    Visitor("Tanya status", GENERAL, "D-001"),
)


def arrive(hands: Hands, hall: Hall) -> None:
    """Eight o'clock: five people take a number at the kiosk, one of them in the priority class."""
    _picture(hands.robot, hall.tv, "tv-sebelum-panggilan", SMALL)
    for visitor in VISITORS:
        _visit(hands, hall.kiosk, visitor)
        hands.minutes(2)


def _visit(hands: Hands, kiosk: Machine, visitor: Visitor) -> None:
    """Two touches, then paper."""
    robot, size = hands.robot, visitor.glass
    large = "-layar-besar" if size == LARGE else ""
    if size:
        _picture(robot, kiosk, f"kios-awal{large}", size)
    kiosk.tell("touch", visitor.service)
    if size:
        _picture(robot, kiosk, f"kios-prioritas{large}", size)
    kiosk.tell("touch", visitor.ranks)
    said = str(kiosk.tell("paper"))
    if size:
        _picture(robot, kiosk, f"kios-nomor{large}", size)
    found = re.search(r"[A-Z]-\d{3}", said)
    if found is None or found[0] != visitor.number:
        raise Stuck(f"kios mengatakan “{said}”, seharusnya nomor {visitor.number}")
    print(f"  {visitor.number} diambil di kios: {visitor.service}, {visitor.ranks.lower()}")
    kiosk.tell("wait")


def _picture(robot: Robot, machine: Machine, name: str, size: tuple[int, int]) -> None:
    machine.tell("picture", robot.place(name), size)


def first(hands: Hands, hall: Hall) -> LoketPage:
    """A-001 is called with F2, stands on the TV at once, and sits down with F4."""
    page = _counter(hands)
    hands.robot.shot("loket-bebas")
    hands.minutes(7)
    _call(hands, page)
    _look_up(hands, hall, page, "tv-panggilan", SMALL, LARGE)
    hands.minutes(0.2)
    hands.robot.rest(1.1)
    hands.robot.shot("loket-dipanggil")
    return page


def second(hands: Hands) -> LoketPage:
    """A-002 does not come; P-001 is next by the rule, fetches a copy, and comes back."""
    robot, page = hands.robot, _counter(hands)
    _call(hands, page)
    hands.minutes(1.5)
    robot.press("Ulang")
    hands.minutes(1.5)
    robot.press("Tak hadir")
    print("  A-002 tidak hadir")
    _call(hands, page)
    robot.press("Tahan")
    robot.shot("loket-tahan")
    asked = page.asks.open
    assert asked is not None
    asked.answer_with(0)
    robot.settle()
    robot.shot("loket-ditahan")
    print("  P-001 ditahan: fotokopi berkas")
    hands.minutes(4)
    robot.press_named("Panggil P-001")
    return page


def third(hands: Hands, hall: Hall) -> LoketPage:
    """A-002 has come after all: two others were called since, so he waits again, and is the first of his class.

    While he walks to counter 3, a colleague calls C-001 to hers: both stand on the TV.
    """
    page = _counter(hands)
    hands.robot.press_named("A-002 antre lagi")
    print("  A-002 datang dan antre lagi")
    _call(hands, page)
    hands.sit("dewi")
    beside = _counter(hands)
    _call(hands, beside)
    _look_up(hands, hall, beside, "tv-beberapa-panggilan", SMALL, LARGE)
    hands.robot.press("Mulai layani")
    hands.minutes(2)
    goodbye(hands)
    hands.sit("rina")
    return _counter(hands)


def last(hands: Hands) -> None:
    """Somebody who only asks something: called by mistake, taken back, called, served without a new file."""
    robot, page = hands.robot, _counter(hands)
    print("\nantrean: tamu tanpa berkas baru")
    _call(hands, page)
    hands.shell.toast.undo()
    robot.settle()
    print("  dibatalkan dalam 10 detik")
    _call(hands, page)
    robot.press("Mulai layani")
    hands.minutes(3)
    robot.rest(1.1)
    robot.shot("loket-tanpa-berkas")
    goodbye(hands)


def goodbye(hands: Hands) -> None:
    """F9: the counter is free; the file goes on by itself."""
    page = _counter(hands)
    assert page.acts.view is not None
    mine = page.acts.view.ticket
    hands.robot.press("Selesai")
    hands.robot.until("loket bebas", lambda: page.acts.view and page.acts.view.ticket is None)
    if mine is not None:
        print(f"  {mine.label} selesai dilayani")


def figures(hands: Hands) -> None:
    """The head looks at the day's queue."""
    hands.sit("nurlaila")
    hands.open("antrean")
    hands.robot.shot("antrean-angka")


def _counter(hands: Hands) -> LoketPage:
    hands.open("loket")
    return hands.page(LoketPage)


def _look_up(hands: Hands, hall: Hall, page: LoketPage, name: str, *sizes: tuple[int, int]) -> None:
    """The TV calls whoever was called here."""
    assert page.acts.view is not None
    assert page.acts.view.called is not None
    print(f"  layar TV: {hall.tv.tell('shows', page.acts.view.called.label)}")
    # The number comes at once; who still waits is read again within seconds.
    hands.robot.rest(COUNTS_SECONDS)
    for size in sizes:
        large = "-layar-besar" if size == LARGE else ""
        _picture(hands.robot, hall.tv, f"{name}{large}", size)


def _call(hands: Hands, page: LoketPage) -> None:
    hands.robot.press("Panggil berikut")
    hands.robot.until("nomor dipanggil", lambda: page.acts.view and page.acts.view.called)
    assert page.acts.view is not None
    assert page.acts.view.called is not None
    print(f"  {page.acts.view.called.label} dipanggil ke {page.acts.place}")
