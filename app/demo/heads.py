"""Rows 8 to 10: Kasi and Kabid read every page, initial or return; the Kadis signs; the administrator's pages."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt

from app.demo.hands import Hands
from app.demo.office import PASSPHRASE
from app.ui.dialogs.return_berkas import ReturnBerkas
from app.ui.pages.review import ReviewPage
from app.ui.pages.tte import TtePage
from app.ui.pages.tte_preview import Enlarged
from app.ui.pages.worklist import WorkListPage
from app.ui.parts.confirm import Confirm

WAITS = {"KASI": 14, "KABID": 22}
MOST_PRESSES, READING_SECONDS = 200, 0.16
NEXT = {"zulfikar": ("Kembalikan ke Editor", "KE_EDITOR"), "meri": ("Kembalikan ke Kasi", "KE_KASI")}


def receive_all(hands: Hands, role: str) -> None:
    """The receiver's stamps (SOP warning 3), after the papers have waited a while."""
    hands.minutes(WAITS[role])
    hands.open("worklist")
    hands.page(WorkListPage)
    hands.robot.shot(f"{role.lower()}-terima")
    hands.robot.press("Terima semua")


def _review(hands: Hands, number: str) -> ReviewPage:
    file = hands.tell(number)
    hands.open("review", file.id)
    return hands.page(ReviewPage)


def initial(hands: Hands, number: str, row: str) -> None:
    """Look at every page, then initial and hand over."""
    robot = hands.robot
    page = _review(hands, number)
    for _ in range(MOST_PRESSES):
        if not sum(len(pane.missing()) for pane in (page.scans, page.papers)):
            break
        robot.rest(READING_SECONDS)
        robot.key(Qt.Key.Key_N, where=page)
    robot.settle()
    hands.minutes(4 if row == "8" else 5.5)
    robot.shot(f"periksa-baris-{row}")
    robot.press("Paraf")
    hands.stands(number, "KE_KABID" if row == "8" else "KE_KADIS")


def send_back(hands: Hands, number: str, path: str, reason: str) -> None:
    """Mark one value wrong, say why, return."""
    robot = hands.robot
    verb, stage = NEXT[hands.login]
    page = _review(hands, number)
    page.values.list.select(path)
    robot.key(Qt.Key.Key_X, where=page.values.list)
    robot.settle()
    robot.type(page.values.reason.field.input, reason)
    robot.shot("tandai-salah")
    robot.press("Tandai salah")
    hands.minutes(3)
    robot.press(verb)
    dialog = robot.the(ReturnBerkas)
    robot.shot("kembalikan")
    robot.click(dialog.yes)
    hands.stands(number, stage)


def sign_all(hands: Hands, numbers: Sequence[str]) -> None:
    """Receive, tick all, open the two drawn files, one passphrase for the whole batch (SOP row 10)."""
    robot = hands.robot
    hands.sit("nurlaila")
    hands.open("tte")
    page = hands.page(TtePage)
    hands.minutes(35)
    robot.press("Terima semua")
    for number in numbers:
        hands.stands(number, "DI_KADIS")
    robot.press("Semua")
    robot.until("berkas tercentang", lambda: len(page.rows.ticked()) == len(numbers))
    for _ in range(len(numbers)):
        if page.place.card.spot.good:
            break
        robot.press("Buka")
        large = robot.the(Enlarged)
        before = page.place.card.spot.text()
        for _ in range(MOST_PRESSES):
            if page.place.card.spot.text() != before:
                break
            robot.rest(READING_SECONDS)
            robot.key(Qt.Key.Key_N, where=large.preview.viewer)
        robot.shot("tte-uji-petik")
        large.close()
        robot.settle()
    robot.type(page.place.card.phrase.input, PASSPHRASE)
    hands.minutes(5)
    robot.shot("tte-siap")
    robot.click(page.place.card.sign)
    asked = robot.the(Confirm)
    robot.shot("tte-tanya")
    robot.click(asked.yes)
    robot.until("laporan tanda tangan", lambda: not page.acts.running)
    robot.shot("tte-laporan")
    for number in numbers:
        hands.stands(number, "TERTANDA")


def look_at_office(hands: Hands) -> None:
    """What the administrator sees: never a citizen's file."""
    hands.sit("admin")
    for key in ("petugas", "kantor", "bantuan"):
        hands.open(key)
        hands.robot.shot(f"admin-{key}")
