"""The hall of the demonstration: who takes a number, who is called, held, does not come, and only asks something."""

from __future__ import annotations

from functools import partial

from app.demo.hands import Hands
from app.services import queue
from app.services.keys import new_key
from app.services.queue import Issued
from app.ui.pages.loket import LoketPage


def arrive(hands: Hands) -> None:
    """Half past seven: four people draw a number at the kiosk, one of them in the priority class."""
    hands.sit("rina")
    for service, priority in (("A", False), ("A", False), ("A", True), ("C", False)):
        found: list[Issued] = []
        ask = partial(queue.issue, new_key(), service=service, priority=priority)
        hands.shell.desk.tasks.ask(ask, found.append, owner=hands.shell, command="nomor di kios")
        hands.robot.until("nomor antrean", lambda found=found: found)  # type: ignore[misc]  # a lambda with a default
        given = found[0]
        said = f"{given.low}–{given.high} menit, {given.ahead} di depan"
        print(f"  {given.ticket.label} diambil di kios, perkiraan {said}")
        hands.minutes(2)


def first(hands: Hands) -> LoketPage:
    """A-001 is called with F2 and sits down with F4."""
    page = _counter(hands)
    hands.robot.shot("loket-bebas")
    hands.minutes(7)
    _call(hands, page)
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


def third(hands: Hands) -> LoketPage:
    """A-002 has come after all: two others were called since, so he waits again, and is the first of his class."""
    page = _counter(hands)
    hands.robot.press_named("A-002 antre lagi")
    print("  A-002 datang dan antre lagi")
    _call(hands, page)
    return page


def last(hands: Hands) -> None:
    """Somebody who only brings a paper: called by mistake, taken back, called, served without a new file."""
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
    robot.press("Selesai")


def goodbye(hands: Hands) -> None:
    """F9: the counter is free; the file goes on by itself."""
    page = _counter(hands)
    assert page.acts.view is not None
    mine = page.acts.view.ticket
    hands.robot.press("Selesai")
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


def _call(hands: Hands, page: LoketPage) -> None:
    hands.robot.press("Panggil berikut")
    hands.robot.until("nomor dipanggil", lambda: page.acts.view and page.acts.view.called)
    assert page.acts.view is not None
    assert page.acts.view.called is not None
    print(f"  {page.acts.view.called.label} dipanggil ke {page.acts.place}")
