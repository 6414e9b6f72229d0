"""Row 11: the document goes to the applicant by e-mail, and only the server's acceptance counts as sent."""

from __future__ import annotations

import email
import email.policy
import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest

from app.channels.smtp import Message, Server, check, send
from app.demo.sink import Sink
from app.errors import Refused, Unavailable
from tests.support.certificates import authority
from tests.support.smtp_server import Start

PDF = b"%PDF-1.7\n" + bytes(range(256)) * 20
LETTER = Message(
    message_id="kirim-7f3a@pelita3",
    to="pemohon@example.org",
    subject="Dokumen Anda sudah jadi – P3-2605-0412-6",
    body_text="Yth. Pemohon,\n\n.terlampir dokumen Anda.\n" + "panjang " * 200 + "\n",
    attachments=(("Kutipan akta P3-2605-0412-6.pdf", "application/pdf", PDF),),
)


def opened(raw: bytes) -> EmailMessage:
    return email.message_from_bytes(raw, policy=email.policy.default)


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_the_server_takes_the_letter_and_says_so(smtp_server: Start, security: str) -> None:
    running = smtp_server(security, login=True)
    acceptance = send(LETTER, running.server)
    assert acceptance.reply == "250 2.0.0 OK queued as UJI-1"
    assert datetime.now(UTC) - acceptance.at < timedelta(minutes=1)
    assert running.desk.recipients == ["pemohon@example.org"]
    got = opened(running.desk.taken[0])
    assert got["Message-ID"] == "<kirim-7f3a@pelita3>"
    assert got["Subject"] == LETTER.subject
    assert got["From"] == "Disdukcapil Kota Pekanbaru <pelita@disdukcapil.example>"
    body = got.get_body()
    assert body is not None
    assert body.get_content().replace("\r\n", "\n") == LETTER.body_text
    attached = list(got.iter_attachments())
    assert [(one.get_filename(), one.get_content()) for one in attached] == [("Kutipan akta P3-2605-0412-6.pdf", PDF)]


def test_every_line_on_the_wire_is_seven_bits_and_short(smtp_server: Start) -> None:
    running = smtp_server()
    send(LETTER, running.server)
    assert max(len(line) for line in running.desk.taken[0].split(b"\r\n")) <= 998
    assert running.desk.taken[0].isascii()


def test_a_refused_recipient_is_not_tried_again(smtp_server: Start) -> None:
    running = smtp_server()
    running.desk.rcpt = "550 5.1.1 <pemohon@example.org>: Recipient address rejected: User unknown"
    with pytest.raises(Refused, match="menolak alamat penerima") as refusal:
        send(LETTER, running.server)
    assert (refusal.value.field, refusal.value.code) == ("to", "smtp_5xx")
    assert "550 5.1.1" in refusal.value.message
    assert "User unknown" in refusal.value.message
    assert "pemohon@example.org" not in refusal.value.message


@pytest.mark.parametrize("where", ["rcpt", "data"])
def test_a_temporary_answer_means_later(smtp_server: Start, where: str) -> None:
    running = smtp_server()
    setattr(running.desk, where, "451 4.7.1 Greylisted, please try again")
    with pytest.raises(Unavailable, match="Greylisted"):
        send(LETTER, running.server)
    assert not running.desk.taken


def test_a_letter_refused_after_data_is_not_accepted(smtp_server: Start) -> None:
    running = smtp_server()
    running.desk.data = "552 5.3.4 Message too big"
    with pytest.raises(Refused, match="Message too big"):
        send(LETTER, running.server)


def test_a_server_that_hangs_up_after_data_has_accepted_nothing(smtp_server: Start) -> None:
    running = smtp_server()
    running.desk.data = "drop"
    with pytest.raises(Unavailable, match="memutus sambungan"):
        send(LETTER, running.server)


def test_a_server_of_a_foreign_ca_gets_nothing(smtp_server: Start, tmp_path: Path) -> None:
    running = smtp_server()
    other = tmp_path / "other.pem"
    other.write_bytes(authority().pem)
    for ca_file in (str(other), ""):
        with pytest.raises(Refused, match="tidak dapat dipercaya") as refusal:
            send(LETTER, replace(running.server, ca_file=ca_file))
        assert refusal.value.code == "tls"
    assert not running.desk.taken


def test_a_certificate_for_another_host_is_not_taken(smtp_server: Start) -> None:
    running = smtp_server()
    with pytest.raises(Refused, match="tidak dapat dipercaya"):
        send(LETTER, replace(running.server, host="localhost"))


def test_a_server_without_starttls_gets_neither_mail_nor_password(smtp_server: Start) -> None:
    running = smtp_server("none")
    with pytest.raises(Refused, match="STARTTLS") as refusal:
        send(LETTER, replace(running.server, security="starttls", user="petugas", password="rahasia-surat"))
    assert refusal.value.code == "no_starttls"
    assert not running.desk.taken


def test_plain_only_where_it_was_allowed_and_never_with_a_password(smtp_server: Start) -> None:
    running = smtp_server("none")
    with pytest.raises(Refused, match="tanpa enkripsi dimatikan"):
        send(LETTER, running.server)
    allowed = replace(running.server, allow_plain=True)
    with pytest.raises(Refused, match="Kata sandi tidak dikirim"):
        send(LETTER, replace(allowed, user="petugas", password="rahasia-surat"))
    assert send(LETTER, allowed).reply.startswith("250")


def test_a_wrong_password_is_told_and_never_shown(smtp_server: Start) -> None:
    running = smtp_server(login=True)
    with pytest.raises(Refused, match="nama pengguna atau kata sandi") as refusal:
        send(LETTER, replace(running.server, password="bukan-ini"))
    assert refusal.value.code == "auth"
    assert "bukan-ini" not in refusal.value.message
    assert "bukan-ini" not in repr(replace(running.server, password="bukan-ini"))


def test_nobody_at_the_port_means_later() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with pytest.raises(Unavailable, match="tidak dapat dihubungi"):
        send(LETTER, Server("127.0.0.1", port, from_address="a@b.example"))


@pytest.fixture
def silent() -> Iterator[int]:
    """A port that answers nothing at all."""
    listener = socket.create_server(("127.0.0.1", 0))
    held: list[socket.socket] = []

    def hold() -> None:
        with suppress(OSError):
            while True:
                held.append(listener.accept()[0])

    thread = threading.Thread(target=hold, daemon=True)
    thread.start()
    yield int(listener.getsockname()[1])
    listener.shutdown(socket.SHUT_RDWR)
    listener.close()
    thread.join(5)
    for one in held:
        one.close()


def test_a_server_that_says_nothing_is_given_up(silent: int) -> None:
    with pytest.raises(Unavailable, match="tidak menjawab"):
        send(LETTER, Server("127.0.0.1", silent, from_address="a@b.example", timeout=0.3))


@pytest.mark.parametrize(
    "address", ["", "pemohon", "a@b\r\nRCPT TO:<c@d.example>", "a@b.example, c@d.example", "a b@c"]
)
def test_a_bad_address_never_reaches_the_wire(address: str) -> None:
    with pytest.raises(Refused, match="Alamat e-mail pemohon") as refusal:
        send(replace(LETTER, to=address), Server("127.0.0.1", 9, from_address="a@b.example"))
    assert refusal.value.field == "to"


def test_a_header_cannot_be_slipped_in_by_the_subject() -> None:
    with pytest.raises(Refused, match="Judul"):
        send(replace(LETTER, subject="Resi\r\nBcc: x@y.example"), Server("127.0.0.1", 9, from_address="a@b.example"))


def test_a_ca_file_that_is_none_is_told(smtp_server: Start, tmp_path: Path) -> None:
    (tmp_path / "bukan.pem").write_text("halo")
    with pytest.raises(Refused, match="Berkas CA"):
        check(replace(smtp_server().server, ca_file=str(tmp_path / "bukan.pem")))


def test_the_settings_page_can_try_without_sending(smtp_server: Start) -> None:
    running = smtp_server(login=True)
    assert "Terhubung" in check(running.server)
    assert not running.desk.taken


def test_the_demonstration_keeps_letters_by_number(tmp_path: Path) -> None:
    with Sink(tmp_path / "surat") as sink:
        server = Server(sink.host, sink.port, from_address="pelita@disdukcapil.example", ca_file=str(sink.ca_file))
        assert "Terhubung" in check(server)
        replies = [send(LETTER, server).reply for _ in range(3)]
        assert replies[-1] == "250 2.0.0 OK queued as 0003"
        assert [place.name for place in sink.messages()] == ["0001.eml", "0002.eml", "0003.eml"]
        with pytest.raises(Refused, match="530"):
            send(LETTER, replace(server, security="none", allow_plain=True))
        got = opened(sink.messages()[0].read_bytes())
        assert next(got.iter_attachments()).get_content() == PDF
        body = got.get_body()
        assert body is not None
        assert body.get_content().replace("\r\n", "\n") == LETTER.body_text
    assert {place.name for place in (tmp_path / "surat").iterdir()} - {"ca.pem"} == {f"000{n}.eml" for n in (1, 2, 3)}
    with pytest.raises(Unavailable):
        check(server)


def test_the_demonstration_survives_a_client_that_leaves(tmp_path: Path) -> None:
    with Sink(tmp_path) as sink:
        for rude in (b"", b"EHLO x\r\nSTARTTLS\r\nnot tls at all", b"\xff\xfe\r\nNOPE\r\n", b"DATA\r\n"):
            with socket.create_connection((sink.host, sink.port)) as client:
                client.sendall(rude)
        server = Server(sink.host, sink.port, from_address="a@b.example", ca_file=str(sink.ca_file))
        assert send(LETTER, server).reply.startswith("250")
