"""The password of the mail server lies in the system's keyring, or in a file nobody else can read."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail, null
from keyring.errors import KeyringLocked, PasswordDeleteError

from app.channels.credentials import delete_password, get_password, set_password
from app.errors import Refused, Unavailable

HOST, USER = "mail.example.org", "pelita"


class Memory(KeyringBackend):
    """A keyring that keeps what it is given, as long as the test runs."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if (service, username) not in self.kept:
            raise PasswordDeleteError(service)
        del self.kept[service, username]


class Locked(Memory):
    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringLocked


class Waiting(Memory):
    """Waits for somebody to click, as kwallet does."""

    def __init__(self) -> None:
        super().__init__()
        self.clicked = threading.Event()

    def get_password(self, service: str, username: str) -> str | None:
        self.clicked.wait(20)
        return None


class Forgetful(Memory):
    def set_password(self, service: str, username: str, password: str) -> None:
        """Says nothing and keeps nothing."""


class Broken(Memory):
    def get_password(self, service: str, username: str) -> str | None:
        raise ZeroDivisionError


@pytest.fixture(autouse=True)
def previous() -> Iterator[None]:
    before = keyring.get_keyring()
    yield
    keyring.set_keyring(before)


def test_a_password_is_kept_found_and_forgotten() -> None:
    keyring.set_keyring(Memory())
    set_password(HOST, USER, "rahasia-surat")
    assert get_password(HOST, USER) == "rahasia-surat"
    delete_password(HOST, USER)
    delete_password(HOST, USER)
    with pytest.raises(Refused, match="belum disimpan") as refusal:
        get_password(HOST, USER)
    assert refusal.value.code == "no_password"


@pytest.mark.parametrize("backend", [fail.Keyring, null.Keyring])
def test_without_a_keyring_nothing_is_stored_in_the_open(backend: type[KeyringBackend]) -> None:
    keyring.set_keyring(backend())
    for ask in (lambda: get_password(HOST, USER), lambda: set_password(HOST, USER, "rahasia-surat")):
        with pytest.raises(Refused, match="tidak punya tempat aman") as refusal:
            ask()
        assert refusal.value.code == "no_keyring"
        assert "smtp_password_file" in refusal.value.message
        assert "0600" in refusal.value.message
        assert "rahasia-surat" not in refusal.value.message


def test_a_keyring_that_forgets_is_found_out() -> None:
    keyring.set_keyring(Forgetful())
    with pytest.raises(Refused, match="tidak punya tempat aman"):
        set_password(HOST, USER, "rahasia-surat")


def test_a_locked_keyring_says_what_to_do() -> None:
    keyring.set_keyring(Locked())
    with pytest.raises(Refused, match="Buka kuncinya") as refusal:
        get_password(HOST, USER)
    assert refusal.value.code == "keyring_locked"


def test_a_keyring_that_waits_for_a_click_does_not_hold_us() -> None:
    waiting = Waiting()
    keyring.set_keyring(waiting)
    start = time.monotonic()
    with pytest.raises(Unavailable, match="tidak menjawab"):
        get_password(HOST, USER, timeout=0.2)
    assert time.monotonic() - start < 5
    waiting.clicked.set()


def test_a_fault_of_the_keyring_stays_a_fault() -> None:
    keyring.set_keyring(Broken())
    with pytest.raises(ZeroDivisionError):
        get_password(HOST, USER)


@pytest.fixture
def password_file(tmp_path: Path) -> Path:
    place = tmp_path / "smtp-password"
    place.touch(mode=0o600)
    place.write_text("rahasia surat\n")
    return place


def test_the_file_wins_over_the_keyring(password_file: Path) -> None:
    keyring.set_keyring(Locked())
    assert get_password(HOST, USER, password_file) == "rahasia surat"


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o660, 0o601])
def test_a_file_others_can_reach_is_refused(password_file: Path, mode: int) -> None:
    if os.name != "posix":
        pytest.skip("rights are lists here")
    password_file.chmod(mode)
    with pytest.raises(Refused, match="chmod 600") as refusal:
        get_password(HOST, USER, password_file)
    assert (refusal.value.field, refusal.value.code) == ("smtp_password_file", "open_file")


def test_a_file_of_somebody_else_is_refused(password_file: Path) -> None:
    if os.name != "posix" or os.geteuid() != 0:
        pytest.skip("only root can give a file away")
    os.chown(password_file, 65534, 65534)
    with pytest.raises(Refused, match="milik akun lain"):
        get_password(HOST, USER, password_file)


def test_a_missing_empty_or_linked_file_is_refused(tmp_path: Path, password_file: Path) -> None:
    (tmp_path / "tautan").symlink_to(password_file)
    (tmp_path / "kosong").touch(mode=0o600)
    for name in ("tidak-ada", "tautan", "kosong", "."):
        with pytest.raises(Refused) as refusal:
            get_password(HOST, USER, tmp_path / name)
        assert refusal.value.field == "smtp_password_file"
        assert "rahasia" not in refusal.value.message
