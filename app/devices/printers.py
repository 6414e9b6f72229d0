"""Which printers there are, and one of them by its name."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from app.devices import lp
from app.devices.folder import PREFIX, FolderPrinter
from app.devices.printer import no_printer

if TYPE_CHECKING:
    from app.devices.printer import Description, Printer


def available(folder: Path | None = None) -> list[Description]:
    """Every queue of the system, then the folder printer when a folder is set; Unavailable when CUPS hangs."""
    printers: list[Printer] = [_queue(name) for name in _names()]
    if folder is not None:
        printers.append(FolderPrinter(folder))
    return [printer.describe() for printer in printers]


def get(name: str) -> Printer:
    """The printer of that name and no other: Refused (code "no_printer") when it is not there."""
    if name.startswith(PREFIX):
        return FolderPrinter(Path(name.removeprefix(PREFIX)))
    if not name or name not in _names():
        raise no_printer(name)
    return _queue(name)


def _names() -> list[str]:
    if lp.usable():
        return lp.list_queues()
    # Imported here: Qt's print support loads the system's drivers, which a log-in window must not wait for.
    from app.devices import qtprint  # noqa: PLC0415

    return qtprint.list_queues()


def _queue(name: str) -> Printer:
    if lp.usable():
        return lp.LpPrinter(name)
    from app.devices.qtprint import QtPrinter  # noqa: PLC0415

    return QtPrinter(name)
