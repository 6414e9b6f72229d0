"""A thermal printer on a cable: bytes to its device file (/dev/usb/lp0, LPT1), and its answer where it has one."""

from __future__ import annotations

import errno
import os
import select
import stat
from pathlib import Path

from app.devices import escpos
from app.devices.thermal_talk import Talk
from app.errors import Unavailable

SEND_SECONDS, PIECE = 20.0, 4096
SILENT = {errno.EINVAL, errno.EOPNOTSUPP, errno.EAGAIN}
GONE = "Printer tiket tidak terpasang. Periksa kabel USB dan apakah printer menyala."
RIGHTS = "Komputer ini belum boleh memakai printer tiket itu. Minta petugas TI memberi izin (kelompok `lp`)."
BROKE = "Printer tiket berhenti menerima. Periksa kertas dan kabelnya, lalu cetak ulang."
NO_DEVICE = "Berkas itu bukan printer. Pilih berkas perangkat printer, misalnya /dev/usb/lp0."


class FileWay:
    """Opened for each job and closed after it, so that another program can use the printer too."""

    def __init__(self, place: str) -> None:
        self._path = Path(place)

    def ask(self) -> escpos.Health | None:
        """The printer's own word; None where the device only takes."""
        line = self._open()
        try:
            return Talk(line).ask() if line.answers else None
        finally:
            line.close()

    def send(self, data: bytes) -> escpos.Health | None:
        """Everything, as fast as the printer takes it, then the question how it went."""
        line = self._open()
        try:
            if line.answers:
                return Talk(line).print(data)
            line.write(data)
            return None
        finally:
            line.close()

    def _open(self) -> _Line:
        # Never O_CREAT: a printer that was pulled out must not become a file of that name.
        both = os.name == "posix" and not self._path.is_fifo()
        flags = (os.O_RDWR if both else os.O_WRONLY) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)
        try:
            line = _Line(os.open(self._path, flags | getattr(os, "O_BINARY", 0)), answers=both)
        except PermissionError as e:
            raise Unavailable(RIGHTS, code="printer") from e
        except OSError as e:
            raise Unavailable(GONE, code="printer") from e
        if line.is_file():
            line.close()
            raise Unavailable(NO_DEVICE, code="printer")
        return line


class _Line:
    def __init__(self, number: int, *, answers: bool) -> None:
        self._number, self.answers = number, answers

    def is_file(self) -> bool:
        return stat.S_ISREG(os.fstat(self._number).st_mode)

    def close(self) -> None:
        os.close(self._number)

    def write(self, data: bytes) -> None:
        left = memoryview(data)
        while left:
            # Windows waits by itself: `select` there knows sockets only.
            if os.name == "posix" and not select.select([], [self._number], [], SEND_SECONDS)[1]:
                raise Unavailable(BROKE, code="printer")
            try:
                left = left[os.write(self._number, left[:PIECE]) :]
            except BlockingIOError:
                continue
            except OSError as e:
                raise Unavailable(BROKE, code="printer") from e

    def read(self, seconds: float) -> bytes:
        """One byte; none from a device that only takes."""
        try:
            return os.read(self._number, 1) if select.select([self._number], [], [], seconds)[0] else b""
        except OSError as e:
            if e.errno in SILENT:
                return b""
            raise Unavailable(BROKE, code="printer") from e
