"""The second person's page: what exactly waits, who may confirm it, and the number on the rail."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.models import base
from app.services import accounts
from app.sop.model import Role
from app.ui.desk import Desk
from app.ui.pages.pengesahan import PengesahanPage
from app.ui.parts.text import Txt
from app.ui.registry import specs
from app.ui.shell import Shell
from tests.support.office import sit_down
from tests.support.pages import CTRL, Seat, seated

Make = Callable[[str | Role], Desk]
FIRST, LAST = date(2026, 5, 18), date(2026, 5, 20)


@pytest.fixture
def waiting(office_db: object) -> None:
    """A Plh. Kasi and the Kadis's new password wait."""
    sit_down(Role.ADMIN)
    accounts.assign("dedi", Role.KASI, base.new_key(), kind="PLH", basis="821/114/2026", first=FIRST, last=LAST)
    accounts.reset_password("nurlaila", "sandi-sementara-1", base.new_key())


def sit(qtbot: QtBot, desk: Desk) -> tuple[Seat, PengesahanPage]:
    return seated(qtbot, desk, PengesahanPage)


def words(page: PengesahanPage) -> list[str]:
    return [t.text() for t in page.panel.findChildren(Txt) if t.isVisible()]


def test_what_waits_is_told_word_by_word(waiting: None, qtbot: QtBot, desk: Make) -> None:
    counted: list[int] = []
    seat, page = sit(qtbot, desk(Role.KABID))
    page.count.connect(counted.append)
    page.refresh()
    seat.wait()
    assert [w.pending.login for w in page.rows.rows()] == ["dedi", "nurlaila"]
    assert counted == [2]
    assert {"Plh. Kepala Seksi", "18–20 Mei", "821/114/2026", "Administrator"} <= set(words(page))
    page.rows.select("nurlaila")
    seat.until(lambda: "Sandi baru" in words(page))
    assert "Tanyakan langsung kepada Dr. Nurlaila Hasibuan, M.Si" in page.panel.warns.text()


def test_a_press_confirms_what_is_shown_and_it_works_at_once(waiting: None, qtbot: QtBot, desk: Make) -> None:
    seat, page = sit(qtbot, desk(Role.KABID))
    page.rows.select("nurlaila")
    assert accounts.hats("nurlaila") == ()
    seat.press(Qt.Key.Key_Return, CTRL)
    assert [h.role for h in accounts.hats("nurlaila")] == [Role.KADIS]
    assert seat.said[-1] == ("Dr. Nurlaila Hasibuan, M.Si disahkan dan dapat bekerja", "ok")
    assert [w.pending.login for w in page.rows.rows()] == ["dedi"]
    seat.press(Qt.Key.Key_Return, CTRL)
    assert page.rows.rows() == []
    assert not page.panel.yes.isVisible(), "an empty page has nothing to press"


def test_ones_own_is_seen_and_locked(waiting: None, qtbot: QtBot, desk: Make) -> None:
    counted: list[int] = []
    accounts.reset_password("meri", "sandi-sementara-2", base.new_key())
    base.session.actor = "nurlaila"
    mine = desk(Role.KABID) if accounts.hats("meri") else None
    assert mine is None, "her own role rests too"
    sit_down(Role.ADMIN)
    accounts.assign("meri", Role.KASI, base.new_key(), basis="821.2/80/2026")
    base.session.actor = "pemasangan"
    seat, page = sit(qtbot, desk(Role.ADMIN))
    page.count.connect(counted.append)
    page.refresh()
    seat.wait()
    page.rows.select("dedi")
    assert page.panel.lock.accessibleName() == "Terkunci: Anda sendiri yang membuatnya; pejabat lain yang mengesahkan."
    assert not page.panel.yes.isEnabled()
    page.panel.yes.press()
    seat.wait()
    assert accounts.to_confirm()[0].login == "dedi"
    assert counted == [0], "what others must confirm is no work of mine"


def test_what_was_ended_meanwhile_is_told_and_read_again(waiting: None, qtbot: QtBot, desk: Make) -> None:
    seat, page = sit(qtbot, desk(Role.KABID))
    page.rows.select("dedi")
    sit_down(Role.ADMIN)
    accounts.end_assignments("dedi", Role.KASI, "batal", base.new_key())
    sit_down(Role.KABID)
    page.live()
    seat.until(lambda: [w.pending.login for w in page.rows.rows()] == ["nurlaila"])


def test_the_rail_tells_the_number_before_the_page_is_opened(waiting: None, qtbot: QtBot, desk: Make) -> None:
    kabid = desk(Role.KABID)
    shell = Shell(kabid, specs())
    qtbot.addWidget(shell)
    qtbot.waitUntil(lambda: shell.rail.count("pengesahan") == 2, timeout=20_000)
    qtbot.waitUntil(kabid.tasks.idle, timeout=20_000)
