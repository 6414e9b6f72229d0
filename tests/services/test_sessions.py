"""Deactivating an officer on a server: open windows end at once, and their number is told."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import psycopg
import pytest

from app.errors import Refused, Unavailable
from app.models import base, server
from app.services import accounts
from app.services.keys import new_key
from app.sop.model import Role
from tests.support.office import PASSWORD, sit_down

pytestmark = pytest.mark.postgres_only


@pytest.fixture
def windows(office_db: Path) -> Iterator[list[psycopg.Connection[tuple[object, ...]]]]:
    """Dedi sits at two computers, logged in with his password."""
    office = server.current()
    asked: dict[str, Any] = {
        **server.parameters(office.server),
        "dbname": office.database,
        "user": "p_dedi",
        "password": PASSWORD,
    }
    with ExitStack() as open_:
        yield [open_.enter_context(closing(psycopg.connect(**asked, autocommit=True))) for _ in range(2)]


def test_open_windows_end_and_are_counted(windows: list[psycopg.Connection[tuple[object, ...]]]) -> None:
    for window in windows:
        assert window.execute("select count(*) from pelita3.my_role").fetchone() == (1,)
    sit_down(Role.ADMIN)
    key = new_key()
    assert accounts.set_active("dedi", active=False, why="Pindah tugas", key=key) == 2
    for window in windows:
        with pytest.raises(psycopg.OperationalError):
            window.execute("select 1")
    assert accounts.set_active("dedi", active=False, why="Pindah tugas", key=key) == 0, "the same press once more"
    with pytest.raises((Refused, Unavailable)):
        server.sit("dedi", PASSWORD)
    sit_down(Role.ADMIN)
    assert accounts.set_active("dedi", active=True, why="Kembali", key=new_key()) == 0
    assert base.on_server()
