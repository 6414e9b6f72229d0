"""Making an office on its first day: officers, mail password, trial certificate, and the sheet of first passwords."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field

from app.devices.printer import JobStatus
from app.errors import Shown
from app.jobs import mail_settings
from app.jobs.workshop import Progress, Workshop
from app.printing.data import Frame
from app.printing.first_passwords import KIND, Strip, first_passwords
from app.services import accounts, keys
from app.services.accounts import HAT_LABELS, NewOfficer
from app.services.office import Office
from app.sop.calendar import WIB
from app.sop.model import Role

ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without 0 o 1 l i, so that a handwritten copy is typed right."""
GROUPS, GROUP = 3, 4
STEPS = 4


@dataclass(frozen=True)
class Plan:
    """What the first start shall make. `passphrase`, for the Kadis's trial certificate, is wiped after use."""

    office: Office
    officers: tuple[NewOfficer, ...] = field(repr=False)
    mail_password: str = field(default="", repr=False)
    passphrase: bytearray | None = field(default=None, repr=False)


def first_password() -> str:
    """A readable password of twelve characters in three groups, from the system's random source (about 59 bits)."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(GROUP)) for _ in range(GROUPS))


def create_office(shop: Workshop, plan: Plan, key: str, progress: Progress | None = None) -> tuple[str, ...]:
    """Make the office; returns what could not be done and can be done later on the Kantor page.

    Asking again with the same key goes on where an interrupted start stopped: officers made then get the passwords of
    this plan. Refused names a field that is wrong; nothing was written then.
    """
    _say(progress, 0, "Membuat akun petugas")
    made = {row.login for row in accounts.officers()}
    for person in plan.officers:
        if person.login in made:
            accounts.reset_password(person.login, person.password, keys.new_key())
    accounts.first_start(plan.office, plan.officers, key)
    notes = [_keep_mail_password(plan, progress), _make_certificate(shop, plan, progress)]
    _say(progress, STEPS, "Selesai")
    return tuple(note for note in notes if note)


def sheet(shop: Workshop, office: Office, officers: Sequence[NewOfficer], printer: str) -> JobStatus:
    """Print the first passwords on a real printer; they are kept nowhere. Returns what the spooler said at once."""
    strips = [
        Strip(o.name, ", ".join(HAT_LABELS[r] for r in o.roles), o.login, o.password) for o in officers if o.must_change
    ]
    frame = Frame(office, "", shop.now().astimezone(WIB), "PELITA 3")
    chosen = shop.printer_for("", printer)
    return chosen.state(chosen.print_pdf(first_passwords(frame, strips), KIND))


def _say(progress: Progress | None, done: int, text: str) -> None:
    if progress is not None:
        progress.report(done, STEPS, text)


def _keep_mail_password(plan: Plan, progress: Progress | None) -> str:
    _say(progress, 2, "Menyimpan sandi surel")
    try:
        mail_settings.keep(plan.office, plan.mail_password)
    except Shown as error:
        return f"Sandi surel belum tersimpan. {error.message}"
    return ""


def _make_certificate(shop: Workshop, plan: Plan, progress: Progress | None) -> str:
    if plan.passphrase is None:
        return ""
    # Imported here: signing loads half a second of libraries, which only this step needs.
    from app.jobs import certificates  # noqa: PLC0415

    _say(progress, 3, "Membuat sertifikat uji coba Kadis")
    admin = next(o for o in plan.officers if Role.ADMIN in o.roles)
    try:
        accounts.log_in(admin.login, admin.password, shop.pc)
        certificates.make_trial(shop, plan.office.head_name, plan.office.head_nip, plan.passphrase)
    except Shown as error:
        return f"Sertifikat uji coba belum dibuat. {error.message}"
    finally:
        accounts.log_out()
        plan.passphrase[:] = bytes(len(plan.passphrase))
    return ""
