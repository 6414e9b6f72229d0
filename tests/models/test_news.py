"""Something changed: heard from the server as it happens, or seen in the embedded database's version."""

from __future__ import annotations

import select
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from app.errors import Unavailable
from app.models import base, server
from app.models.tables_officers import LoginAttempt
from app.services import changes
from tests.support import postgres
from tests.support.office import PASSWORD


@pytest.fixture
def zulfikar(office_db: Path) -> Iterator[None]:
    """Really logged in: a listening line is a connection in an officer's name."""
    server.sit("zulfikar", PASSWORD)
    yield
    server.stand()


def told(ear: changes.Ear) -> bool:
    """Whether the socket woke up within a second, and what it said."""
    return bool(select.select([ear.fileno()], [], [], 1)[0]) and ear.heard()


def hear_to_the_end(ear: changes.Ear) -> None:
    while True:
        told(ear)


@pytest.mark.sqlite_only
def test_an_embedded_database_shows_by_its_version_that_another_connection_wrote(office_db: Path) -> None:
    before = changes.version()
    assert changes.version() == before
    LoginAttempt.insert(login="rina", ok=0, pc="PC").execute()
    assert changes.version() == before, "one's own writing is no news"
    other = base.db.obj.__class__(str(office_db))
    with closing(other):
        other.execute_sql("create table lain(x integer)")
    assert changes.version() != before
    assert changes.listen() is None
    changes.tell()


@pytest.mark.postgres_only
def test_a_server_tells_every_line_but_carries_no_data(zulfikar: None, office_db: Path) -> None:
    ear = changes.listen()
    assert ear is not None
    with closing(ear):
        assert not ear.heard()
        changes.tell()
        assert told(ear)
        assert not ear.heard()
    assert changes.version() == changes.version()


@pytest.mark.postgres_only
def test_a_broken_line_is_noticed(zulfikar: None, cluster: Any) -> None:
    ear = changes.listen()
    assert ear is not None
    with closing(ear):
        with postgres.superuser(cluster) as su:
            su.execute("select pg_terminate_backend(pid) from pg_stat_activity where query ilike 'listen%'")
        with pytest.raises(Unavailable) as broken:
            hear_to_the_end(ear)
        assert broken.value.code == "lost"


@pytest.mark.postgres_only
def test_nobody_listens_before_somebody_sits(office_db: Path) -> None:
    office = base.db.obj
    server.use_server(office.server, lambda _database: None)
    with pytest.raises(Unavailable):
        changes.listen()
    base.db.initialize(office)
