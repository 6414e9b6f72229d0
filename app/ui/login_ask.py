"""What a log-in asks of the database thread. Imported there: argon2 and peewee must not delay the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.errors import Refused

if TYPE_CHECKING:
    from app.services.accounts import Account, Who
    from app.sop.model import Role, Sop


def log_in(login: str, password: str, pc: str) -> Account:
    """Who it is; Refused or Unavailable."""
    from app.services import accounts  # noqa: PLC0415 - see above

    return accounts.log_in(login, password, pc)


def log_out() -> None:
    """Nobody sits here any more."""
    from app.services import accounts  # noqa: PLC0415 - see above

    accounts.log_out()


def change(login: str, old: str, new: str, pc: str) -> None:
    """The officer's own password in place of a one-time one.

    When the answer to a first try was lost, the old password opens nothing any more: then the new one does.
    """
    from app.services import accounts, keys  # noqa: PLC0415 - see above

    try:
        accounts.change_password(login, old, new, keys.new_key())
    except Refused as error:
        if error.field != "old" and error.code != "password":
            raise
        if accounts.log_in(login, new, pc).must_change:
            raise


def work_as(account: Account, role: Role) -> Who:
    """The officer in one role."""
    from app.services import accounts  # noqa: PLC0415 - see above

    return accounts.work_as(account, role)


def waiting(sop: Sop | None, account: Account) -> dict[Role, int]:
    """How many files wait for each of his roles."""
    from app.services import worklist  # noqa: PLC0415 - see above

    return {hat.role: worklist.count(sop, hat.role) for hat in account.hats} if sop is not None else {}


def why_idle(login: str) -> str:
    """Why an officer has no role today."""
    from app.services import duties  # noqa: PLC0415 - see above

    return duties.why_idle(login)
