"""What the Petugas page shows of one officer, and what it asks the database for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.services import absences, accounts, duties, keys
from app.services.absences import Absence
from app.services.accounts import NewOfficer, OfficerRow, Pending
from app.services.confirmations import HEADS
from app.services.duties import Duty
from app.sop.calendar import WIB
from app.sop.model import Role
from app.ui import cells

ROLES = (Role.FO, Role.EDITOR, Role.KASI, Role.KABID, Role.KADIS, Role.ADMIN, Role.AUDITOR, Role.MAILER)
MACHINES = (Role.KIOSK, Role.DISPLAY)
"""Roles of the hall's machines: only for accounts of their own, made with them, because a server lets such an account
reach nothing else."""
SERVICE = (Role.MAILER, *MACHINES)
"""Roles of programs: nobody sits there to change a one-time password."""
SHORT = {
    Role.FO: "FO",
    Role.EDITOR: "Editor",
    Role.KASI: "Kasi",
    Role.KABID: "Kabid",
    Role.KADIS: "Kadis",
    Role.ADMIN: "Admin",
    Role.AUDITOR: "Auditor",
    Role.MAILER: "Pengirim surel",
    Role.KIOSK: "Kios",
    Role.DISPLAY: "Layar TV",
}
MONTHS = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")
DAYS = ("Sen", "Sel", "Rab", "Kam", "Jum", "Sab", "Min")


@dataclass(frozen=True)
class Person:
    """One officer with all assignments, as they stand today."""

    row: OfficerRow
    duties: tuple[Duty, ...]
    today: date
    absences: tuple[Absence, ...] = ()
    pending: Pending | None = None

    @property
    def away(self) -> Absence | None:
        """The leave that is on, or comes next."""
        return min(self.absences, key=lambda a: a.first, default=None)

    def is_absent(self, first: date, last: date) -> bool:
        """Whether leave falls on one of those days."""
        return any(a.first <= last and a.last >= first for a in self.absences)

    def waits(self, duty: Duty) -> bool:
        """Whether a duty waits for a second person."""
        return self.pending is not None and any(a.id == duty.id for a in self.pending.appointments)

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
    leave: dict[str, list[Absence]] = {}
    for absence in absences.absences():
        if not absence.over(today):
            leave.setdefault(absence.login, []).append(absence)
    waiting = {p.login: p for p in accounts.to_confirm()}
    return [
        Person(row, tuple(given.get(row.login, ())), today, tuple(leave.get(row.login, ())), waiting.get(row.login))
        for row in accounts.officers()
    ]


def span(duty: Duty) -> str:
    """Days of an acting role: 18–20 Mei, mulai 18 Mei, or s.d. 20 Mei where one end is open."""
    if duty.first and duty.last:
        return days(duty.first, duty.last)
    if duty.last:
        return f"s.d. {day(duty.last)}"
    return f"mulai {day(duty.first)}" if duty.first else ""


def days(first: date, last: date) -> str:
    """A stretch of days in few letters: 18–20 Mei, 30 Mei–2 Jun."""
    if first == last:
        return day(last)
    return f"{first.day if (first.year, first.month) == (last.year, last.month) else day(first)}–{day(last)}"


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
    """The badge of the temporary column: what keeps the officer from working as usual, then what he does for others."""
    away = person.away
    if not person.row.active:
        return cells.badge("Nonaktif", "mute")
    if away is not None and (away.now(person.today) or not person.acting):
        return cells.badge(f"Cuti {days(away.first, away.last)}", "pause")
    if person.acting:
        return _duty_badge(person, everyone)
    if person.pending is not None:
        return cells.badge("Menunggu pengesahan", "warn")
    return cells.badge("Sandi sekali pakai", "warn") if person.row.must_change else cells.text("")


def _duty_badge(person: Person, everyone: Sequence[Person]) -> cells.Cell:
    """Red where two act for one desk, amber where it ends today."""
    duty = person.acting[0]
    words = f"{duty.kind.title()}. {SHORT.get(duty.role, duty.role.value)} {span(duty)}".strip()
    waits = "menunggu pengesahan" if person.waits(duty) else ""
    if clashing(duty.role, duty.first or date.min, duty.last or date.max, everyone, but=person.row.login):
        return cells.badge(words, "bad", waits)
    return cells.badge(words, "warn" if waits or duty.last == person.today else "info", waits)


def clashing(role: Role, first: date, last: date, everyone: Sequence[Person], *, but: str) -> list[Person]:
    """Others who act in that role on one of those days: two for one desk."""
    return [
        p for p in everyone if p.row.login != but and any(d.role is role and d.meets(first, last) for d in p.acting)
    ]


def deputies(person: Person, absence: Absence, everyone: Sequence[Person]) -> list[Person]:
    """Who stands in for a head during an absence."""
    found = (clashing(d.role, absence.first, absence.last, everyone, but=person.row.login) for d in person.standing
             if d.role in HEADS)  # fmt: skip
    return list({p.row.login: p for people_ in found for p in people_}.values())


def roles_cell(person: Person) -> str:
    """Lasting roles in few words."""
    return ", ".join(SHORT.get(d.role, d.role.value) for d in person.standing) or "–"


def nip_words(nip: str) -> str:
    """A NIP in its groups of 8, 6, 1 and 3."""
    return f"{nip[:8]} {nip[8:14]} {nip[14:15]} {nip[15:]}" if len(nip) == 18 else nip


# What the buttons do; each runs in the database thread.


def add(values: dict[str, Any], password: str, key: str) -> tuple[str, str, str, bool]:
    """Make an officer; name, login, first password, and whether it lasts (a service account's)."""
    role = Role(values["role"])
    lasting = role in SERVICE
    person = NewOfficer(
        login=values["login"],
        name=values["name"],
        roles=() if role in HEADS else (role,),
        password=password,
        nip=values["nip"],
        rank=values["rank"],
        position=values["position"],
        place=values["place"],
        must_change=not lasting,
    )
    accounts.add_officer(person, key)
    if role in HEADS:
        # The decree is what the second person compares.
        accounts.assign(person.login, role, keys.derived(key, role.value), basis=values.get("basis", ""))
    return person.name, person.login, password, lasting


def reset(person: Person, password: str, key: str) -> tuple[str, str, str, bool]:
    """A new one-time password; given, so that asking again after a lost answer sets the same one."""
    accounts.reset_password(person.row.login, password, key)
    return person.row.name, person.row.login, password, False


def end(person: Person, role: Role, why: str, key: str) -> None:
    """End every assignment of a role."""
    accounts.end_assignments(person.row.login, role, why, key)


def set_active(person: Person, why: str, key: str, *, active: bool) -> int:
    """Take the account out of use, or back; how many open sessions ended with it."""
    return accounts.set_active(person.row.login, active=active, why=why, key=key)


@dataclass(frozen=True)
class Leave:
    """Leave as typed: who stands in for which role, and by which decree."""

    login: str
    first: date
    last: date
    why: str
    deputies: tuple[tuple[Role, str], ...] = ()
    basis: str = ""


def be_absent(leave: Leave, key: str) -> None:
    """Let the roles rest and appoint who stands in; asked again with the same key nothing is doubled."""
    absences.be_absent(leave.login, leave.first, leave.last, leave.why, key)
    for role, deputy in leave.deputies:
        accounts.assign(
            deputy, role, keys.derived(key, role.value), kind="PLH", basis=leave.basis, first=leave.first,
            last=leave.last,
        )  # fmt: skip


def come_back(absence: Absence, why: str, key: str) -> None:
    """End leave now."""
    absences.come_back(absence.id, why, key)
