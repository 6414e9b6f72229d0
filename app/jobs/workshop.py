"""What the jobs of one PC work with: its folder, its printers, its certificate, the SOP."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol, get_args

from app.channels.credentials import get_password
from app.channels.smtp import Security, Server
from app.devices import printers
from app.devices.folder import PREFIX
from app.devices.printer import Printer
from app.errors import Refused
from app.printing.data import Frame
from app.services import accounts, papers
from app.services.accounts import Who
from app.services.berkas import Head
from app.services.office import Office
from app.sop.calendar import WIB
from app.sop.model import Sop


class Progress(Protocol):
    """How long work tells what it is doing; `stop_asked` is heeded between two items."""

    @property
    def stop_asked(self) -> bool:
        """Whether the officer wants it to end after the current item."""

    def report(self, done: int, total: int, text: str) -> None:
        """Say how far it is."""

    def result(self, label: str, ok: bool, reason: str = "") -> None:
        """Say what became of one item."""


@dataclass(frozen=True)
class Workshop:
    """One PC's means. `printers` maps a paper's kind to a printer's name; "" is the default for all."""

    sop: Sop
    folder: Path
    pc: str = ""
    printers: Mapping[str, str] = field(default_factory=dict)
    p12_path: Path | None = None

    def printer_for(self, kind: str, wanted: str = "") -> Printer:
        """The printer of a paper's kind; without a setting the folder "cetakan" of this PC. Refused if it is gone."""
        name = wanted or self.printers.get(kind) or self.printers.get("") or f"{PREFIX}{self.folder / 'cetakan'}"
        return printers.get(name)

    def now(self) -> datetime:
        """The database's clock, UTC."""
        return papers.server_now()

    def frame(self, office: Office, file: Head, who: Who | None = None) -> Frame:
        """What every paper of a file carries."""
        return Frame(office, file.number, self.now().astimezone(WIB), file.number, who.name if who else "")


def mail_server(office: Office) -> Server:
    """The office's mail server with its password from the keyring or the owner-only file; Refused where none is set."""
    if not office.smtp_host:
        raise Refused(
            "Server surel kantor belum diatur. Minta administrator mengisinya di halaman Kantor.", field="smtp_host"
        )
    password = ""
    if office.smtp_user:
        file = Path(office.smtp_password_file) if office.smtp_password_file else None
        password = get_password(office.smtp_host, office.smtp_user, file)
    security = next((s for s in get_args(Security) if s == office.smtp_security), None)
    if security is None:
        raise Refused(
            "Cara pengamanan server surel tidak dikenal. Pilih STARTTLS atau TLS di halaman Kantor.",
            field="smtp_security",
        )
    return Server(
        host=office.smtp_host, port=office.smtp_port, security=security, user=office.smtp_user,
        password=password, from_address=office.smtp_from, from_name=office.short_name, ca_file=office.smtp_ca_file,
        allow_plain=office.smtp_allow_plain,
    )  # fmt: skip


def office_now() -> Office:
    """The office's data as they are now."""
    return accounts.load_office()
