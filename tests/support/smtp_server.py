"""A real SMTP server of the tests' own (aiosmtpd), whose answers a test can choose."""

from __future__ import annotations

import logging
import ssl
from asyncio.base_events import Server as Listening
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, Session

from app.channels.smtp import Server
from tests.support.certificates import Authority, authority, server_context

PASSWORD = "rahasia-surat"
# aiosmtpd warns of a name of its own that it will drop in its next version.
logging.getLogger("mail.log").setLevel(logging.ERROR)


@dataclass
class Desk:
    """What the server says at each step, and what it took; "" lets the step pass, "drop" hangs up."""

    rcpt: str = ""
    data: str = ""
    taken: list[bytes] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)

    async def handle_RCPT(  # noqa: N802 -- aiosmtpd's own name
        self, server: Any, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.rcpt:
            return self.rcpt
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Session, envelope: Envelope) -> str:  # noqa: N802 -- the same
        if self.data == "drop":
            server.transport.abort()
            return "451 gone"
        if self.data:
            return self.data
        assert isinstance(envelope.content, bytes)
        self.taken.append(envelope.content)
        self.recipients.extend(envelope.rcpt_tos)
        return "250 2.0.0 OK queued as UJI-1"


@dataclass(frozen=True)
class MailServer:
    """A running server: its desk, its CA, and how to reach it."""

    desk: Desk
    ca: Authority
    server: Server


class Listener(Controller):
    """aiosmtpd's thread; `implicit` speaks TLS from the first byte."""

    def __init__(self, desk: Desk, *, tls: ssl.SSLContext | None, implicit: bool, login: bool) -> None:
        def judge(*told: Any) -> AuthResult:
            # The last of what aiosmtpd tells is what the client gave.
            right = told[-1].password == PASSWORD.encode()
            # Unhandled = aiosmtpd itself answers 535.
            return AuthResult(success=right, handled=False)

        super().__init__(
            desk,
            hostname="127.0.0.1",
            port=0,
            ssl_context=tls if implicit else None,
            tls_context=None if implicit else tls,
            require_starttls=tls is not None and not implicit,
            authenticator=judge if login else None,
            # With TLS from the first byte aiosmtpd does not know that there is TLS, and would warn.
            auth_required=login and not implicit,
            auth_require_tls=not implicit,
        )

    def _trigger_server(self) -> None:
        # aiosmtpd knocks at the port it was told; 0 has become a real one by now.
        assert isinstance(self.server, Listening)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]


Start = Callable[..., MailServer]


@pytest.fixture
def smtp_server(tmp_path: Path) -> Iterator[Start]:
    """Starts servers: `smtp_server(security="starttls"|"tls"|"none", login=False)`; all are stopped at the end."""
    listeners: list[Listener] = []

    def start(security: str = "starttls", *, login: bool = False) -> MailServer:
        desk, ca = Desk(), authority()
        ca_file = tmp_path / f"ca-{len(listeners)}.pem"
        ca_file.write_bytes(ca.pem)
        tls = server_context(ca, tmp_path) if security != "none" else None
        listener = Listener(desk, tls=tls, implicit=security == "tls", login=login)
        listener.start()
        listeners.append(listener)
        server = Server(
            host="127.0.0.1",
            port=listener.port,
            security="tls" if security == "tls" else "starttls" if security == "starttls" else "none",
            user="petugas" if login else "",
            password=PASSWORD if login else "",
            from_address="pelita@disdukcapil.example",
            from_name="Disdukcapil Kota Pekanbaru",
            ca_file=str(ca_file),
            timeout=5,
        )
        return MailServer(desk, ca, server)

    yield start
    for listener in listeners:
        listener.stop()
