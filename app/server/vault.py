"""The backup file: named members in one stream, encrypted in authenticated pieces; every change of a byte is noticed.

Layout: MAGIC, key id (8 bytes), salt (32), then pieces of at most 64 KiB of plaintext, each AES-256-GCM with a key
that HKDF-SHA256 derives from the office's key and the salt. A piece's nonce is its number and whether it is the last,
so pieces that are cut off, swapped, left out or appended do not decrypt; the header is bound to each of them.
"""

from __future__ import annotations

import hashlib
import os
import struct
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.errors import Refused

MAGIC = b"PELITA3-CADANGAN-1\n"
KEY, SALT, KEY_ID = 32, 32, 8
PIECE = 65536
TAG = 16
HEADER = len(MAGIC) + KEY_ID + SALT
NAME, DATA, END = b"N", b"D", b"E"
"""A member begins with its name, goes on with data and ends with the SHA-256 of all of it."""

NOT_OURS = "Berkas ini bukan cadangan PELITA 3, atau rusak di awalnya."
OTHER_KEY = "Kunci cadangan ini bukan kunci yang dipakai saat berkas itu dibuat. Pakai lembar kunci yang sesuai."
BROKEN = "Berkas cadangan rusak, terpotong, atau diubah. Pakai cadangan yang lain."


def key_id(key: bytes) -> bytes:
    """Which key it is, without telling anything of it."""
    return hashlib.sha256(b"PELITA3 kunci cadangan" + key).digest()[:KEY_ID]


def _cipher(key: bytes, salt: bytes) -> AESGCM:
    return AESGCM(HKDF(SHA256(), KEY, salt, b"PELITA3 cadangan 1").derive(key))


def _nonce(number: int, *, last: bool) -> bytes:
    return struct.pack(">QxxxB", number, last)


class Writer:
    """Writes a backup file that only its owner may read. It is whole only after `close`; hash it then."""

    def __init__(self, path: Path, key: bytes) -> None:
        salt = os.urandom(SALT)
        self._header = MAGIC + key_id(key) + salt
        self._cipher, self._number, self._held = _cipher(key, salt), 0, bytearray()
        self._member = hashlib.sha256()
        self._file: BinaryIO = os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb")
        self._file.write(self._header)

    def begin(self, name: str) -> None:
        """The next member."""
        self._member = hashlib.sha256()
        self._record(NAME, name.encode())

    def write(self, data: bytes) -> None:
        """Some of the member's bytes."""
        self._member.update(data)
        for start in range(0, len(data), PIECE):
            self._record(DATA, data[start : start + PIECE])

    def end(self) -> None:
        """The member is complete."""
        self._record(END, self._member.digest())

    def add(self, name: str, data: bytes) -> None:
        """A whole member."""
        self.begin(name)
        self.write(data)
        self.end()

    def close(self) -> None:
        """Write the last piece and wait until the disk has all of it."""
        self._piece(bytes(self._held), last=True)
        self._held.clear()
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()

    def _record(self, kind: bytes, data: bytes) -> None:
        self._held += kind + struct.pack(">I", len(data)) + data
        while len(self._held) > PIECE:
            self._piece(bytes(self._held[:PIECE]), last=False)
            del self._held[:PIECE]

    def _piece(self, plain: bytes, *, last: bool) -> None:
        self._file.write(self._cipher.encrypt(_nonce(self._number, last=last), plain, self._header))
        self._number += 1

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        # After an error the file lacks its last piece, so nobody can take it for a whole one.
        if kind is None:
            self.close()
        else:
            self._file.close()


class Reader:
    """Reads a backup file member by member. Refused where it is not ours, made with another key, or not whole."""

    def __init__(self, path: Path, key: bytes) -> None:
        self._file = path.open("rb")
        self._header = self._file.read(HEADER)
        if len(self._header) < HEADER or not self._header.startswith(MAGIC):
            self._file.close()
            raise Refused(NOT_OURS, code="backup_form")
        if self._header[len(MAGIC) : len(MAGIC) + KEY_ID] != key_id(key):
            self._file.close()
            raise Refused(OTHER_KEY, code="backup_key")
        self._cipher = _cipher(key, self._header[-SALT:])
        self._pieces, self._held = self._decrypted(), bytearray()

    def members(self) -> Iterator[tuple[str, Iterator[bytes]]]:
        """Each member's name and its bytes; what is left unread of one is passed over, and checked all the same."""
        while self._filled(5):
            kind, data = self._record()
            if kind != NAME:
                raise Refused(BROKEN, code="backup_broken")
            parts = self._parts()
            yield data.decode(), parts
            for _ in parts:
                pass

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def _parts(self) -> Iterator[bytes]:
        found = hashlib.sha256()
        while True:
            kind, data = self._record()
            if kind == END:
                if data != found.digest():
                    raise Refused(BROKEN, code="backup_broken")
                return
            found.update(data)
            yield data

    def _record(self) -> tuple[bytes, bytes]:
        if not self._filled(5):
            raise Refused(BROKEN, code="backup_broken")
        kind, length = bytes(self._held[:1]), struct.unpack(">I", self._held[1:5])[0]
        if length > PIECE or not self._filled(5 + length):
            raise Refused(BROKEN, code="backup_broken")
        data = bytes(self._held[5 : 5 + length])
        del self._held[: 5 + length]
        return kind, data

    def _filled(self, wanted: int) -> bool:
        while len(self._held) < wanted:
            piece = next(self._pieces, None)
            if piece is None:
                return False
            self._held += piece
        return True

    def _decrypted(self) -> Iterator[bytes]:
        number, piece = 0, self._file.read(PIECE + TAG)
        while True:
            following = self._file.read(PIECE + TAG)
            try:
                yield self._cipher.decrypt(_nonce(number, last=not following), piece, self._header)
            except InvalidTag as error:
                raise Refused(BROKEN, code="backup_broken") from error
            if not following:
                return
            number, piece = number + 1, following

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self.close()
