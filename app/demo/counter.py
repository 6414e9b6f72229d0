"""Rows 1 to 7 and 11 at the counter, the Editor's repair, and a look back at a finished file."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QMenu

from app.demo import line, scans, typing
from app.demo.hands import Hands
from app.services.case import Case, Reporter, Route
from app.ui.dialogs.deficiency import DeficiencyDialog
from app.ui.pages.berkas import BerkasPage
from app.ui.pages.deliver import DeliverPage
from app.ui.pages.draft import DraftPage
from app.ui.pages.entry import EntryPage
from app.ui.pages.intake import IntakePage
from app.ui.pages.loket import LoketPage

REPORTERS = (Reporter.WIFE, Reporter.HUSBAND, Reporter.PROXY)
BLURRED = "ktp_suami"


def walk_in(
    hands: Hands, title: str, called: Callable[[Hands], LoketPage], case: Case, brought: Case | None = None
) -> str:
    """Call, intake, entry, draft, confirmation, KTP-el, resi, and the counter free again: SOP rows 1, 2, 4 to 7.

    `called` brings the visitor to the counter. `brought` is what the applicant's papers say, where the clerk will
    mistype.
    """
    print(f"\n{title}")
    robot = hands.robot
    hands.sit("rina")
    page = called(hands)
    if not isinstance(hands.shell.current_page(), IntakePage):
        robot.press("Mulai layani")
    number = _number(hands, page)
    intake = _to_intake(hands)
    hands.minutes(1)
    _questions(hands, intake, case)
    hands.minutes(3)
    _take_papers(hands, intake, scans.requirement_files(brought or case))
    robot.shot("persyaratan")
    robot.press("Berkas lengkap")
    hands.stands(number, "ENTRI")
    _enter_and_hand_over(hands, number, case)
    line.goodbye(hands)
    return number


def online(hands: Hands, title: str, case: Case) -> str:
    """A package comes in, one paper is illegible, the applicant is told by mail and answers: rows 1, 2, 3, 5 to 7."""
    print(f"\n{title}")
    robot = hands.robot
    hands.sit("rina")
    hands.open("loket")
    page = hands.page(LoketPage)
    page.packages.show_package(_package(hands.folder(), case))
    robot.until("isi paket", lambda: robot.all_of(QDialog))
    robot.shot("paket-daring")
    robot.press("Terima")
    hands.minutes(4)
    robot.press("Permohonan daring" if robot.find_button("Permohonan daring") else "Daring")
    hands.minutes(1)
    number = _number(hands, page)
    intake = _to_intake(hands)
    _questions(hands, intake, case)
    _judge_all(hands, intake, bad=BLURRED)
    robot.shot("persyaratan-kurang")
    _note_deficiency(hands)
    hands.stands(number, "KURANG")
    _answer(hands, number, case)
    robot.press("Berkas lengkap")
    hands.stands(number, "ENTRI")
    _enter_and_hand_over(hands, number, case)
    return number


def repair(hands: Hands, number: str, values: Mapping[str, Any]) -> None:
    """The Editor receives what came back, mends the marked fields and hands it over again (SOP row 8)."""
    robot = hands.robot
    hands.sit("yuni")
    hands.minutes(6)
    hands.open("worklist")
    robot.shot("editor-berkas")
    robot.press("Terima semua")
    file = hands.stands(number, "DI_EDITOR")
    hands.open("entry", file.id)
    page = hands.page(EntryPage)
    robot.shot("editor-perbaikan")
    case = page.form.case()
    for path, value in values.items():
        typing.change(robot, page, path, value)
    assert case != page.form.case()
    hands.minutes(3)
    robot.press("Sudah diperbaiki")
    hands.stands(number, "KE_KASI")


def deliver(hands: Hands, number: str) -> None:
    """The signed documents go out by e-mail; the file ends on the server's acceptance (SOP row 11)."""
    robot = hands.robot
    hands.sit("rina")
    file = hands.file(number)
    hands.open("deliver", file.id)
    hands.page(DeliverPage)
    hands.minutes(1)
    robot.shot("kirim")
    robot.press("Kirim dokumen")
    hands.dialog()
    robot.press("Kirim")
    hands.stands(number, "SELESAI")


def look_back(hands: Hands, number: str) -> None:
    """A finished file as everybody may see it: card, entry, papers, mails, who read it."""
    file = hands.file(number)
    hands.open("berkas", file.id)
    robot = hands.robot
    for button in ("Lanjut", "Buka"):
        if robot.all_of(QDialog) and robot.find_button(button):
            robot.press(button)
    page = hands.page(BerkasPage)
    robot.shot("kartu-kendali")
    for i, name in enumerate(("kartu", "isian", "dokumen", "catatan", "surel", "jejak")):
        if i:
            page.tabs.set_current(i)
            page.tabs.changed.emit(i)
            robot.settle()
            robot.shot(f"berkas-{name}")
    hands.open("terkirim")
    robot.shot("selesai")


# --- parts -----------------------------------------------------------------------------------------------------------


def _number(hands: Hands, page: LoketPage) -> str:
    """The file that has just been made is the newest; its number stands on the page in front."""
    robot = hands.robot
    front = hands.shell.current_page()
    if isinstance(front, IntakePage):
        return robot.until("berkas baru", front.view).head.number
    robot.until("berkas baru", lambda: page._view and page._view.current)  # noqa: SLF001  what the page shows
    assert page._view is not None  # noqa: SLF001  the same
    assert page._view.current is not None  # noqa: SLF001  the same
    return page._view.current.head.number  # noqa: SLF001  the same


def _to_intake(hands: Hands) -> IntakePage:
    if not isinstance(hands.shell.current_page(), IntakePage):
        hands.robot.press("Periksa persyaratan")
    return hands.page(IntakePage)


def _questions(hands: Hands, page: IntakePage, case: Case) -> None:
    robot, contact = hands.robot, page.contact
    route = 0 if case.route is Route.PN else 1
    for words, at in ((contact.route, route), (contact.reporter, REPORTERS.index(case.reporter))):
        if words.current() != at:
            place = list(words.places())[at].center().toPoint()
            QTest.mouseClick(words, Qt.MouseButton.LeftButton, pos=place)
            robot.settle()
    if not contact.phone.value():
        robot.type(contact.phone.input, "081200004417")
    if not contact.email.value():
        robot.type(contact.email.input, f"pemohon.{case.decision.number.split('/')[0]}@contoh.id")
    if not contact.read_back.isChecked():
        robot.click(contact.read_back)
        if not contact.read_back.isChecked():
            contact.read_back.setFocus()
            robot.key(Qt.Key.Key_Space, where=contact.read_back)
    robot.settle()


def _take_papers(hands: Hands, page: IntakePage, files: Mapping[str, bytes]) -> None:
    folder = hands.folder() / "usb"
    folder.mkdir(exist_ok=True)
    for code, data in files.items():
        path = folder / f"{code}.pdf"
        path.write_bytes(data)
        page.list.choose(code)
        page.list.dropped.emit(code, [path])
        hands.robot.settle()
    _judge_all(hands, page)


def _judge_all(hands: Hands, page: IntakePage, bad: str = "") -> None:
    robot = hands.robot
    view = robot.until("persyaratan", page.view)
    for code in [r.code for r in view.rows if r.scans and r.verdict != "OK"]:
        page.list.choose(code)
        robot.settle()
        if code != bad:
            page.list.setFocus()
            robot.key(Qt.Key.Key_Space, where=page.list)
            continue
        robot.press("Tidak terbaca")
        menu = robot.until("alasan", lambda: next(iter(robot.all_of(QMenu)), None))
        robot.shot("tidak-terbaca")
        next(a for a in menu.actions() if "buram" in a.text()).trigger()
        menu.close()
        robot.settle()


def _note_deficiency(hands: Hands) -> None:
    robot = hands.robot
    robot.press("Catat kekurangan")
    dialog = robot.the(DeficiencyDialog)
    robot.settle()
    robot.shot("catat-kekurangan")
    robot.click(dialog.yes)
    robot.settle()


def _answer(hands: Hands, number: str, case: Case) -> None:
    robot = hands.robot
    hands.minutes(85)
    file = hands.file(number)
    hands.open("intake", file.id)
    page = hands.page(IntakePage)
    robot.shot("menunggu-pemohon")
    robot.type(page.waiting.what.input, "KTP-el suami dipindai ulang, kini terbaca")
    robot.press("Berkas dilengkapi")
    hands.stands(number, "VERIFIKASI")
    page = hands.page(IntakePage)
    path = hands.folder() / "usb" / "ktp-suami-baru.pdf"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(scans.requirement_files(case)[BLURRED])
    page.list.choose(BLURRED)
    page.list.dropped.emit(BLURRED, [path])
    robot.settle()
    _judge_all(hands, page)


def _enter_and_hand_over(hands: Hands, number: str, case: Case) -> None:
    robot = hands.robot
    file = hands.file(number)
    if not isinstance(hands.shell.current_page(), EntryPage):
        hands.open("entry", file.id)
    page = hands.page(EntryPage)
    typing.fill(robot, page, case)
    hands.minutes(4)
    robot.shot("entri")
    robot.press("Cetak draf")
    hands.stands(number, "DRAF")
    if not isinstance(hands.shell.current_page(), DraftPage):
        hands.open("draft", file.id)
    hands.page(DraftPage)
    robot.press("Cetak draf")
    hands.minutes(2)
    if file.channel.value == "OFFLINE":
        robot.press("Sudah diperiksa")
    robot.shot("draf")
    robot.press("Ajukan cetak KTP-el")
    hands.stands(number, "KTP")
    robot.press("Beri resi")
    robot.shot("resi")
    hands.stands(number, "KE_KASI")


def _package(folder: Path, case: Case) -> Path:
    """What the online service hands over: a folder with permohonan.json and files (docs/paket-daring.md)."""
    place = folder / "paket-ONL-0001"
    place.mkdir(exist_ok=True)
    files = []
    for code, data in scans.requirement_files(case, blurred=BLURRED).items():
        (place / f"{code}.pdf").write_bytes(data)
        files.append({"requirement": code, "path": f"{code}.pdf", "sha256": hashlib.sha256(data).hexdigest()})
    described = {
        "route": case.route.value,
        "reporter": case.reporter.value,
        "phone": "081200004418",
        "email": "pemohon.daring@contoh.id",
        "submitted_at": datetime.now(UTC).isoformat(),
        "external_ref": "ONL-0001",
        "husband": {"name": case.husband.name, "nik": case.husband.nik},
        "wife": {"name": case.wife.name, "nik": case.wife.nik},
        "files": files,
    }
    (place / "permohonan.json").write_text(json.dumps(described, ensure_ascii=False), encoding="utf-8")
    return place
