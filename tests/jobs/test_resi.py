"""SOP row 7: the resi is printed or mailed, and only then the file goes to the Kasi."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from app.errors import Shown
from app.jobs import mailer, resi
from app.jobs.workshop import Workshop
from app.services import card, intake, outbox, papers
from app.services.berkas import Contact, Head, head
from app.services.keys import new_key
from app.sop.calendar import WIB
from app.sop.model import Channel, Role
from app.sop.pelita3 import PELITA3
from tests.support import walk
from tests.support.cases import case_pn
from tests.support.cups import Cups
from tests.support.office import Clock, sit_down
from tests.support.papers import text
from tests.support.ready import At, mail_by
from tests.support.smtp_server import MailServer

Start = Callable[..., MailServer]


def stage(file: Head) -> str:
    return head(PELITA3, file.id).stage.key


# --- at the counter


def test_printed_it_goes_to_the_kasi(shop: Workshop, file_at: At) -> None:
    file, key = file_at("KTP"), new_key()
    fo = sit_down(Role.FO)
    given = resi.give_resi(shop, fo, file.id, key)
    assert given.moved is not None
    assert (given.moved.action, given.moved.stage, given.status) == ("beri_resi", "KE_KASI", "Sudah tercetak")
    words = text(papers.data(given.paper.sha256))
    for said in (file.number, "GRATIS", "Kutipan Akta Perceraian", "Rina Oktaviani", "pe•••@contoh.id", "1 halaman"):
        assert said in words
    for person in (case_pn().husband, case_pn().wife):
        assert person.name not in words, "the resi lies open on the counter"
        assert person.nik not in words
    again = resi.give_resi(shop, fo, file.id, key)
    assert (again.moved, again.paper) == (given.moved, given.paper)
    assert len(list((shop.folder / "cetakan").glob("*.pdf"))) == 1
    assert card.verify(file.id).whole


def test_with_the_printer_gone_the_file_stays_and_the_same_paper_is_tried_again(shop: Workshop, file_at: At) -> None:
    file = file_at("KTP")
    fo = sit_down(Role.FO)
    gone = replace(shop, printers={"resi": "printer-mati"})
    with pytest.raises(Shown):
        resi.give_resi(gone, fo, file.id, new_key())
    assert stage(file) == "KTP"
    (paper,) = papers.listed(file.id, ["resi"])
    assert papers.prints(paper.id) == 0
    given = resi.give_resi(shop, fo, file.id, new_key())
    assert given.paper == paper
    assert stage(file) == "KE_KASI"


def test_with_the_printer_stopped_the_file_stays(cups: Cups, shop: Workshop, file_at: At) -> None:
    file = file_at("KTP")
    fo = sit_down(Role.FO)
    given = resi.give_resi(replace(shop, printers={"resi": "macet"}), fo, file.id, new_key())
    assert given.moved is None
    assert "habis kertas" in given.status
    assert stage(file) == "KTP"
    assert resi.give_resi(shop, fo, file.id, new_key()).moved
    assert stage(file) == "KE_KASI"


def test_printed_but_cut_off_before_the_line_it_is_not_printed_twice(
    shop: Workshop, file_at: At, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = file_at("KTP")
    fo = sit_down(Role.FO)

    def power_fails(*_told: object) -> None:
        raise SystemExit

    with monkeypatch.context() as cut:
        cut.setattr(resi, "act", power_fails)
        with pytest.raises(SystemExit):
            resi.give_resi(shop, fo, file.id, new_key())
    assert stage(file) == "KTP"
    given = resi.give_resi(shop, fo, file.id, new_key())
    assert (given.status, stage(file)) == ("Sudah tercetak", "KE_KASI")
    assert len(list((shop.folder / "cetakan").glob("*.pdf"))) == 1


# --- the promise


def promised(shop: Workshop, file: Head) -> datetime:
    return resi.resi_data(shop, sit_down(Role.FO), file).promised_local


def test_the_promise_counts_from_when_the_file_was_complete(office_db: Path, shop: Workshop, clock: Clock) -> None:
    clock.at = datetime(2026, 7, 7, 9, 0, tzinfo=WIB)
    file = walk.complete(walk.new_file(), case_pn())
    assert promised(shop, file) == datetime(2026, 7, 7, 10, 0, tzinfo=WIB)
    clock.at += timedelta(minutes=40)
    assert promised(shop, file) == datetime(2026, 7, 7, 10, 0, tzinfo=WIB)
    clock.at += timedelta(minutes=30)
    # The hour is over: the long target can still hold, 24 office hours (6 h 15 today, 7 h 45 twice, 2 h 15 on Friday).
    assert promised(shop, file) == datetime(2026, 7, 10, 9, 45, tzinfo=WIB)
    clock.at = datetime(2026, 7, 20, 8, 0, tzinfo=WIB)
    assert promised(shop, file) == datetime(2026, 7, 20, 9, 0, tzinfo=WIB)


def test_before_it_is_complete_the_files_own_age_counts(office_db: Path, shop: Workshop, clock: Clock) -> None:
    clock.at = datetime(2026, 5, 12, 9, 0, tzinfo=WIB)
    file = walk.new_file()
    data = resi.resi_data(shop, sit_down(Role.FO), file)
    assert data.received_at_local == clock.at
    assert data.requirements == ()


# --- online


@pytest.fixture
def online(file_at: At, smtp_server: Start) -> tuple[Head, MailServer]:
    """An online file whose resi is next, in an office with a mail server."""
    file = file_at("KTP", Channel.ONLINE)
    running = smtp_server()
    mail_by(running.server)
    return file, running


def test_accepted_by_the_server_it_goes_to_the_kasi(shop: Workshop, online: tuple[Head, MailServer]) -> None:
    file, post = online
    fo, key = sit_down(Role.FO), new_key()
    given = resi.give_resi(shop, fo, file.id, key)
    assert given.moved is not None
    assert (given.moved.stage, given.status) == ("KE_KASI", "250 2.0.0 OK queued as UJI-1")
    assert post.desk.recipients == ["pemohon@contoh.id"]
    assert resi.give_resi(shop, fo, file.id, key).moved == given.moved
    assert len(post.desk.taken) == 1
    assert not (shop.folder / "cetakan").exists()
    assert card.verify(file.id).whole


def test_not_accepted_the_file_stays_and_pressing_again_tries_the_same_mail(
    shop: Workshop, online: tuple[Head, MailServer]
) -> None:
    file, post = online
    post.desk.data = "451 4.3.0 sebentar lagi"
    fo = sit_down(Role.FO)
    given = resi.give_resi(shop, fo, file.id, new_key())
    assert given.moved is None
    assert "451" in given.status
    assert stage(file) == "KTP"
    post.desk.data = ""
    assert resi.give_resi(shop, fo, file.id, new_key()).moved, "an officer need not wait for the next turn"
    assert stage(file) == "KE_KASI"
    (mail,) = outbox.of_file(file.id)
    assert mail.tries == 1


def test_refused_for_good_a_corrected_address_gets_a_mail_of_its_own(
    shop: Workshop, online: tuple[Head, MailServer]
) -> None:
    file, post = online
    post.desk.rcpt = "550 5.1.1 tidak dikenal"
    fo = sit_down(Role.FO)
    assert resi.give_resi(shop, fo, file.id, new_key()).moved is None
    assert outbox.of_file(file.id)[0].state == "REFUSED"
    post.desk.rcpt = ""
    intake.set_contact(fo, file, Contact("debora.baru@contoh.id"), new_key())
    assert resi.give_resi(shop, fo, file.id, new_key()).moved
    assert post.desk.recipients == ["debora.baru@contoh.id"]


def test_what_waits_for_a_wrong_address_is_taken_back_when_it_is_corrected(
    shop: Workshop, online: tuple[Head, MailServer]
) -> None:
    file, post = online
    post.desk.data = "451 4.3.0 sebentar lagi"
    fo = sit_down(Role.FO)
    resi.give_resi(shop, fo, file.id, new_key())
    intake.set_contact(fo, file, Contact("debora.baru@contoh.id"), new_key())
    post.desk.data = ""
    assert resi.give_resi(shop, fo, file.id, new_key()).moved
    newest, oldest = outbox.of_file(file.id)
    assert (newest.state, oldest.state) == ("SENT", "REFUSED")
    assert post.desk.recipients == ["debora.baru@contoh.id"]


def test_a_mail_in_another_pcs_hands_is_waited_for(shop: Workshop, online: tuple[Head, MailServer]) -> None:
    file, post = online
    post.desk.data = "451 4.3.0 sebentar lagi"
    fo = sit_down(Role.FO)
    resi.give_resi(shop, fo, file.id, new_key())
    outbox.lease(sit_down("pos"), outbox.of_file(file.id)[0], new_key())
    given = resi.give_resi(shop, sit_down(Role.FO), file.id, new_key())
    assert given.moved is None
    assert stage(file) == "KTP"


def test_sent_by_the_unattended_sender_the_holder_finishes_it(shop: Workshop, online: tuple[Head, MailServer]) -> None:
    file, post = online
    post.desk.data = "451 4.3.0 sebentar lagi"
    resi.give_resi(shop, sit_down(Role.FO), file.id, new_key())
    post.desk.data = ""
    mail = outbox.of_file(file.id)[0]
    sent, moved = mailer.send(shop, sit_down("pos"), mail, post.server, new_key())
    assert (sent.state, moved) == ("SENT", None), "it is not the sender's desk"
    assert stage(file) == "KTP"
    other = sit_down("dedi")
    assert mailer.finish(shop, other, sent, new_key()) is None, "nor another officer's"
    given = resi.give_resi(shop, sit_down(Role.FO), file.id, new_key())
    assert given.moved
    assert len(post.desk.taken) == 1


@pytest.mark.parametrize(
    ("email", "shown"),
    [("debora@contoh.id", "de•••@contoh.id"), ("d@contoh.id", "d•••@contoh.id"), ("", ""), ("x", "")],
)
def test_an_address_is_shown_to_its_owner_only(email: str, shown: str) -> None:
    assert resi.masked(email) == shown
