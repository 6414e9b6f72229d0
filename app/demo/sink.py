"""A small SMTP server for the demonstration: takes e-mail over STARTTLS and keeps it in a folder."""

from __future__ import annotations

import asyncio
import ssl
import threading
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType
    from typing import Self

MAX_MESSAGE = 60 * 1024 * 1024
START_TIMEOUT = 10.0


# Python 3.13 verifies strictly: a CA without a key usage is none.
SIGNS_CERTIFICATES = x509.KeyUsage(
    digital_signature=False,
    content_commitment=False,
    key_encipherment=False,
    data_encipherment=False,
    key_agreement=False,
    key_cert_sign=True,
    crl_sign=True,
    encipher_only=False,
    decipher_only=False,
)


class Sink:
    """Listens on this computer only; start() returns when mail can come, stop() when the port is free again."""

    host = "127.0.0.1"

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.ca_file = folder / "ca.pem"
        self.port = 0
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._serve, name="mail-sink", daemon=True)
        self._ready = threading.Event()
        self._stopping: asyncio.Event | None = None
        self._count = 0

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()

    def start(self) -> None:
        """Makes a certificate for a day and opens the first free port."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self._count = len(self.messages())
        self._tls = _server_context(self.folder, self.ca_file)
        self._thread.start()
        if not self._ready.wait(START_TIMEOUT) or not self.port:
            raise OSError(f"mail sink did not open a port on {self.host}")

    def stop(self) -> None:
        """Closes the port and every session."""
        if self._stopping is not None:
            self._loop.call_soon_threadsafe(self._stopping.set)
            self._thread.join(START_TIMEOUT)

    def messages(self) -> list[Path]:
        """What arrived, oldest first."""
        return sorted(self.folder.glob("[0-9]*.eml"))

    def keep(self, content: bytes) -> str:
        """Writes one message under the next number: a file's name tells nothing about anybody."""
        self._count += 1
        place = self.folder / f"{self._count:04d}.eml"
        place.write_bytes(content)
        return place.stem

    @property
    def tls(self) -> ssl.SSLContext:
        """The server's side of STARTTLS."""
        return self._tls

    def _serve(self) -> None:
        try:
            self._loop.run_until_complete(self._listen())
        finally:
            self._ready.set()
            self._loop.close()

    async def _listen(self) -> None:
        self._stopping = asyncio.Event()
        sessions: set[asyncio.Task[None]] = set()

        async def session(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            task = asyncio.current_task()
            if task is not None:
                sessions.add(task)
                task.add_done_callback(sessions.discard)
            # Cancelled only by stop(): the stream's own callback would log that as a fault.
            with suppress(asyncio.CancelledError):
                await Session(self, reader, writer).talk()

        server = await asyncio.start_server(session, self.host, 0, limit=MAX_MESSAGE)
        self.port = int(server.sockets[0].getsockname()[1])
        self._ready.set()
        async with server:
            await self._stopping.wait()
            server.close()
            for task in list(sessions):
                task.cancel()
            await asyncio.gather(*sessions, return_exceptions=True)


class Session:
    """One conversation after RFC 5321, no more of it than sending one message needs."""

    def __init__(self, sink: Sink, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._sink = sink
        self._reader, self._writer = reader, writer
        self._secured = False
        self._sender = ""
        self._recipients: list[str] = []
        self._verbs = {
            "EHLO": self._ehlo,
            "HELO": self._helo,
            "MAIL": self._mail,
            "RCPT": self._rcpt,
            "DATA": self._data,
            "RSET": self._rset,
            "NOOP": self._noop,
            "STARTTLS": self._starttls,
        }

    async def talk(self) -> None:
        """Answers line by line until the client leaves; one that just goes away is no fault."""
        try:
            await self._say("220 sink.localhost ESMTP")
            while line := await self._reader.readline():
                verb, _, rest = line.decode("utf-8", "replace").strip().partition(" ")
                if verb.upper() == "QUIT":
                    await self._say("221 2.0.0 Bye")
                    break
                answer = self._verbs.get(verb.upper())
                await (answer(rest) if answer else self._say("502 5.5.1 Command not implemented"))
        except (ConnectionError, asyncio.IncompleteReadError, ssl.SSLError, ValueError):
            pass
        finally:
            self._writer.close()

    async def _say(self, *lines: str) -> None:
        self._writer.write("".join(f"{line}\r\n" for line in lines).encode())
        await self._writer.drain()

    async def _ehlo(self, _rest: str) -> None:
        self._forget()
        offers = ["250-sink.localhost", f"250-SIZE {MAX_MESSAGE}"]
        if not self._secured:
            offers.append("250-STARTTLS")
        await self._say(*offers, "250 8BITMIME")

    async def _helo(self, _rest: str) -> None:
        self._forget()
        await self._say("250 sink.localhost")

    async def _starttls(self, _rest: str) -> None:
        if self._secured:
            await self._say("503 5.5.1 TLS already active")
            return
        await self._say("220 2.0.0 Ready to start TLS")
        await self._writer.start_tls(self._sink.tls)
        self._secured = True
        self._forget()

    async def _mail(self, rest: str) -> None:
        if not self._secured:
            await self._say("530 5.7.0 Must issue a STARTTLS command first")
            return
        self._forget()
        self._sender = rest
        await self._say("250 2.1.0 OK")

    async def _rcpt(self, rest: str) -> None:
        if not self._sender:
            await self._say("503 5.5.1 MAIL first")
            return
        self._recipients.append(rest)
        await self._say("250 2.1.5 OK")

    async def _data(self, _rest: str) -> None:
        if not self._recipients:
            await self._say("503 5.5.1 RCPT first")
            return
        await self._say("354 End data with <CR><LF>.<CR><LF>")
        lines: list[bytes] = []
        while (line := await self._reader.readline()) != b".\r\n":
            if not line.endswith(b"\r\n"):
                raise asyncio.IncompleteReadError(line, None)
            # A dot at a line's start was doubled by the client (RFC 5321, 4.5.2).
            lines.append(line[1:] if line.startswith(b".") else line)
        number = self._sink.keep(b"".join(lines))
        self._forget()
        await self._say(f"250 2.0.0 OK queued as {number}")

    async def _rset(self, _rest: str) -> None:
        self._forget()
        await self._say("250 2.0.0 OK")

    async def _noop(self, _rest: str) -> None:
        await self._say("250 2.0.0 OK")

    def _forget(self) -> None:
        self._sender = ""
        self._recipients = []


def _server_context(folder: Path, ca_file: Path) -> ssl.SSLContext:
    """A certificate for 127.0.0.1 by a CA of its own; the keys leave the disk as soon as they are loaded."""
    now = datetime.now(UTC)
    ca_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    ca_name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "CA kotak surat uji coba")])
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, Sink.host)])
    basic = x509.BasicConstraints(ca=True, path_length=0)
    ca_identifier = x509.SubjectKeyIdentifier.from_public_key(ca_key.public_key())
    ca = _certificate(ca_name, ca_name, ca_key.public_key(), now)
    ca_done = ca.add_extension(basic, critical=True).add_extension(ca_identifier, critical=False)
    ca_done = ca_done.add_extension(SIGNS_CERTIFICATES, critical=True)
    ca_pem = ca_done.sign(ca_key, hashes.SHA256()).public_bytes(Encoding.PEM)
    names = x509.SubjectAlternativeName([x509.IPAddress(IPv4Address(Sink.host)), x509.DNSName("localhost")])
    authority = x509.AuthorityKeyIdentifier.from_issuer_public_key(ca_key.public_key())
    leaf = _certificate(name, ca_name, key.public_key(), now)
    leaf = leaf.add_extension(names, critical=False).add_extension(authority, critical=False)
    leaf_pem = leaf.sign(ca_key, hashes.SHA256()).public_bytes(Encoding.PEM)
    ca_file.write_bytes(ca_pem)
    both = folder / ".server.pem"
    both.touch(mode=0o600)
    try:
        both.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()) + leaf_pem)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(both)
    finally:
        both.unlink()
    return context


def _certificate(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, now: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
    )
