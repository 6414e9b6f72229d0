"""The way in: encrypted, to this server and no other, by one's own password, into one's own database."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from app.server import certs
from app.server.making import reload_and_wait
from tests.attacks.fort import NAME, Fort
from tests.support.office import PASSWORD

PLAIN = {"sslmode": "disable", "channel_binding": "disable"}


@pytest.mark.parametrize(
    ("login", "more", "why"),
    [
        pytest.param("rina", PLAIN, "rejects connection .* no encryption", id="without TLS"),
        pytest.param("rina", {"ssl_max_protocol_version": "TLSv1.2"}, "protocol version", id="by an older TLS"),
        pytest.param("rina", {"host": "server-palsu"}, "does not match host name", id="under another name"),
        pytest.param("rina", {"sslrootcert": "system"}, "certificate verify failed", id="by the world's authorities"),
        pytest.param("rina", {"password": "rahasia-uji-2"}, "password authentication failed", id="a wrong password"),
        pytest.param("rina", {"password": ""}, "password", id="no password"),
        pytest.param("rina", {"user": "p_zulfikar", "password": "tebakan"}, "password authentication failed", id="a guess"),
        pytest.param("siapa", {}, "password authentication failed", id="a stranger"),
        pytest.param("mantan", {}, "not permitted to log in", id="an officer of before, by the right password"),
        pytest.param("mantan", {"password": "salah"}, "password authentication failed", id="an officer of before, guessing"),
        pytest.param("rina", {"user": "rina"}, "password authentication failed", id="without the prefix"),
        pytest.param("rina", {"user": "P_RINA"}, "password authentication failed", id="in capitals"),
        pytest.param("rina", {"user": "postgres"}, "rejects connection", id="the superuser over the network"),
        pytest.param("rina", {"user": "postgres", **PLAIN}, "rejects connection", id="the superuser, without TLS"),
        pytest.param("rina", {"user": "postgres", "dbname": "postgres"}, "rejects connection", id="the superuser, elsewhere"),
        pytest.param("rina", {"user": "pelita3_owner"}, "password authentication failed", id="the owner"),
        pytest.param("rina", {"user": "pelita3_roles"}, "password authentication failed", id="the maker of roles"),
        pytest.param("rina", {"user": "pelita3_backup"}, "password authentication failed", id="the backup's role"),
        pytest.param("rina", {"user": "pelita3_watch"}, "password authentication failed", id="the watchdog's role"),
        pytest.param("rina", {"user": "pelita3_officer"}, "password authentication failed", id="the officers' group"),
        pytest.param("rina", {"dbname": "postgres"}, "permission denied for database", id="the database postgres"),
        pytest.param("rina", {"dbname": "template1"}, "permission denied for database", id="the database template1"),
        pytest.param("rina", {"dbname": "template0"}, "not currently accepting connections", id="the database template0"),
        pytest.param("rina", {"replication": "true"}, "no pg_hba.conf entry for replication", id="as a replica"),
        pytest.param("rina", {"replication": "database"}, "must be superuser or replication role", id="as a logical replica"),
        pytest.param("rina", {"options": "-crole=pelita3_owner"}, "permission denied to set role", id="as the owner, from the start"),
        pytest.param("rina", {"options": "-csession_replication_role=replica"}, "permission denied to set parameter", id="as a replica's session"),
        pytest.param("rina", {"options": "-csession_preload_libraries=dblink"}, "permission denied to set parameter", id="with a library of hers"),
        pytest.param("rina", {"require_auth": "password"}, "authentication method requirement", id="a client that wants to show its password"),
        pytest.param("rina", {"require_auth": "md5"}, "authentication method requirement", id="a client of the old kind"),
    ],
)  # fmt: skip
def test_refused(fort: Fort, login: str, more: dict[str, str], why: str) -> None:
    with pytest.raises(psycopg.OperationalError, match=why):
        fort.knock(login, **more)


def test_the_right_officer_comes_in(fort: Fort) -> None:
    with fort.officer("rina") as connection:
        said = connection.execute(
            "select version, cipher is not null from pg_stat_ssl where pid = pg_backend_pid()"
        ).fetchone()
        assert said == ("TLSv1.3", True)


def test_a_wrong_password_and_no_account_sound_and_last_alike(fort: Fort) -> None:
    said, took = [], []
    for login in ("zulfikar", "tidak-ada"):
        started = time.monotonic()
        with pytest.raises(psycopg.OperationalError) as refused:
            fort.knock(login, password="tebakan")
        took.append(time.monotonic() - started)
        said.append(str(refused.value).replace(login, ""))
    assert said[0] == said[1]
    assert min(took) > 0.4, "guessing is slow"


def test_no_door_of_the_server_is_open_without_a_password(fort: Fort) -> None:
    doors = fort.su.execute("select type, auth_method from pg_hba_file_rules").fetchall()
    assert {method for _, method in doors} <= {"scram-sha-256", "peer", "reject"}
    assert {method for kind, method in doors if kind == "host"} == {"reject"}


def test_through_the_socket_only_the_services(fort: Fort) -> None:
    at = f"host={fort.cluster.sockets} port={fort.cluster.port} dbname=pelita3 user=p_rina password={PASSWORD}"
    with pytest.raises(psycopg.OperationalError, match=r"no pg_hba\.conf entry|rejects"):
        psycopg.connect(at)


class TestRogueServers:
    """Somebody on the office's network answers in the server's place."""

    def test_another_authoritys_server_is_not_believed(self, fort: Fort, tmp_path: Path) -> None:
        paper = certs.issue(tmp_path, names=[NAME], addresses=["127.0.0.1"])
        refused = pytest.raises(psycopg.OperationalError, match="certificate verify failed")
        with answering(b"S", paper) as (port, heard), refused:
            fort.knock("rina", port=str(port))
        assert b"p_rina" not in heard

    def test_another_authoritys_certificate_is_not_believed(self, fort: Fort, tmp_path: Path) -> None:
        other = certs.issue(tmp_path, names=[NAME], addresses=["127.0.0.1"])
        with pytest.raises(psycopg.OperationalError, match="certificate verify failed"):
            fort.knock("rina", sslrootcert=str(other.ca))

    def test_a_server_that_speaks_no_tls_gets_no_password(self, fort: Fort) -> None:
        refused = pytest.raises(psycopg.OperationalError, match="does not support SSL")
        with answering(b"N") as (port, heard), refused:
            fort.knock("rina", port=str(port))
        assert PASSWORD.encode() not in heard
        assert b"p_rina" not in heard, "not even who it is"

    def test_the_right_server_that_asks_for_the_password_itself_gets_none(self, fort: Fort) -> None:
        """As if its pg_hba.conf had been turned: the program shows its password to nobody."""
        hba = fort.cluster.data / "pg_hba.conf"
        before = hba.read_text(encoding="utf-8")
        try:
            hba.write_text("hostssl pelita3 p_fo09 127.0.0.1/32 password\n" + before, encoding="utf-8")
            reload_and_wait(fort.su)
            with pytest.raises(psycopg.OperationalError, match=r"authentication method requirement|channel binding"):
                fort.knock("fo09")
        finally:
            hba.write_text(before, encoding="utf-8")
            reload_and_wait(fort.su)


@contextmanager
def answering(word: bytes, paper: certs.Papers | None = None) -> Iterator[tuple[int, bytearray]]:
    """Something that answers a caller with one word (and then TLS, by a certificate of its own), and what it heard."""
    heard = bytearray()
    with socket.create_server(("127.0.0.1", 0)) as door:

        def talk() -> None:
            caller, _ = door.accept()
            heard.extend(caller.recv(4096))
            caller.sendall(word)
            with contextlib.suppress(OSError), caller:
                if paper is not None:
                    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
                    context.load_cert_chain(paper.certificate, paper.key)
                    caller = context.wrap_socket(caller, server_side=True)
                heard.extend(caller.recv(4096))

        thread = threading.Thread(target=talk)
        thread.start()
        yield int(door.getsockname()[1]), heard
        thread.join(10)
