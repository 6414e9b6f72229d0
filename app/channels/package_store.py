"""Where a package's bytes come from, a folder or a .zip, with the walls that keep a path inside."""

from __future__ import annotations

import stat
import zipfile
import zlib
from typing import TYPE_CHECKING, Protocol

from app.channels.attachments import MAX_ATTACHMENT
from app.channels.files import NotRegularError, opened
from app.errors import Refused, Unavailable

if TYPE_CHECKING:
    from pathlib import Path

MAX_MEMBERS = 200
# All files of one application together, unpacked.
MAX_TOTAL = 200 * 1024 * 1024
# Scans are compressed already: what shrinks a hundredfold was made to burst. Tiny texts may.
MAX_RATIO, RATIO_FROM = 100, 1024 * 1024
# DOS attribute bits and Unix mode share a zip member's external_attr; the mode is the upper half.
UNIX_MODE = 16


class Store(Protocol):
    """Reads members by their relative path."""

    def demand_inside(self, path: str) -> None:
        """Refuses the whole package when the path would leave it."""

    def read(self, path: str) -> bytes:
        """The member's bytes; Refused when missing, too big or a link."""


def fault(text: str, code: str) -> Refused:
    """A refusal of the package."""
    return Refused(text, field="package", code=code)


def demand_plain(path: str) -> None:
    """Refuses absolute paths, drive letters, backslashes, parent steps and control characters (zip slip)."""
    parts = path.split("/")
    bad = "\\" in path or ":" in path or path.startswith("/") or any(part in ("", ".", "..") for part in parts)
    if bad or not path.isprintable():
        shown = "".join(c if c.isprintable() else "?" for c in path)[:80]
        raise fault(
            f"Paket menunjuk berkas di luar foldernya (“{shown}”), jadi tidak dibaca. "
            "Minta pemohon mengirim paket yang baru.",
            "outside",
        )


def _missing(path: str) -> Refused:
    return fault(f"Berkas “{path}” tidak ada di dalam paket. Minta pemohon mengirim paket yang lengkap.", "missing")


def _too_big(path: str) -> Refused:
    limit = MAX_ATTACHMENT // (1024 * 1024)
    return fault(f"Berkas “{path}” lebih dari {limit} MB. Minta pemohon memperkecil lalu mengirim ulang.", "too_big")


def _link(path: str) -> Refused:
    return fault(
        f"“{path}” di dalam paket adalah tautan, bukan berkas, jadi paket tidak dibaca. "
        "Minta pemohon mengirim berkas aslinya.",
        "outside",
    )


class FolderStore:
    """A folder, as from a flash disk or a portal's drop directory."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def demand_inside(self, path: str) -> None:
        """No step of the way may be a link; a link inside the folder can point anywhere."""
        demand_plain(path)
        place = self._root
        for part in path.split("/"):
            place = place / part
            if place.is_symlink():
                raise _link(path)

    def read(self, path: str) -> bytes:
        """Opens without following a link and reads at most one byte too many."""
        self.demand_inside(path)
        try:
            with opened(self._root / path, follow=False) as stream:
                data = stream.read(MAX_ATTACHMENT + 1)
        except (FileNotFoundError, NotADirectoryError):
            raise _missing(path) from None
        except NotRegularError:
            raise fault(f"“{path}” di paket bukan berkas biasa. Minta pemohon mengirim ulang.", "not_a_file") from None
        except PermissionError:
            raise fault(
                f"Berkas “{path}” di paket tidak boleh dibaca dari akun ini. Salin paketnya ke folder Anda.",
                "no_permission",
            ) from None
        except OSError as error:
            raise _unreadable(path, error) from None
        if len(data) > MAX_ATTACHMENT:
            raise _too_big(path)
        return data


class ZipStore:
    """A .zip; its table of contents is judged whole before one byte is unpacked, and nothing is ever extracted."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with self._opened() as archive:
            _demand_harmless(archive)

    def demand_inside(self, path: str) -> None:
        """Members' names were judged on opening; here only the name that was asked for."""
        demand_plain(path)

    def read(self, path: str) -> bytes:
        """Unpacks one member into memory, never more than the limit, whatever its header claims."""
        self.demand_inside(path)
        with self._opened() as archive:
            try:
                with archive.open(path) as stream:
                    data = stream.read(MAX_ATTACHMENT + 1)
            except KeyError:
                raise _missing(path) from None
            except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
                # RuntimeError is how zipfile says "encrypted".
                raise fault(
                    f"Berkas “{path}” di dalam paket rusak atau terkunci sandi. Minta pemohon mengirim ulang.", "broken"
                ) from None
        if len(data) > MAX_ATTACHMENT:
            raise _too_big(path)
        return data

    def _opened(self) -> zipfile.ZipFile:
        try:
            return zipfile.ZipFile(self._path)
        except FileNotFoundError:
            raise fault(f"Paket “{self._path.name}” tidak ditemukan. Pilih ulang paketnya.", "missing") from None
        except PermissionError:
            raise fault(
                f"Paket “{self._path.name}” tidak boleh dibaca dari akun ini. Salin dahulu ke folder Anda.",
                "no_permission",
            ) from None
        except (zipfile.BadZipFile, ValueError, NotImplementedError):
            raise fault(
                f"Paket “{self._path.name}” bukan folder atau .zip yang utuh. Minta pemohon mengirim ulang.", "broken"
            ) from None
        except OSError as error:
            raise _unreadable(self._path.name, error) from None


def _unreadable(name: str, error: OSError) -> Unavailable:
    return Unavailable(f"“{name}” gagal dibaca ({error.strerror}). Periksa media atau jaringannya, lalu coba lagi.")


def _demand_harmless(archive: zipfile.ZipFile) -> None:
    """Paths, links, number, size and ratio of all members; the sizes a header lies about are caught while reading."""
    members = archive.infolist()
    names = [member.filename for member in members]
    if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_TOTAL:
        raise _bomb()
    if len(set(names)) != len(names):
        raise fault("Paket memuat dua berkas bernama sama. Minta pemohon mengirim paket yang baru.", "broken")
    for member in members:
        # zipfile cuts names at a zero byte and turns backslashes on Windows: judge what was really written.
        demand_plain(member.orig_filename.rstrip("/"))
        if stat.S_ISLNK(member.external_attr >> UNIX_MODE):
            raise _link(member.filename)
        if member.file_size > RATIO_FROM and member.file_size > MAX_RATIO * max(member.compress_size, 1):
            raise _bomb()


def _bomb() -> Refused:
    return fault(
        "Paket mengembang jauh melebihi ukuran wajar, jadi tidak dibuka. Minta pemohon mengirim berkas satu per satu.",
        "bomb",
    )
