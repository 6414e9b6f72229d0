"""The administrator's windows on the office's real PostgreSQL: logged in by password, without superuser's rights."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import psycopg
import pytest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from app.models import base, server
from app.server.cluster import Cluster
from app.services import calendar_days
from app.sop.calendar import WIB
from app.sop.model import Role
from app.ui.dialogs.add_officer import AddOfficer
from app.ui.dialogs.catalogue_entry import AddOption
from app.ui.dialogs.closed_days import ClosedDays
from app.ui.dialogs.leave import LeaveDialog
from app.ui.dialogs.one_time_password import OneTimePassword
from app.ui.pages.jejak import JejakPage
from app.ui.pages.kantor import CALENDAR, LISTS, KantorPage
from app.ui.pages.pengesahan import PengesahanPage
from app.ui.pages.petugas import PetugasPage
from app.ui.parts.confirm import Confirm
from tests.support import postgres
from tests.support.office import PASSWORD
from tests.ui.pc import Pc

pytestmark = pytest.mark.postgres_only


@dataclass
class Place:
    """One office on the server and a PC that is connected to it."""

    pc: Pc
    cluster: Cluster
    name: str

    def asked(self, login: str) -> dict[str, Any]:
        """How another window of an officer connects."""
        there = server.Server(self.cluster.host, self.cluster.port, self.name, self.cluster.ca, self.cluster.hostaddr)
        return {**server.parameters(there), "dbname": self.name, "user": f"p_{login}", "password": PASSWORD}

    def roles(self, login: str) -> list[str]:
        with postgres.superuser(self.cluster, self.name) as su:
            rows = su.execute("select role from pelita3.role_in_force where login = %s order by role", (login,))
            return [str(row[0]) for row in rows.fetchall()]

    def dialog(self, kind: type[QDialog]) -> QDialog:
        found = [d for d in self.pc.shell.findChildren(kind) if d.isVisible()]
        assert len(found) == 1, found
        return found[0]

    def open_dialogs(self) -> list[QDialog]:
        return [d for d in self.pc.shell.findChildren(QDialog) if d.isVisible()]

    def confirm(self, why: str) -> None:
        asked = self.dialog(Confirm)
        assert isinstance(asked, Confirm)
        if asked.reason is not None:
            asked.reason.set_value(why)
        asked.yes.press()
        self.pc.wait()


@pytest.fixture
def place(office_db: Path, cluster: Cluster, qtbot: QtBot, tmp_path: Path) -> Iterator[Place]:
    folder = tmp_path / "pc"
    folder.mkdir()
    office = server.current()
    name = office.database
    base.db.close()
    address = f"postgresql://{cluster.host}:{cluster.port}/{name}?ca={cluster.ca}&hostaddr={cluster.hostaddr}"
    pc = Pc(qtbot, folder, address)
    pc.start()
    yield Place(pc, cluster, name)
    pc.end()


def petugas(place: Place) -> PetugasPage:
    place.pc.enter("admin")
    page = place.pc.shell.page("petugas")
    assert isinstance(page, PetugasPage)
    place.pc.wait()
    return page


def test_officers_are_made_sent_on_leave_and_taken_out_of_use(place: Place) -> None:
    page = petugas(place)
    assert len(page.rows.rows()) == 8
    page.new.press()
    form = place.dialog(AddOfficer)
    assert isinstance(form, AddOfficer)
    form.form.fill({"name": "Ahmad Fitri, S.H.", "login": "ahmad.fitri", "role": Role.KASI, "basis": "821.2/77"})
    form.yes.press()
    place.pc.wait()
    place.dialog(OneTimePassword).close()
    assert place.roles("ahmad.fitri") == [], "a second person is missing"
    page.rows.select("dedi")
    said: list[str] = []
    page.said.connect(lambda text, _undo, _tone: said.append(text))
    with ExitStack() as windows:
        for _ in range(2):
            windows.enter_context(closing(psycopg.connect(**place.asked("dedi"))))
        page.panel.off.press()
        place.confirm("Pindah tugas")
    assert said[-1] == "Akun dedi dinonaktifkan; 2 jendela yang terbuka diakhiri"
    assert place.roles("dedi") == []
    today = place.pc.shell.desk.clock().astimezone(WIB).date()
    page.rows.select("zulfikar")
    page.panel.leave.press()
    leave = place.dialog(LeaveDialog)
    assert isinstance(leave, LeaveDialog)
    leave.form.fill({"first": today, "last": today, "why": "Cuti tahunan", "KASI": "rina", "basis": "821/114"})
    leave.yes.press()
    place.pc.wait()
    assert not place.open_dialogs()
    assert place.roles("zulfikar") == []
    assert place.roles("rina") == ["FO"]


def test_a_kabid_confirms_with_her_own_eyes(place: Place) -> None:
    page = petugas(place)
    page.rows.select("nurlaila")
    page.panel.reset.press()
    place.confirm("")
    place.dialog(OneTimePassword).close()
    assert place.roles("nurlaila") == []
    place.pc.program.log_out()
    place.pc.wait()
    place.pc.enter("meri")
    shell = place.pc.shell
    place.pc.bot.waitUntil(lambda: shell.rail.count("pengesahan") == 1, timeout=20_000)
    shell.navigate("pengesahan")
    place.pc.wait()
    sees = shell.page("pengesahan")
    assert isinstance(sees, PengesahanPage)
    assert [w.pending.login for w in sees.rows.rows()] == ["nurlaila"]
    sees.panel.yes.press()
    place.pc.wait()
    assert sees.rows.rows() == []
    assert place.roles("nurlaila") == ["KADIS"]


def test_calendar_lists_and_reading_log_without_superusers_rights(place: Place, tmp_path: Path) -> None:
    petugas(place)
    shell = place.pc.shell
    shell.navigate("kantor")
    kantor = shell.page("kantor")
    assert isinstance(kantor, KantorPage)
    kantor.open_tab(CALENDAR)
    place.pc.wait()
    kantor.calendar.new.press()
    form = place.dialog(ClosedDays)
    assert isinstance(form, ClosedDays)
    form.form.fill({"first": date(2027, 6, 23), "label": "Hari jadi kota"})
    form.yes.press()
    place.pc.wait()
    assert not place.open_dialogs()
    assert calendar_days.calendar().days[date(2027, 6, 23)].closed
    kantor.open_tab(LISTS)
    place.pc.wait()
    kantor.lists.open_kind(1)
    kantor.lists.new.press()
    option = place.dialog(AddOption)
    assert isinstance(option, AddOption)
    option.form.fill({"value": "ATLIT"})
    option.yes.press()
    place.pc.wait()
    assert "ATLIT" in [c.option.value for c in kantor.lists.choices.rows()]
    with closing(psycopg.connect(**place.asked("rina"), autocommit=True)) as rina:
        rina.execute("select * from pelita3.search_files('nama', 'siahaan')")
    shell.navigate("jejak")
    place.pc.wait()
    log = shell.page("jejak")
    assert isinstance(log, JejakPage)
    assert [(e.login, e.why) for e in log.rows.rows()] == [("rina", "nama")]
    log.export(str(tmp_path / "log.csv"))
    place.pc.wait()
    place.pc.bot.waitUntil(lambda: "1 baris" in log._taken.text(), timeout=20_000)
