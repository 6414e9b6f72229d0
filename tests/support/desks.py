"""A desk in a test: the same thing a page is given in the program, with running threads."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.jobs.workshop import Workshop
from app.models import base
from app.services import accounts, papers
from app.sop.model import Role
from app.sop.pelita3 import PELITA3
from app.ui.desk import Desk
from app.ui.tasks import Tasks
from tests.support.office import sit_down


@pytest.fixture
def tasks(office_db: Path, qapp: object) -> Iterator[Tasks]:
    """The program's own threads, each with its own connection to the test's office."""
    assert office_db.exists()
    assert qapp is not None
    running = Tasks(
        on_start=lambda: base.db.connect(reuse_if_open=True) and None, on_stop=lambda: base.db.close() and None
    )
    yield running
    running.close()


@pytest.fixture
def desk(tasks: Tasks, shop: Workshop, tmp_path: Path) -> Callable[[str | Role], Desk]:
    """desk(Role.KASI): that officer's desk."""

    def make(login_or_role: str | Role) -> Desk:
        who = sit_down(login_or_role)
        return Desk(PELITA3, who, tasks, shop, accounts.load_office(), tmp_path, papers.server_now)

    return make
