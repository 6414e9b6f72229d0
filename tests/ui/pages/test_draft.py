"""The draft page: printed, confirmed, KTP-el requested, resi given, with nothing claimed that is not proven."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.jobs.workshop import Workshop
from app.services import intake, papers
from app.services.berkas import Head, head
from app.sop.model import Channel, Role
from app.sop.pelita3 import PELITA3
from app.ui.application import make_application
from app.ui.desk import Desk
from app.ui.dialogs.return_berkas import ReturnBerkas
from app.ui.pages.draft import DraftPage
from tests.support.office import sit_down
from tests.support.walk import walk_to

Desks = Callable[[str | Role], Desk]


class At:
    """An officer in front of the page."""

    def __init__(self, qtbot: QtBot, desk: Desk, file: Head) -> None:
        make_application([])
        self.bot, self.desk, self.file = qtbot, desk, file
        self.page = DraftPage(desk)
        self.foot: QWidget = self.page.footer()
        qtbot.addWidget(self.page)
        qtbot.addWidget(self.foot)
        self.page.resize(1200, 540)
        self.page.show()
        self.foot.show()
        self.went: list[tuple[str, object]] = []
        self.page.go.connect(lambda key, what: self.went.append((key, what)))
        self.page.arrive(file.id)
        self.rest()

    def rest(self) -> None:
        """Until every question is answered and every page drawn."""
        self.bot.waitUntil(self.desk.tasks.idle, timeout=30_000)
        QApplication.processEvents()
        self.bot.waitUntil(self.desk.tasks.idle, timeout=30_000)

    def stage(self) -> str:
        return head(PELITA3, self.file.id).stage.key

    def tabs(self) -> list[str]:
        found = self.page._found
        return [s.label for s in found.shown] if found else []


@pytest.fixture
def at(qtbot: QtBot, desk: Desks, shop: Workshop) -> Callable[..., At]:
    """at("DRAF"): the officer who holds a file of that stage sits before it."""

    def make(stage: str, who: str | Role = Role.FO, channel: Channel = Channel.OFFLINE) -> At:
        file = walk_to(stage, shop, channel)
        return At(qtbot, desk(who), file)

    return make


def printed(shop: Workshop) -> list[Path]:
    return sorted((shop.folder / "cetakan").glob("**/*.pdf"))


def test_the_frozen_documents_are_shown_one_by_one(at: Callable[..., At]) -> None:
    fo = at("DRAF")
    assert fo.tabs() == [
        "Draf", "Akta suami", "Akta istri", "KK suami", "KK istri", "KTP suami", "KTP istri", "Huruf besar",
    ]  # fmt: skip
    fo.bot.waitUntil(lambda: fo.page.viewer.pages() == 7, timeout=10_000)
    fo.page.tabs.set_current(1)
    fo.page._show_tab(1)
    fo.rest()
    fo.bot.waitUntil(lambda: fo.page.viewer.pages() == 1, timeout=10_000)
    draft = papers.current_draft(fo.file.id)
    assert draft is not None
    assert draft.sha256[:16] in fo.page.steps.digest.text()


def test_from_the_print_to_the_kasi(at: Callable[..., At], shop: Workshop) -> None:
    fo = at("DRAF")
    assert not fo.page.primary.isEnabled(), "locked until the applicant has read it"
    assert "belum menyatakan" in fo.page.lock.accessibleName()
    assert fo.page.steps.printing.text() == "Belum dicetak"
    fo.page.steps.print_draft.click()
    fo.rest()
    assert fo.page.steps.printing.text().startswith("Sudah tercetak")
    assert len(printed(shop)) == 1
    assert printed(shop)[0].read_bytes().startswith(b"%PDF")

    fo.page.steps.confirm.click()
    fo.rest()
    assert intake.confirmed_at(head(PELITA3, fo.file.id)) is not None
    assert "menyatakan sudah memeriksa" in fo.page.steps.reading.text()
    assert fo.page.primary.isEnabled()
    assert fo.page.primary.text() == "Ajukan cetak KTP-el"

    fo.page.primary.click()
    fo.rest()
    assert fo.stage() == "KTP"
    assert fo.tabs()[0] == "Pengajuan KTP-el"
    assert fo.page.primary.text() == "Beri resi, serahkan ke Kasi"
    assert fo.went == []

    fo.page.primary.click()
    fo.rest()
    assert fo.stage() == "KE_KASI"
    assert fo.went == [("worklist", None)]
    [resi] = papers.listed(fo.file.id, ["resi"])
    assert papers.print_state(resi.id)[0] == "COMPLETED"


def test_a_correction_names_fields_and_goes_back_to_the_entry(at: Callable[..., At]) -> None:
    fo = at("DRAF")
    fo.page.steps.correct.click()
    [dialog] = [w for w in QApplication.topLevelWidgets() if isinstance(w, ReturnBerkas) and w.isVisible()]
    dialog.yes.click()
    assert fo.stage() == "DRAF", "nothing goes back without a word why"
    dialog.subject.set_value("wife.name")
    dialog.reason.set_value("DEBORA MELINDA SIAHAAN")
    dialog.add.click()
    dialog.yes.click()
    fo.rest()
    assert fo.stage() == "ENTRI"
    assert fo.went == [("entry", fo.file.id)]
    file = head(PELITA3, fo.file.id)
    [finding] = intake.open_findings(file.id, file.n)
    assert (finding.subject, finding.problem) == ("wife.name", "DEBORA MELINDA SIAHAAN")


def test_a_printer_that_does_not_take_it_is_told_and_nothing_moves(
    qtbot: QtBot, desk: Desks, shop: Workshop, tmp_path: Path
) -> None:
    file = walk_to("KTP", shop)
    blocked = tmp_path / "bukan-folder"
    blocked.write_text("berkas di tempat folder", encoding="utf-8")
    seat = desk(Role.FO)
    broken = replace(shop, printers={"": f"folder:{blocked}"})
    fo = At(qtbot, replace(seat, workshop=broken), file)
    fo.page.primary.click()
    fo.rest()
    assert fo.stage() == "KTP"
    assert fo.went == []
    assert fo.page.notices.texts(), "it says why"
    assert "Sudah" not in fo.page.steps.resi.text()
    fo.page.desk = seat
    fo.page.primary.click()
    fo.rest()
    assert fo.stage() == "KE_KASI", "the same resi, printed at last"
    assert len(papers.listed(file.id, ["resi"])) == 1


def test_a_colleague_may_look_and_not_press(at: Callable[..., At]) -> None:
    other = at("DRAF", who="dedi")
    assert other.page.primary.isHidden()
    assert other.page.lamp.text() == "Hanya dibaca: dipegang Rina Oktaviani"
    assert other.page.steps.confirm.isHidden()
    assert other.page.steps.print_draft.isHidden()
    assert len(other.tabs()) == 8


def test_online_nobody_reads_at_the_counter_and_the_resi_goes_by_mail(at: Callable[..., At]) -> None:
    fo = at("DRAF", channel=Channel.ONLINE)
    assert fo.page.steps.confirm.isHidden()
    assert "daring" in fo.page.steps.reading.text()
    fo.page.primary.click()
    fo.rest()
    assert fo.stage() == "KTP"
    fo.page.primary.click()
    fo.rest()
    assert fo.stage() == "KTP", "this office has no mail server yet: nothing is claimed"
    assert any("surel" in t.lower() for t in fo.page.notices.texts())


def test_before_the_first_draft_it_says_where_one_is_made(at: Callable[..., At]) -> None:
    fo = at("ENTRI")
    assert fo.tabs() == []
    assert "Entri data" in fo.page.viewer.notice.accessibleName()
    assert fo.page.primary.isHidden()


def test_somebody_else_was_faster_and_the_page_shows_what_is_true(at: Callable[..., At]) -> None:
    fo = at("DRAF")
    fo.page.steps.confirm.click()
    fo.rest()
    from app.services import act as acting  # noqa: PLC0415 - the colleague's press
    from app.services.keys import new_key  # noqa: PLC0415 - as above

    colleague = sit_down("dedi")
    acting.act(colleague, fo.file.id, "ambil_alih", fo.file.n, new_key(), "Rina sakit")
    sit_down(Role.FO)
    fo.page.primary.click()
    fo.rest()
    assert fo.stage() == "DRAF"
    assert fo.page.notices.texts()
    assert fo.page.primary.isHidden()
    assert fo.page.lamp.text() == "Hanya dibaca: dipegang Dedi Kurniawan"
