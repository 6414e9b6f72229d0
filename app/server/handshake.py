"""What the server really shows to a PC: a TLS handshake as a client's, without logging in."""

from __future__ import annotations

import socket
import ssl
import struct
from pathlib import Path

SSL_REQUEST = struct.pack("!ii", 8, 80877103)
"""PostgreSQL's question whether TLS is spoken here."""

SECONDS = 5


def refusal(address: str, port: int, name: str, ca: Path, *, strict: bool) -> str:
    """Why a PC that knows this CA would not believe that the server at `address` is `name`; "" where it would.

    What we issue bears the strictest judge; an office's own certificate is judged as libpq does.
    """
    try:
        context = ssl.create_default_context(cafile=str(ca))
        context.minimum_version = ssl.TLSVersion.TLSv1_3
        flags = context.verify_flags & ~ssl.VERIFY_X509_STRICT
        context.verify_flags = flags | ssl.VERIFY_X509_STRICT if strict else flags
        with socket.create_connection((address, port), timeout=SECONDS) as plain:
            plain.sendall(SSL_REQUEST)
            if plain.recv(1) != b"S":
                return "server tidak berbicara TLS"
            with context.wrap_socket(plain, server_hostname=name):
                return ""
    except ssl.SSLCertVerificationError as error:
        return error.verify_message.rstrip(".")
    except OSError as error:
        return str(error.strerror or error)
