"""Passwords: hashed by argon2id, checked at the same cost for unknown names, locked after five wrong ones."""

from __future__ import annotations

from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from app.errors import Refused
from app.models.base import on_server, session, told
from app.models.tables_officers import LoginAttempt, Password

MIN_PASSWORD = 10
LOCK_AFTER = 5
LOCK_MINUTES = 5


HASHER = PasswordHasher()


@lru_cache(maxsize=1)
def _nobodys() -> str:
    return HASHER.hash("tidak ada")


def hashed(password: str) -> str:
    """The text that is kept instead of a password; Refused where it is too short."""
    demand_long(password)
    return HASHER.hash(password)


def demand_long(password: str, whose: str = "") -> None:
    """Refused where a password is shorter than ten characters."""
    if len(password) < MIN_PASSWORD:
        raise Refused(f"Sandi{whose and ' ' + whose} paling sedikit {MIN_PASSWORD} huruf atau angka.", field="password")


def right(login: str, password: str) -> bool:
    """Whether it is this officer's newest password; an unknown name costs the same time as a wrong password."""
    if on_server():
        from app.models import server  # noqa: PLC0415  - as above

        return server.proves(login, password)
    row = _newest(login)
    try:
        HASHER.verify(row.hash if row else _nobodys(), password)
    except (VerificationError, InvalidHashError):
        return False
    return row is not None


def was_set(login: str, key: str) -> bool:
    """Whether this very press has set a password already; its answer may have been lost."""
    with told():
        return bool(Password.select().where(Password.login == login, Password.key == key).exists())


WRONG = "Nama atau sandi tidak cocok. Periksa huruf besar dan kecil, lalu coba lagi."


def enter(login: str, password: str) -> bool:
    """Come in by this password: whether it fits the kept hash; on a server by logging in there.

    Refused where the server says no (password, closed account, old client), Unavailable where it cannot be reached.
    """
    if not on_server():
        return right(login, password)
    from app.models import server  # noqa: PLC0415  - an office on one PC never pays for the server's driver

    server.sit(login, password)
    return True


def leave() -> None:
    """Forget the credentials of whoever sat here."""
    if on_server():
        from app.models import server  # noqa: PLC0415  - as above

        server.stand()


def must_change(login: str) -> bool:
    """Whether the newest password was set by somebody else and opens nothing but its own change."""
    row = _newest(login)
    return bool(row and row.must_change)


def _newest(login: str) -> Password | None:
    with told():
        found = Password.select().where(Password.login == login).order_by(Password.id.desc()).first()
    assert found is None or isinstance(found, Password)
    return found


def refuse_locked(login: str) -> None:
    """Refused, with the minutes left, where the last five tries were wrong and the newest is under five minutes old."""
    if on_server():
        return  # it slows wrong tries down by itself, and nobody can lock a head out by typing his name
    with told():
        rows = list(
            LoginAttempt.select().where(LoginAttempt.login == login).order_by(LoginAttempt.id.desc()).limit(LOCK_AFTER)
        )
    if len(rows) < LOCK_AFTER or any(r.ok for r in rows):
        return
    left = LOCK_MINUTES * 60 - (session.now_us() - rows[0].made_us) // 1_000_000
    if left > 0:
        raise Refused(
            f"Terlalu banyak percobaan. Coba lagi {-(-left // 60)} menit lagi, atau hubungi administrator.",
            field="password",
            code="locked",
        )
