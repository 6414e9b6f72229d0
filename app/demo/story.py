"""The four files of the demonstration, told row by row while real windows do it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QApplication

from app.demo import cases, counter, heads, line
from app.demo.hall import Hall, open_hall
from app.demo.hands import Hands
from app.demo.robot import Robot
from app.services.case import with_value
from app.services.opening import Opening
from app.sop.pelita3 import PELITA3
from app.ui import shell_keys
from app.ui.computer import Computer
from app.ui.pages.berkas import BerkasPage
from app.ui.pages.first_start import FirstStart
from app.ui.window import Program


def first_start(application: QApplication, folder: Path, pictures: Path) -> None:
    """What the very first start of the program looks like; nothing is written."""
    folder.mkdir()
    opening = Opening(folder / "kantor.db", PELITA3)
    computer = Computer(
        folder=folder, database=folder / "kantor.db", open_office=opening.open, close_office=opening.close
    )
    program = Program(computer, PELITA3)
    robot = Robot(application, program.tasks, program.frame, pictures)
    program.start()
    program.frame.showNormal()
    program.frame.resize(*line.SMALL)
    robot.settle()
    robot.the(FirstStart)
    robot.settle()
    robot.shot("00-mulai-pertama", numbered=False)
    program.close()
    program.frame.hide()


def tell(hands: Hands) -> None:
    """Walk all four files through all eleven rows; raises Stuck where a window does not do what it should."""
    robot = hands.robot
    robot.shot("masuk")
    with open_hall(hands.office, robot.pictures, robot.until) as hall:
        print("\nantrean: kios dan layar TV menyala dengan akun sendiri, lima orang mengambil nomor")
        line.arrive(hands, hall)
        numbers = _at_the_counter(hands, hall)
        line.last(hands)
    print("\nPara kepala memeriksa, Kepala Dinas menandatangani, dokumen dikirim")
    *good, returned = numbers
    _kasi(hands, good, returned)
    _kabid(hands, good, returned)
    heads.sign_all(hands, numbers)
    for number in numbers:
        counter.deliver(hands, number)
    counter.look_back(hands, returned)
    _other_glass(hands, returned)
    line.figures(hands)
    heads.look_at_office(hands)


def _at_the_counter(hands: Hands, hall: Hall) -> tuple[str, ...]:
    """Rows 1 to 7 for all four; the last one is typed wrong in two places."""
    first, third = partial(line.first, hall=hall), partial(line.third, hall=hall)
    sitorus = counter.walk_in(hands, "berkas 1, luring, putusan PN", first, cases.sitorus())
    tanujaya = counter.online(hands, "berkas 2, daring, putusan PN, kurang lalu dilengkapi", cases.tanujaya())
    title = "berkas 3, luring, putusan PA (KK dan KTP-el saja), prioritas"
    ramadhan = counter.walk_in(hands, title, line.second, cases.ramadhan())
    wrong = with_value(cases.panjaitan(), "wife.occupation", "PERAWAT")
    wrong = with_value(wrong, "husband.birth_place", "DUMAI")
    title = "berkas 4, luring, dikembalikan Kasi lalu Kabid"
    panjaitan = counter.walk_in(hands, title, third, wrong, cases.panjaitan())
    return sitorus, tanujaya, ramadhan, panjaitan


def _other_glass(hands: Hands, number: str) -> None:
    """The control card on a large screen, light and dark."""
    robot = hands.robot
    frame = robot.frame
    frame.resize(*line.LARGE)
    hands.open("berkas", hands.file(number).id)
    page = hands.page(BerkasPage)
    page.tabs.set_current(0)
    page.tabs.changed.emit(0)
    robot.settle()
    robot.shot("layar-besar")
    shell_keys.set_theme(hands.shell, dark=True)
    robot.settle()
    robot.shot("layar-besar-gelap")
    shell_keys.set_theme(hands.shell, dark=False)
    frame.resize(*line.SMALL)
    robot.settle()


def _kasi(hands: Hands, good: Sequence[str], returned: str) -> None:
    """Row 8: three initialled, one returned to the Editor, repaired, and initialled."""
    hands.sit("zulfikar")
    hands.robot.shot("kasi-berkas")
    heads.receive_all(hands, "KASI")
    heads.send_back(hands, returned, "wife.occupation", "Menurut KTP-el: bidan")
    for number in good:
        heads.initial(hands, number, "8")
    counter.repair(hands, returned, {"wife.occupation": "BIDAN"})
    _again_at_kasi(hands, returned)


def _kabid(hands: Hands, good: Sequence[str], returned: str) -> None:
    """Row 9: three initialled, one returned to the Kasi, who returns it to the Editor; then all go on."""
    hands.sit("meri")
    heads.receive_all(hands, "KABID")
    heads.send_back(hands, returned, "husband.birth_place", "Menurut KK: DURI")
    for number in good:
        heads.initial(hands, number, "9")
    hands.sit("zulfikar")
    heads.receive_all(hands, "KASI")
    heads.send_back(hands, returned, "husband.birth_place", "Dari Kabid: tempat lahir di KK adalah DURI")
    counter.repair(hands, returned, {"husband.birth_place": "DURI"})
    _again_at_kasi(hands, returned)
    hands.sit("meri")
    heads.receive_all(hands, "KABID")
    heads.initial(hands, returned, "9")


def _again_at_kasi(hands: Hands, number: str) -> None:
    hands.sit("zulfikar")
    heads.receive_all(hands, "KASI")
    heads.initial(hands, number, "8")
