"""The e-mail password: in the system's keyring, or in a file only its owner can read; nowhere else."""

from __future__ import annotations

import os
import stat
import threading
from typing import TYPE_CHECKING, TypeVar

from app.channels.files import NotRegularError, opened
from app.errors import Refused, Unavailable

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from keyring.backend import KeyringBackend

T = TypeVar("T")
SERVICE = "pelita3-smtp"
ALTERNATIVE = (
    "Atau simpan kata sandi di berkas yang hanya dapat dibaca pemiliknya (izin 0600) "
    "dan isikan letaknya pada pengaturan smtp_password_file."
)
MAX_FILE = 4096


def get_password(host: str, user: str, password_file: Path | None = None, timeout: float = 5.0) -> str:
    """The password for this user at this server; the file wins when one is set.

    Refused (field "smtp_password" or "smtp_password_file") says what to do and names the other way; Unavailable when
    the keyring does not answer within `timeout` seconds (it may be asking for its own password on another screen).
    """
    if password_file is not None:
        return _from_file(password_file)
    found = _in_worker(lambda: _backend().get_password(_service(host), user), timeout)
    if found is None:
        raise Refused(
            f"Kata sandi e-mail untuk {host} belum disimpan di komputer ini. Isi pada pengaturan e-mail. {ALTERNATIVE}",
            field="smtp_password",
            code="no_password",
        )
    return found


def set_password(host: str, user: str, password: str, timeout: float = 5.0) -> None:
    """Stores the password and reads it back: a backend that forgets must not pass for one that keeps."""
    service = _service(host)

    def store() -> str | None:
        backend = _backend()
        backend.set_password(service, user, password)
        return backend.get_password(service, user)

    if _in_worker(store, timeout) != password:
        raise _no_keyring()


def delete_password(host: str, user: str, timeout: float = 5.0) -> None:
    """Forgets the password; one that was never there is as good as forgotten."""
    service = _service(host)

    def forget() -> None:
        backend = _backend()
        if backend.get_password(service, user) is not None:
            backend.delete_password(service, user)

    _in_worker(forget, timeout)


def _service(host: str) -> str:
    return f"{SERVICE}:{host}"


def _backend() -> KeyringBackend:
    """A backend that really keeps secrets; the null one "succeeds" and loses, keyrings.alt writes plain text."""
    # Imported here: looking for backends takes time, and belongs in the worker.
    import keyring  # noqa: PLC0415
    from keyring.backends import chainer, fail, null  # noqa: PLC0415

    backend = keyring.get_keyring()
    useless = isinstance(backend, fail.Keyring | null.Keyring) or type(backend).__module__.startswith("keyrings.alt")
    if useless or (isinstance(backend, chainer.ChainerBackend) and not list(backend.backends)):
        raise _no_keyring()
    return backend


def _no_keyring() -> Refused:
    return Refused(
        "Komputer ini tidak punya tempat aman untuk kata sandi (keyring). "
        f"Pasang dan buka keyring sistem, misalnya gnome-keyring. {ALTERNATIVE}",
        field="smtp_password",
        code="no_keyring",
    )


def _in_worker(ask: Callable[[], T], timeout: float) -> T:
    """Asks in a thread of its own, because kwallet and friends may wait for somebody to click."""
    answers: list[T] = []
    faults: list[Exception] = []

    def work() -> None:
        try:
            answers.append(ask())
        except Exception as error:  # noqa: BLE001 -- carried to the caller's thread and judged there
            faults.append(error)

    worker = threading.Thread(target=work, name="keyring", daemon=True)
    worker.start()
    worker.join(timeout)
    if worker.is_alive():
        raise Unavailable(
            "Keyring sistem tidak menjawab. Mungkin ia menunggu kata sandinya di jendela lain: buka, lalu coba lagi. "
            f"{ALTERNATIVE}"
        )
    if faults:
        raise _judged(faults[0]) from None
    return answers[0]


def _judged(fault: Exception) -> Exception:
    """Keyring's errors in the officer's words; anything else stays the bug it is."""
    from keyring import errors  # noqa: PLC0415

    if isinstance(fault, errors.NoKeyringError):
        return _no_keyring()
    if isinstance(fault, errors.KeyringError):
        return Refused(
            f"Keyring sistem terkunci atau menolak. Buka kuncinya, lalu coba lagi. {ALTERNATIVE}",
            field="smtp_password",
            code="keyring_locked",
        )
    return fault


def _from_file(path: Path) -> str:
    """The file's first line; asks the open file for its rights, so that nothing can be swapped in between."""
    try:
        stream = opened(path, follow=False)
    except NotRegularError:
        raise _bad_file("bukan berkas biasa. Tunjuk berkas teks yang berisi kata sandi", "no_file") from None
    except OSError as error:
        raise _bad_file(f"tidak dapat dibuka ({error.strerror}). Periksa letak dan izinnya", "no_file") from None
    with stream:
        found = os.fstat(stream.fileno())
        # Windows keeps rights in lists that these bits do not show.
        if os.name == "posix" and stat.S_IMODE(found.st_mode) & (stat.S_IRWXG | stat.S_IRWXO):
            raise _bad_file("dapat dibaca orang lain. Jalankan chmod 600 pada berkas itu", "open_file")
        if os.name == "posix" and found.st_uid not in (os.geteuid(), 0):
            raise _bad_file("milik akun lain. Buat berkas itu dari akun yang menjalankan program ini", "open_file")
        text = stream.read(MAX_FILE).decode("utf-8", "replace")
    lines = text.splitlines()
    if not lines or not lines[0]:
        raise _bad_file("kosong. Tulis kata sandi pada baris pertama", "no_password")
    return lines[0]


def _bad_file(what: str, code: str) -> Refused:
    text = f"Berkas kata sandi e-mail {what}, lalu coba lagi."
    return Refused(text, field="smtp_password_file", code=code)
