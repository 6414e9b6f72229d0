"""The outbox is emptied by a real mail server: sent once, tried again, never given up for a wrong setting."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from app.channels.smtp import Server
from app.errors import Refused
from app.jobs import deficiency, mailer
from app.jobs.workshop import Workshop, mail_server
from app.services import accounts, card, intake, outbox, papers
from app.services.accounts import Who
from app.services.berkas import Contact, Head, head
from app.services.intake import FindingRow
from app.services.keys import new_key
from app.services.office import Office
from app.services.outbox import BACK_OFF, LEASE, Attachment, Mail
from app.sop.model import Channel, Role
from app.sop.pelita3 import PELITA3
from tests.support import walk
from tests.support.office import Clock, sit_down
from tests.support.ready import At, mail_by
from tests.support.smtp_server import PASSWORD, MailServer
from tests.support.talk import Told
from tests.support.tamper import spoil

Start = Callable[..., MailServer]
MONDAY = datetime(2030, 1, 7, 2, 0, tzinfo=UTC)
KK = FindingRow("kk", "KK buram, NIK tidak terbaca", "Unggah ulang KK")


def noted(shop: Workshop) -> Head:
    """An online file that waits for its applicant; the message to him waits in the outbox."""
    file = intake.register_online(PELITA3, sit_down(Role.FO), walk.new_file(Channel.ONLINE), new_key())
    fo = sit_down(Role.FO)
    intake.set_contact(fo, file, Contact("debora@contoh.id"), new_key())
    deficiency.note_deficiency(shop, fo, file.id, [KK], new_key())
    return head(PELITA3, file.id)


def newest(file: Head) -> Mail:
    return outbox.of_file(file.id)[0]


@pytest.fixture
def post(office_db: Path, smtp_server: Start) -> MailServer:
    """A mail server that the office knows."""
    running = smtp_server()
    mail_by(running.server)
    return running


@pytest.fixture
def pos(office_db: Path) -> Callable[[], Who]:
    """The unattended sender sits down."""
    return lambda: sit_down("pos")


def test_the_deficiency_mail_arrives_with_its_paper_and_without_moving_the_file(
    shop: Workshop, post: MailServer, pos: Callable[[], Who]
) -> None:
    file, told = noted(shop), Told()
    sent = mailer.run_once(shop, pos(), told)
    assert [(m.state, m.reply) for m in sent] == [("SENT", "250 2.0.0 OK queued as UJI-1")]
    assert post.desk.recipients == ["debora@contoh.id"]
    got = message_from_bytes(post.desk.taken[0], policy=policy.default)
    assert got["Message-ID"] == newest(file).message_id
    assert KK.solution in got.get_body().get_content()  # type: ignore[union-attr]
    (attached,) = got.iter_attachments()
    assert attached.get_filename() == f"catatan-kekurangan-{file.number}.pdf"
    assert attached.get_content() == papers.data(papers.listed(file.id, ["deficiency"])[0].sha256)
    assert head(PELITA3, file.id).n == file.n
    assert told.reports == [(0, 1, f"Mengirim surel berkas {file.number}")]
    assert "debora" not in str(told.reports).lower()
    assert card.verify(file.id).whole


def test_what_was_sent_is_never_sent_again(
    shop: Workshop, post: MailServer, pos: Callable[[], Who], clock: Clock
) -> None:
    clock.at = MONDAY
    noted(shop)
    who = pos()
    assert len(mailer.run_once(shop, who)) == 1
    for _ in range(3):
        clock.at += timedelta(days=1)
        assert mailer.run_once(shop, who) == ()
    assert len(post.desk.taken) == 1


def test_a_server_that_is_busy_is_asked_again_and_not_too_soon(
    shop: Workshop, post: MailServer, pos: Callable[[], Who], clock: Clock
) -> None:
    clock.at = MONDAY
    file = noted(shop)
    post.desk.data = "451 4.3.0 sebentar lagi"
    who = pos()
    (mail,) = mailer.run_once(shop, who)
    assert (mail.state, mail.tries) == ("FAILED", 1)
    assert "451" in mail.reply
    assert mail.next_at == clock.at + timedelta(minutes=BACK_OFF[0])
    assert mailer.run_once(shop, who) == ()
    clock.at = mail.next_at
    post.desk.data = "drop"
    (mail,) = mailer.run_once(shop, who)
    assert (mail.state, mail.tries) == ("FAILED", 2)
    assert mail.next_at == clock.at + timedelta(minutes=BACK_OFF[1])
    clock.at, post.desk.data = mail.next_at, ""
    (mail,) = mailer.run_once(shop, who)
    assert mail.state == "SENT"
    assert len(post.desk.taken) == 1
    assert newest(file).tries == 2


def test_an_address_the_server_refuses_for_good_is_not_tried_again(
    shop: Workshop, post: MailServer, pos: Callable[[], Who], clock: Clock
) -> None:
    clock.at = MONDAY
    noted(shop)
    post.desk.rcpt = "550 5.1.1 tidak dikenal"
    (mail,) = mailer.run_once(shop, pos())
    assert mail.state == "REFUSED"
    assert "550 5.1.1" in mail.reply
    clock.at += timedelta(days=2)
    assert mailer.run_once(shop, pos()) == ()


@pytest.mark.parametrize("wrong", ["ca", "plain", "auth", "from"])
def test_a_wrong_setting_of_the_office_gives_no_mail_up(
    shop: Workshop, smtp_server: Start, pos: Callable[[], Who], clock: Clock, tmp_path: Path, wrong: str
) -> None:
    clock.at = MONDAY
    running = smtp_server(login=wrong == "auth")
    server, secret = running.server, tmp_path / "sandi"
    secret.write_text("bukan-ini")
    secret.chmod(0o600)
    mended = {"auth": server}.get(wrong, replace(server, user=""))
    broken: dict[str, Server] = {
        "ca": replace(server, ca_file=""),
        "plain": replace(server, security="none"),
        "auth": server,
        "from": replace(server, from_address="layanan"),
    }
    noted(shop)
    mail_by(broken[wrong])
    if wrong == "auth":
        sit_down(Role.ADMIN)
        accounts.save_office(replace(accounts.load_office(), smtp_password_file=str(secret)))
    (mail,) = mailer.run_once(shop, pos())
    assert mail.state == "FAILED", mail.reply
    assert not running.desk.taken

    mail_by(mended)
    secret.write_text(PASSWORD)
    clock.at = mail.next_at
    (mail,) = mailer.run_once(shop, pos())
    assert mail.state == "SENT", mail.reply
    assert len(running.desk.taken) == 1


def test_without_a_mail_server_nothing_is_tried_and_the_administrator_is_named(
    shop: Workshop, pos: Callable[[], Who], office_db: Path
) -> None:
    assert mailer.run_once(shop, pos()) == (), "with nothing to send nothing is wrong"
    file = noted(shop)
    with pytest.raises(Refused, match="administrator"):
        mailer.run_once(shop, pos())
    assert newest(file).state == "WAITING"


def test_settings_that_make_no_sense_are_told_at_their_field() -> None:
    with pytest.raises(Refused) as refusal:
        mail_server(Office(smtp_host="surel.contoh.id", smtp_security="rahasia"))
    assert refusal.value.field == "smtp_security"


def test_a_sender_that_died_leaves_its_mail_to_the_next_after_the_lease(
    shop: Workshop, post: MailServer, pos: Callable[[], Who], clock: Clock
) -> None:
    clock.at = MONDAY
    file = noted(shop)
    # rina's PC took the mail and lost its power.
    outbox.lease(sit_down(Role.FO), newest(file), new_key())
    who = pos()
    clock.at += LEASE - timedelta(seconds=1)
    assert mailer.run_once(shop, who) == ()
    clock.at += timedelta(seconds=1)
    (mail,) = mailer.run_once(shop, who)
    assert mail.state == "SENT"
    assert len(post.desk.taken) == 1


def test_two_senders_at_once_send_one_mail(shop: Workshop, post: MailServer, clock: Clock) -> None:
    clock.at = MONDAY
    file = noted(shop)
    seen_by_both = newest(file)
    outbox.lease(sit_down("rina"), seen_by_both, new_key())
    mail, moved = mailer.send(shop, sit_down("pos"), seen_by_both, post.server, new_key())
    assert (mail.state, moved) == ("SENDING", None)
    assert not post.desk.taken


def test_asked_to_stop_it_ends_after_the_mail_in_hand(shop: Workshop, post: MailServer, pos: Callable[[], Who]) -> None:
    files = [noted(shop) for _ in range(3)]
    sent = mailer.run_once(shop, pos(), Told(stop_after=2))
    assert [m.number for m in sent] == [files[0].number]
    assert len(post.desk.taken) == 1


def test_bytes_that_changed_are_not_mailed(
    shop: Workshop, post: MailServer, pos: Callable[[], Who], office_db: Path
) -> None:
    file = noted(shop)
    spoil(office_db, papers.listed(file.id, ["deficiency"])[0].sha256)
    (mail,) = mailer.run_once(shop, pos())
    assert mail.state == "REFUSED"
    assert "sidiknya" in mail.reply
    assert not post.desk.taken


def test_a_sender_that_died_after_the_acceptance_did_not_leave_the_file_behind(
    shop: Workshop, post: MailServer, file_at: At
) -> None:
    file = file_at("TERTANDA")
    mail_by(post.server)
    fo = sit_down(Role.FO)
    signed = papers.listed(file.id, ["signed"])[0]
    attached = [Attachment("akta.pdf", signed.sha256)]
    mail = outbox.queue(fo, file, "mail_documents", "a@contoh.id", "Dokumen", "Isi", attached, new_key())
    outbox.lease(fo, mail, new_key())
    outbox.sent(fo, mail, "250 OK", new_key())
    assert head(PELITA3, file.id).stage.key == "TERTANDA"
    assert mailer.run_once(shop, sit_down("pos")) == ()
    assert head(PELITA3, file.id).stage.key == "SELESAI"
    assert not post.desk.taken
    assert card.lines(PELITA3, file.id)[-1].actor == "pos"


def test_who_was_slower_to_notice_the_acceptance_does_no_harm(shop: Workshop, post: MailServer, file_at: At) -> None:
    file = file_at("TERTANDA")
    mail_by(post.server)
    fo = sit_down(Role.FO)
    mail = outbox.queue(fo, file, "mail_documents", "a@contoh.id", "Dokumen", "Isi", [], new_key())
    mail, moved = mailer.send(shop, fo, mail, post.server, new_key())
    assert (mail.state, moved and moved.stage) == ("SENT", "SELESAI")
    assert mailer.finish(shop, sit_down("pos"), mail, new_key()) is None
    again, moved = mailer.send(shop, sit_down("pos"), mail, post.server, new_key())
    assert (again.state, moved) == ("SENT", None)
    assert len(post.desk.taken) == 1


def test_overtaken_between_looking_and_signing_is_no_error(
    shop: Workshop, file_at: At, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = file_at("TERTANDA")
    fo = sit_down(Role.FO)
    mail = outbox.queue(fo, file, "mail_documents", "a@contoh.id", "Dokumen", "Isi", [], new_key())
    outbox.lease(fo, mail, new_key())
    outbox.sent(fo, mail, "250 OK", new_key())
    mail, old = newest(file), head(PELITA3, file.id)
    walk.act(fo, file, "kirim")
    # What this PC still sees is the picture from before.
    monkeypatch.setattr(mailer, "head", lambda _sop, _id: old)
    assert mailer.finish(shop, fo, mail, new_key()) is None
