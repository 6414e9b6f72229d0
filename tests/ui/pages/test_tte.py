"""The Kadis signs a morning's files by keyboard (SOP row 10), and what must not be signed cannot even be ticked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.jobs import certificates
from app.jobs.workshop import Workshop
from app.services import intake, papers
from app.services.berkas import Head, head
from app.sop.model import Role
from app.sop.pelita3 import PELITA3
from app.ui.desk import Desk
from app.ui.pages.tte import TtePage
from app.ui.pages.tte_data import SPOT, SpotCheck
from app.ui.parts.viewer import Viewer
from tests.support.office import sit_down
from tests.support.pages import CTRL, Seat, seated
from tests.support.tamper import spoil
from tests.support.walk import walk_to

Make = Callable[[str | Role], Desk]
PHRASE = "frasa-sandi-uji"
pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def quick_eyes(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page counts as seen after a tenth of a second: the rule itself is the viewer's own test."""
    monkeypatch.setattr(Viewer, "SEEN_AFTER_MS", 100)


@pytest.fixture
def certified(office_db: Path, shop: Workshop) -> Workshop:
    assert office_db.exists()
    sit_down(Role.ADMIN)
    certificates.make_trial(shop, "Dr. Nurlaila Hasibuan, M.Si", "196911201995032001", bytearray(PHRASE, "utf-8"))
    return shop


def stage_of(file: Head) -> str:
    return head(PELITA3, file.id).stage.key


def at_desk(qtbot: QtBot, desk: Make, argument: object = None) -> tuple[Seat, TtePage]:
    seat, page = seated(qtbot, desk(Role.KADIS), TtePage, argument)
    seat.window.resize(1700, 1080)
    seat.wait()
    return seat, page


def open_drawn(seat: Seat, page: TtePage) -> None:
    """The drawn files are opened large, one after the other, until none is left."""
    while not page.place.card.spot.good:
        before = page.place.card.spot.text()
        page.place.card.opens.click()
        seat.until(lambda before=before: page.place.card.spot.text() != before)  # type: ignore[misc]
        if page.enlarged is not None:
            seat.bot.keyClick(page.enlarged.preview.viewer, Qt.Key.Key_Space)
            seat.until(lambda: page.enlarged is None)
    seat.wait()


def sign(seat: Seat, page: TtePage, phrase: str) -> None:
    """Type, Ctrl+Enter, and Ctrl+Enter again before the dialog that names the numbers."""
    page.place.card.phrase.setFocus()
    seat.bot.keyClicks(page.place.card.phrase.input, phrase)
    seat.press(Qt.Key.Key_Return, CTRL)
    dialog = page.acts.dialog
    assert dialog is not None
    seat.bot.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    seat.wait()
    seat.until(lambda: not page.acts.running)
    seat.wait()


def test_a_morning_s_files_are_received_looked_at_and_signed(qtbot: QtBot, desk: Make, certified: Workshop) -> None:
    files = [walk_to("KE_KADIS", certified), walk_to("KE_KADIS", certified), walk_to("DI_KADIS", certified)]
    seat, page = at_desk(qtbot, desk)
    assert page.untaken.text() == "2 berkas diserahkan kepada Anda dan belum diterima"
    assert [r.item.received for r in page.rows.rows()] == [False, False, True], "what is not received comes first"
    seat.press(Qt.Key.Key_A, CTRL)
    assert len(page.rows.ticked()) == 1, "a file that is not received cannot be ticked"
    seat.press(Qt.Key.Key_T, CTRL)
    assert [stage_of(f) for f in files] == ["DI_KADIS"] * 3
    assert not page.untaken.isVisible()

    seat.press(Qt.Key.Key_A, CTRL)
    assert len(page.rows.ticked()) == 3
    assert page.place.card.hashes.good
    assert page.place.card.sign.text() == "Tanda tangani 12 dokumen"
    assert not page.place.card.sign.isEnabled(), "the spot check comes first"
    open_drawn(seat, page)
    assert page.place.card.spot.text() == "Uji petik: 2 dari 2 berkas dibuka"

    sign(seat, page, PHRASE)
    assert [stage_of(f) for f in files] == ["TERTANDA"] * 3
    assert page.place.card.phrase.value() == ""
    assert page.place.work.summary() == "3 berhasil"
    assert seat.said[-1] == ("3 berkas, 12 dokumen ditandatangani.", "ok")
    assert page.lists.tabs.words_of() == ["Siap 0", "Dikembalikan 0", "Selesai hari ini 3"]
    seat.press(Qt.Key.Key_Escape)
    assert page.place.card.isVisible()
    assert page.rows.rows() == []


def test_a_wrong_passphrase_is_told_at_its_field_and_nothing_is_signed(
    qtbot: QtBot, desk: Make, certified: Workshop
) -> None:
    file = walk_to("DI_KADIS", certified)
    seat, page = at_desk(qtbot, desk)
    seat.press(Qt.Key.Key_Return)
    assert [r.id for r in page.rows.ticked()] == [file.id], "Enter ticks"
    open_drawn(seat, page)
    sign(seat, page, "bukan sandinya")
    assert page.place.card.isVisible()
    assert page.place.card.phrase.state() == "bad"
    assert "Frasa sandi tidak cocok" in page.place.card.phrase.message()
    assert page.place.card.phrase.value() == ""
    assert stage_of(file) == "DI_KADIS"
    assert papers.listed(file.id, ["signed"]) == []
    sign(seat, page, PHRASE)
    assert stage_of(file) == "TERTANDA"


def test_without_a_passphrase_the_field_asks_for_it(qtbot: QtBot, desk: Make, certified: Workshop) -> None:
    walk_to("DI_KADIS", certified)
    seat, page = at_desk(qtbot, desk)
    seat.press(Qt.Key.Key_Return)
    open_drawn(seat, page)
    seat.press(Qt.Key.Key_Return, CTRL)
    assert page.acts.dialog is None
    assert page.place.card.phrase.message() == "Ketik frasa sandi TTE Anda dahulu"


def test_a_document_that_is_not_what_was_initialled_cannot_be_ticked(
    qtbot: QtBot, desk: Make, certified: Workshop, office_db: Path
) -> None:
    spoilt, whole = walk_to("DI_KADIS", certified), walk_to("DI_KADIS", certified)
    draft = papers.current_draft(spoilt.id)
    assert draft is not None
    spoil(office_db, draft.documents[0].sha256)
    seat, page = at_desk(qtbot, desk, spoilt.id)
    here = page.rows.current()
    assert here is not None
    assert here.id == spoilt.id
    assert "berbeda dari sidiknya" in page.fault.text()
    seat.press(Qt.Key.Key_Return)
    assert page.rows.ticked() == []
    seat.press(Qt.Key.Key_A, CTRL)
    assert [r.id for r in page.rows.ticked()] == [whole.id]


def test_a_file_that_spoils_after_it_was_ticked_is_reported_and_can_be_tried_again(
    qtbot: QtBot, desk: Make, certified: Workshop, office_db: Path
) -> None:
    spoilt, whole = walk_to("DI_KADIS", certified), walk_to("DI_KADIS", certified)
    seat, page = at_desk(qtbot, desk)
    seat.press(Qt.Key.Key_A, CTRL)
    open_drawn(seat, page)
    draft = papers.current_draft(spoilt.id)
    assert draft is not None
    spoil(office_db, draft.documents[0].sha256)
    sign(seat, page, PHRASE)
    assert (stage_of(spoilt), stage_of(whole)) == ("DI_KADIS", "TERTANDA")
    assert page.place.work.failed() == [spoilt.number]
    assert page.place.work.summary() == "1 berhasil, 1 gagal"
    assert seat.said[-1][1] == "warn"


def test_a_missing_certificate_says_what_to_do_and_locks_the_act(qtbot: QtBot, desk: Make, shop: Workshop) -> None:
    walk_to("DI_KADIS", shop)
    seat, page = at_desk(qtbot, desk)
    assert page.certificate.isVisible()
    assert "halaman Kantor" in page.certificate.text()
    seat.press(Qt.Key.Key_Return)
    open_drawn(seat, page)
    assert not page.place.card.sign.isEnabled()


def test_a_trial_certificate_is_named_as_one(qtbot: QtBot, desk: Make, certified: Workshop) -> None:
    walk_to("DI_KADIS", certified)
    _seat, page = at_desk(qtbot, desk)
    assert page.certificate.isVisible()
    assert page.certificate.text().startswith("Sertifikat uji coba")


def test_the_kadis_returns_a_file_with_a_reason_beyond_the_sop(qtbot: QtBot, desk: Make, certified: Workshop) -> None:
    file = walk_to("DI_KADIS", certified)
    seat, page = at_desk(qtbot, desk, file.id)
    seat.press(Qt.Key.Key_B, CTRL)
    dialog = page.acts.returning
    assert dialog is not None
    assert "di luar SOP" in dialog.accessibleDescription()
    dialog.subject.set_value("akta-suami")
    dialog.reason.set_value("Gelar Kadis salah")
    qtbot.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    seat.wait()
    assert stage_of(file) == "KE_KABID"
    assert [(f.subject, f.problem) for f in intake.findings(file.id)] == [("akta-suami", "Gelar Kadis salah")]
    assert page.lists.tabs.words_of()[1] == "Dikembalikan 1"


def test_what_was_opened_is_on_record(qtbot: QtBot, desk: Make, certified: Workshop) -> None:
    file = walk_to("DI_KADIS", certified)
    seat, page = at_desk(qtbot, desk, file.id)
    seat.press(Qt.Key.Key_Space)
    seat.until(lambda: file.id in page._opened)
    assert page.enlarged is not None
    qtbot.keyClick(page.enlarged.preview.viewer, Qt.Key.Key_Escape)
    seat.until(lambda: page.enlarged is None and not page.kept.pending())
    draft = papers.current_draft(file.id)
    assert draft is not None
    assert (draft.documents[0].sha256, 1) in papers.seen(sit_down(Role.KADIS), file.id)


def test_no_passphrase_stays_behind_when_the_page_is_left(qtbot: QtBot, desk: Make, certified: Workshop) -> None:
    walk_to("DI_KADIS", certified)
    seat, page = at_desk(qtbot, desk)
    qtbot.keyClicks(page.place.card.phrase.input, PHRASE)
    assert page.leave()
    assert page.place.card.phrase.value() == ""
    assert not page.place.card.phrase.input.isUndoAvailable()
    qtbot.keyClicks(page.place.card.phrase.input, PHRASE)
    seat.window.hide()
    assert page.place.card.phrase.value() == ""


def test_an_empty_desk_says_what_was_done_today(qtbot: QtBot, desk: Make, certified: Workshop) -> None:
    walk_to("TERTANDA", certified)
    _seat, page = at_desk(qtbot, desk)
    assert page.lists.empty.isVisible()
    assert page.lists.empty.accessibleName() == "Tidak ada yang menunggu. 1 ditandatangani hari ini."


def test_the_lot_stays_with_what_is_ticked() -> None:
    lot = SpotCheck()
    first = lot.draw(list(range(20)))
    assert len(first) == SPOT
    assert lot.draw(list(range(20))) == first, "looking again does not draw again"
    kept = lot.draw([first[1], 98, 99])
    assert first[1] in kept
    assert lot.draw([7]) == [7]
    assert lot.draw([]) == []
