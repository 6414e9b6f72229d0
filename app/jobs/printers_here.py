"""The printers of this computer, for choosing and for the lamp."""

from __future__ import annotations

from datetime import datetime

from app.devices import printers, thermal
from app.devices.folder import PREFIX
from app.devices.printer import Description, JobStatus
from app.errors import Shown
from app.jobs.workshop import Workshop
from app.sop.calendar import WIB

FOLDER = "cetakan"


def available(shop: Workshop) -> tuple[Description, ...]:
    """Every queue of the operating system, and the folder of this computer; Unavailable while the spooler hangs."""
    own = sorted({name for name in shop.printers.values() if name.startswith(thermal.PREFIX)})
    return tuple(printers.available(shop.folder / FOLDER, own))


def describe(name: str) -> Description:
    """One printer as it stands now, set or not; Refused where it is not there."""
    return printers.get(name).describe()


def print_trial(name: str) -> JobStatus:
    """A strip for the eye: both edges, small letters and a code. What the printer said of it."""
    # The print path is loaded when it is used: windows ask this module for a lamp only.
    from app.jobs import tickets  # noqa: PLC0415
    from app.printing import strip_trial  # noqa: PLC0415

    printer, address = printers.get(name), thermal.parse(name)
    pdf = strip_trial.trial(address.label, datetime.now(WIB), address.width)
    return tickets.followed(printer, printer.print_pdf(pdf, "tiket uji", "roll"))


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
