"""A thermal printer on the network: raw bytes to port 9100, status bytes back."""

from __future__ import annotations

import select
import socket

from app.devices import escpos
from app.devices.thermal_talk import Talk
from app.errors import Unavailable

PORT, LAST_PORT = 9100, 65535
CONNECT_SECONDS, SEND_SECONDS = 3.0, 20.0
GONE = "Printer tiket tidak dapat dihubungi. Periksa apakah menyala dan kabel jaringannya terpasang."
BROKE = "Sambungan ke printer tiket putus saat mencetak. Periksa kertasnya, lalu cetak ulang."


class TcpWay:
    """One connection for each thing that is asked: printers serve one at a time and forget idle ones."""

    def __init__(self, place: str) -> None:
        host, _, port = place.partition(":")
        self._host, self._port = host, int(port) if port.isdecimal() and 0 < int(port) <= LAST_PORT else PORT

    def ask(self) -> escpos.Health | None:
        """The printer's own word; None from one that takes bytes and says nothing."""
        with self._connection() as line:
            return Talk(_Line(line)).ask()

    def send(self, data: bytes) -> escpos.Health | None:
        """Everything, then the question how it went: the printer answers when it has printed all of it."""
        with self._connection() as line:
            return Talk(_Line(line)).print(data)

    def _connection(self) -> socket.socket:
        try:
            return socket.create_connection((self._host, self._port), CONNECT_SECONDS)
        except OSError as e:
            raise Unavailable(GONE, code="printer") from e


class _Line:
    def __init__(self, line: socket.socket) -> None:
        self._socket = line
        line.settimeout(SEND_SECONDS)

    def write(self, data: bytes) -> None:
        try:
            self._socket.sendall(data)
        except OSError as e:
            raise Unavailable(BROKE, code="printer") from e

    def read(self, seconds: float) -> bytes:
        if not select.select([self._socket], [], [], seconds)[0]:
            return b""
        try:
            found = self._socket.recv(1)
        except OSError as e:
            raise Unavailable(BROKE, code="printer") from e
        if not found:
            raise Unavailable(BROKE, code="printer")
        return found
