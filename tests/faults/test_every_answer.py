"""Each press, with each of its answers lost in turn: it is done all the same, once, and nobody is troubled."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest

from app.services import accounts, act, entry, intake
from app.services.accounts import NewOfficer, Who
from app.services.berkas import head
from app.services.case import Case, Route
from app.services.keys import new_key
from app.services.papers import NewPaper
from app.sop.model import Role
from app.sop.pelita3 import PELITA3
from tests.faults.conftest import Hall
from tests.support import line
from tests.support.crowd import Crowd, pcs
from tests.support.office import sit_down
from tests.support.proxy import Proxy
from tests.support.walk import SCAN

pytestmark = [pytest.mark.postgres_only, pytest.mark.slow, pytest.mark.timeout(120)]
ONCE = "sandi-sekali-pakai"


@dataclass(frozen=True)
class Press:
    """What one button does in the database thread; `on` makes what it is done to, anew each time, past the network."""

    login: str
    do: Callable[[Who, Any], object]
    on: Callable[[Hall], Any] = lambda hall: hall.registered()[0].id


def _attach(who: Who, file_id: int) -> None:
    file = head(PELITA3, file_id)
    paper = NewPaper("scan", "", "kk.pdf", SCAN + f"% {file_id}\n".encode(), 1)
    intake.attach(who, file, "kk", paper, new_key())
    intake.tick(who, file, "kk", "OK", new_key())


def _officer(_who: Who, login: str) -> None:
    accounts.add_officer(NewOfficer(login, "Petugas Baru", (Role.FO, Role.KASI), ONCE), new_key())


def _another(hall: Hall) -> str:
    """A name for an account that nobody has yet."""
    return f"baru{hall.count_all('officer')}"


def _made(hall: Hall) -> str:
    """An officer whom the administrator has just made."""
    login = _another(hall)
    hall.acting(lambda: _officer(sit_down(Role.ADMIN), login))
    return login


def _confirm(_who: Who, login: str) -> None:
    for pending in accounts.to_confirm():
        if pending.login == login:
            accounts.confirm(pending, new_key())


PRESSES = {
    "register": Press(
        "rina", lambda who, t: intake.register_ticket(PELITA3, line.seat(who, t), t, new_key()), Hall.called
    ),
    "package": Press(
        "rina",
        lambda who, ref: intake.receive_package(
            PELITA3, who, ref, {"route": "PN", "ref": ref}, datetime.now(UTC),
            [NewPaper("scan", "kk", "kk.pdf", SCAN + ref.encode(), 1)], new_key(),
        ),
        lambda hall: f"ONL-{new_key()[:8]}",
    ),
    "attach": Press("rina", _attach),
    "entry": Press("rina", lambda who, f: entry.save(who, head(PELITA3, f), Case(route=Route.PN), 0, new_key())),
    "cancel": Press("rina", lambda who, f: act.act(who, f, "batalkan", head(PELITA3, f).n, new_key(), "uji jawaban")),
    "officer": Press("admin", _officer, _another),
    "end": Press("admin", lambda _who, login: accounts.end_assignments(login, Role.FO, "mutasi", new_key()), _made),
    "reset": Press("admin", lambda _who, login: accounts.reset_password(login, "sandi-baru-sekali", new_key()), _made),
    "deactivate": Press(
        "admin", lambda _who, login: accounts.set_active(login, active=False, why="mutasi", key=new_key()), _made
    ),
    "confirm": Press("meri", _confirm, _made),
}  # fmt: skip


@pytest.mark.parametrize("name", PRESSES)
def test_whichever_answer_is_lost_it_is_done_once(hall: Hall, proxy: Proxy, wire: Crowd, name: str) -> None:
    press, left = PRESSES[name], list[dict[str, int]]()
    with pcs(press.login) as (pc,):
        who = pc.who
        for number in range(1, 60):
            on, before = press.on(hall), _rows(hall)
            proxy.lose_reply(number)
            pc.ask(functools.partial(press.do, who, on)).result(30)
            left.append({table: count - before[table] for table, count in _rows(hall).items() if count > before[table]})
            if proxy.unlucky:
                break
        assert pc.troubles == []
    assert len(left) > 1
    clean = left.pop()
    assert clean
    assert left == [clean] * len(left)


def _rows(hall: Hall) -> dict[str, int]:
    """How many rows each table of commands has."""
    with hall.superuser() as su:
        tables = su.execute(
            "select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'key' "
            "where c.relnamespace = 'pelita3'::regnamespace and c.relkind = 'r'"
        ).fetchall()
        asked = " union all ".join(f"select '{t}', count(*) from {t}" for (t,) in tables)  # noqa: S608  our own names
        return dict(su.execute(asked.encode()).fetchall())
