"""What was typed or scanned into the search box, and where it leads: a file, or the list of what was found."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QCoreApplication

from app.errors import Refused
from app.services import berkas, worklist
from app.sop import numbers
from app.ui.desk import Desk

SEAL = "SEGEL:"
"""What the QR of a daily report begins with; it leads to the page that compares it."""


class Place(Protocol):
    """What the finder needs of the shell."""

    def navigate(self, key: str, argument: object = None) -> bool:
        """Bring a page to the front."""

    def code_answer(self, text: str, tone: str = "warn") -> None:
        """One line under the search box."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("finder", text)


def find(desk: Desk, shell: Place, text: str) -> None:
    """Open the file of a berkas number or ticket code; anything else is searched on the page of finished files.

    An unknown or mistyped code changes nothing: one amber line says what to do.
    """
    code = text.strip().upper()
    if code.startswith(SEAL) and shell.navigate("bukti", code):
        return
    if not desk.sop.desk_stages(desk.who.role):
        shell.code_answer(_tr("Peran ini tidak membuka berkas pemohon. Ganti peran dahulu."))
    elif numbers.BERKAS.match(code) or numbers.TICKET.match(code):
        _open(desk, shell, code)
    elif code.startswith("T3-"):
        shell.code_answer(_tr("{0} bukan nomor yang utuh. Pindai ulang atau ketik semua angkanya.").format(code))
    elif not shell.navigate("terkirim", text.strip()):
        shell.code_answer(_tr("Kode tidak dikenal. Ketik nomor berkas, misalnya P3-2605-0001-6."))


def _open(desk: Desk, shell: Place, code: str) -> None:
    if not numbers.valid(code):
        shell.code_answer(_tr("{0} salah ketik: angka terakhirnya tidak cocok. Periksa lalu ulangi.").format(code))
        return

    def look() -> int:
        if numbers.TICKET.match(code):
            found = worklist.by_ticket(code)
        else:
            head = berkas.find(desk.sop, code)
            found = head.id if head else None
        if found is None:
            raise Refused(_tr("{0} tidak ada di kantor ini, atau belum didaftarkan.").format(code))
        return found

    def opened(berkas_id: int) -> None:
        shell.code_answer(_tr("{0} dibuka").format(code), "ok")
        shell.navigate("berkas", berkas_id)

    desk.tasks.ask(look, opened, lambda error: shell.code_answer(str(error), "warn"))
