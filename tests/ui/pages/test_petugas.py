"""The administrator's page: who may do what, until when; nothing is deleted, the last administrator stays."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from app.errors import Refused
from app.models import base
from app.services import absences, accounts, devices, duties
from app.sop.calendar import WIB
from app.sop.model import Role
from app.ui import petugas_data
from app.ui.desk import Desk
from app.ui.dialogs.add_officer import AddOfficer
from app.ui.dialogs.leave import LeaveDialog
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

    def says(self, login: str) -> str:
        """The temporary column of an officer."""
        everyone = self.page.rows.rows()
        return petugas_data.acting_cell(next(p for p in everyone if p.row.login == login), everyone).says

    def second_person(self, login: str, kabid: str = "meri") -> None:
        """A Kabid confirms what waits for an officer; then the administrator is back."""
        base.session.actor = kabid
        accounts.confirm(next(p for p in accounts.to_confirm() if p.login == login), base.new_key())
        base.session.actor = "admin"
        self.page.refresh()
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


@pytest.mark.parametrize("role", [Role.KIOSK, Role.DISPLAY])
def test_an_account_made_here_lets_a_machine_of_the_hall_in(admin: Admin, role: Role) -> None:
    admin.page.new.press()
    form = admin.dialog(AddOfficer)
    assert isinstance(form, AddOfficer)
    form.form.fill({"name": "Mesin lobi", "login": "mesin-lobi", "role": role})
    form.yes.press()
    admin.seat.wait()
    shown = admin.dialog(OneTimePassword)
    assert isinstance(shown, OneTimePassword)
    devices.sit_down("mesin-lobi", shown.password, "PC-LOBI", role)


def test_plh_with_dates_and_decree_holds_from_its_first_day(admin: Admin) -> None:
    admin.choose("rina")
    panel = admin.page.panel
    panel.form.role.set_value(Role.KASI)
    panel.form.kind.set_current(1)
    panel.form.kind.changed.emit(1)
    assert "tidak dapat ia paraf" in panel.form.says(), "four eyes are told before, not after"
    admin.seat.press(Qt.Key.Key_Return, CTRL)
    assert panel.form.first.state() == panel.form.last.state() == panel.form.basis.state() == "bad"
    panel.form.first.set_value(admin.today)
    panel.form.last.set_value(admin.today - timedelta(days=1))
    panel.form.basis.set_value("821/114/2026")
    panel.save.press()
    assert panel.form.last.message() == "Sudah lewat"
    panel.form.last.set_value(admin.today + timedelta(days=2))
    panel.save.press()
    admin.seat.wait()
    assert (Role.KASI, "PLH") not in admin.hats("rina"), "a head's role waits for a second person"
    assert (
        admin.says("rina")
        == f"Plh. Kasi {petugas_data.days(admin.today, admin.today + timedelta(days=2))} menunggu pengesahan"
    )
    admin.second_person("rina")
    assert (Role.KASI, "PLH") in admin.hats("rina")
    assert "menunggu" not in admin.says("rina")


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
    panel.form.role.set_value(Role.KASI)
    panel.form.kind.set_current(1)
    panel.form.first.set_value(admin.today + timedelta(days=3))
    panel.form.last.set_value(admin.today + timedelta(days=4))
    panel.form.kind.changed.emit(1)
    assert "Dedi Kurniawan juga bertugas" in panel.form.says()
    panel.form.basis.set_value("2")
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


def test_what_was_typed_of_a_new_officer_survives_esc_and_the_next_day(admin: Admin, qtbot: QtBot, desk: Make) -> None:
    admin.seat.press(Qt.Key.Key_N, CTRL)
    form = admin.dialog(AddOfficer)
    assert isinstance(form, AddOfficer)
    QTest.keyClicks(form.form.fields["name"].input, "Ahmad Fitri")
    form.form.fields["role"].set_value(Role.EDITOR)
    form.form.fields["role"].changed.emit()
    QTest.keyClick(form, Qt.Key.Key_Escape)
    assert not form.isVisible()
    admin.page._drafts.flush()
    again = Admin(*seated(qtbot, admin.page.desk, PetugasPage))
    for one in (admin, again):
        one.page.new.press()
        reopened = one.dialog(AddOfficer)
        assert isinstance(reopened, AddOfficer)
        assert reopened.form.values()["name"] == "Ahmad Fitri"
        assert reopened.form.values()["login"] == "ahmad.fitri"
        assert reopened.form.values()["role"] == Role.EDITOR
        reopened.reject()
    again.page.new.press()
    last = again.dialog(AddOfficer)
    assert isinstance(last, AddOfficer)
    last.yes.press()
    again.seat.wait()
    again.dialog(OneTimePassword).close()
    again.page.new.press()
    assert isinstance(empty := again.dialog(AddOfficer), AddOfficer)
    assert empty.form.values()["name"] == "", "what became an account is not offered again"


def test_a_new_head_needs_a_decree_and_waits(admin: Admin) -> None:
    admin.page.new.press()
    form = admin.dialog(AddOfficer)
    assert isinstance(form, AddOfficer)
    assert not form.form.fields["basis"].isVisible()
    form.form.fill({"name": "Ahmad Fitri, S.H.", "login": "ahmad.fitri", "role": Role.KASI})
    form.form.fields["role"].changed.emit()
    form.yes.press()
    assert "surat keputusan" in form.form.fields["basis"].message()
    form.form.fill({"basis": "821.2/77/2026"})
    form.yes.press()
    admin.seat.wait()
    admin.dialog(OneTimePassword).close()
    assert admin.says("ahmad.fitri") == "Menunggu pengesahan"
    admin.choose("ahmad.fitri")
    assert "mengesahkannya di halaman Sahkan" in admin.page.panel._told.text()
    waiting = next(p for p in accounts.to_confirm() if p.login == "ahmad.fitri")
    assert [a.basis for a in waiting.appointments] == ["821.2/77/2026"]
    assert waiting.reset_by == "admin"
    admin.second_person("ahmad.fitri")
    assert admin.hats("ahmad.fitri") == [(Role.KASI, "TETAP")]


def test_a_heads_role_rests_after_a_reset_until_a_second_person_confirms(admin: Admin) -> None:
    admin.choose("zulfikar")
    admin.page.panel.reset.press()
    asked = admin.dialog(Confirm)
    assert "sampai Kabid atau Kadis mengesahkan" in asked.accessibleDescription()
    admin.confirm()
    admin.dialog(OneTimePassword).close()
    assert admin.hats("zulfikar") == []
    assert "diatur ulang" in admin.page.panel._told.text()
    admin.second_person("zulfikar")
    assert admin.hats("zulfikar") == [(Role.KASI, "TETAP")]


def test_leave_with_a_deputy_whom_a_second_person_confirms(admin: Admin) -> None:
    first, last = admin.today, admin.today + timedelta(days=2)
    admin.choose("zulfikar")
    admin.page.panel.leave.press()
    form = admin.dialog(LeaveDialog)
    assert isinstance(form, LeaveDialog)
    form.yes.press()
    assert form.form.fields["first"].message() == "Isi hari pertama"
    form.form.fill({"first": last, "last": first, "why": "Cuti tahunan", "KASI": "rina"})
    form.form.fields["KASI"].changed.emit()
    assert "tidak dapat ia paraf" in form._says.text()
    form.yes.press()
    assert form.form.fields["last"].message() == "Sebelum hari pertama"
    form.form.fill({"first": first, "last": last})
    form.yes.press()
    assert "surat perintah" in form.form.fields["basis"].message()
    form.form.fill({"basis": "821/114/2026"})
    form.yes.press()
    admin.seat.wait()
    words = petugas_data.days(first, last)
    assert admin.hats("zulfikar") == []
    assert admin.says("zulfikar") == f"Cuti {words}"
    assert admin.says("rina") == f"Plh. Kasi {words} menunggu pengesahan"
    assert "sedang beristirahat" in admin.page.panel._told.text()
    admin.second_person("rina")
    assert (Role.KASI, "PLH") in admin.hats("rina")
    person = admin.page.panel.person
    assert person is not None
    assert [p.row.login for p in petugas_data.deputies(person, person.absences[0], admin.page.rows.rows())] == ["rina"]
    admin.page.panel.return_asked.emit(person.absences[0])
    admin.confirm("kembali lebih awal")
    assert admin.hats("zulfikar") == [(Role.KASI, "TETAP")]


def test_who_is_on_leave_is_not_proposed_and_a_clerk_needs_no_deputy(admin: Admin) -> None:
    absences.be_absent("yuni", admin.today, admin.today, "Sakit", base.new_key())
    admin.page.refresh()
    admin.seat.wait()
    admin.choose("meri")
    admin.page.panel.leave.press()
    form = admin.dialog(LeaveDialog)
    assert isinstance(form, LeaveDialog)
    form.form.fill({"first": admin.today, "last": admin.today, "why": "Dinas luar"})
    form.form.fields["last"].changed.emit()
    offered = [form.form.fields["KABID"].input.itemData(n) for n in range(form.form.fields["KABID"].input.count())]
    assert offered == ["", "nurlaila", "zulfikar", "dedi", "rina"]
    assert "menunggu sampai ia kembali" in form._says.text()
    form.reject()
    admin.choose("yuni")
    panel = admin.page.panel
    panel.form.role.set_value(Role.KASI)
    panel.form.kind.set_current(1)
    panel.form.first.set_value(admin.today)
    panel.form.last.set_value(admin.today)
    panel.form.kind.changed.emit(1)
    assert panel.form.says() == "Ia sendiri cuti pada tanggal itu."
    admin.choose("dedi")
    panel.leave.press()
    clerk = admin.dialog(LeaveDialog)
    assert isinstance(clerk, LeaveDialog)
    clerk.form.fill({"first": admin.today, "last": admin.today - timedelta(days=1), "why": "Sakit"})
    clerk.yes.press()
    assert clerk.form.fields["last"].message() == "Sudah lewat"
    clerk.form.fill({"last": admin.today + timedelta(days=1)})
    clerk.yes.press()
    admin.seat.wait()
    assert admin.hats("dedi") == []


def test_how_many_sessions_ended_is_told(admin: Admin, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(accounts, "set_active", lambda *_a, **_k: 2)
    admin.choose("dedi")
    admin.page.panel.off.press()
    admin.confirm("pindah tugas")
    assert admin.seat.said[-1][0] == "Akun dedi dinonaktifkan; 2 jendela yang terbuka diakhiri"


def test_the_page_follows_what_others_do(admin: Admin) -> None:
    accounts.reset_password("zulfikar", "sandi-sementara-1", base.new_key())
    admin.page.live()
    admin.seat.until(lambda: admin.says("zulfikar") == "Menunggu pengesahan")


def test_what_the_administrator_gives_himself_waits_too(admin: Admin) -> None:
    admin.choose("admin")
    form = admin.page.panel.form
    form.role.set_value(Role.FO)
    form.role.changed.emit()
    assert form.says() == "Berlaku sesudah disahkan Kabid atau Kadis."
    admin.page.panel.save.press()
    admin.seat.wait()
    assert admin.seat.said[-1][0] == "Administrator diberi peran Front Office; menunggu pengesahan"
    assert admin.hats("admin") == [(Role.ADMIN, "TETAP")]
