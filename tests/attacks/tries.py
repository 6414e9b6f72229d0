"""What an attempt is: who tries what, and the refusal he must meet; and the honest command that must go through."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import psycopg
import pytest

from tests.attacks.fort import Fort, rows

Rows = list[tuple[Any, ...]]
NOTHING: Rows = []
PERSONAL = re.compile(r"SITORUS|HUTAPEA|147107140384\d{4}|pemohon@contoh\.id|081200000000", re.IGNORECASE)
"""What stands in the invented files and may stand in no message to somebody who was refused."""


@dataclass(frozen=True)
class Try:
    """An attempt of `who` (a login), in psql: the last statement is the attack, those before it only prepare it.

    It `meets` an SQLSTATE with words of the message (for the guards' own codes: the whole message), or rows: NOTHING
    where he asks and is shown nothing.
    """

    who: str
    wants: str
    sql: str | tuple[str, ...]
    meets: str | Rows

    def __str__(self) -> str:
        return f"{self.who}: {self.wants}"

    def met_by(self, fort: Fort) -> None:
        """Try it, and look that it was refused for the reason claimed and that nothing moved."""
        before = everything(fort)
        connection = fort.seat(self.who)
        *prepared, attack = (self.sql,) if isinstance(self.sql, str) else self.sql
        for statement in prepared:
            connection.execute(fort.filled(statement))
        if isinstance(self.meets, str):
            with pytest.raises(psycopg.Error) as refused:
                rows(connection.execute(fort.filled(attack)))
            judge(refused.value, self.meets)
        else:
            assert rows(connection.execute(fort.filled(attack))) == self.meets
        if not connection.closed:
            connection.rollback()
        assert everything(fort) == before, "nothing may have moved"


def judge(error: psycopg.Error, meets: str) -> None:
    """The refusal is the one that is claimed, and tells nothing of anybody."""
    code, _, words = meets.partition(" ")
    said = error.diag.message_primary or str(error)
    assert error.sqlstate == code, f"{error.sqlstate} {said}"
    assert (said == meets) if code.startswith("P3") else (words in said), said
    assert not PERSONAL.search(str(error)), "a refusal tells nothing of anybody"


@dataclass(frozen=True)
class Honest:
    """The right officer's command, in the same words: without it a refusal proves nothing. It is rolled back."""

    who: str
    does: str
    sql: str | tuple[str, ...]
    answers: Rows | None = None

    def __str__(self) -> str:
        return f"{self.who}: {self.does}"

    def done_at(self, fort: Fort) -> None:
        """It goes through, and adds the one row that it says or answers as expected."""
        connection = fort.seat(self.who)
        statements = (self.sql,) if isinstance(self.sql, str) else self.sql
        with connection.transaction(force_rollback=True):
            *prepared, command = statements
            for statement in prepared:
                connection.execute(fort.filled(statement))
            cursor = connection.execute(fort.filled(command))
            if self.answers is None:
                assert cursor.rowcount == 1
            else:
                assert rows(cursor) == self.answers


def everything(fort: Fort) -> tuple[Any, ...]:
    """What no attempt may change: every card's head and place, every account, role and sealed thing."""
    found = fort.su.execute(
        """select (select md5(string_agg(concat_ws('|', id, n, head, stage, holder, husband_name, wife_name), ',' order by id)) from berkas),
          (select count(*) from paraf), (select count(*) from officer), (select count(*) from officer_state), (select count(*) from password),
          (select count(*) from assignment), (select count(*) from assignment_end), (select count(*) from duty_confirm),
          (select count(*) from office), (select count(*) from sop_step), (select count(*) from sop_who), (select count(*) from outbox_waiting),
          (select md5(string_agg(s::text, ',' order by login, assignment_id)) from standing s),
          (select md5(string_agg(rolname || coalesce(rolpassword, '') || rolcanlogin || rolcreaterole || rolsuper, ',' order by rolname)) from pg_authid)"""
    ).fetchone()
    assert found is not None
    return found
