"""What an officer is to the program: the roles he may hold, the account, and the one who sits at work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.sop.model import Role

HAT_LABELS = {
    Role.FO: "Front Office",
    Role.EDITOR: "Editor",
    Role.KASI: "Kepala Seksi",
    Role.KABID: "Kepala Bidang",
    Role.KADIS: "Kepala Dinas",
    Role.ADMIN: "Administrator",
    Role.MAILER: "Pengirim surel",
    Role.KIOSK: "Kios antrian",
    Role.DISPLAY: "Layar TV",
    Role.AUDITOR: "Auditor",
}


@dataclass(frozen=True)
class Hat:
    """A role an officer may work in today. `kind` is TETAP, PLH or PLT; `basis` the decree."""

    role: Role
    kind: str = "TETAP"
    basis: str = ""
    until: str = ""

    @property
    def label(self) -> str:
        """The role as officers say it, acting ones marked."""
        name = HAT_LABELS[self.role]
        return name if self.kind == "TETAP" else f"{self.kind.title()}. {name}"


@dataclass(frozen=True)
class Account:
    """An officer whose password was right; not yet working in a role."""

    login: str
    name: str
    position: str
    place: str
    must_change: bool
    last_at: datetime | None
    last_pc: str
    hats: tuple[Hat, ...]


@dataclass(frozen=True)
class Who:
    """An officer at work in one role."""

    login: str
    name: str
    role: Role
    hat: Hat
    position: str = ""
    place: str = ""


@dataclass(frozen=True)
class OfficerRow:
    """One officer as the administrator sees him."""

    login: str
    name: str
    nip: str
    rank: str
    position: str
    place: str
    active: bool
    must_change: bool
    hats: tuple[Hat, ...]
    last_at: datetime | None


@dataclass(frozen=True)
class NewOfficer:
    """What is needed to make an officer; `password` is a first one, to be changed at the first log-in."""

    login: str
    name: str
    roles: tuple[Role, ...]
    password: str
    nip: str = ""
    rank: str = ""
    position: str = ""
    place: str = ""
    must_change: bool = True

    @property
    def kind(self) -> str:
        """What the account can reach at all: a machine in the hall does nothing but its one thing."""
        if set(self.roles) == {Role.KIOSK}:
            return "kiosk"
        return "display" if set(self.roles) == {Role.DISPLAY} else "officer"
