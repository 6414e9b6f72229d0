"""E-mail out by SMTP: TLS by default and verified; accepted only when the server said so after DATA."""

from __future__ import annotations

import re
import smtplib
import ssl
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.errors import MessageError
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr
from typing import TYPE_CHECKING, Literal

from app.errors import Refused, Unavailable

if TYPE_CHECKING:
    from collections.abc import Iterator

Security = Literal["starttls", "tls", "none"]
# One address, as plain as offices and applicants use; quoting forms and lists have no business here.
ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")
ANY_ADDRESS = re.compile(r"[^\s<>@]+@[^\s<>@]+")
TEMPORARY, PERMANENT = 400, 500
ACCEPTED = 250
MAX_REPLY = 200
IMPLICIT_TLS_PORT = 465
LATER = "Server e-mail belum menerima kiriman dan akan dicoba lagi nanti."
NEVER = "Server e-mail menolak kiriman ini. Sampaikan jawaban server kepada pengelola e-mail kantor."


@dataclass(frozen=True)
class Message:
    """One e-mail; `message_id` (with or without <>) is the outbox key, so that a mail sent twice is seen as one."""

    message_id: str
    to: str = field(repr=False)
    subject: str
    body_text: str = field(repr=False)
    attachments: tuple[tuple[str, str, bytes], ...] = field(default=(), repr=False)


@dataclass(frozen=True)
class Server:
    """Where to send; `ca_file` is PEM ("" = the system's), `timeout` in seconds for every single answer."""

    host: str
    port: int
    security: Security = "starttls"
    user: str = ""
    password: str = field(default="", repr=False)
    from_address: str = ""
    from_name: str = ""
    ca_file: str = ""
    allow_plain: bool = False
    timeout: float = 30.0


@dataclass(frozen=True)
class Acceptance:
    """The server's own words when it took the message, and when (UTC)."""

    reply: str
    at: datetime


def send(message: Message, server: Server) -> Acceptance:
    """Sends one message to one recipient.

    Unavailable: try again later (temporary answer, no connection, cut off before the acceptance; then the message may
    have arrived, and its Message-ID tells). Refused: somebody must change something first.
    """
    data = _compose(message, server)
    with _connected(server) as client:
        _step(client.mail(server.from_address), "MAIL")
        _step(client.rcpt(message.to), "RCPT")
        code, words = client.data(data)
        _step((code, words), "DATA")
        return Acceptance(f"{code} {_plain(words)}", datetime.now(UTC))


def check(server: Server) -> str:
    """Connects, secures, logs in and leaves; the line says with whom we spoke. Errors as for `send`."""
    with _connected(server) as client:
        _step(client.noop(), "NOOP")
    return f"Terhubung ke {server.host}:{server.port}."


def _compose(message: Message, server: Server) -> bytes:
    """The message as it goes over the wire; header injection and bad addresses stop here."""
    for address, whose in ((message.to, "to"), (server.from_address, "from_address")):
        if not ADDRESS.fullmatch(address):
            text = "pemohon" if whose == "to" else "pengirim (pengaturan e-mail)"
            raise Refused(
                f"Alamat e-mail {text} tidak lengkap atau salah tulis. Perbaiki alamatnya, lalu kirim ulang.",
                field=whose,
                code="bad_address",
            )
    # Seven bits pass every server, also one that never heard of 8BITMIME.
    mail = EmailMessage(policy=SMTP.clone(cte_type="7bit"))
    try:
        mail["From"] = formataddr((server.from_name, server.from_address))
        mail["To"] = message.to
        mail["Subject"] = message.subject
        mail["Date"] = format_datetime(datetime.now(UTC))
        mail["Message-ID"] = f"<{message.message_id.strip('<>')}>"
    except (ValueError, MessageError):
        raise Refused(
            "Judul e-mail memuat baris baru. Hapus baris barunya, lalu kirim ulang.", field="subject", code="bad_header"
        ) from None
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(message.body_text)
    for name, mime, content in message.attachments:
        main, _, sub = mime.partition("/")
        mail.add_attachment(content, maintype=main, subtype=sub or "octet-stream", filename=name)
    return mail.as_bytes()


@contextmanager
def _connected(server: Server) -> Iterator[smtplib.SMTP]:
    """A secured, logged-in session; every fault of the wire leaves as one of the two errors."""
    if server.security == "none" and not server.allow_plain:
        raise Refused(
            "Pengiriman tanpa enkripsi dimatikan. Pilih STARTTLS atau TLS pada pengaturan e-mail.",
            field="security",
            code="plain",
        )
    try:
        client = _open(server)
    except (OSError, smtplib.SMTPException) as error:
        raise _trouble(error, server) from None
    try:
        _log_in(client, server)
        yield client
        with suppress(OSError, smtplib.SMTPException):
            # The message is accepted already: a server that hangs up instead of saying goodbye changes nothing.
            client.quit()
    except (OSError, smtplib.SMTPException) as error:
        raise _trouble(error, server) from None
    finally:
        client.close()


def _open(server: Server) -> smtplib.SMTP:
    """Connects and secures; the name in our greeting is fixed, so that the PC's own name stays here."""
    context = _context(server)
    if server.security == "tls":
        return smtplib.SMTP_SSL(server.host, server.port, "localhost", timeout=server.timeout, context=context)
    client = smtplib.SMTP(server.host, server.port, "localhost", timeout=server.timeout)
    if server.security == "none":
        return client
    try:
        _upgrade(client, context, server)
    except BaseException:
        client.close()
        raise
    return client


def _upgrade(client: smtplib.SMTP, context: ssl.SSLContext, server: Server) -> None:
    """STARTTLS or nothing: a server (or somebody between) that does not offer it gets no mail."""
    client.ehlo_or_helo_if_needed()
    if not client.has_extn("starttls"):
        raise Refused(
            f"Server e-mail {server.host} tidak menawarkan enkripsi (STARTTLS), jadi tidak ada yang dikirim. "
            f"Coba TLS pada port {IMPLICIT_TLS_PORT} di pengaturan, atau hubungi pengelola server.",
            field="security",
            code="no_starttls",
        )
    client.starttls(context=context)
    client.ehlo_or_helo_if_needed()


def _context(server: Server) -> ssl.SSLContext:
    """Verification is never off; an office's own CA is added by its file."""
    try:
        context = ssl.create_default_context(cafile=server.ca_file or None)
        # Python 3.13 does so by itself; a certificate must not depend on the PC's Python.
        context.verify_flags |= ssl.VERIFY_X509_STRICT
    except OSError:  # SSLError, a kind of OSError, for a file that is no PEM
        raise Refused(
            "Berkas CA untuk server e-mail tidak dapat dibaca. Periksa letaknya pada pengaturan e-mail.",
            field="ca_file",
            code="ca_file",
        ) from None
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def _log_in(client: smtplib.SMTP, server: Server) -> None:
    """Logs in when a user is set; a password never crosses an open wire."""
    if not server.user:
        client.ehlo_or_helo_if_needed()
        return
    if server.security == "none":
        raise Refused(
            "Kata sandi tidak dikirim lewat sambungan tanpa enkripsi. Pilih STARTTLS atau TLS pada pengaturan e-mail.",
            field="security",
            code="plain",
        )
    try:
        client.login(server.user, server.password)
    except smtplib.SMTPNotSupportedError:
        raise Refused(
            f"Server e-mail {server.host} tidak meminta masuk. Kosongkan nama pengguna pada pengaturan e-mail.",
            field="user",
            code="auth",
        ) from None
    except smtplib.SMTPAuthenticationError as error:
        if error.smtp_code < PERMANENT:
            raise
        raise Refused(
            "Server e-mail menolak nama pengguna atau kata sandi. Periksa keduanya pada pengaturan e-mail. "
            f"{_quoted(error.smtp_code, error.smtp_error)}",
            field="smtp_password",
            code="auth",
        ) from None


def _step(answer: tuple[int, bytes], verb: str) -> None:
    """Turns the answer to one SMTP verb into nothing, "later" or "not like this" (RFC 5321, 4.2.1)."""
    code, words = answer
    if code in (ACCEPTED, 251):
        return
    if code < PERMANENT:
        raise _answered(code, words)
    if verb == "RCPT":
        text = "Server e-mail menolak alamat penerima. Periksa alamat e-mail pemohon, lalu kirim ulang."
        raise Refused(f"{text} {_quoted(code, words)}", field="to", code="smtp_5xx")
    raise _answered(code, words)


def _trouble(error: OSError | smtplib.SMTPException, server: Server) -> Refused | Unavailable:
    """One sentence for what went wrong on the wire."""
    where = f"{server.host}:{server.port}"
    if isinstance(error, ssl.SSLCertVerificationError):
        return Refused(
            f"Sertifikat server e-mail {where} tidak dapat dipercaya ({error.verify_message}), jadi tidak ada yang "
            "dikirim. Minta pengelola server memeriksa sertifikatnya, atau pasang berkas CA kantor di pengaturan.",
            field="ca_file",
            code="tls",
        )
    if isinstance(error, smtplib.SMTPResponseException):
        return _answered(error.smtp_code, error.smtp_error)
    # smtplib reports a wait that was too long as a lost connection, and keeps the reason behind it.
    if isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError):
        return Unavailable(f"Server e-mail {where} tidak menjawab pada waktunya. Akan dicoba lagi nanti.")
    if isinstance(error, ssl.SSLError):
        return Unavailable(
            f"Sambungan aman ke {where} gagal. Akan dicoba lagi nanti; bila terus begini, periksa jenis keamanan dan "
            "port pada pengaturan e-mail."
        )
    return Unavailable(f"Server e-mail {where} tidak dapat dihubungi atau memutus sambungan. Akan dicoba lagi nanti.")


def _answered(code: int, words: bytes | str) -> Refused | Unavailable:
    """An answer smtplib raised instead of giving it back."""
    if code < PERMANENT:
        return Unavailable(f"{LATER} {_quoted(code, words)}")
    return Refused(f"{NEVER} {_quoted(code, words)}", code="smtp_5xx")


def _quoted(code: int, words: bytes | str) -> str:
    return f"Jawaban server: “{code} {_plain(words)}”"


def _plain(words: bytes | str) -> str:
    """The server's words on one line, shortened, without the applicant's address in them."""
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    text = ANY_ADDRESS.sub("(alamat)", " ".join(text.split()))
    return "".join(c for c in text if c.isprintable())[:MAX_REPLY]
