"""What the Petugas page shows of one officer, and what it asks the database for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.jobs.set_up import first_password
from app.services import accounts, duties, keys
from app.services.accounts import NewOfficer, OfficerRow
from app.services.duties import Duty
from app.sop.calendar import WIB
from app.sop.model import Role
from app.ui import cells

ROLES = (Role.FO, Role.EDITOR, Role.KASI, Role.KABID, Role.KADIS, Role.ADMIN, Role.MAILER)
SERVICE = (Role.MAILER,)
"""Roles of programs: nobody sits there to change a one-time password."""
SHORT = {
    Role.FO: "FO",
    Role.EDITOR: "Editor",
    Role.KASI: "Kasi",
    Role.KABID: "Kabid",
    Role.KADIS: "Kadis",
    Role.ADMIN: "Admin",
    Role.MAILER: "Pengirim surel",
}
MONTHS = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")
DAYS = ("Sen", "Sel", "Rab", "Kam", "Jum", "Sab", "Min")


@dataclass(frozen=True)
class Person:
    """One officer with all assignments, as they stand today."""

    row: OfficerRow
    duties: tuple[Duty, ...]
    today: date

    @property
    def standing(self) -> tuple[Duty, ...]:
        """Lasting roles that are held now."""
        return tuple(d for d in self.duties if d.kind == "TETAP" and not d.over(self.today))

    @property
    def acting(self) -> tuple[Duty, ...]:
        """Plh and Plt, now or coming."""
        return tuple(d for d in self.duties if d.kind != "TETAP" and not d.over(self.today))

    @property
    def open(self) -> tuple[Duty, ...]:
        """All that can still be ended."""
        return self.standing + self.acting

    @property
    def over(self) -> bool:
        """Whether this officer works no more: deactivated, or without any role."""
        return not self.row.active or not self.open


def people(today: date) -> list[Person]:
    """Every officer with the assignments; runs in the database thread."""
    given: dict[str, list[Duty]] = {}
    for duty in duties.duties():
        given.setdefault(duty.login, []).append(duty)
    return [Person(row, tuple(given.get(row.login, ())), today) for row in accounts.officers()]


def span(duty: Duty) -> str:
    """Days of an acting role: 18–20 Mei, mulai 18 Mei, or s.d. 20 Mei where one end is open."""
    if duty.first and duty.last:
        head = f"{duty.first.day}" if duty.first.month == duty.last.month else day(duty.first)
        return f"{head}–{day(duty.last)}" if duty.first != duty.last else day(duty.last)
    if duty.last:
        return f"s.d. {day(duty.last)}"
    return f"mulai {day(duty.first)}" if duty.first else ""


def day(when: date) -> str:
    """A day in few letters: 20 Mei."""
    return f"{when.day} {MONTHS[when.month - 1]}"


def last_seen(at: datetime | None, today: date) -> str:
    """When the officer last logged in: a clock today, "kemarin", a weekday, or a date."""
    if at is None:
        return "belum"
    local = at.astimezone(WIB)
    ago = (today - local.date()).days
    if ago <= 0:
        return f"{local:%H.%M}"
    if ago == 1:
        return "kemarin"
    return DAYS[local.weekday()] if ago < 7 else day(local.date())


def acting_cell(person: Person, everyone: Sequence[Person]) -> cells.Cell:
    """The badge of the temporary column: red where two act for one desk, amber where it ends today."""
    if not person.row.active:
        return cells.badge("Nonaktif", "mute")
    if person.row.must_change:
        return cells.badge("Sandi sekali pakai", "warn") if not person.acting else _duty_badge(person, everyone)
    return _duty_badge(person, everyone) if person.acting else cells.text("")


def _duty_badge(person: Person, everyone: Sequence[Person]) -> cells.Cell:
    duty = person.acting[0]
    words = f"{duty.kind.title()}. {SHORT.get(duty.role, duty.role.value)} {span(duty)}".strip()
    if clashing(duty.role, duty.first or date.min, duty.last or date.max, everyone, but=person.row.login):
        return cells.badge(words, "bad")
    return cells.badge(words, "warn" if duty.last == person.today else "info")


def clashing(role: Role, first: date, last: date, everyone: Sequence[Person], *, but: str) -> list[Person]:
    """Others who act in that role on one of those days: two for one desk."""
    return [
        p for p in everyone if p.row.login != but and any(d.role is role and d.meets(first, last) for d in p.acting)
    ]


def roles_cell(person: Person) -> str:
    """Lasting roles in few words."""
    return ", ".join(SHORT.get(d.role, d.role.value) for d in person.standing) or "–"


# What the buttons do; each runs in the database thread.


def add(values: dict[str, Any], key: str) -> tuple[str, str, str, bool]:
    """Make an officer; name, login, first password, and whether it lasts (a service account's)."""
    role = Role(values["role"])
    password = first_password()
    lasting = role in SERVICE
    person = NewOfficer(
        login=values["login"],
        name=values["name"],
        roles=(role,),
        password=password,
        nip=values["nip"],
        rank=values["rank"],
        position=values["position"],
        place=values["place"],
        must_change=not lasting,
    )
    accounts.add_officer(person, key)
    return person.name, person.login, password, lasting


def reset(person: Person, key: str) -> tuple[str, str, str, bool]:
    """A new one-time password."""
    password = first_password()
    accounts.reset_password(person.row.login, password, key)
    return person.row.name, person.row.login, password, False


def end(person: Person, role: Role, why: str) -> None:
    """End every assignment of a role."""
    accounts.end_assignments(person.row.login, role, why, keys.new_key())


def set_active(person: Person, why: str, *, active: bool) -> None:
    """Take the account out of use, or back."""
    accounts.set_active(person.row.login, active=active, why=why, key=keys.new_key())
