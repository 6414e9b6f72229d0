"""Review by Kasi and Kabid (SOP rows 8, 9): nothing is initialled unseen, nothing goes back without a reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.errors import Unavailable
from app.jobs import drafting
from app.jobs.workshop import Workshop
from app.services import accounts, entry, intake, papers
from app.services.act import act as sign
from app.services.berkas import Head, head, readings
from app.services.intake import FindingRow
from app.services.keys import new_key
from app.sop.model import Role
from app.sop.pelita3 import PELITA3
from app.ui.desk import Desk
from app.ui.pages.review import ReviewPage
from app.ui.pages.review_head import tone
from app.ui.pages.review_marks import RIGHT, WRONG
from app.ui.parts.viewer import Viewer
from tests.support.office import Clock, sit_down
from tests.support.pages import CTRL, Seat, seated
from tests.support.stories import at
from tests.support.tamper import spoil, unguarded
from tests.support.walk import act, see_all, walk_to

Make = Callable[[str | Role], Desk]
pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def quick_eyes(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page counts as seen after a tenth of a second: the rule itself is the viewer's own test."""
    monkeypatch.setattr(Viewer, "SEEN_AFTER_MS", 100)


def now(file: Head) -> Head:
    return head(PELITA3, file.id)


def opened(qtbot: QtBot, desk: Desk, file: Head) -> tuple[Seat, ReviewPage]:
    seat, page = seated(qtbot, desk, ReviewPage, file.id)
    seat.window.resize(1700, 1080)
    seat.wait()
    return seat, page


def seen_by(login: str, file: Head) -> frozenset[tuple[str, int]]:
    return papers.seen(sit_down(login), file.id)


def read_all(seat: Seat, page: ReviewPage) -> None:
    """N from gap to gap, each page looked at until it counts."""
    while missing := [*page.scans.missing(), *page.papers.missing()]:
        seat.press(Qt.Key.Key_N)
        many = len(missing)
        seat.until(lambda many=many: len(page.scans.missing()) + len(page.papers.missing()) < many)  # type: ignore[misc]
    seat.until(lambda: not page.kept.pending())


def returned_and_repaired(shop: Workshop) -> Head:
    """The Kasi found the wife's name wrong; the Editor froze a second revision."""
    file = walk_to("DI_KASI", shop)
    kasi = sit_down(Role.KASI)
    intake.add_findings(kasi, file, [FindingRow("wife.name", "Kurang satu huruf")], new_key())
    file, editor = act(kasi, file, "kembali_editor"), sit_down(Role.EDITOR)
    file = act(editor, file, "terima_editor")
    newest = entry.latest(file.id)
    assert newest is not None
    case = replace(newest.case, wife=replace(newest.case.wife, name="DEBORA MELINDAA HUTAPEA"))
    entry.save(editor, file, case, newest.rev, new_key())
    drafting.make_draft(shop, editor, file.id, new_key())
    return act(sit_down(Role.KASI), now(file), "terima_kasi")


def test_paraf_waits_for_every_page_and_then_hands_over(qtbot: QtBot, desk: Make, shop: Workshop) -> None:
    file = walk_to("DI_KASI", shop)
    seat, page = opened(qtbot, desk(Role.KASI), file)
    assert not page.foot.paraf.isEnabled()
    assert "halaman belum dilihat" in page.foot.lock.accessibleName()
    seat.press(Qt.Key.Key_Return, CTRL)
    assert now(file).stage.key == "DI_KASI", "a locked paraf takes no key"

    read_all(seat, page)
    assert page.foot.paraf.isEnabled()
    assert page.foot.fine.isVisible()
    must = papers.must_see(file.id)
    assert len(seen_by("zulfikar", file)) == sum(must.values())
    seat.press(Qt.Key.Key_Return, CTRL)
    assert now(file).stage.key == "KE_KABID"
    assert seat.went[-1] == ("back", None)
    assert seat.said == [(f"{file.number} diparaf. Tahap sekarang: Menunggu diterima Kabid.", "ok")]


def test_what_is_read_is_written_down(qtbot: QtBot, desk: Make, shop: Workshop) -> None:
    file = walk_to("DI_KASI", shop)
    opened(qtbot, desk(Role.KASI), file)
    assert [r.text for r in readings(file.id)] == ["membuka untuk diperiksa"]


def test_a_wrong_value_locks_the_paraf_and_goes_back_with_its_reason(qtbot: QtBot, desk: Make, shop: Workshop) -> None:
    file = walk_to("DI_KASI", shop)
    see_all(sit_down(Role.KASI), file)
    seat, page = opened(qtbot, desk(Role.KASI), file)
    assert page.foot.paraf.isEnabled(), "what was seen before counts"
    page.values.list.setFocus()
    assert page.values.list.select("wife.occupation")
    seat.press(Qt.Key.Key_X)
    assert page.values.reason.isVisible()
    seat.press(Qt.Key.Key_Return)
    assert page.values.reason.isVisible(), "no reason, no mark"
    seat.bot.keyClicks(page.values.reason.field.input, "Putusan: karyawan swasta")
    seat.press(Qt.Key.Key_Return)
    assert page.values.marks.tally().wrong == 1
    assert not page.foot.paraf.isEnabled()
    assert "1 isian salah" in page.foot.lock.accessibleName()
    assert page.foot.back.text() == "Kembalikan ke Editor (1)"

    page.values.list.select("decision.court")
    seat.press(Qt.Key.Key_N)
    shown = page.values.list.current()
    assert shown is not None
    assert shown.path == "wife.occupation", "N leads to what is wrong once all is seen"

    seat.press(Qt.Key.Key_B, CTRL)
    dialog = page.acts.dialog
    assert dialog is not None
    assert [f.subject for f in dialog.findings] == ["wife.occupation"]
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert page.acts.dialog is not None, "plain Enter returns nothing"
    qtbot.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    seat.wait()
    assert now(file).stage.key == "KE_EDITOR"
    (found,) = intake.findings(file.id)
    assert (found.subject, found.problem, found.by) == ("wife.occupation", "Putusan: karyawan swasta", "zulfikar")


def test_a_return_without_a_reason_is_not_sent(qtbot: QtBot, desk: Make, shop: Workshop) -> None:
    file = walk_to("DI_KASI", shop)
    seat, page = opened(qtbot, desk(Role.KASI), file)
    seat.press(Qt.Key.Key_B, CTRL)
    dialog = page.acts.dialog
    assert dialog is not None
    qtbot.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    assert dialog.subject.state() == "bad"
    dialog.subject.set_value("akta-suami")
    qtbot.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    assert dialog.reason.state() == "bad"
    dialog.reason.set_value("Tata letak terpotong")
    qtbot.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    seat.wait()
    assert [(f.subject, f.problem) for f in intake.findings(file.id)] == [("akta-suami", "Tata letak terpotong")]


def test_space_is_right_and_goes_on_and_turns_the_scan_to_its_proof(qtbot: QtBot, desk: Make, shop: Workshop) -> None:
    file = walk_to("DI_KASI", shop)
    seat, page = opened(qtbot, desk(Role.KASI), file)
    page.values.list.setFocus()
    page.values.list.select("decision.filed_by")
    seat.press(Qt.Key.Key_Space)
    mark, shown = page.values.marks.of("decision.filed_by"), page.values.list.current()
    assert mark is not None
    assert mark.verdict == RIGHT
    assert shown is not None
    assert shown.path == "husband.nik", "the heading between them is passed over"
    front = page.scans.current()
    assert front is not None
    assert front.paper.subject == "ktp_suami"
    seat.press(Qt.Key.Key_Delete)
    assert page.values.marks.of("husband.nik") is None


def test_the_second_revision_shows_what_changed(qtbot: QtBot, desk: Make, shop: Workshop) -> None:
    file = returned_and_repaired(shop)
    seat, page = opened(qtbot, desk(Role.KASI), file)
    assert page.values.filter.words_of()[1] == "Berubah 1"
    page.values.filter.set_current(1)
    page.values.filter.changed.emit(1)
    assert page.values.list.paths() == ["wife.name"]
    shown = page.values.list.current()
    assert shown is not None
    assert (shown.old, shown.value) == ("DEBORA MELINDA HUTAPEA", "DEBORA MELINDAA HUTAPEA")
    said = page.values.list.values.data(page.values.list.currentIndex(), Qt.ItemDataRole.AccessibleTextRole)
    assert "dahulu DEBORA MELINDA HUTAPEA" in said
    assert "revisi 2" in page.papers._hash.text()
    assert seat.desk.who.role is Role.KASI


def test_a_first_revision_has_nothing_to_compare_with(qtbot: QtBot, desk: Make, shop: Workshop) -> None:
    file = walk_to("DI_KASI", shop)
    _seat, page = opened(qtbot, desk(Role.KASI), file)
    assert [w.split()[0] for w in page.values.filter.words_of()] == ["Semua", "Belum"]


def test_marks_outlive_the_program_as_long_as_their_value_stays(qtbot: QtBot, desk: Make, shop: Workshop) -> None:
    file = walk_to("DI_KASI", shop)
    _seat, page = opened(qtbot, desk(Role.KASI), file)
    for path in ("wife.name", "husband.name"):
        page.values.marks.put(path, RIGHT)
    page.values.marks.put("wife.occupation", WRONG, "Putusan: karyawan swasta")
    page._marked()
    page.drafts.flush()
    kept = (page.drafts._folder / f"{file.number}-periksa.json").read_text("utf-8")
    assert "DEBORA" not in kept
    assert "1471" not in kept.replace(file.number, "")

    _seat, again = opened(qtbot, desk(Role.KASI), file)
    assert again.values.marks.tally().right == 2
    assert [f.problem for f in again.values.marks.findings()] == ["Putusan: karyawan swasta"]

    marks, review = again.values.marks, again._review
    assert review is not None
    rows = [replace(r, value="LAIN") if r.path == "wife.name" else r for r in review.rows]
    marks.start(rows, review.kept, "zulfikar")
    assert marks.of("wife.name") is None, "another value asks for another look"
    assert marks.of("husband.name") is not None
    marks.start(review.rows, review.kept, "meri")
    assert marks.tally().right == 0, "nobody inherits a colleague's ticks"


def test_the_kabid_sees_who_received_it_and_returns_to_the_kasi(
    qtbot: QtBot, desk: Make, shop: Workshop, clock: Clock
) -> None:
    at(clock, 12, "09.00")
    file = walk_to("DI_KABID", shop)
    at(clock, 12, "09.06")
    seat, page = opened(qtbot, desk(Role.KABID), file)
    assert page.timer.text() == "Diterima Meri A. 09.00, dikerjakan 06:00 dari 05:00"
    assert page.timer.tone() == "warn"
    assert page.foot.paraf.text() == "Paraf, ajukan TTE"
    assert page.foot.back.text() == "Kembalikan ke Kasi"
    assert len(page.scans.missing()) > 0, "what the Kasi saw, the Kabid has not seen"
    seat.press(Qt.Key.Key_B, CTRL)
    dialog = page.acts.dialog
    assert dialog is not None
    dialog.subject.set_value("wife.name")
    dialog.reason.set_value("Beda dengan KTP-el")
    qtbot.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    seat.wait()
    assert now(file).stage.key == "KE_KASI"


@pytest.mark.parametrize(
    ("minutes", "lamp"), [(0, "ok"), (4.9, "ok"), (5, "warn"), (7.4, "warn"), (7.5, "bad"), (60, "bad")]
)
def test_the_timer_is_amber_at_the_norm_and_red_at_half_as_much_again(minutes: float, lamp: str) -> None:
    assert tone(timedelta(minutes=minutes), timedelta(minutes=5)) == lamp


def test_a_draft_that_is_not_what_it_was_can_only_go_back(
    qtbot: QtBot, desk: Make, shop: Workshop, office_db: Path
) -> None:
    file = walk_to("DI_KASI", shop)
    see_all(sit_down(Role.KASI), file)
    draft = papers.current_draft(file.id)
    assert draft is not None
    spoil(office_db, draft.documents[1].sha256)
    _seat, page = opened(qtbot, desk(Role.KASI), file)
    assert page.notice.isVisible()
    assert "berbeda dari sidiknya" in page.notice.text()
    assert not page.foot.paraf.isEnabled()
    assert page.foot.back.isEnabled()


def test_a_scan_that_cannot_be_read_locks_the_paraf(qtbot: QtBot, desk: Make, shop: Workshop, office_db: Path) -> None:
    file = walk_to("DI_KASI", shop)
    see_all(sit_down(Role.KASI), file)
    spoil(office_db, papers.scans(file.id)[0].sha256)
    seat, page = opened(qtbot, desk(Role.KASI), file)
    page.scans.open(papers.scans(file.id)[0].sha256)
    seat.wait()
    assert "berbeda dari sidiknya" in page.foot.lock.accessibleName()
    assert not page.foot.paraf.isEnabled()


def test_a_file_that_waits_or_lies_elsewhere_is_only_read(qtbot: QtBot, desk: Make, shop: Workshop) -> None:
    file = walk_to("KE_KASI", shop)
    _seat, page = opened(qtbot, desk(Role.KASI), file)
    assert page.notice.isVisible()
    assert not page.foot.paraf.isVisible()
    assert not page.foot.back.isVisible()
    assert seen_by("zulfikar", file) == frozenset(), "reading what is not received is no review"


def test_whoever_typed_reads_why_he_cannot_initial(qtbot: QtBot, desk: Make, shop: Workshop, office_db: Path) -> None:
    file = walk_to("KE_KASI", shop)
    unguarded(
        office_db, "insert into assignment(login, role, kind, basis, confirmed_by, made_by, made_us, key)"
        " values('rina', 'KASI', 'PLH', 'SPT 2', 'admin', 'admin', 1, ?)", new_key(),
    )  # fmt: skip
    made = desk("rina")
    hat = next(h for h in accounts.hats("rina") if h.role is Role.KASI)
    rina = replace(made.who, role=Role.KASI, hat=hat)
    file = act(rina, file, "terima_kasi")
    see_all(rina, file)
    _seat, page = opened(qtbot, replace(made, who=rina), file)
    assert not page.foot.paraf.isEnabled()
    assert "ikut mengisi" in page.foot.lock.accessibleName()


def test_a_file_that_moved_meanwhile_is_told_and_the_next_press_is_a_kind_conflict(
    qtbot: QtBot, desk: Make, shop: Workshop
) -> None:
    file = walk_to("DI_KASI", shop)
    see_all(sit_down(Role.KASI), file)
    seat, page = opened(qtbot, desk(Role.KASI), file)
    sign(sit_down(Role.KASI), file.id, "paraf_kasi", file.n, new_key())
    page.live()
    qtbot.waitUntil(page.notice.isVisible)
    assert "Berkas sudah berubah. Paraf, serahkan ke Kabid: Zulfikar Hasan, S.Sos" in page.notice.text()
    assert not page.foot.paraf.isEnabled()
    page.foot.paraf.setEnabled(True)
    seat.press(Qt.Key.Key_Return, CTRL)
    assert seat.said[-1] == ("Berkas ini sudah diproses petugas lain. Yang tampil akan dimuat ulang.", "warn")
    assert not page.foot.paraf.isVisible()


def test_a_newer_revision_is_offered_for_reading(qtbot: QtBot, desk: Make, shop: Workshop, office_db: Path) -> None:
    file = returned_and_repaired(shop)
    seat, page = opened(qtbot, desk(Role.KASI), file)
    review = page._review
    assert review is not None
    assert review.draft is not None
    page._review = replace(review, draft=replace(review.draft, rev=1))
    page.live()
    qtbot.waitUntil(page.notice.isVisible)
    assert page.notice.text() == "Revisi 2 sudah ada. Muat ulang untuk memeriksanya."
    page.reload.click()
    seat.wait()
    assert not page.notice.isVisible()


def test_what_was_seen_while_the_server_was_away_is_sent_again(
    qtbot: QtBot, desk: Make, shop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = walk_to("DI_KASI", shop)
    real, tries = papers.record_seen, list[int]()

    def away_once(*args: object) -> None:
        tries.append(1)
        if len(tries) == 1:
            raise Unavailable("Server tidak terjangkau.")
        real(*args)  # type: ignore[arg-type]  # passed on as it came

    monkeypatch.setattr(papers, "record_seen", away_once)
    seat, page = opened(qtbot, desk(Role.KASI), file)
    seat.until(lambda: len(tries) == 1)
    seat.wait()
    assert page.kept.pending()
    page.kept.send()
    seat.wait()
    assert len(seen_by("zulfikar", file)) >= 1
