"""Trying the office's mail server, and keeping its password where it is safe."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from app.channels import credentials, smtp
from app.errors import Refused, Shown
from app.jobs.workshop import mail_server
from app.services.office import Office


def check(office: Office, password: str = "") -> str:
    """Connect, encrypt and log in without sending anything; then keep the password. Returns a line that says so.

    An empty password means the one kept before. Refused and Unavailable name what is wrong at which field; where the
    computer has no safe place for a password, the text names the documented other way (smtp_password_file).
    """
    said = smtp.check(_server(office, password))
    if keep(office, password):
        return f"{said} Sandi disimpan di keyring PC ini."
    return said


def keep(office: Office, password: str) -> bool:
    """Put the password into the system's keyring; False where there is none to keep or a file holds it."""
    if not password or not office.smtp_user or office.smtp_password_file:
        return False
    credentials.set_password(office.smtp_host, office.smtp_user, password)
    return True


def trouble(office: Office) -> str:
    """Why mail cannot be sent from this computer as things are set, empty where nothing is known against it."""
    try:
        mail_server(office)
    except Shown as error:
        return error.message
    return ""


def _server(office: Office, password: str) -> smtp.Server:
    if not office.smtp_host.strip():
        raise Refused("Isi dahulu nama server surel, misalnya smtp.pekanbaru.go.id.", field="smtp_host")
    if not password:
        return mail_server(office)
    if office.smtp_password_file and not Path(office.smtp_password_file).is_absolute():
        raise Refused("Tulis letak berkas sandi secara lengkap, mulai dari akar.", field="smtp_password_file")
    # With a password at hand nothing need be looked up, so the rest is made as for an account without one.
    return replace(mail_server(replace(office, smtp_user="")), user=office.smtp_user, password=password)
