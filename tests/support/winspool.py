"""winspool.drv as Windows gives it, in Python: the same order, the same arguments, 0 and GetLastError on failure."""

from __future__ import annotations

import ctypes
from ctypes import c_uint32, c_wchar_p
from typing import Any

from app.devices.thermal_spooler import DocInfo, Handle, JobInfo, PrinterInfo

INVALID_HANDLE, INVALID_PARAMETER, TOO_SMALL, UNKNOWN_PRINTER, BAD_LEVEL = 6, 87, 122, 1801, 124
JOB = 7
# winspool.h on 64-bit Windows: what the structures must look like in memory.
SIZES = {DocInfo: 24, PrinterInfo: 136, JobInfo: 96}
OFFSETS = {"attributes": 104, "status": 124}


class Spooler:
    """One queue. `piece` is how much it takes at once; `fails` names the call that fails; `job` what GetJob says."""

    def __init__(self, name: str = "Tiket", *, piece: int = 65_536) -> None:
        self.name, self.piece = name, piece
        self.fails, self.error = "", 0
        self.status = self.attributes = self.job = 0
        self.calls: list[str] = []
        self.received = b""
        self.document: tuple[str, str | None, str] | None = None
        self._open = self._doc = self._page = False
        self._error = 0

    def last_error(self) -> int:
        return self._error

    def OpenPrinterW(self, name: c_wchar_p, handle: Any, defaults: None) -> int:  # noqa: N802
        if name.value != self.name:
            return self._no("OpenPrinterW", UNKNOWN_PRINTER)
        if self._refused("OpenPrinterW"):
            return 0
        assert defaults is None
        handle._obj.value, self._open = 4711, True
        return 1

    def StartDocPrinterW(self, handle: Handle, level: c_uint32, info: Any) -> int:  # noqa: N802
        if not self._good(handle) or self._doc or self._refused("StartDocPrinterW"):
            return 0
        if level.value != 1 or not isinstance(info._obj, DocInfo):
            return self._no("StartDocPrinterW", BAD_LEVEL)
        self.document = (info._obj.pDocName, info._obj.pOutputFile, info._obj.pDatatype)
        self._doc = True
        return JOB

    def StartPagePrinter(self, handle: Handle) -> int:  # noqa: N802
        if not self._good(handle) or not self._doc or self._refused("StartPagePrinter"):
            return 0
        self._page = True
        return 1

    def WritePrinter(self, handle: Handle, data: bytes, length: c_uint32, taken: Any) -> int:  # noqa: N802
        if not self._good(handle) or not self._page or self._refused("WritePrinter"):
            return 0
        assert length.value == len(data)
        part = data[: min(length.value, self.piece)]
        self.received += part
        taken._obj.value = len(part)
        return 1

    def EndPagePrinter(self, handle: Handle) -> int:  # noqa: N802
        if not self._good(handle) or not self._page or self._refused("EndPagePrinter"):
            return 0
        self._page = False
        return 1

    def EndDocPrinter(self, handle: Handle) -> int:  # noqa: N802
        if not self._good(handle) or not self._doc or self._refused("EndDocPrinter"):
            return 0
        self._doc = False
        return 1

    def AbortPrinter(self, handle: Handle) -> int:  # noqa: N802
        self.calls.append("AbortPrinter")
        self._doc, self.received = False, b""
        return 1

    def ClosePrinter(self, handle: Handle) -> int:  # noqa: N802
        assert self._open, "closed twice"
        self.calls.append("ClosePrinter")
        self._open = False
        return 1

    def GetPrinterW(  # noqa: N802
        self, handle: Handle, level: c_uint32, room: Any, size: c_uint32, needed: Any
    ) -> int:
        if level.value != 2:
            return self._no("GetPrinterW", BAD_LEVEL)
        info = PrinterInfo()
        info.status, info.attributes = self.status, self.attributes
        return self._filled("GetPrinterW", info, (room, size, needed))

    def GetJobW(  # noqa: N802
        self, handle: Handle, number: c_uint32, level: c_uint32, room: Any, size: c_uint32, needed: Any
    ) -> int:
        if number.value != JOB or level.value != 1 or self.job < 0:
            return self._no("GetJobW", INVALID_PARAMETER)
        info = JobInfo()
        info.id, info.status = JOB, self.job
        return self._filled("GetJobW", info, (room, size, needed))

    def _filled(self, call: str, info: ctypes.Structure, asked: tuple[Any, c_uint32, Any]) -> int:
        room, size, needed = asked
        # Windows puts the strings behind the structure: more is needed than the structure itself.
        needed._obj.value = ctypes.sizeof(info) + 40
        if room is None or size.value < needed._obj.value:
            return self._no(call, TOO_SMALL)
        ctypes.memmove(room, ctypes.byref(info), ctypes.sizeof(info))
        return 1

    def _good(self, handle: Handle) -> bool:
        if self._open and handle.value == 4711:
            return True
        self._error = INVALID_HANDLE
        return False

    def _refused(self, call: str) -> bool:
        self.calls.append(call)
        if call == self.fails:
            self._error = self.error
            return True
        return False

    def _no(self, call: str, error: int) -> int:
        self.calls.append(f"{call}!")
        self._error = error
        return 0
