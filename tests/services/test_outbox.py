"""The outbox: who may queue, who has a mail in hand, when it is tried again, and that it is sent once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.errors import Conflict, Refused
from app.models import base
from app.models.base import sha256hex
from app.services import intake, outbox, papers
from app.services.accounts import Who
from app.services.berkas import head
from app.services.keys import derived, new_key
from app.services.outbox import BACK_OFF, LEASE, Attachment, Mail
from app.sop.model import Channel, Role
from app.sop.pelita3 import PELITA3
from tests.support import walk
from tests.support.office import Clock, sit_down
from tests.support.ready import At

MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


def queued(key: str | None = None) -> tuple[Who, Mail]:
    """A deficiency mail of an online file, in the hands of rina."""
    file = intake.register_online(PELITA3, sit_down(Role.FO), walk.new_file(Channel.ONLINE), new_key())
    fo = sit_down(Role.FO)
    intake.attach(fo, file, "kk", papers.NewPaper("scan", "kk", "kk.pdf", walk.SCAN, 1), new_key())
    attached = [Attachment("catatan.pdf", sha256hex(walk.SCAN))]
    return fo, outbox.queue(fo, file, "mail_deficiency", "a@contoh.id", "Berkas", "Isi", attached, key or new_key())


def again(mail: Mail) -> Mail:
    return next(m for m in outbox.of_file(mail.berkas_id) if m.id == mail.id)


def test_a_queued_mail_is_the_same_mail_however_often_it_is_asked_for(office_db: Path, clock: Clock) -> None:
    clock.at = MONDAY
    key = new_key()
    _, mail = queued(key)
    assert (mail.state, mail.tries, mail.reply, mail.to, mail.at) == ("WAITING", 0, "", "a@contoh.id", MONDAY)
    assert mail.message_id == f"<{derived(key, 'mail')}@pelita3.invalid>"
    assert mail.attachments == (Attachment("catatan.pdf", sha256hex(walk.SCAN)),)
    assert outbox.of_file(mail.berkas_id) == [mail]
    assert outbox.due() == [mail]


def test_one_sender_has_it_until_his_lease_is_over(office_db: Path, clock: Clock) -> None:
    clock.at = MONDAY
    fo, mail = queued()
    outbox.lease(fo, mail, new_key())
    assert again(mail).state == "SENDING"
    assert outbox.due() == []
    other = sit_down("pos")
    with pytest.raises(Conflict, match="sedang dikirim PC lain"):
        outbox.lease(other, mail, new_key())
    with pytest.raises(Refused, match="PC lain"):
        outbox.sent(other, mail, "250 OK", new_key())
    clock.at = MONDAY + LEASE
    assert [m.id for m in outbox.due()] == [mail.id], "its sender died; another one may"
    outbox.lease(other, mail, new_key())
    sit_down("rina")
    with pytest.raises(Refused, match="PC lain"):
        outbox.failed(fo, mail, "terlambat", new_key(), for_good=False)


def test_each_failure_waits_longer_and_the_last_wait_repeats(office_db: Path, clock: Clock) -> None:
    clock.at = MONDAY
    fo, mail = queued()
    waits = []
    for i in range(8):
        outbox.lease(fo, mail, new_key())
        mail = again(mail)
        outbox.failed(fo, mail, f"451 coba lagi {i}", new_key(), for_good=False)
        mail = again(mail)
        assert (mail.state, mail.tries, mail.reply) == ("FAILED", i + 1, f"451 coba lagi {i}")
        waits.append((mail.next_at - clock.at) // timedelta(minutes=1))
        assert outbox.due() == []
        clock.at = mail.next_at
        assert [m.id for m in outbox.due()] == [mail.id]
    assert waits == [*BACK_OFF, 60, 60]


def test_refused_for_good_is_not_tried_again(office_db: Path, clock: Clock) -> None:
    clock.at = MONDAY
    fo, mail = queued()
    outbox.lease(fo, mail, new_key())
    outbox.failed(fo, mail, "550 tidak dikenal", new_key(), for_good=True)
    assert (again(mail).state, again(mail).reply) == ("REFUSED", "550 tidak dikenal")
    clock.at += timedelta(days=30)
    assert outbox.due() == []
    with pytest.raises(Conflict, match="sudah dikirim"):
        outbox.lease(fo, mail, new_key())


def test_an_accepted_mail_is_never_sent_again(office_db: Path, clock: Clock) -> None:
    clock.at = MONDAY
    fo, mail = queued()
    outbox.lease(fo, mail, new_key())
    key = new_key()
    for _ in range(2):
        outbox.sent(fo, mail, "250 2.0.0 OK " + "x" * 600, key)
    assert again(mail).state == "SENT"
    assert len(again(mail).reply) == 500
    clock.at += timedelta(days=30)
    assert outbox.due() == []
    with pytest.raises(Conflict, match="sudah dikirim"):
        outbox.lease(fo, mail, new_key())


def test_nothing_is_sent_without_having_it_in_hand(office_db: Path) -> None:
    fo, mail = queued()
    for event in (outbox.sent, lambda *a: outbox.failed(*a, for_good=True)):
        with pytest.raises(Refused):
            event(fo, mail, "250 OK", new_key())


def test_only_senders_send(office_db: Path) -> None:
    _, mail = queued()
    for role in (Role.KASI, Role.ADMIN):
        with pytest.raises(Refused):
            outbox.lease(sit_down(role), mail, new_key())


def test_the_servers_words_are_kept_though_the_file_moved_meanwhile(office_db: Path) -> None:
    fo, mail = queued()
    file = head(PELITA3, mail.berkas_id)
    outbox.lease(fo, mail, new_key())
    intake.add_findings(fo, file, [intake.FindingRow("kk", "KK buram")], new_key())
    walk.act(fo, file, "kurang_online")
    outbox.sent(fo, mail, "250 OK", new_key())
    assert again(mail).state == "SENT"


def test_an_accepted_mail_whose_file_did_not_move_is_found(file_at: At) -> None:
    file = file_at("TERTANDA")
    fo = sit_down(Role.FO)
    mail = outbox.queue(fo, file, "mail_documents", "a@contoh.id", "Dokumen", "Isi", [], new_key())
    outbox.lease(fo, mail, new_key())
    assert outbox.unfinished() == []
    outbox.sent(fo, mail, "250 OK", new_key())
    assert [m.id for m in outbox.unfinished()] == [mail.id]
    walk.act(fo, file, "kirim")
    assert outbox.unfinished() == []


def test_the_file_may_move_in_the_very_moment_the_answer_is_written_down(
    office_db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fo, mail = queued()
    file = head(PELITA3, mail.berkas_id)
    outbox.lease(fo, mail, new_key())
    intake.add_findings(fo, file, [intake.FindingRow("kk", "KK buram")], new_key())
    moved: list[object] = []

    def overtaken(*told: object, **columns: object) -> None:
        if not moved:
            moved.append(walk.act(fo, file, "kurang_online"))
        base.add(*told, **columns)  # type: ignore[arg-type]

    monkeypatch.setattr("app.services.outbox.add", overtaken)
    outbox.sent(fo, mail, "250 OK", new_key())
    assert moved
    assert again(mail).state == "SENT"


def test_a_mail_to_a_corrected_address_is_taken_back_unless_it_is_on_its_way(office_db: Path, clock: Clock) -> None:
    clock.at = MONDAY
    fo, mail = queued()
    outbox.lease(sit_down("pos"), mail, new_key())
    fo = sit_down("rina")
    with pytest.raises(Conflict, match="sedang dikirim"):
        outbox.withdraw(fo, mail, "Alamat dikoreksi", new_key())
    clock.at += LEASE
    outbox.withdraw(fo, mail, "Alamat dikoreksi", new_key())
    assert (again(mail).state, again(mail).reply) == ("REFUSED", "Alamat dikoreksi")
    assert outbox.due() == []
