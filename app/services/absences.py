"""Leave and other absence: from which day to which an officer's roles rest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.errors import Refused
from app.models.base import add, moment, told
from app.models.tables_admin import Absence as AbsenceRow
from app.models.tables_admin import AbsenceEnd, Away


@dataclass(frozen=True)
class Absence:
    """One absence. `ended` says why it ended early, empty while it holds."""

    id: int
    login: str
    first: date
    last: date
    why: str
    by: str
    at: datetime
    ended: str = ""

    def over(self, today: date) -> bool:
        """Whether it is past, or was called off."""
        return bool(self.ended) or self.last < today

    def now(self, today: date) -> bool:
        """Whether the officer is absent on that day."""
        return not self.ended and self.first <= today <= self.last


def absences() -> list[Absence]:
    """Every absence there ever was, in the order they were entered."""
    with told():
        ended = {e.absence_id: e.why for e in AbsenceEnd.select()}
        return [
            Absence(
                r.id, r.login, date.fromisoformat(r.first_day), date.fromisoformat(r.last_day), r.why, r.made_by,
                moment(r.made_us), ended.get(r.id, ""),
            )
            for r in AbsenceRow.select().order_by(AbsenceRow.id)
        ]  # fmt: skip


def is_away(login: str) -> bool:
    """Whether an officer's roles rest today."""
    with told():
        return bool(Away.select().where(Away.login == login).exists())


def be_absent(login: str, first: date, last: date, why: str, key: str) -> None:
    """Let an officer's roles rest on these days. Refused for days gone by, and for the last administrator."""
    if last < first:
        raise Refused("Hari terakhir tidak boleh sebelum hari pertama.", field="last")
    add(AbsenceRow, key, login=login, first_day=first.isoformat(), last_day=last.isoformat(), why=why.strip())


def come_back(absence_id: int, why: str, key: str) -> None:
    """End an absence now, or call off one that has not begun."""
    add(AbsenceEnd, key, absence_id=absence_id, why=why.strip())
