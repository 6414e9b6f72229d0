"""The control card's printed twin: what the program's card says, without a word about the applicants."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from app.jobs import cards
from app.jobs.workshop import Workshop
from app.services import card, intake, papers
from app.services.berkas import head, log_reading
from app.services.intake import FindingRow
from app.services.keys import new_key
from app.sop.calendar import WIB
from app.sop.model import Channel, Role
from app.sop.pelita3 import PELITA3
from tests.support import walk
from tests.support.office import Clock, sit_down
from tests.support.papers import text
from tests.support.ready import At


def test_the_paper_says_what_the_card_says(shop: Workshop, file_at: At) -> None:
    file = file_at("DI_KABID")
    kabid, key = sit_down(Role.KABID), new_key()
    paper = cards.store_card(shop, kabid, file.id, key)
    words = text(papers.data(paper.sha256))
    seal = card.lines(PELITA3, file.id)[-1].hash
    for said in (file.number, PELITA3.number, "Loket, A-001", "Validasi Kabid", "Rina Oktaviani", "Zulfikar", seal[:8]):
        assert said in words
    for word in file.title.replace("&", "").split():
        assert word.lower() not in words.lower(), "cards lie open on desks"
    assert cards.store_card(shop, kabid, file.id, key) == paper
    assert len(papers.listed(file.id, ["card"])) == 1
    assert head(PELITA3, file.id).n == file.n, "printing a card moves nothing"


def test_every_role_that_holds_files_may_print_it(shop: Workshop, file_at: At) -> None:
    file = file_at("DI_KASI")
    for role in (Role.FO, Role.EDITOR, Role.KASI, Role.KABID, Role.KADIS):
        who = sit_down(role)
        log_reading(file.id, "kartu kendali", "dicetak untuk pemohon")
        assert cards.store_card(shop, who, file.id, new_key()).kind == "card"


def test_hand_overs_returns_and_used_time_stand_in_their_rows(shop: Workshop, office_db: Path, clock: Clock) -> None:
    clock.at = datetime(2026, 5, 12, 9, 0, tzinfo=WIB)
    file = walk.walk_to("DI_KASI", shop)
    clock.at += timedelta(minutes=12)
    kasi = sit_down(Role.KASI)
    intake.add_findings(kasi, file, [FindingRow("wife.name", "Satu huruf kurang")], new_key())
    file = walk.act(kasi, file, "kembali_editor", "Mohon samakan dengan KK")
    data = cards.card_data(shop, kasi, file)
    front, first, back = data.rows
    assert (front.desk, first.desk, back.desk) == ("Front Office", "Kepala Seksi", "Editor")
    assert (first.step, first.used, first.norm, first.back) == ("8", 12.0, 5, True)
    assert "Mohon samakan dengan KK" in first.remark
    assert (back.received_by, back.received_at_local) == ("", None), "handed over, not yet taken"
    assert first.given_at_local == datetime(2026, 5, 12, 9, 0, tzinfo=WIB)


def test_a_file_nobody_has_touched_has_a_card_too(office_db: Path, shop: Workshop) -> None:
    file = walk.new_file(Channel.ONLINE)
    words = text(papers.data(cards.store_card(shop, sit_down(Role.FO), file.id, new_key()).sha256))
    assert f"Daring, {file.source}" in words
