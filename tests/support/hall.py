"""Machines of the hall in a test: their accounts, and who sits at them."""

from __future__ import annotations

from app.models import base
from app.services import accounts
from app.services.accounts import NewOfficer
from app.sop.model import Role
from tests.support.office import PASSWORD, sit_down

KIOSK, TV = "kios-lobi", "tv-lobi"


def machine(login: str, *roles: Role, must_change: bool = False) -> None:
    """The administrator makes the account of a machine; nobody sits at the keyboard afterwards."""
    sit_down(Role.ADMIN)
    person = NewOfficer(login, f"Mesin {login}", roles, PASSWORD, must_change=must_change)
    accounts.add_officer(person, base.new_key())
    base.session.actor = ""


def at_kiosk() -> None:
    """Its account exists, and the machine works under it."""
    machine(KIOSK, Role.KIOSK)
    base.session.actor = KIOSK
