"""How long an officer waits for what he reads: his work list, a search, a card. Each through his own log-in.

A figure is the whole service, as the window asks for it; beside it the part that is spent in questions to the server.
"""

from __future__ import annotations

import itertools
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from server_names import LAST, MEN, RARE, nik
from server_place import Place

from app.models import base
from app.services import journey, worklist
from app.services.accounts import Who
from app.services.clocks import utc_now
from app.services.office import Office
from app.sop.model import Role
from app.sop.pelita3 import PELITA3

TIMES = 120
WARM = 12
"""The driver prepares a statement at its sixth use, and the server keeps one plan for all from its sixth on."""


@dataclass
class Taken:
    """Milliseconds, one for each time."""

    name: str
    rows: int = 0
    questions: int = 0
    whole: list[float] = field(default_factory=list)
    asked: list[float] = field(default_factory=list)


def percentile(times: list[float], share: float) -> float:
    """The time that this share of all stay below."""
    return sorted(times)[min(len(times) - 1, int(len(times) * share))]


@contextmanager
def listened(taken: list[float]) -> Iterator[None]:
    """While inside, the seconds of every question are written down."""
    database: Any = base.db.obj
    ask = database.execute_sql

    def asked(sql: str, values: Any = None, **how: Any) -> Any:
        begin = time.perf_counter()
        try:
            return ask(sql, values, **how)
        finally:
            taken.append(time.perf_counter() - begin)

    database.execute_sql = asked
    try:
        yield
    finally:
        database.execute_sql = ask


def take(name: str, question: Callable[[], Any], times: int = TIMES) -> Taken:
    """Ask so often, after some that do not count."""
    found, seconds = Taken(name), list[float]()
    with listened(seconds):
        for i in range(WARM + times):
            seconds.clear()
            begin = time.perf_counter()
            answer = question()
            whole = time.perf_counter() - begin
            if i >= WARM:
                found.whole.append(whole * 1e3)
                found.asked.append(sum(seconds) * 1e3)
                found.questions = max(found.questions, len(seconds))
                found.rows = max(found.rows, len(answer) if isinstance(answer, list) else 1)
    return found


def measure(place: Place, total: int) -> list[Taken]:
    """All figures of reading."""
    out = [
        take(f"work list, {role.value}", partial(_list, place.seat(role))) for role in (Role.KASI, Role.KABID, Role.FO)
    ]
    fo = place.seat(Role.FO, 1)
    out.append(take("delivered", lambda: worklist.delivered(PELITA3, fo, Office(), utc_now())))
    out.append(take("files by stage", lambda: list(worklist.elsewhere(PELITA3, fo))))
    out += _searches(place, total)
    kabid = place.seat(Role.KABID, 9)
    ids = itertools.cycle([i.id for i in _list(kabid)])
    out.append(take("one card, whole page", lambda: journey.journey(PELITA3, Office(), next(ids), utc_now())))
    return out


def _list(who: Who) -> list[worklist.WorkItem]:
    return worklist.waiting(PELITA3, who, Office(), utc_now())


def _look_up(who: Who, text: Callable[[], str]) -> list[worklist.WorkItem]:
    return worklist.look_up(PELITA3, who, Office(), utc_now(), text())


def _searches(place: Place, total: int) -> list[Taken]:
    dice = random.Random(7)  # noqa: S311  which files are looked for
    kinds: dict[str, Callable[[], str]] = {
        "exact search, NIK": lambda: nik(dice.randrange(1, total), dice.randrange(2)),
        "exact search, number": lambda: numbers[dice.randrange(len(numbers))],
        "name search, a family name": lambda: dice.choice(LAST),
        "name search, two names": lambda: f"{dice.choice(MEN)} {dice.choice(LAST)}",
        "name search, a rare name": lambda: dice.choice(RARE),
        "name search, nobody": lambda: f"ZZ{dice.choice(LAST)}Q",
    }
    with place.superuser() as su:
        rows = su.execute("select number from berkas where id %% %s = 1", (max(1, total // 500),)).fetchall()
    numbers = [str(r[0]) for r in rows]
    out = []
    for i, (name, text) in enumerate(kinds.items()):
        who = place.seat(Role.KASI, 10 + i)  # each his own: what one has found in the last hour is looked through
        out.append(take(name, partial(_look_up, who, text), 60))
    return out
