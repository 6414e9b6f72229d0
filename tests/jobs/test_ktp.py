"""SOP row 6: the printing of both KTP-el is requested, at the counter only after the applicant's confirmation."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.errors import Refused
from app.jobs import ktp
from app.jobs.workshop import Workshop
from app.services import card, intake, papers
from app.services.berkas import head
from app.services.keys import new_key
from app.sop.model import Channel, Role
from app.sop.pelita3 import PELITA3
from tests.support import walk
from tests.support.cases import case_pn
from tests.support.office import sit_down
from tests.support.papers import text
from tests.support.ready import At
from tests.support.talk import Told


def test_the_request_names_both_and_the_file_goes_on(shop: Workshop, file_at: At) -> None:
    file, told, key = file_at("DRAF"), Told(), new_key()
    fo = sit_down(Role.FO)
    intake.confirm_draft(fo, file, 1, new_key())
    moved = ktp.request_ktp(shop, fo, file.id, key, told)
    assert (moved.action, moved.stage) == ("ajukan_ktp", "KTP")
    (paper,) = papers.listed(file.id, ["ktp_request"])
    words = text(papers.data(paper.sha256))
    for said in (case_pn().husband.nik, case_pn().wife.nik, file.number):
        assert said in words
    assert ktp.request_ktp(shop, fo, file.id, key) == moved, "pressed twice it is one request"
    assert len(papers.listed(file.id, ["ktp_request"])) == 1
    assert told.reports
    assert card.verify(file.id).whole


def test_without_the_applicants_yes_no_request_at_the_counter(shop: Workshop, file_at: At) -> None:
    file = file_at("DRAF")
    with pytest.raises(Refused, match="belum menyatakan"):
        ktp.request_ktp(shop, sit_down(Role.FO), file.id, new_key())
    assert head(PELITA3, file.id).stage.key == "DRAF"


def test_online_nobody_stands_there_to_confirm(shop: Workshop, file_at: At) -> None:
    file = file_at("DRAF", Channel.ONLINE)
    assert ktp.request_ktp(shop, sit_down(Role.FO), file.id, new_key()).stage == "KTP"


def test_without_a_draft_there_is_nothing_to_request(office_db: Path, shop: Workshop) -> None:
    file = walk.new_file()
    with pytest.raises(Refused, match="Cetak draf dahulu"):
        ktp.request_ktp(shop, sit_down(Role.FO), file.id, new_key())
    assert papers.listed(file.id) == []
