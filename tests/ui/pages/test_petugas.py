"""The administrator's page: who may do what, until when; nothing is deleted, the last administrator stays."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from app.errors import Refused
from app.models import base
from app.services import accounts, duties
from app.sop.calendar import WIB
from app.sop.model import Role
from app.ui import petugas_data
from app.ui.desk import Desk
from app.ui.dialogs.add_officer import AddOfficer
from app.ui.dialogs.one_time_password import OneTimePassword
from app.ui.pages.petugas import PetugasPage
from app.ui.parts.confirm import Confirm
from tests.support.office import PASSWORD
from tests.support.pages import CTRL, Seat, seated

Make = Callable[[str | Role], Desk]


class Admin:
    """The administrator before the page."""

    def __init__(self, seat: Seat, page: PetugasPage) -> None:
        self.seat, self.page = seat, page
        self.today: date = base.moment(base.session.now_us()).astimezone(WIB).date()

    def choose(self, login: str) -> None:
        assert self.page.rows.select(login)

    def dialog(self, kind: type[QDialog]) -> QDialog:
        found = [d for d in self.page.findChildren(kind) if d.isVisible()]
        assert len(found) == 1, found
        return found[0]

    def confirm(self, reason: str = "") -> None:
        asked = self.dialog(Confirm)
        assert isinstance(asked, Confirm)
        if asked.reason is not None:
            asked.reason.set_value(reason)
        asked.yes.press()
        self.seat.wait()

    def hats(self, login: str) -> list[tuple[Role, str]]:
        return [(h.role, h.kind) for h in accounts.hats(login)]


@pytest.fixture
def admin(qtbot: QtBot, desk: Make) -> Admin:
    return Admin(*seated(qtbot, desk(Role.ADMIN), PetugasPage))


def test_the_list_shows_roles_places_and_who_is_active(admin: Admin) -> None:
    shown = {p.row.login: petugas_data.roles_cell(p) for p in admin.page.rows.rows()}
    assert shown["rina"] == "FO"
    assert shown["nurlaila"] == "Kadis"
    assert admin.page.choice.words_of() == ["Aktif 8", "Berakhir 0"]


def test_a_new_officer_gets_a_one_time_password_that_is_shown_once(admin: Admin) -> None:
    admin.seat.press(Qt.Key.Key_N, CTRL)
    form = admin.dialog(AddOfficer)
    assert isinstance(form, AddOfficer)
    form.yes.press()
    assert "Isi nama petugas" in form.form.fields["name"].message()
    form.form.fill({"name": "Ahmad Fitri, S.H.", "login": "rina", "role": Role.FO, "place": "Loket 5"})
    form.yes.press()
    assert "sudah dipakai" in form.form.fields["login"].message()
    form.form.fill({"login": "ahmad.fitri"})
    form.yes.press()
    admin.seat.wait()
    shown = admin.dialog(OneTimePassword)
    assert isinstance(shown, OneTimePassword)
    account = accounts.log_in("ahmad.fitri", shown.password, "PC")
    assert account.must_change
    assert [h.role for h in account.hats] == [Role.FO]


def test_a_service_account_keeps_its_password_because_nobody_sits_there(admin: Admin) -> None:
    admin.page.new.press()
    form = admin.dialog(AddOfficer)
    assert isinstance(form, AddOfficer)
    form.form.fill({"name": "Pengirim malam", "login": "pos.malam", "role": Role.MAILER})
    form.yes.press()
    admin.seat.wait()
    shown = admin.dialog(OneTimePassword)
    assert isinstance(shown, OneTimePassword)
    assert not accounts.log_in("pos.malam", shown.password, "PC").must_change


def test_plh_with_dates_and_decree_holds_from_its_first_day(admin: Admin) -> None:
    admin.choose("rina")
    panel = admin.page.panel
    panel.role.set_value(Role.KASI)
    panel.kind.set_current(1)
    panel.kind.changed.emit(1)
    assert "tidak dapat ia paraf" in panel._says.text(), "four eyes are told before, not after"
    admin.seat.press(Qt.Key.Key_Return, CTRL)
    assert panel.first.state() == panel.last.state() == panel.basis.state() == "bad"
    panel.first.set_value(admin.today)
    panel.last.set_value(admin.today - timedelta(days=1))
    panel.basis.set_value("821/114/2026")
    panel.save.press()
    assert panel.last.message() == "Sudah lewat"
    panel.last.set_value(admin.today + timedelta(days=2))
    panel.save.press()
    admin.seat.wait()
    assert (Role.KASI, "PLH") in admin.hats("rina")
    row = next(p for p in admin.page.rows.rows() if p.row.login == "rina")
    assert "Plh. Kasi" in petugas_data.acting_cell(row, admin.page.rows.rows()).says


def test_two_acting_for_one_desk_are_seen_before_and_after(admin: Admin) -> None:
    accounts.assign(
        "dedi",
        Role.KASI,
        base.new_key(),
        kind="PLH",
        basis="1",
        first=admin.today,
        last=admin.today + timedelta(days=9),
    )
    admin.page.refresh()
    admin.seat.wait()
    admin.choose("yuni")
    panel = admin.page.panel
    panel.role.set_value(Role.KASI)
    panel.kind.set_current(1)
    panel.first.set_value(admin.today + timedelta(days=3))
    panel.last.set_value(admin.today + timedelta(days=4))
    panel.kind.changed.emit(1)
    assert "Dedi Kurniawan juga bertugas" in panel._says.text()
    panel.basis.set_value("2")
    panel.save.press()
    admin.seat.wait()
    row = next(p for p in admin.page.rows.rows() if p.row.login == "dedi")
    assert petugas_data.acting_cell(row, admin.page.rows.rows()).tone == "bad"


def test_a_role_ends_with_a_reason_and_stays_readable(admin: Admin) -> None:
    admin.choose("dedi")
    person = admin.page.panel.person
    assert person is not None
    admin.page.panel.end_asked.emit(person.standing[0])
    asked = admin.dialog(Confirm)
    assert isinstance(asked, Confirm)
    asked.yes.press()
    assert asked.isVisible(), "no reason, no end"
    admin.confirm("mutasi ke kecamatan")
    assert admin.hats("dedi") == []
    kept = next(d for d in duties.duties() if d.login == "dedi")
    assert kept.ended == "mutasi ke kecamatan"
    assert kept.over(admin.today)
    assert admin.page.choice.words_of() == ["Aktif 7", "Berakhir 1"]


def test_the_last_administrator_can_neither_be_ended_nor_deactivated(admin: Admin) -> None:
    admin.choose("admin")
    person = admin.page.panel.person
    assert person is not None
    refusals: list[object] = []
    admin.page.desk.tasks.trouble.connect(refusals.append)
    admin.page.panel.end_asked.emit(person.standing[0])
    admin.confirm("coba-coba")
    admin.page.panel.off.press()
    admin.confirm("coba-coba")
    assert [str(r) for r in refusals] == ["Ini administrator terakhir; tetapkan administrator lain dahulu."] * 2
    assert admin.hats("admin") == [(Role.ADMIN, "TETAP")]


def test_a_reset_password_works_once_and_the_old_one_never_again(admin: Admin) -> None:
    admin.choose("rina")
    admin.page.panel.reset.press()
    admin.confirm()
    shown = admin.dialog(OneTimePassword)
    assert isinstance(shown, OneTimePassword)
    with pytest.raises(Refused, match="tidak cocok"):
        accounts.log_in("rina", PASSWORD, "PC")
    assert accounts.log_in("rina", shown.password, "PC").must_change


def test_an_account_is_taken_out_of_use_and_back_with_reasons(admin: Admin) -> None:
    admin.choose("dedi")
    admin.page.panel.off.press()
    admin.confirm("cuti besar")
    with pytest.raises(Refused):
        accounts.log_in("dedi", PASSWORD, "PC")
    base.session.actor = "admin"
    admin.page.choice.set_current(1)
    admin.page.choice.changed.emit(1)
    admin.choose("dedi")
    admin.page.panel.off.press()
    admin.confirm("kembali bekerja")
    assert accounts.log_in("dedi", PASSWORD, "PC").name == "Dedi Kurniawan"


def test_days_of_acting_are_told_in_few_letters() -> None:
    def span(first: date | None, last: date | None) -> str:
        return petugas_data.span(duties.Duty(1, "x", Role.KASI, "PLH", "", first, last, ""))

    assert span(date(2026, 5, 18), date(2026, 5, 20)) == "18–20 Mei"
    assert span(date(2026, 5, 30), date(2026, 6, 2)) == "30 Mei–2 Jun"
    assert span(date(2026, 5, 18), date(2026, 5, 18)) == "18 Mei"
    assert span(None, date(2026, 5, 20)) == "s.d. 20 Mei"
    assert span(date(2026, 5, 18), None) == "mulai 18 Mei"
