"""The machines of the hall: how they log in, what they say of themselves, and what they may know of the office."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from app.errors import Refused
from app.models import hall
from app.models.base import moment, on_server, session, told
from app.models.tables_queue import DeviceState, OfficeFace
from app.services import accounts, passwords
from app.services.office import Office
from app.services.people import HAT_LABELS
from app.sop.model import Role

SILENT_AFTER = timedelta(seconds=60)
"""A machine that has said nothing for so long is out of reach, whatever it said last."""


class Kind(StrEnum):
    """Which machine it is."""

    KIOSK = "KIOSK"
    TV = "TV"


class State(StrEnum):
    """How it is: fine, wants a look, cannot do its work, somebody at it asks for an officer, switched off by one."""

    OK = "OK"
    LOOK = "LOOK"
    DOWN = "DOWN"
    CALL = "CALL"
    OFF = "OFF"


@dataclass(frozen=True)
class Machine:
    """What a machine said last. A machine that calls for help says in `detail` since when: one call, one detail."""

    name: str
    kind: str
    state: str
    detail: str
    seen: datetime

    def silent(self, now: datetime) -> bool:
        """Whether it should have been heard of again long ago."""
        return self.state != State.OFF.value and now - self.seen > SILENT_AFTER


@dataclass(frozen=True)
class Face:
    """What a screen in the hall may know of the office."""

    name: str
    city: str
    short_name: str
    contact: str

    @property
    def title(self) -> str:
        """The office's name in plain letters; it is kept in capitals for its letterhead."""
        if not self.name.isupper():
            return self.name
        words = self.name.lower().split()
        return " ".join(w if w in {"dan", "di", "serta"} else w.capitalize() for w in words)

    @property
    def place(self) -> str:
        """The city with its rank ("Kota Pekanbaru") where the short name says it; else the city alone."""
        words = self.short_name.split()
        start = next((i for i, w in enumerate(words) if w in {"Kota", "Kabupaten"}), None)
        return self.city if start is None else " ".join(words[start:])


def sit_down(login: str, password: str, pc: str, role: Role) -> None:
    """A machine logs in. Refused where the password is wrong or the account is not one for this machine.

    A server shows a machine nothing of the officers' accounts, so this is another door than theirs.
    """
    login = login.strip().lower()
    if on_server():
        session.actor = ""
        passwords.enter(login, password)
        session.actor = login
    else:
        accounts.log_in(login, password, pc)
    if not hall.holds(role.value):
        accounts.log_out()
        raise Refused(
            f"Akun {login} bukan akun {HAT_LABELS[role]} yang berlaku. Minta administrator membuatnya di halaman "
            "Petugas dengan peran itu saja, dengan sandi yang menetap.",
            field="role",
            code="role",
        )


def report(name: str, kind: Kind, state: State, detail: str = "") -> None:
    """Say how this machine is; counters see it. Only the last word of each machine is kept."""
    hall.report(name, kind.value, state.value, detail)


def machines() -> list[Machine]:
    """What every machine said last, by name; for officers."""
    with told():
        rows = list(DeviceState.select().order_by(DeviceState.name))
    return [Machine(r.name, r.kind, r.state, r.detail, moment(r.seen_us)) for r in rows]


def face() -> Face:
    """The office as the hall may know it; the shipped names where none were saved."""
    with told():
        row = OfficeFace.select().first()
    plain = Office()
    kept = {
        n: (getattr(row, n) if row else None) or getattr(plain, n) for n in ("name", "city", "short_name", "contact")
    }
    return Face(**kept)


def now() -> datetime:
    """The database's clock, UTC; carried on by this PC's steady one while the server is away."""
    return moment(session.now_us())
