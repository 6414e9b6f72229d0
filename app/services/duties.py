"""Who holds which role, from when to when, by which decree: what the administrator sees, over and coming ones too."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.models.base import moment, session, told
from app.models.tables_officers import Assignment, AssignmentEnd
from app.services import absences
from app.services.accounts import HAT_LABELS, to_confirm
from app.sop.calendar import WIB
from app.sop.model import Role


@dataclass(frozen=True)
class Duty:
    """One assignment. `first` and `last` are office days, None where it has no limit; `ended` says why it ended."""

    id: int
    login: str
    role: Role
    kind: str
    basis: str
    first: date | None
    last: date | None
    ended: str

    @property
    def label(self) -> str:
        """The role as officers say it, acting ones marked."""
        name = HAT_LABELS[self.role]
        return name if self.kind == "TETAP" else f"{self.kind.title()}. {name}"

    def over(self, today: date) -> bool:
        """Whether it is past: ended by the administrator, or its last day is gone."""
        return bool(self.ended) or (self.last is not None and self.last < today)

    def coming(self, today: date) -> bool:
        """Whether its first day is still to come."""
        return not self.over(today) and self.first is not None and self.first > today

    def meets(self, first: date, last: date) -> bool:
        """Whether it shares a day with that stretch of days."""
        return (self.first is None or self.first <= last) and (self.last is None or self.last >= first)


def duties() -> list[Duty]:
    """Every assignment there ever was, in the order they were given."""
    with told():
        ended = {e.assignment_id: e.why or "diakhiri" for e in AssignmentEnd.select()}
        return [
            Duty(a.id, a.login, Role(a.role), a.kind, a.basis, _day(a.from_day), _day(a.until_day), ended.get(a.id, ""))
            for a in Assignment.select().order_by(Assignment.id)
        ]


def _day(text: str) -> date | None:
    found = date.fromisoformat(text)
    return None if found in {date.min, date.max} else found


def why_idle(login: str) -> str:
    """What an officer who has no role today is told, and what to do about it."""
    today = moment(session.now_us()).astimezone(WIB).date()
    away = next((a for a in absences.absences() if a.login == login and a.now(today)), None)
    if away is not None:
        return (
            f"Anda tercatat cuti sampai {away.last:%d-%m-%Y}; peran Anda berlaku lagi sesudahnya. "
            "Bila sudah kembali, minta administrator mengakhiri cutinya."
        )
    if any(p.login == login for p in to_confirm()):
        return "Peran Anda menunggu pengesahan. Minta seorang Kabid atau Kadis mengesahkannya di halaman Sahkan."
    first = min((d.first for d in duties() if d.login == login and d.first and d.coming(today)), default=None)
    if first is not None:
        return f"Penugasan Anda baru mulai {first:%d-%m-%Y}."
    return "Akun ini tidak memegang peran hari ini. Minta administrator kantor memberinya."
