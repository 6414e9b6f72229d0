"""A thermal printer behind a Windows queue: raw bytes past its driver, by the functions of winspool.drv."""

from __future__ import annotations

import ctypes
import time
from ctypes import byref, c_ubyte, c_uint16, c_uint32, c_void_p, c_wchar_p
from typing import Any, Protocol

from app.devices import escpos
from app.errors import Unavailable

Handle = c_void_p
PRINTER_LEVEL, JOB_LEVEL = 2, 1
WAIT_SECONDS = 8.0
NO_SUCH_PRINTER, DENIED, NO_SUCH_JOB = 1801, 5, 87
DOCUMENT = "PELITA 3 tiket"

OUT_OF_PAPER = "Kertas printer habis. Pasang gulungan baru."
OPEN_COVER = "Tutup printer terbuka. Tutup dengan rapat."
OFF = "Printer tidak siap. Periksa tombol dan kabelnya."
PAUSED = "Antrean printer dijeda di Windows. Lanjutkan antreannya, lalu cetak lagi."
BROKEN = "Printer bermasalah. Matikan, nyalakan lagi, dan periksa kertasnya."
PRINTER_TROUBLE = (
    (0x10, OUT_OF_PAPER), (0x400000, OPEN_COVER), (0x80 | 0x1000, OFF), (0x1, PAUSED),
    (0x2 | 0x8 | 0x40 | 0x100000, BROKEN),
)  # fmt: skip
"""PRINTER_STATUS_* of winspool.h: paper out, door, offline or not available, paused, error or jam or paper or user."""
WORK_OFFLINE = 0x400
JOB_TROUBLE = ((0x40, OUT_OF_PAPER), (0x20, OFF), (0x1, PAUSED), (0x2 | 0x200 | 0x400, BROKEN))
"""JOB_STATUS_*: paper out, offline, paused, error or blocked or user."""
JOB_LEFT = 0x80 | 0x100 | 0x1000
"""Printed, deleted, complete: the spooler has nothing more to say of it."""


class DocInfo(ctypes.Structure):
    """DOC_INFO_1W."""

    _fields_ = (("pDocName", c_wchar_p), ("pOutputFile", c_wchar_p), ("pDatatype", c_wchar_p))


class PrinterInfo(ctypes.Structure):
    """PRINTER_INFO_2W."""

    _fields_ = (
        *((name, c_void_p) for name in ("server", "printer", "share", "port", "driver", "comment", "location")),
        *((name, c_void_p) for name in ("devmode", "sepfile", "processor", "datatype", "parameters", "security")),
        *(
            (name, c_uint32)
            for name in ("attributes", "priority", "default", "start", "until", "status", "jobs", "ppm")
        ),
    )


class JobInfo(ctypes.Structure):
    """JOB_INFO_1W."""

    _fields_ = (
        ("id", c_uint32),
        *((name, c_void_p) for name in ("printer", "machine", "user", "document", "datatype", "words")),
        *((name, c_uint32) for name in ("status", "priority", "position", "total", "printed")),
        ("submitted", c_uint16 * 8),
    )


class Winspool(Protocol):
    """The functions of winspool.drv as C gives them: 0 is failure, and why stands in GetLastError."""

    OpenPrinterW: Any
    StartDocPrinterW: Any
    StartPagePrinter: Any
    WritePrinter: Any
    EndPagePrinter: Any
    EndDocPrinter: Any
    AbortPrinter: Any
    ClosePrinter: Any
    GetPrinterW: Any
    GetJobW: Any

    def last_error(self) -> int:
        """What went wrong in this thread's last call."""


class SpoolerWay:
    """One Windows queue. The spooler tells trouble; that paper came out it cannot know, so nobody says it."""

    def __init__(self, place: str, functions: Winspool | None = None) -> None:
        self._name = place
        self._functions = functions

    def ask(self) -> escpos.Health | None:
        """The queue's trouble; None where it has none, which is no promise."""
        spool, handle = self._open()
        try:
            return _trouble(_printer_words(spool, handle))
        finally:
            spool.ClosePrinter(handle)

    def send(self, data: bytes) -> escpos.Health | None:
        """Everything into the queue, then as long as the job stands in it: what the spooler says of it."""
        spool, handle = self._open()
        try:
            number = self._spooled(spool, handle, data)
            return _trouble(_followed(spool, handle, number))
        finally:
            spool.ClosePrinter(handle)

    def _open(self) -> tuple[Winspool, Handle]:
        spool = self._functions or load()
        handle = Handle()
        if not spool.OpenPrinterW(c_wchar_p(self._name), byref(handle), None):
            raise _failure(spool, self._name)
        return spool, handle

    def _spooled(self, spool: Winspool, handle: Handle, data: bytes) -> int:
        number = int(spool.StartDocPrinterW(handle, c_uint32(1), byref(DocInfo(DOCUMENT, None, "RAW"))))
        if not number:
            raise _failure(spool, self._name)
        good = bool(spool.StartPagePrinter(handle)) and _written(spool, handle, data)
        good = good and bool(spool.EndPagePrinter(handle))
        if not good:
            error = _failure(spool, self._name)
            # What was handed over so far must not come out as half a ticket.
            spool.AbortPrinter(handle)
            raise error
        if not spool.EndDocPrinter(handle):
            raise _failure(spool, self._name)
        return number


def load() -> Winspool:
    """The real functions; Unavailable on any other system."""
    library = vars(ctypes).get("WinDLL")
    if library is None:
        raise Unavailable("Cara ini hanya ada di Windows. Pilih jaringan atau berkas perangkat.", code="printer")
    spool = library("winspool.drv", use_last_error=True)
    spool.last_error = vars(ctypes)["get_last_error"]
    spool.OpenPrinterW.argtypes = [c_wchar_p, c_void_p, c_void_p]
    spool.StartDocPrinterW.argtypes = [Handle, c_uint32, c_void_p]
    spool.WritePrinter.argtypes = [Handle, c_void_p, c_uint32, c_void_p]
    for name in ("StartPagePrinter", "EndPagePrinter", "EndDocPrinter", "AbortPrinter", "ClosePrinter"):
        getattr(spool, name).argtypes = [Handle]
    spool.GetPrinterW.argtypes = [Handle, c_uint32, c_void_p, c_uint32, c_void_p]
    spool.GetJobW.argtypes = [Handle, c_uint32, c_uint32, c_void_p, c_uint32, c_void_p]
    loaded: Winspool = spool
    return loaded


def _written(spool: Winspool, handle: Handle, data: bytes) -> bool:
    """WritePrinter may take less than it is given, and says how much."""
    at = 0
    while at < len(data):
        piece, taken = data[at:], c_uint32()
        if not spool.WritePrinter(handle, piece, c_uint32(len(piece)), byref(taken)) or not taken.value:
            return False
        at += taken.value
    return True


def _followed(spool: Winspool, handle: Handle, number: int) -> str:
    """The job's trouble; "" once it has left the queue."""
    end = time.monotonic() + WAIT_SECONDS
    while True:
        found = _read(JobInfo, lambda *rest: spool.GetJobW(handle, c_uint32(number), c_uint32(JOB_LEVEL), *rest))
        if found is None or found.status & JOB_LEFT:
            return _printer_words(spool, handle)
        words = _first(JOB_TROUBLE, found.status) or _printer_words(spool, handle)
        if words or time.monotonic() > end:
            return words
        time.sleep(0.2)


def _printer_words(spool: Winspool, handle: Handle) -> str:
    found = _read(PrinterInfo, lambda *rest: spool.GetPrinterW(handle, c_uint32(PRINTER_LEVEL), *rest))
    if found is None:
        return ""
    return _first(PRINTER_TROUBLE, found.status) or (OFF if found.attributes & WORK_OFFLINE else "")


def _read(kind: type[Any], call: Any) -> Any:
    """A structure of unknown length: ask how long, then for it; None where there is none."""
    needed = c_uint32()
    call(None, c_uint32(0), byref(needed))
    if needed.value < ctypes.sizeof(kind):
        return None
    room = (c_ubyte * needed.value)()
    if not call(room, c_uint32(needed.value), byref(needed)):
        return None
    return kind.from_buffer_copy(room)


def _first(known: tuple[tuple[int, str], ...], status: int) -> str:
    return next((words for bits, words in known if status & bits), "")


def _trouble(words: str) -> escpos.Health | None:
    return escpos.Health(online=False, paper=words != OUT_OF_PAPER, low=False, trouble=words) if words else None


def _failure(spool: Winspool, name: str) -> Unavailable:
    number = spool.last_error()
    if number == NO_SUCH_PRINTER:
        return Unavailable(f"Printer “{name}” tidak ada di Windows PC ini. Pilih printer lain.", code="printer")
    if number == DENIED:
        return Unavailable(f"Windows tidak mengizinkan PC ini memakai printer “{name}”. Hubungi TI.", code="printer")
    return Unavailable(f"Windows menolak cetakan ke “{name}” (kesalahan {number}). Coba lagi.", code="printer")
