"""What the program asks of other threads. What is heavy is imported there, behind the window that is shown."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from app.errors import Refused, Shown
from app.ui.tasks import Tasks

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from contextlib import AbstractContextManager

    from app.jobs.workshop import Workshop
    from app.services.accounts import Who
    from app.services.office import Office
    from app.services.waiting import Waiting
    from app.sop.model import Sop
    from app.ui.computer import Computer


def saved(computer: Computer, changes: Mapping[str, Any]) -> str:
    """Save changed settings; empty, or why not."""
    try:
        computer.remember(changes)
    except OSError as error:
        return f"Pengaturan komputer ini tidak dapat disimpan ({error.strerror}). Beri tahu petugas TI."
    return ""


def hat_words(who: Who) -> str:
    """What stands under the officer's name."""
    words = who.hat.label if who.hat.kind != "TETAP" or not who.position else who.position
    return " · ".join(part for part in (words, who.place) if part)


def first_start_needed() -> bool:
    """Whether the office must be made first."""
    from app.services import accounts  # noqa: PLC0415 - peewee and argon2 load in this thread, behind the shown window

    if accounts.first_start_needed():
        return True
    _seal_ended_day()
    return False


def _seal_ended_day() -> None:
    """The program's own act at its first start on a new day; an office that cannot be written opens all the same."""
    from app.services import keys, seals  # noqa: PLC0415 - as above

    with suppress(Shown):
        seals.seal_ended_day(keys.new_key())


def warm_up() -> None:
    """Load what comes after the log-in while the officer types."""
    import app.jobs.workshop  # noqa: PLC0415 - the point of this function
    import app.ui.shell  # noqa: F401, PLC0415 - as above


def job_keys(key: str) -> AbstractContextManager[None]:
    """Keys drawn inside a job follow from the job's own, so that the job done again repeats its commands."""
    from app.services import keys  # noqa: PLC0415 - as above

    return keys.job_keys(key)


def patience(waiting: Waiting) -> AbstractContextManager[None]:
    """Long work inside waits for a lost connection, statement by statement, instead of breaking off."""
    from app.services import opening  # noqa: PLC0415 - as above

    return opening.lent(waiting)


def tasks(opens: Callable[[], None], closes: Callable[[], None]) -> Tasks:
    """The threads of a program on this computer's office."""
    return Tasks(opens, closes, keys=job_keys, tell=tell, patience=patience)


def tell() -> None:
    """Something was written: the other desks may look."""
    from app.services import changes  # noqa: PLC0415 - as above

    changes.tell()


def log_out() -> None:
    """Nobody sits at the keyboard any more."""
    from app.services import accounts  # noqa: PLC0415 - as above

    accounts.log_out()


def means(sop: Sop, computer: Computer, printers: Mapping[str, str]) -> tuple[Office, Workshop]:
    """The office as it is now, and this computer as a workshop."""
    from app.jobs.workshop import Workshop  # noqa: PLC0415 - as above
    from app.services import accounts, catalogue  # noqa: PLC0415 - as above

    # Windows show lists without asking the database: what the administrator changed is read here and with each file.
    catalogue.refresh()
    if not computer.folder.is_dir():
        raise Refused(f"Folder data {computer.folder} tidak ada lagi. Beri tahu petugas TI.")
    return accounts.load_office(), Workshop(sop, computer.folder, computer.pc, printers, computer.p12_path)
