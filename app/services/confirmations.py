"""The second person: heads' appointments, and passwords that others set for them, as they wait for a Kabid or Kadis."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.models.base import add, told
from app.models.tables_officers import Assignment, AssignmentEnd, DutyConfirm, Officer, Password
from app.sop.model import Role

HEADS = (Role.KASI, Role.KABID, Role.KADIS)
"""Whose appointment and whose new password a second person confirms."""

INSTALLATION = ("pemasangan", "@")
"""Who made rows while the office was installed: its minutes are the second person's word."""


@dataclass(frozen=True)
class Appointment:
    """A head's role, or one that somebody gave himself, that nobody confirmed yet.

    `first` and `last` are office days, None where it has no limit.
    """

    id: int
    role: Role
    kind: str
    basis: str
    first: date | None
    last: date | None
    made_by: str


@dataclass(frozen=True)
class Pending:
    """What waits for one officer. `reset_by` made his newest password ("" where he did); it waits with him.

    `assignment_id` and `password_id` say what was shown: whoever confirms, confirms up to these and nothing later.
    """

    login: str
    name: str
    appointments: tuple[Appointment, ...]
    reset_by: str
    assignment_id: int
    password_id: int

    def made_by(self, login: str) -> bool:
        """Whether this officer made any of it, and so cannot be its second person."""
        return login == self.reset_by or any(a.made_by == login for a in self.appointments)


def to_confirm() -> list[Pending]:
    """What waits for a second person, by name. Everybody may know; only a Kabid or Kadis may confirm."""
    with told():
        ended = {e.assignment_id for e in AssignmentEnd.select(AssignmentEnd.assignment_id)}
        heads = [r.value for r in HEADS]
        given: dict[str, list[Assignment]] = {}
        for a in (
            Assignment.select()
            .where(Assignment.role.in_(heads) | (Assignment.confirmed_by == ""))
            .order_by(Assignment.id)
        ):
            if a.id not in ended:
                given.setdefault(a.login, []).append(a)
        seen: dict[str, tuple[int, int]] = {}
        for c in DutyConfirm.select().where(DutyConfirm.login.in_(list(given))):
            old = seen.get(c.login, (0, 0))
            seen[c.login] = (max(old[0], c.assignment_id), max(old[1], c.password_id))
        resets = {
            p.login: p
            for p in Password.select().where(Password.login.in_(list(given))).order_by(Password.id)
            if p.made_by != p.login and not p.made_by.startswith(INSTALLATION)
        }
        names = {o.login: o.name for o in Officer.select()}
    found = [
        _pending(login, names[login], rows, seen.get(login, (0, 0)), resets.get(login)) for login, rows in given.items()
    ]
    return sorted((p for p in found if p.appointments or p.reset_by), key=lambda p: p.name)


def _pending(login: str, name: str, rows: list[Assignment], seen: tuple[int, int], reset: Password | None) -> Pending:
    waiting = [a for a in rows if a.confirmed_by == "" and a.id > seen[0]]
    shown = tuple(
        Appointment(a.id, Role(a.role), a.kind, a.basis, _day(a.from_day), _day(a.until_day), a.made_by)
        for a in waiting
    )
    unseen = reset if reset is not None and reset.id > seen[1] else None
    return Pending(
        login, name, shown, unseen.made_by if unseen else "",
        max((a.id for a in rows), default=0), unseen.id if unseen else seen[1],
    )  # fmt: skip


def confirm(pending: Pending, key: str) -> None:
    """Say as a second person that what was shown is right. Refused for whoever made it, for his own, and for others."""
    add(
        DutyConfirm,
        key,
        login=pending.login,
        assignment_id=pending.assignment_id,
        password_id=pending.password_id,
    )


def _day(text: str) -> date | None:
    found = date.fromisoformat(text)
    return None if found in {date.min, date.max} else found
