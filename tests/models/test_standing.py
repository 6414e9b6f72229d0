"""What officers may do is reckoned when it changes: also when two administrators change the same officer at once."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import psycopg
import pytest

from app.models import base
from app.models.guards.runner_server import Connection
from app.server import truth
from app.server.cluster import Cluster
from tests.support import postgres

pytestmark = pytest.mark.postgres_only

WHO = "rina"
ROLE = "insert into assignment(login, role, confirmed_by, key) values ('rina', '{0}', 'pemasangan', :key)"
END = (
    "insert into assignment_end(assignment_id, key) "
    "select id, :key from assignment where login = 'rina' and role = '{0}' order by id limit 1"
)
LEAVE = "insert into absence(login, first_day, last_day, why, key) values ('rina', today(), today(), 'Cuti', :key)"
BACK = "insert into absence_end(absence_id, why, key) select max(id), 'Kembali', :key from absence where login = 'rina'"
AWAY = "insert into officer_state(login, active, why, key) values ('rina', 0, 'Pindah', :key)"


@pytest.fixture
def administrators(office_db: Path, cluster: Cluster) -> Iterator[list[Connection]]:
    """Three connections of whoever may change accounts; the last one looks."""
    with ExitStack() as stack:
        found = [stack.enter_context(postgres.superuser(cluster, str(base.db.obj.database))) for _ in range(3)]
        for connection in found:
            connection.execute("set search_path = pelita3")
        yield found


def do(connection: Connection, sql: str) -> int:
    return connection.execute(sql.replace(":key", f"'{uuid.uuid4()}'").encode()).rowcount


def roles(look: Connection) -> list[str]:
    """The roles that stand today; they are what appointments and passwords say."""
    assert list(truth.standing(look)) == []
    asked = (
        "select role from standing where login = %s and today() between from_day and until_day "
        "and not away @> today()::date"
    )
    return sorted(str(role) for (role,) in look.execute(asked, (WHO,)))


@pytest.mark.parametrize(
    ("first", "second", "stands"),
    [
        (ROLE.format("EDITOR"), ROLE.format("AUDITOR"), ["AUDITOR", "EDITOR", "FO"]),
        (END.format("FO"), ROLE.format("EDITOR"), ["EDITOR"]),
        (ROLE.format("EDITOR"), END.format("FO"), ["EDITOR"]),
        (ROLE.format("EDITOR"), LEAVE, []),
        (AWAY, ROLE.format("EDITOR"), []),
    ],
    ids=["two roles", "an end and a role", "a role and an end", "a role and a leave", "gone and a role"],
)
@pytest.mark.parametrize("kept", [True, False], ids=["kept", "taken back"])
def test_who_comes_second_reckons_with_what_the_first_has_written(
    administrators: list[Connection], first: str, second: str, stands: list[str], kept: bool
) -> None:
    one, other, look = administrators
    assert roles(look) == ["FO"]
    one.execute("begin")
    do(one, first)
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(do, other, second)
        waits = "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()"
        while not waiting.done() and look.execute(waits).fetchone() == (0,):
            pass
        assert not waiting.done(), "one writer per officer"
        assert roles(look) == ["FO"], "what is not yet kept gives no role"
        one.execute("commit" if kept else "rollback")
        assert waiting.result(10) == 1
    if kept:
        assert roles(look) == stands
    else:
        roles(look)


def test_a_leave_counts_on_its_days_and_ends_when_it_is_ended(administrators: list[Connection]) -> None:
    one, _, look = administrators
    do(one, LEAVE)
    assert roles(look) == []
    do(one, BACK)
    assert roles(look) == ["FO"]


def test_a_picture_taken_before_reckons_nothing(administrators: list[Connection]) -> None:
    one, _, look = administrators
    one.execute("begin transaction isolation level repeatable read")
    with pytest.raises(psycopg.Error, match="P3400 isolation"):
        do(one, ROLE.format("EDITOR"))
    one.execute("rollback")
    assert roles(look) == ["FO"]


def test_one_s_own_password_gives_no_role_before_it_is_kept(administrators: list[Connection]) -> None:
    """A new password that is still in its transaction could be taken back: it opens nothing until then."""
    one, _, look = administrators
    one.execute("begin")
    do(one, "insert into password(login, must_change, key) values ('rina', 0, :key)")
    held = one.execute(
        "select count(*) from standing where login = %s and password_in = pg_current_xact_id()", (WHO,)
    ).fetchone()
    one.execute("commit")
    assert held == (1,)
    assert roles(look) == ["FO"]
