"""Accounts and their passwords: rows of the embedded database, or login roles of the office's server."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.errors import Conflict
from app.models import base
from app.models.base import Table, add, derived, is_there, patiently
from app.models.tables_officers import Officer, OfficerState, Password


def add_account(
    login: str, person: Mapping[str, str], hashed: str, password: str, key: str, *, must_change: bool, kind: str
) -> None:
    """An account with its first password. `hashed` is kept by the embedded database, a SCRAM verifier by a server.

    `kind` is officer, kiosk or display: what the account can reach at all.
    """
    if base.on_server():
        values = (login, *(person[n] for n in ("name", "nip", "rank", "position", "place")))
        _call(Officer, "add_officer", *values, _verifier(login, password), int(must_change), kind, key)
        return
    add(Officer, key, login=login, **person)
    add(Password, derived(key, "password"), login=login, hash=hashed, must_change=int(must_change))


def set_password(login: str, hashed: str, password: str, key: str) -> None:
    """A password by the administrator, to be changed at the next log-in."""
    if base.on_server():
        _call(Password, "set_password", login, _verifier(login, password), key)
        return
    add(Password, key, login=login, hash=hashed, must_change=1)


def change_password(login: str, hashed: str, password: str, key: str) -> None:
    """The officer's own new password."""
    if base.on_server():
        from app.models import server  # noqa: PLC0415  - an office on one PC never pays for the server's driver

        verifier = _verifier(login, password)
        server.hope_for(password)
        _call(Password, "change_my_password", verifier, key)
        server.new_password(password)
        return
    add(Password, key, login=login, hash=hashed, must_change=0)


def set_active(login: str, *, active: bool, why: str, key: str) -> int:
    """Close an account or open it again; the number of its sessions that were ended."""
    if base.on_server():
        return int(_call(OfficerState, "set_active", login, int(active), why, key) or 0)
    add(OfficerState, key, login=login, active=int(active), why=why)
    return 0


def _verifier(login: str, password: str) -> str:
    from app.models import server  # noqa: PLC0415  - as above

    return server.verifier(login, password)


def _call(table: type[Table], function: str, *values: object) -> Any:
    """One of the server's own functions; the last value is the key of the row that it adds to `table`."""
    marks = ", ".join(["%s"] * len(values))
    sql = f"select adm.{function}({marks})"
    try:
        row = patiently(lambda: base.db.execute_sql(sql, values).fetchone())
    except Conflict:
        if not is_there(table, str(values[-1])):
            raise
        return None
    return row[0] if row else None
