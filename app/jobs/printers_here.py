"""The printers of this computer, for choosing and for the lamp."""

from __future__ import annotations

from app.devices import printers
from app.devices.folder import PREFIX
from app.devices.printer import Description
from app.errors import Shown
from app.jobs.workshop import Workshop

FOLDER = "cetakan"


def available(shop: Workshop) -> tuple[Description, ...]:
    """Every queue of the operating system, and the folder of this computer; Unavailable while the spooler hangs."""
    return tuple(printers.available(shop.folder / FOLDER))


def lamp(shop: Workshop) -> tuple[str, str]:
    """Words and tone of the printer's lamp: that of the printer which takes papers without a printer of their own."""
    try:
        found = shop.printer_for("").describe()
    except Shown as error:
        return f"Printer: {error.message}", "bad"
    if not found.ready:
        return f"Printer {found.label}: {found.note or 'belum siap'}", "bad"
    if found.name.startswith(PREFIX):
        return "Cetakan ke folder PC ini", "mute"
    return f"Printer {found.label} siap", "ok"
