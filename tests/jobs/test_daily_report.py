"""The daily report: the seal's own numbers on paper, printed here, mailed to the head by a real mail server."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from app.errors import Refused, Unavailable
from app.jobs import daily_report
from app.jobs.workshop import Workshop
from app.models import base
from app.services import accounts, evidence, seals
from app.services.keys import new_key
from app.services.seals import SealRow
from app.sop.model import Role
from app.sop.pelita3 import PELITA3
from tests.support import papers, walk
from tests.support.office import Clock, sit_down
from tests.support.ready import mail_by
from tests.support.service import serving, unguarded_anywhere
from tests.support.smtp_server import MailServer

Start = Callable[..., MailServer]
MONDAY = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)


def sealed() -> SealRow:
    if base.on_server():
        with serving():
            return seals.seal_day(seals.today(), new_key())
    sit_down(Role.ADMIN)
    return seals.seal_day(seals.today(), new_key())


@pytest.fixture
def monday(office_db: Path, shop: Workshop, clock: Clock) -> SealRow:
    """One file with the Kasi, one just registered, one cancelled; sealed in the evening."""
    clock.at = MONDAY
    walk.walk_to("DI_KASI", shop)
    walk.new_file()
    walk.act(sit_down(Role.FO), walk.new_file(), "batalkan", "Pemohon mencabut")
    clock.at = MONDAY + timedelta(hours=9)
    made = sealed()
    sit_down(Role.ADMIN)
    return made


def with_head(address: str = "kadis@contoh.id") -> None:
    sit_down(Role.ADMIN)
    accounts.save_office(replace(accounts.load_office(), head_email=address))


def test_the_numbers_are_those_of_the_day(monday: SealRow, shop: Workshop) -> None:
    facts = dict(daily_report.facts(PELITA3, monday))
    assert (facts["Permohonan masuk"], facts["Dibatalkan"], facts["Berkas berjalan"]) == ("3", "1", "2")
    assert facts["Seluruh berkas"] == "3"
    rows = {s.row: (s.signed, s.back) for s in daily_report.steps(PELITA3, monday)}
    assert rows["1"] == (3, 0)
    assert rows["2"] == (3, 0)
    assert rows["8"] == (1, 0), "received by the Kasi"
    assert rows["–"] == (0, 1), "cancelled"
    stages = {s.label: s.many for s in daily_report.stages(PELITA3, monday)}
    assert (stages["Verifikasi Kasi"], stages["Verifikasi berkas"], stages["Dibatalkan"]) == (1, 1, 1)
    assert sum(stages.values()) == 3
    assert "Belum diajukan" not in stages


def test_the_paper_says_them_and_names_nobody(monday: SealRow, shop: Workshop) -> None:
    with serving():
        pdf = daily_report.make(shop, monday)
    [words] = papers.page_texts(pdf)
    assert "Senin, 23 November 2026" in words
    assert "belum pernah diperiksa" in words
    assert monday.seal in "".join(words.split())
    assert papers.codes(papers.raster(pdf, 150, 0)) == {monday.code}
    for name in ("SITORUS", "HUTAPEA", "Rina", "1471071403840003"):
        assert name not in words


def test_the_last_verification_stands_on_it(monday: SealRow, shop: Workshop, office_db: Path) -> None:
    with serving():
        evidence.remember(evidence.verify_all())
        [words] = papers.page_texts(daily_report.make(shop, monday))
    assert "3 kartu dan 12 baris utuh" in " ".join(words.split())
    unguarded_anywhere(office_db, "update paraf set note = 'x' where n = 2")
    sit_down(Role.ADMIN)
    evidence.remember(evidence.verify_all())
    said = daily_report.checked(evidence.last_check())
    assert "3 KERUSAKAN" in said
    assert "RUSAK di baris 2" in said


def test_the_second_day_counts_from_the_first(monday: SealRow, shop: Workshop, clock: Clock) -> None:
    clock.at = MONDAY + timedelta(days=1, hours=9)
    tuesday = sealed()
    sit_down(Role.ADMIN)
    with serving():
        [words] = papers.page_texts(daily_report.make(shop, tuesday))
    assert "23 November 2026 19.00 WIB sampai 24 November 2026 19.00 WIB" in " ".join(words.split())
    assert dict(daily_report.facts(PELITA3, tuesday))["Permohonan masuk"] == "0"


def test_it_is_printed_on_this_computer(monday: SealRow, shop: Workshop) -> None:
    daily_report.print_out(shop, monday)
    [paper] = (shop.folder / "cetakan").glob("*aporan*.pdf")
    assert paper.read_bytes()[:5] == b"%PDF-"


class TestMail:
    def test_it_goes_to_the_head_with_the_seal_in_words(
        self, monday: SealRow, shop: Workshop, smtp_server: Start
    ) -> None:
        post = smtp_server()
        mail_by(post.server)
        with_head()
        with serving():
            sent = daily_report.mail(shop, monday)
        assert sent.to == "kadis@contoh.id"
        assert sent.reply.startswith("250")
        assert post.desk.recipients == ["kadis@contoh.id"]
        message = message_from_bytes(post.desk.taken[0], policy=policy.default)
        body = message.get_body(("plain",))
        assert body is not None
        assert seals.grouped(monday.seal) in body.get_content()
        [attached] = message.iter_attachments()
        assert attached.get_filename() == "laporan-harian-2026-11-23.pdf"
        assert attached.get_content()[:5] == b"%PDF-"

    def test_the_same_day_is_the_same_mail(self, monday: SealRow, shop: Workshop, smtp_server: Start) -> None:
        post = smtp_server()
        mail_by(post.server)
        with_head()
        with serving():
            daily_report.mail(shop, monday)
            daily_report.mail(shop, monday)
        first, second = (message_from_bytes(m, policy=policy.default)["Message-ID"] for m in post.desk.taken)
        assert first == second

    def test_without_an_address_or_a_server_it_says_what_is_missing(self, monday: SealRow, shop: Workshop) -> None:
        with serving(), pytest.raises(Refused, match="Alamat surel Kepala Dinas") as refused:
            daily_report.mail(shop, monday)
        assert refused.value.field == "head_email"
        with_head()
        with serving(), pytest.raises(Refused, match="Server surel kantor belum diatur"):
            daily_report.mail(shop, monday)

    def test_a_server_that_does_not_take_it_now_is_tried_again_by_hand(
        self, monday: SealRow, shop: Workshop, smtp_server: Start
    ) -> None:
        post = smtp_server()
        post.desk.data = "451 later"
        mail_by(post.server)
        with_head()
        with serving(), pytest.raises(Unavailable):
            daily_report.mail(shop, monday)
