"""Which printers there are, and one of them by its name."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from app.devices import lp, thermal
from app.devices.folder import PREFIX, FolderPrinter
from app.devices.printer import Description, no_printer
from app.devices.thermal import ThermalPrinter
from app.devices.thermal_driver import DriverPrinter
from app.errors import Shown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.devices.printer import Printer


def available(folder: Path | None = None, own: Iterable[str] = ()) -> list[Description]:
    """Every queue of the system, the ticket printers named in `own`, then the folder printer when a folder is set.

    Unavailable when CUPS hangs.
    """
    printers: list[Printer] = [_queue(name) for name in _names()]
    found = [printer.describe() for printer in printers] + [_ticket_printer(name) for name in own]
    return [*found, FolderPrinter(folder).describe()] if folder is not None else found


def get(name: str) -> Printer:
    """The printer of that name and no other: Refused (code "no_printer") when it is not there."""
    if name.startswith(PREFIX):
        return FolderPrinter(Path(name.removeprefix(PREFIX)))
    if name.startswith(thermal.PREFIX):
        address = thermal.parse(name)
        return DriverPrinter(address, get(address.place)) if address.way == "driver" else ThermalPrinter(address)
    if not name or name not in _names():
        raise no_printer(name)
    return _queue(name)


def _ticket_printer(name: str) -> Description:
    """One whose queue is gone stays in the list, so that it is seen."""
    try:
        return get(name).describe()
    except Shown as trouble:
        return Description(name, name, "thermal", ready=False, note=trouble.message)


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
