"""The four files of the demonstration, told row by row while real windows do it."""

from __future__ import annotations

from app.demo import cases, counter, heads
from app.demo.hands import Hands
from app.demo.office import DemoOffice
from app.demo.robot import Robot
from app.services.case import with_value


def tell(robot: Robot, office: DemoOffice) -> None:
    """Walk all four files through all eleven rows; raises Stuck where a window does not do what it should."""
    hands = Hands(robot, office)
    robot.shot("masuk")
    sitorus = counter.walk_in(hands, "berkas 1, luring, putusan PN", cases.sitorus())
    tanujaya = counter.online(hands, "berkas 2, daring, putusan PN, kurang lalu dilengkapi", cases.tanujaya())
    ramadhan = counter.walk_in(hands, "berkas 3, luring, putusan PA (KK dan KTP-el saja)", cases.ramadhan())
    wrong = with_value(cases.panjaitan(), "wife.occupation", "PERAWAT")
    wrong = with_value(wrong, "husband.birth_place", "DUMAI")
    panjaitan = counter.walk_in(hands, "berkas 4, luring, dikembalikan Kasi lalu Kabid", wrong, cases.panjaitan())

    hands.sit("zulfikar")
    robot.shot("kasi-berkas")
    heads.receive_all(hands, "KASI")
    heads.send_back(hands, panjaitan, "wife.occupation", "Menurut KTP-el: bidan")
    for number in (sitorus, tanujaya, ramadhan):
        heads.initial(hands, number, "8")
    counter.repair(hands, panjaitan, {"wife.occupation": "BIDAN"})
    hands.sit("zulfikar")
    heads.receive_all(hands, "KASI")
    heads.initial(hands, panjaitan, "8")

    hands.sit("meri")
    heads.receive_all(hands, "KABID")
    heads.send_back(hands, panjaitan, "husband.birth_place", "Menurut KK: DURI")
    for number in (sitorus, tanujaya, ramadhan):
        heads.initial(hands, number, "9")
    hands.sit("zulfikar")
    heads.receive_all(hands, "KASI")
    heads.send_back(hands, panjaitan, "husband.birth_place", "Dari Kabid: tempat lahir di KK adalah DURI")
    counter.repair(hands, panjaitan, {"husband.birth_place": "DURI"})
    hands.sit("zulfikar")
    heads.receive_all(hands, "KASI")
    heads.initial(hands, panjaitan, "8")
    hands.sit("meri")
    heads.receive_all(hands, "KABID")
    heads.initial(hands, panjaitan, "9")

    heads.sign_all(hands, (sitorus, tanujaya, ramadhan, panjaitan))
    for number in (sitorus, tanujaya, ramadhan, panjaitan):
        counter.deliver(hands, number)
    counter.look_back(hands, panjaitan)
    heads.look_at_office(hands)
