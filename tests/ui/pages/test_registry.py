"""Every page a role has exists, and can be made for an officer of that role."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from app.sop.model import Role
from app.ui.desk import Desk, Page
from app.ui.registry import BEYOND, RAIL, specs
from app.ui.shell import FOR_ALL, PAGES


@pytest.mark.parametrize("role", sorted(PAGES))
def test_every_page_of_a_role_can_be_made(desk: Callable[[str | Role], Desk], qtbot: QtBot, role: str) -> None:
    # No auditor works in the invented office: his pages are made at another's desk.
    auditor = role == Role.AUDITOR
    mine = desk(Role.ADMIN if auditor else Role[role])
    known, mine = specs(), replace(mine, who=replace(mine.who, role=Role[role]))
    for key in (*PAGES[role], *FOR_ALL):
        page = known[key].factory(mine)
        qtbot.addWidget(page)
        assert isinstance(page, Page)
        assert page.title, key


def test_no_page_is_named_that_nobody_can_reach() -> None:
    reached = {key for keys in PAGES.values() for key in keys} | set(FOR_ALL)
    assert reached == set(RAIL) | set(BEYOND)
