"""The office's own page: what is typed is kept until it is saved, and what is saved is what papers carry."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.services import accounts
from app.sop.model import Role
from app.ui.desk import Desk
from app.ui.pages.kantor import MAIL, PRINTERS, RULES, SIGN, KantorPage
from app.ui.parts.confirm import Confirm
from tests.support.pages import CTRL, Seat
from tests.support.smtp_server import MailServer, Start

Make = Callable[[str | Role], Desk]


class Office:
    """The administrator before the page; `saved` is what this computer was told to remember."""

    def __init__(self, qtbot: QtBot, desk: Desk) -> None:
        self.bot, self.desk = qtbot, desk
        self.saved: list[Mapping[str, Any]] = []
        self.page, self.seat = self.sit()

    def sit(self) -> tuple[KantorPage, Seat]:
        page = KantorPage(self.desk, self.saved.append)
        seat = Seat(self.bot, self.desk, page)
        seat.sit()
        self.page, self.seat = page, seat
        return page, seat

    def type(self, name: str, text: str) -> None:
        line = self.page.office.fields[name].input
        line.clear()
        QTest.keyClicks(line, text)

    def save(self) -> None:
        self.seat.press(Qt.Key.Key_Return, CTRL)
        self.seat.wait()


@pytest.fixture
def office(qtbot: QtBot, desk: Make) -> Office:
    return Office(qtbot, desk(Role.ADMIN))


def test_the_saved_data_are_shown_and_a_change_is_saved(office: Office) -> None:
    assert office.page.office.fields["head_name"].value() == "Dr. Nurlaila Hasibuan, M.Si"
    office.type("address", "Jalan Cut Meutia 1, Pekanbaru")
    assert "Belum tersimpan" in office.page.lamp.text()
    office.save()
    assert accounts.load_office().address == "Jalan Cut Meutia 1, Pekanbaru"
    assert office.page.lamp.text() == "Tersimpan"


def test_what_cannot_be_saved_is_named_at_its_field_on_its_tab(office: Office) -> None:
    office.page.open_tab(RULES)
    office.page.rules.form.fields["target_minutes"].set_value("enam puluh")
    office.save()
    assert office.page.tabs.current() == RULES
    assert "bilangan bulat" in office.page.rules.form.fields["target_minutes"].message()
    assert accounts.load_office().target_minutes == 60


def test_typing_that_was_not_saved_is_offered_again(office: Office) -> None:
    office.type("city", "Dumai")
    office.page._drafts.flush()
    again, _ = office.sit()
    assert again.office.fields["city"].value() == "Dumai"
    assert "Belum tersimpan" in again.lamp.text()
    again.undo.press()
    assert again.office.fields["city"].value() == "Pekanbaru"
    assert accounts.load_office().city == "Pekanbaru"


def test_four_eyes_are_lifted_only_on_purpose_and_the_warning_stays(office: Office) -> None:
    office.page.open_tab(RULES)
    office.page.rules.eyes.click()
    assert office.page.rules.eyes.isChecked(), "one click does not lift it"
    asked = next(d for d in office.page.findChildren(Confirm) if d.isVisible())
    asked.yes.press()
    assert not office.page.rules.eyes.isChecked()
    assert office.page.rules.warns.isVisible()
    office.save()
    assert accounts.load_office().four_eyes is False
    again, _ = office.sit()
    again.open_tab(RULES)
    assert again.rules.warns.isVisible()


def test_a_printer_is_chosen_for_this_computer_alone(office: Office) -> None:
    office.page.open_tab(PRINTERS)
    office.seat.wait()
    general = office.page.printers.choices[""]
    general.input.set_items([("", "Folder cetakan PC ini"), ("loket-a5", "loket-a5")])
    general.set_value("loket-a5")
    office.save()
    assert office.saved == [{"printers": {"": "loket-a5"}}]


def test_the_mail_server_is_really_asked(office: Office, smtp_server: Start) -> None:
    running: MailServer = smtp_server()
    form = office.page.mail
    office.page.open_tab(MAIL)
    form.form.fill(
        {
            "smtp_host": running.server.host,
            "smtp_port": str(running.server.port),
            "smtp_ca_file": running.server.ca_file,
        }
    )
    form.test.press()
    office.seat.wait()
    assert form._said.property("tone") == "ok", form._said.text()
    form.form.fill({"smtp_ca_file": ""})
    form.test.press()
    office.seat.wait()
    assert form._said.property("tone") == "bad", "a certificate nobody vouches for is refused"


def test_a_dead_mail_server_is_told_as_one(office: Office) -> None:
    form = office.page.mail
    office.page.open_tab(MAIL)
    form.form.fill({"smtp_host": "127.0.0.1", "smtp_port": "9"})
    form.test.press()
    office.seat.wait()
    assert form._said.property("tone") == "bad"
    assert "127.0.0.1:9" in form._said.text()


def test_a_password_without_a_keyring_names_the_documented_other_way(office: Office, smtp_server: Start) -> None:
    import keyring  # noqa: PLC0415 - only this test speaks with it
    from keyring.backends import fail  # noqa: PLC0415 - as above

    before = keyring.get_keyring()
    keyring.set_keyring(fail.Keyring())  # type: ignore[no-untyped-call]  # keyring's own
    try:
        running: MailServer = smtp_server(login=True)
        form = office.page.mail
        office.page.open_tab(MAIL)
        form.form.fill(
            {
                "smtp_host": running.server.host,
                "smtp_port": str(running.server.port),
                "smtp_ca_file": running.server.ca_file,
                "smtp_user": running.server.user,
            }
        )
        form.password.set_value(running.server.password)
        form.test.press()
        office.seat.wait()
        assert "smtp_password_file" in form.password.message()
    finally:
        keyring.set_keyring(before)


def test_a_trial_certificate_is_made_here_and_labelled_as_one(office: Office) -> None:
    office.page.open_tab(SIGN)
    office.seat.wait()
    sign = office.page.sign
    assert "Belum ada sertifikat" in sign.state.text()
    sign.trial.first.set_value("frasa-sandi-kadis")
    sign.trial.again.set_value("frasa-sandi-kadis")
    sign.make.press()
    office.seat.wait()
    assert "uji coba" in sign.state.text()
    path = office.desk.workshop.p12_path
    assert isinstance(path, Path)
    assert path.exists()
    assert accounts.load_office().tte_roots
    sign.path.set_value(str(path))
    sign.phrase.set_value("keliru-sekali")
    sign.take.press()
    office.seat.wait()
    assert "tidak cocok" in sign.phrase.message()
    assert sign.phrase.value() == ""
