"""What both engines refuse beside a file and beside an account: what nobody could read, sign, or answer for."""

from __future__ import annotations

import json
from pathlib import Path

import peewee as pw
import pytest

from app.models import base
from app.models.base import add, sha256hex
from app.models.tables_berkas import Entry
from app.models.tables_papers import Draft, Outbox
from app.services import accounts
from app.services.accounts import NewOfficer
from app.services.berkas import Head
from app.services.keys import new_key
from app.sop.model import Role
from tests.support import walk
from tests.support.cases import case_pn
from tests.support.office import PASSWORD, sit_down


@pytest.fixture
def file(office_db: Path) -> Head:
    """A file whose entry is being typed."""
    return walk.complete(walk.new_file(), case_pn())


def beside(table: type[base.Table], file: Head, **values: object) -> None:
    add(table, new_key(), berkas_id=file.id, at_n=file.n, as_role="FO", **values)


def test_an_entry_that_no_list_could_read(file: Head) -> None:
    text = json.dumps({"route": "XX"})
    with pytest.raises(pw.PeeweeException, match="P3400 route"):
        beside(Entry, file, rev=2, data=text, sha256=sha256hex(text))


@pytest.mark.parametrize(
    "manifest", [[], [{"subject": "a", "sha256": "b", "sign": False}], [{"subject": "a", "sha256": "b"}]]
)
def test_a_draft_with_nothing_to_sign(file: Head, manifest: list[dict[str, object]]) -> None:
    text = json.dumps(manifest)
    with pytest.raises(pw.PeeweeException, match="P3400 manifest"):
        beside(Draft, file, rev=1, entry_rev=1, manifest=text, sha256=sha256hex(text))


@pytest.mark.parametrize("attachments", ["5", '["a"]', '[["a", "b"]]', '[["a", "b", "c"]]', '[[1, "b"]]'])
def test_a_mail_that_no_sender_could_read_or_with_anothers_paper(office_db: Path, attachments: str) -> None:
    file = walk.new_file()
    sit_down(Role.FO)
    with pytest.raises(pw.PeeweeException, match="P3400 attachments"):
        beside(
            Outbox, file, kind="mail_deficiency", to_address="a@contoh.id", subject="x", body="x",
            attachments=attachments, message_id="<x>",
        )  # fmt: skip


def test_whoever_appoints_himself_waits_for_a_second_person(office_db: Path) -> None:
    sit_down(Role.ADMIN)
    accounts.assign("admin", Role.FO, new_key())
    assert [h.role for h in accounts.hats("admin")] == [Role.ADMIN]
    (waiting,) = accounts.to_confirm()
    assert [a.role for a in waiting.appointments] == [Role.FO]
    sit_down(Role.KABID)
    accounts.confirm(waiting, new_key())
    assert {h.role for h in accounts.hats("admin")} == {Role.ADMIN, Role.FO}


@pytest.mark.parametrize(("role", "held"), [(Role.FO, set()), (Role.MAILER, {"MAILER"})])
def test_a_password_that_the_administrator_knows_is_for_machines(office_db: Path, role: Role, held: set[str]) -> None:
    sit_down(Role.ADMIN)
    accounts.add_officer(NewOfficer("titipan", "Akun Titipan", (role,), PASSWORD, must_change=False), new_key())
    base.session.actor = "titipan"
    assert {r for (r,) in base.db.execute_sql("select role from my_role").fetchall()} == held
