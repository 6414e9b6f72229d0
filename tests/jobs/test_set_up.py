"""Making an office without windows: what could not be done is told; the sheet goes to the printer that was named."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from app.channels import credentials
from app.devices.printer import JobState
from app.jobs import mail_settings, set_up
from app.jobs.workshop import Workshop
from app.models import base
from app.services import accounts
from app.services.keys import new_key
from app.services.opening import Opening
from app.sop.model import Role
from app.sop.pelita3 import PELITA3
from tests.support.office import OFFICE, PEOPLE


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Workshop]:
    """A computer whose office does not exist yet."""
    base.session.actor = ""
    opening = Opening(tmp_path / "kantor.db", PELITA3)
    opening.open()
    yield Workshop(PELITA3, tmp_path, "PC-LOKET-03", p12_path=tmp_path / "kadis.p12")
    opening.close()
    base.session.actor = ""


def test_a_passphrase_too_short_costs_the_certificate_and_nothing_else(fresh: Workshop) -> None:
    passphrase = bytearray(b"pendek")
    notes = set_up.create_office(fresh, set_up.Plan(OFFICE, PEOPLE, "", passphrase), new_key())
    assert len(notes) == 1
    assert "Sertifikat uji coba belum dibuat" in notes[0]
    assert set(passphrase) == {0}, "the passphrase is wiped on every way out"
    assert not accounts.first_start_needed()
    assert base.session.actor == "", "nobody is left sitting at the keyboard"


def test_a_mail_password_that_finds_no_safe_place_is_told(fresh: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    import keyring  # noqa: PLC0415 - only this test speaks with it
    from keyring.backends import fail  # noqa: PLC0415 - as above

    before = keyring.get_keyring()
    keyring.set_keyring(fail.Keyring())  # type: ignore[no-untyped-call]  # keyring's own
    try:
        office = replace(OFFICE, smtp_host="smtp.contoh.id", smtp_user="layanan")
        notes = set_up.create_office(fresh, set_up.Plan(office, PEOPLE, "sandi-surel"), new_key())
    finally:
        keyring.set_keyring(before)
    assert len(notes) == 1
    assert "smtp_password_file" in notes[0]
    assert credentials.ALTERNATIVE in notes[0]


def test_the_sheet_names_only_those_who_must_change_their_password(fresh: Workshop, tmp_path: Path) -> None:
    people = [replace(p, must_change=Role.ADMIN not in p.roles) for p in PEOPLE]
    printer = f"folder:{tmp_path / 'kertas'}"
    status = set_up.sheet(fresh, OFFICE, people, printer)
    assert status.state is JobState.COMPLETED
    pdf = next((tmp_path / "kertas").glob("*.pdf"))
    document = pypdfium2.PdfDocument(pdf)
    try:
        words = "".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()
    assert "zulfikar" in words
    assert "Administrator" not in words
    assert "rina" not in pdf.name, "no name in the title of a print job"


def test_a_server_that_is_not_set_is_asked_for() -> None:
    assert "belum diatur" in mail_settings.trouble(OFFICE)
