"""The Kadis's certificate on this PC: made, taken over, found missing, and never left half written."""

from __future__ import annotations

import json
import os
import stat
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.errors import Refused, Unavailable
from app.jobs import certificates
from app.jobs.workshop import Workshop
from app.services import accounts
from app.signing.pkcs12 import open_p12
from app.sop.model import Role
from tests.support import signed as own
from tests.support.office import Clock, sit_down

NAME, NIP = "Dr. Nurlaila Hasibuan, M.Si", "196911201995032001"


def phrase() -> bytearray:
    return bytearray(b"frasa-sandi-uji")


def made(shop: Workshop) -> Path:
    sit_down(Role.ADMIN)
    certificates.make_trial(shop, NAME, NIP, phrase())
    assert shop.p12_path is not None
    return shop.p12_path


def test_a_trial_says_that_it_is_one_and_belongs_to_its_owner_only(office_db: Path, shop: Workshop) -> None:
    path = made(shop)
    state = certificates.state(shop)
    assert (state.present, state.trial, state.pinned, state.note) == (True, True, 1, "")
    assert "UJI COBA" in state.name
    assert state.until is not None
    if os.name == "posix":
        assert {stat.S_IMODE(p.stat().st_mode) for p in path.parent.iterdir()} == {0o600}
    with open_p12(path.read_bytes(), phrase()) as signer:
        assert signer.identity.trial
        assert signer.identity.root_pem.decode() in accounts.load_office().tte_roots


def test_what_is_known_of_it_holds_nothing_secret(office_db: Path, shop: Workshop) -> None:
    beside = json.loads(made(shop).with_suffix(".json").read_bytes())
    assert set(beside) == {"name", "serial", "until", "trial", "p12"}
    assert "frasa" not in str(beside)


def test_the_passphrase_is_wiped_whatever_happens(office_db: Path, shop: Workshop, tmp_path: Path) -> None:
    sit_down(Role.ADMIN)
    for use in (
        lambda p: certificates.make_trial(shop, NAME, NIP, p),
        lambda p: certificates.make_trial(replace(shop, p12_path=None), NAME, NIP, p),
        lambda p: certificates.take_over(shop, tmp_path / "tidak-ada.p12", p),
    ):
        secret = phrase()
        try:
            use(secret)
        except Refused as refusal:
            assert refusal.field == "certificate"  # noqa: PT017  one of the three is not refused
        assert not any(secret)


def test_only_the_administrator_pins_a_root(office_db: Path, shop: Workshop) -> None:
    sit_down(Role.KADIS)
    with pytest.raises(Refused, match="administrator"):
        certificates.make_trial(shop, NAME, NIP, phrase())
    assert not certificates.state(shop).present


def test_without_one_the_page_says_whom_to_ask(office_db: Path, shop: Workshop) -> None:
    for pc in (shop, replace(shop, p12_path=None)):
        state = certificates.state(pc)
        assert not state.present
        assert "administrator" in state.note


def test_an_unpinned_one_is_told(office_db: Path, shop: Workshop) -> None:
    made(shop)
    accounts.save_office(replace(accounts.load_office(), tte_roots=()))
    state = certificates.state(shop)
    assert (state.present, state.pinned) == (True, 0)
    assert "disematkan" in state.note


def test_one_that_is_over_is_told_with_its_day(office_db: Path, shop: Workshop, clock: Clock) -> None:
    clock.at = datetime(2026, 5, 12, 3, tzinfo=UTC)
    made(shop)
    clock.at = datetime(2028, 5, 12, 3, tzinfo=UTC)
    assert "habis" in certificates.state(shop).note


@pytest.mark.parametrize("beside", [b"", b"{}", b"[]", b'{"p12": "0"}', None])
def test_one_laid_here_by_hand_is_there_but_unknown(office_db: Path, shop: Workshop, beside: bytes | None) -> None:
    path = made(shop).with_suffix(".json")
    if beside is None:
        path.unlink()
    else:
        path.write_bytes(beside)
    state = certificates.state(shop)
    assert (state.present, state.name, state.until, state.note) == (True, "", None, "")


def test_a_file_that_cannot_be_read_or_opened_is_not_taken_over(
    office_db: Path, shop: Workshop, tmp_path: Path
) -> None:
    sit_down(Role.ADMIN)
    broken = tmp_path / "rusak.p12"
    broken.write_bytes(own.trial().p12[:200])
    for source, field in ((tmp_path / "tidak-ada.p12", "certificate"), (broken, "certificate")):
        with pytest.raises(Refused) as refusal:
            certificates.take_over(shop, source, bytearray(own.PASSPHRASE.encode()))
        assert refusal.value.field == field
    whole = tmp_path / "kadis.p12"
    whole.write_bytes(own.trial().p12)
    with pytest.raises(Refused, match="petugas TI"):
        certificates.take_over(replace(shop, p12_path=None), whole, bytearray(own.PASSPHRASE.encode()))
    assert accounts.load_office().tte_roots == ()


def test_a_folder_that_cannot_be_written_leaves_the_old_one_whole(office_db: Path, shop: Workshop) -> None:
    path = made(shop)
    before = path.read_bytes()
    # Its place is taken by a folder: the write fails where a full disk would let it fail.
    path.with_name(f"{path.name}.part").mkdir()
    sit_down(Role.ADMIN)
    with pytest.raises(Unavailable, match="tidak dapat disimpan"):
        certificates.make_trial(shop, NAME, NIP, phrase())
    assert path.read_bytes() == before
    assert certificates.state(shop).present
