"""The office's backup key: made once, for its owner's eyes only, and written down in groups that a hand can type."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from pathlib import Path

from app.errors import Refused
from app.server import vault

FILE = "kunci-cadangan.txt"
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's: no I, L, O, U, so that what is read aloud or copied by hand comes out right."""
CHECK = 3
GROUPS, GROUP = 14, 4
CODE = "P3KUNCI:"
"""What the QR on the paper begins with."""

LOST = (
    "Kunci cadangan tidak ada di {0}. Tanpa kunci, cadangan tidak dapat dibuka: pulihkan dari lembar kunci dengan "
    "`pelita3 admin backup-key --type`."
)
OPEN = "Kunci cadangan {0} dapat dibaca orang lain. Jalankan: chmod 600 {0}"
WRONG = "Kunci itu salah ketik (kelompok ke-{0} atau sekitarnya). Periksa dengan lembar kunci, lalu ulangi."
SHORT = "Kunci cadangan terdiri dari 14 kelompok berisi 4 huruf atau angka. Yang diketik {0} huruf."


def load(path: Path) -> bytes:
    """The key of a file. Refused where there is none, others may read it, or it is damaged."""
    try:
        if os.name == "posix" and path.stat().st_mode & 0o077:
            raise Refused(OPEN.format(path), code="backup_key")
        return parse(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise Refused(LOST.format(path), code="backup_key") from error


def make(path: Path) -> bytes:
    """A new key in a new file. FileExistsError where one lies there: a key is never replaced."""
    key = secrets.token_bytes(vault.KEY)
    keep(path, key)
    return key


def keep(path: Path, key: bytes) -> None:
    """Write a key down, for its owner's eyes from the first byte on; FileExistsError where one lies there."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="utf-8") as file:
        file.write(words(key) + "\n")
        file.flush()
        os.fsync(file.fileno())


def renew(path: Path) -> bytes:
    """Another key from now on. The old one stays beside it under its own name: older backups need it."""
    old = load(path)
    path.replace(path.with_name(f"{path.stem}-lama-{name(old)}{path.suffix}"))
    return make(path)


def words(key: bytes) -> str:
    """The key as it is written down: fourteen groups of four, the last five letters being a check."""
    number = int.from_bytes(key + _check(key))
    letters = "".join(ALPHABET[(number >> 5 * i) & 31] for i in reversed(range(GROUPS * GROUP)))
    return "-".join(letters[i : i + GROUP] for i in range(0, len(letters), GROUP))


def parse(text: str) -> bytes:
    """The key of what was typed or scanned; small letters, blanks and the look-alikes O, I and L are forgiven."""
    letters = re.sub(r"[\s-]", "", text.strip().upper().removeprefix(CODE))
    letters = letters.translate(str.maketrans("OIL", "011"))
    if len(letters) != GROUPS * GROUP:
        raise Refused(SHORT.format(len(letters)), field="key", code="backup_key")
    number = 0
    for i, letter in enumerate(letters):
        if letter not in ALPHABET:
            raise Refused(WRONG.format(i // GROUP + 1), field="key", code="backup_key")
        number = number << 5 | ALPHABET.index(letter)
    data = number.to_bytes(vault.KEY + CHECK)
    key, check = data[: vault.KEY], data[vault.KEY :]
    if _check(key) != check:
        raise Refused(
            "Kunci itu salah ketik. Periksa tiap kelompok dengan lembar kunci, lalu ulangi.", field="key",
            code="backup_key",
        )  # fmt: skip
    return key


def name(key: bytes) -> str:
    """Which key it is, as it stands on its paper and on every backup: eight letters that tell nothing of it."""
    shown = vault.key_id(key).hex()[:8].upper()
    return f"{shown[:4]}-{shown[4:]}"


def _check(key: bytes) -> bytes:
    return hashlib.sha256(b"periksa" + key).digest()[:CHECK]
