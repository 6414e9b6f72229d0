"""A server's trouble in officers' words: each kind its own, judged by real servers and real certificates."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import peewee as pw
import psycopg
import pytest

from app.errors import Refused, Shown, Unavailable
from app.models import base, server, troubles
from app.models.server import Server
from app.server import certs
from app.server.cluster import Cluster
from tests.support.office import PASSWORD

HERE = "127.0.0.1"
NOW = datetime.now(UTC)


def driver(state: str | None) -> psycopg.Error:
    """The driver's error of a state, as peewee hands it on."""
    kind = psycopg.errors.lookup(state) if state else psycopg.OperationalError
    return kind("entahlah")


# --- statements


@pytest.mark.parametrize("state", sorted(troubles.STATES))
def test_every_known_state_has_its_kind_and_words(state: str) -> None:
    error = pw.OperationalError("x")
    error.__cause__ = driver(state)
    shown = troubles.of_statement(error)
    kind, message, code = troubles.STATES[state]
    assert isinstance(shown, kind)
    assert (shown.message, shown.code) == (message, code)
    assert message.endswith(".")


def test_a_broken_connection_is_lost_and_a_bug_stays_a_bug() -> None:
    for broken in (driver(None), psycopg.InterfaceError("the connection is closed")):
        shown = troubles.of_statement(broken)
        assert isinstance(shown, Unavailable)
        assert shown.code == "lost"
    assert troubles.of_statement(driver("42601")) is None
    assert troubles.of_statement(pw.OperationalError("nobody's")) is None


def test_each_trouble_says_something_else() -> None:
    texts = {
        troubles.LOST, troubles.BROKEN, troubles.WRONG, troubles.INACTIVE, troubles.TOO_MANY_HERE, troubles.TOO_MANY,
        troubles.STARTING, troubles.FULL, troubles.SLOW, troubles.RIGHTS, troubles.BUSY, troubles.UNKNOWN_CA,
        troubles.OTHER_HOST, troubles.NO_TLS, troubles.NOT_OURS,
    }  # fmt: skip
    assert len(texts) == 15


# --- connecting: what libpq and the server really say


@pytest.mark.parametrize(
    ("said", "code", "kind"),
    [
        ("FATAL:  sorry, too many clients already", "too_many", Unavailable),
        (
            "FATAL:  remaining connection slots are reserved for non-replication superuser connections",
            "too_many",
            Unavailable,
        ),
        ("FATAL:  the database system is starting up", "starting", Unavailable),
        ("FATAL:  the database system is in recovery mode", "starting", Unavailable),
        ("FATAL:  the database system is shutting down", "starting", Unavailable),
        ("FATAL:  could not write init file: No space left on device", "server_full", Unavailable),
        ('FATAL:  no pg_hba.conf entry for host "10.0.0.9", user "p_rina"', "address", Unavailable),
        ('FATAL:  pg_hba.conf rejects connection for host "10.0.0.9"', "address", Unavailable),
        ("server does not support SSL, but SSL was required", "certificate", Unavailable),
        ("channel binding required but not supported by server's authentication request", "certificate", Unavailable),
        (
            'authentication method requirement "scram-sha-256" failed: server did not complete authentication',
            "certificate",
            Unavailable,
        ),
        ('could not read root certificate file "/etc/ca.crt": bad base64 decode', "certificate", Unavailable),
        ('FATAL:  role "p_rina" is not permitted to log in', "inactive", Refused),
        ("connection to server failed: Connection refused", "lost", Unavailable),
    ],
)  # fmt: skip
def test_what_a_server_says_at_the_door(said: str, code: str, kind: type[Shown]) -> None:
    shown = troubles.of_connecting(psycopg.OperationalError(said), Server("s"))
    assert isinstance(shown, kind)
    assert shown.code == code
    assert shown.field == ("password" if kind is Refused else "")


@contextmanager
def listening(serve: Callable[[socket.socket], None]) -> Iterator[int]:
    """A server of our own that treats every caller like this; its port."""
    with socket.create_server((HERE, 0)) as door:

        def answer() -> None:
            with suppress(OSError):
                while True:
                    caller, _ = door.accept()
                    with caller, suppress(OSError):
                        caller.settimeout(5)
                        serve(caller)

        threading.Thread(target=answer, daemon=True).start()
        try:
            yield door.getsockname()[1]
        finally:
            door.shutdown(socket.SHUT_RDWR)


def with_tls(papers: certs.Papers) -> Callable[[socket.socket], None]:
    """One that shows this certificate and then says nothing more."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(papers.certificate, papers.key)

    def serve(caller: socket.socket) -> None:
        caller.recv(8)
        caller.sendall(b"S")
        with context.wrap_socket(caller, server_side=True) as secured:
            secured.recv(1)

    return serve


def connecting(at: Server, **others: object) -> Shown:
    """What an officer is told who tries to come in there."""
    asked = {**server.parameters(at), "dbname": at.dbname, "user": "p_rina", "password": PASSWORD, **others}
    with pytest.raises(psycopg.Error) as error:
        psycopg.connect(**asked).close()
    return troubles.of_connecting(error.value, at)


def issued(folder: Path, at: datetime = NOW) -> certs.Papers:
    return certs.issue(folder, names=["localhost"], addresses=[HERE], now=at)


def test_a_certificate_of_its_time_and_name_is_fine(tmp_path: Path) -> None:
    papers = issued(tmp_path)
    with listening(with_tls(papers)) as port:
        at = Server("localhost", port, ca=papers.ca, hostaddr=HERE)
        assert troubles.look(at) is None
        seen = troubles.presented(at)
        assert seen.trusted
        assert set(seen.names) >= {"localhost", HERE}
        assert len(seen.fingerprint) == 64
        assert seen.since < NOW < seen.until


@pytest.mark.parametrize("away", [timedelta(days=-20_000), timedelta(days=20_000)])
def test_a_certificate_of_another_time_asks_for_the_clock(tmp_path: Path, away: timedelta) -> None:
    papers = issued(tmp_path, NOW + away)
    with listening(with_tls(papers)) as port:
        shown = connecting(Server("localhost", port, ca=papers.ca, hostaddr=HERE))
    assert shown.code == "clock"
    assert f"{datetime.now(UTC):%d-%m-%Y}" in shown.message
    assert f"{NOW + away:%Y}" in shown.message


def test_an_unknown_authority_and_another_name_are_told_apart(tmp_path: Path) -> None:
    papers, other = issued(tmp_path / "kantor"), issued(tmp_path / "lain")
    with listening(with_tls(papers)) as port:
        unknown = Server("localhost", port, ca=other.ca, hostaddr=HERE)
        elsewhere = Server("server-lain", port, ca=papers.ca, hostaddr=HERE)
        system = Server("localhost", port, hostaddr=HERE)
        for at, message in (
            (unknown, troubles.UNKNOWN_CA), (elsewhere, troubles.OTHER_HOST), (system, troubles.UNKNOWN_CA),
        ):  # fmt: skip
            shown = connecting(at)
            assert (shown.code, shown.message) == ("certificate", message)
        nowhere = troubles.look(replace(elsewhere, host="server-lain.invalid", hostaddr=""))
    assert nowhere is not None
    assert nowhere.code == "lost", "a name that leads nowhere"


def test_a_name_that_is_not_in_the_certificate_is_seen_before_anybody_logs_in(tmp_path: Path) -> None:
    papers = certs.issue(tmp_path, names=["server-dukcapil"], addresses=["10.1.1.1"], now=NOW)
    with listening(with_tls(papers)) as port:
        looked = troubles.look(Server("localhost", port, ca=papers.ca, hostaddr=HERE))
    assert looked is not None
    assert (looked.code, looked.message) == ("certificate", troubles.OTHER_HOST)


def test_a_missing_or_broken_ca_file_is_told_as_such(tmp_path: Path, cluster: Cluster) -> None:
    broken = tmp_path / "ca.crt"
    broken.write_text("bukan sertifikat", encoding="utf-8")
    for ca in (tmp_path / "tidak-ada.crt", broken):
        shown = connecting(Server("localhost", cluster.port, "postgres", ca, HERE))
        assert (shown.code, shown.message) == ("certificate", troubles.UNKNOWN_CA)


def test_a_server_without_tls_gets_nothing(tmp_path: Path) -> None:
    with listening(lambda caller: (caller.recv(8), caller.send(b"N"), None)[-1]) as port:
        at = Server("localhost", port, ca=issued(tmp_path).ca, hostaddr=HERE)
        for shown in (connecting(at), troubles.look(at)):
            assert shown is not None
            assert (shown.code, shown.message) == ("certificate", troubles.NO_TLS)


def test_who_hangs_up_or_does_not_answer_is_lost(tmp_path: Path) -> None:
    ca = issued(tmp_path).ca
    with listening(lambda caller: None) as port:
        shown = troubles.look(Server("localhost", port, ca=ca, hostaddr=HERE))
        assert shown is not None
        assert shown.code == "lost"
    with listening(lambda caller: (caller.recv(8), caller.send(b"S"), None)[-1]) as port:
        shown = troubles.look(Server("localhost", port, ca=ca, hostaddr=HERE))
        assert shown is not None
        assert shown.code == "lost"
    with socket.socket() as closed:
        closed.bind((HERE, 0))
        at = Server("localhost", closed.getsockname()[1], ca=ca, hostaddr=HERE)
        assert connecting(at).code == "lost"


@pytest.mark.parametrize(
    ("said", "code"), [(b"\x15\x03\x03\x00\x02\x01\x00", "lost"), (b"HTTP/1.1 400 Bad Request\r\n\r\n", "certificate")]
)
def test_who_says_goodbye_in_the_middle_of_tls_is_lost_and_who_talks_nonsense_has_none(
    tmp_path: Path, said: bytes, code: str
) -> None:
    def answer(caller: socket.socket) -> None:
        caller.recv(8)
        caller.send(b"S" + said)
        caller.recv(999)

    with listening(answer) as port:
        shown = troubles.look(Server("localhost", port, ca=issued(tmp_path).ca, hostaddr=HERE))
    assert shown is not None
    assert shown.code == code


def test_another_trouble_with_tls_is_a_certificates_when_looking_finds_nothing(tmp_path: Path) -> None:
    papers = issued(tmp_path)
    with listening(with_tls(papers)) as port:
        at = Server("localhost", port, ca=papers.ca, hostaddr=HERE)
        shown = troubles.of_connecting(psycopg.OperationalError("SSL error: tlsv1 alert internal error"), at)
    assert (shown.code, shown.message) == ("certificate", troubles.UNKNOWN_CA)


@pytest.mark.postgres_only
def test_a_server_that_has_no_office_of_ours_is_told(office_db: Path, cluster: Cluster) -> None:
    for name in ("tidak-ada", "postgres"):
        shown = connecting(Server("localhost", cluster.port, name, cluster.ca, HERE))
        assert isinstance(shown, Unavailable)
        assert (shown.code, shown.message) == ("address", troubles.NOT_OURS)


@pytest.mark.postgres_only
def test_a_statement_that_takes_too_long_or_is_not_ones_own_is_told(office_db: Path) -> None:
    base.session.actor = "rina"
    base.db.execute_sql("set statement_timeout = '20ms'")
    with pytest.raises(Unavailable, match="terlalu lama") as trouble, base.told():
        base.db.execute_sql("select pg_sleep(5)")
    assert trouble.value.code == "timeout"
    with pytest.raises(Refused, match="tidak berwenang") as refusal, base.told():
        base.db.execute_sql("update paraf set note = 'x'")
    assert refusal.value.code == "rights"
