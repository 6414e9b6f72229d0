"""An office's first day: nothing is written before the last press, everything is there after it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.jobs import set_up
from app.models import base
from app.services import accounts
from app.services.opening import Opening
from app.sop.model import Role
from app.sop.pelita3 import PELITA3
from app.ui.computer import Computer
from app.ui.first_start_done import DonePage
from app.ui.pages.first_start import DONE, MAIL, OFFICE, PEOPLE, TTE, FirstStart
from app.ui.tasks import Tasks

NAMES = ("Rahmat Hidayat", "Rina Oktaviani", "Yuni Safitri", "Zulfikar Hasan, S.Sos", "Meri Anggraini, S.H.")
ADMIN = "sandi-administrator"


class Day:
    """The first start in front of whoever sets the office up."""

    def __init__(self, qtbot: QtBot, folder: Path, opening: Opening) -> None:
        self.bot, self.folder, self.opening = qtbot, folder, opening
        self.tasks = Tasks(opening.open, opening.close)
        self.computer = Computer(folder=folder, pc="PC-LOKET-03", p12_path=folder / "kadis.p12")
        self.finished: list[str] = []
        self.page = self.show()

    def show(self) -> FirstStart:
        """A new window, as after the program was ended and started again."""
        page = FirstStart(self.tasks, PELITA3, self.computer)
        page.finished.connect(self.finished.append)
        self.bot.addWidget(page)
        page.resize(1366, 768)
        page.show()
        self.page = page
        self.wait()
        return page

    def wait(self) -> None:
        QTest.qWait(1)
        self.bot.waitUntil(self.tasks.idle, timeout=40_000)
        QTest.qWait(1)
        self.bot.waitUntil(self.tasks.idle, timeout=40_000)

    def next(self) -> int:
        self.page.next.press()
        self.wait()
        return self.page.page()

    def fill_office(self) -> None:
        self.page.office.fill({"head_name": "Dr. Nurlaila Hasibuan, M.Si", "head_nip": "196911201995032001"})

    def fill_people(self) -> None:
        for person, name in zip(self.page.people.rows, NAMES, strict=False):
            QTest.keyClicks(person.name, name)
        self.page.people.password.set_value(ADMIN)
        self.page.people.again.set_value(ADMIN)

    def to_the_end(self) -> None:
        self.fill_office()
        assert self.next() == PEOPLE
        self.fill_people()
        assert self.next() == MAIL
        assert self.next() == TTE

    def ask(self, question: Callable[[], object]) -> object:
        """Ask the database the way the program does."""
        answers: list[object] = []
        self.tasks.ask(question, answers.append, owner=self.page)
        self.wait()
        return answers[0]


@pytest.fixture
def day(qtbot: QtBot, tmp_path: Path) -> Iterator[Day]:
    opening = Opening(tmp_path / "kantor.db", PELITA3)
    base.session.actor = ""
    there = Day(qtbot, tmp_path, opening)
    yield there
    there.tasks.close()
    base.session.actor = ""


def test_every_page_names_what_is_missing_at_its_field(day: Day) -> None:
    assert day.next() == OFFICE
    assert "Isi nama Kepala Dinas" in day.page.office.fields["head_name"].message()
    day.fill_office()
    assert day.next() == PEOPLE
    assert day.next() == PEOPLE
    assert day.page.people.rows[0].said.text() == "Isi nama Administrator"
    assert day.page.people.rows[-1].login.value() == "nurlaila.hasibuan", "the Kadis is known from the page before"
    day.fill_people()
    day.page.people.again.set_value("lain-sekali-ini")
    assert day.next() == PEOPLE
    assert "Belum sama" in day.page.people.again.message()
    day.page.people.again.set_value(ADMIN)
    assert day.next() == MAIL
    day.page.mail.form.fields["smtp_host"].set_value("smtp.contoh.id")
    day.page.mail.form.fields["smtp_from"].set_value("bukan alamat")
    assert day.next() == MAIL
    assert "alamat surel lengkap" in day.page.mail.form.fields["smtp_from"].message()
    day.page.mail.form.fields["smtp_host"].set_value("")
    assert day.next() == TTE
    day.page.later.changed.emit(1)
    day.page.later.set_current(1)
    assert day.next() == TTE
    assert "paling sedikit 8" in day.page.trial.first.message()
    assert day.ask(accounts.first_start_needed) is True, "nothing was written on the way"


def test_two_people_never_share_an_account(day: Day) -> None:
    day.fill_office()
    day.next()
    day.fill_people()
    day.page.people.rows[2].login.set_value("rina.oktaviani")
    assert day.next() == PEOPLE
    assert "dipakai dua kali" in day.page.people.rows[1].said.text()


def test_the_office_is_made_with_one_time_passwords_shown_once(day: Day) -> None:
    day.to_the_end()
    assert day.next() == DONE
    sheet = day.page.findChild(DonePage)
    assert sheet is not None
    lines = [line.split("\t") for line in sheet.text().splitlines()]
    assert [line[1] for line in lines] == [
        "rina.oktaviani",
        "yuni.safitri",
        "zulfikar.hasan",
        "meri.anggraini",
        "nurlaila.hasibuan",
    ]
    assert all(len(password) >= 12 for _, _, password in lines)
    assert day.next() == DONE
    assert day.finished == ["rahmat.hidayat"]

    def get_in() -> list[tuple[bool, tuple[Role, ...]]]:
        made = [accounts.log_in(login, password, "PC") for _, login, password in lines]
        made.append(accounts.log_in("rahmat.hidayat", ADMIN, "PC"))
        accounts.log_out()
        return [(one.must_change, tuple(h.role for h in one.hats)) for one in made]

    assert day.ask(get_in) == [
        (True, (Role.FO,)),
        (True, (Role.EDITOR,)),
        (True, (Role.KASI,)),
        (True, (Role.KABID,)),
        (True, (Role.KADIS,)),
        (False, (Role.ADMIN,)),
    ]
    office = day.ask(accounts.load_office)
    assert getattr(office, "head_nip", "") == "196911201995032001"
    assert not list((day.folder / "draf").glob("*.json")) or not day.page._drafts.offer("pemasangan")


def test_a_trial_certificate_is_made_if_wanted_and_its_root_is_pinned(day: Day) -> None:
    day.to_the_end()
    day.page.later.set_current(1)
    day.page.trial.first.set_value("frasa-sandi-kadis")
    day.page.trial.again.set_value("frasa-sandi-kadis")
    assert day.next() == DONE
    assert (day.folder / "kadis.p12").stat().st_mode & 0o077 == 0
    assert len(getattr(day.ask(accounts.load_office), "tte_roots", ())) == 1
    assert day.page.trial.first.value() == "", "the passphrase is not kept"


def test_what_was_typed_outlives_a_crash_but_no_password_does(day: Day) -> None:
    day.fill_office()
    day.next()
    day.fill_people()
    day.page._drafts.flush()
    day.tasks.draw(lambda: None)
    day.wait()
    kept = next((day.folder / "draf").glob("*.json")).read_text(encoding="utf-8")
    assert "Rina Oktaviani" in kept
    assert ADMIN not in kept
    again = day.show()
    assert again.people.rows[1].name.value() == "Rina Oktaviani"
    assert again.people.password.value() == ""
    assert again.draft()["key"] == json.loads(kept)["key"], "an interrupted making goes on under its key"


def test_an_interrupted_making_goes_on_with_the_new_passwords(day: Day) -> None:
    """The power went after three accounts were made; their passwords were never seen by anybody."""
    day.to_the_end()
    plan = day.page._plan()
    key = day.page.draft()["key"]

    def half() -> None:
        base.session.actor = "pemasangan"
        accounts.save_office(plan.office, base.derived(key, "office"))
        for person in plan.officers[1:4]:
            accounts.add_officer(person, base.derived(key, person.login), confirmed_by="berita acara pemasangan")
        base.session.actor = ""

    day.ask(half)
    assert day.ask(accounts.first_start_needed) is True
    assert day.next() == DONE
    sheet = day.page.findChild(DonePage)
    assert sheet is not None
    new = {login: password for _, login, password in (line.split("\t") for line in sheet.text().splitlines())}
    assert new["rina.oktaviani"] != plan.officers[1].password

    def get_in() -> int:
        for login, password in new.items():
            accounts.log_in(login, password, "PC")
        accounts.log_out()
        return len(accounts.officers())

    assert day.ask(get_in) == 6


def test_first_passwords_are_readable_and_never_twice_the_same() -> None:
    made = {set_up.first_password() for _ in range(200)}
    assert len(made) == 200
    for password in made:
        assert len(password) == 14
        assert not set(password) & set("0o1liOIL ")
