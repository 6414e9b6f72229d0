"""The mail server fails now and then and a sender dies at work: every mail arrives, every file stands right."""

from __future__ import annotations

import asyncio
import random
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from pathlib import Path
from typing import Any

import pytest

from app.channels.smtp import Server
from app.jobs import deficiency, delivery, mailer
from app.jobs.workshop import Workshop
from app.models import base
from app.services import intake, outbox
from app.services.berkas import Contact, head
from app.services.intake import FindingRow
from app.services.keys import new_key
from app.services.outbox import LEASE
from app.sop.model import Channel, Role
from app.sop.pelita3 import PELITA3
from tests.support import walk
from tests.support.clerk import clerk
from tests.support.invariants import Ledger
from tests.support.office import Clock, sit_down
from tests.support.ready import At, mail_by
from tests.support.smtp_server import Desk, Listener


class Moody(Desk):
    """Takes the first mail and never says so; of the later ones it puts off three in ten."""

    def __init__(self) -> None:
        super().__init__()
        self.chance = random.Random(14)  # noqa: S311  the same moods every time
        self.silent = threading.Event()
        self.put_off = 0

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 -- aiosmtpd's own name
        if self.taken and self.chance.random() < 0.3:
            self.put_off += 1
            return "451 4.3.0 sebentar lagi"
        answer = await super().handle_DATA(server, session, envelope)
        if not self.silent.is_set():
            self.silent.set()
            await asyncio.sleep(60)
        return answer


@pytest.fixture
def desk() -> Iterator[tuple[Moody, Server]]:
    moody = Moody()
    listener = Listener(moody, tls=None, implicit=False, login=False)
    listener.start()
    yield moody, Server("127.0.0.1", listener.port, security="none", from_address="pelita@contoh.id", allow_plain=True)
    listener.stop()


def short_of_a_paper() -> int:
    """An online file that lacks something; the mail that says so waits."""
    file = intake.register_online(PELITA3, sit_down(Role.FO), walk.new_file(Channel.ONLINE), new_key())
    fo = sit_down(Role.FO)
    intake.set_contact(fo, file, Contact(f"pemohon{file.id}@contoh.id"), new_key())
    return file.id


@pytest.mark.slow
def test_every_mail_arrives_though_the_server_fails_and_a_sender_dies(
    desk: tuple[Moody, Server], file_at: At, shop: Workshop, clock: Clock, ledger: Ledger,
    office_db: Path, request: pytest.FixtureRequest,
) -> None:  # fmt: skip
    """Row 14. At least once: what was taken without an answer comes again under the same Message-ID."""
    moody, server = desk
    ended = file_at("TERTANDA")
    mail_by(server)
    delivery.queue_delivery(shop, sit_down(Role.FO), ended.id, new_key())
    files = [short_of_a_paper() for _ in range(7)]
    for file in files:
        missing = FindingRow("kk", "KK buram, NIK tidak terbaca", "Unggah ulang KK")
        deficiency.note_deficiency(shop, sit_down(Role.FO), file, [missing], new_key())
    place = request.getfixturevalue("hall").address().url if base.on_server() else str(office_db)
    with clerk(place, "pos") as sender:
        assert "seated" in sender.hear()
        sender.say(do="mail")
        assert moody.silent.wait(20)
        sender.kill()
    clock.at = datetime.now(UTC) + LEASE + timedelta(minutes=1)
    rounds = 0
    while mailer.run_once(shop, sit_down("pos")):
        clock.at += timedelta(hours=2)
        rounds += 1
        assert rounds < 12
    mails = [outbox.of_file(file)[0] for file in (ended.id, *files)]
    assert {mail.state for mail in mails} == {"SENT"}
    got = [str(message_from_bytes(taken)["Message-ID"]) for taken in moody.taken]
    assert set(got) == {mail.message_id for mail in mails}
    assert len(got) == len(mails) + 1, "only what was taken without an answer came twice"
    assert moody.put_off > 0
    assert head(PELITA3, ended.id).stage.key == "SELESAI"
    assert {head(PELITA3, file).stage.key for file in files} == {"KURANG"}
