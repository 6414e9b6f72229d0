"""Sending the documents: the mail server's word alone ends a file; a refusal is shown and can be mended here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.jobs.workshop import Workshop
from app.services import accounts, outbox, papers
from app.services.berkas import Head, head
from app.sop.model import Role
from app.sop.pelita3 import PELITA3
from app.ui.desk import Desk
from app.ui.pages.deliver import DeliverPage
from tests.support.office import Clock, sit_down
from tests.support.pages import CTRL, Seat, seated
from tests.support.smtp_server import MailServer, Start
from tests.support.walk import walk_to

Make = Callable[[str | Role], Desk]


@pytest.fixture
def signed(shop: Workshop, office_db: object) -> Head:
    """A file whose documents the Kadis has just signed."""
    return walk_to("TERTANDA", shop)


def use(running: MailServer) -> None:
    """The office's mail server is this one."""
    server = running.server
    sit_down(Role.ADMIN)
    accounts.save_office(
        replace(
            accounts.load_office(),
            smtp_host=server.host,
            smtp_port=server.port,
            smtp_security="starttls",
            smtp_ca_file=server.ca_file,
        )
    )


def send(seat: Seat, page: DeliverPage) -> None:
    """Ctrl+Enter, and Ctrl+Enter again in the dialog."""
    seat.press(Qt.Key.Key_Return, CTRL)
    assert page.asked is not None
    page.asked.yes.click()
    seat.wait()


def stage(file: Head) -> str:
    return head(PELITA3, file.id).stage.key


def test_accepted_by_the_server_is_delivered_and_finished(
    qtbot: QtBot, desk: Make, signed: Head, smtp_server: Start
) -> None:
    running = smtp_server()
    use(running)
    seat, page = seated(qtbot, desk(Role.FO), DeliverPage, signed.id)
    assert [p.kind for p in page.rows.rows()] == ["signed"] * 4
    assert page.mail.text() == "Belum dikirim"
    send(seat, page)
    assert stage(signed) == "SELESAI"
    assert running.desk.recipients == ["pemohon@contoh.id"]
    mail = message_from_bytes(running.desk.taken[0])
    attached = [p.get_payload(decode=True) for p in mail.walk() if p.get_filename()]
    assert attached == [papers.data(p.sha256) for p in page.rows.rows()]
    assert page.done.isVisible()
    assert "terkirim" in page.done.accessibleName()
    assert seat.said[-1] == (f"Server surel menerima dokumen {signed.number}. Berkas selesai.", "ok")


def test_the_dialog_names_how_many_and_to_whom_and_can_be_left(
    qtbot: QtBot, desk: Make, signed: Head, smtp_server: Start
) -> None:
    use(smtp_server())
    seat, page = seated(qtbot, desk(Role.FO), DeliverPage, signed.id)
    seat.press(Qt.Key.Key_Return, CTRL)
    assert page.asked is not None
    assert page.asked.accessibleDescription().startswith("4 dokumen bertanda tangan dikirim ke pemohon@contoh.id.")
    page.asked.no.click()
    seat.wait()
    assert outbox.of_file(signed.id) == []
    assert stage(signed) == "TERTANDA"


def test_a_refused_address_is_told_corrected_here_and_sent_again(
    qtbot: QtBot, desk: Make, signed: Head, smtp_server: Start
) -> None:
    running = smtp_server()
    use(running)
    running.desk.rcpt = "550 5.1.1 no such user"
    seat, page = seated(qtbot, desk(Role.FO), DeliverPage, signed.id)
    send(seat, page)
    assert stage(signed) == "TERTANDA"
    assert page.mail.text() == "Ditolak server"
    assert "550" in page.answer.text()
    assert "terkirim" not in page.send.text().lower()
    running.desk.rcpt = ""
    page.address.email.set_value("pemohon.baru@contoh.id")
    page.address.email.changed.emit()
    seat.press(Qt.Key.Key_Return, CTRL)
    assert page.asked is None, "the changed address must be saved first"
    assert page.address.email.state() == "warn"
    seat.press(Qt.Key.Key_S, CTRL)
    assert head(PELITA3, signed.id).contact.email == "pemohon.baru@contoh.id"
    assert not head(PELITA3, signed.id).contact.read_back, "another address was not read back yet"
    assert page.send.text() == "Coba kirim lagi"
    send(seat, page)
    assert running.desk.recipients == ["pemohon.baru@contoh.id"]
    assert stage(signed) == "SELESAI"


def test_a_server_that_is_busy_is_tried_again_after_a_rest(
    qtbot: QtBot, desk: Make, signed: Head, smtp_server: Start, clock: Clock
) -> None:
    running = smtp_server()
    use(running)
    running.desk.data = "451 4.3.2 try again later"
    seat, page = seated(qtbot, desk(Role.EDITOR), DeliverPage, signed.id)
    send(seat, page)
    assert stage(signed) == "TERTANDA"
    assert page.mail.text() == "Belum diterima"
    assert seat.said[-1] == ("Dokumen belum diterima server surel. Jawabannya tertulis di kanan.", "warn")
    running.desk.data = ""
    clock.at = datetime.now(UTC) + timedelta(minutes=2)
    send(seat, page)
    assert stage(signed) == "SELESAI"
    assert len(running.desk.taken) == 1


def test_an_address_that_cannot_be_one_is_refused_at_its_field(qtbot: QtBot, desk: Make, signed: Head) -> None:
    seat, page = seated(qtbot, desk(Role.FO), DeliverPage, signed.id)
    page.address.email.set_value("pemohon@contoh")
    page.address.email.changed.emit()
    seat.press(Qt.Key.Key_S, CTRL)
    assert page.address.email.state() == "bad"
    assert "nama@contoh.id" in page.address.email.message()
    assert head(PELITA3, signed.id).contact.email == "pemohon@contoh.id"
    assert page.address.typed().email == "pemohon@contoh", "what was typed stays"


def test_without_a_mail_server_it_is_said_who_can_help(qtbot: QtBot, desk: Make, signed: Head) -> None:
    seat, page = seated(qtbot, desk(Role.FO), DeliverPage, signed.id)
    send(seat, page)
    assert "Minta administrator" in page.answer.text()
    assert stage(signed) == "TERTANDA"


def test_a_file_that_is_not_signed_is_not_sent(qtbot: QtBot, desk: Make, shop: Workshop) -> None:
    file = walk_to("ENTRI", shop)
    _seat, page = seated(qtbot, desk(Role.FO), DeliverPage, file.id)
    assert page.done.isVisible()
    assert "tidak sedang menunggu pengiriman" in page.done.accessibleName()
    assert not page.send.isEnabled()


def test_the_kasi_may_look_and_not_send(qtbot: QtBot, desk: Make, signed: Head) -> None:
    seat, page = seated(qtbot, desk(Role.KASI), DeliverPage, signed.id)
    assert not page.send.isEnabled()
    assert not page.address.save.isVisible()
    seat.press(Qt.Key.Key_Return, CTRL)
    assert page.asked is None
