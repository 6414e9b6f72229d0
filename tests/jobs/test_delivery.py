"""SOP row 11: the signed documents go out by e-mail; the file ends only on the mail server's acceptance."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from app.demo.sink import Sink
from app.errors import Refused
from app.jobs import delivery, mailer
from app.jobs.workshop import Workshop
from app.services import accounts, card, intake, outbox, papers
from app.services.berkas import Contact, Head, head
from app.services.keys import new_key
from app.signing.verify import verify
from app.sop.model import Role
from app.sop.pelita3 import PELITA3
from tests.support import walk
from tests.support.office import Clock, sit_down
from tests.support.ready import At, mail_by
from tests.support.smtp_server import MailServer
from tests.support.talk import Told
from tests.support.tamper import unguarded

Start = Callable[..., MailServer]


@pytest.fixture
def ready(file_at: At, smtp_server: Start) -> tuple[Head, MailServer]:
    """A signed file in an office with a mail server."""
    file = file_at("TERTANDA")
    running = smtp_server()
    mail_by(running.server)
    return file, running


def stage(file: Head) -> str:
    return head(PELITA3, file.id).stage.key


def test_the_signed_documents_arrive_and_the_file_is_finished(shop: Workshop, ready: tuple[Head, MailServer]) -> None:
    file, post = ready
    told, key = Told(), new_key()
    fo = sit_down(Role.FO)
    mail, moved = delivery.deliver(shop, fo, file.id, key, told)
    assert moved is not None
    assert (mail.state, moved.action, moved.stage) == ("SENT", "kirim", "SELESAI")
    got = message_from_bytes(post.desk.taken[0], policy=policy.default)
    attached = {a.get_filename(): a.get_content() for a in got.iter_attachments()}
    assert set(attached) == {f"{d}-{file.number}.pdf" for d in ("akta-suami", "akta-istri", "kk-suami", "kk-istri")}
    roots = [r.encode() for r in accounts.load_office().tte_roots]
    for data in attached.values():
        assert verify(data, roots).good, "what arrives still holds"
    assert told.reports
    assert delivery.deliver(shop, fo, file.id, key)[0].state == "SENT"
    assert len(post.desk.taken) == 1
    assert card.verify(file.id).whole


def test_no_name_stands_in_subject_or_file_names(shop: Workshop, ready: tuple[Head, MailServer]) -> None:
    file, post = ready
    delivery.deliver(shop, sit_down(Role.FO), file.id, new_key())
    got = message_from_bytes(post.desk.taken[0], policy=policy.default)
    for word in file.title.replace("&", "").split():
        assert word.lower() not in str(got["Subject"]).lower()
        assert all(word.lower() not in str(a.get_filename()).lower() for a in got.iter_attachments())


@pytest.mark.parametrize("login", ["rina", "dedi", "yuni", "pos"])
def test_front_office_editor_and_the_sender_may_deliver(
    shop: Workshop, ready: tuple[Head, MailServer], login: str
) -> None:
    file, _ = ready
    assert delivery.deliver(shop, sit_down(login), file.id, new_key())[1]
    assert card.lines(PELITA3, file.id)[-1].actor == login


def test_the_kasi_may_not(shop: Workshop, ready: tuple[Head, MailServer]) -> None:
    file, post = ready
    with pytest.raises(Refused):
        delivery.deliver(shop, sit_down(Role.KASI), file.id, new_key())
    assert stage(file) == "TERTANDA"
    assert not post.desk.taken


def test_while_the_server_says_no_the_file_is_not_finished(shop: Workshop, ready: tuple[Head, MailServer]) -> None:
    file, post = ready
    fo = sit_down(Role.FO)
    for answer, state in [("451 4.3.0 sebentar lagi", "FAILED"), ("drop", "FAILED"), ("554 5.7.1 ditolak", "REFUSED")]:
        post.desk.data = answer
        mail, moved = delivery.deliver(shop, fo, file.id, new_key())
        assert (mail.state, moved) == (state, None)
        assert stage(file) == "TERTANDA"
    post.desk.data = ""
    mail, moved = delivery.deliver(shop, fo, file.id, new_key())
    assert moved, "what was refused for good is queued anew when the officer asks for it"
    assert len(outbox.of_file(file.id)) == 2
    assert len(post.desk.taken) == 1


def test_a_server_that_is_not_there_loses_nothing(shop: Workshop, file_at: At, smtp_server: Start) -> None:
    file = file_at("TERTANDA")
    running = smtp_server()
    mail_by(replace(running.server, port=1))
    mail, moved = delivery.deliver(shop, sit_down(Role.FO), file.id, new_key())
    assert (mail.state, moved) == ("FAILED", None)
    assert "tidak dapat dihubungi" in mail.reply
    mail_by(running.server)
    assert delivery.deliver(shop, sit_down(Role.FO), file.id, new_key())[1]


def test_without_a_mail_server_it_waits_in_the_outbox(shop: Workshop, file_at: At) -> None:
    file = file_at("TERTANDA")
    with pytest.raises(Refused, match="administrator"):
        delivery.deliver(shop, sit_down(Role.FO), file.id, new_key())
    (mail,) = outbox.of_file(file.id)
    assert (mail.state, stage(file)) == ("WAITING", "TERTANDA")


def test_the_same_documents_are_queued_once(shop: Workshop, ready: tuple[Head, MailServer]) -> None:
    file, _ = ready
    fo = sit_down(Role.FO)
    first = delivery.queue_delivery(shop, fo, file.id, new_key())
    assert delivery.queue_delivery(shop, fo, file.id, new_key()) == first
    assert len(first.attachments) == 4


def test_a_corrected_address_gets_the_documents_and_the_old_one_nothing(
    shop: Workshop, ready: tuple[Head, MailServer]
) -> None:
    file, post = ready
    fo = sit_down(Role.FO)
    old = delivery.queue_delivery(shop, fo, file.id, new_key())
    intake.set_contact(fo, file, Contact("debora.baru@contoh.id"), new_key())
    _, moved = delivery.deliver(shop, fo, file.id, new_key())
    assert moved
    assert post.desk.recipients == ["debora.baru@contoh.id"]
    assert next(m for m in outbox.of_file(file.id) if m.id == old.id).state == "REFUSED"
    assert mailer.run_once(shop, sit_down("pos")) == ()


def test_sent_by_another_pc_but_not_finished_the_next_press_finishes(
    shop: Workshop, ready: tuple[Head, MailServer]
) -> None:
    file, post = ready
    fo = sit_down(Role.FO)
    mail = delivery.queue_delivery(shop, fo, file.id, new_key())
    outbox.lease(fo, mail, new_key())
    outbox.sent(fo, mail, "250 OK", new_key())
    mail, moved = delivery.deliver(shop, sit_down("dedi"), file.id, new_key())
    assert (mail.state, moved and moved.stage) == ("SENT", "SELESAI")
    assert not post.desk.taken


def test_nothing_signed_nothing_sent(office_db: Path, shop: Workshop) -> None:
    file = walk.new_file()
    with pytest.raises(Refused, match="Belum ada dokumen bertanda tangan"):
        delivery.queue_delivery(shop, sit_down(Role.FO), file.id, new_key())


def test_no_address_no_delivery(shop: Workshop, ready: tuple[Head, MailServer], office_db: Path) -> None:
    file, _ = ready
    # No file gets here without an address: the guards saw to it. It is taken out past them.
    unguarded(office_db, "delete from contact")
    with pytest.raises(Refused) as refusal:
        delivery.queue_delivery(shop, sit_down(Role.FO), file.id, new_key())
    assert refusal.value.field == "email"


def test_the_demonstrations_own_sink_takes_the_whole_delivery(
    shop: Workshop, file_at: At, tmp_path: Path, clock: Clock
) -> None:
    file = file_at("TERTANDA")
    with Sink(tmp_path / "surel") as sink:
        sit_down(Role.ADMIN)
        office = replace(accounts.load_office(), smtp_host=sink.host, smtp_port=sink.port)
        accounts.save_office(replace(office, smtp_from="layanan@contoh.id", smtp_ca_file=str(sink.ca_file)))
        clock.at = datetime(2030, 1, 7, 3, tzinfo=UTC)
        _, moved = delivery.deliver(shop, sit_down(Role.FO), file.id, new_key())
        assert moved
        assert moved.at == clock.at
        (letter,) = sink.messages()
    got = message_from_bytes(letter.read_bytes(), policy=policy.default).get_body()
    assert got is not None
    assert papers.listed(file.id, ["signed"])[0].title in got.get_content()
    assert stage(file) == "SELESAI"
    with pytest.raises(Refused):
        walk.act(sit_down(Role.FO), head(PELITA3, file.id), "kirim")
