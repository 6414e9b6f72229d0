"""Passwords: hashed by argon2id, checked at the same cost whether the name is known or not."""

from __future__ import annotations

from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from app.errors import Refused
from app.models.base import told
from app.models.tables_officers import Password

MIN_PASSWORD = 10


@lru_cache(maxsize=1)
def _hasher() -> PasswordHasher:
    return PasswordHasher()


@lru_cache(maxsize=1)
def _nobodys() -> str:
    return _hasher().hash("tidak ada")


def hashed(password: str) -> str:
    """The text that is kept instead of a password; Refused where it is too short."""
    demand_long(password)
    return _hasher().hash(password)


def demand_long(password: str, whose: str = "") -> None:
    """Refused where a password is shorter than ten characters."""
    if len(password) < MIN_PASSWORD:
        raise Refused(f"Sandi{whose and ' ' + whose} paling sedikit {MIN_PASSWORD} huruf atau angka.", field="password")


def right(login: str, password: str) -> bool:
    """Whether it is this officer's newest password; an unknown name costs the same time as a wrong password."""
    row = _newest(login)
    try:
        _hasher().verify(row.hash if row else _nobodys(), password)
    except (VerificationError, InvalidHashError):
        return False
    return row is not None


def must_change(login: str) -> bool:
    """Whether the newest password was set by somebody else and opens nothing but its own change."""
    row = _newest(login)
    return bool(row and row.must_change)


def _newest(login: str) -> Password | None:
    with told():
        found = Password.select().where(Password.login == login).order_by(Password.id.desc()).first()
    assert found is None or isinstance(found, Password)
    return found
