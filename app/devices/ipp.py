"""Two questions to CUPS in its own protocol (IPP, RFC 8011), because `lpstat` does not tell done from aborted."""

from __future__ import annotations

import http.client
import os
import socket
import struct
from pathlib import Path

from app.errors import Unavailable

SOCKET = Path("/run/cups/cups.sock")
CLIENT_CONF = Path("/etc/cups/client.conf")
PORT = 631
TIMEOUT = 10.0
GET_JOB, GET_PRINTER = 0x0009, 0x000B
NOT_FOUND = {0x0406, 0x0407}
# Delimiters and value tags of RFC 8010, 3.5; what is below 0x10 opens a group of attributes.
OPERATION, END, FIRST_VALUE = 0x01, 0x03, 0x10
INTEGER, ENUM, NAME, KEYWORD, URI, CHARSET, LANGUAGE = 0x21, 0x23, 0x42, 0x44, 0x45, 0x47, 0x48
MAX_ANSWER = 1024 * 1024
Answer = dict[str, list[int | str]]


def job(queue: str, number: int) -> Answer | None:
    """`job-state` (3 pending … 9 completed) and its reasons; None when CUPS does not know the job (any more)."""
    wanted = ("job-state", "job-state-reasons", "job-printer-state-message")
    return _ask(GET_JOB, queue, wanted, _attribute(INTEGER, "job-id", struct.pack(">i", number)))


def printer(queue: str) -> Answer | None:
    """`printer-state` (3 idle, 4 printing, 5 stopped), its message; None when there is no such queue."""
    wanted = ("printer-state", "printer-state-message", "printer-is-accepting-jobs", "printer-info")
    return _ask(GET_PRINTER, queue, wanted)


def _ask(operation: int, queue: str, wanted: tuple[str, ...], extra: bytes = b"") -> Answer | None:
    """One request, one answer; Unavailable when nobody answers or the answer is no IPP."""
    body = struct.pack(">BBHI", 2, 0, operation, 1) + bytes([OPERATION])
    body += _attribute(CHARSET, "attributes-charset", b"utf-8")
    body += _attribute(LANGUAGE, "attributes-natural-language", b"en")
    body += _attribute(URI, "printer-uri", f"ipp://localhost/printers/{queue}".encode())
    body += extra
    for place, name in enumerate(wanted):
        body += _attribute(KEYWORD, "requested-attributes" if place == 0 else "", name.encode())
    try:
        raw = _post(f"/printers/{queue}", body + bytes([END]))
        status = struct.unpack(">H", raw[2:4])[0]
        if status in NOT_FOUND:
            return None
        found = _parsed(raw)
    except (OSError, http.client.HTTPException, struct.error, IndexError):
        raise Unavailable("Layanan cetak (CUPS) tidak berjalan. Nyalakan layanannya, lalu coba lagi.") from None
    return found


def _attribute(tag: int, name: str, value: bytes) -> bytes:
    """One attribute; an empty name adds a value to the one before."""
    return struct.pack(">BH", tag, len(name)) + name.encode() + struct.pack(">H", len(value)) + value


class _LocalConnection(http.client.HTTPConnection):
    """HTTP over CUPS' own socket."""

    def connect(self) -> None:
        """Connects to the socket file instead of a port."""
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(TIMEOUT)
        self.sock.connect(self.host)


def _post(path: str, body: bytes) -> bytes:
    server = _server()
    if server.startswith("/"):
        connection: http.client.HTTPConnection = _LocalConnection(server)
    else:
        host, _, port = server.partition(":")
        connection = http.client.HTTPConnection(host, int(port) if port.isdigit() else PORT, timeout=TIMEOUT)
    try:
        # The Host header must be one CUPS knows itself by.
        connection.request("POST", path, body, {"Content-Type": "application/ipp", "Host": "localhost"})
        answer = connection.getresponse()
        if answer.status != http.client.OK:
            raise http.client.HTTPException(answer.status)
        return answer.read(MAX_ANSWER)
    finally:
        connection.close()


def _server() -> str:
    """Where `lp` itself would go: the environment, the client's configuration, the local socket, the local port."""
    told = os.environ.get("CUPS_SERVER", "")
    if not told and CLIENT_CONF.is_file():
        lines = (line.split() for line in CLIENT_CONF.read_text("utf-8", "replace").splitlines())
        told = next((words[1] for words in lines if len(words) > 1 and words[0].lower() == "servername"), "")
    # "host:port/version=1.1" is allowed there.
    if told:
        return told if told.startswith("/") else told.split("/")[0]
    return str(SOCKET) if SOCKET.exists() else f"localhost:{PORT}"


def _parsed(raw: bytes) -> Answer:
    """All attributes of the answer by name; numbers as int, everything else as text."""
    found: Answer = {}
    at, name = 8, ""
    while raw[at] != END:
        tag = raw[at]
        at += 1
        if tag < FIRST_VALUE:
            continue
        length = struct.unpack(">H", raw[at : at + 2])[0]
        name = raw[at + 2 : at + 2 + length].decode() or name
        at += 2 + length
        length = struct.unpack(">H", raw[at : at + 2])[0]
        value = raw[at + 2 : at + 2 + length]
        at += 2 + length
        numeric = tag in (INTEGER, ENUM)
        found.setdefault(name, []).append(
            struct.unpack(">i", value)[0] if numeric else value.decode("utf-8", "replace")
        )
    return found
